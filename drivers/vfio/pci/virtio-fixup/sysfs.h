/* SPDX-License-Identifier: GPL-2.0-only */
/* The directory virtio_fixup/ of a function that has a record. */
#ifndef VFX_SYSFS_H
#define VFX_SYSFS_H

#include <linux/sysfs.h>

extern const struct attribute_group vfx_group;

#endif
