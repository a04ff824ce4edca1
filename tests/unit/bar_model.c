// SPDX-License-Identifier: GPL-2.0-only
/* The bytes of bar_model.h. */
#include "bar_model.h"
#include "unit.h"

/* The index of the structure that owns each byte of the BAR. */
static int owner[MODEL_BAR_MAX];

void model_bar(const struct vfx_layout *l, unsigned int bar)
{
	u64 offset;

	CHECK(l->bar_length[bar] <= MODEL_BAR_MAX);
	for (offset = 0; offset < l->bar_length[bar]; offset++)
		owner[offset] = owner_of(l, bar, offset);
}

static bool something_begins(const struct vfx_layout *l, unsigned int bar, u64 offset)
{
	unsigned int i;

	for (i = 0; i < l->nr_structures; i++)
		if (l->structures[i].bar == bar && l->structures[i].offset == offset)
			return true;
	return false;
}

u64 model_run(const struct vfx_layout *l, unsigned int bar, u64 offset, u64 count)
{
	int first = owner_of(l, bar, offset);
	u64 run = 1;

	while (run < count && owner_of(l, bar, offset + run) == first &&
	       !something_begins(l, bar, offset + run))
		run++;
	return run;
}

void check_run(const struct vfx_layout *l, unsigned int bar, u64 offset, u64 count)
{
	enum vfx_kind kind;
	u64 within, run, i;

	run = vfx_bar_run(l, bar, offset, count, &kind, &within);
	CHECK(run >= 1 && run <= count);
	CHECK_EQ(kind, kind_of(l, owner[offset]));
	if (owner[offset] != NOBODY)
		CHECK_EQ(within, offset - l->structures[owner[offset]].offset);
	for (i = 0; i < run && offset + i < l->bar_length[bar]; i++)
		CHECK(owner[offset + i] == owner[offset]);
	/* It ends for a reason. */
	if (run < count && offset + run < l->bar_length[bar])
		CHECK(owner[offset + run] != owner[offset] ||
		      something_begins(l, bar, offset + run));
}

static bool model_page_mappable(const struct vfx_layout *l, unsigned int bar,
				u64 page, u64 page_size)
{
	u64 offset;

	if (page + page_size > l->bar_length[bar])
		return false;
	for (offset = page; offset < page + page_size; offset++)
		if (!kind_is_mappable(kind_of(l, owner[offset])))
			return false;
	return true;
}

void check_pages(const struct vfx_layout *l, unsigned int bar, u64 page_size)
{
	u64 page, start, length, from = 0, end = l->bar_length[bar];

	model_bar(l, bar);
	for (page = 0; page < end; page += page_size)
		CHECK_IN(vfx_page_mappable(l, bar, page, page_size) ==
			 model_page_mappable(l, bar, page, page_size), "page 0x%" PRIx64, page);

	/* The stretches are all the mappable pages, in order, and no others. */
	for (page = 0; page < end; ) {
		if (!model_page_mappable(l, bar, page, page_size)) {
			page += page_size;
			continue;
		}
		length = vfx_next_mappable(l, bar, from, page_size, &start);
		CHECK(length && length % page_size == 0);
		CHECK_EQ(start, page);
		for (; page < start + length; page += page_size)
			CHECK(model_page_mappable(l, bar, page, page_size));
		CHECK(!model_page_mappable(l, bar, page, page_size));
		from = start + length;
	}
	CHECK_EQ(vfx_next_mappable(l, bar, from, page_size, &start), 0);
}
