// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether the description capability finds room in a function's configuration
 * space. The driver places it where vfio_pci_core knows of no capability; this
 * file knows the lengths vfio_pci_core gives to capabilities, and lets the
 * driver's own code choose the place.
 */
#include <linux/pci_regs.h>
#include <stdlib.h>

#include "function.h"

/* What vfio_pci_core takes a capability's length to be; 0: it hides it. */
static unsigned int capability_length(const u8 *config, unsigned int pos)
{
	unsigned int flags = virtio_fixup_get16(config + pos + PCI_CAP_FLAGS);
	bool integrated;

	switch (config[pos]) {
	case PCI_CAP_ID_PM:
		return PCI_PM_SIZEOF;
	case PCI_CAP_ID_AGP:
	case PCI_CAP_ID_VPD:
	case PCI_CAP_ID_PCIX:
		return 8;
	case PCI_CAP_ID_MSI:
		return 10 + (flags & PCI_MSI_FLAGS_64BIT ? 4 : 0) +
		       (flags & PCI_MSI_FLAGS_MASKBIT ? 10 : 0);
	case PCI_CAP_ID_VNDR:
		return config[pos + PCI_CAP_FLAGS];
	case PCI_CAP_ID_EXP:
		integrated = (flags & PCI_EXP_FLAGS_TYPE) >> 4 == PCI_EXP_TYPE_RC_END;
		if ((flags & PCI_EXP_FLAGS_VERS) == 1)
			return integrated ? 0xc : PCI_CAP_EXP_ENDPOINT_SIZEOF_V1;
		return integrated ? 0x2c : 0x3c;
	case PCI_CAP_ID_MSIX:
		return PCI_CAP_MSIX_SIZEOF;
	case PCI_CAP_ID_AF:
		return PCI_CAP_AF_SIZEOF;
	default:
		return 0;
	}
}

static void map_capabilities(const u8 *config, u8 *map)
{
	unsigned int pos, left = VIRTIO_FIXUP_CONFIG_SIZE / 4;

	memset(map, VIRTIO_FIXUP_MAP_GAP, VIRTIO_FIXUP_CONFIG_SIZE);
	memset(map, 0, PCI_STD_HEADER_SIZEOF);
	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return;
	for (pos = config[PCI_CAPABILITY_LIST] & ~3u; pos && left;
	     pos = config[pos + PCI_CAP_LIST_NEXT] & ~3u, left--) {
		unsigned int length;

		if (pos < PCI_STD_HEADER_SIZEOF)
			return;
		length = capability_length(config, pos);
		if (length > VIRTIO_FIXUP_CONFIG_SIZE - pos)
			length = VIRTIO_FIXUP_CONFIG_SIZE - pos;
		memset(map + pos, config[pos], length);
	}
}

unsigned int find_description_room(const struct function *function)
{
	const struct virtio_fixup_decision any = { .admitted = true };
	struct virtio_fixup_config_view *view = malloc(sizeof(*view));
	u8 map[VIRTIO_FIXUP_CONFIG_SIZE];
	unsigned int position;

	if (!view)
		return 0;
	map_capabilities(function->config, map);
	virtio_fixup_config_view_init(view, &function->layout, &any, function->config, map,
				      VIRTIO_FIXUP_CONFIG_SIZE);
	position = view->description;
	free(view);
	return position;
}
