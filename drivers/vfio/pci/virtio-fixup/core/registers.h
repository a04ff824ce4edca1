/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The register file: the virtual common configuration (virtio 1.3, 4.1.4.3).
 *
 * It owns the feature bits and the negotiation; everything else in the common
 * configuration passes through it in whole fields of their natural width. It has
 * no other state of the device than what it asks for: what it remembers is never
 * believed without the hardware's device_status.
 *
 * The caller serialises all calls on one register file.
 */
#ifndef VFX_REGISTERS_H
#define VFX_REGISTERS_H

#include "border.h"
#include "layout.h"

/**
 * struct vfx_registers - one register file
 * @hw: the function
 * @length: bytes the function declares, VFX_COMMON_MIN to _MAX
 * @show_access_platform: device_feature has bit 33, whatever the function offers
 * @require_ack: nothing goes live before the user acked bit 33
 * @device_feature: the function's own words 0 and 1
 * @device_feature_select: what the user wrote, all 32 bits
 * @driver_feature_select: likewise
 * @driver_feature: words 0 and 1 as the user wrote them
 * @queue_select: what the user wrote; the function is only told of queues it has
 * @num_queues: the function's, as it was when the user wrote @queue_select: some
 *	functions have more once a feature is agreed on
 * @reset_pending: the user wrote status 0 and the function has not answered yet
 * @status_seen: the function's status was not 0 since its last reset
 * @mark_readable: the function's driver_feature_select can be read, so that a
 *	reset behind our back shows in it
 * @agreed: our FEATURES_OK was accepted, in generation @agreed_generation, and
 *	what was written since was kept
 * @agreed_generation: see @agreed
 * @generation: the one that the user's registers belong to
 */
struct vfx_registers {
	struct vfx_hw *hw;
	unsigned int length;
	bool show_access_platform;
	bool require_ack;
	u32 device_feature[2];
	u32 device_feature_select;
	u32 driver_feature_select;
	u32 driver_feature[2];
	u16 queue_select;
	u16 num_queues;
	bool reset_pending;
	bool status_seen;
	bool mark_readable;
	bool agreed;
	unsigned int agreed_generation;
	unsigned int generation;
};

/**
 * vfx_registers_init() - a register file for a new owner
 * @regs: to be filled
 * @hw: the function, which was reset and has answered
 * @length: bytes of its common configuration
 * @device_feature: what vfx_read_device_feature() gave
 * @view: what the owner is shown
 */
void vfx_registers_init(struct vfx_registers *regs, struct vfx_hw *hw, u64 length,
			const u32 device_feature[2], enum virtio_fixup_view view);

/*
 * A user's access, of any offset within the structure and any size. What lies beyond
 * the fields that we know reads 0. Whole fields are written in order, and parts of
 * fields are dropped.
 */
void vfx_registers_read(struct vfx_registers *regs, u64 offset, u8 *buf, size_t count);
void vfx_registers_write(struct vfx_registers *regs, u64 offset, const u8 *buf, size_t count);

#endif
