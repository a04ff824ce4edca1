/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * facts -> verdict -> admission -> view, and what the guard does about a function that a
 * VFIO driver other than this module's has, or is about to get: the decisions, each a
 * pure and total function. Nothing outside verdict.c decides any of this; nothing in it
 * knows where the facts come from.
 */
#ifndef VFX_VERDICT_H
#define VFX_VERDICT_H

#include "types.h"

/* The PCI device ID of a modern function of type 0 (virtio 1.3, 4.1.2). */
#define VFX_MODERN_DEVICE_ID	0x1040

enum vfx_identity {
	VFX_IDENTITY_MODERN,		/* device ID 0x1040 and up */
	VFX_IDENTITY_TRANSITIONAL,	/* 0x1000-0x103f, with the modern interface too */
	VFX_IDENTITY_LEGACY_ONLY,	/* 0x1000-0x103f, without it */
	VFX_IDENTITIES,
};

/* The outcome of one measuring run, with the bit unacked or acked. */
enum vfx_outcome {
	VFX_OUTCOME_NOT_RUN,
	VFX_OUTCOME_SILENT,	/* went live, nothing was seen */
	VFX_OUTCOME_REJECTED,	/* would not go live that way */
	VFX_OUTCOME_TRANSLATED,
	VFX_OUTCOME_BYPASS,
	VFX_OUTCOMES,
};

/**
 * struct vfx_facts - what is known of one function
 * @type: virtio device type (virtio 1.3, section 5)
 * @identity: how it presents itself on PCI
 * @legacy_apart: of a transitional one: its legacy interface can be taken away, see
 *	vfx_legacy_is_apart()
 * @legacy_by_driver: its VFIO driver gives its user a legacy interface; see
 *	vfx_decide_guarded()
 * @unreadable: it cannot be read, or VFIO cannot be given its capability lists; this
 *	module's driver does not bind it then
 * @common_cfg: it has a usable common configuration structure
 * @offered_known: device_feature was read; false for a reader of config space
 * @offered: it offers VIRTIO_F_ACCESS_PLATFORM
 * @unacked: outcome of measuring with the bit not acked
 * @acked: outcome of measuring with the bit acked
 * @forced: outcome of driving it live by force, as a hostile user would; silence
 *	counts as one only where an acked run behind it was answered
 * @pending: nothing was seen yet, and a measurement is due; see evidence.h
 * @mute: it went live as a good driver has it, and did not answer what every
 *	function of its type answers
 * @iommu_group: it has an IOMMU group that VFIO takes
 * @group_shared: the group has other endpoints
 * @resetting: a reset of it is still under way, and nothing can be asked of it
 * @unstoppable: it could not be stopped after its last user, or after measuring
 */
struct vfx_facts {
	u16 type;
	enum vfx_identity identity;
	bool legacy_apart;
	bool legacy_by_driver;
	bool unreadable;
	bool common_cfg;
	bool offered_known;
	bool offered;
	enum vfx_outcome unacked;
	enum vfx_outcome acked;
	enum vfx_outcome forced;
	bool pending;
	bool mute;
	bool iommu_group;
	bool group_shared;
	bool resetting;
	bool unstoppable;
};

/* Why a function is admitted or refused: one word for one sentence. */
enum vfx_reason {
	VFX_REASON_TRANSLATED,
	VFX_REASON_CONDITIONAL,
	VFX_REASON_DECLARED,
	VFX_REASON_RINGS_ONLY,
	VFX_REASON_VOUCHED,
	VFX_REASON_UNSAFE_FORM,
	VFX_REASON_UNSAFE,
	VFX_REASON_DENY,
	VFX_REASON_UNSTOPPABLE,
	VFX_REASON_NO_GROUP,
	VFX_REASON_PROTOCOL,
	VFX_REASON_LEGACY_ONLY,
	VFX_REASON_NO_COMMON_CFG,
	VFX_REASON_LEGACY_SHARED,
	VFX_REASON_BYPASS_MEASURED,
	VFX_REASON_BYPASS_DECLARED,
	VFX_REASON_BYPASSES_UNACKED,
	VFX_REASON_UNKNOWN_TYPE,
	VFX_REASON_UNKNOWN,
	VFX_REASON_NOT_MEASURED,
	VFX_REASON_SHARED_GROUP,
	VFX_REASON_PENDING,
	VFX_REASON_MUTE,
	VFX_REASON_RESETTING,
	/* Of a driver that enforces nothing: see vfx_decide_guarded(). */
	VFX_REASON_NEEDS_VIEW,
	VFX_REASON_LEGACY_EXPOSED,
	VFX_REASON_WORD_ALONE,
	VFX_REASON_ACK_NOT_ENFORCED,
	VFX_REASON_BYPASS_FORCED,
	VFX_REASON_NOT_FORCED,
	VFX_REASONS,
};

