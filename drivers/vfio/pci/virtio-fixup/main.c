// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_fixup_vfio_pci: a VFIO variant driver for virtio PCI functions.
 *
 * It decides from facts whether a function may be given to a VFIO user, and
 * shows that user an accurate description of its IOMMU situation. This file
 * owns the life of a bound function: probe, open, close, resets, remove.
 */
#include <linux/capability.h>
#include <linux/module.h>
#include <linux/vfio.h>

#include "core/device_types.h"
#include "requests.h"
#include "virtio_fixup.h"
#define CREATE_TRACE_POINTS
#include "trace.h"

static const char *verdict_word(const struct vfx_decision *d)
{
	return vfx_verdict_word(d->verdict);
}

/* One line for a refusal: what, why, what to do. */
static void log_refusal(struct vfx_device *dev,
			const struct vfx_decision *d)
{
	const char *remedy = vfx_remedy_text(d->reason);

	/* Whoever may open the group may repeat this as often as it likes. */
	dev_warn_ratelimited(&dev->core.pdev->dev,
			     "open refused: verdict %s (%s): %s%s%s\n",
			     verdict_word(d), vfx_basis_word(d->basis),
			     vfx_reason_text(d->reason),
			     remedy ? "; to do: " : "", remedy ? remedy : "");
}

/* Nothing but the administrator's `unsafe` lets it in: that leaves a mark. */
static int accept_unsafe(struct vfx_device *dev,
			 const struct vfx_decision *d)
{
	if (!capable(CAP_SYS_RAWIO)) {
		mutex_lock(&dev->decision_lock);
		dev->refused_opens++;
		mutex_unlock(&dev->decision_lock);
		dev_warn_ratelimited(&dev->core.pdev->dev,
				     "open refused: policy unsafe needs CAP_SYS_RAWIO to open; to do: open it with that capability, or set another policy\n");
		return -EPERM;
	}
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	pci_warn(dev->core.pdev,
		 "opened by policy unsafe: verdict %s (%s), its user may be able to overwrite this host's memory\n",
		 verdict_word(d), vfx_basis_word(d->basis));
	return 0;
}

/* Decide for an open that begins now; count and log a refusal. */
static int decide_open(struct vfx_device *dev, struct vfx_decision *d)
{
	mutex_lock(&dev->decision_lock);
	vfx_platform_facts(dev);
	*d = vfx_decide(&dev->facts, dev->policy);
	if (!d->admitted)
		dev->refused_opens++;
	mutex_unlock(&dev->decision_lock);

	if (d->admitted)
		return 0;
	log_refusal(dev, d);
	return -EPERM;
}

/* The function's own word, read anew: what it offered when it was bound is history. */
static int refresh_offered(struct vfx_device *dev, u32 word[2])
{
	int generation = atomic_read(&dev->generation);
	bool offered;
	int ret;

	if (dev->layout.common < 0)
		return 0;
	ret = vfx_reset(&dev->hw);
	if (!ret)
		ret = vfx_read_device_feature(&dev->hw, word);
	/* A reset from sysfs waits for nobody, and what was read means nothing. */
	if (generation & 1 || atomic_read(&dev->generation) != generation) {
		dev_notice_ratelimited(&dev->core.pdev->dev,
				       "open failed: it was reset meanwhile; to do: open it again\n");
		return -EAGAIN;
	}
	if (ret) {
		dev_warn_ratelimited(&dev->core.pdev->dev,
				     "open failed: it does not answer a reset (%d); to do: reset it from sysfs and bind it again\n",
				     ret);
		mutex_lock(&dev->decision_lock);
		dev->facts.unstoppable = true;
		dev->refused_opens++;
		mutex_unlock(&dev->decision_lock);
		return ret;
	}

	offered = vfx_offers_access_platform(word);
	mutex_lock(&dev->decision_lock);
	if (!dev->facts.offered_known || dev->facts.offered != offered) {
		dev_notice_ratelimited(&dev->core.pdev->dev,
				       "it %s ACCESS_PLATFORM now: what was known of it is void\n",
				       offered ? "offers" : "does not offer");
		dev->facts.offered_known = true;
		dev->facts.offered = offered;
		dev->facts.unacked = VFX_OUTCOME_NOT_RUN;
		dev->facts.acked = VFX_OUTCOME_NOT_RUN;
		dev->measured = (struct vfx_measured) {
			.reason = "what it offers has changed since it was measured"
		};
	}
	mutex_unlock(&dev->decision_lock);
	return 0;
}

