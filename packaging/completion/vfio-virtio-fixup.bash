# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completion for vfio-virtio-fixup. What there is to complete, the tool itself says: its
# help has the commands and options, its list the addresses.

_vfio_virtio_fixup() {
	# The tool may be where only root looks.
	local PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
	local line=${COMP_LINE:0:COMP_POINT} cur words cword
	local help commands command='' given=0 source=() word i

	# An address has colons, at which readline breaks words.
	read -ra words <<< "$line"
	[[ $line != *' ' ]] || words+=('')
	cword=$((${#words[@]} - 1)) cur=${words[-1]}
	help=$(vfio-virtio-fixup help 2> /dev/null) || return
	commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' <<< "$help")

	# What the value of an option is called, of one that has a value.
	_vfio_virtio_fixup_value() { sed -nE "s/^  $1 ([A-Z]+) .*/\1/p" <<< "$help" | head -n 1; }

	for ((i = 1; i < cword; i++)); do
		word=${words[i]}
		if [[ $word == -* && -n $(_vfio_virtio_fixup_value "$word") ]]; then
			i=$((i + 1))
			[[ $word != -F && $word != --sysfs ]] || source=("$word" "${words[i]/#\~/$HOME}")
		elif [[ $word != -* && -z $command ]]; then
			command=$word
		elif [[ $word != -* ]]; then
			given=1
		fi
	done
	if ((i > cword)); then
		_vfio_virtio_fixup_choose "$(_vfio_virtio_fixup_value "$word")"
	elif [[ $cur == -* ]]; then
		_vfio_virtio_fixup_options
	elif [[ -z $command ]]; then
		_vfio_virtio_fixup_choose COMMAND
	else
		word=$(vfio-virtio-fixup help "$command" 2> /dev/null | sed -n 's/^Usage: [^ ]* [^ ]*//p')
		if [[ $word == *WORD* && $given = 1 ]]; then
			_vfio_virtio_fixup_choose WORD
		else
			_vfio_virtio_fixup_choose "$(grep -owE 'BDF|FILE|COMMAND' <<< "$word" | head -n 1)"
		fi
	fi
	# Readline has only what is behind the last colon.
	[[ $COMP_WORDBREAKS != *:* ]] || COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}")
}

# Of the command at hand and of all; before a command is given, all that there are.
_vfio_virtio_fixup_options() {
	local options

	options=$(awk -v commands="$commands" -v command="$command" '
		BEGIN { split(commands, name); for (i in name) is_command[name[i]] }
		/^  -/ {
			split(substr($0, 18), text, /[:,]/)
			if (command == "" || !(text[1] in is_command))
				print $1
		}' <<< "$help"
		[[ -z $command ]] || vfio-virtio-fixup help "$command" 2> /dev/null | awk '/^  -/ { print $1 }')
	mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
}

# The values of an argument, by its name in the help.
_vfio_virtio_fixup_choose() {
	case $1 in
	FILE) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	DIR) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	COMMAND) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur") ;;
	NAME) mapfile -t COMPREPLY < <(compgen -W 'virtio_fixup_vfio_pci vfio-pci' -- "$cur") ;;
	WORD) mapfile -t COMPREPLY < <(compgen -W 'auto strict vouched physical unsafe deny' -- "$cur") ;;
	BDF) mapfile -t COMPREPLY < <(compgen -W "$(vfio-virtio-fixup "${source[@]}" list 2> /dev/null |
		awk 'NR > 1 { print $1 }')" -- "$cur") ;;
	esac
}
complete -F _vfio_virtio_fixup vfio-virtio-fixup
