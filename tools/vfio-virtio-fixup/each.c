// SPDX-License-Identifier: GPL-2.0-only
/* The loop and the bookkeeping of each.h. */
#include "each.h"

#include <stdio.h>

#include "bus.h"
#include "json.h"
#include "output.h"

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

static void act_and_count(struct function *function, act_on *act, struct tally *tally)
{
	count_one(tally, act(function->bus->cli, function, tally));
	bus_put(function);
}

int each_function(const struct cli *cli, const char *key, int count, char **names, act_on *act)
{
	struct tally tally = { 0 };
	struct function function;
	struct bus bus;
	int i, code = bus_open(cli, &bus);

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
	else if (!tally.done && !tally.failed)
		puts("no virtio functions");
	bus_close(&bus);
	return exit_code(&tally);
}

void result_json(const struct function *function)
{
	json_object(NULL);
	json_text("address", function->address);
}

void result_json_end(int code, const char *outcome, size_t mark)
{
	json_text("outcome", code ? "failed" : outcome);
	if (code)
		json_text("error", last_error(mark));
	warnings_json("warnings", mark);
	json_end();
}

const char *refusal_text(const struct function *function, char *text)
{
	const char *remedy = function->remedy ? function->remedy : "";

	snprintf(text, TEXT_SIZE, "%s%s%s", or_unknown(function->reason),
		 *remedy ? "; to do: " : "", remedy);
	return text;
}

void print_decision(const struct function *function)
{
	char text[BUFFER_SIZE];

	printf("%s: verdict %s\n", function->address,
	       verdict_text(function->verdict, function->basis, text));
	if (function->admitted == 1)
		printf("%s: admitted: %s\n", function->address,
		       or_unknown(function->reason));
}
