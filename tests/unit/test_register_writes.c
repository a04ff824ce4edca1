// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every write of every offset and size to the common configuration, from every
 * stage of a negotiation, against the naive register file: afterwards all that
 * the user reads, all that the function has, and all counters are the same.
 */
#include "naive_register_file.h"
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
	struct device_model *d = &pair->user.model;
	u32 acked = pair->model.driver_feature[1];

	register_model_write(&pair->model, offset, bytes, count);
	/* What the device's witness is told of the user: before, or by this write. */
	d->user_acked = (acked | pair->model.driver_feature[1]) & ACCESS_PLATFORM;
	vfx_registers_write(&pair->user.regs, offset, bytes, count);
	CHECK_IN(!d->broken, "%s", d->broken);
	register_model_compare(&pair->model, &pair->user);
}

static void pair_put(struct pair *pair, unsigned int offset, unsigned int width, u32 value)
{
	u8 bytes[4];

	vfx_put(bytes, value, width);
	pair_write(pair, offset, bytes, width);
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
