/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The IOMMU group of a function: its DMA ownership, and its other members. VFIO takes
 * the same ownership before it hands out a device, so whoever has it keeps VFIO's users
 * out, and kernel drivers from siblings.
 */
#ifndef VFX_GROUP_H
#define VFX_GROUP_H

#include <linux/types.h>

struct device;
struct vfx_group;

/* How many siblings without a driver a group may have while one of it is measured. */
#define VFX_SIBLINGS_HELD	32

/**
 * struct vfx_siblings - siblings that are kept from getting a driver
 * @held: with their device locks
 * @nr: how many there are
 */
struct vfx_siblings {
	struct device *held[VFX_SIBLINGS_HELD];
	unsigned int nr;
};

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

/* Has it an IOMMU group that VFIO would take? VFIO takes none that is not cache coherent. */
bool vfx_has_group(struct device *dev);

/* Has its group other members that make requests of their own? */
bool vfx_has_siblings(struct device *dev);

/* Their names, with spaces between. Return: there are any. */
bool vfx_name_siblings(struct device *dev, char *text, size_t size);

/*
 * Which driver of the kernel has the group, as a sentence; @text stays if there is none.
 * It may have changed meanwhile, so this is for words only. A VFIO driver is not meant:
 * it has the group only while its function is open.
 */
void vfx_name_kernel_user(struct device *dev, char *text, size_t size);

/**
 * vfx_hold_siblings() - keep those without a driver from getting one
 * @dev: whose siblings
 * @siblings: empty; vfx_let_siblings_go() ends it, whatever this returns
 * @text: set to why not, if not
 * @size: of @text
 *
 * A driver that comes while the group is claimed fails for good, and none comes while
 * somebody has the device lock. The lock is not waited for: whoever has it may be about
 * to probe.
 *
 * Return: whether all are held.
 */
bool vfx_hold_siblings(struct device *dev, struct vfx_siblings *siblings, char *text,
		       size_t size);

void vfx_let_siblings_go(struct vfx_siblings *siblings);

#endif
