# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# measure-matrix behind amd-iommu. L0 is the QEMU of tests/l0, as the amd-iommu of
# stock QEMU 7.2 serves nothing behind a root port; skipped without it.
. "${here:-/rig}/lib-measure.sh"
qemu=${RIG_QEMU_L0:-${repo:+$repo/build/lying-qemu}}

IOMMU=amd
FUNCTIONS=$matrix_functions
NEEDS_MODULE=1
NEEDS_PROGRAMS="lying-qemu nested/bin/dma-path"

l1() { measure_matrix blk-translated rng-translated net-translated rng-bypass; }
