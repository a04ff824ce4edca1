# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2153,SC2154
#
# counts.sh - accesses to a function's configuration space, by phase. A scenario
# of tests/nested; the bench puts TYPE, PLACE, FIRMWARE, LSPCI and
# DONE before it.

FUNCTIONS="$TYPE-translated"
case $TYPE-$PLACE in
blk-root)
	FUNCTIONS=extra-1
	EXTRA_1="-device virtio-blk-pci,id=@ID@,bus=pcie.0,addr=0x3,drive=@DISK@,disable-legacy=on,iommu_platform=on"
	;;
net-root)
	FUNCTIONS=extra-1
	EXTRA_1="-netdev user,id=net-@ID@,restrict=on -device virtio-net-pci,id=@ID@,bus=pcie.0,addr=0x3,netdev=net-@ID@,disable-legacy=on,iommu_platform=on,romfile="
	;;
esac
NEEDS_MODULE=1
NEEDS_PROGRAMS=bench/vfio-bench
TRACE="pci_cfg_read pci_cfg_write"

l1() {
	# shellcheck disable=SC1090,SC1091
	. "/host$RIG_REPO/tests/bench/lib-bench.sh"
	function=$FUNCTIONS
	[ "$PLACE" = port ] || function=0000:00:03.0
	echo "# function $(address "$function")"

	# Each step is a run of its own; their differences are the phases.
	for driver in vfio-pci $RIG_DRIVER; do
		bench_bind "$function" "$driver" || return 1
		counted "$driver open" vfio-bench open "$BENCH_AT" || return 1
		if [ "$PLACE" = port ]; then
			counted "$driver reset1" vfio-bench reset 1 "$BENCH_AT" || return 1
			counted "$driver reset2" vfio-bench reset 2 "$BENCH_AT" || return 1
		fi
		counted "$driver held" l2_held "$FIRMWARE" "$function" || return 1
		counted "$driver nopci" l2_boots "$FIRMWARE" l2_nothing pci=off \
			"$function" || return 1
		counted "$driver boot" boot_and_resets || return 1
		[ -z "$LSPCI" ] || counted "$driver lspci" l2_boots "$FIRMWARE" \
			l2_reads_config '' "$function" || return 1
		release "$function"
	done
}

# What the VMM has VFIO's core reset is in the sum, and counted for itself.
boot_and_resets() {
	l2_boots "$FIRMWARE" l2_driver_only '' "$function" || return 1
	echo "# resets $driver boot $(grep -c 'vfio_pci_reset_\|hot_reset_result .*Success' "$BENCH_TRACE")"
}

l2_nothing() { :; }
l2_driver_only() { l2_load "virtio_$TYPE"; }

# What lspci -xxxx reads.
l2_reads_config() {
	l2_driver_only &&
		dd if="$L2_SYSFS/config" of=/run/config bs=4096 count=1 2>/dev/null
}
