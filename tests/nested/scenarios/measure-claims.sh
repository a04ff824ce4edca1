# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Functions that offer bit 33 and bypass whatever is acked, and functions that
# are translated only if it is acked. The former no policy but unsafe opens.
. "${here:-/rig}/lib-measure.sh"

FUNCTIONS="claims-blk claims-rng claims-net claims-scsi claims-gpu conditional-gpu
	conditional-blk conditional-rng conditional-net conditional-scsi extra-1 extra-2"
# One answer an hour: it bypasses once, and is silent then.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=claims-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,iommu_platform=on,max-bytes=64,period=3600000"
# Nothing is asked of a console. It goes live without the ack, too.
EXTRA_2="-device virtio-serial-pci,id=conditional-@ID@,bus=@BUS@,disable-legacy=on,iommu_platform=on"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-canary nested/bin/dma-path nested/bin/memory-guard"

l1() {
	guard
	judged "$EXTRA_1" "rejected bypass" bypass measured 0 \
		"offers-but-bypasses described-but-bypasses"
	check "the one with one answer is measured again" \
		eval "echo 1 >$(sysfs_of "$EXTRA_1")/measure"
	same "the last measurement of it saw nothing" "rejected silent not-run" \
		"$(fixup "$EXTRA_1" measured_last)"
	judged "$EXTRA_1" "rejected bypass" bypass measured 0 \
		"offers-but-bypasses described-but-bypasses"
	exits "the one with one answer: opening is refused" 3 dma-canary "$EXTRA_1"
	stays "$EXTRA_1"
	judged "$EXTRA_2" "silent silent" conditional declared 1
	stays "$EXTRA_2"
	for word in $FUNCTIONS; do
		case $word in
		claims-*)
			judged "$word" "rejected bypass" bypass measured 0 \
				"offers-but-bypasses described-but-bypasses"
			;;
		conditional-gpu)
			# Its requests name memory, too: translated rings are not all.
			judged "$word" "bypass translated" conditional declared 0
			;;
		conditional-*)
			judged "$word" "bypass translated" conditional measured 1
			;;
		*)
			continue
			;;
		esac
		# What bypasses as it pleases is not forced: there is nothing left to know.
		forced "$word" not-run
		stays "$word"
	done
	for policy in auto strict vouched physical deny; do
		for word in claims-blk claims-rng; do
			check "$word: policy $policy" eval \
				"echo $policy >$(sysfs_of "$word")/policy"
			exits "$word, policy $policy: opening is refused" 3 \
				dma-canary "$(address "$word")"
		done
	done
	for word in claims-blk claims-rng; do
		same "$word: refused opens are counted" 5 "$(fixup "$word" refused_opens)"
	done
	allow_log 'open refused: |log_refusal: [0-9]+ callbacks suppressed' "so it should be"
	no_faults
	nothing_kept
	guarded
	guard_mode off
	for word in claims-rng conditional-rng; do
		case $word in
		claims-*) wanted=10 ;;
		*) wanted=0 ;;
		esac
		bind "$word" vfio-pci
		exits "$word: works with vfio-pci, its DMA goes where we said" \
			$wanted dma-path "$(address "$word")"
	done
}
