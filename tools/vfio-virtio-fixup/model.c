// SPDX-License-Identifier: GPL-2.0-only
/* The data model of model.h. */
#include "model.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config_ranges.h"
#include "description.h"
#include "output.h"
#include "platform.h"

#define MAX_GROUP_MEMBERS	256

static const char *const counters[] = {
	"refused_opens", "refused_features_ok", "refused_driver_ok", "refused_queue_enable",
	"refused_late_features", "refused_status_clear", "refused_in_reset", "refused_partial",
	"refused_undeclared", "refused_window", "refused_mmap", "refused_request",
};

static const char *const structure_words[] = {
	[VFX_KIND_ABSENT] = "unsound-common",
	[VFX_KIND_COMMON] = "common",
	[VFX_KIND_NOTIFY] = "notify",
	[VFX_KIND_ISR] = "isr",
	[VFX_KIND_DEVICE] = "device",
	[VFX_KIND_SHARED_MEMORY] = "shared-memory",
	[VFX_KIND_MSIX] = "msix",
	[VFX_KIND_LEGACY] = "legacy",
};

void read_driver(const struct cli *cli, const char *address, char *driver)
{
	if (sysfs_link(cli, driver, "devices/%s/driver", address) || !*driver)
		strcpy(driver, WORD_NONE);
}

bool driver_allows_vfio(const char *driver)
{
	return !strcmp(driver, WORD_NONE) || !strcmp(driver, "pcieport") ||
	       !strcmp(driver, "pci-stub") || strstr(driver, "vfio");
}

static void add_ids(struct json_object *model, const struct function *function)
{
	const char *name = vfx_type_name(function->type);

	add_text(model, "address", "%s", function->address);
	add_text(model, "type", "%s", name ? name : WORD_UNKNOWN);
	json_object_object_add(model, "type_number", json_object_new_int(function->type));
	if (config_complete(function) || function->device >= 0x1040)
		add_text(model, "identity", "%s", vfx_identity_word(
			vfx_identity(function->device, &function->layout)));
	else
		add_text(model, "identity", WORD_UNKNOWN);
	add_text(model, "vendor_id", "%04x", function->vendor);
	add_text(model, "device_id", "%04x", function->device);
	add_text(model, "subsystem_vendor_id", "%04x", function->subsystem_vendor);
	add_text(model, "subsystem_id", "%04x", function->subsystem);
	add_text(model, "revision", "%02x", function->revision);
}

static int by_text(const void *a, const void *b)
{
	struct json_object *const *x = a, *const *y = b;

	return strcmp(get_text(*x, "address"), get_text(*y, "address"));
}

/* The other members of the function's group, each with its driver. */
static struct json_object *group_members(const struct cli *cli, const char *address)
{
	struct json_object *members = json_object_new_array();
	char driver[SYSFS_WORD];
	struct dirent *entry;
	DIR *dir = NULL;
	int fd;

	fd = sysfs_open_dir(cli, "devices/%s/iommu_group/devices", address);
	if (fd >= 0)
		dir = fdopendir(fd);
	if (!dir)
		return members;
	while ((entry = readdir(dir)) &&
	       json_object_array_length(members) < MAX_GROUP_MEMBERS) {
		struct json_object *member;

		if (entry->d_name[0] == '.' || !strcmp(entry->d_name, address))
			continue;
		member = json_object_new_object();
		add_text(member, "address", "%s", entry->d_name);
		read_driver(cli, entry->d_name, driver);
		add_text(member, "driver", "%s", driver);
		json_object_object_add(member, "vfio_viable",
				       json_object_new_boolean(driver_allows_vfio(driver)));
		json_object_array_add(members, member);
	}
	closedir(dir);
	json_object_array_sort(members, by_text);
	return members;
}

