# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Functions that are translated and hide bit 33, one that only force leads round the
# IOMMU, and one that does not finish a reset: measured ten times in a row with silence
# in between, they are judged as before.
. "${here:-/rig}/lib-measure.sh"

L1_QEMU="-boot strict=on"
FUNCTIONS="hides-blk hides-rng hides-net hides-scsi hides-gpu hides-blk-transitional
	hides-net-transitional yields-rng mute-blk extra-1"
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=stuck-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/memory-guard"

l1() {
	guard
	load_driver "$RIG_DRIVER"
	check "a reset is waited for one second" \
		eval "echo 1 >/sys/module/$RIG_DRIVER/parameters/reset_timeout"
	for word in $FUNCTIONS; do
		[ "$word" != extra-1 ] || word=$EXTRA_1
		bind "$word" "$RIG_DRIVER"
		once_reset "$word"
		found_at "$(sysfs_of "$word")" "$word" "$(platform_name)"
		stays_in_silence "$word"
	done
	no_faults
	nothing_kept
	guarded
}
