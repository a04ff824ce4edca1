/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One bound function, and one open of it. No file of the driver calls one that comes later in
 * this list: hw, group, facts, blocks, event, record, measure, guard, due; then session, which
 * is one open, with access and requests; then main and sysfs. But record.c names the
 * attributes that sysfs.c has.
 *
 * Locks, outermost first:
 *   device lock	the kernel's: which driver a function has; what of the record is the
 *			guard's. Of siblings it is only tried for
 *   records_lock	(record.c) which records there are; nothing waits under it
 *   record->measuring	one measurement of a function; whoever takes it from its driver
 *   measure_lock	(measure.c) one measurement at a time: the blocks are one pair;
 *			a probe waits for it for some seconds only, the notifier half a second
 *   groups_lock	(group.c) which IOMMU groups are claimed
 *   record->lock	policy, facts, and which session there is; held over nothing but
 *			a look at the IOMMU group's members
 *   session->lock	register file and windows; no user copies under it
 *   core.memory_lock	read: the function is reachable and stays so; write: the
 *			same, and nobody else reaches it
 */
#ifndef VFX_DEVICE_H
#define VFX_DEVICE_H

#include <linux/vfio_pci_core.h>

#include "core/config_view.h"
#include "core/registers.h"
#include "record.h"

/* The verdict region, which is the one device region there is. */
#define VFX_REGION_INDEX	VFIO_PCI_NUM_REGIONS

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

/**
 * struct vfx_device - one bound function
 * @core: vfio_pci_core's; first, as its release frees the whole
 * @record: what is known of the function, and how to reach it
 * @registered: there is a VFIO device
 * @session: of the current user, or NULL; only calls of that user look at it
 */
struct vfx_device {
	struct vfio_pci_core_device core;
	struct vfx_record *record;
	bool registered;
	struct vfx_session *session;
};

static inline struct vfx_device *to_vfx(struct vfio_device *core_vdev)
{
	return container_of(core_vdev, struct vfx_device, core.vdev);
}

/*
 * What the user of a function calls, described with struct vfio_device_ops: open and
 * close are in session.c, reads and writes in access.c, the rest in requests.c.
 */
int vfx_open_device(struct vfio_device *core_vdev);
void vfx_close_device(struct vfio_device *core_vdev);
ssize_t vfx_read(struct vfio_device *core_vdev, char __user *buf, size_t count,
		 loff_t *ppos);
ssize_t vfx_write(struct vfio_device *core_vdev, const char __user *buf, size_t count,
		  loff_t *ppos);
int vfx_mmap(struct vfio_device *core_vdev, struct vm_area_struct *vma);
int vfx_get_region_info_caps(struct vfio_device *core_vdev, struct vfio_region_info *info,
			     struct vfio_info_cap *caps);
long vfx_ioctl(struct vfio_device *core_vdev, unsigned int cmd, unsigned long arg);
int vfx_device_feature(struct vfio_device *core_vdev, u32 flags, void __user *arg,
		       size_t argsz);

#endif
