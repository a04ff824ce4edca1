// SPDX-License-Identifier: GPL-2.0-only
/*
 * A transitional function that is shown as a modern one: what of its
 * configuration space and its BARs tells of the legacy interface is gone.
 */
#include "config_space.h"
#include "unit.h"

#define BLK		2

static struct vfx_config_view view;

/* QEMU's layout with the legacy interface in I/O BAR 0. */
static void make_transitional(struct config_space *c)
{
	config_qemu_root_port(c);
	c->bytes[0x02] = 0x01;
	c->bytes[0x03] = 0x10;
	c->bytes[0x08] = 0;
	c->bytes[0x10] = 0x01;
	c->bytes[0x2e] = BLK;
	c->bytes[0x2f] = 0;
	c->io_bars = 1;
	c->bar_length[0] = 128;
}

static void show(const struct config_space *c, bool as_modern)
{
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_TRANSLATED, .admitted = true,
		.view = VIRTIO_FIXUP_VIEW_PLATFORM, .as_modern = as_modern,
	};
	struct vfx_layout layout;

	config_parse(c, &layout);
	if (as_modern)
		vfx_hide_legacy(&layout);
	vfx_config_view_init(&view, &layout, &decision, BLK, c->bytes, c->map, c->size);
}

/* The only bytes that differ between a view as modern and one as it is. */
static bool tells_identity(unsigned int pos, unsigned int bar0)
{
	return pos == 0x02 || pos == 0x03 || pos == 0x2e || pos == 0x2f ||
	       (pos >= 0x10 && pos < 0x10 + bar0);
}

static void check_as_modern(const struct config_space *c, unsigned int bar0)
{
	static struct vfx_config_view plain;
	unsigned int pos;

	show(c, false);
	plain = view;
	show(c, true);
	for (pos = 0; pos < view.size; pos++) {
		if (tells_identity(pos, bar0) || (pos == 0x08 && !c->bytes[0x08])) {
			CHECK_EQ(vfx_config_rule(&view, pos)->source,
				 VFX_SOURCE_IMAGE);
			CHECK(!strcmp(vfx_config_rule(&view, pos)->name,
				      "modern identity"));
			continue;
		}
		CHECK_EQ(view.rule[pos], plain.rule[pos]);
		CHECK_EQ(view.image[pos], plain.image[pos]);
	}
	CHECK_EQ(vfx_get16(view.image + 0x02), 0x1042);
	CHECK_EQ(vfx_get16(view.image + 0x2e), 0x0040);
	for (pos = 0x10; pos < 0x10 + bar0; pos++)
		CHECK_EQ(view.image[pos], 0);
}

TEST(ids_and_bar_0_are_those_of_a_modern_function)
{
	struct config_space c;

	make_transitional(&c);
	check_as_modern(&c, 4);
	CHECK_EQ(view.image[0x08], 1);
}

TEST(a_revision_that_is_not_0_stays)
{
	struct config_space c;

	make_transitional(&c);
	c.bytes[0x08] = 7;
	check_as_modern(&c, 4);
	CHECK_EQ(view.image[0x08], 7);
}

TEST(a_bar_0_of_64_bits_goes_whole)
{
	struct config_space c;
	u8 bar;

	for (bar = 0; bar < 16; bar++) {
		make_transitional(&c);
		c.bytes[0x10] = bar;
		check_as_modern(&c, (bar & 7) == 4 ? 8 : 4);
	}
}

TEST(as_it_is_nothing_of_its_identity_is_rewritten)
{
	struct config_space c;
	unsigned int pos;

	make_transitional(&c);
	show(&c, false);
	CHECK_EQ(vfx_get16(view.image + 0x02), 0x1001);
	CHECK_EQ(vfx_config_rule(&view, 0x10)->source, VFX_SOURCE_LIVE);
	for (pos = 0; pos < view.size; pos++)
		CHECK(strcmp(vfx_config_rule(&view, pos)->name, "modern identity"));
}

TEST(what_no_capability_declares_in_bar_0_can_be_taken_away)
{
	struct vfx_layout layout;
	enum vfx_kind kind;
	struct config_space c;
	u64 within, start;

	make_transitional(&c);
	config_parse(&c, &layout);
	CHECK(vfx_legacy_is_apart(&layout));
	vfx_hide_legacy(&layout);
	CHECK_EQ(layout.bar_length[0], 0);
	CHECK_EQ(vfx_bar_run(&layout, 0, 0, 4, &kind, &within), 4);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	CHECK(!vfx_page_mappable(&layout, 0, 0, 4096));
	CHECK_EQ(vfx_next_mappable(&layout, 0, 0, 4096, &start), 0);
}

