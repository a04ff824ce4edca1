# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154
#
# lib-monitor.sh - for scenarios that watch L1 with the tool's monitor. Wants
# lib-guard.sh before it.

# listeners: how many sockets get the kernel's uevents.
listeners() { awk '$2 == 15 && $4 != "00000000"' /proc/net/netlink | grep -c .; }

# monitor_begin FILE [OPTION]: a monitor that writes into the file.
monitor_begin() {
	monitor_listeners=$(listeners)
	# shellcheck disable=SC2086 # an option, or none
	vfio-virtio-fixup monitor ${2:-} >"$1" 2>&1 &
	monitor_pids="$monitor_pids $!"
	comes_to "monitor listens" $((monitor_listeners + 1)) listeners
}

# monitors_end SIGNAL: all of them end as an operator or systemd ends them.
monitors_end() {
	for monitor_pid in $monitor_pids; do
		kill -"$1" "$monitor_pid"
		wait "$monitor_pid"
		same "monitor, after SIG$1: exit status" 0 $?
	done
	monitor_pids=''
}

# monitor_told FILE WORD COUNT TEXT: so many lines are about the function and say that.
monitor_told() {
	same "$2: monitor says '$4'" "$3" \
		"$(grep -c "^20[0-9-]*T[0-9:]*Z $(address "$2") $4" "$1")"
}
