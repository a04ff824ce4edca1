#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Before udev loads the class drivers: what the rules of the image say. What no rule
# names, such as the disk of the root file system, is left as it is.

getargbool 1 vfio-virtio-fixup &&
	vfio-virtio-fixup apply 2>&1 | while read -r line; do
		echo "<5>vfio-virtio-fixup: $line" >/dev/kmsg
	done
