/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory of a measurement: two blocks, and an IOMMU domain that leads from the
 * physical address of the one to the other; see core/canary.h.
 */
#ifndef VFX_BLOCKS_H
#define VFX_BLOCKS_H

#include <linux/types.h>

#include "core/evidence.h"

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
 * struct vfx_kept - the blocks that a function may still write to
 * @pages: both, or NULL
 */
struct vfx_kept {
	struct page *pages[2];
};

/*
 * Allocate the blocks for all measurements at module load, before a user of VFIO can
 * take the memory away: a busy machine may not have pieces so large. Return: 0 or -ENOMEM.
 */
int vfx_blocks_init(void);
void vfx_blocks_exit(void);

/**
 * vfx_get_blocks() - take the blocks and attach their domain
 * @blocks: zeroed
 * @dev: the function's device, whose group is claimed
 *
 * Context: one measurement at a time.
 * Return: VFX_OBSTACLE_NONE; or what is in the way, and nothing is left behind.
 */
enum vfx_obstacle vfx_get_blocks(struct vfx_blocks *blocks, struct device *dev);

/**
 * vfx_put_blocks() - detach the domain and give the blocks back
 * @blocks: as vfx_get_blocks() left them
 * @kept: where to keep their memory, as the function may still write there; or NULL
 */
void vfx_put_blocks(struct vfx_blocks *blocks, struct vfx_kept *kept);

/* How many pages are kept. */
unsigned int vfx_kept_pages(const struct vfx_kept *kept);

/* The function has been reset: its pages are free again. */
void vfx_free_kept(struct vfx_kept *kept);

#endif
