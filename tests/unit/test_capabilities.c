// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which capability lists vfio_pci_core may be given. The judge is a walk as the
 * core makes it, over memory of just the size that the core has: it notes what
 * the core would do with bytes that are not its own, or are of two capabilities.
 */
#include "capabilities.h"
#include "config_space.h"
#include "unit.h"

#define MAP_NONE 0xff

/* What the core would have done wrong; "" for nothing. */
static const char *core_walk(const u8 *config, unsigned int size)
{
	static u8 map[VFX_CONFIG_MAX];
	unsigned int loops = (256 - 64) / 4, pos, length, i, ids[256] = { 0 };

	memset(map, MAP_NONE, sizeof(map));
	memset(map, 0, 64);
	for (pos = config[0x34]; config[6] & 0x10 && pos; pos = config[pos + 1]) {
		if (!loops--)
			return "it goes on for ever";
		if (pos == 0xff)
			return "the pointer of the last byte";
		length = vfx_capability_length(config, size, pos);
		for (i = pos; i < pos + length; i++) {
			if (i >= 256)
				return "beyond standard space";
			if (map[i] != MAP_NONE)
				return "over another one, or the header";
			map[i] = config[pos];
		}
		if (length && length < 3)
			return "its next pointer is not filled";
		if (length && ids[config[pos]]++ && strchr("\x01\x03\x05\x07\x10\x13", config[pos]))
			return "two of one table";
	}
	return "";
}

static enum vfx_list_fault check(const struct config_space *c, unsigned int *at)
{
	/* Just its size: ASan sees a read beyond. */
	u8 *copy = malloc(c->size);
	enum vfx_list_fault fault;

	CHECK(copy);
	memcpy(copy, c->bytes, c->size);
	fault = vfx_check_lists(copy, c->size, at);
	free(copy);
	return fault;
}

static void expect(const struct config_space *c, enum vfx_list_fault want,
		   unsigned int want_at)
{
	unsigned int at = 0;

	CHECK_EQ(check(c, &at), want);
	if (want)
		CHECK_EQ(at, want_at);
}

TEST(the_lists_that_hypervisors_write_are_sound)
{
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(known_layouts); i++) {
		known_layouts[i].make(&c);
		expect(&c, VFX_LIST_SOUND, 0);
	}
	config_begin(&c, 4096);
	expect(&c, VFX_LIST_SOUND, 0);
}

TEST(a_vendors_length_is_believed_by_the_core_and_not_here)
{
	struct config_space c;
	unsigned int pos, length;

	for (pos = 0x40; pos < 256; pos += 4) {
		for (length = 0; length < 256; length++) {
			config_begin(&c, 256);
			config_capability(&c, (u8)pos, 0x09, 0)[2] = (u8)length;
			expect(&c, length == 1 || length == 2 ? VFX_LIST_SHORT :
			       pos + length > 256 ? VFX_LIST_END :
			       VFX_LIST_SOUND, pos);
		}
	}
}

/* Two capabilities of any two kinds at any two places, with any pointer between. */
TEST(every_pair_of_capabilities_is_judged_as_the_cores_walk_is)
{
	static const u8 ids[] = { 0x00, 0x01, 0x02, 0x03, 0x05, 0x07, 0x08, 0x09, 0x10, 0x11,
				  0x12, 0x13, 0x15, 0xff };
	unsigned int one, two, first, second, sound = 0, faults = 0, at;
	struct config_space c;
	const char *wrong;

	for (one = 0; one < COUNT(ids); one++)
	for (two = 0; two < COUNT(ids); two++)
	for (first = 0x3d; first < 0x100; first += first < 0xf0 ? 7 : 1)
	for (second = 0x38; second < 0x100; second += second < 0xf0 ? 5 : 1) {
		memset(&c, 0, sizeof(c));
		c.size = 256;
		c.bytes[6] = 0x10;
		c.bytes[0x34] = (u8)first;
		c.bytes[first] = ids[one];
		c.bytes[second] = ids[two];
		c.bytes[first + 1] = (u8)second;
		if (second + 2 < 256 && second + 2 != first && second + 2 != first + 1)
			c.bytes[second + 2] = 9;
		wrong = core_walk(c.bytes, 256);
		if (check(&c, &at) == VFX_LIST_SOUND) {
			CHECK_IN(!*wrong, "0x%x at 0x%x, 0x%x at 0x%x: %s", ids[one], first,
				 ids[two], second, wrong);
			sound++;
		} else if (!*wrong) {
			bool odd = first % 4 || second % 4 || first < 0x40 || second < 0x40;

			/* Stricter only where a pointer is not what it should be. */
			CHECK_IN(odd || first == second, "0x%x at 0x%x, 0x%x at 0x%x", ids[one], first, ids[two], second);
		} else {
			faults++;
		}
	}
	CHECK(sound > 1000 && faults > 1000);
}

