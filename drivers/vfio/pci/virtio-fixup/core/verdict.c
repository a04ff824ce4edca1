// SPDX-License-Identifier: GPL-2.0-only
/*
 * The decisions of verdict.h. Pure: no kernel calls, no I/O, no globals but
 * constant tables. Change a row here and the table in Documentation/design.rst
 * and the enumeration in tests/unit/test_verdict.c with it.
 */
#include "verdict.h"
#include "device_types.h"

/* Transitional functions have these PCI device IDs (virtio 1.3, 4.1.2.1). */
#define FIRST_TRANSITIONAL_ID	0x1000
#define LAST_TRANSITIONAL_ID	0x103f
#define LAST_MODERN_ID		0x107f

enum addressing { RINGS, MEMORY, PROTOCOL };

static const struct device_type {
	u16 number;
	const char *name;
	enum addressing addressing;
} device_types[] = {
#define ROW(number, name, addressing)	{ number, name, addressing },
	VFX_DEVICE_TYPES(ROW)
#undef ROW
};

static const struct device_type *find_type(u16 number)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(device_types); i++)
		if (device_types[i].number == number)
			return &device_types[i];
	return NULL;
}

bool vfx_protocol_names_physical(u16 number)
{
	const struct device_type *type = find_type(number);

	return type && type->addressing == PROTOCOL;
}

bool vfx_requests_name_memory(u16 number)
{
	const struct device_type *type = find_type(number);

	return type && type->addressing == MEMORY;
}

/* A run's outcome, as far as it says where all of the function's DMA goes. */
static enum vfx_outcome of_all_dma(const struct vfx_facts *f, enum vfx_outcome outcome)
{
	if (outcome == VFX_OUTCOME_TRANSLATED && vfx_requests_name_memory(f->type))
		return VFX_OUTCOME_SILENT;
	return outcome;
}

static void set_verdict(struct vfx_decision *d,
			enum virtio_fixup_verdict verdict, enum virtio_fixup_basis basis)
{
	d->verdict = verdict;
	d->basis = basis;
}

/* A function that does not offer the bit: only the unacked run can tell. */
static void judge_not_offered(const struct vfx_facts *f, bool vouched,
			      struct vfx_decision *d)
{
	if (of_all_dma(f, f->unacked) == VFX_OUTCOME_TRANSLATED)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_TRANSLATED, VIRTIO_FIXUP_BASIS_MEASURED);
	else if (f->unacked == VFX_OUTCOME_REJECTED)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_UNKNOWN, VIRTIO_FIXUP_BASIS_MEASURED);
	else if (vouched)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_TRANSLATED, VIRTIO_FIXUP_BASIS_VOUCHED);
	else	/* an old device bypasses */
		set_verdict(d, VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_DECLARED);
}

/* The table "facts -> verdict": the first row that fits. */
static void judge(const struct vfx_facts *f, bool vouched, struct vfx_decision *d)
{
	enum vfx_outcome acked = of_all_dma(f, f->acked);

	/* Without an offer there is no ack that the driver could make sure of. */
	if (!f->offered && acked != VFX_OUTCOME_BYPASS)
		acked = VFX_OUTCOME_NOT_RUN;

	if (vfx_protocol_names_physical(f->type))
		set_verdict(d, VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_PROTOCOL);
	else if (!f->iommu_group)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_PLATFORM);
	else if (f->unstoppable || !find_type(f->type) || !f->common_cfg || !f->offered_known ||
		 (f->identity != VFX_IDENTITY_MODERN &&
		  f->identity != VFX_IDENTITY_TRANSITIONAL))
		set_verdict(d, VIRTIO_FIXUP_VERDICT_UNKNOWN, VIRTIO_FIXUP_BASIS_NONE);
	else if (acked == VFX_OUTCOME_BYPASS ||
		 (!f->offered && f->unacked == VFX_OUTCOME_BYPASS))
		set_verdict(d, VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_MEASURED);
	else if (acked == VFX_OUTCOME_TRANSLATED &&
		 (f->unacked == VFX_OUTCOME_TRANSLATED ||
		  f->unacked == VFX_OUTCOME_REJECTED))
		set_verdict(d, VIRTIO_FIXUP_VERDICT_TRANSLATED, VIRTIO_FIXUP_BASIS_MEASURED);
	else if (acked == VFX_OUTCOME_TRANSLATED)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_CONDITIONAL, VIRTIO_FIXUP_BASIS_MEASURED);
	else if (acked == VFX_OUTCOME_REJECTED)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_UNKNOWN, VIRTIO_FIXUP_BASIS_MEASURED);
	else if (f->offered)
		set_verdict(d, VIRTIO_FIXUP_VERDICT_CONDITIONAL, VIRTIO_FIXUP_BASIS_DECLARED);
	else
		judge_not_offered(f, vouched, d);
}

