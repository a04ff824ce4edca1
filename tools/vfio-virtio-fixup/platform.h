/* SPDX-License-Identifier: GPL-2.0-only */
/* What this machine has to translate a function's DMA with, for the data model. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <json-c/json.h>

#include "cli.h"

/**
 * platform_of() - the platform's facts of one function
 * @cli: says where to look
 * @address: of the function
 *
 * Return: an object with the IOMMU that serves the function, its class, the
 * default domain's type, what describes that IOMMU, and all that firmware
 * describes. The caller puts it.
 */
struct json_object *platform_of(const struct cli *cli, const char *address);

#endif
