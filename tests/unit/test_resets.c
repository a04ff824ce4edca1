// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register file in front of a function that loses its state, is about to, or
 * is no longer there: what is remembered is never believed without the hardware's
 * status.
 */
#include "device_model.h"
#include "unit.h"

#define PLATFORM	VIRTIO_FIXUP_VIEW_PLATFORM
#define PHYSICAL	VIRTIO_FIXUP_VIEW_PHYSICAL

#define AGREED		(ACKNOWLEDGE | DRIVER | FEATURES_OK)
#define LIVE		(AGREED | DRIVER_OK)
#define ACK		(VERSION_1 | ACCESS_PLATFORM)
#define NO_ACK		VERSION_1

/* Reads at the end of a write that sets DRIVER_OK: the status, and the mark. */
#define LOOKS_BEHIND_DRIVER_OK	2

static const struct model_kind truthful = { .offers = true, .refuses_unacked = true };
static const struct model_kind lenient = { .offers = true };
static const struct model_kind hiding = { .offers = true, .hides_selectors = true };

static struct register_user user;

static void open_function(const struct model_kind *kind, enum virtio_fixup_view view)
{
	user_open(&user, kind, view, COMMON_CFG_END);
}

/* From elsewhere, with the two announcements that a host's reset has. */
static void announced_reset(void)
{
	user.model.generation++;
	model_reset(&user.model);
	user.model.generation++;
}

TEST(after_an_announced_reset_the_users_registers_are_gone)
{
	open_function(&truthful, PLATFORM);
	user_write(&user, DEVICE_FEATURE_SELECT, 4, 1);
	user_go_live(&user, ACK);
	announced_reset();
	CHECK_EQ(user_read(&user, DEVICE_FEATURE_SELECT, 4), 0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE_SELECT, 4), 0);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0);
}

TEST(after_an_announced_reset_an_old_ack_does_not_count)
{
	open_function(&lenient, PLATFORM);
	user_accept(&user, 1, ACK);
	announced_reset();
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_FEATURES_OK], 1);
}

TEST(after_an_announced_reset_that_did_nothing_no_old_agreement_counts)
{
	open_function(&truthful, PLATFORM);
	user_negotiate(&user, ACK);
	user.model.generation += 2;
	user_write(&user, QUEUE_ENABLE, 2, 1);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, AGREED);
	CHECK_EQ(user.model.queue_enable[0], 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_DRIVER_OK], 1);
}

TEST(while_a_reset_is_announced_nothing_is_written)
{
	open_function(&truthful, PLATFORM);
	user_negotiate(&user, ACK);
	user.model.generation++;
	user.model.writes = 0;
	user_write(&user, QUEUE_ENABLE, 2, 1);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	user_write(&user, DEVICE_STATUS, 1, 0);
	CHECK_EQ(user.model.writes, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 3);
	CHECK_EQ(user_refusals(&user), 3);
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), AGREED);
	CHECK_EQ(user_read(&user, NUM_QUEUES, 2), 0);
}

TEST(a_file_opened_while_a_reset_is_announced_waits_for_its_end)
{
	open_function(&truthful, PLATFORM);
	user.model.generation = 1;
	user.regs.generation = 1;
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 1);
	user.model.generation = 2;
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
}

/* How many accesses to the function one write of device_status makes. */
static unsigned int accesses_of_status(const struct model_kind *kind, u32 value)
{
	unsigned int before;

	open_function(kind, PLATFORM);
	user_accept(&user, 1, ACK);
	before = user.model.reads + user.model.writes;
	user_write(&user, DEVICE_STATUS, 1, value);
	CHECK_EQ(user.model.status, value);
	return user.model.reads + user.model.writes - before;
}

