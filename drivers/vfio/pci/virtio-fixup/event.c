// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to a function, as uevents; see record.h.
 *
 * A user, and the guest behind it, must not be able to flood this host with them. An
 * open is told OPENS times in OPENS_SECONDS at most. Of each kind of refusal the first one
 * is told since an open was. The counters in sysfs have them all.
 */
#include <linux/kobject.h>
#include <linux/slab.h>

#include "record.h"

#define OPENS		10
#define OPENS_SECONDS	5

#define PREFIX		"VFIO_VIRTIO_FIXUP"

static void add_decision(struct kobj_uevent_env *env, const struct vfx_decision *d)
{
	add_uevent_var(env, PREFIX "_VERDICT=%s", vfx_verdict_word(d->verdict));
	add_uevent_var(env, PREFIX "_BASIS=%s", vfx_basis_word(d->basis));
	add_uevent_var(env, PREFIX "_POLICY=%s", vfx_policy_word(d->policy));
	add_uevent_var(env, PREFIX "_ADMITTED=%d", d->admitted);
	add_uevent_var(env, PREFIX "_REASON=%s", vfx_reason_text(d->reason));
}

/* @detail: what only this event has, or "". Without memory nothing is told. */
static void send(struct vfx_record *record, const char *event, const struct vfx_decision *d,
		 const char *detail)
{
	struct kobj_uevent_env *env = kzalloc(sizeof(*env), GFP_KERNEL);

	if (!env)
		return;
	add_uevent_var(env, PREFIX "=%s", event);
	add_uevent_var(env, PREFIX "_GUARD=%s", vfx_guard_word(READ_ONCE(record->guard)));
	if (*detail)
		add_uevent_var(env, PREFIX "_%s", detail);
	if (d)
		add_decision(env, d);
	kobject_uevent_env(&record->function.pdev->dev.kobj, KOBJ_CHANGE, env->envp);
	kfree(env);
}

void vfx_event_init(struct vfx_record *record)
{
	ratelimit_state_init(&record->opens, OPENS_SECONDS * HZ, OPENS);
	/* The log does not say how many were not told. */
	ratelimit_set_flags(&record->opens, RATELIMIT_MSG_ON_RELEASE);
}

void vfx_event_bound(struct vfx_record *record, const struct vfx_decision *d)
{
	send(record, "bound", d, "");
}

void vfx_event_guard(struct vfx_record *record, const struct vfx_decision *d)
{
	send(record, "guard", d, "");
}

void vfx_event_open(struct vfx_record *record, const struct vfx_decision *d, int error)
{
	char detail[32];

	if (!__ratelimit(&record->opens))
		return;
	WRITE_ONCE(record->told, 0);
	snprintf(detail, sizeof(detail), "ERROR=%d", error);
	send(record, "open", d, detail);
}

void vfx_event_refused(struct vfx_record *record, enum vfx_refusal refusal)
{
	const struct vfx_decision *d = READ_ONCE(record->in_force);
	char detail[32];

	/* Without a user it is a bind, and vfx_event_guard() tells that. */
	if (!d || test_and_set_bit(refusal, &record->told))
		return;
	snprintf(detail, sizeof(detail), "REFUSAL=%s", vfx_refusal_word(refusal));
	send(record, "refused", d, detail);
}

void vfx_event_evidence(struct vfx_record *record, const struct vfx_decision *d,
			const enum vfx_outcome known[VFX_RUNS])
{
	char detail[64];

	snprintf(detail, sizeof(detail), "MEASURED=%s %s %s",
		 vfx_outcome_word(known[VFX_RUN_UNACKED]), vfx_outcome_word(known[VFX_RUN_ACKED]),
		 vfx_outcome_word(known[VFX_RUN_FORCED]));
	send(record, "evidence", d, detail);
}
