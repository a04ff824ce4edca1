/* SPDX-License-Identifier: GPL-2.0-only */
/* The one device region there is. */
#ifndef VFX_VERDICT_REGION_H
#define VFX_VERDICT_REGION_H

#include "session.h"

#define VFX_REGION_INDEX	VFIO_PCI_NUM_REGIONS

/**
 * vfx_add_region() - give an open function its verdict region
 * @dev: enabled
 * @session: of its user, with all that the region says
 *
 * The core takes the region away again when the function is disabled.
 * Return: 0 or -ENOMEM.
 */
int vfx_add_region(struct vfx_device *dev, struct vfx_session *session);

#endif
