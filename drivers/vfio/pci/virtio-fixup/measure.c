// SPDX-License-Identifier: GPL-2.0-only
/*
 * The measurement: gives the canary of canary.c its memory, its IOMMU domain
 * and its clock, and takes all of it away again.
 *
 * Two blocks: the device address of the one is the physical address of the
 * other, and a private domain maps nothing else. The domain is attached before
 * it is filled, as some IOMMU drivers know their page sizes only then; the
 * function cannot master the bus before both are done.
 */
#include <linux/cc_platform.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>

#include "core/canary.h"
#include "virtio_fixup.h"

#include "trace.h"

/* How long somebody else's reset of the function is waited for. */
#define RESET_TRIES		50
#define RESET_PAUSE_MS		100

/* Claiming a group stops its siblings' drivers from probing: one at a time. */
static DEFINE_MUTEX(measure_lock);

/* Memory a function may still write to, as it would not be reset. */
static unsigned int kept_pages;
module_param(kept_pages, uint, 0444);
MODULE_PARM_DESC(kept_pages, "Pages kept back because a function that does not reset may still write to them (read-only)");

struct measurement {
	struct vfx_canary canary;
	struct vfx_device *dev;
	struct page *translated;
	struct page *bypass;
	struct iommu_domain *domain;
	bool ran;
	char reason[VFX_REASON_LEN];
};

static bool notify(struct vfx_canary *canary, u16 queue, u16 offset)
{
	struct measurement *m = container_of(canary, struct measurement, canary);
	const struct vfx_layout *layout = &m->dev->layout;
	const struct vfx_structure *structure;
	u64 at = (u64)offset * layout->notify_multiplier;

	if (!m->dev->notify_io)
		return false;
	structure = &layout->structures[layout->notify];
	if (at + sizeof(u16) > structure->length || ((structure->offset + at) & 1))
		return false;
	wmb();	/* the rings, before the function is told of them */
	iowrite16(queue, m->dev->notify_io + at);
	return true;
}

/* No driver has it: one that came while the group is claimed would fail for good. */
static int is_unbound_endpoint(struct device *member, void *data)
{
	struct measurement *m = data;

	if (READ_ONCE(member->driver) ||
	    (dev_is_pci(member) && pci_is_bridge(to_pci_dev(member))))
		return 0;
	snprintf(m->reason, sizeof(m->reason),
		 "%s of its IOMMU group has no driver: bind it to a VFIO driver first",
		 dev_name(member));
	return 1;
}

static int check_siblings(struct measurement *m)
{
	struct device *self = &m->dev->core.pdev->dev;
	struct iommu_group *group = iommu_group_get(self);
	int found;

	if (!group)
		return -EOPNOTSUPP;
	/* While it is probed the function itself has a driver already. */
	found = iommu_group_for_each_dev(group, m, is_unbound_endpoint);
	iommu_group_put(group);
	return found ? -EOPNOTSUPP : 0;
}

/* What makes a measurement meaningless, or unsafe, here. */
static int check_conditions(struct measurement *m)
{
	struct vfx_device *dev = m->dev;
	const char *reason = NULL;

	if (!dev->facts.iommu_group)
		reason = "no IOMMU serves it";	/* or none that is cache coherent */
	else if (!dev->facts.common_cfg || !dev->facts.offered_known)
		reason = "it has no usable common configuration";
	else if (dev->layout.notify < 0)
		reason = "it has no notification structure";
	else if (cc_platform_has(CC_ATTR_GUEST_MEM_ENCRYPT))
		reason = "this machine's memory is encrypted: devices reach only shared pages";
	if (!reason)
		return check_siblings(m);
	strscpy(m->reason, reason, sizeof(m->reason));
	return -EOPNOTSUPP;
}

static int alloc_memory(struct measurement *m)
{
	unsigned int order = get_order(VFX_BLOCK_SIZE);
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN;

	m->translated = alloc_pages(gfp, order);
	m->bypass = alloc_pages(gfp, order);
	m->canary.reference = vmalloc(VFX_BLOCK_SIZE);
	if (!m->translated || !m->bypass || !m->canary.reference) {
		strscpy(m->reason, "no memory for it", sizeof(m->reason));
		return -ENOMEM;
	}
	m->canary.block_translated = page_address(m->translated);
	m->canary.block_bypass = page_address(m->bypass);
	m->canary.address = page_to_phys(m->bypass);
	return 0;
}

static void free_memory(struct measurement *m, bool keep)
{
	unsigned int order = get_order(VFX_BLOCK_SIZE);

	vfree(m->canary.reference);
	if (keep) {
		kept_pages += 2 << order;
		return;
	}
	if (m->translated)
		__free_pages(m->translated, order);
	if (m->bypass)
		__free_pages(m->bypass, order);
}

