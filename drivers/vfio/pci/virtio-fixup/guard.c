// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guard. What it decides is in core/verdict.c; here is when it is asked, and how a
 * function is kept from a driver that is not ours.
 *
 * A driver that is about to be probed is refused by a PM domain: the driver core calls
 * its activate() behind the notifier and before the probe, and an error of that ends
 * the bind. A driver that has the function already is not taken off it: the guard owns
 * its IOMMU group then, so that VFIO can open nothing of it.
 *
 * Rules for all that runs in the notifier, which may hold up every bind on this host:
 * it takes about a second at most; it waits for no lock that is held for longer than a
 * look; it binds nothing and unbinds nothing.
 */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/pm_domain.h>
#include <linux/pm_runtime.h>
#include <linux/sched/signal.h>

#include "group.h"
#include "guard.h"
#include "measure.h"
#include "trace.h"

/* How long a device lock is waited for at the administrator's word. */
#define LOCK_TRIES		500
#define LOCK_PAUSE_MS		10

static enum vfx_guard_mode guard_mode;
/* A device lock was not to be had: look once more, at all functions. */
static bool look_once_more;

enum vfx_guard_mode vfx_guard_mode(void)
{
	return READ_ONCE(guard_mode);
}

/* Whatever its type, and whether or not this module knows that. */
static bool is_virtio(const struct pci_dev *pdev)
{
	return pdev->vendor == PCI_VENDOR_ID_REDHAT_QUMRANET && vfx_is_virtio_id(pdev->device);
}

/* Does a driver give its functions to users of VFIO, and is it another module's? */
static bool is_other_vfio(struct device_driver *driver)
{
	static const char *const not_these[] = { "pci-stub", "pcieport", KBUILD_MODNAME };

	return driver && to_pci_driver(driver)->driver_managed_dma &&
	       match_string(not_these, ARRAY_SIZE(not_these), driver->name) < 0;
}

/* --- the veto --- */

static int refuse_probe(struct device *dev)
{
	return -ENODEV;
}

static struct dev_pm_domain veto_domain = { .activate = refuse_probe };

/* Without CONFIG_PM there is nobody to set a PM domain. */
static_assert(IS_ENABLED(CONFIG_PM));

/*
 * Takes no memory, so nothing that is lacking lets a driver through, and touches nothing
 * that others write. No function of this bus has a PM domain of its own before its probe.
 */
static void veto(struct pci_dev *pdev)
{
	device_lock_assert(&pdev->dev);
	/* Until the bind has ended: it calls refuse_probe(). Fails if the module goes. */
	if (try_module_get(THIS_MODULE))
		dev_pm_domain_set(&pdev->dev, &veto_domain);
}

/* Return: there was one. */
static bool take_veto_back(struct pci_dev *pdev)
{
	device_lock_assert(&pdev->dev);
	if (pdev->dev.pm_domain != &veto_domain)
		return false;
	dev_pm_domain_set(&pdev->dev, NULL);
	module_put(THIS_MODULE);
	return true;
}

/* --- ownership --- */

/* The module stays while it owns something: to unload it would open the function. */
static int own(struct vfx_record *record)
{
	struct vfx_group *claim;

	device_lock_assert(&record->function.pdev->dev);
	if (record->claim)
		return 0;
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	claim = vfx_group_claim(&record->function.pdev->dev);
	if (IS_ERR(claim)) {
		module_put(THIS_MODULE);
		return PTR_ERR(claim);
	}
	record->claim = claim;
	return 0;
}

static void disown(struct vfx_record *record)
{
	device_lock_assert(&record->function.pdev->dev);
	if (!record->claim)
		return;
	vfx_group_release(record->claim);
	record->claim = NULL;
	module_put(THIS_MODULE);
}

/* --- what is said of it --- */

