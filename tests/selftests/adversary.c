// SPDX-License-Identifier: GPL-2.0
/*
 * adversary.c - a user that tries everything: reads and writes through all
 * doors in random order. After each step all doors must agree with each other
 * and with the hardware, and what must not be live is not.
 *
 * ADVERSARY_SEED and ADVERSARY_STEPS in the environment set the walk.
 */
#include "fixture.h"

#define FIELDS		0x40
#define DATA		16		/* pci_cfg_data in the window */
#define REACH		0x200000	/* IOVAs from 0 that are mapped */

static const uint8_t widths[FIELDS] = {
	[0x00] = 4, [0x04] = 4, [0x08] = 4, [0x0c] = 4, [0x10] = 2, [0x12] = 2, [0x14] = 1,
	[0x15] = 1, [0x16] = 2, [0x18] = 2, [0x1a] = 2, [0x1c] = 2, [0x1e] = 2, [0x20] = 4,
	[0x24] = 4, [0x28] = 4, [0x2c] = 4, [0x30] = 4, [0x34] = 4, [0x38] = 2, [0x3a] = 2,
	[0x3c] = 2, [0x3e] = 2,
};

struct walk {
	struct function function;
	struct witness witness;
	uint64_t random;
	uint64_t offered;		/* by the hardware */
	uint32_t bar;
	uint32_t common;
	unsigned int window;
	bool withhold;			/* bit 33 is never acked */
	unsigned int live;		/* steps after which it was */
	unsigned int step;
	const char *name;		/* of the last step */
};

FIXTURE(adversary)
{
	struct walk walk;
};

FIXTURE_VARIANT(adversary)
{
	const char *word;
	bool withhold;
};

FIXTURE_VARIANT_ADD(adversary, blk_without_the_ack) {
	.word = "BLK_TRANSLATED", .withhold = true,
};

FIXTURE_VARIANT_ADD(adversary, net_without_the_ack) {
	.word = "NET_TRANSLATED", .withhold = true,
};

FIXTURE_VARIANT_ADD(adversary, rng_with_the_ack) {
	.word = "RNG_TRANSLATED", .withhold = false,
};

FIXTURE_SETUP(adversary)
{
	uint64_t seed = number("ADVERSARY_SEED", 20151109);
	struct virtio_user_memory memory;
	struct walk *walk = &self->walk;

	walk->name = "nothing";
	if (!open_function(_metadata, &walk->function, &walk->witness, variant->word, "auto"))
		return;
	TH_LOG("ADVERSARY_SEED=%llu", (unsigned long long)seed);
	walk->random = seed * 2 + 1;
	walk->withhold = variant->withhold;
	walk->bar = walk->function.virtio.common.bar;
	walk->common = walk->function.virtio.common.offset;
	walk->window = walk->function.virtio.pci_cfg.config_offset;
	ASSERT_EQ(0, function_map(&walk->function, 0, REACH, &memory));
	ASSERT_EQ(0, witness_device_features(&walk->witness, &walk->offered));
}

FIXTURE_TEARDOWN(adversary)
{
	if (_metadata->exit_code == KSFT_FAIL)
		TH_LOG("after step %u, %s", self->walk.step, self->walk.name);
	close_function(_metadata, &self->walk.function, &self->walk.witness);
}

static uint32_t draw(struct walk *walk, uint32_t below)
{
	return draw_lot(&walk->random, below);
}

/*
 * What may be written at a byte of the common configuration: queues lie in
 * mapped memory, as faults of the IOMMU are none of this test's business, and
 * an ack that is withheld is withheld in every byte that could hold it.
 */
static uint8_t tame(const struct walk *walk, uint32_t field, uint8_t byte)
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

	return draw(walk, 2) ? bytes[draw(walk, sizeof(bytes))] : draw(walk, 256);
}

static void fill(struct walk *walk, uint32_t field, uint8_t *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		bytes[i] = tame(walk, field + i, draw_byte(walk));
}

