// SPDX-License-Identifier: GPL-2.0-only
/* The command list: a line for each virtio function, or for each that is unguarded. */
#include <stdlib.h>

#include "each.h"
#include "output.h"
#include "rules.h"

static bool check;
static size_t count;
static struct phrases unguarded;
static struct table table;
static FILE *lines;		/* for --check: what stands below the summary */

static int list(struct function *function, struct tally *tally)
{
	char why[TEXT_SIZE], remedy[TEXT_SIZE];

	function_read(function, cli->json ? READ_FACTS : READ_CONFIG | READ_DECISION | READ_RULES |
		      (check ? READ_DETAILS : 0));
	count++;
	if (function->guarded == UNGUARDED) {
		add_phrase(&unguarded, "%s (%s)", function->address, function->driver);
		explain_unguarded(function, why, remedy);
		fprintf(lines, "%s: %s; to do: %s\n", function->address, why, remedy);
	} else if (check) {
		return CLI_DONE;
	}
	if (cli->json)
		rows_object(NULL, function_rows, function, IN_FUNCTION);
	else if (!check)
		rows_cells(function_rows, function, &table);
	return CLI_DONE;
}

static void print_check(const char *text)
{
	if (unguarded.count)
		printf("UNGUARDED: %zu of %zu virtio functions: programs can be given them, and "
		       "nobody judges where their DMA goes\n%s", unguarded.count, count, text);
	else
		printf("OK: of %zu virtio functions none is unguarded\n", count);
}

static int run(int argc, char **argv)
{
	size_t size;
	char *text;
	int code;

	if (check && cli->dump)
		return fail(CLI_USAGE, "list", "--check is for this machine: a dump does not show "
			    "who has a function");
	lines = open_stream(&text, &size);
	rules_report(rules_read(), false);
	table_begin(&table);
	rows_headings(function_rows, &table);
	code = each_function("functions", argc, argv, list);
	table_print(&table);
	fclose(lines);
	if (check && !code && !cli->json)
		print_check(text);
	else if (!check && unguarded.count)
		report_warning("list", "%zu of %zu functions %s unguarded: %s; see " CLI_NAME
			       " list --check", unguarded.count, count,
			       unguarded.count == 1 ? "is" : "are", unguarded.text);
	free(text);
	return check && !code && unguarded.count ? CLI_REFUSED : code;
}

const struct command command_list = {
	.name = "list",
	.arguments = "[--check]",
	.help = "all virtio functions in a line each",
	.details =
		"GUARD says whether a program that is given the function can harm this host: "
		"guarded; unguarded, if nobody judges where its DMA goes; or host, if no "
		"program can be given it. A dash means that nothing is known. A column is left "
		"out if nothing in it is known, and, where lines are too long, if nothing in it "
		"is unusual; show has all.",
	.example = CLI_NAME " list --check || " CLI_NAME " explain 01:00.0",
	.options = (const struct cli_option[]){
		{ "check", .help = "only those that are unguarded; exit code 3 if there are any",
		  .flag = &check },
		{ 0 },
	},
	.reads_dumps = true,
	.run = run,
};
