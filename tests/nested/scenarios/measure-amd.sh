# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# measure-matrix behind amd-iommu; that of stock QEMU 7.2 serves nothing behind a root port.
. "${here:-/rig}/lib-measure.sh"

IOMMU=amd
FUNCTIONS=$matrix_functions
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() { measure_matrix blk-translated rng-translated net-translated rng-bypass; }
