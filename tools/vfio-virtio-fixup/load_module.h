/* SPDX-License-Identifier: GPL-2.0-only */
/* Getting the driver into the kernel, and saying why that does not work. */
#ifndef LOAD_MODULE_H
#define LOAD_MODULE_H

#include "cli.h"
#include "output.h"

/*
 * Make sure that a PCI driver is registered; its module has the same name. Return: 0, or -1,
 * and why, and what to do.
 */
int load_driver(const struct cli *cli, const char *driver, struct phrases *why);

#endif
