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

#include "virtio_fixup.h"

/* What is so for the current user, or would be for the next. */
static struct vfx_decision current_decision(struct vfx_device *dev)
{
	struct vfx_decision d;

	mutex_lock(&dev->decision_lock);
	d = dev->is_open ? dev->decision : vfx_decide(&dev->facts, dev->policy);
	mutex_unlock(&dev->decision_lock);
	return d;
}

#define DECISION_ATTR(name, text)					\
	static ssize_t name##_show(struct device *device,		\
				   struct device_attribute *attr, char *buf) \
	{								\
		struct vfx_device *dev =			\
			vfx_from_pci(to_pci_dev(device));	\
		struct vfx_decision d = current_decision(dev);	\
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
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));
	unsigned int mask = current_decision(dev).contradictions;

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
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));
	bool known, offered;

	mutex_lock(&dev->decision_lock);
	known = dev->facts.offered_known;
	offered = dev->facts.offered;
	mutex_unlock(&dev->decision_lock);
	return sysfs_emit(buf, "%s\n", !known ? "unknown" : offered ? "1" : "0");
}
static DEVICE_ATTR_RO(offered);

static ssize_t measured_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));
	enum vfx_outcome unacked, acked;

	mutex_lock(&dev->decision_lock);
	unacked = dev->facts.unacked;
	acked = dev->facts.acked;
	mutex_unlock(&dev->decision_lock);
	return sysfs_emit(buf, "%s %s\n", vfx_outcome_word(unacked),
			  vfx_outcome_word(acked));
}
static DEVICE_ATTR_RO(measured);

#define MEASURED_ATTR(name, format, field)				\
	static ssize_t measured_##name##_show(struct device *device,	\
					      struct device_attribute *attr, \
					      char *buf)		\
	{								\
		struct vfx_device *dev =			\
			vfx_from_pci(to_pci_dev(device));	\
		struct vfx_measured m;				\
									\
		mutex_lock(&dev->decision_lock);			\
		m = dev->measured;					\
		mutex_unlock(&dev->decision_lock);			\
		return sysfs_emit(buf, format "\n", m.field);		\
	}								\
	static DEVICE_ATTR_RO(measured_##name)

MEASURED_ATTR(time, "%lld", time);
MEASURED_ATTR(usecs, "%u", usecs);
MEASURED_ATTR(reason, "%s", reason);

static ssize_t measure_store(struct device *device, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));
	bool wanted;
	int ret;

	ret = kstrtobool(buf, &wanted);
	if (ret || !wanted)
		return -EINVAL;
	/* Not to wake what its user has put to sleep; the claim is the real test. */
	if (READ_ONCE(dev->is_open))
		return -EBUSY;
	ret = pm_runtime_resume_and_get(device);
	if (ret)
		return ret;
	ret = vfx_measure(dev, false);
	pm_runtime_put(device);
	return ret ? ret : count;
}
static DEVICE_ATTR_WO(measure);

static ssize_t open_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));

	return sysfs_emit(buf, "%d\n", READ_ONCE(dev->is_open));
}
static DEVICE_ATTR_RO(open);

static ssize_t policy_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));

	return sysfs_emit(buf, "%s\n", vfx_policy_word(READ_ONCE(dev->policy)));
}

static ssize_t policy_store(struct device *device, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));
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

	mutex_lock(&dev->decision_lock);
	dev->policy = policy;
	is_open = dev->is_open;
	mutex_unlock(&dev->decision_lock);
	pci_info(dev->core.pdev, "policy %s%s\n", vfx_policy_word(policy),
		 is_open ? ", from the next open on" : "");
	return count;
}
static DEVICE_ATTR_RW(policy);

static ssize_t refused_opens_show(struct device *device, struct device_attribute *attr,
				  char *buf)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));

	return sysfs_emit(buf, "%llu\n", READ_ONCE(dev->refused_opens));
}
static DEVICE_ATTR_RO(refused_opens);

struct refusal_attribute {
	struct device_attribute attr;
	enum vfx_refusal refusal;
};

static ssize_t refusal_show(struct device *device, struct device_attribute *attr, char *buf)
{
	struct vfx_device *dev = vfx_from_pci(to_pci_dev(device));
	struct refusal_attribute *r = container_of(attr, struct refusal_attribute, attr);

	return sysfs_emit(buf, "%llu\n", READ_ONCE(dev->refusals[r->refusal]));
}

#define REFUSAL_ATTR(_name, _refusal)					\
	static struct refusal_attribute attr_##_name = {		\
		.attr = __ATTR(_name, 0444, refusal_show, NULL),	\
		.refusal = _refusal,					\
	}

REFUSAL_ATTR(refused_features_ok, VFX_REFUSAL_FEATURES_OK);
REFUSAL_ATTR(refused_driver_ok, VFX_REFUSAL_DRIVER_OK);
REFUSAL_ATTR(refused_queue_enable, VFX_REFUSAL_QUEUE_ENABLE);
REFUSAL_ATTR(refused_late_features, VFX_REFUSAL_LATE_FEATURES);
REFUSAL_ATTR(refused_status_clear, VFX_REFUSAL_STATUS_CLEAR);
REFUSAL_ATTR(refused_in_reset, VFX_REFUSAL_IN_RESET);
REFUSAL_ATTR(refused_partial, VFX_REFUSAL_PARTIAL);
REFUSAL_ATTR(refused_undeclared, VFX_REFUSAL_UNDECLARED);
REFUSAL_ATTR(refused_window, VFX_REFUSAL_WINDOW);
REFUSAL_ATTR(refused_mmap, VFX_REFUSAL_MMAP);
REFUSAL_ATTR(refused_request, VFX_REFUSAL_REQUEST);

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
	&dev_attr_refused_opens.attr,
	&attr_refused_features_ok.attr.attr,
	&attr_refused_driver_ok.attr.attr,
	&attr_refused_queue_enable.attr.attr,
	&attr_refused_late_features.attr.attr,
	&attr_refused_status_clear.attr.attr,
	&attr_refused_in_reset.attr.attr,
	&attr_refused_partial.attr.attr,
	&attr_refused_undeclared.attr.attr,
	&attr_refused_window.attr.attr,
	&attr_refused_mmap.attr.attr,
	&attr_refused_request.attr.attr,
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
