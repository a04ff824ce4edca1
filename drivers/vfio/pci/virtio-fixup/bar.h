/* SPDX-License-Identifier: GPL-2.0-only */
/* The BARs of an open function, and the register file in one of them. */
#ifndef VFX_BAR_H
#define VFX_BAR_H

#include "session.h"

/*
 * A user's access within a BAR, or the beginning of it. @dev is open and awake.
 * Return: how many bytes, at least 1; or a negative errno.
 */
ssize_t vfx_access_bar(struct vfx_device *dev, unsigned int bar, u64 offset,
		       char __user *buf, size_t count, bool is_write);

/*
 * The access behind pci_cfg_data, to where a window points, with the session locked.
 * @bytes stays as it is where the function is out of reach.
 */
void vfx_access_behind_window(struct vfx_device *dev,
			      const struct vfx_window_access *target, u8 *bytes,
			      bool is_write);

#endif
