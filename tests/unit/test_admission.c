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
static struct vfx_facts usual_function(void)
{
	return (struct vfx_facts){
		.type = 2,
		.identity = VFX_IDENTITY_MODERN,
		.common_cfg = true,
		.offered_known = true,
		.offered = true,
		.unacked = VFX_OUTCOME_REJECTED,
		.acked = VFX_OUTCOME_TRANSLATED,
		.iommu_group = true,
	};
}

static struct vfx_facts old_function(void)
{
	struct vfx_facts f = usual_function();

	f.offered = false;
	f.unacked = VFX_OUTCOME_NOT_RUN;
	f.acked = VFX_OUTCOME_NOT_RUN;
	return f;
}

static void check_admitted(const struct vfx_facts *f, enum virtio_fixup_policy policy,
			   enum vfx_reason reason)
{
	struct vfx_decision d = vfx_decide(f, policy);

	CHECK(d.admitted);
	CHECK_EQ(d.reason, reason);
	CHECK(d.view != VIRTIO_FIXUP_VIEW_NONE);
}

static void check_refused(const struct vfx_facts *f, enum virtio_fixup_policy policy,
			  enum vfx_reason reason)
{
	struct vfx_decision d = vfx_decide(f, policy);

	CHECK(!d.admitted);
	CHECK_EQ(d.reason, reason);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_NONE);
}

TEST(a_function_measured_to_be_translated_is_admitted_by_all_policies_but_deny)
{
	struct vfx_facts f = usual_function();
	unsigned int policy;

	for (policy = 0; policy < VIRTIO_FIXUP_POLICY_DENY; policy++)
		check_admitted(&f, policy, VFX_REASON_TRANSLATED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_DENY, VFX_REASON_DENY);
}

TEST(a_translated_function_in_a_shared_group_is_admitted)
{
	struct vfx_facts f = usual_function();

	f.group_shared = true;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_TRANSLATED);
}

TEST(a_conditional_function_is_admitted_only_alone_in_its_group)
{
	struct vfx_facts f = usual_function();

	f.unacked = VFX_OUTCOME_BYPASS;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_CONDITIONAL);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_STRICT, VFX_REASON_CONDITIONAL);
	f.group_shared = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_SHARED_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VFX_REASON_SHARED_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_SHARED_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, VFX_REASON_SHARED_GROUP);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_UNSAFE);
}

TEST(in_a_shared_group_one_that_can_still_be_measured_is_refused_for_that)
{
	struct vfx_facts f = usual_function();

	f.unacked = VFX_OUTCOME_NOT_RUN;
	f.acked = VFX_OUTCOME_NOT_RUN;
	f.group_shared = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_SHARED_GROUP);
	f.pending = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_PENDING);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VFX_REASON_PENDING);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_PENDING);
}

TEST(a_declared_function_is_admitted_by_auto_but_not_by_strict)
{
	struct vfx_facts f = usual_function();

	f.unacked = VFX_OUTCOME_NOT_RUN;
	f.acked = VFX_OUTCOME_SILENT;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_DECLARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VFX_REASON_NOT_MEASURED);
}

TEST(a_function_that_bypasses_unacked_and_is_silent_acked_needs_to_be_vouched_for)
{
	struct vfx_facts f = usual_function();

	f.unacked = VFX_OUTCOME_BYPASS;
	f.acked = VFX_OUTCOME_SILENT;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASSES_UNACKED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, VFX_REASON_BYPASSES_UNACKED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_VOUCHED);
}

TEST(an_old_function_is_taken_to_bypass_unless_vouched_for)
{
	struct vfx_facts f = old_function();
	struct vfx_decision d;

	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_DECLARED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_VOUCHED);
	d = vfx_decide(&f, VIRTIO_FIXUP_POLICY_VOUCHED);
	CHECK_EQ(d.verdict, VIRTIO_FIXUP_VERDICT_TRANSLATED);
	CHECK_EQ(d.basis, VIRTIO_FIXUP_BASIS_VOUCHED);
}

TEST(vouching_never_stands_against_a_measurement)
{
	struct vfx_facts f = old_function();

	f.unacked = VFX_OUTCOME_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_BYPASS_MEASURED);
	f.unacked = VFX_OUTCOME_REJECTED;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_UNKNOWN);
}

