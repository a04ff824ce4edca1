// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lock of act.h: a byte of drivers_probe, the file by which all ask the kernel for a
 * driver. Only root can open it for writing, so nobody else can keep root waiting; it is
 * there with a read-only /run, and in an initramfs; and nothing is left behind.
 */
#include "act.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sysfs.h"

#define WAITS_PER_SECOND	20

static int file = -1;

/* The number of its IOMMU group. Functions without one share a byte: these are few. */
static off_t byte_of(const char *address)
{
	const char *group = sysfs_link(AT("devices/%s/iommu_group", address));

	return *group ? strtol(group, NULL, 10) + 1 : 0;
}

/* This is said once. The number is 0 for a process of another PID namespace. */
static void say_who(const struct flock *wanted, const char *address, bool *is_said)
{
	struct flock other = *wanted;

	if (*is_said || fcntl(file, F_GETLK, &other) || other.l_type == F_UNLCK)
		return;
	*is_said = true;
	report_warning(address, "waiting for process %d, which changes it or its IOMMU group, for "
		       "at most %u s", (int)other.l_pid, cli->timeout);
}

/* fcntl() has two errors for a lock that another process has. Return: 0, or -errno. */
static int take(struct flock *lock, const char *address)
{
	unsigned int waits = cli->timeout * WAITS_PER_SECOND;
	bool is_said = false;

	while (fcntl(file, F_SETLK, lock)) {
		if (errno != EAGAIN && errno != EACCES)
			return -errno;
		say_who(lock, address, &is_said);
		if (!waits--)
			return -EAGAIN;
		usleep(1000000 / WAITS_PER_SECOND);
	}
	return 0;
}

int lock_function(const char *address)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
	int err;

	lock.l_start = byte_of(address);
	file = openat(cli->bus, "drivers_probe", O_WRONLY | O_CLOEXEC);
	err = file < 0 ? -errno : take(&lock, address);
	/* Who may not open it may change nothing, and hears so from what is tried. */
	if (!err || err == -EACCES || err == -EPERM || err == -EROFS)
		return CLI_DONE;
	unlock_function();
	if (err == -EAGAIN)
		report_error(address, "not changed: another process has been changing it or its IOMMU "
			     "group for %u s; see what that waits for", cli->timeout);
	else
		report_error(address, "not changed: it cannot be locked: %s", strerror(-err));
	return CLI_FAILED;
}

void unlock_function(void)
{
	if (file >= 0)
		close(file);
	file = -1;
}
