// SPDX-License-Identifier: GPL-2.0-only
/*
 * A whole measurement of the device of canary_device.h: which runs are made, and
 * what they say together; and functions that a driver of little patience, or of
 * few wishes, would never see go live.
 */
#include "canary_device.h"
#include "unit.h"

#define N	VFX_OUTCOME_NOT_RUN
#define S	VFX_OUTCOME_SILENT
#define R	VFX_OUTCOME_REJECTED
#define T	VFX_OUTCOME_TRANSLATED
#define B	VFX_OUTCOME_BYPASS

static struct vfx_seen expect(struct device *d, enum vfx_outcome unacked,
			      enum vfx_outcome acked, enum vfx_outcome forced)
{
	struct vfx_seen seen = { 0 };

	CHECK_EQ(device_measure(d, &seen), 0);
	CHECK_IN(seen.outcome[VFX_RUN_UNACKED] == unacked, "type %u: unacked %s", d->type,
		 vfx_outcome_word(seen.outcome[VFX_RUN_UNACKED]));
	CHECK_IN(seen.outcome[VFX_RUN_ACKED] == acked, "type %u: acked %s", d->type,
		 vfx_outcome_word(seen.outcome[VFX_RUN_ACKED]));
	CHECK_IN(seen.outcome[VFX_RUN_FORCED] == forced, "type %u: forced %s", d->type,
		 vfx_outcome_word(seen.outcome[VFX_RUN_FORCED]));
	CHECK_EQ(d->status, 0);
	device_finish(d);
	return seen;
}

/* As QEMU's: translated whatever is done to it, and FEATURES_OK needs the ack. */
static struct device truthful(u16 type)
{
	struct device d = device_make(type, TRANSLATED, TRANSLATED);

	d.refuses_unacked = true;
	d.checks_features = true;
	return d;
}

TEST(a_truthful_function_is_translated_by_force_too)
{
	static const u16 types[] = { 1, 2, 4, 8, 16 };

	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device d = truthful(types[t]);

		expect(&d, R, T, T);
	}
}

TEST(a_function_that_bypasses_only_under_force_is_found_out)
{
	struct device d = truthful(2);

	d.unacked = BYPASS;
	expect(&d, R, T, B);
}

TEST(each_way_to_force_it_finds_what_the_others_do_not)
{
	/* Nothing but the version is asked for: only the way without it goes round. */
	struct device no_version = truthful(2), pressed = truthful(2), withdrawn = truthful(2);
	enum vfx_outcome outcome;

	no_version.unacked = BYPASS;
	CHECK_EQ(device_run(&no_version, VFX_WAY_NO_VERSION_1, &outcome), 0);
	CHECK_EQ(outcome, B);
	device_finish(&no_version);

	pressed.unacked = BYPASS;
	CHECK_EQ(device_run(&pressed, VFX_WAY_UNACKED, &outcome), 0);
	CHECK_EQ(outcome, R);
	CHECK_EQ(device_run(&pressed, VFX_WAY_PRESSED, &outcome), 0);
	CHECK_EQ(outcome, B);
	device_finish(&pressed);

	withdrawn.unacked = BYPASS;
	CHECK_EQ(device_run(&withdrawn, VFX_WAY_WITHDRAWN, &outcome), 0);
	CHECK_EQ(outcome, T);
	withdrawn.unseats = true;
	CHECK_EQ(device_run(&withdrawn, VFX_WAY_WITHDRAWN, &outcome), 0);
	CHECK_EQ(outcome, B);
	device_finish(&withdrawn);
}

TEST(what_can_be_admitted_only_with_the_ack_is_not_forced)
{
	struct device conditional = device_make(2, BYPASS, TRANSLATED);
	struct device bypassing = device_make(2, BYPASS, BYPASS);
	struct device mute = device_make(4, TRANSLATED, TRANSLATED);

	expect(&conditional, B, T, N);
	expect(&bypassing, B, B, N);
	mute.mute = true;
	expect(&mute, S, S, N);
}

TEST(a_function_that_hides_the_bit_is_forced_too)
{
	struct device d = device_make(2, TRANSLATED, NOWHERE);

	expect(&d, T, N, T);
}

TEST(a_rate_limited_function_does_not_pass_for_one_that_cannot_be_forced)
{
	struct device d = truthful(4);

	/* The acked run has its one answer, and the forced ones get nothing. */
	d.no_event_idx = true;
	d.unacked = BYPASS;
	d.answers = 1;
	expect(&d, R, T, N);
}

