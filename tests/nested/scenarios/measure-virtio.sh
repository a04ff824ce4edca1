# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# measure-matrix behind virtio-iommu.
. "${here:-/rig}/lib-measure.sh"

IOMMU=virtio
FUNCTIONS=$matrix_functions
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() { measure_matrix blk-translated rng-translated net-translated rng-bypass; }
