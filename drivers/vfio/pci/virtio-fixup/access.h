/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads and writes of an open function; see struct vfio_device_ops. */
#ifndef VFX_ACCESS_H
#define VFX_ACCESS_H

#include <linux/vfio.h>

ssize_t vfx_read(struct vfio_device *core_vdev, char __user *buf, size_t count,
		 loff_t *ppos);
ssize_t vfx_write(struct vfio_device *core_vdev, const char __user *buf, size_t count,
		  loff_t *ppos);

#endif
