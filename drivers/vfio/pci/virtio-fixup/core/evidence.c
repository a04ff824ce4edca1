// SPDX-License-Identifier: GPL-2.0-only
/*
 * The merge of evidence, and the obstacles of evidence.h. Pure.
 */
#include "evidence.h"

/* "Never", "not now", and the function failed; see evidence.h. */
enum obstacle_kind { NEVER, NOT_NOW, FAILED };

static const struct {
	enum obstacle_kind kind;
	const char *text;
} obstacles[VFX_OBSTACLES] = {
	[VFX_OBSTACLE_NONE] = { NEVER, "" },
	[VFX_OBSTACLE_PROTOCOL] = { NEVER,
		"requests of its device type name physical addresses, which no IOMMU translates" },
	[VFX_OBSTACLE_UNKNOWN_TYPE] = { NEVER, "its device type is not known" },
	[VFX_OBSTACLE_NO_RECIPE] = { NEVER,
		"no harmless request is known for its device type, so it was asked nothing" },
	[VFX_OBSTACLE_NO_IOMMU] = { NEVER, "no IOMMU serves it" },
	[VFX_OBSTACLE_NO_COMMON_CFG] = { NEVER, "it has no usable common configuration" },
	[VFX_OBSTACLE_NO_NOTIFY] = { NEVER, "it has no notification structure" },
	[VFX_OBSTACLE_ENCRYPTED] = { NEVER,
		"this machine's memory is encrypted: devices reach only shared pages" },
	[VFX_OBSTACLE_NO_DOMAIN] = { NEVER, "its IOMMU gives no domain for it" },
	[VFX_OBSTACLE_NO_ATTACH] = { NEVER, "its IOMMU does not attach a domain" },
	[VFX_OBSTACLE_PAGE_SIZE] = { NEVER, "its IOMMU has no page as small as this host's" },
	[VFX_OBSTACLE_APERTURE] = { NEVER, "this host's memory is beyond its IOMMU's aperture" },
	[VFX_OBSTACLE_NO_MAPPING] = { NEVER, "its IOMMU does not map the memory of a measurement" },
	[VFX_OBSTACLE_VFS] = { NOT_NOW, "its virtual functions are enabled" },
	[VFX_OBSTACLE_GROUP_IN_USE] = { NOT_NOW, "its IOMMU group is in use" },
	[VFX_OBSTACLE_SIBLING_UNBOUND] = { NOT_NOW,
		"another function of its IOMMU group has no driver, and could not be kept from getting one"
	},
	[VFX_OBSTACLE_REGISTERS] = { NOT_NOW, "its registers cannot be reached" },
	[VFX_OBSTACLE_NO_MEMORY] = { NOT_NOW, "there was no memory for a measurement" },
	[VFX_OBSTACLE_RESET_MEANWHILE] = { NOT_NOW, "it was reset while it was measured" },
	[VFX_OBSTACLE_OFFER_CHANGED] = { NOT_NOW,
		"what it offers has changed since it was measured" },
	[VFX_OBSTACLE_RESETTING] = { NOT_NOW, "its reset is still under way" },
	[VFX_OBSTACLE_CLEARED] = { NOT_NOW, "what was seen of it was cleared" },
	[VFX_OBSTACLE_ANOTHER_MEASURED] = { NOT_NOW, "another function is being measured" },
	[VFX_OBSTACLE_TAKES_LONG] = { NOT_NOW,
		"measuring it takes too long while a driver is being bound" },
	[VFX_OBSTACLE_NO_RESET] = { FAILED, "it does not finish a reset" },
	[VFX_OBSTACLE_UNSTOPPABLE] = { FAILED, "it cannot be stopped" },
};

static bool is_of_kind(enum vfx_obstacle obstacle, enum obstacle_kind kind)
{
	return (unsigned int)obstacle < VFX_OBSTACLES && obstacles[obstacle].kind == kind;
}

