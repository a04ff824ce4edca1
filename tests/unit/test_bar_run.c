// SPDX-License-Identifier: GPL-2.0-only
/*
 * What lies in a BAR, and which of its pages may be mapped, against a model
 * that asks every byte by itself: a common configuration that covers it, else
 * the first structure that does, else nothing.
 */
#include "config_space.h"
#include "unit.h"

#define BAR		4
#define MAX_BAR		0x50000		/* five pages of 64 KiB */
#define NOBODY		-1

static const struct virtio_fixup_structure *structure_at(const struct virtio_fixup_layout *l,
							 int index)
{
	return index == NOBODY ? NULL : &l->structures[index];
}

/* The index of the structure that owns each byte of the BAR. */
static int owner[MAX_BAR];

static bool covers(const struct virtio_fixup_structure *s, unsigned int bar, u64 offset)
{
	return s->bar == bar && offset >= s->offset && offset - s->offset < s->length;
}

static int owner_of(const struct virtio_fixup_layout *l, unsigned int bar, u64 offset)
{
	int found = NOBODY;
	unsigned int i;

	for (i = 0; i < l->nr_structures; i++) {
		if (!covers(&l->structures[i], bar, offset))
			continue;
		if (l->structures[i].kind == VIRTIO_FIXUP_COMMON)
			return (int)i;
		if (found == NOBODY)
			found = (int)i;
	}
	return found;
}

static void model_bar(const struct virtio_fixup_layout *l)
{
	u64 offset;

	for (offset = 0; offset < l->bar_length[BAR]; offset++)
		owner[offset] = owner_of(l, BAR, offset);
}

static bool model_mappable(const struct virtio_fixup_layout *l, u64 offset)
{
	const struct virtio_fixup_structure *s = structure_at(l, owner[offset]);

	return s && s->kind != VIRTIO_FIXUP_COMMON && s->kind != VIRTIO_FIXUP_LEGACY;
}

static bool model_page_mappable(const struct virtio_fixup_layout *l, u64 page, u64 page_size)
{
	u64 offset;

	if (page + page_size > l->bar_length[BAR])
		return false;
	for (offset = page; offset < page + page_size; offset++)
		if (!model_mappable(l, offset))
			return false;
	return true;
}

static bool something_begins(const struct virtio_fixup_layout *l, u64 offset)
{
	unsigned int i;

	for (i = 0; i < l->nr_structures; i++)
		if (l->structures[i].bar == BAR && l->structures[i].offset == offset)
			return true;
	return false;
}

static void check_run(const struct virtio_fixup_layout *l, u64 offset, u64 count)
{
	const struct virtio_fixup_structure *s = structure_at(l, owner[offset]);
	enum virtio_fixup_structure_kind kind;
	u64 within, run, i;

	run = virtio_fixup_bar_run(l, BAR, offset, count, &kind, &within);
	CHECK(run >= 1 && run <= count);
	CHECK_EQ(kind, s ? s->kind : VIRTIO_FIXUP_ABSENT);
	if (s)
		CHECK_EQ(within, offset - s->offset);
	for (i = 0; i < run && offset + i < l->bar_length[BAR]; i++)
		CHECK(owner[offset + i] == owner[offset]);
	/* It ends for a reason. */
	if (run < count && offset + run < l->bar_length[BAR])
		CHECK(owner[offset + run] != owner[offset] ||
		      something_begins(l, offset + run));
}

static void check_bar(const struct virtio_fixup_layout *l, u64 page_size)
{
	u64 page, start, length, from = 0, end = l->bar_length[BAR];

	model_bar(l);
	for (page = 0; page < end; page += page_size)
		CHECK_IN(virtio_fixup_page_mappable(l, BAR, page, page_size) ==
			 model_page_mappable(l, page, page_size), "page 0x%" PRIx64, page);

	/* The stretches are all the mappable pages, in order, and no others. */
	for (page = 0; page < end; ) {
		if (!model_page_mappable(l, page, page_size)) {
			page += page_size;
			continue;
		}
		length = virtio_fixup_next_mappable(l, BAR, from, page_size, &start);
		CHECK(length && length % page_size == 0);
		CHECK_EQ(start, page);
		for (; page < start + length; page += page_size)
			CHECK(model_page_mappable(l, page, page_size));
		CHECK(!model_page_mappable(l, page, page_size));
		from = start + length;
	}
	CHECK_EQ(virtio_fixup_next_mappable(l, BAR, from, page_size, &start), 0);
}

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