static void build_view(struct vfx_device *dev,
		       const struct vfx_decision *d, const u32 word[2])
{
	dev->open_layout = dev->layout;
	if (d->as_modern)
		vfx_hide_legacy(&dev->open_layout);
	/* Its legacy interface could go live without the ack it offers. */
	if (d->view == VIRTIO_FIXUP_VIEW_RAW && !vfx_offers_access_platform(word) &&
	    dev->facts.identity != VFX_IDENTITY_MODERN &&
	    (pci_resource_flags(dev->core.pdev, 0) & IORESOURCE_IO))
		vfx_expose_legacy(&dev->open_layout);

	vfx_config_view_init(dev->config, &dev->open_layout, d, dev->facts.type,
			     dev->core.vconfig, dev->core.pci_config_map,
			     dev->core.pdev->cfg_size);
	if (dev->layout.common >= 0)
		vfx_registers_init(&dev->common, &dev->hw,
				   dev->layout.structures[dev->layout.common].length,
				   word, d->view);
	if (!dev->config->description)
		dev_info_ratelimited(&dev->core.pdev->dev,
				     "no room for the description capability\n");
}

/* @d: what was decided, also where it was a refusal. */
static int open_device(struct vfx_device *dev, struct vfx_decision *d)
{
	u32 word[2] = { 0 };
	int ret;

	ret = decide_open(dev, d);
	if (ret)
		return ret;
	dev->config = kvzalloc(sizeof(*dev->config), GFP_KERNEL_ACCOUNT);
	if (!dev->config)
		return -ENOMEM;
	ret = vfio_pci_core_enable(&dev->core);
	if (ret)
		goto free_config;
	ret = vfx_map(dev);
	if (!ret)
		ret = refresh_offered(dev, word);
	if (!ret)
		ret = decide_open(dev, d);
	if (!ret && d->reason == VFX_REASON_UNSAFE)
		ret = accept_unsafe(dev, d);
	if (ret)
		goto disable;

	build_view(dev, d, word);
	ret = vfx_add_region(dev, d);
	if (ret)
		goto disable;
	if (d->reason == VFX_REASON_VOUCHED)
		dev_notice_ratelimited(&dev->core.pdev->dev, "opened by %s\n",
				       vfx_reason_text(d->reason));
	mutex_lock(&dev->decision_lock);
	dev->decision = *d;
	dev->is_open = true;
	mutex_unlock(&dev->decision_lock);
	vfio_pci_core_finish_enable(&dev->core);
	return 0;

disable:
	dev->common_io = NULL;
	vfio_pci_core_disable(&dev->core);
free_config:
	kvfree(dev->config);
	dev->config = NULL;
	return ret;
}

static int vfx_open_device(struct vfio_device *core_vdev)
{
	struct vfx_device *dev = to_vfx(core_vdev);
	struct vfx_decision decision;
	int ret = open_device(dev, &decision);

	trace_virtio_fixup_open(pci_name(dev->core.pdev), &decision, ret);
	return ret;
}

static void vfx_close_device(struct vfio_device *core_vdev)
{
	struct vfx_device *dev = to_vfx(core_vdev);
	int stopped = -ENODEV;

	if (dev->common_io) {
		stopped = vfx_stop(dev);
		trace_virtio_fixup_was_reset(pci_name(dev->core.pdev), "close", stopped);
	}
	dev->common_io = NULL;
	/* Clears bus master, and resets the function where it has a reset. */
	vfio_pci_core_close_device(core_vdev);

	mutex_lock(&dev->decision_lock);
	dev->is_open = false;
	if (stopped && dev->core.needs_reset && pci_device_is_present(dev->core.pdev)) {
		dev->facts.unstoppable = true;
		pci_err(dev->core.pdev,
			"its user has left, but it cannot be stopped (%d): it will not be opened again; to do: reset it and bind it again\n",
			stopped);
	}
	mutex_unlock(&dev->decision_lock);
	kvfree(dev->config);
	dev->config = NULL;
}

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

