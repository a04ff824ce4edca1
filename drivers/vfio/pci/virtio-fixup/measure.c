// SPDX-License-Identifier: GPL-2.0-only
/*
 * The measurement: gives the canary of core/canary.c its blocks and its function,
 * keeps users out meanwhile, and leaves a function that does nothing more.
 */
#include <linux/cc_platform.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pm_runtime.h>
#include <linux/timekeeping.h>

#include "blocks.h"
#include "core/canary.h"
#include "group.h"
#include "measure.h"
#include "trace.h"

/* How long somebody else's reset of the function is waited for. */
#define RESET_TRIES		50
#define RESET_PAUSE_MS		100

/* How often a probe, and the notifier, ask whether another function's measurement is done. */
#define TURN_TRIES		500
#define TURN_TRIES_NOTIFIER	50
#define TURN_PAUSE_MS		10

/* There is one pair of blocks; and a group that is claimed keeps drivers from siblings. */
static DEFINE_MUTEX(measure_lock);

/**
 * struct measurement - one measurement
 * @canary: what the pure core needs
 * @record: of the function
 * @fn: the function
 * @blocks: the canary's memory
 * @haste: who waits for it
 * @locked: the device lock is held
 * @siblings: others of its group, kept from getting a driver
 * @facts: the record's, from before
 * @never: why it will not be measured; then it is only reset, if it did not before
 * @before: what was in the way of the last try
 * @generation: of the function's resets, as far as they are the measurement's own
 * @offered: it offers VIRTIO_F_ACCESS_PLATFORM: the facts' word, until it is asked
 * @seen: what it shows
 * @at_large: the function does not reset, and may still write to the blocks
 * @last: for the record
 */
struct measurement {
	struct vfx_canary canary;
	struct vfx_record *record;
	struct vfx_function *fn;
	struct vfx_blocks blocks;
	enum vfx_haste haste;
	bool locked;
	struct vfx_siblings siblings;
	struct vfx_facts facts;
	enum vfx_obstacle never;
	enum vfx_obstacle before;
	unsigned int generation;
	bool offered;
	struct vfx_seen seen;
	bool at_large;
	struct vfx_try last;
};

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

/* PCI's own reset of the function. Bus master is as before. */
static int reset_pci_function(struct measurement *m)
{
	struct pci_dev *pdev = m->fn->pdev;

	return m->locked ? pci_reset_function_locked(pdev) : try_reset_function(pdev);
}

static int canary_reset_function(struct vfx_canary *canary)
{
	struct measurement *m = container_of(canary, struct measurement, canary);
	unsigned int before = atomic_read(&m->fn->generation);
	int ret = reset_pci_function(m);

	/* One reset counts twice, and a second one would be somebody else's. */
	m->generation += min(atomic_read(&m->fn->generation) - before, 2u);
	return ret;
}

static bool has_time(struct vfx_canary *canary)
{
	return vfx_has_patience(container_of(canary, struct measurement, canary)->fn);
}

/* The function would not be reset through its status: try the way round it. */
static int reset_otherwise(struct measurement *m)
{
	int ret;

	/* Both restore configuration space, and so must not restore this. */
	pci_clear_master(m->fn->pdev);
	ret = reset_pci_function(m);
	return ret ? ret : vfx_reset(&m->fn->hw);
}

/* A function that takes its time is asked again later, by who can wait for it. */
static enum vfx_obstacle not_reset(const struct measurement *m, int error)
{
	return m->haste != VFX_AT_LEISURE && error == -ETIMEDOUT ? VFX_OBSTACLE_RESETTING :
	       VFX_OBSTACLE_UNSTOPPABLE;
}

/* All runs, with bus master on. */
static int run(struct measurement *m)
{
	u32 word[2];
	int ret;

	ret = vfx_read_device_feature(&m->fn->hw, word);
	if (ret)
		return ret;
	m->offered = vfx_offers_access_platform(word);
	/* What settled it is void with another offer. */
	if (!m->facts.offered_known || m->facts.offered != m->offered)
		m->seen.settled = false;
	return vfx_run_all(&m->canary, m->facts.type, word, &m->seen);
}

/* Its last driver's queues may be live: not with bus master on. */
static enum vfx_obstacle reset_first(struct measurement *m)
{
	int ret = vfx_reset(&m->fn->hw);

	if (ret && reset_otherwise(m))
		return not_reset(m, ret);
	/* So it can be stopped, whatever it was like before, and writes nowhere. */
	vfx_record_stoppable(m->record, true);
	vfx_free_kept(&m->record->kept);
	return VFX_OBSTACLE_NONE;
}

