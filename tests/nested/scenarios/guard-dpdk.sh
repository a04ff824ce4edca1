# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2153,SC2154
# DPDK with stock vfio-pci and the guard: testpmd, unmodified, drives a translated
# virtio-net and answers a peer. A bypassing one cannot be bound, and testpmd finds
# nothing.

FUNCTIONS="net-wired net-peer net-bypass"
NEEDS_MODULE=1
NEEDS_COMMANDS=dpdk-testpmd
L1_CMDLINE=ipv6.disable=1

l1() {
	. /rig/lib-testpmd.sh
	check "the module is loaded before a function is bound" load_driver "$RIG_DRIVER"

	note "a translated virtio-net"
	bind net-wired vfio-pci
	same "the guard says of it" admitted "$(fixup net-wired guard)"
	does "testpmd begins" testpmd_begins "$NET_WIRED"
	does "the kernel drives the peer" peer_up
	exits "testpmd answers each ping of its peer" 0 ping -A -q -c 100 -W 20 192.0.2.2
	does "testpmd ends well" testpmd_ends
	has "it drove one port" "ports=1 " /run/testpmd.log
	check "it sent more than 100 packets (the pings, and ARP)" [ "$TESTPMD_TX" -gt 100 ]
	same "all that the peer sent, testpmd got" "$(peer_count tx)" "$TESTPMD_RX"
	same "all that testpmd sent, the peer got" "$(peer_count rx)" "$TESTPMD_TX"
	same "IOMMU faults in the log" 0 "$(log_lines 'DMAR.*fault' | grep -c .)"

	note "the translated one, on our driver, whose name DPDK does not know"
	bind net-wired "$RIG_DRIVER"
	finds_no_port "$NET_WIRED"

	note "a bypassing one"
	device=/sys/bus/pci/devices/$NET_BYPASS
	echo vfio-pci >"$device/driver_override"
	echo "$NET_BYPASS" >"$device/driver/unbind"
	on_host bash -c "echo $NET_BYPASS >/sys/bus/pci/drivers/vfio-pci/bind" 2>/run/bind
	sed 's/^/#   /' /run/bind
	has "vfio-pci cannot be bound" "No such device" /run/bind
	# testpmd would write all over L1.
	same "its driver is" none "$(driver_of net-bypass)" || return 1
	same "the guard says of it" vetoed "$(fixup net-bypass guard)"
	same "its driver_override is still" vfio-pci "$(cat "$device/driver_override")"
	expect_log 1 "vfio-pci $NET_BYPASS: guard: not given to vfio-pci: "
	finds_no_port "$NET_BYPASS"
}

finds_no_port() { # ADDRESS
	testpmd_begins "$1"
	testpmd_ends
	has "testpmd finds no port" "No probed ethernet devices" /run/testpmd.log
	has_not "and drives none" "ports=[1-9]" /run/testpmd.log
}
