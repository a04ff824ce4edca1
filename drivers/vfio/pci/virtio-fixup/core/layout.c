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

#define OFFSET_HI	offsetof(struct virtio_pci_cap64, offset_hi)
#define LENGTH_HI	offsetof(struct virtio_pci_cap64, length_hi)

/* Bytes of the legacy header at most: with MSI-X. */
#define LEGACY_HEADER	VIRTIO_PCI_CONFIG_OFF(true)

/* Return: true if the range is sound, and so is declared now. */
static bool declare(struct vfx_layout *layout, enum vfx_kind kind, u8 bar, u64 offset,
		    u64 length)
{
	if (bar >= VFX_BARS || !length || offset + length < offset)
		return false;
	if (offset + length > layout->bar_length[bar])
		return false;
	if (layout->nr_structures == VFX_MAX_STRUCTURES) {
		layout->malformed = true;
		return false;
	}
	layout->structures[layout->nr_structures++] = (struct vfx_structure) {
		.kind = kind, .bar = bar, .offset = offset, .length = length,
	};
	return true;
}

/* Of @length bytes at @offset, those that the BAR has. */
static u64 within_bar(const struct vfx_layout *layout, u8 bar, u64 offset, u64 length)
{
	u64 end = bar < VFX_BARS ? layout->bar_length[bar] : 0;

	if (offset >= end)
		return 0;
	return length < end - offset ? length : end - offset;
}

static bool common_is_usable(const struct vfx_layout *layout, u8 bar, u64 offset, u64 length)
{
	return length >= VFX_COMMON_MIN && offset % 4 == 0 &&
	       within_bar(layout, bar, offset, length) == length &&
	       !(layout->io_bars & (1u << bar));
}

static void declare_common(struct vfx_layout *layout, u8 bar, u64 offset, u64 length)
{
	if (!common_is_usable(layout, bar, offset, length)) {
		/* Its registers cannot be used, but no other structure may show them raw. */
		if (length < VFX_COMMON_MAX)
			length = VFX_COMMON_MAX;
		length = within_bar(layout, bar, offset, length);
		declare(layout, VFX_KIND_ABSENT, bar, offset, length);
		return;
	}
	if (declare(layout, VFX_KIND_COMMON, bar, offset, length) && layout->common < 0)
		layout->common = (int)layout->nr_structures - 1;
}

static void declare_notify(struct vfx_layout *layout, u32 multiplier, u8 bar, u64 offset,
			   u64 length)
{
	if (declare(layout, VFX_KIND_NOTIFY, bar, offset, length) && layout->notify < 0) {
		layout->notify = (int)layout->nr_structures - 1;
		layout->notify_multiplier = multiplier;
	}
}

static void add_window(struct vfx_layout *layout, unsigned int pos)
{
	if (layout->nr_windows == VFX_MAX_WINDOWS)
		layout->malformed = true;
	else
		layout->windows[layout->nr_windows++] = (u8)pos;
}

static u64 get_split64(const u8 *cap, unsigned int low, unsigned int high)
{
	return vfx_get32(cap + low) | (u64)vfx_get32(cap + high) << 32;
}

