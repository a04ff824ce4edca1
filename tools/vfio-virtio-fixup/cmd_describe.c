// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command describe: what the host of this machine says of a function, in
 * the description capability that the driver adds to configuration space. It
 * needs no driver here, and works inside a guest before any is loaded.
 */
#include <stdio.h>
#include <string.h>

#include "description.h"
#include "model.h"
#include "output.h"

static void describe_absence(const struct cli *cli, const struct function *function,
			     struct json_object *model, struct json_object *object)
{
	json_object_object_add(object, "description", NULL);
	add_text(object, "ground", "%s", "");
	if (!strcmp(get_text(model, "driver"), CLI_DRIVER)) {
		add_text(object, "meaning", "this host's own " CLI_DRIVER " is bound to it, and "
			 "describes it to the guest it is given to, not here; see " CLI_NAME
			 " show %s", function->address);
		return;
	}
	add_text(object, "meaning", "no description capability: nothing can be known from its "
		 "configuration space about where its DMA goes%s",
		 cli->dump ? "" : "; if this machine is a guest, its host gave it the function "
		 "by another driver, or there was no room for the capability");
}

static int describe(const struct cli *cli, const struct function *function,
		    struct json_object *rows)
{
	struct json_object *object, *model, *description;
	int ret = require_config(cli, function);

	if (ret)
		return ret;
	model = model_of(cli, function);
	object = json_object_new_object();
	add_text(object, "address", "%s", function->address);
	add_text(object, "type", "%s", get_text(model, "type"));
	json_object_object_add(object, "type_number", json_object_new_int(function->type));
	add_text(object, "driver", "%s", get_text(model, "driver"));
	description = get_member(model, "description");
	if (description) {
		json_object_object_add(object, "description", json_object_get(description));
		add_text(object, "meaning", "%s", description_meaning(function));
		add_text(object, "ground", "%s", description_ground(function));
	} else {
		describe_absence(cli, function, model, object);
	}
	json_object_array_add(rows, object);
	json_object_put(model);
	return CLI_DONE;
}

static void print_description(struct json_object *object)
{
	struct json_object *d = get_member(object, "description");
	char label[64];

	model_type_label(object, label, sizeof(label));
	printf("%s: %s\n", get_text(object, "address"), label);
	if (d) {
		printf("  verdict: %s\n", get_text(d, "verdict"));
		printf("  basis: %s\n", get_text(d, "basis"));
		printf("  view: %s\n", get_text(d, "view"));
		printf("  ability: %s\n", get_text(d, "ability"));
		printf("  state: %s\n", get_text(d, "state"));
		printf("  capability: at %s, version %s\n", get_text(d, "position"),
		       get_text(d, "version"));
	}
	print_wrapped(get_text(object, "meaning"), 2);
	if (d)
		print_wrapped(get_text(object, "ground"), 2);
}

static int describe_all(const struct cli *cli, const struct functions *functions,
			struct json_object *rows, int *failed)
{
	int ret, last = CLI_DONE;
	size_t i;

	for (i = 0; i < functions->count; i++) {
		if (!functions->all[i].is_virtio)
			continue;
		ret = describe(cli, &functions->all[i], rows);
		if (ret) {
			last = ret;
			(*failed)++;
		}
	}
	return last;
}

static int describe_named(const struct cli *cli, const struct functions *functions,
			  char **names, int count, struct json_object *rows, int *failed)
{
	const struct function *function;
	int i, ret, last = CLI_DONE;

	for (i = 0; i < count; i++) {
		ret = functions_find(functions, names[i], &function);
		if (!ret)
			ret = describe(cli, function, rows);
		if (ret) {
			last = ret;
			(*failed)++;
		}
	}
	return last;
}

int cmd_describe(struct cli *cli, int argc, char **argv)
{
	struct json_object *root, *rows;
	struct functions functions;
	int ret, failed = 0;
	size_t i;

	if (cli->all ? argc : !argc) {
		report_error("describe", "give either the addresses of functions, or --all");
		return CLI_USAGE;
	}
	ret = functions_load(cli, &functions);
	if (ret)
		return ret;
	root = json_object_new_object();
	rows = json_object_new_array();
	json_object_object_add(root, "functions", rows);
	if (cli->all)
		ret = describe_all(cli, &functions, rows, &failed);
	else
		ret = describe_named(cli, &functions, argv, argc, rows, &failed);

	if (cli->json)
		print_json(root);
	for (i = 0; !cli->json && i < json_object_array_length(rows); i++)
		print_description(json_object_array_get_idx(rows, i));
	if (!cli->json && cli->all && !failed && !json_object_array_length(rows))
		puts("no virtio functions");
	if (failed && json_object_array_length(rows))
		ret = CLI_PARTLY_DONE;
	json_object_put(root);
	functions_free(&functions);
	return ret;
}
