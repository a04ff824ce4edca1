/* SPDX-License-Identifier: GPL-2.0-only */
/* One open of a function: what its user is shown, from open to close. */
#ifndef VFX_SESSION_H
#define VFX_SESSION_H

#include "core/config_view.h"
#include "core/registers.h"
#include "device.h"

/**
 * struct vfx_session - one open
 * @decision: that let its user in
 * @layout: the function's, as its user sees it
 * @region: what its user reads in the verdict region
 * @lock: guards @registers and the windows of @config
 * @registers: its user's register file
 * @config: what its user sees of configuration space
 */
struct vfx_session {
	struct vfx_decision decision;
	struct vfx_layout layout;
	struct virtio_fixup_region region;
	struct mutex lock;	/* see above */
	struct vfx_registers registers;
	struct vfx_config_view config;
};

int vfx_open_device(struct vfio_device *core_vdev);
void vfx_close_device(struct vfio_device *core_vdev);

/* An access that vfio_pci_core answers, with the user's own buffer. */
ssize_t vfx_access_core(struct vfx_device *dev, unsigned int index, u64 offset,
			char __user *buf, size_t count, bool is_write);

#endif
