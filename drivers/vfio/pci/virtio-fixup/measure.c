// SPDX-License-Identifier: GPL-2.0-only
/*
 * The measurement: gives the canary of core/canary.c its blocks and its function,
 * keeps users out meanwhile, and leaves a function that does nothing more.
 */
#include <linux/cc_platform.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "blocks.h"
#include "core/canary.h"
#include "measure.h"
#include "trace.h"

/* How long somebody else's reset of the function is waited for. */
#define RESET_TRIES		50
#define RESET_PAUSE_MS		100

/* Claiming a group stops its siblings' drivers from probing: one at a time. */
static DEFINE_MUTEX(measure_lock);

/**
 * struct measurement - one measurement
 * @canary: what the pure core needs
 * @record: of the function
 * @fn: the function
 * @blocks: the canary's memory
 * @in_probe: the device lock is held
 * @facts: the record's, and what is seen
 * @ran: the canary did
 * @unstoppable: the function does not reset
 * @at_large: and may still write to the blocks
 * @result: for the record
 */
struct measurement {
	struct vfx_canary canary;
	struct vfx_record *record;
	struct vfx_function *fn;
	struct vfx_blocks blocks;
	bool in_probe;
	struct vfx_facts facts;
	bool ran;
	bool unstoppable;
	bool at_large;
	struct vfx_measured result;
};

static int fail(struct measurement *m, int error, const char *reason)
{
	strscpy(m->result.reason, reason, sizeof(m->result.reason));
	return error;
}

static bool notify(struct vfx_canary *canary, u16 queue, u16 offset)
{
	struct vfx_function *fn = container_of(canary, struct measurement, canary)->fn;
	u64 at;

	if (!vfx_notify_offset(&fn->layout, offset, &at))
		return false;
	wmb();	/* the rings, before the function is told of them */
	iowrite16(queue, fn->notify + at);
	return true;
}

/* Both runs. Unacked first: an ack may stick in a function for good. */
static int run_both(struct measurement *m)
{
	struct vfx_facts *facts = &m->facts;
	u32 word[2];
	int ret;

	ret = vfx_read_device_feature(&m->fn->hw, word);
	if (ret)
		return ret;
	facts->offered = vfx_offers_access_platform(word);
	ret = vfx_canary_run(&m->canary, facts->type, word, false, &facts->unacked);
	if (!ret && facts->offered)
		ret = vfx_canary_run(&m->canary, facts->type, word, true, &facts->acked);
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
static int reset_function(struct measurement *m)
{
	struct pci_dev *pdev = m->fn->pdev;
	int ret;

	/* Both restore configuration space, and so must not restore this. */
	pci_clear_master(pdev);
	ret = m->in_probe ? pci_reset_function_locked(pdev) : try_reset_function(pdev);
	return ret ? ret : vfx_reset(&m->fn->hw);
}

/* The function is reset before bus master is on, and after. */
static int run_mastering(struct measurement *m)
{
	struct pci_dev *pdev = m->fn->pdev;
	unsigned int generation;
	bool disturbed;
	int ret;

	/* Its last driver's queues may be live: not with bus master on. */
	if (vfx_reset(&m->fn->hw) && reset_function(m)) {
		m->unstoppable = true;
		return fail(m, -EIO, "it does not finish a reset");
	}
	pci_set_master(pdev);
	m->ran = true;
	generation = atomic_read(&m->fn->generation);
	ret = run_both(m);
	/* Neither what it offered nor a silence says anything then. */
	disturbed = vfx_reset_since(m->fn, generation);
	if (ret)
		m->at_large = reset_function(m) && pci_device_is_present(pdev);
	m->unstoppable = m->at_large;
	pci_clear_master(pdev);

	if (disturbed && !m->unstoppable)
		return fail(m, -EAGAIN, "it was reset while it was measured: measure it again");
	return ret ? fail(m, -EIO, "it does not finish a reset") : 0;
}

/* With the function mapped. */
static int run(struct measurement *m)
{
	struct pci_dev *pdev = m->fn->pdev;
	const char *problem;
	unsigned int kept;
	u16 command;
	int ret;

	ret = vfx_get_blocks(&m->blocks, &pdev->dev, &problem);
	if (ret)
		return fail(m, ret, problem);
	m->canary.block_translated = page_address(m->blocks.translated);
	m->canary.block_bypass = page_address(m->blocks.bypass);
	m->canary.reference = m->blocks.reference;
	m->canary.address = m->blocks.address;

	/* Nobody handles its interrupt. */
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_INTX_DISABLE);
	ret = run_mastering(m);
	/* One that does not reset may hold it. */
	if (m->unstoppable)
		command |= PCI_COMMAND_INTX_DISABLE;
	pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_MASTER);

	kept = vfx_put_blocks(&m->blocks, m->at_large);
	if (m->unstoppable) {
		vfx_record_unstoppable(m->record);
		pci_err(pdev,
			"cannot be stopped: it will not be opened, and %u pages that it may still write to are kept; to do: have its hypervisor replace it\n",
			kept);
	}
	return ret;
}