/* reset_prepare comes between any two accesses of one write of the user's. */
TEST(a_reset_announced_in_the_middle_of_a_write_stops_driver_ok)
{
	unsigned int access, last = accesses_of_status(&lenient, LIVE) - 1 -
				    LOOKS_BEHIND_DRIVER_OK;

	for (access = 0; access < last; access++) {
		open_function(&lenient, PLATFORM);
		user_accept(&user, 1, ACK);
		user.model.announce_at = access;
		user_write(&user, DEVICE_STATUS, 1, LIVE);
		CHECK_IN(!(user.model.status & DRIVER_OK), "access %u", access);
	}
}

TEST(a_reset_announced_at_the_look_at_the_status_stops_queue_enable)
{
	open_function(&lenient, PLATFORM);
	user_negotiate(&user, ACK);
	user.model.announce_at = 0;
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.model.queue_enable[0], 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
}

TEST(after_a_silent_reset_nothing_goes_live)
{
	open_function(&lenient, PLATFORM);
	user_negotiate(&user, ACK);
	model_reset(&user.model);
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.model.queue_enable[0], 0);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_FEATURES_OK], 1);
}

TEST(after_a_silent_reset_an_old_ack_does_not_count)
{
	open_function(&lenient, PLATFORM);
	user_go_live(&user, ACK);
	model_reset(&user.model);
	user_write(&user, DEVICE_STATUS, 1, AGREED);
	CHECK_EQ(user.model.status, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_FEATURES_OK], 1);
}

TEST(a_silent_reset_is_noticed_when_the_user_looks)
{
	open_function(&lenient, PLATFORM);
	user_go_live(&user, ACK);
	model_reset(&user.model);
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), 0);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0);
}

/* The status was written, but never read, before the function reset itself. */
TEST(a_silent_reset_right_after_the_first_status_write_is_noticed)
{
	open_function(&lenient, PLATFORM);
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER);
	model_reset(&user.model);
	user_write(&user, DEVICE_STATUS, 1, AGREED);
	CHECK_EQ(user.model.status, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_FEATURES_OK], 1);
}

TEST(features_written_before_the_first_status_are_kept)
{
	open_function(&truthful, PLATFORM);
	user_accept(&user, 1, ACK);
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), 0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), ACK);
	user_write(&user, DEVICE_STATUS, 1, AGREED);
	CHECK_EQ(user.model.status, AGREED);
}

/*
 * All short sequences of status and queue_enable writes, with the function
 * resetting itself before each access there is. Where a function's selectors
 * cannot be read, the model excuses a reset between our features and our
 * FEATURES_OK: no register could tell of it.
 */
static const struct { unsigned int offset, width; u32 value; } hostile_writes[] = {
	{ DEVICE_STATUS, 1, AGREED },
	{ DEVICE_STATUS, 1, LIVE },
	{ DEVICE_STATUS, 1, FEATURES_OK },
	{ DEVICE_STATUS, 1, AGREED | FAILED },
	{ DEVICE_STATUS, 1, LIVE | FAILED },
	{ DEVICE_STATUS, 1, FEATURES_OK | DRIVER },
	{ QUEUE_ENABLE, 2, 1 },
	{ DRIVER_FEATURE, 4, NO_ACK },
	{ DRIVER_FEATURE, 4, ACK },
	{ DEVICE_STATUS, 1, 0 },
};

#define MAX_ACCESSES 40

static void try_with_reset_at(const struct register_user *start, const unsigned int *choice,
			      unsigned int count, unsigned int reset_at, u8 noise)
{
	struct register_user u;
	unsigned int i;

	user_copy(&u, start);
	u.model.tolerant = true;
	u.model.reset_at = reset_at;
	u.model.status |= u.model.status ? noise : 0;
	for (i = 0; i < count; i++)
		user_write(&u, hostile_writes[choice[i]].offset,
			   hostile_writes[choice[i]].width, hostile_writes[choice[i]].value);
}

static void try_every_sequence(const struct register_user *start, unsigned int length,
			       u8 noise)
{
	unsigned int choice[8] = { 0 }, i, access;

	do {
		for (access = 0; access < MAX_ACCESSES / 2; access++)
			try_with_reset_at(start, choice, length, access, noise);
		for (i = 0; i < length && ++choice[i] == COUNT(hostile_writes); i++)
			choice[i] = 0;
	} while (i < length);
}