TEST(vouching_never_stands_against_a_protocol)
{
	struct vfx_facts f = usual_function();
	unsigned int i;

	for (i = 0; i < COUNT(protocol_types); i++) {
		f.type = protocol_types[i];
		check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_PROTOCOL);
		check_admitted(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_UNSAFE);
	}
}

TEST(without_a_group_not_even_unsafe_admits)
{
	struct vfx_facts f = usual_function();

	f.iommu_group = false;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_NO_GROUP);
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_NO_GROUP);
	f.type = 5;
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_NO_GROUP);
}

TEST(a_transitional_function_that_is_translated_is_shown_as_modern)
{
	struct vfx_facts f = usual_function();

	f.identity = VFX_IDENTITY_TRANSITIONAL;
	f.legacy_apart = true;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_TRANSLATED);
	CHECK(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).as_modern);
	CHECK(vfx_decide(&f, VIRTIO_FIXUP_POLICY_PHYSICAL).as_modern);
	CHECK(!vfx_decide(&f, VIRTIO_FIXUP_POLICY_DENY).as_modern);
	f.identity = VFX_IDENTITY_MODERN;
	CHECK(!vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).as_modern);
}

TEST(a_legacy_interface_that_cannot_be_taken_away_is_not_let_in)
{
	struct vfx_facts f = usual_function();
	struct vfx_decision d;

	f.identity = VFX_IDENTITY_TRANSITIONAL;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VFX_REASON_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, VFX_REASON_LEGACY_SHARED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_UNSAFE_FORM);
	d = vfx_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_RAW);
	CHECK(!d.as_modern);
}

TEST(a_transitional_function_that_is_known_to_bypass_is_refused_for_that)
{
	struct vfx_facts f = old_function();

	f.identity = VFX_IDENTITY_TRANSITIONAL;
	f.unacked = VFX_OUTCOME_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_MEASURED);
}

TEST(a_function_that_cannot_be_asked_is_refused_with_what_is_missing)
{
	struct vfx_facts f = usual_function();

	f.common_cfg = false;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_NO_COMMON_CFG);
	f.identity = VFX_IDENTITY_LEGACY_ONLY;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_LEGACY_ONLY);
	f = usual_function();
	f.offered_known = false;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_UNKNOWN);
}

TEST(a_type_that_nobody_knows_is_refused_whatever_was_measured)
{
	struct vfx_facts f = usual_function();
	unsigned int i;

	for (i = 0; i < COUNT(unknown_types); i++) {
		f.type = unknown_types[i];
		check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_UNKNOWN_TYPE);
		CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).verdict,
			 VIRTIO_FIXUP_VERDICT_UNKNOWN);
	}
}

TEST(what_an_acked_run_saw_says_nothing_where_nothing_is_offered)
{
	struct vfx_facts f = old_function();

	f.acked = VFX_OUTCOME_TRANSLATED;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_DECLARED);
	f.acked = VFX_OUTCOME_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_BYPASS_MEASURED);
}

TEST(a_function_that_rejects_the_ack_it_offers_is_unknown)
{
	struct vfx_facts f = usual_function();

	f.acked = VFX_OUTCOME_REJECTED;
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_UNKNOWN);
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).basis,
		 VIRTIO_FIXUP_BASIS_MEASURED);
}

TEST(a_function_that_offers_and_bypasses_contradicts_itself_and_its_platform)
{
	struct vfx_facts f = usual_function();

	f.acked = VFX_OUTCOME_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_MEASURED);
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions,
		 VFX_CONTRADICTION_OFFERS_BUT_BYPASSES | VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES);
}

TEST(an_old_function_in_a_group_contradicts_its_platform_alone)
{
	struct vfx_facts f = old_function();

	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions,
		 VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES);
	f.iommu_group = false;
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions, 0);
}

TEST(a_function_that_is_translated_and_does_not_say_so_hides_it)
{
	struct vfx_facts f = old_function();

	f.unacked = VFX_OUTCOME_TRANSLATED;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_TRANSLATED);
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions,
		 VFX_CONTRADICTION_TRANSLATED_BUT_HIDES);
}

/* ENI's network function, and QEMU's transitional one: their IDs are the same. */
TEST(an_old_transitional_function_is_let_in_where_it_is_vouched_for)
{
	struct vfx_facts f = old_function();

	f.identity = VFX_IDENTITY_TRANSITIONAL;
	f.legacy_apart = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_DECLARED);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_VOUCHED);
}

