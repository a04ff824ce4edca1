/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the harnesses have in common. An input is a head, which says what the
 * function and its view are, and then records of one size, which say what
 * happens: one operation each. Where an input ends, its bytes are 0.
 *
 * A harness says CHECK as a unit test does; the first that fails ends the
 * program, and libFuzzer keeps the input.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "unit.h"
#include "types.h"

#define FUZZ_RECORD	16

/* Bytes of this harness's head. */
extern const size_t fuzz_head;

struct fuzz_input {
	const u8 *bytes;
	size_t left;
};

/* The head of an input; what is left in @input are its records. */
struct fuzz_input fuzz_take_head(struct fuzz_input *input);

/* The next record, false behind the last. */
bool fuzz_take_record(struct fuzz_input *input, struct fuzz_input *record);

/* Numbers out of a head or a record, least significant byte first. */
u8 fuzz_u8(struct fuzz_input *from);
u16 fuzz_u16(struct fuzz_input *from);
u32 fuzz_u32(struct fuzz_input *from);

/* One of an array's values. */
#define FUZZ_ONE_OF(from, array) ((array)[fuzz_u8(from) % COUNT(array)])

/* Print what the input does, where FUZZ_TRACE is set: for looking at one input. */
void fuzz_trace(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A copy on the heap, of just that size: a read beyond it is noticed. */
u8 *fuzz_copy(const u8 *bytes, size_t size);

#endif
