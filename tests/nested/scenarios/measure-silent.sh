# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Functions that bypass, or do so without the ack: measured ten times in a row with
# silence in between, none of them is judged better than what was seen.
. "${here:-/rig}/lib-measure.sh"

L1_QEMU="-boot strict=on"
FUNCTIONS="claims-blk claims-rng claims-net claims-scsi claims-gpu
	conditional-blk conditional-net conditional-scsi conditional-gpu extra-1 extra-2"
# There are ports for nine, and for these.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=conditional-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=sticky-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/memory-guard"

l1() {
	guard
	for word in $FUNCTIONS; do
		case $word in
		claims-*)
			judged "$word" "rejected bypass" bypass measured 0 \
				"offers-but-bypasses described-but-bypasses"
			stays_in_silence "$word"
			exits "$word: opening is refused" 3 \
				vfio-hold "$(address "$word")" </dev/null
			;;
		conditional-gpu)
			judged "$word" "bypass translated" conditional declared 0
			stays_in_silence "$word"
			;;
		conditional-*)
			judged "$word" "bypass translated" conditional measured 1
			stays_in_silence "$word"
			;;
		esac
	done
	judged "$EXTRA_1" "bypass translated" conditional measured 1
	stays_in_silence "$EXTRA_1"
	judged "$EXTRA_2" "bypass translated" conditional measured 1
	# Its ack sticks: only from the second time on it is driven by force, too.
	check "the sticky one is measured again" eval "echo 1 >$(sysfs_of "$EXTRA_2")/measure"
	forced "$EXTRA_2" translated
	stays_in_silence "$EXTRA_2"
	allow_log 'open refused: ' "so it should be"
	no_faults
	nothing_kept
	guarded
}
