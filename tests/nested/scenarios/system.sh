# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# A whole system does as L1 what the rules say: Debian with systemd and both packages, whose
# rules name two functions at first.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-many.sh"
. "${here:-/rig}/lib-system.sh"

SYSTEM="bookworm trixie"

# The initramfs has bound the functions of the rule before a class driver came, and one that
# is plugged in is bound, also the second one at the same address. The disk of the root file
# system bypasses, and no rule names it.
scenario_system_boots() {
	FUNCTIONS="blk-translated rng-translated rng-bypass"
	HOTPLUG=1

	l1() {
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
}

# dracut's initramfs has bound them, too.
scenario_system_dracut() {
	FUNCTIONS="blk-translated rng-translated rng-bypass"
	DRACUT=1
	FULL_ONLY="system-boots shows the same with initramfs-tools"

	l1() {
		journalctl -b -o cat >/run/journal
		has "the initramfs is dracut's" '^Finished .*dracut pre-udev hook' /run/journal
		initramfs_applied_rules
	}
}

# 64 functions that one rule names: one run of the service binds them all, and a second one
# changes nothing.
scenario_system_many() {
	FUNCTIONS="rng-translated"
	PLAIN_INITRAMFS=1
	L1_CMDLINE=pcie_ports=compat
	FULL_ONLY="it has 64 functions"
	L1_QEMU=$(many_functions 64)

	l1() {
		allow_many
		printf '[Match]\nType=rng\n[Function]\nBind=fixup\nPolicy=strict\n' \
			>/etc/vfio-virtio-fixup/40-rng.rule
		same "functions that are bound before" 1 "$(bound)"
		check "the service runs" systemctl restart vfio-virtio-fixup
		same "functions that are bound" 65 "$(bound)"
		same "functions that are admitted" 65 \
			"$(cat /sys/bus/pci/drivers/virtio_fixup_vfio_pci/0000:*/virtio_fixup/admitted | grep -cx 1)"
		began=$(systemctl show -P ExecMainStartTimestampMonotonic vfio-virtio-fixup)
		ended=$(systemctl show -P ExecMainExitTimestampMonotonic vfio-virtio-fixup)
		note "the service took $(((ended - began) / 1000)) ms"
		vfio-virtio-fixup apply >/run/again 2>&1
		same "once more, apply ends with" 0 $?
		has_not "and says nothing" . /run/again
	}

	bound() { find /sys/bus/pci/drivers/virtio_fixup_vfio_pci/ -name '0000:*' | grep -c .; }
}

# A kernel that is locked down does not take the module, which is signed with a key that it
# does not know. The journal says that nothing guards vfio-pci.
scenario_system_locked() {
	FUNCTIONS="rng-translated rng-bypass"
	L1_CMDLINE=lockdown=integrity
	FULL_ONLY="the documentation's page on secure boot is what it is about"

	l1() {
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
}

# Three boots: a rule that is written, and is in force after a reboot, beside a broken one;
# then an upgrade of both packages while functions are bound, on a kernel for which DKMS
# builds nothing; that kernel is told to have no vfio-pci without a guard. Its initramfs has
# nothing of ours: the services do all of it.
scenario_system_lasts() {
	FUNCTIONS="blk-translated rng-translated rng-bypass net-translated"
	PLAIN_INITRAMFS=1
	FULL_ONLY="it boots three times"
	L1_QEMU="-action reboot=reset"

	l1() {
		boot=$(($(cat /var/lib/rig-boots 2>/dev/null || echo 0) + 1))
		echo "$boot" >/var/lib/rig-boots
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
}

# driverctl with its own files for functions that rules name, too. A rule with Bind=
# decides, at boot and when the function is plugged in, and driverctl's unit is skipped. A
# rule that only has a policy leaves the driver to driverctl. What bypasses, and no rule
# names, driverctl does not get for vfio-pci. The initramfs has nothing of ours, so all of
# this is up to the units.
scenario_system_driverctl() {
	FUNCTIONS="blk-translated rng-translated rng-bypass net-translated"
	HOTPLUG=1
	PLAIN_INITRAMFS=1
	FULL_ONLY="it boots twice"
	L1_QEMU="-action reboot=reset"

	l1() {
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
			check "driverctl takes $word by hand" driverctl set-override "$(address "$word")" vfio-pci
			same "$word: driver" vfio-pci "$(driver_of "$word")"
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
			same "$word, which a rule binds: driver" "$RIG_DRIVER" "$(driver_of "$word")"
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
}
