// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is admitted, why, and with which view: one behaviour a test. The whole
 * domain is in test_verdict.c; these are the cases a reader asks about.
 */
#include "unit.h"
#include "verdict.h"

/* balloon (both), iommu, mem and pmem; and numbers that name no type */
static const u16 protocol_types[] = { 5, 13, 23, 24, 27 };
static const u16 unknown_types[] = { 0, 14, 15, 37, 46, 63, 0x1100 };

/* A modern blk function alone in its group, which offers the bit: the usual case. */
static struct virtio_fixup_facts usual_function(void)
{
	return (struct virtio_fixup_facts){
		.type = 2,
		.identity = VIRTIO_FIXUP_MODERN,
		.common_cfg = true,
		.offered_known = true,
		.offered = true,
		.unacked = VIRTIO_FIXUP_SAW_REJECTION,
		.acked = VIRTIO_FIXUP_SAW_TRANSLATED,
		.iommu_group = true,
	};
}

static struct virtio_fixup_facts old_function(void)
{
	struct virtio_fixup_facts f = usual_function();

	f.offered = false;
	f.unacked = VIRTIO_FIXUP_NOT_RUN;
	f.acked = VIRTIO_FIXUP_NOT_RUN;
	return f;
}

static void check_admitted(const struct virtio_fixup_facts *f, enum virtio_fixup_policy policy,
			   enum virtio_fixup_reason reason)
{
	struct virtio_fixup_decision d = virtio_fixup_decide(f, policy);

	CHECK(d.admitted);
	CHECK_EQ(d.reason, reason);
	CHECK(d.view != VIRTIO_FIXUP_VIEW_NONE);
}

static void check_refused(const struct virtio_fixup_facts *f, enum virtio_fixup_policy policy,
			  enum virtio_fixup_reason reason)
{
	struct virtio_fixup_decision d = virtio_fixup_decide(f, policy);

	CHECK(!d.admitted);
	CHECK_EQ(d.reason, reason);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_NONE);
}

TEST(a_function_measured_to_be_translated_is_admitted_by_all_policies_but_deny)
{
	struct virtio_fixup_facts f = usual_function();
	unsigned int policy;

	for (policy = 0; policy < VIRTIO_FIXUP_POLICY_DENY; policy++)
		check_admitted(&f, policy, VIRTIO_FIXUP_BECAUSE_TRANSLATED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_DENY, VIRTIO_FIXUP_REFUSED_DENY);
}

TEST(a_translated_function_in_a_shared_group_is_admitted)
{
	struct virtio_fixup_facts f = usual_function();

	f.group_shared = true;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_BECAUSE_TRANSLATED);
}

TEST(a_conditional_function_is_admitted_only_alone_in_its_group)
{
	struct virtio_fixup_facts f = usual_function();

	f.unacked = VIRTIO_FIXUP_SAW_BYPASS;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_BECAUSE_CONDITIONAL);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_STRICT, VIRTIO_FIXUP_BECAUSE_CONDITIONAL);
	f.group_shared = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_SHARED_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VIRTIO_FIXUP_REFUSED_SHARED_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_SHARED_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, VIRTIO_FIXUP_REFUSED_SHARED_GROUP);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VIRTIO_FIXUP_BECAUSE_UNSAFE);
}

TEST(a_declared_function_is_admitted_by_auto_but_not_by_strict)
{
	struct virtio_fixup_facts f = usual_function();

	f.unacked = VIRTIO_FIXUP_NOT_RUN;
	f.acked = VIRTIO_FIXUP_SAW_SILENCE;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_BECAUSE_DECLARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VIRTIO_FIXUP_REFUSED_NOT_MEASURED);
}

TEST(a_function_that_bypasses_unacked_and_is_silent_acked_needs_to_be_vouched_for)
{
	struct virtio_fixup_facts f = usual_function();

	f.unacked = VIRTIO_FIXUP_SAW_BYPASS;
	f.acked = VIRTIO_FIXUP_SAW_SILENCE;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_BYPASSES_UNACKED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, VIRTIO_FIXUP_REFUSED_BYPASSES_UNACKED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_BECAUSE_VOUCHED);
}

