// SPDX-License-Identifier: GPL-2.0-only
/* The moving and the bookkeeping of rebind.h. */
#include "rebind.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model.h"
#include "output.h"

static const char *error_text(int err)
{
	if ((err == -EACCES || err == -EPERM) && geteuid())
		return "only root may; run this as root";
	return strerror(-err);
}

static int clear_override(const struct cli *cli, const char *address)
{
	return sysfs_write(cli, "\n", "devices/%s/driver_override", address);
}

static int unbind_from(const struct cli *cli, const char *address, const char *driver)
{
	int err;

	if (!strcmp(driver, WORD_NONE))
		return 0;
	err = sysfs_write(cli, address, "drivers/%s/unbind", driver);
	/* Somebody else was faster: what counts is who has it in the end. */
	return err == -ENODEV ? 0 : err;
}

/* Put things back as they were and say how far that went. */
static void roll_back(const struct cli *cli, const char *address, const char *old,
		      char *why, size_t size)
{
	char driver[SYSFS_WORD], failure[1024];
	int err;

	snprintf(failure, sizeof(failure), "%s", why);
	err = clear_override(cli, address);
	if (err) {
		snprintf(why, size, "%s; driver_override could not be cleared (%s): clear it by "
			 "hand", failure, error_text(err));
		return;
	}
	read_driver(cli, address, driver);
	if (strcmp(driver, old) && strcmp(old, WORD_NONE)) {
		sysfs_write(cli, address, "drivers/%s/bind", old);
		read_driver(cli, address, driver);
	}
	if (strcmp(driver, old))
		snprintf(why, size, "%s; %s could not be bound again, its driver is now %s",
			 failure, old, driver);
	else
		snprintf(why, size, "%s; its driver is %s, as before", failure, driver);
}

int rebind_to(const struct cli *cli, const char *address, const char *driver,
	      char *why, size_t size)
{
	char old[SYSFS_WORD], now[SYSFS_WORD], word[SYSFS_WORD];
	int err, probe_err;

	read_driver(cli, address, old);
	snprintf(word, sizeof(word), "%s\n", driver);
	err = sysfs_write(cli, word, "devices/%s/driver_override", address);
	if (err) {
		snprintf(why, size, "driver_override could not be set: %s", error_text(err));
		return -1;
	}
	err = unbind_from(cli, address, old);
	if (err) {
		snprintf(why, size, "%s did not let go of it: %s", old, error_text(err));
		roll_back(cli, address, old, why, size);
		return -1;
	}
	probe_err = sysfs_write(cli, address, "drivers_probe");
	read_driver(cli, address, now);
	if (!strcmp(now, driver))
		return 0;
	snprintf(why, size, "the driver did not take it%s%s; see the kernel log",
		 probe_err ? ": " : "", probe_err ? error_text(probe_err) : "");
	roll_back(cli, address, old, why, size);
	return -1;
}

int rebind_to_default(const struct cli *cli, const char *address, const char *driver,
		      char *why, size_t size)
{
	char now[SYSFS_WORD];
	int err;

	/* First of all: whatever fails below, no override stays behind. */
	err = clear_override(cli, address);
	if (err) {
		snprintf(why, size, "driver_override could not be cleared: %s", error_text(err));
		return -1;
	}
	err = unbind_from(cli, address, driver);
	if (err) {
		snprintf(why, size, "%s did not let go of it: %s", driver, error_text(err));
		return -1;
	}
	/* No driver wanting it is no failure: the result says who has it. */
	sysfs_write(cli, address, "drivers_probe");
	read_driver(cli, address, now);
	if (strcmp(now, driver))
		return 0;
	snprintf(why, size, "it is still bound to %s; see the kernel log", driver);
	return -1;
}

void results_failed(struct results *results, int code)
{
	results->code = !results->failed || results->code == code ? code : CLI_FAILED;
	results->failed++;
}

void results_refuse(struct results *results, struct json_object *result, int code,
		    const char *format, ...)
{
	char text[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	add_text(result, "outcome", "failed");
	add_text(result, "error", "%s", text);
	report_error(get_text(result, "address"), "%s", text);
	results_failed(results, code);
}

void results_warn(struct json_object *result, const char *format, ...)
{
	struct json_object *warnings = get_member(result, "warnings");
	char text[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	append_text(warnings, "%s", text);
	report_warning(get_text(result, "address"), "%s", text);
}

int results_code(const struct results *results)
{
	if (results->failed)
		return results->done ? CLI_PARTLY_DONE : results->code;
	return results->refused ? CLI_REFUSED : CLI_DONE;
}

static void print_measured(struct json_object *result)
{
	const char *address = get_text(result, "address");
	const char *usecs = get_text(result, "measured_usecs");
	const char *reason = get_text(result, "measured_reason");

	printf("%s: measured: unacked %s, acked %s, in %s us, at %s\n", address,
	       get_text(result, "measured_unacked"), get_text(result, "measured_acked"),
	       *usecs ? usecs : WORD_UNKNOWN, get_text(result, "measured_at"));
	if (*reason && strcmp(reason, WORD_UNKNOWN))
		printf("%s: about the measurement: %s\n", address, reason);
}

static void print_result(struct json_object *result)
{
	const char *address = get_text(result, "address");
	const char *outcome = get_text(result, "outcome");
	struct json_object *texts;
	size_t i;

	if (!strcmp(outcome, "failed"))
		return;		/* the error was printed */
	if (!strcmp(outcome, "measured"))
		print_measured(result);
	else if (!strcmp(outcome, "unbound"))
		printf("%s: unbound from %s; its driver is now %s\n", address,
		       get_text(result, "driver_before"), get_text(result, "driver"));
	else
		printf("%s: %s to %s\n", address, outcome, get_text(result, "driver"));
	if (!get_member(result, "verdict"))
		return;
	printf("%s: verdict %s (%s)\n", address, get_text(result, "verdict"),
	       get_text(result, "basis"));
	if (!strcmp(get_text(result, "admitted"), "yes"))
		printf("%s: admitted: %s\n", address, get_text(result, "reason"));
	texts = get_member(result, "contradiction_texts");
	for (i = 0; texts && i < json_object_array_length(texts); i++)
		printf("%s: contradiction: %s\n", address,
		       json_object_get_string(json_object_array_get_idx(texts, i)));
}

int for_each_named(struct cli *cli, int count, char **names,
		   void (*act)(const struct cli *cli, const struct function *function,
			       struct json_object *result, struct results *results))
{
	struct json_object *root = json_object_new_object();
	struct results results = { .rows = json_object_new_array() };
	struct functions functions;
	int i, ret;

	json_object_object_add(root, "results", results.rows);
	ret = functions_load(cli, &functions);
	for (i = 0; !ret && i < count; i++) {
		const struct function *function;
		struct json_object *result;
		int code = functions_find(&functions, names[i], &function);

		if (code) {
			results_failed(&results, code);
			continue;
		}
		result = json_object_new_object();
		json_object_array_add(results.rows, result);
		add_text(result, "address", "%s", function->address);
		json_object_object_add(result, "warnings", json_object_new_array());
		act(cli, function, result, &results);
		if (!cli->json)
			print_result(result);
	}
	if (!ret) {
		if (cli->json)
			print_json(root);
		ret = results_code(&results);
		functions_free(&functions);
	}
	json_object_put(root);
	return ret;
}