/* The function is ours while its group is: nobody can open it, or has it open. */
static int measure_owned(struct measurement *m)
{
	int ret;

	ret = vfx_map_idle(m->fn);
	if (!ret && !m->fn->notify) {
		/* What is told of no request would be silent, for no fault of its own. */
		vfx_unmap_idle(m->fn);
		ret = -ENOMEM;
	}
	if (ret)
		return fail(m, ret, "its registers cannot be reached");
	ret = run(m);
	vfx_unmap_idle(m->fn);
	return ret;
}

/* No driver has it: one that came while the group is claimed would fail for good. */
static int is_unbound_endpoint(struct device *member, void *data)
{
	struct measurement *m = data;

	if (READ_ONCE(member->driver) ||
	    (dev_is_pci(member) && pci_is_bridge(to_pci_dev(member))))
		return 0;
	snprintf(m->result.reason, sizeof(m->result.reason),
		 "%s of its IOMMU group has no driver: bind it to a VFIO driver first",
		 dev_name(member));
	return 1;
}

static int check_siblings(struct measurement *m)
{
	struct iommu_group *group = iommu_group_get(&m->fn->pdev->dev);
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
	const struct vfx_facts *facts = &m->facts;

	if (!facts->iommu_group)	/* or none that is cache coherent */
		return fail(m, -EOPNOTSUPP, "no IOMMU serves it");
	if (!facts->common_cfg || !facts->offered_known)
		return fail(m, -EOPNOTSUPP, "it has no usable common configuration");
	if (m->fn->layout.notify < 0)
		return fail(m, -EOPNOTSUPP, "it has no notification structure");
	if (cc_platform_has(CC_ATTR_GUEST_MEM_ENCRYPT))
		return fail(m, -EOPNOTSUPP,
			    "this machine's memory is encrypted: devices reach only shared pages");
	return check_siblings(m);
}

static int measure(struct measurement *m)
{
	struct device *device = &m->fn->pdev->dev;
	struct vfx_facts *facts = &m->facts;
	int ret;

	if (facts->unstoppable)
		return fail(m, -EIO, "it could not be stopped: bind it again first");
	if (vfx_protocol_names_physical(facts->type))
		return fail(m, -EOPNOTSUPP,
			    "its protocol names physical addresses, whatever its rings do");
	if (!vfx_has_recipe(facts->type)) {
		facts->unacked = VFX_OUTCOME_SILENT;
		if (facts->offered)
			facts->acked = VFX_OUTCOME_SILENT;
		return fail(m, 0, "no harmless request is known for its device type");
	}
	ret = check_conditions(m);
	if (ret)
		return ret;
	if (iommu_device_claim_dma_owner(device, m))
		return fail(m, -EBUSY, "its IOMMU group is in use");
	ret = measure_owned(m);
	iommu_device_release_dma_owner(device);
	return ret;
}

static void begin(struct measurement *m, struct vfx_record *record, bool in_probe)
{
	m->record = record;
	m->fn = &record->function;
	m->in_probe = in_probe;
	m->canary.hw = &m->fn->hw;
	m->canary.notify = notify;
	mutex_lock(&record->lock);
	m->facts = record->facts;
	mutex_unlock(&record->lock);
	m->facts.unacked = VFX_OUTCOME_NOT_RUN;
	m->facts.acked = VFX_OUTCOME_NOT_RUN;
}

static void report(const struct measurement *m, int error)
{
	const char *unacked = vfx_outcome_word(m->facts.unacked);
	const char *acked = vfx_outcome_word(m->facts.acked);
	struct pci_dev *pdev = m->fn->pdev;

	trace_virtio_fixup_measured(pci_name(pdev), m->facts.unacked, m->facts.acked,
				    m->result.usecs, error);
	if (m->ran && !error)
		pci_info(pdev, "measured: unacked %s, acked %s, in %u us\n", unacked, acked,
			 m->result.usecs);
	else
		pci_info(pdev, "not measured: %s\n", m->result.reason);
}

int vfx_measure(struct vfx_record *record, bool in_probe)
{
	struct measurement *m;
	ktime_t start;
	int ret;

	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	mutex_lock(&measure_lock);
	start = ktime_get();
	begin(m, record, in_probe);
	ret = measure(m);
	m->result.usecs = ktime_us_delta(ktime_get(), start);
	if (m->ran)
		m->result.time = ktime_get_real_seconds();
	vfx_record_measured(record, &m->facts, &m->result, ret);
	mutex_unlock(&measure_lock);

	report(m, ret);
	kfree(m);
	return ret;
}
