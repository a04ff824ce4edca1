# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
# What stock-bypass-overwrites shows, with our module loaded: vfio-pci cannot be bound to
# a function that bypasses, so its user cannot open it. Memory untouched, one line in the
# log, and nothing left behind.

FUNCTIONS="blk-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-canary vfio-virtio-fixup"

l1() {
	check "the module is loaded before vfio-pci" load_driver "$RIG_DRIVER"
	check "vfio-pci is loaded" load_driver vfio-pci
	device=/sys/bus/pci/devices/$BLK_BYPASS
	echo "$BLK_BYPASS" >"$device/driver/unbind"
	echo vfio-pci >"$device/driver_override"
	on_host bash -c "echo $BLK_BYPASS >/sys/bus/pci/drivers/vfio-pci/bind" 2>/run/bind
	sed 's/^/#   /' /run/bind
	has "vfio-pci fails to bind to blk-bypass ($BLK_BYPASS)" "No such device" /run/bind
	same "its driver" none "$(driver_of blk-bypass)"
	same "guard" vetoed "$(fixup blk-bypass guard)"
	expect_log 1 "$BLK_BYPASS: guard: not given to vfio-pci: "

	exits "opening fails" 3 dma-canary "$BLK_BYPASS" >/run/canary
	cat /run/canary
	has_not "and no memory was overwritten" OVERWRITTEN /run/canary

	exits "explain says so" 3 vfio-virtio-fixup explain "$BLK_BYPASS" >/run/explain
	cat /run/explain
	has "explain names the fix" "iommu_platform=on,disable-legacy=on" /run/explain

	same "driver_override is what it was" vfio-pci "$(cat "$device/driver_override")"
	bind blk-bypass virtio-pci
}
