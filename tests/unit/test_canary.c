// SPDX-License-Identifier: GPL-2.0-only
/*
 * The canary against a device that does its own DMA, see canary_device.h: every
 * way it can go, and every way a device can misbehave meanwhile. Some devices write
 * beside their rings, some disappear, some cannot be told of a request.
 */
#include "canary_device.h"
#include "unit.h"

static const u16 types[] = {
	VIRTIO_ID_NET, VIRTIO_ID_BLOCK, VIRTIO_ID_RNG, VIRTIO_ID_SCSI, VIRTIO_ID_GPU,
};

static const enum vfx_outcome outcomes[] = {
	[NOWHERE] = VFX_OUTCOME_SILENT,
	[TRANSLATED] = VFX_OUTCOME_TRANSLATED,
	[BYPASS] = VFX_OUTCOME_BYPASS,
	[BOTH] = VFX_OUTCOME_BYPASS,
};

TEST(every_combination_of_where_it_writes_is_seen_for_every_recipe)
{
	for (unsigned int t = 0; t < COUNT(types); t++)
		for (enum where unacked = NOWHERE; unacked <= BOTH; unacked++)
			for (enum where acked = NOWHERE; acked <= BOTH; acked++) {
				struct device d = device_make(types[t], unacked, acked);

				device_expect(&d, outcomes[unacked], outcomes[acked]);
			}
}

TEST(a_request_is_enough_where_avail_event_is_not_written)
{
	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device d = device_make(types[t], BYPASS, TRANSLATED);

		d.no_event_idx = true;
		device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
	}
}

TEST(an_empty_ring_is_enough_where_avail_event_is_written)
{
	struct device d = device_make(VIRTIO_ID_BLOCK, BYPASS, TRANSLATED);

	d.event_idx_only = true;
	device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
}

TEST(without_event_idx_only_requests_are_made)
{
	struct device d = device_make(VIRTIO_ID_BLOCK, TRANSLATED, NOWHERE);

	d.feature[0] = 0;
	device_expect(&d, VFX_OUTCOME_TRANSLATED, VFX_OUTCOME_NOT_RUN);
}

TEST(a_device_that_answers_nothing_is_silent_within_a_bound)
{
	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device d = device_make(types[t], BYPASS, BYPASS);

		d.mute = true;
		device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_SILENT);
		CHECK_IN(d.waited_us < 150000, "%u us", d.waited_us);
	}
}

TEST(an_answer_as_late_as_the_reset_is_seen)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, TRANSLATED);

	d.late = true;
	device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
}

TEST(one_queue_that_answers_is_enough)
{
	/* net: transmission and control; scsi: control and requests */
	static const struct { u16 type, mute; } cases[] = {
		{ VIRTIO_ID_NET, 1 }, { VIRTIO_ID_NET, 2 },
		{ VIRTIO_ID_SCSI, 0 }, { VIRTIO_ID_SCSI, 2 },
	};

	for (unsigned int i = 0; i < COUNT(cases); i++) {
		struct device d = device_make(cases[i].type, BYPASS, TRANSLATED);

		d.mute_queue = cases[i].mute;
		device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
	}
}

TEST(a_device_that_ignores_the_queue_size_writes_to_our_blocks_only)
{
	for (unsigned int entries = 8; entries <= VFX_QUEUE_MAX; entries *= 2) {
		struct device d = device_make(VIRTIO_ID_NET, BOTH, BOTH);

		d.own_queue_size = true;
		d.max_entries = entries;
		device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_BYPASS);
	}
}

TEST(a_queue_that_could_reach_beyond_the_block_is_not_used)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, BYPASS);

	d.own_queue_size = true;
	d.max_entries = VFX_QUEUE_MAX * 2;
	device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_SILENT);
}

TEST(a_device_that_keeps_its_queue_size_is_taken_at_its_word)
{
	static const struct { u16 entries; bool fits; } cases[] = {
		{ 1, false /* for a request of two parts */ }, { 2, true }, { 64, true },
		{ 256, true }, { 512, false }, { 0, false }, { 100, false },
	};

	for (unsigned int i = 0; i < COUNT(cases); i++) {
		struct device d = device_make(VIRTIO_ID_BLOCK, TRANSLATED, NOWHERE);

		d.fixed_queue_size = true;
		d.max_entries = cases[i].entries;
		d.no_event_idx = true;
		device_expect(&d, cases[i].fits ? VFX_OUTCOME_TRANSLATED : VFX_OUTCOME_SILENT,
		       VFX_OUTCOME_NOT_RUN);
	}
}

TEST(a_queue_that_is_not_there_is_not_asked)
{
	struct device d = device_make(VIRTIO_ID_NET, BYPASS, NOWHERE);

	d.queues = 1;
	device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
}

TEST(a_control_queue_needs_its_feature)
{
	struct device d = device_make(VIRTIO_ID_NET, BYPASS, NOWHERE);

	d.feature[0] &= ~(1u << 17);
	d.mute_queue = 1;
	device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_NOT_RUN);
}

TEST(a_refused_negotiation_is_a_rejection)
{
	struct device d = device_make(VIRTIO_ID_BLOCK, BYPASS, TRANSLATED);

	d.refuses_unacked = true;
	device_expect(&d, VFX_OUTCOME_REJECTED, VFX_OUTCOME_TRANSLATED);
}

TEST(a_refused_driver_ok_is_a_rejection)
{
	static const u32 refusals[] = { 0x40 /* NEEDS_RESET */, 0x80 /* FAILED */ };

	for (unsigned int i = 0; i < COUNT(refusals); i++) {
		struct device d = device_make(VIRTIO_ID_BLOCK, BYPASS, BYPASS);

		d.refuses_live = refusals[i];
		device_expect(&d, VFX_OUTCOME_REJECTED, VFX_OUTCOME_REJECTED);
		CHECK_EQ(d.kicks, 0);
	}
}

