# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# What a user of a function that lies gets of it, with our driver and with stock vfio-pci.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-measure.sh"

L0=lying-qemu
NEEDS_MODULE=1

# A function that is translated but hides bit 33: L2 is shown the bit, and it is
# required, so that an L2 with an IOMMU of its own uses that for the function. The
# function itself is never told.
scenario_lying_shown() {
	FUNCTIONS="hides-blk"
	NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/old-driver"

	l1() {
		bind hides-blk virtio_fixup_vfio_pci
		same "verdict" translated "$(fixup hides-blk verdict)"
		same "basis" measured "$(fixup hides-blk basis)"
		same "does it offer the bit" 0 "$(fixup hides-blk offered)"
		same "contradictions" translated-but-hides "$(fixup hides-blk contradictions)"
		run_l2 -r required -a initcall_blacklist=virtio_pci_driver_init hides-blk
		same "refusals of features_ok" 1 "$(fixup hides-blk refused_features_ok)"
		run_l2 -r shown hides-blk
		run_l2 -i -r behind_an_iommu hides-blk
	}

	required() {
		exits "a driver that does not ack is kept from going live" 13 \
			old-driver "$L2_FUNCTION" 4096 "by the old driver "
	}

	shown() {
		check "the driver loads" l2_load virtio_blk
		same "bit 33 is acked" 1 "$(l2_acked 33)"
		same "the device is live" 0x0000000f "$(l2_status)"
		tell plain "$(l2_whole_disk)"
	}

	behind_an_iommu() {
		check "the driver loads" l2_load virtio_blk
		check "the function is in an IOMMU group of L2" [ -e "$L2_SYSFS/iommu_group" ]
		same "bit 33 is acked" 1 "$(l2_acked 33)"
		same "the device is live" 0x0000000f "$(l2_status)"
		tell behind "$(l2_sha256 0 2048)"
		check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
		tell written "$(l2_sha256 2048 128)"
	}

	l0() {
		same "L2 read what L0 put on the disk" "$(image_before hides-blk)" "$(told plain)"
		same "L2 with an IOMMU read it, too" "$(image_sha256 hides-blk 0 2048)" "$(told behind)"
		same "L0 finds what L2 wrote" "$(image_sha256 hides-blk 2048 128)" "$(told written)"
	}
}

# What stock vfio-pci is given of functions that lie: those alone that are translated
# whatever their user does. What our driver would make safe, or what was not seen, it is
# not given.
scenario_lying_guarded() {
	L1_QEMU="-boot strict=on"
	FUNCTIONS="rng-translated hides-rng hides-rng-transitional claims-rng conditional-rng yields-rng
		sticky-rng mute-rng stuck-rng wedged-rng overrun-rng"
	NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/ack-dodged"

	# refused WORD REASON: and the words why.
	refused() {
		vetoed "$1"
		has "$1: $2" "$2" "$(record_of "$1")/reason"
	}

	l1() {
		load_driver "$RIG_DRIVER"
		load_driver vfio-pci
		for word in rng-translated hides-rng; do
			admitted "$word"
			same "$word: driven by force" translated "$(fixup "$word" measured_forced)"
			opens "$word"
			release "$word"
		done

		refused claims-rng "measured to bypass"
		refused conditional-rng "only while ACCESS_PLATFORM is acked"
		refused sticky-rng "only while ACCESS_PLATFORM is acked"
		refused mute-rng "no measurement shows where its DMA goes"
		refused overrun-rng "no usable common configuration"
		refused hides-rng-transitional "legacy interface"

		# As good as translated, to whoever asks nicely.
		refused yields-rng "when a user starts it by force"
		same "yields-rng: driven by force" bypass "$(fixup yields-rng measured_forced)"
		bind yields-rng "$RIG_DRIVER"
		same "yields-rng: our driver admits it" 1 "$(fixup yields-rng admitted)"
		exits "yields-rng, with our driver: no way round" 0 ack-dodged "$(address yields-rng)" \
			>/run/dodged
		tail -n 1 /run/dodged
		policy yields-rng unsafe
		admitted yields-rng
		exits "yields-rng, with vfio-pci: memory is overwritten" 10 \
			ack-dodged "$(address yields-rng)" >/run/dodged
		tail -n 1 /run/dodged
		release yields-rng

		# Last: what is asked of them again keeps others waiting. Meanwhile they go from one of
		# these reasons to the next.
		never='its reset is still under way|has not been measured yet|could not be stopped'
		refused stuck-rng "$never|no measurement shows where its DMA goes"
		refused wedged-rng "$never"
		nothing_owned
		allow_log ' guard: ' "it says what it refuses"
		allow_log 'DMAR: .*fault|dmar_fault|fault addr|handling fault|callbacks suppressed' \
			"what a translated function is told to do here is to fault"
		allow_log "($(address wedged-rng)|$(address overrun-rng)): " "what it says of itself"
	}
}