/* Through the IOMMU to the one block, past it to the other. */
static int attach_domain(struct measurement *m, struct iommu_group *group)
{
	struct iommu_domain_geometry *geometry;
	u64 last = m->canary.address + VFX_BLOCK_SIZE - 1;
	int ret;

	m->domain = iommu_paging_domain_alloc(&m->dev->core.pdev->dev);
	if (IS_ERR(m->domain)) {
		strscpy(m->reason, "its IOMMU gives no domain for it", sizeof(m->reason));
		ret = PTR_ERR(m->domain);
		m->domain = NULL;
		return ret;
	}
	ret = iommu_attach_group(m->domain, group);
	if (ret) {
		strscpy(m->reason, "its IOMMU does not attach a domain", sizeof(m->reason));
		goto free;
	}
	geometry = &m->domain->geometry;
	ret = -EOPNOTSUPP;
	if (!(m->domain->pgsize_bitmap & (PAGE_SIZE | (PAGE_SIZE - 1)))) {
		strscpy(m->reason, "its IOMMU has no page as small as this host's",
			sizeof(m->reason));
		goto detach;
	}
	if (geometry->force_aperture && (m->canary.address < geometry->aperture_start ||
					 last > geometry->aperture_end)) {
		strscpy(m->reason, "this host's memory is beyond its IOMMU's aperture",
			sizeof(m->reason));
		goto detach;
	}
	ret = iommu_map(m->domain, m->canary.address, page_to_phys(m->translated),
			VFX_BLOCK_SIZE, IOMMU_READ | IOMMU_WRITE | IOMMU_CACHE,
			GFP_KERNEL);
	if (!ret)
		return 0;
	strscpy(m->reason, "its IOMMU does not map the block", sizeof(m->reason));
detach:
	iommu_detach_group(m->domain, group);
free:
	iommu_domain_free(m->domain);
	m->domain = NULL;
	return ret;
}

static void detach_domain(struct measurement *m, struct iommu_group *group)
{
	iommu_unmap(m->domain, m->canary.address, VFX_BLOCK_SIZE);
	iommu_detach_group(m->domain, group);
	iommu_domain_free(m->domain);
}

/* Both runs. Unacked first: an ack may stick in a function for good. */
static int run_both(struct measurement *m, struct vfx_facts *facts)
{
	u32 word[2];
	int ret;

	ret = vfx_read_device_feature(&m->dev->hw, word);
	if (ret)
		return ret;
	facts->offered = vfx_offers_access_platform(word);
	ret = vfx_canary_run(&m->canary, facts->type, word, false, &facts->unacked);
	if (!ret && facts->offered)
		ret = vfx_canary_run(&m->canary, facts->type, word, true,
				     &facts->acked);
	return ret;
}

/*
 * Its device lock must not be waited for: see sysfs.c. Whoever resets its bus
 * holds it for a second or two, and is worth as much patience.
 */
static int try_reset_function(struct pci_dev *pdev)
{
	unsigned int tries = RESET_TRIES;
	int ret;

	for (;;) {
		ret = pci_try_reset_function(pdev);
		if (ret != -EAGAIN || !--tries)
			return ret;
		msleep(RESET_PAUSE_MS);
	}
}

/* It would not be reset through its status: try the way round it. */
static int reset_function(struct measurement *m, bool in_probe)
{
	struct pci_dev *pdev = m->dev->core.pdev;
	int ret;

	/* Both restore configuration space, and so must not restore this. */
	pci_clear_master(pdev);
	ret = in_probe ? pci_reset_function_locked(pdev) : try_reset_function(pdev);
	return ret ? ret : vfx_reset(&m->dev->hw);
}

/* With the group claimed. Return: 0; or -EIO, and the function is still at large. */
static int measure_claimed(struct measurement *m, struct vfx_facts *facts,
			   bool in_probe)
{
	struct pci_dev *pdev = m->dev->core.pdev;
	struct iommu_group *group = iommu_group_get(&pdev->dev);
	bool unstoppable = false, keep = false, disturbed = false;
	int generation;
	u16 command;
	int ret;

	ret = alloc_memory(m);
	if (!ret)
		ret = attach_domain(m, group);
	if (ret)
		goto free;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_INTX_DISABLE);
	/* Its last driver's queues may be live: not with bus master on. */
	ret = vfx_reset(&m->dev->hw);
	if (ret)
		ret = reset_function(m, in_probe);
	if (ret) {
		unstoppable = true;
		goto restore;
	}
	pci_set_master(pdev);
	m->ran = true;
	generation = atomic_read(&m->dev->generation);
	ret = run_both(m, facts);
	/* Neither what it offered nor a silence says anything then. */
	disturbed = generation & 1 || atomic_read(&m->dev->generation) != generation;
	if (ret)
		keep = reset_function(m, in_probe) && pci_device_is_present(pdev);
	unstoppable = keep;
	pci_clear_master(pdev);
restore:
	/* One that does not reset may hold its interrupt, and nobody would care. */
	if (unstoppable)
		command |= PCI_COMMAND_INTX_DISABLE;
	pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_MASTER);
	detach_domain(m, group);
	if (disturbed && !unstoppable) {
		strscpy(m->reason, "it was reset while it was measured: measure it again",
			sizeof(m->reason));
		ret = -EAGAIN;
	} else if (ret) {
		strscpy(m->reason, "it does not finish a reset", sizeof(m->reason));
		ret = -EIO;
	}
