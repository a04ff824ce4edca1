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

#define CFG_DEVICE_ID		0x02
#define   MODERN_DEVICE_ID	0x1040	/* + the device type */
#define CFG_COMMAND		0x04
#define   CFG_COMMAND_IO	0x0001
#define   CFG_COMMAND_MEMORY	0x0002
#define   CFG_COMMAND_NO_INTX	0x0400
#define CFG_STATUS		0x06
#define   CFG_STATUS_CAP_LIST	0x10
#define CFG_REVISION		0x08
#define CFG_BAR0		0x10
#define   CFG_BAR_64		0x04
#define CFG_SUBSYSTEM_ID	0x2e
#define   MODERN_SUBSYSTEM_ID	0x0040	/* and up: no transitional device's */
#define CFG_CAP_POINTER		0x34
#define CFG_HEADER_SIZE		0x40

#define CAP_ID_PM		0x01
#define CAP_ID_VPD		0x03
#define CAP_ID_MSI		0x05
#define CAP_ID_PCIX		0x07
#define CAP_ID_VNDR		0x09
#define CAP_ID_EXP		0x10
#define CAP_ID_MSIX		0x11
#define CAP_ID_AF		0x13
#define EXT_CAP_ID_ERR		0x01
#define EXT_CAP_ID_PWR		0x04
#define CAP_LEN			2
#define CFG_TYPE		3
#define   CFG_TYPE_PCI		5
#define   CFG_TYPE_VENDOR	9

/* struct virtio_pci_cfg_cap, virtio 1.3, 4.1.4.10. */
#define WINDOW_BAR		4
#define WINDOW_OFFSET		8
#define WINDOW_LENGTH		12
#define WINDOW_DATA		16
#define WINDOW_END		20

enum rule_space { ANYWHERE, HEADER, STANDARD, EXTENDED };
/* As far as the core's map has the same ID, and so over an abutting one of its kind. */
#define TO_END	0xffff

/* The first lines, which are no places of every function. */
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
	RULE(HEADER, 0, CFG_COMMAND, 2, COMMAND, "command", "the core has decoding and INTx"),
	RULE(HEADER, 0, CFG_STATUS, 2, LIVE, "status", "the function raises bits of it"),
	RULE(HEADER, 0, 0x0c, 2, KEPT, "cache line size, latency timer", "have no effect"),
	RULE(HEADER, 0, 0x10, 24, LIVE, "BARs", "the core's own, while they are sized"),
	RULE(HEADER, 0, 0x30, 4, LIVE, "expansion ROM", "the core's own, while it is sized"),
	RULE(HEADER, 0, 0x3c, 2, LIVE, "interrupt line and pin", "the core's own"),
	RULE(STANDARD, CAP_ID_PM, 4, 4, LIVE, "power management control", "state and status"),
	RULE(STANDARD, CAP_ID_VPD, 2, 6, LIVE, "vital product data", "a window of its own"),
	RULE(STANDARD, CAP_ID_MSI, 2, TO_END, LIVE, "MSI", "the core's own; pending bits"),
	RULE(STANDARD, CAP_ID_PCIX, 2, TO_END, LIVE, "PCI-X", "command and status"),
	RULE(STANDARD, CAP_ID_EXP, 8, 4, LIVE, "device control and status", "resets, errors"),
	RULE(STANDARD, CAP_ID_EXP, 40, 4, LIVE, "device control 2 and status 2", "writable"),
	RULE(STANDARD, CAP_ID_MSIX, 2, 2, LIVE, "MSI-X message control", "enable and mask"),
	RULE(STANDARD, CAP_ID_AF, 4, 2, LIVE, "advanced features", "reset, pending bit"),
	RULE(EXTENDED, EXT_CAP_ID_ERR, 4, TO_END, LIVE, "advanced errors", "status and log"),
	RULE(EXTENDED, EXT_CAP_ID_PWR, 4, TO_END, LIVE, "power budgeting", "has a selector"),
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

static u8 source_of(const struct vfx_config_view *view, unsigned int offset,
		    bool is_write)
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

