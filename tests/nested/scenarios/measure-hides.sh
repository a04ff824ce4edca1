# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Functions that are translated but do not say so: measured, not believed.
. "${here:-/rig}/lib-measure.sh"

FUNCTIONS="hides-blk hides-rng hides-net hides-scsi
	hides-blk-transitional hides-rng-transitional hides-net-transitional"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/memory-guard"

l1() {
	guard
	for word in $FUNCTIONS; do
		judged "$word" "translated not-run" translated measured 1 translated-but-hides
		forced "$word" translated
		stays "$word"
	done
	no_faults
	nothing_kept
	guarded
	bind hides-blk vfio-pci
	exits "hides-blk: works with vfio-pci, its DMA goes where we said" 0 \
		dma-path "$HIDES_BLK"
}
