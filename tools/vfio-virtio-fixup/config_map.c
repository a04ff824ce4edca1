// SPDX-License-Identifier: GPL-2.0-only
/* The walks of config_map.h; each mirrors a function of vfio_pci_core. */
#include "config_map.h"

#include <linux/pci_regs.h>

/* PCI Express with a link, version 2; older headers leave out the last register. */
#define EXP_LENGTH_V2	0x34

/* All that is read lies within configuration space, or reads 0. */
static u32 read32(const u8 *config, unsigned int pos)
{
	return pos + 4 <= VIRTIO_FIXUP_CONFIG_MAX ? virtio_fixup_get32(config + pos) : 0;
}

static unsigned int express_length(unsigned int flags)
{
	/* Without a link, as functions on a root bus are. */
	bool integrated = (flags & PCI_EXP_FLAGS_TYPE) >> 4 == PCI_EXP_TYPE_RC_END;

	if ((flags & PCI_EXP_FLAGS_VERS) == 1)
		return integrated ? 0xc : PCI_CAP_EXP_ENDPOINT_SIZEOF_V1;
	return integrated ? 0x2c : EXP_LENGTH_V2;
}

/* What the core takes a capability's length to be; 0: it hides it. */
static unsigned int standard_length(const u8 *config, unsigned int pos)
{
	unsigned int flags = read32(config, pos) >> 16;

	switch (config[pos]) {
	case PCI_CAP_ID_PM:
		return PCI_PM_SIZEOF;
	case PCI_CAP_ID_AGP:
		return PCI_AGP_SIZEOF;
	case PCI_CAP_ID_VPD:
		return PCI_CAP_VPD_SIZEOF;
	case PCI_CAP_ID_MSI:
		return 10 + (flags & PCI_MSI_FLAGS_64BIT ? 4 : 0) +
		       (flags & PCI_MSI_FLAGS_MASKBIT ? 10 : 0);
	case PCI_CAP_ID_PCIX:
		return PCI_X_CMD_VERSION(flags) ? PCI_CAP_PCIX_SIZEOF_V2 : PCI_CAP_PCIX_SIZEOF_V0;
	case PCI_CAP_ID_HT:
		return flags >> 8 & HT_3BIT_CAP_MASK ? HT_CAP_SIZEOF_SHORT : HT_CAP_SIZEOF_LONG;
	case PCI_CAP_ID_VNDR:
		return flags & 0xff;
	case PCI_CAP_ID_EXP:
		return express_length(flags);
	case PCI_CAP_ID_MSIX:
		return PCI_CAP_MSIX_SIZEOF;
	case PCI_CAP_ID_SATA:
		return (read32(config, pos + PCI_SATA_REGS) & PCI_SATA_REGS_MASK) ==
		       PCI_SATA_REGS_INLINE ? PCI_SATA_SIZEOF_LONG : PCI_SATA_SIZEOF_SHORT;
	case PCI_CAP_ID_AF:
		return PCI_CAP_AF_SIZEOF;
	default:
		return 0;
	}
}

static unsigned int channel_length(const u8 *config, unsigned int pos)
{
	unsigned int length = PCI_CAP_VC_BASE_SIZEOF, phases = 0;
	u32 arbitration = read32(config, pos + PCI_VC_PORT_CAP2);

	if (arbitration & PCI_VC_CAP2_128_PHASE)
		phases = 128;
	else if (arbitration & PCI_VC_CAP2_64_PHASE)
		phases = 64;
	else if (arbitration & PCI_VC_CAP2_32_PHASE)
		phases = 32;
	length += (1 + (read32(config, pos + PCI_VC_PORT_CAP1) & PCI_VC_CAP1_EVCC)) *
		  PCI_CAP_VC_PER_VC_SIZEOF;
	/* Four bits a phase, behind the next multiple of 16. */
	return phases ? (length + 15) / 16 * 16 + phases / 2 : length;
}

static unsigned int access_control_length(u32 capability)
{
	unsigned int bits = capability >> 8 & 0xff;

	if (!(capability & PCI_ACS_EC))
		return 8;
	return 8 + (bits ? (bits + 31) / 32 * 32 : 256) / 8;
}

static unsigned int processing_hints_length(u32 capability)
{
	if ((capability & PCI_TPH_CAP_LOC_MASK) != PCI_TPH_LOC_CAP)
		return PCI_TPH_BASE_SIZEOF;
	return PCI_TPH_BASE_SIZEOF + 2 +
	       2 * ((capability & PCI_TPH_CAP_ST_MASK) >> PCI_TPH_CAP_ST_SHIFT);
}

