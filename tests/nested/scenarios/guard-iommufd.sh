# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# L2 by iommufd through stock vfio-pci, with the guard: a translated disk works. QEMU does
# not start with a function that is owned, nor with one that is vetoed. This takes QEMU 10,
# and the kernel that watches itself, as Debian's kernels have no iommufd.
. "${here:-/rig}/lib-disk.sh"
. "${here:-/rig}/lib-guard.sh"

FUNCTIONS="blk-translated blk-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold"
ROOT=trixie
KERNELS='*instrumented*'
L1_MEMORY=3072
L2_MEMORY=768	# KASAN takes its part

# starts_not WORD PATTERN: and QEMU says why. If it does start, it quits, and with 0.
starts_not() {
	echo quit >/run/quit
	exits "$1: QEMU does not start" 1 in_root "$RIG_QEMU_L2" -nodefaults -display none -S \
		-monitor stdio -machine q35 -object iommufd,id=iommufd0 \
		-device "vfio-pci,host=$(address "$1"),iommufd=iommufd0" </run/quit >/run/qemu
	cat /run/qemu
	has "$1: it says why" "$2" /run/qemu
}

l1() {
	load_driver "$RIG_DRIVER"
	admitted blk-translated
	# Whoever has the function now has it by its character device.
	check "VFIO's group has no node" \
		rm "/dev/vfio/$(basename "$(readlink "$(device_of blk-translated)/iommu_group")")"
	run_l2 -f -t 900 blk-translated

	owned blk-bypass
	starts_not blk-bypass "error bind device fd=[0-9]* to iommufd=[0-9]*: "
	release blk-bypass
	vetoed blk-bypass
	starts_not blk-bypass "$BLK_BYPASS: .*No such file or directory"
	allow_log 'kvm: user requested TSC rate below hardware speed' "QEMU 10, and TCG as hardware"
	allow_log 'guard: ' "it says what it refuses, and what root admits"
}

l2() { use_disk; }

l0() { disk_used blk-translated; }