TEST(a_device_that_resets_itself_is_a_rejection)
{
	struct device d = device_make(VIRTIO_ID_BLOCK, BYPASS, BYPASS);

	d.resets_itself = true;
	device_expect(&d, VFX_OUTCOME_REJECTED, VFX_OUTCOME_REJECTED);
}

TEST(unacked_first_so_that_a_sticky_ack_spoils_nothing)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, TRANSLATED);

	d.sticky = true;
	device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
}

TEST(a_slow_reset_is_waited_for)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, TRANSLATED);

	d.reset_takes = 20;
	device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
}

TEST(a_reset_that_never_finishes_is_an_error)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, TRANSLATED);
	enum vfx_outcome seen;

	d.reset_takes = ~0u;
	CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), -ETIMEDOUT);
	CHECK_EQ(seen, VFX_OUTCOME_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
	device_finish(&d);
	CHECK(d.waited_us >= 1000000 && d.waited_us < 2000000);
}

TEST(a_bypass_is_seen_of_a_device_that_does_not_reset_any_more)
{
	static const enum where where[] = { NOWHERE, TRANSLATED, BYPASS, BOTH };

	for (unsigned int i = 0; i < COUNT(where); i++) {
		struct device d = device_make(VIRTIO_ID_RNG, where[i], NOWHERE);
		enum vfx_outcome seen;

		d.sticks = true;
		CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), -ETIMEDOUT);
		CHECK_EQ(seen, i < 2 ? VFX_OUTCOME_NOT_RUN : VFX_OUTCOME_BYPASS);
		device_finish(&d);
	}
}

TEST(a_device_that_is_gone_is_an_error)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, TRANSLATED);
	enum vfx_outcome seen;

	d.gone = true;
	CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), -ENODEV);
	CHECK_EQ(seen, VFX_OUTCOME_NOT_RUN);
	device_finish(&d);
}

TEST(only_the_types_with_a_recipe_have_one)
{
	for (unsigned int type = 0; type < 70; type++) {
		bool wanted = false;

		for (unsigned int t = 0; t < COUNT(types); t++)
			wanted |= types[t] == type;
		CHECK_IN(vfx_has_recipe((u16)type) == wanted, "type %u", type);
	}
}

TEST(nothing_is_posted_on_a_receive_queue)
{
	struct device d = device_make(VIRTIO_ID_NET, BYPASS, TRANSLATED);
	enum vfx_outcome seen;

	CHECK_EQ(device_run(&d, VFX_WAY_ACKED, &seen), 0);
	CHECK_EQ(d.ring[0][0], 0);
	device_finish(&d);
}

/* Before the rings, among them, and behind: the middle of a block and its ends. */
static const unsigned int places[] = {
	0, VFX_BLOCK_SIZE / 2 - 1, VFX_BLOCK_SIZE / 2 + 0x3fff,
	VFX_BLOCK_SIZE - 0x6000, VFX_BLOCK_SIZE - 1,
};

/* A device that answers nothing, but for one byte where nobody wants it. */
TEST(one_stray_byte_anywhere_in_a_block_is_seen)
{
	for (unsigned int i = 0; i < COUNT(places); i++) {
		for (enum where to = NOWHERE; to <= BOTH; to++) {
			struct device d = device_make(VIRTIO_ID_RNG, NOWHERE, NOWHERE);

			d.strays = to;
			d.strays_to = places[i];
			device_expect(&d, outcomes[to], VFX_OUTCOME_NOT_RUN);
		}
	}
}

/* The answer is where it should be, and one byte is not: the worse of the two. */
TEST(a_stray_byte_that_bypasses_outweighs_a_translated_answer)
{
	for (unsigned int i = 0; i < COUNT(places); i++) {
		struct device d = device_make(VIRTIO_ID_RNG, TRANSLATED, TRANSLATED);

		d.strays = BYPASS;
		d.strays_to = places[i];
		device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_BYPASS);
	}
}

/* What one run left beside the rings must not be taken for the next one's. */
TEST(a_stray_byte_does_not_spoil_the_next_run)
{
	for (unsigned int i = 0; i < COUNT(places); i++) {
		struct device d = device_make(VIRTIO_ID_RNG, TRANSLATED, NOWHERE);
		enum vfx_outcome seen;

		d.strays = BYPASS;
		d.strays_to = places[i];
		CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), 0);
		CHECK_EQ(seen, VFX_OUTCOME_BYPASS);
		d.strays = NOWHERE;
		CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), 0);
		CHECK_EQ(seen, VFX_OUTCOME_TRANSLATED);
		device_finish(&d);
	}
}

TEST(a_device_that_leaves_at_features_ok_has_not_accepted_them)
{
	struct device d = device_make(VIRTIO_ID_NET, BYPASS, TRANSLATED);
	enum vfx_outcome seen;

	d.leaves = true;
	CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), -ENODEV);
	CHECK_EQ(seen, VFX_OUTCOME_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
	device_finish(&d);
}

TEST(a_device_that_cannot_be_told_of_a_request_is_silent)
{
	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device d = device_make(types[t], BYPASS, BYPASS);

		d.no_notify = true;
		device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_SILENT);
		CHECK(d.kicks > 0);
		CHECK_EQ(d.waited_us, 0);
	}
}

TEST(a_queue_that_loses_its_size_is_not_used)
{
	struct device d = device_make(VIRTIO_ID_RNG, BYPASS, NOWHERE);

	d.loses_queue_size = true;
	device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
}
