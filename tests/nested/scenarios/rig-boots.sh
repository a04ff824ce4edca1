# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
# The rig itself: every function is where functions.sh says, in L1 and bound.

FUNCTIONS="blk-translated blk-bypass blk-transitional rng-translated rng-bypass
	rng-transitional net-translated net-bypass balloon ivshmem"
TRACE=virtio_set_status

ids() {
	cat "/sys/bus/pci/devices/$(address "$1")/vendor" \
		"/sys/bus/pci/devices/$(address "$1")/device" | tr '\n' ' '
}

l1() {
	same "blk-translated" "0x1af4 0x1042 " "$(ids blk-translated)"
	same "blk-bypass" "0x1af4 0x1042 " "$(ids blk-bypass)"
	same "blk-transitional" "0x1af4 0x1001 " "$(ids blk-transitional)"
	same "rng-translated" "0x1af4 0x1044 " "$(ids rng-translated)"
	same "rng-bypass" "0x1af4 0x1044 " "$(ids rng-bypass)"
	same "rng-transitional" "0x1af4 0x1005 " "$(ids rng-transitional)"
	same "net-translated" "0x1af4 0x1041 " "$(ids net-translated)"
	same "net-bypass" "0x1af4 0x1041 " "$(ids net-bypass)"
	same "balloon" "0x1af4 0x1045 " "$(ids balloon)"
	same "ivshmem" "0x1af4 0x1110 " "$(ids ivshmem)"
	for word in blk-translated blk-bypass rng-transitional; do
		check "$word is in an IOMMU group" \
			[ -e "/sys/bus/pci/devices/$(address "$word")/iommu_group" ]
		same "and alone in it" 1 \
			"$(find "/sys/bus/pci/devices/$(address "$word")/iommu_group/devices/" -type l | wc -l)"
	done
	bind blk-translated vfio-pci
	release blk-translated
	same "after release the driver is" none "$(driver_of blk-translated)"
}

l0() {
	check "L0 traced status writes" [ -s "$run/trace.log" ]
}
