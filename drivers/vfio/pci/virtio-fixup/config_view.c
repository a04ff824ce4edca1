// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view of configuration space of config_view.h.
 *
 * What is IMAGE cannot change while the function is open, so the hardware is
 * not asked for it: gaps between capabilities (0, whatever the hardware has
 * there), the bodies of virtio capabilities, the description capability. What
 * the virtual machine monitor must find live, such as COMMAND or MSI-X control,
 * stays vfio_pci_core's. The image is taken from the core's own copy, which
 * already has the capabilities it hides taken out of the list.
 */
#include "config_view.h"

#define CFG_STATUS		0x06
#define   CFG_STATUS_CAP_LIST	0x10
#define CFG_CAP_POINTER		0x34
#define CFG_HEADER_SIZE		0x40

#define CAP_ID_VNDR		0x09
#define CFG_TYPE_VENDOR		9

/* struct virtio_pci_cfg_cap, virtio 1.3, 4.1.4.10. */
#define WINDOW_BAR		4
#define WINDOW_OFFSET		8
#define WINDOW_LENGTH		12
#define WINDOW_DATA		16
#define WINDOW_END		20

static unsigned int standard_size(const struct virtio_fixup_config_view *view)
{
	return view->size < VIRTIO_FIXUP_CONFIG_SIZE ? view->size : VIRTIO_FIXUP_CONFIG_SIZE;
}

/* The lowest hole that a capability of that many bytes fits in, dword aligned. */
static unsigned int find_hole(const struct virtio_fixup_config_view *view, const u8 *map,
			      unsigned int len)
{
	unsigned int pos, i;

	for (pos = CFG_HEADER_SIZE; pos + len <= standard_size(view); pos += 4) {
		for (i = 0; i < len; i++)
			if (map[pos + i] != VIRTIO_FIXUP_MAP_GAP ||
			    view->source[pos + i] != VIRTIO_FIXUP_IMAGE)
				break;
		if (i == len)
			return pos;
	}
	return 0;
}

static void place_description(struct virtio_fixup_config_view *view,
			      const struct virtio_fixup_decision *decision,
			      const u8 *vconfig, const u8 *map)
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
	pos = find_hole(view, map, sizeof(d));
	if (!pos)
		return;

	memset(&d.vendor_id, 0xff, sizeof(d.vendor_id));
	memcpy(d.signature, VIRTIO_FIXUP_DESCRIPTION_SIGNATURE, sizeof(d.signature));
	memcpy(view->image + pos, &d, sizeof(d));
	view->description = (u8)pos;
	view->source[CFG_CAP_POINTER] = VIRTIO_FIXUP_IMAGE;
	view->image[CFG_CAP_POINTER] = (u8)pos;
}

void virtio_fixup_config_view_init(struct virtio_fixup_config_view *view,
				   const struct virtio_fixup_layout *layout,
				   const struct virtio_fixup_decision *decision,
				   const u8 *vconfig, const u8 *map, unsigned int size)
{
	unsigned int i, pos;

	memset(view, 0, sizeof(*view));
	view->size = size < VIRTIO_FIXUP_CONFIG_MAX ? size : VIRTIO_FIXUP_CONFIG_MAX;

	for (pos = CFG_HEADER_SIZE; pos < view->size; pos++) {
		if (map[pos] == VIRTIO_FIXUP_MAP_GAP) {
			view->source[pos] = VIRTIO_FIXUP_IMAGE;
		} else if (pos < standard_size(view) && map[pos] == CAP_ID_VNDR) {
			view->source[pos] = VIRTIO_FIXUP_IMAGE;
			view->image[pos] = vconfig[pos];
		}
	}
	for (i = 0; i < layout->nr_windows; i++) {
		pos = layout->windows[i];
		view->window[i] = (u8)pos;
		/* The function's own leftovers are not the user's: begin at 0. */
		memset(view->image + pos + WINDOW_BAR, 0, WINDOW_END - WINDOW_BAR);
		memset(view->source + pos + WINDOW_BAR, VIRTIO_FIXUP_WINDOW + i,
		       WINDOW_END - WINDOW_BAR);
	}
	place_description(view, decision, vconfig, map);
}

unsigned int virtio_fixup_config_run(const struct virtio_fixup_config_view *view,
				     unsigned int offset, unsigned int count,
				     u8 *source)
{
	unsigned int run = 1;

	*source = view->source[offset];
	while (run < count && view->source[offset + run] == *source)
		run++;
	return run;
}

void virtio_fixup_window_read_fields(const struct virtio_fixup_config_view *view,
				     u8 source, unsigned int offset, u8 *buf,
				     unsigned int count)
{
	unsigned int data = view->window[source - VIRTIO_FIXUP_WINDOW] + WINDOW_DATA;

	for (; count; count--, offset++)
		*buf++ = offset < data ? view->image[offset] : 0;
}

void virtio_fixup_window_write_fields(struct virtio_fixup_config_view *view,
				      u8 source, unsigned int offset, const u8 *buf,
				      unsigned int count)
{
	unsigned int start = view->window[source - VIRTIO_FIXUP_WINDOW];

	for (; count; count--, offset++, buf++) {
		unsigned int field = offset - start;

		/* cap.id and the padding behind it are read-only. */
		if (field == WINDOW_BAR || (field >= WINDOW_OFFSET && field < WINDOW_DATA))
			view->image[offset] = *buf;
	}
}

struct virtio_fixup_window_access
virtio_fixup_window_target(const struct virtio_fixup_config_view *view,
			   const struct virtio_fixup_layout *layout, u8 source)
{
	unsigned int pos = view->window[source - VIRTIO_FIXUP_WINDOW];
	struct virtio_fixup_window_access target = { .data = pos + WINDOW_DATA };
	u32 width = virtio_fixup_get32(view->image + pos + WINDOW_LENGTH);

	target.bar = view->image[pos + WINDOW_BAR];
	target.offset = virtio_fixup_get32(view->image + pos + WINDOW_OFFSET);
	if (width != 1 && width != 2 && width != 4)
		return target;
	if (target.bar >= VIRTIO_FIXUP_BARS || target.offset % width)
		return target;
	if (virtio_fixup_bar_run(layout, target.bar, target.offset, width,
				 &target.kind, &target.within) < width)
		return target;
	switch (target.kind) {
	case VIRTIO_FIXUP_COMMON:
	case VIRTIO_FIXUP_NOTIFY:
	case VIRTIO_FIXUP_ISR:
	case VIRTIO_FIXUP_DEVICE:
	case VIRTIO_FIXUP_SHARED_MEMORY:
		target.width = width;
		break;
	default:
		break;
	}
	return target;
}

unsigned int
virtio_fixup_find_description(const u8 config[VIRTIO_FIXUP_CONFIG_SIZE],
			      struct virtio_fixup_description *description)
{
	unsigned int pos, loops = VIRTIO_FIXUP_CONFIG_SIZE / 4;

	if (!(config[CFG_STATUS] & CFG_STATUS_CAP_LIST))
		return 0;
	for (pos = config[CFG_CAP_POINTER] & ~3u; pos && loops--; pos = config[pos + 1] & ~3u) {
		if (pos < CFG_HEADER_SIZE ||
		    pos + sizeof(*description) > VIRTIO_FIXUP_CONFIG_SIZE)
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
