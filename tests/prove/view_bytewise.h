/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a view of configuration space is that can be relied on, asked of each byte
 * by itself. To be included behind config_view.c.
 */
#ifndef VFX_VIEW_BYTEWISE_H
#define VFX_VIEW_BYTEWISE_H

#include "layout_sound.h"

#define LINES		ARRAY_SIZE(rules)

/* In a view that is made: every byte's number is a line or a window there is. */
static inline bool rule_is_sound(const struct vfx_config_view *v,
				 const struct vfx_layout *l, unsigned int byte)
{
	unsigned int window = v->rule[byte] - RULE_WINDOW;

	if (v->rule[byte] < RULE_WINDOW)
		return v->rule[byte] < LINES;
	return window < l->nr_windows && v->window[window] == l->windows[window] &&
	       byte >= v->window[window] + VIRTIO_PCI_CAP_BAR && byte < v->window[window] + WINDOW_END;
}

#endif
