/* SPDX-License-Identifier: GPL-2.0-only */
/* One open of a function: what its user is shown, from open to close. */
#ifndef VFX_SESSION_H
#define VFX_SESSION_H

#include "core/registers.h"
#include "core/view.h"
#include "device.h"

/**
 * struct vfx_session - one open
 * @view: what its user is shown
 * @region: what its user reads in the verdict region
 * @lock: guards @registers and the windows of @view
 * @registers: its user's register file
 */
struct vfx_session {
	struct vfx_view view;
	struct virtio_fixup_region region;
	struct mutex lock;	/* see above */
	struct vfx_registers registers;
};

int vfx_open_device(struct vfio_device *core_vdev);
void vfx_close_device(struct vfio_device *core_vdev);

/* An access that vfio_pci_core answers, with the user's own buffer. */
ssize_t vfx_access_core(struct vfx_device *dev, unsigned int index, u64 offset,
			char __user *buf, size_t count, bool is_write);

#endif
