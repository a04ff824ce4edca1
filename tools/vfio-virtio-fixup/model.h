/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The data model of one function: one JSON object from which tables, prose and
 * --json are printed. Its keys are interface; the manual page lists them.
 *
 * What the driver says in sysfs is taken from there. Where the driver is not
 * bound, the driver's own decision function is asked with what configuration
 * space shows, and what depends on more is "unknown".
 */
#ifndef MODEL_H
#define MODEL_H

#include <json-c/json.h>

#include "function.h"

#define WORD_UNKNOWN	"unknown"
#define WORD_NONE	"none"

/* Build the object; the caller puts it. Never NULL. */
struct json_object *model_of(const struct cli *cli, const struct function *function);

/* Is the driver bound to it, so that all is known that can be? */
bool model_is_bound(struct json_object *model);

/**
 * model_measured_time() - when it was measured
 * @model: of the function
 * @text: result: UTC in ISO 8601, WORD_NONE or WORD_UNKNOWN
 * @size: of @text
 *
 * Return: true if there is a measurement that stands.
 */
bool model_measured_time(struct json_object *model, char *text, size_t size);

/* Is it refused now, or certain to be when bound? */
bool model_is_refused(struct json_object *model);

/**
 * model_type_label() - how the function is called in a sentence
 * @model: of the function
 * @label: result, such as "virtio-blk"
 * @size: of @label
 */
void model_type_label(struct json_object *model, char *label, size_t size);

/* The driver's name from sysfs, or WORD_NONE. @driver has SYSFS_WORD bytes. */
void read_driver(const struct cli *cli, const char *address, char *driver);

/* Is this a driver that leaves its function to VFIO, or to nobody? */
bool driver_allows_vfio(const char *driver);

#endif