static unsigned int contradictions(const struct vfx_facts *f, const struct vfx_decision *d)
{
	bool measured = d->basis == VIRTIO_FIXUP_BASIS_MEASURED;
	unsigned int mask = 0;

	if (d->verdict == VIRTIO_FIXUP_VERDICT_BYPASS &&
	    (measured || d->basis == VIRTIO_FIXUP_BASIS_DECLARED))
		mask |= VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES;
	if (d->verdict == VIRTIO_FIXUP_VERDICT_BYPASS && measured && f->offered)
		mask |= VFX_CONTRADICTION_OFFERS_BUT_BYPASSES;
	if (d->verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED && measured && !f->offered)
		mask |= VFX_CONTRADICTION_TRANSLATED_BUT_HIDES;
	return mask;
}

/* Can its user be shown the modern interface alone? */
static bool presentable(const struct vfx_facts *f)
{
	return f->identity == VFX_IDENTITY_MODERN ||
	       (f->identity == VFX_IDENTITY_TRANSITIONAL && f->legacy_apart);
}

static enum vfx_reason reason_for_bypass(const struct vfx_facts *f,
					 enum virtio_fixup_basis basis)
{
	switch (basis) {
	case VIRTIO_FIXUP_BASIS_PROTOCOL:
		return VFX_REASON_PROTOCOL;
	case VIRTIO_FIXUP_BASIS_PLATFORM:
		return VFX_REASON_NO_GROUP;
	case VIRTIO_FIXUP_BASIS_MEASURED:
		return VFX_REASON_BYPASS_MEASURED;
	default:
		/* If it would help to vouch for the function, say so. */
		return presentable(f) ? VFX_REASON_BYPASS_DECLARED :
		       VFX_REASON_LEGACY_SHARED;
	}
}

static enum vfx_reason reason_for_unknown(const struct vfx_facts *f)
{
	if (!find_type(f->type))
		return VFX_REASON_UNKNOWN_TYPE;
	if (f->identity == VFX_IDENTITY_LEGACY_ONLY)
		return VFX_REASON_LEGACY_ONLY;
	if (!f->common_cfg)
		return VFX_REASON_NO_COMMON_CFG;
	return VFX_REASON_UNKNOWN;
}

static enum vfx_reason reason_for_safe(const struct vfx_facts *f, const struct vfx_decision *d)
{
	if (d->basis == VIRTIO_FIXUP_BASIS_VOUCHED)
		return VFX_REASON_VOUCHED;
	if (d->basis == VIRTIO_FIXUP_BASIS_DECLARED)
		return f->acked == VFX_OUTCOME_TRANSLATED ? VFX_REASON_RINGS_ONLY :
		       VFX_REASON_DECLARED;
	if (d->verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL)
		return VFX_REASON_CONDITIONAL;
	return VFX_REASON_TRANSLATED;
}

/* Is there a reason not to go by its own word? VFX_REASONS if there is none. */
static enum vfx_reason against_its_word(const struct vfx_facts *f)
{
	/* Its word does not replace a measurement that can still be made. */
	if (f->pending)
		return VFX_REASON_PENDING;
	/* It bypasses when it may, and nothing was seen of it acked. */
	if (f->unacked == VFX_OUTCOME_BYPASS)
		return VFX_REASON_BYPASSES_UNACKED;
	/* It goes live, and does not do what it is for. */
	if (f->mute)
		return VFX_REASON_MUTE;
	return VFX_REASONS;
}

