// SPDX-License-Identifier: GPL-2.0
/*
 * memory-scatter - leave no large piece of memory, while much is free.
 *
 * usage: memory-scatter 0000:01:00.0
 *	Takes most memory, pins one page of sixteen for DMA of that function, and gives
 *	the others back; what is pinned is not moved to make a large piece. Then takes
 *	all pieces of 256 KiB that are left. Prints "SCATTERED", what is free, how many
 *	pages it pins and pieces it has, and keeps them until its input ends.
 *
 * Exit: 0 done, 1 something failed, 3 opening was refused, 2 usage.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../lib/sysfs_user.h"
#include "../lib/vfio_user.h"

#define PAGE	4096ul
#define APART	(16 * PAGE)
/* For everybody else, while all is taken; and so many pieces that may be. */
#define LEFT	(64ul << 20)
#define PIECES	4000

static uint64_t pinned;	/* bytes; the next device address, too */

static void tell_kernel(const char *file, const char *word)
{
	int ret = sysfs_user_write(file, word);

	if (ret)
		fprintf(stderr, "%s: %s\n", file, strerror(-ret));
}

/* Bytes of /proc/meminfo's MemFree. */
static unsigned long memory_free(void)
{
	unsigned long kib = 0;
	char line[128];
	FILE *file = fopen("/proc/meminfo", "re");

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "MemFree: %lu kB", &kib) == 1)
			break;
	if (file)
		fclose(file);
	return kib << 10;
}

/*
 * Take a piece of 256 KiB: a pipe of 4096 pages has as many entries of 40 bytes, and
 * they are one piece, asked for in the same way as a driver's. Return: there was one.
 */
static bool take_piece(void)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return false;
	close(ends[1]);
	if (fcntl(ends[0], F_SETPIPE_SZ, 4096 * PAGE) >= 0)
		return true;
	if (errno != ENOMEM) {
		perror("F_SETPIPE_SZ");
		exit(1);
	}
	close(ends[0]);
	return false;
}

/* All of them, also those that the kernel makes by moving pages. Return: how many. */
static unsigned int take_pieces(void)
{
	unsigned int had, pieces = 0;

	do {
		had = pieces;
		tell_kernel("/proc/sys/vm/drop_caches", "3");
		tell_kernel("/proc/sys/vm/compact_memory", "1");
		while (pieces < PIECES && take_piece())
			pieces++;
	} while (pieces != had && pieces < PIECES);
	return pieces;
}

static int scatter(struct vfio_user *vfio)
{
	unsigned long size = memory_free(), at;
	char *va;
	int ret;

	if (size < LEFT + APART)
		return -ENOMEM;
	size = (size - LEFT) & ~(APART - 1);
	va = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (va == MAP_FAILED)
		return -errno;
	madvise(va, size, MADV_NOHUGEPAGE);
	for (at = 0; at < size; at += PAGE)
		va[at] = 1;
	for (at = 0; at < size; at += APART, pinned += PAGE) {
		ret = vfio_user_map(vfio, va + at, pinned, PAGE, VFIO_DMA_MAP_FLAG_READ);
		if (ret)
			return ret;
	}
	for (at = 0; at < size; at += APART)
		madvise(va + at + PAGE, APART - PAGE, MADV_DONTNEED);
	return 0;
}

int main(int argc, char **argv)
{
	const struct rlimit files = { PIECES + 100, PIECES + 100 };
	struct vfio_user vfio;
	unsigned int pieces;
	char byte;
	int ret;

	if (argc != 2) {
		fprintf(stderr, "usage: memory-scatter BDF\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	ret = vfio_user_open(&vfio, argv[1]);
	if (ret) {
		printf("REFUSED: %s: %s\n", vfio.step, strerror(-ret));
		return 3;
	}
	setrlimit(RLIMIT_NOFILE, &files);
	ret = scatter(&vfio);
	if (ret) {
		printf("FAILED: %s\n", strerror(-ret));
		return 1;
	}
	pieces = take_pieces();
	if (pieces == PIECES) {
		printf("FAILED: pieces of 256 KiB are left after %u\n", pieces);
		return 1;
	}
	printf("SCATTERED: %lu MiB are free, %lu pages are pinned, %u pieces are taken\n",
	       memory_free() >> 20, (unsigned long)(pinned / PAGE), pieces);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}
