// SPDX-License-Identifier: GPL-2.0-only
/*
 * The description capability: where a view puts it, and reading it back, as a
 * guest does, from the view that shows it and from config spaces that only
 * pretend.
 */
#include "config_model.h"
#include "unit.h"

static struct vfx_config_view view;

/* Standard configuration space as a user of the view reads it. */
static void user_reads(const struct config_space *c, u8 bytes[VFX_CONFIG_SIZE])
{
	unsigned int pos;

	for (pos = 0; pos < VFX_CONFIG_SIZE; pos++)
		bytes[pos] = vfx_config_rule(&view, pos)->source == VFX_SOURCE_IMAGE ?
			     view.image[pos] : c->bytes[pos];
}

/* On the heap, so that a read beyond the end is noticed. */
static u8 *config;

/* A list of one description at @pos, all as it should be. */
static void make_description(unsigned int pos)
{
	free(config);
	config = calloc(1, VFX_CONFIG_SIZE);
	CHECK(config);
	config[0x06] = 0x10;
	config[0x34] = (u8)pos;
	config[pos] = 0x09;
	config[pos + 2] = VIRTIO_FIXUP_DESCRIPTION_LEN;
	config[pos + 3] = 9;
	config[pos + 6] = VIRTIO_FIXUP_DESCRIPTION_VERSION;
	config[pos + 7] = VIRTIO_FIXUP_VERDICT_TRANSLATED;
	memcpy(config + pos + 8, "vfio-vfx", 8);
	config[pos + 16] = VIRTIO_FIXUP_BASIS_MEASURED;
}

static unsigned int find(void)
{
	struct virtio_fixup_description description;

	return vfx_find_description(config, &description);
}

TEST(the_description_is_laid_out_as_the_abi_says)
{
	CHECK_EQ(sizeof(struct virtio_fixup_description), 24);
	CHECK_EQ(offsetof(struct virtio_fixup_description, vendor_id), 4);
	CHECK_EQ(offsetof(struct virtio_fixup_description, version), 6);
	CHECK_EQ(offsetof(struct virtio_fixup_description, verdict), 7);
	CHECK_EQ(offsetof(struct virtio_fixup_description, signature), 8);
	CHECK_EQ(offsetof(struct virtio_fixup_description, basis), 16);
	CHECK_EQ(offsetof(struct virtio_fixup_description, view), 17);
	CHECK_EQ(offsetof(struct virtio_fixup_description, ability), 18);
	CHECK_EQ(offsetof(struct virtio_fixup_description, state), 19);
	CHECK_EQ(offsetof(struct virtio_fixup_description, reserved), 20);
}

TEST(what_a_view_shows_is_found_in_it)
{
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_BYPASS, .basis = VIRTIO_FIXUP_BASIS_PROTOCOL,
		.admitted = true, .view = VIRTIO_FIXUP_VIEW_RAW,
		.ability = VIRTIO_FIXUP_ABILITY_NO, .state = VIRTIO_FIXUP_STATE_BYPASS,
	};
	struct virtio_fixup_description d;
	struct vfx_layout layout;
	struct config_space c;
	u8 list[256];
	unsigned int i;

	for (i = 0; i < COUNT(known_layouts); i++) {
		known_layouts[i].make(&c);
		config_parse(&c, &layout);
		vfx_config_view_init(&view, &layout, &decision, 0, c.bytes, c.map, c.size);
		memset(&d, 0, sizeof(d));
		CHECK_EQ(vfx_find_description(c.bytes, &d), 0);
		user_reads(&c, list);
		CHECK_EQ(vfx_find_description(list, &d), view.description);
		CHECK_EQ(d.verdict, VIRTIO_FIXUP_VERDICT_BYPASS);
		CHECK_EQ(d.basis, VIRTIO_FIXUP_BASIS_PROTOCOL);
		CHECK_EQ(d.view, VIRTIO_FIXUP_VIEW_RAW);
		CHECK_EQ(d.ability, VIRTIO_FIXUP_ABILITY_NO);
		CHECK_EQ(d.state, VIRTIO_FIXUP_STATE_BYPASS);
		CHECK_EQ(d.version, 1);
		CHECK_EQ(d.cap_len, 24);
		CHECK_EQ(d.cfg_type, 9);
		CHECK(!memcmp(&d.vendor_id, "\xff\xff", 2));
		CHECK(!memcmp(d.reserved, "\0\0\0\0", 4));
	}
}

TEST(the_description_links_to_the_list_as_it_was)
{
	struct config_space c;
	unsigned int pos, nr = 0;
	u8 list[256];

	config_qemu_root_port(&c);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	user_reads(&c, list);
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
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	if (!view.description) {
		CHECK_EQ(view.image[0x34], c.bytes[0x34]);
		CHECK(!memmem(view.image, 256, "vfio-vfx", 8));
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
		config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
		CHECK_EQ(view.description, (taken & ~3u) + 4);
	}
}

