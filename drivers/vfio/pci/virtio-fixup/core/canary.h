/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The canary: makes a function do one harmless thing at a device address, and
 * looks where the data went.
 *
 * The device address is at once the physical address of one block of memory
 * and an I/O virtual address that the IOMMU maps to another. Both blocks hold
 * the same virtqueues. What the function writes appears in the one if its DMA
 * is translated and in the other if it bypasses: both are positive evidence,
 * and nobody's memory but ours is ever named.
 *
 * Pure: the function, its memory and the clock are the caller's.
 */
#ifndef VFX_CANARY_H
#define VFX_CANARY_H

#include "border.h"
#include "evidence.h"

/* Bytes of each block: half of it on either side of the rings, poisoned. */
#define VFX_BLOCK_SIZE	(256 * 1024)
#define VFX_POISON	0xa5

/*
 * The largest queue a function may advertise. One that ignores the size it is
 * given and uses this one still writes within the block (2.7.8: 8 bytes an
 * entry in the used ring).
 */
#define VFX_QUEUE_MAX	8192

/* How a run goes live. */
enum vfx_way {
	VFX_WAY_UNACKED,	/* as a good driver that does not know bit 33 */
	VFX_WAY_ACKED,		/* as a good driver that accepts it */
	/* As no driver would, and as a user with the raw registers can. */
	VFX_WAY_PRESSED,	/* without the bit, and on although FEATURES_OK did not stick */
	VFX_WAY_NO_VERSION_1,	/* as if it were a legacy device, without FEATURES_OK */
	VFX_WAY_WITHDRAWN,	/* the bit accepted, and taken back behind FEATURES_OK */
	VFX_WAYS,
};

/**
 * struct vfx_canary - one measurement
 * @hw: the function; nobody else uses it
 * @block_translated: the block that the IOMMU maps the device address to
 * @block_bypass: the block whose physical address is the device address
 * @reference: what both blocks should hold; as large as they are
 * @address: device address of the blocks' first byte
 * @notify: tell the function that virtqueue @queue has something; @offset is its
 *	queue_notify_off. All our stores must be visible before. False if there
 *	is no such notification address.
 * @reset_function: PCI's own reset of the function, after which it masters the
 *	bus as before. 0, or a negative errno if it has none or it failed.
 * @has_time: may one more run be begun? Between runs the function does nothing
 * @poisoned: the blocks hold poison but for the rings, false at first
 * @requested: result of a run: it was asked what its type has to answer
 */
struct vfx_canary {
	struct vfx_hw *hw;
	u8 *block_translated;
	u8 *block_bypass;
	u8 *reference;
	u64 address;
	bool (*notify)(struct vfx_canary *canary, u16 queue, u16 offset);
	int (*reset_function)(struct vfx_canary *canary);
	bool (*has_time)(struct vfx_canary *canary);
	bool poisoned;
	bool requested;
};

/* Is there a harmless thing to ask this device type for? */
bool vfx_has_recipe(u16 type);

/*
 * Does every function of this type answer its recipe? The specification has it
 * answer, and nothing but its own choice can keep it from that: its silence says
 * something.
 */
bool vfx_must_answer(u16 type);

/**
 * vfx_canary_run() - one run, from reset to reset
 * @canary: the measurement
 * @type: virtio device type; of one without a recipe no queue is asked
 * @device_feature: what the function offers
 * @way: how to go live; all that accept bit 33 only where it is offered
 * @outcome: result
 *
 * Asks every virtqueue that a recipe knows. One that bypasses makes the outcome
 * bypass, whatever the others do. A function that does not go live as a driver with
 * the fewest features, the smallest queues, and no queue more than the recipes'
 * would have it, is tried once more with all that a driver could want. The function
 * is reset before and afterwards.
 *
 * Return: 0, and then nothing of the function's is under way any more; or what
 * vfx_reset() gave, and then it may still write to the blocks, and @outcome is
 * VFX_OUTCOME_BYPASS or VFX_OUTCOME_NOT_RUN.
 */
int vfx_canary_run(struct vfx_canary *canary, u16 type, const u32 device_feature[2],
		   enum vfx_way way, enum vfx_outcome *outcome);

/**
 * vfx_run_all() - all runs of a measurement; in runs.c
 * @canary: its means
 * @type: virtio device type
 * @device_feature: what the function offers, read behind a reset
 * @seen: result; @seen->settled is read, too
 *
 * Unacked first, as an ack may stick in a function. Where the unacked run saw
 * translation, and an ack from before may be the reason, it is made once more
 * behind a reset that takes everything back. The forced runs come last, and only
 * where the function can be admitted without enforcement at all. A forced run that
 * is silent counts only if the function still answers a good driver afterwards:
 * one that is rate limited has used up what it had. A function whose type has no
 * recipe is driven live and asked nothing: that moves no data, and tells whether
 * the function insists on the ack.
 *
 * Return: 0; -ETIME if @canary has no time for all of them; or what vfx_reset() gave, and
 * then the function may still write.
 */
int vfx_run_all(struct vfx_canary *canary, u16 type, const u32 device_feature[2],
		struct vfx_seen *seen);

#endif
