// SPDX-License-Identifier: GPL-2.0
/*
 * vfio_user.c - device and regions of one PCI function, and VFIO's group API;
 * its character devices are in vfio_cdev.c. See vfio_user.h.
 */
#define _GNU_SOURCE
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/pci_regs.h>

#include "vfio_cdev.h"
#include "sysfs_user.h"
#include "vfio_user.h"

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The number of the IOMMU group, from sysfs; -ENODEV without a group. */
static int find_group(const char *bdf)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *number;
	ssize_t length;
	char *end;
	long id;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s", bdf);
	if (access(path, F_OK))
		return -ENOENT;
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/iommu_group", bdf);
	length = readlink(path, target, sizeof(target) - 1);
	if (length < 0)
		return -ENODEV;
	target[length] = '\0';
	number = strrchr(target, '/');
	number = number ? number + 1 : target;
	id = strtol(number, &end, 10);
	if (end == number || *end || id < 0 || id > INT_MAX)
		return -ENODEV;
	return id;
}

static int open_container(struct vfio_user *user)
{
	user->step = "open /dev/vfio/vfio";
	user->container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	if (user->container < 0)
		return -errno;

	user->step = "VFIO_GET_API_VERSION";
	if (ioctl(user->container, VFIO_GET_API_VERSION) != VFIO_API_VERSION)
		return -EPROTO;

	user->step = "VFIO_CHECK_EXTENSION";
	if (ioctl(user->container, VFIO_CHECK_EXTENSION, VFIO_TYPE1v2_IOMMU) <= 0)
		return -EOPNOTSUPP;
	return 0;
}

