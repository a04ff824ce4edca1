// SPDX-License-Identifier: GPL-2.0-only
/* The words and the writing of policy.h. */
#include "policy.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "output.h"
#include "sysfs.h"

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

static const char *policy_name(size_t i)
{
	return i < VIRTIO_FIXUP_POLICIES ? vfx_policy_word(i) : NULL;
}

void report_no_policy(const char *text)
{
	const char *meant = nearest_word(text, policy_name);
	size_t i;

	if (meant)
		report_error(text, "no such policy; did you mean %s? Choose one of these:", meant);
	else
		report_error(text, "no such policy; choose one of these:");
	for (i = 0; i < VIRTIO_FIXUP_POLICIES; i++)
		fprintf(stderr, "  %-8s  %s\n", policy_name(i), policy_help[i]);
}

static void report_failure(const struct cli *cli, const char *address,
			   enum virtio_fixup_policy policy, int err)
{
	const char *word = vfx_policy_word(policy);

	if (err == -EACCES || (err == -EPERM && geteuid()))
		report_error(address, "policy %s was not set, because only root may do that; "
			     "run this as root", word);
	else if (err == -EPERM && policy == VIRTIO_FIXUP_POLICY_UNSAFE)
		report_error(address, "policy unsafe was not set, because the kernel is locked "
			     "down, and unsafe would let a guest overwrite its memory; boot without "
			     "lockdown (secure boot switches it on), or choose another policy");
	else if (err == -EINVAL)
		report_error(address, "policy %s was not set: the loaded " CLI_DRIVER
			     " does not know it; load the one that came with this tool", word);
	else
		report_error(address, "policy %s was not set: %s; see the kernel log", word,
			     sysfs_error_text(cli, err));
}

int store_policy(const struct cli *cli, const char *address, enum virtio_fixup_policy policy)
{
	char line[32];
	int err;

	snprintf(line, sizeof(line), "%s\n", vfx_policy_word(policy));
	err = sysfs_write(cli, line, AT("devices/%s/virtio_fixup/policy", address));
	if (err)
		report_failure(cli, address, policy, err);
	return err ? CLI_FAILED : CLI_DONE;
}

int store_configured_policy(const struct cli *cli, const struct function *function)
{
	const struct configured *configured = &function->configured;

	if (!configured->rule || configured->policy_differs != 1)
		return CLI_DONE;
	return store_policy(cli, function->address, (enum virtio_fixup_policy)configured->policy);
}
