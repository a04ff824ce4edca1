// SPDX-License-Identifier: GPL-2.0-only
/* The administrator's words on functions, in force and in a rule file; see act.h. */
#include "act.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void report_failure(const char *address, enum virtio_fixup_policy policy, int err)
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
			     sysfs_error_text(err));
}

int store_policy(const char *address, enum virtio_fixup_policy policy)
{
	char line[32];
	int err;

	snprintf(line, sizeof(line), "%s\n", vfx_policy_word(policy));
	err = sysfs_write(line, AT("devices/%s/virtio_fixup/policy", address));
	if (err)
		report_failure(address, policy, err);
	return err ? CLI_FAILED : CLI_DONE;
}

int store_configured_policy(const struct function *function)
{
	const struct configured *configured = &function->configured;

	if (!configured->rule || configured->policy_differs != 1)
		return CLI_DONE;
	return store_policy(function->address, (enum virtio_fixup_policy)configured->policy);
}

static const char *file_name(const char *address)
{
	return new_text("40-%s.rule", address);
}

static const char *folder(void)
{
	return new_text("%s/etc/" RULES_DIR, cli->root ? cli->root : "");
}

const char *persist_path(const char *address)
{
	return new_text("%s/%s", folder(), file_name(address));
}

static int report_file_failure(const char *path, const char *what, int err)
{
	return fail(CLI_FAILED, path, "%s: %s", what, (err == EACCES || err == EPERM) && geteuid() ?
		    "only root may do that; run this as root" : strerror(err));
}

/* The folder, which nobody else changes until it is closed; or -1, and errno. */
static int lock_folder(const char *path)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err;

	if (dir < 0 || !flock(dir, LOCK_EX))
		return dir;
	err = errno;
	close(dir);
	errno = err;
	return -1;
}

/* The first rule that matches decides alone: so a Bind= of the next one would be lost. */
static const char *bind_line(const struct rule *rule)
{
	if (!rule || rule->bind == BIND_UNSAID)
		return "";
	return new_text("Bind=%s", rule_bind_word(rule->bind));
}

int persist_policy(struct function *function, enum virtio_fixup_policy policy)
{
	const char *name = file_name(function->address), *path = folder(), *bind;
	const struct rule *rule;
	char text[512];
	int dir, err;

	if (mkdir(path, 0755) && errno != EEXIST)
		return report_file_failure(path, "cannot be made", errno);
	dir = lock_folder(path);
	if (dir < 0)
		return report_file_failure(path, "cannot be locked", errno);
	rule = rules_find(function);
	if (rule && strcmp(strrchr(rule->file, '/') + 1, name) < 0) {
		report_error(function->address, "policy %s is not kept, because the rule of %s comes "
			     "first and decides alone; change that file", vfx_policy_word(policy),
			     rule->file);
		close(dir);
		return CLI_REFUSED;
	}
	bind = bind_line(rule);
	snprintf(text, sizeof(text),
		 "# Written by " CLI_NAME " policy --persist; see " CLI_NAME ".rule(5).\n"
		 "[Match]\nAddress=%s\n\n[Function]\n%s%sPolicy=%s\n", function->address, bind,
		 *bind ? "\n" : "", vfx_policy_word(policy));
	path = persist_path(function->address);
	err = replace_file(path, text);
	close(dir);
	return err ? report_file_failure(path, "cannot be written", err) : CLI_DONE;
}

int forget_policy(const char *address, bool *was_there)
{
	const char *path = folder();
	int dir = lock_folder(path), err = 0;

	*was_there = dir >= 0;
	if (dir < 0)
		return errno == ENOENT ? CLI_DONE :
					 report_file_failure(path, "cannot be locked", errno);
	if (unlinkat(dir, file_name(address), 0)) {
		*was_there = errno != ENOENT;
		err = *was_there ? errno : 0;
	} else if (fsync(dir)) {
		err = errno;
	}
	close(dir);
	return err ? report_file_failure(persist_path(address), "cannot be removed", err) :
		     CLI_DONE;
}
