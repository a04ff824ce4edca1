// SPDX-License-Identifier: GPL-2.0-only
/* The command show: all that is known of a function, or its configuration space. */
#include <limits.h>
#include <stdio.h>

#include "each.h"
#include "json.h"
#include "rules.h"

static bool config;

static int show(struct function *function, struct tally *tally)
{
	int code;

	function_read(function, READ_FACTS | (config ? READ_EXTENDED : 0));
	code = config ? require_config(function) : CLI_DONE;
	if (code)
		return code;
	if (cli->json) {
		json_object(NULL);
		rows_json(function_rows, function, IN_FUNCTION);
		if (config)
			config_ranges_print(function, true);
		json_end();
		return CLI_DONE;
	}
	if (tally->done)
		putchar('\n');
	if (config) {
		rows_lines(function_rows, function, IN_CONFIG, 0);
		config_ranges_print(function, false);
	} else {
		rows_lines(function_rows, function, IN_FUNCTION, 0);
	}
	return CLI_DONE;
}

static int run(int argc, char **argv)
{
	rules_report(rules_read(), false);
	return each_function("functions", argc, argv, show);
}

const struct command command_show = {
	.name = "show",
	.arguments = "BDF... [--config]",
	.help = "all that is known of a function, a fact a line",
	.details =
		"With --config, a line for each range of configuration space that is "
		"treated alike: where a read comes from, and what a write does.",
	.example = CLI_NAME " show 01:00.0",
	.options = (const struct cli_option[]){
		{ "config", .help = "its configuration space, as a guest will see it",
		  .flag = &config },
		{ 0 },
	},
	.reads_dumps = true,
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
