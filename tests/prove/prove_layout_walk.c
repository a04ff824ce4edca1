// SPDX-License-Identifier: GPL-2.0-only
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
#include "prove.h"
#include "layout.c"

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

int main(void)
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
	return 0;
}
