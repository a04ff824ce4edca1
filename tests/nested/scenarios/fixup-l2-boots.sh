# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034
# The main job: a translated function through our driver. L2 reads the
# description before any virtio driver knows the function, then Linux
# negotiates bit 33, reads and writes; checksums are compared with L0's image.
. "${here:-/rig}/lib-disk.sh"

FUNCTIONS="blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="vfio-virtio-fixup"
TRACE=virtio_set_status

l1() {
	bind blk-translated virtio_fixup_vfio_pci
	same "admitted" 1 "$(fixup blk-translated admitted)"
	# virtio-pci is built into 6.12 and would take the function before init
	# runs; in this first L2 it never registers.
	run_l2 -r describe -a initcall_blacklist=virtio_pci_driver_init \
		blk-translated
	run_l2 -r use_disk blk-translated
	# An operator takes a counter that moves as an L2 that tries.
	for counter in /sys/bus/pci/devices/"$BLK_TRANSLATED"/virtio_fixup/refused_*; do
		same "QEMU and a Linux that keeps the rules leave ${counter##*/}" 0 \
			"$(cat "$counter")"
	done
}

describe() {
	same "no driver has the function" none "$(l2_driver)"
	check "describe succeeds" vfio-virtio-fixup describe "$L2_FUNCTION"
	vfio-virtio-fixup describe "$L2_FUNCTION" | sed 's/^/#   /'
}

l0() { disk_used blk-translated; }
