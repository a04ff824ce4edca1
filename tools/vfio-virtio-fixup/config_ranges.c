// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ranges of config_ranges.h. What happens to a byte is asked of the driver's
 * own code; this file puts it into words, and adds the capability's name.
 */
#include "config_ranges.h"

#include <linux/pci_regs.h>
#include <stdio.h>

#include "config_map.h"
#include "json.h"
#include "output.h"

#define NAME_SIZE	64

static const char *const standard_names[] = {
	[PCI_CAP_ID_PM] = "PM",
	[PCI_CAP_ID_AGP] = "AGP",
	[PCI_CAP_ID_VPD] = "VPD",
	[PCI_CAP_ID_MSI] = "MSI",
	[PCI_CAP_ID_PCIX] = "PCI-X",
	[PCI_CAP_ID_HT] = "HyperTransport",
	[PCI_CAP_ID_EXP] = "PCI Express",
	[PCI_CAP_ID_MSIX] = "MSI-X",
	[PCI_CAP_ID_SATA] = "SATA",
	[PCI_CAP_ID_AF] = "AF",
};

/* By cfg_type: a vendor capability of a virtio function (virtio 1.3, 4.1.4). */
static const char *const virtio_names[] = {
	[1] = "virtio common configuration",
	[2] = "virtio notification",
	[3] = "virtio ISR",
	[4] = "virtio device configuration",
	[5] = "virtio configuration access",
	[8] = "virtio shared memory",
	[9] = "virtio vendor data",
};

static const char *const extended_names[] = {
	[PCI_EXT_CAP_ID_ERR] = "AER",
	[PCI_EXT_CAP_ID_VC] = "virtual channel",
	[PCI_EXT_CAP_ID_DSN] = "device serial number",
	[PCI_EXT_CAP_ID_PWR] = "power budgeting",
	[PCI_EXT_CAP_ID_MFVC] = "multi-function virtual channel",
	[PCI_EXT_CAP_ID_VC9] = "virtual channel",
	[PCI_EXT_CAP_ID_VNDR] = "vendor-specific",
	[PCI_EXT_CAP_ID_ACS] = "ACS",
	[PCI_EXT_CAP_ID_ARI] = "ARI",
	[PCI_EXT_CAP_ID_ATS] = "ATS",
	[PCI_EXT_CAP_ID_SRIOV] = "SR-IOV",
	[PCI_EXT_CAP_ID_MCAST] = "multicast",
	[PCI_EXT_CAP_ID_PRI] = "PRI",
	[PCI_EXT_CAP_ID_REBAR] = "resizable BAR",
	[PCI_EXT_CAP_ID_DPA] = "DPA",
	[PCI_EXT_CAP_ID_TPH] = "TPH",
	[PCI_EXT_CAP_ID_LTR] = "LTR",
	[PCI_EXT_CAP_ID_DVSEC] = "designated vendor-specific",
};

/* What is WINDOW + n is WINDOW. */
static const char *const read_words[] = {
	[VFX_SOURCE_IMAGE] = "image",
	[VFX_SOURCE_KEPT] = "image",
	[VFX_SOURCE_LIVE] = "vfio_pci_core",
	[VFX_SOURCE_COMMAND] = "vfio_pci_core",
	[VFX_SOURCE_WINDOW] = "window",
};

static const char *const write_words[] = {
	[VFX_SOURCE_IMAGE] = "dropped",
	[VFX_SOURCE_KEPT] = "kept in the image",
	[VFX_SOURCE_LIVE] = "passed on",
	[VFX_SOURCE_COMMAND] = "passed on, or done by the driver",
	[VFX_SOURCE_WINDOW] = "emulated",
};

static const char *look_up(const char *const *names, size_t count, unsigned int id)
{
	return id < count ? names[id] : NULL;
}

