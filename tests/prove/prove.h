/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the harnesses have in common. Each one includes the core's .c files that
 * it is about, so that it reaches their static functions too.
 */
#ifndef VFX_PROVE_H
#define VFX_PROVE_H

#include "types.h"

/* Functions without a body: any value at each call. */
u8 nondet_u8(void);
u16 nondet_u16(void);
u32 nondet_u32(void);
u64 nondet_u64(void);

/* A bool is 0 or 1, which a nondeterministic byte is not. */
static inline bool any(void)
{
	return nondet_u8() & 1;
}

#define ASSUME(condition)	__CPROVER_assume(condition)
#define CHECK(condition, text)	__CPROVER_assert(condition, text)

static inline bool implies(bool a, bool b)
{
	return !a || b;
}

#endif
