# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Stock vfio-pci hands out functions that go round L1's IOMMU: a page of L1
# that nobody mapped is overwritten, and nothing is logged.

FUNCTIONS="blk-bypass rng-bypass rng-transitional"
NEEDS_PROGRAMS="nested/bin/dma-canary"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word through stock vfio-pci overwrites unmapped memory" 10 \
			dma-canary "$(address "$word")"
	done
	same "IOMMU faults in the log" 0 "$(log_lines 'DMAR.*fault' | grep -c .)"
}
