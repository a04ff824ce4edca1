/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The register file: the virtual common configuration (virtio 1.3, 4.1.4.3).
 *
 * It owns the feature bits and the negotiation; everything else in the common
 * configuration passes through it in whole fields of their natural width. It
 * reaches the hardware by two callbacks and has no other state of the device
 * than what it asks for: what it remembers is never believed without the
 * hardware's device_status.
 *
 * The caller serialises all calls on one register file.
 */
#ifndef VFX_REGISTERS_H
#define VFX_REGISTERS_H

#include "layout.h"

/**
 * struct vfx_hw - how the register file reaches the function
 * @read: read @width (1, 2 or 4) bytes at @offset of the common configuration,
 *	which is a multiple of @width. 0 or a negative errno.
 * @write: likewise
 * @generation: a number that changes whenever the function was, or is about to
 *	be, reset behind our back; odd while a reset is under way
 */
struct vfx_hw {
	int (*read)(struct vfx_hw *hw, unsigned int offset,
		    unsigned int width, u32 *value);
	int (*write)(struct vfx_hw *hw, unsigned int offset,
		     unsigned int width, u32 value);
	unsigned int (*generation)(struct vfx_hw *hw);
};

/* Refusals, counted: an operator sees a user that tries. */
enum vfx_refusal {
	VFX_REFUSAL_FEATURES_OK,	/* without the required ack */
	VFX_REFUSAL_DRIVER_OK,		/* without features agreed on */
	VFX_REFUSAL_QUEUE_ENABLE,	/* without features agreed on */
	VFX_REFUSAL_LATE_FEATURES,	/* driver_feature after FEATURES_OK */
	VFX_REFUSAL_STATUS_CLEAR,	/* a status bit taken back */
	VFX_REFUSAL_IN_RESET,		/* a write while a reset is pending */
	VFX_REFUSAL_PARTIAL,		/* a write of part of a field */
	/* By the doors, in front of the register file. */
	VFX_REFUSAL_UNDECLARED,	/* access to what nothing declares in a BAR */
	VFX_REFUSAL_WINDOW,		/* aimed at what a window may not reach */
	VFX_REFUSAL_MMAP,		/* of what may not be mapped */
	VFX_REFUSAL_REQUEST,		/* an ioctl or device feature not on the list */
	VFX_REFUSALS,
};

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
 * @reset_pending: the user wrote status 0 and the function has not answered yet
 * @status_seen: the function's status was not 0 since its last reset
 * @mark_readable: the function's driver_feature_select can be read, so that a
 *	reset behind our back shows in it
 * @agreed: our FEATURES_OK was accepted, in generation @agreed_generation, and
 *	what was written since was kept
 * @agreed_generation: see @agreed
 * @generation: the one that the user's registers belong to
 * @refusals: count of each kind
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
	bool reset_pending;
	bool status_seen;
	bool mark_readable;
	bool agreed;
	unsigned int agreed_generation;
	unsigned int generation;
	u64 *refusals;
};

/**
 * vfx_read_device_feature() - read both feature words of the function
 * @hw: the function, not in use by any driver
 * @word: result
 *
 * Moves the function's device_feature_select.
 * Return: 0; -ENODEV if word 1 reads all ones, which no device offers; -EAGAIN if
 * it was reset meanwhile; or what @hw->read gave.
 */
int vfx_read_device_feature(struct vfx_hw *hw, u32 word[2]);

/* Does the function itself offer VIRTIO_F_ACCESS_PLATFORM? */
bool vfx_offers_access_platform(const u32 device_feature[2]);

/**
 * vfx_registers_init() - a register file for a new owner
 * @cfg: to be filled
 * @hw: the function, which was reset and has answered
 * @length: bytes of its common configuration
 * @device_feature: what vfx_read_device_feature() gave
 * @view: what the owner is shown
 * @refusals: VFX_REFUSALS counters, which outlive the owner
 */
void vfx_registers_init(struct vfx_registers *cfg,
			struct vfx_hw *hw, u64 length,
			const u32 device_feature[2],
			enum virtio_fixup_view view, u64 *refusals);

/**
 * vfx_registers_read() - a user's read
 * @cfg: the register file
 * @offset: first byte within the structure, any alignment
 * @buf: @count bytes; all are written, also on error
 * @count: any; bytes beyond what we know read 0
 *
 * Return: 0, or the negative errno of the hardware access that failed.
 */
int vfx_registers_read(struct vfx_registers *cfg, u64 offset,
		       u8 *buf, size_t count);

/**
 * vfx_registers_write() - a user's write
 * @cfg: the register file
 * @offset: first byte within the structure, any alignment
 * @buf: @count bytes
 * @count: any; whole fields are written in order, parts of fields dropped
 *
 * Return: 0, also where a write was refused; or the negative errno of the
 * hardware access that failed.
 */
int vfx_registers_write(struct vfx_registers *cfg, u64 offset,
			const u8 *buf, size_t count);

/* The words sysfs names the counters by. */
const char *vfx_refusal_word(enum vfx_refusal refusal);

#endif
