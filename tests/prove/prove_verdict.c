// SPDX-License-Identifier: GPL-2.0-only
/*
 * verdict - the decisions, for all facts and policies.
 *
 * Bounds: none. Every value of every field, also those that no enumeration
 * names.
 * Core: verdict.c
 * CBMC: --unwind 64 --unsigned-overflow-check
 */
#include "prove.h"
#include "verdict.c"

static struct vfx_facts any_facts(void)
{
	struct vfx_facts f = {
		.type = nondet_u16(),
		.identity = (enum vfx_identity)nondet_u32(),
		.legacy_apart = any(),
		.common_cfg = any(),
		.offered_known = any(),
		.offered = any(),
		.unacked = (enum vfx_outcome)nondet_u32(),
		.acked = (enum vfx_outcome)nondet_u32(),
		.iommu_group = any(),
		.group_shared = any(),
		.unstoppable = any(),
	};

	return f;
}

static bool is_safe(enum virtio_fixup_verdict verdict)
{
	return verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED ||
	       verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL;
}

static void check_ranges(const struct vfx_decision *d)
{
	CHECK((unsigned int)d->verdict < VIRTIO_FIXUP_VERDICTS, "verdict in range");
	CHECK((unsigned int)d->basis < VIRTIO_FIXUP_BASES, "basis in range");
	CHECK((unsigned int)d->reason < VFX_REASONS, "reason in range");
	CHECK((unsigned int)d->view < VIRTIO_FIXUP_VIEWS, "view in range");
	CHECK((unsigned int)d->ability <= VIRTIO_FIXUP_ABILITY_YES, "ability in range");
	CHECK((unsigned int)d->state <= VIRTIO_FIXUP_STATE_TRANSLATED, "state in range");
}

static void check_admission(const struct vfx_facts *f,
			    const struct vfx_decision *d)
{
	bool unsafe = d->policy == VIRTIO_FIXUP_POLICY_UNSAFE &&
		      vfx_reason_is_unsafe(d->reason);

	CHECK(d->admitted == (d->reason <= VFX_REASON_UNSAFE),
	      "admitted and its reason agree");
	if (!d->admitted)
		return;
	CHECK(f->iommu_group, "nothing without a group is admitted");
	CHECK(!f->unstoppable, "nothing that could not be stopped is admitted");
	CHECK((unsigned int)d->policy < VIRTIO_FIXUP_POLICY_DENY,
	      "deny, and a policy that nobody knows, admit nothing");
	if (unsafe)
		return;
	CHECK(is_safe(d->verdict), "bypass and unknown are admitted by unsafe only");
	CHECK(f->common_cfg && f->offered_known, "what cannot be read takes unsafe");
	CHECK(f->identity == VFX_IDENTITY_MODERN ||
	      (f->identity == VFX_IDENTITY_TRANSITIONAL && f->legacy_apart),
	      "a legacy interface that stays takes unsafe");
	CHECK(!vfx_protocol_names_physical(f->type),
	      "types that name physical pages take unsafe");
	CHECK(implies(f->group_shared, d->verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED),
	      "conditional in a shared group takes unsafe");
	CHECK(implies(d->policy == VIRTIO_FIXUP_POLICY_STRICT,
		      d->basis == VIRTIO_FIXUP_BASIS_MEASURED),
	      "strict admits what was measured only");
	CHECK(f->acked != VFX_OUTCOME_BYPASS, "a bypass seen with the ack takes unsafe");
	CHECK(implies(!f->offered, f->unacked != VFX_OUTCOME_BYPASS),
	      "a bypass seen of one that offers nothing takes unsafe");
	CHECK(implies(f->unacked == VFX_OUTCOME_BYPASS,
		      f->acked == VFX_OUTCOME_TRANSLATED ||
		      d->policy == VIRTIO_FIXUP_POLICY_VOUCHED),
	      "a bypass seen without the ack takes a look at the ack, or a word");
}

static void check_view(const struct vfx_facts *f,
		       const struct vfx_decision *d)
{
	bool modern = d->view == VIRTIO_FIXUP_VIEW_PLATFORM ||
		      d->view == VIRTIO_FIXUP_VIEW_PHYSICAL;

	CHECK((d->view == VIRTIO_FIXUP_VIEW_NONE) == !d->admitted,
	      "what is admitted has a view, and nothing else");
	CHECK(implies(d->view == VIRTIO_FIXUP_VIEW_RAW,
		      vfx_reason_is_unsafe(d->reason) &&
		      d->policy == VIRTIO_FIXUP_POLICY_UNSAFE),
	      "the raw view takes unsafe");
	CHECK(implies(d->view == VIRTIO_FIXUP_VIEW_PHYSICAL,
		      d->policy == VIRTIO_FIXUP_POLICY_PHYSICAL),
	      "the physical view takes policy physical");
	CHECK(implies(modern, is_safe(d->verdict)),
	      "no view says translated of what is not");
	CHECK(implies(modern, f->identity != VFX_IDENTITY_TRANSITIONAL || f->legacy_apart),
	      "no view without the legacy interface of one that cannot lose it");
	CHECK(d->as_modern == (modern && f->identity == VFX_IDENTITY_TRANSITIONAL),
	      "as modern: a transitional one, in the platform or physical view");
	CHECK(implies(d->state == VIRTIO_FIXUP_STATE_TRANSLATED, is_safe(d->verdict)),
	      "the description says translated only of what is");
	CHECK(implies(d->verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL &&
		      d->state == VIRTIO_FIXUP_STATE_TRANSLATED,
		      d->view != VIRTIO_FIXUP_VIEW_RAW),
	      "no such word where nobody sees to the ack");
}

/* What a policy may change of what another decides. */
static void check_policies(const struct vfx_facts *f,
			   const struct vfx_decision *d)
{
	struct vfx_decision automatic =
		vfx_decide(f, VIRTIO_FIXUP_POLICY_AUTO);

	if (d->verdict != automatic.verdict || d->basis != automatic.basis)
		CHECK(d->policy == VIRTIO_FIXUP_POLICY_VOUCHED && !f->offered &&
		      automatic.basis == VIRTIO_FIXUP_BASIS_DECLARED &&
		      automatic.verdict == VIRTIO_FIXUP_VERDICT_BYPASS,
		      "a word overrules a word only, never a measurement");
	if (d->policy == VIRTIO_FIXUP_POLICY_UNSAFE && automatic.admitted)
		CHECK(d->reason == automatic.reason && d->view == automatic.view,
		      "unsafe is auto where auto admits");
	if (d->policy == VIRTIO_FIXUP_POLICY_STRICT && d->admitted)
		CHECK(automatic.admitted, "strict admits no more than auto");
}

void prove_verdict(void)
{
	struct vfx_facts f = any_facts();
	enum virtio_fixup_policy policy = (enum virtio_fixup_policy)nondet_u32();
	struct vfx_decision d = vfx_decide(&f, policy);

	CHECK(d.policy == policy, "the policy it was made under");
	check_ranges(&d);
	check_admission(&f, &d);
	check_view(&f, &d);
	check_policies(&f, &d);
}
