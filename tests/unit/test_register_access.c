// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every read and write of every offset and size of the common configuration, from
 * every stage of a negotiation, against the naive register file: afterwards all
 * that the user reads, all that the function has, and all counters are the same.
 */
#include "register_model.h"
#include "unit.h"

static const struct model_kind kinds[] = {
	{ .offers = true, .refuses_unacked = true },
	{ .offers = true, .ring_reset = true },
	{ .offers = false, .ring_reset = true },
};

/* Both sides of the comparison, which take each write together. */
struct pair {
	struct register_user user;
	struct register_model model;
};

static void pair_copy(struct pair *to, const struct pair *from)
{
	user_copy(&to->user, &from->user);
	to->model = from->model;
}

static void pair_write(struct pair *pair, u64 offset, const u8 *bytes, unsigned int count)
{
	write_and_compare(&pair->user, &pair->model, offset, bytes, count);
	read_and_compare(&pair->user, &pair->model, 0, NULL, COMMON_CFG_END + 8);
}

static void pair_put(struct pair *pair, unsigned int offset, unsigned int width, u32 value)
{
	put_and_compare(&pair->user, &pair->model, offset, width, value);
}

static void pair_accept(struct pair *pair, u32 word1)
{
	pair_put(pair, DRIVER_FEATURE_SELECT, 4, 0);
	pair_put(pair, DRIVER_FEATURE, 4, 0x20000000);
	pair_put(pair, DRIVER_FEATURE_SELECT, 4, 1);
	pair_put(pair, DRIVER_FEATURE, 4, word1);
}

/* How far the negotiation has come when the write arrives. */
enum stage {
	NEW, UNACKED, ACKED, REJECTED, AGREED, ENABLED, LIVE, LIVE_WITH_RING_RESET, FAILING,
	NEEDY, ALL_BITS, STAGES,
};

static void pair_open(struct pair *pair, const struct model_kind *kind,
		      enum virtio_fixup_view view, u64 length, enum stage stage)
{
	u32 word1 = stage == UNACKED ? VERSION_1 : VERSION_1 | ACCESS_PLATFORM;
	u8 agreed = ACKNOWLEDGE | DRIVER | FEATURES_OK;

	user_open(&pair->user, kind, view, length);
	register_model_open(&pair->model, &pair->user, view, length);
	if (stage == NEW)
		return;
	if (stage == LIVE_WITH_RING_RESET || stage == ALL_BITS)
		word1 |= RING_RESET & pair->model.device_feature[1];
	if (stage == REJECTED)
		word1 |= 0x80000000;	/* bit 63, which nobody offers */
	pair_put(pair, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER);
	pair_accept(pair, word1);
	pair_put(pair, DEVICE_FEATURE_SELECT, 4, 1);
	pair_put(pair, QUEUE_SELECT, 2, 1);
	pair_put(pair, QUEUE_DESC, 4, 0x01020304);
	if (stage < REJECTED)
		return;
	if (stage == ALL_BITS) {	/* reads like a function that is not there */
		pair_put(pair, DEVICE_STATUS, 1, 0xff);
		CHECK(pair->model.agreed && pair->model.status == 0xff);
		return;
	}
	pair_put(pair, DEVICE_STATUS, 1, agreed);
	CHECK_EQ(pair->model.agreed, stage != REJECTED);
	if (stage >= ENABLED)
		pair_put(pair, QUEUE_ENABLE, 2, 1);
	if (stage >= LIVE)
		pair_put(pair, DEVICE_STATUS, 1, agreed | DRIVER_OK);
	if (stage == FAILING)
		pair_put(pair, DEVICE_STATUS, 1, agreed | DRIVER_OK | FAILED);
	if (stage == NEEDY) {	/* the function's own doing */
		pair->user.model.status |= NEEDS_RESET;
		pair->model.status |= NEEDS_RESET;
	}
}

/* What is written: nothing, everything, lots, and what a driver in a hurry would. */
enum content { ZEROES, ONES, LOTS, HURRIED, HURRIED_UNACKED, SMALL, CONTENTS };

