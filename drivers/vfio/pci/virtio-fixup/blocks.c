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

/* Memory a function may still write to, as it would not be reset. */
static unsigned int kept_pages;
module_param(kept_pages, uint, 0444);
MODULE_PARM_DESC(kept_pages, "Pages kept back because a function that does not reset may still write to them (read-only)");

static void free_memory(struct vfx_blocks *b)
{
	vfree(b->reference);
	if (b->translated)
		__free_pages(b->translated, BLOCK_ORDER);
	if (b->bypass)
		__free_pages(b->bypass, BLOCK_ORDER);
}

static int alloc_memory(struct vfx_blocks *b)
{
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN;

	b->translated = alloc_pages(gfp, BLOCK_ORDER);
	b->bypass = alloc_pages(gfp, BLOCK_ORDER);
	b->reference = vmalloc(VFX_BLOCK_SIZE);
	if (!b->translated || !b->bypass || !b->reference) {
		free_memory(b);
		return -ENOMEM;
	}
	b->address = page_to_phys(b->bypass);
	return 0;
}

/* Through the IOMMU to the one block, past it to the other. */
static int map_block(struct vfx_blocks *b, const char **problem)
{
	const struct iommu_domain_geometry *geometry = &b->domain->geometry;
	int ret;

	if (!(b->domain->pgsize_bitmap & (PAGE_SIZE | (PAGE_SIZE - 1)))) {
		*problem = "its IOMMU has no page as small as this host's";
		return -EOPNOTSUPP;
	}
	if (geometry->force_aperture &&
	    (b->address < geometry->aperture_start ||
	     b->address + VFX_BLOCK_SIZE - 1 > geometry->aperture_end)) {
		*problem = "this host's memory is beyond its IOMMU's aperture";
		return -EOPNOTSUPP;
	}
	ret = iommu_map(b->domain, b->address, page_to_phys(b->translated), VFX_BLOCK_SIZE,
			IOMMU_READ | IOMMU_WRITE | IOMMU_CACHE, GFP_KERNEL);
	if (ret)
		*problem = "its IOMMU does not map the block";
	return ret;
}

static int attach_domain(struct vfx_blocks *b, struct device *dev, const char **problem)
{
	int ret;

	b->domain = iommu_paging_domain_alloc(dev);
	if (IS_ERR(b->domain)) {
		*problem = "its IOMMU gives no domain for it";
		return PTR_ERR(b->domain);
	}
	ret = iommu_attach_group(b->domain, b->group);
	if (ret) {
		*problem = "its IOMMU does not attach a domain";
		goto free;
	}
	ret = map_block(b, problem);
	if (!ret)
		return 0;
	iommu_detach_group(b->domain, b->group);
free:
	iommu_domain_free(b->domain);
	return ret;
}

int vfx_get_blocks(struct vfx_blocks *b, struct device *dev, const char **problem)
{
	int ret;

	ret = alloc_memory(b);
	if (ret) {
		*problem = "no memory for it";
		return ret;
	}
	b->group = iommu_group_get(dev);
	ret = attach_domain(b, dev, problem);
	if (ret) {
		iommu_group_put(b->group);
		free_memory(b);
	}
	return ret;
}

unsigned int vfx_put_blocks(struct vfx_blocks *b, bool keep)
{
	iommu_unmap(b->domain, b->address, VFX_BLOCK_SIZE);
	iommu_detach_group(b->domain, b->group);
	iommu_domain_free(b->domain);
	iommu_group_put(b->group);
	if (!keep) {
		free_memory(b);
		return 0;
	}
	vfree(b->reference);
	kept_pages += 2 << BLOCK_ORDER;
	return 2 << BLOCK_ORDER;
}
