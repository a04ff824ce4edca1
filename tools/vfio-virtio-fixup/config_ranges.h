/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configuration space of a function as a VFIO user will see it, range by
 * range: whose it is, where a read comes from, what a write does, and why.
 */
#ifndef CONFIG_RANGES_H
#define CONFIG_RANGES_H

#include "function.h"

/* Print them as a table, or as the array "config"; all of standard space was read. */
void config_ranges_print(const struct function *function, bool as_json);

/* Where the driver would put the description capability; 0: there is no room. */
unsigned int find_description_room(const struct function *function);

#endif
