// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walks along the capability lists, for the rules of each: lists that loop,
 * point elsewhere or do not agree with the core's map. A capability on its way
 * is MSI, or advanced error reporting, whose rules are seen at once.
 */
#include "config_model.h"
#include "unit.h"

static struct vfx_config_view view;

#define MSI_LEN		10
#define ERR_LEN		44

/* Whether MSI's rule, or that of error reporting, is applied to what is at @pos. */
static bool is_reached(unsigned int pos)
{
	unsigned int header = pos < 0x100 ? 2 : 4;
	unsigned int end = pos < 0x100 ? MSI_LEN : ERR_LEN;
	unsigned int i;
	u8 first, source;

	vfx_config_run(&view, pos + header, 1, false, &first);
	for (i = 0; i < end; i++) {
		vfx_config_run(&view, pos + i, 1, false, &source);
		CHECK_EQ(source, i < header ? (u8)VFX_SOURCE_IMAGE : first);
	}
	return first == VFX_SOURCE_LIVE;
}

static void show(const struct config_space *c)
{
	config_show(c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
}

/* A list of three: MSI at 0x40, 0x80 and 0xc0. */
static void make_standard(struct config_space *c, unsigned int size)
{
	unsigned int pos;

	config_begin(c, size);
	for (pos = 0x40; pos <= 0xc0; pos += 0x40)
		config_capability(c, (u8)pos, 0x05, MSI_LEN);
}

/* And of three extended ones: at 0x100, 0x400 and 0x800. */
static void make_extended(struct config_space *c)
{
	make_standard(c, 4096);
	config_extended(c, 0x100, 0x01, ERR_LEN);
	config_extended(c, 0x400, 0x01, ERR_LEN);
	config_extended(c, 0x800, 0x01, ERR_LEN);
}

static void set_next(struct config_space *c, unsigned int pos, unsigned int next)
{
	vfx_put(c->bytes + pos + 2, 1 | next << 4, 2);
}

TEST(every_capability_of_both_lists_is_reached)
{
	struct config_space c;
	unsigned int pos;

	make_extended(&c);
	show(&c);
	for (pos = 0x40; pos <= 0xc0; pos += 0x40)
		CHECK(is_reached(pos));
	CHECK(is_reached(0x100));
	CHECK(is_reached(0x400));
	CHECK(is_reached(0x800));
}

TEST(what_no_list_names_is_not_reached)
{
	struct config_space c;

	make_extended(&c);
	c.bytes[0x41] = 0xc0;
	set_next(&c, 0x100, 0x800);
	show(&c);
	CHECK(is_reached(0x40) && !is_reached(0x80) && is_reached(0xc0));
	CHECK(is_reached(0x100) && !is_reached(0x400) && is_reached(0x800));
}

TEST(without_the_status_bit_there_is_no_standard_list)
{
	struct config_space c;
	unsigned int pos;

	make_extended(&c);
	c.bytes[0x06] = 0xef;
	show(&c);
	for (pos = 0x40; pos <= 0xc0; pos += 0x40)
		CHECK(!is_reached(pos));
	CHECK(is_reached(0x100));
}

TEST(reserved_low_bits_of_pointers_are_ignored)
{
	struct config_space c;
	unsigned int bits;

	for (bits = 0; bits < 4; bits++) {
		make_extended(&c);
		c.bytes[0x34] |= bits;
		c.bytes[0x41] |= bits;
		set_next(&c, 0x100, 0x400 | bits);
		show(&c);
		CHECK(is_reached(0x40) && is_reached(0x80) && is_reached(0xc0));
		CHECK(is_reached(0x100) && is_reached(0x400) && is_reached(0x800));
	}
}

TEST(a_list_that_loops_ends)
{
	static const u8 to[] = { 0x40, 0x80, 0xc0 };
	static const u16 to_extended[] = { 0x100, 0x400, 0x800 };
	struct config_space c;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		make_extended(&c);
		c.bytes[0xc1] = to[i];
		set_next(&c, 0x800, to_extended[i]);
		show(&c);
		CHECK(is_reached(0x40) && is_reached(0x80) && is_reached(0xc0));
		CHECK(is_reached(0x100) && is_reached(0x400) && is_reached(0x800));
	}
}