TEST(an_old_function_is_taken_to_bypass_unless_vouched_for)
{
	struct virtio_fixup_facts f = old_function();
	struct virtio_fixup_decision d;

	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_BYPASS_DECLARED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_BECAUSE_VOUCHED);
	d = virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_VOUCHED);
	CHECK_EQ(d.verdict, VIRTIO_FIXUP_VERDICT_TRANSLATED);
	CHECK_EQ(d.basis, VIRTIO_FIXUP_BASIS_VOUCHED);
}

TEST(vouching_never_stands_against_a_measurement)
{
	struct virtio_fixup_facts f = old_function();

	f.unacked = VIRTIO_FIXUP_SAW_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED);
	f.unacked = VIRTIO_FIXUP_SAW_REJECTION;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_UNKNOWN);
}

TEST(vouching_never_stands_against_a_protocol)
{
	struct virtio_fixup_facts f = usual_function();
	unsigned int i;

	for (i = 0; i < COUNT(protocol_types); i++) {
		f.type = protocol_types[i];
		check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_PROTOCOL);
		check_admitted(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VIRTIO_FIXUP_BECAUSE_UNSAFE);
	}
}

TEST(without_a_group_not_even_unsafe_admits)
{
	struct virtio_fixup_facts f = usual_function();

	f.iommu_group = false;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_NO_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VIRTIO_FIXUP_REFUSED_NO_GROUP);
	f.type = 5;
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VIRTIO_FIXUP_REFUSED_NO_GROUP);
}

TEST(a_transitional_function_that_is_translated_is_shown_as_modern)
{
	struct virtio_fixup_facts f = usual_function();

	f.identity = VIRTIO_FIXUP_TRANSITIONAL;
	f.legacy_apart = true;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_BECAUSE_TRANSLATED);
	CHECK(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).as_modern);
	CHECK(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_PHYSICAL).as_modern);
	CHECK(!virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_DENY).as_modern);
	f.identity = VIRTIO_FIXUP_MODERN;
	CHECK(!virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).as_modern);
}

TEST(a_legacy_interface_that_cannot_be_taken_away_is_not_let_in)
{
	struct virtio_fixup_facts f = usual_function();
	struct virtio_fixup_decision d;

	f.identity = VIRTIO_FIXUP_TRANSITIONAL;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VIRTIO_FIXUP_REFUSED_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, VIRTIO_FIXUP_REFUSED_LEGACY_SHARED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VIRTIO_FIXUP_BECAUSE_UNSAFE);
	d = virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_BYPASS);
	CHECK(!d.as_modern);
}

TEST(a_transitional_function_that_is_known_to_bypass_is_refused_for_that)
{
	struct virtio_fixup_facts f = old_function();

	f.identity = VIRTIO_FIXUP_TRANSITIONAL;
	f.unacked = VIRTIO_FIXUP_SAW_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED);
}

TEST(a_function_that_cannot_be_asked_is_refused_with_what_is_missing)
{
	struct virtio_fixup_facts f = usual_function();

	f.common_cfg = false;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_NO_COMMON_CFG);
	f.identity = VIRTIO_FIXUP_LEGACY_ONLY;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_LEGACY_ONLY);
	f = usual_function();
	f.offered_known = false;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_UNKNOWN);
}

TEST(a_type_that_nobody_knows_is_refused_whatever_was_measured)
{
	struct virtio_fixup_facts f = usual_function();
	unsigned int i;

	for (i = 0; i < COUNT(unknown_types); i++) {
		f.type = unknown_types[i];
		check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_UNKNOWN_TYPE);
		CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).verdict,
			 VIRTIO_FIXUP_VERDICT_UNKNOWN);
	}
}

TEST(what_an_acked_run_saw_says_nothing_where_nothing_is_offered)
{
	struct virtio_fixup_facts f = old_function();

	f.acked = VIRTIO_FIXUP_SAW_TRANSLATED;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_BYPASS_DECLARED);
	f.acked = VIRTIO_FIXUP_SAW_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED);
}

