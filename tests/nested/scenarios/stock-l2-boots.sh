# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034
# The rig's L2 with a translated function through stock vfio-pci: Linux drives
# the disk, and what L2 read and wrote is what L0 has in the image.
. "${here:-/rig}/lib-disk.sh"

FUNCTIONS="blk-translated"
# All others boot what uncompress-kernel made of it, by PVH, for speed. A machine
# boots the compressed image: so does this one, in L1 and in L2.
COMPRESSED_KERNEL=1

l1() {
	bind blk-translated vfio-pci
	run_l2 blk-translated
}

l2() { use_disk; }

l0() { disk_used blk-translated; }
