// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_fixup_vfio_pci: a VFIO variant driver for virtio PCI functions.
 *
 * It decides from facts whether a function may be given to a VFIO user, and
 * shows that user an accurate description of its IOMMU situation. This file is
 * the life and death of a bound function, and what happens to it meanwhile.
 */
#include <linux/capability.h>
#include <linux/module.h>

#include "core/device_types.h"
#include "device.h"
#include "guard.h"
#include "measure.h"
#define CREATE_TRACE_POINTS
#include "trace.h"

static const struct vfio_device_ops vfx_ops = {
	.name			= "virtio_fixup_vfio_pci",
	.init			= vfio_pci_core_init_dev,
	.release		= vfio_pci_core_release_dev,
	.open_device		= vfx_open_device,
	.close_device		= vfx_close_device,
	.ioctl			= vfx_ioctl,
	.get_region_info_caps	= vfx_get_region_info_caps,
	.device_feature		= vfx_device_feature,
	.read			= vfx_read,
	.write			= vfx_write,
	.mmap			= vfx_mmap,
	.request		= vfio_pci_core_request,
	.match			= vfio_pci_core_match,
	.match_token_uuid	= vfio_pci_core_match_token_uuid,
	.bind_iommufd		= vfio_iommufd_physical_bind,
	.unbind_iommufd		= vfio_iommufd_physical_unbind,
	.attach_ioas		= vfio_iommufd_physical_attach_ioas,
	.detach_ioas		= vfio_iommufd_physical_detach_ioas,
};

/* The driver sets no drvdata but the core's. */
static struct vfx_device *from_pci(struct pci_dev *pdev)
{
	struct vfio_pci_core_device *core = pci_get_drvdata(pdev);

	return container_of(core, struct vfx_device, core);
}

/* A function without a VFIO device stays bound, so that its verdict and reason can be read. */
static int register_vfio(struct vfx_device *dev)
{
	int ret;

	if (!dev->record->facts.iommu_group)
		return 0;
	ret = vfio_pci_core_register_device(&dev->core);
	dev->registered = !ret;
	return ret;
}

static void tell_verdict(struct vfx_record *record)
{
	struct vfx_decision d = vfx_record_decision(record);

	pci_info(record->function.pdev, "verdict %s (%s), policy %s: %s: %s\n",
		 vfx_verdict_word(d.verdict), vfx_basis_word(d.basis),
		 vfx_policy_word(d.policy),
		 d.admitted ? "admitted" : "refused", vfx_reason_text(d.reason));
	vfx_event_bound(record, &d);
}

/* Read and measure the function, before anyone can open it. */
static int look_at(struct vfx_record *record)
{
	int ret;

	mutex_lock(&record->measuring);
	ret = vfx_look_at(record, VFX_FOR_PROBE);
	if (!ret)
		WRITE_ONCE(record->is_bound, true);
	mutex_unlock(&record->measuring);
	return ret;
}

/* Its next driver may come: no measurement has, or takes, its group. */
static void take_from(struct vfx_record *record)
{
	mutex_lock(&record->measuring);
	WRITE_ONCE(record->is_bound, false);
	mutex_unlock(&record->measuring);
}

/* The driver before left them behind, and their users would lose them. */
static void log_vfs(struct pci_dev *pdev)
{
	struct pci_dev *vf = NULL;

	do
		vf = pci_get_device(pdev->vendor, PCI_ANY_ID, vf);
	while (vf && !(vf->is_virtfn && pci_physfn(vf) == pdev));
	pci_warn(pdev,
		 "not bound: its virtual functions are enabled: %s and %d more; to do: give it back to the driver that enabled them, and write 0 to its sriov_numvfs\n",
		 vf ? pci_name(vf) : "?", pci_num_vf(pdev) - 1);
	pci_dev_put(vf);
}

static int vfx_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct vfx_device *dev;
	int ret;

	/* With driver_override, any device may come here. */
	if (pdev->vendor != PCI_VENDOR_ID_REDHAT_QUMRANET ||
	    !vfx_type_from_ids(pdev->device, pdev->subsystem_device))
		return -ENODEV;
	if (pci_num_vf(pdev)) {
		log_vfs(pdev);
		return -EBUSY;
	}

	dev = vfio_alloc_device(vfx_device, core.vdev, &pdev->dev, &vfx_ops);
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	dev->record = vfx_record_get(pdev);
	if (IS_ERR(dev->record)) {
		ret = PTR_ERR(dev->record);
		goto put;
	}
	pci_set_drvdata(pdev, &dev->core);
	ret = look_at(dev->record);
	if (ret)
		goto put;
	ret = register_vfio(dev);
	if (ret) {
		take_from(dev->record);
		goto put;
	}
	tell_verdict(dev->record);
	vfx_due();
	return 0;

put:
	vfio_put_device(&dev->core.vdev);
	return ret;
}

static void vfx_remove(struct pci_dev *pdev)
{
	struct vfx_device *dev = from_pci(pdev);

	take_from(dev->record);
	if (dev->registered)
		vfio_pci_core_unregister_device(&dev->core);
	vfio_put_device(&dev->core.vdev);
}

/*
 * The handlers run under locks of many kinds, or none, so they only count. A changed
 * number tells the register file to forget what it remembers; see registers.c.
 */
static void count_resets(struct pci_dev *pdev, int halves)
{
	atomic_add(halves, &from_pci(pdev)->record->function.generation);
}

