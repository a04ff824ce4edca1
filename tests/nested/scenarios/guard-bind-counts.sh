# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1090,SC1091,SC2034,SC2154
# What the guard costs a bind: the measurement, and nothing else. A bind of vfio-pci with
# the guard causes the accesses of one without, and those of one measurement, to the
# function's configuration space and to its registers, to the offset and number.
. "${here:-/rig}/lib-guard.sh"

FUNCTIONS="rng-translated"
NEEDS_MODULE=1
TRACE="pci_cfg_read pci_cfg_write memory_region_ops_read memory_region_ops_write"

# bind_counted WAY: by vfio-pci, which had it before.
bind_counted() {
	echo vfio-pci >"$(device_of rng-translated)/driver_override"
	does "$1: a bind" counted "$1 bind" bench_probe
	same "$1: the driver" vfio-pci "$(driver_of rng-translated)"
	release rng-translated
}

measured() { echo 1 >"$(record_of rng-translated)/measure"; }

l1() {
	. "/host$RIG_REPO/tests/bench/lib-bench.sh"
	DONE='' BENCH_AT=$RNG_TRANSLATED
	echo "# function $RNG_TRANSLATED"

	bind rng-translated vfio-pci
	release rng-translated
	bind_counted stock
	load_driver "$RIG_DRIVER"
	bind_counted guarded
	# Nobody has it then, as before a bind.
	policy rng-translated deny
	vetoed rng-translated
	does "a measurement" counted "guarded measurement" measured
	allow_log 'guard: ' "it says what it refuses"
}

# accesses WAY STEP: "r|w|R|W OFFSET COUNT", one a line; the last two are registers'.
accesses() {
	awk -v way="$1" -v step="$2" '$2 == way && $3 == step { print $4, $5, $6 }' "$run/counts"
}

l0() {
	awk -v config=function -v registers=virtio-rng -f "$repo/tests/bench/cut-trace.awk" \
		"$run/output.log" "$run/trace.log" >"$run/counts"
	{ accesses stock bind; accesses guarded measurement; } |
		awk '{ sum[$1 " " $2] += $3 } END { for (key in sum) print key, sum[key] }' |
		sort >"$run/wanted"
	accesses guarded bind | sort >"$run/got"
	for kind in r w R W; do
		note "$kind: stock bind $(accesses stock bind | total $kind), measurement" \
			"$(accesses guarded measurement | total $kind), guarded bind $(total $kind <"$run/got")"
		check "$kind: a measurement makes some" \
			[ "$(accesses guarded measurement | total $kind)" -gt 0 ]
	done
	check "each offset has the sum of both" diff "$run/wanted" "$run/got"
}

total() { awk -v kind="$1" '$1 == kind && $2 != "all" { sum += $3 } END { print sum + 0 }'; }
