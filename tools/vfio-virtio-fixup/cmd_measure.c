// SPDX-License-Identifier: GPL-2.0-only
/* The command measure: have the driver watch once more where the DMA goes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "contradiction.h"
#include "in_use.h"
#include "model.h"
#include "output.h"
#include "rebind.h"

/* Everything of the model that a measurement can change. */
static void add_facts(struct json_object *result, struct json_object *model)
{
	static const char *const keys[] = {
		"offered", "measured_unacked", "measured_acked", "measured_time",
		"measured_usecs", "measured_reason", "verdict", "basis", "admitted",
		"reason", "remedy", "policy", "contradictions",
	};
	struct json_object *words = get_member(model, "contradictions");
	struct json_object *texts = json_object_new_array();
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		json_object_object_add(result, keys[i],
				       json_object_get(get_member(model, keys[i])));
	for (i = 0; i < json_object_array_length(words); i++) {
		const char *word = json_object_get_string(json_object_array_get_idx(words, i));
		const char *fix = contradiction_fix(word);
		char text[SYSFS_WORD];

		contradiction_text(model, word, text, sizeof(text));
		append_text(texts, "%s%s%s", text, fix ? "; to do: " : "", fix ? fix : "");
	}
	json_object_object_add(result, "contradiction_texts", texts);
}

static void report_in_use(const struct cli *cli, struct json_object *model,
			  struct json_object *result, struct results *results)
{
	struct json_object *users = json_object_new_array();
	char text[1024];

	find_vfio_users(cli, get_text(model, "address"), users);
	join_texts(users, text, sizeof(text));
	results_refuse(results, result, CLI_FAILED, "not measured: it is in use: stop its user "
		       "first (see " CLI_NAME " show %s)%s%s", get_text(model, "address"),
		       *text ? ": " : "", text);
	json_object_put(users);
}

static void report_no_reset(struct json_object *model, struct json_object *result,
			    struct results *results)
{
	const char *remedy = get_text(model, "remedy");

	if (model_is_refused(model))
		results_refuse(results, result, CLI_FAILED, "not measured: it does not finish a "
			       "reset, and VFIO will not open it: %s%s%s",
			       get_text(model, "reason"), *remedy ? "; to do: " : "", remedy);
	else
		results_refuse(results, result, CLI_FAILED, "not measured: it does not finish a "
			       "reset; bind it again, and see the kernel log");
}

static void report_failure(const struct cli *cli, struct json_object *model,
			   struct json_object *result, struct results *results, int err)
{
	const char *reason = get_text(model, "measured_reason");

	if (!*reason || !strcmp(reason, WORD_UNKNOWN))
		reason = "see the kernel log";
	if (err == -EACCES || (err == -EPERM && geteuid()))
		results_refuse(results, result, CLI_FAILED,
			       "not measured: only root may; run it as root");
	else if (err == -EBUSY)
		report_in_use(cli, model, result, results);
	else if (err == -EIO)
		report_no_reset(model, result, results);
	else if (err == -EOPNOTSUPP)
		results_refuse(results, result, CLI_FAILED,
			       "not measured: a measurement cannot be trusted here: %s", reason);
	else if (err == -ENOENT)
		results_refuse(results, result, CLI_FAILED, "not measured: the loaded " CLI_DRIVER
			       " does not measure; load the version this tool came with");
	else
		results_refuse(results, result, CLI_FAILED, "not measured: %s; %s",
			       strerror(-err), reason);
}

/* Went it live, and yet nothing was seen? */
static bool was_silent(struct json_object *model)
{
	const char *unacked = get_text(model, "measured_unacked");
	const char *acked = get_text(model, "measured_acked");

	return (!strcmp(unacked, "silent") || !strcmp(unacked, "not-run")) &&
	       (!strcmp(acked, "silent") || !strcmp(acked, "not-run"));
}

static void report_refusal(struct json_object *model, struct json_object *result,
			   struct results *results)
{
	const char *remedy = get_text(model, "remedy");

	if (was_silent(model)) {
		results_warn(result, "nothing was seen, so the verdict rests on something else, and "
			     "VFIO will not open it: %s%s%s", get_text(model, "reason"),
			     *remedy ? "; to do: " : "", remedy);
		return;
	}
	results->refused = true;
	report_error(get_text(model, "address"), "measured, and VFIO will not open it: %s%s%s",
		     get_text(model, "reason"), *remedy ? "; to do: " : "", remedy);
}

static void measure_one(const struct cli *cli, const struct function *function,
			struct json_object *result, struct results *results)
{
	struct json_object *model;
	char driver[SYSFS_WORD], when[64];
	int err;

	read_driver(cli, function->address, driver);
	add_text(result, "driver", "%s", driver);
	if (strcmp(driver, CLI_DRIVER)) {
		results_refuse(results, result, CLI_NO_FUNCTION, "not measured, because its driver "
			       "is %s and not " CLI_DRIVER "; run " CLI_NAME " bind %s",
			       driver, function->address);
		return;
	}
	err = sysfs_write(cli, "1\n", "devices/%s/virtio_fixup/measure", function->address);
	model = model_of(cli, function);
	add_facts(result, model);
	if (err) {
		report_failure(cli, model, result, results, err);
	} else if (!model_measured_time(model, when, sizeof(when))) {
		/* Or it was opened since, and what it offers had changed. */
		results_refuse(results, result, CLI_FAILED, "no measurement stands, though the "
			       "driver was asked for one; see the kernel log");
	} else {
		add_text(result, "outcome", "measured");
		add_text(result, "measured_at", "%s", when);
		if (strcmp(get_text(model, "admitted"), "yes"))
			report_refusal(model, result, results);
		results->done++;
	}
	json_object_put(model);
}

int cmd_measure(struct cli *cli, int argc, char **argv)
{
	return for_each_named(cli, argc, argv, measure_one);
}
