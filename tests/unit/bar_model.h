/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A BAR of a layout, asked byte by byte: who owns each, and so how far a run
 * goes and which pages may be mapped. Each check compares that with the core.
 */
#ifndef BAR_MODEL_H
#define BAR_MODEL_H

#include "../prove/layout_model.h"

#define MODEL_BAR_MAX	0x50000		/* five pages of 64 KiB */

/* Ask every byte of the BAR, which has MODEL_BAR_MAX at most. For check_run(). */
void model_bar(const struct vfx_layout *layout, unsigned int bar);

/* How many bytes from there on have one owner, and nothing begins among them. */
u64 model_run(const struct vfx_layout *layout, unsigned int bar, u64 offset,
	      u64 count);

/* The run from a byte of that BAR on; @count may go beyond the BAR. */
void check_run(const struct vfx_layout *layout, unsigned int bar, u64 offset,
	       u64 count);

/* All pages of the BAR, each by itself and as stretches. Calls model_bar(). */
void check_pages(const struct vfx_layout *layout, unsigned int bar, u64 page_size);

#endif
