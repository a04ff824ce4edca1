// SPDX-License-Identifier: GPL-2.0-only
/* The command unbind: give functions back to this host, without waiting for ever. */
#include <limits.h>
#include <stdio.h>

#include "act.h"
#include "each.h"

static bool force;

static int unbind(struct function *function, struct tally *tally)
{
	const struct taking how = { .force = force, .how_to_force = "--force" };
	const char *driver;
	int code;

	function_read(function, READ_DECISION | READ_DETAILS);
	driver = function->driver;
	if (*driver && function->guarded == GUARDED_HOST)
		return fail(CLI_NO_FUNCTION, function->address, "not unbound, because this host "
			    "uses it itself: its driver is %s", driver);
	tally->outcome = "unbound";
	code = leave_to_kernel(function, &how);
	if (code || cli->json)
		return code;
	printf("%s: %s%s; its driver is now %s\n", function->address,
	       *driver ? "unbound from " : "had no driver", driver,
	       name_or_none(read_driver(function->address)));
	return CLI_DONE;
}

static int run(int argc, char **argv)
{
	return change_each(IN_UNBIND, true, argc, argv, unbind);
}

const struct command command_unbind = {
	.name = "unbind",
	.arguments = "BDF... [--force]",
	.help = "give functions back to their usual driver",
	.details =
		"Takes a function from any driver that gives it to programs: " CLI_DRIVER ", "
		"vfio-pci, uio, vp_vdpa. The kernel chooses the driver that gets it. The kernel "
		"would wait for whoever has the function open: such a function is refused "
		"without --force, which waits for at most --timeout seconds and says for whom.",
	.example = CLI_NAME " unbind 01:00.0 --force --timeout 10",
	.options = (const struct cli_option[]){
		{ "force", .help = "also what is open: waits for its user, up to --timeout",
		  .flag = &force },
		{ 0 },
	},
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
