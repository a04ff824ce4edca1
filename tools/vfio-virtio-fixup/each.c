// SPDX-License-Identifier: GPL-2.0-only
/* The loop and the bookkeeping of each.h. */
#include "each.h"

#include <stdio.h>

#include "bus.h"
#include "json.h"
#include "output.h"

void tally_count(struct tally *tally, int code)
{
	if (!code) {
		tally->done++;
		return;
	}
	tally->code = !tally->failed || tally->code == code ? code : CLI_FAILED;
	tally->failed++;
}

int tally_code(const struct tally *tally)
{
	if (tally->failed)
		return tally->done ? CLI_PARTLY_DONE : tally->code;
	return tally->refused ? CLI_REFUSED : CLI_DONE;
}

int each_named(const struct cli *cli, const char *key, int count, char **names, act_on *act)
{
	struct tally tally = { 0 };
	struct function function;
	struct bus bus;
	int i, code;

	code = bus_open(cli, &bus);
	if (code)
		return code;
	if (cli->json)
		json_array(key);
	for (i = 0; i < count; i++) {
		code = bus_find(&bus, names[i], &function);
		if (!code) {
			code = act(cli, &function, &tally);
			bus_put(&function);
		}
		tally_count(&tally, code);
	}
	if (cli->json)
		json_end();
	bus_close(&bus);
	return tally_code(&tally);
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
