// SPDX-License-Identifier: GPL-2.0-only
/*
 * The commands bind and unbind: giving functions to the driver and back, without
 * taking from this host, or from a guest, what is in use.
 */
#include <stdio.h>
#include <string.h>

#include "in_use.h"
#include "load_module.h"
#include "model.h"
#include "output.h"
#include "rebind.h"

static bool is_in_use(const struct cli *cli, const struct function *function,
			  struct json_object *result, struct results *results)
{
	struct json_object *uses = json_object_new_array();
	char text[1024];
	bool needed;

	find_host_uses(cli, function->address, uses);
	/* Another VFIO driver may have it, for a guest that runs. */
	if (strcmp(get_text(result, "driver_before"), WORD_NONE))
		find_vfio_users(cli, function->address, uses);
	needed = json_object_array_length(uses) && !cli->force;
	join_texts(uses, text, sizeof(text));
	if (needed)
		results_refuse(results, result, CLI_REFUSED,
			       "not bound, because it is in use: %s; end that use, or take it "
			       "all the same with --force", text);
	else if (*text)
		results_warn(result, "taken although it is in use: %s", text);
	json_object_put(uses);
	return needed;
}

static void warn_of_group(struct json_object *model, struct json_object *result)
{
	struct json_object *members = get_member(model, "group_members");
	size_t i;

	if (!strcmp(get_text(model, "iommu_group"), WORD_NONE)) {
		results_warn(result, "it has no IOMMU group, so VFIO cannot open it; give this "
			     "host an IOMMU for it, and enable it (intel_iommu=on, amd_iommu=on)");
		return;
	}
	for (i = 0; i < json_object_array_length(members); i++) {
		struct json_object *member = json_object_array_get_idx(members, i);

		if (!json_object_get_boolean(get_member(member, "vfio_viable")))
			results_warn(result, "%s is in the same IOMMU group %s and bound to %s; "
				     "VFIO cannot open the group until that is unbound",
				     get_text(member, "address"), get_text(model, "iommu_group"),
				     get_text(member, "driver"));
	}
}

/* Bound, as was wanted; and yet the operator must hear that it is of no use. */
static void report_refusal(struct json_object *model, struct results *results)
{
	const char *remedy = get_text(model, "remedy");

	results->refused = true;
	report_error(get_text(model, "address"), "bound, but VFIO will not open it: %s%s%s",
		     get_text(model, "reason"), *remedy ? "; " : "", remedy);
}

static void add_decision(const struct cli *cli, const struct function *function,
			 struct json_object *result, struct results *results)
{
	static const char *const keys[] = {
		"verdict", "basis", "admitted", "reason", "remedy", "policy",
	};
	struct json_object *model = model_of(cli, function);
	size_t i;

	if (model_is_bound(model)) {
		for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			add_text(result, keys[i], "%s", get_text(model, keys[i]));
		if (strcmp(get_text(model, "admitted"), "yes"))
			report_refusal(model, results);
	}
	json_object_put(model);
}

/* Our driver would not take it: then its driver may as well keep it. */
static bool has_bad_lists(const struct cli *cli, const struct function *function,
			  struct json_object *result, struct results *results)
{
	if (!function->list_fault || strcmp(cli->driver, CLI_DRIVER))
		return false;
	results_refuse(results, result, CLI_REFUSED, "not bound: " LIST_FAULT_TEXT "; "
		       LIST_FAULT_REMEDY, function->list_fault_at,
		       vfx_list_fault_text(function->list_fault));
	return true;
}

static void bind_one(const struct cli *cli, const struct function *function,
		     struct json_object *result, struct results *results)
{
	struct json_object *model = model_of(cli, function);
	char why[1024];

	add_text(result, "driver_before", "%s", get_text(model, "driver"));
	if (!strcmp(get_text(model, "driver"), cli->driver)) {
		add_text(result, "outcome", "already bound");
	} else {
		if (has_bad_lists(cli, function, result, results) ||
		    is_in_use(cli, function, result, results))
			goto out;
		if (load_driver(cli, cli->driver, why, sizeof(why)) ||
		    rebind_to(cli, function->address, cli->driver, why, sizeof(why))) {
			results_refuse(results, result, CLI_FAILED, "not bound to %s: %s",
				       cli->driver, why);
			goto out;
		}
		add_text(result, "outcome", "bound");
	}
	warn_of_group(model, result);
	if (!strcmp(cli->driver, "vfio-pci"))
		results_warn(result, "vfio-pci does not look where its DMA goes; " CLI_DRIVER
			     " does");
	add_text(result, "driver", "%s", cli->driver);
	add_decision(cli, function, result, results);
	results->done++;
out:
	json_object_put(model);
}

int cmd_bind(struct cli *cli, int argc, char **argv)
{
	return for_each_named(cli, argc, argv, bind_one);
}

/* Unbinding waits for the VFIO user to let go, which may be never. */
static bool guest_needs_it(const struct cli *cli, struct json_object *model,
			   struct json_object *result, struct results *results)
{
	struct json_object *users = json_object_new_array();
	char text[1024];
	bool needed;

	find_vfio_users(cli, get_text(model, "address"), users);
	join_texts(users, text, sizeof(text));
	if (!*text && !strcmp(get_text(model, "open"), "yes"))
		snprintf(text, sizeof(text), "a process that cannot be seen from here has it open");
	needed = *text && !cli->force;
	if (needed)
		results_refuse(results, result, CLI_REFUSED,
			       "not unbound, because it is open and unbinding would wait for "
			       "it: %s; stop the guest, or wait with --force", text);
	else if (*text)
		results_warn(result, "unbinding waits until it is closed: %s", text);
	json_object_put(users);
	return needed;
}

static void unbind_one(const struct cli *cli, const struct function *function,
		       struct json_object *result, struct results *results)
{
	struct json_object *model = model_of(cli, function);
	char why[1024], driver[SYSFS_WORD];

	add_text(result, "driver_before", "%s", get_text(model, "driver"));
	if (!model_is_bound(model)) {
		results_refuse(results, result, CLI_NO_FUNCTION,
			       "not unbound, because it is not ours: its driver is %s and not "
			       CLI_DRIVER, get_text(model, "driver"));
		goto out;
	}
	if (guest_needs_it(cli, model, result, results))
		goto out;
	if (rebind_to_default(cli, function->address, CLI_DRIVER, why, sizeof(why))) {
		results_refuse(results, result, CLI_FAILED, "not unbound: %s", why);
		goto out;
	}
	read_driver(cli, function->address, driver);
	add_text(result, "outcome", "unbound");
	add_text(result, "driver", "%s", driver);
	results->done++;
out:
	json_object_put(model);
}

int cmd_unbind(struct cli *cli, int argc, char **argv)
{
	return for_each_named(cli, argc, argv, unbind_one);
}
