# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# L2 with an IOMMU of its own on top of our driver: the indicator is what makes
# L2's driver use it.

FUNCTIONS="blk-translated"
NEEDS_MODULE=1

l1() {
	bind blk-translated virtio_fixup_vfio_pci
	run_l2 -i blk-translated
}

l2() {
	check "the driver loads" l2_load virtio_blk
	check "the function is in an IOMMU group of L2" \
		[ -e "$L2_SYSFS/iommu_group" ]
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	tell read "$(l2_whole_disk)"
}

l0() {
	same "L2 read what L0 put on the disk" "$(image_before blk-translated)" \
		"$(told read)"
}
