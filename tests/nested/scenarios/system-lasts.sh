# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The same Debian over three boots: a rule that is written, and is in force after a reboot,
# beside a broken one; then an upgrade of both packages while functions are bound, on a
# kernel for which DKMS builds nothing; that kernel is told to have no vfio-pci without a
# guard. Its initramfs has nothing of ours: the services do all of it.

FUNCTIONS="blk-translated rng-translated rng-bypass net-translated"
SYSTEM="bookworm trixie"
PLAIN_INITRAMFS=1
FULL_ONLY="it boots three times"
L1_QEMU="-action reboot=reset"

l1() {
	. /rig/lib-guard.sh
	boot=$(($(cat /var/lib/rig-boots 2>/dev/null || echo 0) + 1))
	echo $boot >/var/lib/rig-boots
	note "boot $boot"
	case $boot in
	1) first_boot && again ;;
	2) second_boot && again ;;
	3) third_boot ;;
	esac
}

again() {
	sync
	systemctl reboot 2>&1 | sed 's/^/#   /'
	sleep 600
}

first_boot() {
	same "net-translated has no rule: driver" virtio-pci "$(driver_of net-translated)"
	cat >/etc/vfio-virtio-fixup/60-net.rule <<-'END'
	[Match]
	Type=net
	[Function]
	Bind=vfio-pci
	Policy=strict
	END
	echo nonsense >/etc/vfio-virtio-fixup/55-broken.rule
	exits "a broken rule is found" 1 vfio-virtio-fixup check-rules
}

second_boot() {
	same "net-translated has a rule: driver" vfio-pci "$(driver_of net-translated)"
	guard_is net-translated admitted
	same "its policy" strict "$(fixup net-translated policy)"
	same "blk-translated: driver" "$RIG_DRIVER" "$(driver_of blk-translated)"
	same "blk-translated was given to virtio_blk before" 2 \
		"$(log_lines 'virtio_blk .* logical blocks' | grep -c .)"
	same "the service, because of the broken rule" failed "$(systemctl is-active vfio-virtio-fixup)"
	journalctl -b -o cat -u vfio-virtio-fixup >/run/journal
	has "the journal names the broken rule" '55-broken.rule:1' /run/journal
	upgrade
	rm /etc/vfio-virtio-fixup/*
}

# What an upgrade of both packages runs, for a kernel whose headers are gone: DKMS takes the
# module away, and builds nothing.
upgrade() {
	rm "/lib/modules/$(uname -r)/build"
	echo update_initramfs=no >/etc/initramfs-tools/update-initramfs.conf
	exits "both packages are upgraded" 0 apt-get install -y --reinstall \
		"/host$RIG_SYSTEM"/tree/build/deb/vfio-virtio-fixup_*.deb \
		"/host$RIG_SYSTEM"/tree/build/deb/vfio-virtio-fixup-dkms_*.deb
	same "modules for this kernel" 0 "$(modinfo -n virtio_fixup_vfio_pci | grep -c .)"
	same "the guard's unit" active "$(systemctl is-active vfio-virtio-fixup-guard)"
	same "blk-translated: driver" "$RIG_DRIVER" "$(driver_of blk-translated)"
	same "net-translated: driver" vfio-pci "$(driver_of net-translated)"
	guard_is net-translated admitted
	same "rules" 3 "$(find /etc/vfio-virtio-fixup -name '*.rule' | grep -c .)"
}

third_boot() {
	# In the kernel's log, where systemd is quicker than its journal.
	allow_log 'systemd.*Failed to start vfio-virtio-fixup-guard' "so it should"
	same "the guard's unit" failed "$(systemctl is-active vfio-virtio-fixup-guard)"
	journalctl -b -o cat -p crit >/run/journal
	has "the journal says so" "^Linux $(uname -r | tr + .) has no guard: " /run/journal
	bind rng-bypass vfio-pci
	comes_to "udev says which function is unguarded" 1 unguarded
	release rng-bypass
	check "vfio-pci is unloaded" modprobe -r vfio-pci
	sed -n '/^#\tinstall /,$s/^#\t//p' /usr/lib/modprobe.d/vfio-virtio-fixup.conf \
		>/etc/modprobe.d/closed.conf
	exits "told to fail closed: modprobe vfio-pci" 1 modprobe vfio-pci
	same "vfio-pci is" absent "$([ -d /sys/module/vfio_pci ] || echo absent)"
}

unguarded() { journalctl -b -o cat -p crit | grep -c "^$RNG_BYPASS is bound to a VFIO driver, and nothing guards it"; }
