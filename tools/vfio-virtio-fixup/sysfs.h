/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to the PCI bus in sysfs. All paths are relative to its directory; what is
 * read is bounded and cleaned. Errors are a negative errno.
 */
#ifndef SYSFS_H
#define SYSFS_H

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>

#include "cli.h"

#define SYSFS_WORD	512	/* longest value read, with its terminator */

struct sysfs_path {
	char text[PATH_MAX];
};

/* A path, worded as printf() does: sysfs_read(value, AT("drivers/%s", name)). */
struct sysfs_path sysfs_path(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define AT(...)	(sysfs_path(__VA_ARGS__).text)

/* The first line of an attribute, into SYSFS_WORD bytes, which are empty on error. */
int sysfs_read(char *value, const char *path);

/* The same of a file in a folder that the caller has opened. */
int sysfs_read_in(int folder, char *value, const char *path);

/*
 * Write a value, with a newline if it shall have one. The error is the kernel's answer;
 * or SYSFS_WAITING: it has not answered in time, and goes on with it.
 */
int sysfs_write(const char *value, const char *path);

#define SYSFS_WAITING	(-4096)		/* no errno */

/* An error in words. */
const char *sysfs_error_text(int err);

/* Where a link points, or ""; and the last component of that. */
char *sysfs_target(const char *path);
char *sysfs_link(const char *path);

bool sysfs_exists(const char *path);

/* Is it the running kernel's own, and no tree of files that looks like one? */
bool sysfs_is_running_kernel(void);

/* Or NULL; errno says why. */
DIR *sysfs_open_dir(const char *path);

#endif
