// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - the steps of a walk: to the register file, through the BAR and the window,
 * with resets; and then those through the other doors: configuration space, whole BARs,
 * mappings, requests and power. See walk.h.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/pci_regs.h>

#include "walk.h"

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define PAGE	4096UL
#define MOST	8192	/* bytes of one access */
#define TRIES	6	/* in one step, of what changes nothing */

const uint8_t walk_widths[WALK_FIELDS] = {
	[0x00] = 4, [0x04] = 4, [0x08] = 4, [0x0c] = 4, [0x10] = 2, [0x12] = 2, [0x14] = 1,
	[0x15] = 1, [0x16] = 2, [0x18] = 2, [0x1a] = 2, [0x1c] = 2, [0x1e] = 2, [0x20] = 4,
	[0x24] = 4, [0x28] = 4, [0x2c] = 4, [0x30] = 4, [0x34] = 4, [0x38] = 2, [0x3a] = 2,
	[0x3c] = 2, [0x3e] = 2,
};

uint32_t walk_draw(struct walk *walk, uint32_t below)
{
	return draw_lot(&walk->random, below);
}

/* The first complaint stays. */
static void __attribute__((format(printf, 2, 3)))
complain(struct walk *walk, const char *format, ...)
{
	va_list arguments;

	if (walk->complaint[0])
		return;
	va_start(arguments, format);
	vsnprintf(walk->complaint, 256, format, arguments);
	va_end(arguments);
}

/*
 * What may be written at a byte of the common configuration: queues lie in
 * mapped memory, as faults of the IOMMU are none of this test's business, and
 * an ack that is withheld is withheld in every byte that could hold it.
 */
static uint8_t tame(const struct walk *walk, int64_t field, uint8_t byte)
{
	if (field == VIRTIO_PCI_COMMON_GF && walk->withhold)
		return byte & ~2;
	if (field >= VIRTIO_PCI_COMMON_Q_DESCLO && field < 0x38) {
		if (field % 8 == 2)
			return 0x10;
		return field % 8 == 1 ? byte & 0xf0 : 0;
	}
	return byte;
}

/* Interesting more often than random. */
static uint8_t draw_byte(struct walk *walk)
{
	static const uint8_t bytes[] = { 0, 1, 2, 3, 0x0b, 0x0f, 0x07, 0x04, 0x80, 0xff };

	return walk_draw(walk, 2) ? bytes[walk_draw(walk, sizeof(bytes))] : walk_draw(walk, 256);
}

static void fill(struct walk *walk, uint32_t field, uint8_t *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		bytes[i] = tame(walk, field + i, draw_byte(walk));
}

static void write_bar(struct walk *walk)
{
	uint32_t offset = walk_draw(walk, WALK_FIELDS), size = 1 + walk_draw(walk, 8);
	uint8_t bytes[WALK_FIELDS];

	if (!walk_draw(walk, 8)) {
		offset = 0;
		size = WALK_FIELDS;
	} else if (walk_draw(walk, 2)) {
		while (!walk_widths[offset])
			offset--;
		size = walk_widths[offset];
	}
	fill(walk, offset, bytes, size);
	vfio_user_write(&walk->function.vfio, walk->bar, walk->common + offset, bytes, size);
}

