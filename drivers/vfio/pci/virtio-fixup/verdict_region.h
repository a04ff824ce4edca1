/* SPDX-License-Identifier: GPL-2.0-only */
/* The one device region there is. */
#ifndef VFX_VERDICT_REGION_H
#define VFX_VERDICT_REGION_H

#include "session.h"

#define VFX_REGION_INDEX	VFIO_PCI_NUM_REGIONS

/*
 * Give a function that is being opened its verdict region. The core takes it away again
 * when it disables the function. Return: 0 or -ENOMEM.
 */
int vfx_add_region(struct vfx_device *dev, struct vfx_session *session);

#endif
