# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1090,SC1091,SC2034,SC2154
#
# many.sh - 64 functions get a driver: stock vfio-pci and ours by hand, which is two
# writes to sysfs for each; and ours by the tool, as a rule says. A scenario of
# tests/nested; the bench puts ROUNDS before it, and TRACE where accesses are counted and
# not the time.

. "${here:-/rig}/lib-many.sh"

FUNCTIONS=rng-translated
# With the rig's usual timer, each pause of the driver lasts 4 ms. L1 has that timer for
# boots of L2, and there is no L2 here.
L1_CMDLINE="pcie_ports=compat nohz=on highres=on"
L1_QEMU=$(many_functions 63)
NEEDS_MODULE=1
NEEDS_PROGRAMS="bench/vfio-bench vfio-virtio-fixup"

l1() {
	. "/host$RIG_REPO/tests/bench/lib-bench.sh"
	allow_many
	many=$(cd /sys/bus/pci/devices && grep -lx 0x1044 0000:*/device | cut -d / -f 1)
	same "functions" 64 "$(echo "$many" | grep -c .)" || return 1
	echo "$many" | sed 's/^/# function /'
	mkdir -p /run/many/etc/vfio-virtio-fixup
	printf '[Match]\nType=rng\n[Function]\nBind=fixup\nPolicy=strict\n' \
		>/run/many/etc/vfio-virtio-fixup/40-rng.rule

	# Before our module is there: its guard would measure for stock vfio-pci, too.
	load_driver vfio-pci || return 1
	for at in $many; do
		release "$at"
	done
	for round in $(seq "$ROUNDS"); do
		timed vfio-pci by-hand by_hand vfio-pci
		release_many vfio-pci
	done
	load_driver "$RIG_DRIVER" || return 1
	for round in $(seq "$ROUNDS"); do
		timed "$RIG_DRIVER" by-hand by_hand "$RIG_DRIVER"
		release_many "$RIG_DRIVER"
		timed "$RIG_DRIVER" apply vfio-virtio-fixup --root /run/many apply
		timed "$RIG_DRIVER" again vfio-virtio-fixup --root /run/many apply
		release_many "$RIG_DRIVER"
	done
}

# timed DRIVER LABEL COMMAND...: what L0 sees of the last round is counted.
timed() {
	timed_label="$1 $2"
	shift 2
	[ "$round" != "$ROUNDS" ] || { echo "# counted $timed_label"; bench_mark $BENCH_BEGIN; }
	timed_from=$(vfio-bench clock)
	"$@" >/run/timed || fail "$timed_label ended with $?"
	timed_to=$(vfio-bench clock)
	[ "$round" != "$ROUNDS" ] || { bench_mark $BENCH_END; echo "# done $timed_label"; }
	echo "# many $timed_label $((timed_to - timed_from))"
}

by_hand() {
	for at in $many; do
		echo "$1" >"/sys/bus/pci/devices/$at/driver_override"
		echo "$at" >/sys/bus/pci/drivers_probe
	done
}

release_many() {
	same "functions that $1 has" 64 "$(find "/sys/bus/pci/drivers/$1/" -name '0000:*' | grep -c .)"
	for at in $many; do
		release "$at"
	done
}
