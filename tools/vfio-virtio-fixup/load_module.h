/* SPDX-License-Identifier: GPL-2.0-only */
/* Getting the driver into the kernel, and saying why that does not work. */
#ifndef LOAD_MODULE_H
#define LOAD_MODULE_H

#include "cli.h"
#include "output.h"

/**
 * load_driver() - make sure that a PCI driver is registered
 * @cli: says where to look
 * @driver: its name, and its module's
 * @why: result on failure: why, and what to do
 *
 * Return: 0, or -1.
 */
int load_driver(const struct cli *cli, const char *driver, struct phrases *why);

#endif
