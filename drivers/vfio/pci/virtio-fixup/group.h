/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The DMA ownership of an IOMMU group: VFIO takes the same one before it hands out a
 * device, so whoever has it keeps VFIO's users out, and kernel drivers from siblings.
 */
#ifndef VFX_GROUP_H
#define VFX_GROUP_H

struct device;
struct vfx_group;

/**
 * vfx_group_claim() - claim the IOMMU group of a device, or claim it once more
 * @dev: does not leave its bus while the claim is held
 *
 * Return: the claim, to be given back by vfx_group_release(); or an ERR_PTR(): -ENODEV
 * without an IOMMU group of an IOMMU, -EPERM if somebody else has it, or -ENOMEM.
 */
struct vfx_group *vfx_group_claim(struct device *dev);

/* Give a claim back. */
void vfx_group_release(struct vfx_group *group);

#endif
