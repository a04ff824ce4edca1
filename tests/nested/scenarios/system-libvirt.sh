# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# libvirt 11 on a Debian 13 where the package has DKMS build the module: it binds our driver
# by its alias, and nobody tells it so. A module of the kernel's own that has the same
# aliases, as virtio_vfio_pci has, comes first. libvirt and QEMU are in a root of their own,
# and see this system's modules.

FUNCTIONS="blk-translated net-translated"
SYSTEM=trixie
ROOT=trixie
FULL_ONLY="make check-full makes the root for it"
L1_MEMORY=2048

modules=/lib/modules/$(uname -r)

l1() {
	. /rig/lib-libvirt.sh
	check "the root with libvirt can be used" enter_root
	check "it has the softdeps of the package" \
		mount --bind /usr/lib/modprobe.d "$RIG_ROOT/etc/modprobe.d"
	modinfo -F filename "$RIG_DRIVER" >/run/module
	has "the module is where DKMS puts it" "/updates/dkms/$RIG_DRIVER\.ko" /run/module
	libvirt_up 11.3.0
	by_alias
	that_a_rule_binds
	beside_a_rival
	without_aliases
}

# Nothing but managed='yes': no rule names the function, and the XML no driver.
by_alias() {
	same "net-translated, before: driver" virtio-pci "$(driver_of net-translated)"
	domain net-translated none "managed='yes'"
	run_virsh 0 create --paused /run/l2.xml
	same "libvirt binds" "$RIG_DRIVER" "$(driver_of net-translated)"
	same "it is admitted" 1 "$(fixup net-translated admitted)"
	run_virsh 0 destroy l2
	wait_until 100 given_back net-translated
	is_given_back net-translated
}

that_a_rule_binds() {
	same "blk-translated, before, by a rule: driver" "$RIG_DRIVER" "$(driver_of blk-translated)"
	domain blk-translated none "managed='yes'"
	run_virsh 0 create --paused /run/l2.xml
	same "libvirt leaves it there" "$RIG_DRIVER" "$(driver_of blk-translated)"
	run_virsh 0 destroy l2
	sleep 3
	same "it has it still when the guest has ended" "$RIG_DRIVER" "$(driver_of blk-translated)"
}

# Another name for our module is enough: depmod and libvirt go by names and aliases.
beside_a_rival() {
	rival=kernel/drivers/vfio/pci/virtio
	mkdir -p "$modules/$rival"
	cp "$(cat /run/module)" "$modules/$rival/virtio_vfio_pci.$(sed 's/.*_pci\.//' /run/module)"
	echo "$rival/virtio_vfio_pci.ko" >>"$modules/modules.order"
	check "depmod" depmod
	run_virsh 1 nodedev-detach "$(node_of net-translated)"
	has "libvirt wants the kernel's own" "loading module 'virtio_vfio_pci'" /run/virsh
	is_given_back net-translated
	run_virsh 0 nodedev-detach --driver "$RIG_DRIVER" "$(node_of net-translated)"
	same "libvirt binds what it is told" "$RIG_DRIVER" "$(driver_of net-translated)"
	run_virsh 0 nodedev-reattach "$(node_of net-translated)"
}

# It was the alias.
without_aliases() {
	sed -i '/^alias vfio_pci:v00001AF4/d' "$modules/modules.alias"
	run_virsh 0 nodedev-detach "$(node_of net-translated)"
	same "libvirt binds" vfio-pci "$(driver_of net-translated)"
	same "guard" admitted "$(fixup net-translated guard)"
}