static void write_window(struct walk *walk)
{
	static const uint32_t lengths[] = { 1, 2, 4, 4, 3, 8, 0 };
	const struct virtio_user *virtio = &walk->function.virtio;
	const uint32_t others[] = {
		virtio->isr.offset, virtio->config.offset, virtio->notify.offset,
	};
	uint32_t field = walk_draw(walk, WALK_FIELDS), length = lengths[walk_draw(walk, 7)];
	struct vfio_user *vfio = &walk->function.vfio;
	uint32_t bar = walk_draw(walk, 4) ? walk->bar : walk_draw(walk, 8);
	uint32_t offset;
	uint8_t bytes[4];

	if (walk_draw(walk, 2)) {
		while (!walk_widths[field])
			field--;
		length = walk_widths[field];
	}
	fill(walk, field, bytes, sizeof(bytes));
	offset = walk_draw(walk, 8) ? walk->common + field : others[walk_draw(walk, 3)] + field;
	vfio_user_config_write(vfio, walk->window + VIRTIO_PCI_CAP_BAR, 1, bar);
	vfio_user_config_write(vfio, walk->window + VIRTIO_PCI_CAP_OFFSET, 4, offset);
	vfio_user_config_write(vfio, walk->window + VIRTIO_PCI_CAP_LENGTH, 4, length);
	vfio_user_write(vfio, VFIO_PCI_CONFIG_REGION_INDEX, walk->window + WALK_DATA, bytes,
			walk_draw(walk, 4) ? 4 : 1 + walk_draw(walk, 4));
}

/* Anything over the bytes from a capability before the window to its end. */
static void write_capabilities(struct walk *walk)
{
	uint32_t offset = walk->window - 16 + walk_draw(walk, 16 + WALK_DATA + 4), i;
	uint32_t size = 1 + walk_draw(walk, 24);
	uint8_t bytes[24];

	if (offset + size > walk->window + WALK_DATA + 4)
		size = walk->window + WALK_DATA + 4 - offset;
	/* The data may land anywhere: 0 is tame everywhere. */
	for (i = 0; i < size; i++)
		bytes[i] = offset + i < walk->window + WALK_DATA ? draw_byte(walk) : 0;
	vfio_user_write(&walk->function.vfio, VFIO_PCI_CONFIG_REGION_INDEX, offset, bytes,
			size);
}

static void write_with_memory_off(struct walk *walk)
{
	vfio_user_command(&walk->function.vfio, 0, PCI_COMMAND_MEMORY);
	write_window(walk);
	write_bar(walk);
	vfio_user_command(&walk->function.vfio, PCI_COMMAND_MEMORY, 0);
}

static void negotiate(struct walk *walk)
{
	struct virtio_user *virtio = &walk->function.virtio;
	uint64_t features = VERSION_1 | (walk->withhold ? 0 : ACCESS_PLATFORM);

	/* A reset may have switched it off. */
	vfio_user_command(&walk->function.vfio, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	/* Refused or not: go on as if it was not. */
	virtio_user_negotiate(virtio, features);
	virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_SELECT, 2, 0);
	virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_DESCLO, 8, 0x100000);
	virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_AVAILLO, 8, 0x110000);
	virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_USEDLO, 8, 0x120000);
	virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	virtio_user_driver_ok(virtio);
}

static void reset(struct walk *walk)
{
	int (*const resets[])(struct vfio_user *) = {
		vfio_user_reset, vfio_user_flr, vfio_user_power_cycle, vfio_user_sysfs_reset,
		vfio_user_hot_reset,
	};

	if (walk_draw(walk, 4))
		virtio_user_reset(&walk->function.virtio);
	else
		resets[walk_draw(walk, ARRAY_SIZE(resets))](&walk->function.vfio);
}

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

static void write_config(struct walk *walk)
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
		bytes[i] = tame_config(walk, offset + i, draw_byte(walk));
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
		complain(walk, "region %u at 0x%llx: %zu bytes read, and more written",
			 index, (unsigned long long)offset, length);
	free(bytes);
}

static void read_config(struct walk *walk)
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

static void write_bars(struct walk *walk)
{
	struct vfio_user *vfio = &walk->function.vfio;
	unsigned int bar = draw_bar(walk);
	uint64_t size = vfio->regions[bar].size;
	uint32_t offset = walk_draw(walk, size ? size : PAGE);
	uint32_t length = 1 + walk_draw(walk, 32), i;
	uint8_t bytes[32];

	for (i = 0; i < length; i++)
		bytes[i] = bar != walk->bar ? draw_byte(walk) :
			   tame(walk, (int64_t)offset + i - walk->common, draw_byte(walk));
	if (!vfio_user_write(vfio, bar, offset, bytes, length) && !size)
		complain(walk, "BAR %u, which is not there, was written", bar);
}