/* The last way in: an access window that is pointed at it. */
TEST(no_window_reaches_the_legacy_interface)
{
	static const u8 offsets[] = { 0x00, 0x04, 0x0c, 0x12, 0x13 };
	struct vfx_layout layout;
	struct config_space c;
	unsigned int i, width;
	u8 request[12] = { 0 };

	make_transitional(&c);
	show(&c, true);
	config_parse(&c, &layout);
	vfx_hide_legacy(&layout);
	CHECK_EQ(layout.nr_windows, 1);
	for (i = 0; i < COUNT(offsets); i++) {
		for (width = 1; width <= 4; width *= 2) {
			request[4] = offsets[i];
			request[8] = (u8)width;
			vfx_window_write_fields(&view, VFX_SOURCE_WINDOW,
						view.window[0] + 4u, request,
						sizeof(request));
			CHECK_EQ(vfx_window_target(&view, &layout,
						   VFX_SOURCE_WINDOW).width, 0);
		}
	}
	/* The window itself works. */
	request[0] = 4;
	request[4] = 0x14;
	request[8] = 1;
	vfx_window_write_fields(&view, VFX_SOURCE_WINDOW, view.window[0] + 4u,
				request, sizeof(request));
	CHECK_EQ(vfx_window_target(&view, &layout, VFX_SOURCE_WINDOW).width, 1);
}

TEST(an_io_bar_0_that_a_capability_names_is_not_apart)
{
	struct vfx_layout layout;
	struct config_space c;

	make_transitional(&c);
	c.bar_length[0] = 0x1000;
	config_virtio(&c, 0xec, NOTIFY, 20, 0, 0, 16);
	config_parse(&c, &layout);
	CHECK(!vfx_legacy_is_apart(&layout));
}

/* The same without I/O space, and one more structure in BAR 0. */
static void make_memory_bar_0(struct config_space *c, u8 cfg_type, u32 offset, u32 length)
{
	make_transitional(c);
	c->io_bars = 0;
	c->bytes[0x10] = 0;
	c->bar_length[0] = 0x10000;
	config_virtio(c, 0xec, cfg_type, 20, 0, offset, length);
}

/* Where the header of the legacy interface would be: 24 bytes. */
TEST(in_a_memory_bar_0_no_raw_structure_may_lie_where_a_legacy_header_would)
{
	static const struct {
		u8 cfg_type;
		u32 offset, length;
		bool apart;
	} cases[] = {
		{ DEVICE, 0x18, 8, true }, { DEVICE, 0x17, 1, false }, { DEVICE, 0, 0x100, false },
		{ NOTIFY, 0x1000, 4, true }, { NOTIFY, 0x10, 4, false }, { ISR, 0x13, 1, false },
		{ COMMON, 0, 0x38, true },
		{ COMMON, 2, 0x38, true },	/* unsound, and absent */
	};
	struct vfx_layout layout;
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(cases); i++) {
		make_memory_bar_0(&c, cases[i].cfg_type, cases[i].offset, cases[i].length);
		config_parse(&c, &layout);
		CHECK_IN(vfx_legacy_is_apart(&layout) == cases[i].apart, "case %u", i);
		/* In I/O space the header is there. */
		layout.io_bars = 1;
		CHECK_IN(!vfx_legacy_is_apart(&layout), "case %u", i);
	}
}

TEST(a_memory_bar_0_with_structures_stays_and_its_legacy_bytes_are_absent)
{
	struct vfx_layout layout;
	enum vfx_kind kind;
	struct config_space c;
	u64 within;

	make_memory_bar_0(&c, DEVICE, 0x1000, 0x1000);
	config_parse(&c, &layout);
	CHECK(vfx_legacy_is_apart(&layout));
	vfx_hide_legacy(&layout);
	CHECK_EQ(layout.bar_length[0], 0x10000);
	CHECK_EQ(vfx_bar_run(&layout, 0, 0, 0x1000, &kind, &within), 0x1000);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	CHECK(!vfx_page_mappable(&layout, 0, 0, 0x1000));
	CHECK(vfx_page_mappable(&layout, 0, 0x1000, 0x1000));
	check_as_modern(&c, 0);
	CHECK_EQ(vfx_config_rule(&view, 0x10)->source, VFX_SOURCE_LIVE);
}

TEST(a_memory_bar_0_without_structures_is_taken_away)
{
	struct vfx_layout layout;
	struct config_space c;

	make_transitional(&c);
	c.io_bars = 0;
	c.bytes[0x10] = 0;
	config_parse(&c, &layout);
	CHECK(vfx_legacy_is_apart(&layout));
	vfx_hide_legacy(&layout);
	CHECK_EQ(layout.bar_length[0], 0);
	check_as_modern(&c, 4);
}
