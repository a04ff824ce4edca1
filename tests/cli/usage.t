# SPDX-License-Identifier: GPL-2.0-only
#
# The command line itself: help, version, every way to get it wrong.

=== help
# The help.
$ vfio-virtio-fixup --help
  Usage: vfio-virtio-fixup [OPTION]... COMMAND [BDF]...

  Tells where the DMA of virtio PCI functions goes, and gives them to the VFIO
  driver that refuses those which bypass the IOMMU.

  Commands:
    list         all virtio functions in a line each
    show         all that is known of a function, a fact a line
    explain      where its DMA goes, why it is admitted or refused, what to do
    measure      watch again where its DMA goes
    bind         give functions to virtio_fixup_vfio_pci
    unbind       give functions back to their usual driver
    policy       read or set the administrator's word on a function
    apply        make drivers and policies what the rules say
    check-rules  look for errors in rule files
    describe     what the host says of a function, read inside its guest
    monitor      what happens to virtio functions, as it happens
    metrics      all virtio functions as metrics for Prometheus
    help         this help, or that of a command

  Options:
    -F FILE        list, show, explain, describe, metrics: read an lspci -xxxx dump; -: stdin
    --json         print the data as JSON
    --sysfs DIR    root of the sysfs tree (default /sys)
    --proc DIR     root of the proc tree (default /proc)
    --root DIR     root of /etc, /run and /usr/lib with the rules (default /)
    --timeout S    how long the kernel may take for each thing (default 60 s)
    --help         -h: this help; after a command, the help of that
    --version      -V: the version
    --check        list: only those that are unguarded; exit code 3 if there are any
    --config       show: its configuration space, as a guest will see it
    --clear        measure: first forget what was seen before, also a bypass
    --force        bind: also what is in use
    --driver NAME  bind: another driver than virtio_fixup_vfio_pci
    --force        unbind: also what is open: waits for its user, up to --timeout
    --persist      policy: also after a reboot: writes a rule file
    --forget       policy: remove the rule file that --persist wrote
    --dry-run      apply: change nothing, and print what would change
    --all          describe: every virtio function
    --output FILE  metrics: write into this file, which is replaced as a whole
    --nfd          metrics: features for Kubernetes' Node Feature Discovery instead

  BDF is [DOMAIN:]BUS:DEVICE.FUNCTION; without a domain it is 0000.
  Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 no such function, 5 partly done.

  Example:
    vfio-virtio-fixup explain 01:00.0

=== help-list
# The usage of list.
$ vfio-virtio-fixup list --help
  Usage: vfio-virtio-fixup list [--check]

  list: all virtio functions in a line each

  GUARD says whether a program that is given the function can harm this host:
  guarded; unguarded, if nobody judges where its DMA goes; or host, if no program
  can be given it. A dash means that nothing is known. A column is left out if
  nothing in it is known, and, where lines are too long, if nothing in it is
  unusual; show has all.

  Options, besides those of all commands:
    -F FILE        read an lspci -xxxx dump instead of this machine; -: stdin
    --check        only those that are unguarded; exit code 3 if there are any

  Example:
    vfio-virtio-fixup list --check || vfio-virtio-fixup explain 01:00.0

=== help-show
# The usage of show.
$ vfio-virtio-fixup show --help
  Usage: vfio-virtio-fixup show BDF... [--config]

  show: all that is known of a function, a fact a line

  With --config, a line for each range of configuration space that is treated
  alike: where a read comes from, and what a write does.

  Options, besides those of all commands:
    -F FILE        read an lspci -xxxx dump instead of this machine; -: stdin
    --config       its configuration space, as a guest will see it

  Example:
    vfio-virtio-fixup show 01:00.0

=== help-explain
# The usage of explain.
$ vfio-virtio-fixup explain --help
  Usage: vfio-virtio-fixup explain BDF

  explain: where its DMA goes, why it is admitted or refused, what to do

  In sentences, for whoever has to decide what to do with a function. The exit
  code is 3 if the function is refused or certain to be, and if it is unguarded: a
  program could be given it, and nobody judges where its DMA goes.

  Options, besides those of all commands:
    -F FILE        read an lspci -xxxx dump instead of this machine; -: stdin

  Example:
    vfio-virtio-fixup explain 01:00.0

