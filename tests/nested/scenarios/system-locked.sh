# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The same Debian with a kernel that is locked down: it does not take the module, which is
# signed with a key that it does not know. The journal says that nothing guards vfio-pci.

FUNCTIONS="rng-translated rng-bypass"
SYSTEM="bookworm trixie"
L1_CMDLINE=lockdown=integrity
FULL_ONLY="the documentation's page on secure boot is what it is about"

l1() {
	. /rig/lib-guard.sh
	has "the kernel is locked down" '\[integrity\]' /sys/kernel/security/lockdown
	same "the module is signed by" "DKMS module signing key" \
		"$(modinfo -F signer virtio_fixup_vfio_pci)"
	allow_log 'systemd.*Failed to start vfio-virtio-fixup' "so it should"
	allow_log 'Lockdown: ' "so it should"
	same "the guard's unit" failed "$(systemctl is-active vfio-virtio-fixup-guard)"
	journalctl -b -o cat -p crit >/run/journal
	has "the journal says so" "^Linux $(uname -r | tr + .) has no guard: " /run/journal
	same "the rule's function is left to the kernel" virtio-pci "$(driver_of rng-translated)"
	check "vfio-pci loads all the same" modprobe vfio-pci
}
