// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view of configuration space of config_view.h.
 *
 * What the table does not name is IMAGE. The image is vfio_pci_core's own copy,
 * read from the hardware when the function was enabled, with the capabilities
 * that the core hides already taken out of the list. It is 0 where no capability
 * is, whatever the hardware has there. Where it could differ from the hardware
 * later is listed in Documentation/design.rst.
 */
#include "config_view.h"

/* Subsystem IDs from here on are no transitional device's (virtio 1.3, 4.1.2.1). */
#define MODERN_SUBSYSTEM_ID	0x0040

/* The bytes of a window, from VIRTIO_PCI_CAP_BAR on. */
#define WINDOW_DATA	offsetof(struct virtio_pci_cfg_cap, pci_cfg_data)
#define WINDOW_END	sizeof(struct virtio_pci_cfg_cap)
#define WINDOW_LEN	(WINDOW_END - VIRTIO_PCI_CAP_BAR)

enum rule_space { ANYWHERE, HEADER, STANDARD, EXTENDED };
/* To where the core's map has another ID, and so over a next one of the same kind. */
#define TO_END	0xffff

/* The first lines, which name no place that every function has. */
#define RULE_CONSTANT		0
#define RULE_GAP		1
#define RULE_DESCRIPTION	2
#define RULE_MODERN		3
/* From here on, in a byte's rule: the number of a window. */
#define RULE_WINDOW		0x80

/*
 * The table: which bytes of what are not IMAGE. Offsets are those of the header
 * or of the capability. LIVE is also what the core keeps to itself without
 * asking the hardware, but changes: only it may say what such bytes are.
 */