TEST(what_is_wrong_is_named_with_its_place)
{
	struct config_space c;

	config_begin(&c, 256);
	config_capability(&c, 0x40, 0x09, 16)[2] = 16;
	c.bytes[0x41] = 0x52;
	expect(&c, VFX_LIST_POINTER, 0x52);
	c.bytes[0x41] = 0x3c;
	expect(&c, VFX_LIST_POINTER, 0x3c);
	c.bytes[0x41] = 0x40;
	expect(&c, VFX_LIST_LOOP, 0x40);
	c.bytes[0x41] = 0;
	expect(&c, VFX_LIST_SOUND, 0);
	config_capability(&c, 0x4c, 0x11, 12);
	expect(&c, VFX_LIST_OVERLAP, 0x4c);

	/* Both of eight bytes, and of one table of eight. */
	config_begin(&c, 256);
	config_capability(&c, 0x40, 0x01, 8);
	config_capability(&c, 0x48, 0x01, 8);
	expect(&c, VFX_LIST_TWICE, 0x48);
}

TEST(an_extended_list_is_checked_as_far_as_there_is_one)
{
	struct config_space c;
	u8 *cap;

	/* AER ends at 0x12c. */
	config_qemu_root_port(&c);
	config_extended(&c, 0x12c, 0x0b, 8);
	vfx_put(c.bytes + 0x130, 8u << 20, 4);
	expect(&c, VFX_LIST_SOUND, 0);
	vfx_put(c.bytes + 0x130, 7u << 20, 4);
	expect(&c, VFX_LIST_SHORT, 0x12c);
	/* Hidden by the core: its header is all that counts. */
	vfx_put(c.bytes + 0x130, 0, 4);
	expect(&c, VFX_LIST_SOUND, 0);
	vfx_put(c.bytes + 0x130, 4095u << 20, 4);
	expect(&c, VFX_LIST_END, 0x12c);

	config_qemu_root_port(&c);
	config_extended(&c, 0x128, 0x03, 12);
	expect(&c, VFX_LIST_OVERLAP, 0x128);

	config_qemu_root_port(&c);
	config_extended(&c, 0xff8, 0x03, 0);
	expect(&c, VFX_LIST_END, 0xff8);

	config_qemu_root_port(&c);
	config_extended(&c, 0x200, 0x01, 0x2c);
	expect(&c, VFX_LIST_TWICE, 0x200);

	config_qemu_root_port(&c);
	cap = config_extended(&c, 0x200, 0x7777, 4);
	vfx_put(cap + 2, 1 | 0x100u << 4, 2);
	expect(&c, VFX_LIST_LOOP, 0x100);

	/* With 256 bytes there is none, and no header is "none". */
	config_qemu_root_bus(&c);
	expect(&c, VFX_LIST_SOUND, 0);
}

TEST(every_kind_of_capability_has_the_length_the_core_gives_it)
{
	static const struct { u8 id, byte2, byte3, byte4; unsigned int length; } kinds[] = {
		{ 0x01, 0, 0, 0, 8 }, { 0x02, 0, 0, 0, 12 }, { 0x03, 0, 0, 0, 8 },
		{ 0x05, 0, 0, 0, 10 }, { 0x05, 0x80, 0, 0, 14 }, { 0x05, 0, 1, 0, 20 },
		{ 0x05, 0x80, 1, 0, 24 }, { 0x07, 0, 0, 0, 8 }, { 0x07, 0, 0x10, 0, 24 },
		{ 0x08, 0, 0, 0, 28 }, { 0x08, 0, 0x20, 0, 24 }, { 0x09, 77, 0, 0, 77 },
		{ 0x10, 0x01, 0, 0, 20 }, { 0x10, 0x91, 0, 0, 12 }, { 0x10, 0x02, 0, 0, 0x34 },
		{ 0x10, 0x92, 0, 0, 0x2c }, { 0x11, 0, 0, 0, 12 }, { 0x12, 0, 0, 0, 8 },
		{ 0x12, 0, 0, 0x0f, 16 }, { 0x13, 0, 0, 0, 6 }, { 0x04, 0, 0, 0, 0 },
	};
	u8 config[256] = { 0 };
	unsigned int i;

	for (i = 0; i < COUNT(kinds); i++) {
		config[0x40] = kinds[i].id;
		config[0x42] = kinds[i].byte2;
		config[0x43] = kinds[i].byte3;
		config[0x44] = kinds[i].byte4;
		CHECK_IN(vfx_capability_length(config, 256, 0x40) == kinds[i].length,
			 "0x%x, row %u", kinds[i].id, i);
	}
}

