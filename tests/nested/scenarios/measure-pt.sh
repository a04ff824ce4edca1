# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# measure-matrix, where the default domain passes everything through.
. "${here:-/rig}/lib-measure.sh"

FUNCTIONS=$matrix_functions
L1_CMDLINE=iommu=pt
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() {
	same "default domain of blk-translated" identity \
		"$(cat "/sys/bus/pci/devices/$BLK_TRANSLATED/iommu_group/type")"
	measure_matrix blk-translated rng-translated net-translated rng-bypass
}
