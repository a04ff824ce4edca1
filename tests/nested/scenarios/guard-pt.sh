# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard where the default domain passes everything through: admitted, vetoed and owned,
# each as its word says.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"

FUNCTIONS="blk-translated blk-bypass rng-translated rng-bypass"
L1_CMDLINE=iommu=pt
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/memory-guard nested/bin/vfio-hold"

l1() {
	same "default domain of blk-translated" identity \
		"$(cat "/sys/bus/pci/devices/$BLK_TRANSLATED/iommu_group/type")"
	guards_by_iommu
}
