/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints, under events/virtio_fixup/. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM virtio_fixup

#if !defined(VIRTIO_FIXUP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VIRTIO_FIXUP_TRACE_H

#include <linux/tracepoint.h>

#include "virtio_fixup.h"

/* One measurement: both outcomes and the time it took. */
TRACE_EVENT(virtio_fixup_measured,
	TP_PROTO(const char *name, enum virtio_fixup_outcome unacked,
		 enum virtio_fixup_outcome acked, u32 usecs, int error),
	TP_ARGS(name, unacked, acked, usecs, error),
	TP_STRUCT__entry(
		__string(name, name)
		__field(u8, unacked)
		__field(u8, acked)
		__field(u32, usecs)
		__field(int, error)
	),
	TP_fast_assign(
		virtio_fixup_assign_str(name, name);
		__entry->unacked = unacked;
		__entry->acked = acked;
		__entry->usecs = usecs;
		__entry->error = error;
	),
	TP_printk("%s unacked=%u acked=%u usecs=%u error=%d", __get_str(name),
		  __entry->unacked, __entry->acked, __entry->usecs, __entry->error)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
