# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# What happens to functions that take their time for a reset.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-measure.sh"

L0=lying-qemu
NEEDS_MODULE=1

# Functions whose firmware takes two or ten seconds for a reset, or twenty if they were
# live. Binding them does not wait for that, nobody opens them meanwhile, and they are
# judged by themselves when it is done. Where it takes longer than reset_timeout=, the
# function is unstoppable and keeps its pages, until it is measured with more patience.
scenario_lying_slow() {
	L1_QEMU="-boot strict=on"
	FUNCTIONS="slow2-rng drains20-rng extra-1 extra-2"
	# It bypasses.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=slow10-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on"
	# It is not measured, whatever it does.
	EXTRA_2="-device virtio-balloon-pci,id=slow2-@ID@,bus=@BUS@,disable-legacy=on"
	NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/memory-guard"

	parameter() { echo "/sys/module/$RIG_DRIVER/parameters/$1"; }

	# patience SECONDS: how long resets are waited for.
	patience() { check "resets are waited for $1 s" eval "echo $1 >$(parameter reset_timeout)"; }

	# under_way WORD: nobody knows yet, and nobody gets it.
	under_way() {
		same "$1: why it is not measured" "its reset is still under way" \
			"$(fixup "$1" measured_reason)"
		same "$1: the reason" "its reset is still under way" "$(fixup "$1" reason)"
		for policy in auto strict vouched physical unsafe; do
			check "$1: policy $policy" eval "echo $policy >$(sysfs_of "$1")/policy"
			same "$1, policy $policy: admitted" 0 "$(fixup "$1" admitted)"
		done
		exits "$1, policy unsafe: opening is refused" 3 vfio-hold "$(address "$1")" </dev/null
		check "$1: policy auto" eval "echo auto >$(sysfs_of "$1")/policy"
	}

	kept_pages() { cat "$(parameter kept_pages)"; }

	# What offers the bit, and offers it no more behind the reset that a bind finds under
	# way, is another function: nothing speaks for it that was seen before.
	offer_changes() {
		tell_function slow2-rng 123
		release slow2-rng
		bind slow2-rng "$RIG_DRIVER"
		same "what it offers now is not known" unknown "$(fixup slow2-rng offered)"
		same "what was seen is known still" "rejected translated" "$(fixup slow2-rng measured)"
		once_reset slow2-rng
		judged slow2-rng "bypass not-run" bypass measured 0 described-but-bypasses
		expect_log 1 "it does not offer ACCESS_PLATFORM now"
	}

	l1() {
		guard
		load_driver "$RIG_DRIVER"
		patience 20
		for word in slow2-rng "$EXTRA_1" "$EXTRA_2"; do
			bind "$word" "$RIG_DRIVER"
			under_way "$word"
		done
		once_reset slow2-rng
		judged slow2-rng "rejected translated" translated measured 1
		forced slow2-rng translated
		once_reset "$EXTRA_1"
		judged "$EXTRA_1" "bypass not-run" bypass measured 0 described-but-bypasses
		once_reset "$EXTRA_2"
		judged "$EXTRA_2" "not-run not-run" bypass protocol 0
		same "the balloon: what it offers is known" 0 "$(fixup "$EXTRA_2" offered)"
		nothing_kept

		offer_changes
		too_slow
		guarded
		allow_log 'policy unsafe|open refused: |log_refusal: [0-9]+ callbacks suppressed' "so it should be"
		no_faults
	}

	too_slow() {
		patience 1
		bind drains20-rng "$RIG_DRIVER"
		under_way drains20-rng
		check "drains20-rng: what it may still write to is kept: $(kept_pages) pages" [ "$(kept_pages)" -gt 0 ]
		once_reset drains20-rng
		judged drains20-rng "not-run not-run" unknown none 0
		same "drains20-rng: why" "it cannot be stopped" "$(fixup drains20-rng measured_reason)"
		check "drains20-rng: that is kept still: $(kept_pages) pages" [ "$(kept_pages)" -gt 0 ]
		exits "drains20-rng: opening it is refused" 3 vfio-hold "$(address drains20-rng)" </dev/null
		expect_log 1 "$(address drains20-rng): it cannot be stopped: .* $(kept_pages) pages"

		# Long enough for what has begun, and for each reset of a measurement.
		patience 60
		check "drains20-rng is measured again" eval "echo 1 >$(sysfs_of drains20-rng)/measure"
		judged drains20-rng "rejected translated" translated measured 1
		nothing_kept

		# A type that is not measured is reset all the same.
		patience 1
		release "$EXTRA_2"
		bind "$EXTRA_2" "$RIG_DRIVER"
		under_way "$EXTRA_2"
		once_reset "$EXTRA_2"
		fixup "$EXTRA_2" reason >/run/reason
		has "the balloon: it is unstoppable" "could not be stopped" /run/reason
		expect_log 1 "$EXTRA_2: it cannot be stopped"
		patience 20
		exits "the balloon: it is not measured" 1 eval "echo 1 >$(sysfs_of "$EXTRA_2")/measure"
		fixup "$EXTRA_2" reason >/run/reason
		has "the balloon: but it was reset" "name physical addresses" /run/reason
	}
}

