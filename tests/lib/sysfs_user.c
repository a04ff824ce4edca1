// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_user.c - a PCI function's configuration space and BARs through sysfs.
 * See sysfs_user.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sysfs_user.h"

static int open_file(const char *bdf, const char *name)
{
	char path[PATH_MAX];
	int file;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", bdf, name);
	file = open(path, O_RDWR | O_CLOEXEC);
	return file < 0 ? -errno : file;
}

/* A BAR that is absent or in I/O space has no file that can be mapped. */
static void map_bar(struct vfio_user *user, unsigned int index)
{
	char name[16];
	struct stat about;
	void *bar;
	int file;

	snprintf(name, sizeof(name), "resource%u", index);
	file = open_file(user->bdf, name);
	if (file < 0)
		return;
	if (!fstat(file, &about) && about.st_size > 0) {
		bar = mmap(NULL, about.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
		if (bar != MAP_FAILED) {
			user->bars[index] = bar;
			user->regions[index].size = about.st_size;
		}
	}
	close(file);
}

int sysfs_user_open(struct vfio_user *user, const char *bdf)
{
	unsigned int index;

	memset(user, 0, sizeof(*user));
	user->container = -1;
	user->group = -1;
	user->step = "open the function in sysfs";
	if (strlen(bdf) >= sizeof(user->bdf))
		return -EINVAL;
	strcpy(user->bdf, bdf);
	user->device = open_file(bdf, "config");
	if (user->device < 0)
		return user->device;
	for (index = 0; index < VFIO_USER_BARS; index++)
		map_bar(user, index);
	return 0;
}

void sysfs_user_close(struct vfio_user *user)
{
	unsigned int index;

	for (index = 0; index < VFIO_USER_BARS; index++)
		if (user->bars[index])
			munmap(user->bars[index], user->regions[index].size);
	close(user->device);
	user->device = -1;
}

/* In pieces as wide as their alignment allows, as the registers want it. */
int sysfs_user_access_bar(struct vfio_user *user, unsigned int index, uint64_t offset,
			  void *to, const void *from, size_t size)
{
	unsigned char *bar = user->bars[index];
	size_t width;

	if (offset > user->regions[index].size || size > user->regions[index].size - offset)
		return -EINVAL;
	for (; size; size -= width, offset += width) {
		volatile void *io = bar + offset;

		width = size >= 4 && !(offset & 3) ? 4 : size >= 2 && !(offset & 1) ? 2 : 1;
		if (to) {
			uint32_t value = width == 4 ? *(volatile uint32_t *)io :
					 width == 2 ? *(volatile uint16_t *)io :
						      *(volatile uint8_t *)io;

			memcpy(to, &value, width);
			to = (char *)to + width;
		} else {
			uint32_t value = 0;

			memcpy(&value, from, width);
			from = (const char *)from + width;
			if (width == 4)
				*(volatile uint32_t *)io = value;
			else if (width == 2)
				*(volatile uint16_t *)io = value;
			else
				*(volatile uint8_t *)io = value;
		}
	}
	return 0;
}

int sysfs_user_write(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	int ret = 0;

	if (file < 0)
		return -errno;
	if (write(file, text, strlen(text)) < 0)
		ret = -errno;
	close(file);
	return ret;
}
