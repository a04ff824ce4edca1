// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts -> verdict -> admission -> view, over the whole domain. Of the device types
 * one of each class stands for the others, and two tests show that it does.
 *
 * The tables below are the design's, written down as data: which value of each
 * fact a row takes, and what follows. The first row that fits is compared with
 * what the core decides, for every combination there is. test_admission.c says the
 * same things in words, one behaviour each.
 */
#include "unit.h"
#include "verdict.h"

/* Sets of values. An outcome that nobody defined is one more. */
#define NO		1u
#define YES		2u
#define ANY		~0u
#define NOT_RUN		(1u << VFX_OUTCOME_NOT_RUN)
#define SILENT		(1u << VFX_OUTCOME_SILENT)
#define REJECTED	(1u << VFX_OUTCOME_REJECTED)
#define TRANSLATED	(1u << VFX_OUTCOME_TRANSLATED)
#define BYPASS		(1u << VFX_OUTCOME_BYPASS)
#define UNDEFINED	(1u << VFX_OUTCOMES)
#define NOTHING_SEEN	(SILENT | NOT_RUN | UNDEFINED)

static const struct row {
	const char *says;
	unsigned int protocol, group, negotiable, offered, unacked, acked, vouched;
	enum virtio_fixup_verdict verdict;
	enum virtio_fixup_basis basis;
} rows[] = {
	{ "its protocol names physical addresses",
	  YES, ANY, ANY, ANY, ANY, ANY, ANY,
	  VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_PROTOCOL },
	{ "no IOMMU group",
	  ANY, NO, ANY, ANY, ANY, ANY, ANY,
	  VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_PLATFORM },
	{ "unstoppable, a type nobody knows, legacy-only, or no usable common configuration",
	  ANY, ANY, NO, ANY, ANY, ANY, ANY,
	  VIRTIO_FIXUP_VERDICT_UNKNOWN, VIRTIO_FIXUP_BASIS_NONE },
	{ "it bypasses although acked",
	  ANY, ANY, ANY, ANY, ANY, BYPASS, ANY,
	  VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "not offered, and it bypasses",
	  ANY, ANY, ANY, NO, BYPASS, ANY, ANY,
	  VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "translated, and never anything else",
	  ANY, ANY, ANY, YES, TRANSLATED | REJECTED, TRANSLATED, ANY,
	  VIRTIO_FIXUP_VERDICT_TRANSLATED, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "translated once acked",
	  ANY, ANY, ANY, YES, ANY, TRANSLATED, ANY,
	  VIRTIO_FIXUP_VERDICT_CONDITIONAL, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "it rejects the ack",
	  ANY, ANY, ANY, YES, ANY, REJECTED, ANY,
	  VIRTIO_FIXUP_VERDICT_UNKNOWN, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "offered, nothing seen acked, and it does bypass when it may",
	  ANY, ANY, ANY, YES, BYPASS, NOTHING_SEEN, ANY,
	  VIRTIO_FIXUP_VERDICT_CONDITIONAL, VIRTIO_FIXUP_BASIS_DECLARED },
	{ "offered, nothing seen acked",
	  ANY, ANY, ANY, YES, ANY, NOTHING_SEEN, ANY,
	  VIRTIO_FIXUP_VERDICT_CONDITIONAL, VIRTIO_FIXUP_BASIS_DECLARED },
	{ "not offered, translated: it hides it",
	  ANY, ANY, ANY, NO, TRANSLATED, ANY, ANY,
	  VIRTIO_FIXUP_VERDICT_TRANSLATED, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "not offered, and it would not go live",
	  ANY, ANY, ANY, NO, REJECTED, ANY, ANY,
	  VIRTIO_FIXUP_VERDICT_UNKNOWN, VIRTIO_FIXUP_BASIS_MEASURED },
	{ "not offered, nothing seen, vouched for",
	  ANY, ANY, ANY, NO, NOTHING_SEEN, ANY, YES,
	  VIRTIO_FIXUP_VERDICT_TRANSLATED, VIRTIO_FIXUP_BASIS_VOUCHED },
	{ "not offered, nothing seen: an old device bypasses",
	  ANY, ANY, ANY, NO, NOTHING_SEEN, ANY, NO,
	  VIRTIO_FIXUP_VERDICT_BYPASS, VIRTIO_FIXUP_BASIS_DECLARED },
};

/* balloon (both), iommu, mem and pmem */
static const u16 protocol_types[] = { 5, 13, 23, 24, 27 };
/* Numbers within the list of types that the specification gives to none. */
static const u16 unknown_types[] = { 0, 14, 15, 37 };
#define LAST_KNOWN_TYPE	45
#define LAST_TYPE	70

/* gpu, video (both), rdma and camera: their requests name memory */
static const u16 memory_types[] = { 16, 30, 31, 42, 43 };

