// SPDX-License-Identifier: GPL-2.0-only
/*
 * What this host does with a function, for in_use.h: its disks and interfaces
 * are found in sysfs below the function, with all that is built on them
 * (partitions, device mapper, RAID; VLANs, bridges, bonds), and looked up in the
 * host's mounts, swap and routes.
 */
#include "in_use.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"
#include "sysfs.h"

#define NAME_SIZE	64
#define DM_NAME_SIZE	130
#define MAX_USERS	256	/* disks or interfaces of one function */
#define MAX_DEPTH	8	/* of directories, and of things built on things */

struct disk {
	char name[NAME_SIZE];
	char number[NAME_SIZE];		/* MAJOR:MINOR */
	char dm_name[DM_NAME_SIZE];	/* device mapper's name, or empty */
};

struct interface {
	char name[NAME_SIZE];
};

struct found {
	struct disk disks[MAX_USERS];
	size_t nr_disks;
	struct interface interfaces[MAX_USERS];
	size_t nr_interfaces;
	bool too_many;
};

static DIR *open_below(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *opened;

	if (fd < 0)
		return NULL;
	opened = fdopendir(fd);
	if (!opened)
		close(fd);
	return opened;
}

static void read_below(int dir, const char *name, char *value, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	*value = '\0';
	if (fd < 0)
		return;
	len = read(fd, value, size - 1);
	close(fd);
	if (len < 0)
		len = 0;
	value[len] = '\0';
	value[strcspn(value, "\n")] = '\0';
}

/* A disk, its partitions, and the disks that hold them. */
static void add_disk(struct found *found, int parent, const char *name, const char *path,
		     unsigned int depth)
{
	DIR *dir = open_below(parent, path), *holders;
	struct dirent *entry;
	struct disk *disk;

	if (!dir)
		return;
	if (found->nr_disks == MAX_USERS || depth == MAX_DEPTH) {
		found->too_many = true;
		closedir(dir);
		return;
	}
	disk = &found->disks[found->nr_disks++];
	snprintf(disk->name, sizeof(disk->name), "%s", name);
	read_below(dirfd(dir), "dev", disk->number, sizeof(disk->number));
	read_below(dirfd(dir), "dm/name", disk->dm_name, sizeof(disk->dm_name));

	while ((entry = readdir(dir))) {
		char attribute[NAME_MAX + sizeof("/partition")];

		snprintf(attribute, sizeof(attribute), "%s/partition", entry->d_name);
		if (entry->d_name[0] != '.' && !faccessat(dirfd(dir), attribute, F_OK, 0))
			add_disk(found, dirfd(dir), entry->d_name, entry->d_name, depth + 1);
	}
	holders = open_below(dirfd(dir), "holders");
	while (holders && (entry = readdir(holders)))
		if (entry->d_name[0] != '.')
			add_disk(found, dirfd(holders), entry->d_name, entry->d_name, depth + 1);
	if (holders)
		closedir(holders);
	closedir(dir);
}

/* An interface and those above it. */
static void add_interface(struct found *found, int parent, const char *name, const char *path,
			  unsigned int depth)
{
	static const char upper[] = "upper_";
	DIR *dir = open_below(parent, path);
	struct dirent *entry;

	if (!dir)
		return;
	if (found->nr_interfaces == MAX_USERS || depth == MAX_DEPTH) {
		found->too_many = true;
		closedir(dir);
		return;
	}
	snprintf(found->interfaces[found->nr_interfaces++].name, NAME_SIZE, "%s", name);
	while ((entry = readdir(dir)))
		if (!strncmp(entry->d_name, upper, sizeof(upper) - 1))
			add_interface(found, dirfd(dir), entry->d_name + sizeof(upper) - 1,
				      entry->d_name, depth + 1);
	closedir(dir);
}

