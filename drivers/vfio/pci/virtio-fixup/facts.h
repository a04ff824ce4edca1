/* SPDX-License-Identifier: GPL-2.0-only */
/* The facts about a function that are read, not measured. */
#ifndef VFX_FACTS_H
#define VFX_FACTS_H

#include "core/verdict.h"
#include "hw.h"

/**
 * vfx_read_facts() - fill in what a function and its platform say
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
