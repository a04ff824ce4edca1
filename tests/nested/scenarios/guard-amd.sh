# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard behind amd-iommu: admitted, vetoed and owned, each as its word says. As for
# measure-amd, L0 is not stock QEMU.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"

IOMMU=amd
FUNCTIONS="blk-translated blk-bypass rng-translated rng-bypass"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/memory-guard nested/bin/vfio-hold"

l1() { guards_by_iommu; }
