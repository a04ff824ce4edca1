// SPDX-License-Identifier: GPL-2.0-only
/*
 * The verdict region of <linux/vfio_virtio_fixup.h>: what a virtual machine
 * monitor reads without parsing configuration space. Read-only, and the same
 * from open to close.
 */
#include <linux/uaccess.h>

#include "verdict_region.h"

static ssize_t region_rw(struct vfio_pci_core_device *core, char __user *buf, size_t count,
			 loff_t *ppos, bool is_write)
{
	struct vfx_device *dev = container_of(core, struct vfx_device, core);
	const struct virtio_fixup_region *region = &dev->session->region;
	loff_t pos = *ppos & VFIO_PCI_OFFSET_MASK;

	if (is_write || pos >= sizeof(*region))
		return -EINVAL;
	count = min_t(size_t, count, sizeof(*region) - pos);
	if (copy_to_user(buf, (const u8 *)region + pos, count))
		return -EFAULT;
	*ppos += count;
	return count;
}

/* The content is part of the session: there is nothing to free. */
static void region_release(struct vfio_pci_core_device *core, struct vfio_pci_region *region)
{
}

static const struct vfio_pci_regops region_ops = {
	.rw		= region_rw,
	.release	= region_release,
};

int vfx_add_region(struct vfx_device *dev, struct vfx_session *session)
{
	const struct vfx_decision *decision = &session->view.decision;
	struct virtio_fixup_region *r = &session->region;
	enum vfx_run run;

	memcpy(r->signature, VIRTIO_FIXUP_DESCRIPTION_SIGNATURE, sizeof(r->signature));
	r->version = cpu_to_le32(VIRTIO_FIXUP_REGION_VERSION);
	r->size = cpu_to_le32(sizeof(*r));
	r->policy = decision->policy;
	r->verdict = decision->verdict;
	r->basis = decision->basis;
	r->view = decision->view;
	r->ability = decision->ability;
	r->state = decision->state;
	r->description = session->view.config.description;
	mutex_lock(&dev->record->lock);
	run = vfx_decisive_run(dev->record->facts.offered);
	r->measured_time = cpu_to_le64(dev->record->evidence.time[run]);
	mutex_unlock(&dev->record->lock);

	return vfio_pci_core_register_dev_region(&dev->core,
						 VFIO_REGION_TYPE_PCI_VENDOR_TYPE |
						 PCI_VENDOR_ID_REDHAT_QUMRANET,
						 VIRTIO_FIXUP_REGION_SUBTYPE, &region_ops,
						 sizeof(*r), VFIO_REGION_INFO_FLAG_READ, NULL);
}
