// SPDX-License-Identifier: GPL-2.0-only
/*
 * The capability parser of layout.h.
 *
 * A virtio function says where its structures are in vendor capabilities
 * (virtio 1.3, 4.1.4). Rules here, each against a device or a hypervisor that
 * gets it wrong:
 *
 *  - the list is walked for as many steps as there are dwords; a loop, which has
 *    more, a pointer into the header, or more entries than fit makes the whole
 *    list malformed;
 *  - a capability that is too short for its type, or that names a range which
 *    does not lie within an existing BAR, declares nothing; one of the common
 *    configuration makes the list malformed;
 *  - the common configuration is in memory space, dword aligned, and at least
 *    as long as virtio 1.0 has it; where one is not, or leaves its BAR, what the
 *    BAR has of it, and of all the registers it could have, is absent for everybody.
 */
#include "layout.h"

#define CFG_STATUS		0x06
#define   CFG_STATUS_CAP_LIST	0x10
#define CFG_CAP_POINTER		0x34
#define CFG_HEADER_SIZE		0x40

#define CAP_ID			0
#define CAP_NEXT		1
#define   CAP_ID_VNDR		0x09
#define   CAP_ID_MSIX		0x11

#define MSIX_CONTROL		2
#define   MSIX_TABLE_SIZE	0x07ff
#define MSIX_TABLE		4
#define MSIX_PBA		8
#define   MSIX_BIR		0x7
#define MSIX_CAP_LEN		12
#define MSIX_ENTRY_SIZE		16

/* struct virtio_pci_cap and its longer kin, virtio 1.3, 4.1.4. */
#define VCAP_LEN		2
#define VCAP_CFG_TYPE		3
#define   CFG_TYPE_COMMON	1
#define   CFG_TYPE_NOTIFY	2
#define   CFG_TYPE_ISR		3
#define   CFG_TYPE_DEVICE	4
#define   CFG_TYPE_PCI		5
#define   CFG_TYPE_SHARED_MEMORY 8
#define VCAP_BAR		4
#define VCAP_OFFSET		8
#define VCAP_LENGTH		12
#define VCAP_MIN		16
#define VCAP_PCI_MIN		20	/* + pci_cfg_data */
#define VCAP_NOTIFY_MIN		20	/* + notify_off_multiplier */
#define VCAP_MULTIPLIER		16
#define VCAP_OFFSET_HI		16
#define VCAP_LENGTH_HI		20
#define VCAP64_MIN		24

static void declare(struct vfx_layout *layout,
		    enum vfx_kind kind,
		    u8 bar, u64 offset, u64 length)
{
	struct vfx_structure *s;

	if (bar >= VFX_BARS || !length || offset + length < offset)
		return;
	if (offset + length > layout->bar_length[bar])
		return;
	if (layout->nr_structures == VFX_MAX_STRUCTURES) {
		layout->malformed = true;
		return;
	}
	s = &layout->structures[layout->nr_structures++];
	s->kind = kind;
	s->bar = bar;
	s->offset = offset;
	s->length = length;
}

/* Of @length bytes at @offset, those that the BAR has. */
static u64 within_bar(const struct vfx_layout *layout, u8 bar, u64 offset, u64 length)
{
	u64 end = bar < VFX_BARS ? layout->bar_length[bar] : 0;

	if (offset >= end)
		return 0;
	return length < end - offset ? length : end - offset;
}

static bool common_is_usable(const struct vfx_layout *layout, unsigned int io_bars,
			     u8 bar, u64 offset, u64 length)
{
	return length >= VFX_COMMON_MIN && offset % 4 == 0 &&
	       within_bar(layout, bar, offset, length) == length &&
	       !(io_bars & (1u << bar));
}

