// SPDX-License-Identifier: GPL-2.0-only
/*
 * The merge of evidence: the whole table, written down once more, and what a
 * rate-limited function or a busy machine could make of it.
 */
#include "evidence.h"
#include "unit.h"

#define N	VFX_OUTCOME_NOT_RUN
#define S	VFX_OUTCOME_SILENT
#define R	VFX_OUTCOME_REJECTED
#define T	VFX_OUTCOME_TRANSLATED
#define B	VFX_OUTCOME_BYPASS

/* [known][seen]; in the order of the enumeration. */
static const enum vfx_outcome table[VFX_OUTCOMES][VFX_OUTCOMES] = {
	/* seen:  N  S  R  T  B */
	[N] =	{ N, S, R, T, B },
	[S] =	{ S, S, R, T, B },
	[R] =	{ R, R, R, T, B },
	[T] =	{ T, T, R, T, B },
	[B] =	{ B, B, B, B, B },
};

TEST(two_outcomes_merge_by_the_table)
{
	unsigned int known, seen;

	for (known = 0; known < VFX_OUTCOMES; known++)
		for (seen = 0; seen < VFX_OUTCOMES; seen++)
			CHECK_IN(vfx_merge_outcome(known, seen) == table[known][seen],
				 "%u then %u", known, seen);
}

TEST(a_value_that_is_no_outcome_counts_as_no_run)
{
	unsigned int other;

	for (other = 0; other < VFX_OUTCOMES; other++) {
		CHECK_EQ(vfx_merge_outcome(other, 77), other);
		CHECK_EQ(vfx_merge_outcome(77, other), other);
	}
}

static struct vfx_evidence after(const enum vfx_outcome (*seen)[VFX_RUNS], unsigned int nr)
{
	struct vfx_evidence e = { 0 };
	unsigned int i;

	for (i = 0; i < nr; i++) {
		struct vfx_seen s = { .mute = true, .settled = true };

		memcpy(s.outcome, seen[i], sizeof(s.outcome));
		vfx_evidence_add(&e, &s, 100 + i);
	}
	return e;
}

TEST(a_bypass_is_not_forgotten_for_silence)
{
	static const enum vfx_outcome seen[][VFX_RUNS] = { { B, N, N }, { S, S, S }, { T, T, T } };
	struct vfx_evidence e = after(seen, 3);

	CHECK_EQ(e.known[VFX_RUN_UNACKED], B);
	CHECK_EQ(e.last[VFX_RUN_UNACKED], T);
	CHECK_EQ(e.time[VFX_RUN_UNACKED], 100);
	CHECK_EQ(e.known[VFX_RUN_ACKED], T);
	CHECK_EQ(e.time[VFX_RUN_ACKED], 102);
}

TEST(silence_keeps_what_was_known_and_its_time)
{
	static const enum vfx_outcome seen[][VFX_RUNS] = { { R, T, T }, { S, S, S }, { N, N, N } };
	struct vfx_evidence e = after(seen, 3);

	CHECK_EQ(e.known[VFX_RUN_UNACKED], R);
	CHECK_EQ(e.known[VFX_RUN_ACKED], T);
	CHECK_EQ(e.last[VFX_RUN_ACKED], N);
	CHECK_EQ(e.time[VFX_RUN_ACKED], 100);
}

TEST(what_is_seen_again_is_as_new_as_the_last_time)
{
	static const enum vfx_outcome seen[][VFX_RUNS] = { { R, T, N }, { R, T, N } };
	struct vfx_evidence e = after(seen, 2);

	CHECK_EQ(e.time[VFX_RUN_UNACKED], 101);
	CHECK_EQ(e.time[VFX_RUN_ACKED], 101);
	CHECK_EQ(e.time[VFX_RUN_FORCED], 0);
}

TEST(another_offer_voids_all_but_a_bypass)
{
	static const enum vfx_outcome seen[][VFX_RUNS] = { { B, T, R } };
	struct vfx_evidence e = after(seen, 1);

	CHECK(e.mute && e.settled);
	vfx_evidence_void(&e);
	CHECK(!e.mute && !e.settled);
	CHECK_EQ(e.known[VFX_RUN_UNACKED], B);
	CHECK_EQ(e.time[VFX_RUN_UNACKED], 100);
	CHECK_EQ(e.last[VFX_RUN_UNACKED], N);
	CHECK_EQ(e.known[VFX_RUN_ACKED], N);
	CHECK_EQ(e.time[VFX_RUN_ACKED], 0);
	CHECK_EQ(e.known[VFX_RUN_FORCED], N);
}

