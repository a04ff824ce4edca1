# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A function whose reset takes longer than the guard may hold up whoever binds: it is
# vetoed, looked at from work with all the time it takes, and bound by itself. Others
# are bound meanwhile.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"

L1_QEMU="-boot strict=on"
FUNCTIONS="slow2-rng rng-translated"
NEEDS_MODULE=1
L0=lying-qemu
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
