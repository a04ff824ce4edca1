// SPDX-License-Identifier: GPL-2.0-only
/* The platform's facts of platform.h. */
#include "platform.h"

#include <stdio.h>
#include <string.h>

#include "model.h"
#include "output.h"
#include "sysfs.h"

#define DEVICE_TREE	"device tree"

/* Kinds of IOMMU by the names that their drivers give them. */
static const struct {
	const char *prefix;
	const char *class;
	const char *table;	/* of ACPI, which describes it */
} kinds[] = {
	{ "dmar", "intel-iommu", "DMAR" },
	{ "ivhd", "amd-iommu", "IVRS" },
	{ "virtio", "virtio-iommu", "VIOT" },
	{ "smmu", "arm-smmu", "IORT" },
};

static bool has_text(struct json_object *array, const char *text)
{
	size_t i;

	for (i = 0; i < json_object_array_length(array); i++)
		if (!strcmp(json_object_get_string(json_object_array_get_idx(array, i)), text))
			return true;
	return false;
}

/*
 * The descriptions of IOMMUs that firmware gave. With ACPI a kernel may show an
 * empty device tree, which describes nothing.
 */
static struct json_object *firmware_of(const struct cli *cli)
{
	struct json_object *firmware = json_object_new_array();
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (sysfs_exists(cli, "../../firmware/acpi/tables/%s", kinds[i].table))
			append_text(firmware, "%s", kinds[i].table);
	if (!sysfs_exists(cli, "../../firmware/acpi/tables") &&
	    sysfs_exists(cli, "../../firmware/devicetree"))
		append_text(firmware, DEVICE_TREE);
	return firmware;
}

static void add_kind(struct json_object *platform, const char *iommu,
		     struct json_object *firmware)
{
	const char *class = strcmp(iommu, WORD_NONE) ? WORD_UNKNOWN : WORD_NONE;
	const char *described_by = class;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strncmp(iommu, kinds[i].prefix, strlen(kinds[i].prefix)))
			continue;
		class = kinds[i].class;
		if (has_text(firmware, kinds[i].table))
			described_by = kinds[i].table;
		else if (has_text(firmware, DEVICE_TREE))
			described_by = DEVICE_TREE;
	}
	add_text(platform, "iommu_class", "%s", class);
	add_text(platform, "described_by", "%s", described_by);
}

struct json_object *platform_of(const struct cli *cli, const char *address)
{
	struct json_object *platform = json_object_new_object(), *firmware;
	char iommu[SYSFS_WORD], group[SYSFS_WORD], type[SYSFS_WORD];

	if (cli->dump) {
		add_text(platform, "iommu", WORD_UNKNOWN);
		add_text(platform, "iommu_class", WORD_UNKNOWN);
		add_text(platform, "described_by", WORD_UNKNOWN);
		add_text(platform, "domain", WORD_UNKNOWN);
		json_object_object_add(platform, "firmware", json_object_new_array());
		return platform;
	}
	firmware = firmware_of(cli);
	if (sysfs_link(cli, iommu, "devices/%s/iommu", address) || !*iommu)
		strcpy(iommu, WORD_NONE);
	add_text(platform, "iommu", "%s", iommu);
	add_kind(platform, iommu, firmware);
	if (sysfs_link(cli, group, "devices/%s/iommu_group", address))
		strcpy(type, WORD_NONE);
	else if (sysfs_read(cli, type, "devices/%s/iommu_group/type", address) || !*type)
		strcpy(type, WORD_UNKNOWN);
	add_text(platform, "domain", "%s", type);
	json_object_object_add(platform, "firmware", firmware);
	return platform;
}