TEST(what_it_offered_before_is_remembered_over_a_bind_that_could_not_ask)
{
	static const enum vfx_outcome seen[][VFX_RUNS] = { { R, T, R } };
	struct vfx_evidence e = after(seen, 1);

	CHECK(!vfx_evidence_offer(&e, true));
	CHECK(!vfx_evidence_offer(&e, true));
	CHECK_EQ(e.known[VFX_RUN_ACKED], T);
	/* Whatever came between the two questions, another reset or another bind. */
	CHECK(vfx_evidence_offer(&e, false));
	CHECK_EQ(e.known[VFX_RUN_UNACKED], N);
	CHECK_EQ(e.known[VFX_RUN_ACKED], N);
	CHECK(!e.settled);
	CHECK(!vfx_evidence_offer(&e, false));
	vfx_evidence_void(&e);
	CHECK(vfx_evidence_offer(&e, true));
}

TEST(what_it_offered_outlasts_a_measurement_that_failed)
{
	static const struct vfx_seen nothing = { 0 };
	struct vfx_evidence e = { 0 };

	/* The first answer is none that has changed, also where that is "no". */
	CHECK(!vfx_evidence_offer(&e, false));
	vfx_evidence_failed(&e, &nothing, VFX_OBSTACLE_UNSTOPPABLE, 300);
	CHECK(vfx_evidence_offer(&e, true));
	vfx_evidence_failed(&e, &nothing, VFX_OBSTACLE_RESETTING, 301);
	CHECK(vfx_evidence_offer(&e, false));
}

TEST(of_a_measurement_that_came_to_nothing_a_bypass_counts_alone)
{
	static const enum vfx_outcome before[][VFX_RUNS] = { { R, T, T } };
	static const struct vfx_seen seen = { .outcome = { B, T, S } };
	enum vfx_obstacle obstacle;

	for (obstacle = VFX_OBSTACLE_VFS; obstacle < VFX_OBSTACLES; obstacle++) {
		struct vfx_evidence e = after(before, 1);
		bool failed = vfx_obstacle_is_failure(obstacle);

		vfx_evidence_failed(&e, &seen, obstacle, 200);
		CHECK_EQ(e.known[VFX_RUN_UNACKED], B);
		CHECK_EQ(e.time[VFX_RUN_UNACKED], 200);
		CHECK_EQ(e.known[VFX_RUN_ACKED], failed ? N : T);
		CHECK_EQ(e.time[VFX_RUN_ACKED], failed ? 0 : 100);
		CHECK_EQ(e.last[VFX_RUN_ACKED], N);
		CHECK_EQ(e.known[VFX_RUN_FORCED], failed ? N : T);
		CHECK_EQ(e.mute, !failed);
		CHECK_EQ(e.settled, !failed);
	}
}

TEST(no_failed_measurement_takes_a_bypass_back)
{
	static const enum vfx_outcome before[][VFX_RUNS] = { { B, B, T } };
	static const struct vfx_seen nothing;
	enum vfx_obstacle obstacle;

	for (obstacle = VFX_OBSTACLE_NONE; obstacle < VFX_OBSTACLES; obstacle++) {
		struct vfx_evidence e = after(before, 1);

		vfx_evidence_failed(&e, &nothing, obstacle, 200);
		CHECK_EQ(e.known[VFX_RUN_UNACKED], B);
		CHECK_EQ(e.known[VFX_RUN_ACKED], B);
		CHECK_EQ(e.time[VFX_RUN_ACKED], 100);
	}
}

static bool is_due(const struct vfx_evidence *e, bool offered, enum vfx_obstacle obstacle)
{
	struct vfx_facts facts = { .offered = offered };

	vfx_facts_from(&facts, e, obstacle);
	CHECK_EQ(facts.mute, e->mute);
	CHECK_EQ(facts.unacked, e->known[VFX_RUN_UNACKED]);
	CHECK_EQ(facts.acked, e->known[VFX_RUN_ACKED]);
	CHECK_EQ(facts.forced, e->known[VFX_RUN_FORCED]);
	return facts.pending;
}

