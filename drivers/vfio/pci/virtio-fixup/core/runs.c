// SPDX-License-Identifier: GPL-2.0-only
/*
 * The runs of a measurement: which ones, in which order, and what they say together.
 * Pure.
 */
#include "canary.h"

/* Of two forced runs, what counts for both: the one that says less for the function. */
static enum vfx_outcome worse(enum vfx_outcome a, enum vfx_outcome b)
{
	static const u8 weight[VFX_OUTCOMES] = {
		[VFX_OUTCOME_REJECTED] = 0,
		[VFX_OUTCOME_TRANSLATED] = 1,
		[VFX_OUTCOME_SILENT] = 2,
		[VFX_OUTCOME_BYPASS] = 3,
	};

	return weight[a] > weight[b] ? a : b;
}

static int run_once(struct vfx_canary *c, u16 type, const u32 feature[2], enum vfx_way way,
		    enum vfx_outcome *outcome)
{
	return c->has_time(c) ? vfx_canary_run(c, type, feature, way, outcome) : -ETIME;
}

static int run_unacked(struct vfx_canary *c, u16 type, const u32 feature[2],
		       struct vfx_seen *seen)
{
	enum vfx_outcome *outcome = &seen->outcome[VFX_RUN_UNACKED];
	int ret;

	ret = run_once(c, type, feature, VFX_WAY_UNACKED, outcome);
	if (ret || *outcome != VFX_OUTCOME_TRANSLATED || seen->settled)
		return ret;
	/* If we have no such reset of the function, its user has none either. */
	if (!vfx_offers_access_platform(feature) || c->reset_function(c))
		return 0;
	ret = run_once(c, type, feature, VFX_WAY_UNACKED, outcome);
	seen->settled = !ret && *outcome == VFX_OUTCOME_TRANSLATED;
	return ret;
}

static int run_forced(struct vfx_canary *c, u16 type, const u32 feature[2],
		      struct vfx_seen *seen)
{
	enum vfx_outcome all = VFX_OUTCOME_REJECTED, outcome;
	bool offered = vfx_offers_access_platform(feature);
	enum vfx_run good = vfx_decisive_run(offered);
	enum vfx_way way;
	int ret;

	for (way = VFX_WAY_PRESSED; way < VFX_WAYS; way++) {
		/* Without an offer there is nothing to withdraw. */
		if (way == VFX_WAY_WITHDRAWN && !offered)
			continue;
		ret = run_once(c, type, feature, way, &outcome);
		if (ret)
			return ret;
		all = worse(all, outcome);
	}
	if (all == VFX_OUTCOME_SILENT) {
		way = offered ? VFX_WAY_ACKED : VFX_WAY_UNACKED;
		ret = run_once(c, type, feature, way, &outcome);
		if (ret)
			return ret;
		seen->outcome[good] = vfx_merge_outcome(seen->outcome[good], outcome);
		if (outcome != VFX_OUTCOME_TRANSLATED)
			all = VFX_OUTCOME_NOT_RUN;
	}
	seen->outcome[VFX_RUN_FORCED] = all;
	return 0;
}

int vfx_run_all(struct vfx_canary *c, u16 type, const u32 feature[2], struct vfx_seen *seen)
{
	bool offered = vfx_offers_access_platform(feature);
	enum vfx_outcome *outcome = seen->outcome;
	enum vfx_outcome good;
	int ret;

	memset(outcome, 0, sizeof(seen->outcome));
	seen->mute = false;
	ret = run_unacked(c, type, feature, seen);
	if (!ret && offered)
		ret = run_once(c, type, feature, VFX_WAY_ACKED, &outcome[VFX_RUN_ACKED]);
	if (ret)
		return ret;

	good = outcome[vfx_decisive_run(offered)];
	seen->mute = good == VFX_OUTCOME_SILENT && c->requested && vfx_must_answer(type);
	if (good != VFX_OUTCOME_TRANSLATED || outcome[VFX_RUN_UNACKED] == VFX_OUTCOME_BYPASS)
		return 0;
	return run_forced(c, type, feature, seen);
}
