# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# The guard holds, against events at random and over many binds.
. "${here:-/rig}/lib-guard.sh"

NEEDS_MODULE=1

# An adversary that asks for descriptors all the time, while functions are bound, unbound,
# unplugged, measured and given policies: it gets none of a function that is not admitted.
# Without the guard it gets them.
#
# On L0, GUARD_EVENTS says how many events there are, and GUARD_SEED which.
scenario_guard_attacked() {
	EXTRA_1=$(one_group extra-1 iommu_platform=on iommu_platform=off iommu_platform=off)
	FUNCTIONS="rng-translated rng-bypass extra-1"
	NEEDS_PROGRAMS="nested/bin/guard-attack nested/bin/vfio-hold"
	# Two processors, so that not only what sleeps can be overtaken.
	L1_QEMU="-smp 2"
	L1_CMDLINE="rig.events=${GUARD_EVENTS:-300} rig.seed=${GUARD_SEED:-20151109}"
	HOTPLUG=1

	# attacked SEED EVENTS: shows what came of it, and ends as the attack does.
	attacked() {
		guard-attack "$1" "$2" "$first=translated" "$second=bypasses" "$third=bypasses" \
			"$RNG_TRANSLATED=translated,rng-translated" "$RNG_BYPASS=bypasses,rng-bypass"
	}

	# all_there: nothing is about to be unplugged, and nobody has any of them.
	all_there() {
		for word in rng-translated rng-bypass; do
			unplugged "$word"
			plugged "$word"
		done
		for word in $all; do
			release "$word"
		done
	}

	l1() {
		first=$EXTRA_1 second=${EXTRA_1%.0}.1 third=${EXTRA_1%.0}.2
		all="$first $second $third $RNG_TRANSLATED $RNG_BYPASS"
		same "one group has three" "$(readlink -f "/sys/bus/pci/devices/$first/iommu_group")" \
			"$(readlink -f "/sys/bus/pci/devices/$third/iommu_group")"
		load_driver vfio-pci

		exits "without the guard it gets what bypasses" 10 attacked 1 40
		all_there

		load_driver "$RIG_DRIVER"
		# Its output goes out at once, as L0 plugs what it says there.
		{ attacked "$(from_l0 seed)" "$(from_l0 events)" || echo "STATUS $?"; } 2>&1 | tee /run/attacked
		has_not "attacked with seed $(from_l0 seed), $(from_l0 events) events: it ended well" \
			'^STATUS' /run/attacked
		has_not "nobody got what is not admitted" '^WRONG' /run/attacked
		for word in "$first" "$RNG_TRANSLATED"; do
			has "$word, which is translated, could be had" \
				"^FUNCTION $word translated: [1-9]" /run/attacked
		done
		has "and functions were refused" ' [1-9][0-9]* vetoes' /run/attacked
		all_there
		for word in "$first" "$RNG_TRANSLATED"; do
			admitted "$word"
			opens "$word"
			release "$word"
		done
		# What is found while VFIO or the guard owns its group is set up by Linux 6.12 for DMA
		# past the IOMMU's domains (iommu_setup_dma_ops()), and faults with L1's own driver.
		for word in "$first" "$second" "$third"; do
			echo 1 >"$(device_of "$word")/remove"
		done
		echo 1 >/sys/bus/pci/rescan
		for word in $all; do
			live_in_l1 "$word"
		done
		nothing_owned
		allow_log ' guard: | open refused: |opened by policy unsafe|callbacks suppressed' \
			"they say what they refuse, and what root admits"
		allow_log 'blocked until released by user' "its user holds it while it is unbound"
		allow_log 'device attach failed \(-16\)' "its group is owned when it is found again"
		allow_log 'DMAR: (DRHD: handling fault|\[DMA (Read|Write) NO_PASID\] Request device \[0b:00\.0\])' \
			"see above, where the kernel has a driver for virtio-rng built in"
		allow_log '^(Unstable clock detected|If you want to keep using the local clock|on the kernel command line)' \
			"two processors of QEMU: Linux 6.1 traces by another clock"
		allow_log '^ *"trace_clock=local"' "the same"
		allow_log 'mtrr: your CPUs had inconsistent' "two processors of QEMU, without firmware"
		# Seen once in QEMU 7.2, of a function whose sibling was reset just then: refused, and
		# judged right when it was bound again. QEMU 8.1 has "softmmu: Use async_run_on_cpu in
		# tcg_commit": until then a processor may read by a memory map that another one has
		# changed, with what it remembers of the old one.
		allow_log 'it does not answer \(-19\), so what it offers is not known' \
			"two processors of QEMU, without KVM"
	}
}

# Stock vfio-pci with the guard, bound and unbound many times: nothing is lost, and the
# functions work, for VFIO and for L1's own driver.
#
# On L0, GUARD_BINDS says how often.
scenario_guard_endures() {
	FUNCTIONS="rng-translated rng-bypass"
	NEEDS_PROGRAMS="selftests/guarded nested/bin/vfio-hold"
	L1_CMDLINE="rig.binds=${GUARD_BINDS:-100}"

	l1() {
		GUARD_BINDS=$(from_l0 binds)
		export GUARD_BINDS RNG_TRANSLATED RNG_BYPASS
		mount -t debugfs debug /sys/kernel/debug 2>/dev/null || :
		load_driver vfio-pci
		load_driver "$RIG_DRIVER"
		/bin/guarded || fail "guarded ended with $?"
		same "records" 2 "$(echo /sys/bus/pci/devices/*/virtio_fixup | wc -w)"
		for word in $FUNCTIONS; do
			live_in_l1 "$word"
		done
		admitted rng-translated
		opens rng-translated
		vetoed rng-bypass
		release rng-translated
		release rng-bypass
		nothing_owned
		check "the module unloads" rmmod "$RIG_DRIVER"
		same "records" 0 "$(find /sys/devices -name virtio_fixup | grep -c .)"
		allow_log ' guard: ' "it says what it refuses"
	}
}
