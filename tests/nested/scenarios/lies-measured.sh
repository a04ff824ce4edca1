# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# The driver measures functions that lie, and is not deceived.
. "${here:-/rig}/lib-measure.sh"

L0=lying-qemu
NEEDS_MODULE=1

# Functions that are translated but do not say so: measured, not believed.
scenario_measure_hides() {
	FUNCTIONS="hides-blk hides-rng hides-net hides-scsi
		hides-blk-transitional hides-rng-transitional hides-net-transitional"
	NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/memory-guard"

	l1() {
		guard
		for word in $FUNCTIONS; do
			judged "$word" "translated not-run" translated measured 1 translated-but-hides
			forced "$word" translated
			stays "$word"
		done
		no_faults
		nothing_kept
		guarded
		bind hides-blk vfio-pci
		exits "hides-blk: works with vfio-pci, its DMA goes where we said" 0 \
			dma-path "$HIDES_BLK"
	}
}

# Functions that offer bit 33 and bypass whatever is acked, and functions that
# are translated only if it is acked. The former no policy but unsafe opens.
scenario_measure_claims() {
	FUNCTIONS="claims-blk claims-rng claims-net claims-scsi claims-gpu conditional-gpu
		conditional-blk conditional-rng conditional-net conditional-scsi extra-1 extra-2"
	# One answer an hour: it bypasses once, and is silent then.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=claims-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,iommu_platform=on,max-bytes=64,period=3600000"
	# Nothing is asked of a console. It goes live without the ack, too.
	EXTRA_2="-device virtio-serial-pci,id=conditional-@ID@,bus=@BUS@,disable-legacy=on,iommu_platform=on"
	NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path nested/bin/memory-guard"

	l1() {
		guard
		judged "$EXTRA_1" "rejected bypass" bypass measured 0 \
			"offers-but-bypasses described-but-bypasses"
		check "the one with one answer is measured again" \
			eval "echo 1 >$(sysfs_of "$EXTRA_1")/measure"
		same "the last measurement of it saw nothing" "rejected silent not-run" \
			"$(fixup "$EXTRA_1" measured_last)"
		judged "$EXTRA_1" "rejected bypass" bypass measured 0 \
			"offers-but-bypasses described-but-bypasses"
		exits "the one with one answer: opening is refused" 3 dma-canary "$EXTRA_1"
		stays "$EXTRA_1"
		judged "$EXTRA_2" "silent silent" conditional declared 1
		stays "$EXTRA_2"
		for word in $FUNCTIONS; do
			case $word in
			claims-*)
				judged "$word" "rejected bypass" bypass measured 0 \
					"offers-but-bypasses described-but-bypasses"
				;;
			conditional-gpu)
				# Its requests name memory, too: translated rings are not all.
				judged "$word" "bypass translated" conditional declared 0
				;;
			conditional-*)
				judged "$word" "bypass translated" conditional measured 1
				;;
			*)
				continue
				;;
			esac
			# What bypasses as it pleases is not forced: there is nothing left to know.
			forced "$word" not-run
			stays "$word"
		done
		for policy in auto strict vouched physical deny; do
			for word in claims-blk claims-rng; do
				check "$word: policy $policy" eval \
					"echo $policy >$(sysfs_of "$word")/policy"
				exits "$word, policy $policy: opening is refused" 3 \
					dma-canary "$(address "$word")"
			done
		done
		for word in claims-blk claims-rng; do
			same "$word: refused opens are counted" 5 "$(fixup "$word" refused_opens)"
		done
		allow_log 'open refused: |log_refusal: [0-9]+ callbacks suppressed' "so it should be"
		no_faults
		nothing_kept
		guarded
		guard_mode off
		for word in claims-rng conditional-rng; do
			case $word in
			claims-*) wanted=10 ;;
			*) wanted=0 ;;
			esac
			bind "$word" vfio-pci
			exits "$word: works with vfio-pci, its DMA goes where we said" \
				"$wanted" dma-path "$(address "$word")"
		done
	}
}