TEST(silence_under_force_counts_where_a_good_driver_is_still_answered)
{
	struct device d = truthful(4);

	d.unacked = NOWHERE;
	expect(&d, R, T, S);
}

TEST(a_bypass_in_the_last_look_counts_for_the_run_that_it_was)
{
	struct device d = truthful(4);

	d.unacked = NOWHERE;
	d.no_event_idx = true;
	d.turns_after = 2;	/* an empty ring and a request, in the acked run */
	/* WITHDRAWN is acked again, and still is when it goes live. */
	expect(&d, R, T, B);

	d = truthful(4);
	d.unacked = NOWHERE;
	d.unseats = true;
	d.no_event_idx = true;
	d.turns_after = 2;
	expect(&d, R, B, N);
}

TEST(an_ack_from_before_does_not_speak_for_the_unacked_run)
{
	struct device d = device_make(2, BYPASS, TRANSLATED);

	/* virtio-pci had it, and acked; the function never forgets but at PCI's reset. */
	d.sticky = true;
	d.was_acked = true;
	d.has_function_reset = true;
	CHECK(!expect(&d, B, T, N).settled);
	CHECK_EQ(d.function_resets, 1);
}

TEST(where_nothing_takes_an_ack_back_it_counts_as_it_is)
{
	struct device d = device_make(2, BYPASS, TRANSLATED);
	struct vfx_seen seen = { 0 };

	d.sticky = true;
	d.was_acked = true;
	CHECK_EQ(device_measure(&d, &seen), 0);
	CHECK_EQ(seen.outcome[VFX_RUN_UNACKED], T);
	CHECK(!seen.settled);
	device_finish(&d);
}

TEST(that_acks_do_not_stick_is_learned_once)
{
	struct device d = device_make(2, TRANSLATED, TRANSLATED);
	struct vfx_seen seen = { 0 };

	d.has_function_reset = true;
	CHECK_EQ(device_measure(&d, &seen), 0);
	CHECK(seen.settled);
	CHECK_EQ(d.function_resets, 1);
	CHECK_EQ(device_measure(&d, &seen), 0);
	CHECK_EQ(d.function_resets, 1);
	device_finish(&d);
}

TEST(hardware_that_needs_a_feature_it_may_insist_on_is_measured)
{
	/* VIRTIO_F_ORDER_PLATFORM (36) and VIRTIO_F_SR_IOV (37), virtio 1.3, 6.1. */
	for (unsigned int bit = 4; bit <= 5; bit++) {
		struct device d = device_make(2, BYPASS, TRANSLATED);

		d.feature[1] |= 1u << bit;
		d.needs[1] = 1u << bit;
		expect(&d, B, T, N);
	}
}

TEST(hardware_that_needs_more_features_is_measured)
{
	struct device d = device_make(2, BYPASS, TRANSLATED);

	d.feature[0] |= 1u << 9 | 1u << 28;
	d.feature[1] |= 1u << 3;
	d.needs[0] = 1u << 9 | 1u << 28;
	d.needs[1] = 1u << 3;		/* VIRTIO_F_IN_ORDER */
	expect(&d, B, T, N);
}

TEST(hardware_that_needs_larger_queues_or_all_of_them_is_measured)
{
	struct device large = device_make(1, BYPASS, TRANSLATED);
	struct device all = device_make(1, BYPASS, TRANSLATED);

	large.needs_entries = 128;
	expect(&large, B, T, N);
	all.needs_all_queues = true;
	expect(&all, B, T, N);
	/* A receive queue was enabled for it, and nothing was posted there. */
	CHECK(all.ring[0][1] != 0);
}

TEST(what_changes_rings_or_notifications_is_never_accepted)
{
	static const unsigned int bits[] = { 2, 6, 7, 8, 9 };	/* of word 1 */

	for (unsigned int i = 0; i < COUNT(bits); i++) {
		struct device d = device_make(2, BYPASS, TRANSLATED);

		d.feature[1] |= 1u << bits[i];
		d.needs[1] = 1u << bits[i];
		expect(&d, R, R, N);
	}
}

TEST(multiqueue_of_net_is_never_accepted)
{
	struct device d = device_make(1, BYPASS, TRANSLATED);

	/* With it the control queue would be another one, and this a receive queue. */
	d.feature[0] |= 1u << 22;
	d.needs[0] = 1u << 22;
	expect(&d, R, R, N);
}

