# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# L2 through stock vfio-pci, with the guard: a translated disk is admitted and works as
# it does without a guard. QEMU has no device to open for one that bypasses.
. "${here:-/rig}/lib-disk.sh"

FUNCTIONS="blk-translated blk-bypass"
NEEDS_MODULE=1

l1() {
	load_driver "$RIG_DRIVER"
	bind blk-translated vfio-pci
	same "guard" admitted "$(fixup blk-translated guard)"
	run_l2 blk-translated

	release blk-bypass
	echo vfio-pci >/sys/bus/pci/devices/"$BLK_BYPASS"/driver_override
	echo "$BLK_BYPASS" 2>/dev/null >/sys/bus/pci/drivers_probe
	same "guard" vetoed "$(fixup blk-bypass guard)"
	# If it does start, it quits, and with 0.
	echo quit >/run/quit
	exits "QEMU does not start" 1 in_root "$RIG_QEMU_L2" -nodefaults -display none -S \
		-monitor stdio -machine q35 -device "vfio-pci,host=$BLK_BYPASS" </run/quit >/run/qemu
	cat /run/qemu
	# QEMU 7.2 and 10.0 word it differently.
	has "as the function has no VFIO device" \
		"vfio $BLK_BYPASS: .*open '?/dev/vfio/[0-9]+'?: No such file or directory" /run/qemu
	expect_log 1 "guard: not given to vfio-pci: its DMA was measured to bypass the IOMMU"
}

l2() { use_disk; }

l0() { disk_used blk-translated; }
