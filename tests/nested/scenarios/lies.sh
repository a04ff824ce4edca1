# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2317
# What each lie of the L0 that lies (../../l0) is, as it is seen through stock vfio-pci.

L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path"
FAULTS='fault addr|handling fault|AMD-Vi: Event|fault from EP'

# path WORD STATUS TEXT: how dma-path ends, acked where bit 33 is offered.
path() {
	exits "$1$3" "$2" dma-path "$(address "$1")" >/run/path
	cat /run/path
}

offers() { has "$1 offers bit 33" "\(bit 33\): yes" /run/path; }
offers_not() { has "$1 does not offer bit 33" "\(bit 33\): no" /run/path; }

not_without_the_ack() {
	exits "$1 refuses to go live without the ack" 13 dma-path -u "$(address "$1")"
}

# canary WORD STATUS TEXT: of those types that dma-canary knows.
canary() {
	case $1 in
	*-blk* | *-rng*) exits "$1$3" "$2" dma-canary "$(address "$1")" ;;
	esac
}

no_faults() { same "IOMMU faults in the log" 0 "$(log_lines "$FAULTS" | grep -c .)"; }
faults_of_the_canary() { allow_log "$FAULTS|callbacks suppressed" "faults of the canary, wanted here"; }

# Control: the same L0 tells the truth about every function whose id does not
# begin with a lie.
scenario_lying_none() {
	FUNCTIONS="blk-translated rng-translated net-translated scsi-translated gpu-translated
		blk-bypass rng-bypass net-bypass scsi-bypass gpu-bypass
		blk-transitional rng-transitional net-transitional"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" vfio-pci
			case $word in
			*-translated)
				path "$word" 0 " is translated"
				offers "$word"
				not_without_the_ack "$word"
				exits "$word stays translated with the ack taken back" 0 \
					dma-path -w "$(address "$word")"
				;;
			*)
				path "$word" 10 " goes round the IOMMU"
				offers_not "$word"
				;;
			esac
		done
		no_faults
	}
}

hidden() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		path "$word" 0 ": what is mapped is reached through the IOMMU"
		offers_not "$word"
		canary "$word" 0 " leaves unmapped memory alone"
	done
	faults_of_the_canary
}

# Functions that are translated but do not offer bit 33.
scenario_lying_hides() {
	FUNCTIONS="hides-blk hides-rng hides-net hides-scsi hides-gpu"

	l1() { hidden; }
}

# The ENI case: transitional functions with the IDs of QEMU's own, which bypass,
# are translated and have no bit 33 to say so.
scenario_lying_hides_transitional() {
	FUNCTIONS="hides-blk-transitional hides-rng-transitional hides-net-transitional"

	l1() {
		hidden
		for word in hides-blk-transitional:0x1001 hides-rng-transitional:0x1005 \
				hides-net-transitional:0x1000; do
			same "PCI device ID of ${word%:*}" "${word#*:}" \
				"$(cat "/sys/bus/pci/devices/$(address "${word%:*}")/device")"
		done
	}
}

# Functions that offer bit 33, insist that it is acked, and bypass all the same.
scenario_lying_claims() {
	FUNCTIONS="claims-blk claims-rng claims-net claims-scsi claims-gpu"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" vfio-pci
			path "$word" 10 ", acked, goes round the IOMMU"
			offers "$word"
			not_without_the_ack "$word"
			canary "$word" 10 " overwrites unmapped memory"
		done
		no_faults
	}
}

# Functions that offer bit 33, go live with or without the ack, and are
# translated only with it; the ack can be taken back while they are live.
scenario_lying_conditional() {
	FUNCTIONS="conditional-blk conditional-rng conditional-net conditional-scsi conditional-gpu"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" vfio-pci
			exits "$word, not acked, goes round the IOMMU" 10 \
				dma-path -u "$(address "$word")" >/run/path
			cat /run/path
			offers "$word"
			path "$word" 0 ", acked, is translated"
			exits "$word, with the ack taken back, goes round the IOMMU" 10 \
				dma-path -w "$(address "$word")"
			canary "$word" 0 ", acked, leaves unmapped memory alone"
		done
		faults_of_the_canary
	}
}

# Functions that never forget an ack, over any reset: who measures them acked
# first finds them translated without it.
scenario_lying_sticky() {
	FUNCTIONS="sticky-rng sticky-net"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" vfio-pci
			exits "$word, never acked, goes round the IOMMU" 10 \
				dma-path -u "$(address "$word")"
			path "$word" 0 ", acked, is translated"
			exits "$word, acked before a reset, is translated without the ack" 0 \
				dma-path -u "$(address "$word")"
		done
	}
}

# Functions that do not answer, and functions that do not reset.
scenario_lying_dead() {
	# Firmware is not to wait for an answer of mute-blk: only what has a bootindex.
	L1_QEMU="-boot strict=on"
	FUNCTIONS="mute-blk mute-rng mute-net stuck-rng stuck-net wedged-rng wedged-net"

	l1() {
		for word in mute-blk mute-rng mute-net; do
			bind "$word" vfio-pci
			path "$word" 12 " says nothing"
			has_not "$word resets" "reset" /run/path
		done
		for word in stuck-rng stuck-net; do
			bind "$word" vfio-pci
			for turn in first second; do
				path "$word" 0 ", $turn time, is translated"
				no_reset_by_status "$word"
				has_not "$word resets by a function reset" \
					"function reset did not help" /run/path
			done
		done
		for word in wedged-rng wedged-net; do
			bind "$word" vfio-pci
			path "$word" 0 " is translated"
			no_reset_by_status "$word"
			has "$word does not reset by a function reset" \
				"function reset did not help, status reads 0x0b" /run/path
			exits "$word cannot be used again" 1 dma-path "$(address "$word")"
		done
	}

	no_reset_by_status() {
		has "$1 does not reset by its status" "virtio reset did not finish" /run/path
	}
}
