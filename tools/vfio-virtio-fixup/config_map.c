// SPDX-License-Identifier: GPL-2.0-only
/* The walks of config_map.h; each mirrors a function of vfio_pci_core. */
#include "config_map.h"

#include <linux/pci_regs.h>

#include "capabilities.h"

/* All that is read lies within configuration space, or reads 0. */
static u32 read32(const u8 *config, unsigned int pos)
{
	return pos + 4 <= VFX_CONFIG_MAX ? vfx_get32(config + pos) : 0;
}

static void claim(struct config_map *map, const u8 *config, unsigned int pos, u8 id,
		  unsigned int length)
{
	unsigned int i;

	if (length > map->size - pos)
		length = map->size - pos;
	memset(map->id + pos, id, length);
	memcpy(map->vconfig + pos, config + pos, length);
	for (i = 0; i < length; i++)
		map->owner[pos + i] = (u16)pos;
}

/* As vfio_cap_init(). Returns whether the core will look for extended capabilities. */
static bool map_standard(struct config_map *map, const u8 *config)
{
	unsigned int left = (VFX_CONFIG_SIZE - PCI_STD_HEADER_SIZEOF) / PCI_CAP_SIZEOF;
	unsigned int prev = PCI_CAPABILITY_LIST, pos, length;
	bool any = false, extended = false;

	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return false;
	for (pos = config[prev]; pos && left--; pos = config[pos + PCI_CAP_LIST_NEXT]) {
		length = vfx_capability_length(config, map->size, pos);
		if (!length) {
			map->vconfig[prev] = config[pos + PCI_CAP_LIST_NEXT];
			continue;
		}
		claim(map, config, pos, config[pos], length);
		if (config[pos] == PCI_CAP_ID_EXP ||
		    (config[pos] == PCI_CAP_ID_PCIX && length == PCI_CAP_PCIX_SIZEOF_V2))
			extended = read32(config, VFX_CONFIG_SIZE);
		prev = pos + PCI_CAP_LIST_NEXT;
		any = true;
	}
	if (!any)
		map->vconfig[PCI_STATUS] &= (u8)~PCI_STATUS_CAP_LIST;
	return extended;
}

/* As vfio_ecap_init(). */
static void map_extended(struct config_map *map, const u8 *config)
{
	unsigned int left = (map->size - VFX_CONFIG_SIZE) / PCI_CAP_SIZEOF;
	unsigned int prev = 0, pos = VFX_CONFIG_SIZE, length;
	const u32 link = 0xffcu << 20;

	for (; pos >= VFX_CONFIG_SIZE && left; left--) {
		u32 header = read32(config, pos);

		length = vfx_extended_length(config, map->size, pos);
		if (length || !prev) {
			/* The first cannot be left out of the list: without its ID it is hidden. */
			claim(map, config, pos, (u8)PCI_EXT_CAP_ID(header),
			      length ? length : PCI_CAP_SIZEOF);
			if (!length)
				vfx_put(map->vconfig + pos, header & link, 4);
			prev = pos;
		} else {
			vfx_put(map->vconfig + prev,
				(read32(map->vconfig, prev) & ~link) | (header & link), 4);
		}
		pos = PCI_EXT_CAP_NEXT(header);
	}
}

/*
 * The decision that the next user would have in force: the driver's. For a function that
 * is not its, or is refused, the one made with the best that could be known. What is
 * refused even so is shown as the hardware is: so would `unsafe`, which alone admits it.
 */
static struct vfx_decision decision_to_show(const struct function *function,
					    struct vfx_facts *facts)
{
	struct vfx_decision decision = { 0 };

	*facts = function_facts(function);
	if (function->bound && function->policy != NOT_KNOWN)
		decision = vfx_decide(facts, (enum virtio_fixup_policy)function->policy);
	if (decision.admitted)
		return decision;
	facts->offered_known = false;
	facts->unacked = VFX_OUTCOME_NOT_RUN;
	facts->acked = VFX_OUTCOME_NOT_RUN;
	suppose_the_best(facts);
	facts->iommu_group = true;
	return vfx_decide(facts, VIRTIO_FIXUP_POLICY_AUTO);
}

void config_map_view(const struct function *function, struct config_map *map,
		     struct vfx_view *view)
{
	struct vfx_decision decision;
	struct vfx_facts facts;
	unsigned int i;

	memset(map, 0, sizeof(*map));
	map->size = function->config_len;
	for (i = PCI_STD_HEADER_SIZEOF; i < map->size; i++) {
		map->id[i] = VFX_MAP_GAP;
		map->owner[i] = CONFIG_MAP_NOBODY;
	}
	memcpy(map->vconfig, function->config, PCI_STD_HEADER_SIZEOF);
	if (map_standard(map, function->config))
		map_extended(map, function->config);
	decision = decision_to_show(function, &facts);
	vfx_make_view(view, &facts, &decision, &function->layout, map->vconfig, map->id, map->size);
}

unsigned int find_description_room(const struct function *function)
{
	struct config_map map;
	struct vfx_view view;

	config_map_view(function, &map, &view);
	return view.config.description;
}
