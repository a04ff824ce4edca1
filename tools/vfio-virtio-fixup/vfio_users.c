// SPDX-License-Identifier: GPL-2.0-only
/* Which processes have a function open by VFIO, for in_use.h. */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "in_use.h"
#include "output.h"
#include "sysfs.h"

#define MAX_USERS	16
#define NODE_SIZE	(SYSFS_WORD + 32)

/* The device nodes by which a function is opened: its group's, and its own. */
struct nodes {
	char group[NODE_SIZE];
	char device[NODE_SIZE];
};

static void find_nodes(const struct cli *cli, const char *address, struct nodes *nodes)
{
	char *group = sysfs_link(cli, AT("devices/%s/iommu_group", address));
	DIR *dir = sysfs_open_dir(cli, AT("devices/%s/vfio-dev", address));
	char name[SYSFS_WORD];
	struct dirent *entry;

	nodes->group[0] = '\0';
	nodes->device[0] = '\0';
	sysfs_read(cli, name, AT("devices/%s/iommu_group/name", address));
	if (*group)
		snprintf(nodes->group, sizeof(nodes->group), "/dev/vfio/%s%s",
			 strcmp(name, "vfio-noiommu") ? "" : "noiommu-", group);
	free(group);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			snprintf(nodes->device, sizeof(nodes->device), "/dev/vfio/devices/%s",
				 entry->d_name);
	if (dir)
		closedir(dir);
}

/* The node of @nodes that the process has open, or NULL. */
static const char *node_held(int proc, const char *pid, const struct nodes *nodes)
{
	char path[NAME_MAX + sizeof("/fd")], target[NODE_SIZE];
	const char *held = NULL;
	struct dirent *entry;
	ssize_t len;
	DIR *dir;
	int fd;

	snprintf(path, sizeof(path), "%s/fd", pid);
	fd = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (!dir)
		return NULL;
	while (!held && (entry = readdir(dir))) {
		len = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);
		if (len <= 0)
			continue;
		target[len] = '\0';
		if (!strcmp(target, nodes->group))
			held = nodes->group;
		else if (!strcmp(target, nodes->device))
			held = nodes->device;
	}
	closedir(dir);
	return held;
}

static void add_user(int proc, const char *pid, const char *node, struct phrases *users)
{
	char path[NAME_MAX + sizeof("/comm")], name[64] = "";
	ssize_t len = -1;
	int fd;

	snprintf(path, sizeof(path), "%s/comm", pid);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		len = read(fd, name, sizeof(name) - 1);
		close(fd);
	}
	name[len > 0 ? len : 0] = '\0';
	name[strcspn(name, "\n")] = '\0';
	add_phrase(users, "process %s (%s) has %s open", pid, *name ? name : "?", node);
}

void find_vfio_users(const struct cli *cli, const char *address, struct phrases *users)
{
	DIR *proc = opendir(cli->proc);
	struct dirent *entry;
	struct nodes nodes;
	const char *node;

	if (!proc)
		return;
	find_nodes(cli, address, &nodes);
	while ((entry = readdir(proc)) && users->count < MAX_USERS) {
		if (strspn(entry->d_name, "0123456789") != strlen(entry->d_name))
			continue;
		node = node_held(dirfd(proc), entry->d_name, &nodes);
		if (node)
			add_user(dirfd(proc), entry->d_name, node, users);
	}
	closedir(proc);
}

void find_vfs(const struct cli *cli, const char *address, struct phrases *vfs)
{
	struct phrases users;
	char *vf, *driver;
	unsigned int i;

	for (i = 0; ; i++) {
		vf = sysfs_link(cli, AT("devices/%s/virtfn%u", address, i));
		if (!*vf)
			break;
		driver = sysfs_link(cli, AT("devices/%s/driver", vf));
		users = (struct phrases){ 0 };
		find_vfio_users(cli, vf, &users);
		add_phrase(vfs, "%s, driver %s%s%s%s", vf, name_or_none(driver),
			   users.count ? " (" : "", users.text, users.count ? ")" : "");
		free(driver);
		free(vf);
	}
	free(vf);
}
