# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# in_root ROOT TREE USER COMMAND...: run a command in a root as a user of it, in the
# folder TREE of this machine, which is /tree there. What is mounted for that goes
# with the command. And a check of what came of it.

in_root() {
	# shellcheck disable=SC2016 # for the shells inside
	unshare --mount --pid --fork --kill-child bash -euc '
		root=$0 tree=$1 user=$2
		shift 2
		mount --make-rprivate /
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount --rbind /sys "$root/sys"
		mkdir -p "$root/tree"
		mount --bind "$tree" "$root/tree"
		exec chroot --userspec="$user" "$root" env -i HOME=/tmp LC_ALL=C.UTF-8 \
			PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" \
			sh -c "cd /tree && exec \"\$@\"" sh "$@"
		' "$@"
}

# check TEXT COMMAND...: of $suite, with its output in $log. Adds to passed or failed.
check() {
	local text="$suite: $1"

	shift
	if "$@" >"$log" 2>&1; then
		echo "ok - $text"
		passed=$((passed + 1))
	else
		echo "not ok - $text"
		tail -n 15 "$log" | sed 's/^/# /'
		failed=$((failed + 1))
		return 1
	fi
}
