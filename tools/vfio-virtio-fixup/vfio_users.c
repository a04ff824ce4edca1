// SPDX-License-Identifier: GPL-2.0-only
/* Which processes have a function open by VFIO, uio or vDPA, for act.h. */
#include "act.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sysfs.h"

#define MAX_USERS	16
#define MAX_NODES	8
#define NODE_SIZE	(SYSFS_WORD + 32)

/* The device nodes by which programs get at a function. */
struct nodes {
	char path[MAX_NODES][NODE_SIZE];
	size_t count;
};

static void add_node(struct nodes *nodes, const char *folder, const char *name)
{
	if (nodes->count < MAX_NODES)
		snprintf(nodes->path[nodes->count++], NODE_SIZE, "/dev/%s%s", folder, name);
}

/* Those that are called like what is in a directory of sysfs. */
static void add_nodes(struct nodes *nodes, const char *path, const char *folder)
{
	DIR *dir = sysfs_open_dir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			add_node(nodes, folder, entry->d_name);
	if (dir)
		closedir(dir);
}

static void find_nodes(const char *address, struct nodes *nodes)
{
	char *group = sysfs_link(AT("devices/%s/iommu_group", address));
	DIR *dir = sysfs_open_dir(AT("devices/%s", address));
	char name[SYSFS_WORD];
	struct dirent *entry;

	nodes->count = 0;
	sysfs_read(name, AT("devices/%s/iommu_group/name", address));
	if (*group)
		add_node(nodes, strcmp(name, "vfio-noiommu") ? "vfio/" : "vfio/noiommu-", group);
	add_nodes(nodes, AT("devices/%s/vfio-dev", address), "vfio/devices/");
	add_nodes(nodes, AT("devices/%s/uio", address), "");
	while (dir && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, "vdpa", strlen("vdpa")))
			add_nodes(nodes, AT("devices/%s/%s/vhost-vdpa", address, entry->d_name),
				  "");
	if (dir)
		closedir(dir);
}

static bool is_one_of(const struct nodes *nodes, const char *path)
{
	size_t i;

	for (i = 0; i < nodes->count; i++)
		if (!strcmp(path, nodes->path[i]))
			return true;
	return false;
}

void find_vfio_users(const char *address, struct phrases *users)
{
	char target[NODE_SIZE], name[64];
	unsigned int pid, last = 0;
	const char *number;
	struct nodes nodes;
	glob_t fds;
	FILE *comm;
	size_t i;

	find_nodes(address, &nodes);
	if (glob(AT("%s/[1-9]*/fd/*", cli->proc), GLOB_NOSORT, NULL, &fds))
		return;
	for (i = 0; i < fds.gl_pathc && users->count < MAX_USERS; i++) {
		ssize_t len = readlink(fds.gl_pathv[i], target, sizeof(target) - 1);

		target[len > 0 ? len : 0] = '\0';
		number = fds.gl_pathv[i] + strlen(cli->proc) + 1;
		if (len <= 0 || !is_one_of(&nodes, target) ||
		    sscanf(number, "%u", &pid) != 1 || pid == last)
			continue;
		last = pid;
		comm = fopen(AT("%s/%u/comm", cli->proc, pid), "re");
		if (!comm || fscanf(comm, "%63[^\n]", name) != 1)
			strcpy(name, "?");
		if (comm)
			fclose(comm);
		add_phrase(users, "process %u (%s) has %s open", pid, name, target);
	}
	globfree(&fds);
}

void find_vfs(const char *address, struct phrases *vfs)
{
	struct phrases users;
	char *vf, *driver;
	unsigned int i;

	for (i = 0; ; i++) {
		vf = sysfs_link(AT("devices/%s/virtfn%u", address, i));
		if (!*vf)
			break;
		driver = sysfs_link(AT("devices/%s/driver", vf));
		users = (struct phrases){ 0 };
		find_vfio_users(vf, &users);
		add_phrase(vfs, "%s, driver %s%s%s%s", vf, name_or_none(driver),
			   users.count ? " (" : "", users.text, users.count ? ")" : "");
	}
}
