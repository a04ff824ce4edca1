/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The naive user of the register file: a table of the registers, and what a
 * careful reader of the rules expects of each write and each read, where no reset
 * but the user's own comes between.
 */
#ifndef REGISTER_MODEL_H
#define REGISTER_MODEL_H

#include "register_user.h"

/* virtio 1.3, 4.1.4.3: all registers, halves of the 64-bit ones. */
enum access_kind { OURS, READ_WRITE, READ_ONLY, NOT_SHOWN };

#define MODEL_REGISTERS	23

extern const struct model_register {
	unsigned int offset, width;
	enum access_kind kind;
} registers[MODEL_REGISTERS];

/* What the user's registers hold, and what became of its writes. */
struct expectation {
	u32 device_feature_select, driver_feature_select;
	u32 driver_feature[2];
	bool agreed;
	bool resetting;
	u64 refusals;
};

/* Write a register, or part of one, and compare what came of it. */
void write_and_compare(struct register_user *user, struct expectation *e,
		       u64 offset, unsigned int width, u32 value);

/* The three registers of the user's own, one by one. */
void check_readback(struct register_user *user, const struct expectation *e);

/* All registers of a structure of that length, as bytes; no reset is pending. */
void naive_registers(const struct register_user *user, const struct expectation *e,
		     unsigned int length, u8 naive[COMMON_CFG_END]);

/* Read any bytes, at most 128, and compare them with the naive ones. */
void read_and_compare(struct register_user *user, struct expectation *e, u64 offset,
		      size_t count);

#endif