static void write_bar(struct walk *walk)
{
	uint32_t offset = draw(walk, FIELDS), size = 1 + draw(walk, 8);
	uint8_t bytes[FIELDS];

	if (!draw(walk, 8)) {
		offset = 0;
		size = FIELDS;
	} else if (draw(walk, 2)) {
		while (!widths[offset])
			offset--;
		size = widths[offset];
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
	uint32_t field = draw(walk, FIELDS), length = lengths[draw(walk, 7)];
	struct vfio_user *vfio = &walk->function.vfio;
	uint32_t bar = draw(walk, 4) ? walk->bar : draw(walk, 8);
	uint32_t offset;
	uint8_t bytes[4];

	if (draw(walk, 2)) {
		while (!widths[field])
			field--;
		length = widths[field];
	}
	fill(walk, field, bytes, sizeof(bytes));
	offset = draw(walk, 8) ? walk->common + field : others[draw(walk, 3)] + field;
	vfio_user_config_write(vfio, walk->window + VIRTIO_PCI_CAP_BAR, 1, bar);
	vfio_user_config_write(vfio, walk->window + VIRTIO_PCI_CAP_OFFSET, 4, offset);
	vfio_user_config_write(vfio, walk->window + VIRTIO_PCI_CAP_LENGTH, 4, length);
	vfio_user_write(vfio, VFIO_PCI_CONFIG_REGION_INDEX, walk->window + DATA, bytes,
			draw(walk, 4) ? 4 : 1 + draw(walk, 4));
}

/* Anything over the bytes from a capability before the window to its end. */
static void write_capabilities(struct walk *walk)
{
	uint32_t offset = walk->window - 16 + draw(walk, 16 + DATA + 4), i;
	uint32_t size = 1 + draw(walk, 24);
	uint8_t bytes[24];

	if (offset + size > walk->window + DATA + 4)
		size = walk->window + DATA + 4 - offset;
	/* The data may land anywhere: 0 is tame everywhere. */
	for (i = 0; i < size; i++)
		bytes[i] = offset + i < walk->window + DATA ? draw_byte(walk) : 0;
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

	if (draw(walk, 4))
		virtio_user_reset(&walk->function.virtio);
	else
		resets[draw(walk, ARRAY_SIZE(resets))](&walk->function);
}

static const char *take_step(struct walk *walk)
{
	static const struct {
		const char *name;
		void (*run)(struct walk *walk);
		uint32_t weight;
	} kinds[] = {
		{ "write_bar", write_bar, 40 },
		{ "write_window", write_window, 30 },
		{ "write_capabilities", write_capabilities, 12 },
		{ "write_with_memory_off", write_with_memory_off, 6 },
		{ "negotiate", negotiate, 8 },
		{ "reset", reset, 4 },
	};
	uint32_t drawn = draw(walk, 100);
	unsigned int i = 0;

	for (; drawn >= kinds[i].weight; i++)
		drawn -= kinds[i].weight;
	kinds[i].run(walk);
	return kinds[i].name;
}

/* The function may say that it needs a reset between one look and the next. */
static void forget_needs_reset(uint8_t *all)
{
	all[VIRTIO_PCI_COMMON_STATUS] &= ~NEEDS_RESET;
}

/* Natural fields through the BAR against one read of all, splits, and the window. */
static void expect_doors_agree(struct __test_metadata *const _metadata, struct walk *walk)
{
	struct function *f = &walk->function;
	uint8_t all[FIELDS], part[FIELDS];
	uint32_t offset, size;
	uint64_t value, mask;

	ASSERT_EQ(0, vfio_user_read(&f->vfio, walk->bar, walk->common, all, sizeof(all)));
	forget_needs_reset(all);
	for (offset = 0; offset < FIELDS; offset += widths[offset]) {
		mask = offset == VIRTIO_PCI_COMMON_STATUS ? ~NEEDS_RESET : ~0;
		value = get(_metadata, f, offset, widths[offset]) & mask;
		ASSERT_EQ(0, memcmp(all + offset, &value, widths[offset])) {
			TH_LOG("field 0x%x", offset);
		}
		/* Some of the fields, or it takes too long. */
		if (offset != VIRTIO_PCI_COMMON_STATUS && offset != VIRTIO_PCI_COMMON_DF &&
		    offset != VIRTIO_PCI_COMMON_Q_ENABLE && draw(walk, 6))
			continue;
		ASSERT_EQ(0, virtio_user_window_read(&f->virtio, walk->bar,
						     walk->common + offset, widths[offset],
						     &value));
		value &= mask;
		ASSERT_EQ(0, memcmp(all + offset, &value, widths[offset])) {
			TH_LOG("field 0x%x through the window", offset);
		}
	}
	offset = draw(walk, FIELDS);
	size = 1 + draw(walk, FIELDS - offset);
	memcpy(part, all, sizeof(all));
	ASSERT_EQ(0, vfio_user_read(&f->vfio, walk->bar, walk->common + offset, part + offset,
				    size));
	forget_needs_reset(part);
	ASSERT_EQ(0, memcmp(all, part, sizeof(all)));
}

static void expect_sound(struct __test_metadata *const _metadata, struct walk *walk)
{
	struct function *f = &walk->function;
	int status = witness_status(&walk->witness);
	int queues = witness_queues(&walk->witness);
	uint64_t select, acked;
	bool live = status & DRIVER_OK || queues;

	ASSERT_LE(0, status);
	ASSERT_LE(0, queues);
	ASSERT_EQ(status & ~NEEDS_RESET,
		  get(_metadata, f, VIRTIO_PCI_COMMON_STATUS, 1) & ~NEEDS_RESET);

	/* The features are the hardware's: this function offers bit 33. */
	select = get(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4);
	ASSERT_EQ(select < 2 ? (uint32_t)(walk->offered >> (32 * select)) : 0,
		  get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4));

	if (walk->withhold) {
		ASSERT_FALSE(live);
		ASSERT_EQ(0, status & FEATURES_OK);
		ASSERT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2));
	} else if (live) {
		walk->live++;
		ASSERT_EQ(FEATURES_OK, status & FEATURES_OK);
		ASSERT_EQ(0, witness_driver_features(&walk->witness, &acked));
		ASSERT_EQ(ACCESS_PLATFORM, acked & ACCESS_PLATFORM);
	}
}

TEST_F_TIMEOUT(adversary, gets_nowhere, 120)
{
	unsigned int steps = number("ADVERSARY_STEPS", 300);
	struct walk *walk = &self->walk;

	for (walk->step = 0; walk->step < steps; walk->step++) {
		walk->name = take_step(walk);
		expect_doors_agree(_metadata, walk);
		expect_sound(_metadata, walk);
	}
	/* Or it would show nothing. */
	if (!walk->withhold)
		EXPECT_LT(0, walk->live);
}

TEST_HARNESS_MAIN
