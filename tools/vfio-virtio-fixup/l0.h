/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The hypervisor that gives this machine its functions (L0), as far as it can be told
 * from here, and what it takes there to put one behind the IOMMU.
 */
#ifndef L0_H
#define L0_H

#include "function.h"

/* What it takes there: a phrase. */
const char *l0_how(const struct function *function);

/* A remedy of the driver, with that in place of QEMU's way. */
const char *l0_remedy(const struct function *function, const char *remedy);

#endif