/* Whose a byte is that the core knows; the core knows only what is named here. */
static void name_capability(const struct config_map *map, const u8 *config, unsigned int pos,
			    char *name)
{
	unsigned int id = config[pos];
	const char *known;

	if (pos >= VFX_CONFIG_SIZE) {
		id = vfx_get16(config + pos);
		known = look_up(extended_names, ARRAY_SIZE(extended_names), id);
		/* The head of the list, when it is hidden, is a link without an ID. */
		if (!known || vfx_get16(map->vconfig + pos) != id) {
			snprintf(name, NAME_SIZE, "hidden (0x%04x)", id);
			return;
		}
	} else if (id == PCI_CAP_ID_VNDR) {
		known = look_up(virtio_names, ARRAY_SIZE(virtio_names), config[pos + 3]);
	} else {
		known = look_up(standard_names, ARRAY_SIZE(standard_names), id);
	}
	snprintf(name, NAME_SIZE, "%s", known ? known : "vendor-specific");
}

static void name_owner(const struct function *function, const struct config_map *map,
		       const struct vfx_config_view *view, unsigned int pos, char *name)
{
	unsigned int description = view->description;

	if (description && pos >= description &&
	    pos < description + VIRTIO_FIXUP_DESCRIPTION_LEN)
		snprintf(name, NAME_SIZE, "description");
	else if (map->owner[pos] == CONFIG_MAP_NOBODY)
		snprintf(name, NAME_SIZE, "gap");
	else if (!map->owner[pos])
		snprintf(name, NAME_SIZE, "header");
	else
		name_capability(map, function->config, map->owner[pos], name);
}

static const char *source_word(const struct vfx_config_view *view, unsigned int pos,
			       bool is_write)
{
	u8 source;

	vfx_config_run(view, pos, 1, is_write, &source);
	if (source > VFX_SOURCE_WINDOW)
		source = VFX_SOURCE_WINDOW;
	return (is_write ? write_words : read_words)[source];
}

/* A range of bytes that are treated alike. */
struct range {
	char text[16];
	unsigned int first;
	unsigned int last;
	char owner[NAME_SIZE];
	const char *name;
	const char *read;
	const char *write;
	const char *why;
};

static const struct row range_rows[] = {
	{ "range", MEMBER(CHARS, struct range, text), .title = "RANGE" },
	{ "first", MEMBER(NUMBER, struct range, first) },
	{ "last", MEMBER(NUMBER, struct range, last) },
	{ "capability", MEMBER(CHARS, struct range, owner), .title = "CAPABILITY" },
	{ "name", MEMBER(TEXT, struct range, name), .title = "NAME" },
	{ "read", MEMBER(TEXT, struct range, read), .title = "READ FROM" },
	{ "write", MEMBER(TEXT, struct range, write), .title = "WRITE" },
	{ "why", MEMBER(TEXT, struct range, why), .title = "WHY" },
	ROWS_END
};

/* Without a table it is JSON. */
static void print_range(const struct function *function, const struct config_map *map,
			const struct vfx_config_view *view, struct range *range,
			struct table *table)
{
	const struct vfx_config_rule *rule = vfx_config_rule(view, range->first);

	snprintf(range->text, sizeof(range->text), "0x%03x-0x%03x", range->first, range->last);
	name_owner(function, map, view, range->first, range->owner);
	range->name = rule->name;
	range->read = source_word(view, range->first, false);
	range->write = source_word(view, range->first, true);
	range->why = rule->why;
	if (table) {
		rows_cells(range_rows, range, table);
		return;
	}
	json_object(NULL);
	rows_json(range_rows, range, 0);
	json_end();
}

static void print_ranges(const struct function *function, struct table *table)
{
	struct config_map map;
	struct vfx_view view;
	struct range range;
	unsigned int next;

	config_map_view(function, &map, &view);
	for (range.first = 0; range.first < map.size; range.first = next) {
		for (next = range.first + 1; next < map.size; next++)
			if (vfx_config_rule(&view.config, next) !=
			    vfx_config_rule(&view.config, range.first) ||
			    map.owner[next] != map.owner[range.first])
				break;
		range.last = next - 1;
		print_range(function, &map, &view.config, &range, table);
	}
}

void config_ranges_print(const struct function *function)
{
	struct table table;

	table_begin(&table);
	rows_headings(range_rows, &table);
	print_ranges(function, &table);
	table_print(&table);
}

void config_ranges_json(const struct function *function)
{
	json_array("config");
	print_ranges(function, NULL);
	json_end();
}