/* Its driver's name goes between @before and @after. */
static void say(struct vfx_record *record, const struct vfx_decision *d, const char *before,
		const char *after)
{
	const char *remedy = vfx_remedy_text(d->reason);
	bool waits = d->reason == VFX_REASON_PENDING;

	pci_warn(record->function.pdev, "guard: %s%s%s: %s%s%s%s%s\n", before,
		 record->wanted_by, after, vfx_reason_text(d->reason), waits ? ": " : "",
		 waits ? record->last.reason : "", remedy ? "; to do: " : "", remedy ?: "");
}

static void say_admitted(struct vfx_record *record, const struct vfx_decision *d)
{
	struct pci_dev *pdev = record->function.pdev;

	if (!vfx_reason_is_word(d->reason)) {
		pci_info(pdev, "guard: admitted: %s\n", vfx_reason_text(d->reason));
		return;
	}
	/* Nobody is asked for a capability when it is opened, so the mark is left here. */
	add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	pci_warn(pdev, "guard: admitted: %s: its user may be able to overwrite this host's memory\n",
		 vfx_reason_text(d->reason));
}

/* A driver of this host that is refused a sibling says nothing of why. */
static void say_siblings(struct pci_dev *pdev)
{
	char names[VFX_REASON_LEN];

	if (vfx_name_siblings(&pdev->dev, names, sizeof(names)))
		pci_warn(pdev, "guard: meanwhile no driver but a VFIO driver can have others of its IOMMU group: %s\n",
			 names);
}

static void tell(struct vfx_record *record, enum vfx_guard guard, const struct vfx_decision *d)
{
	trace_virtio_fixup_guard(pci_name(record->function.pdev), guard, d);
	switch (guard) {
	case VFX_GUARD_ADMITTED:
		say_admitted(record, d);
		break;
	case VFX_GUARD_VETOED:
		say(record, d, "not given to ", "");
		break;
	case VFX_GUARD_OWNED:
		say(record, d, "", " has it, and nobody can open it");
		say_siblings(record->function.pdev);
		break;
	case VFX_GUARD_IN_USE:
		say(record, d, "", " has it and users reach it, ALTHOUGH IT IS NOT ADMITTED");
		break;
	default:
		break;
	}
	vfx_event_guard(record, guard == VFX_GUARD_OFF ? NULL : d);
}

/* What was decided is done: note it, and tell it if it is news. */
static void note(struct vfx_record *record, enum vfx_guard guard, const struct vfx_decision *d)
{
	if (vfx_record_set_guard(record, guard) != guard)
		tell(record, guard, d);
}

/* --- looking at a function --- */

static void set_driver(struct vfx_record *record, const struct device_driver *driver)
{
	strscpy(record->wanted_by, driver->name, sizeof(record->wanted_by));
	/* It drives the legacy interface of virtual functions, by way of their parent. */
	vfx_record_legacy_by_driver(record, !strcmp(driver->name, "virtio_vfio_pci"));
}

/* With the function idle: nobody has it open, and nobody can open it. */
static int look(struct vfx_record *record, enum vfx_haste haste)
{
	struct device *device = &record->function.pdev->dev;
	int ret;

	/* VFIO may have put it to sleep. */
	ret = pm_runtime_resume_and_get(device);
	if (!ret) {
		ret = vfx_look_at(record, haste);
		pm_runtime_put(device);
	}
	if (ret)
		vfx_record_presume(record, true);
	return ret;
}

/* At the administrator's word, or from work. Return: there is no new outcome, and why. */
static int look_and_measure(struct vfx_record *record)
{
	return look(record, VFX_AT_LEISURE) ?: vfx_last_error(record);
}

/* Not waiting for somebody else who looks at it: what is known decides then. */
static void look_for_notifier(struct vfx_record *record)
{
	if (!mutex_trylock(&record->measuring)) {
		vfx_record_presume(record, false);
		return;
	}
	look(record, VFX_FOR_NOTIFIER);
	mutex_unlock(&record->measuring);
}

