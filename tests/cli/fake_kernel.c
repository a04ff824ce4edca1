// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes a fake sysfs tree react: preloaded into the command-line tool, it does
 * to the tree's links what a kernel does when bind, unbind or drivers_probe are
 * written to, and what the driver does when measure is, and its guard when another VFIO
 * driver is bound to a function that has a record. Every write still lands in the file,
 * where the test finds it.
 *
 *   FAKE_WRITE_FAILS  "END:ERRNO": a write to a path with that end fails
 *   FAKE_HANGS        a write to a path with that end does not come back
 *   FAKE_PROBE_FAILS  name of a driver that takes no function
 *   FAKE_PAGE_SIZE    the size of this host's pages
 *   FAKE_EUID         the effective user ID the tool shall see
 *   FAKE_ETC          the rules of this machine are those in the current directory
 *   FAKE_SYNCED       what is synced and renamed is noted in this file, in its order
 *   FAKE_MODULE       the tree is the running kernel's, and loading a module ends so:
 *                     "loaded", "absent", "idle": it registers no driver, or an errno
 *   FAKE_DISK         the tree is the running kernel's, and /dev/NAME is the disk
 *                     NAME:MAJOR:MINOR, or with an errno NAME:MAJOR:MINOR:ERRNO cannot
 *                     be opened by one who wants it alone
 *
 * A function's default driver is named in its file fake_default. The record that it has
 * from its first bind to a VFIO driver on is fake_record until then. What measuring it
 * changes stands in virtio_fixup/fake_measure: NAME=VALUE of files, or errno=N for
 * a failure, a line each; and in fake_guard, what the guard makes of it. A function whose
 * group a driver of the host shares is vetoed, as it cannot be measured.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libkmod.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

static int ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

static void read_word(const char *path, char *word, size_t size)
{
	FILE *file = fopen(path, "r");

	*word = '\0';
	if (!file)
		return;
	if (!fgets(word, (int)size, file))
		*word = '\0';
	fclose(file);
	word[strcspn(word, "\n")] = '\0';
}

/* Write the files of the record that something changes; the last errno=N is its outcome. */
static int change(const char *record, const char *changes_name)
{
	char line[512], file[PATH_MAX], *value;
	FILE *changes, *changed;
	int err = 0;

	if (snprintf(file, sizeof(file), "%s/%s", record, changes_name) < 0)
		return -ENAMETOOLONG;
	changes = fopen(file, "r");
	while (changes && fgets(line, sizeof(line), changes)) {
		value = strchr(line, '=');
		if (!value)
			continue;
		*value++ = '\0';
		if (!strcmp(line, "errno")) {
			err = -atoi(value);
			continue;
		}
		changed = snprintf(file, sizeof(file), "%s/%s", record, line) < 0 ? NULL :
			  fopen(file, "w");
		if (!changed)
			continue;
		fputs(value, changed);
		fclose(changed);
	}
	if (changes)
		fclose(changes);
	return err;
}

static void set(const char *record, const char *name, const char *value)
{
	char path[PATH_MAX];
	FILE *file;

	if (snprintf(path, sizeof(path), "%s/%s", record, name) < 0 || access(record, F_OK))
		return;
	file = fopen(path, "w");
	if (!file)
		return;
	fprintf(file, "%s\n", value);
	fclose(file);
}

/* Has a driver of the host another member of its group? */
static int group_is_shared(const char *bus, const char *address)
{
	char path[PATH_MAX], target[PATH_MAX];
	struct dirent *member;
	int shared = 0;
	ssize_t len;
	DIR *dir;

	if (snprintf(path, sizeof(path), "%s/devices/%s/iommu_group/devices", bus, address) < 0)
		return 0;
	dir = opendir(path);
	while (dir && (member = readdir(dir))) {
		if (snprintf(path, sizeof(path), "%s/devices/%s/driver", bus, member->d_name) < 0 ||
		    !strcmp(member->d_name, address))
			continue;
		len = readlink(path, target, sizeof(target) - 1);
		target[len > 0 ? len : 0] = '\0';
		shared |= ends_with(target, "/virtio-pci");
	}
	if (dir)
		closedir(dir);
	return shared;
}

/* What the guard does when @driver is about to be bound. */
static int guard(const char *bus, const char *address, const char *driver)
{
	char record[PATH_MAX], path[PATH_MAX + 8], word[32];

	if (snprintf(record, sizeof(record), "%s/devices/%s/virtio_fixup", bus, address) < 0)
		return -ENAMETOOLONG;
	set(record, "guard", "off");
	if (!strstr(driver, "vfio") || !strcmp(driver, "virtio_fixup_vfio_pci") ||
	    access(record, F_OK))
		return 0;
	set(record, "guard", "admitted");
	change(record, "fake_guard");
	if (group_is_shared(bus, address)) {
		set(record, "guard", "vetoed");
		set(record, "admitted", "0");
		set(record, "reason", "its IOMMU group is in use");
	}
	snprintf(path, sizeof(path), "%s/guard", record);
	read_word(path, word, sizeof(word));
	return strcmp(word, "vetoed") ? 0 : -ENODEV;
}

