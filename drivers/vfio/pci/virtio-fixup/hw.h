/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the driver reaches one function. What the function answers is its word only:
 * the pure core decides what that is worth.
 */
#ifndef VFX_HW_H
#define VFX_HW_H

#include <linux/atomic.h>
#include <linux/pci.h>

#include "core/border.h"
#include "core/layout.h"
#include "core/verdict.h"

/* Who waits for a function, and so how patient one is with it. */
enum vfx_haste {
	VFX_AT_LEISURE,		/* nobody: the module parameter reset_timeout for a reset */
	VFX_FOR_PROBE,		/* who binds it: a second */
	VFX_FOR_NOTIFIER,	/* whoever binds anything: half a second, and little in all */
};

/**
 * struct vfx_function - one virtio function
 * @hw: how the pure core reaches the function
 * @pdev: the function on its bus
 * @layout: where its structures are
 * @common: the common configuration, while mapped
 * @notify: the notification structure, while measuring
 * @paused_us: how long it was waited for since vfx_set_patience(), in all
 * @budget_us: how long at most, before it is asked for no more
 * @generation: counts resets from elsewhere twice; odd while one is under way
 */
struct vfx_function {
	struct vfx_hw hw;
	struct pci_dev *pdev;
	struct vfx_layout layout;
	void __iomem *common;
	void __iomem *notify;
	unsigned int paused_us;
	unsigned int budget_us;
	atomic_t generation;
};

/* Prepare a zeroed @fn: all of @fn->hw but its refused(). */
void vfx_function_init(struct vfx_function *fn, struct pci_dev *pdev);

/**
 * vfx_set_patience() - how long resets of the function are waited for from now on
 * @fn: the function
 * @haste: who waits
 */
void vfx_set_patience(struct vfx_function *fn, enum vfx_haste haste);

/* May more be asked of the function, as patient as vfx_set_patience() has it? */
bool vfx_has_patience(const struct vfx_function *fn);

/* Was the function reset from elsewhere since @generation was read, or is it just now? */
static inline bool vfx_reset_since(struct vfx_function *fn, unsigned int generation)
{
	return generation & 1 || (unsigned int)atomic_read(&fn->generation) != generation;
}

/* One access of @width bytes: 1, 2 or 4. */
u32 vfx_io_read(void __iomem *io, unsigned int width);
void vfx_io_write(void __iomem *io, unsigned int width, u32 value);

/*
 * Reach a powered function while VFIO does not have it: enable it, and map its common
 * configuration and notification structure. Return: 0; or a negative errno, and nothing
 * is left behind.
 */
int vfx_map_idle(struct vfx_function *fn);

/* Undo vfx_map_idle(). */
void vfx_unmap_idle(struct vfx_function *fn);

/**
 * vfx_read_facts() - fill in what a function and its platform say; in facts.c
 * @fn: nobody's; its layout is filled in, too
 * @facts: result
 *
 * Resets the function and reads its device_feature. May sleep.
 * Return: 0, also where the function is broken: the facts say so; -ENODEV where
 * VFIO cannot be given its capability lists; or a negative errno where it cannot
 * be reached at all. A failure is in the log.
 */
int vfx_read_facts(struct vfx_function *fn, struct vfx_facts *facts);

/* Look at the IOMMU group again, which others may have joined. */
void vfx_read_platform(struct pci_dev *pdev, struct vfx_facts *facts);

#endif