TEST(a_type_that_must_answer_and_does_not_is_mute)
{
	static const struct { u16 type; bool mute; } cases[] = {
		{ 1, false }, { 2, true }, { 4, false }, { 8, true }, { 16, true },
	};

	for (unsigned int i = 0; i < COUNT(cases); i++) {
		struct device d = device_make(cases[i].type, BYPASS, TRANSLATED);

		d.mute = true;
		CHECK_EQ(expect(&d, S, S, N).mute, cases[i].mute);
		d = device_make(cases[i].type, BYPASS, TRANSLATED);
		CHECK(!expect(&d, B, T, N).mute);
	}
}

TEST(what_was_not_asked_is_not_mute)
{
	struct device d = device_make(2, BYPASS, TRANSLATED);

	d.max_entries = VFX_QUEUE_MAX * 2;	/* its queue is not used */
	CHECK(!expect(&d, S, S, N).mute);
}

TEST(a_type_without_a_recipe_is_driven_live_and_asked_nothing)
{
	static const u16 types[] = { 3, 9, 18, 19, 20, 26, 41 };

	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device lenient = device_make(types[t], BYPASS, BYPASS);
		struct device insists = device_make(types[t], BYPASS, BYPASS);
		struct device hides = device_make(types[t], BYPASS, NOWHERE);

		CHECK(!expect(&lenient, S, S, N).mute);
		CHECK_EQ(lenient.kicks, 0);
		CHECK_EQ(lenient.times_live, 2);
		insists.refuses_unacked = true;
		CHECK(!expect(&insists, R, S, N).mute);
		CHECK_EQ(insists.kicks, 0);
		CHECK_EQ(insists.times_live, 1);
		expect(&hides, S, N, N);
		CHECK_EQ(hides.times_live, 1);
	}
}

TEST(a_type_without_a_recipe_may_want_all_of_its_queues)
{
	struct device d = device_make(3, BYPASS, BYPASS);

	d.needs_all_queues = true;
	expect(&d, S, S, N);
	CHECK_EQ(d.times_live, 2);
	CHECK_EQ(d.kicks, 0);
	/* One that looks at its rings as soon as it is live finds nothing there. */
	d = device_make(3, BYPASS, BYPASS);
	d.needs_all_queues = true;
	d.looks_when_live = true;
	expect(&d, B, B, N);
	CHECK_EQ(d.kicks, 0);
}

TEST(a_type_without_a_recipe_that_never_goes_live_is_rejected)
{
	struct device d = device_make(3, BYPASS, BYPASS);

	d.refuses_live = 0x40;	/* NEEDS_RESET */
	expect(&d, R, R, N);
	CHECK_EQ(d.times_live, 0);
}

TEST(no_run_is_begun_without_time_for_it)
{
	/* Unacked, acked, and three by force. */
	for (unsigned int runs = 1; runs <= 5; runs++) {
		struct device d = truthful(2);
		struct vfx_seen seen = { 0 };

		d.has_time_for = runs;
		CHECK_EQ(device_measure(&d, &seen), runs < 5 ? -ETIME : 0);
		CHECK_EQ(seen.outcome[VFX_RUN_FORCED], runs < 5 ? N : T);
		/* And then it does nothing. */
		CHECK_EQ(d.status, 0);
		device_finish(&d);
	}
}

TEST(no_second_look_is_begun_without_time_for_it)
{
	struct device translated = device_make(2, TRANSLATED, TRANSLATED);
	struct device silent = truthful(4);
	struct vfx_seen seen = { 0 };

	/* The unacked run once more, behind a reset of the function. */
	translated.has_function_reset = true;
	translated.has_time_for = 1;
	CHECK_EQ(device_measure(&translated, &seen), -ETIME);
	CHECK_EQ(translated.function_resets, 1);
	CHECK(!seen.settled);
	device_finish(&translated);

	/* The acked run once more, behind three forced ones. */
	silent.unacked = NOWHERE;
	silent.has_time_for = 5;
	CHECK_EQ(device_measure(&silent, &seen), -ETIME);
	CHECK_EQ(seen.outcome[VFX_RUN_FORCED], N);
	device_finish(&silent);
}

TEST(a_reset_that_does_not_end_ends_the_measurement)
{
	struct device d = truthful(2);
	struct vfx_seen seen = { 0 };

	d.reset_takes = ~0u;
	CHECK_EQ(device_measure(&d, &seen), -ETIMEDOUT);
	CHECK_EQ(seen.outcome[VFX_RUN_UNACKED], N);
	CHECK_EQ(seen.outcome[VFX_RUN_FORCED], N);
	device_finish(&d);
}
