// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record of a function. Everything that changes what is known of a function, or
 * asks for a decision about it, comes through here.
 */
#include <linux/capability.h>
#include <linux/module.h>
#include <linux/security.h>
#include <linux/slab.h>

#include "record.h"
#include "trace.h"

static LIST_HEAD(records);
/* Outermost of the record's locks: held while one is made, found or ended. */
static DEFINE_MUTEX(records_lock);

static enum virtio_fixup_policy first_policy;

int vfx_may_set_policy(enum virtio_fixup_policy policy, bool guarded)
{
	if (vfx_policy_loosens(policy) && !capable(CAP_SYS_RAWIO))
		return -EPERM;
	if (policy == VIRTIO_FIXUP_POLICY_UNSAFE ||
	    (policy == VIRTIO_FIXUP_POLICY_VOUCHED && guarded))
		return security_locked_down(LOCKDOWN_PCI_ACCESS);
	return 0;
}

static int set_first_policy(const char *word, const struct kernel_param *kp)
{
	enum virtio_fixup_policy policy;
	char copy[16];
	int ret;

	if (strscpy(copy, word, sizeof(copy)) < 0)
		return -EINVAL;
	ret = vfx_parse_policy(strim(copy), &policy);
	if (!ret)
		ret = vfx_may_set_policy(policy, false);
	if (!ret)
		first_policy = policy;
	return ret;
}

static int get_first_policy(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%s\n", vfx_policy_word(first_policy));
}

static const struct kernel_param_ops policy_ops = {
	.set = set_first_policy,
	.get = get_first_policy,
};
module_param_cb(policy, &policy_ops, NULL, 0444);
MODULE_PARM_DESC(policy, "The policy that a function begins with: auto, strict, vouched, physical, unsafe or deny (default: auto)");

void vfx_refuse(struct vfx_record *record, enum vfx_refusal refusal, u64 where, u64 count)
{
	atomic64_inc(&record->refusals[refusal]);
	trace_virtio_fixup_refused(pci_name(record->function.pdev), refusal, where, count);
	vfx_event_refused(record, refusal);
}

/* What the register file refuses. */
static void hw_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset, size_t count)
{
	vfx_refuse(container_of(hw, struct vfx_record, function.hw), refusal, offset, count);
}

static struct vfx_record *find(struct pci_dev *pdev)
{
	struct vfx_record *record;

	list_for_each_entry(record, &records, node)
		if (record->function.pdev == pdev)
			return record;
	return NULL;
}

static struct vfx_record *make(struct pci_dev *pdev)
{
	struct vfx_record *record;
	int ret;

	record = kzalloc(sizeof(*record), GFP_KERNEL);
	if (!record)
		return ERR_PTR(-ENOMEM);
	kref_init(&record->users);
	mutex_init(&record->measuring);
	mutex_init(&record->lock);
	vfx_event_init(record);
	record->policy = first_policy;
	vfx_function_init(&record->function, pci_dev_get(pdev));
	record->function.hw.refused = hw_refused;
	ret = sysfs_create_group(&pdev->dev.kobj, &vfx_sysfs_group);
	if (ret) {
		pci_dev_put(pdev);
		kfree(record);
		return ERR_PTR(ret);
	}
	list_add(&record->node, &records);
	return record;
}

struct vfx_record *vfx_record_find(struct pci_dev *pdev)
{
	struct vfx_record *record;

	mutex_lock(&records_lock);
	record = find(pdev);
	mutex_unlock(&records_lock);
	return record;
}

struct vfx_record *vfx_record_hold(struct pci_dev *pdev)
{
	struct vfx_record *record;

	mutex_lock(&records_lock);
	record = find(pdev);
	if (record)
		kref_get(&record->users);
	mutex_unlock(&records_lock);
	return record;
}

struct vfx_record *vfx_record_get(struct pci_dev *pdev)
{
	struct vfx_record *record;

	mutex_lock(&records_lock);
	record = find(pdev) ?: make(pdev);
	mutex_unlock(&records_lock);
	return record;
}

static void free_record(struct kref *users)
{
	struct vfx_record *record = container_of(users, struct vfx_record, users);

	pci_dev_put(record->function.pdev);
	kfree(record);
}

void vfx_record_put(struct vfx_record *record)
{
	kref_put(&record->users, free_record);
}