/* Of what is not measured: a bind may have found its reset under way, and asked nothing. */
static enum vfx_obstacle reset_only(struct measurement *m)
{
	enum vfx_obstacle obstacle = reset_first(m);
	u32 word[2];

	if (obstacle)
		return obstacle;
	if (!vfx_read_device_feature(&m->fn->hw, word)) {
		m->offered = vfx_offers_access_platform(word);
		vfx_record_offered(m->record, m->offered);
	}
	return m->never;
}

/* The function is reset before bus master is on, and after. */
static enum vfx_obstacle run_mastering(struct measurement *m)
{
	enum vfx_obstacle obstacle = reset_first(m);
	struct pci_dev *pdev = m->fn->pdev;
	bool disturbed;
	int ret;

	if (obstacle)
		return obstacle;
	pci_set_master(pdev);
	m->generation = atomic_read(&m->fn->generation);
	ret = run(m);
	/* Neither what it offered nor a silence says anything then. */
	disturbed = vfx_reset_since(m->fn, m->generation);
	if (ret && ret != -ETIME)
		m->at_large = reset_otherwise(m) && pci_device_is_present(pdev);
	pci_clear_master(pdev);

	/* It may only be slow once it was live: who can wait asks it again. */
	if (ret && not_reset(m, ret) == VFX_OBSTACLE_RESETTING)
		return VFX_OBSTACLE_RESETTING;
	if (m->at_large)
		return VFX_OBSTACLE_UNSTOPPABLE;
	if (disturbed)
		return VFX_OBSTACLE_RESET_MEANWHILE;
	if (ret == -ETIME)
		return VFX_OBSTACLE_TAKES_LONG;
	return ret ? VFX_OBSTACLE_NO_RESET : VFX_OBSTACLE_NONE;
}

/* With the function mapped. */
static enum vfx_obstacle measure_mapped(struct measurement *m)
{
	struct pci_dev *pdev = m->fn->pdev;
	enum vfx_obstacle obstacle;
	u16 command;

	obstacle = vfx_get_blocks(&m->blocks, &pdev->dev);
	if (obstacle)
		return obstacle;
	m->canary.block_translated = page_address(m->blocks.translated);
	m->canary.block_bypass = page_address(m->blocks.bypass);
	m->canary.reference = m->blocks.reference;
	m->canary.address = m->blocks.address;

	/* Nobody handles its interrupt. */
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_INTX_DISABLE);
	obstacle = run_mastering(m);
	/* One that does not reset may hold it. */
	if (vfx_obstacle_is_failure(obstacle) || m->at_large)
		command |= PCI_COMMAND_INTX_DISABLE;
	pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_MASTER);
	vfx_put_blocks(&m->blocks, m->at_large ? &m->record->kept : NULL);
	return obstacle;
}

/* The function is ours while its group is: nobody can open it, or has it open. */
static enum vfx_obstacle measure_owned(struct measurement *m)
{
	enum vfx_obstacle obstacle = VFX_OBSTACLE_REGISTERS;

	if (vfx_map_idle(m->fn))
		return VFX_OBSTACLE_REGISTERS;
	/* Whoever sets more seconds and measures again means this function, too. */
	if (m->haste == VFX_AT_LEISURE)
		vfx_set_patience(m->fn, m->haste);
	if (m->never)
		obstacle = reset_only(m);
	/* What is told of no request would be silent, for no fault of its own. */
	else if (m->fn->notify)
		obstacle = measure_mapped(m);
	vfx_unmap_idle(m->fn);
	return obstacle;
}

/* What makes a measurement needless, meaningless or unsafe here, for good. */
static enum vfx_obstacle why_never(const struct measurement *m)
{
	const struct vfx_facts *facts = &m->facts;
	enum vfx_obstacle obstacle = vfx_obstacle_of_type(facts->type);

	if (obstacle)
		return obstacle;
	if (!facts->iommu_group)	/* or none that is cache coherent */
		return VFX_OBSTACLE_NO_IOMMU;
	if (!facts->common_cfg)
		return VFX_OBSTACLE_NO_COMMON_CFG;
	if (m->fn->layout.notify < 0)
		return VFX_OBSTACLE_NO_NOTIFY;
	/* The guest's, or the host's own: what bypasses would take ciphertext for rings. */
	if (cc_platform_has(CC_ATTR_MEM_ENCRYPT))
		return VFX_OBSTACLE_ENCRYPTED;
	return VFX_OBSTACLE_NONE;
}

/* It did not finish a reset, can be reset, and somebody could open it then. */
static bool owes_reset(const struct measurement *m)
{
	const struct vfx_facts *facts = &m->facts;

	return (facts->unstoppable || facts->resetting) && facts->common_cfg &&
	       facts->iommu_group;
}