static void add_members(struct found *found, int parent, const char *class)
{
	DIR *dir = open_below(parent, class);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (!strcmp(class, "block"))
			add_disk(found, dirfd(dir), entry->d_name, entry->d_name, 0);
		else
			add_interface(found, dirfd(dir), entry->d_name, entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

/* Directories only, no links: those lead out of the function. */
static void walk(struct found *found, DIR *dir, unsigned int depth)
{
	struct dirent *entry;
	struct stat status;

	while ((entry = readdir(dir))) {
		DIR *below;

		if (entry->d_name[0] == '.' ||
		    (!depth && strncmp(entry->d_name, "virtio", strlen("virtio"))) ||
		    fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) ||
		    !S_ISDIR(status.st_mode))
			continue;
		if (!strcmp(entry->d_name, "block") || !strcmp(entry->d_name, "net")) {
			add_members(found, dirfd(dir), entry->d_name);
			continue;
		}
		below = depth < MAX_DEPTH ? open_below(dirfd(dir), entry->d_name) : NULL;
		if (!below)
			continue;
		walk(found, below, depth + 1);
		closedir(below);
	}
}

static FILE *open_proc(const struct cli *cli, const char *name)
{
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/%s", cli->proc, name);

	if (len < 0 || (size_t)len >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
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
static void check_mount(struct found *found, char *line, bool *reported,
			struct phrases *uses)
{
	char number[NAME_SIZE], point[512], source[512];
	char *tail = strstr(line, " - ");
	size_t i;

	*source = '\0';
	if (sscanf(line, "%*s %*s %63s %*s %511s", number, point) != 2)
		return;
	if (tail && sscanf(tail, " - %*s %511s", source) != 1)
		*source = '\0';
	for (i = 0; i < found->nr_disks; i++) {
		if (reported[i] || (strcmp(number, found->disks[i].number) &&
				    !is_node_of(source, &found->disks[i])))
			continue;
		add_phrase(uses, "%s is mounted on %s", found->disks[i].name, point);
		reported[i] = true;
	}
}

static void check_mounts(const struct cli *cli, struct found *found, struct phrases *uses)
{
	FILE *file = open_proc(cli, "self/mountinfo");
	bool reported[MAX_USERS] = { false };
	char *line = NULL;
	size_t size = 0;

	if (!file) {
		add_phrase(uses, "whether %s is mounted cannot be told: %s/self/mountinfo: %s",
			    found->disks[0].name, cli->proc, strerror(errno));
		return;
	}
	while (getline(&line, &size, file) > 0)
		check_mount(found, line, reported, uses);
	free(line);
	fclose(file);
}

static void check_swap(const struct cli *cli, struct found *found, struct phrases *uses)
{
	FILE *file = open_proc(cli, "swaps");
	char *line = NULL, path[512];
	size_t size = 0, i;

	if (!file)
		return;		/* a kernel without swap */
	while (getline(&line, &size, file) > 0) {
		if (sscanf(line, "%511s", path) != 1)
			continue;
		for (i = 0; i < found->nr_disks; i++)
			if (is_node_of(path, &found->disks[i]))
				add_phrase(uses, "%s is used as swap", found->disks[i].name);
	}
	free(line);
	fclose(file);
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

static void check_routes(const struct cli *cli, const char *name, struct found *found,
			 bool (*is_default)(const char *line, char *interface),
			 struct phrases *uses)
{
	FILE *file = open_proc(cli, name);
	char *line = NULL, interface[NAME_SIZE];
	size_t size = 0, i;

	if (!file) {
		if (errno != ENOENT)
			add_phrase(uses, "the default route cannot be found out: %s/%s: %s",
				    cli->proc, name, strerror(errno));
		return;
	}
	while (getline(&line, &size, file) > 0) {
		if (!is_default(line, interface))
			continue;
		for (i = 0; i < found->nr_interfaces; i++)
			if (!strcmp(interface, found->interfaces[i].name))
				add_phrase(uses, "%s carries the default route (%s)", interface,
					    strstr(name, "6") ? "IPv6" : "IPv4");
	}
	free(line);
	fclose(file);
}

void find_host_uses(const struct cli *cli, const char *address, struct phrases *uses)
{
	DIR *dir = sysfs_open_dir(cli, AT("devices/%s", address));
	struct found *found = calloc(1, sizeof(*found));

	if (!dir || !found) {
		add_phrase(uses, "what this host does with it cannot be found out: %s",
			   strerror(errno));
		goto out;
	}
	walk(found, dir, 0);
	if (found->too_many)
		add_phrase(uses, "it has more disks or interfaces than can be checked");
	if (found->nr_disks) {
		check_mounts(cli, found, uses);
		check_swap(cli, found, uses);
	}
	if (found->nr_interfaces) {
		check_routes(cli, "net/route", found, is_default_route4, uses);
		check_routes(cli, "net/ipv6_route", found, is_default_route6, uses);
	}
out:
	free(found);
	if (dir)
		closedir(dir);
}
