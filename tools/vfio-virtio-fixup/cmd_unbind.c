// SPDX-License-Identifier: GPL-2.0-only
/* The command unbind: give functions back, without waiting for a guest to let go. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "each.h"
#include "in_use.h"
#include "output.h"
#include "rebind.h"

static bool force;

/* Unbinding waits for the VFIO user to let go, which may be never. */
static bool guest_needs_it(const struct cli *cli, const struct function *function)
{
	struct phrases users = { 0 };

	find_vfio_users(cli, function->address, &users);
	if (!users.count && function->open == 1)
		add_phrase(&users, "a process that cannot be seen from here has it open");
	if (!users.count)
		return false;
	if (force)
		report_warning(function->address, "unbinding waits until it is closed, and this for "
			       "%u s: %s", cli->timeout, users.text);
	else
		report_error(function->address, "not unbound, because it is open and unbinding "
			     "would wait for it: %s; stop the guest, or wait with --force",
			     users.text);
	return !force;
}

static int unbind(const struct cli *cli, struct function *function, struct tally *tally)
{
	char *now;
	int code;

	function_read(function, READ_DECISION | READ_DETAILS);
	if (!function->bound) {
		report_error(function->address, "not unbound, because it is not ours: its driver "
			     "is %s and not " CLI_DRIVER, name_or_none(function->driver));
		return CLI_NO_FUNCTION;
	}
	if (guest_needs_it(cli, function))
		return CLI_REFUSED;
	code = rebind_to_default(cli, function);
	tally->outcome = "unbound";
	if (code || cli->json)
		return code;
	now = read_driver(cli, function->address);
	printf("%s: unbound from %s; its driver is now %s\n", function->address,
	       function->driver, name_or_none(now));
	free(now);
	return CLI_DONE;
}

static int run(const struct cli *cli, int argc, char **argv)
{
	return change_each(cli, IN_UNBIND, argc, argv, unbind);
}

static const struct cli_option options[] = {
	{ "force", NULL, "also what is open: waits for its user", &force, NULL },
	{ 0 },
};

const struct command command_unbind = {
	.name = "unbind",
	.arguments = "BDF... [--force]",
	.help = "give functions back to their usual driver",
	.details =
		"The kernel chooses the driver that gets it. The kernel would wait "
		"for whoever has the function open: such a function is refused "
		"without --force.",
	.example = CLI_NAME " unbind 01:00.0",
	.options = options,
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
