/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The naive register file: what a VFIO user of the common configuration sees
 * and does, written down from Documentation/design.rst and the virtio
 * specification, field after field in a plain loop. It shares nothing with the
 * core, and stands for the function as well: one that is truthful, and resets
 * at once.
 */
#ifndef NAIVE_REGISTER_FILE_H
#define NAIVE_REGISTER_FILE_H

#include "register_user.h"

struct register_model {
	bool shows_bit;			/* the platform view */
	bool offers;			/* the function does */
	bool insists;			/* and refuses FEATURES_OK without the ack */
	u32 device_feature[2];		/* the function's own */
	unsigned int length;		/* of the structure */

	/* What the user wrote. */
	u32 device_feature_select, driver_feature_select, driver_feature[2];
	/* What the function has. */
	u8 plain[COMMON_CFG_END];	/* registers that are mere memory */
	u32 told[2];			/* driver_feature */
	u16 queue_enable[MODEL_QUEUES];
	u8 status;
	bool agreed;
	u64 refusals[VFX_REFUSALS];
};

/* As user_open() opens a function of that kind. */
void register_model_open(struct register_model *model, const struct register_user *user,
			 enum virtio_fixup_view view, u64 length);

/* Any offset and size. */
void register_model_write(struct register_model *model, u64 offset, const u8 *bytes,
			  unsigned int count);
u8 register_model_read_byte(const struct register_model *model, u64 offset);

/* All of it: what the user reads, what the function has, and the counters. */
void register_model_compare(const struct register_model *model, struct register_user *user);

#endif
