/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guard: no VFIO driver but this module's is given a function that is not safe
 * without enforcement, and of those that had one before, nobody opens it.
 */
#ifndef VFX_GUARD_H
#define VFX_GUARD_H

#include "record.h"

/**
 * vfx_guard_notify() - something happened to a device on the PCI bus
 * @pdev: the device
 * @action: of the bus's notifier
 *
 * Context: the notifier; everybody on this host who binds a device may wait for it.
 */
void vfx_guard_notify(struct pci_dev *pdev, unsigned long action);

/* What the administrator wants of the guard, from now on. What is bound is looked at soon. */
void vfx_guard_set_mode(enum vfx_guard_mode mode);
enum vfx_guard_mode vfx_guard_mode(void);

/**
 * vfx_guard_reconsider() - the policy of a function has changed
 * @record: of the function
 *
 * What needs more than a look at the record is left to vfx_due().
 */
void vfx_guard_reconsider(struct vfx_record *record);

/**
 * vfx_guard_measure() - measure, for its administrator, a function that the guard knows
 * @record: of the function
 * @clear: forget first what was seen before
 *
 * Return: as vfx_measure_now().
 */
int vfx_guard_measure(struct vfx_record *record, bool clear);

/**
 * vfx_guard_again() - look at all functions that other VFIO drivers have or want
 * @haste: who waits
 *
 * Return: some function still waits for the guard, or the guard for it.
 */
bool vfx_guard_again(enum vfx_haste haste);

/* Does a function wait for the guard, or the guard for it? */
bool vfx_guard_waiting(void);

#endif
