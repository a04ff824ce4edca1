// SPDX-License-Identifier: GPL-2.0
/*
 * vfio_cdev.c - one function through its own character device and an iommufd.
 * See vfio_cdev.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vfio_cdev.h"

#ifndef VFIO_DEVICE_BIND_IOMMUFD
struct vfio_device_bind_iommufd {
	uint32_t argsz;
	uint32_t flags;
	int32_t iommufd;
	uint32_t out_devid;
};

struct vfio_device_attach_iommufd_pt {
	uint32_t argsz;
	uint32_t flags;
	uint32_t pt_id;
};

#define VFIO_DEVICE_BIND_IOMMUFD	_IO(VFIO_TYPE, VFIO_BASE + 18)
#define VFIO_DEVICE_ATTACH_IOMMUFD_PT	_IO(VFIO_TYPE, VFIO_BASE + 19)
#endif

/* Of linux/iommufd.h; each request begins with its size. */
struct space_alloc {
	uint32_t size;
	uint32_t flags;
	uint32_t space;		/* out */
};

struct space_map {
	uint32_t size;
	uint32_t flags;
	uint32_t space;
	uint32_t reserved;
	uint64_t va;
	uint64_t length;
	uint64_t iova;
};

struct space_unmap {
	uint32_t size;
	uint32_t space;
	uint64_t iova;
	uint64_t length;	/* out: how much was unmapped */
};

#define IOMMU_IOAS_ALLOC	_IO(';', 0x81)
#define IOMMU_IOAS_MAP		_IO(';', 0x85)
#define IOMMU_IOAS_UNMAP	_IO(';', 0x86)

#define MAP_FIXED_IOVA		(1 << 0)
#define MAP_WRITEABLE		(1 << 1)
#define MAP_READABLE		(1 << 2)

int vfio_cdev_open_space(struct vfio_user *user)
{
	struct space_alloc alloc = { .size = sizeof(alloc) };

	user->step = "open /dev/iommu";
	user->iommufd = open("/dev/iommu", O_RDWR | O_CLOEXEC);
	if (user->iommufd < 0)
		return -errno;
	user->step = "IOMMU_IOAS_ALLOC";
	if (ioctl(user->iommufd, IOMMU_IOAS_ALLOC, &alloc))
		return -errno;
	user->space = alloc.space;
	return 0;
}

/* Its number changes each time it is bound: sysfs has the one of now. */
static int open_node(const char *bdf)
{
	char path[PATH_MAX];
	struct dirent *entry;
	int fd = -ENODEV;
	DIR *folder;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/vfio-dev", bdf);
	folder = opendir(path);
	if (!folder)
		return -errno;
	while ((entry = readdir(folder))) {
		if (strncmp(entry->d_name, "vfio", 4))
			continue;
		snprintf(path, sizeof(path), "/dev/vfio/devices/%s", entry->d_name);
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			fd = -errno;
		break;
	}
	closedir(folder);
	return fd;
}

int vfio_cdev_open_node(struct vfio_user *user)
{
	int fd;

	user->step = "open the function's character device";
	fd = open_node(user->bdf);
	if (fd < 0)
		return fd;
	user->device = fd;
	return 0;
}

int vfio_cdev_open_device(struct vfio_user *user)
{
	struct vfio_device_bind_iommufd bind = {
		.argsz = sizeof(bind),
		.iommufd = user->iommufd,
	};
	struct vfio_device_attach_iommufd_pt attach = {
		.argsz = sizeof(attach),
		.pt_id = user->space,
	};
	int ret;

	ret = user->device < 0 ? vfio_cdev_open_node(user) : 0;
	if (ret)
		return ret;
	user->step = "VFIO_DEVICE_BIND_IOMMUFD";
	ret = ioctl(user->device, VFIO_DEVICE_BIND_IOMMUFD, &bind) ? -errno : 0;
	if (!ret) {
		user->step = "VFIO_DEVICE_ATTACH_IOMMUFD_PT";
		ret = ioctl(user->device, VFIO_DEVICE_ATTACH_IOMMUFD_PT, &attach) ? -errno : 0;
	}
	if (ret) {
		close(user->device);
		user->device = -1;
	}
	return ret;
}

int vfio_cdev_map(struct vfio_user *user, void *va, uint64_t iova, uint64_t size,
		  uint32_t flags)
{
	struct space_map map = {
		.size = sizeof(map),
		.flags = MAP_FIXED_IOVA,
		.space = user->space,
		.va = (uintptr_t)va,
		.length = size,
		.iova = iova,
	};

	if (flags & VFIO_DMA_MAP_FLAG_READ)
		map.flags |= MAP_READABLE;
	if (flags & VFIO_DMA_MAP_FLAG_WRITE)
		map.flags |= MAP_WRITEABLE;
	return ioctl(user->iommufd, IOMMU_IOAS_MAP, &map) ? -errno : 0;
}

int vfio_cdev_unmap(struct vfio_user *user, uint64_t iova, uint64_t size)
{
	struct space_unmap unmap = {
		.size = sizeof(unmap),
		.space = user->space,
		.iova = iova,
		.length = size,
	};

	if (ioctl(user->iommufd, IOMMU_IOAS_UNMAP, &unmap))
		return -errno;
	return unmap.length == size ? 0 : -ENOENT;
}
