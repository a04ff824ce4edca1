// SPDX-License-Identifier: GPL-2.0-only
/* The rules of evidence.h. */
#include "evidence.h"

static void void_outcomes(struct vfx_facts *facts)
{
	facts->unacked = VFX_OUTCOME_NOT_RUN;
	facts->acked = VFX_OUTCOME_NOT_RUN;
}

bool vfx_take_offer(struct vfx_facts *facts, bool offered)
{
	if (facts->offered_known && facts->offered == offered)
		return false;
	facts->offered_known = true;
	facts->offered = offered;
	void_outcomes(facts);
	return true;
}

enum vfx_evidence vfx_take_outcomes(struct vfx_facts *facts, const struct vfx_facts *seen,
				    bool ran, int error)
{
	if (!error) {
		if (ran)
			facts->offered = seen->offered;
		facts->unacked = seen->unacked;
		facts->acked = seen->acked;
		return VFX_EVIDENCE_NEW;
	}
	if (error != -EIO || facts->unacked == VFX_OUTCOME_BYPASS ||
	    facts->acked == VFX_OUTCOME_BYPASS)
		return VFX_EVIDENCE_KEPT;
	void_outcomes(facts);
	return VFX_EVIDENCE_VOID;
}
