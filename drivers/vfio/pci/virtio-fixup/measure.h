/* SPDX-License-Identifier: GPL-2.0-only */
/* The measurement: where does a function's DMA go? */
#ifndef VFX_MEASURE_H
#define VFX_MEASURE_H

#include "record.h"

/**
 * vfx_measure() - watch where the function's DMA goes
 * @record: of the function, which is powered; nobody has it open
 * @in_probe: the device lock is held, and everybody who binds waits
 *
 * Claims the IOMMU group meanwhile: who opens it then is told that it is busy.
 * Resets the function before and after. Keeps what it saw, or why it saw nothing, in
 * @record. May sleep: some tens of milliseconds where the function does not answer, a
 * second in a probe, and the module parameter reset_timeout elsewhere, for each of
 * its resets.
 *
 * Context: @record's measuring mutex is held. One measurement at a time in all.
 * A probe waits for another one for some seconds.
 * Return: 0 if it was done, with whatever outcome; -EBUSY if the group or the
 * registers are in use; -EAGAIN if somebody else reset the function meanwhile, or a
 * reset is still under way; -EOPNOTSUPP if it cannot be trusted here; -EIO if the
 * function would not reset; or -ENOMEM.
 */
int vfx_measure(struct vfx_record *record, bool in_probe);

/**
 * vfx_measure_now() - measure a bound function for its administrator
 * @record: of the function
 * @clear: forget first what was seen before
 *
 * Return: as vfx_measure(); -EBUSY if it is open; -ENODEV if this module's driver does
 * not have it; -EINTR.
 */
int vfx_measure_now(struct vfx_record *record, bool clear);

/**
 * vfx_measure_due() - something may have gone that was in a measurement's way
 *
 * Measures what waits for it, from a work item and with a bound on how often.
 * Context: any that may sleep.
 */
void vfx_measure_due(void);

/* No measurement by itself any more: the module goes, and nobody asks for one. */
void vfx_measure_stop(void);

#endif
