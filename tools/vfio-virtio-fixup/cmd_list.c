// SPDX-License-Identifier: GPL-2.0-only
/* The commands list and show: the data model as a table, and a fact a line. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "contradiction.h"
#include "model.h"
#include "output.h"

static const struct column list_columns[] = {
	{ "BDF", "address", NULL },
	{ "TYPE", "type", NULL },
	{ "IDENTITY", "identity", NULL },
	{ "DRIVER", "driver", NULL },
	{ "GROUP", "iommu_group", NULL },
	{ "OFFERED", "offered", NULL },
	{ "VERDICT", "verdict", "basis" },
	{ "POLICY", "policy", NULL },
	{ "ADMITTED", "admitted", NULL },
	/* Only where a function has it: this machine is the guest of a host that says so. */
	{ "HOST SAYS", "host_says", NULL },
};

/* What the host says of a function, in a word; returns whether it says anything. */
static bool add_host_says(struct json_object *model)
{
	struct json_object *description = get_member(model, "description");

	if (description)
		add_text(model, "host_says", "%s (%s)", get_text(description, "verdict"),
			 get_text(description, "basis"));
	return description;
}

static void print_rows(struct json_object *rows)
{
	size_t i, columns = sizeof(list_columns) / sizeof(list_columns[0]);
	bool says = false;

	for (i = 0; i < json_object_array_length(rows); i++)
		says |= add_host_says(json_object_array_get_idx(rows, i));
	print_table(rows, list_columns, says ? columns : columns - 1);
}

int cmd_list(struct cli *cli, int argc, char **argv)
{
	struct json_object *root, *rows;
	struct functions functions;
	size_t i;
	int ret;

	(void)argc;
	(void)argv;
	ret = functions_load(cli, &functions);
	if (ret)
		return ret;
	root = json_object_new_object();
	rows = json_object_new_array();
	json_object_object_add(root, "functions", rows);
	for (i = 0; i < functions.count; i++)
		if (functions.all[i].is_virtio)
			json_object_array_add(rows, model_of(cli, &functions.all[i]));

	if (cli->json)
		print_json(root);
	else if (!json_object_array_length(rows))
		puts("no virtio functions");
	else
		print_rows(rows);
	json_object_put(root);
	functions_free(&functions);
	return CLI_DONE;
}

static void print_ids(struct json_object *model)
{
	printf("type: %s (%s)\n", get_text(model, "type"), get_text(model, "type_number"));
	printf("identity: %s\n", get_text(model, "identity"));
	printf("ids: %s:%s, subsystem %s:%s, revision %s\n", get_text(model, "vendor_id"),
	       get_text(model, "device_id"), get_text(model, "subsystem_vendor_id"),
	       get_text(model, "subsystem_id"), get_text(model, "revision"));
}

static void print_place(struct json_object *model)
{
	struct json_object *members = get_member(model, "group_members");
	size_t i;

	printf("driver: %s\n", get_text(model, "driver"));
	printf("iommu group: %s\n", get_text(model, "iommu_group"));
	for (i = 0; i < json_object_array_length(members); i++) {
		struct json_object *member = json_object_array_get_idx(members, i);

		printf("group member: %s, driver %s%s\n", get_text(member, "address"),
		       get_text(member, "driver"),
		       json_object_get_boolean(get_member(member, "vfio_viable")) ? "" :
		       ": VFIO cannot open the group");
	}
}

static void print_platform(struct json_object *model)
{
	struct json_object *platform = get_member(model, "platform");
	struct json_object *firmware = get_member(platform, "firmware");
	const char *iommu = get_text(platform, "iommu");
	const char *by = get_text(platform, "described_by");
	bool described = strcmp(by, WORD_UNKNOWN);
	size_t i;

	if (!strcmp(iommu, WORD_UNKNOWN)) {
		printf("platform: unknown: %s\n", get_text(model, "unknown_because"));
		return;
	}
	if (strcmp(iommu, WORD_NONE))
		printf("platform: %s%s%s%s, domain %s\n", iommu, described ? " (" : "",
		       described ? by : "", described ? ")" : "",
		       get_text(platform, "domain"));
	else
		printf("platform: no IOMMU\n");
	printf("firmware describes:");
	for (i = 0; i < json_object_array_length(firmware); i++)
		printf("%s %s", i ? "," : "",
		       json_object_get_string(json_object_array_get_idx(firmware, i)));
	puts(i ? "" : " no IOMMU");
}

static void print_config_read(struct json_object *model)
{
	printf("configuration space: %s bytes read\n", get_text(model, "config_bytes"));
	printf("capability list: %s\n", get_text(model, "capability_list"));
}

