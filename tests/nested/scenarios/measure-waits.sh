# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Whoever binds a function does not wait for another one that takes its time for a
# reset: the function is refused, and measured by itself when its turn comes.
. "${here:-/rig}/lib-measure.sh"

L1_QEMU="-boot strict=on"
FUNCTIONS="wedged-rng rng-translated"
NEEDS_MODULE=1
L0=lying-qemu
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
	while [ $waits_turn -lt 300 ] && [ "$(fixup rng-translated admitted)" != 1 ]; do
		sleep 1
		waits_turn=$((waits_turn + 1))
	done
	judged rng-translated "rejected translated" translated measured 1
	allow_log "$(address wedged-rng): " "what it says of itself"
	allow_log 'open refused: ' "so it should be"
	no_faults
}
