# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# in_root ROOT COMMAND...: run a command in a root, where this tree is at its usual
# path. What is mounted goes with the command. Environment: IN_ROOT_USER, who runs it
# (default root).

in_root() {
	local root=$1
	shift
	unshare --mount --pid --fork --kill-child bash -eu -c '
		root=$1 tree=$2 user=$3
		shift 3
		mount --make-rprivate /
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mkdir -p "$root$tree"
		mount --bind "$tree" "$root$tree"
		exec chroot --userspec="$user" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/tmp TERM="${TERM:-dumb}" LC_ALL=C.UTF-8 sh -c "cd \"\$0\" && exec \"\$@\"" "$tree" "$@"
		' in_root "$root" "$repo" "${IN_ROOT_USER:-root}" "$@"
}
