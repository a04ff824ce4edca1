/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A dump as people paste it: indented, quoted, with words behind the bytes, or with
 * other text around; made into what libpci reads.
 */
#ifndef DUMP_H
#define DUMP_H

#include "cli.h"

/*
 * Read it from a file, "-" for standard input, and count its functions. Return: a file
 * descriptor to be read by libpci, or -1; the error is reported.
 */
int dump_open(const char *name, unsigned int *count);

/*
 * [DOMAIN:]BUS:DEVICE.FUNCTION, in its parts. Return: its length, or 0: the text does not
 * begin with one.
 */
size_t parse_address(const char *text, unsigned int part[4]);

#endif
