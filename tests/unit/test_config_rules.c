// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which bytes of each capability are not the image, one letter a byte:
 *
 *   .  the image       K  the same, but written bytes are kept
 *   L  live            C  command: live, but for mild writes
 *   W  a window into the BARs
 *
 * Every test compares all bytes of configuration space, so that a rule is also
 * seen where it should not be.
 */
#include "config_model.h"
#include "unit.h"

static struct vfx_config_view view;
static char expected[VFX_CONFIG_MAX];

static bool has_rule(const struct capability_letters *of, size_t count, unsigned int id)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (of[i].id == id)
			return true;
	return false;
}

static void begin(struct config_space *c, unsigned int size)
{
	config_begin(c, size);
	memset(expected, '.', sizeof(expected));
	memcpy(expected, header_letters, 0x40);
}

static void expect(unsigned int pos, const char *letters, size_t len)
{
	memcpy(expected + pos, letters, len);
}

static void check_space(const struct config_space *c)
{
	unsigned int pos;
	char letter;
	u8 source;

	config_show(c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	CHECK_EQ(view.size, c->size);
	for (pos = 0; pos < view.size; pos++) {
		vfx_config_run(&view, pos, 1, true, &source);
		letter = source < VFX_SOURCE_WINDOW ? ".KLC"[source] : 'W';
		CHECK_IN(letter == expected[pos], "byte 0x%x is %c, not %c", pos, letter,
			 expected[pos]);
	}
}

/* Its ID of @len bytes at @pos, and nothing in it that virtio could mean. */
static void add(struct config_space *c, unsigned int pos, u8 id, size_t len)
{
	u8 *cap = config_capability(c, (u8)pos, id, (u8)len);

	cap[2] = 0;
	cap[3] = 0;
}

TEST(of_the_header_these_bytes_are_not_the_image)
{
	struct config_space c;

	begin(&c, 256);
	check_space(&c);
	begin(&c, 4096);
	check_space(&c);
}

/* Also wherever it lies, and where the core knows less of it than there could be. */
static void check_standard(u8 id, const char *letters, unsigned int size)
{
	size_t len, whole = strlen(letters);
	const unsigned int positions[] = { 0x40, 0x74, (256 - (unsigned int)whole) & ~3u };
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(positions); i++) {
		for (len = 1; len <= whole; len++) {
			begin(&c, size);
			add(&c, positions[i], id, whole);
			memset(c.map + positions[i] + len, VFX_MAP_GAP, whole - len);
			expect(positions[i], letters, len);
			check_space(&c);
		}
	}
}

TEST(of_a_capability_these_bytes_are_live_as_far_as_the_core_knows_it)
{
	unsigned int i;

	for (i = 0; i < STANDARD_LETTERS; i++) {
		check_standard((u8)standard_letters[i].id, standard_letters[i].letters, 256);
		check_standard((u8)standard_letters[i].id, standard_letters[i].letters, 4096);
	}
}

static void check_extended(u16 id, const char *letters)
{
	size_t len, whole = strlen(letters);
	const unsigned int positions[] = { 0x100, 0x2a4, (4096 - (unsigned int)whole) & ~3u };
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(positions); i++) {
		for (len = 1; len <= whole; len++) {
			begin(&c, 4096);
			if (i)
				config_extended(&c, 0x100, 0x03, 12);
			config_extended(&c, (u16)positions[i], id, (u16)whole);
			memset(c.map + positions[i] + len, VFX_MAP_GAP, whole - len);
			expect(positions[i], letters, len);
			check_space(&c);
		}
	}
}

TEST(of_an_extended_capability_these_bytes_are_live_as_far_as_the_core_knows_it)
{
	unsigned int i;

	for (i = 0; i < EXTENDED_LETTERS; i++)
		check_extended(extended_letters[i].id, extended_letters[i].letters);
}

/* Among them the vendor-specific ones, and the extended lists' IDs: they are others. */
TEST(all_other_capabilities_are_the_image)
{
	struct config_space c;
	unsigned int id;

	for (id = 0; id < 0x100; id++) {
		if (has_rule(standard_letters, STANDARD_LETTERS, id))
			continue;
		begin(&c, 256);
		add(&c, 0x40, (u8)id, 0xc0);
		check_space(&c);
		CHECK_EQ(view.image[0x80], id == VFX_MAP_GAP ? 0 : c.bytes[0x80]);
	}
}

/* The map has but the low byte of an ID: it must not be mistaken for the whole. */
TEST(all_other_extended_capabilities_are_the_image)
{
	static const u16 named[] = { 0x03, 0x0b, 0x0f, 0x23 };	/* DSN, vendor's, ATS, DVSEC */
	struct config_space c;
	unsigned int id, i;

	for (i = 0; i < COUNT(named); i++)
		CHECK(!has_rule(extended_letters, EXTENDED_LETTERS, named[i]));
	for (id = 0; id < 0x300; id++) {
		if (has_rule(extended_letters, EXTENDED_LETTERS, id))
			continue;
		begin(&c, 4096);
		config_extended(&c, 0x100, (u16)id, 0x80);
		check_space(&c);
		CHECK_EQ(view.image[0x144],
			 (u8)id == VFX_MAP_GAP ? 0 : c.bytes[0x144]);
	}
}