/* Without a VFIO device it is still bound: its verdict and reason can be read. */
static int register_vfio(struct vfx_device *dev)
{
	int ret;

	if (!dev->facts.iommu_group)
		return 0;
	ret = vfio_pci_core_register_device(&dev->core);
	dev->registered = !ret;
	return ret;
}

static int vfx_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct vfx_decision decision;
	struct vfx_device *dev;
	int ret;

	/* driver_override brings anything. */
	if (pdev->vendor != VFX_VENDOR_ID ||
	    !vfx_type_from_ids(pdev->device, pdev->subsystem_device))
		return -ENODEV;
	if (pci_num_vf(pdev)) {
		pci_warn(pdev, "not bound: its virtual functions are enabled; to do: disable them\n");
		return -EBUSY;
	}

	dev = vfio_alloc_device(vfx_device, core.vdev, &pdev->dev,
				&vfx_ops);
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	mutex_init(&dev->decision_lock);
	mutex_init(&dev->register_lock);
	vfx_hw_init(dev);
	pci_set_drvdata(pdev, &dev->core);

	ret = vfx_probe_facts(dev);
	if (ret)
		goto put;
	/* Before anyone can open it. Without an outcome it is judged by its word. */
	vfx_measure(dev, true);
	ret = register_vfio(dev);
	if (ret)
		goto put;

	decision = vfx_decide(&dev->facts, dev->policy);
	pci_info(pdev, "verdict %s (%s), policy %s: %s: %s\n", verdict_word(&decision),
		 vfx_basis_word(decision.basis),
		 vfx_policy_word(dev->policy),
		 decision.admitted ? "admitted" : "refused",
		 vfx_reason_text(decision.reason));
	return 0;

put:
	vfio_put_device(&dev->core.vdev);
	return ret;
}

static void vfx_remove(struct pci_dev *pdev)
{
	struct vfx_device *dev = vfx_from_pci(pdev);

	if (dev->registered)
		vfio_pci_core_unregister_device(&dev->core);
	vfio_put_device(&dev->core.vdev);
}

/*
 * These run under locks of many kinds, or none: they only count. The number is
 * a hint that the register file's memory is void; see registers.c.
 */
static void vfx_reset_prepare(struct pci_dev *pdev)
{
	trace_virtio_fixup_was_reset(pci_name(pdev), "function", 0);
	atomic_inc(&vfx_from_pci(pdev)->generation);
}

static void vfx_reset_done(struct pci_dev *pdev)
{
	atomic_inc(&vfx_from_pci(pdev)->generation);
}

static pci_ers_result_t vfx_error_detected(struct pci_dev *pdev,
					   pci_channel_state_t state)
{
	trace_virtio_fixup_was_reset(pci_name(pdev), "error", 0);
	atomic_add(2, &vfx_from_pci(pdev)->generation);
	return vfio_pci_core_aer_err_detected(pdev, state);
}

/* Behind the link's reset, which comes after error_detected. */
static void vfx_resume(struct pci_dev *pdev)
{
	atomic_add(2, &vfx_from_pci(pdev)->generation);
}

static const struct pci_error_handlers vfx_err_handlers = {
	.error_detected	= vfx_error_detected,
	.reset_prepare	= vfx_reset_prepare,
	.reset_done	= vfx_reset_done,
	.resume		= vfx_resume,
};

#define FUNCTION(device) \
	{ PCI_DRIVER_OVERRIDE_DEVICE_VFIO(VFX_VENDOR_ID, device) },
#define MODERN_FUNCTION(number, name, addressing) FUNCTION(0x1040 + (number))

static const struct pci_device_id vfx_ids[] = {
	VFX_DEVICE_TYPES(MODERN_FUNCTION)
	FUNCTION(0x1000)	/* transitional: net */
	FUNCTION(0x1001)	/* blk */
	FUNCTION(0x1002)	/* balloon */
	FUNCTION(0x1003)	/* console */
	FUNCTION(0x1004)	/* scsi */
	FUNCTION(0x1005)	/* rng */
	FUNCTION(0x1006)
	FUNCTION(0x1007)
	FUNCTION(0x1008)
	FUNCTION(0x1009)	/* 9p */
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
	.dev_groups		= vfx_groups,
};
module_pci_driver(vfx_driver);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The vfio-virtio-fixup developers");
MODULE_DESCRIPTION("VFIO for virtio PCI functions: tells translated from bypassing, and says so");
