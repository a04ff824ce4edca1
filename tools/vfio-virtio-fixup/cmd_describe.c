// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command describe: what the host of this machine says of a function, in
 * the description capability that the driver adds to configuration space. It
 * needs no driver here, and works inside a guest before any is loaded.
 */
#include <limits.h>
#include <stdio.h>

#include "each.h"
#include "json.h"
#include "output.h"

static bool all;

/* What there is to say where no host describes it. */
static void explain_absence(const struct function *function, char *text)
{
	if (function->bound)
		snprintf(text, TEXT_SIZE, CLI_DRIVER " of this machine has it, and describes it to "
			 "the guest that it is given to, not here; see " CLI_NAME
			 " show %s", function->address);
	else
		snprintf(text, TEXT_SIZE, "it has no description, so its configuration space does "
			 "not tell where its DMA goes%s",
			 function->from_dump ? "" : "; if this machine is a guest, its host gave "
			 "it the function by another driver, or there was no room for a "
			 "description");
}

static void print_description(const struct function *function, const char *meaning,
			      const char *ground)
{
	char text[BUFFER_SIZE];

	printf("%s: %s\n", function->address, type_label(function, text));
	if (function->description.position)
		rows_lines(description_rows, &function->description, 0, 2);
	print_wrapped(meaning, 2);
	if (ground) {
		snprintf(text, sizeof(text), "the ground of the host: %s", ground);
		print_wrapped(text, 2);
	}
}

static int describe(struct function *function, struct tally *tally)
{
	const char *meaning, *ground = NULL;
	char absence[TEXT_SIZE];
	int code;

	function_read(function, READ_CONFIG);
	code = require_config(function);
	if (code)
		return code;
	if (function->description.position) {
		meaning = description_meaning(&function->description.is);
		ground = ground_text((int)function->description.is.basis);
	} else {
		explain_absence(function, absence);
		meaning = absence;
	}
	if (!cli->json) {
		print_description(function, meaning, ground);
		return CLI_DONE;
	}
	json_object(NULL);
	rows_json(function_rows, function, IN_DESCRIBE);
	json_text("meaning", meaning);
	json_text("ground", ground);
	json_end();
	return CLI_DONE;
}

static int run(int argc, char **argv)
{
	if (all ? argc : !argc)
		return fail(CLI_USAGE, "describe", "give either the addresses of functions, or "
			    "--all");
	return each_function("functions", argc, argv, describe);
}

const struct command command_describe = {
	.name = "describe",
	.arguments = "BDF...|--all",
	.help = "what the host says of a function, read inside its guest",
	.details =
		"Run it in a guest. It reads the description that " CLI_DRIVER " on the "
		"host added to the configuration space of the function. It needs root, "
		"and no driver.",
	.example = CLI_NAME " describe --all",
	.options = (const struct cli_option[]){
		{ "all", .help = "every virtio function", .flag = &all },
		{ 0 },
	},
	.reads_dumps = true,
	.max = INT_MAX,
	.run = run,
};
