/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commands that do something to each function that the user names: what came of
 * each of them, and the exit code that follows.
 */
#ifndef EACH_H
#define EACH_H

#include "function.h"

/**
 * struct tally - what came of the functions
 * @done: how many are as they were wanted
 * @failed: how many are not
 * @code: the exit code that all failures have in common, or CLI_FAILED
 * @refused: one was bound or measured, but VFIO will not open it
 */
struct tally {
	size_t done;
	size_t failed;
	int code;
	bool refused;
};

/* Count one; @code is its enum cli_exit. */
void tally_count(struct tally *tally, int code);

/* The exit code of the command. */
int tally_code(const struct tally *tally);

/* What a command does to a function; prints it. Return: an enum cli_exit. */
typedef int act_on(const struct cli *cli, struct function *function, struct tally *tally);

/**
 * each_named() - do something to each function that the user names
 * @cli: the options
 * @key: in JSON, of the array of what @act prints
 * @count: how many names
 * @names: as the user gave them
 * @act: does it
 *
 * Return: the exit code.
 */
int each_named(const struct cli *cli, const char *key, int count, char **names, act_on *act);

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