/* One type for each class: blk, balloon, gpu, and one that nobody knows. */
static const u16 examples[] = { 2, 5, 16, 15 };

/* What a policy admits of the safe verdicts, and what it shows. */
static const struct policy_row {
	bool measured, declared, vouched, bypasses_unacked, everything;
	enum virtio_fixup_view view;
} policies[VIRTIO_FIXUP_POLICIES + 1] = {
	[VIRTIO_FIXUP_POLICY_AUTO] =
		{ true, true, false, false, false, VIRTIO_FIXUP_VIEW_PLATFORM },
	[VIRTIO_FIXUP_POLICY_STRICT] =
		{ true, false, false, false, false, VIRTIO_FIXUP_VIEW_PLATFORM },
	[VIRTIO_FIXUP_POLICY_VOUCHED] =
		{ true, true, true, true, false, VIRTIO_FIXUP_VIEW_PLATFORM },
	[VIRTIO_FIXUP_POLICY_PHYSICAL] =
		{ true, true, false, false, false, VIRTIO_FIXUP_VIEW_PHYSICAL },
	[VIRTIO_FIXUP_POLICY_UNSAFE] =
		{ true, true, false, false, true, VIRTIO_FIXUP_VIEW_PLATFORM },
	/* deny, and a policy that nobody defined, admit nothing */
};

static unsigned int yes_or_no(bool value)
{
	return value ? YES : NO;
}

static bool is_among(u16 type, const u16 *types, unsigned int count)
{
	while (count--)
		if (types[count] == type)
			return true;
	return false;
}

static bool is_protocol_type(u16 type)
{
	return is_among(type, protocol_types, COUNT(protocol_types));
}

static bool is_known_type(u16 type)
{
	return type <= LAST_KNOWN_TYPE && !is_among(type, unknown_types, COUNT(unknown_types));
}

static bool is_memory_type(u16 type)
{
	return is_among(type, memory_types, COUNT(memory_types));
}

/* Translated rings say nothing of where requests send a device that name memory. */
static unsigned int outcome_of(const struct vfx_facts *f, enum vfx_outcome outcome)
{
	if (outcome == VFX_OUTCOME_TRANSLATED && is_memory_type(f->type))
		return SILENT;
	return 1u << outcome;
}

static const struct row *fitting_row(const struct vfx_facts *f,
				     enum virtio_fixup_policy policy)
{
	bool negotiable = !f->unstoppable && is_known_type(f->type) && f->common_cfg && f->offered_known &&
			  (f->identity == VFX_IDENTITY_MODERN ||
			   f->identity == VFX_IDENTITY_TRANSITIONAL);
	unsigned int i;

	for (i = 0; i < COUNT(rows); i++)
		if ((rows[i].protocol & yes_or_no(is_protocol_type(f->type))) &&
		    (rows[i].group & yes_or_no(f->iommu_group)) &&
		    (rows[i].negotiable & yes_or_no(negotiable)) &&
		    (rows[i].offered & yes_or_no(f->offered)) &&
		    (rows[i].unacked & outcome_of(f, f->unacked)) &&
		    (rows[i].acked & outcome_of(f, f->acked)) &&
		    (rows[i].vouched & yes_or_no(policy == VIRTIO_FIXUP_POLICY_VOUCHED)))
			return &rows[i];
	unit_fail(__FILE__, __LINE__, "the table has no row for it");
}

static bool is_safe(enum virtio_fixup_verdict verdict)
{
	return verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED ||
	       verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL;
}

static bool can_look_modern(const struct vfx_facts *f)
{
	switch (f->identity) {
	case VFX_IDENTITY_MODERN:
		return true;
	case VFX_IDENTITY_TRANSITIONAL:
		return f->legacy_apart;
	default:
		return false;
	}
}

static bool admitted_as_safe(const struct vfx_facts *f,
			     const struct policy_row *policy, const struct row *row)
{
	if (!is_safe(row->verdict) || !can_look_modern(f))
		return false;
	if (row->verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL && f->group_shared)
		return false;
	if (row->basis == VIRTIO_FIXUP_BASIS_DECLARED && f->unacked == VFX_OUTCOME_BYPASS)
		return policy->bypasses_unacked;
	return row->basis == VIRTIO_FIXUP_BASIS_MEASURED ? policy->measured :
	       row->basis == VIRTIO_FIXUP_BASIS_DECLARED ? policy->declared : policy->vouched;
}

static unsigned int expected_contradictions(const struct vfx_facts *f,
					    const struct row *row)
{
	bool measured = row->basis == VIRTIO_FIXUP_BASIS_MEASURED;
	bool declared = row->basis == VIRTIO_FIXUP_BASIS_DECLARED;
	bool bypass = row->verdict == VIRTIO_FIXUP_VERDICT_BYPASS;
	unsigned int mask = 0;

	if (f->offered && measured && bypass)
		mask |= VFX_CONTRADICTION_OFFERS_BUT_BYPASSES;
	if (f->iommu_group && (measured || declared) && bypass)
		mask |= VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES;
	if (!f->offered && measured && row->verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED)
		mask |= VFX_CONTRADICTION_TRANSLATED_BUT_HIDES;
	return mask;
}

