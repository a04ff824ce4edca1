// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view of configuration space against a naive model: two arrays, and a
 * loop that decides for each byte by itself. The hardware's bytes, the core's
 * copy and the view's own all differ, so none can be mistaken for another.
 * Access windows are in test_window.c, reading the description back in
 * test_description.c.
 */
#include "config_space.h"
#include "unit.h"

static const enum virtio_fixup_view views[] = {
	VIRTIO_FIXUP_VIEW_PLATFORM, VIRTIO_FIXUP_VIEW_PHYSICAL, VIRTIO_FIXUP_VIEW_BYPASS,
};

static struct virtio_fixup_decision decision_with(enum virtio_fixup_view view)
{
	return (struct virtio_fixup_decision){
		.verdict = VIRTIO_FIXUP_VERDICT_CONDITIONAL,
		.basis = VIRTIO_FIXUP_BASIS_DECLARED,
		.admitted = true,
		.view = view,
		.ability = VIRTIO_FIXUP_ABILITY_YES,
		.state = VIRTIO_FIXUP_STATE_TRANSLATED,
	};
}

/* The view under test, and the glue's part: where LIVE bytes come from and go to. */
static struct virtio_fixup_config_view view;
static u8 live[VIRTIO_FIXUP_CONFIG_MAX];

/* The model: what a read gives, and which bytes a write changes in what. */
enum model_owner { MODEL_LIVE, MODEL_FIXED, MODEL_REGISTER };
static u8 model_value[VIRTIO_FIXUP_CONFIG_MAX];
static enum model_owner model_owner[VIRTIO_FIXUP_CONFIG_MAX];

static void make_view(const struct config_space *c, enum virtio_fixup_view shown)
{
	struct virtio_fixup_decision decision = decision_with(shown);
	struct virtio_fixup_layout layout;

	config_parse(c, &layout);
	virtio_fixup_config_view_init(&view, &layout, &decision, c->bytes, c->map, c->size);
}

static void model_fixed(unsigned int pos, u8 value)
{
	model_owner[pos] = MODEL_FIXED;
	model_value[pos] = value;
}

/* From the tests' own knowledge of each layout, not from the parser's. */
static void make_model(const struct config_space *c, enum virtio_fixup_view shown,
		       unsigned int window, unsigned int description)
{
	const u8 body[24] = {
		0x09, c->bytes[0x34], 24, 9, 0xff, 0xff, 1, 2,
		'v', 'f', 'i', 'o', '-', 'v', 'f', 'x', 2, (u8)shown, 2, 2,
	};
	unsigned int i;

	for (i = 0; i < VIRTIO_FIXUP_CONFIG_MAX; i++) {
		live[i] = c->bytes[i] ^ 0x5a;
		model_owner[i] = MODEL_LIVE;
		model_value[i] = live[i];
		if (c->map[i] == VIRTIO_FIXUP_MAP_GAP)
			model_fixed(i, 0);
		else if (i >= 0x40 && i < 0x100 && c->map[i] == 0x09)
			model_fixed(i, c->bytes[i]);
	}
	for (i = 4; i < 20; i++)
		model_fixed(window + i, 0);
	model_owner[window + 4] = MODEL_REGISTER;
	for (i = 8; i < 16; i++)
		model_owner[window + i] = MODEL_REGISTER;
	for (i = 0; i < sizeof(body); i++)
		model_fixed(description + i, body[i]);
	model_fixed(0x34, (u8)description);
}

/* What the driver does with a read and a write, without the accesses behind a window. */
static void access_view(unsigned int offset, u8 *buf, unsigned int count, bool is_write)
{
	unsigned int run;
	u8 source;

	for (; count; offset += run, buf += run, count -= run) {
		run = virtio_fixup_config_run(&view, offset, count, &source);
		CHECK(run >= 1 && run <= count);
		if (source == VIRTIO_FIXUP_LIVE && is_write)
			memcpy(live + offset, buf, run);
		else if (source == VIRTIO_FIXUP_LIVE)
			memcpy(buf, live + offset, run);
		else if (source == VIRTIO_FIXUP_IMAGE && !is_write)
			memcpy(buf, view.image + offset, run);
		else if (source >= VIRTIO_FIXUP_WINDOW && is_write)
			virtio_fixup_window_write_fields(&view, source, offset, buf, run);
		else if (source >= VIRTIO_FIXUP_WINDOW)
			virtio_fixup_window_read_fields(&view, source, offset, buf, run);
	}
}