/* What every policy but `unsafe` and `deny` asks of a function. */
static enum vfx_reason weigh(const struct vfx_facts *f, enum virtio_fixup_policy policy,
			     const struct vfx_decision *d)
{
	enum vfx_reason reason;

	if (d->verdict == VIRTIO_FIXUP_VERDICT_BYPASS)
		return reason_for_bypass(f, d->basis);
	if (d->verdict != VIRTIO_FIXUP_VERDICT_TRANSLATED &&
	    d->verdict != VIRTIO_FIXUP_VERDICT_CONDITIONAL)
		return reason_for_unknown(f);
	if (!presentable(f))
		return VFX_REASON_LEGACY_SHARED;
	/* A sibling could withdraw the ack by peer-to-peer DMA, which we do not see. */
	if (d->verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL && f->group_shared)
		/* A measurement may show that there is nothing to withdraw. */
		return d->basis == VIRTIO_FIXUP_BASIS_DECLARED && f->pending ?
		       VFX_REASON_PENDING : VFX_REASON_SHARED_GROUP;
	reason = against_its_word(f);
	if (d->basis == VIRTIO_FIXUP_BASIS_DECLARED && reason != VFX_REASONS)
		return policy == VIRTIO_FIXUP_POLICY_VOUCHED ? VFX_REASON_VOUCHED : reason;
	return reason_for_safe(f, d);
}

static bool admits(enum vfx_reason reason)
{
	switch (reason) {
	case VFX_REASON_TRANSLATED:
	case VFX_REASON_CONDITIONAL:
	case VFX_REASON_DECLARED:
	case VFX_REASON_RINGS_ONLY:
	case VFX_REASON_VOUCHED:
	case VFX_REASON_UNSAFE_FORM:
	case VFX_REASON_UNSAFE:
		return true;
	default:
		return false;
	}
}

/* @d: with the reason why nothing else admits it. */
static enum vfx_reason reason_for_unsafe(const struct vfx_decision *d)
{
	if (d->reason == VFX_REASON_LEGACY_SHARED &&
	    d->verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED)
		return VFX_REASON_UNSAFE_FORM;
	return VFX_REASON_UNSAFE;
}

static void admit(const struct vfx_facts *f, enum virtio_fixup_policy policy,
		  struct vfx_decision *d)
{
	switch (policy) {
	case VIRTIO_FIXUP_POLICY_AUTO:
	case VIRTIO_FIXUP_POLICY_VOUCHED:
	case VIRTIO_FIXUP_POLICY_PHYSICAL:
		d->reason = weigh(f, policy, d);
		break;
	case VIRTIO_FIXUP_POLICY_STRICT:
		/* Last of all: what only this line refuses, `auto` would admit. */
		d->reason = weigh(f, policy, d);
		if (admits(d->reason) && d->basis != VIRTIO_FIXUP_BASIS_MEASURED)
			d->reason = VFX_REASON_NOT_MEASURED;
		break;
	case VIRTIO_FIXUP_POLICY_UNSAFE:
		d->reason = weigh(f, VIRTIO_FIXUP_POLICY_AUTO, d);
		/* Without a group there is nothing VFIO could open. */
		if (!admits(d->reason) && f->iommu_group)
			d->reason = reason_for_unsafe(d);
		else if (!f->iommu_group)
			d->reason = VFX_REASON_NO_GROUP;
		break;
	default:
		d->reason = VFX_REASON_DENY;
		break;
	}
	/* Nobody may open a function that may still do DMA for its last user. */
	if (policy != VIRTIO_FIXUP_POLICY_DENY && f->resetting)
		d->reason = VFX_REASON_RESETTING;
	if (policy != VIRTIO_FIXUP_POLICY_DENY && f->unstoppable)
		d->reason = VFX_REASON_UNSTOPPABLE;
	d->admitted = admits(d->reason);
}

