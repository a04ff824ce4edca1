# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Functions that offer bit 33, insist that it is acked, and bypass all the same.

FUNCTIONS="claims-blk claims-rng claims-net claims-scsi claims-gpu"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word, acked, goes round the IOMMU" 10 \
			dma-path "$(address "$word")" >/run/path
		cat /run/path
		has "$word offers bit 33" "\(bit 33\): yes" /run/path
		exits "$word refuses to go live without the ack" 13 \
			dma-path -u "$(address "$word")"
		case $word in
		*-blk | *-rng) ;;
		*) continue ;;
		esac
		exits "$word overwrites unmapped memory" 10 \
			dma-canary "$(address "$word")"
	done
	same "IOMMU faults in the log" 0 \
		"$(log_lines 'fault addr|handling fault|AMD-Vi: Event|fault from EP' | grep -c .)"
}
