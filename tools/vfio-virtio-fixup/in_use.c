// SPDX-License-Identifier: GPL-2.0-only
/*
 * What this host does with a function, for in_use.h. Its disks and interfaces are
 * found in sysfs below the function, with all that is built on them (partitions,
 * device mapper, RAID; VLANs, bridges, bonds). Whether a disk is in use is asked of
 * the kernel; the walk says by whom, and is all there is in a tree of files.
 */
#include "in_use.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "sysfs.h"

#define NAME_SIZE	64
#define MAX_VISITS	256	/* disks and interfaces of one function */
#define MAX_DEPTH	8	/* of directories, and of things built on things */

struct search {
	const struct cli *cli;
	struct phrases *uses;
	struct phrases holders;	/* of the disk that is looked at */
	int mounts_err;		/* the mounts could not be read */
	unsigned int visits;
	bool too_many;
};

struct disk {
	const char *name;
	char number[NAME_SIZE];		/* MAJOR:MINOR */
	char dm_name[NAME_SIZE + 66];	/* device mapper's name, or empty */
};

/* @dir is below a function; NULL if it is not there, or too much was visited. */
static DIR *open_below(struct search *search, int dir, const char *name, unsigned int depth)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *opened;

	if (fd < 0)
		return NULL;
	opened = depth < MAX_DEPTH ? fdopendir(fd) : NULL;
	if (!opened) {
		search->too_many = true;
		close(fd);
	}
	return opened;
}

static void read_below(int dir, const char *name, char *value, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? -1 : read(fd, value, size - 1);

	if (fd >= 0)
		close(fd);
	value[len < 0 ? 0 : len] = '\0';
	value[strcspn(value, "\n")] = '\0';
}

static FILE *open_proc(const struct search *search, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", search->cli->proc, name);
	return fopen(path, "re");
}

static bool is_node_of(const char *path, const struct disk *disk)
{
	static const char dev[] = "/dev/", mapper[] = "/dev/mapper/";

	if (*disk->dm_name && !strncmp(path, mapper, strlen(mapper)) &&
	    !strcmp(path + strlen(mapper), disk->dm_name))
		return true;
	return !strncmp(path, dev, strlen(dev)) && !strcmp(path + strlen(dev), disk->name);
}

/* proc_pid_mountinfo(5): ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [TAG...] - TYPE SOURCE */
static bool is_mount_of(const char *line, const struct disk *disk, char point[512])
{
	char number[NAME_SIZE], source[512] = "";
	const char *tail = strstr(line, " - ");

	if (sscanf(line, "%*s %*s %63s %*s %511s", number, point) != 2)
		return false;
	if (tail && sscanf(tail, " - %*s %511s", source) != 1)
		*source = '\0';
	return !strcmp(number, disk->number) || is_node_of(source, disk);
}

static void check_mounts(struct search *search, const struct disk *disk)
{
	FILE *file = open_proc(search, "self/mountinfo");
	char *line = NULL, point[512];
	size_t size = 0;

	if (!file) {
		search->mounts_err = errno;
		return;
	}
	while (getline(&line, &size, file) > 0) {
		if (is_mount_of(line, disk, point)) {
			add_phrase(search->uses, "%s is mounted on %s", disk->name, point);
			break;
		}
	}
	free(line);
	fclose(file);
}

static void check_swap(struct search *search, const struct disk *disk)
{
	FILE *file = open_proc(search, "swaps");
	char *line = NULL, path[512];
	size_t size = 0;

	if (!file)
		return;		/* a kernel without swap */
	while (getline(&line, &size, file) > 0)
		if (sscanf(line, "%511s", path) == 1 && is_node_of(path, disk))
			add_phrase(search->uses, "%s is used as swap", disk->name);
	free(line);
	fclose(file);
}

/* A disk, its partitions, and the disks that hold them. */
static void visit_disk(struct search *search, int parent, const char *name, unsigned int depth)
{
	DIR *dir = open_below(search, parent, name, depth), *holders;
	struct disk disk = { .name = name };
	struct dirent *entry;

	if (!dir)
		return;
	if (search->visits++ == MAX_VISITS) {
		search->too_many = true;
		closedir(dir);
		return;
	}
	read_below(dirfd(dir), "dev", disk.number, sizeof(disk.number));
	read_below(dirfd(dir), "dm/name", disk.dm_name, sizeof(disk.dm_name));
	check_mounts(search, &disk);
	check_swap(search, &disk);
	while ((entry = readdir(dir))) {
		char attribute[NAME_MAX + sizeof("/partition")];

		snprintf(attribute, sizeof(attribute), "%s/partition", entry->d_name);
		if (entry->d_name[0] != '.' && !faccessat(dirfd(dir), attribute, F_OK, 0))
			visit_disk(search, dirfd(dir), entry->d_name, depth + 1);
	}
	holders = open_below(search, dirfd(dir), "holders", depth);
	while (holders && (entry = readdir(holders))) {
		if (entry->d_name[0] == '.')
			continue;
		add_phrase(&search->holders, "%s", entry->d_name);
		visit_disk(search, dirfd(holders), entry->d_name, depth + 1);
	}
	if (holders)
		closedir(holders);
	closedir(dir);
}

/*
 * Whatever uses a disk, or a part of it, as its own claims it: mounts, also of other
 * namespaces, swap, device mapper, RAID, each disk of a Btrfs or of a ZFS pool. Return:
 * 0, -EBUSY, or why it cannot be asked.
 */
