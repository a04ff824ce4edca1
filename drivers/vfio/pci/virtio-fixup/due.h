/* SPDX-License-Identifier: GPL-2.0-only */
/* What waits for something that is in its way is looked at again, by itself. */
#ifndef VFX_DUE_H
#define VFX_DUE_H

/**
 * vfx_due() - something may have gone that was in somebody's way
 *
 * Looks at what waits, from a work item and with a bound on how often.
 * Context: any that may sleep.
 */
void vfx_due(void);

/* From when on things are looked at by themselves, and until when: the module goes. */
void vfx_due_start(void);
void vfx_due_stop(void);

#endif