static void parse_virtio(struct vfx_layout *layout, const u8 *config,
			 unsigned int pos, unsigned int io_bars)
{
	const u8 *cap = config + pos;
	unsigned int len, before = layout->nr_structures;
	u64 offset, length;
	u8 bar;

	len = cap[VCAP_LEN];
	if (len < VCAP_MIN || pos + len > VFX_CONFIG_SIZE) {
		/* Where it is nobody can know, so that nothing else is sure not to be it. */
		if (cap[VCAP_CFG_TYPE] == CFG_TYPE_COMMON)
			layout->malformed = true;
		return;
	}

	layout->virtio_capabilities++;
	bar = cap[VCAP_BAR];
	offset = vfx_get32(cap + VCAP_OFFSET);
	length = vfx_get32(cap + VCAP_LENGTH);

	switch (cap[VCAP_CFG_TYPE]) {
	case CFG_TYPE_COMMON:
		if (!common_is_usable(layout, io_bars, bar, offset, length)) {
			/* Of no use, but nothing else may make its bytes raw. */
			if (length < VFX_COMMON_MAX)
				length = VFX_COMMON_MAX;
			length = within_bar(layout, bar, offset, length);
			declare(layout, VFX_KIND_ABSENT, bar, offset, length);
			return;
		}
		declare(layout, VFX_KIND_COMMON, bar, offset, length);
		if (layout->common < 0 && layout->nr_structures > before)
			layout->common = (int)before;
		break;
	case CFG_TYPE_NOTIFY:
		if (len < VCAP_NOTIFY_MIN)
			return;
		declare(layout, VFX_KIND_NOTIFY, bar, offset, length);
		if (layout->notify < 0 && layout->nr_structures > before) {
			layout->notify = (int)before;
			layout->notify_multiplier = vfx_get32(cap + VCAP_MULTIPLIER);
		}
		break;
	case CFG_TYPE_ISR:
		declare(layout, VFX_KIND_ISR, bar, offset, length);
		break;
	case CFG_TYPE_DEVICE:
		declare(layout, VFX_KIND_DEVICE, bar, offset, length);
		break;
	case CFG_TYPE_SHARED_MEMORY:
		if (len < VCAP64_MIN)
			return;
		offset |= (u64)vfx_get32(cap + VCAP_OFFSET_HI) << 32;
		length |= (u64)vfx_get32(cap + VCAP_LENGTH_HI) << 32;
		declare(layout, VFX_KIND_SHARED_MEMORY, bar, offset, length);
		break;
	case CFG_TYPE_PCI:
		if (len < VCAP_PCI_MIN)
			return;
		if (layout->nr_windows == VFX_MAX_WINDOWS) {
			layout->malformed = true;
			return;
		}
		layout->windows[layout->nr_windows++] = (u8)pos;
		break;
	}
}

static void parse_msix(struct vfx_layout *layout, const u8 *config, unsigned int pos)
{
	const u8 *cap = config + pos;
	u32 vectors, table, pba;

	if (pos + MSIX_CAP_LEN > VFX_CONFIG_SIZE)
		return;
	vectors = (vfx_get16(cap + MSIX_CONTROL) & MSIX_TABLE_SIZE) + 1;
	table = vfx_get32(cap + MSIX_TABLE);
	pba = vfx_get32(cap + MSIX_PBA);
	declare(layout, VFX_KIND_MSIX, table & MSIX_BIR, table & ~(u32)MSIX_BIR,
		(u64)vectors * MSIX_ENTRY_SIZE);
	/* One bit a vector, in quadwords (PCIe 6.0, 7.7.2.5). */
	declare(layout, VFX_KIND_MSIX, pba & MSIX_BIR, pba & ~(u32)MSIX_BIR,
		(u64)(vectors + 63) / 64 * 8);
}

static void walk(struct vfx_layout *layout, const u8 *config, unsigned int io_bars)
{
	/* A list without a loop has every dword behind the header at most once. */
	unsigned int left = (VFX_CONFIG_SIZE - CFG_HEADER_SIZE) / 4;
	unsigned int pos;

	if (!(config[CFG_STATUS] & CFG_STATUS_CAP_LIST))
		return;
	/* The low two bits are reserved: software masks them (PCI 3.0, 6.7). */
	for (pos = config[CFG_CAP_POINTER] & ~3u; pos; pos = config[pos + CAP_NEXT] & ~3u) {
		if (pos < CFG_HEADER_SIZE || !left--) {
			layout->malformed = true;
			return;
		}
		if (config[pos + CAP_ID] == CAP_ID_VNDR)
			parse_virtio(layout, config, pos, io_bars);
		else if (config[pos + CAP_ID] == CAP_ID_MSIX)
			parse_msix(layout, config, pos);
	}
}