static void parse_virtio(struct vfx_layout *layout, const u8 *config, unsigned int pos)
{
	const u8 *cap = config + pos;
	unsigned int len = cap[VIRTIO_PCI_CAP_LEN];
	u8 type = cap[VIRTIO_PCI_CAP_CFG_TYPE], bar;
	u64 offset, length;

	if (len < sizeof(struct virtio_pci_cap) || pos + len > VFX_CONFIG_SIZE) {
		/* Nobody can know where it is, so any other structure may lie over it. */
		if (type == VIRTIO_PCI_CAP_COMMON_CFG)
			layout->malformed = true;
		return;
	}
	bar = cap[VIRTIO_PCI_CAP_BAR];
	offset = vfx_get32(cap + VIRTIO_PCI_CAP_OFFSET);
	length = vfx_get32(cap + VIRTIO_PCI_CAP_LENGTH);

	if (type == VIRTIO_PCI_CAP_COMMON_CFG) {
		declare_common(layout, bar, offset, length);
	} else if (type == VIRTIO_PCI_CAP_NOTIFY_CFG) {
		if (len >= sizeof(struct virtio_pci_notify_cap))
			declare_notify(layout, vfx_get32(cap + VIRTIO_PCI_NOTIFY_CAP_MULT),
				       bar, offset, length);
	} else if (type == VIRTIO_PCI_CAP_ISR_CFG) {
		declare(layout, VFX_KIND_ISR, bar, offset, length);
	} else if (type == VIRTIO_PCI_CAP_DEVICE_CFG) {
		declare(layout, VFX_KIND_DEVICE, bar, offset, length);
	} else if (type == VIRTIO_PCI_CAP_PCI_CFG) {
		if (len >= sizeof(struct virtio_pci_cfg_cap))
			add_window(layout, pos);
	} else if (type == VIRTIO_PCI_CAP_SHARED_MEMORY_CFG) {
		if (len >= sizeof(struct virtio_pci_cap64))
			declare(layout, VFX_KIND_SHARED_MEMORY, bar,
				get_split64(cap, VIRTIO_PCI_CAP_OFFSET, OFFSET_HI),
				get_split64(cap, VIRTIO_PCI_CAP_LENGTH, LENGTH_HI));
	}
}

static void parse_msix(struct vfx_layout *layout, const u8 *config, unsigned int pos)
{
	const u8 *cap = config + pos;
	const u32 bir = PCI_MSIX_TABLE_BIR;
	u32 vectors, table, pba;

	if (pos + PCI_CAP_MSIX_SIZEOF > VFX_CONFIG_SIZE)
		return;
	vectors = (vfx_get16(cap + PCI_MSIX_FLAGS) & PCI_MSIX_FLAGS_QSIZE) + 1;
	table = vfx_get32(cap + PCI_MSIX_TABLE);
	pba = vfx_get32(cap + PCI_MSIX_PBA);
	declare(layout, VFX_KIND_MSIX, table & bir, table & ~bir,
		(u64)vectors * PCI_MSIX_ENTRY_SIZE);
	/* One bit a vector, in quadwords (PCIe 6.0, 7.7.2.5). */
	declare(layout, VFX_KIND_MSIX, pba & bir, pba & ~bir,
		(u64)(vectors + 63) / 64 * 8);
}

static void walk(struct vfx_layout *layout, const u8 *config)
{
	/* A list without a loop has every dword behind the header at most once. */
	unsigned int left = (VFX_CONFIG_SIZE - PCI_STD_HEADER_SIZEOF) / 4;
	unsigned int pos;

	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return;
	/* The low two bits are reserved: software masks them (PCI 3.0, 6.7). */
	for (pos = config[PCI_CAPABILITY_LIST] & ~3u; pos;
	     pos = config[pos + PCI_CAP_LIST_NEXT] & ~3u) {
		if (pos < PCI_STD_HEADER_SIZEOF || !left--) {
			layout->malformed = true;
			return;
		}
		if (config[pos + PCI_CAP_LIST_ID] == PCI_CAP_ID_VNDR)
			parse_virtio(layout, config, pos);
		else if (config[pos + PCI_CAP_LIST_ID] == PCI_CAP_ID_MSIX)
			parse_msix(layout, config, pos);
	}
}

void vfx_parse_layout(struct vfx_layout *layout, const u8 config[VFX_CONFIG_SIZE],
		      const u64 bar_length[VFX_BARS], unsigned int io_bars)
{
	memset(layout, 0, sizeof(*layout));
	layout->common = -1;
	layout->notify = -1;
	layout->io_bars = io_bars;
	memcpy(layout->bar_length, bar_length, sizeof(layout->bar_length));
	walk(layout, config);
	if (layout->malformed) {
		/* What such a list says is worth nothing, also where it looked sound. */
		layout->common = -1;
		layout->notify = -1;
		layout->nr_structures = 0;
		layout->nr_windows = 0;
	}
}

