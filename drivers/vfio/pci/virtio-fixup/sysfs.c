// SPDX-License-Identifier: GPL-2.0-only
/*
 * The directory virtio_fixup/ of a bound function: one value a file, described
 * in Documentation/ABI/testing/sysfs-driver-virtio-fixup. No handler takes the
 * device lock: unbind holds it while it waits for them.
 */
#include <linux/device.h>
#include <linux/kstrtox.h>
#include <linux/pm_runtime.h>
#include <linux/security.h>
#include <linux/sysfs.h>

#include "measure.h"
#include "session.h"

static struct vfx_device *to_device(struct device *device)
{
	return vfx_from_pci(to_pci_dev(device));
}

/* The decision in force, or the one that the next open would get. */
static struct vfx_decision current_decision(struct device *device)
{
	struct vfx_device *dev = to_device(device);
	struct vfx_record *record = &dev->record;
	struct vfx_decision d;

	mutex_lock(&record->lock);
	d = dev->session ? dev->session->view.decision : vfx_decide(&record->facts, record->policy);
	mutex_unlock(&record->lock);
	return d;
}

#define DECISION_ATTR(name, text)					\
	static ssize_t name##_show(struct device *device,		\
				   struct device_attribute *attr, char *buf) \
	{								\
		struct vfx_decision d = current_decision(device);	\
									\
		return sysfs_emit(buf, "%s\n", text);			\
	}								\
	static DEVICE_ATTR_RO(name)

DECISION_ATTR(verdict, vfx_verdict_word(d.verdict));
DECISION_ATTR(basis, vfx_basis_word(d.basis));
DECISION_ATTR(admitted, d.admitted ? "1" : "0");
DECISION_ATTR(reason, vfx_reason_text(d.reason));
DECISION_ATTR(remedy, vfx_remedy_text(d.reason) ?: "");
DECISION_ATTR(view, vfx_view_word(d.view));

static ssize_t contradictions_show(struct device *device, struct device_attribute *attr,
				   char *buf)
{
	unsigned int mask = current_decision(device).contradictions;
	unsigned int bit;
	int len = 0;

	for (bit = 1; bit <= mask; bit <<= 1)
		if (mask & bit)
			len += sysfs_emit_at(buf, len, "%s%s", len ? " " : "",
					     vfx_contradiction_word(bit));
	return len + sysfs_emit_at(buf, len, "\n");
}
static DEVICE_ATTR_RO(contradictions);

static ssize_t offered_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct vfx_record *record = &to_device(device)->record;
	bool known, offered;

	mutex_lock(&record->lock);
	known = record->facts.offered_known;
	offered = record->facts.offered;
	mutex_unlock(&record->lock);
	return sysfs_emit(buf, "%s\n", !known ? "unknown" : offered ? "1" : "0");
}
static DEVICE_ATTR_RO(offered);

static ssize_t measured_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct vfx_record *record = &to_device(device)->record;
	enum vfx_outcome unacked, acked;

	mutex_lock(&record->lock);
	unacked = record->facts.unacked;
	acked = record->facts.acked;
	mutex_unlock(&record->lock);
	return sysfs_emit(buf, "%s %s\n", vfx_outcome_word(unacked),
			  vfx_outcome_word(acked));
}
static DEVICE_ATTR_RO(measured);

#define MEASURED_ATTR(name, format, field)				\
	static ssize_t measured_##name##_show(struct device *device,	\
					      struct device_attribute *attr, \
					      char *buf)		\
	{								\
		struct vfx_record *record = &to_device(device)->record;	\
		struct vfx_measured m;					\
									\
		mutex_lock(&record->lock);				\
		m = record->measured;					\
		mutex_unlock(&record->lock);				\
		return sysfs_emit(buf, format "\n", m.field);		\
	}								\
	static DEVICE_ATTR_RO(measured_##name)

MEASURED_ATTR(time, "%lld", time);
MEASURED_ATTR(usecs, "%u", usecs);
MEASURED_ATTR(reason, "%s", reason);

static ssize_t measure_store(struct device *device, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	struct vfx_device *dev = to_device(device);
	bool wanted;
	int ret;

	ret = kstrtobool(buf, &wanted);
	if (ret || !wanted)
		return -EINVAL;
	/* Not to wake what its user has put to sleep; the claim is the real test. */
	if (READ_ONCE(dev->session))
		return -EBUSY;
	ret = pm_runtime_resume_and_get(device);
	if (ret)
		return ret;
	ret = vfx_measure(&dev->record, false);
	pm_runtime_put(device);
	return ret ? ret : count;
}
static DEVICE_ATTR_WO(measure);

static ssize_t open_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", !!READ_ONCE(to_device(device)->session));
}
static DEVICE_ATTR_RO(open);

static ssize_t policy_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n",
			  vfx_policy_word(READ_ONCE(to_device(device)->record.policy)));
}

static ssize_t policy_store(struct device *device, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	struct vfx_device *dev = to_device(device);
	enum virtio_fixup_policy policy;
	char word[16];
	bool is_open;
	int ret;

	/* All of it is the word: nothing may hide behind a NUL. */
	if (count >= sizeof(word) || strlen(buf) != count)
		return -EINVAL;
	strscpy(word, buf, sizeof(word));
	ret = vfx_parse_policy(strim(word), &policy);
	if (ret)
		return ret;
	if (policy == VIRTIO_FIXUP_POLICY_UNSAFE) {
		ret = security_locked_down(LOCKDOWN_PCI_ACCESS);
		if (ret)
			return ret;
	}

	mutex_lock(&dev->record.lock);
	dev->record.policy = policy;
	is_open = dev->session;
	mutex_unlock(&dev->record.lock);
	pci_info(dev->core.pdev, "policy %s%s\n", vfx_policy_word(policy),
		 is_open ? ", from the next open on" : "");
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
			  atomic64_read(&to_device(device)->record.refusals[r->refusal]));
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
	&dev_attr_measured_time.attr,
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
	VFX_REFUSAL_ROWS(REFUSAL_ATTR_POINTER)
	NULL
};

static const struct attribute_group vfx_group = {
	.name = "virtio_fixup",
	.attrs = vfx_attrs,
};

const struct attribute_group *vfx_groups[] = {
	&vfx_group,
	NULL
};