static void one_reset_anywhere(const struct model_kind *kind, enum virtio_fixup_view view)
{
	open_function(kind, view);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	try_every_sequence(&user, 4, 0);
	user_negotiate(&user, ACK | (kind->ring_reset ? RING_RESET : 0));
	try_every_sequence(&user, 4, 0);
	try_every_sequence(&user, 3, NEEDS_RESET);
	user_write(&user, QUEUE_ENABLE, 2, 1);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	try_every_sequence(&user, 4, 0);
	try_every_sequence(&user, 3, NEEDS_RESET);
}

TEST(one_reset_of_its_own_at_any_access_never_lets_it_go_live_unacked)
{
	one_reset_anywhere(&lenient, PLATFORM);
	one_reset_anywhere(&lenient, PHYSICAL);
}

/* It takes FEATURES_OK, without features, out of the DRIVER_OK that slips past. */
TEST(nor_one_that_takes_half_of_the_write_behind_its_reset)
{
	const struct model_kind half = { .offers = true, .one_at_a_time = true };
	const struct model_kind hiding_half = {
		.offers = true, .one_at_a_time = true, .hides_selectors = true,
	};

	one_reset_anywhere(&half, PLATFORM);
	one_reset_anywhere(&half, PHYSICAL);
	one_reset_anywhere(&hiding_half, PLATFORM);
}

/* DRIVER_OK slips past, and a queue may be enabled behind it: the mark tells. */
TEST(nor_one_with_ring_reset_where_its_selectors_can_be_read)
{
	const struct model_kind ring_reset = { .offers = true, .ring_reset = true };

	one_reset_anywhere(&ring_reset, PLATFORM);
	one_reset_anywhere(&ring_reset, PHYSICAL);
}

TEST(where_no_register_tells_of_it_one_reset_gets_past_at_one_access_only)
{
	const struct model_kind keeping = { .offers = true, .keeps_selectors = true };

	one_reset_anywhere(&hiding, PLATFORM);
	one_reset_anywhere(&hiding, PHYSICAL);
	one_reset_anywhere(&keeping, PLATFORM);
}

TEST(a_function_whose_selectors_cannot_be_read_is_negotiated_with_as_any_other)
{
	open_function(&hiding, PLATFORM);
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
	CHECK_EQ(user_refusals(&user), 0);
}

/* Opened again by the next owner: the selector has the last one's value. */
TEST(a_function_whose_selectors_outlive_a_reset_is_negotiated_with_as_any_other)
{
	const struct model_kind keeping = { .offers = true, .keeps_selectors = true };

	open_function(&keeping, PLATFORM);
	user_go_live(&user, ACK);
	model_reset(&user.model);
	vfx_registers_init(&user.regs, &user.model.hw, COMMON_CFG_END,
			   user.model.device_feature, PLATFORM);
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
	CHECK_EQ(user_refusals(&user), 0);
}

/* Whatever becomes of DRIVER_OK but that it is kept. RING_RESET would let a queue in. */
static void check_not_agreed(const char *what)
{
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_IN(user.model.queue_enable[0] == 0, "%s", what);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
}

TEST(a_driver_ok_that_is_not_kept_ends_the_agreement)
{
	const struct model_kind kind = { .offers = true, .ring_reset = true };
	unsigned int access;

	/* After the look at the status: the write, and the looks behind it. */
	for (access = 1; access <= 1 + LOOKS_BEHIND_DRIVER_OK; access++) {
		open_function(&kind, PLATFORM);
		user_negotiate(&user, ACK | RING_RESET);
		user.model.leave_at = access;
		user_write(&user, DEVICE_STATUS, 1, LIVE);
		CHECK(user.model.gone);
		user.model.gone = false;	/* and back again */
		check_not_agreed("all ones");
	}
	open_function(&kind, PLATFORM);
	user_negotiate(&user, ACK | RING_RESET);
	user.model.kind.refuses_driver_ok = true;
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), AGREED);
	check_not_agreed("refused");
	user.model.kind.refuses_driver_ok = false;
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, AGREED);
	user_write(&user, DEVICE_STATUS, 1, 0);
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
}

