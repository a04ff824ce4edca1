// SPDX-License-Identifier: GPL-2.0-only
/*
 * bar_run - what lies at an offset of a BAR, against a definition byte by byte.
 *
 * Bounds: any sound layout of at most 2 structures; any BAR, offset and count.
 * Core: layout.c
 * Small: VFX_MAX_STRUCTURES=2 VFX_MAX_WINDOWS=1
 * CBMC: --unwind 3
 */
#include "bytewise.h"
#include "layout_sound.h"
#include "layout.c"

#define MOST	2

int main(void)
{
	enum vfx_kind kind;
	struct vfx_layout layout;
	unsigned int bar = nondet_u32();
	u64 offset = nondet_u64(), count = nondet_u64(), byte = nondet_u64();
	u64 within, run;
	int owner;

	assume_layout(&layout, MOST, 0);
	ASSUME(count >= 1);
	run = vfx_bar_run(&layout, bar, offset, count, &kind, &within);

	CHECK(run >= 1 && run <= count, "1 to count");
	CHECK(offset + (run - 1) >= offset, "no run wraps");
	owner = owner_of(&layout, bar, offset);
	CHECK(kind == kind_of(&layout, owner), "the kind at the first byte");
	if (owner != NOBODY)
		CHECK(within == offset - layout.structures[owner].offset &&
		      within < layout.structures[owner].length &&
		      run <= layout.structures[owner].length - within,
		      "the run lies within its structure");
	else
		CHECK(within == 0, "0 within nothing");
	/* Any byte of the run stands for all. */
	if (byte >= offset && byte - offset < run)
		CHECK(owner_of(&layout, bar, byte) == owner, "one owner all along");
	return 0;
}
