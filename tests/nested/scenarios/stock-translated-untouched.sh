# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# The canary tells the difference: functions behind L1's IOMMU cannot reach the
# same page, and the IOMMU reports their attempts.

FUNCTIONS="blk-translated rng-translated"
NEEDS_PROGRAMS="nested/bin/dma-canary"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word leaves unmapped memory alone" 0 \
			dma-canary "$(address "$word")"
	done
	allow_log '^DMAR: ' "faults of the canary, wanted here"
	allow_log '^dmar_fault: ' "faults of the canary, wanted here"
	check "the IOMMU reports faults" [ -n "$(log_lines 'DMAR.*fault')" ]
}
