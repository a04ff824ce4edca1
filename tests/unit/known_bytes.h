/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The four known layouts byte by byte, written down as a user is to see them:
 * a letter for each byte of configuration space and of the BARs. Taken from the
 * specifications and Documentation/design.rst, not from the core's table.
 */
#ifndef KNOWN_BYTES_H
#define KNOWN_BYTES_H

#include "config_space.h"

/*
 * Configuration space:
 *   .  as the core has it; writes are dropped
 *   _  no capability: 0
 *   K  reads back what was written
 *   L  the core's, both ways
 *   C  the same, COMMAND
 *   B  of a window, can be written: cap.bar, cap.offset, cap.length
 *   P  of a window, cannot: cap.id and padding
 *   D  pci_cfg_data
 *   d  the description, and what leads to it
 *   M  of the modern identity
 *
 * BARs:
 *   c  the common configuration
 *   r  raw: the function's
 *   v  the vector table or pending bits: raw, but for no window
 *   l  the legacy interface: raw, but for no window
 *   _  undeclared: 0, writes are dropped
 */
struct known_bytes {
	unsigned int config_size;
	char config[VFX_CONFIG_MAX];
	unsigned int window;		/* position of the capability */
	unsigned int description;	/* likewise */
	unsigned int bar;		/* where the common configuration is, at 0 */
	unsigned int common_length;
	u64 bar_length[VFX_BARS];
	struct known_range {
		u8 bar;
		char letter;
		u64 from, length;
	} ranges[8];
};

/* How a transitional function is made of a known layout, and how it is shown. */
enum shown_as { MODERN_BY_ITSELF, OLD_SHOWN_MODERN, OLD_SHOWN_AS_IT_IS };

/* @number: of known_layouts. The function, and what its user is to see. */
void known_make(unsigned int number, enum shown_as as, struct config_space *c,
		struct known_bytes *bytes);

/* A transitional one is a disk. */
#define KNOWN_TYPE	2

/* What a user who has just opened it reads there; @core: what LIVE bytes are. */
u8 known_config_byte(const struct known_bytes *bytes, const struct config_space *c,
		     const u8 *core, const struct vfx_decision *decision,
		     unsigned int pos);

/* The letter of a byte of a BAR. */
char known_bar_letter(const struct known_bytes *bytes, unsigned int bar, u64 offset);

#endif
