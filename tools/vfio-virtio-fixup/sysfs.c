// SPDX-License-Identifier: GPL-2.0-only
/* The sysfs access of sysfs.h. */
#include "sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <sys/wait.h>
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

static int write_now(const struct cli *cli, const char *value, const char *path)
{
	int fd = openat(cli->bus, path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	size_t len = strlen(value);
	ssize_t done;

	if (fd < 0)
		return errno;
	do {
		done = write(fd, value, len);
	} while (done < 0 && errno == EINTR);
	if (done < 0)
		return errno;
	return (size_t)done == len ? 0 : EIO;
}

/* A write may wait for ever, and then no signal ends it: so a child waits. */
int sysfs_write(const struct cli *cli, const char *value, const char *path)
{
	struct pollfd ended;
	int ends[2], status, null, ret;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	child = fork();
	if (!child) {
		/* Whoever reads this tool's output shall not wait for the child. */
		null = open("/dev/null", O_RDWR);
		for (ret = STDIN_FILENO; ret <= STDERR_FILENO; ret++)
			dup2(null, ret);
		_exit(write_now(cli, value, path));
	}
	ret = child < 0 ? -errno : 0;
	close(ends[1]);
	ended = (struct pollfd){ .fd = ends[0] };
	while (!ret) {
		int count = poll(&ended, 1, (int)cli->timeout * 1000);

		if (count > 0)
			break;
		if (!count || errno != EINTR)
			ret = SYSFS_WAITING;
	}
	close(ends[0]);
	if (ret)
		return ret;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

const char *sysfs_error_text(const struct cli *cli, int err)
{
	static char text[80];

	if (err != SYSFS_WAITING)
		return strerror(-err);
	snprintf(text, sizeof(text), "the kernel has not done it after %u s, and goes on trying",
		 cli->timeout);
	return text;
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
