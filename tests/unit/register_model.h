/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The naive register file: what a VFIO user of the common configuration sees and
 * does, written down from Documentation/design.rst and the virtio specification,
 * register after register in a plain loop. It shares nothing with the core, and
 * stands for the function as well, of any kind, as long as no reset but the user's
 * own comes between.
 */
#ifndef REGISTER_MODEL_H
#define REGISTER_MODEL_H

#include "device_model.h"

#define MODEL_REGISTERS	23

/* virtio 1.3, 4.1.4.3: all registers, 64-bit ones in halves. */
extern const struct model_register {
	unsigned int offset, width;
	enum model_access {
		DEVICE_SELECT, OFFERED, DRIVER_SELECT, ACCEPTED, STATUS, ENABLE,
		PLAIN,		/* read and written as it is */
		QUEUE,		/* queue_select */
		FIXED,		/* the function's, and read-only */
		HIDDEN,		/* reads 0 */
	} access;
} registers[MODEL_REGISTERS];

struct register_model {
	bool shows_bit;			/* the platform view */
	struct model_kind kind;		/* of the function */
	u32 device_feature[2];		/* the function's own */
	unsigned int length;		/* of the structure */

	/* What the user wrote. */
	u32 device_feature_select, driver_feature_select, driver_feature[2];
	u16 queue_select;	/* any */
	bool resetting;			/* status 0, and has not read 0 since */
	/* What the function has. */
	u8 plain[COMMON_CFG_END];	/* registers that are mere memory */
	u32 told[2];			/* driver_feature */
	u32 ever_told[2];
	u16 queue_enable[MODEL_QUEUES];
	u8 status;
	unsigned int reset_left;	/* looks at the status until a reset is done */
	bool agreed;
	u64 refusals[VFX_REFUSALS];
};

/* As user_open() opens a function of that kind. */
void register_model_open(struct register_model *model, const struct register_user *user,
			 enum virtio_fixup_view view, u64 length);

/* Any offset and size. */
void register_model_write(struct register_model *model, u64 offset, const u8 *bytes,
			  unsigned int count);
void register_model_read(struct register_model *model, u64 offset, u8 *bytes,
			 unsigned int count);

/*
 * An access of the user, and of the model; what came of it is compared. What was read
 * goes to @bytes, too, if that is not NULL.
 */
void write_and_compare(struct register_user *user, struct register_model *model,
		       u64 offset, const u8 *bytes, unsigned int count);
void read_and_compare(struct register_user *user, struct register_model *model,
		      u64 offset, u8 *bytes, unsigned int count);

/* One register, with no more after it. */
void put_and_compare(struct register_user *user, struct register_model *model,
		     unsigned int offset, unsigned int width, u32 value);

#endif
