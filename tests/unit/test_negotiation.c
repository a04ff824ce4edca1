// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a user writes, in whatever order: all short sequences of writes, and
 * long random ones, on functions of every kind, under every view. After every
 * write the witness in the model is asked, and what the write did is compared
 * with the rules, written down here once more.
 */
#include "register_model.h"
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

/* And what the user's own four registers read then; it would hurry a reset on. */
static void step_and_compare(struct register_user *u, struct register_model *m,
			     const struct step *step)
{
	put_and_compare(u, m, step->offset, step->width, step->value);
	if (!m->resetting)
		read_and_compare(u, m, 0, NULL, CONFIG_MSIX_VECTOR);
}

static void every_sequence(const struct register_user *u, const struct register_model *m,
			   unsigned int length)
{
	struct register_user next;
	struct register_model model;
	unsigned int i;

	for (i = 0; i < COUNT(alphabet); i++) {
		user_copy(&next, u);
		model = *m;
		step_and_compare(&next, &model, &alphabet[i]);
		if (length > 1)
			every_sequence(&next, &model, length - 1);
	}
}

/* From the start, with features agreed on, and from a live function. */
static void every_sequence_from_every_start(const struct model_kind *kind,
					    enum virtio_fixup_view view)
{
	static const struct step negotiation[] = {
		{ DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER },
		{ DRIVER_FEATURE_SELECT, 4, 1 },
		{ DRIVER_FEATURE, 4, ACK },
		{ DEVICE_STATUS, 1, AGREED },
		{ QUEUE_ENABLE, 2, 1 },
		{ DEVICE_STATUS, 1, LIVE },
	};
	struct register_user u;
	struct register_model m;
	unsigned int i;

	user_open(&u, kind, view, COMMON_CFG_END);
	register_model_open(&m, &u, view, COMMON_CFG_END);
	every_sequence(&u, &m, 5);
	for (i = 0; i < COUNT(negotiation); i++) {
		step_and_compare(&u, &m, &negotiation[i]);
		if (i == 3 || i == 5)
			every_sequence(&u, &m, 4);
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

TEST(every_sequence_of_five_writes_keeps_every_rule_in_the_raw_view)
{
	unsigned int i;

	for (i = 0; i < COUNT(kinds); i++)
		every_sequence_from_every_start(&kinds[i], VIRTIO_FIXUP_VIEW_RAW);
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
		return (struct step){ QUEUE_SELECT, 2, (u32)unit_below(random, MODEL_QUEUES + 1) };
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
		enum virtio_fixup_view view = 1 + round / COUNT(kinds) % 3;
		struct register_model m;

		user_open(&u, &kinds[round % COUNT(kinds)], view, COMMON_CFG_END);
		register_model_open(&m, &u, view, COMMON_CFG_END);
		for (i = 0; i < 500; i++) {
			struct step step = random_step(&random);

			/* A status of all ones is what a function that is gone reads. */
			if (u.model.status == 0xff)
				step = (struct step){ DEVICE_STATUS, 1, 0 };
			step_and_compare(&u, &m, &step);
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
			vfx_registers_write(&u.regs, offset, bytes, count);
			CHECK_IN(!u.model.broken, "%s", u.model.broken);
			if (!unit_below(&random, 50))
				model_reset(&u.model);
			if (!unit_below(&random, 50))
				u.model.generation++;
			vfx_registers_read(&u.regs, offset, bytes, count);
			CHECK_IN(!u.model.broken, "%s", u.model.broken);
		}
	}
}