static void add_place(struct json_object *model, const struct cli *cli, const char *address)
{
	char driver[SYSFS_WORD], group[SYSFS_WORD];

	if (cli->dump) {
		add_text(model, "driver", WORD_UNKNOWN);
		add_text(model, "iommu_group", WORD_UNKNOWN);
		json_object_object_add(model, "group_members", json_object_new_array());
		return;
	}
	read_driver(cli, address, driver);
	add_text(model, "driver", "%s", driver);
	if (sysfs_link(cli, group, "devices/%s/iommu_group", address) || !*group)
		strcpy(group, WORD_NONE);
	add_text(model, "iommu_group", "%s", group);
	json_object_object_add(model, "group_members", group_members(cli, address));
}

static bool same_page(const struct vfx_structure *a,
		      const struct vfx_structure *b, u64 page)
{
	return a->bar == b->bar && a->offset / page <= (b->offset + b->length - 1) / page &&
	       b->offset / page <= (a->offset + a->length - 1) / page;
}

static void add_structures(struct json_object *model, const struct function *function)
{
	const struct vfx_layout *layout = &function->layout;
	struct json_object *structures = json_object_new_array();
	long page = sysconf(_SC_PAGESIZE);
	unsigned int i;

	for (i = 0; i < layout->nr_structures; i++) {
		const struct vfx_structure *s = &layout->structures[i];
		struct json_object *structure = json_object_new_object();

		add_text(structure, "kind", "%s", structure_words[s->kind]);
		json_object_object_add(structure, "bar", json_object_new_int(s->bar));
		json_object_object_add(structure, "offset",
				       json_object_new_uint64(s->offset));
		json_object_object_add(structure, "length",
				       json_object_new_uint64(s->length));
		/* Such pages are trapped: slower, where it is notify or device. */
		json_object_object_add(structure, "shares_page_with_common",
			json_object_new_boolean(layout->common >= 0 &&
				(int)i != layout->common && page > 0 &&
				same_page(s, &layout->structures[layout->common],
					  (u64)page)));
		json_object_array_add(structures, structure);
	}
	json_object_object_add(model, "config_bytes",
			       json_object_new_int((int)function->config_len));
	add_text(model, "capability_list", "%s", !config_complete(function) ? "unread" :
		 layout->malformed ? "malformed" : "sound");
	json_object_object_add(model, "structures", structures);
	json_object_object_add(model, "config_windows",
			       json_object_new_int((int)layout->nr_windows));
	if (!config_complete(function) || layout->malformed)
		add_text(model, "description_room", WORD_UNKNOWN);
	else if (function->description_room)
		add_text(model, "description_room", "0x%02x", function->description_room);
	else
		add_text(model, "description_room", WORD_NONE);
}

/* The facts as far as configuration space and the platform show them. */
static struct vfx_facts facts_without_driver(struct json_object *model,
					     const struct function *function)
{
	struct vfx_facts facts = {
		.type = function->type,
		.identity = vfx_identity(function->device, &function->layout),
		.legacy_apart = vfx_legacy_is_apart(&function->layout),
		.common_cfg = function->layout.common >= 0,
		.iommu_group = strcmp(get_text(model, "iommu_group"), WORD_NONE),
		.group_shared = json_object_array_length(get_member(model, "group_members")),
	};

	/* Nothing may follow from capabilities that could not be read. */
	if (!config_complete(function)) {
		facts.legacy_apart = true;
		facts.common_cfg = true;
		facts.identity = VFX_IDENTITY_MODERN;
	}
	return facts;
}

/*
 * Refused whatever the feature bit and a measurement would say? Then the driver
 * need not be bound to know. @reason is set if so.
 */
static bool refused_in_any_case(struct vfx_facts facts,
				enum vfx_reason *reason)
{
	struct vfx_decision d;
	unsigned int offered, unacked, acked;

	facts.offered_known = true;
	for (offered = 0; offered < 2; offered++) {
		for (unacked = 0; unacked < VFX_OUTCOMES; unacked++) {
			for (acked = 0; acked < VFX_OUTCOMES; acked++) {
				facts.offered = offered;
				facts.unacked = unacked;
				facts.acked = acked;
				d = vfx_decide(&facts, VIRTIO_FIXUP_POLICY_AUTO);
				if (d.admitted)
					return false;
			}
		}
	}
	/* The reason that stands even if everything else is in order. */
	facts.offered = true;
	facts.unacked = VFX_OUTCOME_TRANSLATED;
	facts.acked = VFX_OUTCOME_TRANSLATED;
	*reason = vfx_decide(&facts, VIRTIO_FIXUP_POLICY_AUTO).reason;
	return true;
}

