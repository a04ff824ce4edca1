// SPDX-License-Identifier: GPL-2.0-only
/* The view of view.h. */
#include "view.h"

/*
 * May the user of an unsafe open have the legacy interface? It could go live without
 * the ack, so not where the function offers one.
 */
static bool shows_legacy(const struct vfx_facts *facts, const struct vfx_decision *decision,
			 const struct vfx_layout *layout)
{
	return decision->view == VIRTIO_FIXUP_VIEW_RAW && !facts->offered &&
	       facts->identity != VFX_IDENTITY_MODERN && (layout->io_bars & 1);
}

void vfx_make_view(struct vfx_view *view, const struct vfx_facts *facts,
		   const struct vfx_decision *decision, const struct vfx_layout *layout,
		   const u8 *vconfig, const u8 *map, unsigned int size)
{
	view->decision = *decision;
	view->layout = *layout;
	if (decision->as_modern)
		vfx_hide_legacy(&view->layout);
	if (shows_legacy(facts, decision, layout))
		vfx_expose_legacy(&view->layout);
	vfx_config_view_init(&view->config, &view->layout, decision, facts->type,
			     vconfig, map, size);
}
