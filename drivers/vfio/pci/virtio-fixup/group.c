// SPDX-License-Identifier: GPL-2.0-only
/*
 * IOMMU groups: their claims, and their members. There is one claim of the kernel's for
 * each group, however many of ours: a measurement and the guard may both have one, for
 * several functions of the group.
 */
#include <linux/err.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pci.h>
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

bool vfx_has_group(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	iommu_group_put(group);
	return group && device_iommu_capable(dev, IOMMU_CAP_CACHE_COHERENCY);
}

struct vfx_group *vfx_group_claim(struct device *dev)
{
	struct iommu_group *group;
	struct vfx_group *g;

	/* In its no-IOMMU mode VFIO makes groups up, and to claim one of these crashes. */
	if (!vfx_has_group(dev))
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

/* Calls @fn for the members of a device's group until it does not return 0. */
static int each_member(struct device *dev, void *data, int (*fn)(struct device *, void *))
{
	struct iommu_group *group = iommu_group_get(dev);
	int ret;

	if (!group)
		return 0;
	ret = iommu_group_for_each_dev(group, data, fn);
	iommu_group_put(group);
	return ret;
}

/* A bridge in the group passes requests on, it makes none of its own. */
static bool is_sibling(struct device *member, const struct device *dev)
{
	return member != dev && !(dev_is_pci(member) && pci_is_bridge(to_pci_dev(member)));
}

static int found_sibling(struct device *member, void *dev)
{
	return is_sibling(member, dev);
}

bool vfx_has_siblings(struct device *dev)
{
	return each_member(dev, dev, found_sibling);
}

/* For the functions below: whose group it is, and a text to be written. */
struct look {
	struct device *dev;
	struct vfx_siblings *siblings;
	char *text;
	size_t size;
	size_t len;
};

static int add_name(struct device *member, void *data)
{
	struct look *look = data;

	if (is_sibling(member, look->dev))
		look->len += scnprintf(look->text + look->len, look->size - look->len, "%s%s",
				       look->len ? " " : "", dev_name(member));
	return 0;
}

bool vfx_name_siblings(struct device *dev, char *text, size_t size)
{
	struct look look = { .dev = dev, .text = text, .size = size };

	each_member(dev, &look, add_name);
	return look.len;
}

static int name_if_kernel_user(struct device *member, void *data)
{
	struct device_driver *driver = READ_ONCE(member->driver);
	struct look *look = data;

	if (!driver || !dev_is_pci(member) || to_pci_driver(driver)->driver_managed_dma)
		return 0;
	snprintf(look->text, look->size, "its IOMMU group is in use: %s of it has the driver %s",
		 dev_name(member), driver->name);
	return 1;
}

void vfx_name_kernel_user(struct device *dev, char *text, size_t size)
{
	struct look look = { .dev = dev, .text = text, .size = size };

	each_member(dev, &look, name_if_kernel_user);
}

static int hold_sibling(struct device *member, void *data)
{
	struct look *look = data;
	struct vfx_siblings *s = look->siblings;

	/* While it is probed the function itself has a driver already. */
	if (!is_sibling(member, look->dev) || READ_ONCE(member->driver))
		return 0;
	if (s->nr < VFX_SIBLINGS_HELD && device_trylock(member)) {
		if (!member->driver) {
			s->held[s->nr++] = get_device(member);
			return 0;
		}
		device_unlock(member);
	}
	snprintf(look->text, look->size,
		 "%s of its IOMMU group has no driver, and could not be kept from getting one",
		 dev_name(member));
	return 1;
}

bool vfx_hold_siblings(struct device *dev, struct vfx_siblings *siblings, char *text,
		       size_t size)
{
	struct look look = { .dev = dev, .siblings = siblings, .text = text, .size = size };

	return !each_member(dev, &look, hold_sibling);
}

void vfx_let_siblings_go(struct vfx_siblings *siblings)
{
	while (siblings->nr) {
		struct device *sibling = siblings->held[--siblings->nr];

		device_unlock(sibling);
		put_device(sibling);
	}
}