TEST(features_ok_that_the_function_took_back_does_not_count)
{
	open_function(&lenient, PLATFORM);
	user_negotiate(&user, ACK);
	user.model.status = ACKNOWLEDGE | DRIVER;
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.model.queue_enable[0], 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
}

/* The function took FEATURES_OK back, and is gone while it agrees anew. */
TEST(a_function_that_is_gone_while_it_agrees_anew_leaves_no_old_agreement)
{
	unsigned int access, count = accesses_of_status(&lenient, AGREED);

	for (access = 1; access < count; access++) {
		open_function(&lenient, PLATFORM);
		user_negotiate(&user, ACK);
		user.model.status = ACKNOWLEDGE | DRIVER;
		user.model.leave_at = access;
		user_write(&user, DEVICE_STATUS, 1, AGREED);
		user.model.gone = false;		/* and back again */
		user.model.status |= FEATURES_OK;	/* it makes it up */
		user_write(&user, QUEUE_ENABLE, 2, 1);
		CHECK_IN(user.model.queue_enable[0] == 0, "access %u", access);
	}
}

TEST(a_function_that_is_gone_reads_all_ones_and_is_given_nothing)
{
	open_function(&truthful, PLATFORM);
	user_negotiate(&user, ACK);
	user.model.gone = true;
	user.model.writes = 0;
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), 0xff);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.model.writes, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
	/* It may come back: that it reads all ones was no agreement. */
	user.model.gone = false;
	model_reset(&user.model);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, 0);
}

/* All ones have FEATURES_OK, and DRIVER_OK, too, where RING_RESET lets a queue be enabled. */
TEST(a_status_of_all_ones_enables_no_queue)
{
	struct model_kind kind = lenient;

	kind.ring_reset = true;
	user_open(&user, &kind, VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
	user_go_live(&user, VERSION_1 | ACCESS_PLATFORM | RING_RESET);
	CHECK(model_live(&user.model));
	user.model.gone = true;
	user.model.writes = 0;
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.model.writes, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
}

static void check_gone_while_it_agrees(const struct model_kind *kind)
{
	unsigned int access, count = accesses_of_status(kind, AGREED);

	for (access = 0; access < count; access++) {
		open_function(kind, PLATFORM);
		user_accept(&user, 1, ACK);
		user.model.leave_at = access;
		user_write(&user, DEVICE_STATUS, 1, AGREED);
		CHECK(user.model.gone);
		user.model.gone = false;	/* and back again */
		user_write(&user, QUEUE_ENABLE, 2, 1);
		CHECK_EQ(user.model.queue_enable[0], 0);
		user_write(&user, DEVICE_STATUS, 1, AGREED | FAILED | DRIVER_OK);
		CHECK(!model_live(&user.model));
	}
}

TEST(a_function_that_is_gone_while_it_agrees_did_not_agree)
{
	check_gone_while_it_agrees(&lenient);
	check_gone_while_it_agrees(&hiding);
}

TEST(features_ok_alone_does_not_make_a_status_that_was_seen)
{
	open_function(&truthful, PLATFORM);
	user_accept(&user, 0, 1);		/* not offered */
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, FEATURES_OK);
	CHECK_EQ(user.model.status, 0);		/* rejected, but no reset */
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), ACK);
}

/* A function that needs a reset may have forgotten all: this write is no exception. */
TEST(clearing_needs_reset_ends_the_agreement)
{
	open_function(&lenient, PLATFORM);
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, FEATURES_OK);
	user.model.status |= NEEDS_RESET;
	user_write(&user, DEVICE_STATUS, 1, FEATURES_OK);
	CHECK_EQ(user.model.status, FEATURES_OK);
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.model.queue_enable[0], 0);
}
