// SPDX-License-Identifier: GPL-2.0-only
/*
 * config_walk - the walks of both capability lists for the view.
 *
 * Whatever the lists say: they end, read nothing beyond the space there is, and
 * come only to places that config_rules looks at, none of them in a gap.
 *
 * Bounds: any content and map; 64 bytes of capabilities instead of 192, and 16 of
 * extended configuration space instead of 3840.
 * Core: config_view.c
 * Small: VFX_CONFIG_SIZE=128 VFX_CONFIG_MAX=144
 * Replace: apply_rules:check_place
 * CBMC: --unwind 37
 */
#include "prove.h"
#include "config_view.c"

static unsigned int steps;

void check_place(struct vfx_config_view *view, enum rule_space space,
		 unsigned int id, unsigned int pos, const u8 *map)
{
	(void)id;
	steps++;
	CHECK(pos % 4 == 0, "a dword");
	CHECK(implies(space == STANDARD, pos >= PCI_STD_HEADER_SIZEOF && pos < standard_size(view)),
	      "in standard configuration space, behind the header");
	CHECK(implies(space == EXTENDED, pos >= VFX_CONFIG_SIZE && pos < view->size),
	      "in extended configuration space");
	CHECK(map[pos] != VFX_MAP_GAP, "where the core knows of a capability");
}

static void walk(unsigned int size, const u8 *vconfig, const u8 *map)
{
	struct vfx_config_view view;

	view.size = size;
	apply_standard(&view, vconfig, map);
	CHECK(steps <= VFX_CONFIG_SIZE / 4, "no more steps than dwords");
	apply_extended(&view, vconfig, map);
}

int main(void)
{
	if (any()) {
		u8 vconfig[VFX_CONFIG_SIZE], map[VFX_CONFIG_SIZE];

		walk(sizeof(vconfig), vconfig, map);
	} else {
		u8 vconfig[VFX_CONFIG_MAX], map[VFX_CONFIG_MAX];

		walk(sizeof(vconfig), vconfig, map);
	}
	return 0;
}