/*
 * What the user is shown. The platform view needs the modern interface alone;
 * a function opened on the administrator's `unsafe` that we cannot present so,
 * or that does bypass, is shown as the hardware is.
 */
static enum virtio_fixup_view choose_view(const struct vfx_facts *f,
					  enum virtio_fixup_policy policy,
					  const struct vfx_decision *d)
{
	if (!d->admitted)
		return VIRTIO_FIXUP_VIEW_NONE;
	if (vfx_reason_is_unsafe(d->reason) &&
	    (!presentable(f) ||
	     (d->verdict != VIRTIO_FIXUP_VERDICT_TRANSLATED &&
	      d->verdict != VIRTIO_FIXUP_VERDICT_CONDITIONAL)))
		return VIRTIO_FIXUP_VIEW_RAW;
	if (policy == VIRTIO_FIXUP_POLICY_PHYSICAL)
		return VIRTIO_FIXUP_VIEW_PHYSICAL;
	return VIRTIO_FIXUP_VIEW_PLATFORM;
}

static void describe(struct vfx_decision *d)
{
	switch (d->verdict) {
	case VIRTIO_FIXUP_VERDICT_TRANSLATED:
		d->ability = VIRTIO_FIXUP_ABILITY_YES;
		d->state = VIRTIO_FIXUP_STATE_TRANSLATED;
		break;
	case VIRTIO_FIXUP_VERDICT_CONDITIONAL:
		/* The ack is ours to see to, whatever the view; see registers.c. */
		d->ability = VIRTIO_FIXUP_ABILITY_YES;
		d->state = d->view == VIRTIO_FIXUP_VIEW_RAW ?
			   VIRTIO_FIXUP_STATE_UNKNOWN : VIRTIO_FIXUP_STATE_TRANSLATED;
		break;
	case VIRTIO_FIXUP_VERDICT_BYPASS:
		d->ability = VIRTIO_FIXUP_ABILITY_NO;
		d->state = VIRTIO_FIXUP_STATE_BYPASS;
		break;
	default:
		d->ability = VIRTIO_FIXUP_ABILITY_UNKNOWN;
		d->state = VIRTIO_FIXUP_STATE_UNKNOWN;
		break;
	}
}

struct vfx_decision vfx_decide(const struct vfx_facts *facts, enum virtio_fixup_policy policy)
{
	struct vfx_decision d = { .policy = policy };

	judge(facts, policy == VIRTIO_FIXUP_POLICY_VOUCHED, &d);
	d.contradictions = contradictions(facts, &d);
	admit(facts, policy, &d);
	d.view = choose_view(facts, policy, &d);
	d.as_modern = facts->identity == VFX_IDENTITY_TRANSITIONAL &&
		      (d.view == VIRTIO_FIXUP_VIEW_PLATFORM ||
		       d.view == VIRTIO_FIXUP_VIEW_PHYSICAL);
	describe(&d);
	return d;
}

/*
 * Why a driver that enforces nothing should not have what vfx_decide() admits: the
 * first reason that applies, or VFX_REASON_TRANSLATED if there is none.
 */
static enum vfx_reason guarded_objection(const struct vfx_facts *f,
					 const struct vfx_decision *d)
{
	if (f->forced == VFX_OUTCOME_BYPASS)
		return VFX_REASON_BYPASS_FORCED;
	if (f->unacked == VFX_OUTCOME_BYPASS)
		return VFX_REASON_ACK_NOT_ENFORCED;
	if (d->basis != VIRTIO_FIXUP_BASIS_MEASURED)
		return VFX_REASON_WORD_ALONE;
	if (d->verdict != VIRTIO_FIXUP_VERDICT_TRANSLATED)
		return VFX_REASON_ACK_NOT_ENFORCED;
	if (f->identity != VFX_IDENTITY_MODERN || f->legacy_by_driver)
		return VFX_REASON_LEGACY_EXPOSED;
	if (f->forced != VFX_OUTCOME_TRANSLATED && f->forced != VFX_OUTCOME_REJECTED &&
	    f->forced != VFX_OUTCOME_SILENT)
		return VFX_REASON_NOT_FORCED;
	return VFX_REASON_TRANSLATED;
}

