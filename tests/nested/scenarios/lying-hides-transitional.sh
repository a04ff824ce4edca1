# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# The ENI case: transitional functions with the IDs of QEMU's own, which bypass,
# are translated and have no bit 33 to say so.

FUNCTIONS="hides-blk-transitional hides-rng-transitional hides-net-transitional"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		exits "$word: what is mapped is reached through the IOMMU" 0 \
			dma-path "$(address "$word")" >/run/path
		cat /run/path
		has "$word does not offer bit 33" "\(bit 33\): no" /run/path
		case $word in
		*-blk* | *-rng*) ;;
		*) continue ;;
		esac
		exits "$word leaves unmapped memory alone" 0 \
			dma-canary "$(address "$word")"
	done
	for word in hides-blk-transitional:0x1001 hides-rng-transitional:0x1005 \
			hides-net-transitional:0x1000; do
		same "PCI device ID of ${word%:*}" "${word#*:}" \
			"$(cat "/sys/bus/pci/devices/$(address "${word%:*}")/device")"
	done
	allow_log 'fault addr|handling fault|AMD-Vi: Event|fault from EP|callbacks suppressed' "faults of the canary, wanted here"
}
