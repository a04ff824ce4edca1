// SPDX-License-Identifier: GPL-2.0-only
/* The sysfs access of sysfs.h. */
#include "sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

static int open_path(const struct cli *cli, int flags, const char *format, va_list args)
{
	char path[PATH_MAX];
	int len, fd;

	len = vsnprintf(path, sizeof(path), format, args);
	if (len < 0 || (size_t)len >= sizeof(path))
		return -ENAMETOOLONG;
	fd = openat(cli->bus, path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int sysfs_read(const struct cli *cli, char *value, const char *path, ...)
{
	va_list args;
	ssize_t len;
	int fd, err;

	*value = '\0';
	va_start(args, path);
	fd = open_path(cli, O_RDONLY, path, args);
	va_end(args);
	if (fd < 0)
		return fd;
	len = read(fd, value, SYSFS_WORD - 1);
	err = errno;
	close(fd);
	if (len < 0) {
		*value = '\0';
		return -err;
	}
	value[len] = '\0';
	value[strcspn(value, "\n")] = '\0';
	clean_text(value);
	return 0;
}

int sysfs_write(const struct cli *cli, const char *value, const char *path, ...)
{
	size_t len = strlen(value);
	va_list args;
	ssize_t done;
	int fd, err;

	va_start(args, path);
	fd = open_path(cli, O_WRONLY | O_TRUNC, path, args);
	va_end(args);
	if (fd < 0)
		return fd;
	do {
		done = write(fd, value, len);
		err = errno;
	} while (done < 0 && err == EINTR);
	close(fd);
	if (done < 0)
		return -err;
	return (size_t)done == len ? 0 : -EIO;
}

int sysfs_link(const struct cli *cli, char *name, const char *format, ...)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *last;
	va_list args;
	ssize_t len;
	int ret;

	*name = '\0';
	va_start(args, format);
	ret = vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	if (ret < 0 || (size_t)ret >= sizeof(path))
		return -ENAMETOOLONG;
	len = readlinkat(cli->bus, path, target, sizeof(target) - 1);
	if (len < 0)
		return -errno;
	target[len] = '\0';
	last = strrchr(target, '/');
	last = last ? last + 1 : target;
	if (strlen(last) >= SYSFS_WORD)
		return -ENAMETOOLONG;
	strcpy(name, last);
	clean_text(name);
	return 0;
}

bool sysfs_exists(const struct cli *cli, const char *format, ...)
{
	char path[PATH_MAX];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	return len >= 0 && (size_t)len < sizeof(path) && !faccessat(cli->bus, path, F_OK, 0);
}

int sysfs_open_dir(const struct cli *cli, const char *path, ...)
{
	va_list args;
	int fd;

	va_start(args, path);
	fd = open_path(cli, O_RDONLY | O_DIRECTORY, path, args);
	va_end(args);
	return fd;
}
