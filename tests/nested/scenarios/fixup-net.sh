# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
# A translated virtio-net through our driver: L2 pings the gateway and fetches
# a file over UDP; both directions of both queues.

FUNCTIONS="net-translated"
NEEDS_MODULE=1

l1() {
	bind net-translated virtio_fixup_vfio_pci
	run_l2 net-translated
}

l2() {
	check "the driver loads" l2_load virtio_net
	same "bit 33 is acked" 1 "$(l2_acked 33)"
	ip addr add 10.0.2.15/24 dev eth0
	ip link set eth0 up
	check "L2 pings the gateway" ping -c 3 -W 20 10.0.2.2
	check "L2 fetches 64 KiB over UDP" \
		tftp -g -r pattern -l /run/fetched 10.0.2.2
	tell fetched "$(sha256sum </run/fetched | cut -d ' ' -f 1)"
}

l0() {
	same "the file arrived whole" \
		"$(sha256sum <"$run/tftp/pattern" | cut -d ' ' -f 1)" "$(told fetched)"
}
