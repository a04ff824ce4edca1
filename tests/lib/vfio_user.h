/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vfio_user.h - a user of VFIO that has exactly one PCI function.
 *
 * Owns the file descriptors, and what the kernel says about the function's
 * regions. Knows nothing of virtio: that is virtio_user.h.
 *
 * VFIO_USER_API in the environment is the way to the function: "group"
 * (default), the group API with a type 1 IOMMU; or "cdev", the function's own
 * character device, with an address space of an iommufd.
 *
 * Every function returns 0 (or what its comment says), or a negative errno;
 * nothing here prints or exits. One thread at a time.
 */
#ifndef TESTS_VFIO_USER_H
#define TESTS_VFIO_USER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/vfio.h>

#define VFIO_USER_MAX_AREAS	16
#define VFIO_USER_BARS		6

struct vfio_user_area {
	uint64_t offset;	/* from the start of the region */
	uint64_t size;
};

struct vfio_user_region {
	uint64_t offset;	/* of the region in the device fd */
	uint64_t size;
	uint32_t flags;		/* VFIO_REGION_INFO_FLAG_* */
	bool sparse;		/* has a sparse mmap capability */
	bool msix_mappable;
	uint32_t type;		/* of a device specific region, else 0 */
	uint32_t subtype;
	unsigned int nr_areas;	/* areas beyond VFIO_USER_MAX_AREAS: -E2BIG */
	struct vfio_user_area areas[VFIO_USER_MAX_AREAS];
};

struct vfio_user {
	char bdf[16];
	bool cdev;		/* by character device and iommufd */
	int container;
	int group;
	int iommufd;
	int device;
	int group_id;
	uint32_t space;		/* in the iommufd */
	/* What was tried last: "VFIO_GROUP_GET_DEVICE_FD"; for messages. */
	const char *step;
	struct vfio_device_info info;
	struct vfio_user_region regions[VFIO_PCI_NUM_REGIONS];
	void *bars[VFIO_USER_BARS];	/* mapped by sysfs_user.h, else NULL */
};

/*
 * Opening. vfio_user_open() is the two steps in one; a failure leaves nothing
 * open, and @step says where it happened. The BDF is "0000:01:00.0". With
 * character devices the group is an empty address space, which is nobody's.
 */
int vfio_user_open_group(struct vfio_user *user, const char *bdf);
int vfio_user_open_device(struct vfio_user *user);
int vfio_user_open(struct vfio_user *user, const char *bdf);
/* After a failure: it was in the step in which the function's driver may refuse. */
bool vfio_user_stopped_by_driver(const struct vfio_user *user);
/* Closes the device alone; the group and the mappings stay. */
void vfio_user_close_device(struct vfio_user *user);
/* Closes all that is open. */
void vfio_user_close(struct vfio_user *user);

/* VFIO_DEVICE_RESET */
int vfio_user_reset(struct vfio_user *user);

/* Mapping memory for DMA; @flags are VFIO_DMA_MAP_FLAG_READ and _WRITE. */
int vfio_user_map(struct vfio_user *user, void *va, uint64_t iova,
		  uint64_t size, uint32_t flags);
int vfio_user_unmap(struct vfio_user *user, uint64_t iova, uint64_t size);

/*
 * Asks the kernel about a region and parses its capability chain. For the
 * VFIO_PCI_* regions the answer is also in @regions, read at open.
 */
int vfio_user_region_info(struct vfio_user *user, unsigned int index,
			  struct vfio_user_region *region);

/*
 * Access to a region with one pread or pwrite. A short one is -EIO; one that
 * does not fit the address space of the region is left to the kernel.
 */
int vfio_user_read(struct vfio_user *user, unsigned int index, uint64_t offset,
		   void *buffer, size_t size);
int vfio_user_write(struct vfio_user *user, unsigned int index, uint64_t offset,
		    const void *buffer, size_t size);

/* Little-endian values of 1, 2, 4 or 8 bytes; another width is -EINVAL. */
int vfio_user_read_le(struct vfio_user *user, unsigned int index,
		      uint64_t offset, unsigned int width, uint64_t *value);
int vfio_user_write_le(struct vfio_user *user, unsigned int index,
		       uint64_t offset, unsigned int width, uint64_t value);

/* The same for configuration space. */
int vfio_user_config_read(struct vfio_user *user, uint64_t offset,
			  unsigned int width, uint64_t *value);
int vfio_user_config_write(struct vfio_user *user, uint64_t offset,
			   unsigned int width, uint64_t value);

/* Sets and clears bits of the PCI command register. */
int vfio_user_command(struct vfio_user *user, uint16_t set, uint16_t clear);

/* Maps part of a region, readable and writable, shared. */
int vfio_user_mmap(struct vfio_user *user, unsigned int index, uint64_t offset,
		   size_t size, void **va);
int vfio_user_munmap(void *va, size_t size);

/*
 * VFIO_DEVICE_IOEVENTFD: writes @value of @width bytes whenever @fd is
 * signalled; @fd -1 takes it away.
 */
int vfio_user_ioeventfd(struct vfio_user *user, unsigned int index,
			uint64_t offset, unsigned int width, uint64_t value,
			int fd);

/* Position of a capability in configuration space; 0 if there is none. */
unsigned int vfio_user_find_capability(struct vfio_user *user, uint8_t id);

/*
 * vfio_reset.c: every other way but virtio's own to reset a function that is open. Each
 * returns 0, -EOPNOTSUPP if the function has no such reset, or another negative errno.
 * The first is function level reset, asked for in the PCI Express capability.
 */
int vfio_user_flr(struct vfio_user *user);
/* To D0 or D3hot, 0 or 3; and there and back, over which some keep their state. */
int vfio_user_power_state(struct vfio_user *user, unsigned int state);
int vfio_user_power_cycle(struct vfio_user *user);
/* VFIO_DEVICE_PCI_HOT_RESET: the bus, whose only group is the user's. */
int vfio_user_hot_reset(struct vfio_user *user);
/* The host's own, "reset" in sysfs. */
int vfio_user_sysfs_reset(struct vfio_user *user);

#endif /* TESTS_VFIO_USER_H */
