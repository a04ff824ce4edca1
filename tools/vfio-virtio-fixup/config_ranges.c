// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration space range by range, for function.h. What happens to a byte is asked of
 * the driver's own code; this file puts it into words, and adds the capability's name.
 *
 * The driver's view is made from what vfio_pci_core makes of configuration space when it
 * enables the function. The driver has that from the core. Here it is made from what was
 * read, by the rules of Linux 6.12 (drivers/vfio/pci/vfio_pci_config.c), also where those
 * are lax: the core follows any pointer, and of capabilities that overlap the later one
 * has the bytes.
 */
#include "function.h"

#include <linux/pci_regs.h>
#include <stdio.h>

#include "config_view.h"
#include "json.h"
#include "output.h"

#define NAME_SIZE	64
#define NOBODY		0xffff	/* no capability owns the byte */

/* What vfio_pci_core makes of configuration space. */
struct config_map {
	unsigned int size;		/* bytes of all three */
	u8 id[VFX_CONFIG_MAX];		/* capability ID; 0 in the header, VFX_MAP_GAP for none */
	u16 owner[VFX_CONFIG_MAX];	/* where that begins; 0 in the header */
	u8 vconfig[VFX_CONFIG_MAX];	/* the core's copy, without what it hides */
};

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

static void make_view(const struct function *function, struct config_map *map,
		      struct vfx_view *view)
{
	struct vfx_decision decision;
	struct vfx_facts facts;
	unsigned int i;

	memset(map, 0, sizeof(*map));
	map->size = function->config_len;
	for (i = PCI_STD_HEADER_SIZEOF; i < map->size; i++) {
		map->id[i] = VFX_MAP_GAP;
		map->owner[i] = NOBODY;
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

	make_view(function, &map, &view);
	return view.config.description;
}

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
static const struct {
	const char *read;
	const char *write;
} source_words[] = {
	[VFX_SOURCE_IMAGE] = { "image", "dropped" },
	[VFX_SOURCE_KEPT] = { "image", "kept in the image" },
	[VFX_SOURCE_LIVE] = { "vfio_pci_core", "passed on" },
	[VFX_SOURCE_COMMAND] = { "vfio_pci_core", "passed on, or done by the driver" },
	[VFX_SOURCE_WINDOW] = { "window", "emulated" },
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
	else if (map->owner[pos] == NOBODY)
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
	return is_write ? source_words[source].write : source_words[source].read;
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
	if (table)
		rows_cells(range_rows, range, table);
	else
		rows_object(NULL, range_rows, range, 0);
}

void config_ranges_print(const struct function *function, bool as_json)
{
	struct config_map map;
	struct vfx_view view;
	struct table table;
	struct range range;
	unsigned int next;

	make_view(function, &map, &view);
	table_begin(&table);
	rows_headings(range_rows, &table);
	if (as_json)
		json_array("config");
	for (range.first = 0; range.first < map.size; range.first = next) {
		for (next = range.first + 1; next < map.size; next++)
			if (vfx_config_rule(&view.config, next) !=
			    vfx_config_rule(&view.config, range.first) ||
			    map.owner[next] != map.owner[range.first])
				break;
		range.last = next - 1;
		print_range(function, &map, &view.config, &range, as_json ? NULL : &table);
	}
	table_print(&table);
	if (as_json)
		json_end();
}
