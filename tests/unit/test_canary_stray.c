// SPDX-License-Identifier: GPL-2.0-only
/*
 * The canary against a device that writes beside its rings, that disappears in
 * the middle, or that cannot be told of a request.
 */
#include "canary_device.h"
#include "unit.h"

#define NET	1
#define RNG	4

/* Before the rings, among them, and behind: the middle of a block and its ends. */
static const unsigned int places[] = {
	0, VFX_BLOCK_SIZE / 2 - 1, VFX_BLOCK_SIZE / 2 + 0x3fff,
	VFX_BLOCK_SIZE - 0x6000, VFX_BLOCK_SIZE - 1,
};

static const enum vfx_outcome outcomes[] = {
	[NOWHERE] = VFX_OUTCOME_SILENT,
	[TRANSLATED] = VFX_OUTCOME_TRANSLATED,
	[BYPASS] = VFX_OUTCOME_BYPASS,
	[BOTH] = VFX_OUTCOME_BYPASS,
};

/* A device that answers nothing, but for one byte where nobody wants it. */
TEST(one_stray_byte_anywhere_in_a_block_is_seen)
{
	unsigned int i, to;

	for (i = 0; i < COUNT(places); i++) {
		for (to = NOWHERE; to <= BOTH; to++) {
			struct device d = device_make(RNG, NOWHERE, NOWHERE);

			d.strays = to;
			d.strays_to = places[i];
			device_expect(&d, outcomes[to], VFX_OUTCOME_NOT_RUN);
		}
	}
}

/* The answer is where it should be, and one byte is not: the worse of the two. */
TEST(a_stray_byte_that_bypasses_outweighs_a_translated_answer)
{
	unsigned int i;

	for (i = 0; i < COUNT(places); i++) {
		struct device d = device_make(RNG, TRANSLATED, TRANSLATED);

		d.strays = BYPASS;
		d.strays_to = places[i];
		device_expect(&d, VFX_OUTCOME_BYPASS, VFX_OUTCOME_BYPASS);
	}
}

/* What one run left beside the rings must not be taken for the next one's. */
TEST(a_stray_byte_does_not_spoil_the_next_run)
{
	unsigned int i;

	for (i = 0; i < COUNT(places); i++) {
		struct device d = device_make(RNG, TRANSLATED, NOWHERE);
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
	struct device d = device_make(NET, BYPASS, TRANSLATED);
	enum vfx_outcome seen;

	d.leaves = true;
	CHECK_EQ(device_run(&d, VFX_WAY_UNACKED, &seen), -ENODEV);
	CHECK_EQ(seen, VFX_OUTCOME_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
	device_finish(&d);
}

TEST(a_device_that_cannot_be_told_of_a_request_is_silent)
{
	static const u16 types[] = { NET, RNG };
	unsigned int i;

	for (i = 0; i < COUNT(types); i++) {
		struct device d = device_make(types[i], BYPASS, BYPASS);

		d.no_notify = true;
		device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_SILENT);
		CHECK(d.kicks > 0);
		CHECK_EQ(d.waited_us, 0);
	}
}

TEST(a_queue_that_loses_its_size_is_not_used)
{
	struct device d = device_make(RNG, BYPASS, NOWHERE);

	d.loses_queue_size = true;
	device_expect(&d, VFX_OUTCOME_SILENT, VFX_OUTCOME_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
}
