// SPDX-License-Identifier: GPL-2.0-only
/*
 * One open of a function: who is let in, what he is shown, his verdict region, and how
 * the function is left for the next.
 */
#include <linux/capability.h>
#include <linux/pm_runtime.h>
#include <linux/uaccess.h>

#include "device.h"
#include "measure.h"
#include "trace.h"

/* One line for a refusal: what, why, what to do. */
static void log_refusal(struct vfx_device *dev, const struct vfx_decision *d)
{
	const char *remedy = vfx_remedy_text(d->reason);

	/* Whoever may open the group may repeat this as often as it likes. */
	dev_warn_ratelimited(&dev->core.pdev->dev,
			     "open refused: verdict %s (%s): %s%s%s\n",
			     vfx_verdict_word(d->verdict), vfx_basis_word(d->basis),
			     vfx_reason_text(d->reason),
			     remedy ? "; to do: " : "", remedy ? remedy : "");
}

static int admit(struct vfx_device *dev, struct vfx_decision *d)
{
	int ret = vfx_record_admit(dev->record, d);

	if (ret)
		log_refusal(dev, d);
	return ret;
}

/* Nothing but the administrator's `unsafe` lets it in: that leaves a mark. */
static int accept_unsafe(struct vfx_device *dev, const struct vfx_decision *d)
{
	if (!capable(CAP_SYS_RAWIO)) {
		atomic64_inc(&dev->record->refusals[VFX_REFUSAL_OPENS]);
		dev_warn_ratelimited(&dev->core.pdev->dev,
				     "open refused: policy unsafe needs CAP_SYS_RAWIO to open; to do: open it with that capability, or set another policy\n");
		return -EPERM;
	}
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	pci_warn(dev->core.pdev,
		 "opened by policy unsafe: verdict %s (%s), its user may be able to overwrite this host's memory\n",
		 vfx_verdict_word(d->verdict), vfx_basis_word(d->basis));
	return 0;
}

/* Map what the doors need. Disabling the function unmaps it again. */
static int map_bars(struct vfx_device *dev)
{
	struct vfx_function *fn = &dev->record->function;
	const struct vfx_layout *layout = &fn->layout;
	const struct vfx_structure *common;
	unsigned long bars = 0;
	void __iomem *io;
	unsigned int i;

	for (i = 0; i < layout->nr_structures; i++)
		bars |= BIT(layout->structures[i].bar);
	/* Map the legacy interface as well: some view may declare it later. */
	if (dev->record->facts.identity != VFX_IDENTITY_MODERN && layout->bar_length[0])
		bars |= BIT(0);
	/* Map now, while there is no user: older cores map on first use, unlocked. */
	for_each_set_bit(i, &bars, VFX_BARS) {
		io = vfio_pci_core_get_iomap(&dev->core, i);
		if (IS_ERR(io))
			return PTR_ERR(io);
	}
	if (layout->common < 0)
		return 0;
	common = &layout->structures[layout->common];
	fn->common = vfio_pci_core_get_iomap(&dev->core, common->bar) + common->offset;
	return 0;
}

/* The function's own word, read anew: what it offered when it was bound is history. */
static int refresh_offered(struct vfx_device *dev, u32 word[2])
{
	struct vfx_function *fn = &dev->record->function;
	unsigned int generation = atomic_read(&fn->generation);
	int ret;

	if (!fn->common)
		return 0;
	ret = vfx_reset(&fn->hw);
	if (!ret)
		ret = vfx_read_device_feature(&fn->hw, word);
	/* A reset from sysfs waits for nobody, and what was read means nothing. */
	if (vfx_reset_since(fn, generation)) {
		dev_notice_ratelimited(&fn->pdev->dev,
				       "open failed: it was reset meanwhile; to do: open it again\n");
		return -EAGAIN;
	}
	if (ret) {
		dev_warn_ratelimited(&fn->pdev->dev,
				     "open failed: it does not answer a reset (%d); to do: reset it from sysfs, and measure it again\n",
				     ret);
		vfx_record_stoppable(dev->record, false);
		atomic64_inc(&dev->record->refusals[VFX_REFUSAL_OPENS]);
		return ret;
	}
	vfx_record_offered(dev->record, vfx_offers_access_platform(word));
	return 0;
}

static void build_view(struct vfx_device *dev, struct vfx_session *session,
		       const struct vfx_decision *decision, const u32 word[2])
{
	struct vfx_function *fn = &dev->record->function;
	struct vfx_view *view = &session->view;

	vfx_make_view(view, &dev->record->facts, decision, &fn->layout, dev->core.vconfig,
		      dev->core.pci_config_map, fn->pdev->cfg_size);
	if (fn->common)
		vfx_registers_init(&session->registers, &fn->hw,
				   fn->layout.structures[fn->layout.common].length, word,
				   decision->view);
	if (!view->config.description)
		dev_info_ratelimited(&fn->pdev->dev, "its configuration space has no room for the description capability: its user sees none\n");
}

