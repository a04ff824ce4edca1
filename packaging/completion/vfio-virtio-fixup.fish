# SPDX-License-Identifier: GPL-2.0-only
#
# Completion for vfio-virtio-fixup. What there is to complete, the tool itself says: its
# help has the commands and options, its list the addresses.

# The tool may be where only root looks.
function __vfio_virtio_fixup
    set -lx PATH $PATH /usr/local/sbin /usr/sbin /sbin
    vfio-virtio-fixup $argv 2>/dev/null
end

# What the value of an option is called, of one that has a value.
function __vfio_virtio_fixup_value
    __vfio_virtio_fixup help | string replace -fr -- "^  $argv[1] ([A-Z]+) .*" '$1' | head -n 1
end

# Of a command, or of all: an option a line, and what it does.
function __vfio_virtio_fixup_options
    set -l commands (__vfio_virtio_fixup_commands | string replace -r '\t.*' '')
    for line in (__vfio_virtio_fixup help | string match -r '^  -.*')
        set -l word (string sub -s 18 -- $line | string replace -r '[:,].*' '')
        if test -z "$argv[1]"; or not contains -- $word $commands
            echo $line
        end
    end
    test -z "$argv[1]"; or __vfio_virtio_fixup help $argv[1] | string match -r '^  -.*'
end

function __vfio_virtio_fixup_commands
    __vfio_virtio_fixup help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\)  *\(.*\)/\1\t\2/p'
end

# The values of an argument, by its name in the help.
function __vfio_virtio_fixup_choose
    switch $argv[1]
        case FILE
            __fish_complete_path (commandline -ct)
        case DIR
            __fish_complete_directories (commandline -ct)
        case COMMAND
            __vfio_virtio_fixup_commands
        case NAME
            printf '%s\n' virtio_fixup_vfio_pci vfio-pci
        case WORD
            printf '%s\n' auto strict vouched physical unsafe deny
        case BDF
            __vfio_virtio_fixup $argv[2..-1] list |
                sed -nE '2,$s/^([^ ]+) +([^ ]+).*/\1\t\2/p'
    end
end

function __vfio_virtio_fixup_complete
    set -l command
    set -l given 0
    set -l from
    set -l pending
    for word in (commandline -opc)[2..-1]
        if test -n "$pending"
            contains -- $pending -F --sysfs; and set from $pending (string replace -r '^~' $HOME -- $word)
            set pending
        else if string match -q -- '-*' $word
            test -z (__vfio_virtio_fixup_value $word); or set pending $word
        else if test -z "$command"
            set command $word
        else
            set given 1
        end
    end
    if test -n "$pending"
        __vfio_virtio_fixup_choose (__vfio_virtio_fixup_value $pending)
    else if string match -q -- '-*' (commandline -ct)
        __vfio_virtio_fixup_options $command | string replace -r '^  (-[-A-Za-z]+)(?: [A-Z]+)? +' '$1\t'
    else if test -z "$command"
        __vfio_virtio_fixup_choose COMMAND
    else
        set -l usage (__vfio_virtio_fixup help $command | string replace -fr '^Usage: [^ ]* [^ ]*' '')
        if test $given = 1; and string match -q '*WORD*' -- $usage
            __vfio_virtio_fixup_choose WORD
        else
            __vfio_virtio_fixup_choose (string match -r '\b(?:BDF|FILE|COMMAND)\b' -- $usage) $from
        end
    end
end

complete -c vfio-virtio-fixup -f -a '(__vfio_virtio_fixup_complete)'