void vfx_parse_layout(struct vfx_layout *layout,
		      const u8 config[VFX_CONFIG_SIZE],
		      const u64 bar_length[VFX_BARS],
		      unsigned int io_bars)
{
	memset(layout, 0, sizeof(*layout));
	layout->common = -1;
	layout->notify = -1;
	memcpy(layout->bar_length, bar_length, sizeof(layout->bar_length));
	walk(layout, config, io_bars);
	if (layout->malformed) {
		/* What such a list says is worth nothing, also where it looked sound. */
		layout->common = -1;
		layout->notify = -1;
		layout->nr_structures = 0;
		layout->nr_windows = 0;
	}
}

enum vfx_identity vfx_identity(u16 device,
			       const struct vfx_layout *layout)
{
	if (device >= 0x1040)
		return VFX_IDENTITY_MODERN;
	return layout->common >= 0 ? VFX_IDENTITY_TRANSITIONAL : VFX_IDENTITY_LEGACY_ONLY;
}

bool vfx_legacy_is_apart(const struct vfx_layout *layout)
{
	unsigned int i;

	for (i = 0; i < layout->nr_structures; i++)
		if (!layout->structures[i].bar)
			return false;
	return true;
}

void vfx_hide_legacy(struct vfx_layout *layout)
{
	layout->bar_length[0] = 0;
}

void vfx_expose_legacy(struct vfx_layout *layout)
{
	declare(layout, VFX_KIND_LEGACY, 0, 0, layout->bar_length[0]);
}

/* Where structures overlap, the more guarded one wins. */
static unsigned int guard_rank(const struct vfx_structure *s)
{
	if (!s)
		return 0;
	return s->kind == VFX_KIND_COMMON ? 3 : s->kind == VFX_KIND_ABSENT ? 2 : 1;
}

u64 vfx_bar_run(const struct vfx_layout *layout, unsigned int bar,
		u64 offset, u64 count,
		enum vfx_kind *kind, u64 *within)
{
	const struct vfx_structure *found = NULL;
	u64 run = count;
	unsigned int i;

	if (offset + run < offset)
		run = 1;
	for (i = 0; i < layout->nr_structures; i++) {
		const struct vfx_structure *s = &layout->structures[i];

		if (s->bar != bar || offset >= s->offset + s->length)
			continue;
		if (offset < s->offset) {
			/* Something begins here: look again from there on. */
			if (s->offset - offset < run)
				run = s->offset - offset;
		} else if (guard_rank(s) > guard_rank(found)) {
			found = s;
		}
	}

	*kind = VFX_KIND_ABSENT;
	*within = 0;
	if (found) {
		*kind = found->kind;
		*within = offset - found->offset;
		if (found->length - *within < run)
			run = found->length - *within;
	}
	return run;
}

static bool mappable(enum vfx_kind kind)
{
	return kind != VFX_KIND_ABSENT && kind != VFX_KIND_COMMON &&
	       kind != VFX_KIND_LEGACY;
}

bool vfx_page_mappable(const struct vfx_layout *layout,
		       unsigned int bar, u64 offset, u64 page_size)
{
	enum vfx_kind kind;
	u64 end = offset + page_size, within;

	if (bar >= VFX_BARS || end < offset || end > layout->bar_length[bar])
		return false;
	while (offset < end) {
		offset += vfx_bar_run(layout, bar, offset, end - offset,
				      &kind, &within);
		if (!mappable(kind))
			return false;
	}
	return true;
}

u64 vfx_next_mappable(const struct vfx_layout *layout,
		      unsigned int bar, u64 from, u64 page_size, u64 *start)
{
	enum vfx_kind kind;
	u64 end, run, begin, first, within;

	if (bar >= VFX_BARS)
		return 0;
	/* Stretch by stretch of mappable bytes; whole pages of it, if any. */
	end = layout->bar_length[bar];
	while (from < end) {
		begin = from;
		for (;; from += run) {
			run = from < end ? vfx_bar_run(layout, bar, from, end - from,
						       &kind, &within) : 0;
			if (!run || !mappable(kind))
				break;
		}
		first = begin + (page_size - begin % page_size) % page_size;
		if (first >= begin && first < from && from - first >= page_size) {
			*start = first;
			return (from - first) / page_size * page_size;
		}
		from += run;
	}
	return 0;
}