/* The module keeps a record from the first bind to a VFIO driver on. */
static void make_record(const char *bus, const char *address, const char *driver)
{
	char later[PATH_MAX], record[PATH_MAX];

	if (strstr(driver, "vfio") &&
	    snprintf(later, sizeof(later), "%s/devices/%s/fake_record", bus, address) > 0 &&
	    snprintf(record, sizeof(record), "%s/devices/%s/virtio_fixup", bus, address) > 0)
		rename(later, record);
}

/* Bind as the kernel does: if the driver is there, takes it, and nobody has it. */
static int bind(const char *bus, const char *address, const char *driver)
{
	const char *refuses = getenv("FAKE_PROBE_FAILS");
	char path[PATH_MAX], target[PATH_MAX];
	int err;

	if (refuses && !strcmp(refuses, driver))
		return -EINVAL;
	if (snprintf(path, sizeof(path), "%s/drivers/%s", bus, driver) < 0 ||
	    access(path, F_OK))
		return 0;
	if (snprintf(path, sizeof(path), "%s/devices/%s/driver", bus, address) < 0 ||
	    snprintf(target, sizeof(target), "../../../bus/pci/drivers/%s", driver) < 0)
		return -ENAMETOOLONG;
	make_record(bus, address, driver);
	err = guard(bus, address, driver);
	return err ? err : symlink(target, path) ? -errno : 0;
}

static int probe(const char *bus, const char *address)
{
	char path[PATH_MAX], driver[128];

	if (snprintf(path, sizeof(path), "%s/devices/%s/driver_override", bus, address) < 0)
		return -ENAMETOOLONG;
	read_word(path, driver, sizeof(driver));
	if (*driver && strcmp(driver, "(null)"))
		return bind(bus, address, driver);
	if (snprintf(path, sizeof(path), "%s/devices/%s/fake_default", bus, address) < 0)
		return -ENAMETOOLONG;
	read_word(path, driver, sizeof(driver));
	return *driver ? bind(bus, address, driver) : 0;
}

/* What writing @address to @path of the bus does. */
static int react(char *path, const char *address)
{
	char link[PATH_MAX], *driver = strstr(path, "/bus/pci/drivers/"), *end;

	if (ends_with(path, "/bus/pci/drivers_probe")) {
		*strrchr(path, '/') = '\0';
		return probe(path, address);
	}
	if (ends_with(path, "/virtio_fixup/measure")) {
		*strrchr(path, '/') = '\0';
		return change(path, "fake_measure");
	}
	if (!driver)
		return 0;
	*(driver + strlen("/bus/pci")) = '\0';
	driver += strlen("/bus/pci/drivers/");
	end = strchr(driver, '/');
	if (!end)
		return 0;
	*end++ = '\0';
	if (!strcmp(end, "bind"))
		return bind(path, address, driver);
	if (!strcmp(end, "unbind") &&
	    snprintf(link, sizeof(link), "%s/devices/%s/driver", path, address) > 0) {
		unlink(link);
		guard(path, address, "none");
	}
	return 0;
}

static int wanted_failure(const char *path)
{
	const char *setting = getenv("FAKE_WRITE_FAILS");
	char end[256];
	int err;

	if (setting && sscanf(setting, "%255[^:]:%d", end, &err) == 2 && ends_with(path, end))
		return err;
	return 0;
}

/* Until the tool has ended: a test leaves no process behind. */
static void hang_if_wanted(const char *path)
{
	const char *end = getenv("FAKE_HANGS");
	pid_t tool = getppid();

	if (!end || !ends_with(path, end))
		return;
	while (getppid() == tool)
		usleep(10000);
	_exit(1);
}

ssize_t write(int fd, const void *data, size_t size)
{
	static ssize_t (*real)(int fd, const void *data, size_t size);
	char link[64], path[PATH_MAX], value[256];
	ssize_t len;
	int err;

	if (!real)
		real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	if (len <= 0 || size >= sizeof(value))
		return real(fd, data, size);
	path[len] = '\0';
	err = wanted_failure(path);
	if (err) {
		errno = err;
		return -1;
	}
	hang_if_wanted(path);
	memcpy(value, data, size);
	value[size] = '\0';
	value[strcspn(value, "\n")] = '\0';
	len = real(fd, data, size);
	if (len < 0)
		return len;
	err = react(path, value);
	if (err) {
		errno = -err;
		return -1;
	}
	return len;
}

