# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# A user of our driver who does not ack bit 33 never makes the function live.
# L0's trace is the proof: between the two marks of ack-withheld no status
# write that reached the device has DRIVER_OK.

FUNCTIONS="rng-translated blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/ack-withheld"
TRACE=virtio_set_status

l1() {
	for word in $FUNCTIONS; do
		bind "$word" virtio_fixup_vfio_pci
		exits "$word never goes live without the ack" 0 \
			ack-withheld "$(address "$word")"
	done
}

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