/* No driver of ours has the function any more, and none will. */
static void end(struct vfx_record *record)
{
	/* First, as the directory's files find the record in the list. Waits for them. */
	sysfs_remove_group(&record->function.pdev->dev.kobj, &vfx_sysfs_group);
	mutex_lock(&records_lock);
	list_del(&record->node);
	mutex_unlock(&records_lock);
	vfx_record_put(record);
}

void vfx_record_drop(struct pci_dev *pdev)
{
	struct vfx_record *record = vfx_record_find(pdev);

	if (record)
		end(record);
}

void vfx_record_drop_all(void)
{
	struct vfx_record *record, *next;

	list_for_each_entry_safe(record, next, &records, node)
		end(record);
}

static bool waits(struct vfx_record *record)
{
	bool ret;

	mutex_lock(&record->lock);
	ret = record->facts.pending || record->facts.resetting;
	mutex_unlock(&record->lock);
	return ret;
}

struct vfx_record *vfx_record_begin_due(void)
{
	struct vfx_record *record, *due = NULL;

	mutex_lock(&records_lock);
	list_for_each_entry(record, &records, node) {
		if (!record->is_due || !mutex_trylock(&record->measuring))
			continue;
		record->is_due = false;
		/* It may have been marked while it was measured. */
		if (record->is_bound && !READ_ONCE(record->in_force) && waits(record)) {
			due = record;
			kref_get(&record->users);
			break;
		}
		mutex_unlock(&record->measuring);
	}
	mutex_unlock(&records_lock);
	return due;
}

bool vfx_record_mark_due(void)
{
	struct vfx_record *record;
	bool any = false;

	mutex_lock(&records_lock);
	list_for_each_entry(record, &records, node) {
		record->is_due = READ_ONCE(record->is_bound) && waits(record);
		any |= record->is_due;
	}
	mutex_unlock(&records_lock);
	return any;
}

/* With @lock held: what was measured last does not count any more. */
static void set_obstacle(struct vfx_record *record, enum vfx_obstacle obstacle)
{
	record->last.obstacle = obstacle;
	strscpy(record->last.reason, vfx_obstacle_text(obstacle), sizeof(record->last.reason));
}

/* With @lock held: see vfx_record_decision(). */
static struct vfx_decision decide(const struct vfx_record *record)
{
	if (record->guard != VFX_GUARD_OFF)
		return vfx_decide_guarded(&record->facts, record->policy);
	if (record->in_force)
		return *record->in_force;
	return vfx_decide(&record->facts, record->policy);
}

/* With @lock held: what follows from evidence and the last try. */
static void settle(struct vfx_record *record)
{
	vfx_facts_from(&record->facts, &record->evidence, record->last.obstacle);
}

/* With @lock held, which this gives back: the same, and it is told if it is news. */
static void settle_and_unlock(struct vfx_record *record)
{
	enum vfx_outcome known[VFX_RUNS];
	struct vfx_decision d;
	bool is_news;

	settle(record);
	memcpy(known, record->evidence.known, sizeof(known));
	is_news = memcmp(known, record->told_known, sizeof(known));
	memcpy(record->told_known, known, sizeof(known));
	d = decide(record);
	mutex_unlock(&record->lock);
	if (is_news)
		vfx_event_evidence(record, &d, known);
}

void vfx_record_facts(struct vfx_record *record, const struct vfx_facts *facts)
{
	struct vfx_facts *known = &record->facts;
	bool legacy = known->legacy_by_driver;

	mutex_lock(&record->lock);
	if (facts->offered_known)
		vfx_evidence_offer(&record->evidence, facts->offered);
	*known = *facts;
	known->legacy_by_driver = legacy;
	settle_and_unlock(record);
}

int vfx_record_admit(struct vfx_record *record, struct vfx_decision *decision)
{
	mutex_lock(&record->lock);
	vfx_read_platform(record->function.pdev, &record->facts);
	*decision = vfx_decide(&record->facts, record->policy);
	mutex_unlock(&record->lock);

	if (decision->admitted)
		return 0;
	atomic64_inc(&record->refusals[VFX_REFUSAL_OPENS]);
	return -EPERM;
}

void vfx_record_presume(struct vfx_record *record, bool unreadable)
{
	const struct pci_dev *pdev = record->function.pdev;
	struct vfx_facts *facts = &record->facts;

	mutex_lock(&record->lock);
	if (!facts->type) {
		/* It may be all that its IDs say. What it offers is not known. */
		vfx_declared_facts(facts, pdev->device, pdev->subsystem_device,
				   &record->function.layout);
		facts->common_cfg = true;
		set_obstacle(record, VFX_OBSTACLE_GROUP_IN_USE);
		settle(record);
	}
	facts->unreadable = unreadable;
	mutex_unlock(&record->lock);
}

