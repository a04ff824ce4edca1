/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configuration space of a function as a VFIO user will see it, range by
 * range: whose it is, where a read comes from, what a write does, and why.
 */
#ifndef CONFIG_RANGES_H
#define CONFIG_RANGES_H

#include <json-c/json.h>

#include "function.h"

/**
 * config_ranges() - the ranges, for the data model
 * @function: with all of standard configuration space read
 *
 * Return: an array of objects; the caller puts it. Never NULL.
 */
struct json_object *config_ranges(const struct function *function);

#endif