int fstatfs(int fd, struct statfs *status)
{
	static int (*real)(int fd, struct statfs *status);
	int ret;

	if (!real)
		real = (int (*)(int, struct statfs *))dlsym(RTLD_NEXT, "fstatfs");
	ret = real(fd, status);
	if (!ret && (getenv("FAKE_MODULE") || getenv("FAKE_DISK")))
		status->f_type = SYSFS_MAGIC;
	return ret;
}

/* A path of the rules of this machine, as it is to be opened. */
static const char *of_this_machine(const char *path)
{
	return getenv("FAKE_ETC") && !strncmp(path, "/etc/vfio-virtio-fixup", 22) ? path + 1 : path;
}

DIR *opendir(const char *path)
{
	static DIR *(*real)(const char *path);

	if (!real)
		real = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");
	return real(of_this_machine(path));
}

static int disk_fd = -1;

/* @err and @number are set if @path is /dev/NAME of FAKE_DISK. */
static int is_disk(const char *path, dev_t *number, int *err)
{
	const char *setting = getenv("FAKE_DISK");
	unsigned int major, minor;
	char name[64];

	*err = 0;
	if (!setting ||
	    sscanf(setting, "%63[^:]:%u:%u:%d", name, &major, &minor, err) < 3)
		return 0;
	*number = makedev(major, minor);
	return !path || (!strncmp(path, "/dev/", 5) && !strcmp(path + 5, name));
}

int open(const char *path, int flags, ...)
{
	static int (*real)(const char *path, int flags, ...);
	dev_t number;
	int err;

	if (!real)
		real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
	if (!is_disk(path, &number, &err) || !(flags & O_EXCL))
		return real(of_this_machine(path), flags);
	if (err) {
		errno = err;
		return -1;
	}
	disk_fd = real("/dev/null", O_RDONLY);
	return disk_fd;
}

int fstat(int fd, struct stat *status)
{
	static int (*real)(int fd, struct stat *status);
	dev_t number;
	int ret, err;

	if (!real)
		real = (int (*)(int, struct stat *))dlsym(RTLD_NEXT, "fstat");
	ret = real(fd, status);
	if (!ret && fd == disk_fd && is_disk(NULL, &number, &err)) {
		status->st_mode = S_IFBLK;
		status->st_rdev = number;
	}
	return ret;
}

const char *kmod_module_get_path(const struct kmod_module *module)
{
	const char *outcome = getenv("FAKE_MODULE");

	(void)module;
	return outcome && !strcmp(outcome, "absent") ? NULL : "/lib/modules/driver.ko";
}

int kmod_module_probe_insert_module(struct kmod_module *module, unsigned int flags,
				    const char *options,
				    int (*install)(struct kmod_module *module, const char *line,
						   void *data),
				    const void *data, void (*print)(struct kmod_module *module,
								    bool install,
								    const char *options))
{
	const char *outcome = getenv("FAKE_MODULE");
	char path[PATH_MAX];

	(void)flags, (void)options, (void)install, (void)data, (void)print;
	if (!outcome)
		return -ENOSYS;
	if (!strcmp(outcome, "absent"))
		return -ENOENT;
	if (strcmp(outcome, "loaded"))
		return -atoi(outcome);
	snprintf(path, sizeof(path), "sys/bus/pci/drivers/%s", kmod_module_get_name(module));
	return mkdir(path, 0777) ? -errno : 0;
}

static void note(const char *text)
{
	const char *path = getenv("FAKE_SYNCED");
	FILE *file = path ? fopen(path, "a") : NULL;

	if (!file)
		return;
	fputs(text, file);
	fclose(file);
}

int fsync(int fd)
{
	static int (*real)(int fd);
	struct stat status;

	if (!real)
		real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	if (!fstat(fd, &status))
		note(S_ISDIR(status.st_mode) ? "folder synced\n" :
		     status.st_size ? "file synced\n" : "empty file synced\n");
	return real(fd);
}

int rename(const char *from, const char *to)
{
	static int (*real)(const char *from, const char *to);

	if (!real)
		real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
	note("renamed\n");
	return real(from, to);
}

long sysconf(int name)
{
	static long (*real)(int name);
	const char *size = getenv("FAKE_PAGE_SIZE");

	if (!real)
		real = (long (*)(int))dlsym(RTLD_NEXT, "sysconf");
	return name == _SC_PAGESIZE && size ? atol(size) : real(name);
}

uid_t geteuid(void)
{
	const char *id = getenv("FAKE_EUID");

	return id ? (uid_t)atoi(id) : 0;
}