enum vfx_obstacle vfx_obstacle_of_type(u16 type)
{
	if (vfx_protocol_names_physical(type))
		return VFX_OBSTACLE_PROTOCOL;
	return vfx_type_name(type) ? VFX_OBSTACLE_NONE : VFX_OBSTACLE_UNKNOWN_TYPE;
}

bool vfx_obstacle_passes(enum vfx_obstacle obstacle)
{
	return is_of_kind(obstacle, NOT_NOW);
}

bool vfx_obstacle_is_failure(enum vfx_obstacle obstacle)
{
	return is_of_kind(obstacle, FAILED);
}

const char *vfx_obstacle_text(enum vfx_obstacle obstacle)
{
	return (unsigned int)obstacle < VFX_OBSTACLES ? obstacles[obstacle].text : "?";
}

static bool tells(enum vfx_outcome outcome)
{
	return outcome == VFX_OUTCOME_TRANSLATED || outcome == VFX_OUTCOME_REJECTED;
}

enum vfx_outcome vfx_merge_outcome(enum vfx_outcome known, enum vfx_outcome seen)
{
	if (known == VFX_OUTCOME_BYPASS || seen == VFX_OUTCOME_BYPASS)
		return VFX_OUTCOME_BYPASS;
	if (tells(seen))
		return seen;
	/* Silence takes nothing back, and a run that was not made says less than silence. */
	if (tells(known) || known == VFX_OUTCOME_SILENT)
		return known;
	return seen == VFX_OUTCOME_SILENT ? seen : VFX_OUTCOME_NOT_RUN;
}

void vfx_evidence_add(struct vfx_evidence *e, const struct vfx_seen *seen, u64 now)
{
	unsigned int run;

	for (run = 0; run < VFX_RUNS; run++) {
		enum vfx_outcome outcome = seen->outcome[run];

		e->last[run] = outcome;
		e->known[run] = vfx_merge_outcome(e->known[run], outcome);
		if (outcome == e->known[run] && outcome != VFX_OUTCOME_NOT_RUN)
			e->time[run] = now;
	}
	e->mute = seen->mute;
	e->settled = seen->settled;
}

void vfx_evidence_void(struct vfx_evidence *e)
{
	unsigned int run;

	for (run = 0; run < VFX_RUNS; run++) {
		e->last[run] = VFX_OUTCOME_NOT_RUN;
		if (e->known[run] == VFX_OUTCOME_BYPASS)
			continue;
		e->known[run] = VFX_OUTCOME_NOT_RUN;
		e->time[run] = 0;
	}
	e->mute = false;
	e->settled = false;
}

bool vfx_evidence_offer(struct vfx_evidence *e, bool offered)
{
	bool changed = e->was_asked && e->offered != offered;

	if (changed)
		vfx_evidence_void(e);
	e->was_asked = true;
	e->offered = offered;
	return changed;
}

void vfx_evidence_failed(struct vfx_evidence *e, const struct vfx_seen *seen,
			 enum vfx_obstacle obstacle, u64 now)
{
	struct vfx_seen bypasses = { };
	unsigned int run;

	if (vfx_obstacle_is_failure(obstacle))
		vfx_evidence_void(e);
	for (run = 0; run < VFX_RUNS; run++)
		if (seen->outcome[run] == VFX_OUTCOME_BYPASS)
			bypasses.outcome[run] = VFX_OUTCOME_BYPASS;
	bypasses.mute = e->mute;
	bypasses.settled = e->settled;
	vfx_evidence_add(e, &bypasses, now);
}

void vfx_facts_from(struct vfx_facts *facts, const struct vfx_evidence *e,
		    enum vfx_obstacle obstacle)
{
	facts->unacked = e->known[VFX_RUN_UNACKED];
	facts->acked = e->known[VFX_RUN_ACKED];
	facts->forced = e->known[VFX_RUN_FORCED];
	facts->mute = e->mute;
	facts->pending = e->known[vfx_decisive_run(facts->offered)] == VFX_OUTCOME_NOT_RUN &&
			 vfx_obstacle_passes(obstacle);
}
