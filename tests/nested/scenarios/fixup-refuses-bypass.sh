# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Our driver binds a function that bypasses, says what it found, and refuses to
# open it: memory untouched, one line in the log.

FUNCTIONS="blk-bypass blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-canary vfio-virtio-fixup"

l1() {
	bind blk-bypass virtio_fixup_vfio_pci
	same "verdict" bypass "$(fixup blk-bypass verdict)"
	check "basis is declared or measured" \
		expr "$(fixup blk-bypass basis)" : '\(declared\|measured\)$'
	same "admitted" 0 "$(fixup blk-bypass admitted)"
	check "there is a reason" [ -n "$(fixup blk-bypass reason)" ]
	note "reason: $(fixup blk-bypass reason)"

	exits "opening is refused" 3 dma-canary "$(address blk-bypass)" \
		>/run/canary
	cat /run/canary
	has "with EPERM, by VFIO_GROUP_GET_DEVICE_FD" \
		"REFUSED: VFIO_GROUP_GET_DEVICE_FD: .*\(errno 1\)" /run/canary
	has_not "and no memory was overwritten" OVERWRITTEN /run/canary
	expect_log 1 "$(address blk-bypass): open refused"

	exits "explain says so" 3 vfio-virtio-fixup explain "$(address blk-bypass)" \
		>/run/explain
	cat /run/explain
	has "explain names the fix" "iommu_platform=on,disable-legacy=on" /run/explain

	bind blk-translated virtio_fixup_vfio_pci
	check "a translated function beside it is admitted" \
		[ "$(fixup blk-translated admitted)" = 1 ]
	release blk-bypass
	same "after release the driver is" none "$(driver_of blk-bypass)"
}
