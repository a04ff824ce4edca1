/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the harness bar_run shows of vfx_bar_run(), to be called instead
 * of it: any run that this allows.
 */
#ifndef VFX_RUN_CONTRACT_H
#define VFX_RUN_CONTRACT_H

#include "bytewise.h"
#include "prove.h"

#define EDGES	(2 * VFX_MAX_STRUCTURES)

/* Where structures of a BAR begin and end; between these, owners are the same. */
static inline u64 edge(const struct vfx_layout *l, unsigned int n)
{
	const struct vfx_structure *s = &l->structures[n / 2];

	return n % 2 ? s->offset + s->length : s->offset;
}

u64 any_run(const struct vfx_layout *layout, unsigned int bar, u64 offset, u64 count,
	    enum vfx_kind *kind, u64 *within)
{
	int owner = owner_of(layout, bar, offset);
	u64 run = nondet_u64();
	unsigned int n;

	CHECK(count >= 1, "a run of something is asked for");
	ASSUME(run >= 1 && run <= count && offset + (run - 1) >= offset);
	for (n = 0; n < EDGES; n++)
		if (n / 2 < layout->nr_structures && edge(layout, n) > offset &&
		    edge(layout, n) - offset < run)
			ASSUME(owner_of(layout, bar, edge(layout, n)) == owner);
	*kind = kind_of(layout, owner);
	*within = owner == NOBODY ? 0 : offset - layout->structures[owner].offset;
	return run;
}

#endif
