// SPDX-License-Identifier: GPL-2.0-only
/* The command check-rules: errors in rule files, for editors and for who deploys them. */
#include <limits.h>
#include <stdio.h>

#include "json.h"
#include "rules.h"
#include "sysfs.h"

static size_t faults;

static void check(const struct rule_file *file)
{
	unsigned int line = file->line ? file->line : 1;

	if (!file->fault)
		return;
	faults++;
	if (!cli->json) {
		printf("%s:%u: %s\n", file->name, line, file->fault);
		return;
	}
	json_object(NULL);
	json_text("file", file->name);
	json_bare("line", AT("%u", line));
	json_text("text", file->fault);
	json_end();
}

static int run(int argc, char **argv)
{
	const struct rules *rules = argc ? NULL : rules_read();
	struct rule_file file;
	size_t i;

	if (cli->json)
		json_array("faults");
	for (i = 0; rules && i < rules->count; i++)
		check(&rules->files[i]);
	for (i = 0; i < (size_t)argc; i++) {
		rule_file_read(&file, argv[i]);
		check(&file);
	}
	return faults ? CLI_FAILED : CLI_DONE;
}

const struct command command_check_rules = {
	.name = "check-rules",
	.arguments = "[FILE...]",
	.help = "look for errors in rule files",
	.details =
		"Without a file, checks all that are in force. Prints a line for each file with an "
		"error, FILE:LINE: and what was expected, as a compiler does; the exit code is 1 "
		"then, and else 0.",
	.example = CLI_NAME " check-rules 10-disks.rule",
	.max = INT_MAX,
	.run = run,
};
