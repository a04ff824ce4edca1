/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The smallest test runner that does: a program is a list of tests, a test is
 * a function that says CHECK. One line is printed for each test, and the first
 * check that fails ends it.
 */
#ifndef UNIT_H
#define UNIT_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Tests register themselves, in the order in which they stand in the file. */
typedef void (*unit_test_fn)(void);
void unit_register(const char *name, unit_test_fn run);

#define TEST(name)							\
	static void name(void);						\
	__attribute__((constructor)) static void register_##name(void)	\
	{								\
		unit_register(#name, name);				\
	}								\
	static void name(void)

void unit_fail(const char *file, int line, const char *format, ...)
	__attribute__((noreturn, format(printf, 3, 4)));

#define CHECK(condition)						\
	do {								\
		if (!(condition))					\
			unit_fail(__FILE__, __LINE__, "%s", #condition);	\
	} while (0)

/* The same, with words that say which of many cases it was. */
#define CHECK_IN(condition, ...)					\
	do {								\
		if (!(condition))					\
			unit_fail(__FILE__, __LINE__, #condition ": " __VA_ARGS__); \
	} while (0)

#define CHECK_EQ(got, want)						\
	do {								\
		uint64_t got_ = (uint64_t)(got), want_ = (uint64_t)(want);	\
		if (got_ != want_)					\
			unit_fail(__FILE__, __LINE__,			\
				  "%s is 0x%" PRIx64 ", not 0x%" PRIx64,	\
				  #got, got_, want_);			\
	} while (0)

#define CHECK_BYTES(got, want, len)					\
	unit_check_bytes(__FILE__, __LINE__, #got, got, want, len)

void unit_check_bytes(const char *file, int line, const char *what,
		      const void *got, const void *want, size_t len);

/*
 * Random numbers. The seed is printed at the start of each test that asks for
 * one; set UNIT_SEED to repeat a run.
 */
struct unit_random {
	uint64_t state;
};

struct unit_random unit_seed(void);
uint64_t unit_next(struct unit_random *random);
/* At least 0 and less than @limit. */
uint64_t unit_below(struct unit_random *random, uint64_t limit);

#endif
