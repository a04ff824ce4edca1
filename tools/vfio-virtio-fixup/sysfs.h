/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to the PCI bus in sysfs. All paths are relative to its directory, are
 * worded as printf() does, and what is read is bounded and cleaned.
 */
#ifndef SYSFS_H
#define SYSFS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli.h"

#define SYSFS_WORD	512	/* longest value read, with its terminator */

/**
 * sysfs_read() - the first line of an attribute
 * @cli: says where the bus is
 * @value: result, of SYSFS_WORD bytes; empty on error
 * @path: of the attribute
 *
 * Return: 0 or a negative errno.
 */
int sysfs_read(const struct cli *cli, char *value, const char *path, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * sysfs_write() - write one value to an attribute
 * @cli: says where the bus is
 * @value: the text, with a newline if it shall have one
 * @path: of the attribute
 *
 * Return: 0 or a negative errno, which is the kernel's answer.
 */
int sysfs_write(const struct cli *cli, const char *value, const char *path, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * sysfs_link() - the last component of where a link points
 * @cli: says where the bus is
 * @name: result, of SYSFS_WORD bytes; empty on error
 * @path: of the link
 *
 * Return: 0 or a negative errno.
 */
int sysfs_link(const struct cli *cli, char *name, const char *path, ...)
	__attribute__((format(printf, 3, 4)));

/* Is there such a path? */
bool sysfs_exists(const struct cli *cli, const char *path, ...)
	__attribute__((format(printf, 2, 3)));

/* Open a directory. Return: a file descriptor or a negative errno. */
int sysfs_open_dir(const struct cli *cli, const char *path, ...)
	__attribute__((format(printf, 2, 3)));

#endif
