// SPDX-License-Identifier: GPL-2.0-only
/* The decisions and words of guarded.h. Pure. */
#include "guarded.h"

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
		/* Nobody tells when its user leaves. */
		return facts->iommu_group;
	default:
		return false;
	}
}

static const char *const guard_words[VFX_GUARDS] = {
	[VFX_GUARD_OFF] = "off",
	[VFX_GUARD_ADMITTED] = "admitted",
	[VFX_GUARD_VETOED] = "vetoed",
	[VFX_GUARD_OWNED] = "owned",
	[VFX_GUARD_IN_USE] = "in-use",
};

static const char *const mode_words[VFX_GUARD_MODES] = {
	[VFX_GUARD_MODE_REFUSE] = "refuse",
	[VFX_GUARD_MODE_WARN] = "warn",
	[VFX_GUARD_MODE_OFF] = "off",
};

const char *vfx_guard_word(enum vfx_guard guard)
{
	return (unsigned int)guard < VFX_GUARDS ? guard_words[guard] : "?";
}

const char *vfx_guard_mode_word(enum vfx_guard_mode mode)
{
	return (unsigned int)mode < VFX_GUARD_MODES ? mode_words[mode] : "?";
}

int vfx_parse_guard_mode(const char *word, enum vfx_guard_mode *mode)
{
	unsigned int i;

	for (i = 0; i < VFX_GUARD_MODES; i++) {
		if (!strcmp(word, mode_words[i])) {
			*mode = (enum vfx_guard_mode)i;
			return 0;
		}
	}
	return -EINVAL;
}
