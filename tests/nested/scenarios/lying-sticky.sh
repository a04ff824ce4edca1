# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Functions that never forget an ack, over any reset: who measures them acked
# first finds them translated without it.

FUNCTIONS="sticky-rng sticky-net"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word, never acked, goes round the IOMMU" 10 \
			dma-path -u "$(address "$word")"
		exits "$word, acked, is translated" 0 \
			dma-path "$(address "$word")"
		exits "$word, acked before a reset, is translated without the ack" 0 \
			dma-path -u "$(address "$word")"
	done
}
