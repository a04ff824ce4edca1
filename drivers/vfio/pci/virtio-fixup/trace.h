/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints, under events/virtio_fixup/. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM virtio_fixup

#if !defined(VFX_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VFX_TRACE_H

#include <linux/tracepoint.h>

#include "core/border.h"
#include "core/evidence.h"
#include "core/verdict.h"

/* A decision about an open, or what came of it. */
TRACE_EVENT(virtio_fixup_open,
	TP_PROTO(const char *name, const struct vfx_decision *d, int error),
	TP_ARGS(name, d, error),
	TP_STRUCT__entry(
		__string(name, name)
		__field(u8, verdict)
		__field(u8, basis)
		__field(u8, policy)
		__field(u8, view)
		__string(reason, vfx_reason_text(d->reason))
		__field(int, error)
	),
	TP_fast_assign(
		vfx_assign_str(name, name);
		vfx_assign_str(reason, vfx_reason_text(d->reason));
		__entry->verdict = d->verdict;
		__entry->basis = d->basis;
		__entry->policy = d->policy;
		__entry->view = d->view;
		__entry->error = error;
	),
	TP_printk("%s verdict=%u basis=%u policy=%u view=%u error=%d reason=\"%s\"",
		  __get_str(name), __entry->verdict, __entry->basis, __entry->policy,
		  __entry->view, __entry->error, __get_str(reason))
);

/* The guard has made something else of a function than before, or has refused it again. */
TRACE_EVENT(virtio_fixup_guard,
	TP_PROTO(const char *name, enum vfx_guard guard, const struct vfx_decision *d),
	TP_ARGS(name, guard, d),
	TP_STRUCT__entry(
		__string(name, name)
		__string(guard, vfx_guard_word(guard))
		__field(u8, verdict)
		__field(u8, basis)
		__field(u8, policy)
		__string(reason, vfx_reason_text(d->reason))
	),
	TP_fast_assign(
		vfx_assign_str(name, name);
		vfx_assign_str(guard, vfx_guard_word(guard));
		vfx_assign_str(reason, vfx_reason_text(d->reason));
		__entry->verdict = d->verdict;
		__entry->basis = d->basis;
		__entry->policy = d->policy;
	),
	TP_printk("%s guard=%s verdict=%u basis=%u policy=%u reason=\"%s\"", __get_str(name),
		  __get_str(guard), __entry->verdict, __entry->basis, __entry->policy,
		  __get_str(reason))
);

/*
 * The register file or another door refused something: which rule, and where in
 * the structure or region the access began, or which request it was.
 */
TRACE_EVENT(virtio_fixup_refused,
	TP_PROTO(const char *name, enum vfx_refusal refusal, u64 offset,
		 u64 count),
	TP_ARGS(name, refusal, offset, count),
	TP_STRUCT__entry(
		__string(name, name)
		__string(rule, vfx_refusal_word(refusal))
		__field(u64, offset)
		__field(u64, count)
	),
	TP_fast_assign(
		vfx_assign_str(name, name);
		vfx_assign_str(rule, vfx_refusal_word(refusal));
		__entry->offset = offset;
		__entry->count = count;
	),
	TP_printk("%s rule=%s offset=0x%llx count=%llu", __get_str(name), __get_str(rule),
		  __entry->offset, __entry->count)
);

/* The reset at close, and what came of it; or one that the driver hears of. */
TRACE_EVENT(virtio_fixup_was_reset,
	TP_PROTO(const char *name, const char *kind, int error),
	TP_ARGS(name, kind, error),
	TP_STRUCT__entry(
		__string(name, name)
		__string(kind, kind)
		__field(int, error)
	),
	TP_fast_assign(
		vfx_assign_str(name, name);
		vfx_assign_str(kind, kind);
		__entry->error = error;
	),
	TP_printk("%s kind=%s error=%d", __get_str(name), __get_str(kind), __entry->error)
);

/* One measurement: the outcome of each run, and the time that it took. */
TRACE_EVENT(virtio_fixup_measured,
	TP_PROTO(const char *name, const enum vfx_outcome *outcome, u32 usecs, int error),
	TP_ARGS(name, outcome, usecs, error),
	TP_STRUCT__entry(
		__string(name, name)
		__field(u8, unacked)
		__field(u8, acked)
		__field(u8, forced)
		__field(u32, usecs)
		__field(int, error)
	),
	TP_fast_assign(
		vfx_assign_str(name, name);
		__entry->unacked = outcome[VFX_RUN_UNACKED];
		__entry->acked = outcome[VFX_RUN_ACKED];
		__entry->forced = outcome[VFX_RUN_FORCED];
		__entry->usecs = usecs;
		__entry->error = error;
	),
	TP_printk("%s unacked=%u acked=%u forced=%u usecs=%u error=%d", __get_str(name),
		  __entry->unacked, __entry->acked, __entry->forced, __entry->usecs,
		  __entry->error)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
