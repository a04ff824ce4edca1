// SPDX-License-Identifier: GPL-2.0
/*
 * leak.c - what the kernel still holds. See leak.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../lib/sysfs_user.h"
#include "leak.h"

#define MODULE		"virtio_fixup_vfio_pci"
#define KMEMLEAK	"/sys/kernel/debug/kmemleak"

static long read_number(const char *path)
{
	FILE *file = fopen(path, "re");
	long number;

	if (!file)
		return -errno;
	if (fscanf(file, "%ld", &number) != 1)
		number = -EPROTO;
	fclose(file);
	return number;
}

/*
 * The caches of what processes and files are made of come and go with each look
 * at a file; what a driver allocates itself is in the kmalloc ones, and what its
 * devices are known by in the others named here.
 */
static bool counts(const char *name)
{
	static const char *const prefixes[] = { "kmalloc-", "kernfs_node_cache", "iommu" };
	unsigned int i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (!strncmp(name, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

/* The files that have a cache give up what it keeps at hand. Return: how many. */
static unsigned int open_shrinkers(int fds[LEAK_CACHES])
{
	const char *const folder = "/sys/kernel/slab";
	DIR *caches = opendir(folder);
	struct dirent *entry;
	unsigned int count = 0;
	char path[PATH_MAX];

	if (!caches)
		return 0;
	while (count < LEAK_CACHES && (entry = readdir(caches))) {
		if (!counts(entry->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s/shrink", folder, entry->d_name);
		fds[count] = open(path, O_WRONLY | O_CLOEXEC);
		count += fds[count] >= 0;
	}
	closedir(caches);
	return count;
}

static struct leak_cache *find_cache(struct leak_look *look, const char *name)
{
	unsigned int i;

	for (i = 0; i < look->caches; i++)
		if (!strcmp(look->cache[i].name, name))
			return &look->cache[i];
	if (look->caches == LEAK_CACHES)
		return NULL;
	look->cache[i].objects = LONG_MAX;
	strcpy(look->cache[i].name, name);
	look->caches++;
	return &look->cache[i];
}

/* One look: the least of what each cache was ever seen to hold. */
static int take_least(struct leak_look *look, FILE *file)
{
	struct leak_cache *cache;
	char line[512], name[40];
	long objects;

	rewind(file);
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%39s %ld", name, &objects) != 2 || !counts(name))
			continue;
		cache = find_cache(look, name);
		if (!cache)
			return -E2BIG;
		if (objects < cache->objects)
			cache->objects = objects;
	}
	return look->caches ? 0 : -EPROTO;
}

/*
 * The kernel counts all of a slab that a processor allocates from as used. So
 * each cache gives its own back, all files open before, as that allocates; and
 * a few looks, in one of which nobody has begun a new one.
 */
static int look_at_caches(struct leak_look *look)
{
	FILE *file = fopen("/proc/slabinfo", "re");
	int fds[LEAK_CACHES], ret = 0;
	unsigned int count, i, looks;

	if (!file)
		return -errno;
	count = open_shrinkers(fds);
	for (looks = 0; looks < 8 && !ret; looks++) {
		for (i = 0; i < count; i++)
			if (pwrite(fds[i], "1", 1, 0) != 1)
				ret = -EIO;
		if (!ret)
			ret = take_least(look, file);
	}
	for (i = 0; i < count; i++)
		close(fds[i]);
	fclose(file);
	return ret;
}

static long available_memory(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	char line[128];
	long kib = -EPROTO;

	if (!file)
		return -errno;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "MemAvailable: %ld", &kib) == 1)
			break;
	fclose(file);
	return kib;
}

/* What ioremap() gave to anybody, and whatever the driver asked for. */
static long mapped_areas(void)
{
	FILE *file = fopen("/proc/vmallocinfo", "re");
	long areas = 0;
	char line[256];

	if (!file)
		return -errno;
	while (fgets(line, sizeof(line), file))
		areas += strstr(line, " ioremap") || strstr(line, "[" MODULE "]");
	fclose(file);
	return areas;
}

/* By the names under which the driver and vfio_pci_core ask for BARs. */
static long claims_of_bars(void)
{
	static const char *const owners[] = { MODULE, "virtio-fixup", "vfio-pci" };
	FILE *file = fopen("/proc/iomem", "re");
	char line[256], *name;
	unsigned int i;
	long claims = 0;

	if (!file)
		return -errno;
	while (fgets(line, sizeof(line), file)) {
		name = strstr(line, " : ");
		if (!name)
			continue;
		name[strcspn(name, "\n")] = '\0';
		for (i = 0; i < sizeof(owners) / sizeof(owners[0]); i++)
			claims += !strcmp(name + 3, owners[i]);
	}
	fclose(file);
	return claims;
}

int leak_look(struct leak_look *look)
{
	/* What waits for a grace period of RCU, or for a worker. */
	const struct timespec pause = { .tv_nsec = 300000000 };

	memset(look, 0, sizeof(*look));
	nanosleep(&pause, NULL);
	sysfs_user_write("/proc/sys/vm/drop_caches", "3");
	look->references = read_number("/sys/module/" MODULE "/refcnt");
	look->claims = claims_of_bars();
	look->kept = read_number("/sys/module/" MODULE "/parameters/kept_pages");
	look->areas = mapped_areas();
	look->available = available_memory();
	if (look->references < 0 || look->claims < 0 || look->kept < 0 ||
	    look->areas < 0 || look->available < 0)
		return -EPROTO;
	return look_at_caches(look);
}

/* The last of the looks says what it found. */
static unsigned int compare(const struct leak_look *before, const struct leak_look *after,
			    unsigned int rounds, FILE *out)
{
	const struct {
		const char *what;
		long before, after;
	} same[] = {
		{ "references to the module", before->references, after->references },
		{ "claims of BARs", before->claims, after->claims },
		{ "pages that the driver keeps", before->kept, after->kept },
		{ "areas of the kernel's address space", before->areas, after->areas },
	};
	unsigned int found = 0, i, k;

	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		if (same[i].before == same[i].after)
			continue;
		fprintf(out, "# %s: %ld before, %ld after %u rounds\n", same[i].what,
			same[i].before, same[i].after, rounds);
		found++;
	}
	for (i = 0; i < after->caches; i++) {
		long more = after->cache[i].objects;

		for (k = 0; k < before->caches; k++)
			if (!strcmp(before->cache[k].name, after->cache[i].name))
				more -= before->cache[k].objects;
		if (more < (long)rounds / 2 || more < LEAK_NOISE)
			continue;
		fprintf(out, "# %s has %ld objects more after %u rounds\n", after->cache[i].name,
		       more, rounds);
		found++;
	}
	return found;
}

unsigned int leak_compare(const struct leak_look *before, struct leak_look *after,
			  unsigned int rounds)
{
	FILE *nowhere = fopen("/dev/null", "we");
	unsigned int found = 1, looks;

	/* A busy machine takes its time to give back what is free. */
	for (looks = 0; nowhere && looks < 10 && found; looks++) {
		if (leak_look(after))
			break;
		found = compare(before, after, rounds, nowhere);
	}
	if (nowhere)
		fclose(nowhere);
	return found ? compare(before, after, rounds, stdout) + !after->caches : 0;
}

bool leak_memory_fell(const struct leak_look *before, const struct leak_look *after,
		      unsigned int rounds)
{
	long lost = before->available - after->available;

	return lost >= (long)rounds * 4 && lost >= LEAK_NOISE_KIB;
}

bool leak_forget(void)
{
	return !sysfs_user_write(KMEMLEAK, "scan") && !sysfs_user_write(KMEMLEAK, "clear");
}

int leak_scan(void)
{
	/* An object is looked at once it is 5 seconds old. */
	const struct timespec age = { .tv_sec = 6 };
	char line[256], record[8192] = "";
	bool ours = false;
	FILE *file;
	int found = 0;

	nanosleep(&age, NULL);
	/* What moved while it was looked for is found by the second scan. */
	if (sysfs_user_write(KMEMLEAK, "scan") || sysfs_user_write(KMEMLEAK, "scan"))
		return -errno;
	file = fopen(KMEMLEAK, "re");
	if (!file)
		return -errno;
	for (;;) {
		bool more = fgets(line, sizeof(line), file);

		/* Records begin with "unreferenced object". */
		if (!more || !strncmp(line, "unreferenced", strlen("unreferenced"))) {
			if (ours)
				printf("%s", record);
			found += ours;
			ours = false;
			record[0] = '\0';
		}
		if (!more)
			break;
		ours |= !!strstr(line, MODULE) || !!strstr(line, "vfio");
		if (strlen(record) + strlen(line) + 3 < sizeof(record))
			strcat(strcat(record, "# "), line);
	}
	fclose(file);
	return found;
}
