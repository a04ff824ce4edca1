/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The glue between the pure core and vfio_pci_core: one bound function, and
 * what the driver's files call of each other. Nothing here decides anything.
 *
 * Locks, outermost first:
 *   decision_lock	policy, facts, decision; held over nothing but a look at the
 *			IOMMU group's members
 *   register_lock	register file and windows; no user copies under it
 *   core.memory_lock	read: the function is reachable and stays so; write: the
 *			same, and nobody else reaches it
 */
#ifndef VFX_H
#define VFX_H

#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/vfio_pci_core.h>

#include "core/registers.h"
#include "core/config_view.h"
#include "core/layout.h"
#include "core/verdict.h"

/* Room for a sentence that names one other device. */
#define VFX_REASON_LEN	128

/**
 * struct vfx_measured - what the last measurement was like
 * @time: when, in seconds since the epoch; 0 if there was none, or it is void
 * @usecs: how long it took
 * @reason: why there is no outcome, or only silence; or empty
 */
struct vfx_measured {
	time64_t time;
	u32 usecs;
	char reason[VFX_REASON_LEN];
};

/**
 * struct vfx_device - one bound function
 * @core: vfio_pci_core's; first, as its release frees the whole
 * @hw: how the register file reaches the function
 * @common_io: the common configuration, while mapped
 * @notify_io: the notification structure, while measuring
 * @generation: counts resets from elsewhere twice, odd while one is under way
 * @registered: there is a VFIO device
 * @layout: where its structures are, as probe saw them
 * @decision_lock: guards what follows up to @refused_opens
 * @policy: for the next open
 * @facts: what is known
 * @measured: the measurement behind @facts
 * @decision: of the current user, while @is_open; of the next one otherwise
 * @is_open: somebody has it
 * @refused_opens: refused calls of open
 * @register_lock: guards @common, the windows of @config and @refusals
 * @open_layout: @layout as the current user sees it
 * @config: what the current user sees of configuration space
 * @region: what the current user reads in the verdict region
 * @common: the current user's register file
 * @refusals: what it and the other doors refused, over all users
 */
struct vfx_device {
	struct vfio_pci_core_device core;
	struct vfx_hw hw;
	void __iomem *common_io;
	void __iomem *notify_io;
	atomic_t generation;
	bool registered;
	struct vfx_layout layout;

	struct mutex decision_lock;	/* see above */
	enum virtio_fixup_policy policy;
	struct vfx_facts facts;
	struct vfx_measured measured;
	struct vfx_decision decision;
	bool is_open;
	u64 refused_opens;

	struct mutex register_lock;	/* see above */
	struct vfx_layout open_layout;
	struct vfx_config_view *config;
	struct virtio_fixup_region region;
	struct vfx_registers common;
	u64 refusals[VFX_REFUSALS];
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

/* Below D3hot a function answers; pci_power_t is ordered, but sparse forbids to say so. */
static inline bool vfx_powered(const struct vfx_device *dev)
{
	return (__force int)dev->core.pdev->current_state < (__force int)PCI_D3hot;
}

/* hardware.c */

/**
 * vfx_hw_init() - prepare @dev->hw
 * @dev: the function
 */
void vfx_hw_init(struct vfx_device *dev);

/* One access to a function's memory, of @width 1, 2 or 4. */
u32 vfx_io_read(void __iomem *io, unsigned int width);
void vfx_io_write(void __iomem *io, unsigned int width, u32 value);

/**
 * vfx_probe_facts() - fill @dev->facts and @dev->layout
 * @dev: the function, not registered with VFIO yet
 *
 * Resets the function and reads its device_feature. May sleep.
 * Return: 0, also where the function is broken: the facts say so; -ENODEV where
 * VFIO cannot be given its capability lists; or a negative errno where it cannot
 * be reached at all. A failure is in the log.
 */
int vfx_probe_facts(struct vfx_device *dev);

/**
 * vfx_platform_facts() - look at the IOMMU group again
 * @dev: the function
 *
 * Context: decision_lock held, or before anyone else knows @dev.
 */
void vfx_platform_facts(struct vfx_device *dev);

/**
 * vfx_map_idle() - reach the function while VFIO does not have it
 * @dev: powered, and nobody's
 *
 * Enables it and maps its common configuration and notification structure.
 * Return: 0, or a negative errno and nothing is left behind.
 */
int vfx_map_idle(struct vfx_device *dev);

/**
 * vfx_unmap_idle() - undo vfx_map_idle()
 * @dev: the function
 */
void vfx_unmap_idle(struct vfx_device *dev);

/**
 * vfx_map() - map what the open function's doors need
 * @dev: enabled by vfio_pci_core_enable(), which unmaps it again when disabled
 */
int vfx_map(struct vfx_device *dev);

/**
 * vfx_stop() - reset it after its user, in whatever state that left it
 * @dev: open, with no user left; memory decoding may be off, or power D3
 *
 * May sleep. Return: as vfx_reset().
 */
int vfx_stop(struct vfx_device *dev);

/**
 * vfx_reachable() - may the user's accesses reach the function's memory?
 * @dev: with core.memory_lock held
 */
bool vfx_reachable(struct vfx_device *dev);

/* measure.c */

/**
 * vfx_measure() - watch where the function's DMA goes
 * @dev: powered; nobody has it open
 * @in_probe: the device lock is held, and nobody knows of @dev yet
 *
 * Claims the IOMMU group meanwhile: who opens it then is told that it is busy.
 * Resets the function before and after. Stores outcomes and reason in @dev.
 * May sleep, for a second at most where the function does not reset, some
 * tens of milliseconds where it does not answer.
 *
 * Context: no lock of ours. One measurement at a time in all.
 * Return: 0 if it was done, with whatever outcome; -EBUSY if the group is in use;
 * -EAGAIN if somebody else reset the function meanwhile;
 * -EOPNOTSUPP if it cannot be trusted here; -EIO if the function would not
 * reset; or another negative errno. The reason says which.
 */
int vfx_measure(struct vfx_device *dev, bool in_probe);

/* access.c: every door. Documented with struct vfio_device_ops. */
ssize_t vfx_read(struct vfio_device *core_vdev, char __user *buf,
		 size_t count, loff_t *ppos);
ssize_t vfx_write(struct vfio_device *core_vdev, const char __user *buf,
		  size_t count, loff_t *ppos);

/**
 * vfx_refuse() - count and trace what a door refused
 * @dev: open
 * @refusal: what
 * @where: offset within the region; for a request, its number
 * @count: bytes; for a request, 0
 *
 * Context: may sleep; takes register_lock.
 */
void vfx_refuse(struct vfx_device *dev, enum vfx_refusal refusal,
		u64 where, u64 count);

/* The same for the register file; register_lock is held. */
void vfx_registers_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset,
			   size_t count);

/* The one device region there is; see verdict_region.c. */
#define VFX_REGION_INDEX	VFIO_PCI_NUM_REGIONS

/* verdict_region.c */

/**
 * vfx_add_region() - give an open function its verdict region
 * @dev: enabled, its view built
 * @decision: what the region says
 *
 * The core takes the region away again when the function is disabled.
 * Return: 0 or -ENOMEM.
 */
int vfx_add_region(struct vfx_device *dev,
		   const struct vfx_decision *decision);

/* sysfs.c */
extern const struct attribute_group *vfx_groups[];

#endif
