# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Stock vfio-pci with the guard, bound and unbound many times: nothing is lost, and the
# functions work, for VFIO and for L1's own driver.
#
# On L0, GUARD_BINDS says how often.
. "${here:-/rig}/lib-guard.sh"

FUNCTIONS="rng-translated rng-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="selftests/guarded nested/bin/vfio-hold"
L1_CMDLINE="rig.binds=${GUARD_BINDS:-100}"

l1() {
	GUARD_BINDS=$(from_l0 binds)
	export GUARD_BINDS RNG_TRANSLATED RNG_BYPASS
	mount -t debugfs debug /sys/kernel/debug 2>/dev/null || :
	load_driver vfio-pci
	load_driver "$RIG_DRIVER"
	guarded || fail "guarded ended with $?"
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
