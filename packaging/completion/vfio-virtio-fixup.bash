# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completion for vfio-virtio-fixup: commands, options, policies, and the
# addresses of virtio functions as the tool itself lists them.

_vfio_virtio_fixup() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local commands='list show explain measure bind unbind policy apply check-rules describe monitor metrics help'
	local options='--json --sysfs --proc --root --timeout --help --version'
	local word command='' named=0 words

	# An address has colons, at which readline breaks words.
	if declare -F _get_comp_words_by_ref > /dev/null; then
		# shellcheck disable=SC2034
		local cword
		_get_comp_words_by_ref -n : cur prev words cword
	else
		words=("${COMP_WORDS[@]}")
	fi

	case $prev in
	-F | --output)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return ;;
	--sysfs | --proc | --root)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		return ;;
	--timeout)
		return ;;
	--driver)
		mapfile -t COMPREPLY < <(compgen -W 'virtio_fixup_vfio_pci vfio-pci' -- "$cur")
		return ;;
	esac

	for word in "${words[@]:1}"; do
		if [[ -z $command && " $commands " == *" $word "* ]]; then
			command=$word
		elif [[ $word == *:*.[0-7] && $word != "$cur" ]]; then
			named=1
		fi
	done

	# Options may come before the command: then all of them.
	case $command in
	list) options+=' -F --check' ;;
	explain) options+=' -F' ;;
	show) options+=' -F --config' ;;
	describe) options+=' -F --all' ;;
	bind) options+=' --force --driver' ;;
	measure) options+=' --clear' ;;
	unbind) options+=' --force' ;;
	apply) options+=' --dry-run' ;;
	metrics) options+=' -F --output --nfd' ;;
	policy) options+=' --persist --forget' ;;
	'') options+=' -F --check --config --all --force --driver --clear --dry-run --persist --forget --output --nfd' ;;
	esac

	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
	elif [[ -z $command || $command == help ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
	elif [[ $command == policy && $named = 1 ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			'auto strict vouched physical unsafe deny' -- "$cur")
	elif [[ $command == check-rules ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	elif [[ $command != list && $command != monitor && $command != metrics ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(vfio-virtio-fixup list 2> /dev/null |
			awk 'NR > 1 { print $1 }')" -- "$cur")
	fi
	if declare -F __ltrim_colon_completions > /dev/null; then
		__ltrim_colon_completions "$cur"
	fi
}
complete -F _vfio_virtio_fixup vfio-virtio-fixup