# Functions that are translated only if bit 33 is acked, and go live either way,
# against a VFIO user that tries every way not to ack: no byte of L1's memory
# changes. With enforcement taken out of the driver the same program, on the
# same functions, overwrites it.
scenario_lying_enforced() {
	FUNCTIONS="conditional-blk conditional-rng"
	NEEDS_MUTANTS="no-enforcement ack-not-given"
	NEEDS_PROGRAMS="nested/bin/ack-dodged nested/bin/dma-path nested/bin/memory-guard"

	l1() {
		guard
		for word in $FUNCTIONS; do
			judged "$word" "bypass translated" conditional measured 1
		done
		dodged "our driver" 0
		for word in $FUNCTIONS; do
			note "$word: refused $(refused "$word")"
			for rule in features_ok driver_ok queue_enable late_features status_clear partial; do
				check "$word: an operator sees refused_$rule" \
					[ "$(fixup "$word" "refused_$rule")" -gt 0 ]
			done
		done
		never_acked "our driver" 0
		has "who is shown the physical view is not offered bit 33" "\(bit 33\): no" /run/path
		dodged "our driver, physical view" 0
		guarded

		# shellcheck disable=SC2086 # they are words
		load_mutant ack-not-given $FUNCTIONS
		bind_all virtio_fixup_vfio_pci
		dodged "not acked by us, but the user must" 0
		never_acked "not acked by us" 10
		dodged "not acked by us, physical view" 10

		# shellcheck disable=SC2086 # they are words
		load_mutant no-enforcement $FUNCTIONS
		bind_all virtio_fixup_vfio_pci
		dodged "nothing enforced" 10 taken
		guard_mode off
		bind_all vfio-pci
		dodged "stock vfio-pci" 10 taken
		# QEMU refuses late features by itself. Its functions keep their state over
		# D3hot, so that two of the ways by D3hot are late ones as well.
		sort -u /run/ways | grep -vxF -f /run/taken >/run/not-taken
		sed 's/^/#   not taken: /' /run/not-taken
		same "ways that no function took, even with nothing enforced" 4 \
			"$(wc -l </run/not-taken)"

		allow_log 'fault addr|handling fault|AMD-Vi: Event|fault from EP|callbacks suppressed' \
			"what a translated function is told to do here is to fault"
	}

	bind_all() {
		for word in $FUNCTIONS; do
			bind "$word" "$1"
		done
	}

	# dodged TEXT STATUS [taken]: ack-dodged on all functions at once. With the third,
	# the ways that got through are kept.
	dodged() {
		for word in $FUNCTIONS; do
			{
				dodged_status=0
				ack-dodged "$(address "$word")" || dodged_status=$?
				echo "STATUS $dodged_status"
			} >"/run/dodged-$word" 2>&1 &
			eval "dodged_$(echo "$word" | tr - _)=$!"
		done
		for word in $FUNCTIONS; do
			eval "wait \$dodged_$(echo "$word" | tr - _)"
			sed -n 's/^  [a-z]*, status 0x.., [0-9]* bytes: //p' "/run/dodged-$word" >>/run/ways
			[ -z "${3:-}" ] || sed -n 's/^  overwritten, .* bytes: //p' \
				"/run/dodged-$word" >>/run/taken
			same "$1, $word, $(grep ' ways$' "/run/dodged-$word"): exit status" "$2" \
				"$(sed -n 's/^STATUS //p' "/run/dodged-$word")" ||
				sed 's/^/#   /' "/run/dodged-$word"
		done
	}

	# never_acked TEXT STATUS: what the function does for a user that does not know bit
	# 33, under the policy that is for such users.
	never_acked() {
		for word in $FUNCTIONS; do
			check "$word: policy physical" eval \
				"echo physical >/sys/bus/pci/devices/$(address "$word")/virtio_fixup/policy"
			exits "$1, physical view, $word" "$2" dma-path -u "$(address "$word")" >/run/path
			cat /run/path
		done
	}

	# refused WORD: every counter of refusals.
	refused() {
		for counter in "/sys/bus/pci/devices/$(address "$1")"/virtio_fixup/refused_*; do
			echo "${counter##*refused_}=$(cat "$counter")"
		done | tr '\n' ' '
	}
}

