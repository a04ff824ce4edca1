/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The record of a function: what is known of it, and what its administrator wants.
 * It begins when the function first meets this module, and ends when the device
 * leaves its bus or the module goes: what was seen, and the policy, outlast a binding.
 */
#ifndef VFX_RECORD_H
#define VFX_RECORD_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/ratelimit.h>
#include <linux/sysfs.h>
#include <linux/time64.h>

#include "blocks.h"
#include "core/evidence.h"
#include "hw.h"

/* Room for a sentence that names one other device. */
#define VFX_REASON_LEN	128

/* Room for the name of a driver. */
#define VFX_DRIVER_LEN	32

struct vfx_group;

/**
 * struct vfx_try - the last time that a measurement was tried
 * @time: when, in seconds since the epoch; 0: never
 * @usecs: how long it took
 * @obstacle: why it gave nothing, or VFX_OBSTACLE_NONE
 * @reason: @obstacle in words, which may name another device
 */
struct vfx_try {
	time64_t time;
	u32 usecs;
	enum vfx_obstacle obstacle;
	char reason[VFX_REASON_LEN];
};

/**
 * struct vfx_record - the record of one function
 * @node: in the list of all records
 * @users: the list, and whoever looks at it from elsewhere
 * @function: which one, and how to reach it
 * @measuring: held over a measurement, and by whoever takes the function from its
 *	driver: a group that is claimed would keep the next driver from it
 * @is_bound: this module's driver has the function; written under @measuring
 * @is_due: a measurement is to be tried once more; under the lock of all records
 * @is_leaving: its device leaves its bus, and its group is not claimed any more; under
 *	@measuring
 * @wanted_by: the other VFIO driver that has it, or was not given it; this and the next
 *	three under the device lock
 * @is_judged: the guard has measured it, and it has had no driver since
 * @is_named: it was said that its driver has it and nothing guards it
 * @opens: how fast opens are told, see event.c
 * @told: which refusals were told since an open was, a bit for each
 * @claim: of its group, which the guard owns because of it, or NULL
 * @lock: guards what follows up to @guard
 * @policy: for the next open
 * @facts: what is known, the outcomes in @evidence included
 * @evidence: what was seen of its DMA
 * @told_known: what an event told last that is known of it
 * @last: the last try to see something
 * @in_force: what its current user was admitted by, or NULL: nobody has it open
 * @kept: memory that it may still write to, as it would not reset; under @measuring
 * @guard: what the guard made of it
 * @refusals: how often each was refused, over all users
 */
struct vfx_record {
	struct list_head node;
	struct kref users;
	struct vfx_function function;
	struct mutex measuring;	/* see above */
	bool is_bound;
	bool is_due;
	bool is_leaving;
	char wanted_by[VFX_DRIVER_LEN];
	bool is_judged;
	bool is_named;
	struct ratelimit_state opens;
	unsigned long told;
	struct vfx_group *claim;
	struct mutex lock;	/* see above */
	enum virtio_fixup_policy policy;
	struct vfx_facts facts;
	struct vfx_evidence evidence;
	enum vfx_outcome told_known[VFX_RUNS];
	struct vfx_try last;
	const struct vfx_decision *in_force;
	enum vfx_guard guard;
	struct vfx_kept kept;
	atomic64_t refusals[VFX_REFUSALS];
};

/**
 * vfx_may_set_policy() - may the current process set this policy?
 * @policy: to be set
 * @guarded: for a function that another VFIO driver has or wants
 *
 * What admits more than `auto` asks CAP_SYS_RAWIO, and what admits it without a look when
 * it is opened a kernel that is not locked down: `unsafe`, and of a guarded function
 * `vouched`.
 *
 * Return: 0 or -EPERM.
 */
int vfx_may_set_policy(enum virtio_fixup_policy policy, bool guarded);

/**
 * vfx_record_get() - the record of a function, made if there is none
 * @pdev: the function; its device lock is held, so that it does not leave meanwhile
 *
 * Return: the record, which stays until vfx_record_drop(); or an ERR_PTR().
 */
struct vfx_record *vfx_record_get(struct pci_dev *pdev);

/**
 * vfx_record_find() - the record of a function
 * @pdev: the function, which does not leave its bus meanwhile
 *
 * Return: the record, or NULL.
 */
struct vfx_record *vfx_record_find(struct pci_dev *pdev);

/* As vfx_record_find(), and it stays until vfx_record_put(). */
struct vfx_record *vfx_record_hold(struct pci_dev *pdev);
void vfx_record_put(struct vfx_record *record);

/* End the record of a function that leaves its bus, if there is one. */
void vfx_record_drop(struct pci_dev *pdev);

/* End all records: the module goes. */
void vfx_record_drop_all(void);

/* Mark every bound record that waits for a measurement. Return: there are some. */
bool vfx_record_mark_due(void);

/**
 * vfx_record_begin_due() - the next record that is marked and can be measured now
 *
 * Return: the record, its mark gone, with its measuring mutex held: the caller unlocks that,
 * and then calls vfx_record_put(); or NULL.
 */
struct vfx_record *vfx_record_begin_due(void);

