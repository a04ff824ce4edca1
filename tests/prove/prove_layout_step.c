// SPDX-License-Identifier: GPL-2.0-only
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
#include "layout_sound.h"
#include "layout.c"

int main(void)
{
	struct vfx_layout layout, before;
	u8 config[VFX_CONFIG_SIZE];
	unsigned int pos = nondet_u32();

	ASSUME(pos >= PCI_STD_HEADER_SIZEOF && pos < VFX_CONFIG_SIZE && pos % 4 == 0);
	assume_layout(&layout, VFX_MAX_STRUCTURES, VFX_MAX_WINDOWS);
	before = layout;

	if (any())
		parse_virtio(&layout, config, pos);
	else
		parse_msix(&layout, config, pos);

	check_layout(&layout);
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
	return 0;
}
