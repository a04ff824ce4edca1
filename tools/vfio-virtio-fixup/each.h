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
	const char *outcome;	/* of a change: what was done to the function */
	const char *driver_before;	/* of a change */
};

/* What a command does to a function; prints it. Return: an enum cli_exit. */
typedef int act_on(struct function *function, struct tally *tally);

/*
 * Do it to each function that the user names, or to all virtio functions if @count is 0.
 * In JSON, @key is the array of what @act prints; NULL: it prints a single function.
 * Return: the exit code.
 */
int each_function(const char *key, int count, char **names, act_on *act);

/*
 * The same, where @act changes a function, and prints text only: in JSON its drivers
 * before and after, the keys that are @in that, outcome, error and warnings are told.
 * With @locked it is done under the lock of the function; see act.h.
 */
int change_each(unsigned int in, bool locked, int count, char **names, act_on *act);

/* For an @act that finds out late that it needs the lock: do @act under it. */
int act_locked(struct function *function, struct tally *tally, act_on *act);

#endif