static void vfx_reset_prepare(struct pci_dev *pdev)
{
	trace_virtio_fixup_was_reset(pci_name(pdev), "function", 0);
	count_resets(pdev, 1);
}

static void vfx_reset_done(struct pci_dev *pdev)
{
	count_resets(pdev, 1);
}

static pci_ers_result_t vfx_error_detected(struct pci_dev *pdev, pci_channel_state_t state)
{
	trace_virtio_fixup_was_reset(pci_name(pdev), "error", 0);
	count_resets(pdev, 2);
	return vfio_pci_core_aer_err_detected(pdev, state);
}

/* The link is reset between error_detected() and this. */
static void vfx_resume(struct pci_dev *pdev)
{
	count_resets(pdev, 2);
}

static const struct pci_error_handlers vfx_err_handlers = {
	.error_detected	= vfx_error_detected,
	.reset_prepare	= vfx_reset_prepare,
	.reset_done	= vfx_reset_done,
	.resume		= vfx_resume,
};

#define FUNCTION(device) \
	{ PCI_DRIVER_OVERRIDE_DEVICE_VFIO(PCI_VENDOR_ID_REDHAT_QUMRANET, device) },
#define MODERN_FUNCTION(number, name, addressing) FUNCTION(VFX_MODERN_DEVICE_ID + (number))

static const struct pci_device_id vfx_ids[] = {
	VFX_DEVICE_TYPES(MODERN_FUNCTION)
	FUNCTION(VIRTIO_TRANS_ID_NET)
	FUNCTION(VIRTIO_TRANS_ID_BLOCK)
	FUNCTION(VIRTIO_TRANS_ID_BALLOON)
	FUNCTION(VIRTIO_TRANS_ID_CONSOLE)
	FUNCTION(VIRTIO_TRANS_ID_SCSI)
	FUNCTION(VIRTIO_TRANS_ID_RNG)
	FUNCTION(0x1006)
	FUNCTION(0x1007)
	FUNCTION(0x1008)
	FUNCTION(VIRTIO_TRANS_ID_9P)
	{ }
};
MODULE_DEVICE_TABLE(pci, vfx_ids);

static struct pci_driver vfx_driver = {
	.name			= "virtio_fixup_vfio_pci",
	.id_table		= vfx_ids,
	.probe			= vfx_probe,
	.remove			= vfx_remove,
	.err_handler		= &vfx_err_handlers,
	.driver_managed_dma	= true,
};

/* Devices that leave end their record; what comes or goes may free a group. */
static int vfx_bus_notify(struct notifier_block *nb, unsigned long action, void *data)
{
	struct pci_dev *pdev = to_pci_dev((struct device *)data);

	vfx_guard_notify(pdev, action);
	switch (action) {
	case BUS_NOTIFY_REMOVED_DEVICE:
		vfx_record_drop(pdev);
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
	case BUS_NOTIFY_UNBOUND_DRIVER:
		vfx_due();
		break;
	}
	return NOTIFY_OK;
}

static int set_guard(const char *word, const struct kernel_param *kp)
{
	enum vfx_guard_mode mode;
	char copy[16];
	int ret;

	if (strscpy(copy, word, sizeof(copy)) < 0)
		return -EINVAL;
	ret = vfx_parse_guard_mode(strim(copy), &mode);
	if (ret)
		return ret;
	if (vfx_guard_mode_loosens(mode) && !capable(CAP_SYS_RAWIO))
		return -EPERM;
	vfx_guard_set_mode(mode);
	vfx_due();
	return 0;
}

static int get_guard(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%s\n", vfx_guard_mode_word(vfx_guard_mode()));
}

static const struct kernel_param_ops guard_ops = { .set = set_guard, .get = get_guard };
module_param_cb(guard, &guard_ops, NULL, 0644);
MODULE_PARM_DESC(guard, "What to do about functions that other VFIO drivers should not have: refuse, warn or off (default: refuse)");

static struct notifier_block vfx_bus_nb = { .notifier_call = vfx_bus_notify };

static void end_records(void)
{
	/* No device leaves between the notifier's end and that of the records. */
	pci_lock_rescan_remove();
	bus_unregister_notifier(&pci_bus_type, &vfx_bus_nb);
	vfx_due_stop();
	vfx_record_drop_all();
	pci_unlock_rescan_remove();
}

static int __init vfx_init(void)
{
	int ret;

	ret = vfx_blocks_init();
	if (ret)
		return ret;
	ret = bus_register_notifier(&pci_bus_type, &vfx_bus_nb);
	if (ret)
		goto free_blocks;
	ret = pci_register_driver(&vfx_driver);
	if (ret)
		goto unregister_notifier;
	/* After the notifier: what is bound in between is seen by one of them. */
	vfx_due_start();
	if (vfx_guard_again(VFX_FOR_PROBE))
		vfx_due();
	return 0;

unregister_notifier:
	end_records();
free_blocks:
	vfx_blocks_exit();
	return ret;
}
module_init(vfx_init);

static void __exit vfx_exit(void)
{
	pci_unregister_driver(&vfx_driver);
	end_records();
	vfx_blocks_exit();
}
module_exit(vfx_exit);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The vfio-virtio-fixup developers");
MODULE_DESCRIPTION("VFIO driver for virtio PCI functions that finds out where their DMA goes");
