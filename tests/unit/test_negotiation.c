// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a user writes, in whatever order: all short sequences of writes, and
 * long random ones, on functions of every kind, under every view. After every
 * write the witness in the model is asked, and what the write did is compared
 * with the rules, written down here once more.
 */
#include "register_user.h"
#include "unit.h"

#define AGREED		(ACKNOWLEDGE | DRIVER | FEATURES_OK)
#define LIVE		(AGREED | DRIVER_OK)
#define ACK		(VERSION_1 | ACCESS_PLATFORM)
#define NO_ACK		VERSION_1

static const struct model_kind kinds[] = {
	{ .offers = true, .refuses_unacked = true },
	{ .offers = true, .refuses_unacked = false, .sticky_acks = true },
	{ .offers = true, .refuses_unacked = true, .ring_reset = true, .reset_reads = 2 },
	{ .offers = false },
	{ .offers = false, .sticky_acks = true, .reset_reads = 3 },
};

/* What a careful reader of the specification expects of the user's registers. */
struct expectation {
	u32 device_feature_select, driver_feature_select;
	u32 driver_feature[2];
	bool agreed;
	bool resetting;
	u64 refusals;
};

static void expect_reset(struct expectation *e)
{
	u64 refusals = e->refusals;

	memset(e, 0, sizeof(*e));
	e->refusals = refusals;
}

/* Would the function take FEATURES_OK, given what it must be told? */
static bool function_accepts(const struct register_user *u, const struct expectation *e)
{
	const struct device_model *m = &u->model;
	u32 word[2] = {
		e->driver_feature[0],
		(e->driver_feature[1] & ~(ACCESS_PLATFORM | ADMIN_VQ)) |
			(m->kind.offers ? ACCESS_PLATFORM : 0),
	};
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (m->kind.sticky_acks)
			word[i] |= m->ever_acked[i];
		if (word[i] & ~m->device_feature[i])
			return false;
	}
	return true;
}

/* Fills @status with what the function's is to be. Returns whether it is a refusal. */
static bool expect_status_write(const struct register_user *u, struct expectation *e,
				u32 value, u32 *status)
{
	u32 before;

	if (*status == value)
		return false;
	if (*status & ~value & ~NEEDS_RESET)
		return true;
	if (value & ~*status & FEATURES_OK) {
		if (u->model.user_must_ack && !(e->driver_feature[1] & ACCESS_PLATFORM))
			return true;
		e->agreed = function_accepts(u, e);
		before = *status;
		*status = value & ~(DRIVER_OK | (e->agreed ? 0 : FEATURES_OK));
		if (before && !*status)
			expect_reset(e);	/* what a status of 0 again means */
		if (!(value & DRIVER_OK))
			return false;
	}
	if (value & DRIVER_OK && !(e->agreed && *status & FEATURES_OK))
		return true;
	/* What is neither FEATURES_OK nor DRIVER_OK, such as FAILED, ends it. */
	if (value & FEATURES_OK && !(value & ~*status & DRIVER_OK))
		e->agreed = false;
	*status = value;
	return false;
}

static bool expect_queue_enable(const struct register_user *u, const struct expectation *e,
				u32 value)
{
	bool again = u->model.kind.ring_reset && (e->driver_feature[1] & RING_RESET);

	return value && (!e->agreed || !(u->model.status & FEATURES_OK) ||
			 (u->model.status & DRIVER_OK && !again));
}

/* Write, and compare what came of it. */
static void write_and_compare(struct register_user *u, struct expectation *e,
			      u64 offset, unsigned int width, u32 value)
{
	u32 status = u->model.status;
	unsigned int writes = u->model.writes;
	bool refused = false, pending;

	/* The write begins with a look at the status, and the last look still sees it. */
	pending = e->resetting && u->model.reset_left;
	e->resetting = pending;
	if (pending) {
		refused = true;
		status = u->model.reset_left == 1 ? 0 : u->model.status;
	} else if (offset == DEVICE_STATUS && value == 0) {
		expect_reset(e);
		e->resetting = true;
		status = status && u->model.kind.reset_reads ? status : 0;
	} else if (offset == DEVICE_STATUS) {
		refused = expect_status_write(u, e, value, &status);
	} else if (offset == QUEUE_ENABLE) {
		refused = expect_queue_enable(u, e, value);
	} else if (offset == DEVICE_FEATURE_SELECT) {
		e->device_feature_select = value;
	} else if (offset == DRIVER_FEATURE_SELECT) {
		e->driver_feature_select = value;
	} else if (offset == DRIVER_FEATURE && e->driver_feature_select < 2) {
		refused = status & FEATURES_OK;
		if (!refused)
			e->driver_feature[e->driver_feature_select] = value;
	}
	e->refusals += refused;

	user_write(u, offset, width, value);
	CHECK_IN(user_refusals(u) == e->refusals, 
		 "0x%x at 0x%x, status then 0x%x: %u, not %u", value, (unsigned int)offset,
		 u->model.status, (unsigned int)user_refusals(u), (unsigned int)e->refusals);
	CHECK_EQ(u->model.status, status);
	if (pending)
		CHECK_EQ(u->model.writes, writes);
}

