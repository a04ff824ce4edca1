// SPDX-License-Identifier: GPL-2.0-only
/* What a new offer and a new measurement make of what was known: all there is of it. */
#include "evidence.h"
#include "unit.h"

static const struct vfx_facts others = {
	.type = 2, .legacy_apart = true, .common_cfg = true, .iommu_group = true,
	.group_shared = true, .unstoppable = true,
};

static struct vfx_facts facts_with(bool known, bool offered, enum vfx_outcome unacked,
				   enum vfx_outcome acked)
{
	struct vfx_facts facts = others;

	facts.offered_known = known;
	facts.offered = offered;
	facts.unacked = unacked;
	facts.acked = acked;
	return facts;
}

static void check_facts(struct vfx_facts got, bool offered, enum vfx_outcome unacked,
			enum vfx_outcome acked)
{
	CHECK_EQ(got.offered, offered);
	CHECK_EQ(got.unacked, unacked);
	CHECK_EQ(got.acked, acked);
	CHECK(got.offered_known);
	/* Nothing else changes. */
	CHECK(got.type == others.type && got.legacy_apart && got.common_cfg &&
	      got.iommu_group && got.group_shared && got.unstoppable);
}

typedef void (*check_fn)(enum vfx_outcome unacked, enum vfx_outcome acked);

static void for_all_outcomes(check_fn check)
{
	unsigned int unacked, acked;

	for (unacked = 0; unacked < VFX_OUTCOMES; unacked++)
		for (acked = 0; acked < VFX_OUTCOMES; acked++)
			check(unacked, acked);
}

static void check_offer(enum vfx_outcome unacked, enum vfx_outcome acked)
{
	struct vfx_facts facts;
	unsigned int i;

	for (i = 0; i < 8; i++) {
		bool known = i & 1, before = i & 2, now = i & 4;
		bool changed = !known || before != now;

		facts = facts_with(known, before, unacked, acked);
		CHECK_EQ(vfx_take_offer(&facts, now), changed);
		check_facts(facts, now, changed ? VFX_OUTCOME_NOT_RUN : unacked,
			    changed ? VFX_OUTCOME_NOT_RUN : acked);
	}
}

TEST(an_offer_that_changes_voids_what_was_measured)
{
	for_all_outcomes(check_offer);
}

static void check_success(enum vfx_outcome unacked, enum vfx_outcome acked)
{
	struct vfx_facts facts, seen = facts_with(true, true, unacked, acked);

	facts = facts_with(true, false, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
	CHECK_EQ(vfx_take_outcomes(&facts, &seen, true, 0), VFX_EVIDENCE_NEW);
	check_facts(facts, true, unacked, acked);
	/* Without a recipe nobody asked what it offers. */
	facts = facts_with(true, false, VFX_OUTCOME_BYPASS, VFX_OUTCOME_TRANSLATED);
	CHECK_EQ(vfx_take_outcomes(&facts, &seen, false, 0), VFX_EVIDENCE_NEW);
	check_facts(facts, false, unacked, acked);
}

TEST(a_measurement_replaces_the_one_before)
{
	for_all_outcomes(check_success);
}

static void check_failure(enum vfx_outcome unacked, enum vfx_outcome acked)
{
	static const int errors[] = { -EIO, -EBUSY, -EAGAIN, -ENOMEM, -EOPNOTSUPP };
	const struct vfx_facts seen = facts_with(true, false, VFX_OUTCOME_SILENT,
						 VFX_OUTCOME_SILENT);
	struct vfx_facts facts;
	unsigned int i;

	for (i = 0; i < COUNT(errors); i++) {
		bool voids = errors[i] == -EIO && unacked != VFX_OUTCOME_BYPASS &&
			     acked != VFX_OUTCOME_BYPASS;

		facts = facts_with(true, true, unacked, acked);
		CHECK_EQ(vfx_take_outcomes(&facts, &seen, true, errors[i]),
			 voids ? VFX_EVIDENCE_VOID : VFX_EVIDENCE_KEPT);
		check_facts(facts, true, voids ? VFX_OUTCOME_NOT_RUN : unacked,
			    voids ? VFX_OUTCOME_NOT_RUN : acked);
	}
}

TEST(a_failure_of_the_function_voids_what_spoke_for_it_and_no_other_does)
{
	for_all_outcomes(check_failure);
}
