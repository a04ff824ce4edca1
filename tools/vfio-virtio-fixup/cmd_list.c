// SPDX-License-Identifier: GPL-2.0-only
/* The command list: a line for each virtio function. */
#include "each.h"
#include "json.h"
#include "output.h"

static struct table table;

static int list(const struct cli *cli, struct function *function, struct tally *tally)
{
	(void)tally;
	function_read(function, cli->json ? READ_FACTS : READ_CONFIG | READ_DECISION);
	if (cli->json) {
		json_object(NULL);
		rows_json(function_rows, function, IN_FUNCTION);
		json_end();
	} else {
		rows_cells(function_rows, function, &table);
	}
	return CLI_DONE;
}

static int run(const struct cli *cli, int argc, char **argv)
{
	int code;

	table_begin(&table);
	rows_headings(function_rows, &table);
	code = each_function(cli, "functions", argc, argv, list);
	table_print(&table);
	return code;
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
