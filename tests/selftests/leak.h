/* SPDX-License-Identifier: GPL-2.0 */
/*
 * leak.h - what the kernel holds before and after something was done many times:
 * objects of its slab caches, references to the driver, claims of BARs, mappings,
 * memory.
 *
 * For a machine on which nobody else uses the driver meanwhile. Needs root.
 */
#ifndef SELFTESTS_LEAK_H
#define SELFTESTS_LEAK_H

#include <stdbool.h>

#define LEAK_CACHES	512
#define LEAK_NOISE	16	/* objects of a cache that come and go by themselves */
#define LEAK_NOISE_KIB	128	/* and memory */
#define LEAK_TREND	4	/* as often in a row must memory become less */

struct leak_look {
	long references;	/* to the driver's module */
	long claims;		/* of BARs, by the driver or VFIO */
	long kept;		/* pages that the driver dares not free */
	long areas;		/* of the kernel's address space: BARs, and the driver's own */
	long available;		/* KiB of memory that is free or can be made so */
	unsigned int caches;
	struct leak_cache {
		char name[40];
		long objects;
	} cache[LEAK_CACHES];
};

/* Counts, with nothing left that is free but not given back yet. */
int leak_look(struct leak_look *look);

/*
 * Looks, until nothing has grown since, or it must be taken for lost: what is said
 * in lines of its own; the number of them. Of slab objects one lost in every second
 * round is found, if that makes LEAK_NOISE.
 */
unsigned int leak_compare(const struct leak_look *before, struct leak_look *after,
			  unsigned int rounds);

/*
 * Did memory become less by a page in each round, and by LEAK_NOISE_KIB? A busy machine
 * gives free pages back late: only what goes on becoming less, LEAK_TREND times in a
 * row, is lost.
 */
bool leak_memory_fell(const struct leak_look *before, const struct leak_look *after,
		      unsigned int rounds);

/* kmemleak: false where the kernel has none. Forgets what it found so far. */
bool leak_forget(void);
/* How many objects of the driver's nothing points to any more; shown as well. */
int leak_scan(void);

#endif