# Functions that do not answer, do not reset, or never forget an ack. All is
# over in a bounded time, and what cannot be stopped is never opened.
scenario_measure_dead() {
	# Firmware is to leave alone what has no bootindex.
	L1_QEMU="-boot strict=on"
	FUNCTIONS="mute-blk mute-rng mute-net stuck-rng stuck-net wedged-rng sticky-rng sticky-net extra-1"
	# It bypasses, and then does not finish the reset behind that.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=stuck-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on"
	NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/vfio-hold nested/bin/memory-guard"

	kept_pages() { cat /sys/module/"$RIG_DRIVER"/parameters/kept_pages; }

	l1() {
		guard
		load_driver "$RIG_DRIVER"
		check "a reset is waited for one second" \
			eval "echo 1 >/sys/module/$RIG_DRIVER/parameters/reset_timeout"
		# A disk answers, or it is not well; the others need not.
		judged mute-blk "rejected silent" conditional declared 0
		has "mute-blk: the reason is that it does not answer" "did not answer" \
			"$(sysfs_of mute-blk)/reason"
		for word in mute-rng mute-net; do
			judged "$word" "rejected silent" conditional declared 1
		done
		for word in mute-blk mute-rng mute-net; do
			forced "$word" not-run
			stays "$word"
		done
		for word in sticky-rng sticky-net; do
			judged "$word" "bypass translated" conditional measured 1
			check "$word is measured again" eval "echo 1 >$(sysfs_of "$word")/measure"
			same "$word: now it is translated without the ack, too" "translated translated" \
				"$(fixup "$word" measured_last | cut -d ' ' -f 1,2)"
			judged "$word" "bypass translated" conditional measured 1
			# The ack sticks against force, too; what was seen before it decides.
			forced "$word" translated
			stays "$word"
		done
		nothing_kept
		for word in stuck-rng stuck-net; do
			# It could be one that takes its time.
			bind "$word" "$RIG_DRIVER"
			once_reset "$word"
			judged "$word" "not-run not-run" conditional declared 1
			forced "$word" not-run
			fixup "$word" measured_reason >/run/reason
			has "$word: it says why" "does not finish a reset" /run/reason
			exits "$word: a function reset stopped it, and it can be used" 0 \
				dma-path "$(address "$word")"
		done
		bind "$EXTRA_1" "$RIG_DRIVER"
		once_reset "$EXTRA_1"
		judged "$EXTRA_1" "bypass not-run" bypass measured 0 described-but-bypasses
		fixup "$EXTRA_1" measured_reason >/run/reason
		has "the one that bypasses and is stuck: it says why" "does not finish a reset" /run/reason
		nothing_kept

		bind wedged-rng "$RIG_DRIVER"
		once_reset wedged-rng
		judged wedged-rng "not-run not-run" unknown none 0
		fixup wedged-rng measured_reason >/run/reason
		has "wedged-rng: it says why" "cannot be stopped" /run/reason
		check "wedged-rng: what it may still write to is kept: $(kept_pages) pages" [ "$(kept_pages)" -gt 0 ]
		exits "wedged-rng: opening it is refused" 3 vfio-hold "$(address wedged-rng)" </dev/null
		expect_log 1 "$(address wedged-rng): it cannot be stopped"
		allow_log "$(address wedged-rng): " "what it says of itself"
		no_faults
		guarded
	}
}

# Functions that bypass, or do so without the ack: measured ten times in a row with
# silence in between, none of them is judged better than what was seen.
scenario_measure_silent() {
	L1_QEMU="-boot strict=on"
	FUNCTIONS="claims-blk claims-rng claims-net claims-scsi claims-gpu
		conditional-blk conditional-net conditional-scsi conditional-gpu extra-1 extra-2"
	# There are ports for nine, and for these.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=conditional-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
	EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=sticky-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
	NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/memory-guard"

	l1() {
		guard
		for word in $FUNCTIONS; do
			case $word in
			claims-*)
				judged "$word" "rejected bypass" bypass measured 0 \
					"offers-but-bypasses described-but-bypasses"
				stays_in_silence "$word"
				exits "$word: opening is refused" 3 \
					vfio-hold "$(address "$word")" </dev/null
				;;
			conditional-gpu)
				judged "$word" "bypass translated" conditional declared 0
				stays_in_silence "$word"
				;;
			conditional-*)
				judged "$word" "bypass translated" conditional measured 1
				stays_in_silence "$word"
				;;
			esac
		done
		judged "$EXTRA_1" "bypass translated" conditional measured 1
		stays_in_silence "$EXTRA_1"
		judged "$EXTRA_2" "bypass translated" conditional measured 1
		# Its ack sticks: only from the second time on it is driven by force, too.
		check "the sticky one is measured again" eval "echo 1 >$(sysfs_of "$EXTRA_2")/measure"
		forced "$EXTRA_2" translated
		stays_in_silence "$EXTRA_2"
		allow_log 'open refused: ' "so it should be"
		no_faults
		nothing_kept
		guarded
	}
}

# Functions that are translated and hide bit 33, one that only force leads round the
# IOMMU, and one that does not finish a reset: measured ten times in a row with silence
# in between, they are judged as before.
scenario_measure_silent_hides() {
	L1_QEMU="-boot strict=on"
	FUNCTIONS="hides-blk hides-rng hides-net hides-scsi hides-gpu hides-blk-transitional
		hides-net-transitional yields-rng mute-blk extra-1"
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=stuck-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on"
	NEEDS_PROGRAMS="nested/bin/memory-guard"

	l1() {
		guard
		load_driver "$RIG_DRIVER"
		check "a reset is waited for one second" \
			eval "echo 1 >/sys/module/$RIG_DRIVER/parameters/reset_timeout"
		for word in $FUNCTIONS; do
			[ "$word" != extra-1 ] || word=$EXTRA_1
			bind "$word" "$RIG_DRIVER"
			once_reset "$word"
			found_at "$(sysfs_of "$word")" "$word" "$(platform_name)"
			stays_in_silence "$word"
		done
		no_faults
		nothing_kept
		guarded
	}
}
