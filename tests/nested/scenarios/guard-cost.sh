# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1090,SC1091,SC2034,SC2153,SC2154,SC2317
# L0 counts what the guard costs, in accesses.
. "${here:-/rig}/lib-guard.sh"

NEEDS_MODULE=1

# What the guard costs a user of vfio-pci: nothing. testpmd and L2 cause the same
# accesses to the function's configuration space, to the offset and number, with and
# without the guard.
scenario_guard_counts() {
	FUNCTIONS="net-wired net-peer"
	NEEDS_COMMANDS=dpdk-testpmd
	L1_CMDLINE=ipv6.disable=1
	TRACE="pci_cfg_read pci_cfg_write"

	counted_testpmd() {
		testpmd_begins "$NET_WIRED" && peer_up &&
			ping -A -q -c 10 -W 20 192.0.2.2 >/dev/null && testpmd_ends >/dev/null && peer_down
	}

	l1() {
		. /rig/lib-testpmd.sh
		. "/host$RIG_REPO/tests/bench/lib-bench.sh"
		DONE='' BENCH_AT=$NET_WIRED
		echo "# function $NET_WIRED"

		for way in stock guarded; do
			bind net-wired vfio-pci
			[ "$way" = stock ] || same "the guard says" admitted "$(fixup net-wired guard)"
			does "$way: testpmd answers ten pings" counted "$way testpmd" counted_testpmd
			does "$way: L2 boots" counted "$way boot" l2_boots seabios l2_net '' net-wired
			release net-wired
			[ "$way" = guarded ] || check "the module is loaded" load_driver "$RIG_DRIVER"
		done
	}

	l2_net() { check "the driver loads" l2_load virtio_net; }

	# accesses WAY: "STEP r|w OFFSET COUNT", one a line.
	accesses() { awk -v way="$1" '$2 == way { print $3, $4, $5, $6 }' "$run/counts" | sort; }

	l0() {
		awk -v config=function -f "$repo/tests/bench/cut-trace.awk" \
			"$run/output.log" "$run/trace.log" >"$run/counts"
		accesses stock >"$run/stock"
		accesses guarded >"$run/guarded"
		for step in testpmd boot; do
			for kind in r w; do
				same "$step, $kind: guarded as stock" \
					"$(sed -n "s/^$step $kind all //p" "$run/stock")" \
					"$(sed -n "s/^$step $kind all //p" "$run/guarded")"
			done
			check "$step: there is something to compare" \
				[ "$(sed -n "s/^$step r all //p" "$run/stock")" -gt 100 ]
		done
		check "each offset has the same count" diff "$run/stock" "$run/guarded"
	}
}

# What the guard costs a bind: the measurement, and nothing else. A bind of vfio-pci with
# the guard causes the accesses of one without, and those of one measurement, to the
# function's configuration space and to its registers, to the offset and number.
scenario_guard_bind_counts() {
	FUNCTIONS="rng-translated"
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
			note "$kind: stock bind $(accesses stock bind | total "$kind"), measurement" \
				"$(accesses guarded measurement | total "$kind"), guarded bind $(total "$kind" <"$run/got")"
			check "$kind: a measurement makes some" \
				[ "$(accesses guarded measurement | total "$kind")" -gt 0 ]
		done
		check "each offset has the sum of both" diff "$run/wanted" "$run/got"
	}

	total() { awk -v kind="$1" '$1 == kind && $2 != "all" { sum += $3 } END { print sum + 0 }'; }
}
