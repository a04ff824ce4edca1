# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1090,SC1091,SC2034,SC2153,SC2154
# What the guard costs a user of vfio-pci: nothing. testpmd and L2 cause the same
# accesses to the function's configuration space, to the offset and number, with and
# without the guard.

FUNCTIONS="net-wired net-peer"
NEEDS_MODULE=1
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
		[ $way = stock ] || same "the guard says" admitted "$(fixup net-wired guard)"
		does "$way: testpmd answers ten pings" counted "$way testpmd" counted_testpmd
		does "$way: L2 boots" counted "$way boot" l2_boots seabios l2_net '' net-wired
		release net-wired
		[ $way = guarded ] || check "the module is loaded" load_driver "$RIG_DRIVER"
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
