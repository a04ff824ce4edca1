// SPDX-License-Identifier: GPL-2.0
/*
 * walk_doors.c - the steps of a walk that are not to the register file:
 * configuration space, whole BARs, mappings, requests and power. See walk.h.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/pci_regs.h>

#include "walk.h"

#define PAGE	4096UL
#define MOST	8192	/* bytes of one access */
#define TRIES	6	/* in one step, of what changes nothing */

static bool in_window(const struct walk *walk, uint64_t at)
{
	return at >= walk->window && at < walk->window + WALK_DATA + 4;
}

/*
 * A byte for configuration space: none that aims the window where that is not
 * this walk's to do, no access through the window, which may aim anywhere, and
 * no function reset, which is a step of its own and slow.
 */
static uint8_t tame_config(const struct walk *walk, uint64_t at, uint8_t byte)
{
	if (in_window(walk, at))
		return at >= walk->window + WALK_DATA ? 0 : byte;
	if (walk->express && at == walk->express + PCI_EXP_DEVCTL + 1)
		return byte & ~(PCI_EXP_DEVCTL_BCR_FLR >> 8);
	return byte;
}

void walk_write_config(struct walk *walk)
{
	struct vfio_user *vfio = &walk->function.vfio;
	uint64_t size = vfio->regions[VFIO_PCI_CONFIG_REGION_INDEX].size;
	uint64_t offset = walk_draw(walk, 2) ? walk_draw(walk, size) : walk_draw(walk, 256);
	uint64_t length = 1 + walk_draw(walk, walk_draw(walk, 8) ? 8 : 200), i;
	uint8_t bytes[200];

	if (length > size - offset && walk_draw(walk, 8))
		length = size - offset;
	for (i = 0; i < length; i++) {
		if (!walk->may_aim && in_window(walk, offset + i))
			return;
		bytes[i] = tame_config(walk, offset + i, walk_byte(walk));
	}
	vfio_user_write(vfio, VFIO_PCI_CONFIG_REGION_INDEX, offset, bytes, length);
}

/* Whatever comes, no byte behind what was asked for is touched. */
static void read_some(struct walk *walk, unsigned int index, uint64_t offset, size_t length)
{
	struct vfio_user *vfio = &walk->function.vfio;
	uint8_t *bytes = malloc(length + 1);
	ssize_t done;

	if (!bytes)
		return;
	bytes[length] = 0xa5;
	done = pread(vfio->device, bytes, length, vfio->regions[index].offset + offset);
	if (bytes[length] != 0xa5 || done > (ssize_t)length)
		walk_complain(walk, "region %u at 0x%llx: %zu bytes read, and more written",
			      index, (unsigned long long)offset, length);
	free(bytes);
}

void walk_read_config(struct walk *walk)
{
	uint32_t offset, i;

	for (i = 0; i < TRIES; i++) {
		offset = walk_draw(walk, 4096);
		read_some(walk, VFIO_PCI_CONFIG_REGION_INDEX, offset,
			  1 + walk_draw(walk, walk_draw(walk, 2) ? 16 : 4096 - offset));
	}
}

/* A BAR, there or not. */
static unsigned int draw_bar(struct walk *walk)
{
	return walk_draw(walk, 2) ? walk->bar : walk_draw(walk, 6);
}

void walk_write_bars(struct walk *walk)
{
	struct vfio_user *vfio = &walk->function.vfio;
	unsigned int bar = draw_bar(walk);
	uint64_t size = vfio->regions[bar].size;
	uint32_t offset = walk_draw(walk, size ? size : PAGE);
	uint32_t length = 1 + walk_draw(walk, 32), i;
	uint8_t bytes[32];

	for (i = 0; i < length; i++)
		bytes[i] = bar != walk->bar ? walk_byte(walk) :
			   walk_tame(walk, (int64_t)offset + i - walk->common,
				     walk_byte(walk));
	if (!vfio_user_write(vfio, bar, offset, bytes, length) && !size)
		walk_complain(walk, "BAR %u, which is not there, was written", bar);
}

void walk_read_bars(struct walk *walk)
{
	unsigned int bar, i;
	uint64_t size;

	for (i = 0; i < TRIES; i++) {
		bar = draw_bar(walk);
		size = walk->function.vfio.regions[bar].size;
		if (size > MOST || !size)
			size = MOST;
		read_some(walk, bar, walk_draw(walk, 2) ? 0 : walk_draw(walk, size),
			  1 + walk_draw(walk, size));
	}
}

static bool is_mappable(const struct vfio_user_region *region, uint64_t offset, uint64_t size)
{
	unsigned int i;

	for (i = 0; i < region->nr_areas; i++)
		if (offset >= region->areas[i].offset &&
		    offset + size <= region->areas[i].offset + region->areas[i].size)
			return true;
	return false;
}

