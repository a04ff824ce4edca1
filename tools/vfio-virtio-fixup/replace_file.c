// SPDX-License-Identifier: GPL-2.0-only
/* Making a file anew: a temporary file beside the old one, and a rename. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING	".new"

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

/* The new name lasts when power fails, too. Return: 0, or an errno. */
static int sync_folder(const char *path)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = 0;

	if (folder < 0)
		return errno;
	if (fsync(folder))
		err = errno;
	close(folder);
	return err;
}

/* Return: 0, or an errno. The file is closed. */
static int fill(int fd, const char *text)
{
	int err = 0;

	if (write_all(fd, text) || fchmod(fd, 0644) || fsync(fd))
		err = errno;
	if (close(fd) && !err)
		err = errno;
	return err;
}

int replace_file(const char *path, const char *text)
{
	const char *slash = strrchr(path, '/');
	int length = slash ? (int)(slash + 1 - path) : 0;
	char temporary[PATH_MAX];
	int fd, err;

	/* Whoever collects files of a folder looks at none whose name begins with a dot. */
	if (snprintf(temporary, sizeof(temporary), "%.*s.%s.XXXXXX" ENDING, length, path,
		     path + length) >= (int)sizeof(temporary))
		return ENAMETOOLONG;
	fd = mkostemps(temporary, strlen(ENDING), O_CLOEXEC);
	if (fd < 0)
		return errno;
	err = fill(fd, text);
	if (!err && rename(temporary, path))
		err = errno;
	if (err) {
		unlink(temporary);
		return err;
	}
	temporary[length] = '\0';
	return sync_folder(length ? temporary : ".");
}
