/* SPDX-License-Identifier: GPL-2.0-only */
/* The measurement: where does a function's DMA go? */
#ifndef VFX_MEASURE_H
#define VFX_MEASURE_H

#include "record.h"

/**
 * vfx_measure() - watch where the function's DMA goes
 * @record: of the function, which is powered; nobody has it open
 * @in_probe: the device lock is held, and nobody knows of the function yet
 *
 * Claims the IOMMU group meanwhile: who opens it then is told that it is busy.
 * Resets the function before and after. Keeps outcomes and reason in @record.
 * May sleep, for a second at most where the function does not reset, some
 * tens of milliseconds where it does not answer.
 *
 * Context: no lock of ours. One measurement at a time in all.
 * Return: 0 if it was done, with whatever outcome; -EBUSY if the group is in use;
 * -EAGAIN if somebody else reset the function meanwhile;
 * -EOPNOTSUPP if it cannot be trusted here; -EIO if the function would not
 * reset; or another negative errno. The reason says which.
 */
int vfx_measure(struct vfx_record *record, bool in_probe);

#endif
