// SPDX-License-Identifier: GPL-2.0-only
/*
 * The capability parser, on lists that a hostile or broken device might show:
 * it declares nothing rather than something wrong.
 */
#include "config_space.h"
#include "unit.h"

static void check_declares(const struct vfx_layout *layout,
			   enum vfx_kind kind, u64 offset, u64 length)
{
	CHECK_EQ(layout->nr_structures, 1);
	CHECK_EQ(layout->structures[0].kind, kind);
	CHECK_EQ(layout->structures[0].offset, offset);
	CHECK_EQ(layout->structures[0].length, length);
}

static void check_declares_nothing(const struct vfx_layout *layout)
{
	CHECK_EQ(layout->nr_structures, 0);
	CHECK_EQ(layout->nr_windows, 0);
	CHECK(layout->common < 0);
}

static void check_malformed(const struct config_space *c)
{
	struct vfx_layout layout;

	config_parse(c, &layout);
	CHECK(layout.malformed);
	check_declares_nothing(&layout);
}

TEST(without_the_status_bit_there_is_no_list)
{
	struct vfx_layout layout;
	struct config_space c;

	config_qemu_root_port(&c);
	c.bytes[0x06] &= 0xef;
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	check_declares_nothing(&layout);
}

TEST(the_reserved_low_bits_of_pointers_are_masked)
{
	struct vfx_layout layout, masked;
	struct config_space c;

	config_qemu_root_port(&c);
	config_parse(&c, &layout);
	c.bytes[0x34] |= 3;
	c.bytes[0xdc + 1] |= 1;
	c.bytes[0xc8 + 1] |= 2;
	c.bytes[0x40 + 1] |= 3;
	config_parse(&c, &masked);
	CHECK_BYTES(&masked, &layout, sizeof(layout));
}

TEST(a_list_that_loops_is_malformed_and_declares_nothing)
{
	struct config_space c;

	config_qemu_root_bus(&c);
	c.bytes[0x40 + 1] = 0x98;
	check_malformed(&c);
	c.bytes[0x40 + 1] = 0x40;	/* onto itself */
	check_malformed(&c);
}

TEST(a_pointer_into_the_header_is_malformed)
{
	struct config_space c;
	unsigned int pos;

	for (pos = 4; pos < 0x40; pos += 4) {
		config_qemu_root_bus(&c);
		c.bytes[0x40 + 1] = (u8)pos;
		check_malformed(&c);
		c.bytes[0x34] = (u8)pos;
		check_malformed(&c);
	}
}

TEST(a_list_of_every_dword_is_walked_to_its_end)
{
	struct vfx_layout layout;
	struct config_space c;
	unsigned int pos;

	config_begin(&c, 256);
	for (pos = 0x40; pos < 0x100; pos += 4)
		config_capability(&c, (u8)pos, 0x03, 4);
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	c.bytes[0xfc] = 0x09;		/* a vendor capability in the last dword */
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	check_declares_nothing(&layout);
}

/* One virtio capability, alone, in a function whose BAR 4 has 16 KiB. */
static void parse_one(struct vfx_layout *layout, u8 pos, u8 cfg_type, u8 len,
		      u8 bar, u32 offset, u32 length)
{
	struct config_space c;

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, pos, cfg_type, len, bar, offset, length);
	config_parse(&c, layout);
	CHECK(!layout->malformed);
}

static void check_one(bool declared, u8 cfg_type, u8 bar, u32 offset, u32 length)
{
	struct vfx_layout layout;

	parse_one(&layout, 0x40, cfg_type, 20, bar, offset, length);
	CHECK_IN(layout.nr_structures - count_of(&layout, VFX_KIND_ABSENT) == declared,
		 "cfg_type %u, BAR %u, 0x%x + 0x%x", cfg_type, bar, offset, length);
	CHECK_EQ(layout.common, declared && cfg_type == COMMON ? 0 : -1);
}

TEST(a_structure_lies_within_its_bar_or_nowhere)
{
	u8 type;

	for (type = COMMON; type <= DEVICE; type++) {
		check_one(true, type, 4, 0, 0x4000);
		check_one(true, type, 4, 0x4000 - 56, 56);
		check_one(false, type, 4, 0x4000 - 52, 56);
		check_one(false, type, 4, 0, 0x4001);
		check_one(false, type, 4, 0x4000, 56);
		check_one(false, type, 4, 4, 0xffffffff);
		check_one(false, type, 4, 0xfffffffc, 56);
		check_one(false, type, 3, 0, 56);	/* a BAR that is not there */
		check_one(false, type, 6, 0, 56);
		check_one(false, type, 255, 0, 56);
		check_one(false, type, 4, 0, 0);
	}
}

