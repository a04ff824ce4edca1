// SPDX-License-Identifier: GPL-2.0-only
/* The command measure: have the driver watch once more where the DMA goes. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "act.h"
#include "each.h"
#include "sysfs.h"

static bool clear;

static void report_failure(const struct function *function, int err)
{
	const char *address = function->address, *reason = function->measured_reason;
	struct phrases users = { 0 };
	char text[TEXT_SIZE];

	if (!reason || !*reason)
		reason = "see the kernel log";
	if (err == -EACCES || (err == -EPERM && geteuid())) {
		report_error(address, "not measured, because only root may do that; run this as root");
	} else if (err == -EBUSY) {
		find_vfio_users(address, &users);
		report_error(address, "not measured, because it is in use%s%s; stop its user first",
			     users.count ? ": " : "", users.text);
	} else if (err == -EIO && function->admitted == 0) {
		report_error(address, "not measured: it does not finish a reset, and VFIO will not "
			     "open it: %s", refusal_text(function, text));
	} else if (err == -EIO) {
		report_error(address, "not measured: it does not finish a reset; bind it again, "
			     "and see the kernel log");
	} else if (err == -EOPNOTSUPP) {
		report_error(address, "not measured, because a measurement could not be trusted here: "
			     "%s", reason);
	} else if (err == -ENOENT) {
		report_error(address, "not measured: the loaded " CLI_DRIVER " does not measure; "
			     "load the one that came with this tool");
	} else {
		report_error(address, "not measured: %s; %s", sysfs_error_text(err), reason);
	}
}

/* Went it live, and yet nothing was seen? */
static bool was_silent(const struct function *function)
{
	return (function->unacked == VFX_OUTCOME_SILENT ||
		function->unacked == VFX_OUTCOME_NOT_RUN) &&
	       (function->acked == VFX_OUTCOME_SILENT || function->acked == VFX_OUTCOME_NOT_RUN);
}

static void report_refusal(const struct function *function, struct tally *tally)
{
	char text[TEXT_SIZE];

	if (was_silent(function)) {
		report_warning(function->address, "nothing was seen, so the verdict rests on "
			       "something else, and VFIO will not open it: %s",
			       refusal_text(function, text));
		return;
	}
	tally->refused = true;
	report_error(function->address, "measured, and VFIO will not open it: %s",
		     refusal_text(function, text));
}

static void print_text(const struct function *function)
{
	char when[BUFFER_SIZE], usecs[32] = "unknown", text[BUFFER_SIZE];
	unsigned int bit;

	if (function->measured_usecs != NOT_KNOWN)
		snprintf(usecs, sizeof(usecs), "%lld", function->measured_usecs);
	printf("%s: measured: unacked %s, acked %s, in %s us, at %s\n", function->address,
	       vfx_outcome_word(function->unacked), vfx_outcome_word(function->acked), usecs,
	       time_text(function, when));
	if (function->measured_reason && *function->measured_reason)
		printf("%s: about the measurement: %s\n", function->address,
		       function->measured_reason);
	print_decision(function);
	for (bit = 1; bit <= function->contradictions; bit <<= 1)
		if (function->contradictions & bit)
			printf("%s: contradiction: %s\n", function->address,
			       contradiction_and_fix(function, bit, text));
}

static int measure(struct function *function, struct tally *tally)
{
	int err;

	function_read(function, 0);
	if (!function->judged)
		return fail(CLI_NO_FUNCTION, function->address, "not measured, because its driver "
			    "is %s and not " CLI_DRIVER "; run " CLI_NAME " bind %s",
			    name_or_none(function->driver), function->address);
	err = sysfs_write(clear ? "clear\n" : "1\n",
			  AT("devices/%s/virtio_fixup/measure", function->address));
	function_read(function, READ_PLATFORM | READ_DECISION | READ_DETAILS);
	if (err) {
		report_failure(function, err);
		return CLI_FAILED;
	}
	/* Or it was opened since, and what it offers had changed. */
	if (function->measured_time <= 0)
		return fail(CLI_FAILED, function->address, "the driver was asked to measure it, "
			    "and has no measurement now; see the kernel log");
	if (function->admitted != 1)
		report_refusal(function, tally);
	tally->outcome = "measured";
	if (!cli->json)
		print_text(function);
	return CLI_DONE;
}

static int run(int argc, char **argv)
{
	return change_each(IN_MEASURE, false, argc, argv, measure);
}

const struct command command_measure = {
	.name = "measure",
	.arguments = "BDF... [--clear]",
	.help = "watch again where its DMA goes",
	.details =
		"A measurement tells of the past: take it again after live migration of this "
		"machine, or when its hypervisor gives the function a new back end. A "
		"function that is open is not measured. What was seen before still counts, a "
		"bypass above all. --clear forgets it, for a function that was mended.",
	.example = CLI_NAME " measure 01:00.0",
	.options = (const struct cli_option[]){
		{ "clear", .help = "first forget what was seen before, also a bypass",
		  .flag = &clear },
		{ 0 },
	},
	.min = 1,
	.max = INT_MAX,
	.run = run,
};