static void judge_bind(struct vfx_record *record)
{
	struct pci_dev *pdev = record->function.pdev;
	struct vfx_decision d;
	enum vfx_guard guard;

	/* A policy that is set behind the judgement waits for the end of the bind. */
	vfx_record_set_guard(record, VFX_GUARD_VETOED);
	guard = vfx_record_judge(record, vfx_guard_mode(), VFX_HOLD_NONE, &d);
	vfx_record_set_guard(record, guard);
	if (guard == VFX_GUARD_VETOED) {
		veto(pdev);
		vfx_refuse(record, VFX_REFUSAL_BINDS, 0, 0);
	}
	/* Each bind is news. */
	tell(record, guard, &d);
}

/* It is about to be probed. */
static void on_bind(struct pci_dev *pdev)
{
	struct vfx_record *record;

	if (vfx_guard_mode() == VFX_GUARD_MODE_OFF)
		return;
	record = vfx_record_get(pdev);
	if (IS_ERR(record)) {
		/* Nothing speaks for it then. */
		veto(pdev);
		pci_warn(pdev, "guard: not given to %s: there is no memory for a record of it; to do: bind it again\n",
			 pdev->dev.driver->name);
		return;
	}
	set_driver(record, pdev->dev.driver);
	/* What takes longer than the notifier may, was done before from work. */
	if (!record->is_judged)
		look_for_notifier(record);
	record->is_judged = false;
	judge_bind(record);
}

/* Nobody has it any more, or somebody of whom nothing is asked. */
static void forget(struct vfx_record *record)
{
	struct vfx_decision none = { };

	disown(record);
	record->is_judged = false;
	record->is_named = false;
	note(record, VFX_GUARD_OFF, &none);
}

/* VFIO's no-IOMMU mode: named once a bind, and left alone. */
static void name_unguarded(struct vfx_record *record)
{
	if (vfx_guard_mode() == VFX_GUARD_MODE_OFF || record->guard != VFX_GUARD_OFF ||
	    record->is_named)
		return;
	record->is_named = true;
	pci_warn(record->function.pdev,
		 "guard: %s has it without an IOMMU, and nothing can guard that; to do: enable the IOMMU, and leave VFIO's no-IOMMU mode\n",
		 record->wanted_by);
}

static void on_bound(struct vfx_record *record)
{
	if (is_other_vfio(record->function.pdev->dev.driver))
		name_unguarded(record);
	else
		forget(record);
}

static void on_not_bound(struct pci_dev *pdev, struct vfx_record *record)
{
	if (take_veto_back(pdev))
		/* Firmware may have left it on, and it has no driver. */
		pci_clear_master(pdev);
	else if (record)
		forget(record);
}

/*
 * Its group leaves with it, so it is not claimed from here on. The one wait of the
 * notifier: for a measurement of this function, which then ends soon.
 */
static void on_leaving(struct vfx_record *record)
{
	mutex_lock(&record->measuring);
	record->is_leaving = true;
	mutex_unlock(&record->measuring);
}

void vfx_guard_notify(struct pci_dev *pdev, unsigned long action)
{
	struct vfx_record *record;

	if (!is_virtio(pdev))
		return;
	record = vfx_record_find(pdev);
	switch (action) {
	case BUS_NOTIFY_BIND_DRIVER:
		if (is_other_vfio(pdev->dev.driver))
			on_bind(pdev);
		else if (record)
			forget(record);
		break;
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
		on_not_bound(pdev, record);
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		if (record)
			on_bound(record);
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		if (record)
			forget(record);
		break;
	case BUS_NOTIFY_DEL_DEVICE:
		if (record)
			on_leaving(record);
		break;
	}
}

/* --- what is bound already, and what waits --- */