static void check_one(const struct vfx_facts *f, enum virtio_fixup_policy policy)
{
	struct vfx_decision d = vfx_decide(f, policy);
	const struct policy_row *p = &policies[policy];
	const struct row *row = fitting_row(f, policy);
	bool safe = !f->unstoppable && admitted_as_safe(f, p, row);
	enum virtio_fixup_view view = VIRTIO_FIXUP_VIEW_NONE;

	CHECK_IN(d.verdict == row->verdict && d.basis == row->basis,
		 "type %u, unacked %d, acked %d: %s", f->type, f->unacked, f->acked, row->says);
	CHECK_IN(d.admitted == (safe || (p->everything && f->iommu_group && !f->unstoppable)),
		 "type %u, policy %d: %s", f->type, policy, row->says);
	CHECK_IN(d.contradictions == expected_contradictions(f, row), "type %u: %s",
		 f->type, row->says);

	if (d.admitted)
		view = p->view;
	/* By `unsafe` only: what we cannot say is translated is shown as it is. */
	if (d.admitted && (!is_safe(row->verdict) || !can_look_modern(f)))
		view = VIRTIO_FIXUP_VIEW_RAW;
	CHECK_IN(d.view == view, "type %u, policy %d: %s", f->type, policy, row->says);

	CHECK(d.as_modern == (d.admitted && d.view != VIRTIO_FIXUP_VIEW_RAW &&
			      f->identity == VFX_IDENTITY_TRANSITIONAL));

	/* The reason fits the answer. */
	CHECK(vfx_reason_is_unsafe(d.reason) == (d.admitted && !safe));
	CHECK((d.reason == VFX_REASON_UNSAFE_FORM) ==
	      (d.admitted && !safe && d.verdict == VIRTIO_FIXUP_VERDICT_TRANSLATED));
	CHECK((d.reason <= VFX_REASON_UNSAFE) == d.admitted);
	CHECK(d.reason < VFX_REASONS);

	/* What the guest is told follows from the verdict. */
	CHECK(d.ability == (is_safe(d.verdict) ? VIRTIO_FIXUP_ABILITY_YES :
			    d.verdict == VIRTIO_FIXUP_VERDICT_BYPASS ?
			    VIRTIO_FIXUP_ABILITY_NO : VIRTIO_FIXUP_ABILITY_UNKNOWN));
	if (d.state == VIRTIO_FIXUP_STATE_TRANSLATED)
		CHECK(is_safe(d.verdict));
	CHECK((d.state == VIRTIO_FIXUP_STATE_BYPASS) ==
	      (d.verdict == VIRTIO_FIXUP_VERDICT_BYPASS));

	/* Invariants, whatever the tables say. */
	if (d.verdict == VIRTIO_FIXUP_VERDICT_BYPASS ||
	    d.verdict == VIRTIO_FIXUP_VERDICT_UNKNOWN ||
	    !can_look_modern(f) || is_protocol_type(f->type))
		CHECK(!d.admitted || policy == VIRTIO_FIXUP_POLICY_UNSAFE);
	if (!f->iommu_group)
		CHECK(!d.admitted);
	if (d.view == VIRTIO_FIXUP_VIEW_RAW)
		CHECK(policy == VIRTIO_FIXUP_POLICY_UNSAFE);
	if (policy == VIRTIO_FIXUP_POLICY_DENY)
		CHECK(d.reason == VFX_REASON_DENY);
	else if (f->unstoppable)
		CHECK(d.reason == VFX_REASON_UNSTOPPABLE);
	if (f->unstoppable || policy >= VIRTIO_FIXUP_POLICY_DENY)
		CHECK(!d.admitted);
}

typedef void (*for_each_fn)(const struct vfx_facts *f,
			    enum virtio_fixup_policy policy);

static void for_every_policy(struct vfx_facts *f, for_each_fn check)
{
	unsigned int policy;

	for (policy = 0; policy <= VIRTIO_FIXUP_POLICIES; policy++)
		check(f, (enum virtio_fixup_policy)policy);
}

static void for_every_outcome(struct vfx_facts *f, for_each_fn check)
{
	unsigned int unacked, acked;

	for (unacked = 0; unacked <= VFX_OUTCOMES; unacked++) {
		for (acked = 0; acked <= VFX_OUTCOMES; acked++) {
			f->unacked = (enum vfx_outcome)unacked;
			f->acked = (enum vfx_outcome)acked;
			for_every_policy(f, check);
		}
	}
}

