/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lies at a byte of a BAR, asked of each byte by itself: a common
 * configuration that covers it, else what is absent, else the first that does.
 * Also the model of the host tests and of fuzzing.
 */
#ifndef VIRTIO_FIXUP_BYTEWISE_H
#define VIRTIO_FIXUP_BYTEWISE_H

#include "layout.h"

#define NOBODY	(-1)

static inline bool covers(const struct virtio_fixup_structure *s, unsigned int bar, u64 byte)
{
	return s->bar == bar && byte >= s->offset && byte - s->offset < s->length;
}

static inline int owner_of(const struct virtio_fixup_layout *l, unsigned int bar, u64 byte)
{
	int common = NOBODY, absent = NOBODY, other = NOBODY;
	unsigned int i;

	for (i = 0; i < l->nr_structures; i++) {
		const struct virtio_fixup_structure *s = &l->structures[i];
		int *first = s->kind == VIRTIO_FIXUP_COMMON ? &common :
			     s->kind == VIRTIO_FIXUP_ABSENT ? &absent : &other;

		if (covers(s, bar, byte) && *first == NOBODY)
			*first = (int)i;
	}
	return common != NOBODY ? common : absent != NOBODY ? absent : other;
}

static inline enum virtio_fixup_structure_kind kind_of(const struct virtio_fixup_layout *l,
						       int owner)
{
	return owner == NOBODY ? VIRTIO_FIXUP_ABSENT : l->structures[owner].kind;
}

static inline bool kind_is_mappable(enum virtio_fixup_structure_kind kind)
{
	return kind != VIRTIO_FIXUP_ABSENT && kind != VIRTIO_FIXUP_COMMON &&
	       kind != VIRTIO_FIXUP_LEGACY;
}

/* May a user have this byte mapped? */
static inline bool byte_is_mappable(const struct virtio_fixup_layout *l, unsigned int bar,
				    u64 byte)
{
	return bar < VIRTIO_FIXUP_BARS && byte < l->bar_length[bar] &&
	       kind_is_mappable(kind_of(l, owner_of(l, bar, byte)));
}

#endif
