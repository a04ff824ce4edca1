// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a VFIO driver that enforces nothing may have: the whole table over the
 * outcomes of the three runs, and one behaviour a test.
 */
#include "unit.h"
#include "verdict.h"

/* A modern blk function alone in its group, translated whatever is done to it. */
static struct vfx_facts truthful_function(void)
{
	return (struct vfx_facts){
		.type = 2,
		.identity = VFX_IDENTITY_MODERN,
		.common_cfg = true,
		.offered_known = true,
		.offered = true,
		.unacked = VFX_OUTCOME_REJECTED,
		.acked = VFX_OUTCOME_TRANSLATED,
		.forced = VFX_OUTCOME_TRANSLATED,
		.iommu_group = true,
	};
}

static void check_guarded(const struct vfx_facts *f, enum virtio_fixup_policy policy,
			  bool admitted, enum vfx_reason reason)
{
	struct vfx_decision d = vfx_decide_guarded(f, policy);

	CHECK_EQ(d.reason, reason);
	CHECK_EQ(d.admitted, admitted);
	CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_NONE);
	CHECK(!d.as_modern);
}

static bool among(enum vfx_outcome outcome, enum vfx_outcome a, enum vfx_outcome b,
		  enum vfx_outcome c)
{
	return outcome == a || outcome == b || outcome == c;
}

/* auto, in the words of the design: never a bypass, and translated by force or not live. */
static bool safe_by_design(const struct vfx_facts *f)
{
	bool acked = f->offered ? f->acked == VFX_OUTCOME_TRANSLATED &&
				  (f->unacked == VFX_OUTCOME_TRANSLATED ||
				   f->unacked == VFX_OUTCOME_REJECTED)
				: f->unacked == VFX_OUTCOME_TRANSLATED &&
				  f->acked != VFX_OUTCOME_BYPASS;

	return acked && f->identity == VFX_IDENTITY_MODERN && !f->unstoppable && f->iommu_group &&
	       among(f->forced, VFX_OUTCOME_TRANSLATED, VFX_OUTCOME_REJECTED,
		     VFX_OUTCOME_SILENT);
}

static void check_outcomes(struct vfx_facts f)
{
	unsigned int policy;

	for (policy = 0; policy <= VIRTIO_FIXUP_POLICIES; policy++) {
		struct vfx_decision d = vfx_decide_guarded(&f, policy);
		bool bypass = f.forced == VFX_OUTCOME_BYPASS || f.unacked == VFX_OUTCOME_BYPASS ||
			      f.acked == VFX_OUTCOME_BYPASS;

		switch (policy) {
		case VIRTIO_FIXUP_POLICY_AUTO:
		case VIRTIO_FIXUP_POLICY_STRICT:
			CHECK_EQ(d.admitted, safe_by_design(&f));
			break;
		case VIRTIO_FIXUP_POLICY_VOUCHED:
			CHECK(!d.admitted || !bypass);
			CHECK(d.admitted || !safe_by_design(&f));
			break;
		case VIRTIO_FIXUP_POLICY_UNSAFE:
			CHECK_EQ(d.admitted, f.iommu_group && !f.unstoppable);
			CHECK(!d.admitted ||
			      vfx_reason_is_unsafe(d.reason) != safe_by_design(&f));
			break;
		default:
			CHECK(!d.admitted);
		}
		/* Whatever is safe here is safe with our driver. */
		CHECK(!d.admitted || vfx_decide(&f, policy).admitted);
	}
}

