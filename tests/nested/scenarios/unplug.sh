# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2317
# A function goes away while a user has it.

# Functions that go away while a user has them: in good order, and by surprise.
# What is surprised is pciehp in L1: it finds the slot empty. So L0 must leave
# hotplug of these slots to L1's PCIe, and not do it with ACPI.
scenario_fixup_surprise() {
	FUNCTIONS="blk-translated rng-translated net-translated"
	NEEDS_MODULE=1
	NEEDS_PROGRAMS="selftests/removal"
	L1_QEMU="-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"

	bind_all() {
		for word in $FUNCTIONS; do
			bind "$word" virtio_fixup_vfio_pci
		done
	}

	# run_removal PATTERN: the tests of that name, a function each.
	run_removal() {
		for variant in live memory_off asleep; do
			removal -r "removal.$variant.$1" || fail "removal, $variant: ended with $?"
		done
	}

	l1() {
		export BLK_TRANSLATED RNG_TRANSLATED NET_TRANSLATED
		mount -t debugfs debug /sys/kernel/debug 2>/dev/null || :
		bind_all
		run_removal in_good_order_waits_for_the_user
		echo 1 >/sys/bus/pci/rescan
		bind_all
		run_removal by_surprise_leaves_the_user_with_nothing
		for word in $FUNCTIONS; do
			check "$word is gone" test ! -e "/sys/bus/pci/devices/$(address "$word")"
		done
		same "references to the driver" 0 "$(cat /sys/module/"$RIG_DRIVER"/refcnt)"
		same "claims of BARs that are left" 0 \
			"$(grep -cE ' : (virtio_fixup_vfio_pci|virtio-fixup|vfio-pci)$' /proc/iomem)"
		if [ -w /sys/kernel/debug/kmemleak ]; then
			sleep 6		# what is younger is not looked at
			echo scan >/sys/kernel/debug/kmemleak
			echo scan >/sys/kernel/debug/kmemleak
			has_not "kmemleak finds nothing of ours" 'vfio' /sys/kernel/debug/kmemleak
		else
			skip "this kernel has no kmemleak"
		fi
		check "the driver unloads" rmmod "$RIG_DRIVER"
		expect_log 3 'Slot\([0-9]+\): (Card not present|Link Down)'
	}
}
