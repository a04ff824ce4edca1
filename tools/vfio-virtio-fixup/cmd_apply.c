// SPDX-License-Identifier: GPL-2.0-only
/* The command apply: make this machine what the rules say. */
#include <limits.h>
#include <stdio.h>

#include "act.h"
#include "bus.h"
#include "each.h"
#include "rules.h"

/* For vfio-pci its whole IOMMU group is taken, unless a rule keeps one of it. */
static const char *rule_that_keeps(const struct function *function, const char *member)
{
	struct function other;
	const char *rule = NULL;

	if (bus_find(function->bus, member, &other))
		return NULL;
	function_read(&other, READ_CONFIG | READ_RULES);
	if (other.configured.rule && other.configured.bind == BIND_NO)
		rule = other.configured.rule;
	bus_put(&other);
	return rule;
}

static struct taking how = { .stays = rule_that_keeps };

static void print_change(const struct function *function, const char *what, const char *value)
{
	if (!cli->json)
		printf("%s: %s %s, by %s\n", function->address, what, value,
		       function->configured.rule);
}

/* vfio-pci is given nothing that nobody judges. */
static int load_guard(const struct function *function)
{
	struct phrases why = { 0 };

	if (how.dry_run || !load_driver(CLI_DRIVER, &why))
		return CLI_DONE;
	return fail(CLI_FAILED, function->address, "not bound to vfio-pci, because nothing would "
		    "guard it: %s", why.text);
}

static int apply_driver(struct function *function)
{
	enum rule_bind bind = (enum rule_bind)function->configured.bind;
	const char *driver = rule_bind_driver(bind);
	int code;

	if (bind == BIND_NO) {
		code = leave_to_kernel(function, &how);
	} else {
		code = bind == BIND_VFIO_PCI ? load_guard(function) : CLI_DONE;
		if (!code)
			code = take_for(function, driver, &how);
	}
	if (!code)
		print_change(function, "driver", bind == BIND_NO ? "left to the kernel" : driver);
	return code;
}

static int apply_policy(const struct function *function)
{
	enum virtio_fixup_policy policy = (enum virtio_fixup_policy)function->configured.policy;
	int code = how.dry_run ? CLI_DONE : store_policy(function->address, policy);

	if (!code)
		print_change(function, "policy", vfx_policy_word(policy));
	return code;
}

/*
 * A function that the module never saw has no policy yet. vfio-pci may be refused one that
 * the policy would admit: so first the module's own driver has it, unless it is certain that
 * it stays where it is.
 */
static int apply_both(struct function *function)
{
	const char *driver = function->driver;
	struct taking check = how;
	int code;

	if (function->configured.bind == BIND_FIXUP) {
		code = apply_driver(function);
		return code ? code : apply_policy(function);
	}
	check.dry_run = true;
	code = load_guard(function);
	if (!code)
		code = take_for(function, "vfio-pci", &check);
	if (code)
		return code;
	code = take_for(function, CLI_DRIVER, &how);
	if (!code)
		code = apply_policy(function);
	function_read(function, READ_MEMBERS | READ_DECISION | READ_DETAILS);
	if (!code)
		code = apply_driver(function);
	if (!code || !*driver || is_vfio_driver(driver))
		return code;
	function_read(function, 0);
	if (function->bound && !rebind_to_default(function))
		report_warning(function->address, "given back to the kernel: its driver is %s",
			       name_or_none(read_driver(function->address)));
	return code;
}

static bool is_new_driver(const struct configured *configured)
{
	return configured->rule && configured->driver_differs == 1;
}

static bool is_new_policy(const struct configured *configured)
{
	return configured->rule && configured->policy_differs == 1;
}

static int apply_changes(struct function *function, struct tally *tally)
{
	const struct configured *configured = &function->configured;
	int code = CLI_DONE;
	bool ignored;

	function_read(function, READ_MEMBERS | READ_DECISION | READ_DETAILS | READ_RULES);
	tally->outcome = is_new_driver(configured) || is_new_policy(configured) ? "changed" :
			 configured->rule ? "as configured" : "no rule";
	how.how_to_force = configured->bind == BIND_NO ? "\"" CLI_NAME " unbind --force\"" :
			   "\"" CLI_NAME " bind --force\"";
	/* The policy comes first, so that nobody opens the function by the old one. */
	if (is_new_policy(configured))
		code = apply_policy(function);
	if (code || !is_new_driver(configured))
		return code;
	if (!function->has_record && configured->policy != NOT_KNOWN &&
	    configured->bind != BIND_NO)
		code = apply_both(function);
	else
		code = apply_driver(function);
	if (code || how.dry_run || configured->bind == BIND_NO)
		return code;
	function_read(function, READ_PLATFORM | READ_DECISION | READ_DETAILS);
	report_if_unusable(function, false, &ignored);
	return CLI_DONE;
}

/* Most functions of most runs are as they shall be: these cost few reads, and no lock. */
static int apply(struct function *function, struct tally *tally)
{
	const struct configured *configured = &function->configured;

	function_read(function, READ_CONFIG | READ_DECISION | READ_RULES);
	tally->outcome = configured->rule ? "as configured" : "no rule";
	if (!is_new_driver(configured) && !is_new_policy(configured))
		return CLI_DONE;
	return how.dry_run ? apply_changes(function, tally) :
			     act_locked(function, tally, apply_changes);
}

static int run(int argc, char **argv)
{
	bool was_broken = rules_read()->broken;
	int code;

	rules_report(rules_read(), true);
	code = change_each(IN_APPLY, false, argc, argv, apply);
	warn_of_freed();
	/* The rules were read anew for each change. */
	if (!was_broken)
		rules_report(rules_read(), true);
	return code ? code : was_broken || rules_read()->broken ? CLI_PARTLY_DONE : CLI_DONE;
}

const struct command command_apply = {
	.name = "apply",
	.arguments = "[BDF...] [--dry-run]",
	.help = "make drivers and policies what the rules say",
	.details =
		"Rules are files NAME.rule in /etc/vfio-virtio-fixup, /run/vfio-virtio-fixup and "
		"/usr/lib/vfio-virtio-fixup; see vfio-virtio-fixup.rule(5). Prints a line for each "
		"change, and nothing if there is nothing to do. Takes nothing that is in use. The "
		"exit code is 5 if some of it could not be done, or a rule file is left out because "
		"of an error.",
	.example = CLI_NAME " apply --dry-run",
	.options = (const struct cli_option[]){
		{ "dry-run", .help = "change nothing, and print what would change",
		  .flag = &how.dry_run },
		{ 0 },
	},
	.max = INT_MAX,
	.run = run,
};