static void random_layout(struct unit_random *random, struct virtio_fixup_layout *l,
			  u64 length, u64 page_size)
{
	unsigned int i, count = (unsigned int)unit_below(random, 9);

	memset(l, 0, sizeof(*l));
	l->common = NOBODY;
	l->bar_length[BAR] = length;
	for (i = 0; i < count; i++) {
		struct virtio_fixup_structure *s = &l->structures[l->nr_structures];
		u64 end = random_border(random, length, page_size) + 1;

		s->kind = VIRTIO_FIXUP_COMMON +
			  (unsigned int)unit_below(random, VIRTIO_FIXUP_LEGACY);
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
	struct virtio_fixup_layout l;
	unsigned int round;
	u64 offset;

	for (round = 0; round < 3000; round++) {
		random_layout(&random, &l, 1 + unit_below(&random, 96), 8);
		model_bar(&l);
		for (offset = 0; offset < l.bar_length[BAR]; offset++) {
			u64 count;

			for (count = 1; count <= 9; count++)
				check_run(&l, offset, count);
			check_run(&l, offset, l.bar_length[BAR] - offset);
			check_run(&l, offset, VIRTIO_FIXUP_LENGTH_UNKNOWN - offset);
		}
	}
}

TEST(pages_agree_with_asking_every_byte_for_small_pages)
{
	struct unit_random random = unit_seed();
	struct virtio_fixup_layout l;
	unsigned int round;

	for (round = 0; round < 20000; round++) {
		random_layout(&random, &l, 1 + unit_below(&random, 200), 16);
		check_bar(&l, 16);
	}
}

TEST(pages_agree_with_asking_every_byte_for_4k)
{
	struct unit_random random = unit_seed();
	struct virtio_fixup_layout l;
	unsigned int round;

	for (round = 0; round < 100; round++) {
		random_layout(&random, &l, 0x1000 * (1 + unit_below(&random, 8)), 0x1000);
		check_bar(&l, 0x1000);
		random_layout(&random, &l, 1 + unit_below(&random, 0x8000), 0x1000);
		check_bar(&l, 0x1000);
	}
}

TEST(pages_agree_with_asking_every_byte_for_64k)
{
	struct unit_random random = unit_seed();
	struct virtio_fixup_layout l;
	unsigned int round;

	for (round = 0; round < 20; round++) {
		random_layout(&random, &l, 0x10000 * (1 + unit_below(&random, 5)), 0x10000);
		check_bar(&l, 0x10000);
	}
}

TEST(the_layouts_of_hypervisors_map_what_they_should)
{
	struct virtio_fixup_layout l;
	struct config_space c;
	u64 start;

	config_qemu_root_port(&c);
	config_parse(&c, &l);
	check_bar(&l, 0x1000);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 4, 0, 0x1000, &start), 0x3000);
	CHECK_EQ(start, 0x1000);
	/* With 64 KiB pages all of it shares the common configuration's page. */
	CHECK_EQ(virtio_fixup_next_mappable(&l, 4, 0, 0x10000, &start), 0);

	/* Table and PBA do not fill their page: what is between them is nobody's. */
	CHECK_EQ(virtio_fixup_next_mappable(&l, 1, 0, 0x1000, &start), 0);

	config_firecracker(&c);
	config_parse(&c, &l);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 0, 0, 0x1000, &start), 0x1000);
	CHECK_EQ(start, 0x4000);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 0, 0x5000, 0x1000, &start), 0x1000);
	CHECK_EQ(start, 0x6000);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 0, 0x7000, 0x1000, &start), 0);
	CHECK(!virtio_fixup_page_mappable(&l, 0, 0x2000, 0x1000));

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 0, 0, 0x1000, &start), 0x2000);
	CHECK_EQ(start, 0x2000);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 2, 0, 0x1000, &start), 0x200000000);
	CHECK_EQ(start, 0);
}

TEST(what_is_no_bar_maps_nothing)
{
	struct virtio_fixup_layout l;
	struct config_space c;
	u64 start;

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK(!virtio_fixup_page_mappable(&l, 6, 0, 0x1000));
	CHECK(!virtio_fixup_page_mappable(&l, ~0u, 0, 0x1000));
	CHECK_EQ(virtio_fixup_next_mappable(&l, 6, 0, 0x1000, &start), 0);
	CHECK_EQ(virtio_fixup_next_mappable(&l, ~0u, 0, 0x1000, &start), 0);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 1, 0, 0x1000, &start), 0);
	CHECK(!virtio_fixup_page_mappable(&l, 1, 0, 0x1000));
}

