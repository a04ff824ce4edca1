# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A user of our driver who does not ack bit 33 never makes the function live.
# L0's trace is the proof: between the two marks of ack-withheld no status
# write that reached the device has DRIVER_OK. Meanwhile the tool's monitor tells root
# what happens, and however often something is refused, once.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-monitor.sh"

FUNCTIONS="rng-translated blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/ack-withheld"
TRACE=virtio_set_status

l1() {
	tracing=/sys/kernel/tracing
	mount -t tracefs none $tracing
	monitor_begin /run/told
	monitor_begin /run/told.json --json
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
	# What has happened is told.
	comes_to "the last of the lines" 1 grep -c \
		"$(address blk-translated) refused: queue_enable: " /run/told
	sed 's/^/#   /' /run/told
	monitors_end INT
	for word in $FUNCTIONS; do
		told /run/told "$word" 1 "bound: VFIO may open it: its DMA was"
		told /run/told "$word" 1 "evidence: measured, .*: its verdict is translated (measured)"
		told /run/told "$word" 1 "open: a user has it open: its DMA was"
		told /run/told "$word" 1 "refused: features_ok: .*(VIRTIO_F_ACCESS_PLATFORM); to do: if this guest has no IOMMU of its own, policy physical lets it in"
		told /run/told "$word" 1 "refused: driver_ok: "
		told /run/told "$word" 1 "refused: queue_enable: "
	done
	same "lines of both monitors" "$(grep -c . /run/told)" "$(grep -c . /run/told.json)"
	same "objects with all keys, in a line each" "$(grep -c . /run/told)" \
		"$(grep -c '^{"time": ".*Z", "address": "0000:.*", "event": ".*", .*"meaning": ".*"}$' /run/told.json)"
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