enum vfx_identity vfx_identity(u16 device, const struct vfx_layout *layout)
{
	if (device >= VFX_MODERN_DEVICE_ID)
		return VFX_IDENTITY_MODERN;
	return layout->common >= 0 ? VFX_IDENTITY_TRANSITIONAL : VFX_IDENTITY_LEGACY_ONLY;
}

/* Could the user of this structure write to a legacy header under it? */
static bool uncovers_legacy(const struct vfx_layout *layout, const struct vfx_structure *s)
{
	if (s->bar)
		return false;
	if (layout->io_bars & 1)
		return true;
	return s->offset < LEGACY_HEADER && s->kind != VFX_KIND_COMMON &&
	       s->kind != VFX_KIND_ABSENT;
}

bool vfx_legacy_is_apart(const struct vfx_layout *layout)
{
	unsigned int i;

	for (i = 0; i < layout->nr_structures; i++)
		if (uncovers_legacy(layout, &layout->structures[i]))
			return false;
	return true;
}

void vfx_declared_facts(struct vfx_facts *facts, u16 device, u16 subsystem,
			const struct vfx_layout *layout)
{
	facts->type = vfx_type_from_ids(device, subsystem);
	facts->identity = vfx_identity(device, layout);
	facts->legacy_apart = vfx_legacy_is_apart(layout);
	facts->common_cfg = layout->common >= 0;
}

bool vfx_notify_offset(const struct vfx_layout *layout, u16 notify_off, u64 *at)
{
	const struct vfx_structure *structure;

	if (layout->notify < 0)
		return false;
	structure = &layout->structures[layout->notify];
	*at = (u64)notify_off * layout->notify_multiplier;
	return *at + sizeof(u16) <= structure->length && !((structure->offset + *at) & 1);
}

void vfx_hide_legacy(struct vfx_layout *layout)
{
	unsigned int i;

	for (i = 0; i < layout->nr_structures; i++)
		if (!layout->structures[i].bar)
			return;
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

u64 vfx_bar_run(const struct vfx_layout *layout, unsigned int bar, u64 offset, u64 count,
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
	return kind != VFX_KIND_ABSENT && kind != VFX_KIND_COMMON && kind != VFX_KIND_LEGACY;
}

bool vfx_page_mappable(const struct vfx_layout *layout, unsigned int bar, u64 offset,
		       u64 page_size)
{
	enum vfx_kind kind;
	u64 end = offset + page_size, within;

	if (bar >= VFX_BARS || end < offset || end > layout->bar_length[bar])
		return false;
	while (offset < end) {
		offset += vfx_bar_run(layout, bar, offset, end - offset, &kind, &within);
		if (!mappable(kind))
			return false;
	}
	return true;
}

u64 vfx_next_mappable(const struct vfx_layout *layout, unsigned int bar, u64 from,
		      u64 page_size, u64 *start)
{
	enum vfx_kind kind;
	u64 end, run, begin, first, within;

	if (bar >= VFX_BARS)
		return 0;
	/* Of each stretch of mappable bytes take the whole pages, if it has any. */
	end = layout->bar_length[bar];
	while (from < end) {
		begin = from;
		for (;; from += run) {
			run = from < end ? vfx_bar_run(layout, bar, from, end - from,
						       &kind, &within) : 0;
			if (!run || !mappable(kind))
				break;
		}
		/* Do not divide: 32-bit kernels have no division of 64 bits. */
		first = (begin + page_size - 1) & ~(page_size - 1);
		if (first >= begin && first < from && from - first >= page_size) {
			*start = first;
			return (from - first) & ~(page_size - 1);
		}
		from += run;
	}
	return 0;
}
