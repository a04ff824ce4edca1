// SPDX-License-Identifier: GPL-2.0-only
/* The command policy: the administrator's word on one function. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model.h"
#include "output.h"

static const char *const policy_help[] = {
	[VIRTIO_FIXUP_POLICY_AUTO] = "admit what is translated, or is once the bit is accepted",
	[VIRTIO_FIXUP_POLICY_STRICT] = "admit only what was measured to be translated",
	[VIRTIO_FIXUP_POLICY_VOUCHED] =
		"like auto, and trust the administrator where nothing was measured",
	[VIRTIO_FIXUP_POLICY_PHYSICAL] =
		"like auto, shown without the bit, for drivers too old to know it",
	[VIRTIO_FIXUP_POLICY_UNSAFE] = "admit everything, also what overwrites this host's memory",
	[VIRTIO_FIXUP_POLICY_DENY] = "admit nothing",
};

static void list_policies(void)
{
	size_t i;

	for (i = 0; i < VIRTIO_FIXUP_POLICIES; i++)
		fprintf(stderr, "  %-8s  %s\n", vfx_policy_word(i), policy_help[i]);
}

static void report_store_failure(const char *address, const char *word, int err)
{
	if (err == -EACCES || (err == -EPERM && geteuid()))
		report_error(address, "policy %s was not set: only root may; run it as root", word);
	else if (err == -EPERM && !strcmp(word, "unsafe"))
		report_error(address, "policy unsafe was not set: the kernel is locked down, and "
			     "unsafe would let a guest overwrite its memory; boot without "
			     "lockdown (secure boot switches it on), or choose another policy");
	else if (err == -EINVAL)
		report_error(address, "policy %s was not set: the loaded " CLI_DRIVER
			     " does not know it; load the version this tool came with", word);
	else
		report_error(address, "policy %s was not set: %s; see the kernel log", word,
			     strerror(-err));
}

static int store_policy(const struct cli *cli, const char *address, const char *word)
{
	char line[32];
	int err;

	snprintf(line, sizeof(line), "%s\n", word);
	err = sysfs_write(cli, line, "devices/%s/virtio_fixup/policy", address);
	if (err)
		report_store_failure(address, word, err);
	return err ? CLI_FAILED : CLI_DONE;
}

static void print_policy(const struct cli *cli, const struct function *function, bool was_set)
{
	struct json_object *root = json_object_new_object();
	struct json_object *model = model_of(cli, function);
	static const char *const keys[] = {
		"address", "policy", "admitted", "reason", "remedy", "view", "open",
	};
	bool is_open = !strcmp(get_text(model, "open"), "yes");
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		add_text(root, keys[i], "%s", get_text(model, keys[i]));
	json_object_object_add(root, "set", json_object_new_boolean(was_set));
	json_object_put(model);

	if (cli->json) {
		print_json(root);
	} else if (!was_set) {
		puts(get_text(root, "policy"));
	} else {
		printf("%s: policy %s; it applies to the next open%s\n", get_text(root, "address"),
		       get_text(root, "policy"),
		       is_open ? ", and the function is open now: what its user has stays" : "");
		if (!is_open)
			printf("%s: %s: %s\n", get_text(root, "address"),
			       !strcmp(get_text(root, "admitted"), "yes") ? "admitted" : "refused",
			       get_text(root, "reason"));
	}
	json_object_put(root);
}

int cmd_policy(struct cli *cli, int argc, char **argv)
{
	const struct function *function;
	enum virtio_fixup_policy policy;
	char driver[SYSFS_WORD];
	struct functions functions;
	int ret;

	if (argc == 2 && vfx_parse_policy(argv[1], &policy)) {
		report_error(argv[1], "no such policy; choose one of these:");
		list_policies();
		return CLI_USAGE;
	}
	ret = functions_load(cli, &functions);
	if (ret)
		return ret;
	ret = functions_find(&functions, argv[0], &function);
	if (ret)
		goto out;
	read_driver(cli, function->address, driver);
	if (strcmp(driver, CLI_DRIVER)) {
		report_error(function->address, "has no policy, because its driver is %s and not "
			     CLI_DRIVER "; run " CLI_NAME " bind %s", driver, function->address);
		ret = CLI_NO_FUNCTION;
		goto out;
	}
	if (argc == 2)
		ret = store_policy(cli, function->address, argv[1]);
	if (!ret)
		print_policy(cli, function, argc == 2);
out:
	functions_free(&functions);
	return ret;
}
