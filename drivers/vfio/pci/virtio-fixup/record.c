// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record of a function. Everything that changes what is known of a function, or
 * asks for a decision about it, comes through here.
 */
#include "core/evidence.h"
#include "facts.h"
#include "record.h"
#include "trace.h"

void vfx_refuse(struct vfx_record *record, enum vfx_refusal refusal, u64 where, u64 count)
{
	atomic64_inc(&record->refusals[refusal]);
	trace_virtio_fixup_refused(pci_name(record->function.pdev), refusal, where, count);
}

/* What the register file refuses. */
static void hw_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset, size_t count)
{
	vfx_refuse(container_of(hw, struct vfx_record, function.hw), refusal, offset, count);
}

void vfx_record_init(struct vfx_record *record, struct pci_dev *pdev)
{
	mutex_init(&record->lock);
	vfx_function_init(&record->function, pdev);
	record->function.hw.refused = hw_refused;
}

int vfx_record_admit(struct vfx_record *record, struct vfx_decision *decision)
{
	mutex_lock(&record->lock);
	vfx_read_platform(record->function.pdev, &record->facts);
	*decision = vfx_decide(&record->facts, record->policy);
	mutex_unlock(&record->lock);

	if (decision->admitted)
		return 0;
	atomic64_inc(&record->refusals[VFX_REFUSAL_OPENS]);
	return -EPERM;
}

void vfx_record_offered(struct vfx_record *record, bool offered)
{
	mutex_lock(&record->lock);
	if (vfx_take_offer(&record->facts, offered)) {
		dev_notice_ratelimited(&record->function.pdev->dev,
				       "it %s ACCESS_PLATFORM now: what was known of it is void\n",
				       offered ? "offers" : "does not offer");
		record->measured = (struct vfx_measured) {
			.reason = "what it offers has changed since it was measured"
		};
	}
	mutex_unlock(&record->lock);
}

void vfx_record_unstoppable(struct vfx_record *record)
{
	mutex_lock(&record->lock);
	record->facts.unstoppable = true;
	mutex_unlock(&record->lock);
}

void vfx_record_measured(struct vfx_record *record, const struct vfx_facts *facts,
			 const struct vfx_measured *measured, int error)
{
	mutex_lock(&record->lock);
	switch (vfx_take_outcomes(&record->facts, facts, measured->time, error)) {
	case VFX_EVIDENCE_NEW:
		record->measured.time = measured->time;
		record->measured.usecs = measured->usecs;
		break;
	case VFX_EVIDENCE_VOID:
		record->measured.time = 0;
		break;
	case VFX_EVIDENCE_KEPT:
		break;
	}
	memcpy(record->measured.reason, measured->reason, sizeof(measured->reason));
	mutex_unlock(&record->lock);
}
