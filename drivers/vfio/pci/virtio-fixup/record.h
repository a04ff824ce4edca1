/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of a function: what is known of it, and what its administrator wants. */
#ifndef VFX_RECORD_H
#define VFX_RECORD_H

#include <linux/mutex.h>
#include <linux/time64.h>

#include "core/verdict.h"
#include "hw.h"

/* Room for a sentence that names one other device. */
#define VFX_REASON_LEN	128

/**
 * struct vfx_measured - what the last measurement was like
 * @time: when, in seconds since the epoch; 0 if there was none, or it is void
 * @usecs: how long it took
 * @reason: why there is no outcome, or only silence; or empty
 */
struct vfx_measured {
	time64_t time;
	u32 usecs;
	char reason[VFX_REASON_LEN];
};

/**
 * struct vfx_record - the record of one function
 * @function: which one, and how to reach it
 * @lock: guards @policy, @facts and @measured
 * @policy: for the next open
 * @facts: what is known
 * @measured: the measurement behind @facts
 * @refusals: how often each was refused, over all users
 */
struct vfx_record {
	struct vfx_function function;
	struct mutex lock;	/* see above */
	enum virtio_fixup_policy policy;
	struct vfx_facts facts;
	struct vfx_measured measured;
	atomic64_t refusals[VFX_REFUSALS];
};

void vfx_record_init(struct vfx_record *record, struct pci_dev *pdev);

/**
 * vfx_refuse() - count and trace what was refused
 * @record: of the function
 * @refusal: what
 * @where: offset within the region or structure; for a request, its number
 * @count: bytes; for a request, 0
 */
void vfx_refuse(struct vfx_record *record, enum vfx_refusal refusal, u64 where, u64 count);

/**
 * vfx_record_admit() - decide for an open that begins now
 * @record: of the function
 * @decision: result
 *
 * Looks at the IOMMU group again, and counts a refusal.
 * Return: 0 or -EPERM.
 */
int vfx_record_admit(struct vfx_record *record, struct vfx_decision *decision);

/**
 * vfx_record_offered() - the function was asked anew what it offers
 * @record: of the function
 * @offered: VIRTIO_F_ACCESS_PLATFORM
 *
 * If that has changed, what was known of the function is void.
 */
void vfx_record_offered(struct vfx_record *record, bool offered);

/* The function cannot be stopped: no policy admits it any more. */
void vfx_record_unstoppable(struct vfx_record *record);

/**
 * vfx_record_measured() - the function was measured, or could not be
 * @record: of the function
 * @facts: the record's, with what was seen
 * @measured: how it went; a time of 0 where nothing was run
 * @error: 0, or why it failed; -EIO: the function itself failed
 */
void vfx_record_measured(struct vfx_record *record, const struct vfx_facts *facts,
			 const struct vfx_measured *measured, int error);

#endif
