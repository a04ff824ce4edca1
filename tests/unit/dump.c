// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dump reader of dump.h: "BB:DD.F text" begins a function, "OFFSET: HEX..."
 * is sixteen bytes of it, anything else is skipped.
 */
#include "dump.h"
#include "unit.h"

static void read_bytes(struct dump_function *function, unsigned int offset, const char *hex)
{
	unsigned int byte;
	int used;

	for (; sscanf(hex, " %2x%n", &byte, &used) == 1; hex += used) {
		CHECK(offset < sizeof(function->config));
		function->config[offset++] = (u8)byte;
	}
	if (function->size < offset)
		function->size = offset;
}

unsigned int dump_read(const char *path, struct dump_function **functions)
{
	const char *folder = getenv("UNIT_DATA");
	unsigned int count = 0, offset;
	char name[512], line[512];
	FILE *file;
	int used;

	snprintf(name, sizeof(name), "%s/%s", folder ? folder : "tests/data", path);
	file = fopen(name, "r");
	CHECK_IN(file, "%s", name);
	*functions = NULL;
	while (fgets(line, sizeof(line), file)) {
		if (strlen(line) > 8 && line[2] == ':' && line[5] == '.') {
			*functions = realloc(*functions, (count + 1) * sizeof(**functions));
			CHECK(*functions);
			memset(*functions + count, 0, sizeof(**functions));
			memcpy((*functions)[count++].address, line, 7);
			continue;
		}
		used = 0;
		if (count && sscanf(line, "%x:%n", &offset, &used) == 1 && used)
			read_bytes(*functions + count - 1, offset, line + used);
	}
	fclose(file);
	return count;
}

const struct dump_function *dump_find(const struct dump_function *functions,
				      unsigned int count, const char *address)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!strcmp(functions[i].address, address))
			return &functions[i];
	unit_fail(__FILE__, __LINE__, "the dump has no function %s", address);
}
