// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulated access windows into the BARs (VIRTIO_PCI_CAP_PCI_CFG): what a
 * user may write into one, and what a window lets through. Stock hardware lets
 * everything through, which makes each window a door round the register file.
 */
#include "config_space.h"
#include "unit.h"

static struct vfx_config_view view;
static struct vfx_layout layout;

static void open_layout(const struct config_space *c)
{
	static const struct vfx_decision decision = {
		.admitted = true, .view = VIRTIO_FIXUP_VIEW_PLATFORM,
	};

	config_parse(c, &layout);
	vfx_config_view_init(&view, &layout, &decision, 0, c->bytes, c->map, c->size);
}

static struct vfx_window_access aim(unsigned int window, u8 bar, u32 offset, u32 length)
{
	u8 fields[12] = { bar };
	unsigned int pos = layout.windows[window];

	vfx_put(fields + 4, offset, 4);
	vfx_put(fields + 8, length, 4);
	vfx_window_write_fields(&view, (u8)(VFX_SOURCE_WINDOW + window), pos + 4,
				fields, sizeof(fields));
	return vfx_window_target(&view, &layout, (u8)(VFX_SOURCE_WINDOW + window));
}

/* The model: the one structure that has all bytes of the access, if there is one. */
static const struct vfx_structure *whole_within(u8 bar, u64 offset, u64 length)
{
	unsigned int i;

	for (i = 0; i < layout.nr_structures; i++) {
		const struct vfx_structure *s = &layout.structures[i];

		if (s->bar == bar && offset >= s->offset &&
		    offset + length <= s->offset + s->length)
			return s;
	}
	return NULL;
}

static void check_aim(u8 bar, u32 offset, u32 length)
{
	struct vfx_window_access got = aim(0, bar, offset, length);
	const struct vfx_structure *s = NULL;

	if ((length == 1 || length == 2 || length == 4) && offset % length == 0)
		s = whole_within(bar, offset, length);
	if (s && (s->kind == VFX_KIND_MSIX || s->kind == VFX_KIND_LEGACY))
		s = NULL;
	CHECK_EQ(got.data, layout.windows[0] + 16u);
	CHECK_IN(got.width == (s ? length : 0), "BAR %u offset 0x%x length %u", bar, offset,
		 length);
	if (!s)
		return;
	CHECK_EQ(got.bar, bar);
	CHECK_EQ(got.offset, offset);
	CHECK_EQ(got.kind, s->kind);
	CHECK_EQ(got.within, offset - s->offset);
}

static void check_every_aim(void)
{
	static const u32 lengths[] = { 0, 1, 2, 3, 4, 5, 6, 8, 0x100, 0x101, 0x10000, 0x80000004,
				       0xffffffff };
	u32 edges[4 * VFX_MAX_STRUCTURES + 2], edge;
	unsigned int i, j, bar, nr = 0;
	int near;

	edges[nr++] = 0;
	edges[nr++] = 0xfffffff8;
	for (i = 0; i < layout.nr_structures; i++) {
		edges[nr++] = (u32)layout.structures[i].offset;
		edges[nr++] = (u32)(layout.structures[i].offset + layout.structures[i].length);
		edges[nr++] = (u32)(layout.structures[i].offset + layout.structures[i].length / 2);
	}
	for (bar = 0; bar < 256; bar++)
		for (i = 0; i < nr; i++)
			for (near = -9; near <= 9; near++)
				for (j = 0; j < COUNT(lengths); j++) {
					edge = edges[i] + (u32)near;
					check_aim((u8)bar, edge, lengths[j]);
				}
}

TEST(a_window_reaches_whole_aligned_accesses_within_one_structure_only)
{
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(known_layouts); i++) {
		known_layouts[i].make(&c);
		open_layout(&c);
		check_every_aim();
	}
}

TEST(a_window_does_not_reach_over_the_border_of_two_structures)
{
	struct config_space c;

	config_begin(&c, 256);
	c.bar_length[0] = 0x1000;
	config_virtio(&c, 0x40, COMMON, 16, 0, 0, 0x3a);
	config_virtio(&c, 0x50, ISR, 16, 0, 0x3a, 1);
	config_virtio(&c, 0x60, DEVICE, 16, 0, 0x3b, 0x5);
	config_virtio(&c, 0x70, PCI_CFG, 20, 0, 0, 0);
	open_layout(&c);
	check_every_aim();
	CHECK_EQ(aim(0, 0, 0x38, 2).kind, VFX_KIND_COMMON);
	CHECK_EQ(aim(0, 0, 0x38, 4).width, 0);
	CHECK_EQ(aim(0, 0, 0x3a, 2).width, 0);
	CHECK_EQ(aim(0, 0, 0x3a, 1).kind, VFX_KIND_ISR);
	CHECK_EQ(aim(0, 0, 0x3c, 4).kind, VFX_KIND_DEVICE);
	CHECK_EQ(aim(0, 0, 0x3c, 4).within, 1);
}

TEST(a_window_does_not_reach_the_legacy_interface)
{
	struct config_space c;
	u32 offset;

	config_qemu_root_bus(&c);
	c.bar_length[0] = 0x80;
	c.io_bars = 1;
	open_layout(&c);
	vfx_expose_legacy(&layout);
	for (offset = 0; offset < 0x80; offset++)
		CHECK_EQ(aim(0, 0, offset, 1).width, 0);
}

TEST(a_window_does_not_reach_the_msix_table)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	open_layout(&c);
	CHECK_EQ(aim(0, 1, 0, 4).width, 0);
	CHECK_EQ(aim(0, 1, 0x800, 4).width, 0);
	CHECK_EQ(aim(0, 4, 0x3000, 4).width, 4);
}

