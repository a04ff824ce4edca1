// SPDX-License-Identifier: GPL-2.0-only
/*
 * The capability parser on hostile configuration spaces, and what a layout then
 * says of each BAR.
 *
 * Head: which BARs are I/O, the page size, how long each BAR is. Records: a
 * capability, or some bytes.
 *
 * Small BARs are asked byte by byte, as the unit tests do. Of large ones, only
 * the bytes at the borders of structures: between two of them nothing changes.
 *
 * Runs: 200000
 */
#include "bar_model.h"
#include "config_space.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const size_t fuzz_head = 24;

#define SMALL	256	/* bytes of a BAR that is asked byte by byte */

static struct config_space space;
static struct vfx_layout layout;

static u64 bar_length(struct fuzz_input *head)
{
	u8 kind = fuzz_u8(head);
	u64 value = fuzz_u16(head);

	switch (kind % 8) {
	case 0:
		return 0;
	case 1:
		return value << 12;
	case 2:
		return value << 40 | 0xfff;
	case 3:
		return VFX_LENGTH_UNKNOWN;
	default:
		return value % (SMALL + 1);
	}
}

/* Near the beginning, in pages, or near the end of all numbers. */
static u32 range(struct fuzz_input *record, u8 scale)
{
	u32 value = fuzz_u16(record);

	return scale == 0 ? value << 12 : scale == 1 ? 0u - value : scale == 2 ? value : value % SMALL;
}

static void add_virtio(u8 pos, struct fuzz_input *record)
{
	static const u8 types[] = { COMMON, COMMON, NOTIFY, ISR, DEVICE, PCI_CFG };
	static const u8 lengths[] = { 16, 16, 20, 20, 24 };
	u8 scales = fuzz_u8(record), type = FUZZ_ONE_OF(record, types);
	u8 len = FUZZ_ONE_OF(record, lengths), bar = fuzz_u8(record) % 8;
	u32 offset = range(record, scales % 8), length = range(record, scales / 8 % 8);
	u8 *cap = config_virtio(&space, pos, type, len, bar, offset, length);

	if (scales & 0x80)
		cap[2] = fuzz_u8(record);
}

/* 64 bits: small, large, and near the end of all numbers. */
static u64 wide_range(struct fuzz_input *record, u8 scale)
{
	u64 value = fuzz_u16(record);

	return scale % 4 == 0 ? value << 12 : scale % 4 == 1 ? value << 36 :
	       scale % 4 == 2 ? (u64)0 - value % 0x2000 : value % 0x2000;
}

static void add_shared_memory(u8 pos, struct fuzz_input *record)
{
	u8 scales = fuzz_u8(record), bar = fuzz_u8(record) % 8;
	u64 offset = wide_range(record, scales);

	config_shared_memory(&space, pos, bar, offset, wide_range(record, scales / 4));
	if (scales & 0x80)	/* not all of it is there */
		space.bytes[pos + 2] = fuzz_u8(record) % 32;
}

/* More than fit, perhaps: one every dword, each other's bodies. */
static void add_many(u8 id, u8 type, unsigned int count)
{
	unsigned int i;
	u8 *cap;

	for (i = 0; i < count; i++) {
		cap = config_capability(&space, (u8)(0x40 + 4 * i), id, 4);
		cap[2] = 24;
		cap[3] = type;
	}
}

static void apply(struct fuzz_input *record)
{
	u8 what = fuzz_u8(record), pos = fuzz_u8(record);
	unsigned int vectors;
	u32 table;
	u8 id;

	switch (what % 8) {
	case 0:
		memcpy(space.bytes + pos, record->bytes, record->left);
		break;
	case 1:
		id = fuzz_u8(record);
		if (id & 0x80)
			add_many(id & 1 ? 0x11 : 0x09, PCI_CFG, pos % 48);
		else
			config_capability(&space, pos & 0xfc, id, 4);
		break;
	case 2:
		vectors = 1 + fuzz_u16(record) % 32;
		table = fuzz_u16(record);
		config_msix(&space, pos & 0xfc, vectors, table, fuzz_u16(record));
		break;
	case 3:
		add_shared_memory(pos & 0xfc, record);
		break;
	default:
		add_virtio(pos & 0xfc, record);
		break;
	}
}