/**
 * vfx_refuse() - count and trace what was refused
 * @record: of the function
 * @refusal: what
 * @where: offset within the region or structure; for a request, its number
 * @count: bytes; for a request, 0
 */
void vfx_refuse(struct vfx_record *record, enum vfx_refusal refusal, u64 where, u64 count);

/**
 * vfx_record_admit() - decide for an open that begins now
 * @record: of the function
 * @decision: result
 *
 * Looks at the IOMMU group again, and counts a refusal.
 * Return: 0 or -EPERM.
 */
int vfx_record_admit(struct vfx_record *record, struct vfx_decision *decision);

/**
 * vfx_record_facts() - the function was bound, and read anew
 * @record: of the function
 * @facts: what was read; its outcomes do not count
 *
 * If what it offers has changed, what spoke for the function is void.
 */
void vfx_record_facts(struct vfx_record *record, const struct vfx_facts *facts);

/**
 * vfx_record_presume() - what must do for a function that cannot be looked at
 * @record: of a function that a driver has which is not this module's
 * @unreadable: it was looked at, and VFIO cannot be given it
 */
void vfx_record_presume(struct vfx_record *record, bool unreadable);

/* Its driver gives, or does not give, its user a legacy interface. */
void vfx_record_legacy_by_driver(struct vfx_record *record, bool legacy);

/**
 * vfx_record_judge() - decide about a driver that enforces nothing
 * @record: of the function
 * @mode: the administrator's word on the guard
 * @hold: how far that driver has come
 * @decision: result
 *
 * Looks at the IOMMU group again.
 *
 * Return: what the guard is to do.
 */
enum vfx_guard vfx_record_judge(struct vfx_record *record, enum vfx_guard_mode mode,
				enum vfx_hold hold, struct vfx_decision *decision);

/* Note what the guard made of it. Return: what that was before. */
enum vfx_guard vfx_record_set_guard(struct vfx_record *record, enum vfx_guard guard);

/* Is the guard to look at it again by itself? */
bool vfx_record_guard_waits(struct vfx_record *record, enum vfx_guard_mode mode);

/* Is there such a function? */
bool vfx_record_any_waits(enum vfx_guard_mode mode);

/*
 * The decision in force, or the one that the next open would get. Where another VFIO
 * driver has the function, or was not given it, the one about that driver.
 */
struct vfx_decision vfx_record_decision(struct vfx_record *record);

/* A user has it, let in by @decision, which stays until the user leaves; NULL: he has left. */
void vfx_record_in_force(struct vfx_record *record, const struct vfx_decision *decision);

/**
 * vfx_record_offered() - the function was asked anew what it offers
 * @record: of the function
 * @offered: VIRTIO_F_ACCESS_PLATFORM
 *
 * If that has changed, what spoke for the function is void.
 */
void vfx_record_offered(struct vfx_record *record, bool offered);

/* The function can be stopped or not: where it cannot, no policy admits it. */
void vfx_record_stoppable(struct vfx_record *record, bool stoppable);

/**
 * vfx_record_measured() - the function was measured
 * @record: of the function
 * @seen: what the measurement has shown
 * @last: how it went
 */
void vfx_record_measured(struct vfx_record *record, const struct vfx_seen *seen,
			 const struct vfx_try *last);

/**
 * vfx_record_not_measured() - a measurement gave nothing
 * @record: of the function
 * @seen: what it had shown before that
 * @last: why
 *
 * What was known stays, but where the function itself failed. Of @seen a bypass
 * counts, and nothing else.
 */
void vfx_record_not_measured(struct vfx_record *record, const struct vfx_seen *seen,
			     const struct vfx_try *last);

/**
 * vfx_record_clear() - forget all evidence, by root's explicit word
 * @record: of the function
 */
void vfx_record_clear(struct vfx_record *record);

/* The directory virtio_fixup/ of a function that has a record; in sysfs.c. */
extern const struct attribute_group vfx_sysfs_group;

/*
 * What happens to a function, as uevents of its device; in event.c. They are for udev
 * rules, and for whoever watches this host. Documentation/ABI/testing/sysfs-driver-virtio-fixup
 * has the variables. All of these may sleep, and need no lock.
 */

/* Of a new record, before anything is told. */
void vfx_event_init(struct vfx_record *record);

/* This module's driver has it. @d: what the next open would get. */
void vfx_event_bound(struct vfx_record *record, const struct vfx_decision *d);

/* The guard has made something of it. @d: why; NULL: no other VFIO driver has it. */
void vfx_event_guard(struct vfx_record *record, const struct vfx_decision *d);

/* An open has ended with @error, which is 0 if the function is open now. */
void vfx_event_open(struct vfx_record *record, const struct vfx_decision *d, int error);

/* Its user did what is refused. Only the first time since the open is told. */
void vfx_event_refused(struct vfx_record *record, enum vfx_refusal refusal);

/**
 * vfx_event_evidence() - what is known of its DMA has changed
 * @record: of the function
 * @d: what follows from it
 * @known: the outcomes that count now
 */
void vfx_event_evidence(struct vfx_record *record, const struct vfx_decision *d,
			const enum vfx_outcome known[VFX_RUNS]);

#endif
