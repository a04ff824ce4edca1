/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vfio_cdev.h - the way to a function past groups and containers: its own
 * character device, and address spaces of an iommufd. For vfio_user.c, and for
 * who takes the steps one by one.
 *
 * Owns the numbers and structures of these interfaces (Linux 6.6), as the
 * headers of the build machine may be older.
 */
#ifndef TESTS_VFIO_CDEV_H
#define TESTS_VFIO_CDEV_H

#include "vfio_user.h"

/* Opens /dev/iommu, and an empty address space in it. */
int vfio_cdev_open_space(struct vfio_user *user);
/* Opens the function's device, which gives no access to it yet. */
int vfio_cdev_open_node(struct vfio_user *user);
/* The same if it is not open yet, binds it to the iommufd, attaches the space. */
int vfio_cdev_open_device(struct vfio_user *user);

int vfio_cdev_map(struct vfio_user *user, void *va, uint64_t iova, uint64_t size,
		  uint32_t flags);
int vfio_cdev_unmap(struct vfio_user *user, uint64_t iova, uint64_t size);

#endif /* TESTS_VFIO_CDEV_H */
