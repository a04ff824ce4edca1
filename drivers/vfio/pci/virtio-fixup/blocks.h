/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory of a measurement: two blocks, and an IOMMU domain that leads from the
 * physical address of the one to the other; see core/canary.h.
 */
#ifndef VFX_BLOCKS_H
#define VFX_BLOCKS_H

#include <linux/types.h>

struct device;
struct iommu_domain;
struct iommu_group;
struct page;

/**
 * struct vfx_blocks - the blocks and their domain
 * @translated: what the device address leads to through the IOMMU
 * @bypass: whose physical address the device address is
 * @reference: what both should hold
 * @address: the device address
 * @domain: maps nothing else
 * @group: has @domain attached
 */
struct vfx_blocks {
	struct page *translated;
	struct page *bypass;
	u8 *reference;
	phys_addr_t address;
	struct iommu_domain *domain;
	struct iommu_group *group;
};

/**
 * vfx_get_blocks() - allocate the blocks and attach their domain
 * @blocks: zeroed
 * @dev: the function's device, whose group is claimed
 * @problem: result: why not, in a sentence
 *
 * Return: 0; or a negative errno, and nothing is left behind.
 */
int vfx_get_blocks(struct vfx_blocks *blocks, struct device *dev, const char **problem);

/**
 * vfx_put_blocks() - detach the domain and free the blocks
 * @blocks: as vfx_get_blocks() left them
 * @keep: the function may still write to the blocks: do not free their memory
 *
 * Return: how many pages were kept.
 */
unsigned int vfx_put_blocks(struct vfx_blocks *blocks, bool keep);

#endif
