# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
#
# lib-l2.sh - what scenarios need inside L2.
#
# Sourced by init-l2. L2 has one function from L1, behind a root port, at
# $L2_FUNCTION. virtio-pci may be built into the kernel (6.12) or not (6.1);
# the drivers of the single types (virtio_blk, ...) are always modules here.

L2_FUNCTION=0000:01:00.0
L2_SYSFS=/sys/bus/pci/devices/$L2_FUNCTION

# The driver the function is bound to, or "none".
l2_driver() {
	if [ -e "$L2_SYSFS/driver" ]; then
		basename "$(readlink "$L2_SYSFS/driver")"
	else
		echo none
	fi
}

# l2_load MODULE: load a virtio driver and the transport below it.
l2_load() {
	modprobe virtio_pci && modprobe "$1" &&
		[ -e "$L2_SYSFS/driver" ] && [ -e "/sys/bus/virtio/devices/virtio0/driver" ]
}

# l2_bind DRIVER: give the function to that driver; with L2_DRIVER also to VFIO's
# and ours.
l2_bind() {
	[ -d "/sys/bus/pci/drivers/$1" ] || case $1 in
	virtio_fixup_vfio_pci) modprobe vfio-pci-core && insmod "/bin/$1.ko" ;;
	*) modprobe "$1" ;;
	esac || return 1
	echo "$1" >"$L2_SYSFS/driver_override"
	[ ! -e "$L2_SYSFS/driver" ] || echo "$L2_FUNCTION" >"$L2_SYSFS/driver/unbind"
	echo "$L2_FUNCTION" >/sys/bus/pci/drivers_probe
	[ "$(l2_driver)" = "$1" ]
}

# What Linux's driver acked for bit $1: 0 or 1.
l2_acked() {
	cut -c $(($1 + 1)) /sys/bus/virtio/devices/virtio0/features
}

# The virtio status byte as Linux sees it, 0x0000000f when the device is live.
l2_status() { cat /sys/bus/virtio/devices/virtio0/status; }

# l2_sha256 FROM COUNT: checksum of sectors of the disk, read past the cache.
l2_sha256() {
	dd if=/dev/vda bs=512 skip="$1" count="$2" iflag=direct 2>/dev/null |
		sha256sum | cut -d ' ' -f 1
}

# l2_whole_disk: the same for the whole disk, in large requests.
l2_whole_disk() {
	dd if=/dev/vda bs=64k iflag=direct 2>/dev/null | sha256sum | cut -d ' ' -f 1
}

# l2_write TEXT FROM COUNT: fill sectors with a line of text, past the cache.
l2_write() {
	yes "$1" | dd of=/run/pattern bs=512 count="$3" iflag=fullblock 2>/dev/null &&
		dd if=/run/pattern of=/dev/vda bs=512 seek="$2" conv=fsync,notrunc \
			2>/dev/null
}

# tell NAME VALUE: hand a value to L0's check, which asks with "told NAME".
tell() { echo "# tell $1=$2"; }
