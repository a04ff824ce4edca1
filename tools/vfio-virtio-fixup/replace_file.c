// SPDX-License-Identifier: GPL-2.0-only
/* The writing of replace_file.h: a temporary file beside the old one, and a rename. */
#include "replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "output.h"

static int write_all(int fd, const char *text)
{
	size_t left = strlen(text);
	ssize_t written;

	while (left) {
		written = write(fd, text, left);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		text += written;
		left -= (size_t)written;
	}
	return 0;
}

/* Others may read it, as the umask has it for any new file. */
static mode_t mode_of_new_file(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

int replace_file(const char *path, const char *text)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash + 1 - path) : 0;
	char temporary[PATH_MAX];
	int fd, failed;

	/* Whoever collects files of a folder looks at none whose name begins with a dot. */
	if (snprintf(temporary, sizeof(temporary), "%.*s.%s.XXXXXX", folder, path,
		     path + folder) >= (int)sizeof(temporary)) {
		report_error(path, "the name is too long");
		return CLI_FAILED;
	}
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		report_error(path, "not written: %s", strerror(errno));
		return CLI_FAILED;
	}
	failed = write_all(fd, text) || fchmod(fd, mode_of_new_file()) || fsync(fd);
	failed |= close(fd);
	if (!failed && !rename(temporary, path))
		return CLI_DONE;
	report_error(path, "not written: %s", strerror(errno));
	unlink(temporary);
	return CLI_FAILED;
}