/*
 * The verdict region of <linux/vfio_virtio_fixup.h>: what a virtual machine monitor reads
 * without parsing configuration space. Read-only, and the same from open to close.
 */
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

/*
 * Give a function that is being opened its verdict region. The core takes it away again
 * when it disables the function.
 */
static int add_region(struct vfx_device *dev, struct vfx_session *session)
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

/* With the function enabled, and still without a user. */
static int begin_session(struct vfx_device *dev, struct vfx_session *session,
			 struct vfx_decision *d)
{
	u32 word[2] = { 0 };
	int ret;

	ret = map_bars(dev);
	if (!ret)
		ret = refresh_offered(dev, word);
	if (!ret)
		ret = admit(dev, d);
	if (!ret && vfx_reason_is_unsafe(d->reason))
		ret = accept_unsafe(dev, d);
	if (ret)
		return ret;
	mutex_init(&session->lock);
	build_view(dev, session, d, word);
	return add_region(dev, session);
}

/* @decision: what was decided, also where it was a refusal. */
static int open_device(struct vfx_device *dev, struct vfx_decision *decision)
{
	struct vfx_session *session;
	int ret;

	ret = admit(dev, decision);
	if (ret)
		return ret;
	session = kvzalloc(sizeof(*session), GFP_KERNEL_ACCOUNT);
	if (!session)
		return -ENOMEM;
	ret = vfio_pci_core_enable(&dev->core);
	if (ret)
		goto free;
	ret = begin_session(dev, session, decision);
	if (ret)
		goto disable;

	if (decision->reason == VFX_REASON_VOUCHED)
		dev_notice_ratelimited(&dev->core.pdev->dev, "opened by %s\n",
				       vfx_reason_text(decision->reason));
	dev->session = session;
	vfx_record_in_force(dev->record, &session->view.decision);
	vfio_pci_core_finish_enable(&dev->core);
	return 0;

disable:
	dev->record->function.common = NULL;
	vfio_pci_core_disable(&dev->core);
free:
	kvfree(session);
	return ret;
}

int vfx_open_device(struct vfio_device *core_vdev)
{
	struct vfx_device *dev = to_vfx(core_vdev);
	struct vfx_decision decision;
	int ret = open_device(dev, &decision);

	trace_virtio_fixup_open(pci_name(dev->core.pdev), &decision, ret);
	vfx_event_open(dev->record, &decision, ret);
	/* It may have been found to offer something else than what was measured. */
	if (ret)
		vfx_due();
	return ret;
}

/* A reset that nobody told us of may have taken the BARs along. */
static void restore_bars(struct vfx_device *dev)
{
	struct pci_dev *pdev = dev->core.pdev;
	unsigned int i;

	if (pdev->is_virtfn)
		return;
	for (i = 0; i < VFX_BARS; i++)
		pci_write_config_dword(pdev, PCI_BASE_ADDRESS_0 + 4 * i, dev->core.rbar[i]);
}

/* Reset the function, in whatever state its user left it: decoding off, or power D3. */
static int stop(struct vfx_device *dev)
{
	struct pci_dev *pdev = dev->core.pdev;
	u16 command;
	int ret;

	/* Its user may have put it to sleep. The core wakes it by itself when it closes. */
	ret = pm_runtime_resume_and_get(&pdev->dev);
	if (ret)
		return ret;
	down_write(&dev->core.memory_lock);
	pci_set_power_state(pdev, PCI_D0);
	restore_bars(dev);
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_MEMORY);
	ret = vfx_reset(&dev->record->function.hw);
	up_write(&dev->core.memory_lock);
	pm_runtime_put(&pdev->dev);
	return ret;
}

void vfx_close_device(struct vfio_device *core_vdev)
{
	struct vfx_device *dev = to_vfx(core_vdev);
	struct vfx_session *session = dev->session;
	struct pci_dev *pdev = dev->core.pdev;
	int stopped = -ENODEV;

	if (dev->record->function.common) {
		stopped = stop(dev);
		trace_virtio_fixup_was_reset(pci_name(pdev), "close", stopped);
	}
	dev->record->function.common = NULL;
	/* Clears bus master, and resets the function where it has a reset. */
	vfio_pci_core_close_device(core_vdev);

	if (stopped && dev->core.needs_reset && pci_device_is_present(pdev)) {
		vfx_record_stoppable(dev->record, false);
		pci_err(pdev,
			"its user has left, but it cannot be stopped (%d): it will not be opened again; to do: reset it from sysfs, and measure it again\n",
			stopped);
	}
	vfx_record_in_force(dev->record, NULL);
	dev->session = NULL;
	kvfree(session);
	vfx_due();
}
