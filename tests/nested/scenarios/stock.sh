# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2317
# What stock vfio-pci does without our module: the harm, and that the rig can tell it.
. "${here:-/rig}/lib-disk.sh"

# Stock vfio-pci hands out functions that go round L1's IOMMU: a page of L1
# that nobody mapped is overwritten, and nothing is logged.
scenario_stock_bypass_overwrites() {
	FUNCTIONS="blk-bypass rng-bypass rng-transitional"
	NEEDS_PROGRAMS="nested/bin/dma-canary"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" vfio-pci
			exits "$word through stock vfio-pci overwrites unmapped memory" 10 \
				dma-canary "$(address "$word")"
		done
		same "IOMMU faults in the log" 0 "$(log_lines 'DMAR.*fault' | grep -c .)"
	}
}

# The canary tells the difference: functions behind L1's IOMMU cannot reach the
# same page, and the IOMMU reports their attempts.
scenario_stock_translated_untouched() {
	FUNCTIONS="blk-translated rng-translated"
	NEEDS_PROGRAMS="nested/bin/dma-canary"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" vfio-pci
			exits "$word leaves unmapped memory alone" 0 \
				dma-canary "$(address "$word")"
		done
		allow_log '^DMAR: ' "faults of the canary, wanted here"
		allow_log '^dmar_fault: ' "faults of the canary, wanted here"
		check "the IOMMU reports faults" [ -n "$(log_lines 'DMAR.*fault')" ]
	}
}

# Control for fixup-ack-withheld: through stock vfio-pci the same program does
# get DRIVER_OK to the device, and L0's trace shows it.
scenario_stock_ack_withheld() {
	FUNCTIONS="rng-translated"
	NEEDS_PROGRAMS="nested/bin/ack-withheld"
	TRACE=virtio_set_status

	l1() {
		bind rng-translated vfio-pci
		exits "through stock vfio-pci the function goes live" 10 \
			ack-withheld "$(address rng-translated)"
	}

	l0() {
		same "functions with both marks in L0's trace" 1 \
			"$(status_between_marks 128 | grep -c '^end')"
		check "DRIVER_OK between the marks" [ \
			"$(status_between_marks 128 | awk '$1 == "write" && int($3 / 4) % 2' | wc -l)" -gt 0 ]
	}
}

# The rig's L2 with a translated function through stock vfio-pci: Linux drives
# the disk, and what L2 read and wrote is what L0 has in the image.
scenario_stock_l2_boots() {
	FUNCTIONS="blk-translated"
	# All others boot what uncompress-kernel made of it, by PVH, for speed. A machine
	# boots the compressed image: so does this one, in L1 and in L2.
	COMPRESSED_KERNEL=1

	l1() {
		bind blk-translated vfio-pci
		run_l2 blk-translated
	}

	l2() { use_disk; }

	l0() { disk_used blk-translated; }
}