/* Contradictions between what is claimed and what is so, as a bit mask. */
#define VFX_CONTRADICTION_OFFERS_BUT_BYPASSES	0x1
#define VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES	0x2
#define VFX_CONTRADICTION_TRANSLATED_BUT_HIDES	0x4
#define VFX_CONTRADICTIONS	3	/* bits in the mask */

/**
 * struct vfx_decision - all that follows from facts and policy
 * @policy: the one it was made under
 * @verdict: where the function's DMA goes
 * @basis: what that rests on
 * @admitted: VFIO may open the function
 * @reason: why, or why not
 * @view: what its user is shown; VIRTIO_FIXUP_VIEW_NONE if it is not admitted
 * @as_modern: it is transitional, and its user sees a modern function instead
 * @contradictions: mask of VFX_CONTRADICTION_*
 * @ability: for the description capability
 * @state: for the description capability
 */
struct vfx_decision {
	enum virtio_fixup_policy policy;
	enum virtio_fixup_verdict verdict;
	enum virtio_fixup_basis basis;
	bool admitted;
	enum vfx_reason reason;
	enum virtio_fixup_view view;
	bool as_modern;
	unsigned int contradictions;
	enum virtio_fixup_ability ability;
	enum virtio_fixup_state state;
};

/**
 * vfx_decide() - draw every conclusion from facts and policy
 * @facts: what is known
 * @policy: the administrator's word
 *
 * The only entry to the chain of decisions.
 *
 * Return: a decision, for every combination of values of the fields' types; an unknown one
 * is never admitted.
 */
struct vfx_decision vfx_decide(const struct vfx_facts *facts, enum virtio_fixup_policy policy);

/**
 * vfx_decide_guarded() - may a VFIO driver that enforces nothing have it?
 * @facts: what is known
 * @policy: the administrator's word
 *
 * What is admitted here is safe with a user who reaches every register: an ack
 * that can be withheld, withdrawn or never made counts for nothing. So it admits
 * nothing that vfx_decide() would refuse, and less. Total.
 *
 * Return: the decision; its view is VIRTIO_FIXUP_VIEW_NONE, as there is none.
 */
struct vfx_decision vfx_decide_guarded(const struct vfx_facts *facts,
				       enum virtio_fixup_policy policy);

/* Does nothing but the administrator's `unsafe` admit it? */
static inline bool vfx_reason_is_unsafe(enum vfx_reason reason)
{
	return reason == VFX_REASON_UNSAFE || reason == VFX_REASON_UNSAFE_FORM;
}

/* Does it admit, under some facts, what `auto` refuses, or show what `auto` does not? */
static inline bool vfx_policy_loosens(enum virtio_fixup_policy policy)
{
	return policy == VIRTIO_FIXUP_POLICY_VOUCHED || policy == VIRTIO_FIXUP_POLICY_PHYSICAL ||
	       policy == VIRTIO_FIXUP_POLICY_UNSAFE;
}

/* What the administrator wants of the guard: the module parameter `guard`. */
enum vfx_guard_mode {
	VFX_GUARD_MODE_REFUSE,
	VFX_GUARD_MODE_WARN,	/* name what would be refused, and refuse nothing */
	VFX_GUARD_MODE_OFF,
	VFX_GUARD_MODES,
};

/* What the guard made of a function: the file `guard` in sysfs. */
enum vfx_guard {
	VFX_GUARD_OFF,		/* no such driver has it, or nothing is asked of the guard */
	VFX_GUARD_ADMITTED,	/* such a driver has it, and may */
	VFX_GUARD_VETOED,	/* such a driver was not given it; it has no driver */
	VFX_GUARD_OWNED,	/* such a driver had it already; nobody can open it */
	VFX_GUARD_IN_USE,	/* such a driver has it, may not, and cannot be kept from it */
	VFX_GUARDS,
};

