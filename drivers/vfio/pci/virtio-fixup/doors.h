/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the user of an open function calls, described with struct vfio_device_ops.
 * Reads and writes are in access.c, the rest in requests.c.
 */
#ifndef VFX_DOORS_H
#define VFX_DOORS_H

#include <linux/vfio.h>

ssize_t vfx_read(struct vfio_device *core_vdev, char __user *buf, size_t count,
		 loff_t *ppos);
ssize_t vfx_write(struct vfio_device *core_vdev, const char __user *buf, size_t count,
		  loff_t *ppos);
int vfx_mmap(struct vfio_device *core_vdev, struct vm_area_struct *vma);
int vfx_get_region_info_caps(struct vfio_device *core_vdev, struct vfio_region_info *info,
			     struct vfio_info_cap *caps);
long vfx_ioctl(struct vfio_device *core_vdev, unsigned int cmd, unsigned long arg);
int vfx_device_feature(struct vfio_device *core_vdev, u32 flags, void __user *arg,
		       size_t argsz);

#endif
