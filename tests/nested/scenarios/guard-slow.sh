# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A function whose reset takes longer than the guard may hold up whoever binds: it is
# vetoed, looked at from work with all the time it takes, and bound by itself. Others
# are bound meanwhile.
# L0 is the QEMU of tests/l0; skipped without it.
. "${here:-/rig}/lib-measure.sh"
qemu=${RIG_QEMU_L0:-${repo:+$repo/build/lying-qemu}}

L1_QEMU="-boot strict=on"
FUNCTIONS="slow2-rng rng-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="lying-qemu nested/bin/vfio-hold"

# give WORD: to vfio-pci, by an override that names it.
give() {
	release "$1"
	echo vfio-pci >"/sys/bus/pci/devices/$(address "$1")/driver_override"
	address "$1" >/sys/bus/pci/drivers/vfio-pci/bind
}

# comes_to WORD GUARD: by itself, some time.
comes_to() {
	comes_turn=0
	while [ $comes_turn -lt 120 ] && [ "$(fixup "$1" guard)" != "$2" ]; do
		sleep 1
		comes_turn=$((comes_turn + 1))
	done
	same "$1: guard" "$2" "$(fixup "$1" guard)"
}

l1() {
	load_driver "$RIG_DRIVER" && load_driver vfio-pci
	check "resets are waited for 20 s" \
		eval "echo 20 >/sys/module/$RIG_DRIVER/parameters/reset_timeout"
	if give slow2-rng; then
		fail "whoever binds it is not kept waiting"
	else
		ok "whoever binds it is not kept waiting"
	fi 2>/dev/null
	same "slow2-rng: guard" vetoed "$(fixup slow2-rng guard)"
	has "the reason" "its reset is still under way|has not been measured yet" \
		"$(sysfs_of slow2-rng)/reason"
	comes_to slow2-rng admitted || return
	same "it is bound by itself" vfio-pci "$(driver_of slow2-rng)"
	same "what was seen" "rejected translated translated" \
		"$(fixup slow2-rng measured_last)"
	exits "it can be opened" 0 vfio-hold "$SLOW2_RNG" </dev/null
	check "another one is bound" give rng-translated
	same "rng-translated: guard" admitted "$(fixup rng-translated guard)"
	allow_log 'guard: ' "it says what it refuses"
	no_faults
	nothing_kept
}