TEST(the_description_never_lies_in_extended_config_space)
{
	struct config_space c;

	config_qemu_root_port(&c);
	memset(c.map + 0xe8, 0x05, 0x18);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.description, 0);
}

TEST(the_description_never_lies_under_a_window)
{
	struct config_space c;
	unsigned int i;

	config_qemu_root_bus(&c);
	/* The core saw no capability where probe found a window, nor behind it. */
	memset(c.map + 0x84, VFX_MAP_GAP, 256 - 0x84);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.description, 0x98);
	for (i = 0; i < 24; i++)
		CHECK_EQ(vfx_config_rule(&view, view.description + i)->source,
			 VFX_SOURCE_IMAGE);
}

/* A description of a layer below, which says more than is so here. */
static void add_old_description(struct config_space *c, u8 pos, u8 len)
{
	u8 *cap = config_capability(c, pos, 0x09, len);

	cap[2] = len;
	cap[3] = 9;
	cap[7] = VIRTIO_FIXUP_VERDICT_TRANSLATED;
	memcpy(cap + 8, "vfio-vfx", 8);
	cap[16] = VIRTIO_FIXUP_BASIS_MEASURED;
}

static void check_described(const struct config_space *c, unsigned int at)
{
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_BYPASS, .admitted = true,
		.view = VIRTIO_FIXUP_VIEW_RAW,
	};
	struct virtio_fixup_description d = { .verdict = VIRTIO_FIXUP_VERDICT_BYPASS };
	struct vfx_layout layout;
	struct config_model m;
	unsigned int pos;
	u8 list[256];

	config_parse(c, &layout);
	vfx_config_view_init(&view, &layout, &decision, 0, c->bytes, c->map, c->size);
	CHECK_EQ(view.description, at);
	user_reads(c, list);
	CHECK_EQ(vfx_find_description(list, &d), at);
	CHECK_EQ(d.verdict, VIRTIO_FIXUP_VERDICT_BYPASS);
	CHECK_EQ(!!memmem(list, sizeof(list), "vfio-vfx", 8), at != 0);
	config_model_view(&m, &layout, &decision, 0, c->bytes, c->map, c->size);
	CHECK_EQ(m.description, at);
	for (pos = 0; pos < VFX_CONFIG_SIZE; pos++)
		CHECK_IN(m.owner[pos] != MODEL_IMAGE || list[pos] == m.value[pos],
			 "byte 0x%x is 0x%02x, not 0x%02x", pos, list[pos], m.value[pos]);
}

TEST(the_description_replaces_those_of_layers_below)
{
	struct config_space c;
	u8 list[256], tail;

	/* Its place is the only room there is. */
	config_qemu_root_bus(&c);
	tail = c.tail;
	add_old_description(&c, 0xa4, 24);
	memset(c.map + 0xbc, 0x05, 256 - 0xbc);
	check_described(&c, 0xa4);
	user_reads(&c, list);
	CHECK_EQ(list[0x34], 0xa4);
	CHECK_EQ(list[0xa5], c.bytes[0x34]);
	CHECK_EQ(list[tail + 1], 0);

	/* Two of them, the second a longer one, and another capability behind. */
	config_qemu_root_bus(&c);
	add_old_description(&c, 0xa4, 24);
	add_old_description(&c, 0xbc, 32);
	config_capability(&c, 0xdc, 0x03, 8);
	memset(c.map + 0xe4, 0x05, 256 - 0xe4);
	check_described(&c, 0xa4);
	user_reads(&c, list);
	CHECK_EQ(list[tail + 1], 0xdc);
	CHECK_EQ(list[0xbc] | list[0xbe] | list[0xdb], 0);
}

TEST(of_a_description_below_only_its_own_bytes_go)
{
	struct config_space c;

	/* It says that it is longer: another capability's live bytes are in it. */
	config_qemu_root_bus(&c);
	add_old_description(&c, 0xa4, 24);
	c.bytes[0xa6] = 40;
	config_capability(&c, 0xbc, 0x05, 24);
	check_described(&c, 0xa4);
	CHECK_EQ(vfx_config_rule(&view, 0xbe)->source, VFX_SOURCE_LIVE);

	/* Or the end of standard configuration space is. */
	config_qemu_root_bus(&c);
	c.size = 4096;
	config_extended(&c, 0x100, 0x01, 0x2c);
	memset(c.map + 0xa4, 0x05, 256 - 0xa4);
	add_old_description(&c, 0xe8, 24);
	c.bytes[0xea] = 40;
	check_described(&c, 0xe8);
	CHECK_BYTES(view.image + 0x100, c.bytes + 0x100, 4);
}

