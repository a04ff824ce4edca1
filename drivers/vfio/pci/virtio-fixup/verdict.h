/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * facts -> verdict -> admission -> view: the decisions, each a pure and total
 * function. Nothing outside verdict.c decides any of this; nothing in it knows
 * where the facts come from.
 */
#ifndef VIRTIO_FIXUP_VERDICT_H
#define VIRTIO_FIXUP_VERDICT_H

#include "core_types.h"

#define VIRTIO_FIXUP_VENDOR_ID		0x1af4
/* Bit 33 is bit 1 of the feature word that feature select 1 chooses. */
#define VIRTIO_FIXUP_ACCESS_PLATFORM	33

enum virtio_fixup_identity {
	VIRTIO_FIXUP_MODERN,		/* device ID 0x1040 and up */
	VIRTIO_FIXUP_TRANSITIONAL,	/* 0x1000-0x103f, with the modern interface too */
	VIRTIO_FIXUP_LEGACY_ONLY,	/* 0x1000-0x103f, without it */
	VIRTIO_FIXUP_IDENTITIES,
};

/* The outcome of one measuring run, with the bit unacked or acked. */
enum virtio_fixup_outcome {
	VIRTIO_FIXUP_NOT_RUN,
	VIRTIO_FIXUP_SAW_SILENCE,	/* went live, nothing was seen */
	VIRTIO_FIXUP_SAW_REJECTION,	/* would not go live that way */
	VIRTIO_FIXUP_SAW_TRANSLATED,
	VIRTIO_FIXUP_SAW_BYPASS,
	VIRTIO_FIXUP_OUTCOMES,
};

/**
 * struct virtio_fixup_facts - what is known of one function
 * @type: virtio device type (virtio 1.3, section 5)
 * @identity: how it presents itself on PCI
 * @legacy_apart: of a transitional one: its legacy interface has BAR 0 to itself,
 *	and so can be taken away; see virtio_fixup_legacy_is_apart()
 * @common_cfg: it has a usable common configuration structure
 * @offered_known: device_feature was read; false for a reader of config space
 * @offered: it offers VIRTIO_F_ACCESS_PLATFORM
 * @unacked: outcome of measuring with the bit not acked
 * @acked: outcome of measuring with the bit acked
 * @iommu_group: it has an IOMMU group that VFIO takes
 * @group_shared: the group has other endpoints
 * @unstoppable: it could not be stopped after its last user, or after measuring
 */
struct virtio_fixup_facts {
	u16 type;
	enum virtio_fixup_identity identity;
	bool legacy_apart;
	bool common_cfg;
	bool offered_known;
	bool offered;
	enum virtio_fixup_outcome unacked;
	enum virtio_fixup_outcome acked;
	bool iommu_group;
	bool group_shared;
	bool unstoppable;
};

/* Why a function is admitted or refused: one word for one sentence. */
enum virtio_fixup_reason {
	VIRTIO_FIXUP_BECAUSE_TRANSLATED,
	VIRTIO_FIXUP_BECAUSE_CONDITIONAL,
	VIRTIO_FIXUP_BECAUSE_DECLARED,
	VIRTIO_FIXUP_BECAUSE_VOUCHED,
	VIRTIO_FIXUP_BECAUSE_UNSAFE,
	VIRTIO_FIXUP_REFUSED_DENY,
	VIRTIO_FIXUP_REFUSED_UNSTOPPABLE,
	VIRTIO_FIXUP_REFUSED_NO_GROUP,
	VIRTIO_FIXUP_REFUSED_PROTOCOL,
	VIRTIO_FIXUP_REFUSED_LEGACY_ONLY,
	VIRTIO_FIXUP_REFUSED_NO_COMMON_CFG,
	VIRTIO_FIXUP_REFUSED_LEGACY_SHARED,
	VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED,
	VIRTIO_FIXUP_REFUSED_BYPASS_DECLARED,
	VIRTIO_FIXUP_REFUSED_BYPASSES_UNACKED,
	VIRTIO_FIXUP_REFUSED_UNKNOWN_TYPE,
	VIRTIO_FIXUP_REFUSED_UNKNOWN,
	VIRTIO_FIXUP_REFUSED_NOT_MEASURED,
	VIRTIO_FIXUP_REFUSED_SHARED_GROUP,
	VIRTIO_FIXUP_REASONS,
};