static void fill(u8 bytes[COMMON_CFG_END], enum content content, struct unit_random *random)
{
	unsigned int i;

	for (i = 0; i < COMMON_CFG_END; i++)
		bytes[i] = content == ONES ? 0xff : content == SMALL ? 1 :
			   content == LOTS ? (u8)unit_next(random) : 0;
	if (content != HURRIED && content != HURRIED_UNACKED)
		return;
	bytes[DEVICE_FEATURE_SELECT] = 1;
	bytes[DRIVER_FEATURE_SELECT] = 1;
	bytes[DRIVER_FEATURE] = content == HURRIED ? VERSION_1 | ACCESS_PLATFORM : VERSION_1;
	bytes[DEVICE_STATUS] = ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK;
	bytes[QUEUE_ENABLE] = 1;
}

static struct pair opened, pair;

/* A live function with something in every register. */
static void open_filled(const struct model_kind *kind, enum virtio_fixup_view view, u64 length)
{
	unsigned int i;

	pair_open(&pair, kind, view, length, LIVE);
	for (i = 0; i < MODEL_REGISTERS; i++)
		if (registers[i].access == PLAIN && registers[i].offset != QUEUE_SELECT)
			pair_put(&pair, registers[i].offset, registers[i].width,
				 0x01020304 * (i + 1));
}

TEST(every_read_of_every_size_agrees_with_the_naive_register_file)
{
	static const u64 lengths[] = { 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 0x1000,
				       0x10000003800 };
	unsigned int kind, view, i, offset, count;

	for (kind = 0; kind < COUNT(kinds); kind++) {
		for (view = VIRTIO_FIXUP_VIEW_PLATFORM; view < VIRTIO_FIXUP_VIEWS; view++) {
			for (i = 0; i < COUNT(lengths); i++) {
				open_filled(&kinds[kind], view, lengths[i]);
				for (offset = 0; offset < COMMON_CFG_END + 8; offset++)
					for (count = 0; offset + count <= COMMON_CFG_END + 8; count++)
						read_and_compare(&pair.user, &pair.model, offset,
								 NULL, count);
			}
		}
	}
}

TEST(far_beyond_the_structure_reads_are_zero_and_writes_are_dropped)
{
	static const u64 far[] = { 0x40, 0x1000, 0xffffffff, 0x100000000, 0x100000014,
				   0xfffffffffffffff8 };
	u8 bytes[8] = { 0 };
	unsigned int i, writes;

	open_filled(&kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, 0x1000);
	writes = pair.user.model.writes;
	for (i = 0; i < COUNT(far); i++) {
		read_and_compare(&pair.user, &pair.model, far[i], NULL, 8);
		write_and_compare(&pair.user, &pair.model, far[i], bytes, 8);
	}
	CHECK_EQ(pair.user.model.writes, writes);
	CHECK_EQ(user_refusals(&pair.user), 0);
}

