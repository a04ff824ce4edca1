// SPDX-License-Identifier: GPL-2.0-only
/*
 * What this host does with a function, for act.h. Its disks and interfaces are
 * found in sysfs below the function, with all that is built on them (partitions,
 * device mapper, RAID; VLANs, bridges, bonds). Whether a disk is in use is asked of
 * the kernel; the walk says by whom, and is all there is in a tree of files.
 */
#include "act.h"

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

#define MAX_VISITS	1024	/* directories below one function */
#define MAX_DEPTH	8	/* of directories, and of things built on things */

struct search {
	struct phrases *uses;
	struct phrases holders;	/* of the disk that is looked at */
	int mounts_err;		/* the mounts could not be read */
	unsigned int visits;
	bool too_many;
};

struct disk {
	const char *name;
	char number[SYSFS_WORD];	/* MAJOR:MINOR */
	char dm_name[SYSFS_WORD];	/* device mapper's name, or empty */
};

/* A directory below a function; NULL if it is not there, or too much was visited. */
static DIR *visit(struct search *search, const char *path, unsigned int depth)
{
	DIR *dir = sysfs_open_dir(path);

	if (!dir || (depth < MAX_DEPTH && search->visits++ < MAX_VISITS))
		return dir;
	search->too_many = true;
	closedir(dir);
	return NULL;
}

/* Is there a line in a file of proc that says so? Return: or a negative errno. */
static int any_line(const char *name, bool (*says)(const char *line, const void *of, char *what),
		    const void *of, char what[512])
{
	FILE *file = fopen(AT("%s/%s", cli->proc, name), "re");
	char *line = NULL;
	size_t size = 0;
	int found = 0;

	if (!file)
		return -errno;
	while (!found && getline(&line, &size, file) > 0)
		found = says(line, of, what);
	free(line);
	fclose(file);
	return found;
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
static bool is_mount(const char *line, const void *of, char *point)
{
	char number[64], source[512] = "";
	const char *tail = strstr(line, " - ");
	const struct disk *disk = of;

	if (sscanf(line, "%*s %*s %63s %*s %511s", number, point) != 2)
		return false;
	if (tail && sscanf(tail, " - %*s %511s", source) != 1)
		*source = '\0';
	return !strcmp(number, disk->number) || is_node_of(source, disk);
}

static bool is_swap(const char *line, const void *of, char *path)
{
	return sscanf(line, "%511s", path) == 1 && is_node_of(path, of);
}

/* A disk, its partitions, and the disks that hold them. */
static void visit_disk(struct search *search, const char *path, const char *name,
		       unsigned int depth)
{
	DIR *dir = visit(search, path, depth), *holders;
	struct disk disk = { .name = name };
	struct dirent *entry;
	char what[512];
	int found;

	if (!dir)
		return;
	sysfs_read(disk.number, AT("%s/dev", path));
	sysfs_read(disk.dm_name, AT("%s/dm/name", path));
	found = any_line("self/mountinfo", is_mount, &disk, what);
	if (found > 0)
		add_phrase(search->uses, "%s is mounted on %s", name, what);
	else if (found < 0)
		search->mounts_err = found;
	/* A kernel without swap has no such file. */
	if (any_line("swaps", is_swap, &disk, what) > 0)
		add_phrase(search->uses, "%s is used as swap", name);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' &&
		    sysfs_exists(AT("%s/%s/partition", path, entry->d_name)))
			visit_disk(search, AT("%s/%s", path, entry->d_name), entry->d_name,
				   depth + 1);
	closedir(dir);
	holders = visit(search, AT("%s/holders", path), depth);
	while (holders && (entry = readdir(holders))) {
		if (entry->d_name[0] == '.')
			continue;
		add_phrase(&search->holders, "%s", entry->d_name);
		visit_disk(search, AT("%s/holders/%s", path, entry->d_name), entry->d_name,
			   depth + 1);
	}
	if (holders)
		closedir(holders);
}

/*
 * Whatever uses a disk, or a part of it, as its own claims it: mounts, also of other
 * namespaces, swap, device mapper, RAID, each disk of a Btrfs or of a ZFS pool. Return:
 * 0, -EBUSY, or why it cannot be asked.
 */