free:
	free_memory(m, keep);
	iommu_group_put(group);
	if (unstoppable) {
		mutex_lock(&m->dev->decision_lock);
		m->dev->facts.unstoppable = true;
		mutex_unlock(&m->dev->decision_lock);
		pci_err(pdev,
			"cannot be stopped: it will not be opened, and %u pages that it may still write to are kept; to do: have its hypervisor replace it\n",
			keep ? 2 << get_order(VFX_BLOCK_SIZE) : 0);
	}
	return ret;
}

/* The function is ours while its group is: nobody can open it, or has it open. */
static int measure_owned(struct measurement *m, struct vfx_facts *facts, bool in_probe)
{
	int ret;

	ret = vfx_map_idle(m->dev);
	if (!ret && !m->dev->notify_io) {
		/* What is told of no request would be silent, for no fault of its own. */
		vfx_unmap_idle(m->dev);
		ret = -ENOMEM;
	}
	if (ret) {
		strscpy(m->reason, "its registers cannot be reached", sizeof(m->reason));
		return ret;
	}
	ret = measure_claimed(m, facts, in_probe);
	vfx_unmap_idle(m->dev);
	return ret;
}

static int measure(struct measurement *m, struct vfx_facts *facts, bool in_probe)
{
	struct device *device = &m->dev->core.pdev->dev;
	int ret;

	if (facts->unstoppable) {
		strscpy(m->reason, "it could not be stopped: bind it again first",
			sizeof(m->reason));
		return -EIO;
	}
	if (vfx_protocol_names_physical(facts->type)) {
		strscpy(m->reason, "its protocol names physical addresses, whatever its rings do",
			sizeof(m->reason));
		return -EOPNOTSUPP;
	}
	if (!vfx_has_recipe(facts->type)) {
		strscpy(m->reason, "no harmless request is known for its device type",
			sizeof(m->reason));
		facts->unacked = VFX_OUTCOME_SILENT;
		if (facts->offered)
			facts->acked = VFX_OUTCOME_SILENT;
		return 0;
	}
	ret = check_conditions(m);
	if (ret)
		return ret;
	ret = iommu_device_claim_dma_owner(device, m);
	if (ret) {
		strscpy(m->reason, "its IOMMU group is in use", sizeof(m->reason));
		return -EBUSY;
	}
	ret = measure_owned(m, facts, in_probe);
	iommu_device_release_dma_owner(device);
	return ret;
}

/*
 * Keep what was found. A failure leaves what was known before; one of the
 * function itself voids what spoke for it, but never a bypass that was seen.
 */
static void publish(struct measurement *m, const struct vfx_facts *facts,
		    u32 usecs, int error)
{
	struct vfx_device *dev = m->dev;

	mutex_lock(&dev->decision_lock);
	if (!error && m->ran)
		dev->facts.offered = facts->offered;
	if (!error) {
		dev->facts.unacked = facts->unacked;
		dev->facts.acked = facts->acked;
		dev->measured.time = m->ran ? ktime_get_real_seconds() : 0;
		dev->measured.usecs = usecs;
	} else if (error == -EIO && dev->facts.unacked != VFX_OUTCOME_BYPASS &&
		   dev->facts.acked != VFX_OUTCOME_BYPASS) {
		dev->facts.unacked = VFX_OUTCOME_NOT_RUN;
		dev->facts.acked = VFX_OUTCOME_NOT_RUN;
		dev->measured.time = 0;
	}
	strscpy(dev->measured.reason, m->reason, sizeof(dev->measured.reason));
	mutex_unlock(&dev->decision_lock);
}

int vfx_measure(struct vfx_device *dev, bool in_probe)
{
	struct vfx_facts facts;
	struct measurement *m;
	ktime_t start;
	u32 usecs;
	int ret;

	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	m->dev = dev;
	m->canary.hw = &dev->hw;
	m->canary.notify = notify;

	mutex_lock(&measure_lock);
	start = ktime_get();
	mutex_lock(&dev->decision_lock);
	facts = dev->facts;
	mutex_unlock(&dev->decision_lock);
	facts.unacked = VFX_OUTCOME_NOT_RUN;
	facts.acked = VFX_OUTCOME_NOT_RUN;

	ret = measure(m, &facts, in_probe);
	usecs = ktime_us_delta(ktime_get(), start);
	publish(m, &facts, usecs, ret);
	mutex_unlock(&measure_lock);

	trace_virtio_fixup_measured(pci_name(dev->core.pdev), facts.unacked, facts.acked,
				    usecs, ret);
	if (m->ran && !ret)
		pci_info(dev->core.pdev, "measured: unacked %s, acked %s, in %u us\n",
			 vfx_outcome_word(facts.unacked),
			 vfx_outcome_word(facts.acked), usecs);
	else
		pci_info(dev->core.pdev, "not measured: %s\n", m->reason);
	kfree(m);
	return ret;
}
