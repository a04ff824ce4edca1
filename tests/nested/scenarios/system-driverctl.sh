# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# driverctl with its own files for functions that rules name, too. A rule with Bind=
# decides, at boot and when the function is plugged in, and driverctl's unit is skipped. A
# rule that only has a policy leaves the driver to driverctl. What bypasses, and no rule
# names, driverctl does not get for vfio-pci. The initramfs has nothing of ours, so all of
# this is up to the units.

FUNCTIONS="blk-translated rng-translated rng-bypass net-translated"
SYSTEM="bookworm trixie"
HOTPLUG=1
PLAIN_INITRAMFS=1
FULL_ONLY="it boots twice"
L1_QEMU="-action reboot=reset"

l1() {
	. /rig/lib-guard.sh
	if [ ! -e /var/lib/rig-booted ]; then
		touch /var/lib/rig-booted
		first_boot
		sync
		systemctl reboot 2>&1 | sed 's/^/#   /'
		sleep 600
	fi
	second_boot
	plugged_again
	without_the_rule
}

first_boot() {
	printf '[Match]\nType=net\n[Function]\nPolicy=strict\n' >/etc/vfio-virtio-fixup/60-net.rule
	for word in blk-translated rng-translated net-translated; do
		check "driverctl takes $word by hand" driverctl set-override "$(address $word)" vfio-pci
		same "$word: driver" vfio-pci "$(driver_of $word)"
	done
	# driverctl saves nothing that failed.
	echo vfio-pci >"/etc/driverctl.d/pci-$RNG_BYPASS"
	vfio-virtio-fixup list >/run/list
	has "list marks the difference" "^ *$(short rng-translated) .*fixup \(differs\)" /run/list
	vfio-virtio-fixup explain "$RNG_TRANSLATED" | tr -s ' \n' ' ' >/run/explained
	has "explain names both" \
		"50-rig.rule:4 decides .* driverctl has a file for it, too: /etc/driverctl.d/pci-$RNG_TRANSLATED" \
		/run/explained
}

# list leaves out a domain that all have.
short() { address "$1" | sed 's/^0000://'; }

# udev starts driverctl's units, and may do so after the rest of the system is up.
second_boot() {
	comes_to "units of driverctl that are skipped" 2 skipped
	comes_to "units that failed" "driverctl@pci-$RNG_BYPASS.service" failed_units
	for word in blk-translated rng-translated; do
		same "$word, which a rule binds: driver" "$RIG_DRIVER" "$(driver_of $word)"
	done
	same "net-translated, which a rule does not bind: driver" vfio-pci "$(driver_of net-translated)"
	same "its policy, by a rule" strict "$(fixup net-translated policy)"
	allow_log "$RNG_BYPASS: guard: not given to vfio-pci" "once or twice, as driverctl tries"
	guard_is rng-bypass vetoed
	vfio-virtio-fixup apply >/run/applied 2>&1
	same "apply ends with" 0 $?
	has_not "and finds nothing to do" . /run/applied
}

plugged_again() {
	for time in 1 2; do
		unplugged rng-translated
		plugged rng-translated
		comes_to "rng-translated, plugged $time times: driver" "$RIG_DRIVER" driver_of rng-translated
		comes_to "units of driverctl that are skipped" $((2 + time)) skipped
		same "its driver is still" "$RIG_DRIVER" "$(driver_of rng-translated)"
	done
}

without_the_rule() {
	rm /etc/vfio-virtio-fixup/50-rig.rule
	unplugged rng-translated
	plugged rng-translated
	comes_to "rng-translated, without the rule: driver" vfio-pci driver_of rng-translated
	guard_is rng-translated admitted
}

skipped() {
	journalctl -b -o cat | grep -c 'a rule says which driver it gets, and driverctl is not asked'
}
failed_units() { systemctl --failed --plain --no-legend | sed 's/ .*//'; }
