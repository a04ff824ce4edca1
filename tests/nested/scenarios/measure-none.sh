# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# measure-matrix without an IOMMU: every function is bound and says why it is not
# measured; VFIO has no device for it.
. "${here:-/rig}/lib-measure.sh"

IOMMU=none
FUNCTIONS=$matrix_functions
NEEDS_MODULE=1

l1() { measure_matrix; }
