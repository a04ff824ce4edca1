# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The same Debian with 64 functions that one rule names: one run of the service binds them
# all, and a second one changes nothing.

# many_functions: QEMU arguments for a virtio-rng behind each of 64 root ports.
many_functions() {
	echo "-object rng-random,filename=/dev/urandom,id=source-many"
	for many in $(seq 0 63); do
		echo "-device pcie-root-port,id=port-many-$many,bus=pcie.0,multifunction=on,addr=$(printf '0x%x.%x' $((0x15 + many / 8)) $((many % 8))),chassis=$((100 + many)),slot=$((100 + many))"
		echo "-device virtio-rng-pci,bus=port-many-$many,rng=source-many,disable-legacy=on,iommu_platform=on"
	done
}

FUNCTIONS="rng-translated"
SYSTEM="bookworm trixie"
PLAIN_INITRAMFS=1
# The ports' own interrupts would leave none to the serial ports.
L1_CMDLINE=pcie_ports=compat
FULL_ONLY="it has 64 functions"
L1_QEMU=$(many_functions)

l1() {
	. /rig/lib-guard.sh
	allow_log 'BAR [0-9]+: .*(no space|failed to assign)|bridge window' \
		"so many ports leave no I/O space, which nobody uses"
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
