// SPDX-License-Identifier: GPL-2.0-only
/* The command policy: the administrator's word on one function. */
#include <stdio.h>

#include "act.h"
#include "bus.h"
#include "each.h"
#include "json.h"
#include "rules.h"

/* The one that was given, if one was. */
static enum virtio_fixup_policy policy;
static bool is_set;
static bool persist, forget;

static void print_policy(const struct function *function)
{
	const char *word = function->policy == NOT_KNOWN ? "unknown" :
			   vfx_policy_word(function->policy);

	if (cli->json) {
		rows_json(function_rows, function, IN_POLICY);
		json_bare("set", is_set ? "true" : "false");
		if (persist)
			json_text("kept_in", persist_path(function->address));
	} else if (!is_set) {
		puts(word);
	} else if (!function->has_record) {
		printf("%s: policy %s; it applies from when " CLI_NAME " binds the function, or "
		       "applies the rules\n", function->address, vfx_policy_word(policy));
	} else if (function->open == 1) {
		printf("%s: policy %s; it applies to the next open; the function is open now, and "
		       "nothing changes for its present user\n", function->address, word);
	} else {
		printf("%s: policy %s; %s\n", function->address, word,
		       function->judged && !function->bound ? "the guard goes by it from now on" :
		       "it applies to the next open");
		if (!function->judged) {
			printf("%s: not bound to " CLI_DRIVER " now\n", function->address);
			return;
		}
		printf("%s: %s: %s\n", function->address,
		       function->admitted == 1 ? "admitted" : "refused",
		       or_unknown(function->reason));
	}
}

static int set_policy(struct function *function, struct tally *tally)
{
	int code = CLI_DONE;

	/* Who had the lock before may have bound it. */
	function_read(function, 0);
	if (function->has_record)
		code = store_policy(function->address, policy);
	if (code || !persist)
		return code;
	function_read(function, READ_CONFIG);
	rules_report(rules_read(), false);
	return persist_policy(function, policy);
}

static int read_or_set(struct function *function, struct tally *tally)
{
	int code = CLI_DONE;

	function_read(function, 0);
	if (!function->has_record && !persist)
		return fail(CLI_NO_FUNCTION, function->address, "it has no policy, because its "
			    "driver is %s and not " CLI_DRIVER "; run " CLI_NAME " bind %s",
			    name_or_none(function->driver), function->address);
	if (is_set)
		code = act_locked(function, tally, set_policy);
	if (code)
		return code;
	function_read(function, READ_DECISION | READ_DETAILS);
	print_policy(function);
	if (persist && !cli->json)
		printf("%s: kept in %s\n", function->address, persist_path(function->address));
	return CLI_DONE;
}

/* The function need not be there any more. */
static int forget_one(const char *text)
{
	const char *address = full_address(text);
	bool was_there;
	int code;

	if (!address)
		return CLI_USAGE;
	code = forget_policy(address, &was_there);
	if (code)
		return code;
	if (cli->json) {
		json_text("address", address);
		json_bare("forgotten", was_there ? "true" : "false");
	} else if (was_there) {
		printf("%s: forgotten; what is in force now stays until it is set anew\n", address);
	} else {
		printf("%s: nothing was kept\n", address);
	}
	return CLI_DONE;
}

static int run(int argc, char **argv)
{
	is_set = argc == 2;
	if ((persist && !is_set) || (forget && (persist || is_set)))
		return fail(CLI_USAGE, "policy", "--persist is given with a word, and --forget "
			    "without one");
	if (forget)
		return forget_one(argv[0]);
	if (is_set && vfx_parse_policy(argv[1], &policy)) {
		report_no_policy(argv[1]);
		return CLI_USAGE;
	}
	return each_function(NULL, 1, argv, read_or_set);
}

const struct command command_policy = {
	.name = "policy",
	.arguments = "BDF [WORD [--persist]]|--forget",
	.help = "read or set the administrator's word on a function",
	.details =
		"Without a word, prints the policy. A word applies to the next open, "
		"and is kept until the device leaves or the module is unloaded. The "
		"words are auto, strict, vouched, physical, unsafe and deny; see the "
		"manual page. With --persist the word is also kept in a rule file, which works "
		"without the module, too.",
	.example = CLI_NAME " policy 01:00.0 strict --persist",
	.options = (const struct cli_option[]){
		{ "persist", .help = "also after a reboot: writes a rule file", .flag = &persist },
		{ "forget", .help = "remove the rule file that --persist wrote", .flag = &forget },
		{ 0 },
	},
	.min = 1,
	.max = 2,
	.run = run,
};
