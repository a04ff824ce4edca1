# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154
#
# lib-disk.sh - L2 uses a disk, and L0 sees in the image what L2 did.
#
# A scenario sources it with . "${here:-/rig}/lib-disk.sh".

# use_disk: in L2, whose function is a disk.
use_disk() {
	check "the driver loads" l2_load virtio_blk
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	same "the device is live" 0x0000000f "$(l2_status)"
	tell read "$(l2_whole_disk)"
	check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
	tell written "$(l2_sha256 2048 128)"
}

# disk_used WORD: on L0.
disk_used() {
	same "L2 read what L0 put on the disk" "$(image_before "$1")" "$(told read)"
	same "L0 finds what L2 wrote" "$(image_sha256 "$1" 2048 128)" "$(told written)"
	check "the image did change" [ "$(image_before "$1")" != "$(image_sha256 "$1")" ]
}
