# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard behind amd-iommu: admitted, vetoed and owned, each as its word says. L0 is the
# QEMU of tests/l0, as measure-amd says; skipped without it.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"
qemu=${RIG_QEMU_L0:-${repo:+$repo/build/lying-qemu}}

IOMMU=amd
FUNCTIONS="blk-translated blk-bypass rng-translated rng-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="lying-qemu nested/bin/dma-path nested/bin/memory-guard nested/bin/vfio-hold"

l1() { guards_by_iommu; }