static void try_to_map(struct walk *walk)
{
	static const int protections[] = {
		PROT_READ | PROT_WRITE, PROT_READ, PROT_WRITE, PROT_NONE,
	};
	struct vfio_user *vfio = &walk->function.vfio;
	unsigned int index = walk_draw(walk, 4) ? draw_bar(walk) : walk_draw(walk, 16);
	uint64_t pages = index < VFIO_PCI_NUM_REGIONS ? vfio->regions[index].size / PAGE : 0;
	uint64_t offset = walk_draw(walk, (pages < 8 ? pages : 8) + 2) * PAGE;
	uint64_t size = (1 + walk_draw(walk, 6)) * PAGE;
	bool allowed = index <= VFIO_PCI_BAR5_REGION_INDEX &&
		       is_mappable(&vfio->regions[index], offset, size);
	void *va;

	/* Nothing is touched: memory decoding may be off, and that is SIGBUS. */
	va = mmap(NULL, size, protections[walk_draw(walk, 4)], MAP_SHARED, vfio->device,
		  ((off_t)index << 40) + offset);
	if ((va != MAP_FAILED) != allowed)
		walk_complain(walk, "region %u at 0x%llx: 0x%llx bytes are%s mappable", index,
			      (unsigned long long)offset, (unsigned long long)size,
			      allowed ? " not" : "");
	if (va != MAP_FAILED)
		munmap(va, size);
}

void walk_map(struct walk *walk)
{
	unsigned int i;

	for (i = 0; i < TRIES; i++)
		try_to_map(walk);
}

/* What VFIO and the driver have; all else must not be there. */
static bool is_known(const struct walk *walk, unsigned int number)
{
	/* GET_INFO to PCI_HOT_RESET but for one of another bus, and FEATURE */
	if ((number >= 107 && number <= 113) || number == 117)
		return true;
	return walk->function.vfio.cdev && number >= 118 && number <= 120;
}

/* With garbage. Those that reset are a step of their own. */
static void make_request(struct walk *walk)
{
	static const uint32_t sizes[] = { 0, 8, 16, 20, 24, 32, 64, 256, 0xffffffff };
	static const uintptr_t nowhere[] = { 0, 8, 0xffff888000000000, ~0UL };
	unsigned int number = walk_draw(walk, 2) ? 100 + walk_draw(walk, 24) :
			      walk_draw(walk, 256);
	uint32_t argument[64];
	unsigned int i;
	void *where = argument;

	if (number == 111 || number == 113 || (is_known(walk, number) && number >= 118))
		return;
	for (i = 0; i < 64; i++)
		argument[i] = walk_draw(walk, 2) ? walk_draw(walk, 16) :
			      walk_draw(walk, 0xffffffff);
	argument[0] = sizes[walk_draw(walk, 9)];
	if (!walk_draw(walk, 4))
		where = (void *)nowhere[walk_draw(walk, 4)];
	if (ioctl(walk->function.vfio.device, _IO(VFIO_TYPE, number), where) >= 0) {
		if (!is_known(walk, number))
			walk_complain(walk, "request %u was taken", number);
	} else if (!is_known(walk, number) && errno != ENOTTY) {
		walk_complain(walk, "request %u: %s", number, strerror(errno));
	}
}

void walk_request(struct walk *walk)
{
	unsigned int i;

	for (i = 0; i < TRIES; i++)
		make_request(walk);
}

void walk_ioeventfd(struct walk *walk)
{
	unsigned int width = 1u << walk_draw(walk, 4);
	unsigned int bar = draw_bar(walk);
	int event = eventfd(0, EFD_CLOEXEC);
	int ret;

	ret = vfio_user_ioeventfd(&walk->function.vfio, bar, walk_draw(walk, 0x4000), width,
				  walk_draw(walk, 0xffffffff),
				  walk_draw(walk, 8) ? event : -1);
	if (ret != -ENOTTY)
		walk_complain(walk, "an ioeventfd of %u bytes in BAR %u: %d", width, bar, ret);
	close(event);
}

/* Asleep by PMCSR or by the request for low power; the checks wake it up again. */
void walk_power(struct walk *walk)
{
	struct vfio_device_feature feature = {
		.argsz = sizeof(feature),
		.flags = VFIO_DEVICE_FEATURE_SET |
			 (walk_draw(walk, 2) ? VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY :
			  VFIO_DEVICE_FEATURE_LOW_POWER_EXIT),
	};

	if (walk_draw(walk, 2))
		function_power_state(&walk->function, walk_draw(walk, 2) ? 3 : walk_draw(walk, 4));
	else
		ioctl(walk->function.vfio.device, VFIO_DEVICE_FEATURE, &feature);
}

void walk_command(struct walk *walk)
{
	uint16_t set = walk_draw(walk, 0x800), clear = walk_draw(walk, 0x800);

	if (walk_draw(walk, 2)) {
		set &= ~PCI_COMMAND_MEMORY;
		clear |= PCI_COMMAND_MEMORY;
	}
	vfio_user_command(&walk->function.vfio, set, clear);
}
