// SPDX-License-Identifier: GPL-2.0-only
/* The loop and the bookkeeping of each.h. */
#include "each.h"

#include <stdio.h>

#include "act.h"
#include "bus.h"
#include "json.h"
#include "rules.h"

static void count_one(struct tally *tally, int code)
{
	if (!code) {
		tally->done++;
		return;
	}
	tally->code = !tally->failed || tally->code == code ? code : CLI_FAILED;
	tally->failed++;
}

static int exit_code(const struct tally *tally)
{
	if (tally->failed)
		return tally->done ? CLI_PARTLY_DONE : tally->code;
	return tally->refused ? CLI_REFUSED : CLI_DONE;
}

static unsigned int change_in;		/* of change_each(); 0: nothing changes */
static bool change_locked;

static void contradictions_json(const struct function *function)
{
	char text[BUFFER_SIZE];
	unsigned int bit;

	json_array("contradiction_texts");
	for (bit = 1; bit <= function->contradictions; bit <<= 1)
		if (function->contradictions & bit)
			json_text(NULL, contradiction_and_fix(function, bit, text));
	json_end();
}

int act_locked(struct function *function, struct tally *tally, act_on *act)
{
	int code = lock_function(function->address);

	if (!code) {
		/* Who had the lock before may have changed it, and kept a policy. */
		rules_forget();
		tally->driver_before = read_driver(function->address);
		code = act(function, tally);
	}
	unlock_function();
	return code;
}

static int do_act(struct function *function, act_on *act, struct tally *tally)
{
	return change_locked ? act_locked(function, tally, act) : act(function, tally);
}

static int change_json(struct function *function, act_on *act, struct tally *tally)
{
	report_mark mark = reports();
	int code;

	tally->driver_before = read_driver(function->address);
	code = do_act(function, act, tally);
	function_read(function, READ_PLATFORM | READ_DECISION | READ_DETAILS);
	json_object(NULL);
	json_text("address", function->address);
	json_text("driver_before", name_or_none(tally->driver_before));
	json_text("driver", name_or_none(function->driver));
	if (function->judged || change_in & IN_APPLY) {
		rows_json(function_rows, function, change_in);
		if (change_in & IN_MEASURE)
			contradictions_json(function);
	}
	json_text("outcome", code ? "failed" : tally->outcome);
	if (code)
		json_text("error", last_error(mark));
	warnings_json("warnings", mark);
	json_end();
	return code;
}

static void act_and_count(struct function *function, act_on *act, struct tally *tally)
{
	count_one(tally, cli->json && change_in ? change_json(function, act, tally) :
						  do_act(function, act, tally));
	bus_put(function);
}

int each_function(const char *key, int count, char **names, act_on *act)
{
	struct tally tally = { 0 };
	struct function function;
	struct bus bus;
	int i, code = bus_open(&bus);

	if (code)
		return code;
	if (cli->json && key)
		json_array(key);
	for (i = 0; i < count; i++) {
		code = bus_find(&bus, names[i], &function);
		if (code)
			count_one(&tally, code);
		else
			act_and_count(&function, act, &tally);
	}
	while (!count && bus_next(&bus, &function))
		act_and_count(&function, act, &tally);
	if (cli->json && key)
		json_end();
	else if (!tally.done && !tally.failed && !change_in)
		puts("no virtio functions");
	bus_close(&bus);
	return exit_code(&tally);
}

int change_each(unsigned int in, bool locked, int count, char **names, act_on *act)
{
	change_in = in;
	change_locked = locked;
	return each_function("results", count, names, act);
}
