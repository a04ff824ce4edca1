/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the harnesses have in common: any value, any sound layout, any register file.
 * Each file of harnesses includes the core's .c files that it is about, so that it
 * reaches their static functions too.
 */
#ifndef VFX_PROVE_H
#define VFX_PROVE_H

#include "layout_model.h"
#include "registers.h"

/* Functions without a body: any value at each call. */
u8 nondet_u8(void);
u16 nondet_u16(void);
u32 nondet_u32(void);
u64 nondet_u64(void);

/* A bool is 0 or 1, which a nondeterministic byte is not. */
static inline bool any(void)
{
	return nondet_u8() & 1;
}

#define ASSUME(condition)	__CPROVER_assume(condition)
#define CHECK(condition, text)	__CPROVER_assert(condition, text)

static inline bool implies(bool a, bool b)
{
	return !a || b;
}

/*
 * Any sound layout of at most @most structures and @windows windows: layout_step shows
 * that the parser makes no other.
 */
static inline void assume_layout(struct vfx_layout *l, unsigned int most,
				 unsigned int windows)
{
	unsigned int i;

	ASSUME(l->nr_structures <= most && l->nr_windows <= windows);
	for (i = 0; i < most || i < windows; i++)
		ASSUME(layout_is_sound_at(l, i, i));
}

/* A register file in any state at all. */
static inline void any_registers(struct vfx_registers *regs)
{
	regs->length = nondet_u32();
	regs->show_access_platform = any();
	regs->require_ack = any();
	regs->device_feature[0] = nondet_u32();
	regs->device_feature[1] = nondet_u32();
	regs->device_feature_select = nondet_u32();
	regs->driver_feature_select = nondet_u32();
	regs->driver_feature[0] = nondet_u32();
	regs->driver_feature[1] = nondet_u32();
	regs->queue_select = nondet_u16();
	regs->num_queues = nondet_u16();
	regs->reset_pending = any();
	regs->status_seen = any();
	regs->mark_readable = any();
	regs->agreed = any();
	regs->agreed_generation = nondet_u32();
	regs->generation = nondet_u32();
}

#endif