/* Contradictions between what is claimed and what is so, as a bit mask. */
#define VIRTIO_FIXUP_OFFERS_BUT_BYPASSES	0x1
#define VIRTIO_FIXUP_DESCRIBED_BUT_BYPASSES	0x2
#define VIRTIO_FIXUP_TRANSLATED_BUT_HIDES	0x4

/**
 * struct virtio_fixup_decision - all that follows from facts and policy
 * @policy: the one it was made under
 * @verdict: where the function's DMA goes
 * @basis: what that rests on
 * @admitted: VFIO may open the function
 * @reason: why, or why not
 * @view: what its user is shown; VIRTIO_FIXUP_VIEW_NONE if it is not admitted
 * @as_modern: it is transitional, and its user sees a modern function instead
 * @contradictions: mask of the VIRTIO_FIXUP_*_BUT_* bits
 * @ability: for the description capability
 * @state: for the description capability
 */
struct virtio_fixup_decision {
	enum virtio_fixup_policy policy;
	enum virtio_fixup_verdict verdict;
	enum virtio_fixup_basis basis;
	bool admitted;
	enum virtio_fixup_reason reason;
	enum virtio_fixup_view view;
	bool as_modern;
	unsigned int contradictions;
	enum virtio_fixup_ability ability;
	enum virtio_fixup_state state;
};

/**
 * virtio_fixup_decide() - draw every conclusion from facts and policy
 * @facts: what is known
 * @policy: the administrator's word
 *
 * The only entry to the chain of decisions. Total: every combination of values
 * of the fields' types gives a decision, and an unknown one is never admitted.
 */
struct virtio_fixup_decision
virtio_fixup_decide(const struct virtio_fixup_facts *facts,
		    enum virtio_fixup_policy policy);

/**
 * virtio_fixup_type_name() - the short name of a virtio device type
 * @number: virtio 1.3, section 5
 *
 * Return: a name such as "blk", or NULL for a type the specification does not name.
 */
const char *virtio_fixup_type_name(u16 number);

/**
 * virtio_fixup_protocol_names_physical() - do translated rings contain this type?
 * @number: virtio device type
 *
 * Return: true if its requests name physical pages, or it translates for others,
 * so that where its rings are says nothing of where its DMA goes.
 */
bool virtio_fixup_protocol_names_physical(u16 number);

/**
 * virtio_fixup_type_from_ids() - the device type behind PCI IDs
 * @device: PCI device ID of a function with vendor ID 0x1af4
 * @subsystem: its PCI subsystem ID, which names the type of transitional functions
 *
 * Return: the type, or 0 if these are not the IDs of a virtio function.
 */
u16 virtio_fixup_type_from_ids(u16 device, u16 subsystem);

/*
 * The words of the interface. Each table has one word for each value; they are
 * what sysfs, the command line and the log print. Out-of-range values give "?".
 */
const char *virtio_fixup_verdict_word(enum virtio_fixup_verdict verdict);
const char *virtio_fixup_basis_word(enum virtio_fixup_basis basis);
const char *virtio_fixup_policy_word(enum virtio_fixup_policy policy);
const char *virtio_fixup_view_word(enum virtio_fixup_view view);
const char *virtio_fixup_identity_word(enum virtio_fixup_identity identity);
const char *virtio_fixup_outcome_word(enum virtio_fixup_outcome outcome);
const char *virtio_fixup_ability_word(enum virtio_fixup_ability ability);
const char *virtio_fixup_state_word(enum virtio_fixup_state state);
const char *virtio_fixup_contradiction_word(unsigned int contradiction);

/**
 * virtio_fixup_reason_text() - a reason in one sentence
 * @reason: from a decision
 *
 * Return: what was decided and why, without a full stop.
 */
const char *virtio_fixup_reason_text(enum virtio_fixup_reason reason);

/**
 * virtio_fixup_remedy_text() - what the operator can do about a refusal
 * @reason: from a decision
 *
 * Return: one sentence without a full stop, or NULL where there is nothing to do.
 */
const char *virtio_fixup_remedy_text(enum virtio_fixup_reason reason);

/**
 * virtio_fixup_parse_policy() - a policy from its word
 * @word: NUL-terminated
 * @policy: result
 *
 * Return: 0, or -EINVAL for a word that is none of the six.
 */
int virtio_fixup_parse_policy(const char *word, enum virtio_fixup_policy *policy);

#endif