TEST(a_standard_list_ends_where_it_points_into_the_header)
{
	struct config_space c;
	unsigned int next;

	for (next = 0; next < 0x40; next++) {
		make_standard(&c, 256);
		c.bytes[0x41] = (u8)next;
		/* As if the header were one, that goes on. */
		c.bytes[next & ~3u] = 0x00;
		c.bytes[(next & ~3u) + 1] = 0x80;
		c.bytes[0x06] = 0x10;
		c.bytes[0x34] = 0x40;
		show(&c);
		CHECK_IN(is_reached(0x40) && !is_reached(0x80), "next is 0x%x", next);
	}
}

/* Power management has the ID of error reporting, which must not lend it its rules. */
TEST(an_extended_list_ends_where_it_points_into_standard_space)
{
	struct config_space c;
	unsigned int next, i;

	for (next = 0; next < 0x100; next += 4) {
		make_extended(&c);
		set_next(&c, 0x100, next);
		c.bytes[0x06] = 0;
		for (i = 0; next >= 0x40 && i < 16 && next + i < 0x100; i++)
			c.map[next + i] = 0x01;
		if (next >= 0x40)
			vfx_put(c.bytes + next, 0x40010001, 4);	/* to 0x400 */
		show(&c);
		CHECK_IN(is_reached(0x100) && !is_reached(0x400), "next is 0x%x", next);
		for (i = 0x40; i < 0x100; i++)
			CHECK_EQ(vfx_config_rule(&view, i)->source, VFX_SOURCE_IMAGE);
	}
}

TEST(a_list_ends_where_it_points_beyond_the_space)
{
	struct config_space c;

	make_extended(&c);
	c.size = 0x500;		/* 0x800 lies outside */
	show(&c);
	CHECK(is_reached(0x400));
	make_standard(&c, 0x90);	/* 0xc0 lies outside */
	show(&c);
	CHECK(is_reached(0x40) && is_reached(0x80));
	make_extended(&c);
	set_next(&c, 0x100, 0xffc);
	show(&c);
	CHECK(is_reached(0x100) && !is_reached(0x400));
}

TEST(the_last_dword_can_be_a_capability)
{
	struct config_space c;

	make_extended(&c);
	config_capability(&c, 0xf8, 0x05, 8);
	config_extended(&c, 0xff8, 0x01, 8);
	config_extended(&c, 0xffc, 0x04, 4);
	show(&c);
	CHECK_EQ(vfx_config_rule(&view, 0xfa)->source, VFX_SOURCE_LIVE);
	CHECK_EQ(vfx_config_rule(&view, 0xff)->source, VFX_SOURCE_LIVE);
	CHECK_EQ(vfx_config_rule(&view, 0xffb)->source, VFX_SOURCE_IMAGE);
	CHECK_EQ(vfx_config_rule(&view, 0xffc)->source, VFX_SOURCE_IMAGE);
	config_begin(&c, 0x200);
	config_extended(&c, 0x100, 0x01, ERR_LEN);
	config_extended(&c, 0x1fc, 0x04, 4);
	show(&c);
	CHECK(is_reached(0x100));
	/* Less than a header is left. */
	c.size = 0x1fe;
	show(&c);
	CHECK(is_reached(0x100));
}

/* No space has such a size, but the walk must not leave one that has. */
TEST(an_extended_capability_needs_its_header_only)
{
	struct config_space c;

	config_begin(&c, 4096);
	config_extended(&c, 0x100, 0x01, ERR_LEN);
	c.size = 0x105;
	show(&c);
	CHECK_EQ(vfx_config_rule(&view, 0x104)->source, VFX_SOURCE_LIVE);
	c.size = 0x104;
	show(&c);
	CHECK_EQ(vfx_config_rule(&view, 0x103)->source, VFX_SOURCE_IMAGE);
}

TEST(without_extended_space_there_is_no_extended_list)
{
	struct config_space c;
	unsigned int pos;

	make_extended(&c);
	c.size = 256;
	show(&c);
	CHECK_EQ(view.size, 256);
	CHECK(is_reached(0xc0));
	for (pos = 0x100; pos < VFX_CONFIG_MAX; pos++)
		CHECK_EQ(view.rule[pos] | view.image[pos], 0);
}

TEST(a_capability_that_the_map_calls_otherwise_has_no_rules_and_the_list_goes_on)
{
	static const u8 others[] = { 0x09, VFX_MAP_GAP, 0xfe };
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(others); i++) {
		make_extended(&c);
		memset(c.map + 0x80, others[i], MSI_LEN);
		memset(c.map + 0x400, others[i], ERR_LEN);
		show(&c);
		CHECK(is_reached(0x40) && !is_reached(0x80));
		CHECK(is_reached(0x100) && !is_reached(0x400));
		/* Where its map has a gap the core's copy may be garbage: it ends there. */
		CHECK(is_reached(0xc0) == (others[i] != VFX_MAP_GAP));
		CHECK(is_reached(0x800) == (others[i] != VFX_MAP_GAP));
	}
}

