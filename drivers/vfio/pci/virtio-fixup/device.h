/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One bound function. What the driver's files know of each other goes upwards only:
 * hw, facts, event, record, group, measure, guard, due; then session, which is one open,
 * with bar, config, access and requests; then main and sysfs.
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

#include "record.h"

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

/* The driver sets no drvdata but the core's. */
static inline struct vfx_device *vfx_from_pci(struct pci_dev *pdev)
{
	struct vfio_pci_core_device *core = pci_get_drvdata(pdev);

	return container_of(core, struct vfx_device, core);
}

/*
 * A function answers in every state below D3hot. pci_power_t is ordered, but sparse does
 * not let us compare it.
 */
static inline bool vfx_powered(const struct pci_dev *pdev)
{
	return (__force int)pdev->current_state < (__force int)PCI_D3hot;
}

#endif
