/* SPDX-License-Identifier: GPL-2.0-only */
/* Moving a function from driver to driver through sysfs. */
#ifndef REBIND_H
#define REBIND_H

#include "function.h"
#include "output.h"

/*
 * Give a function to a driver by driver_override. If that fails, its old driver has it
 * again where the kernel lets it, and driver_override is cleared. Return: an enum
 * cli_exit, CLI_REFUSED if the guard vetoes it; the error is reported.
 */
int rebind_to(const struct cli *cli, struct function *function, const char *driver);

/*
 * Take a function from its driver, if it has one, and let the kernel choose.
 * driver_override is cleared in any case. Return: the same.
 */
int rebind_to_default(const struct cli *cli, const struct function *function);

/* Virtual functions go when the driver of their physical one does: refuse that. */
int check_vfs(const struct cli *cli, const char *address, const char *undone);

/* Take a function from its driver, so that it has none; and give it back to that. */
int take_from(const struct cli *cli, const char *address, const char *driver,
	      struct phrases *why);
void give_back(const struct cli *cli, const char *address, const char *driver);

#endif
