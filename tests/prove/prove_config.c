// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view of configuration space: the walks of its lists, and the table of rules.
 */
#include "prove.h"
#include "config_view.c"

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

void prove_config_walk(void)
{
	if (any()) {
		u8 vconfig[VFX_CONFIG_SIZE], map[VFX_CONFIG_SIZE];

		walk(sizeof(vconfig), vconfig, map);
	} else {
		u8 vconfig[VFX_CONFIG_MAX], map[VFX_CONFIG_MAX];

		walk(sizeof(vconfig), vconfig, map);
	}
}

/*
 * config_rules - the table of the view, applied to the header or one capability.
 *
 * It gives lines of the table to bytes of that capability, and changes no value.
 *
 * Bounds: any map, any capability; 48 bytes of standard capabilities instead of
 * 192, 16 of extended ones instead of 3840.
 * Core: config_view.c
 * Small: VFX_CONFIG_SIZE=112 VFX_CONFIG_MAX=128
 * CBMC: --unwind 130 --max-field-sensitivity-array-size 128
 */

static struct vfx_config_view view;
static u8 map[VFX_CONFIG_MAX];

static void check_capability(enum rule_space space, unsigned int limit, unsigned int pos)
{
	struct vfx_config_view before = view;
	unsigned int byte;

	apply_rules(&view, space, space == HEADER ? 0 : nondet_u16(), pos, map);
	for (byte = 0; byte < VFX_CONFIG_MAX; byte++) {
		CHECK(view.image[byte] == before.image[byte], "no value changes");
		if (view.rule[byte] == before.rule[byte])
			continue;
		CHECK(view.rule[byte] > RULE_MODERN && view.rule[byte] < ARRAY_SIZE(rules),
		      "a byte gets a line that names a register");
		CHECK(byte >= pos && byte < limit && map[byte] == map[pos],
		      "only the capability's bytes do");
	}
}

void prove_config_rules(void)
{
	unsigned int i;

	for (i = 0; i < VFX_CONFIG_MAX; i++) {
		view.rule[i] = nondet_u8();
		view.image[i] = nondet_u8();
		map[i] = nondet_u8();
	}
	view.size = any() ? VFX_CONFIG_SIZE : VFX_CONFIG_MAX;

	/* Each place by itself: what is known makes it easy. */
	if (any()) {
		check_capability(HEADER, VFX_CONFIG_SIZE, 0);
		return;
	}
	for (i = PCI_STD_HEADER_SIZEOF; i < VFX_CONFIG_SIZE; i += 4) {
		if (any()) {
			check_capability(STANDARD, VFX_CONFIG_SIZE, i);
			return;
		}
	}
	for (; i < VFX_CONFIG_MAX; i += 4) {
		if (any()) {
			ASSUME(i < view.size);
			check_capability(EXTENDED, view.size, i);
			return;
		}
	}
}
