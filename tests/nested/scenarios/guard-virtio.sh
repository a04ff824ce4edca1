# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard behind virtio-iommu: admitted, vetoed and owned, each as its word says.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"

IOMMU=virtio
FUNCTIONS="blk-translated blk-bypass rng-translated rng-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/memory-guard nested/bin/vfio-hold"

l1() { guards_by_iommu; }
