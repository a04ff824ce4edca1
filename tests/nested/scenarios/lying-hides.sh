# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Functions that are translated but do not offer bit 33.

FUNCTIONS="hides-blk hides-rng hides-net hides-scsi hides-gpu"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word: what is mapped is reached through the IOMMU" 0 \
			dma-path "$(address "$word")" >/run/path
		cat /run/path
		has "$word does not offer bit 33" "\(bit 33\): no" /run/path
		case $word in
		*-blk | *-rng) ;;
		*) continue ;;
		esac
		exits "$word leaves unmapped memory alone" 0 \
			dma-canary "$(address "$word")"
	done
	allow_log 'fault addr|handling fault|AMD-Vi: Event|fault from EP|callbacks suppressed' "faults of the canary, wanted here"
}