static void check_readback(struct register_user *u, const struct expectation *e)
{
	u32 select = e->driver_feature_select;

	if (e->resetting)
		return;
	CHECK_EQ(user_read(u, DEVICE_FEATURE_SELECT, 4), e->device_feature_select);
	CHECK_EQ(user_read(u, DRIVER_FEATURE_SELECT, 4), select);
	CHECK_EQ(user_read(u, DRIVER_FEATURE, 4), select < 2 ? e->driver_feature[select] : 0);
}

static const struct step { unsigned int offset, width; u32 value; } alphabet[] = {
	{ DRIVER_FEATURE_SELECT, 4, 0 },
	{ DRIVER_FEATURE_SELECT, 4, 1 },
	{ DRIVER_FEATURE, 4, ACK },
	{ DRIVER_FEATURE, 4, NO_ACK },
	{ DRIVER_FEATURE, 4, ACK | RING_RESET },
	{ DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER },
	{ DEVICE_STATUS, 1, AGREED },
	{ DEVICE_STATUS, 1, LIVE },
	{ DEVICE_STATUS, 1, AGREED | FAILED },
	{ DEVICE_STATUS, 1, 0 },
	{ QUEUE_ENABLE, 2, 1 },
};

static void every_sequence(const struct register_user *u, const struct expectation *e,
			   unsigned int length)
{
	struct register_user next;
	struct expectation expected;
	unsigned int i;

	for (i = 0; i < COUNT(alphabet); i++) {
		user_copy(&next, u);
		expected = *e;
		write_and_compare(&next, &expected, alphabet[i].offset, alphabet[i].width,
				  alphabet[i].value);
		check_readback(&next, &expected);
		if (length > 1)
			every_sequence(&next, &expected, length - 1);
	}
}

/* From the start, with features agreed on, and from a live function. */
static void every_sequence_from_every_start(const struct model_kind *kind,
					    enum virtio_fixup_view view)
{
	static const u32 negotiation[][3] = {
		{ DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER },
		{ DRIVER_FEATURE_SELECT, 4, 1 },
		{ DRIVER_FEATURE, 4, ACK },
		{ DEVICE_STATUS, 1, AGREED },
		{ QUEUE_ENABLE, 2, 1 },
		{ DEVICE_STATUS, 1, LIVE },
	};
	struct register_user u;
	struct expectation e = { 0 };
	unsigned int i;

	user_open(&u, kind, view, COMMON_CFG_END);
	every_sequence(&u, &e, 5);
	for (i = 0; i < COUNT(negotiation); i++) {
		write_and_compare(&u, &e, negotiation[i][0], negotiation[i][1], negotiation[i][2]);
		if (i == 3 || i == 5)
			every_sequence(&u, &e, 4);
	}
}

TEST(every_sequence_of_five_writes_keeps_every_rule_in_the_platform_view)
{
	unsigned int i;

	for (i = 0; i < COUNT(kinds); i++)
		every_sequence_from_every_start(&kinds[i], VIRTIO_FIXUP_VIEW_PLATFORM);
}

TEST(every_sequence_of_five_writes_keeps_every_rule_in_the_physical_view)
{
	unsigned int i;

	for (i = 0; i < COUNT(kinds); i++)
		every_sequence_from_every_start(&kinds[i], VIRTIO_FIXUP_VIEW_PHYSICAL);
}

