/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sysfs_user.h - one PCI function without VFIO: its files in sysfs.
 *
 * For a guest without an IOMMU, where a driver in user space uses physical
 * addresses. Fills a struct vfio_user so that virtio_user.h stands on it;
 * everything that is VFIO's alone (mapping, resets, mmap) does not work.
 */
#ifndef TESTS_SYSFS_USER_H
#define TESTS_SYSFS_USER_H

#include "vfio_user.h"

int sysfs_user_open(struct vfio_user *user, const char *bdf);
void sysfs_user_close(struct vfio_user *user);

/* Reads a mapped BAR where @to is given, else writes it from @from. */
int sysfs_user_access_bar(struct vfio_user *user, unsigned int index, uint64_t offset,
			  void *to, const void *from, size_t size);

/*
 * Writes a text to a file of sysfs, procfs or the like, in one call. 0, or what the
 * kernel says as a negative errno.
 */
int sysfs_user_write(const char *path, const char *text);

#endif /* TESTS_SYSFS_USER_H */
