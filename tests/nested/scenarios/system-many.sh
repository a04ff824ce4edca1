# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The same Debian with 64 functions that one rule names: one run of the service binds them
# all, and a second one changes nothing.

. "${here:-/rig}/lib-many.sh"

FUNCTIONS="rng-translated"
SYSTEM="bookworm trixie"
PLAIN_INITRAMFS=1
L1_CMDLINE=pcie_ports=compat
FULL_ONLY="it has 64 functions"
L1_QEMU=$(many_functions 64)

l1() {
	. /rig/lib-guard.sh
	allow_many
	allow_log 'journald.*kmsg buffer overrun' "the kernel says much of so many ports"
	printf '[Match]\nType=rng\n[Function]\nBind=fixup\nPolicy=strict\n' \
		>/etc/vfio-virtio-fixup/40-rng.rule
	same "functions that are bound before" 1 "$(bound)"
	check "the service runs" systemctl restart vfio-virtio-fixup
	same "functions that are bound" 65 "$(bound)"
	same "functions that are admitted" 65 \
		"$(cat /sys/bus/pci/drivers/virtio_fixup_vfio_pci/0000:*/virtio_fixup/admitted | grep -cx 1)"
	began=$(systemctl show -P ExecMainStartTimestampMonotonic vfio-virtio-fixup)
	ended=$(systemctl show -P ExecMainExitTimestampMonotonic vfio-virtio-fixup)
	note "the service took $(((ended - began) / 1000)) ms"
	vfio-virtio-fixup apply >/run/again 2>&1
	same "once more, apply ends with" 0 $?
	has_not "and says nothing" . /run/again
}

bound() { find /sys/bus/pci/drivers/virtio_fixup_vfio_pci/ -name '0000:*' | grep -c .; }