=== help-measure
# The usage of measure.
$ vfio-virtio-fixup measure --help
  Usage: vfio-virtio-fixup measure BDF... [--clear]

  measure: watch again where its DMA goes

  A measurement tells of the past: take it again after live migration of this
  machine, or when its hypervisor gives the function a new back end. A function
  that is open is not measured. What was seen before still counts, a bypass above
  all. --clear forgets it, for a function that was mended.

  Options, besides those of all commands:
    --clear        first forget what was seen before, also a bypass

  Example:
    vfio-virtio-fixup measure 01:00.0

=== help-bind
# The usage of bind.
$ vfio-virtio-fixup bind --help
  Usage: vfio-virtio-fixup bind BDF... [--force] [--driver NAME]

  bind: give functions to virtio_fixup_vfio_pci

  Loads the driver if it is not there. What this host uses, or a process has open,
  stays where it is without --force. If the driver does not take the function, the
  driver before gets it back. With --driver vfio-pci, which enforces nothing, the
  other virtio functions of its IOMMU group are taken from this host first, so
  that the guard can measure it; if the guard vetoes the function, the exit code
  is 3.

  Options, besides those of all commands:
    --force        also what is in use
    --driver NAME  another driver than virtio_fixup_vfio_pci

  Example:
    vfio-virtio-fixup bind 01:00.0
    vfio-virtio-fixup bind 01:00.0 --driver vfio-pci

=== help-unbind
# The usage of unbind.
$ vfio-virtio-fixup unbind --help
  Usage: vfio-virtio-fixup unbind BDF... [--force]

  unbind: give functions back to their usual driver

  Takes a function from any driver that gives it to programs:
  virtio_fixup_vfio_pci, vfio-pci, uio, vp_vdpa. The kernel chooses the driver
  that gets it. The kernel would wait for whoever has the function open: such a
  function is refused without --force, which waits for at most --timeout seconds
  and says for whom.

  Options, besides those of all commands:
    --force        also what is open: waits for its user, up to --timeout

  Example:
    vfio-virtio-fixup unbind 01:00.0 --force --timeout 10

=== help-policy
# The usage of policy.
$ vfio-virtio-fixup policy --help
  Usage: vfio-virtio-fixup policy BDF [WORD [--persist]]|--forget

  policy: read or set the administrator's word on a function

  Without a word, prints the policy. A word applies to the next open, and is kept
  until the device leaves or the module is unloaded. The words are auto, strict,
  vouched, physical, unsafe and deny; see the manual page. With --persist the word
  is also kept in a rule file, which works without the module, too.

  Options, besides those of all commands:
    --persist      also after a reboot: writes a rule file
    --forget       remove the rule file that --persist wrote

  Example:
    vfio-virtio-fixup policy 01:00.0 strict --persist

=== help-apply
# The usage of apply.
$ vfio-virtio-fixup apply --help
  Usage: vfio-virtio-fixup apply [BDF...] [--dry-run]

  apply: make drivers and policies what the rules say

  Rules are files NAME.rule in /etc/vfio-virtio-fixup, /run/vfio-virtio-fixup and
  /usr/lib/vfio-virtio-fixup; see vfio-virtio-fixup.rule(5). Prints a line for
  each change, and nothing if there is nothing to do. Takes nothing that is in
  use. The exit code is 5 if some of it could not be done, or a rule file is left
  out because of an error.

  Options, besides those of all commands:
    --dry-run      change nothing, and print what would change

  Example:
    vfio-virtio-fixup apply --dry-run

=== help-check-rules
# The usage of check-rules.
$ vfio-virtio-fixup check-rules --help
  Usage: vfio-virtio-fixup check-rules [FILE...]

  check-rules: look for errors in rule files

  Without a file, checks all that are in force. Prints a line for each file with
  an error, FILE:LINE: and what was expected, as a compiler does; the exit code is
  1 then, and else 0.

  Example:
    vfio-virtio-fixup check-rules 10-disks.rule

=== apply-no-dump
# A dump cannot be changed.
$ vfio-virtio-fixup apply -F data/hostile.lspci
! vfio-virtio-fixup: apply: takes no -F, because a dump can only be read; see vfio-virtio-fixup help apply
[2]