TEST(every_sequence_of_five_writes_keeps_every_rule_in_the_bypass_view)
{
	unsigned int i;

	for (i = 0; i < COUNT(kinds); i++)
		every_sequence_from_every_start(&kinds[i], VIRTIO_FIXUP_VIEW_BYPASS);
}

static u32 random_features(struct unit_random *random)
{
	static const u32 likely[] = { ACK, NO_ACK, ACK | RING_RESET, 0, ACCESS_PLATFORM,
				      ACK | ADMIN_VQ };

	return unit_below(random, 8) ? likely[unit_below(random, COUNT(likely))] :
				       (u32)unit_next(random);
}

static u32 random_status(struct unit_random *random)
{
	static const u8 likely[] = { 0, ACKNOWLEDGE, ACKNOWLEDGE | DRIVER, AGREED, AGREED, LIVE,
				     LIVE, FEATURES_OK, LIVE | FAILED };

	return unit_below(random, 6) ? likely[unit_below(random, COUNT(likely))] :
				       (u32)unit_below(random, 0x100);
}

static struct step random_step(struct unit_random *random)
{
	switch (unit_below(random, 8)) {
	case 0:
		return (struct step){ DEVICE_FEATURE_SELECT, 4, (u32)unit_below(random, 4) };
	case 1:
		return (struct step){ DRIVER_FEATURE_SELECT, 4, (u32)unit_below(random, 3) };
	case 2:
		return (struct step){ DRIVER_FEATURE, 4, random_features(random) };
	case 3:
		return (struct step){ QUEUE_ENABLE, 2, (u32)unit_below(random, 3) };
	case 4:
		return (struct step){ QUEUE_SELECT, 2, (u32)unit_below(random, MODEL_QUEUES) };
	case 5:
		return (struct step){ QUEUE_DESC + 4 * (unsigned int)unit_below(random, 6), 4,
				      (u32)unit_next(random) };
	default:
		return (struct step){ DEVICE_STATUS, 1, random_status(random) };
	}
}

TEST(long_random_sequences_keep_every_rule)
{
	struct unit_random random = unit_seed();
	struct register_user u;
	unsigned int round, i;

	for (round = 0; round < 600; round++) {
		struct expectation e = { 0 };

		user_open(&u, &kinds[round % COUNT(kinds)],
			  1 + round / COUNT(kinds) % 3, COMMON_CFG_END);
		for (i = 0; i < 500; i++) {
			struct step step = random_step(&random);

			/* A status of all ones is what a function that is gone reads. */
			if (u.model.status == 0xff)
				step = (struct step){ DEVICE_STATUS, 1, 0 };
			write_and_compare(&u, &e, step.offset, step.width, step.value);
			check_readback(&u, &e);
		}
	}
}

/* Anything at all: offsets, sizes and bytes at random, resets from everywhere. */
TEST(random_bytes_at_random_places_keep_every_rule)
{
	struct unit_random random = unit_seed();
	struct register_user u;
	unsigned int round, i, j;
	u8 bytes[80];

	for (round = 0; round < 1000; round++) {
		user_open(&u, &kinds[round % COUNT(kinds)],
			  1 + round / COUNT(kinds) % 3, 56 + unit_below(&random, 10));
		u.model.user_must_ack = false;	/* the test does not parse what it writes */
		for (i = 0; i < 300; i++) {
			unsigned int offset = (unsigned int)unit_below(&random, 72);
			unsigned int count = (unsigned int)unit_below(&random, 2) ?
					     1 + (unsigned int)unit_below(&random, 4) :
					     (unsigned int)unit_below(&random, sizeof(bytes));

			for (j = 0; j < count; j++)
				bytes[j] = (u8)(unit_next(&random) & unit_next(&random));
			if (offset + count > DEVICE_STATUS && offset <= DEVICE_STATUS)
				bytes[DEVICE_STATUS - offset] = (u8)random_status(&random);
			CHECK_EQ(virtio_fixup_common_cfg_write(&u.cfg, offset, bytes, count), 0);
			CHECK_IN(!u.model.broken, "%s", u.model.broken);
			if (!unit_below(&random, 50))
				model_reset(&u.model);
			if (!unit_below(&random, 50))
				u.model.generation++;
			CHECK_EQ(virtio_fixup_common_cfg_read(&u.cfg, offset, bytes, count), 0);
			CHECK_IN(!u.model.broken, "%s", u.model.broken);
		}
	}
}
