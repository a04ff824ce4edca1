/* SPDX-License-Identifier: GPL-2.0 */
/*
 * leak.h - what the kernel holds before and after something was done many times:
 * objects of its slab caches, memory, references to the driver, claims of BARs.
 *
 * For a machine on which nobody else uses the driver meanwhile. Needs root.
 */
#ifndef SELFTESTS_LEAK_H
#define SELFTESTS_LEAK_H

#include <stdbool.h>

#define LEAK_CACHES	512
#define LEAK_NOISE	16	/* objects of a cache that come and go by themselves */
#define LEAK_NOISE_KIB	128	/* and memory */

struct leak_look {
	long references;	/* to the driver's module */
	long claims;		/* of BARs, by the driver or VFIO */
	long kept;		/* pages that the driver dares not free */
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
 * in lines of its own; the number of them. Found is an object lost in every second
 * round, if that makes LEAK_NOISE, or a page in each, if that makes LEAK_NOISE_KIB.
 */
unsigned int leak_compare(const struct leak_look *before, struct leak_look *after,
			  unsigned int rounds);

/* kmemleak: false where the kernel has none. Forgets what it found so far. */
bool leak_forget(void);
/* How many objects of the driver's nothing points to any more; shown as well. */
int leak_scan(void);

#endif