TEST(every_capability_of_a_list_has_its_rules)
{
	struct config_space c;
	unsigned int i, pos = 0x40;

	begin(&c, 4096);
	for (i = 0; i < STANDARD_LETTERS; i++) {
		size_t len = strlen(standard_letters[i].letters);

		if (i && standard_letters[i].id == standard_letters[i - 1].id)
			continue;
		add(&c, pos, (u8)standard_letters[i].id, len);
		expect(pos, standard_letters[i].letters, len);
		pos += ((unsigned int)len + 3) & ~3u;
	}
	config_extended(&c, 0x100, 0x04, 16);
	config_extended(&c, 0x110, 0x0b, 0x30);
	config_extended(&c, 0x140, 0x01, 44);
	expect(0x100, extended_letters[2].letters, 16);
	expect(0x140, extended_letters[0].letters, 44);
	check_space(&c);
}

TEST(a_row_ends_at_the_first_byte_that_is_anothers)
{
	struct config_space c;

	begin(&c, 4096);
	add(&c, 0x40, 0x05, 24);
	c.map[0x4a] = 0x0b;
	expect(0x40, "..LLLLLLLL", 10);
	config_extended(&c, 0x100, 0x01, 44);
	c.map[0x10a] = 0x0b;
	expect(0x100, "....LLLLLL", 10);
	check_space(&c);
}

TEST(abutting_capabilities_of_one_type_keep_their_own_rows)
{
	struct config_space c;

	begin(&c, 4096);
	add(&c, 0x40, 0x01, 8);
	add(&c, 0x48, 0x01, 8);
	add(&c, 0x50, 0x11, 12);
	add(&c, 0x5c, 0x11, 12);
	expect(0x40, "....LLLL....LLLL..LL..........LL........", 40);
	check_space(&c);
}

/* The map cannot tell where the next begins, so the core says what its header is. */
TEST(a_row_to_the_end_goes_on_over_an_abutting_capability_of_its_type)
{
	struct config_space c;

	begin(&c, 4096);
	add(&c, 0x40, 0x05, 12);
	add(&c, 0x4c, 0x05, 12);
	expect(0x40, "..LLLLLLLLLLLLLLLLLLLLLL", 24);
	config_extended(&c, 0x100, 0x04, 16);
	config_extended(&c, 0x110, 0x04, 16);
	expect(0x100, "....LLLLLLLLLLLLLLLLLLLLLLLLLLLL", 32);
	check_space(&c);
}

TEST(a_row_does_not_go_on_behind_a_hole)
{
	struct config_space c;

	begin(&c, 4096);
	add(&c, 0x40, 0x10, 20);
	add(&c, 0x68, 0x10, 20);
	expect(0x40, "........LLLL........", 20);
	expect(0x68, "........LLLL........", 20);
	check_space(&c);
}

TEST(a_row_of_the_standard_space_ends_with_it)
{
	struct config_space c;

	begin(&c, 4096);
	add(&c, 0xe8, 0x05, 24);
	config_extended(&c, 0x100, 0x05, 4);
	expect(0xe8, "..LLLLLLLLLLLLLLLLLLLLLL", 24);
	check_space(&c);
}

TEST(a_window_is_before_any_row)
{
	struct config_space c;

	begin(&c, 256);
	add(&c, 0x40, 0x05, 24);
	config_virtio(&c, 0x48, PCI_CFG, 20, 0, 0, 0);
	memset(c.map + 0x48, 0x05, 20);	/* all of it, says the core */
	expect(0x40, "..LLLLLLLLLLWWWWWWWWWWWWWWWW", 28);
	check_space(&c);
}

/* Another name means another line of the table, also where two lines abut. */
TEST(every_line_of_the_table_has_a_name_of_its_own_and_says_why)
{
	const struct vfx_config_rule *seen[32], *rule;
	unsigned int i, j, pos, nr = 0;
	struct config_space c;

	begin(&c, 4096);
	config_virtio(&c, 0x40, PCI_CFG, 20, 0, 0, 0);
	add(&c, 0x60, 0x10, 60);
	for (i = 0; i < 5; i++)
		add(&c, 0x9c + 8 * i, (const u8[]){ 0x01, 0x03, 0x05, 0x07, 0x11 }[i], 8);
	add(&c, 0xc4, 0x13, 6);
	config_extended(&c, 0x100, 0x01, 44);
	config_extended(&c, 0x140, 0x04, 16);
	config_show(&c, VIRTIO_FIXUP_VIEW_PLATFORM, &view);
	for (pos = 0; pos < view.size; pos++) {
		rule = vfx_config_rule(&view, pos);
		for (i = 0; i < nr && seen[i] != rule; i++)
			;
		CHECK(i < COUNT(seen));
		seen[i] = rule;
		nr += i == nr;
	}
	CHECK_EQ(nr, 20);
	for (i = 0; i < nr; i++) {
		CHECK(seen[i]->name && *seen[i]->name && seen[i]->why && *seen[i]->why);
		for (j = 0; j < i; j++)
			CHECK_IN(strcmp(seen[i]->name, seen[j]->name), "%s", seen[i]->name);
	}
	CHECK(!strcmp(vfx_config_rule(&view, 0x00)->name, "constant"));
	CHECK(!strcmp(vfx_config_rule(&view, 0xfe)->name, "no capability"));
	CHECK(!strcmp(vfx_config_rule(&view, 0x34)->name, "description"));
	CHECK(!strcmp(vfx_config_rule(&view, view.description)->name, "description"));
	CHECK(!strcmp(vfx_config_rule(&view, 0x44)->name, "configuration access"));
}
