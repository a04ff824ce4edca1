/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One process of this tool at a time changes a function, or another one of its IOMMU
 * group. The lock ends with the process, however that ends.
 */
#ifndef LOCK_H
#define LOCK_H

#include "cli.h"

/*
 * Wait for whoever has the lock, up to the time that the kernel is given, and say so. One
 * lock at a time. Return: an enum cli_exit; the error is reported.
 */
int lock_function(const struct cli *cli, const char *address);
void unlock_function(void);

#endif
