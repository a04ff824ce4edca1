/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A view: all that one user of a function is shown of it. It is made once, at open,
 * from what is known then, and so a reader of the same bytes can make it, too.
 */
#ifndef VFX_VIEW_H
#define VFX_VIEW_H

#include "config_view.h"

/**
 * struct vfx_view - what one user is shown
 * @decision: that let the user in
 * @layout: the structures in the BARs
 * @config: configuration space
 */
struct vfx_view {
	struct vfx_decision decision;
	struct vfx_layout layout;
	struct vfx_config_view config;
};

/*
 * Make the view that a decision gives: from the facts it was made from, the function's
 * structures, and vfio_pci_core's copy of configuration space (see config_view.h).
 */
void vfx_make_view(struct vfx_view *view, const struct vfx_facts *facts,
		   const struct vfx_decision *decision, const struct vfx_layout *layout,
		   const u8 *vconfig, const u8 *map, unsigned int size);

#endif
