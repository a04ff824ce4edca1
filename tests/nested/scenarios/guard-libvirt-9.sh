# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# libvirt 9, which knows no driver but vfio-pci, on an L1 that has our module installed.
# libvirt has vfio-pci loaded, and so ours first; it binds vfio-pci, and the guard judges.
. "${here:-/rig}/lib-disk.sh"

FUNCTIONS="blk-translated rng-bypass"
NEEDS_MODULE=1
ROOT=bookworm
FULL_ONLY="make check-full makes the root for it"
L1_MEMORY=2048

l1() {
	. /rig/lib-libvirt.sh
	check "the module is installed" install_module
	libvirt_up 9.0.0
	translated
	bypassing
	guest
	unmanaged
	expect_log 2 "$RNG_BYPASS: guard: not given to vfio-pci: its DMA was measured to bypass"
}

translated() {
	same "VFIO drivers that are loaded" none "$(vfio_drivers)"
	run_virsh 0 nodedev-detach "$(node_of blk-translated)"
	same "libvirt has both loaded, ours first" "virtio_fixup_vfio_pci vfio_pci" "$(vfio_drivers)"
	same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
	same "guard" admitted "$(fixup blk-translated guard)"
	run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
	is_given_back blk-translated
}

bypassing() {
	is_vetoed rng-bypass nodedev-detach "$(node_of rng-bypass)"
	domain rng-bypass none "managed='yes'"
	is_vetoed rng-bypass create /run/l2.xml
}

guest() {
	run_domain blk-translated use_disk "managed='yes'"
	same "L2 had the function by" vfio-pci "$DOMAIN_DRIVER"
	wait_until 100 given_back blk-translated
	is_given_back blk-translated
}

# It knows by name what may have a function that it does not manage; managed, it takes a
# function from whatever has it.
unmanaged() {
	bind blk-translated "$RIG_DRIVER"
	domain blk-translated none "managed='no'"
	run_virsh 1 create --paused /run/l2.xml
	has "the error" "must be manually detached from the host" /run/virsh
	same "the function's driver" "$RIG_DRIVER" "$(driver_of blk-translated)"

	domain blk-translated none "managed='yes'"
	run_virsh 0 create --paused /run/l2.xml
	same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
	run_virsh 0 destroy l2
	wait_until 100 given_back blk-translated
	is_given_back blk-translated
}

l0() { disk_used blk-translated; }