static void check_sound(void)
{
	unsigned int i;

	for (i = 0; i <= VFX_MAX_STRUCTURES; i++)
		CHECK(layout_is_sound_at(&layout, i, i));
	for (i = 0; i < layout.nr_windows; i++)
		CHECK(space.bytes[layout.windows[i] + 2] >= 20);
	if (layout.common >= 0)
		CHECK(!(space.io_bars >> layout.structures[layout.common].bar & 1));
}

/* At the borders of all that is declared, and beside them. */
typedef void (*border_fn)(unsigned int bar, u64 border);

static void at_borders(unsigned int bar, border_fn check)
{
	unsigned int i;

	check(bar, 0);
	for (i = 0; i < layout.nr_structures; i++) {
		const struct vfx_structure *s = &layout.structures[i];

		if (s->bar != bar)
			continue;
		check(bar, s->offset);
		check(bar, s->offset + s->length);
	}
}

static void check_one_run(unsigned int bar, u64 offset, u64 count)
{
	enum vfx_kind kind;
	int owner = owner_of(&layout, bar, offset);
	u64 within, run;

	run = vfx_bar_run(&layout, bar, offset, count, &kind, &within);
	CHECK_EQ(run, offset + count < offset ? 1 : model_run(&layout, bar, offset, count));
	CHECK_EQ(kind, kind_of(&layout, owner));
	CHECK_EQ(within, owner == NOBODY ? 0 : offset - layout.structures[owner].offset);
}

static void check_runs_near(unsigned int bar, u64 border)
{
	int near;

	for (near = -2; near <= 2; near++)
		check_one_run(bar, border + (u64)near, 6);
}

/* The first of a stretch's bytes, and each where another may begin. */
static bool range_mappable(unsigned int bar, u64 start, u64 length)
{
	u64 end = start + length;
	unsigned int i, side;

	if (end < start || end > layout.bar_length[bar] || !byte_is_mappable(&layout, bar, start))
		return false;
	for (i = 0; i < layout.nr_structures; i++) {
		const struct vfx_structure *s = &layout.structures[i];

		for (side = 0; side < 2; side++) {
			u64 border = s->offset + (side ? s->length : 0);

			if (s->bar == bar && border >= start && border < end &&
			    !byte_is_mappable(&layout, bar, border))
				return false;
		}
	}
	return true;
}

static u64 page_size;

static void check_page_near(unsigned int bar, u64 border)
{
	u64 page = border - border % page_size;
	int near;

	for (near = -1; near <= 1; near++) {
		u64 start = page + (u64)near * page_size;

		CHECK_EQ(vfx_page_mappable(&layout, bar, start, page_size),
			 range_mappable(bar, start, page_size));
	}
}

/* From here to there no page is mappable. */
static u64 gap_from, gap_to;

static void check_gap(unsigned int bar, u64 border)
{
	u64 page = border + (page_size - border % page_size) % page_size;

	if (page >= gap_from && page < gap_to)
		CHECK(!range_mappable(bar, page, page_size));
}

static void check_stretches(unsigned int bar)
{
	unsigned int left = 2 * VFX_MAX_STRUCTURES + 2;
	u64 start, length;

	for (gap_from = 0; left; left--) {
		start = layout.bar_length[bar];
		length = vfx_next_mappable(&layout, bar, gap_from, page_size, &start);
		gap_to = start;
		check_gap(bar, gap_from);
		at_borders(bar, check_gap);
		if (!length)
			return;
		CHECK(start >= gap_from && start % page_size == 0 && length % page_size == 0);
		CHECK(range_mappable(bar, start, length));
		CHECK(!range_mappable(bar, start + length, page_size));
		gap_from = start + length;
	}
	CHECK(left);
}

