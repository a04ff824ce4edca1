# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Functions that offer bit 33, go live with or without the ack, and are
# translated only with it; the ack can be taken back while they are live.

FUNCTIONS="conditional-blk conditional-rng conditional-net conditional-scsi conditional-gpu"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word, not acked, goes round the IOMMU" 10 \
			dma-path -u "$(address "$word")" >/run/path
		cat /run/path
		has "$word offers bit 33" "\(bit 33\): yes" /run/path
		exits "$word, acked, is translated" 0 \
			dma-path "$(address "$word")"
		exits "$word, with the ack taken back, goes round the IOMMU" 10 \
			dma-path -w "$(address "$word")"
		case $word in
		*-blk | *-rng) ;;
		*) continue ;;
		esac
		exits "$word, acked, leaves unmapped memory alone" 0 \
			dma-canary "$(address "$word")"
	done
	allow_log 'fault addr|handling fault|AMD-Vi: Event|fault from EP|callbacks suppressed' "faults of the canary, wanted here"
}
