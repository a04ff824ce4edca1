/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Moving a function from driver to driver through sysfs, and the bookkeeping of
 * commands that do so for several functions: a result object for each.
 */
#ifndef REBIND_H
#define REBIND_H

#include <json-c/json.h>

#include "function.h"

/**
 * rebind_to() - give a function to a driver by driver_override
 * @cli: says where
 * @address: of the function
 * @driver: registered
 * @why: result on failure: what failed, and how the function was left
 * @size: of @why
 *
 * On failure the old driver has the function again where the kernel lets it, and
 * driver_override is cleared.
 *
 * Return: 0, or -1.
 */
int rebind_to(const struct cli *cli, const char *address, const char *driver,
	      char *why, size_t size);

/**
 * rebind_to_default() - take a function from a driver and let the kernel choose
 * @cli: says where
 * @address: of the function
 * @driver: the one that has it
 * @why: result on failure: what failed
 * @size: of @why
 *
 * driver_override is cleared in any case.
 * Return: 0, or -1.
 */
int rebind_to_default(const struct cli *cli, const char *address, const char *driver,
		      char *why, size_t size);

/**
 * struct results - what a command did to each function it was given
 * @rows: array of result objects
 * @done: how many functions are as they were wanted
 * @failed: how many are not
 * @code: the exit code: what all failures have in common, or CLI_FAILED
 * @refused: a function was bound, but VFIO will not open it
 */
struct results {
	struct json_object *rows;
	unsigned int done;
	unsigned int failed;
	int code;
	bool refused;
};

/* Count a failure with that enum cli_exit. */
void results_failed(struct results *results, int code);

/**
 * results_refuse() - report an error of a function and count it
 * @results: of the command
 * @result: the function's object, which gets the text as "error"
 * @code: enum cli_exit
 * @format: what was refused, why, what to do
 */
void results_refuse(struct results *results, struct json_object *result, int code,
		    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Warn of a function, also in its result. */
void results_warn(struct json_object *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The exit code of the command. */
int results_code(const struct results *results);

/**
 * for_each_named() - do something to each function that the user names
 * @cli: the options
 * @count: how many names
 * @names: as the user gave them
 * @act: does it; counts what came of it in its results
 *
 * Prints the results and returns the exit code.
 */
int for_each_named(struct cli *cli, int count, char **names,
		   void (*act)(const struct cli *cli, const struct function *function,
			       struct json_object *result, struct results *results));

#endif