static void check_bar(unsigned int bar)
{
	u64 offset, length = layout.bar_length[bar];

	at_borders(bar, check_runs_near);
	if (length > SMALL) {
		page_size = 0x1000;
		at_borders(bar, check_page_near);
		check_stretches(bar);
		return;
	}
	check_pages(&layout, bar, page_size);
	for (offset = 0; offset < length; offset++) {
		check_run(&layout, bar, offset, 4);
		check_run(&layout, bar, offset, length - offset);
	}
}

static void check_bars(unsigned int page_shift)
{
	unsigned int bar;
	u64 length;

	for (bar = 0; bar < VFX_BARS; bar++) {
		page_size = 1u << page_shift;
		check_bar(bar);
	}
	/* What is no BAR has no page. */
	CHECK(!vfx_page_mappable(&layout, VFX_BARS, 0, 1));
	CHECK(!vfx_next_mappable(&layout, VFX_BARS, 0, 1, &length));
}

/* A capability that says where a common configuration is, usable or not. */
static void check_hidden(const u8 *cap)
{
	u64 offset = vfx_get32(cap + 8), length = vfx_get32(cap + 12), i;
	enum vfx_kind kind;
	unsigned int bar = cap[4];
	u64 end, within;

	if (bar >= VFX_BARS)
		return;
	end = offset + length < layout.bar_length[bar] ? offset + length : layout.bar_length[bar];
	for (i = 0; i < 64 && offset + i < end; i++) {
		vfx_bar_run(&layout, bar, offset + i, 1, &kind, &within);
		CHECK_IN(kind == VFX_KIND_COMMON || kind == VFX_KIND_ABSENT,
			 "0x%" PRIx64 " of BAR %u is of kind %u", offset + i, bar, kind);
		CHECK(!vfx_page_mappable(&layout, bar, offset + i, 1));
	}
}

/* No byte of any common configuration is raw or mappable, by the list itself. */
static void check_common(void)
{
	bool been[VFX_CONFIG_SIZE] = { false };
	const u8 *c = space.bytes;
	unsigned int pos = c[0x34] & 0xfc;

	if (!(c[0x06] & 0x10) || layout.malformed)
		return;
	for (; pos && !been[pos]; pos = c[pos + 1] & 0xfc) {
		been[pos] = true;
		if (pos <= 0xf0 && c[pos] == 0x09 && c[pos + 2] >= 16 && pos + c[pos + 2] <= 256u &&
		    c[pos + 3] == COMMON)
			check_hidden(c + pos);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size }, head = fuzz_take_head(&input), record;
	unsigned int i, flags, page_shift;
	u8 *config;

	config_begin(&space, 256);
	space.io_bars = fuzz_u8(&head);
	flags = fuzz_u8(&head);
	page_shift = flags % 7;
	for (i = 0; i < VFX_BARS; i++)
		space.bar_length[i] = bar_length(&head);
	while (fuzz_take_record(&input, &record))
		apply(&record);

	config = fuzz_copy(space.bytes, VFX_CONFIG_SIZE);
	vfx_parse_layout(&layout, config, space.bar_length, space.io_bars);
	free(config);
	check_sound();
	if (layout.malformed)
		CHECK(!layout.nr_structures && !layout.nr_windows && layout.common < 0);
	check_common();
	check_bars(page_shift);

	CHECK_EQ(vfx_identity(0x1041, &layout), VFX_IDENTITY_MODERN);
	CHECK_EQ(vfx_identity(0x1001, &layout) == VFX_IDENTITY_TRANSITIONAL,
		 layout.common >= 0);
	if (flags & 0x80 && vfx_legacy_is_apart(&layout)) {
		vfx_hide_legacy(&layout);
		check_bars(page_shift);
		/* Neither a legacy register, nor what is beside it in its page. */
		for (i = 0; i < 24; i++)
			CHECK(!vfx_page_mappable(&layout, 0, i, 1));
	} else if (flags & 0x40) {
		vfx_expose_legacy(&layout);
		check_sound();
		check_bars(page_shift);
	}
	return 0;
}
