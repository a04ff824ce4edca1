// SPDX-License-Identifier: GPL-2.0-only
/*
 * The directory virtio_fixup/ of a function with a record: one value a file, described
 * in Documentation/ABI/testing/sysfs-driver-virtio-fixup. It stays when the function
 * gets another driver. No handler waits for the device lock without an end: whoever
 * holds it may wait for a measurement, or for a VFIO user to leave.
 */
#include <linux/device.h>
#include <linux/kstrtox.h>

#include "due.h"
#include "guard.h"
#include "measure.h"
#include "sysfs.h"

/* There is one as long as the directory is. */
static struct vfx_record *to_record(struct device *device)
{
	return vfx_record_find(to_pci_dev(device));
}

/* What the files show of a function. */
struct shown {
	struct vfx_decision d;
	struct vfx_facts facts;
	struct vfx_evidence e;
	struct vfx_try last;
};

static void look(struct device *device, struct shown *s)
{
	struct vfx_record *record = to_record(device);

	s->d = vfx_record_decision(record);
	mutex_lock(&record->lock);
	s->facts = record->facts;
	s->e = record->evidence;
	s->last = record->last;
	mutex_unlock(&record->lock);
}

#define SHOWN_ATTR(name, format, ...)					\
	static ssize_t name##_show(struct device *device,		\
				   struct device_attribute *attr, char *buf) \
	{								\
		struct shown s;						\
									\
		look(device, &s);					\
		return sysfs_emit(buf, format "\n", __VA_ARGS__);	\
	}								\
	static DEVICE_ATTR_RO(name)

SHOWN_ATTR(verdict, "%s", vfx_verdict_word(s.d.verdict));
SHOWN_ATTR(basis, "%s", vfx_basis_word(s.d.basis));
SHOWN_ATTR(admitted, "%d", s.d.admitted);
SHOWN_ATTR(reason, "%s", vfx_reason_text(s.d.reason));
SHOWN_ATTR(remedy, "%s", vfx_remedy_text(s.d.reason) ?: "");
SHOWN_ATTR(view, "%s", vfx_view_word(s.d.view));
SHOWN_ATTR(offered, "%s", !s.facts.offered_known ? "unknown" : s.facts.offered ? "1" : "0");
SHOWN_ATTR(measured, "%s %s", vfx_outcome_word(s.e.known[VFX_RUN_UNACKED]),
	   vfx_outcome_word(s.e.known[VFX_RUN_ACKED]));
SHOWN_ATTR(measured_forced, "%s", vfx_outcome_word(s.e.known[VFX_RUN_FORCED]));
SHOWN_ATTR(measured_last, "%s %s %s", vfx_outcome_word(s.e.last[VFX_RUN_UNACKED]),
	   vfx_outcome_word(s.e.last[VFX_RUN_ACKED]),
	   vfx_outcome_word(s.e.last[VFX_RUN_FORCED]));
SHOWN_ATTR(measured_pending, "%d", s.facts.pending);
SHOWN_ATTR(measured_time, "%llu", s.e.time[vfx_decisive_run(s.facts.offered)]);
SHOWN_ATTR(measured_last_time, "%lld", s.last.time);
SHOWN_ATTR(measured_usecs, "%u", s.last.usecs);
SHOWN_ATTR(measured_reason, "%s", s.last.reason);

static ssize_t contradictions_show(struct device *device, struct device_attribute *attr,
				   char *buf)
{
	unsigned int mask = vfx_record_decision(to_record(device)).contradictions;
	unsigned int bit;
	int len = 0;

	for (bit = 1; bit <= mask; bit <<= 1)
		if (mask & bit)
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

static ssize_t open_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", !!READ_ONCE(to_record(device)->in_force));
}
static DEVICE_ATTR_RO(open);

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

static ssize_t guard_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", vfx_guard_word(READ_ONCE(to_record(device)->guard)));
}
static DEVICE_ATTR_RO(guard);

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

static struct attribute *vfx_attrs[] = {
	&dev_attr_offered.attr,
	&dev_attr_measured.attr,
	&dev_attr_measured_forced.attr,
	&dev_attr_measured_last.attr,
	&dev_attr_measured_pending.attr,
	&dev_attr_measured_time.attr,
	&dev_attr_measured_last_time.attr,
	&dev_attr_measured_usecs.attr,
	&dev_attr_measured_reason.attr,
	&dev_attr_measure.attr,
	&dev_attr_verdict.attr,
	&dev_attr_basis.attr,
	&dev_attr_admitted.attr,
	&dev_attr_reason.attr,
	&dev_attr_remedy.attr,
	&dev_attr_view.attr,
	&dev_attr_contradictions.attr,
	&dev_attr_open.attr,
	&dev_attr_policy.attr,
	&dev_attr_guard.attr,
	VFX_REFUSAL_ROWS(REFUSAL_ATTR_POINTER)
	NULL
};

const struct attribute_group vfx_group = {
	.name = "virtio_fixup",
	.attrs = vfx_attrs,
};