/*
 * Every combination of every value, and one value out of range of each enumeration;
 * of the types the examples.
 */
static void for_everything(for_each_fn check)
{
	unsigned int i, identity, bits;

	for (i = 0; i < COUNT(examples); i++) {
		for (identity = 0; identity <= VFX_IDENTITIES; identity++) {
			for (bits = 0; bits < 128; bits++) {
				struct vfx_facts f = {
					.type = examples[i],
					.identity = (enum vfx_identity)identity,
					.common_cfg = bits & 1,
					.offered_known = bits & 2,
					.offered = bits & 4,
					.iommu_group = bits & 8,
					.group_shared = bits & 16,
					.unstoppable = bits & 32,
					.legacy_apart = bits & 64,
				};

				for_every_outcome(&f, check);
			}
		}
	}
}

TEST(each_type_is_in_the_class_that_the_tables_say)
{
	unsigned int type;

	for (type = 0; type <= LAST_TYPE; type++) {
		CHECK_IN(vfx_protocol_names_physical((u16)type) == is_protocol_type((u16)type),
			 "type %u", type);
		CHECK_IN(vfx_requests_name_memory((u16)type) == is_memory_type((u16)type),
			 "type %u", type);
		CHECK_IN(!!vfx_type_name((u16)type) == is_known_type((u16)type), "type %u", type);
	}
}

/* The example of the class that a type is in. */
static u16 example_for(u16 type)
{
	unsigned int i;

	for (i = 0; i < COUNT(examples); i++)
		if (is_protocol_type(examples[i]) == is_protocol_type(type) &&
		    is_memory_type(examples[i]) == is_memory_type(type) &&
		    is_known_type(examples[i]) == is_known_type(type))
			return examples[i];
	unit_fail(__FILE__, __LINE__, "no example for type %u", type);
}

static void check_like_its_example(const struct vfx_facts *f,
				   enum virtio_fixup_policy policy)
{
	struct vfx_facts example = *f;
	struct vfx_decision d = vfx_decide(f, policy), e;

	example.type = example_for(f->type);
	e = vfx_decide(&example, policy);
	CHECK_IN(d.verdict == e.verdict && d.basis == e.basis && d.reason == e.reason &&
		 d.admitted == e.admitted && d.view == e.view && d.ability == e.ability &&
		 d.state == e.state && d.as_modern == e.as_modern &&
		 d.contradictions == e.contradictions,
		 "type %u is not decided as type %u is", f->type, example.type);
}

TEST(each_type_is_decided_as_the_example_of_its_class_is)
{
	unsigned int type, offered;

	for (type = 0; type <= LAST_TYPE; type++) {
		for (offered = 0; offered < 2; offered++) {
			struct vfx_facts f = {
				.type = (u16)type,
				.identity = VFX_IDENTITY_MODERN,
				.common_cfg = true,
				.offered_known = true,
				.offered = offered,
				.iommu_group = true,
			};

			for_every_outcome(&f, check_like_its_example);
		}
	}
}

TEST(every_combination_decides_as_the_tables_say)
{
	for_everything(check_one);
}

static void check_condition_can_be_met(const struct vfx_facts *f,
				       enum virtio_fixup_policy policy)
{
	struct vfx_decision d = vfx_decide(f, policy);

	if (d.admitted && d.verdict == VIRTIO_FIXUP_VERDICT_CONDITIONAL &&
	    d.view != VIRTIO_FIXUP_VIEW_RAW)
		CHECK_IN(f->offered, "unacked %d, acked %d, policy %d", f->unacked, f->acked,
			 policy);
}

/* The register file never acks what is not offered: such a condition is never met. */
TEST(no_function_is_admitted_on_condition_of_an_ack_that_it_does_not_offer)
{
	for_everything(check_condition_can_be_met);
}

/* A remedy that says "set policy X" is followed: it must lead in, or it is no remedy. */
static void check_remedy_leads_in(const struct vfx_facts *f,
				  enum virtio_fixup_policy policy)
{
	struct vfx_decision d = vfx_decide(f, policy);
	const char *remedy = vfx_remedy_text(d.reason);
	unsigned int named;
	char phrase[32];

	for (named = 0; remedy && named < VIRTIO_FIXUP_POLICIES; named++) {
		snprintf(phrase, sizeof(phrase), "set policy %s",
			 vfx_policy_word(named));
		if (strstr(remedy, phrase))
			CHECK_IN(vfx_decide(f, named).admitted,
				 "refused by %s: %s; to do: %s; and then: %s",
				 vfx_policy_word(policy),
				 vfx_reason_text(d.reason), phrase,
				 vfx_reason_text(vfx_decide(f, named).reason));
	}
}

TEST(a_remedy_that_names_a_policy_leads_in)
{
	for_everything(check_remedy_leads_in);
}
