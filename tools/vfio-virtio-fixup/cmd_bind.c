// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command bind: give functions to the driver, without taking from this host,
 * or from a guest, what is in use.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "each.h"
#include "in_use.h"
#include "output.h"
#include "rebind.h"

static bool force;
static const char *driver = CLI_DRIVER;

static bool is_in_use(const struct cli *cli, const struct function *function)
{
	struct phrases uses = { 0 };

	find_host_uses(cli, function->address, &uses);
	/* Another VFIO driver may have it, for a guest that runs. */
	if (*function->driver)
		find_vfio_users(cli, function->address, &uses);
	if (!uses.count)
		return false;
	if (force)
		report_warning(function->address, "taken although it is in use: %s", uses.text);
	else
		report_error(function->address, "not bound, because it is in use: %s; end that "
			     "use, or take it all the same with --force", uses.text);
	return !force;
}

static int take(const struct cli *cli, struct function *function)
{
	/* Our driver would not take it: then its driver may as well keep it. */
	if (function->list_fault && !strcmp(driver, CLI_DRIVER)) {
		report_error(function->address, "not bound: " LIST_FAULT_TEXT "; "
			     LIST_FAULT_REMEDY, function->list_fault_at,
			     vfx_list_fault_text(function->list_fault));
		return CLI_REFUSED;
	}
	return is_in_use(cli, function) ? CLI_REFUSED : rebind_to(cli, function, driver);
}

static void warn_of_group(const struct function *function)
{
	size_t i;

	if (!*function->group)
		report_warning(function->address, "it has no IOMMU group, so VFIO cannot open it; "
			       "give this host an IOMMU for it, and enable it (intel_iommu=on, "
			       "amd_iommu=on)");
	for (i = 0; i < function->nr_members; i++)
		if (!function->members[i].vfio_viable)
			report_warning(function->address, "%s is in the same IOMMU group %s and "
				       "bound to %s; VFIO cannot open the group until that is "
				       "unbound", function->members[i].address, function->group,
				       function->members[i].driver);
	if (!strcmp(driver, "vfio-pci"))
		report_warning(function->address, "vfio-pci does not look where its DMA goes; "
			       CLI_DRIVER " does");
}

static int bind(const struct cli *cli, struct function *function, struct tally *tally)
{
	char text[TEXT_SIZE];
	int code = CLI_DONE;

	function_read(function, READ_CONFIG | READ_MEMBERS);
	tally->outcome = strcmp(function->driver, driver) ? "bound" : "already bound";
	if (strcmp(function->driver, driver))
		code = take(cli, function);
	if (code)
		return code;
	warn_of_group(function);
	function_forget(function);
	function_read(function, READ_DECISION | READ_DETAILS);
	/* Bound, as was wanted; and yet the operator must hear that it is of no use. */
	if (function->bound && function->admitted != 1) {
		tally->refused = true;
		report_error(function->address, "bound, but VFIO will not open it: %s",
			     refusal_text(function, text));
	}
	if (!cli->json) {
		printf("%s: %s to %s\n", function->address, tally->outcome, driver);
		if (function->bound)
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

static int run(const struct cli *cli, int argc, char **argv)
{
	if (!is_driver_name(driver)) {
		report_error("--driver", "not the name of a driver; give a name such as "
			     CLI_DRIVER);
		return CLI_USAGE;
	}
	return change_each(cli, IN_BIND, argc, argv, bind);
}

static const struct cli_option options[] = {
	{ "force", NULL, "also what is in use", &force, NULL },
	{ "driver", "NAME", "another driver than " CLI_DRIVER, NULL, &driver },
	{ 0 },
};

const struct command command_bind = {
	.name = "bind",
	.arguments = "BDF... [--force] [--driver NAME]",
	.help = "give functions to " CLI_DRIVER,
	.details =
		"Loads the driver if it is not there. What this host uses, or a "
		"process has open, stays where it is without --force. If the driver "
		"does not take the function, the driver before gets it back.",
	.example = CLI_NAME " bind 01:00.0",
	.options = options,
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