TEST(every_outcome_of_every_run_under_every_policy)
{
	unsigned int unacked, acked, forced, offered, identity, group;
	struct vfx_facts f = truthful_function();

	for (unacked = 0; unacked <= VFX_OUTCOMES; unacked++)
	for (acked = 0; acked <= VFX_OUTCOMES; acked++)
	for (forced = 0; forced <= VFX_OUTCOMES; forced++)
	for (offered = 0; offered < 2; offered++)
	for (identity = 0; identity < VFX_IDENTITIES; identity++)
	for (group = 0; group < 4; group++) {
		f.unacked = unacked;
		f.acked = acked;
		f.forced = forced;
		f.offered = offered;
		f.identity = identity;
		f.legacy_apart = true;
		f.iommu_group = group & 1;
		f.unstoppable = group & 2;
		check_outcomes(f);
	}
}

TEST(what_is_translated_whatever_is_done_to_it_is_admitted)
{
	struct vfx_facts f = truthful_function();

	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, true, VFX_REASON_TRANSLATED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_STRICT, true, VFX_REASON_TRANSLATED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, true, VFX_REASON_TRANSLATED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_UNSAFE, true, VFX_REASON_TRANSLATED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_DENY, false, VFX_REASON_DENY);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_PHYSICAL, false, VFX_REASON_NEEDS_VIEW);
}

TEST(what_bypasses_only_under_force_is_for_our_driver)
{
	struct vfx_facts f = truthful_function();

	f.forced = VFX_OUTCOME_BYPASS;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_BYPASS_FORCED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, false, VFX_REASON_BYPASS_FORCED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_UNSAFE, true, VFX_REASON_UNSAFE);
	CHECK(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).admitted);
}

TEST(what_is_translated_only_with_the_ack_is_for_our_driver)
{
	struct vfx_facts f = truthful_function();

	f.unacked = VFX_OUTCOME_BYPASS;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_ACK_NOT_ENFORCED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, false, VFX_REASON_ACK_NOT_ENFORCED);
	f.acked = VFX_OUTCOME_SILENT;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, false, VFX_REASON_ACK_NOT_ENFORCED);
	f.acked = VFX_OUTCOME_TRANSLATED;
	f.unacked = VFX_OUTCOME_SILENT;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_ACK_NOT_ENFORCED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, true, VFX_REASON_VOUCHED);
}

TEST(its_word_alone_is_not_enough)
{
	struct vfx_facts f = truthful_function();

	f.unacked = VFX_OUTCOME_SILENT;
	f.acked = VFX_OUTCOME_SILENT;
	f.forced = VFX_OUTCOME_SILENT;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_WORD_ALONE);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, true, VFX_REASON_VOUCHED);
	CHECK(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).admitted);
}

TEST(a_function_that_was_not_driven_by_force_is_not_admitted)
{
	struct vfx_facts f = truthful_function();

	f.forced = VFX_OUTCOME_NOT_RUN;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_NOT_FORCED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, true, VFX_REASON_VOUCHED);
}

TEST(a_legacy_interface_is_within_reach)
{
	struct vfx_facts f = truthful_function();

	f.identity = VFX_IDENTITY_TRANSITIONAL;
	f.legacy_apart = true;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_LEGACY_EXPOSED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, true, VFX_REASON_VOUCHED);
	CHECK(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).admitted);
}

TEST(a_measurement_that_is_due_is_waited_for)
{
	struct vfx_facts f = truthful_function();
	unsigned int policy;

	f.unacked = VFX_OUTCOME_NOT_RUN;
	f.acked = VFX_OUTCOME_NOT_RUN;
	f.forced = VFX_OUTCOME_NOT_RUN;
	f.pending = true;
	for (policy = 0; policy < VIRTIO_FIXUP_POLICIES; policy++) {
		bool word = policy == VIRTIO_FIXUP_POLICY_VOUCHED ||
			    policy == VIRTIO_FIXUP_POLICY_UNSAFE;

		CHECK_EQ(vfx_decide(&f, policy).admitted, word);
		CHECK_EQ(vfx_decide_guarded(&f, policy).admitted, word);
	}
	CHECK_EQ(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).reason, VFX_REASON_PENDING);
	CHECK_EQ(vfx_decide_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO).reason, VFX_REASON_PENDING);
}
