// SPDX-License-Identifier: GPL-2.0-only
/* The command unbind: give functions back to this host, without waiting for ever. */
#include <limits.h>
#include <stdio.h>

#include "each.h"
#include "guard.h"
#include "in_use.h"
#include "output.h"
#include "rebind.h"

static bool force;

static void find_users(const struct cli *cli, const struct function *function,
		       struct phrases *users)
{
	find_vfio_users(cli, function->address, users);
	if (users->count)
		return;
	if (function->bound && function->open == 1)
		add_phrase(users, "a process that cannot be seen from here has it open");
	else if (function->guard == VFX_GUARD_IN_USE && !function->guard_warns)
		add_phrase(users, "the guard says that it or its IOMMU group is in use, by a process "
			   "that cannot be seen from here");
}

/* Unbinding a VFIO driver waits for its user to let go, which may be never. */
static bool user_needs_it(const struct cli *cli, const struct function *function)
{
	struct phrases users = { 0 };

	find_users(cli, function, &users);
	if (!users.count)
		return false;
	if (force)
		report_warning(function->address, "it is open: %s; waiting for at most %u s until "
			       "it is closed", users.text, cli->timeout);
	else
		report_error(function->address, "not unbound, because it is open, and the kernel "
			     "would wait until it is closed: %s; stop its user, or wait with --force",
			     users.text);
	return !force;
}

static int unbind(const struct cli *cli, struct function *function, struct tally *tally)
{
	const char *driver;
	int code;

	function_read(function, READ_DECISION | READ_DETAILS);
	driver = function->driver;
	if (*driver && function->guarded == GUARDED_HOST) {
		report_error(function->address, "not unbound, because this host uses it itself: its "
			     "driver is %s", driver);
		return CLI_NO_FUNCTION;
	}
	if (user_needs_it(cli, function))
		return CLI_REFUSED;
	tally->outcome = "unbound";
	code = rebind_to_default(cli, function);
	if (code || cli->json)
		return code;
	printf("%s: %s%s; its driver is now %s\n", function->address,
	       *driver ? "unbound from " : "had no driver", driver,
	       name_or_none(read_driver(cli, function->address)));
	return CLI_DONE;
}

static int run(const struct cli *cli, int argc, char **argv)
{
	return change_each(cli, IN_UNBIND, argc, argv, unbind);
}

static const struct cli_option options[] = {
	{ "force", NULL, "also what is open: waits for its user, up to --timeout", &force, NULL },
	{ 0 },
};

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
	.options = options,
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
