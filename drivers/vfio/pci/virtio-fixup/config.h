/* SPDX-License-Identifier: GPL-2.0-only */
/* Configuration space of an open function. */
#ifndef VFX_CONFIG_H
#define VFX_CONFIG_H

#include "session.h"

/* Is all of this read answered by the image, and so without the function? */
bool vfx_config_is_image(struct vfx_device *dev, u64 offset, size_t count);
ssize_t vfx_read_image(struct vfx_device *dev, u64 offset, char __user *buf, size_t count);

/*
 * A user's access within configuration space, or the beginning of it. @dev is open and
 * awake. Return: how many bytes, at least 1; or a negative errno.
 */
ssize_t vfx_access_config(struct vfx_device *dev, u64 offset, char __user *buf,
			  size_t count, bool is_write);

#endif
