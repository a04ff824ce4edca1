/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The measurement: where does a function's DMA go? due.c looks again, by itself, at what
 * waits for one, or for the guard.
 */
#ifndef VFX_MEASURE_H
#define VFX_MEASURE_H

#include "record.h"

/**
 * vfx_measure() - watch where the function's DMA goes
 * @record: of the function, which is powered; nobody has it open
 * @haste: who waits; for its turn, too: some seconds, or half a second
 * @locked: the device lock is held
 *
 * Claims the IOMMU group meanwhile: who opens it then is told that it is busy.
 * Resets the function before and after. Keeps what it saw, or why it saw nothing, in
 * @record. May sleep: some tens of milliseconds where the function does not answer,
 * and for each of its resets.
 *
 * Context: @record's measuring mutex is held. One measurement at a time in all.
 * Return: 0 if it was done, with whatever outcome; -EBUSY if the group or the
 * registers are in use; -EAGAIN if somebody else reset the function meanwhile, or a
 * reset is still under way; -EOPNOTSUPP if it cannot be trusted here; -EIO if the
 * function would not reset; or -ENOMEM.
 */
int vfx_measure(struct vfx_record *record, enum vfx_haste haste, bool locked);

/**
 * vfx_look_at() - read a function anew, and measure it
 * @record: of the function, which is powered; its device lock is held, and nobody has
 *	it open
 * @haste: who waits
 *
 * Context: @record's measuring mutex is held.
 * Return: 0 if the function could be read: without an outcome it is judged by what is
 * known already; or what vfx_read_facts() gave, and nothing of @record has changed.
 */
int vfx_look_at(struct vfx_record *record, enum vfx_haste haste);

/* What the last measurement of a function returned. */
int vfx_last_error(const struct vfx_record *record);

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
 * vfx_measure_again() - measure all that this module's driver has and that waits for it
 *
 * Return: some still waits.
 */
bool vfx_measure_again(void);

/**
 * vfx_due() - something may have gone that was in somebody's way; in due.c
 *
 * Looks at what waits, from a work item and with a bound on how often.
 * Context: any that may sleep.
 */
void vfx_due(void);

/* From when on things are looked at by themselves, and until when: the module goes. */
void vfx_due_start(void);
void vfx_due_stop(void);

#endif