static const struct {
	u8 space;
	u8 id;
	u16 offset;
	u16 length;
	struct vfx_config_rule rule;
} rules[] = {
#define RULE(space, id, offset, length, source, name, why) \
	{ space, id, offset, length, { VFX_SOURCE_ ## source, name, why } }
	[RULE_CONSTANT] =
	RULE(ANYWHERE, 0, 0, 0, IMAGE, "constant", "as it was at open"),
	[RULE_GAP] =
	RULE(ANYWHERE, 0, 0, 0, IMAGE, "no capability", "reads 0 whatever is there"),
	[RULE_DESCRIPTION] =
	RULE(ANYWHERE, 0, 0, 0, IMAGE, "description", "of this view, not the function's"),
	[RULE_MODERN] =
	RULE(ANYWHERE, 0, 0, 0, IMAGE, "modern identity", "of a transitional function"),
	RULE(HEADER, 0, PCI_COMMAND, 2, COMMAND,
	     "command", "the core has decoding and INTx"),
	RULE(HEADER, 0, PCI_STATUS, 2, LIVE,
	     "status", "the function raises bits of it"),
	RULE(HEADER, 0, PCI_CACHE_LINE_SIZE, 2, KEPT,
	     "cache line size, latency timer", "have no effect"),
	RULE(HEADER, 0, PCI_BASE_ADDRESS_0, 24, LIVE,
	     "BARs", "the core's own, while they are sized"),
	RULE(HEADER, 0, PCI_ROM_ADDRESS, 4, LIVE,
	     "expansion ROM", "the core's own, while it is sized"),
	RULE(HEADER, 0, PCI_INTERRUPT_LINE, 2, LIVE,
	     "interrupt line and pin", "the core's own"),
	RULE(STANDARD, PCI_CAP_ID_PM, PCI_PM_CTRL, 4, LIVE,
	     "power management control", "state and status"),
	RULE(STANDARD, PCI_CAP_ID_VPD, PCI_VPD_ADDR, 6, LIVE,
	     "vital product data", "a window of its own"),
	RULE(STANDARD, PCI_CAP_ID_MSI, PCI_MSI_FLAGS, TO_END, LIVE,
	     "MSI", "the core's own; pending bits"),
	RULE(STANDARD, PCI_CAP_ID_PCIX, PCI_X_CMD, TO_END, LIVE,
	     "PCI-X", "command and status"),
	RULE(STANDARD, PCI_CAP_ID_EXP, PCI_EXP_DEVCTL, 4, LIVE,
	     "device control and status", "resets, errors"),
	RULE(STANDARD, PCI_CAP_ID_EXP, PCI_EXP_DEVCTL2, 4, LIVE,
	     "device control 2 and status 2", "writable"),
	RULE(STANDARD, PCI_CAP_ID_MSIX, PCI_MSIX_FLAGS, 2, LIVE,
	     "MSI-X message control", "enable and mask"),
	RULE(STANDARD, PCI_CAP_ID_AF, PCI_AF_CTRL, 2, LIVE,
	     "advanced features", "reset, pending bit"),
	RULE(EXTENDED, PCI_EXT_CAP_ID_ERR, PCI_ERR_UNCOR_STATUS, TO_END, LIVE,
	     "advanced errors", "status and log"),
	RULE(EXTENDED, PCI_EXT_CAP_ID_PWR, PCI_PWR_DSR, TO_END, LIVE,
	     "power budgeting", "has a selector"),
#undef RULE
};

static_assert(ARRAY_SIZE(rules) <= RULE_WINDOW, "the table has more lines than numbers");

static const struct vfx_config_rule window_rule = {
	VFX_SOURCE_WINDOW, "configuration access", "an emulated window into the BARs"
};

const struct vfx_config_rule *
vfx_config_rule(const struct vfx_config_view *view, unsigned int offset)
{
	u8 rule = view->rule[offset];

	return rule < RULE_WINDOW ? &rules[rule].rule : &window_rule;
}

static u8 source_of(const struct vfx_config_view *view, unsigned int offset, bool is_write)
{
	u8 rule = view->rule[offset];

	if (rule >= RULE_WINDOW)
		return VFX_SOURCE_WINDOW + (rule - RULE_WINDOW);
	if (rules[rule].rule.source == VFX_SOURCE_COMMAND && !is_write)
		return VFX_SOURCE_LIVE;
	return rules[rule].rule.source;
}

static unsigned int standard_size(const struct vfx_config_view *view)
{
	return view->size < VFX_CONFIG_SIZE ? view->size : VFX_CONFIG_SIZE;
}

/* The byte of the image that points to the capability at @pos, which is in its list. */
static unsigned int find_link(const struct vfx_config_view *view, unsigned int pos)
{
	unsigned int at = PCI_CAPABILITY_LIST;

	while ((view->image[at] & ~3u) != pos)
		at = (view->image[at] & ~3u) + PCI_CAP_LIST_NEXT;
	return at;
}

/*
 * A driver like this one, in a layer below, describes the function as that layer's
 * guest has it. To the guest of this one that would be a lie, so it goes; its place is
 * free for ours.
 */
static void take_out_descriptions(struct vfx_config_view *view)
{
	/* Configuration space has room for no more, and a list may loop. */
	unsigned int left = VFX_CONFIG_SIZE / sizeof(struct virtio_fixup_description);
	struct virtio_fixup_description d;
	unsigned int pos, link, i;

	while (left-- && (pos = vfx_find_description(view->image, &d))) {
		link = find_link(view, pos);
		view->image[link] = d.cap_next & ~3u;
		view->rule[link] = RULE_DESCRIPTION;
		for (i = pos; i < pos + d.cap_len && i < standard_size(view); i++) {
			if (source_of(view, i, false) != VFX_SOURCE_IMAGE)
				continue;
			view->image[i] = 0;
			view->rule[i] = RULE_GAP;
		}
	}
}

/* The lowest hole that a capability of that many bytes fits in, dword aligned. */
static unsigned int find_hole(const struct vfx_config_view *view, unsigned int len)
{
	unsigned int pos, i;

	for (pos = PCI_STD_HEADER_SIZEOF; pos + len <= standard_size(view); pos += 4) {
		for (i = 0; i < len; i++)
			if (view->rule[pos + i] != RULE_GAP)
				break;
		if (i == len)
			return pos;
	}
	return 0;
}

static void place_description(struct vfx_config_view *view,
			      const struct vfx_decision *decision)
{
	struct virtio_fixup_description d = {
		.cap_vndr = PCI_CAP_ID_VNDR,
		.cap_next = view->image[PCI_CAPABILITY_LIST],
		.cap_len = VIRTIO_FIXUP_DESCRIPTION_LEN,
		.cfg_type = VIRTIO_PCI_CAP_VENDOR_CFG,
		.version = VIRTIO_FIXUP_DESCRIPTION_VERSION,
		.verdict = (u8)decision->verdict,
		.basis = (u8)decision->basis,
		.view = (u8)decision->view,
		.ability = (u8)decision->ability,
		.state = (u8)decision->state,
	};
	unsigned int pos;

	/* Without a list there is nothing a reader would follow. */
	if (!(view->image[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return;
	pos = find_hole(view, sizeof(d));
	if (!pos)
		return;

	memset(&d.vendor_id, 0xff, sizeof(d.vendor_id));
	memcpy(d.signature, VIRTIO_FIXUP_DESCRIPTION_SIGNATURE, sizeof(d.signature));
	memcpy(view->image + pos, &d, sizeof(d));
	memset(view->rule + pos, RULE_DESCRIPTION, sizeof(d));
	view->description = (u8)pos;
	view->rule[PCI_CAPABILITY_LIST] = RULE_DESCRIPTION;
	view->image[PCI_CAPABILITY_LIST] = (u8)pos;
}

/* Where the capability at @pos ends, as far as the core knows it. */
static unsigned int capability_end(const struct vfx_config_view *view,
				   enum rule_space space, unsigned int pos, const u8 *map)
{
	unsigned int limit = space == EXTENDED ? view->size : standard_size(view);
	unsigned int end = pos;

	while (end < limit && map[end] == map[pos])
		end++;
	return end;
}

/* Apply the table to the header, or to one capability. */
static void apply_rules(struct vfx_config_view *view, enum rule_space space,
			unsigned int id, unsigned int pos, const u8 *map)
{
	unsigned int end = capability_end(view, space, pos, map);
	unsigned int i, byte;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		if (rules[i].space != space || rules[i].id != id)
			continue;
		for (byte = pos + rules[i].offset;
		     byte < end && byte - pos - rules[i].offset < rules[i].length; byte++)
			view->rule[byte] = (u8)i;
	}
}

/*
 * A window that the layout does not take for one, being too short, still has
 * what the function answered through it when the core's copy was made.
 */
static void clear_window(struct vfx_config_view *view, unsigned int pos, const u8 *vconfig)
{
	unsigned int len = vconfig[pos + VIRTIO_PCI_CAP_LEN], i;

	if (vconfig[pos + VIRTIO_PCI_CAP_CFG_TYPE] != VIRTIO_PCI_CAP_PCI_CFG)
		return;
	for (i = VIRTIO_PCI_CAP_BAR;
	     i < WINDOW_END && i < len && pos + i < standard_size(view); i++)
		view->image[pos + i] = 0;
}

/*
 * The core's copy is sound, but its numbers are the function's: bound the walks.
 * Where its map has a gap its copy was never written: the lists end there.
 */
static void apply_standard(struct vfx_config_view *view, const u8 *vconfig, const u8 *map)
{
	unsigned int pos, left = VFX_CONFIG_SIZE / 4;

	if (!(vconfig[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return;
	for (pos = vconfig[PCI_CAPABILITY_LIST] & ~3u;
	     pos >= PCI_STD_HEADER_SIZEOF && pos < standard_size(view) && left-- &&
	     map[pos] != VFX_MAP_GAP;
	     pos = vconfig[pos + PCI_CAP_LIST_NEXT] & ~3u) {
		if (map[pos] != vconfig[pos])
			continue;
		apply_rules(view, STANDARD, vconfig[pos], pos, map);
		if (vconfig[pos] == PCI_CAP_ID_VNDR)
			clear_window(view, pos, vconfig);
	}
}

static void apply_extended(struct vfx_config_view *view, const u8 *vconfig, const u8 *map)
{
	unsigned int pos = VFX_CONFIG_SIZE;
	unsigned int left = VFX_CONFIG_MAX / 4;

	while (pos >= VFX_CONFIG_SIZE && pos + 4 <= view->size && left-- &&
	       map[pos] != VFX_MAP_GAP) {
		u32 header = vfx_get32(vconfig + pos);

		if (map[pos] == (header & 0xffff))
			apply_rules(view, EXTENDED, header & 0xffff, pos, map);
		pos = header >> 20 & ~3u;
	}
}

static void show_value(struct vfx_config_view *view, unsigned int pos, u32 value,
		       unsigned int width)
{
	vfx_put(view->image + pos, value, width);
	memset(view->rule + pos, RULE_MODERN, width);
}

/*
 * A transitional function without its legacy interface: what makes drivers try
 * that is device ID, revision 0 and BAR 0 (virtio 1.3, 4.1.2.1 and 4.1.2.3). A BAR 0
 * that @layout still has is one with modern structures.
 */
static void show_modern(struct vfx_config_view *view, const struct vfx_layout *layout,
			u16 type, const u8 *vconfig)
{
	show_value(view, PCI_DEVICE_ID, VFX_MODERN_DEVICE_ID + type, 2);
	if (!vconfig[PCI_REVISION_ID])
		show_value(view, PCI_REVISION_ID, 1, 1);
	show_value(view, PCI_SUBSYSTEM_ID, MODERN_SUBSYSTEM_ID, 2);
	if (layout->bar_length[0])
		return;
	show_value(view, PCI_BASE_ADDRESS_0, 0, 4);
	/* A BAR of 64 bits takes the next one along. */
	if ((vconfig[PCI_BASE_ADDRESS_0] & 7) == PCI_BASE_ADDRESS_MEM_TYPE_64)
		show_value(view, PCI_BASE_ADDRESS_0 + 4, 0, 4);
}

void vfx_config_view_init(struct vfx_config_view *view, const struct vfx_layout *layout,
			  const struct vfx_decision *decision, u16 type,
			  const u8 *vconfig, const u8 *map, unsigned int size)
{
	unsigned int i, pos;

	memset(view, 0, sizeof(*view));
	view->size = size < VFX_CONFIG_MAX ? size : VFX_CONFIG_MAX;

	for (pos = 0; pos < view->size; pos++) {
		if (pos >= PCI_STD_HEADER_SIZEOF && map[pos] == VFX_MAP_GAP)
			view->rule[pos] = RULE_GAP;
		else
			view->image[pos] = vconfig[pos];
	}
	apply_rules(view, HEADER, 0, 0, map);
	if (decision->as_modern)
		show_modern(view, layout, type, vconfig);
	apply_standard(view, vconfig, map);
	apply_extended(view, vconfig, map);
	for (i = 0; i < layout->nr_windows; i++) {
		pos = layout->windows[i];
		view->window[i] = (u8)pos;
		/* The function's own leftovers are not the user's: begin at 0. */
		memset(view->image + pos + VIRTIO_PCI_CAP_BAR, 0, WINDOW_LEN);
		memset(view->rule + pos + VIRTIO_PCI_CAP_BAR, RULE_WINDOW + i, WINDOW_LEN);
	}
	take_out_descriptions(view);
	place_description(view, decision);
}

/*
 * May the user of an unsafe open have the legacy interface? It could go live without
 * the ack, so not where the function offers one.
 */
static bool shows_legacy(const struct vfx_facts *facts, const struct vfx_decision *decision,
			 const struct vfx_layout *layout)
{
	return decision->view == VIRTIO_FIXUP_VIEW_RAW && !facts->offered &&
	       facts->identity != VFX_IDENTITY_MODERN && (layout->io_bars & 1);
}

void vfx_make_view(struct vfx_view *view, const struct vfx_facts *facts,
		   const struct vfx_decision *decision, const struct vfx_layout *layout,
		   const u8 *vconfig, const u8 *map, unsigned int size)
{
	view->decision = *decision;
	view->layout = *layout;
	if (decision->as_modern)
		vfx_hide_legacy(&view->layout);
	if (shows_legacy(facts, decision, layout))
		vfx_expose_legacy(&view->layout);
	vfx_config_view_init(&view->config, &view->layout, decision, facts->type,
			     vconfig, map, size);
}

unsigned int vfx_config_run(const struct vfx_config_view *view,
			    unsigned int offset, unsigned int count,
			    bool is_write, u8 *source)
{
	unsigned int run = 1;

	*source = source_of(view, offset, is_write);
	while (run < count && source_of(view, offset + run, is_write) == *source)
		run++;
	return run;
}

bool vfx_command_is_mild(u16 written, u16 virtual_command, u16 hardware_command)
{
	const u16 decoding = PCI_COMMAND_IO | PCI_COMMAND_MEMORY;

	return written & decoding &&
	       !((written ^ virtual_command) & (decoding | PCI_COMMAND_INTX_DISABLE)) &&
	       !((written ^ hardware_command) & decoding);
}

u16 vfx_mild_command(u16 written, u16 hardware_command)
{
	/* The core disables INTx for purposes of its own. */
	const u16 not_ours = PCI_COMMAND_INTX_DISABLE;

	return (written & ~not_ours) | (hardware_command & not_ours);
}

void vfx_window_read_fields(const struct vfx_config_view *view, u8 source,
			    unsigned int offset, u8 *buf, unsigned int count)
{
	unsigned int data = view->window[source - VFX_SOURCE_WINDOW] + WINDOW_DATA;

	for (; count; count--, offset++)
		*buf++ = offset < data ? view->image[offset] : 0;
}

void vfx_window_write_fields(struct vfx_config_view *view, u8 source,
			     unsigned int offset, const u8 *buf, unsigned int count)
{
	unsigned int start = view->window[source - VFX_SOURCE_WINDOW];

	for (; count; count--, offset++, buf++) {
		unsigned int field = offset - start;

		/* cap.id and the padding behind it are read-only. */
		if (field == VIRTIO_PCI_CAP_BAR ||
		    (field >= VIRTIO_PCI_CAP_OFFSET && field < WINDOW_DATA))
			view->image[offset] = *buf;
	}
}

struct vfx_window_access vfx_window_target(const struct vfx_config_view *view,
					   const struct vfx_layout *layout, u8 source)
{
	unsigned int pos = view->window[source - VFX_SOURCE_WINDOW];
	struct vfx_window_access target = { .data = pos + WINDOW_DATA };
	u32 width = vfx_get32(view->image + pos + VIRTIO_PCI_CAP_LENGTH);

	target.refused = width;
	target.bar = view->image[pos + VIRTIO_PCI_CAP_BAR];
	target.offset = vfx_get32(view->image + pos + VIRTIO_PCI_CAP_OFFSET);
	if (width != 1 && width != 2 && width != 4)
		return target;
	if (target.bar >= VFX_BARS || target.offset & (width - 1))
		return target;
	if (vfx_bar_run(layout, target.bar, target.offset, width,
			&target.kind, &target.within) < width)
		return target;
	switch (target.kind) {
	case VFX_KIND_COMMON:
	case VFX_KIND_NOTIFY:
	case VFX_KIND_ISR:
	case VFX_KIND_DEVICE:
	case VFX_KIND_SHARED_MEMORY:
		target.width = width;
		target.refused = false;
		break;
	default:
		break;
	}
	return target;
}

unsigned int vfx_find_description(const u8 config[VFX_CONFIG_SIZE],
				  struct virtio_fixup_description *description)
{
	unsigned int pos, loops = VFX_CONFIG_SIZE / 4;

	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return 0;
	for (pos = config[PCI_CAPABILITY_LIST] & ~3u;
	     pos >= PCI_STD_HEADER_SIZEOF && loops--;
	     pos = config[pos + PCI_CAP_LIST_NEXT] & ~3u) {
		if (pos + sizeof(*description) > VFX_CONFIG_SIZE)
			continue;
		memcpy(description, config + pos, sizeof(*description));
		if (description->cap_vndr == PCI_CAP_ID_VNDR &&
		    description->cfg_type == VIRTIO_PCI_CAP_VENDOR_CFG &&
		    description->cap_len >= sizeof(*description) &&
		    !memcmp(description->signature, VIRTIO_FIXUP_DESCRIPTION_SIGNATURE,
			    sizeof(description->signature)))
			return pos;
	}
	return 0;
}
