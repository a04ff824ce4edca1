// SPDX-License-Identifier: GPL-2.0-only
/*
 * What lies in a BAR, and which of its pages may be mapped, against a model
 * that asks every byte by itself; see bar_model.h.
 */
#include "bar_model.h"
#include "config_space.h"
#include "unit.h"

#define BAR		4

/* Where borders are likely: pages, one byte off, other structures' ends. */
static u64 random_border(struct unit_random *random, u64 limit, u64 page_size)
{
	u64 offset = unit_below(random, limit);

	if (unit_below(random, 3))
		offset -= offset % page_size;
	if (!unit_below(random, 4))
		offset += unit_below(random, 3) - 1;
	return offset < limit ? offset : 0;
}

static void random_layout(struct unit_random *random, struct vfx_layout *l,
			  u64 length, u64 page_size)
{
	unsigned int i, count = (unsigned int)unit_below(random, 9);

	memset(l, 0, sizeof(*l));
	l->common = NOBODY;
	l->bar_length[BAR] = length;
	for (i = 0; i < count; i++) {
		struct vfx_structure *s = &l->structures[l->nr_structures];
		u64 end = random_border(random, length, page_size) + 1;

		s->kind = (unsigned int)unit_below(random, VFX_KIND_LEGACY + 1);
		s->bar = unit_below(random, 8) ? BAR : BAR - 1;
		s->offset = random_border(random, length, page_size);
		if (!unit_below(random, 4))
			end = length;
		if (end <= s->offset)
			continue;
		s->length = end - s->offset;
		l->nr_structures++;
	}
}

TEST(runs_agree_with_asking_every_byte)
{
	struct unit_random random = unit_seed();
	struct vfx_layout l;
	unsigned int round;
	u64 offset;

	for (round = 0; round < 3000; round++) {
		random_layout(&random, &l, 1 + unit_below(&random, 96), 8);
		model_bar(&l, BAR);
		for (offset = 0; offset < l.bar_length[BAR]; offset++) {
			u64 count;

			for (count = 1; count <= 9; count++)
				check_run(&l, BAR, offset, count);
			check_run(&l, BAR, offset, l.bar_length[BAR] - offset);
			check_run(&l, BAR, offset, VFX_LENGTH_UNKNOWN - offset);
		}
	}
}

TEST(pages_agree_with_asking_every_byte_for_small_pages)
{
	struct unit_random random = unit_seed();
	struct vfx_layout l;
	unsigned int round;

	for (round = 0; round < 20000; round++) {
		random_layout(&random, &l, 1 + unit_below(&random, 200), 16);
		check_pages(&l, BAR, 16);
	}
}

TEST(pages_agree_with_asking_every_byte_for_4k)
{
	struct unit_random random = unit_seed();
	struct vfx_layout l;
	unsigned int round;

	for (round = 0; round < 100; round++) {
		random_layout(&random, &l, 0x1000 * (1 + unit_below(&random, 8)), 0x1000);
		check_pages(&l, BAR, 0x1000);
		random_layout(&random, &l, 1 + unit_below(&random, 0x8000), 0x1000);
		check_pages(&l, BAR, 0x1000);
	}
}

TEST(pages_agree_with_asking_every_byte_for_64k)
{
	struct unit_random random = unit_seed();
	struct vfx_layout l;
	unsigned int round;

	for (round = 0; round < 20; round++) {
		random_layout(&random, &l, 0x10000 * (1 + unit_below(&random, 5)), 0x10000);
		check_pages(&l, BAR, 0x10000);
	}
}

TEST(the_layouts_of_hypervisors_map_what_they_should)
{
	struct vfx_layout l;
	struct config_space c;
	u64 start;

	config_qemu_root_port(&c);
	config_parse(&c, &l);
	check_pages(&l, BAR, 0x1000);
	CHECK_EQ(vfx_next_mappable(&l, 4, 0, 0x1000, &start), 0x3000);
	CHECK_EQ(start, 0x1000);
	/* With 64 KiB pages all of it shares the common configuration's page. */
	CHECK_EQ(vfx_next_mappable(&l, 4, 0, 0x10000, &start), 0);

	/* Table and PBA do not fill their page: what is between them is nobody's. */
	CHECK_EQ(vfx_next_mappable(&l, 1, 0, 0x1000, &start), 0);

	config_firecracker(&c);
	config_parse(&c, &l);
	CHECK_EQ(vfx_next_mappable(&l, 0, 0, 0x1000, &start), 0x1000);
	CHECK_EQ(start, 0x4000);
	CHECK_EQ(vfx_next_mappable(&l, 0, 0x5000, 0x1000, &start), 0x1000);
	CHECK_EQ(start, 0x6000);
	CHECK_EQ(vfx_next_mappable(&l, 0, 0x7000, 0x1000, &start), 0);
	CHECK(!vfx_page_mappable(&l, 0, 0x2000, 0x1000));

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK_EQ(vfx_next_mappable(&l, 0, 0, 0x1000, &start), 0x2000);
	CHECK_EQ(start, 0x2000);
	CHECK_EQ(vfx_next_mappable(&l, 2, 0, 0x1000, &start), 0x200000000);
	CHECK_EQ(start, 0);
}

