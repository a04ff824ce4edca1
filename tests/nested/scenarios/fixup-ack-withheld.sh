# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A user of our driver who does not ack bit 33 never makes the function live.
# L0's trace is the proof: between the two marks of ack-withheld no status
# write that reached the device has DRIVER_OK. Meanwhile the tool's monitor tells root
# what happens, and however often something is refused, once.
. "${here:-/rig}/lib-guard.sh"

FUNCTIONS="rng-translated blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/ack-withheld"
TRACE=virtio_set_status

l1() {
	tracing=/sys/kernel/tracing
	mount -t tracefs none $tracing
	monitors_begin
	for word in $FUNCTIONS; do
		bind "$word" virtio_fixup_vfio_pci
		echo 1 >$tracing/events/virtio_fixup/enable
		exits "$word never goes live without the ack" 0 \
			ack-withheld "$(address "$word")"
		traced "$word" "virtio_fixup_open: ADDRESS .*error=0 reason=\"its DMA was"
		traced "$word" "virtio_fixup_was_reset: ADDRESS kind=close error=0"
		for rule in features_ok driver_ok queue_enable; do
			same "$word: refusals of $rule in the trace" \
				"$(fixup "$word" "refused_$rule")" \
				"$(grep -c "refused: $(address "$word") rule=$rule " $tracing/trace)"
		done
		check "$word: more than one FEATURES_OK was refused" \
			[ "$(fixup "$word" refused_features_ok)" -gt 1 ]
	done
	monitors_end
	for word in $FUNCTIONS; do
		told "$word" 1 "bound: VFIO may open it: its DMA was"
		told "$word" 1 "evidence: its verdict is [a-z]* (measured)"
		told "$word" 1 "open: a user has it open: its DMA was"
		told "$word" 1 "refused: features_ok: .*(VIRTIO_F_ACCESS_PLATFORM); to do: if this guest has no IOMMU of its own, policy physical lets it in"
		told "$word" 1 "refused: driver_ok: "
		told "$word" 1 "refused: queue_enable: "
	done
	same "lines of both monitors" "$(grep -c . /run/told)" "$(grep -c . /run/told.json)"
	same "objects with all keys, in a line each" "$(grep -c . /run/told)" \
		"$(grep -c '^{"time": ".*Z", "address": "0000:.*", "event": ".*", .*"meaning": ".*"}$' /run/told.json)"
}

# listeners: sockets on which somebody gets the kernel's uevents.
listeners() { awk '$2 == 15 && $4 != "00000000"' /proc/net/netlink | grep -c .; }

monitors_begin() {
	vfio-virtio-fixup monitor >/run/told 2>&1 &
	monitor=$!
	vfio-virtio-fixup monitor --json >/run/told.json 2>&1 &
	monitor_json=$!
	comes_to "monitors that listen" 2 listeners
}

# What has happened is told; then they end as an operator ends them.
monitors_end() {
	comes_to "the last line has come" 1 grep -c \
		"$(address blk-translated) refused: queue_enable: " /run/told
	sed 's/^/#   /' /run/told
	kill -INT $monitor
	wait $monitor
	same "monitor, interrupted: exit status" 0 $?
	kill -TERM $monitor_json
	wait $monitor_json
	same "monitor --json, ended: exit status" 0 $?
}

# told WORD COUNT TEXT: so many lines of monitor are about it and say that.
told() {
	same "$1: monitor says '$3'" "$2" \
		"$(grep -c "^20[0-9-]*T[0-9:]*Z $(address "$1") $3" /run/told)"
}

# traced WORD REGEX: the trace has such an event of that function.
traced() { has "$1 is traced" "$(echo "$2" | sed "s/ADDRESS/$(address "$1")/")" $tracing/trace; }

l0() {
	same "functions with both marks in L0's trace" 2 \
		"$(status_between_marks 128 | grep -c '^end')"
	same "status writes with DRIVER_OK between the marks" 0 \
		"$(status_between_marks 128 | awk '$1 == "write" && int($3 / 4) % 2' | wc -l)"
	note "status bytes the devices saw: $(status_between_marks 128 |
		awk '$1 == "write" { printf "%d ", $3 }')"
	check "the device saw the attempts at all" \
		[ "$(status_between_marks 128 | grep -c '^write')" -gt 4 ]
}