static enum vfx_reason weigh_guarded(const struct vfx_facts *f,
				     enum virtio_fixup_policy policy,
				     const struct vfx_decision *d)
{
	enum vfx_reason reason = guarded_objection(f, d);
	bool bypasses = f->forced == VFX_OUTCOME_BYPASS || f->unacked == VFX_OUTCOME_BYPASS;

	switch (policy) {
	case VIRTIO_FIXUP_POLICY_UNSAFE:
		return admits(reason) ? reason : VFX_REASON_UNSAFE;
	case VIRTIO_FIXUP_POLICY_PHYSICAL:
		return VFX_REASON_NEEDS_VIEW;
	case VIRTIO_FIXUP_POLICY_VOUCHED:
		/* The administrator fills in what was not seen, and overrules nothing that was. */
		return admits(reason) || bypasses ? reason : VFX_REASON_VOUCHED;
	default:
		return reason;
	}
}

struct vfx_decision vfx_decide_guarded(const struct vfx_facts *facts,
				       enum virtio_fixup_policy policy)
{
	struct vfx_decision d = vfx_decide(facts, policy);

	if (d.admitted && !vfx_reason_is_unsafe(d.reason))
		d.reason = weigh_guarded(facts, policy, &d);
	/* VFIO's core would write past its memory: no policy makes that safe. */
	if (facts->unreadable && policy != VIRTIO_FIXUP_POLICY_DENY)
		d.reason = VFX_REASON_NO_COMMON_CFG;
	d.admitted = admits(d.reason);
	d.view = VIRTIO_FIXUP_VIEW_NONE;
	d.as_modern = false;
	return d;
}

enum vfx_guard vfx_guard(const struct vfx_facts *facts, const struct vfx_decision *decision,
			 enum vfx_guard_mode mode, enum vfx_hold hold)
{
	if (mode == VFX_GUARD_MODE_OFF)
		return VFX_GUARD_OFF;
	if (decision->admitted)
		return VFX_GUARD_ADMITTED;
	if (!facts->iommu_group && !facts->unreadable && decision->reason != VFX_REASON_DENY)
		return VFX_GUARD_OFF;
	if (mode == VFX_GUARD_MODE_WARN)
		return VFX_GUARD_IN_USE;
	switch (hold) {
	case VFX_HOLD_USED:
		return VFX_GUARD_IN_USE;
	case VFX_HOLD_IDLE:
		return VFX_GUARD_OWNED;
	default:
		return VFX_GUARD_VETOED;
	}
}

bool vfx_guard_waits(enum vfx_guard guard, const struct vfx_facts *facts,
		     const struct vfx_decision *decision, enum vfx_guard_mode mode)
{
	if (mode != VFX_GUARD_MODE_REFUSE)
		return false;
	switch (guard) {
	case VFX_GUARD_VETOED:
		return decision->admitted || facts->pending || facts->resetting;
	case VFX_GUARD_OWNED:
		return facts->pending || facts->resetting;
	case VFX_GUARD_IN_USE:
		/* No notification tells that its user has left, so look again. */
		return facts->iommu_group;
	default:
		return false;
	}
}

const char *vfx_type_name(u16 number)
{
	const struct device_type *type = find_type(number);

	return type ? type->name : NULL;
}

bool vfx_is_virtio_id(u16 device)
{
	return device >= FIRST_TRANSITIONAL_ID && device <= LAST_MODERN_ID;
}

u16 vfx_type_from_ids(u16 device, u16 subsystem)
{
	if (device >= VFX_MODERN_DEVICE_ID && device <= LAST_MODERN_ID)
		return device - VFX_MODERN_DEVICE_ID;
	/* What counts is the device behind it, and that ID is a balloon's. */
	if (device == VIRTIO_TRANS_ID_BALLOON)
		return VIRTIO_ID_BALLOON;
	if (device >= FIRST_TRANSITIONAL_ID && device <= LAST_TRANSITIONAL_ID)
		return subsystem;
	return 0;
}