static void check_read(unsigned int offset, unsigned int count)
{
	static u8 buf[VIRTIO_FIXUP_CONFIG_MAX];

	memset(buf, 0xee, count);
	access_view(offset, buf, count, false);
	unit_check_bytes(__FILE__, __LINE__, "read", buf, model_value + offset, count);
}

static void model_write(unsigned int offset, const u8 *buf, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (model_owner[offset + i] != MODEL_FIXED)
			model_value[offset + i] = buf[i];
}

static void check_write(struct unit_random *random, unsigned int offset, unsigned int count)
{
	static u8 buf[VIRTIO_FIXUP_CONFIG_MAX];
	unsigned int i;

	for (i = 0; i < count; i++)
		buf[i] = (u8)unit_next(random);
	model_write(offset, buf, count);
	access_view(offset, buf, count, true);
	check_read(0, view.size);
}

/* Where each layout has its window, and where it has room for the description. */
static const struct { u8 window, description; } places[COUNT(known_layouts)] = {
	{ 0xc8, 0xe8 }, { 0x84, 0xa4 }, { 0x84, 0xa4 }, { 0x84, 0xbc },
};

typedef void (*layout_check_fn)(const struct config_space *c);

static void for_every_layout_and_view(layout_check_fn check)
{
	struct config_space c;
	unsigned int i, j;

	for (i = 0; i < COUNT(known_layouts); i++) {
		for (j = 0; j < COUNT(views); j++) {
			known_layouts[i].make(&c);
			make_view(&c, views[j]);
			make_model(&c, views[j], places[i].window, places[i].description);
			CHECK_EQ(view.size, c.size);
			CHECK_EQ(view.description, places[i].description);
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

	for (offset = 0; offset < 0x108 && offset < c->size; offset++)
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

static void check_runs_are_longest(const struct config_space *c)
{
	unsigned int offset, run;
	u8 source;

	for (offset = 0; offset < c->size; offset++) {
		run = virtio_fixup_config_run(&view, offset, c->size - offset, &source);
		CHECK_EQ(source, view.source[offset]);
		CHECK(offset + run == c->size || view.source[offset + run] != source);
	}
}

TEST(runs_are_as_long_as_they_can_be)
{
	for_every_layout_and_view(check_runs_are_longest);
}

TEST(a_gap_reads_zero_whatever_the_hardware_has_there)
{
	struct config_space c;
	u8 byte = 0xff;

	config_qemu_root_bus(&c);
	CHECK(c.bytes[0xf0] != 0);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	access_view(0xf0, &byte, 1, false);
	CHECK_EQ(byte, 0);
}

TEST(the_image_is_the_cores_copy_not_the_hardware)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	c.bytes[0x41] = 0x60;	/* the core took a capability out of the list */
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.source[0x41], VIRTIO_FIXUP_IMAGE);
	CHECK_EQ(view.image[0x41], 0x60);
}

TEST(what_the_function_left_in_its_window_is_not_the_users)
{
	struct config_space c;
	u8 buf[16];
	static const u8 zeroes[16];

	config_qemu_root_bus(&c);
	memset(c.bytes + 0x84 + 4, 0xaa, 16);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	access_view(0x88, buf, 16, false);
	CHECK_BYTES(buf, zeroes, sizeof(buf));
}

TEST(an_extended_capability_is_live_also_where_its_id_is_nine)
{
	struct config_space c;

	config_qemu_root_port(&c);
	memset(c.map + 0x200, 0x09, 0x10);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.source[0x200], VIRTIO_FIXUP_LIVE);
	CHECK_EQ(view.source[0x210], VIRTIO_FIXUP_IMAGE);
	CHECK_EQ(view.image[0x210], 0);
}

