/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commands that do something to one function after another: what came of each of
 * them, and the exit code that follows.
 */
#ifndef EACH_H
#define EACH_H

#include "function.h"

/* What came of the functions. */
struct tally {
	size_t done;	/* as they were wanted */
	size_t failed;	/* not */
	int code;	/* what all failures have in common, or CLI_FAILED */
	bool refused;	/* one was bound or measured, but VFIO will not open it */
};

/* What a command does to a function; prints it. Return: an enum cli_exit. */
typedef int act_on(const struct cli *cli, struct function *function, struct tally *tally);

/**
 * each_function() - do something to each function that the user names
 * @cli: the options
 * @key: in JSON, of the array of what @act prints; NULL: of a single function, no array
 * @count: how many names; 0: do it to all virtio functions
 * @names: as the user gave them
 * @act: does it
 *
 * Return: the exit code.
 */
int each_function(const struct cli *cli, const char *key, int count, char **names, act_on *act);

/*
 * The object of a function that a command changed, or should have: its beginning;
 * and its end, with the outcome, and the warnings and the error since @mark.
 */
void result_json(const struct function *function);
void result_json_end(int code, const char *outcome, size_t mark);

/* Why it is refused, and what to do about that: "REASON; to do: REMEDY". */
const char *refusal_text(const struct function *function, char *text);

/* Lines on a function that was bound or measured: its verdict, and that it is admitted. */
void print_decision(const struct function *function);

#endif
