/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lies at a byte of a BAR, asked of each byte by itself: a common
 * configuration that covers it, else what is absent, else the first that does.
 * Also the model of the host tests and of fuzzing.
 */
#ifndef VFX_BYTEWISE_H
#define VFX_BYTEWISE_H

#include "layout.h"

#define NOBODY	(-1)

static inline bool covers(const struct vfx_structure *s, unsigned int bar, u64 byte)
{
	return s->bar == bar && byte >= s->offset && byte - s->offset < s->length;
}

static inline int owner_of(const struct vfx_layout *l, unsigned int bar, u64 byte)
{
	int common = NOBODY, absent = NOBODY, other = NOBODY;
	unsigned int i;

	for (i = 0; i < l->nr_structures; i++) {
		const struct vfx_structure *s = &l->structures[i];
		int *first = s->kind == VFX_KIND_COMMON ? &common :
			     s->kind == VFX_KIND_ABSENT ? &absent : &other;

		if (covers(s, bar, byte) && *first == NOBODY)
			*first = (int)i;
	}
	return common != NOBODY ? common : absent != NOBODY ? absent : other;
}

static inline enum vfx_kind kind_of(const struct vfx_layout *l,
				    int owner)
{
	return owner == NOBODY ? VFX_KIND_ABSENT : l->structures[owner].kind;
}

static inline bool kind_is_mappable(enum vfx_kind kind)
{
	return kind != VFX_KIND_ABSENT && kind != VFX_KIND_COMMON &&
	       kind != VFX_KIND_LEGACY;
}

/* May a user have this byte mapped? */
static inline bool byte_is_mappable(const struct vfx_layout *l, unsigned int bar,
				    u64 byte)
{
	return bar < VFX_BARS && byte < l->bar_length[bar] &&
	       kind_is_mappable(kind_of(l, owner_of(l, bar, byte)));
}

#endif