/* How far that driver has come. */
enum vfx_hold {
	VFX_HOLD_NONE,		/* it is about to be probed */
	VFX_HOLD_IDLE,		/* it is bound, and the guard can own the IOMMU group */
	VFX_HOLD_USED,		/* it is bound, and somebody else has the IOMMU group */
	VFX_HOLDS,
};

/**
 * vfx_guard() - what is done about a function
 * @facts: what is known of it
 * @decision: of vfx_decide_guarded()
 * @mode: the administrator's word on the guard
 * @hold: how far the driver has come
 *
 * VFIO's no-IOMMU mode is its administrator's own `unsafe`: without an IOMMU group
 * nothing but the policy `deny` keeps a function from it.
 *
 * Return: what the guard makes of it, for every combination of values.
 */
enum vfx_guard vfx_guard(const struct vfx_facts *facts, const struct vfx_decision *decision,
			 enum vfx_guard_mode mode, enum vfx_hold hold);

/**
 * vfx_guard_waits() - is a function to be looked at again by itself?
 * @guard: what was made of it
 * @facts: what is known of it
 * @decision: what vfx_decide_guarded() says of it now
 * @mode: the administrator's word on the guard
 *
 * Return: true if something may have gone that was in its way, or was in the guard's.
 */
bool vfx_guard_waits(enum vfx_guard guard, const struct vfx_facts *facts,
		     const struct vfx_decision *decision, enum vfx_guard_mode mode);

/* Does a mode let through what another one refuses? */
static inline bool vfx_guard_mode_loosens(enum vfx_guard_mode mode)
{
	return mode != VFX_GUARD_MODE_REFUSE;
}

/* Nothing but the administrator's word admits it, and nobody is asked when it is opened. */
static inline bool vfx_reason_is_word(enum vfx_reason reason)
{
	return reason == VFX_REASON_VOUCHED || vfx_reason_is_unsafe(reason);
}

/* The short name of a virtio device type, such as "blk"; NULL for one we do not know. */
const char *vfx_type_name(u16 number);

/*
 * Of a device type: do its requests name physical pages, or does it translate for
 * others? Then where its rings are says nothing of where its DMA goes. Do its requests
 * name memory of its driver's? Then translated rings show only part of that.
 */
bool vfx_protocol_names_physical(u16 number);
bool vfx_requests_name_memory(u16 number);

/* Is this a device ID of a virtio function, of whatever type, with that vendor's? */
bool vfx_is_virtio_id(u16 device);

/**
 * vfx_type_from_ids() - the device type behind PCI IDs
 * @device: PCI device ID of a function of PCI_VENDOR_ID_REDHAT_QUMRANET
 * @subsystem: its PCI subsystem ID, which names the type of transitional functions
 *
 * Return: the type, or 0 if these are not the IDs of a virtio function.
 */
u16 vfx_type_from_ids(u16 device, u16 subsystem);

/*
 * The words of the interface. Each table has one word for each value; they are
 * what sysfs, the command line and the log print. Out-of-range values give "?".
 */
const char *vfx_verdict_word(enum virtio_fixup_verdict verdict);
const char *vfx_basis_word(enum virtio_fixup_basis basis);
const char *vfx_policy_word(enum virtio_fixup_policy policy);
const char *vfx_view_word(enum virtio_fixup_view view);
const char *vfx_identity_word(enum vfx_identity identity);
const char *vfx_outcome_word(enum vfx_outcome outcome);
const char *vfx_ability_word(enum virtio_fixup_ability ability);
const char *vfx_state_word(enum virtio_fixup_state state);
const char *vfx_guard_word(enum vfx_guard guard);
const char *vfx_guard_mode_word(enum vfx_guard_mode mode);
const char *vfx_contradiction_word(unsigned int bit);	/* the number of one in the mask */

/*
 * Why it was admitted or refused, and what the operator can do about that: each one
 * sentence without a full stop. There is no remedy, and NULL, where it was admitted.
 */
const char *vfx_reason_text(enum vfx_reason reason);
const char *vfx_remedy_text(enum vfx_reason reason);

/* A policy from its word. Return: 0, or -EINVAL for a word that is none of the six. */
int vfx_parse_policy(const char *word, enum virtio_fixup_policy *policy);

/* A mode from its word. Return: 0, or -EINVAL for a word that is none of the three. */
int vfx_parse_guard_mode(const char *word, enum vfx_guard_mode *mode);

#endif