/* May it be measured, or at least be reset? */
static enum vfx_obstacle check_conditions(struct measurement *m)
{
	m->never = why_never(m);
	if (m->never && !owes_reset(m))
		return m->never;
	/* A reset of it would take them from whoever has them, in groups of their own. */
	if (pci_num_vf(m->fn->pdev))
		return VFX_OBSTACLE_VFS;
	return VFX_OBSTACLE_NONE;
}

/* All runs were made, whether or not there was something to ask for. */
static bool is_made(enum vfx_obstacle obstacle)
{
	return obstacle == VFX_OBSTACLE_NONE || obstacle == VFX_OBSTACLE_NO_RECIPE;
}

static int error_of(enum vfx_obstacle obstacle)
{
	switch (obstacle) {
	case VFX_OBSTACLE_NONE:
	case VFX_OBSTACLE_NO_RECIPE:
		return 0;
	case VFX_OBSTACLE_VFS:
	case VFX_OBSTACLE_GROUP_IN_USE:
	case VFX_OBSTACLE_REGISTERS:
	case VFX_OBSTACLE_ANOTHER_MEASURED:
		return -EBUSY;
	case VFX_OBSTACLE_NO_MEMORY:
		return -ENOMEM;
	case VFX_OBSTACLE_RESET_MEANWHILE:
	case VFX_OBSTACLE_RESETTING:
	case VFX_OBSTACLE_TAKES_LONG:
		return -EAGAIN;
	case VFX_OBSTACLE_NO_RESET:
	case VFX_OBSTACLE_UNSTOPPABLE:
		return -EIO;
	default:
		return -EOPNOTSUPP;
	}
}

static void begin(struct measurement *m, struct vfx_record *record, enum vfx_haste haste,
		  bool locked)
{
	m->record = record;
	m->fn = &record->function;
	m->haste = haste;
	m->locked = locked;
	m->canary.hw = &m->fn->hw;
	m->canary.notify = notify;
	m->canary.reset_function = canary_reset_function;
	m->canary.has_time = has_time;
	mutex_lock(&record->lock);
	m->facts = record->facts;
	m->offered = record->facts.offered;
	m->before = record->last.obstacle;
	m->seen.settled = record->evidence.settled;
	mutex_unlock(&record->lock);
}

static void keep(struct measurement *m, enum vfx_obstacle obstacle)
{
	struct vfx_record *record = m->record;

	m->last.obstacle = obstacle;
	if (!m->last.reason[0])
		strscpy(m->last.reason, vfx_obstacle_text(obstacle), sizeof(m->last.reason));
	if (obstacle == VFX_OBSTACLE_UNSTOPPABLE)
		vfx_record_stoppable(record, false);
	if (is_made(obstacle)) {
		vfx_record_offered(record, m->offered);
		vfx_record_measured(record, &m->seen, &m->last);
	} else {
		vfx_record_not_measured(record, &m->seen, &m->last);
	}
}

static enum vfx_obstacle not_claimed(struct measurement *m, int error)
{
	switch (error) {
	case -ENODEV:
		return VFX_OBSTACLE_NO_IOMMU;
	case -ENOMEM:
		return VFX_OBSTACLE_NO_MEMORY;
	default:
		vfx_name_kernel_user(&m->fn->pdev->dev, m->last.reason, sizeof(m->last.reason));
		return VFX_OBSTACLE_GROUP_IN_USE;
	}
}

/* Keeps what it saw while nobody can open it: who opens it next is judged by that. */
static void measure_claimed(struct measurement *m)
{
	ktime_t start = ktime_get();
	struct vfx_group *group;
	enum vfx_obstacle obstacle;

	group = vfx_group_claim(&m->fn->pdev->dev);
	obstacle = IS_ERR(group) ? not_claimed(m, PTR_ERR(group)) : measure_owned(m);
	/* It was negotiated with, and that is all. */
	if (!obstacle && !vfx_has_recipe(m->facts.type))
		obstacle = VFX_OBSTACLE_NO_RECIPE;
	m->last.usecs = ktime_us_delta(ktime_get(), start);
	keep(m, obstacle);
	if (!IS_ERR(group))
		vfx_group_release(group);
}

static void measure(struct measurement *m)
{
	enum vfx_obstacle obstacle;

	obstacle = check_conditions(m);
	if (!obstacle && !vfx_hold_siblings(&m->fn->pdev->dev, &m->siblings, m->last.reason,
					    sizeof(m->last.reason)))
		obstacle = VFX_OBSTACLE_SIBLING_UNBOUND;
	if (obstacle)
		keep(m, obstacle);
	else
		measure_claimed(m);
	vfx_let_siblings_go(&m->siblings);
}

