// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parser of capabilities, and what a layout says of a BAR.
 */
#include "prove.h"
#include "layout.c"

/*
 * layout_step - one capability, anywhere, on top of any sound layout.
 *
 * By induction this is every list: the walk does nothing else to a layout than
 * such steps, as layout_walk shows, and an empty one is sound.
 *
 * Bounds: any 256 bytes, any position the walk can have, any BARs; room for 4
 * structures and 2 windows, full or not, instead of 32 and 8.
 * Core: layout.c
 * Small: VFX_MAX_STRUCTURES=4 VFX_MAX_WINDOWS=2
 * CBMC: --unwind 5
 */
void prove_layout_step(void)
{
	struct vfx_layout layout, before;
	u8 config[VFX_CONFIG_SIZE];
	unsigned int pos = nondet_u32(), i = nondet_u32(), window = nondet_u32();

	ASSUME(pos >= PCI_STD_HEADER_SIZEOF && pos < VFX_CONFIG_SIZE && pos % 4 == 0);
	assume_layout(&layout, VFX_MAX_STRUCTURES, VFX_MAX_WINDOWS);
	before = layout;

	if (any())
		parse_virtio(&layout, config, pos);
	else
		parse_msix(&layout, config, pos);

	CHECK(layout_is_sound_at(&layout, i, window), "the layout is sound");
	CHECK(layout.nr_structures >= before.nr_structures &&
	      layout.nr_structures <= before.nr_structures + 2, "declares two at most");
	CHECK(implies(before.common >= 0, layout.common == before.common) &&
	      implies(before.notify >= 0, layout.notify == before.notify),
	      "the first of its kind stays");
	CHECK(implies(before.malformed, layout.malformed), "malformed stays");
	if (layout.nr_structures > before.nr_structures) {
		struct vfx_structure *s = &layout.structures[before.nr_structures];

		CHECK(s->kind != VFX_KIND_LEGACY, "no capability declares that");
		CHECK(implies(s->kind == VFX_KIND_COMMON, !(layout.io_bars >> s->bar & 1)),
		      "the common configuration is in memory space");
		CHECK(implies(config[pos + PCI_CAP_LIST_ID] == PCI_CAP_ID_VNDR &&
			      config[pos + VIRTIO_PCI_CAP_CFG_TYPE] == VIRTIO_PCI_CAP_COMMON_CFG &&
			      s->kind != VFX_KIND_MSIX,
			      s->kind == VFX_KIND_COMMON || s->kind == VFX_KIND_ABSENT),
		      "a common configuration is never raw");
	}
}

/*
 * layout_walk - the parser as a whole: the walk of the capability list.
 *
 * Whatever the list says: the walk ends, comes only to places that layout_step
 * looks at, no more often than there are dwords, and leaves what these steps made
 * of the layout, or an empty one.
 *
 * Bounds: any 256 bytes and BARs; steps as layout_step shows them.
 * Core: layout.c
 * Replace: parse_virtio:some_virtio parse_msix:some_msix
 * CBMC: --unwind 50
 */

static unsigned int steps;

/* The walk reads nothing of a layout but this, and layout_step has the rest. */
static void step(struct vfx_layout *layout, unsigned int pos)
{
	CHECK(pos >= PCI_STD_HEADER_SIZEOF && pos < VFX_CONFIG_SIZE && pos % 4 == 0,
	      "a dword behind the header");
	layout->malformed = layout->malformed || any();
	layout->nr_structures = nondet_u32();
	layout->nr_windows = nondet_u32();
	layout->common = (int)nondet_u32();
	layout->notify = (int)nondet_u32();
	steps++;
}

/* For parse_virtio() and parse_msix(): any step. */
void some_virtio(struct vfx_layout *layout, const u8 *config, unsigned int pos)
{
	(void)config;
	step(layout, pos);
}

void some_msix(struct vfx_layout *layout, const u8 *config, unsigned int pos)
{
	(void)config;
	step(layout, pos);
}

void prove_layout_walk(void)
{
	struct vfx_layout layout;
	u8 config[VFX_CONFIG_SIZE];
	u64 bar_length[VFX_BARS];

	vfx_parse_layout(&layout, config, bar_length, nondet_u32());
	CHECK(steps <= (VFX_CONFIG_SIZE - PCI_STD_HEADER_SIZEOF) / 4, "it ends in time");
	if (layout.malformed)
		CHECK(layout.common < 0 && layout.notify < 0 && !layout.nr_structures &&
		      !layout.nr_windows, "a malformed list declares nothing");
	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		CHECK(!steps && !layout.malformed, "no list is no fault");
}

/*
 * bar_run - what lies at an offset of a BAR, against a definition byte by byte.
 *
 * Bounds: any sound layout of at most 2 structures; any BAR, offset and count.
 * Core: layout.c
 * Small: VFX_MAX_STRUCTURES=2 VFX_MAX_WINDOWS=1
 * CBMC: --unwind 3
 */

#define MOST	2

void prove_bar_run(void)
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
}
