/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Taking functions from their drivers, and giving them back, without taking from this
 * host, or from a guest, what is in use.
 */
#ifndef TAKE_H
#define TAKE_H

#include "function.h"

struct taking {
	bool force;			/* take also what is in use */
	const char *how_to_force;	/* what the operator would have to give for that */
	bool dry_run;			/* look only whether it may be taken */
	/* What says that a member of its group stays with this host; NULL: nothing does. */
	const char *(*stays)(const struct function *function, const char *member);
};

/*
 * Give a function, whose configuration space and members were read, to a driver.
 * Return: an enum cli_exit; the error is reported.
 */
int take_for(const struct cli *cli, struct function *function, const char *driver,
	     const struct taking *how);

/* After the last: name those of the groups that are left without a driver. */
void warn_of_freed(const struct cli *cli);

/* Say that a function that was bound is unguarded, or will not be opened. */
void report_if_unusable(const struct function *function, bool as_error, bool *refused);

/*
 * Give a function, whose decision and details were read, back to the driver that the kernel
 * chooses. Return: the same.
 */
int leave_to_kernel(const struct cli *cli, const struct function *function,
		    const struct taking *how);

#endif
