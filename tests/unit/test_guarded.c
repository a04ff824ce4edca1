// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a VFIO driver that enforces nothing may have: the whole table over the
 * outcomes of the three runs, and one behaviour a test. What the guard does then: its
 * whole table, too.
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

TEST(a_legacy_interface_that_the_driver_brings_is_within_reach)
{
	struct vfx_facts f = truthful_function();

	f.legacy_by_driver = true;
	check_guarded(&f, VIRTIO_FIXUP_POLICY_AUTO, false, VFX_REASON_LEGACY_EXPOSED);
	check_guarded(&f, VIRTIO_FIXUP_POLICY_VOUCHED, true, VFX_REASON_VOUCHED);
	CHECK(vfx_decide(&f, VIRTIO_FIXUP_POLICY_AUTO).admitted);
}

TEST(what_vfio_cannot_be_given_is_refused_under_every_policy)
{
	struct vfx_facts f = truthful_function();
	unsigned int policy;

	f.unreadable = true;
	for (policy = 0; policy < VIRTIO_FIXUP_POLICIES; policy++)
		check_guarded(&f, policy, false, policy == VIRTIO_FIXUP_POLICY_DENY ?
			      VFX_REASON_DENY : VFX_REASON_NO_COMMON_CFG);
}

static enum vfx_guard guarded(bool group, bool unreadable, bool admitted, bool deny,
			      unsigned int mode, unsigned int hold)
{
	const struct vfx_facts facts = { .iommu_group = group, .unreadable = unreadable };
	const struct vfx_decision d = {
		.admitted = admitted,
		.reason = admitted ? VFX_REASON_TRANSLATED :
			  deny ? VFX_REASON_DENY : VFX_REASON_BYPASS_MEASURED,
	};

	return vfx_guard(&facts, &d, mode, hold);
}

TEST(what_the_guard_does)
{
	static const enum vfx_guard refused[VFX_GUARD_MODES][VFX_HOLDS] = {
		{ VFX_GUARD_VETOED, VFX_GUARD_OWNED, VFX_GUARD_IN_USE },
		{ VFX_GUARD_IN_USE, VFX_GUARD_IN_USE, VFX_GUARD_IN_USE },
		{ VFX_GUARD_OFF, VFX_GUARD_OFF, VFX_GUARD_OFF },
	};
	unsigned int mode, hold;

	for (mode = 0; mode < VFX_GUARD_MODES; mode++)
	for (hold = 0; hold < VFX_HOLDS; hold++) {
		enum vfx_guard would = refused[mode][hold];
		enum vfx_guard admitted = mode == VFX_GUARD_MODE_OFF ? VFX_GUARD_OFF :
					  VFX_GUARD_ADMITTED;

		CHECK_EQ(guarded(true, false, false, false, mode, hold), would);
		CHECK_EQ(guarded(true, false, false, true, mode, hold), would);
		CHECK_EQ(guarded(true, true, false, false, mode, hold), would);
		CHECK_EQ(guarded(true, false, true, false, mode, hold), admitted);
		/* VFIO's no-IOMMU mode, but for what would break VFIO, and `deny`. */
		CHECK_EQ(guarded(false, false, false, false, mode, hold), VFX_GUARD_OFF);
		CHECK_EQ(guarded(false, false, false, true, mode, hold), would);
		CHECK_EQ(guarded(false, true, false, false, mode, hold), would);
	}
	/* What nobody thought of is not let through. */
	CHECK_EQ(guarded(true, false, false, false, VFX_GUARD_MODES, VFX_HOLDS),
		 VFX_GUARD_VETOED);
}

static bool waits(enum vfx_guard guard, struct vfx_facts facts, bool admitted, unsigned int mode)
{
	const struct vfx_decision d = { .admitted = admitted };

	return vfx_guard_waits(guard, &facts, &d, mode);
}

TEST(what_is_looked_at_again_by_itself)
{
	const struct vfx_facts seen = { .iommu_group = true };
	const struct vfx_facts pending = { .iommu_group = true, .pending = true };
	const struct vfx_facts resetting = { .iommu_group = true, .resetting = true };
	unsigned int mode;

	for (mode = 0; mode < VFX_GUARD_MODES; mode++) {
		bool on = mode == VFX_GUARD_MODE_REFUSE;

		CHECK(!waits(VFX_GUARD_OFF, pending, true, mode));
		CHECK(!waits(VFX_GUARD_ADMITTED, pending, true, mode));
		CHECK_EQ(waits(VFX_GUARD_VETOED, seen, true, mode), on);
		CHECK_EQ(waits(VFX_GUARD_VETOED, pending, false, mode), on);
		CHECK_EQ(waits(VFX_GUARD_VETOED, resetting, false, mode), on);
		CHECK(!waits(VFX_GUARD_VETOED, seen, false, mode));
		CHECK_EQ(waits(VFX_GUARD_OWNED, pending, false, mode), on);
		CHECK_EQ(waits(VFX_GUARD_OWNED, resetting, false, mode), on);
		CHECK(!waits(VFX_GUARD_OWNED, seen, false, mode));
		CHECK_EQ(waits(VFX_GUARD_IN_USE, seen, false, mode), on);
		CHECK(!waits(VFX_GUARD_IN_USE, (struct vfx_facts){ 0 }, false, mode));
	}
	CHECK(!waits(VFX_GUARDS, pending, true, VFX_GUARD_MODE_REFUSE));
}

TEST(the_words_of_the_guard)
{
	enum vfx_guard_mode mode;
	unsigned int i;

	for (i = 0; i < VFX_GUARD_MODES; i++) {
		CHECK_EQ(vfx_parse_guard_mode(vfx_guard_mode_word(i), &mode), 0);
		CHECK_EQ(mode, i);
		CHECK_EQ(vfx_guard_mode_loosens(i), i != VFX_GUARD_MODE_REFUSE);
	}
	CHECK_EQ(vfx_parse_guard_mode("", &mode), -EINVAL);
	CHECK_EQ(vfx_parse_guard_mode("refuses", &mode), -EINVAL);
	CHECK_EQ(mode, VFX_GUARD_MODE_OFF);
}

TEST(whose_word_it_is)
{
	unsigned int reason;

	for (reason = 0; reason < VFX_REASONS; reason++)
		CHECK_EQ(vfx_reason_is_word(reason),
			 reason == VFX_REASON_VOUCHED || reason == VFX_REASON_UNSAFE ||
			 reason == VFX_REASON_UNSAFE_FORM);
}

TEST(a_virtio_function_of_whatever_type)
{
	static const struct { u16 device; bool is; } cases[] = {
		{ 0xfff, false }, { 0x1000, true }, { 0x1009, true }, { 0x103f, true },
		{ 0x1040, true }, { 0x1042, true }, { 0x107f, true }, { 0x1080, false },
		{ 0x1110, false },
	};

	for (unsigned int i = 0; i < COUNT(cases); i++)
		CHECK_EQ(vfx_is_virtio_id(cases[i].device), cases[i].is);
}
