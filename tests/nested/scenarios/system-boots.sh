# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A Debian with systemd and both packages, and a rule for two functions: the initramfs has
# bound them before a class driver came, and a function that is plugged in is bound, also
# the second one at the same address. The disk of the root file system bypasses, and no
# rule names it.

FUNCTIONS="blk-translated rng-translated rng-bypass"
SYSTEM="bookworm trixie"
HOTPLUG=1

l1() {
	. /rig/lib-guard.sh
	. /rig/lib-system.sh
	initramfs_applied_rules
	same "the guard's unit is" active "$(systemctl is-active vfio-virtio-fixup-guard)"
	same "hot-plug served at boot" 0 "$(units_that_ran)"
	for time in 1 2; do
		unplugged rng-translated
		plugged rng-translated
		comes_to "rng-translated, plugged $time times: driver" "$RIG_DRIVER" driver_of rng-translated
		comes_to "runs of its unit" "$time" units_that_ran
	done
	release rng-translated
	bind rng-translated virtio-pci
	sleep 3
	same "a bind by hand stays: driver" virtio-pci "$(driver_of rng-translated)"
	same "functions that udev calls unguarded" 0 \
		"$(journalctl -b -o cat -p crit | grep -c 'nothing guards it')"
}