/* Another VFIO driver has it: may it keep it, and if not, can the guard own its group? */
static void settle(struct vfx_record *record)
{
	enum vfx_guard_mode mode = vfx_guard_mode();
	struct vfx_decision d;
	enum vfx_guard guard;

	guard = vfx_record_judge(record, mode, VFX_HOLD_IDLE, &d);
	if (guard == VFX_GUARD_OWNED && own(record))
		guard = vfx_record_judge(record, mode, VFX_HOLD_USED, &d);
	if (guard != VFX_GUARD_OWNED)
		disown(record);
	note(record, guard, &d);
}

/* Does looking at it promise something new? The function is not known, or waits. */
static bool is_worth_a_look(struct vfx_record *record)
{
	enum vfx_guard_mode mode = vfx_guard_mode();

	return mode != VFX_GUARD_MODE_OFF &&
	       (record->guard == VFX_GUARD_OFF || vfx_record_guard_waits(record, mode));
}

static void look_at_bound(struct vfx_record *record, enum vfx_haste haste)
{
	set_driver(record, record->function.pdev->dev.driver);
	if (is_worth_a_look(record)) {
		/* Who has it open is not disturbed. */
		if (!own(record))
			look(record, haste);
		else
			vfx_record_presume(record, false);
	}
	settle(record);
	name_unguarded(record);
}

/* Return: its driver may have it now. */
static bool look_at_vetoed(struct vfx_record *record)
{
	struct vfx_decision d;
	enum vfx_guard guard;

	/* What was in the way of this look may have gone when the function is bound. */
	if (!record->is_judged && is_worth_a_look(record))
		record->is_judged = !look_and_measure(record);
	guard = vfx_record_judge(record, vfx_guard_mode(), VFX_HOLD_NONE, &d);
	/* It is admitted when it is bound; and where nothing is refused, it is nobody's. */
	if (guard != VFX_GUARD_ADMITTED)
		note(record, guard == VFX_GUARD_VETOED ? guard : VFX_GUARD_OFF, &d);
	return guard == VFX_GUARD_ADMITTED;
}

/* Return: bind it. */
static bool look_again(struct vfx_record *record, enum vfx_haste haste)
{
	struct device *device = &record->function.pdev->dev;
	bool admitted = false;

	device_lock_assert(device);
	mutex_lock(&record->measuring);
	if (record->is_leaving)
		;
	else if (is_other_vfio(device->driver))
		look_at_bound(record, haste);
	else if (!device->driver && record->guard == VFX_GUARD_VETOED)
		admitted = look_at_vetoed(record);
	mutex_unlock(&record->measuring);
	return admitted;
}

/* A function, and the name of the driver that may have it now. */
struct match {
	struct pci_dev *pdev;
	char driver[VFX_DRIVER_LEN];
};

/* The driver stays while it is looked at here. It asks the guard as any other bind does. */
static int attach_if_match(struct device_driver *driver, void *data)
{
	struct match *match = data;
	int ret;

	if (strcmp(driver->name, match->driver))
		return 0;
	ret = device_driver_attach(driver, &match->pdev->dev);
	if (ret)
		pci_notice(match->pdev, "guard: not bound to %s by itself (%d); to do: bind it\n",
			   driver->name, ret);
	return 1;
}

/* Return: the record of a function with its device lock held, or NULL and not held. */
static struct vfx_record *begin_look(struct pci_dev *pdev)
{
	struct vfx_record *record;

	/* Whoever waits for a VFIO user to leave has it, and for how long nobody knows. */
	if (!device_trylock(&pdev->dev)) {
		WRITE_ONCE(look_once_more, true);
		return NULL;
	}
	if (is_other_vfio(pdev->dev.driver) && IS_ERR(vfx_record_get(pdev)))
		WRITE_ONCE(look_once_more, true);
	record = vfx_record_hold(pdev);
	if (!record)
		device_unlock(&pdev->dev);
	return record;
}

/*
 * @all: not only at those that wait. Whoever opens a function while its device lock is
 * held here is refused with -EAGAIN by vfio_pci_core_enable(), so others are left alone.
 */
struct round {
	enum vfx_haste haste;
	bool all;
};