static void add_decision_without_driver(struct json_object *model, const struct cli *cli,
					const struct function *function)
{
	struct vfx_facts facts = facts_without_driver(model, function);
	struct vfx_decision d = vfx_decide(&facts, VIRTIO_FIXUP_POLICY_AUTO);
	enum vfx_reason reason;
	const char *remedy;

	add_text(model, "source", "configuration space");
	add_text(model, "unknown_because", "%s", cli->dump ? "a dump does not show it" :
		 "not bound to " CLI_DRIVER);
	add_text(model, "offered", WORD_UNKNOWN);
	add_text(model, "measured_unacked", WORD_UNKNOWN);
	add_text(model, "measured_acked", WORD_UNKNOWN);
	json_object_object_add(model, "measured_time", NULL);
	json_object_object_add(model, "measured_usecs", NULL);
	add_text(model, "measured_reason", WORD_UNKNOWN);
	add_text(model, "verdict", "%s", vfx_verdict_word(d.verdict));
	add_text(model, "basis", "%s", vfx_basis_word(d.basis));
	if (function->list_fault) {
		add_text(model, "admitted", "no");
		add_text(model, "reason", LIST_FAULT_TEXT, function->list_fault_at,
			 vfx_list_fault_text(function->list_fault));
		add_text(model, "remedy", LIST_FAULT_REMEDY);
	} else if (refused_in_any_case(facts, &reason)) {
		add_text(model, "admitted", "no");
		add_text(model, "reason", "%s", vfx_reason_text(reason));
		remedy = vfx_remedy_text(reason);
		add_text(model, "remedy", "%s", remedy ? remedy : "");
	} else {
		add_text(model, "admitted", WORD_UNKNOWN);
		add_text(model, "reason", "configuration space does not show its feature bits");
		add_text(model, "remedy", "bind it on its host (" CLI_NAME " bind %s)",
			 function->address);
	}
	add_text(model, "view", WORD_UNKNOWN);
	add_text(model, "policy", WORD_UNKNOWN);
	json_object_object_add(model, "contradictions", json_object_new_array());
	add_text(model, "open", WORD_UNKNOWN);
	json_object_object_add(model, "counters", NULL);
}

/* An attribute of the driver as it is, or "unknown" where it cannot be read. */
static void add_attribute(struct json_object *model, const struct cli *cli,
			  const char *address, const char *name)
{
	char value[SYSFS_WORD];

	if (sysfs_read(cli, value, "devices/%s/virtio_fixup/%s", address, name))
		strcpy(value, WORD_UNKNOWN);
	add_text(model, name, "%s", value);
}

static void add_yes_no(struct json_object *model, const struct cli *cli,
		       const char *address, const char *name)
{
	char value[SYSFS_WORD];

	sysfs_read(cli, value, "devices/%s/virtio_fixup/%s", address, name);
	add_text(model, name, "%s", !strcmp(value, "1") ? "yes" :
		 !strcmp(value, "0") ? "no" : WORD_UNKNOWN);
}

/* A whole number that is not negative, or null where it cannot be read. */
static void add_number(struct json_object *model, const struct cli *cli,
		       const char *address, const char *name)
{
	char value[SYSFS_WORD], *end;
	long long number;

	sysfs_read(cli, value, "devices/%s/virtio_fixup/%s", address, name);
	errno = 0;
	number = strtoll(value, &end, 10);
	if (end == value || *end || errno || number < 0)
		json_object_object_add(model, name, NULL);
	else
		json_object_object_add(model, name, json_object_new_int64(number));
}

