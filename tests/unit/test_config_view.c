// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view of configuration space against a naive model: two arrays, and a
 * loop that decides for each byte by itself; see config_model.h. The hardware's bytes, the core's
 * copy and the view's own all differ, so none can be mistaken for another.
 * The rules of each capability are in test_config_rules.c, access windows in
 * test_window.c, the description in test_description.c.
 */
#include "config_model.h"
#include "unit.h"

static const enum virtio_fixup_view views[] = {
	VIRTIO_FIXUP_VIEW_PLATFORM, VIRTIO_FIXUP_VIEW_PHYSICAL, VIRTIO_FIXUP_VIEW_RAW,
};

/* The view under test, and what it is compared with. */
static struct vfx_config_view view;
static struct config_model model;

/*
 * Where each layout has its window, where it has room for the description, and
 * what of its capabilities is live. All else is the image.
 */
static const struct place {
	u8 window, description;
	struct { u16 pos, len; } live[8];
} places[COUNT(known_layouts)] = {
	{ 0xc8, 0xe8, {
		{ 0x48, 4 },	/* PCI Express: device control and status */
		{ 0x68, 4 },	/* device control and status 2 */
		{ 0x80, 4 },	/* power management control and status */
		{ 0xde, 2 },	/* MSI-X message control */
		{ 0x104, 40 },	/* advanced error reporting, without its header */
	} },
	{ 0x84, 0xa4, { { 0x9a, 2 } } },	/* MSI-X message control */
	{ 0x84, 0xa4, { { 0x9a, 2 } } },
	{ 0x84, 0xbc, { { 0xb2, 2 } } },
};

/* From the tests' own knowledge of each layout, not from the lists. */
static void make_model(const struct config_space *c, enum virtio_fixup_view shown,
		       const struct place *place)
{
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_CONDITIONAL,
		.basis = VIRTIO_FIXUP_BASIS_DECLARED,
		.view = shown,
		.ability = VIRTIO_FIXUP_ABILITY_YES,
		.state = VIRTIO_FIXUP_STATE_TRANSLATED,
	};
	unsigned int i;

	config_model_begin(&model, c->bytes, c->map, c->size);
	for (i = 0; i < COUNT(place->live); i++)
		config_model_live(&model, place->live[i].pos, place->live[i].len);
	config_model_window(&model, place->window, 0);
	config_model_description(&model, &decision, place->description);
}

static void check_read(unsigned int offset, unsigned int count)
{
	check_config_read(&model, &view, offset, count);
}

static void check_write(struct unit_random *random, unsigned int offset, unsigned int count)
{
	static u8 buf[VFX_CONFIG_MAX];
	unsigned int i;

	for (i = 0; i < count; i++)
		buf[i] = (u8)unit_next(random);
	check_config_write(&model, &view, offset, buf, count);
	check_read(0, view.size);
}

typedef void (*layout_check_fn)(const struct config_space *c);

static void open_layout(struct config_space *c, unsigned int layout, enum virtio_fixup_view shown)
{
	known_layouts[layout].make(c);
	config_show(c, shown, &view);
	make_model(c, shown, &places[layout]);
	CHECK_EQ(view.size, c->size);
	CHECK_EQ(view.description, places[layout].description);
}

static void for_every_layout_and_view(layout_check_fn check)
{
	struct config_space c;
	unsigned int i, j;

	for (i = 0; i < COUNT(known_layouts); i++) {
		for (j = 0; j < COUNT(views); j++) {
			open_layout(&c, i, views[j]);
			check(&c);
		}
	}
}

static void check_every_read(const struct config_space *c)
{
	unsigned int offset, count;

	for (offset = 0; offset < c->size; offset++) {
		for (count = 1; count <= 8 && offset + count <= c->size; count++)
			check_read(offset, count);
		check_read(offset, c->size - offset);
		check_read(0, offset + 1);
	}
}

TEST(every_read_of_every_size_agrees_with_the_model)
{
	for_every_layout_and_view(check_every_read);
}

static void check_every_write(const struct config_space *c)
{
	struct unit_random random = { 1 };
	unsigned int offset, count;

	/* Up to behind the one extended capability. */
	for (offset = 0; offset < 0x130 && offset < c->size; offset++)
		for (count = 1; count <= 8 && offset + count <= c->size; count++)
			check_write(&random, offset, count);
	check_write(&random, 0, c->size);
	check_read(0, c->size);
}

TEST(every_write_of_every_size_agrees_with_the_model)
{
	for_every_layout_and_view(check_every_write);
}

static struct unit_random random_accesses;

static void check_random_accesses(const struct config_space *c)
{
	struct unit_random random = random_accesses;
	unsigned int i;

	for (i = 0; i < 300; i++) {
		unsigned int offset = (unsigned int)unit_below(&random, c->size);
		unsigned int most = c->size - offset;

		check_write(&random, offset, 1 + (unsigned int)unit_below(&random, most));
		offset = (unsigned int)unit_below(&random, c->size);
		check_read(offset, 1 + (unsigned int)unit_below(&random, c->size - offset));
	}
}

