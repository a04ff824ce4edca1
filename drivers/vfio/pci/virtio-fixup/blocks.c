// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of a measurement and its IOMMU domain. The domain is attached before it
 * is filled, as some IOMMU drivers know their page sizes only then; the function
 * cannot master the bus before both are done.
 */
#include <linux/gfp.h>
#include <linux/iommu.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/vmalloc.h>

#include "blocks.h"
#include "core/canary.h"

#define BLOCK_ORDER	get_order(VFX_BLOCK_SIZE)

/* Memory that a function may still write to, because the function could not be reset. */
static unsigned int kept_pages;
module_param(kept_pages, uint, 0444);
MODULE_PARM_DESC(kept_pages, "Pages kept back because a function that does not reset may still write to them (read-only)");

static struct page *spare[2];
static u8 *reference;

static int fill_spare(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(spare); i++)
		if (!spare[i])
			spare[i] = alloc_pages(GFP_KERNEL | __GFP_NOWARN, BLOCK_ORDER);
	return spare[0] && spare[1] ? 0 : -ENOMEM;
}

int vfx_blocks_init(void)
{
	reference = vmalloc(VFX_BLOCK_SIZE);
	if (reference && !fill_spare())
		return 0;
	vfx_blocks_exit();
	return -ENOMEM;
}

void vfx_blocks_exit(void)
{
	unsigned int i;

	vfree(reference);
	for (i = 0; i < ARRAY_SIZE(spare); i++)
		if (spare[i])
			__free_pages(spare[i], BLOCK_ORDER);
}

/* Through the IOMMU to the one block, past it to the other. */
static enum vfx_obstacle map_block(struct vfx_blocks *b)
{
	const struct iommu_domain_geometry *geometry = &b->domain->geometry;

	if (!(b->domain->pgsize_bitmap & (PAGE_SIZE | (PAGE_SIZE - 1))))
		return VFX_OBSTACLE_PAGE_SIZE;
	if (geometry->force_aperture &&
	    (b->address < geometry->aperture_start ||
	     b->address + VFX_BLOCK_SIZE - 1 > geometry->aperture_end))
		return VFX_OBSTACLE_APERTURE;
	if (iommu_map(b->domain, b->address, page_to_phys(b->translated), VFX_BLOCK_SIZE,
		      IOMMU_READ | IOMMU_WRITE | IOMMU_CACHE, GFP_KERNEL))
		return VFX_OBSTACLE_NO_MAPPING;
	return VFX_OBSTACLE_NONE;
}

static enum vfx_obstacle attach_domain(struct vfx_blocks *b, struct device *dev)
{
	enum vfx_obstacle obstacle = VFX_OBSTACLE_NO_ATTACH;

	b->domain = iommu_paging_domain_alloc(dev);
	if (IS_ERR(b->domain))
		return PTR_ERR(b->domain) == -ENOMEM ? VFX_OBSTACLE_NO_MEMORY :
		       VFX_OBSTACLE_NO_DOMAIN;
	if (iommu_attach_group(b->domain, b->group))
		goto free;
	obstacle = map_block(b);
	if (!obstacle)
		return obstacle;
	iommu_detach_group(b->domain, b->group);
free:
	iommu_domain_free(b->domain);
	return obstacle;
}

enum vfx_obstacle vfx_get_blocks(struct vfx_blocks *b, struct device *dev)
{
	enum vfx_obstacle obstacle;

	/* They are there, unless a function that did not reset has kept them. */
	if (fill_spare())
		return VFX_OBSTACLE_NO_MEMORY;
	b->translated = spare[0];
	b->bypass = spare[1];
	b->reference = reference;
	b->address = page_to_phys(b->bypass);
	b->group = iommu_group_get(dev);
	obstacle = attach_domain(b, dev);
	if (obstacle)
		iommu_group_put(b->group);
	return obstacle;
}

void vfx_put_blocks(struct vfx_blocks *b, struct vfx_kept *kept)
{
	iommu_unmap(b->domain, b->address, VFX_BLOCK_SIZE);
	iommu_detach_group(b->domain, b->group);
	iommu_domain_free(b->domain);
	iommu_group_put(b->group);
	if (!kept)
		return;
	/* Blocks that the function kept before are lost: it may still write to them. */
	kept->pages[0] = b->translated;
	kept->pages[1] = b->bypass;
	spare[0] = NULL;
	spare[1] = NULL;
	kept_pages += vfx_kept_pages(kept);
}

unsigned int vfx_kept_pages(const struct vfx_kept *kept)
{
	return kept->pages[0] ? 2 << BLOCK_ORDER : 0;
}

void vfx_free_kept(struct vfx_kept *kept)
{
	unsigned int i;

	if (!kept->pages[0])
		return;
	kept_pages -= vfx_kept_pages(kept);
	for (i = 0; i < ARRAY_SIZE(kept->pages); i++) {
		__free_pages(kept->pages[i], BLOCK_ORDER);
		kept->pages[i] = NULL;
	}
}