/* Of no use, and not there for anybody else either. */
static void check_unsound(u32 offset, u32 length)
{
	enum vfx_kind kind;
	struct vfx_layout layout;
	u64 within;

	parse_one(&layout, 0x40, COMMON, 20, 4, offset, length);
	CHECK_EQ(layout.common, -1);
	CHECK_EQ(vfx_bar_run(&layout, 4, offset, length, &kind, &within), length);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	CHECK(!vfx_page_mappable(&layout, 4, 0, 4096));
}

TEST(an_unsound_common_configuration_is_not_uncovered_by_another_structure)
{
	enum vfx_kind kind;
	struct vfx_layout layout;
	struct config_space c;
	u64 within;

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0x40, NOTIFY, 20, 4, 0, 0x3000);
	config_virtio(&c, 0x54, COMMON, 16, 4, 0x1000, 0x37);	/* too short */
	config_virtio(&c, 0x64, COMMON, 16, 4, 0x3000, 0x38);
	config_parse(&c, &layout);
	CHECK(layout.common >= 0);
	vfx_bar_run(&layout, 4, 0x1014, 1, &kind, &within);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	/* All registers that there could be, whatever it says. */
	CHECK_EQ(vfx_bar_run(&layout, 4, 0x1000, 0x100, &kind, &within), 0x40);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	CHECK(vfx_page_mappable(&layout, 4, 0, 4096));
	CHECK(!vfx_page_mappable(&layout, 4, 0x1000, 4096));
}

/* Found by fuzz_layout: it declared nothing, and the next one had its bytes raw. */
TEST(a_common_configuration_that_leaves_its_bar_is_absent_as_far_as_it_goes)
{
	enum vfx_kind kind;
	struct vfx_layout layout;
	struct config_space c;
	u64 within;

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0x40, COMMON, 16, 4, 0x2000, 0x2001);
	config_virtio(&c, 0x50, COMMON, 16, 4, 0x4000, 0x38);
	config_virtio(&c, 0x60, NOTIFY, 20, 4, 0, 0x4000);
	config_parse(&c, &layout);
	CHECK_EQ(layout.common, -1);
	CHECK_EQ(vfx_bar_run(&layout, 4, 0x2000, 0x2000, &kind, &within), 0x2000);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	CHECK(vfx_page_mappable(&layout, 4, 0, 0x2000));
	CHECK(!vfx_page_mappable(&layout, 4, 0x2000, 1));
	CHECK(!vfx_page_mappable(&layout, 4, 0x3fff, 1));
	CHECK_EQ(count_of(&layout, VFX_KIND_ABSENT), 1);
}

TEST(a_common_configuration_is_long_enough_and_aligned)
{
	check_one(true, COMMON, 4, 4, 56);
	check_unsound(0, 55);
	check_unsound(1, 56);
	check_unsound(2, 56);
	check_one(true, NOTIFY, 4, 2, 2);
	check_one(true, ISR, 4, 3, 1);
}

TEST(a_common_configuration_in_an_io_bar_is_not_usable)
{
	struct vfx_layout layout;
	struct config_space c;

	config_qemu_root_bus(&c);
	c.io_bars = 1 << 4;
	config_parse(&c, &layout);
	CHECK(layout.common < 0);
	CHECK_EQ(count_of(&layout, VFX_KIND_COMMON), 0);
	CHECK_EQ(count_of(&layout, VFX_KIND_NOTIFY), 1);
	CHECK_EQ(vfx_identity(0x1001, &layout), VFX_IDENTITY_LEGACY_ONLY);
	c.io_bars = (unsigned int)~(1 << 4);
	config_parse(&c, &layout);
	CHECK(layout.common >= 0);
}

TEST(a_capability_too_short_for_its_type_declares_nothing)
{
	struct vfx_layout layout;
	u8 len;

	for (len = 3; len < 16; len++) {
		parse_one(&layout, 0x40, DEVICE, len, 4, 0, 0x1000);
		check_declares_nothing(&layout);
	}
	for (len = 16; len < 20; len++) {
		parse_one(&layout, 0x40, PCI_CFG, len, 0, 0, 0);
		check_declares_nothing(&layout);
	}
	for (len = 16; len < 24; len++) {
		parse_one(&layout, 0x40, SHARED_MEMORY, len, 4, 0, 0x1000);
		check_declares_nothing(&layout);
	}
	parse_one(&layout, 0x40, PCI_CFG, 20, 0, 0, 0);
	CHECK_EQ(layout.nr_windows, 1);
}

