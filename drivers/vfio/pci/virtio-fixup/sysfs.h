/* SPDX-License-Identifier: GPL-2.0-only */
/* The attributes of a bound function. */
#ifndef VFX_SYSFS_H
#define VFX_SYSFS_H

extern const struct attribute_group *vfx_groups[];

#endif
