/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the guard does about a function that a VFIO driver other than this module's has,
 * or is about to get.
 */
#ifndef VFX_GUARDED_H
#define VFX_GUARDED_H

#include "verdict.h"

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
 * nothing but the policy `deny` keeps a function from it. Total.
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

const char *vfx_guard_word(enum vfx_guard guard);
const char *vfx_guard_mode_word(enum vfx_guard_mode mode);

/* A mode from its word. Return: 0, or -EINVAL for a word that is none of the three. */
int vfx_parse_guard_mode(const char *word, enum vfx_guard_mode *mode);

#endif
