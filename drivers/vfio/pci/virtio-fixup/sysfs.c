// SPDX-License-Identifier: GPL-2.0-only
/*
 * The directory virtio_fixup/ of a function with a record: one value a file, described
 * in Documentation/ABI/testing/sysfs-driver-virtio-fixup. It stays when the function
 * gets another driver. No handler waits for the device lock without an end: whoever
 * holds it may wait for a measurement, or for a VFIO user to leave.
 */
#include <linux/device.h>
#include <linux/kstrtox.h>

#include "guard.h"
#include "measure.h"

/* There is one as long as the directory is. */
static struct vfx_record *to_record(struct device *device)
{
	return vfx_record_find(to_pci_dev(device));
}

#define OUTCOME(which, run)	vfx_outcome_word(r->evidence.which[VFX_RUN_##run])

/* What is shown of a record @r, whose lock is held, and the decision @d about it. */
#define SHOWN_ROWS(ROW)									\
	ROW(verdict, "%s", vfx_verdict_word(d.verdict))					\
	ROW(basis, "%s", vfx_basis_word(d.basis))					\
	ROW(admitted, "%d", d.admitted)							\
	ROW(reason, "%s", vfx_reason_text(d.reason))					\
	ROW(remedy, "%s", vfx_remedy_text(d.reason) ?: "")				\
	ROW(view, "%s", vfx_view_word(d.view))						\
	ROW(guard, "%s", vfx_guard_word(r->guard))					\
	ROW(open, "%d", !!r->in_force)							\
	ROW(offered, "%s", !r->facts.offered_known ? "unknown" : r->facts.offered ? "1" : "0") \
	ROW(measured, "%s %s", OUTCOME(known, UNACKED), OUTCOME(known, ACKED))		\
	ROW(measured_forced, "%s", OUTCOME(known, FORCED))				\
	ROW(measured_last, "%s %s %s", OUTCOME(last, UNACKED), OUTCOME(last, ACKED),	\
	    OUTCOME(last, FORCED))							\
	ROW(measured_pending, "%d", r->facts.pending)					\
	ROW(measured_time, "%llu", r->evidence.time[vfx_decisive_run(r->facts.offered)]) \
	ROW(measured_last_time, "%lld", r->last.time)					\
	ROW(measured_usecs, "%u", r->last.usecs)					\
	ROW(measured_reason, "%s", r->last.reason)

#define SHOWN_ATTR(name, format, ...)					\
	static ssize_t name##_show(struct device *device,		\
				   struct device_attribute *attr, char *buf) \
	{								\
		struct vfx_record *r = to_record(device);		\
		struct vfx_decision d __maybe_unused = vfx_record_decision(r); \
		ssize_t len;						\
									\
		mutex_lock(&r->lock);					\
		len = sysfs_emit(buf, format "\n", __VA_ARGS__);	\
		mutex_unlock(&r->lock);					\
		return len;						\
	}								\
	static DEVICE_ATTR_RO(name);
SHOWN_ROWS(SHOWN_ATTR)

static ssize_t contradictions_show(struct device *device, struct device_attribute *attr,
				   char *buf)
{
	unsigned long mask = vfx_record_decision(to_record(device)).contradictions;
	unsigned int bit;
	int len = 0;

	for_each_set_bit(bit, &mask, VFX_CONTRADICTIONS)
		len += sysfs_emit_at(buf, len, "%s%s", len ? " " : "",
				     vfx_contradiction_word(bit));
	return len + sysfs_emit_at(buf, len, "\n");
}
static DEVICE_ATTR_RO(contradictions);

static ssize_t measure_store(struct device *device, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	struct vfx_record *record = to_record(device);
	bool clear = sysfs_streq(buf, "clear");
	bool wanted = clear;
	int ret;

	if (!clear && (kstrtobool(buf, &wanted) || !wanted))
		return -EINVAL;
	ret = READ_ONCE(record->is_bound) ? vfx_measure_now(record, clear) :
	      vfx_guard_measure(record, clear);
	/* What was known before may be cleared. */
	vfx_due();
	return ret ? ret : count;
}
static DEVICE_ATTR_WO(measure);

static ssize_t policy_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n",
			  vfx_policy_word(READ_ONCE(to_record(device)->policy)));
}

static ssize_t policy_store(struct device *device, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	struct vfx_record *record = to_record(device);
	enum virtio_fixup_policy policy;
	char word[16];
	bool is_open;
	int ret;

	/* The whole buffer is the word: refuse one with a NUL in it. */
	if (count >= sizeof(word) || strlen(buf) != count)
		return -EINVAL;
	strscpy(word, buf, sizeof(word));
	ret = vfx_parse_policy(strim(word), &policy);
	if (ret)
		return ret;
	ret = vfx_may_set_policy(policy, READ_ONCE(record->guard) != VFX_GUARD_OFF);
	if (ret)
		return ret;

	mutex_lock(&record->lock);
	record->policy = policy;
	is_open = record->in_force;
	mutex_unlock(&record->lock);
	dev_info(device, "its policy is %s now%s\n", vfx_policy_word(policy),
		 is_open ? ", from the next open on" : "");
	vfx_guard_reconsider(record);
	vfx_due();
	return count;
}
static DEVICE_ATTR_RW(policy);

struct refusal_attribute {
	struct device_attribute attr;
	enum vfx_refusal refusal;
};

static ssize_t refusal_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct refusal_attribute *r = container_of(attr, struct refusal_attribute, attr);

	return sysfs_emit(buf, "%lld\n",
			  atomic64_read(&to_record(device)->refusals[r->refusal]));
}

#define REFUSAL_ATTR(name, word)					\
	static struct refusal_attribute attr_refused_##word = {		\
		.attr = __ATTR(refused_##word, 0444, refusal_show, NULL), \
		.refusal = VFX_REFUSAL_##name,				\
	};
VFX_REFUSAL_ROWS(REFUSAL_ATTR)

#define REFUSAL_ATTR_POINTER(name, word)	&attr_refused_##word.attr.attr,

#define SHOWN_ATTR_POINTER(name, ...)		&dev_attr_##name.attr,

static struct attribute *vfx_attrs[] = {
	&dev_attr_contradictions.attr,
	&dev_attr_measure.attr,
	&dev_attr_policy.attr,
	SHOWN_ROWS(SHOWN_ATTR_POINTER)
	VFX_REFUSAL_ROWS(REFUSAL_ATTR_POINTER)
	NULL
};

const struct attribute_group vfx_sysfs_group = {
	.name = "virtio_fixup",
	.attrs = vfx_attrs,
};