TEST(a_function_that_rejects_the_ack_it_offers_is_unknown)
{
	struct virtio_fixup_facts f = usual_function();

	f.acked = VIRTIO_FIXUP_SAW_REJECTION;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_UNKNOWN);
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).basis,
		 VIRTIO_FIXUP_BASIS_MEASURED);
}

TEST(a_function_that_offers_and_bypasses_contradicts_itself_and_its_platform)
{
	struct virtio_fixup_facts f = usual_function();

	f.acked = VIRTIO_FIXUP_SAW_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED);
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions,
		 VIRTIO_FIXUP_OFFERS_BUT_BYPASSES | VIRTIO_FIXUP_DESCRIBED_BUT_BYPASSES);
}

TEST(an_old_function_in_a_group_contradicts_its_platform_alone)
{
	struct virtio_fixup_facts f = old_function();

	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions,
		 VIRTIO_FIXUP_DESCRIBED_BUT_BYPASSES);
	f.iommu_group = false;
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions, 0);
}

TEST(a_function_that_is_translated_and_does_not_say_so_hides_it)
{
	struct virtio_fixup_facts f = old_function();

	f.unacked = VIRTIO_FIXUP_SAW_TRANSLATED;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_BECAUSE_TRANSLATED);
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions,
		 VIRTIO_FIXUP_TRANSLATED_BUT_HIDES);
}

/* ENI's network function, and QEMU's transitional one: their IDs are the same. */
TEST(an_old_transitional_function_is_let_in_where_it_is_vouched_for)
{
	struct virtio_fixup_facts f = old_function();

	f.identity = VIRTIO_FIXUP_TRANSITIONAL;
	f.legacy_apart = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_BYPASS_DECLARED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_BECAUSE_VOUCHED);
}

TEST(nobody_is_told_to_vouch_for_a_legacy_interface_that_stays)
{
	struct virtio_fixup_facts f = old_function();

	f.identity = VIRTIO_FIXUP_TRANSITIONAL;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_LEGACY_SHARED);
}

TEST(what_could_not_be_stopped_is_handed_to_nobody)
{
	struct virtio_fixup_facts f = usual_function();

	f.unstoppable = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VIRTIO_FIXUP_REFUSED_UNSTOPPABLE);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VIRTIO_FIXUP_REFUSED_UNSTOPPABLE);
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VIRTIO_FIXUP_REFUSED_UNSTOPPABLE);
	check_refused(&f, VIRTIO_FIXUP_POLICY_DENY, VIRTIO_FIXUP_REFUSED_DENY);
}

TEST(a_truthful_function_contradicts_nothing)
{
	struct virtio_fixup_facts f = usual_function();

	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions, 0);
}

TEST(the_view_follows_the_policy)
{
	struct virtio_fixup_facts f = usual_function();

	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).view,
		 VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_PHYSICAL).view,
		 VIRTIO_FIXUP_VIEW_PHYSICAL);
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE).view,
		 VIRTIO_FIXUP_VIEW_PLATFORM);
	f.acked = VIRTIO_FIXUP_SAW_BYPASS;
	CHECK_EQ(virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE).view,
		 VIRTIO_FIXUP_VIEW_BYPASS);
}

TEST(ability_is_told_apart_from_state)
{
	struct virtio_fixup_facts f = usual_function();
	struct virtio_fixup_decision d;

	/* Shown without the bit, it cannot be held to the condition by its driver. */
	f.unacked = VIRTIO_FIXUP_SAW_BYPASS;
	f.identity = VIRTIO_FIXUP_TRANSITIONAL;
	d = virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE);
	CHECK_EQ(d.verdict, VIRTIO_FIXUP_VERDICT_CONDITIONAL);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_BYPASS);
	CHECK_EQ(d.ability, VIRTIO_FIXUP_ABILITY_YES);
	CHECK_EQ(d.state, VIRTIO_FIXUP_STATE_UNKNOWN);

	f.identity = VIRTIO_FIXUP_MODERN;
	d = virtio_fixup_decide(&f, VIRTIO_FIXUP_POLICY_PHYSICAL);
	CHECK_EQ(d.ability, VIRTIO_FIXUP_ABILITY_YES);
	CHECK_EQ(d.state, VIRTIO_FIXUP_STATE_TRANSLATED);
}