static void read_bars(struct walk *walk)
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
		complain(walk, "region %u at 0x%llx: 0x%llx bytes are%s mappable", index,
			 (unsigned long long)offset, (unsigned long long)size,
			 allowed ? " not" : "");
	if (va != MAP_FAILED)
		munmap(va, size);
}

static void map_some(struct walk *walk)
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
			complain(walk, "request %u was taken", number);
	} else if (!is_known(walk, number) && errno != ENOTTY) {
		complain(walk, "request %u: %s", number, strerror(errno));
	}
}

static void make_requests(struct walk *walk)
{
	unsigned int i;

	for (i = 0; i < TRIES; i++)
		make_request(walk);
}

static void ask_for_ioeventfd(struct walk *walk)
{
	unsigned int width = 1u << walk_draw(walk, 4);
	unsigned int bar = draw_bar(walk);
	int event = eventfd(0, EFD_CLOEXEC);
	int ret;

	ret = vfio_user_ioeventfd(&walk->function.vfio, bar, walk_draw(walk, 0x4000), width,
				  walk_draw(walk, 0xffffffff),
				  walk_draw(walk, 8) ? event : -1);
	if (ret != -ENOTTY)
		complain(walk, "an ioeventfd of %u bytes in BAR %u: %d", width, bar, ret);
	close(event);
}

/* Asleep by PMCSR or by the request for low power; the checks wake it up again. */
static void change_power(struct walk *walk)
{
	struct vfio_device_feature feature = {
		.argsz = sizeof(feature),
		.flags = VFIO_DEVICE_FEATURE_SET |
			 (walk_draw(walk, 2) ? VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY :
			  VFIO_DEVICE_FEATURE_LOW_POWER_EXIT),
	};

	if (walk_draw(walk, 2))
		vfio_user_power_state(&walk->function.vfio,
				      walk_draw(walk, 2) ? 3 : walk_draw(walk, 4));
	else
		ioctl(walk->function.vfio.device, VFIO_DEVICE_FEATURE, &feature);
}

static void write_command(struct walk *walk)
{
	uint16_t set = walk_draw(walk, 0x800), clear = walk_draw(walk, 0x800);

	if (walk_draw(walk, 2)) {
		set &= ~PCI_COMMAND_MEMORY;
		clear |= PCI_COMMAND_MEMORY;
	}
	vfio_user_command(&walk->function.vfio, set, clear);
}

const char *walk_step(struct walk *walk)
{
	static const struct {
		const char *name;
		void (*run)(struct walk *walk);
		uint32_t weight;
		bool aims;		/* the window */
	} kinds[] = {
		{ "write_bar", write_bar, 24, false },
		{ "write_window", write_window, 18, true },
		{ "write_capabilities", write_capabilities, 8, true },
		{ "write_with_memory_off", write_with_memory_off, 4, true },
		{ "negotiate", negotiate, 8, false },
		{ "reset", reset, 3, false },
		{ "write_config", write_config, 10, false },
		{ "read_config", read_config, 3, false },
		{ "write_bars", write_bars, 5, false },
		{ "read_bars", read_bars, 2, false },
		{ "map", map_some, 4, false },
		{ "request", make_requests, 3, false },
		{ "ioeventfd", ask_for_ioeventfd, 1, false },
		{ "power", change_power, 4, false },
		{ "command", write_command, 3, false },
	};
	uint32_t drawn = walk_draw(walk, 100);
	unsigned int i = 0;

	for (; drawn >= kinds[i].weight; i++)
		drawn -= kinds[i].weight;
	if (kinds[i].aims && !walk->may_aim)
		i = 0;
	kinds[i].run(walk);
	return kinds[i].name;
}
