/* SPDX-License-Identifier: GPL-2.0-only */
/* Moving a function from driver to driver through sysfs. */
#ifndef REBIND_H
#define REBIND_H

#include "cli.h"
#include "output.h"

/**
 * rebind_to() - give a function to a driver by driver_override
 * @cli: says where
 * @address: of the function
 * @driver: registered
 * @why: result on failure: what failed, and how the function was left
 *
 * On failure the old driver has the function again where the kernel lets it, and
 * driver_override is cleared.
 *
 * Return: 0, or -1.
 */
int rebind_to(const struct cli *cli, const char *address, const char *driver,
	      struct phrases *why);

/**
 * rebind_to_default() - take a function from a driver and let the kernel choose
 * @cli: says where
 * @address: of the function
 * @driver: the one that has it
 * @why: result on failure: what failed
 *
 * driver_override is cleared in any case.
 * Return: 0, or -1.
 */
int rebind_to_default(const struct cli *cli, const char *address, const char *driver,
		      struct phrases *why);

#endif
