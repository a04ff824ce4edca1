/* SPDX-License-Identifier: GPL-2.0-only */
/* Configuration-space dumps, as lspci -xxxx prints them. */
#ifndef DUMP_H
#define DUMP_H

#include "layout.h"

struct dump_function {
	char address[16];	/* bus:device.function */
	u8 config[4096];
	unsigned int size;	/* bytes that the dump has */
};

/*
 * Read @path, relative to tests/data. Returns the number of functions, which
 * the caller frees; a file that cannot be read fails the test.
 */
unsigned int dump_read(const char *path, struct dump_function **functions);

/* The function at an address; fails the test where there is none. */
const struct dump_function *dump_find(const struct dump_function *functions,
				      unsigned int count, const char *address);

#endif
