/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The border: how the core reaches a function and the host it runs on, and what
 * the driver itself asks of a function. Everything else in this folder is pure.
 */
#ifndef VFX_BORDER_H
#define VFX_BORDER_H

#include "types.h"

/* What a function that is not there reads as its status. */
#define VFX_STATUS_GONE	0xff

/*
 * What is refused, and counted: an operator sees a user that tries. A row is the name
 * of a refusal and its word in sysfs and traces; a counter is added by adding a row.
 */
#define VFX_REFUSAL_ROWS(ROW)							\
	ROW(OPENS, opens)		/* of the whole function */		\
	ROW(BINDS, binds)		/* of a driver that enforces nothing */	\
	/* By the register file. */						\
	ROW(FEATURES_OK, features_ok)	/* without the required ack */		\
	ROW(DRIVER_OK, driver_ok)	/* without features agreed on */	\
	ROW(QUEUE_ENABLE, queue_enable)	/* without features agreed on */	\
	ROW(ABSENT_QUEUE, absent_queue)	/* of a queue that there is not */	\
	ROW(LATE_FEATURES, late_features) /* driver_feature after FEATURES_OK */ \
	ROW(STATUS_CLEAR, status_clear)	/* a status bit taken back */		\
	ROW(IN_RESET, in_reset)		/* a write while a reset is pending */	\
	ROW(PARTIAL, partial)		/* a write of part of a field */	\
	/* By the doors in front of it. */					\
	ROW(UNDECLARED, undeclared)	/* access to what nothing declares in a BAR */ \
	ROW(WINDOW, window)		/* aimed at what a window may not reach */ \
	ROW(MMAP, mmap)			/* of what may not be mapped */		\
	ROW(REQUEST, request)		/* an ioctl or device feature not on the list */

#define VFX_REFUSAL_NAME(name, word)	VFX_REFUSAL_##name,
enum vfx_refusal {
	VFX_REFUSAL_NONE,
	VFX_REFUSAL_ROWS(VFX_REFUSAL_NAME)
	VFX_REFUSALS,
};

/**
 * struct vfx_hw - one function and its host
 * @read: read @width (1, 2 or 4) bytes at @offset of the common configuration,
 *	which is a multiple of @width. Cannot fail: what is not there reads all ones.
 * @write: likewise
 * @generation: a number that changes whenever the function was, or is about to
 *	be, reset behind our back; odd while a reset is under way
 * @pause: sleep for about that many microseconds
 * @patience_us: how long its reset is waited for
 * @refused: the register file refused a write of @count bytes at @offset of the
 *	common configuration
 */
struct vfx_hw {
	u32 (*read)(struct vfx_hw *hw, unsigned int offset, unsigned int width);
	void (*write)(struct vfx_hw *hw, unsigned int offset, unsigned int width, u32 value);
	unsigned int (*generation)(struct vfx_hw *hw);
	void (*pause)(struct vfx_hw *hw, unsigned int usecs);
	unsigned int patience_us;
	void (*refused)(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset, size_t count);
};

/**
 * vfx_next_pause() - how long to pause before the next look
 * @waited: microseconds that were waited already
 *
 * Longer and longer, so that a quick answer is seen quickly.
 *
 * Return: microseconds, 100,000 at most.
 */
static inline unsigned int vfx_next_pause(unsigned int waited)
{
	return waited < 200 ? 20 : waited < 400000 ? waited / 4 : 100000;
}

/**
 * vfx_reset() - reset the function through its device_status
 * @hw: the function, with its common configuration within reach
 *
 * Pauses for @hw->patience_us or a little more at most, twice.
 * Return: 0 once it reads 0 (virtio 1.3, 4.1.4.3.1: only then is it reset);
 * -ENODEV if it is not there; -ETIMEDOUT.
 */
int vfx_reset(struct vfx_hw *hw);

/**
 * vfx_read_device_feature() - read both feature words of the function
 * @hw: the function, not in use by any driver
 * @word: result
 *
 * Moves the function's device_feature_select.
 * Return: 0; -ENODEV if word 1 reads all ones, which no device offers; or -EAGAIN
 * if it was reset meanwhile.
 */
int vfx_read_device_feature(struct vfx_hw *hw, u32 word[2]);

/* Write both feature words. The function's driver_feature_select is 1 then. */
void vfx_write_driver_feature(struct vfx_hw *hw, const u32 word[2]);

/* Does the function itself offer VIRTIO_F_ACCESS_PLATFORM? */
bool vfx_offers_access_platform(const u32 device_feature[2]);

/* The words sysfs names the counters by. */
const char *vfx_refusal_word(enum vfx_refusal refusal);

#endif
