// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command bind: give functions to the driver, without taking from this host,
 * or from a guest, what is in use.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "act.h"
#include "each.h"
#include "rules.h"

static bool force;
static const char *driver = CLI_DRIVER;

static void warn_of_group(const struct function *function)
{
	size_t i;

	if (!*function->group)
		report_warning(function->address, "it has no IOMMU group, so VFIO cannot open it; %s",
			       vfx_remedy_text(VFX_REASON_NO_GROUP));
	for (i = 0; i < function->nr_members; i++)
		if (!function->members[i].vfio_viable)
			report_warning(function->address, "%s is in the same IOMMU group %s and "
				       "bound to %s; VFIO cannot open the group until that is "
				       "unbound", function->members[i].address, function->group,
				       function->members[i].driver);
}

static int bind(struct function *function, struct tally *tally)
{
	const struct taking how = { .force = force, .how_to_force = "--force" };
	int code;

	function_read(function, READ_CONFIG | READ_MEMBERS | READ_DECISION | READ_RULES);
	tally->outcome = strcmp(function->driver, driver) ? "bound" : "already bound";
	code = store_configured_policy(function);
	if (!code && strcmp(function->driver, driver))
		code = take_for(function, driver, &how);
	function_read(function, READ_MEMBERS | READ_PLATFORM | READ_DECISION | READ_DETAILS);
	/* Of a function that the module did not know, it knows the policy only now. */
	if (!code)
		code = store_configured_policy(function);
	if (code)
		return code;
	function_read(function, READ_MEMBERS | READ_PLATFORM | READ_DECISION | READ_DETAILS);
	warn_of_group(function);
	report_if_unusable(function, true, &tally->refused);
	if (!cli->json) {
		printf("%s: %s to %s\n", function->address, tally->outcome, driver);
		if (function->judged)
			print_decision(function);
	}
	return CLI_DONE;
}

/* A driver's name is one path component, and the name of a module. */
static bool is_driver_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-";

	return *name && *name != '-' && strlen(name) < 64 &&
	       strspn(name, letters) == strlen(name);
}

static int run(int argc, char **argv)
{
	int code;

	if (!is_driver_name(driver))
		return fail(CLI_USAGE, "--driver", "not the name of a driver; give a name such as "
			    CLI_DRIVER);
	rules_report(rules_read(), false);
	code = change_each(IN_BIND, true, argc, argv, bind);
	warn_of_freed();
	return code;
}

const struct command command_bind = {
	.name = "bind",
	.arguments = "BDF... [--force] [--driver NAME]",
	.help = "give functions to " CLI_DRIVER,
	.details =
		"Loads the driver if it is not there. What this host uses, or a "
		"process has open, stays where it is without --force. If the driver "
		"does not take the function, the driver before gets it back. With "
		"--driver vfio-pci, which enforces nothing, the other virtio functions of "
		"its IOMMU group are taken from this host first, so that the guard can "
		"measure it; if the guard vetoes the function, the exit code is 3.",
	.example = CLI_NAME " bind 01:00.0\n  " CLI_NAME " bind 01:00.0 --driver vfio-pci",
	.options = (const struct cli_option[]){
		{ "force", .help = "also what is in use", .flag = &force },
		{ "driver", .argument = "NAME", .help = "another driver than " CLI_DRIVER,
		  .value = &driver },
		{ 0 },
	},
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