/* The same for extended capabilities. */
static unsigned int extended_length(const u8 *config, unsigned int pos)
{
	u32 first = read32(config, pos + 4);

	switch (PCI_EXT_CAP_ID(read32(config, pos))) {
	case PCI_EXT_CAP_ID_ERR:
		return PCI_ERR_ROOT_COMMAND;
	case PCI_EXT_CAP_ID_VC:
	case PCI_EXT_CAP_ID_MFVC:
	case PCI_EXT_CAP_ID_VC9:
		return channel_length(config, pos);
	case PCI_EXT_CAP_ID_DSN:
		return PCI_EXT_CAP_DSN_SIZEOF;
	case PCI_EXT_CAP_ID_PWR:
		return PCI_EXT_CAP_PWR_SIZEOF;
	case PCI_EXT_CAP_ID_VNDR:
	case PCI_EXT_CAP_ID_DVSEC:
		return first >> 20;
	case PCI_EXT_CAP_ID_ACS:
		return access_control_length(first);
	case PCI_EXT_CAP_ID_ARI:
		return PCI_EXT_CAP_ARI_SIZEOF;
	case PCI_EXT_CAP_ID_ATS:
		return PCI_EXT_CAP_ATS_SIZEOF;
	case PCI_EXT_CAP_ID_SRIOV:
		return PCI_EXT_CAP_SRIOV_SIZEOF;
	case PCI_EXT_CAP_ID_MCAST:
		return PCI_EXT_CAP_MCAST_ENDPOINT_SIZEOF;
	case PCI_EXT_CAP_ID_PRI:
		return PCI_EXT_CAP_PRI_SIZEOF;
	case PCI_EXT_CAP_ID_REBAR:
		return 4 + 8 * ((read32(config, pos + PCI_REBAR_CTRL) &
				 PCI_REBAR_CTRL_NBAR_MASK) >> PCI_REBAR_CTRL_NBAR_SHIFT);
	case PCI_EXT_CAP_ID_DPA:
		return PCI_DPA_BASE_SIZEOF + (first & PCI_DPA_CAP_SUBSTATE_MASK) + 1;
	case PCI_EXT_CAP_ID_TPH:
		return processing_hints_length(first);
	case PCI_EXT_CAP_ID_LTR:
		return PCI_EXT_CAP_LTR_SIZEOF;
	default:
		return 0;
	}
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
	unsigned int left = (VIRTIO_FIXUP_CONFIG_SIZE - PCI_STD_HEADER_SIZEOF) / PCI_CAP_SIZEOF;
	unsigned int prev = PCI_CAPABILITY_LIST, pos, length;
	bool any = false, extended = false;

	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return false;
	for (pos = config[prev]; pos && left--; pos = config[pos + PCI_CAP_LIST_NEXT]) {
		length = standard_length(config, pos);
		if (!length) {
			map->vconfig[prev] = config[pos + PCI_CAP_LIST_NEXT];
			continue;
		}
		claim(map, config, pos, config[pos], length);
		if (config[pos] == PCI_CAP_ID_EXP ||
		    (config[pos] == PCI_CAP_ID_PCIX && length == PCI_CAP_PCIX_SIZEOF_V2))
			extended = read32(config, VIRTIO_FIXUP_CONFIG_SIZE);
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
	unsigned int left = (map->size - VIRTIO_FIXUP_CONFIG_SIZE) / PCI_CAP_SIZEOF;
	unsigned int prev = 0, pos = VIRTIO_FIXUP_CONFIG_SIZE, length;
	const u32 link = 0xffcu << 20;

	for (; pos >= VIRTIO_FIXUP_CONFIG_SIZE && left; left--) {
		u32 header = read32(config, pos);

		length = extended_length(config, pos);
		if (length || !prev) {
			/* The first cannot be left out of the list: without its ID it is hidden. */
			claim(map, config, pos, (u8)PCI_EXT_CAP_ID(header),
			      length ? length : PCI_CAP_SIZEOF);
			if (!length)
				virtio_fixup_put(map->vconfig + pos, header & link, 4);
			prev = pos;
		} else {
			virtio_fixup_put(map->vconfig + prev,
					 (read32(map->vconfig, prev) & ~link) | (header & link), 4);
		}
		pos = PCI_EXT_CAP_NEXT(header);
	}
}

void config_map_view(const struct function *function, struct config_map *map,
		     struct virtio_fixup_config_view *view)
{
	/* As it is shown where nothing but safety admits it: `unsafe` may show it as it is. */
	const struct virtio_fixup_decision safe = {
		.admitted = true,
		.as_modern = virtio_fixup_identity(function->device, &function->layout) ==
			     VIRTIO_FIXUP_TRANSITIONAL &&
			     virtio_fixup_legacy_is_apart(&function->layout),
	};
	unsigned int i;

	memset(map, 0, sizeof(*map));
	map->size = function->config_len;
	for (i = PCI_STD_HEADER_SIZEOF; i < map->size; i++) {
		map->id[i] = VIRTIO_FIXUP_MAP_GAP;
		map->owner[i] = CONFIG_MAP_NOBODY;
	}
	memcpy(map->vconfig, function->config, PCI_STD_HEADER_SIZEOF);
	if (map_standard(map, function->config))
		map_extended(map, function->config);
	virtio_fixup_config_view_init(view, &function->layout, &safe, function->type,
				      map->vconfig, map->id, map->size);
}

unsigned int find_description_room(const struct function *function)
{
	struct virtio_fixup_config_view view;
	struct config_map map;

	config_map_view(function, &map, &view);
	return view.description;
}
