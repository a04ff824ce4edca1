/* SPDX-License-Identifier: GPL-2.0-only */
/* What a refusal says about the user of a function, for whoever has to help that user. */
#ifndef REFUSALS_H
#define REFUSALS_H

#include "border.h"

/* What it means, and what to do about it; the latter is NULL where nothing is to do. */
const char *refusal_meaning(enum vfx_refusal refusal);
const char *refusal_remedy(enum vfx_refusal refusal);

#endif