/* The lowest hole that a capability of that many bytes fits in, dword aligned. */
static unsigned int find_hole(const struct vfx_config_view *view, unsigned int len)
{
	unsigned int pos, i;

	for (pos = CFG_HEADER_SIZE; pos + len <= standard_size(view); pos += 4) {
		for (i = 0; i < len; i++)
			if (view->rule[pos + i] != RULE_GAP)
				break;
		if (i == len)
			return pos;
	}
	return 0;
}

static void place_description(struct vfx_config_view *view,
			      const struct vfx_decision *decision,
			      const u8 *vconfig)
{
	struct virtio_fixup_description d = {
		.cap_vndr = CAP_ID_VNDR,
		.cap_next = vconfig[CFG_CAP_POINTER],
		.cap_len = VIRTIO_FIXUP_DESCRIPTION_LEN,
		.cfg_type = CFG_TYPE_VENDOR,
		.version = VIRTIO_FIXUP_DESCRIPTION_VERSION,
		.verdict = (u8)decision->verdict,
		.basis = (u8)decision->basis,
		.view = (u8)decision->view,
		.ability = (u8)decision->ability,
		.state = (u8)decision->state,
	};
	unsigned int pos;

	/* Without a list there is nothing a reader would follow. */
	if (!(vconfig[CFG_STATUS] & CFG_STATUS_CAP_LIST))
		return;
	pos = find_hole(view, sizeof(d));
	if (!pos)
		return;

	memset(&d.vendor_id, 0xff, sizeof(d.vendor_id));
	memcpy(d.signature, VIRTIO_FIXUP_DESCRIPTION_SIGNATURE, sizeof(d.signature));
	memcpy(view->image + pos, &d, sizeof(d));
	memset(view->rule + pos, RULE_DESCRIPTION, sizeof(d));
	view->description = (u8)pos;
	view->rule[CFG_CAP_POINTER] = RULE_DESCRIPTION;
	view->image[CFG_CAP_POINTER] = (u8)pos;
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
static void clear_window(struct vfx_config_view *view, unsigned int pos,
			 const u8 *vconfig)
{
	unsigned int len = vconfig[pos + CAP_LEN], i;

	if (vconfig[pos + CFG_TYPE] != CFG_TYPE_PCI)
		return;
	for (i = WINDOW_BAR; i < WINDOW_END && i < len && pos + i < standard_size(view); i++)
		view->image[pos + i] = 0;
}

/*
 * The core's copy is sound, but its numbers are the function's: bound the walks.
 * Where its map has a gap its copy was never written: the lists end there.
 */
static void apply_standard(struct vfx_config_view *view, const u8 *vconfig,
			   const u8 *map)
{
	unsigned int pos, left = VFX_CONFIG_SIZE / 4;

	if (!(vconfig[CFG_STATUS] & CFG_STATUS_CAP_LIST))
		return;
	for (pos = vconfig[CFG_CAP_POINTER] & ~3u;
	     pos >= CFG_HEADER_SIZE && pos < standard_size(view) && left-- &&
	     map[pos] != VFX_MAP_GAP;
	     pos = vconfig[pos + 1] & ~3u) {
		if (map[pos] != vconfig[pos])
			continue;
		apply_rules(view, STANDARD, vconfig[pos], pos, map);
		if (vconfig[pos] == CAP_ID_VNDR)
			clear_window(view, pos, vconfig);
	}
}

static void apply_extended(struct vfx_config_view *view, const u8 *vconfig,
			   const u8 *map)
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
 * that is device ID, revision 0 and BAR 0 (virtio 1.3, 4.1.2.1 and 4.1.2.3).
 */
static void show_modern(struct vfx_config_view *view, u16 type, const u8 *vconfig)
{
	show_value(view, CFG_DEVICE_ID, MODERN_DEVICE_ID + type, 2);
	if (!vconfig[CFG_REVISION])
		show_value(view, CFG_REVISION, 1, 1);
	show_value(view, CFG_SUBSYSTEM_ID, MODERN_SUBSYSTEM_ID, 2);
	show_value(view, CFG_BAR0, 0, 4);
	/* A BAR of 64 bits takes the next one along. */
	if ((vconfig[CFG_BAR0] & 7) == CFG_BAR_64)
		show_value(view, CFG_BAR0 + 4, 0, 4);
}

void vfx_config_view_init(struct vfx_config_view *view,
			  const struct vfx_layout *layout,
			  const struct vfx_decision *decision, u16 type,
			  const u8 *vconfig, const u8 *map, unsigned int size)
{
	unsigned int i, pos;

	memset(view, 0, sizeof(*view));
	view->size = size < VFX_CONFIG_MAX ? size : VFX_CONFIG_MAX;

	for (pos = 0; pos < view->size; pos++) {
		if (pos >= CFG_HEADER_SIZE && map[pos] == VFX_MAP_GAP)
			view->rule[pos] = RULE_GAP;
		else
			view->image[pos] = vconfig[pos];
	}
	apply_rules(view, HEADER, 0, 0, map);
	if (decision->as_modern)
		show_modern(view, type, vconfig);
	apply_standard(view, vconfig, map);
	apply_extended(view, vconfig, map);
	for (i = 0; i < layout->nr_windows; i++) {
		pos = layout->windows[i];
		view->window[i] = (u8)pos;
		/* The function's own leftovers are not the user's: begin at 0. */
		memset(view->image + pos + WINDOW_BAR, 0, WINDOW_END - WINDOW_BAR);
		memset(view->rule + pos + WINDOW_BAR, RULE_WINDOW + i, WINDOW_END - WINDOW_BAR);
	}
	place_description(view, decision, vconfig);
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
	const u16 decoding = CFG_COMMAND_IO | CFG_COMMAND_MEMORY;

	return written & decoding &&
	       !((written ^ virtual_command) & (decoding | CFG_COMMAND_NO_INTX)) &&
	       !((written ^ hardware_command) & decoding);
}

u16 vfx_mild_command(u16 written, u16 hardware_command)
{
	/* The core disables INTx for purposes of its own. */
	return (written & ~CFG_COMMAND_NO_INTX) | (hardware_command & CFG_COMMAND_NO_INTX);
}

void vfx_window_read_fields(const struct vfx_config_view *view,
			    u8 source, unsigned int offset, u8 *buf,
			    unsigned int count)
{
	unsigned int data = view->window[source - VFX_SOURCE_WINDOW] + WINDOW_DATA;

	for (; count; count--, offset++)
		*buf++ = offset < data ? view->image[offset] : 0;
}

void vfx_window_write_fields(struct vfx_config_view *view,
			     u8 source, unsigned int offset, const u8 *buf,
			     unsigned int count)
{
	unsigned int start = view->window[source - VFX_SOURCE_WINDOW];

	for (; count; count--, offset++, buf++) {
		unsigned int field = offset - start;

		/* cap.id and the padding behind it are read-only. */
		if (field == WINDOW_BAR || (field >= WINDOW_OFFSET && field < WINDOW_DATA))
			view->image[offset] = *buf;
	}
}

struct vfx_window_access
vfx_window_target(const struct vfx_config_view *view,
		  const struct vfx_layout *layout, u8 source)
{
	unsigned int pos = view->window[source - VFX_SOURCE_WINDOW];
	struct vfx_window_access target = { .data = pos + WINDOW_DATA };
	u32 width = vfx_get32(view->image + pos + WINDOW_LENGTH);

	target.refused = width;
	target.bar = view->image[pos + WINDOW_BAR];
	target.offset = vfx_get32(view->image + pos + WINDOW_OFFSET);
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

unsigned int
vfx_find_description(const u8 config[VFX_CONFIG_SIZE],
		     struct virtio_fixup_description *description)
{
	unsigned int pos, loops = VFX_CONFIG_SIZE / 4;

	if (!(config[CFG_STATUS] & CFG_STATUS_CAP_LIST))
		return 0;
	for (pos = config[CFG_CAP_POINTER] & ~3u; pos && loops--; pos = config[pos + 1] & ~3u) {
		if (pos < CFG_HEADER_SIZE ||
		    pos + sizeof(*description) > VFX_CONFIG_SIZE)
			continue;
		memcpy(description, config + pos, sizeof(*description));
		if (description->cap_vndr == CAP_ID_VNDR &&
		    description->cfg_type == CFG_TYPE_VENDOR &&
		    description->cap_len >= sizeof(*description) &&
		    !memcmp(description->signature, VIRTIO_FIXUP_DESCRIPTION_SIGNATURE,
			    sizeof(description->signature)))
			return pos;
	}
	return 0;
}