TEST(a_description_below_that_stays_and_leads_to_itself_does_not_hold_us_up)
{
	struct virtio_fixup_description d;
	struct config_space c;
	u8 list[256];

	/* All of it is in the live bytes of MSI. */
	config_begin(&c, 256);
	config_capability(&c, 0x40, 0x05, 0x40);
	add_old_description(&c, 0x50, 24);
	memset(c.map + 0x40, 0x05, 0x40);
	c.bytes[0x51] = 0x50;
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.description, 0x80);
	user_reads(&c, list);
	CHECK_EQ(vfx_find_description(list, &d), 0x80);
}

TEST(the_description_replaces_one_that_is_alone_in_the_list)
{
	struct config_space c;
	u8 list[256];

	config_begin(&c, 256);
	add_old_description(&c, 0x80, 24);
	memset(c.map + 0x40, 0x05, 0x40);
	check_described(&c, 0x80);
	user_reads(&c, list);
	CHECK_EQ(list[0x81], 0);
}

TEST(without_a_list_there_is_no_description)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	c.bytes[0x06] &= 0xef;
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.description, 0);
	CHECK_EQ(view.image[0x34], c.bytes[0x34]);
}

TEST(a_list_of_the_description_alone_ends_there)
{
	struct config_space c;

	config_begin(&c, 256);
	c.bytes[0x06] = 0x10;
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.description, 0x40);
	CHECK_EQ(view.image[0x41], 0);
}

TEST(a_description_is_found_wherever_it_fits)
{
	unsigned int pos;

	for (pos = 0x40; pos <= 256 - 24; pos += 4) {
		make_description(pos);
		CHECK_EQ(find(), pos);
	}
}

TEST(a_description_is_found_behind_other_capabilities)
{
	make_description(0xa0);
	config[0x34] = 0x40;
	config[0x40] = 0x09;		/* a virtio capability */
	config[0x41] = 0x50 | 2;	/* with reserved bits set */
	config[0x42] = 16;
	config[0x43] = 1;
	config[0x50] = 0x11;
	config[0x51] = 0xf4;
	config[0xf4] = 0x09;		/* too near the end to be one */
	config[0xf5] = 0xa0;
	CHECK_EQ(find(), 0xa0);
}

TEST(a_later_and_longer_description_is_read_as_far_as_we_know_it)
{
	make_description(0x40);
	config[0x42] = 40;
	config[0x46] = 2;
	CHECK_EQ(find(), 0x40);
}

TEST(what_is_not_quite_a_description_is_none)
{
	static const u8 wrong[][2] = {
		{ 0, 0x05 }, { 2, 23 }, { 2, 0 }, { 3, 1 }, { 3, 0 },
		{ 8, 'V' }, { 11, 0 }, { 15, 'y' },
	};
	unsigned int i;

	for (i = 0; i < COUNT(wrong); i++) {
		make_description(0x40);
		config[0x40 + wrong[i][0]] = wrong[i][1];
		CHECK_IN(find() == 0, "byte %u", wrong[i][0]);
	}
	make_description(0x40);
	config[0x06] = 0;
	CHECK_EQ(find(), 0);
	make_description(0x40);
	config[0x34] = 0;
	CHECK_EQ(find(), 0);
}

TEST(a_list_that_loops_or_points_into_the_header_ends)
{
	unsigned int pos;

	make_description(0x80);
	config[0x34] = 0x40;
	config[0x41] = 0x40;
	CHECK_EQ(find(), 0);
	for (pos = 4; pos < 0x40; pos += 4) {
		config[0x41] = (u8)pos;
		config[pos + 1] = (u8)pos;
		CHECK_EQ(find(), 0);
	}
	config[0x41] = 0xfc;
	config[0xfd] = 0xfc;
	CHECK_EQ(find(), 0);
}

/* A chain of all dwords ends at the description only if it is walked to its end. */
TEST(the_longest_list_is_walked_to_its_end)
{
	unsigned int pos;

	make_description(0x40);
	config[0x34] = 0xfc;
	for (pos = 0xfc; pos > 0x54; pos -= 4)
		config[pos + 1] = (u8)(pos - 4);
	config[0x55] = 0x40;
	CHECK_EQ(find(), 0x40);
}

TEST(random_config_spaces_are_survived)
{
	struct unit_random random = unit_seed();
	unsigned int round, i, pos;

	for (round = 0; round < 200000; round++) {
		make_description(0x40 + 4 * (unsigned int)unit_below(&random, 43));
		for (i = 0; i < unit_below(&random, 200); i++)
			config[unit_below(&random, 256)] = (u8)unit_next(&random);
		config[0x06] |= 0x10;
		pos = find();
		CHECK(!pos || (pos >= 0x40 && pos <= 256 - 24));
	}
	free(config);
	config = NULL;
}