TEST(a_measurement_is_due_where_nothing_was_seen_and_the_obstacle_can_go)
{
	struct vfx_evidence none = { 0 }, unacked = { 0 }, acked = { 0 }, silent = { 0 };

	unacked.known[VFX_RUN_UNACKED] = T;
	acked.known[VFX_RUN_ACKED] = T;
	acked.known[VFX_RUN_FORCED] = S;
	silent.known[VFX_RUN_ACKED] = S;
	silent.mute = true;
	CHECK(is_due(&none, true, VFX_OBSTACLE_GROUP_IN_USE));
	CHECK(is_due(&none, false, VFX_OBSTACLE_NO_MEMORY));
	CHECK(is_due(&unacked, true, VFX_OBSTACLE_NO_MEMORY));
	CHECK(!is_due(&unacked, false, VFX_OBSTACLE_NO_MEMORY));
	CHECK(!is_due(&acked, true, VFX_OBSTACLE_NO_MEMORY));
	CHECK(!is_due(&silent, true, VFX_OBSTACLE_NO_MEMORY));
	CHECK(!is_due(&none, true, VFX_OBSTACLE_NONE));
	CHECK(!is_due(&none, true, VFX_OBSTACLE_ENCRYPTED));
}

TEST(an_obstacle_passes_or_stays)
{
	/* In the order of the enumeration. */
	static const bool passes[VFX_OBSTACLES] = {
		[VFX_OBSTACLE_VFS] = true,
		[VFX_OBSTACLE_GROUP_IN_USE] = true,
		[VFX_OBSTACLE_SIBLING_UNBOUND] = true,
		[VFX_OBSTACLE_REGISTERS] = true,
		[VFX_OBSTACLE_NO_MEMORY] = true,
		[VFX_OBSTACLE_RESET_MEANWHILE] = true,
		[VFX_OBSTACLE_OFFER_CHANGED] = true,
		[VFX_OBSTACLE_RESETTING] = true,
		[VFX_OBSTACLE_CLEARED] = true,
		[VFX_OBSTACLE_ANOTHER_MEASURED] = true,
		[VFX_OBSTACLE_TAKES_LONG] = true,
	};
	unsigned int i;

	for (i = 0; i < VFX_OBSTACLES + 3; i++)
		CHECK_IN(vfx_obstacle_passes(i) == (i < VFX_OBSTACLES && passes[i]), "%u", i);
}

TEST(only_types_that_write_nowhere_without_a_request_are_driven_live)
{
	/* balloon (both), iommu, mem and pmem; and numbers that the specification gives to none */
	static const u16 protocol[] = { 5, 13, 23, 24, 27 }, unknown[] = { 0, 14, 15, 37 };
	unsigned int i, type;

	for (type = 0; type < 70; type++) {
		enum vfx_obstacle wanted = type > 45 ? VFX_OBSTACLE_UNKNOWN_TYPE :
					   VFX_OBSTACLE_NONE;

		for (i = 0; i < COUNT(protocol); i++)
			if (type == protocol[i])
				wanted = VFX_OBSTACLE_PROTOCOL;
		for (i = 0; i < COUNT(unknown); i++)
			if (type == unknown[i])
				wanted = VFX_OBSTACLE_UNKNOWN_TYPE;
		CHECK_IN(vfx_obstacle_of_type((u16)type) == wanted, "type %u", type);
	}
}

TEST(every_obstacle_has_a_phrase_of_its_own)
{
	unsigned int i, j;

	CHECK_EQ(strlen(vfx_obstacle_text(VFX_OBSTACLE_NONE)), 0);
	for (i = 1; i < VFX_OBSTACLES; i++) {
		CHECK_IN(strlen(vfx_obstacle_text(i)) > 5, "%u", i);
		for (j = 0; j < i; j++)
			CHECK(strcmp(vfx_obstacle_text(i), vfx_obstacle_text(j)));
	}
	CHECK(!strcmp(vfx_obstacle_text(VFX_OBSTACLES), "?"));
}
