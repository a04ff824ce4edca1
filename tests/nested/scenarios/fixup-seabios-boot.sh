# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Firmware in L2 boots from the disk through our driver, also with a BAR above
# 4 GiB, where SeaBIOS reaches it through the PCI_CFG window alone.

FUNCTIONS="blk-translated"
NEEDS_MODULE=1
TRACE=virtio_set_status

l1() {
	bind blk-translated virtio_fixup_vfio_pci
	run_l2 -d blk-translated
	booted_from blk-translated
	run_l2 -d -q "-device pci-testdev,membar=8G" blk-translated
	booted_from blk-translated
}