static void report(const struct measurement *m)
{
	const enum vfx_outcome *outcome = m->seen.outcome;
	struct pci_dev *pdev = m->fn->pdev;

	trace_virtio_fixup_measured(pci_name(pdev), outcome, m->last.usecs,
				    error_of(m->last.obstacle));
	if (is_made(m->last.obstacle))
		pci_info(pdev, "measured: without the ack %s, with the ack %s, by force %s, in %u us%s%s\n",
			 vfx_outcome_word(outcome[VFX_RUN_UNACKED]),
			 vfx_outcome_word(outcome[VFX_RUN_ACKED]),
			 vfx_outcome_word(outcome[VFX_RUN_FORCED]), m->last.usecs,
			 m->last.obstacle ? "; " : "", m->last.reason);
	/* What is tried again and again is said once. */
	else if (m->last.obstacle != m->before)
		pci_info(pdev, "not measured: %s\n", m->last.reason);
	if (m->last.obstacle == VFX_OBSTACLE_UNSTOPPABLE)
		pci_err(pdev,
			"it cannot be stopped: nobody can open it, and %u pages that it may still write to are kept; to do: measure it again, which helps if it resets then; else have its hypervisor replace it\n",
			vfx_kept_pages(&m->record->kept));
}

/* Another function may take its time for each reset, and this one is asked again. */
static bool take_turn(enum vfx_haste haste)
{
	unsigned int tries = haste == VFX_FOR_PROBE ? TURN_TRIES : TURN_TRIES_NOTIFIER;

	if (haste == VFX_AT_LEISURE) {
		mutex_lock(&measure_lock);
		return true;
	}
	while (!mutex_trylock(&measure_lock)) {
		if (!--tries)
			return false;
		msleep(TURN_PAUSE_MS);
	}
	return true;
}

int vfx_measure(struct vfx_record *record, enum vfx_haste haste, bool locked)
{
	struct measurement m = { };

	lockdep_assert_held(&record->measuring);
	begin(&m, record, haste, locked);
	m.last.time = ktime_get_real_seconds();
	/* Whoever binds does not wait for what is asked again in a second. */
	if (haste != VFX_AT_LEISURE && m.facts.resetting) {
		keep(&m, VFX_OBSTACLE_RESETTING);
	} else if (take_turn(haste)) {
		measure(&m);
		mutex_unlock(&measure_lock);
	} else {
		keep(&m, VFX_OBSTACLE_ANOTHER_MEASURED);
	}

	report(&m);
	return error_of(m.last.obstacle);
}

int vfx_last_error(const struct vfx_record *record)
{
	return error_of(record->last.obstacle);
}

int vfx_look_at(struct vfx_record *record, enum vfx_haste haste)
{
	struct vfx_facts facts = { };
	int ret;

	device_lock_assert(&record->function.pdev->dev);
	vfx_set_patience(&record->function, haste);
	ret = vfx_read_facts(&record->function, &facts);
	if (!ret) {
		vfx_record_facts(record, &facts);
		vfx_measure(record, haste, true);
	}
	vfx_set_patience(&record->function, VFX_AT_LEISURE);
	return ret;
}

int vfx_measure_now(struct vfx_record *record, bool clear)
{
	struct device *device = &record->function.pdev->dev;
	int ret;

	ret = mutex_lock_interruptible(&record->measuring);
	if (ret)
		return ret;
	/* Not to wake what its user has put to sleep; the claim is the real test. */
	if (!record->is_bound)
		ret = -ENODEV;
	else if (READ_ONCE(record->in_force))
		ret = -EBUSY;
	else
		ret = pm_runtime_resume_and_get(device);
	if (ret)
		goto unlock;
	if (clear)
		vfx_record_clear(record);
	ret = vfx_measure(record, VFX_AT_LEISURE, false);
	pm_runtime_put(device);
unlock:
	mutex_unlock(&record->measuring);
	return ret;
}

bool vfx_measure_again(void)
{
	struct vfx_record *record;
	struct device *device;

	vfx_record_mark_due();
	while ((record = vfx_record_begin_due())) {
		device = &record->function.pdev->dev;
		if (!pm_runtime_resume_and_get(device)) {
			vfx_measure(record, VFX_AT_LEISURE, false);
			pm_runtime_put(device);
		}
		mutex_unlock(&record->measuring);
		vfx_record_put(record);
	}
	return vfx_record_mark_due();
}