=== help-describe
# The usage of describe.
$ vfio-virtio-fixup describe --help
  Usage: vfio-virtio-fixup describe BDF...|--all

  describe: what the host says of a function, read inside its guest

  Run it in a guest. It reads the description that virtio_fixup_vfio_pci on the
  host added to the configuration space of the function. It needs root, and no
  driver.

  Options, besides those of all commands:
    -F FILE        read an lspci -xxxx dump instead of this machine; -: stdin
    --all          every virtio function

  Example:
    vfio-virtio-fixup describe --all

=== version
# The version.
$ vfio-virtio-fixup -V
  vfio-virtio-fixup 0.1.0

=== no-command
# No command.
$ vfio-virtio-fixup
! vfio-virtio-fixup: no command: see vfio-virtio-fixup help
[2]

=== json-alone
# An option and no command.
$ vfio-virtio-fixup --json
  {
    "schema": 1,
    "errors": [
      {
        "about": "no command",
        "text": "see vfio-virtio-fixup help"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: no command: see vfio-virtio-fixup help
[2]

=== no-such-command
# A command that does not exist.
$ vfio-virtio-fixup frobnicate
! vfio-virtio-fixup: frobnicate: no such command; see vfio-virtio-fixup help
[2]

=== no-such-option
# An option that does not exist.
$ vfio-virtio-fixup list --frobnicate
! vfio-virtio-fixup: --frobnicate: no such option; see vfio-virtio-fixup help
[2]

=== option-without-value
# An option whose value is missing.
$ vfio-virtio-fixup list -F
! vfio-virtio-fixup: -F: needs a value; see vfio-virtio-fixup help
[2]

=== too-many-arguments
# list takes no address.
$ vfio-virtio-fixup list 01:00.0
! vfio-virtio-fixup: list: wrong number of arguments; usage: vfio-virtio-fixup list [--check]
[2]

=== too-few-arguments
# explain needs an address.
$ vfio-virtio-fixup explain
! vfio-virtio-fixup: explain: wrong number of arguments; usage: vfio-virtio-fixup explain BDF
[2]

=== measure-nothing
# measure needs an address.
$ vfio-virtio-fixup measure
! vfio-virtio-fixup: measure: wrong number of arguments; usage: vfio-virtio-fixup measure BDF... [--clear]
[2]

=== describe-nothing
# describe needs addresses or --all.
$ vfio-virtio-fixup describe
! vfio-virtio-fixup: describe: give either the addresses of functions, or --all
[2]

=== describe-all-and-one
# describe does not take both.
$ vfio-virtio-fixup describe --all 01:00.0
! vfio-virtio-fixup: describe: give either the addresses of functions, or --all
[2]

=== dump-cannot-be-bound
# A dump can only be read. It cannot be bound.
$ vfio-virtio-fixup bind -F data/hostile.lspci 01:00.0
! vfio-virtio-fixup: bind: takes no -F, because a dump can only be read; see vfio-virtio-fixup help bind
[2]

=== dump-cannot-be-measured
# A dump cannot be measured.
$ vfio-virtio-fixup measure -F data/hostile.lspci 01:00.0
! vfio-virtio-fixup: measure: takes no -F, because a dump can only be read; see vfio-virtio-fixup help measure
[2]

=== dump-has-no-policy
# A dump has no policy.
$ vfio-virtio-fixup policy -F data/hostile.lspci 01:00.0
! vfio-virtio-fixup: policy: takes no -F, because a dump can only be read; see vfio-virtio-fixup help policy
[2]

=== dump-and-sysfs
# A dump and a sysfs tree at once.
$ vfio-virtio-fixup list -F data/hostile.lspci --sysfs sys
! vfio-virtio-fixup: -F: a dump is read instead of a sysfs tree; give either -F or --sysfs
[2]

=== force-does-not-apply
# show takes no --force.
$ vfio-virtio-fixup --force show 01:00.0
! vfio-virtio-fixup: show: takes no --force; see vfio-virtio-fixup help show
[2]

=== force-does-not-measure
# measure takes no --force: nothing could be forced.
$ vfio-virtio-fixup measure --force 01:00.0
! vfio-virtio-fixup: measure: takes no --force; see vfio-virtio-fixup help measure
[2]

=== driver-does-not-apply
# unbind takes no --driver.
$ vfio-virtio-fixup unbind --driver vfio-pci 01:00.0
! vfio-virtio-fixup: unbind: takes no --driver; see vfio-virtio-fixup help unbind
[2]

=== all-does-not-apply
# show takes no --all.
$ vfio-virtio-fixup show --all
! vfio-virtio-fixup: show: takes no --all; see vfio-virtio-fixup help show
[2]

=== driver-with-slash
# The name of a driver is not a path.
$ vfio-virtio-fixup bind --driver ../x 01:00.0
! vfio-virtio-fixup: --driver: not the name of a driver; give a name such as virtio_fixup_vfio_pci
[2]

=== driver-like-option
# The name of a driver does not begin with a dash: modprobe would take it for an
# option.
$ vfio-virtio-fixup bind --driver=-r 01:00.0
! vfio-virtio-fixup: --driver: not the name of a driver; give a name such as virtio_fixup_vfio_pci
[2]

=== no-sysfs
# The sysfs tree is not there.
$ vfio-virtio-fixup list --sysfs nowhere
! vfio-virtio-fixup: nowhere/bus/pci: cannot be read: No such file or directory; without a PCI bus there are no virtio PCI functions
[1]

=== dump-missing
# The dump is not there.
$ vfio-virtio-fixup list -F nowhere.lspci
! vfio-virtio-fixup: nowhere.lspci: cannot be read: No such file or directory
[1]

=== dump-empty
# The dump is empty.
$ touch empty
$ vfio-virtio-fixup -F empty list
! vfio-virtio-fixup: empty: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]

=== dump-not-a-dump
# The dump is something else.
$ echo root:x:0:0:root:/root:/bin/bash > passwd
$ vfio-virtio-fixup -F passwd list
! vfio-virtio-fixup: passwd: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]

=== bad-address-1
# A word is not an address.
$ fixup show -- frob
! vfio-virtio-fixup: frob: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-2
# A bus and a device, without the function.
$ fixup show -- 1:2
! vfio-virtio-fixup: 1:2: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-3
# A function above 7.
$ fixup show -- 01:00.8
! vfio-virtio-fixup: 01:00.8: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-4
# A device above 1f.
$ fixup show -- 01:20.0
! vfio-virtio-fixup: 01:20.0: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-5
# Something behind the function.
$ fixup show -- 01:00.0x
! vfio-virtio-fixup: 01:00.0x: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-6
# A function twice.
$ fixup show -- 0000:01:00.0.0
! vfio-virtio-fixup: 0000:01:00.0.0: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-7
# A negative bus.
$ fixup show -- -1:00.0
! vfio-virtio-fixup: -1:00.0: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-8
# Nothing at all.
$ fixup show -- ''
! vfio-virtio-fixup: : not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-9
# Control characters do not reach the terminal.
$ fixup show -- $'01:00.0\e[31m'
! vfio-virtio-fixup: 01:00.0?[31m: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== option-order-1
# An option may stand before the command: this is show 01:00.0 --json.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show 01:00.0 --json > usual
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci --json show 01:00.0 | diff usual -

=== option-order-2
# Options may stand behind the arguments.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show 01:00.0 --json > usual
$ vfio-virtio-fixup show 01:00.0 -F data/qemu-q35-root-ports.lspci --json | diff usual -

=== output-full
# What cannot be written must not look done.
$ fixup list > /dev/full
! vfio-virtio-fixup: standard output: No space left on device
[1]

=== help-word
# help is a command, too.
$ vfio-virtio-fixup --help > option && vfio-virtio-fixup help > word && cmp option word
$ vfio-virtio-fixup show --help > option && vfio-virtio-fixup help show > word && cmp option word
$ vfio-virtio-fixup help help
  Usage: vfio-virtio-fixup help [COMMAND]

  help: this help, or that of a command

  Example:
    vfio-virtio-fixup help bind
$ vfio-virtio-fixup help nothing
! vfio-virtio-fixup: nothing: no such command; see vfio-virtio-fixup help
[2]
$ vfio-virtio-fixup help show list
! vfio-virtio-fixup: help: wrong number of arguments; usage: vfio-virtio-fixup help [COMMAND]
[2]

=== meant-another-command
# A letter too few, too many, another, or two swapped.
$ vfio-virtio-fixup lst
! vfio-virtio-fixup: lst: no such command; did you mean list?
[2]
$ vfio-virtio-fixup binds 01:00.0
! vfio-virtio-fixup: binds: no such command; did you mean bind?
[2]
$ vfio-virtio-fixup explaim 01:00.0
! vfio-virtio-fixup: explaim: no such command; did you mean explain?
[2]
$ vfio-virtio-fixup help dsecribe
! vfio-virtio-fixup: dsecribe: no such command; did you mean describe?
[2]
# Nothing is like it, or it is no word at all.
$ vfio-virtio-fixup x
! vfio-virtio-fixup: x: no such command; see vfio-virtio-fixup help
[2]
$ vfio-virtio-fixup 0000000000000000000000000000000000
! vfio-virtio-fixup: 0000000000000000000000000000000000: no such command; see vfio-virtio-fixup help
[2]

=== meant-another-option
# The same for options.
$ vfio-virtio-fixup list --jsno
! vfio-virtio-fixup: --jsno: no such option; did you mean --json?
[2]
$ vfio-virtio-fixup list --froce
! vfio-virtio-fixup: --froce: no such option; did you mean --force?
[2]
$ vfio-virtio-fixup list --q
! vfio-virtio-fixup: --q: no such option; see vfio-virtio-fixup help
[2]
$ vfio-virtio-fixup list -q
! vfio-virtio-fixup: -q: no such option; see vfio-virtio-fixup help
[2]

=== json-usage-error
# With --json, each error is in the object, wherever that option stands.
$ vfio-virtio-fixup --frob list --json
  {
    "schema": 1,
    "errors": [
      {
        "about": "--frob",
        "text": "no such option; see vfio-virtio-fixup help"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: --frob: no such option; see vfio-virtio-fixup help
[2]
$ vfio-virtio-fixup --json frobnicate
  {
    "schema": 1,
    "errors": [
      {
        "about": "frobnicate",
        "text": "no such command; see vfio-virtio-fixup help"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: frobnicate: no such command; see vfio-virtio-fixup help
[2]
$ vfio-virtio-fixup explain --json
  {
    "schema": 1,
    "errors": [
      {
        "about": "explain",
        "text": "wrong number of arguments; usage: vfio-virtio-fixup explain BDF"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: explain: wrong number of arguments; usage: vfio-virtio-fixup explain BDF
[2]

=== json-no-bus
# Errors that come later are, too.
$ vfio-virtio-fixup list --json --sysfs nowhere
  {
    "schema": 1,
    "errors": [
      {
        "about": "nowhere/bus/pci",
        "text": "cannot be read: No such file or directory; without a PCI bus there are no virtio PCI functions"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: nowhere/bus/pci: cannot be read: No such file or directory; without a PCI bus there are no virtio PCI functions
[1]
$ touch empty
$ vfio-virtio-fixup list --json -F empty
  {
    "schema": 1,
    "errors": [
      {
        "about": "empty",
        "text": "shows no PCI function; give the output of lspci -xxxx, taken as root"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: empty: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]
$ fixup explain --json 0f:00.0
  {
    "schema": 1,
    "errors": [
      {
        "about": "0000:0f:00.0",
        "text": "no such PCI function; see vfio-virtio-fixup list"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]
$ vfio-virtio-fixup -F data/truncated.lspci --json describe 02:00.0
  {
    "schema": 1,
    "functions": [],
    "errors": [
      {
        "about": "0000:02:00.0",
        "text": "the dump has only 160 bytes of its configuration space; take it with lspci -xxxx as root"
      }
    ],
    "warnings": [
      {
        "about": "0000:02:00.0",
        "text": "the dump is truncated: its configuration space ends at 0xa0"
      }
    ]
  }
! vfio-virtio-fixup: 0000:02:00.0: warning: the dump is truncated: its configuration space ends at 0xa0
! vfio-virtio-fixup: 0000:02:00.0: the dump has only 160 bytes of its configuration space; take it with lspci -xxxx as root
[1]
