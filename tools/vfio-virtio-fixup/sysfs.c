// SPDX-License-Identifier: GPL-2.0-only
/* The sysfs access of sysfs.h. */
#include "sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "output.h"

struct sysfs_path sysfs_path(const char *format, ...)
{
	struct sysfs_path path;
	va_list args;

	va_start(args, format);
	vsnprintf(path.text, sizeof(path.text), format, args);
	va_end(args);
	return path;
}

int sysfs_read(const struct cli *cli, char *value, const char *path)
{
	int fd = openat(cli->bus, path, O_RDONLY | O_CLOEXEC), err;
	ssize_t len;

	*value = '\0';
	if (fd < 0)
		return -errno;
	len = read(fd, value, SYSFS_WORD - 1);
	err = errno;
	close(fd);
	if (len < 0)
		return -err;
	value[len] = '\0';
	value[strcspn(value, "\n")] = '\0';
	clean_text(value);
	return 0;
}

int sysfs_write(const struct cli *cli, const char *value, const char *path)
{
	int fd = openat(cli->bus, path, O_WRONLY | O_TRUNC | O_CLOEXEC), err;
	size_t len = strlen(value);
	ssize_t done;

	if (fd < 0)
		return -errno;
	do {
		done = write(fd, value, len);
		err = errno;
	} while (done < 0 && err == EINTR);
	close(fd);
	if (done < 0)
		return -err;
	return (size_t)done == len ? 0 : -EIO;
}

char *sysfs_link(const struct cli *cli, const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlinkat(cli->bus, path, target, sizeof(target) - 1);
	const char *slash;

	target[len > 0 ? len : 0] = '\0';
	slash = strrchr(target, '/');
	return new_text("%s", slash ? slash + 1 : target);
}

bool sysfs_exists(const struct cli *cli, const char *path)
{
	return !faccessat(cli->bus, path, F_OK, 0);
}

bool sysfs_is_running_kernel(const struct cli *cli)
{
	struct statfs status;

	return !fstatfs(cli->bus, &status) && status.f_type == SYSFS_MAGIC;
}

DIR *sysfs_open_dir(const struct cli *cli, const char *path)
{
	int fd = openat(cli->bus, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}
