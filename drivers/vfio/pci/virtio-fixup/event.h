/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happens to a function, as uevents of its device: for udev rules, and for whoever
 * watches this host. Documentation/ABI/testing/sysfs-driver-virtio-fixup has the
 * variables. All of these may sleep, and need no lock.
 */
#ifndef VFX_EVENT_H
#define VFX_EVENT_H

#include "record.h"

/* Of a new record, before anything is told. */
void vfx_event_init(struct vfx_record *record);

/* This module's driver has it. @d: what the next open would get. */
void vfx_event_bound(struct vfx_record *record, const struct vfx_decision *d);

/* The guard has made something of it. @d: why; NULL: no other VFIO driver has it. */
void vfx_event_guard(struct vfx_record *record, const struct vfx_decision *d);

/* An open has ended with @error, which is 0 if the function is open now. */
void vfx_event_open(struct vfx_record *record, const struct vfx_decision *d, int error);

/* Its user did what is refused. Only the first time since the open is told. */
void vfx_event_refused(struct vfx_record *record, enum vfx_refusal refusal);

/**
 * vfx_event_evidence() - what is known of its DMA has changed
 * @record: of the function
 * @d: what follows from it
 * @known: the outcomes that count now
 */
void vfx_event_evidence(struct vfx_record *record, const struct vfx_decision *d,
			const enum vfx_outcome known[VFX_RUNS]);

#endif