void vfx_record_legacy_by_driver(struct vfx_record *record, bool legacy)
{
	mutex_lock(&record->lock);
	record->facts.legacy_by_driver = legacy;
	mutex_unlock(&record->lock);
}

enum vfx_guard vfx_record_judge(struct vfx_record *record, enum vfx_guard_mode mode,
				enum vfx_hold hold, struct vfx_decision *decision)
{
	enum vfx_guard guard;

	mutex_lock(&record->lock);
	vfx_read_platform(record->function.pdev, &record->facts);
	*decision = vfx_decide_guarded(&record->facts, record->policy);
	guard = vfx_guard(&record->facts, decision, mode, hold);
	mutex_unlock(&record->lock);
	return guard;
}

enum vfx_guard vfx_record_set_guard(struct vfx_record *record, enum vfx_guard guard)
{
	enum vfx_guard before;

	mutex_lock(&record->lock);
	before = record->guard;
	record->guard = guard;
	mutex_unlock(&record->lock);
	return before;
}

bool vfx_record_guard_waits(struct vfx_record *record, enum vfx_guard_mode mode)
{
	struct vfx_decision d;
	bool waits;

	mutex_lock(&record->lock);
	d = vfx_decide_guarded(&record->facts, record->policy);
	waits = vfx_guard_waits(record->guard, &record->facts, &d, mode);
	mutex_unlock(&record->lock);
	return waits;
}

bool vfx_record_any_waits(enum vfx_guard_mode mode)
{
	struct vfx_record *record;
	bool any = false;

	mutex_lock(&records_lock);
	list_for_each_entry(record, &records, node)
		any |= vfx_record_guard_waits(record, mode);
	mutex_unlock(&records_lock);
	return any;
}

struct vfx_decision vfx_record_decision(struct vfx_record *record)
{
	struct vfx_decision d;

	mutex_lock(&record->lock);
	d = decide(record);
	mutex_unlock(&record->lock);
	return d;
}

void vfx_record_in_force(struct vfx_record *record, const struct vfx_decision *decision)
{
	mutex_lock(&record->lock);
	record->in_force = decision;
	mutex_unlock(&record->lock);
}

void vfx_record_offered(struct vfx_record *record, bool offered)
{
	struct vfx_facts *facts = &record->facts;

	mutex_lock(&record->lock);
	if (vfx_evidence_offer(&record->evidence, offered)) {
		dev_notice_ratelimited(&record->function.pdev->dev,
				       "it %s ACCESS_PLATFORM now: what was measured before does not count any more, unless it was a bypass\n",
				       offered ? "offers" : "does not offer");
		set_obstacle(record, VFX_OBSTACLE_OFFER_CHANGED);
	}
	facts->offered_known = true;
	facts->offered = offered;
	settle_and_unlock(record);
}

void vfx_record_stoppable(struct vfx_record *record, bool stoppable)
{
	mutex_lock(&record->lock);
	record->facts.unstoppable = !stoppable;
	record->facts.resetting = false;
	mutex_unlock(&record->lock);
}

void vfx_record_measured(struct vfx_record *record, const struct vfx_seen *seen,
			 const struct vfx_try *last)
{
	mutex_lock(&record->lock);
	vfx_evidence_add(&record->evidence, seen, last->time);
	record->last = *last;
	record->facts.resetting = false;
	settle_and_unlock(record);
}

void vfx_record_not_measured(struct vfx_record *record, const struct vfx_seen *seen,
			     const struct vfx_try *last)
{
	mutex_lock(&record->lock);
	vfx_evidence_failed(&record->evidence, seen, last->obstacle, last->time);
	record->last = *last;
	/* What is in the way now may have kept everybody from looking. */
	if (last->obstacle == VFX_OBSTACLE_RESETTING)
		record->facts.resetting = true;
	else if (!vfx_obstacle_passes(last->obstacle))
		record->facts.resetting = false;
	settle_and_unlock(record);
}

void vfx_record_clear(struct vfx_record *record)
{
	mutex_lock(&record->lock);
	memset(&record->evidence, 0, sizeof(record->evidence));
	/* Whoever opens it before it is measured anew is not let in on its word. */
	set_obstacle(record, VFX_OBSTACLE_CLEARED);
	settle_and_unlock(record);
	pci_notice(record->function.pdev, "what was seen of its DMA was cleared by root\n");
}