TEST(random_writes_and_reads_agree_with_the_model)
{
	random_accesses = unit_seed();
	for_every_layout_and_view(check_random_accesses);
}

/* How often the core is asked, and so the hardware, when all of the space is read. */
TEST(a_read_of_everything_asks_the_core_that_often)
{
	static const unsigned int asked[COUNT(known_layouts)] = { 9, 5, 5, 5 };
	unsigned int i, offset, count;
	struct config_space c;
	u8 source;

	for (i = 0; i < COUNT(known_layouts); i++) {
		open_layout(&c, i, VIRTIO_FIXUP_VIEW_PLATFORM);
		for (count = 0, offset = 0; offset < c.size;) {
			offset += check_config_run(&model, &view, offset, c.size - offset, false,
						   &source);
			count += source == VFX_SOURCE_LIVE;
		}
		CHECK_IN(count == asked[i], "%s: %u", known_layouts[i].name, count);
	}
}

static void check_run(unsigned int offset, unsigned int count, bool is_write, u8 want,
		      unsigned int want_run)
{
	u8 source;

	CHECK_EQ(check_config_run(&model, &view, offset, count, is_write, &source), want_run);
	CHECK_EQ(source, want);
}

TEST(command_and_status_are_read_as_one_and_written_as_two)
{
	struct config_space c;

	open_layout(&c, 0, VIRTIO_FIXUP_VIEW_PLATFORM);
	check_run(4, 4, false, VFX_SOURCE_LIVE, 4);
	check_run(4, 2, false, VFX_SOURCE_LIVE, 2);
	check_run(4, 4, true, VFX_SOURCE_COMMAND, 2);
	check_run(4, 1, true, VFX_SOURCE_COMMAND, 1);
	check_run(5, 3, true, VFX_SOURCE_COMMAND, 1);
	check_run(6, 2, true, VFX_SOURCE_LIVE, 2);
}

TEST(all_bars_are_one_run)
{
	struct config_space c;

	open_layout(&c, 0, VIRTIO_FIXUP_VIEW_PLATFORM);
	check_run(0x10, 0x30, false, VFX_SOURCE_LIVE, 24);
	check_run(0x10, 0x30, true, VFX_SOURCE_LIVE, 24);
}

TEST(a_gap_reads_zero_whatever_the_hardware_has_there)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	CHECK(c.bytes[0xf0] != 0);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(vfx_config_rule(&view, 0xf0)->source, VFX_SOURCE_IMAGE);
	CHECK_EQ(view.image[0xf0], 0);
}

TEST(the_image_is_the_cores_copy_not_the_hardware)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	c.bytes[0x41] = 0x60;	/* the core took a capability out of the list */
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(vfx_config_rule(&view, 0x41)->source, VFX_SOURCE_IMAGE);
	CHECK_EQ(view.image[0x41], 0x60);
}

TEST(what_the_function_left_in_its_window_is_not_the_users)
{
	struct config_space c;
	static const u8 zeroes[16];

	config_qemu_root_bus(&c);
	memset(c.bytes + 0x84 + 4, 0xaa, 16);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_BYTES(view.image + 0x88, zeroes, sizeof(zeroes));
}

/* The layout does not take it for a window, and the core's copy has its data. */
TEST(what_the_function_left_in_a_window_that_is_too_short_is_not_the_users)
{
	struct vfx_config_view view;
	struct config_space c;
	unsigned int i;

	config_begin(&c, 256);
	config_virtio(&c, 0x40, PCI_CFG, 19, 4, 4, 4)[16] = 0x5a;
	config_virtio(&c, 0x60, DEVICE, 16, 4, 0x11223344, 0x55667788);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	for (i = 4; i < 19; i++)
		CHECK_EQ(view.image[0x40 + i], 0);
	/* Not what belongs to another one, and not beyond its length. */
	CHECK_EQ(view.image[0x68], 0x44);
	CHECK_EQ(vfx_config_rule(&view, 0x44)->source, VFX_SOURCE_IMAGE);

	/* At the end of standard space, what comes behind is another list's. */
	config_begin(&c, 4096);
	config_capability(&c, 0x40, 0x10, 0x3c);
	config_virtio(&c, 0xf0, PCI_CFG, 16, 4, 4, 4)[2] = 40;
	config_extended(&c, 0x100, 0x03, 12);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.image[0xf4], 0);
	CHECK_EQ(view.image[0x100], 0x03);
}

TEST(bytes_that_the_core_made_virtual_are_its_copy)
{
	struct config_space c;
	unsigned int i;

	config_qemu_root_bus(&c);
	memset(c.map + 0xe0, 0xfe, 8);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	for (i = 0xe0; i < 0xe8; i++) {
		CHECK_EQ(vfx_config_rule(&view, i)->source, VFX_SOURCE_IMAGE);
		CHECK_EQ(view.image[i], c.bytes[i]);
	}
}

TEST(a_size_beyond_pcie_is_cut)
{
	struct config_space c;

	config_qemu_root_port(&c);
	c.size = 5000;
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.size, 4096);
}
