# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Control for fixup-ack-withheld: through stock vfio-pci the same program does
# get DRIVER_OK to the device, and L0's trace shows it.

FUNCTIONS="rng-translated"
NEEDS_PROGRAMS="nested/bin/ack-withheld"
TRACE=virtio_set_status

l1() {
	bind rng-translated vfio-pci
	exits "through stock vfio-pci the function goes live" 10 \
		ack-withheld "$(address rng-translated)"
}

l0() {
	same "functions with both marks in L0's trace" 1 \
		"$(status_between_marks 128 | grep -c '^end')"
	check "DRIVER_OK between the marks" [ \
		"$(status_between_marks 128 | awk '$1 == "write" && int($3 / 4) % 2' | wc -l)" -gt 0 ]
}
