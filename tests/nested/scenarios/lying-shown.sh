# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# A function that is translated but hides bit 33: L2 is shown the bit, and it is
# required, so that an L2 with an IOMMU of its own uses that for the function. The
# function itself is never told.

FUNCTIONS="hides-blk"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/old-driver"

l1() {
	bind hides-blk virtio_fixup_vfio_pci
	same "verdict" translated "$(fixup hides-blk verdict)"
	same "basis" measured "$(fixup hides-blk basis)"
	same "does it offer the bit" 0 "$(fixup hides-blk offered)"
	same "contradictions" translated-but-hides "$(fixup hides-blk contradictions)"
	run_l2 -r required -a initcall_blacklist=virtio_pci_driver_init hides-blk
	same "refusals of features_ok" 1 "$(fixup hides-blk refused_features_ok)"
	run_l2 -r shown hides-blk
	run_l2 -i -r behind_an_iommu hides-blk
}

required() {
	exits "a driver that does not ack is kept from going live" 13 \
		old-driver "$L2_FUNCTION" 4096 "by the old driver "
}

shown() {
	check "the driver loads" l2_load virtio_blk
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	same "the device is live" 0x0000000f "$(l2_status)"
	tell plain "$(l2_whole_disk)"
}

behind_an_iommu() {
	check "the driver loads" l2_load virtio_blk
	check "the function is in an IOMMU group of L2" [ -e "$L2_SYSFS/iommu_group" ]
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	same "the device is live" 0x0000000f "$(l2_status)"
	tell behind "$(l2_sha256 0 2048)"
	check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
	tell written "$(l2_sha256 2048 128)"
}

l0() {
	same "L2 read what L0 put on the disk" "$(image_before hides-blk)" "$(told plain)"
	same "L2 with an IOMMU read it, too" "$(image_sha256 hides-blk 0 2048)" "$(told behind)"
	same "L0 finds what L2 wrote" "$(image_sha256 hides-blk 2048 128)" "$(told written)"
}
