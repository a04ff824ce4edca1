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
#include <sys/syscall.h>
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

int sysfs_read_in(int folder, char *value, const char *path)
{
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC), err;
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

int sysfs_read(char *value, const char *path)
{
	return sysfs_read_in(cli->bus, value, path);
}

/* In a child. The errno of the kernel's answer is the exit code. */
static void __attribute__((noreturn)) write_and_exit(const char *value, const char *path)
{
	int fd, i, null = open("/dev/null", O_RDWR);
	size_t len = strlen(value);
	ssize_t done;

	/* Who waits until a file of this tool's caller is closed shall not wait for the child. */
	for (i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		dup2(null, i);
	fd = openat(cli->bus, path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0)
		_exit(errno);
	fd = dup2(fd, STDERR_FILENO + 1);
	close_range((unsigned int)fd + 1, ~0u, 0);
	do {
		done = write(fd, value, len);
	} while (done < 0 && errno == EINTR);
	_exit(done < 0 ? errno : (size_t)done == len ? 0 : EIO);
}

/* A write may wait for ever, and then no signal ends it: so a child waits. */
int sysfs_write(const char *value, const char *path)
{
	struct pollfd ended = { .events = POLLIN };
	int status, count;
	pid_t child = fork();

	if (!child)
		write_and_exit(value, path);
	if (child < 0)
		return -errno;
	ended.fd = (int)syscall(SYS_pidfd_open, child, 0);
	do {
		count = poll(&ended, 1, (int)cli->timeout * 1000);
	} while (count < 0 && errno == EINTR);
	close(ended.fd);
	if (!count)
		return SYSFS_WAITING;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

const char *sysfs_error_text(int err)
{
	static char text[80];

	if ((err == -EACCES || err == -EPERM) && geteuid())
		return "only root may do that; run this as root";
	if (err != SYSFS_WAITING)
		return strerror(-err);
	snprintf(text, sizeof(text), "the kernel has not done it after %u s, and goes on trying",
		 cli->timeout);
	return text;
}

char *sysfs_target(const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlinkat(cli->bus, path, target, sizeof(target) - 1);

	target[len > 0 ? len : 0] = '\0';
	return new_text("%s", target);
}

char *sysfs_link(const char *path)
{
	char *target = sysfs_target(path), *slash = strrchr(target, '/');

	return slash ? slash + 1 : target;
}

bool sysfs_exists(const char *path)
{
	return !faccessat(cli->bus, path, F_OK, 0);
}

bool sysfs_is_running_kernel(void)
{
	struct statfs status;

	return !fstatfs(cli->bus, &status) && status.f_type == SYSFS_MAGIC;
}

DIR *sysfs_open_dir(const char *path)
{
	int fd = openat(cli->bus, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}