TEST(a_register_passes_through_in_its_own_width)
{
	unsigned int i, value;

	for (i = 0; i < MODEL_REGISTERS; i++) {
		user_open(&pair.user, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
		if (registers[i].access < PLAIN)
			continue;
		value = 0x0a0b0c0d & (registers[i].width == 2 ? 0xffffu : ~0u);
		pair.user.model.writes = 0;
		user_write(&pair.user, registers[i].offset, registers[i].width, value);
		CHECK_EQ(pair.user.model.writes, registers[i].access == PLAIN);
		if (registers[i].access == PLAIN)
			CHECK_EQ(model_peek(&pair.user.model, registers[i].offset,
					    registers[i].width), value);
		CHECK_EQ(user_refusals(&pair.user), 0);
	}
}

TEST(a_write_of_nothing_is_nothing)
{
	u8 byte = 1;

	open_filled(&kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
	pair.user.model.writes = 0;
	write_and_compare(&pair.user, &pair.model, DEVICE_STATUS, &byte, 0);
	CHECK_EQ(pair.user.model.writes, 0);
	CHECK_EQ(user_refusals(&pair.user), 0);
}

/* One big write sets selectors, features and status in the order of their offsets. */
TEST(a_big_write_takes_effect_field_by_field_in_order)
{
	u8 bytes[DEVICE_STATUS + 1] = { 0 };

	pair_open(&pair, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END, NEW);
	bytes[DRIVER_FEATURE_SELECT] = 1;
	bytes[DRIVER_FEATURE] = VERSION_1 | ACCESS_PLATFORM;
	bytes[DEVICE_STATUS] = ACKNOWLEDGE | DRIVER | FEATURES_OK;
	write_and_compare(&pair.user, &pair.model, 0, bytes, sizeof(bytes));
	CHECK_EQ(pair.user.model.status, ACKNOWLEDGE | DRIVER | FEATURES_OK);
	CHECK(model_acked(&pair.user.model));
}

static void check_every_write(struct unit_random *random)
{
	u8 all[COMMON_CFG_END + 16] = { 0 };
	unsigned int content, offset, count;

	for (content = 0; content < CONTENTS; content++) {
		for (offset = 0; offset < COMMON_CFG_END + 8; offset++) {
			for (count = 1; count <= 8; count++) {
				fill(all, content, random);
				pair_copy(&pair, &opened);
				pair_write(&pair, offset, all + offset, count);
			}
		}
		for (count = 1; count <= sizeof(all); count++) {
			fill(all, content, random);
			pair_copy(&pair, &opened);
			pair_write(&pair, 0, all, count);
			pair_write(&pair, sizeof(all) - count, all + sizeof(all) - count, count);
		}
	}
}

typedef void (*check_fn)(struct unit_random *random);

static void for_every_stage(u64 length, struct unit_random *random, check_fn check)
{
	unsigned int kind, view, stage;

	for (kind = 0; kind < COUNT(kinds); kind++) {
		for (view = VIRTIO_FIXUP_VIEW_PLATFORM; view < VIRTIO_FIXUP_VIEWS; view++) {
			for (stage = NEW; stage < STAGES; stage++) {
				pair_open(&opened, &kinds[kind], view, length, stage);
				check(random);
			}
		}
	}
}

TEST(every_write_of_every_size_at_every_stage_agrees_with_the_naive_register_file)
{
	struct unit_random random = unit_seed();

	for_every_stage(COMMON_CFG_END, &random, check_every_write);
}

/* The shortest there is, and one whose end cuts a field. */
TEST(a_short_structure_takes_no_write_beyond_its_end)
{
	static const unsigned int lengths[] = { VFX_COMMON_MIN, 59, 60 };
	struct unit_random random = unit_seed();
	unsigned int i;
	u8 bytes[16];

	for (i = 0; i < COUNT(lengths); i++) {
		unsigned int offset, count;

		for (offset = 0x30; offset < COMMON_CFG_END; offset++) {
			for (count = 1; count <= sizeof(bytes); count++) {
				memset(bytes, (int)unit_next(&random), sizeof(bytes));
				pair_open(&pair, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM,
					  lengths[i], AGREED);
				pair_write(&pair, offset, bytes, count);
			}
		}
	}
}

/* One write after the other, each likely to mean something. */
static void check_a_walk(struct unit_random *random)
{
	static const u8 likely[] = { DEVICE_FEATURE_SELECT, DRIVER_FEATURE_SELECT, DRIVER_FEATURE,
				     DEVICE_STATUS, QUEUE_SELECT, QUEUE_ENABLE };
	u8 all[COMMON_CFG_END + 16] = { 0 };
	unsigned int i;

	pair_copy(&pair, &opened);
	for (i = 0; i < 400; i++) {
		unsigned int offset = likely[unit_below(random, COUNT(likely))];
		unsigned int count = 1u << unit_below(random, 4);

		fill(all, unit_below(random, CONTENTS), random);
		if (!unit_below(random, 4))
			offset = (unsigned int)unit_below(random, COMMON_CFG_END);
		if (!unit_below(random, 8))
			count = 1 + (unsigned int)unit_below(random, COMMON_CFG_END);
		if (offset == DEVICE_STATUS && count == 1)
			all[offset] = (u8)unit_below(random, 16);
		if (offset + count > sizeof(all))
			count = (unsigned int)sizeof(all) - offset;
		pair_write(&pair, offset, all + offset, count);
	}
}

TEST(walks_of_writes_agree_with_the_naive_register_file)
{
	struct unit_random random = unit_seed();
	unsigned int i;

	for (i = 0; i < 8; i++)
		for_every_stage(COMMON_CFG_END, &random, check_a_walk);
}