static int ask_kernel(int parent, const char *name)
{
	char path[NAME_MAX + sizeof("/dev/")], number[NAME_SIZE];
	unsigned int major, minor;
	struct stat status;
	int fd, err = 0;

	snprintf(path, sizeof(path), "%s/dev", name);
	read_below(parent, path, number, sizeof(number));
	snprintf(path, sizeof(path), "/dev/%s", name);
	fd = open(path, O_RDONLY | O_EXCL | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		/* Without a medium there is nothing to use. */
		return errno == ENOMEDIUM ? 0 : -errno;
	if (fstat(fd, &status) || !S_ISBLK(status.st_mode) ||
	    sscanf(number, "%u:%u", &major, &minor) != 2 || status.st_rdev != makedev(major, minor))
		err = -ENODEV;
	close(fd);
	return err;
}

static void check_disk(struct search *search, int parent, const char *name)
{
	size_t before = search->uses->count;
	int err;

	memset(&search->holders, 0, sizeof(search->holders));
	visit_disk(search, parent, name, 0);
	if (search->uses->count > before)
		return;
	if (!sysfs_is_running_kernel(search->cli)) {
		if (search->mounts_err)
			add_phrase(search->uses, "whether %s is mounted cannot be told: "
				   "%s/self/mountinfo: %s", name, search->cli->proc,
				   strerror(search->mounts_err));
		return;
	}
	err = ask_kernel(parent, name);
	if (err == -EBUSY && search->holders.count)
		add_phrase(search->uses, "%s is in use by %s", name, search->holders.text);
	else if (err == -EBUSY)
		add_phrase(search->uses, "the kernel says that %s is in use, such as by ZFS, as a "
			   "second disk of a file system, or in another mount namespace", name);
	/* Who may not ask may not bind either, and hears so then. */
	else if (err && !(err == -EACCES && geteuid()))
		add_phrase(search->uses, "whether %s is in use cannot be told: /dev/%s: %s", name,
			   name, strerror(-err));
}

#define ROUTE_UP	0x0001
#define ROUTE_REJECT	0x0200

static bool is_default_route4(const char *line, char *interface)
{
	unsigned int destination, flags, mask;

	return sscanf(line, "%63s %8x %*s %x %*s %*s %*s %8x", interface, &destination, &flags,
		      &mask) == 4 && !destination && !mask &&
	       flags & ROUTE_UP && !(flags & ROUTE_REJECT);
}

static bool is_default_route6(const char *line, char *interface)
{
	unsigned int prefix, flags;
	char destination[33];

	return sscanf(line, "%32s %2x %*s %*s %*s %*s %*s %*s %x %63s", destination, &prefix,
		      &flags, interface) == 4 && !prefix &&
	       strspn(destination, "0") == strlen(destination) &&
	       flags & ROUTE_UP && !(flags & ROUTE_REJECT);
}

static void check_routes(struct search *search, const char *name, const char *proc,
			 const char *protocol,
			 bool (*is_default)(const char *line, char *interface))
{
	FILE *file = open_proc(search, proc);
	char *line = NULL, interface[NAME_SIZE];
	size_t size = 0;

	if (!file) {
		if (errno != ENOENT)
			add_phrase(search->uses, "the default route cannot be found out: %s/%s: %s",
				   search->cli->proc, proc, strerror(errno));
		return;
	}
	while (getline(&line, &size, file) > 0)
		if (is_default(line, interface) && !strcmp(interface, name))
			add_phrase(search->uses, "%s carries the default route (%s)", name,
				   protocol);
	free(line);
	fclose(file);
}

/* An interface and those above it. */
static void visit_interface(struct search *search, int parent, const char *name,
			    const char *path, unsigned int depth)
{
	static const char upper[] = "upper_";
	DIR *dir = open_below(search, parent, path, depth);
	struct dirent *entry;

	if (!dir)
		return;
	if (search->visits++ == MAX_VISITS) {
		search->too_many = true;
		closedir(dir);
		return;
	}
	check_routes(search, name, "net/route", "IPv4", is_default_route4);
	check_routes(search, name, "net/ipv6_route", "IPv6", is_default_route6);
	while ((entry = readdir(dir)))
		if (!strncmp(entry->d_name, upper, strlen(upper)))
			visit_interface(search, dirfd(dir), entry->d_name + strlen(upper),
					entry->d_name, depth + 1);
	closedir(dir);
}

/* Directories only, no links: those lead out of the function. */
static void walk(struct search *search, DIR *dir, unsigned int depth, bool is_block, bool is_net)
{
	struct dirent *entry;
	struct stat status;
	DIR *below;

	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (name[0] == '.' || (!depth && strncmp(name, "virtio", strlen("virtio"))) ||
		    fstatat(dirfd(dir), name, &status, AT_SYMLINK_NOFOLLOW) ||
		    !S_ISDIR(status.st_mode))
			continue;
		if (is_block) {
			check_disk(search, dirfd(dir), name);
		} else if (is_net) {
			visit_interface(search, dirfd(dir), name, name, 0);
		} else {
			below = open_below(search, dirfd(dir), name, depth);
			if (!below)
				continue;
			walk(search, below, depth + 1, !strcmp(name, "block"),
			     !strcmp(name, "net"));
			closedir(below);
		}
	}
}

void find_host_uses(const struct cli *cli, const char *address, struct phrases *uses)
{
	struct search search = { .cli = cli, .uses = uses };
	DIR *dir = sysfs_open_dir(cli, AT("devices/%s", address));

	if (!dir) {
		add_phrase(uses, "what this host does with it cannot be found out: %s",
			   strerror(errno));
		return;
	}
	walk(&search, dir, 0, false, false);
	if (search.too_many)
		add_phrase(uses, "it has more disks or interfaces than can be checked");
	closedir(dir);
}
