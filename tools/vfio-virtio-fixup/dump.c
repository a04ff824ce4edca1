// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dumps of bus.h, as people paste them: indented, quoted, with words behind the bytes, or
 * with other text around.
 */
#include "bus.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "output.h"

#define LINE_BYTES	16

size_t parse_address(const char *text, unsigned int part[4])
{
	size_t length = strspn(text, "0123456789abcdefABCDEF:.");
	int used = 0;

	if (sscanf(text, "%8x:%2x:%2x.%1x%n", &part[0], &part[1], &part[2], &part[3], &used) == 4 &&
	    (size_t)used == length)
		return length;
	part[0] = 0;
	used = 0;
	if (sscanf(text, "%2x:%2x.%1x%n", &part[1], &part[2], &part[3], &used) == 3 &&
	    (size_t)used == length)
		return length;
	return 0;
}

/* "40: 09 00 10 ...": how many bytes follow, each of two digits; -1: no such line. */
static int count_bytes(const char *text, unsigned int *offset)
{
	const char *end = text + strspn(text, "0123456789abcdefABCDEF");
	int count = 0;

	if (end - text < 2 || end - text > 3 || *end != ':' ||
	    sscanf(text, "%x", offset) != 1)
		return -1;
	for (text = end + 1; count < LINE_BYTES; count++) {
		while (*text == ' ' || *text == '\t')
			text++;
		if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]) ||
		    isxdigit((unsigned char)text[2]))
			break;
		text += 2;
	}
	return count;
}

static void copy_bytes(const char *text, unsigned int offset, int count, FILE *to)
{
	fprintf(to, "%02x:", offset);
	for (text = strchr(text, ':') + 1; count--; text += 2) {
		text += strspn(text, " \t");
		fprintf(to, " %.2s", text);
	}
	fputc('\n', to);
}

/* Copy what a dump says: each address with bytes, and these as far as none is missing. */
static unsigned int copy_dump(FILE *from, FILE *to)
{
	char *line = NULL, *address = NULL;
	unsigned int offset, next = 0, functions = 0;
	size_t size = 0;

	while (getline(&line, &size, from) > 0) {
		const char *text = line;
		unsigned int part[4];
		size_t length;
		int count;

		if (!strncmp(text, "\xef\xbb\xbf", 3))
			text += 3;
		text += strspn(text, " \t>|");
		length = parse_address(text, part);
		if (length && (!text[length] || isspace((unsigned char)text[length]))) {
			address = new_text("%.*s", (int)length, text);
			next = 0;
			continue;
		}
		count = count_bytes(text, &offset);
		if (!address || count <= 0)
			continue;
		if (offset > next) {
			report_warning(address, "the dump lacks its line %02x; what comes behind "
				       "that is not read", next);
			next = ~0u;
		}
		if (offset != next)
			continue;
		if (!offset) {
			fprintf(to, "%s function\n", address);
			functions++;
		}
		copy_bytes(text, offset, count, to);
		/* After a line that was cut there is nothing more. */
		next = count == LINE_BYTES ? next + LINE_BYTES : ~0u;
	}
	free(line);
	return functions;
}

int dump_open(const char *name, unsigned int *count)
{
	FILE *from = strcmp(name, "-") ? fopen(name, "re") : stdin, *to;
	int fd = memfd_create("dump", MFD_CLOEXEC), err = 0;

	if (!from) {
		report_error(name, "cannot be read: %s", strerror(errno));
		goto fail;
	}
	to = fd < 0 ? NULL : fdopen(dup(fd), "w");
	if (to) {
		*count = copy_dump(from, to);
		err = ferror(from) ? errno : 0;
	}
	if (from != stdin)
		fclose(from);
	if (!to || fclose(to) || err) {
		report_error(name, "cannot be read: %s", strerror(err ? err : errno));
		goto fail;
	}
	return fd;
fail:
	if (fd >= 0)
		close(fd);
	return -1;
}
