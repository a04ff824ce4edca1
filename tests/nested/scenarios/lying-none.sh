# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Control: the same L0 tells the truth about every function whose id does not
# begin with a lie.

FUNCTIONS="blk-translated rng-translated net-translated scsi-translated gpu-translated
	blk-bypass rng-bypass net-bypass scsi-bypass gpu-bypass
	blk-transitional rng-transitional net-transitional"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" vfio-pci
		case $word in
		*-translated)
			exits "$word is translated" 0 dma-path "$(address "$word")" >/run/path
			cat /run/path
			has "$word offers bit 33" "\(bit 33\): yes" /run/path
			exits "$word refuses to go live without the ack" 13 \
				dma-path -u "$(address "$word")"
			exits "$word stays translated with the ack taken back" 0 \
				dma-path -w "$(address "$word")"
			;;
		*)
			exits "$word goes round the IOMMU" 10 \
				dma-path "$(address "$word")" >/run/path
			cat /run/path
			has "$word does not offer bit 33" "\(bit 33\): no" /run/path
			;;
		esac
	done
	same "IOMMU faults in the log" 0 "$(log_lines 'fault addr|handling fault|AMD-Vi: Event|fault from EP' | grep -c .)"
}
