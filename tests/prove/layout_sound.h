/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sound layout (see sound.h), as CBMC takes it. The parser's harnesses show that
 * it makes no other; the harnesses of what comes behind it start from any of these.
 */
#ifndef VFX_LAYOUT_SOUND_H
#define VFX_LAYOUT_SOUND_H

#include "prove.h"
#include "sound.h"

static inline void check_layout(const struct vfx_layout *l)
{
	unsigned int i = nondet_u32(), window = nondet_u32();

	CHECK(layout_is_sound_at(l, i, window), "the layout is sound");
}

/* Any sound layout of at most @most structures and @windows windows. */
static inline void assume_layout(struct vfx_layout *l, unsigned int most,
				 unsigned int windows)
{
	unsigned int i;

	ASSUME(l->nr_structures <= most && l->nr_windows <= windows);
	for (i = 0; i < most || i < windows; i++)
		ASSUME(layout_is_sound_at(l, i, i));
}

#endif
