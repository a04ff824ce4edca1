// SPDX-License-Identifier: GPL-2.0
/*
 * memory-guard - does anybody write to memory that is none of their business?
 *
 * usage: memory-guard [-x] MIB
 *	-x  change one byte itself: is the change found?
 *
 * Locks that much memory, fills it with what depends on the place, prints
 * "GUARD", waits until its input ends, and compares. In L1 its pages are spread
 * over most of the physical memory, so a device that writes where it was not
 * told to is likely to hit one.
 *
 * Exit: 0 nothing changed, 10 something did, 1 no memory, 2 usage.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int spoil = argc > 1 && !strcmp(argv[1], "-x");
	size_t size, words, changed = 0, i;
	uint64_t *memory;
	char byte;

	size = argc == 2 + spoil ? strtoul(argv[1 + spoil], NULL, 10) << 20 : 0;
	if (!size) {
		fprintf(stderr, "usage: memory-guard [-x] MIB\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	words = size / sizeof(*memory);
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || mlock(memory, size)) {
		perror("memory-guard");
		return 1;
	}
	for (i = 0; i < words; i++)
		memory[i] = ~i * 0x9e3779b97f4a7c15ULL;
	printf("GUARD\n");
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	if (spoil)
		((volatile char *)memory)[size / 3] ^= 1;
	for (i = 0; i < words; i++) {
		if (memory[i] == ~i * 0x9e3779b97f4a7c15ULL)
			continue;
		if (!changed++)
			printf("first change at byte %zu of %zu\n", i * sizeof(*memory), size);
	}
	printf("%zu of %zu words changed\n", changed, words);
	return changed ? 10 : 0;
}
