# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
#
# lib-many.sh - many functions alike, for scenarios about how many there are. Sourced by
# the scenario, on all levels. It needs pcie_ports=compat on L1's command line: the ports'
# own interrupts would leave none to the serial ports.

# many_functions COUNT: QEMU arguments for a virtio-rng behind each of so many root ports,
# 64 at most.
many_functions() {
	echo "-object rng-random,filename=/dev/urandom,id=source-many"
	for many in $(seq 0 $(($1 - 1))); do
		echo "-device pcie-root-port,id=port-many-$many,bus=pcie.0,multifunction=on,addr=$(printf '0x%x.%x' $((0x15 + many / 8)) $((many % 8))),chassis=$((100 + many)),slot=$((100 + many))"
		echo "-device virtio-rng-pci,bus=port-many-$many,rng=source-many,disable-legacy=on,iommu_platform=on"
	done
}

# In L1, before the log is checked.
allow_many() {
	allow_log 'BAR [0-9]+: .*(no space|failed to assign)|bridge window' \
		"so many ports leave no I/O space, which nobody uses"
}