/* Nobody can know which bytes it means, and a driver may read on behind its end. */
TEST(a_common_configuration_whose_place_is_not_known_is_malformed)
{
	struct config_space c;
	u8 len;

	for (len = 3; len < 16; len++) {
		config_begin(&c, 256);
		c.bar_length[4] = 0x4000;
		config_virtio(&c, 0x40, COMMON, 16, 4, 0, 0x38);
		config_virtio(&c, 0x60, COMMON, len, 4, 0x1000, 0x38);
		check_malformed(&c);
	}
	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0x40, COMMON, 16, 4, 0, 0x38);
	config_virtio(&c, 0xf0, COMMON, 16, 4, 0x1000, 0x38)[2] = 17;
	check_malformed(&c);
}

TEST(a_capability_that_leaves_config_space_declares_nothing)
{
	struct vfx_layout layout;
	struct config_space c;
	unsigned int pos;

	for (pos = 0xf4; pos <= 0xfc; pos += 4) {	/* at 0xfc only ID and next exist */
		config_begin(&c, 256);
		memset(c.bar_length, 0xff, sizeof(c.bar_length));
		memset(c.bytes + pos, 0, 256 - pos);
		config_capability(&c, (u8)pos, 0x09, (u8)(256 - pos));
		c.bytes[pos + 2] = 16;
		c.bytes[pos + 3] = PCI_CFG;
		config_parse(&c, &layout);
		CHECK(!layout.malformed);
		check_declares_nothing(&layout);
	}
	parse_one(&layout, 0xf0, COMMON, 16, 4, 0, 56);
	CHECK(layout.common >= 0);

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0xec, PCI_CFG, 20, 0, 0, 0);
	config_parse(&c, &layout);
	CHECK_EQ(layout.nr_windows, 1);
	c.bytes[0xec + 2] = 21;		/* says it goes on beyond the end */
	config_parse(&c, &layout);
	check_declares_nothing(&layout);
}

TEST(types_that_nobody_knows_declare_nothing)
{
	struct vfx_layout layout;
	unsigned int type;

	for (type = 0; type < 256; type++) {
		if ((type >= COMMON && type <= PCI_CFG) || type == SHARED_MEMORY)
			continue;
		parse_one(&layout, 0x40, (u8)type, 24, 4, 0, 0x1000);
		check_declares_nothing(&layout);
	}
}

TEST(shared_memory_has_64_bits_and_never_wraps)
{
	static const struct { u64 offset, length; bool declared; } ranges[] = {
		{ 0x100000000, 0x100000000, true },
		{ 0x1ffffffff, 1, true },
		{ 0x200000000, 1, false },
		{ 0x100000000, 0x100000001, false },
		{ 0x100000000, 0xffffffff00000000, false },	/* the sum is 0 */
		{ 0x100000000, 0xffffffff80000000, false },	/* the sum lies within */
		{ 0xffffffffffffffff, 1, false },
		{ 0xffffffffffffffff, 2, false },
		{ 0, 0xffffffffffffffff, false },
		{ 0, 0, false },
	};
	struct vfx_layout layout;
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(ranges); i++) {
		config_begin(&c, 256);
		c.bar_length[2] = 0x200000000;
		config_shared_memory(&c, 0x40, 2, ranges[i].offset, ranges[i].length);
		config_parse(&c, &layout);
		CHECK_EQ(layout.nr_structures, ranges[i].declared);
		if (ranges[i].declared)
			check_declares(&layout, VFX_KIND_SHARED_MEMORY,
				       ranges[i].offset, ranges[i].length);
		/* Nor where the BAR's length is not known. */
		vfx_parse_layout(&layout, c.bytes, unknown_lengths, 0);
		CHECK(!layout.nr_structures ||
		      layout.structures[0].offset + layout.structures[0].length >
		      layout.structures[0].offset);
	}
}

TEST(the_first_usable_of_two_common_configurations_is_the_one)
{
	struct vfx_layout layout;
	struct config_space c;

	config_begin(&c, 256);
	c.bar_length[4] = 0x4000;
	config_virtio(&c, 0x40, ISR, 16, 4, 0x1000, 4);
	config_virtio(&c, 0x50, COMMON, 16, 4, 0x2000, 0x37);	/* too short */
	config_virtio(&c, 0x60, COMMON, 16, 4, 0x3000, 0x38);
	config_virtio(&c, 0x70, COMMON, 16, 4, 0x0000, 0x38);
	config_parse(&c, &layout);
	CHECK_EQ(layout.common, 2);
	CHECK_EQ(layout.structures[2].offset, 0x3000);
	CHECK_EQ(count_of(&layout, VFX_KIND_COMMON), 2);
}

