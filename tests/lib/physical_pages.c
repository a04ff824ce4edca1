// SPDX-License-Identifier: GPL-2.0
/*
 * physical_pages.c - physical addresses from /proc/self/pagemap. See
 * physical_pages.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "physical_pages.h"

/* 64 bits a page: bit 63 present, bits 0-54 frame. */
static int physical_address(const void *va, uint64_t *address)
{
	uint64_t entry;
	ssize_t got;
	int fd;

	fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	got = pread(fd, &entry, sizeof(entry),
		    (uintptr_t)va / VIRTIO_USER_PAGE * sizeof(entry));
	close(fd);
	if (got != sizeof(entry))
		return -EIO;
	/* Without CAP_SYS_ADMIN the frame reads as 0. */
	if (!(entry >> 63) || !(entry & ((1ULL << 55) - 1)))
		return -EPERM;
	*address = (entry & ((1ULL << 55) - 1)) * VIRTIO_USER_PAGE;
	return 0;
}

int physical_pages(struct virtio_user_memory *pages, unsigned int count,
		   unsigned char pattern)
{
	size_t size = (size_t)count * VIRTIO_USER_PAGE;
	unsigned int i;
	char *memory;
	int ret = 0;

	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || mlock(memory, size))
		return -errno;
	memset(memory, pattern, size);
	for (i = 0; i < count && !ret; i++) {
		pages[i].va = memory + i * VIRTIO_USER_PAGE;
		ret = physical_address(pages[i].va, &pages[i].address);
	}
	return ret;
}
