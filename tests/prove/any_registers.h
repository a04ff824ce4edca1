/* SPDX-License-Identifier: GPL-2.0-only */
/* A register file in any state at all. */
#ifndef VFX_ANY_REGISTERS_H
#define VFX_ANY_REGISTERS_H

#include "prove.h"
#include "registers.h"

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
