#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2154 # dracut sets them
#
# A module of dracut: what applies the rules before the class drivers, such as virtio_blk
# and virtio_net, come. An image of a host without rules has none of it.

check() {
	local file

	require_binaries vfio-virtio-fixup || return 1
	for file in "$dracutsysrootdir"{/etc,/usr/lib}/vfio-virtio-fixup/*.rule; do
		[ ! -e "$file" ] || return 0
	done
	return 1
}

depends() { return 0; }

installkernel() {
	hostonly='' instmods virtio_fixup_vfio_pci vfio-pci
}

install() {
	local dir

	inst_multiple vfio-virtio-fixup
	inst_multiple -o /usr/lib/modprobe.d/vfio-virtio-fixup.conf
	for dir in /etc/vfio-virtio-fixup /usr/lib/vfio-virtio-fixup; do
		[ ! -d "$dracutsysrootdir$dir" ] || {
			mkdir -p "$initdir$dir"
			cp -pPR "$dracutsysrootdir$dir/." "$initdir$dir/"
		}
	done
	inst_hook pre-udev 30 "$moddir/apply.sh"
}
