# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# lib-vfs.sh - for scenarios that have a virtio-net with virtual functions: extra-1, whose
# address is in $pf once l1() has set that.

L0=sriov-qemu
FUNCTIONS=extra-1
EXTRA_1="-netdev user,id=net0-@ID@,restrict=on -netdev user,id=net1-@ID@,restrict=on
	-netdev user,id=net2-@ID@,restrict=on
	-device virtio-net-pci,id=vf0-@ID@,bus=@BUS@,addr=0x0.0x1,netdev=net0-@ID@,sriov-pf=@ID@,disable-legacy=on,iommu_platform=on,romfile=
	-device virtio-net-pci,id=vf1-@ID@,bus=@BUS@,addr=0x0.0x2,netdev=net1-@ID@,sriov-pf=@ID@,disable-legacy=on,iommu_platform=on,romfile=
	-device virtio-net-pci,id=@ID@,bus=@BUS@,addr=0x0.0x0,netdev=net2-@ID@,disable-legacy=on,iommu_platform=on,romfile="

vf() { basename "$(readlink "/sys/bus/pci/devices/$pf/virtfn$1")"; }

# enable_vfs: two, of whatever driver the PF has, without a driver of their own. Their
# addresses are in $vf0 and $vf1 then.
enable_vfs() {
	echo 0 >"/sys/bus/pci/devices/$pf/sriov_drivers_autoprobe"
	check "two VFs are enabled" eval "echo 2 >/sys/bus/pci/devices/$pf/sriov_numvfs"
	vf0=$(vf 0) vf1=$(vf 1)
}

disable_vfs() { check "no VFs" eval "echo 0 >/sys/bus/pci/devices/$pf/sriov_numvfs"; }
