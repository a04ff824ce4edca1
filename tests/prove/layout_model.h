/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a layout says, in a text of its own, which the parser and the driver's walk of
 * a BAR do not share: for proof, host tests and fuzzing.
 */
#ifndef VFX_LAYOUT_MODEL_H
#define VFX_LAYOUT_MODEL_H

#include "layout.h"

/* Can the layout be relied on? */

#define WINDOW_CAP_LEN	20	/* struct virtio_pci_cfg_cap */

static inline bool structure_is_sound(const struct vfx_layout *l,
			       const struct vfx_structure *s)
{
	return (unsigned int)s->kind <= VFX_KIND_LEGACY && s->bar < VFX_BARS &&
	       s->length && s->offset + s->length >= s->offset &&
	       s->offset + s->length <= l->bar_length[s->bar];
}

static inline bool window_is_sound(u8 pos)
{
	return pos >= 0x40 && pos % 4 == 0 && pos + WINDOW_CAP_LEN <= VFX_CONFIG_SIZE;
}

static inline bool common_is_sound(const struct vfx_structure *s)
{
	return s->kind == VFX_KIND_COMMON && s->length >= VFX_COMMON_MIN &&
	       s->offset % 4 == 0;
}

/* For one structure and one window, which may be any. */
static inline bool layout_is_sound_at(const struct vfx_layout *l, unsigned int i,
			       unsigned int window)
{
	if (l->nr_structures > VFX_MAX_STRUCTURES ||
	    l->nr_windows > VFX_MAX_WINDOWS)
		return false;
	if (i < l->nr_structures && !structure_is_sound(l, &l->structures[i]))
		return false;
	if (window < l->nr_windows && !window_is_sound(l->windows[window]))
		return false;
	if (l->common < -1 || l->common >= (int)l->nr_structures ||
	    l->notify < -1 || l->notify >= (int)l->nr_structures)
		return false;
	if (l->common >= 0 && !common_is_sound(&l->structures[l->common]))
		return false;
	return l->notify < 0 || l->structures[l->notify].kind == VFX_KIND_NOTIFY;
}

/*
 * What lies at a byte of a BAR, asked of each byte by itself: a common
 * configuration that covers it, else what is absent, else the first that does.
 */

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
