// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command bind: give functions to the driver, without taking from this host,
 * or from a guest, what is in use.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "each.h"
#include "guard.h"
#include "in_use.h"
#include "output.h"
#include "rebind.h"
#include "sysfs.h"

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

/* The members of groups that were taken from their drivers, so that VFIO may open these. */
#define MAX_FREED	64
static struct member freed[MAX_FREED];
static size_t nr_freed;

static void give_back_from(const struct cli *cli, size_t first)
{
	for (; nr_freed > first; nr_freed--)
		give_back(cli, freed[nr_freed - 1].address, freed[nr_freed - 1].driver);
}

static bool is_virtio(const struct cli *cli, const char *address)
{
	char vendor[SYSFS_WORD], device[SYSFS_WORD];

	sysfs_read(cli, vendor, AT("devices/%s/vendor", address));
	sysfs_read(cli, device, AT("devices/%s/device", address));
	return !strcmp(vendor, "0x1af4") && vfx_is_virtio_id((u16)strtoul(device, NULL, 16));
}

/* A group that a driver of this host shares cannot be measured, nor opened. */
static int free_member(const struct cli *cli, const struct function *function,
		       const struct member *member)
{
	struct phrases uses = { 0 }, vfs = { 0 }, why = { 0 };

	/* What is not virtio is the administrator's: whether it is in use cannot be told. */
	if (member->vfio_viable || !is_virtio(cli, member->address) || nr_freed == MAX_FREED)
		return CLI_DONE;
	find_host_uses(cli, member->address, &uses);
	find_vfio_users(cli, member->address, &uses);
	find_vfs(cli, member->address, &vfs);
	if (vfs.count || (uses.count && !force)) {
		report_error(function->address, "not bound, because %s of its IOMMU group is in use: "
			     "%s; end that use%s", member->address, vfs.count ? vfs.text : uses.text,
			     vfs.count ? "" : ", or take both all the same with --force");
		return CLI_REFUSED;
	}
	if (take_from(cli, member->address, member->driver, &why)) {
		report_error(function->address, "not bound, because %s of its IOMMU group could not "
			     "be freed: %s", member->address, why.text);
		return CLI_FAILED;
	}
	freed[nr_freed++] = *member;
	return CLI_DONE;
}

/* Those that are named, too, get their new driver later. */
static int take_with_group(const struct cli *cli, struct function *function)
{
	size_t i, first = nr_freed;
	int code = CLI_DONE;

	for (i = 0; i < function->nr_members && !code; i++)
		code = free_member(cli, function, &function->members[i]);
	if (!code)
		code = rebind_to(cli, function, driver);
	if (code)
		give_back_from(cli, first);
	return code;
}

static void warn_of_freed(const struct cli *cli)
{
	const struct member *one;

	for (one = freed; one < freed + nr_freed; one++)
		if (!*read_driver(cli, one->address))
			report_warning(one->address, "taken from %s, because its IOMMU group is "
				       "given to VFIO; it has no driver now; to give it back, unbind "
				       "the others and run " CLI_NAME " unbind %s", one->driver,
				       one->address);
}

static int take(const struct cli *cli, struct function *function)
{
	/* Our driver would not take it: then its driver may as well keep it. */
	if (function->list_fault && !strcmp(driver, CLI_DRIVER)) {
		report_error(function->address, "not bound: " VFX_LIST_FAULT_REASON "; "
			     VFX_LIST_FAULT_REMEDY, function->list_fault_at,
			     vfx_list_fault_text(function->list_fault));
		return CLI_REFUSED;
	}
	if (is_in_use(cli, function))
		return CLI_REFUSED;
	if (is_vfio_driver(driver) && strcmp(driver, CLI_DRIVER))
		return take_with_group(cli, function);
	return rebind_to(cli, function, driver);
}

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

static int bind(const struct cli *cli, struct function *function, struct tally *tally)
{
	char text[TEXT_SIZE], remedy[TEXT_SIZE];
	int code = CLI_DONE;

	function_read(function, READ_CONFIG | READ_MEMBERS);
	tally->outcome = strcmp(function->driver, driver) ? "bound" : "already bound";
	if (strcmp(function->driver, driver))
		code = take(cli, function);
	if (code)
		return code;
	function_read(function, READ_MEMBERS | READ_PLATFORM | READ_DECISION | READ_DETAILS);
	warn_of_group(function);
	/* Bound, as was wanted; and yet the operator must hear that it is of no use, or unsafe. */
	if (function->guarded == UNGUARDED) {
		explain_unguarded(function, text, remedy);
		report_warning(function->address, "UNGUARDED: %s; to do: %s", text, remedy);
	} else if (function->judged && function->admitted != 1) {
		tally->refused = true;
		report_error(function->address, "bound, but VFIO will not open it: %s",
			     refusal_text(function, text));
	}
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

static int run(const struct cli *cli, int argc, char **argv)
{
	int code;

	if (!is_driver_name(driver)) {
		report_error("--driver", "not the name of a driver; give a name such as "
			     CLI_DRIVER);
		return CLI_USAGE;
	}
	code = change_each(cli, IN_BIND, argc, argv, bind);
	warn_of_freed(cli);
	return code;
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
		"does not take the function, the driver before gets it back. With "
		"--driver vfio-pci, which enforces nothing, the other virtio functions of "
		"its IOMMU group are taken from this host first, so that the guard can "
		"measure it; if the guard vetoes the function, the exit code is 3.",
	.example = CLI_NAME " bind 01:00.0\n  " CLI_NAME " bind 01:00.0 --driver vfio-pci",
	.options = options,
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