static void print_structures(struct json_object *model)
{
	struct json_object *structures = get_member(model, "structures");
	const char *room = get_text(model, "description_room");
	size_t i;

	print_config_read(model);
	for (i = 0; i < json_object_array_length(structures); i++) {
		struct json_object *s = json_object_array_get_idx(structures, i);

		printf("structure: %s, BAR %s, offset 0x%" PRIx64 ", length 0x%" PRIx64 "%s\n",
		       get_text(s, "kind"), get_text(s, "bar"),
		       json_object_get_uint64(get_member(s, "offset")),
		       json_object_get_uint64(get_member(s, "length")),
		       json_object_get_boolean(get_member(s, "shares_page_with_common")) ?
		       ", shares a page with common: trapped, not mapped" : "");
	}
	printf("configuration windows: %s\n", get_text(model, "config_windows"));
	printf("room for the description: %s%s\n", !strncmp(room, "0x", 2) ? "at " : "", room);
}

/* Facts that only the driver knows: where there is none to ask, say so. */
static void print_fact(struct json_object *model, const char *label, const char *key)
{
	const char *value = get_text(model, key);

	if (strcmp(value, WORD_UNKNOWN) || model_is_bound(model))
		printf("%s: %s\n", label, value);
	else
		printf("%s: unknown: %s\n", label, get_text(model, "unknown_because"));
}

static void print_measurement(struct json_object *model)
{
	const char *usecs = get_text(model, "measured_usecs");
	const char *reason = get_text(model, "measured_reason");
	char when[64];

	if (!model_is_bound(model))
		return;
	model_measured_time(model, when, sizeof(when));
	printf("measured time: %s\n", when);
	printf("measured usecs: %s\n", *usecs ? usecs : WORD_UNKNOWN);
	if (*reason)
		printf("measured reason: %s\n", reason);
}

static void print_contradictions(struct json_object *model)
{
	struct json_object *words = get_member(model, "contradictions");
	size_t i;

	for (i = 0; i < json_object_array_length(words); i++) {
		const char *word = json_object_get_string(json_object_array_get_idx(words, i));
		char text[SYSFS_WORD];

		contradiction_text(model, word, text, sizeof(text));
		if (strcmp(text, word))
			printf("contradiction: %s: %s\n", word, text);
		else
			printf("contradiction: %s\n", word);
	}
}

static void print_description(struct json_object *model)
{
	struct json_object *description = get_member(model, "description");

	if (description)
		printf("its host says: %s (%s)\n", get_text(description, "verdict"),
		       get_text(description, "basis"));
}

static void print_decision(struct json_object *model)
{
	struct json_object *counters = get_member(model, "counters");

	print_fact(model, "offered", "offered");
	print_fact(model, "measured unacked", "measured_unacked");
	print_fact(model, "measured acked", "measured_acked");
	print_measurement(model);
	print_fact(model, "verdict", "verdict");
	printf("basis: %s\n", get_text(model, "basis"));
	print_fact(model, "admitted", "admitted");
	printf("reason: %s\n", get_text(model, "reason"));
	if (*get_text(model, "remedy"))
		printf("remedy: %s\n", get_text(model, "remedy"));
	print_fact(model, "view", "view");
	print_fact(model, "policy", "policy");
	print_contradictions(model);
	print_fact(model, "open", "open");
	if (!counters)
		return;
	json_object_object_foreach(counters, name, count)
		printf("%s: %s\n", name, json_object_get_string(count));
}

static void print_config(struct json_object *model)
{
	static const struct column columns[] = {
		{ "RANGE", "range", NULL },
		{ "CAPABILITY", "capability", NULL },
		{ "NAME", "name", NULL },
		{ "READ FROM", "read", NULL },
		{ "WRITE", "write", NULL },
		{ "WHY", "why", NULL },
	};

	print_config_read(model);
	print_table(get_member(model, "config"), columns, sizeof(columns) / sizeof(columns[0]));
}

static void print_facts(struct json_object *model)
{
	print_ids(model);
	print_place(model);
	print_platform(model);
	print_structures(model);
	print_description(model);
	print_decision(model);
}

/* Whether some were shown and some were not, or all failed alike. */
static int combine(int done, int failed, int last)
{
	if (!failed)
		return CLI_DONE;
	return done ? CLI_PARTLY_DONE : last;
}

int cmd_show(struct cli *cli, int argc, char **argv)
{
	struct json_object *root, *rows;
	struct functions functions;
	int ret, i, failed = 0, last = CLI_DONE;
	size_t r;

	ret = functions_load(cli, &functions);
	if (ret)
		return ret;
	root = json_object_new_object();
	rows = json_object_new_array();
	json_object_object_add(root, "functions", rows);
	for (i = 0; i < argc; i++) {
		const struct function *function;

		ret = functions_find(&functions, argv[i], &function);
		if (!ret && cli->config)
			ret = require_config(cli, function);
		if (!ret) {
			json_object_array_add(rows, model_of(cli, function));
			continue;
		}
		failed++;
		last = ret;
	}
	if (cli->json)
		print_json(root);
	for (r = 0; !cli->json && r < json_object_array_length(rows); r++) {
		struct json_object *model = json_object_array_get_idx(rows, r);

		if (r)
			putchar('\n');
		printf("address: %s\n", get_text(model, "address"));
		if (cli->config)
			print_config(model);
		else
			print_facts(model);
	}
	ret = combine((int)json_object_array_length(rows), failed, last);
	json_object_put(root);
	functions_free(&functions);
	return ret;
}