TEST(what_is_no_bar_maps_nothing)
{
	struct vfx_layout l;
	struct config_space c;
	u64 start;

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK(!vfx_page_mappable(&l, 6, 0, 0x1000));
	CHECK(!vfx_page_mappable(&l, ~0u, 0, 0x1000));
	CHECK_EQ(vfx_next_mappable(&l, 6, 0, 0x1000, &start), 0);
	CHECK_EQ(vfx_next_mappable(&l, ~0u, 0, 0x1000, &start), 0);
	CHECK_EQ(vfx_next_mappable(&l, 1, 0, 0x1000, &start), 0);
	CHECK(!vfx_page_mappable(&l, 1, 0, 0x1000));
}

TEST(a_page_beyond_the_bar_or_beyond_all_numbers_is_not_mappable)
{
	struct vfx_layout l;
	struct config_space c;
	u64 start;

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK(vfx_page_mappable(&l, 2, 0x1fffff000, 0x1000));
	CHECK(!vfx_page_mappable(&l, 2, 0x200000000, 0x1000));
	CHECK(!vfx_page_mappable(&l, 2, 0x1fffff000, 0x10000));
	CHECK(!vfx_page_mappable(&l, 2, 0xfffffffffffff000, 0x1000));
	CHECK(!vfx_page_mappable(&l, 2, 0xfffffffffffff000, 0x2000));
	CHECK_EQ(vfx_next_mappable(&l, 2, 0x200000000, 0x1000, &start), 0);
	CHECK_EQ(vfx_next_mappable(&l, 2, 0xfffffffffffff000, 0x1000, &start), 0);
}

TEST(a_run_at_the_end_of_all_numbers_is_one_byte)
{
	enum vfx_kind kind;
	struct vfx_layout l;
	struct config_space c;
	u64 within;

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK_EQ(vfx_bar_run(&l, 2, ~(u64)0, 4, &kind, &within), 1);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
}

TEST(rounding_up_near_the_end_of_all_numbers_does_not_begin_anew)
{
	struct vfx_layout l;
	struct config_space c;
	u64 start = 1;

	config_begin(&c, 256);
	c.bar_length[2] = VFX_LENGTH_UNKNOWN;
	config_shared_memory(&c, 0x40, 2, 0xfffffffffffff800, 0x7fe);
	config_parse(&c, &l);
	CHECK_EQ(l.nr_structures, 1);
	CHECK_EQ(vfx_next_mappable(&l, 2, 0, 0x1000, &start), 0);
}

/* A hole that overlaps the register file would be a way round it. */
TEST(the_common_configuration_wins_over_whatever_overlaps_it)
{
	static const u8 first[] = { COMMON, NOTIFY };
	enum vfx_kind kind;
	struct vfx_layout l;
	struct config_space c;
	u64 offset, within;
	unsigned int i;

	for (i = 0; i < COUNT(first); i++) {
		config_begin(&c, 256);
		c.bar_length[4] = 0x4000;
		config_virtio(&c, 0x40, first[i], 20, 4, 0x1000, 0x1000);
		config_virtio(&c, 0x60, first[!i], 20, 4, 0x1000, 0x1000);
		config_msix(&c, 0x80, 256, 0x1000 | 4, 0x1800 | 4);
		config_parse(&c, &l);
		for (offset = 0x1000; offset < 0x2000; offset++) {
			vfx_bar_run(&l, 4, offset, 4, &kind, &within);
			CHECK_EQ(kind, VFX_KIND_COMMON);
			CHECK_EQ(within, offset - 0x1000);
		}
		CHECK(!vfx_page_mappable(&l, 4, 0x1000, 0x1000));
	}
}

TEST(the_legacy_interface_is_there_only_when_exposed_and_never_mapped)
{
	enum vfx_kind kind;
	struct vfx_layout l;
	struct config_space c;
	u64 within;

	config_qemu_root_bus(&c);
	c.bar_length[0] = 0x80;
	c.io_bars = 1;
	config_parse(&c, &l);
	CHECK_EQ(vfx_bar_run(&l, 0, 0, 4, &kind, &within), 4);
	CHECK_EQ(kind, VFX_KIND_ABSENT);
	vfx_expose_legacy(&l);
	CHECK(!l.malformed);
	CHECK_EQ(vfx_bar_run(&l, 0, 0x7e, 4, &kind, &within), 2);
	CHECK_EQ(kind, VFX_KIND_LEGACY);
	CHECK_EQ(within, 0x7e);
	CHECK(!vfx_page_mappable(&l, 0, 0, 0x80));
}

TEST(without_bar_0_there_is_no_legacy_interface_to_expose)
{
	struct vfx_layout l;
	struct config_space c;
	unsigned int before;

	config_qemu_root_bus(&c);
	config_parse(&c, &l);
	before = l.nr_structures;
	vfx_expose_legacy(&l);
	CHECK_EQ(l.nr_structures, before);
}
