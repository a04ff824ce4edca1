/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device for the canary to look at, which does its own DMA: to the block
 * behind the IOMMU, past it, to both, to neither, late, beside its rings, or with
 * a queue larger than it was given. The memory around the blocks belongs to
 * somebody else.
 */
#ifndef CANARY_DEVICE_H
#define CANARY_DEVICE_H

#include "canary.h"

enum where { NOWHERE, TRANSLATED, BYPASS, BOTH };

#define GUARD		(64 * 1024)
#define OFFERS		(1u << 1)		/* word 1, with VERSION_1 */

struct device {
	struct vfx_canary canary;
	struct vfx_hw hw;
	u8 *memory[2];		/* guard, block, guard: translated, bypass */
	/* What it is like. */
	u16 type;
	u32 feature[2];
	enum where unacked, acked;
	bool checks_features;	/* as QEMU: where FEATURES_OK comes with VERSION_1 */
	bool unseats;		/* believes features that are written behind FEATURES_OK */
	u32 needs[2];		/* does not go live without these */
	u16 needs_entries;	/* nor with smaller queues, nor without all of them */
	bool needs_all_queues;
	unsigned int answers;	/* so many, and then nothing for an hour; 0: no limit */
	unsigned int has_time_for;	/* so many runs; 0: no limit */
	unsigned int turns_after;	/* so many acked kicks it bypasses; 0: never */
	bool has_function_reset;	/* which takes back a sticky ack */
	bool refuses_unacked;
	u32 refuses_live;	/* DRIVER_OK gives these status bits, too */
	bool looks_when_live;	/* at all its queues, before any is kicked */
	bool event_idx_only;	/* answers an empty ring, and nothing else */
	bool no_event_idx;	/* does not write avail_event */
	bool mute;
	bool late;		/* answers in the reset that ends the run */
	bool sticky;		/* remembers an ack over a reset */
	bool own_queue_size;	/* uses the largest size, whatever it was given */
	bool fixed_queue_size;	/* says so, too */
	bool loses_queue_size;	/* reads 0 once it was given one */
	bool gone;		/* all registers read all ones */
	bool resets_itself;	/* at DRIVER_OK */
	bool leaves;		/* at FEATURES_OK: from then on it is gone */
	bool no_notify;		/* its queues' doorbells are out of reach */
	enum where strays;	/* each answer writes one byte more, there */
	unsigned int strays_to;	/* offset in the block */
	unsigned int reset_takes;	/* status reads; ~0: never finishes */
	bool sticks;		/* so, once it was live */
	unsigned int mute_queue;	/* one queue that does not answer */
	u16 max_entries, queues;
	/* What it is doing. */
	u32 status, driver_feature[2], select, feature_select;
	u32 queue_select, queue_size[4], enabled[4], vector[4];
	u32 config_vector;
	u64 ring[4][3];
	unsigned int resetting, waited_us, kicks, acked_kicks, answered;
	unsigned int function_resets, times_live, runs;
	bool was_acked, owes;
	u16 owed_queue;
};

/* One that offers bit 33 unless @acked is NOWHERE. */
struct device device_make(u16 type, enum where unacked, enum where acked);

/* One run; the first allocates the blocks. */
int device_run(struct device *device, enum vfx_way way, enum vfx_outcome *outcome);
/* All of a measurement, likewise. */
int device_measure(struct device *device, struct vfx_seen *seen);
void device_finish(struct device *device);

/* Both runs as the driver makes them, and the neighbours' memory afterwards. */
void device_expect(struct device *device, enum vfx_outcome unacked,
		   enum vfx_outcome acked);

#endif
