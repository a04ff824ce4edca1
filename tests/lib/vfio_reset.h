/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vfio_reset.h - every way but virtio's own to reset a function that is open.
 *
 * Each returns 0, -EOPNOTSUPP if the function has no such reset, or another
 * negative errno.
 */
#ifndef TESTS_VFIO_RESET_H
#define TESTS_VFIO_RESET_H

#include "vfio_user.h"

/* Position of a capability in configuration space; 0 if there is none. */
unsigned int vfio_user_find_capability(struct vfio_user *user, uint8_t id);

/* Function level reset, asked for in the PCI Express capability. */
int vfio_user_flr(struct vfio_user *user);
/* To D0 or D3hot, 0 or 3; and there and back, over which some keep their state. */
int vfio_user_power_state(struct vfio_user *user, unsigned int state);
int vfio_user_power_cycle(struct vfio_user *user);
/* VFIO_DEVICE_PCI_HOT_RESET: the bus, whose only group is the user's. */
int vfio_user_hot_reset(struct vfio_user *user);
/* The host's own, "reset" in sysfs. */
int vfio_user_sysfs_reset(struct vfio_user *user);

#endif /* TESTS_VFIO_RESET_H */
