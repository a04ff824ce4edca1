/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a user may ask of an open function besides reads and writes. All are operations
 * of VFIO, described with struct vfio_device_ops.
 */
#ifndef VFX_REQUESTS_H
#define VFX_REQUESTS_H

#include <linux/vfio.h>

int vfx_mmap(struct vfio_device *core_vdev, struct vm_area_struct *vma);
int vfx_get_region_info_caps(struct vfio_device *core_vdev, struct vfio_region_info *info,
			     struct vfio_info_cap *caps);
long vfx_ioctl(struct vfio_device *core_vdev, unsigned int cmd, unsigned long arg);
int vfx_device_feature(struct vfio_device *core_vdev, u32 flags, void __user *arg,
		       size_t argsz);

#endif