/* The functions of this module's own driver are not the guard's. */
static bool is_in_round(struct pci_dev *pdev, const struct round *round)
{
	struct vfx_record *record;
	bool is_in;

	if (!is_virtio(pdev))
		return false;
	record = vfx_record_hold(pdev);
	if (!record)
		return round->all;
	is_in = !READ_ONCE(record->is_bound) &&
		(round->all || vfx_record_guard_waits(record, vfx_guard_mode()));
	vfx_record_put(record);
	return is_in;
}

static int look_at_one(struct device *device, void *data)
{
	struct pci_dev *pdev = to_pci_dev(device);
	const struct round *round = data;
	struct match match = { .pdev = pdev };
	struct vfx_record *record;
	bool admitted;

	if (!is_in_round(pdev, round))
		return 0;
	record = begin_look(pdev);
	if (!record)
		return 0;
	admitted = look_again(record, round->haste);
	strscpy(match.driver, record->wanted_by, sizeof(match.driver));
	device_unlock(device);
	if (admitted)
		bus_for_each_drv(&pci_bus_type, NULL, &match, attach_if_match);
	vfx_record_put(record);
	return 0;
}

bool vfx_guard_again(enum vfx_haste haste)
{
	struct round round = {
		.haste = haste,
		.all = xchg(&look_once_more, false) || haste == VFX_FOR_PROBE,
	};

	bus_for_each_dev(&pci_bus_type, NULL, &round, look_at_one);
	return vfx_guard_waiting();
}

bool vfx_guard_waiting(void)
{
	return READ_ONCE(look_once_more) || vfx_record_any_waits(vfx_guard_mode());
}

void vfx_guard_set_mode(enum vfx_guard_mode mode)
{
	WRITE_ONCE(guard_mode, mode);
	WRITE_ONCE(look_once_more, true);
}

/*
 * Not without end, nor past the death of who waits: who holds it may wait for a VFIO user
 * to leave. Other signals do not count, such as that of a child that had the lock.
 */
static int lock_device(struct device *device)
{
	unsigned int tries = LOCK_TRIES;

	while (!device_trylock(device)) {
		if (!--tries)
			return -EBUSY;
		if (fatal_signal_pending(current))
			return -EINTR;
		msleep(LOCK_PAUSE_MS);
	}
	return 0;
}

/*
 * Who wrote the policy can rely on it, so this waits for whoever has the lock: a bind
 * that was judged by the policy before, or a reset.
 */
void vfx_guard_reconsider(struct vfx_record *record)
{
	struct device *device = &record->function.pdev->dev;

	if (READ_ONCE(record->guard) == VFX_GUARD_OFF || lock_device(device)) {
		WRITE_ONCE(look_once_more, true);
		return;
	}
	if (is_other_vfio(device->driver))
		settle(record);
	device_unlock(device);
}

/* With the device lock and the measuring mutex held. */
static int measure(struct vfx_record *record, bool clear)
{
	struct device *device = &record->function.pdev->dev;
	int ret;

	if (record->is_leaving)
		return -ENODEV;
	if (!is_other_vfio(device->driver) &&
	    (device->driver || record->guard != VFX_GUARD_VETOED))
		return -ENODEV;
	if (device->driver && own(record))
		return -EBUSY;
	if (clear)
		vfx_record_clear(record);
	ret = look_and_measure(record);
	if (device->driver)
		settle(record);
	else
		record->is_judged = !ret;
	return ret;
}

int vfx_guard_measure(struct vfx_record *record, bool clear)
{
	struct device *device = &record->function.pdev->dev;
	int ret;

	/* Whoever has it then is not kept waiting, nor waited for. */
	if (READ_ONCE(record->guard) == VFX_GUARD_OFF)
		return -ENODEV;
	ret = lock_device(device);
	if (ret)
		return ret;
	mutex_lock(&record->measuring);
	ret = measure(record, clear);
	mutex_unlock(&record->measuring);
	device_unlock(device);
	return ret;
}