TEST(nobody_is_told_to_vouch_for_a_legacy_interface_that_stays)
{
	struct vfx_facts f = old_function();

	f.identity = VFX_IDENTITY_TRANSITIONAL;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_LEGACY_SHARED);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_LEGACY_SHARED);
}

TEST(what_could_not_be_stopped_is_handed_to_nobody)
{
	struct vfx_facts f = usual_function();

	f.unstoppable = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_UNSTOPPABLE);
	check_refused(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_UNSTOPPABLE);
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_UNSTOPPABLE);
	check_refused(&f, VIRTIO_FIXUP_POLICY_DENY, VFX_REASON_DENY);
}

TEST(what_is_still_being_reset_is_handed_to_nobody)
{
	struct vfx_facts f = usual_function();

	f.resetting = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_RESETTING);
	check_refused(&f, VIRTIO_FIXUP_POLICY_UNSAFE, VFX_REASON_RESETTING);
	check_refused(&f, VIRTIO_FIXUP_POLICY_DENY, VFX_REASON_DENY);
	/* Nobody could ask it meanwhile. */
	f.offered_known = false;
	f.unacked = VFX_OUTCOME_NOT_RUN;
	f.acked = VFX_OUTCOME_NOT_RUN;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_RESETTING);
}

TEST(a_truthful_function_contradicts_nothing)
{
	struct vfx_facts f = usual_function();

	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).contradictions, 0);
}

TEST(the_view_follows_the_policy)
{
	struct vfx_facts f = usual_function();

	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).view,
		 VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_PHYSICAL).view,
		 VIRTIO_FIXUP_VIEW_PHYSICAL);
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE).view,
		 VIRTIO_FIXUP_VIEW_PLATFORM);
	f.acked = VFX_OUTCOME_BYPASS;
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE).view,
		 VIRTIO_FIXUP_VIEW_RAW);
}

TEST(ability_is_told_apart_from_state)
{
	struct vfx_facts f = usual_function();
	struct vfx_decision d;

	/* Shown without the bit, it cannot be held to the condition by its driver. */
	f.unacked = VFX_OUTCOME_BYPASS;
	f.identity = VFX_IDENTITY_TRANSITIONAL;
	d = vfx_decide(&f, VIRTIO_FIXUP_POLICY_UNSAFE);
	CHECK_EQ(d.verdict, VIRTIO_FIXUP_VERDICT_CONDITIONAL);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_RAW);
	CHECK_EQ(d.ability, VIRTIO_FIXUP_ABILITY_YES);
	CHECK_EQ(d.state, VIRTIO_FIXUP_STATE_UNKNOWN);

	f.identity = VFX_IDENTITY_MODERN;
	d = vfx_decide(&f, VIRTIO_FIXUP_POLICY_PHYSICAL);
	CHECK_EQ(d.ability, VIRTIO_FIXUP_ABILITY_YES);
	CHECK_EQ(d.state, VIRTIO_FIXUP_STATE_TRANSLATED);
}

TEST(translated_rings_are_not_all_where_requests_name_memory)
{
	struct vfx_facts f = usual_function(), old = old_function();

	f.type = 16;	/* gpu */
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_RINGS_ONLY);
	check_refused(&f, VIRTIO_FIXUP_POLICY_STRICT, VFX_REASON_NOT_MEASURED);
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).basis, VIRTIO_FIXUP_BASIS_DECLARED);
	f.acked = VFX_OUTCOME_BYPASS;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_MEASURED);
	old.type = 16;
	old.unacked = VFX_OUTCOME_TRANSLATED;
	check_refused(&old, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_BYPASS_DECLARED);
	check_admitted(&old, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_VOUCHED);
}

TEST(what_is_live_and_mute_is_not_taken_at_its_word)
{
	struct vfx_facts f = usual_function();

	f.unacked = VFX_OUTCOME_SILENT;
	f.acked = VFX_OUTCOME_SILENT;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_DECLARED);
	f.mute = true;
	check_refused(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_MUTE);
	check_admitted(&f, VIRTIO_FIXUP_POLICY_VOUCHED, VFX_REASON_VOUCHED);
	/* What was measured before does not become doubtful by it. */
	f.acked = VFX_OUTCOME_TRANSLATED;
	check_admitted(&f, VIRTIO_FIXUP_POLICY_AUTO, VFX_REASON_CONDITIONAL);
}
