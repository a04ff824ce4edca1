// SPDX-License-Identifier: GPL-2.0
/*
 * many-functions - more functions like the one of a fake system, for tests/bench/tool.
 *
 * usage: many-functions SYS COUNT
 *
 * SYS is what tests/cli/fake_root.sh made, with one function, 0000:00:00.0. Files and
 * links of the others are hard links of that one's: the kernel has all of them in
 * memory, too, and 10,000 functions would take gigabytes of it. Each function is alone in
 * an IOMMU group.
 */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make_folder(int at, const char *path)
{
	int fd;

	if (mkdirat(at, path, 0755))
		err(1, "%s", path);
	fd = openat(at, path, O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

static void make_link(const char *target, int at, const char *path)
{
	if (symlinkat(target, at, path))
		err(1, "%s", path);
}

/* All but the group, which each function has for itself. Closes both folders. */
static void copy_folder(int from, int to)
{
	DIR *dir = fdopendir(from);
	struct dirent *entry;

	if (!dir)
		err(1, "opendir");
	rewinddir(dir);
	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (*name == '.' || !strcmp(name, "iommu_group"))
			continue;
		if (entry->d_type == DT_DIR)
			copy_folder(openat(from, name, O_RDONLY | O_DIRECTORY),
				    make_folder(to, name));
		else if (linkat(from, name, to, name, 0))
			err(1, "%s", name);
	}
	closedir(dir);
	close(to);
}

static void add_function(unsigned int number)
{
	char address[32], path[128], target[128];
	int to;

	snprintf(address, sizeof(address), "%04x:%02x:%02x.%x", number >> 16, number >> 8 & 0xff,
		 number >> 3 & 0x1f, number & 7);
	snprintf(path, sizeof(path), "devices/pci0000:00/%s", address);
	to = make_folder(AT_FDCWD, path);
	snprintf(target, sizeof(target), "../../../kernel/iommu_groups/%u", number);
	make_link(target, to, "iommu_group");
	copy_folder(open("devices/pci0000:00/0000:00:00.0", O_RDONLY | O_DIRECTORY), to);

	snprintf(path, sizeof(path), "bus/pci/devices/%s", address);
	snprintf(target, sizeof(target), "../../../devices/pci0000:00/%s", address);
	make_link(target, AT_FDCWD, path);

	snprintf(path, sizeof(path), "kernel/iommu_groups/%u", number);
	to = make_folder(AT_FDCWD, path);
	close(make_folder(to, "devices"));
	close(to);
	snprintf(path, sizeof(path), "kernel/iommu_groups/%u/devices/%s", number, address);
	snprintf(target, sizeof(target), "../../../../devices/pci0000:00/%s", address);
	make_link(target, AT_FDCWD, path);
}

int main(int argc, char **argv)
{
	unsigned int number, count;

	if (argc != 3)
		errx(2, "usage: many-functions SYS COUNT");
	count = (unsigned int)strtoul(argv[2], NULL, 10);
	if (chdir(argv[1]))
		err(1, "%s", argv[1]);
	for (number = 1; number < count; number++)
		add_function(number);
	return 0;
}
