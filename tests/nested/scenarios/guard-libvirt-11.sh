# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# libvirt 11, which takes the VFIO driver whose alias fits a function best. Without our
# module below /lib/modules that is vfio-pci, which the guard judges; with it, ours.
. "${here:-/rig}/lib-disk.sh"

FUNCTIONS="blk-translated rng-bypass"
NEEDS_MODULE=1
ROOT=trixie
FULL_ONLY="make check-full makes the root for it"
L1_MEMORY=2048

l1() {
	. /rig/lib-libvirt.sh
	check "modules have their aliases" in_root depmod
	load_driver "$RIG_DRIVER"
	libvirt_up 11.3.0
	without_alias
	check "the module is installed" install_module
	with_alias
	guest
	unmanaged
	expect_log 3 "$RNG_BYPASS: guard: not given to vfio-pci: its DMA was measured to bypass"
	expect_log 1 "$RNG_BYPASS: open refused"
}

without_alias() {
	run_virsh 0 nodedev-detach "$(node_of blk-translated)"
	same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
	same "guard" admitted "$(fixup blk-translated guard)"
	run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
	is_given_back blk-translated

	is_vetoed rng-bypass nodedev-detach "$(node_of rng-bypass)"
	domain rng-bypass none "managed='yes'"
	is_vetoed rng-bypass create /run/l2.xml
}

with_alias() {
	run_virsh 0 nodedev-detach "$(node_of blk-translated)"
	same "libvirt binds" "$RIG_DRIVER" "$(driver_of blk-translated)"
	run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
	is_given_back blk-translated

	# Who asks for vfio-pci gets the guard.
	domain blk-translated none "managed='yes'" vfio-pci
	run_virsh 0 create --paused /run/l2.xml
	same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
	same "guard" admitted "$(fixup blk-translated guard)"
	run_virsh 0 destroy l2
	wait_until 100 given_back blk-translated
	is_vetoed rng-bypass nodedev-detach --driver vfio-pci "$(node_of rng-bypass)"

	# Ours is bound to any function, and lets nobody open this one.
	run_virsh 0 nodedev-detach "$(node_of rng-bypass)"
	same "libvirt binds" "$RIG_DRIVER" "$(driver_of rng-bypass)"
	run_virsh 0 nodedev-reattach "$(node_of rng-bypass)"
	domain rng-bypass none "managed='yes'"
	run_virsh 1 create /run/l2.xml
	has "the error is QEMU's" \
		"vfio $RNG_BYPASS: error getting device from group [0-9]+: Operation not permitted" \
		/run/virsh
	wait_until 100 given_back rng-bypass
	is_given_back rng-bypass
}

guest() {
	run_domain blk-translated use_disk "managed='yes'"
	same "L2 had the function by" "$RIG_DRIVER" "$DOMAIN_DRIVER"
	wait_until 100 given_back blk-translated
	is_given_back blk-translated
}

# managed='no' takes any function that VFIO serves.
unmanaged() {
	bind blk-translated "$RIG_DRIVER"
	domain blk-translated none "managed='no'"
	run_virsh 0 create --paused /run/l2.xml
	run_virsh 0 destroy l2
	same "the function's driver" "$RIG_DRIVER" "$(driver_of blk-translated)"
	run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
	is_given_back blk-translated
}

l0() { disk_used blk-translated; }