/* The longest that each may be, at the end of all space: a byte more leaves it. */
TEST(every_kind_of_extended_capability_ends_where_its_length_says)
{
	static const struct { u16 id; u32 dword1, dword2; unsigned int length; } kinds[] = {
		{ 0x01, 0, 0, 0x2c }, { 0x02, 0, 0, 0x1c }, { 0x02, 7, 0, 0x70 },
		{ 0x02, 0, 2, 48 }, { 0x09, 0, 4, 64 }, { 0x08, 0, 8, 96 },
		{ 0x03, 0, 0, 12 }, { 0x04, 0, 0, 16 }, { 0x0b, 100u << 20, 0, 100 },
		{ 0x23, 64u << 20, 0, 64 }, { 0x0d, 0, 0, 8 }, { 0x0d, 0x20, 0, 40 },
		{ 0x0d, 0x2120, 0, 16 }, { 0x0e, 0, 0, 8 }, { 0x0f, 0, 0, 8 },
		{ 0x10, 0, 0, 0x40 }, { 0x12, 0, 0, 40 }, { 0x13, 0, 0, 16 },
		{ 0x15, 0, 2u << 5, 20 }, { 0x16, 31, 0, 48 }, { 0x17, 0, 0, 12 },
		{ 0x17, 0x200 | 3u << 16, 0, 20 }, { 0x18, 0, 0, 8 }, { 0x30, 0, 0, 4 },
	};
	struct config_space c;
	unsigned int i, at;

	for (i = 0; i < COUNT(kinds); i++) {
		unsigned int pos = (4096 - kinds[i].length) & ~3u;

		config_begin(&c, 4096);
		/* One that everybody hides comes first. */
		config_extended(&c, 0x100, 0x7777, 4);
		memset(c.bytes + 0x200, 0, 4096 - 0x200);
		config_extended(&c, (u16)pos, kinds[i].id, 0);
		if (pos + 8 <= 4096)
			vfx_put(c.bytes + pos + 4, kinds[i].dword1, 4);
		if (pos + 12 <= 4096)
			vfx_put(c.bytes + pos + 8, kinds[i].dword2, 4);
		CHECK_IN(check(&c, &at) == VFX_LIST_SOUND, "0x%x", kinds[i].id);
		if (kinds[i].length % 4 || pos + 8 >= 4096 || kinds[i].length < 8)
			continue;
		/* Moved by a dword. */
		memmove(c.bytes + pos + 4, c.bytes + pos, 4096 - pos - 4);
		vfx_put(c.bytes + 0x102, 1 | (pos + 4) << 4, 2);
		CHECK_IN(check(&c, &at) == VFX_LIST_END, "0x%x", kinds[i].id);
		CHECK_EQ(at, pos + 4);
	}
}

TEST(random_lists_that_are_sound_never_lead_the_core_astray)
{
	struct unit_random random = unit_seed();
	unsigned int round, i, at;
	struct config_space c;

	for (round = 0; round < 200000; round++) {
		memset(&c, 0, sizeof(c));
		c.size = 256;
		c.bytes[6] = 0x10;
		c.bytes[0x34] = (u8)(0x40 + 4 * unit_below(&random, 48));
		for (i = 0x40; i < 256; i += 4) {
			c.bytes[i] = (u8)unit_below(&random, 0x14);
			c.bytes[i + 1] = (u8)(4 * unit_below(&random, 64));
			c.bytes[i + 2] = (u8)unit_below(&random, 24);
		}
		if (check(&c, &at) == VFX_LIST_SOUND)
			CHECK_IN(!*core_walk(c.bytes, 256), "round %u", round);
	}
}

TEST(every_fault_has_words_of_its_own)
{
	unsigned int one, two;

	for (one = 0; one < VFX_LIST_FAULTS; one++)
		for (two = 0; two < one; two++)
			CHECK(strcmp(vfx_list_fault_text(one),
				     vfx_list_fault_text(two)));
	CHECK(!strcmp(vfx_list_fault_text(VFX_LIST_FAULTS), "?"));
}