static int ask_kernel(const char *path, const char *name)
{
	unsigned int major, minor;
	char number[SYSFS_WORD];
	struct stat status;
	int fd, err = 0;

	sysfs_read(number, AT("%s/dev", path));
	fd = open(AT("/dev/%s", name), O_RDONLY | O_EXCL | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		/* Without a medium there is nothing to use. */
		return errno == ENOMEDIUM ? 0 : -errno;
	if (fstat(fd, &status) || !S_ISBLK(status.st_mode) ||
	    sscanf(number, "%u:%u", &major, &minor) != 2 || status.st_rdev != makedev(major, minor))
		err = -ENODEV;
	close(fd);
	return err;
}

static void check_disk(struct search *search, const char *path, const char *name)
{
	size_t before = search->uses->count;
	int err;

	search->holders = (struct phrases){ 0 };
	visit_disk(search, path, name, 0);
	if (search->uses->count > before)
		return;
	if (!sysfs_is_running_kernel()) {
		if (search->mounts_err)
			add_phrase(search->uses, "whether %s is mounted cannot be told: "
				   "%s/self/mountinfo: %s", name, cli->proc,
				   strerror(-search->mounts_err));
		return;
	}
	err = ask_kernel(path, name);
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

static bool is_route(unsigned int flags)
{
	return flags & ROUTE_UP && !(flags & ROUTE_REJECT);
}

static bool is_default_route4(const char *line, const void *of, char *interface)
{
	unsigned int destination, flags, mask;

	return sscanf(line, "%63s %8x %*s %x %*s %*s %*s %8x", interface, &destination, &flags,
		      &mask) == 4 && !destination && !mask && is_route(flags) &&
	       !strcmp(interface, of);
}

static bool is_default_route6(const char *line, const void *of, char *interface)
{
	unsigned int prefix, flags;
	char destination[33];

	return sscanf(line, "%32s %2x %*s %*s %*s %*s %*s %*s %x %63s", destination, &prefix,
		      &flags, interface) == 4 && !prefix &&
	       strspn(destination, "0") == strlen(destination) && is_route(flags) &&
	       !strcmp(interface, of);
}

static void check_route(const struct search *search, const char *name, const char *proc,
			const char *protocol,
			bool (*is_default)(const char *line, const void *of, char *what))
{
	char what[512];
	int found = any_line(proc, is_default, name, what);

	if (found > 0)
		add_phrase(search->uses, "%s carries the default route (%s)", name, protocol);
	else if (found < 0 && found != -ENOENT)
		add_phrase(search->uses, "the default route cannot be found out: %s/%s: %s",
			   cli->proc, proc, strerror(-found));
}

/* An interface and those above it. */
static void visit_interface(struct search *search, const char *path, const char *name,
			    unsigned int depth)
{
	static const char upper[] = "upper_";
	DIR *dir = visit(search, path, depth);
	struct dirent *entry;

	if (!dir)
		return;
	check_route(search, name, "net/route", "IPv4", is_default_route4);
	check_route(search, name, "net/ipv6_route", "IPv6", is_default_route6);
	while ((entry = readdir(dir)))
		if (!strncmp(entry->d_name, upper, strlen(upper)))
			visit_interface(search, AT("%s/%s", path, entry->d_name),
					entry->d_name + strlen(upper), depth + 1);
	closedir(dir);
}

/* Directories only, no links: those lead out of the function. */
static void walk(struct search *search, const char *path, const char *name, unsigned int depth)
{
	bool is_block = !strcmp(name, "block"), is_net = !strcmp(name, "net");
	DIR *dir = visit(search, path, depth);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' || entry->d_type != DT_DIR ||
		    (!depth && strncmp(entry->d_name, "virtio", strlen("virtio"))))
			continue;
		if (is_block)
			check_disk(search, AT("%s/%s", path, entry->d_name), entry->d_name);
		else if (is_net)
			visit_interface(search, AT("%s/%s", path, entry->d_name), entry->d_name, 0);
		else
			walk(search, AT("%s/%s", path, entry->d_name), entry->d_name, depth + 1);
	}
	if (dir)
		closedir(dir);
}

void find_host_uses(const char *address, struct phrases *uses)
{
	struct search search = { .uses = uses };

	if (!sysfs_exists(AT("devices/%s", address)))
		add_phrase(uses, "what this host does with it cannot be found out: it is gone");
	walk(&search, AT("devices/%s", address), address, 0);
	if (search.too_many)
		add_phrase(uses, "it has more disks or interfaces than can be checked");
}
