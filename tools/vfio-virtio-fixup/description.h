/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The description capability that a host adds to the configuration space of a
 * function it gives away: decoded, and in sentences.
 */
#ifndef DESCRIPTION_H
#define DESCRIPTION_H

#include <json-c/json.h>

#include "function.h"

/* The decoded capability, which the caller puts; NULL where there is none. */
struct json_object *description_of(const struct function *function);

/* What it means for a guest, and on what ground its host says so; "" without one. */
const char *description_meaning(const struct function *function);
const char *description_ground(const struct function *function);

#endif