/* Every common configuration is the register file, also one that overlaps another. */
TEST(a_window_to_any_common_configuration_reaches_the_register_file)
{
	struct config_space c;
	u32 offset;

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0x40, NOTIFY, 20, 4, 0, 0x4000);
	config_virtio(&c, 0x54, COMMON, 16, 4, 0x1000, 0x40);
	config_virtio(&c, 0x64, COMMON, 16, 4, 0x1020, 0x40);
	config_virtio(&c, 0x74, COMMON, 16, 4, 0x3000, 0x40);
	config_virtio(&c, 0x84, PCI_CFG, 20, 0, 0, 0);
	open_layout(&c);
	for (offset = 0x1000; offset < 0x1060; offset++)
		CHECK_EQ(aim(0, 4, offset, 1).kind, VFX_KIND_COMMON);
	CHECK_EQ(aim(0, 4, 0x3000, 4).kind, VFX_KIND_COMMON);
	CHECK_EQ(aim(0, 4, 0x1060, 4).kind, VFX_KIND_NOTIFY);
}

TEST(only_bar_offset_and_length_can_be_written)
{
	u8 written[20], read[20], want[20] = { 0 };
	struct config_space c;
	unsigned int i, pos;

	config_qemu_root_bus(&c);
	open_layout(&c);
	pos = layout.windows[0];
	memset(written, 0xa5, sizeof(written));
	vfx_window_write_fields(&view, VFX_SOURCE_WINDOW, pos + 4, written + 4, 16);
	vfx_window_read_fields(&view, VFX_SOURCE_WINDOW, pos + 4, read + 4, 16);
	want[4] = 0xa5;			/* cap.bar, but not cap.id and padding behind it */
	memset(want + 8, 0xa5, 8);	/* cap.offset and cap.length, but not the data */
	CHECK_BYTES(read + 4, want + 4, 16);
	CHECK_BYTES(view.image + pos + 4, want + 4, 16);
	for (i = 0; i < 4; i++)
		CHECK_EQ(vfx_config_rule(&view, pos + i)->source, VFX_SOURCE_IMAGE);
	CHECK_EQ(vfx_config_rule(&view, pos + 22)->source,	/* MSI-X */
		 VFX_SOURCE_LIVE);
}

TEST(fields_can_be_written_byte_by_byte)
{
	struct vfx_window_access target;
	static const u8 fields[12] = { 4, 0, 0, 0, 0x04, 0x20, 0, 0, 2, 0, 0, 0 };
	struct config_space c;
	unsigned int i;

	config_qemu_root_bus(&c);
	open_layout(&c);
	for (i = 0; i < sizeof(fields); i++)
		vfx_window_write_fields(&view, VFX_SOURCE_WINDOW,
					layout.windows[0] + 4 + i, fields + i, 1);
	target = vfx_window_target(&view, &layout, VFX_SOURCE_WINDOW);
	CHECK_EQ(target.width, 2);
	CHECK_EQ(target.kind, VFX_KIND_DEVICE);
	CHECK_EQ(target.within, 4);
}

TEST(a_new_window_points_nowhere)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	memset(c.bytes + 0x84 + 4, 0, 16);
	c.bytes[0x84 + 4] = 4;		/* what an earlier user left: COMMON, four bytes */
	c.bytes[0x84 + 12] = 4;
	open_layout(&c);
	CHECK_EQ(vfx_window_target(&view, &layout, VFX_SOURCE_WINDOW).width, 0);
}

TEST(several_windows_are_emulated_each_by_itself)
{
	struct config_space c;
	unsigned int i;
	u8 source;

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0x40, NOTIFY, 20, 4, 0, 0x4000);
	for (i = 0; i < 8; i++)
		config_virtio(&c, (u8)(0x54 + 20 * i), PCI_CFG, 20, 0, 0, 0);
	open_layout(&c);
	CHECK_EQ(layout.nr_windows, 8);
	for (i = 0; i < 8; i++)
		CHECK_EQ(aim(i, 4, 0x100 * i, 4).width, 4);
	for (i = 0; i < 8; i++) {
		struct vfx_window_access target =
			vfx_window_target(&view, &layout, (u8)(VFX_SOURCE_WINDOW + i));

		CHECK_EQ(target.width, 4);
		CHECK_EQ(target.offset, 0x100 * i);
		CHECK_EQ(target.data, 0x54 + 20 * i + 16);
		CHECK_EQ(vfx_config_run(&view, 0x54 + 20 * i + 4, 50, false, &source), 16);
		CHECK_EQ(source, VFX_SOURCE_WINDOW + i);
	}
}

/* Every byte of every window a list can name is emulated, also where they overlap. */
TEST(windows_that_overlap_leave_no_byte_live)
{
	struct config_space c;
	unsigned int i, pos;

	config_begin(&c, 256);
	for (i = 0; i < 4; i++) {
		u8 *cap = config_capability(&c, (u8)(0x40 + 4 * i), 0x09, 20);

		cap[2] = 20;
		cap[3] = PCI_CFG;
	}
	memset(c.map + 0x40, 0x05, 0x40);	/* whatever the core calls them */
	open_layout(&c);
	CHECK_EQ(layout.nr_windows, 4);
	for (pos = 0x44; pos < 0x40 + 12 + 20; pos++)
		CHECK_EQ(vfx_config_rule(&view, pos)->source, VFX_SOURCE_WINDOW);
}