# A user leaves a function that cannot be stopped: neither by a virtio reset, which it
# does not finish, nor by a function reset, which it does not have. Nobody gets it
# after that, whatever the administrator's word.
scenario_lying_unstopped() {
	# A balloon, as it is not measured, which would find it out before it has a user; and
	# on the root bus, where there is no function reset.
	EXTRA_1="-device virtio-serial-pci,id=@ID@,bus=@BUS@,disable-legacy=on
		-device virtio-balloon-pci,id=stuck-root,bus=pcie.0,addr=0x1c,disable-legacy=on"
	FUNCTIONS="extra-1"
	NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/vfio-hold"

	balloon=0000:00:1c.0

	l1() {
		judged "$balloon" "not-run not-run" bypass protocol 0
		check "the administrator opens it all the same" eval "echo unsafe >$(sysfs_of "$balloon")/policy"
		same "it is admitted" 1 "$(fixup "$balloon" admitted)"
		check "it has no reset but its status" [ ! -e /sys/bus/pci/devices/"$balloon"/reset ]

		exits "its user drives it live" 12 dma-path "$balloon" >/run/path
		cat /run/path
		has "and cannot reset it" "virtio reset did not finish" /run/path
		expect_log 1 "$balloon: opened by policy unsafe"
		expect_log 1 "$balloon: its user has left, but it cannot be stopped"
		for policy in vouched unsafe auto; do
			check "policy $policy is set" eval "echo $policy >$(sysfs_of "$balloon")/policy"
			same "policy $policy: admitted" 0 "$(fixup "$balloon" admitted)"
			has "policy $policy: the reason is that it could not be stopped" \
				"could not be stopped" "$(sysfs_of "$balloon")/reason"
			exits "policy $policy: opening is refused" 3 vfio-hold "$balloon" </dev/null
		done
		allow_log 'open refused: ' "so it should be"
		no_faults
	}
}

# A capability that says it is longer than configuration space: VFIO's core
# copies as much, past its own memory. Our driver does not bind the function, and
# says why. On a kernel that watches its memory, stock vfio-pci is seen to do it.
scenario_lying_overrun() {
	FUNCTIONS="overrun-rng rng-translated"
	NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/vfio-hold"

	l1() {
		bind rng-translated virtio_fixup_vfio_pci
		same "the other function is admitted" 1 "$(fixup rng-translated admitted)"

		exits "the tool does not bind it" 3 vfio-virtio-fixup bind "$OVERRUN_RNG" >/run/bind 2>&1
		cat /run/bind
		has "and says why" "capability at 0x100 leaves configuration space" /run/bind
		same "so its driver keeps it" virtio-pci "$(driver_of overrun-rng)"
		# Nor does the driver take it where the tool is not asked.
		echo "$OVERRUN_RNG" >"/sys/bus/pci/drivers/virtio-pci/unbind"
		echo virtio_fixup_vfio_pci >"/sys/bus/pci/devices/$OVERRUN_RNG/driver_override"
		echo "$OVERRUN_RNG" >/sys/bus/pci/drivers_probe
		same "nor does the driver" none "$(driver_of overrun-rng)"
		expect_log 1 "$OVERRUN_RNG: refused: its capability at 0x100 leaves configuration space"

		if ! grep -q ' kasan_report$' /proc/kallsyms; then
			skip "stock vfio-pci writes past its memory: this kernel would not see it"
			return
		fi
		guard_mode off
		bind overrun-rng vfio-pci
		timeout 10 vfio-hold "$OVERRUN_RNG" </dev/null >/dev/null 2>&1
		expect_log 1 'BUG: KASAN: slab-out-of-bounds in vfio_config_init'
		allow_log '^' "the report, and what comes of it"
	}
}

# A transitional function that is translated is admitted, and L2 sees a modern
# one: no legacy interface, also for a driver that is told to insist on it.
scenario_lying_transitional() {
	FUNCTIONS="hides-blk-transitional"
	NEEDS_PROGRAMS="vfio-virtio-fixup"

	l1() {
		bind hides-blk-transitional virtio_fixup_vfio_pci
		same "verdict" translated "$(fixup hides-blk-transitional verdict)"
		same "basis" measured "$(fixup hides-blk-transitional basis)"
		same "admitted" 1 "$(fixup hides-blk-transitional admitted)"
		run_l2 -d hides-blk-transitional && booted_from hides-blk-transitional
		run_l2 -r forced_legacy -a virtio_pci.force_legacy=1 hides-blk-transitional

		# `unsafe` admits what would be refused; this one is not.
		check "policy unsafe" vfio-virtio-fixup policy "$(address hides-blk-transitional)" unsafe
		run_l2 -r modern -u hides-blk-transitional
	}

	modern() {
		same "PCI device ID" 0x1042 "$(cat "$L2_SYSFS/device")"
		same "PCI revision" 0x01 "$(cat "$L2_SYSFS/revision")"
		same "PCI subsystem ID" 0x0040 "$(cat "$L2_SYSFS/subsystem_device")"
		same "BAR 0 is absent" "0x0000000000000000 0x0000000000000000 0x0000000000000000" \
			"$(head -n 1 "$L2_SYSFS/resource")"
		check "the driver loads" l2_load virtio_blk
		same "bit 33 is acked" 1 "$(l2_acked 33)"
		same "the device is live" 0x0000000f "$(l2_status)"
	}

	forced_legacy() {
		modern
		same "the driver was to insist on the legacy interface" Y \
			"$(cat /sys/module/virtio_pci/parameters/force_legacy)"
		tell read "$(l2_whole_disk)"
		check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
		tell written "$(l2_sha256 2048 128)"
	}

	l0() {
		same "L2 read what L0 put on the disk" "$(image_before hides-blk-transitional)" \
			"$(told read)"
		same "L0 finds what L2 wrote" "$(image_sha256 hides-blk-transitional 2048 128)" \
			"$(told written)"
	}
}
