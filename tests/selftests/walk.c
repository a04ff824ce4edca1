// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - the steps of a walk, and those to the register file: through the BAR,
 * the window, and resets. See walk.h; the other doors are in walk_doors.c.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <linux/pci_regs.h>

#include "walk.h"

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

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

void walk_complain(struct walk *walk, const char *format, ...)
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
uint8_t walk_tame(const struct walk *walk, int64_t field, uint8_t byte)
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
uint8_t walk_byte(struct walk *walk)
{
	static const uint8_t bytes[] = { 0, 1, 2, 3, 0x0b, 0x0f, 0x07, 0x04, 0x80, 0xff };

	return walk_draw(walk, 2) ? bytes[walk_draw(walk, sizeof(bytes))] : walk_draw(walk, 256);
}

static void fill(struct walk *walk, uint32_t field, uint8_t *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		bytes[i] = walk_tame(walk, field + i, walk_byte(walk));
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
		bytes[i] = offset + i < walk->window + WALK_DATA ? walk_byte(walk) : 0;
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
	int (*const resets[])(struct function *) = {
		reset_by_ioctl, reset_by_flr, reset_by_power_state, reset_by_sysfs,
		reset_by_hot_reset,
	};

	if (walk_draw(walk, 4))
		virtio_user_reset(&walk->function.virtio);
	else
		resets[walk_draw(walk, ARRAY_SIZE(resets))](&walk->function);
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
		{ "write_config", walk_write_config, 10, false },
		{ "read_config", walk_read_config, 3, false },
		{ "write_bars", walk_write_bars, 5, false },
		{ "read_bars", walk_read_bars, 2, false },
		{ "map", walk_map, 4, false },
		{ "request", walk_request, 3, false },
		{ "ioeventfd", walk_ioeventfd, 1, false },
		{ "power", walk_power, 4, false },
		{ "command", walk_command, 3, false },
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
