/* SPDX-License-Identifier: GPL-2.0-only */
/* The BARs of an open function, and the register file in one of them. */
#ifndef VFX_BAR_H
#define VFX_BAR_H

#include "session.h"

/**
 * vfx_access_bar() - a user's access to a BAR, or the beginning of it
 * @dev: open and awake
 * @bar: 0 to 5
 * @offset: within the BAR
 * @buf: the user's
 * @count: bytes wanted, not beyond the BAR
 * @is_write: or a read
 *
 * Return: how many bytes, at least 1; or a negative errno.
 */
ssize_t vfx_access_bar(struct vfx_device *dev, unsigned int bar, u64 offset,
		       char __user *buf, size_t count, bool is_write);

/**
 * vfx_access_behind_window() - the access behind pci_cfg_data
 * @dev: open and awake, its session locked
 * @target: where the window points
 * @bytes: @target->width bytes; unchanged where the function is out of reach
 * @is_write: or a read
 */
void vfx_access_behind_window(struct vfx_device *dev,
			      const struct vfx_window_access *target, u8 *bytes,
			      bool is_write);

#endif
