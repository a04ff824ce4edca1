# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# lib-testpmd.sh - DPDK's testpmd in L1, and a peer for it.
#
# Sourced by the l1() of scenarios, with NEEDS_COMMANDS="dpdk-testpmd" and the words
# net-wired and net-peer among their FUNCTIONS. testpmd has net-wired, and answers ARP
# and ICMP echo requests itself (forwarding mode icmpecho). L1's kernel drives net-peer,
# at the other end of the wire, and counts for itself what it sends and gets. So that it
# sends nothing of its own: L1_CMDLINE=ipv6.disable=1.

# Its output is a file, so stdbuf has it write each line at once. L1 has one processor:
# both threads of testpmd run on it. Its memory is that of the process, and so are the
# addresses that it gives the function, which takes an IOMMU.
testpmd_command() { # ADDRESS
	on_host stdbuf -oL dpdk-testpmd --no-huge --no-telemetry --no-shconf --iova-mode=va \
		-m 64 --lcores '0@0,1@0' -a "$1" -- --forward-mode=icmpecho --nb-cores=1 \
		--total-num-mbufs=2048
}

# testpmd_begins ADDRESS: until it forwards, or has ended.
testpmd_begins() {
	rm -f /run/testpmd.keys
	mkfifo /run/testpmd.keys
	exec 5<>/run/testpmd.keys
	testpmd_command "$1" </run/testpmd.keys >/run/testpmd.log 2>&1 5>&- &
	testpmd_pid=$!
	testpmd_waits=0
	until grep -q '^Press enter to exit' /run/testpmd.log; do
		kill -0 "$testpmd_pid" 2>/dev/null && [ "$testpmd_waits" -lt 600 ] || return 1
		testpmd_waits=$((testpmd_waits + 1))
		usleep 100000
	done
}

# testpmd_ends: what it counted is in $TESTPMD_RX and $TESTPMD_TX. All that it said is
# shown if it failed.
testpmd_ends() {
	echo >&5
	wait "$testpmd_pid"
	testpmd_status=$?
	exec 5>&-
	testpmd_shown='Probe PCI driver|^Port 0: |-packets: |No probed'
	[ "$testpmd_status" -eq 0 ] || testpmd_shown=
	grep -E -e "$testpmd_shown" /run/testpmd.log | sed 's/^/#   testpmd: /'
	TESTPMD_RX=$(testpmd_count RX) TESTPMD_TX=$(testpmd_count TX)
	return "$testpmd_status"
}
testpmd_count() { sed -n "s/.*$1-packets: \([0-9]*\).*/\1/p" /run/testpmd.log | tail -n 1; }

# peer_up: the kernel has net-peer, with an address.
peer_up() {
	modprobe virtio_net || return 1
	PEER=$(basename "/sys/bus/pci/devices/$NET_PEER"/virtio*/net/*)
	ip addr add 192.0.2.1/24 dev "$PEER" && ip link set "$PEER" up
}
# peer_down: it forgets whom it met, so that the next time is like the first.
peer_down() { ip addr flush dev "$PEER" && ip link set "$PEER" down; }
peer_count() { cat "/sys/class/net/$PEER/statistics/$1_packets"; }
