/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a layout is that can be relied on, for proof and fuzzing. A text of its
 * own, which the parser does not share.
 */
#ifndef VFX_SOUND_H
#define VFX_SOUND_H

#include "layout.h"

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

#endif
