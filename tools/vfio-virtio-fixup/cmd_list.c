// SPDX-License-Identifier: GPL-2.0-only
/* The command list: a line for each virtio function. */
#include <stdio.h>

#include "bus.h"
#include "json.h"
#include "output.h"

static void print_all(struct bus *bus)
{
	struct function function;
	struct table table;
	size_t count = 0;

	table_begin(&table);
	rows_headings(function_rows, &table);
	for (; bus_next(bus, &function); count++) {
		function_read(&function, READ_CONFIG | READ_DECISION);
		rows_cells(function_rows, &function, &table);
		bus_put(&function);
	}
	table_print(&table);
	if (!count)
		puts("no virtio functions");
}

static void print_json(struct bus *bus)
{
	struct function function;

	json_array("functions");
	while (bus_next(bus, &function)) {
		function_read(&function, READ_FACTS);
		json_object(NULL);
		rows_json(function_rows, &function, IN_FUNCTION);
		json_end();
		bus_put(&function);
	}
	json_end();
}

static int run(const struct cli *cli, int argc, char **argv)
{
	struct bus bus;
	int code = bus_open(cli, &bus);

	(void)argc;
	(void)argv;
	if (code)
		return code;
	if (cli->json)
		print_json(&bus);
	else
		print_all(&bus);
	bus_close(&bus);
	return CLI_DONE;
}

const struct command command_list = {
	.name = "list",
	.arguments = "",
	.help = "all virtio functions in a line each",
	.details =
		"A dash is where nothing is known. Columns in which nothing is known, "
		"or, where the line is too long, nothing but the usual, are left out; "
		"show has all.",
	.example = CLI_NAME " list",
	.reads_dumps = true,
	.run = run,
};
