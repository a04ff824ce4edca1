// SPDX-License-Identifier: GPL-2.0-only
/*
 * Claims of IOMMU groups: one of the kernel's for each group, however many of ours.
 * A measurement and the guard may both have one, for several functions of the group.
 */
#include <linux/err.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "group.h"

/**
 * struct vfx_group - a group that is claimed
 * @node: in the list of all that are
 * @group: the kernel's
 * @claims: how many of ours there are; under @groups_lock
 */
struct vfx_group {
	struct list_head node;
	struct iommu_group *group;
	unsigned int claims;
};

static LIST_HEAD(groups);
/* Innermost of this module's: held while an IOMMU changes its domain, and no longer. */
static DEFINE_MUTEX(groups_lock);

static struct vfx_group *find(struct iommu_group *group)
{
	struct vfx_group *g;

	list_for_each_entry(g, &groups, node)
		if (g->group == group)
			return g;
	return NULL;
}

/* Takes over the reference to @group. */
static struct vfx_group *claim(struct iommu_group *group)
{
	struct vfx_group *g;
	int ret;

	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g) {
		ret = -ENOMEM;
		goto put;
	}
	g->group = group;
	ret = iommu_group_claim_dma_owner(group, g);
	if (ret)
		goto put;
	list_add(&g->node, &groups);
	return g;

put:
	iommu_group_put(group);
	kfree(g);
	return ERR_PTR(ret);
}

struct vfx_group *vfx_group_claim(struct device *dev)
{
	struct iommu_group *group;
	struct vfx_group *g;

	/* In its no-IOMMU mode VFIO makes groups up, and to claim one of these crashes. */
	if (!device_iommu_capable(dev, IOMMU_CAP_CACHE_COHERENCY))
		return ERR_PTR(-ENODEV);
	group = iommu_group_get(dev);
	if (!group)
		return ERR_PTR(-ENODEV);
	mutex_lock(&groups_lock);
	g = find(group);
	if (g)
		iommu_group_put(group);
	else
		g = claim(group);
	if (!IS_ERR(g))
		g->claims++;
	mutex_unlock(&groups_lock);
	return g;
}

void vfx_group_release(struct vfx_group *g)
{
	mutex_lock(&groups_lock);
	if (!--g->claims) {
		list_del(&g->node);
		iommu_group_release_dma_owner(g->group);
		iommu_group_put(g->group);
		kfree(g);
	}
	mutex_unlock(&groups_lock);
}