# A function whose reset takes longer than the guard may hold up whoever binds: it is
# vetoed, looked at from work with all the time it takes, and bound by itself. Others
# are bound meanwhile.
scenario_guard_slow() {
	L1_QEMU="-boot strict=on"
	FUNCTIONS="slow2-rng rng-translated"
	NEEDS_PROGRAMS="nested/bin/vfio-hold"

	l1() {
		load_driver "$RIG_DRIVER" && load_driver vfio-pci
		check "resets are waited for 20 s" \
			eval "echo 20 >/sys/module/$RIG_DRIVER/parameters/reset_timeout"
		vetoed slow2-rng	# so whoever binds it is not kept waiting
		has "the reason" "its reset is still under way|has not been measured yet" \
			"$(sysfs_of slow2-rng)/reason"
		guard_comes_to slow2-rng admitted || return
		same "it is bound by itself" vfio-pci "$(driver_of slow2-rng)"
		same "what was seen" "rejected translated translated" \
			"$(fixup slow2-rng measured_last)"
		opens slow2-rng
		admitted rng-translated
		allow_log 'guard: ' "it says what it refuses"
		no_faults
		nothing_kept
	}
}

# Whoever binds a function does not wait for another one that takes its time for a
# reset: the function is refused, and measured by itself when its turn comes.
scenario_measure_waits() {
	L1_QEMU="-boot strict=on"
	FUNCTIONS="wedged-rng rng-translated"
	NEEDS_PROGRAMS="nested/bin/vfio-hold"

	l1() {
		bind wedged-rng "$RIG_DRIVER"
		once_reset wedged-rng
		judged wedged-rng "not-run not-run" unknown none 0
		echo 1 >"$(sysfs_of wedged-rng)/measure" 2>/dev/null &
		sleep 1
		judged rng-translated "not-run not-run" conditional declared 0
		has "another function is measured" "another function is being measured" \
			"$(sysfs_of rng-translated)/measured_reason"
		has "the reason is that it is not measured yet" "has not been measured yet" \
			"$(sysfs_of rng-translated)/reason"
		exits "opening it is refused" 3 vfio-hold "$RNG_TRANSLATED" </dev/null
		check "the other one is measured still" kill -0 $!
		wait $!
		# As long as it takes, and no check of the time.
		waits_turn=0
		while [ "$waits_turn" -lt 300 ] && [ "$(fixup rng-translated admitted)" != 1 ]; do
			sleep 1
			waits_turn=$((waits_turn + 1))
		done
		judged rng-translated "rejected translated" translated measured 1
		allow_log "$(address wedged-rng): " "what it says of itself"
		allow_log 'open refused: ' "so it should be"
		no_faults
	}
}
