/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Evidence: what was seen of a function's DMA, over all measurements since the
 * device appeared, and why a measurement gave nothing. What was seen stays seen:
 * a function that bypassed once does not talk its way out by silence.
 */
#ifndef VFX_EVIDENCE_H
#define VFX_EVIDENCE_H

#include "verdict.h"

/* The runs of a measurement. */
enum vfx_run {
	VFX_RUN_UNACKED,	/* live without accepting VIRTIO_F_ACCESS_PLATFORM */
	VFX_RUN_ACKED,		/* live with it; only where the function offers it */
	VFX_RUN_FORCED,		/* driven live without it, by every trick of a hostile user */
	VFX_RUNS,
};

/**
 * struct vfx_seen - what a measurement has shown
 * @outcome: of each run
 * @mute: it went live as its driver would have it, and did not answer what every
 *	function of its type has to answer
 * @settled: an ack does not outlive a virtio reset of the function: learned once,
 *	and handed in again with the next measurement
 */
struct vfx_seen {
	enum vfx_outcome outcome[VFX_RUNS];
	bool mute;
	bool settled;
};

/**
 * struct vfx_evidence - what the runs have shown
 * @known: of each run, the outcome that counts
 * @last: of each run, the outcome of the last try
 * @time: of each run, when @known was seen last, in seconds since the epoch; 0: never
 * @mute: as the last measurement that was made found it
 * @settled: likewise
 * @was_asked: it was asked what it offers
 * @offered: its last answer: VIRTIO_F_ACCESS_PLATFORM. A bind whose reset is still
 *	under way asks nothing, and does not make that unknown
 */
struct vfx_evidence {
	enum vfx_outcome known[VFX_RUNS];
	enum vfx_outcome last[VFX_RUNS];
	u64 time[VFX_RUNS];
	bool mute;
	bool settled;
	bool was_asked;
	bool offered;
};

/* Why a measurement was not made, or gave nothing. */
enum vfx_obstacle {
	VFX_OBSTACLE_NONE,
	/* "Never": nothing here will change that, and the function is judged by its word. */
	VFX_OBSTACLE_PROTOCOL,
	VFX_OBSTACLE_UNKNOWN_TYPE,
	VFX_OBSTACLE_NO_RECIPE,		/* and the runs were made, without a question */
	VFX_OBSTACLE_NO_IOMMU,
	VFX_OBSTACLE_NO_COMMON_CFG,
	VFX_OBSTACLE_NO_NOTIFY,
	VFX_OBSTACLE_ENCRYPTED,
	VFX_OBSTACLE_NO_DOMAIN,
	VFX_OBSTACLE_NO_ATTACH,
	VFX_OBSTACLE_PAGE_SIZE,
	VFX_OBSTACLE_APERTURE,
	VFX_OBSTACLE_NO_MAPPING,
	/* "Not now": the obstacle can go, and then the function is measured. */
	VFX_OBSTACLE_VFS,
	VFX_OBSTACLE_GROUP_IN_USE,
	VFX_OBSTACLE_SIBLING_UNBOUND,
	VFX_OBSTACLE_REGISTERS,
	VFX_OBSTACLE_NO_MEMORY,
	VFX_OBSTACLE_RESET_MEANWHILE,
	VFX_OBSTACLE_OFFER_CHANGED,
	VFX_OBSTACLE_RESETTING,
	VFX_OBSTACLE_CLEARED,
	VFX_OBSTACLE_ANOTHER_MEASURED,
	VFX_OBSTACLE_TAKES_LONG,
	/* The function failed. */
	VFX_OBSTACLE_NO_RESET,
	VFX_OBSTACLE_UNSTOPPABLE,
	VFX_OBSTACLES,
};

/**
 * vfx_obstacle_of_type() - what keeps functions of a type from being driven live
 * @type: virtio device type
 *
 * Return: VFX_OBSTACLE_NONE where all addresses that a function gets are in its rings
 * and its requests, so that it writes nowhere as long as it has no request.
 */
enum vfx_obstacle vfx_obstacle_of_type(u16 type);

/* Can this obstacle go away? It is "not now", neither "never" nor a function that failed. */
bool vfx_obstacle_passes(enum vfx_obstacle obstacle);

/* Did the function itself fail, so that what spoke for it is void? */
bool vfx_obstacle_is_failure(enum vfx_obstacle obstacle);

/* It is one sentence without a full stop, or empty for VFX_OBSTACLE_NONE. */
const char *vfx_obstacle_text(enum vfx_obstacle obstacle);

/*
 * The outcome of a run that counts from now on. The table is in Documentation/design.rst,
 * "What was seen stays seen". Total.
 */
enum vfx_outcome vfx_merge_outcome(enum vfx_outcome known, enum vfx_outcome seen);

/* Take in what a measurement has shown. @now: seconds since the epoch. */
void vfx_evidence_add(struct vfx_evidence *evidence, const struct vfx_seen *seen, u64 now);

/* A measurement came to nothing. Of what it had shown before, only a bypass counts. */
void vfx_evidence_failed(struct vfx_evidence *evidence, const struct vfx_seen *seen,
			 enum vfx_obstacle obstacle, u64 now);

/*
 * Forget what spoke for a function that offers something else now, or did not reset. A
 * bypass that was seen stays.
 */
void vfx_evidence_void(struct vfx_evidence *evidence);

/**
 * vfx_evidence_offer() - the function was asked what it offers
 * @evidence: of the function
 * @offered: VIRTIO_F_ACCESS_PLATFORM
 *
 * Return: it offers something else than the last time that it was asked, however long
 * ago that was; what spoke for it is void then.
 */
bool vfx_evidence_offer(struct vfx_evidence *evidence, bool offered);

/* The run that decides, where it has shown something. @offered: VIRTIO_F_ACCESS_PLATFORM. */
static inline enum vfx_run vfx_decisive_run(bool offered)
{
	return offered ? VFX_RUN_ACKED : VFX_RUN_UNACKED;
}

/**
 * vfx_facts_from() - what the evidence makes of the facts
 * @facts: of the function; its outcomes, and whether a measurement is due, are set
 * @evidence: of the function
 * @obstacle: of the last try
 *
 * A measurement is due if no run has shown anything, and what was in the way can go:
 * then nobody's word stands in for the measurement but the administrator's.
 */
void vfx_facts_from(struct vfx_facts *facts, const struct vfx_evidence *evidence,
		    enum vfx_obstacle obstacle);

#endif
