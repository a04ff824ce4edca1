/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who has a function, and whether the driver's guard stands between that and this host's
 * memory. In sysfs the guard says what it made of a function that another VFIO driver has,
 * or should have got.
 */
#ifndef GUARD_H
#define GUARD_H

#include "function.h"
#include "verdict.h"

/* Between a function and the memory of this host. */
enum guarded {
	UNGUARDED,		/* a program can be given it, and nobody judges */
	GUARDED,
	GUARDED_HOST,		/* no program can be given it: this host uses it, or nobody */
};

const char *guarded_word(unsigned int guarded);

/* Fill what is known of the guard; the driver is. */
void guard_read(struct function *function);

/* Does a driver of this name give its functions to VFIO? */
bool is_vfio_driver(const char *driver);

/* Of a function that is unguarded: why it is, and what to do, each in TEXT_SIZE bytes. */
void explain_unguarded(const struct function *function, char *why, char *remedy);

#endif
