// SPDX-License-Identifier: GPL-2.0-only
/*
 * What newer kernels do themselves for VFIO_DEVICE_GET_REGION_INFO: copy the request,
 * ask the driver's .get_region_info_caps, copy the answer. See compat.h.
 */
#include <linux/uaccess.h>

#include "device.h"

/* @info was copied from @arg and checked, and is not read from there again. */
static long answer(struct vfio_region_info __user *arg, struct vfio_region_info *info,
		   struct vfio_info_cap *caps)
{
	info->cap_offset = 0;
	if (caps->size) {
		info->flags |= VFIO_REGION_INFO_FLAG_CAPS;
		if (info->argsz < sizeof(*info) + caps->size) {
			info->argsz = sizeof(*info) + caps->size;
		} else {
			vfio_info_cap_shift(caps, sizeof(*info));
			if (copy_to_user(arg + 1, caps->buf, caps->size))
				return -EFAULT;
			info->cap_offset = sizeof(*info);
		}
	}
	if (copy_to_user(arg, info, offsetofend(struct vfio_region_info, offset)))
		return -EFAULT;
	return 0;
}

static long get_region_info(struct vfio_device *core_vdev, unsigned long arg)
{
	struct vfio_region_info __user *user = (void __user *)arg;
	size_t minsz = offsetofend(struct vfio_region_info, offset);
	struct vfio_region_info info = { };
	struct vfio_info_cap caps = { };
	long ret;

	if (copy_from_user(&info, user, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	ret = vfx_get_region_info_caps(core_vdev, &info, &caps);
	/*
	 * The core reads the index once more. A user that changed it is told what the
	 * hardware's region is like, and gains nothing: access and mmap ask again.
	 */
	if (ret == -ENOIOCTLCMD)
		return vfio_pci_core_ioctl(core_vdev, VFIO_DEVICE_GET_REGION_INFO, arg);
	if (!ret)
		ret = answer(user, &info, &caps);
	kfree(caps.buf);
	return ret;
}

long (vfx_ioctl)(struct vfio_device *core_vdev, unsigned int cmd, unsigned long arg)
{
	if (cmd == VFIO_DEVICE_GET_REGION_INFO)
		return get_region_info(core_vdev, arg);
	return vfx_newer_ioctl(core_vdev, cmd, arg);
}
