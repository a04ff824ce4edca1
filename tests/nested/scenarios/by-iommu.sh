# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# Truthful functions are judged right behind each IOMMU, by our driver and by the guard.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-measure.sh"

NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/memory-guard nested/bin/vfio-hold"

# Functions of every type we can measure: each is judged right by what it did, no fault is
# logged, and it works afterwards: with the stock vfio-pci, with virtio-pci in L1, and with
# ours again.
scenario_measure_matrix() {
	FUNCTIONS=$matrix_functions

	# shellcheck disable=SC2086 # they are words
	l1() { measure_matrix ${FUNCTIONS% balloon}; }
}

# Behind other IOMMUs, only a few are tried with the stock vfio-pci.
measure_few() { measure_matrix blk-translated rng-translated net-translated rng-bypass; }

scenario_measure_pt() {
	FUNCTIONS=$matrix_functions
	L1_CMDLINE=iommu=pt

	l1() {
		is_passed_through
		measure_few
	}
}

# The default domain passes everything through.
is_passed_through() {
	same "default domain of blk-translated" identity \
		"$(cat "/sys/bus/pci/devices/$BLK_TRANSLATED/iommu_group/type")"
}

# The amd-iommu of stock QEMU 7.2 serves nothing behind a root port.
scenario_measure_amd() {
	IOMMU=amd
	L0=lying-qemu
	FUNCTIONS=$matrix_functions

	l1() { measure_few; }
}

scenario_measure_virtio() {
	IOMMU=virtio
	FUNCTIONS=$matrix_functions

	l1() { measure_few; }
}

# Without an IOMMU every function is bound and says why it is not measured; VFIO has no
# device for it.
scenario_measure_none() {
	IOMMU=none
	FUNCTIONS=$matrix_functions

	l1() { measure_matrix; }
}

two_of_each="blk-translated blk-bypass rng-translated rng-bypass"

# The guard: what is translated is admitted, what bypasses is vetoed, what vfio-pci had
# before is owned. Functions of this machine do bypass, or nothing would be shown.
guards_by_iommu() {
	guard
	load_driver vfio-pci
	same "rng-bypass is bound before the module comes" bound "$(given_to rng-bypass vfio-pci)"
	opens rng-bypass
	load_driver "$RIG_DRIVER"
	guard_is rng-bypass owned
	opens_not rng-bypass
	vetoed blk-bypass
	for word in blk-translated rng-translated; do
		admitted "$word"
		opens "$word"
		exits "$word works, and its DMA goes where we said" 0 dma-path "$(address "$word")"
		release "$word"
	done
	release rng-bypass
	nothing_owned
	vetoed rng-bypass
	no_faults
	guarded
	for word in blk-translated blk-bypass rng-bypass; do
		live_in_l1 "$word"
	done
	usable rng-bypass
	nothing_kept
	allow_log 'guard: ' "it says what it refuses"
}

scenario_guard_amd() {
	IOMMU=amd
	L0=lying-qemu
	FUNCTIONS=$two_of_each

	l1() { guards_by_iommu; }
}

scenario_guard_virtio() {
	IOMMU=virtio
	FUNCTIONS=$two_of_each

	l1() { guards_by_iommu; }
}

scenario_guard_pt() {
	FUNCTIONS=$two_of_each
	L1_CMDLINE=iommu=pt

	l1() {
		is_passed_through
		guards_by_iommu
	}
}
