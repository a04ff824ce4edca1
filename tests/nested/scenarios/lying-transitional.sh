# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# A transitional function that is translated is admitted, and L2 sees a modern
# one: no legacy interface, also for a driver that is told to insist on it.

FUNCTIONS="hides-blk-transitional"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="vfio-virtio-fixup"

l1() {
	bind hides-blk-transitional virtio_fixup_vfio_pci
	same "verdict" translated "$(fixup hides-blk-transitional verdict)"
	same "basis" measured "$(fixup hides-blk-transitional basis)"
	same "admitted" 1 "$(fixup hides-blk-transitional admitted)"
	run_l2 -d hides-blk-transitional && booted_from hides-blk-transitional
	run_l2 -r forced -a virtio_pci.force_legacy=1 hides-blk-transitional

	# `unsafe` admits what would be refused; this one is not.
	check "policy unsafe" vfio-virtio-fixup policy "$(address hides-blk-transitional)" unsafe
	run_l2 -r modern -u hides-blk-transitional
}

modern() {
	same "PCI device ID" 0x1042 "$(cat "$L2_SYSFS/device")"
	same "PCI revision" 0x01 "$(cat "$L2_SYSFS/revision")"
	same "PCI subsystem ID" 0x0040 "$(cat "$L2_SYSFS/subsystem_device")"
	same "BAR 0 is absent" "0x0000000000000000 0x0000000000000000 0x0000000000000000" \
		"$(head -n 1 "$L2_SYSFS/resource")"
	check "the driver loads" l2_load virtio_blk
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	same "the device is live" 0x0000000f "$(l2_status)"
}

forced() {
	modern
	same "the driver was to insist on the legacy interface" Y \
		"$(cat /sys/module/virtio_pci/parameters/force_legacy)"
	tell read "$(l2_whole_disk)"
	check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
	tell written "$(l2_sha256 2048 128)"
}

l0() {
	same "L2 read what L0 put on the disk" "$(image_before hides-blk-transitional)" \
		"$(told read)"
	same "L0 finds what L2 wrote" "$(image_sha256 hides-blk-transitional 2048 128)" \
		"$(told written)"
}
