# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Policy unsafe: the administrator's word opens a function that bypasses. It
# takes a capability, it leaves a mark on the kernel, and L2 is told the truth.

FUNCTIONS="rng-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-canary vfio-virtio-fixup"

# Bit 6 of the taint mask: TAINT_USER.
tainted_by_user() { echo $(($(cat /proc/sys/kernel/tainted) >> 6 & 1)); }

l1() {
	bind rng-bypass virtio_fixup_vfio_pci
	same "verdict" bypass "$(fixup rng-bypass verdict)"
	check "the policy is set" vfio-virtio-fixup policy "$(address rng-bypass)" unsafe
	same "tainted by that" 0 "$(tainted_by_user)"

	exits "without CAP_SYS_RAWIO it is not opened" 3 chroot /host /usr/bin/setpriv \
		--bounding-set=-sys_rawio "$RIG_REPO/build/nested/bin/dma-canary" \
		"$(address rng-bypass)"
	same "tainted by the attempt" 0 "$(tainted_by_user)"
	expect_log 1 "open refused: policy unsafe needs CAP_SYS_RAWIO"

	# No firmware and no driver of this L2 touches a virtio-rng.
	run_l2 -r truth -a initcall_blacklist=virtio_pci_driver_init rng-bypass
	same "tainted by the open" 1 "$(tainted_by_user)"
	expect_log 1 "opened by policy unsafe"
}

truth() {
	vfio-virtio-fixup describe "$L2_FUNCTION" >/run/described
	sed 's/^/#   /' /run/described
	has "L2 reads that it bypasses" "state: bypass" /run/described
	has "and that no IOMMU could help" "ability: no" /run/described
}
