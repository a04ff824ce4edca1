/* SPDX-License-Identifier: GPL-2.0 */
/*
 * walk.h - a random walk of a VFIO user through all the doors of a function, for
 * adversary.c. A step does one thing that the user may or may not be allowed to
 * do; what follows from it is checked elsewhere, but for what can be told only
 * while it is done, which is complained about.
 */
#ifndef SELFTESTS_WALK_H
#define SELFTESTS_WALK_H

#include "function.h"

#define WALK_FIELDS	0x40	/* bytes of the common configuration that are fields */
#define WALK_REACH	0x200000	/* IOVAs from 0 that are mapped */
#define WALK_DATA	16	/* pci_cfg_data in the window */

/* The width of the field that begins at a byte of the common configuration, or 0. */
extern const uint8_t walk_widths[WALK_FIELDS];

struct walk {
	struct function function;
	uint64_t random;
	uint32_t bar;
	uint32_t common;
	unsigned int window;
	unsigned int express;		/* the PCIe capability, or 0 */
	bool withhold;			/* bit 33 is never acked */
	bool may_aim;			/* its own the window's aim: no one else's walk */
	char *complaint;		/* of 256 bytes, empty at first, for all processes */
};

/* Takes one step; its name. */
const char *walk_step(struct walk *walk);

uint32_t walk_draw(struct walk *walk, uint32_t below);

#endif