static void add_measured(struct json_object *model, const struct cli *cli, const char *address)
{
	char value[SYSFS_WORD], *acked;

	sysfs_read(cli, value, "devices/%s/virtio_fixup/measured", address);
	acked = strchr(value, ' ');
	if (acked)
		*acked++ = '\0';
	add_text(model, "measured_unacked", "%s", *value ? value : WORD_UNKNOWN);
	add_text(model, "measured_acked", "%s", acked && *acked ? acked : WORD_UNKNOWN);
	add_number(model, cli, address, "measured_time");
	add_number(model, cli, address, "measured_usecs");
	add_attribute(model, cli, address, "measured_reason");
}

static void add_contradictions(struct json_object *model, const struct cli *cli,
			       const char *address)
{
	struct json_object *words = json_object_new_array();
	char value[SYSFS_WORD], *word, *rest;

	sysfs_read(cli, value, "devices/%s/virtio_fixup/contradictions", address);
	for (word = strtok_r(value, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		append_text(words, "%s", word);
	json_object_object_add(model, "contradictions", words);
}

static void add_counters(struct json_object *model, const struct cli *cli, const char *address)
{
	struct json_object *object = json_object_new_object();
	char value[SYSFS_WORD], *end;
	size_t i;

	for (i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
		unsigned long long count;

		if (sysfs_read(cli, value, "devices/%s/virtio_fixup/%s", address, counters[i]))
			continue;
		count = strtoull(value, &end, 10);
		if (end == value || *end)
			continue;
		json_object_object_add(object, counters[i], json_object_new_uint64(count));
	}
	json_object_object_add(model, "counters", object);
}

static void add_decision_of_driver(struct json_object *model, const struct cli *cli,
				   const char *address)
{
	add_text(model, "source", CLI_DRIVER);
	add_text(model, "unknown_because", "the driver does not say");
	add_yes_no(model, cli, address, "offered");
	add_measured(model, cli, address);
	add_attribute(model, cli, address, "verdict");
	add_attribute(model, cli, address, "basis");
	add_yes_no(model, cli, address, "admitted");
	add_attribute(model, cli, address, "reason");
	add_attribute(model, cli, address, "remedy");
	add_attribute(model, cli, address, "view");
	add_attribute(model, cli, address, "policy");
	add_contradictions(model, cli, address);
	add_yes_no(model, cli, address, "open");
	add_counters(model, cli, address);
}

struct json_object *model_of(const struct cli *cli, const struct function *function)
{
	struct json_object *model = json_object_new_object();

	add_ids(model, function);
	add_place(model, cli, function->address);
	json_object_object_add(model, "platform", platform_of(cli, function->address));
	add_structures(model, function);
	json_object_object_add(model, "description", description_of(function));
	if (!strcmp(get_text(model, "driver"), CLI_DRIVER))
		add_decision_of_driver(model, cli, function->address);
	else
		add_decision_without_driver(model, cli, function);
	if (cli->config)
		json_object_object_add(model, "config", config_ranges(function));
	return model;
}

bool model_is_bound(struct json_object *model)
{
	return !strcmp(get_text(model, "source"), CLI_DRIVER);
}

bool model_measured_time(struct json_object *model, char *text, size_t size)
{
	struct json_object *member = get_member(model, "measured_time");
	time_t when = (time_t)json_object_get_int64(member);
	struct tm utc;

	if (!member || !when) {
		snprintf(text, size, "%s", member ? WORD_NONE : WORD_UNKNOWN);
		return false;
	}
	if (!gmtime_r(&when, &utc) || !strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc))
		snprintf(text, size, "%s s after 1970", get_text(model, "measured_time"));
	return true;
}

bool model_is_refused(struct json_object *model)
{
	return !strcmp(get_text(model, "admitted"), "no");
}

void model_type_label(struct json_object *model, char *label, size_t size)
{
	const char *type = get_text(model, "type");

	if (strcmp(type, WORD_UNKNOWN))
		snprintf(label, size, "virtio-%s", type);
	else
		snprintf(label, size, "virtio (type %s)", get_text(model, "type_number"));
}