static int attach_group(struct vfio_user *user)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	char path[64];

	user->step = "find the IOMMU group";
	user->group_id = find_group(user->bdf);
	if (user->group_id < 0)
		return user->group_id;

	user->step = "open the group";
	snprintf(path, sizeof(path), "/dev/vfio/%d", user->group_id);
	user->group = open(path, O_RDWR | O_CLOEXEC);
	if (user->group < 0)
		return -errno;

	user->step = "VFIO_GROUP_GET_STATUS";
	if (ioctl(user->group, VFIO_GROUP_GET_STATUS, &status))
		return -errno;
	if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE))
		return -EBUSY;

	user->step = "VFIO_GROUP_SET_CONTAINER";
	if (ioctl(user->group, VFIO_GROUP_SET_CONTAINER, &user->container))
		return -errno;

	user->step = "VFIO_SET_IOMMU";
	if (ioctl(user->container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		return -errno;
	return 0;
}

/* Which of the two ways, by the environment; false for a word that is neither. */
static bool choose_api(struct vfio_user *user)
{
	const char *word = getenv("VFIO_USER_API");

	user->cdev = word && !strcmp(word, "cdev");
	return user->cdev || !word || !*word || !strcmp(word, "group");
}

int vfio_user_open_group(struct vfio_user *user, const char *bdf)
{
	int ret;

	memset(user, 0, sizeof(*user));
	user->container = -1;
	user->group = -1;
	user->iommufd = -1;
	user->device = -1;
	user->step = "read VFIO_USER_API";
	if (!choose_api(user))
		return -EINVAL;
	user->step = "name the function";
	if (strlen(bdf) >= sizeof(user->bdf))
		return -EINVAL;
	strcpy(user->bdf, bdf);

	if (user->cdev) {
		ret = vfio_cdev_open_space(user);
	} else {
		ret = open_container(user);
		if (!ret)
			ret = attach_group(user);
	}
	if (ret)
		vfio_user_close(user);
	return ret;
}

static int get_device(struct vfio_user *user)
{
	if (user->cdev)
		return vfio_cdev_open_device(user);
	user->step = "VFIO_GROUP_GET_DEVICE_FD";
	user->device = ioctl(user->group, VFIO_GROUP_GET_DEVICE_FD, user->bdf);
	return user->device < 0 ? -errno : 0;
}

bool vfio_user_stopped_by_driver(const struct vfio_user *user)
{
	return !strcmp(user->step, user->cdev ? "VFIO_DEVICE_BIND_IOMMUFD" :
		       "VFIO_GROUP_GET_DEVICE_FD");
}

int vfio_user_open_device(struct vfio_user *user)
{
	unsigned int index;
	int ret;

	ret = get_device(user);
	if (ret)
		return ret;

	user->step = "VFIO_DEVICE_GET_INFO";
	memset(&user->info, 0, sizeof(user->info));
	user->info.argsz = sizeof(user->info);
	if (ioctl(user->device, VFIO_DEVICE_GET_INFO, &user->info)) {
		ret = -errno;
		goto close;
	}
	ret = -ENODEV;
	if (!(user->info.flags & VFIO_DEVICE_FLAGS_PCI))
		goto close;

	user->step = "VFIO_DEVICE_GET_REGION_INFO";
	for (index = 0; index < VFIO_PCI_NUM_REGIONS; index++) {
		ret = vfio_user_region_info(user, index, &user->regions[index]);
		/* Only a display has the VGA region. */
		if (ret && index != VFIO_PCI_VGA_REGION_INDEX)
			goto close;
	}
	return 0;

close:
	vfio_user_close_device(user);
	return ret;
}

int vfio_user_open(struct vfio_user *user, const char *bdf)
{
	int ret;

	ret = vfio_user_open_group(user, bdf);
	if (ret)
		return ret;
	ret = vfio_user_open_device(user);
	if (ret)
		vfio_user_close(user);
	return ret;
}

void vfio_user_close_device(struct vfio_user *user)
{
	close_fd(&user->device);
}

void vfio_user_close(struct vfio_user *user)
{
	close_fd(&user->device);
	close_fd(&user->group);
	close_fd(&user->container);
	close_fd(&user->iommufd);
}

int vfio_user_reset(struct vfio_user *user)
{
	return ioctl(user->device, VFIO_DEVICE_RESET) ? -errno : 0;
}

int vfio_user_map(struct vfio_user *user, void *va, uint64_t iova,
		  uint64_t size, uint32_t flags)
{
	struct vfio_iommu_type1_dma_map map = {
		.argsz = sizeof(map),
		.flags = flags,
		.vaddr = (uintptr_t)va,
		.iova = iova,
		.size = size,
	};

	if (user->cdev)
		return vfio_cdev_map(user, va, iova, size, flags);
	return ioctl(user->container, VFIO_IOMMU_MAP_DMA, &map) ? -errno : 0;
}

int vfio_user_unmap(struct vfio_user *user, uint64_t iova, uint64_t size)
{
	struct vfio_iommu_type1_dma_unmap unmap = {
		.argsz = sizeof(unmap),
		.iova = iova,
		.size = size,
	};

	if (user->cdev)
		return vfio_cdev_unmap(user, iova, size);
	if (ioctl(user->container, VFIO_IOMMU_UNMAP_DMA, &unmap))
		return -errno;
	return unmap.size == size ? 0 : -ENOENT;
}

static int parse_sparse(const void *cap, size_t room,
			struct vfio_user_region *region)
{
	const struct vfio_region_info_cap_sparse_mmap *sparse = cap;
	unsigned int i;

	if (room < sizeof(*sparse) ||
	    (room - sizeof(*sparse)) / sizeof(sparse->areas[0]) < sparse->nr_areas)
		return -EPROTO;
	if (region->nr_areas + sparse->nr_areas > VFIO_USER_MAX_AREAS)
		return -E2BIG;

	region->sparse = true;
	for (i = 0; i < sparse->nr_areas; i++) {
		struct vfio_user_area *area = &region->areas[region->nr_areas++];

		area->offset = sparse->areas[i].offset;
		area->size = sparse->areas[i].size;
	}
	return 0;
}

static int parse_type(const void *cap, size_t room,
		      struct vfio_user_region *region)
{
	const struct vfio_region_info_cap_type *type = cap;

	if (room < sizeof(*type))
		return -EPROTO;
	region->type = type->type;
	region->subtype = type->subtype;
	return 0;
}

/* The chain may hold kinds we do not know; those are passed over. */
static int parse_caps(const struct vfio_region_info *info,
		      struct vfio_user_region *region)
{
	uint32_t at = info->cap_offset;
	unsigned int turns = 0;
	int ret = 0;

	while (at && !ret) {
		const struct vfio_info_cap_header *cap;
		size_t room;

		if (at > info->argsz - sizeof(*cap) || turns++ > 64)
			return -EPROTO;
		room = info->argsz - at;
		cap = (const void *)((const char *)info + at);
		switch (cap->id) {
		case VFIO_REGION_INFO_CAP_SPARSE_MMAP:
			ret = parse_sparse(cap, room, region);
			break;
		case VFIO_REGION_INFO_CAP_TYPE:
			ret = parse_type(cap, room, region);
			break;
		case VFIO_REGION_INFO_CAP_MSIX_MAPPABLE:
			region->msix_mappable = true;
			break;
		}
		at = cap->next;
	}
	return ret;
}

int vfio_user_region_info(struct vfio_user *user, unsigned int index,
			  struct vfio_user_region *region)
{
	struct vfio_region_info *info;
	uint32_t size = sizeof(*info);
	int ret;

	memset(region, 0, sizeof(*region));
	/* The first answer tells how much room the capabilities need. */
	for (;;) {
		info = calloc(1, size);
		if (!info)
			return -ENOMEM;
		info->argsz = size;
		info->index = index;
		if (ioctl(user->device, VFIO_DEVICE_GET_REGION_INFO, info)) {
			ret = -errno;
			break;
		}
		if (info->argsz > size) {
			size = info->argsz;
			free(info);
			continue;
		}
		region->offset = info->offset;
		region->size = info->size;
		region->flags = info->flags;
		info->argsz = size;
		ret = 0;
		if (info->flags & VFIO_REGION_INFO_FLAG_CAPS)
			ret = parse_caps(info, region);
		break;
	}
	free(info);
	return ret;
}

/* Where a region is in the device fd; the core's regions are known from open. */
static int region_base(struct vfio_user *user, unsigned int index, uint64_t *base)
{
	struct vfio_user_region region;
	int ret;

	if (index < VFIO_PCI_NUM_REGIONS) {
		*base = user->regions[index].offset;
		return 0;
	}
	ret = vfio_user_region_info(user, index, &region);
	if (!ret)
		*base = region.offset;
	return ret;
}

int vfio_user_read(struct vfio_user *user, unsigned int index, uint64_t offset,
		   void *buffer, size_t size)
{
	uint64_t base;
	ssize_t done;
	int ret;

	if (index < VFIO_USER_BARS && user->bars[index])
		return sysfs_user_access_bar(user, index, offset, buffer, NULL, size);
	ret = region_base(user, index, &base);
	if (ret)
		return ret;
	done = pread(user->device, buffer, size, base + offset);
	if (done < 0)
		return -errno;
	return (size_t)done == size ? 0 : -EIO;
}

int vfio_user_write(struct vfio_user *user, unsigned int index, uint64_t offset,
		    const void *buffer, size_t size)
{
	uint64_t base;
	ssize_t done;
	int ret;

	if (index < VFIO_USER_BARS && user->bars[index])
		return sysfs_user_access_bar(user, index, offset, NULL, buffer, size);
	ret = region_base(user, index, &base);
	if (ret)
		return ret;
	done = pwrite(user->device, buffer, size, base + offset);
	if (done < 0)
		return -errno;
	return (size_t)done == size ? 0 : -EIO;
}

static bool width_is_natural(unsigned int width)
{
	return width == 1 || width == 2 || width == 4 || width == 8;
}

int vfio_user_read_le(struct vfio_user *user, unsigned int index,
		      uint64_t offset, unsigned int width, uint64_t *value)
{
	uint64_t raw = 0;
	int ret;

	if (!width_is_natural(width))
		return -EINVAL;
	ret = vfio_user_read(user, index, offset, &raw, width);
	if (!ret)
		*value = le64toh(raw);
	return ret;
}

int vfio_user_write_le(struct vfio_user *user, unsigned int index,
		       uint64_t offset, unsigned int width, uint64_t value)
{
	uint64_t raw = htole64(value);

	if (!width_is_natural(width))
		return -EINVAL;
	return vfio_user_write(user, index, offset, &raw, width);
}

int vfio_user_config_read(struct vfio_user *user, uint64_t offset,
			  unsigned int width, uint64_t *value)
{
	return vfio_user_read_le(user, VFIO_PCI_CONFIG_REGION_INDEX, offset,
				 width, value);
}

int vfio_user_config_write(struct vfio_user *user, uint64_t offset,
			   unsigned int width, uint64_t value)
{
	return vfio_user_write_le(user, VFIO_PCI_CONFIG_REGION_INDEX, offset,
				  width, value);
}

int vfio_user_command(struct vfio_user *user, uint16_t set, uint16_t clear)
{
	uint64_t command;
	int ret;

	ret = vfio_user_config_read(user, PCI_COMMAND, 2, &command);
	if (ret)
		return ret;
	command = (command & ~(uint64_t)clear) | set;
	return vfio_user_config_write(user, PCI_COMMAND, 2, command);
}

int vfio_user_mmap(struct vfio_user *user, unsigned int index, uint64_t offset,
		   size_t size, void **va)
{
	uint64_t base;
	void *map;
	int ret;

	ret = region_base(user, index, &base);
	if (ret)
		return ret;
	map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, user->device,
		   base + offset);
	if (map == MAP_FAILED)
		return -errno;
	*va = map;
	return 0;
}

int vfio_user_munmap(void *va, size_t size)
{
	return munmap(va, size) ? -errno : 0;
}

int vfio_user_ioeventfd(struct vfio_user *user, unsigned int index,
			uint64_t offset, unsigned int width, uint64_t value,
			int fd)
{
	struct vfio_device_ioeventfd event = {
		.argsz = sizeof(event),
		.data = value,
		.fd = fd,
	};
	uint64_t base;
	int ret;

	/* The flags that name the widths are the widths: 1, 2, 4, 8. */
	if (!width_is_natural(width))
		return -EINVAL;
	ret = region_base(user, index, &base);
	if (ret)
		return ret;
	event.flags = width;
	event.offset = base + offset;
	return ioctl(user->device, VFIO_DEVICE_IOEVENTFD, &event) ? -errno : 0;
}
