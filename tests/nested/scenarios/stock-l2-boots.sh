# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# The rig's L2 with a translated function through stock vfio-pci: Linux drives
# the disk, and what L2 read and wrote is what L0 has in the image.

FUNCTIONS="blk-translated"
# All others boot what uncompress-kernel made of it, by PVH, for speed. A machine
# boots the compressed image: so does this one, in L1 and in L2.
COMPRESSED_KERNEL=1

l1() {
	bind blk-translated vfio-pci
	run_l2 blk-translated
}

l2() {
	check "the driver loads" l2_load virtio_blk
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	tell read "$(l2_whole_disk)"
	check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
	tell written "$(l2_sha256 2048 128)"
}

l0() {
	same "L2 read what L0 put on the disk" "$(image_before blk-translated)" \
		"$(told read)"
	same "L0 finds what L2 wrote" "$(image_sha256 blk-translated 2048 128)" \
		"$(told written)"
	check "the image did change" [ "$(image_before blk-translated)" != \
		"$(image_sha256 blk-translated)" ]
}