/* What the core hides there keeps its place in the map, but has no ID any more. */
TEST(a_hidden_first_extended_capability_has_no_rules_and_the_list_goes_on)
{
	struct config_space c;

	make_extended(&c);
	vfx_put(c.bytes + 0x100, 0x40000000, 4);
	show(&c);
	CHECK(!is_reached(0x100) && is_reached(0x400) && is_reached(0x800));
}

/* Of all dwords there are, backwards: the last is reached only by a whole walk. */
TEST(the_longest_lists_are_walked_to_their_ends)
{
	struct config_space c;
	unsigned int pos;

	config_begin(&c, 4096);
	for (pos = 0xfc; pos >= 0x50; pos -= 4)
		config_capability(&c, (u8)pos, 0x09, 4)[2] = 4;
	config_capability(&c, 0x40, 0x05, MSI_LEN);
	config_extended(&c, 0x100, 0x03, 4);
	for (pos = 0xffc; pos >= 0x130; pos -= 4)
		config_extended(&c, (u16)pos, 0x03, 4);
	config_extended(&c, 0x104, 0x01, ERR_LEN);
	show(&c);
	CHECK(is_reached(0x40));
	CHECK(is_reached(0x104));
}

/* Lists go anywhere, and capabilities are of few types, so that they meet. */
static void make_hostile(struct config_space *c, struct unit_random *random)
{
	static const u8 ids[] = { 0x01, 0x03, 0x04, 0x05, 0x07, 0x09, 0x10, 0x11, 0x13, 0xff };
	unsigned int pos, len;

	config_begin(c, unit_below(random, 2) ? 256 : 4096);
	for (pos = 0; pos < c->size; pos++)
		c->bytes[pos] = (u8)unit_next(random);
	for (pos = 0x40; pos < c->size; pos += len) {
		len = 4 * (1 + (unsigned int)unit_below(random, 15));
		len = len < c->size - pos ? len : c->size - pos;
		c->bytes[pos] = ids[unit_below(random, COUNT(ids))];
		if (pos >= 0x100)
			c->bytes[pos + 1] = 0;	/* the high byte of its ID */
		memset(c->map + pos, c->bytes[pos], len);
	}
	c->bytes[0x06] |= 0x10;
}

/* What holds of every space: only what could have a rule is not the image. */
static void check_hostile(const struct config_space *c)
{
	const struct vfx_config_rule *rule;
	unsigned int pos;

	for (pos = 0x40; pos < c->size; pos++) {
		rule = vfx_config_rule(&view, pos);
		CHECK_IN(rule->source != VFX_SOURCE_COMMAND, "byte 0x%x", pos);
		if (rule->source == VFX_SOURCE_WINDOW)
			CHECK_IN(pos < 0x100, "byte 0x%x", pos);
		if (rule->source != VFX_SOURCE_LIVE)
			continue;
		CHECK_IN(c->map[pos] != 0x09 && c->map[pos] != VFX_MAP_GAP,
			 "byte 0x%x", pos);
		CHECK_IN(pos >= 0x100 || c->map[pos] != 0x04, "byte 0x%x", pos);
	}
	for (pos = 0; pos < 0x40; pos++)
		CHECK_EQ(vfx_config_rule(&view, pos)->source == VFX_SOURCE_COMMAND,
			 pos == 4 || pos == 5);
}

/* And which of them do, in one read of everything. */
static void check_model(const struct config_space *c)
{
	static struct config_model model;
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_CONDITIONAL,
		.basis = VIRTIO_FIXUP_BASIS_DECLARED,
		.view = VIRTIO_FIXUP_VIEW_PLATFORM,
		.ability = VIRTIO_FIXUP_ABILITY_YES,
		.state = VIRTIO_FIXUP_STATE_TRANSLATED,
	};
	struct vfx_layout layout;

	config_parse(c, &layout);
	config_model_view(&model, &layout, &decision, 0, c->bytes, c->map, c->size);
	CHECK_EQ(view.description, model.description);
	check_config_read(&model, &view, 0, model.size);
}

TEST(hostile_config_spaces_are_survived)
{
	struct unit_random random = unit_seed();
	struct config_space c;
	unsigned int round;

	for (round = 0; round < 20000; round++) {
		make_hostile(&c, &random);
		show(&c);
		check_hostile(&c);
		check_model(&c);
	}
}
