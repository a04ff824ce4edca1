// SPDX-License-Identifier: GPL-2.0-only
/* The decisions of guarded.h. Pure. */
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
		/* No notification tells that its user has left, so look again. */
		return facts->iommu_group;
	default:
		return false;
	}
}