TEST(a_page_beyond_the_bar_or_beyond_all_numbers_is_not_mappable)
{
	struct virtio_fixup_layout l;
	struct config_space c;
	u64 start;

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK(virtio_fixup_page_mappable(&l, 2, 0x1fffff000, 0x1000));
	CHECK(!virtio_fixup_page_mappable(&l, 2, 0x200000000, 0x1000));
	CHECK(!virtio_fixup_page_mappable(&l, 2, 0x1fffff000, 0x10000));
	CHECK(!virtio_fixup_page_mappable(&l, 2, 0xfffffffffffff000, 0x1000));
	CHECK(!virtio_fixup_page_mappable(&l, 2, 0xfffffffffffff000, 0x2000));
	CHECK_EQ(virtio_fixup_next_mappable(&l, 2, 0x200000000, 0x1000, &start), 0);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 2, 0xfffffffffffff000, 0x1000, &start), 0);
}

TEST(a_run_at_the_end_of_all_numbers_is_one_byte)
{
	enum virtio_fixup_structure_kind kind;
	struct virtio_fixup_layout l;
	struct config_space c;
	u64 within;

	config_crosvm(&c);
	config_parse(&c, &l);
	CHECK_EQ(virtio_fixup_bar_run(&l, 2, ~(u64)0, 4, &kind, &within), 1);
	CHECK_EQ(kind, VIRTIO_FIXUP_ABSENT);
}

TEST(rounding_up_near_the_end_of_all_numbers_does_not_begin_anew)
{
	struct virtio_fixup_layout l;
	struct config_space c;
	u64 start = 1;

	config_begin(&c, 256);
	c.bar_length[2] = VIRTIO_FIXUP_LENGTH_UNKNOWN;
	config_shared_memory(&c, 0x40, 2, 0xfffffffffffff800, 0x7fe);
	config_parse(&c, &l);
	CHECK_EQ(l.nr_structures, 1);
	CHECK_EQ(virtio_fixup_next_mappable(&l, 2, 0, 0x1000, &start), 0);
}

/* A hole that overlaps the register file would be a way round it. */
TEST(the_common_configuration_wins_over_whatever_overlaps_it)
{
	static const u8 first[] = { COMMON, NOTIFY };
	enum virtio_fixup_structure_kind kind;
	struct virtio_fixup_layout l;
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
			virtio_fixup_bar_run(&l, 4, offset, 4, &kind, &within);
			CHECK_EQ(kind, VIRTIO_FIXUP_COMMON);
			CHECK_EQ(within, offset - 0x1000);
		}
		CHECK(!virtio_fixup_page_mappable(&l, 4, 0x1000, 0x1000));
	}
}

TEST(the_legacy_interface_is_there_only_when_exposed_and_never_mapped)
{
	enum virtio_fixup_structure_kind kind;
	struct virtio_fixup_layout l;
	struct config_space c;
	u64 within;

	config_qemu_root_bus(&c);
	c.bar_length[0] = 0x80;
	c.io_bars = 1;
	config_parse(&c, &l);
	CHECK_EQ(virtio_fixup_bar_run(&l, 0, 0, 4, &kind, &within), 4);
	CHECK_EQ(kind, VIRTIO_FIXUP_ABSENT);
	virtio_fixup_expose_legacy(&l);
	CHECK(!l.malformed);
	CHECK_EQ(virtio_fixup_bar_run(&l, 0, 0x7e, 4, &kind, &within), 2);
	CHECK_EQ(kind, VIRTIO_FIXUP_LEGACY);
	CHECK_EQ(within, 0x7e);
	CHECK(!virtio_fixup_page_mappable(&l, 0, 0, 0x80));
}

TEST(without_bar_0_there_is_no_legacy_interface_to_expose)
{
	struct virtio_fixup_layout l;
	struct config_space c;
	unsigned int before;

	config_qemu_root_bus(&c);
	config_parse(&c, &l);
	before = l.nr_structures;
	virtio_fixup_expose_legacy(&l);
	CHECK_EQ(l.nr_structures, before);
}