/*
 * Capabilities that overlap, one every dword: more than sound ones could be.
 * Their bodies are the heads of the next ones, read as BAR 1 by MSI-X.
 */
static void many_capabilities(struct config_space *c, u8 id, u8 cfg_type, unsigned int count)
{
	unsigned int i;

	config_begin(c, 256);
	memset(c->bar_length, 0xff, sizeof(c->bar_length));
	for (i = 0; i < count; i++) {
		u8 *cap = config_capability(c, (u8)(0x40 + 4 * i), id, 4);

		cap[2] = 24;
		cap[3] = cfg_type;
	}
	memset(c->bytes + 0x40 + 4 * i, 0x11, 24);
}

TEST(the_first_sound_of_two_notification_structures_is_the_one)
{
	struct vfx_layout layout;
	struct config_space c;

	config_begin(&c, 256);
	c.bar_length[4] = 0x1000;
	vfx_put(config_virtio(&c, 0x40, NOTIFY, 20, 4, 0x1000, 0x1000) + 16, 2, 4);
	vfx_put(config_virtio(&c, 0x54, NOTIFY, 20, 4, 0x400, 0x100) + 16, 8, 4);
	vfx_put(config_virtio(&c, 0x68, NOTIFY, 20, 4, 0x800, 0x100) + 16, 16, 4);
	config_parse(&c, &layout);
	CHECK_EQ(layout.nr_structures, 2);
	CHECK_EQ(layout.notify, 0);
	CHECK_EQ(layout.structures[0].offset, 0x400);
	CHECK_EQ(layout.notify_multiplier, 8);
}

TEST(more_structures_than_fit_are_malformed)
{
	struct vfx_layout layout;
	struct config_space c;

	many_capabilities(&c, 0x11, 0, VFX_MAX_STRUCTURES / 2);
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	CHECK_EQ(layout.nr_structures, VFX_MAX_STRUCTURES);
	many_capabilities(&c, 0x11, 0, VFX_MAX_STRUCTURES / 2 + 1);
	check_malformed(&c);
}

TEST(a_common_configuration_that_does_not_fit_is_none)
{
	struct vfx_layout layout;
	struct config_space c;

	many_capabilities(&c, 0x11, 0, VFX_MAX_STRUCTURES / 2);
	config_virtio(&c, 0xc0, COMMON, 16, 4, 0, 0x38);
	config_parse(&c, &layout);
	CHECK(layout.malformed);
	CHECK_EQ(layout.common, -1);
}

TEST(more_windows_than_fit_are_malformed)
{
	struct vfx_layout layout;
	struct config_space c;

	many_capabilities(&c, 0x09, PCI_CFG, VFX_MAX_WINDOWS);
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	CHECK_EQ(layout.nr_windows, VFX_MAX_WINDOWS);
	many_capabilities(&c, 0x09, PCI_CFG, VFX_MAX_WINDOWS + 1);
	check_malformed(&c);
}

TEST(random_lists_never_declare_what_is_not_in_a_bar)
{
	struct unit_random random = unit_seed();
	struct vfx_layout layout;
	struct config_space c;
	unsigned int round, i;

	for (round = 0; round < 100000; round++) {
		config_begin(&c, 256);
		for (i = 0x40; i < 256; i++)
			c.bytes[i] = (u8)unit_next(&random);
		c.bytes[0x06] |= 0x10;
		c.bytes[0x34] = (u8)(0x40 + 4 * unit_below(&random, 48));
		for (i = 0x40; i < 256; i += 4) {	/* mostly sound entries */
			c.bytes[i] = unit_below(&random, 4) ? 0x09 : 0x11;
			c.bytes[i + 1] &= 0xfc;
			c.bytes[i + 2] &= 0x1f;
			c.bytes[i + 3] &= 0x0f;
		}
		for (i = 0; i < VFX_BARS; i++)
			c.bar_length[i] = unit_next(&random) >> unit_below(&random, 64);
		c.io_bars = (unsigned int)unit_below(&random, 64);
		config_parse(&c, &layout);
		CHECK(!layout.malformed || !layout.nr_structures);
		CHECK(layout.common < (int)layout.nr_structures);
		for (i = 0; i < layout.nr_structures; i++) {
			const struct vfx_structure *s = &layout.structures[i];

			CHECK(s->kind != VFX_KIND_LEGACY && s->bar < VFX_BARS);
			CHECK(s->length && s->offset + s->length > s->offset);
			CHECK(s->offset + s->length <= c.bar_length[s->bar]);
		}
		for (i = 0; i < layout.nr_windows; i++)
			CHECK(layout.windows[i] >= 0x40 && layout.windows[i] <= 256 - 20);
	}
}
