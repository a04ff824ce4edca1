// SPDX-License-Identifier: GPL-2.0-only
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
#include "prove.h"
#include "config_view.c"

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

int main(void)
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
		return 0;
	}
	for (i = PCI_STD_HEADER_SIZEOF; i < VFX_CONFIG_SIZE; i += 4) {
		if (any()) {
			check_capability(STANDARD, VFX_CONFIG_SIZE, i);
			return 0;
		}
	}
	for (; i < VFX_CONFIG_MAX; i += 4) {
		if (any()) {
			ASSUME(i < view.size);
			check_capability(EXTENDED, view.size, i);
			return 0;
		}
	}
	return 0;
}