TEST(bytes_that_the_core_made_virtual_stay_live)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	memset(c.map + 0xe0, 0xfe, 8);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.source[0xe0], VIRTIO_FIXUP_LIVE);
	CHECK_EQ(view.source[0xe7], VIRTIO_FIXUP_LIVE);
}

TEST(the_description_links_to_the_list_as_it_was)
{
	struct config_space c;
	unsigned int pos, nr = 0;
	u8 list[256];

	config_qemu_root_port(&c);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	memcpy(live, c.bytes, sizeof(live));
	access_view(0, list, sizeof(list), false);
	CHECK_EQ(list[0x34], 0xe8);
	CHECK_EQ(list[0xe9], c.bytes[0x34]);
	for (pos = list[0xe9]; pos; pos = list[pos + 1], nr++)
		CHECK_EQ(list[pos], c.bytes[pos]);
	CHECK_EQ(nr, 8);
}

/* Capability bytes up to @pos, so that the only room begins there. */
static unsigned int description_with_room_from(unsigned int pos, unsigned int size)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	memset(c.map + 0xa4, 0x05, pos - 0xa4);
	c.size = size;
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	if (!view.description) {
		CHECK_EQ(view.source[0x34], VIRTIO_FIXUP_LIVE);
		CHECK(!memchr(view.image + 0xa4, 'v', 256 - 0xa4));
	}
	return view.description;
}

TEST(the_description_takes_the_lowest_aligned_hole_that_is_large_enough)
{
	CHECK_EQ(description_with_room_from(0xa4, 256), 0xa4);
	CHECK_EQ(description_with_room_from(0xa5, 256), 0xa8);
	CHECK_EQ(description_with_room_from(0xe5, 256), 0xe8);
	CHECK_EQ(description_with_room_from(0xe8, 256), 0xe8);
}

TEST(without_room_there_is_no_description_and_the_list_is_as_it_was)
{
	CHECK_EQ(description_with_room_from(0xe9, 256), 0);
	CHECK_EQ(description_with_room_from(0xec, 256), 0);
	CHECK_EQ(description_with_room_from(0xff, 256), 0);
	CHECK_EQ(description_with_room_from(0xa4, 0xa4 + 24), 0xa4);
	CHECK_EQ(description_with_room_from(0xa4, 0xa4 + 23), 0);
}

TEST(a_hole_with_one_byte_taken_is_no_hole)
{
	struct config_space c;
	unsigned int taken;

	for (taken = 0xa4; taken < 0xbc; taken++) {
		config_qemu_root_bus(&c);
		c.map[taken] = 0x05;
		make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
		CHECK_EQ(view.description, (taken & ~3u) + 4);
	}
}

TEST(the_description_never_lies_in_extended_config_space)
{
	struct config_space c;

	config_qemu_root_port(&c);
	memset(c.map + 0xe8, 0x05, 0x18);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.description, 0);
}

TEST(the_description_never_lies_under_a_window)
{
	struct config_space c;
	unsigned int i;

	config_qemu_root_bus(&c);
	/* The core saw no capability where probe found a window, nor behind it. */
	memset(c.map + 0x84, VIRTIO_FIXUP_MAP_GAP, 256 - 0x84);
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.description, 0x98);
	for (i = 0; i < 24; i++)
		CHECK_EQ(view.source[view.description + i], VIRTIO_FIXUP_IMAGE);
}

TEST(without_a_list_there_is_no_description)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	c.bytes[0x06] &= 0xef;
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.description, 0);
	CHECK_EQ(view.source[0x34], VIRTIO_FIXUP_LIVE);
}

TEST(a_list_of_the_description_alone_ends_there)
{
	struct config_space c;

	config_begin(&c, 256);
	c.bytes[0x06] = 0x10;
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.description, 0x40);
	CHECK_EQ(view.image[0x41], 0);
}

TEST(a_size_beyond_pcie_is_cut)
{
	struct config_space c;

	config_qemu_root_port(&c);
	c.size = 5000;
	make_view(&c, VIRTIO_FIXUP_VIEW_PLATFORM);
	CHECK_EQ(view.size, 4096);
}
