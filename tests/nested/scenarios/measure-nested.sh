# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# One level down: L1 hands a function through our driver to L2, which has an
# IOMMU of its own and our driver on it. L2 measures for itself, without a fault in
# L1 (its IOMMU is the one that would log it), and a VFIO user in L2 has a working
# function that reaches what is mapped for it.
. "${here:-/rig}/lib-measure.sh"

FULL_ONLY="L1 in TCG stands still too often while an L2 with an IOMMU of its own boots"
FUNCTIONS="rng-translated"
NEEDS_MODULE=1
L2_DRIVER=1
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() {
	truthful rng-translated
	run_l2 -i rng-translated
	check "back in L1 it is measured again" eval "echo 1 >$(sysfs_of rng-translated)/measure"
	truthful rng-translated
	nothing_kept
	no_faults
}

l2() {
	check "the function is in an IOMMU group of L2" [ -e "$L2_SYSFS/iommu_group" ]
	modprobe vfio_iommu_type1
	check "L2 gives it to our driver" l2_bind virtio_fixup_vfio_pci
	found_at "$L2_SYSFS/virtio_fixup" rng-translated "intel in L2"
	same "in L2: measured, verdict, basis, admitted" \
		"rejected translated, translated, measured, 1" \
		"$got_measured, $got_verdict, $got_basis, $got_admitted"
	exits "in L2: a VFIO user has a working, translated function" 0 \
		dma-path "$L2_FUNCTION"
}
