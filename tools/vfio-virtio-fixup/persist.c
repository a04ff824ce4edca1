// SPDX-License-Identifier: GPL-2.0-only
/* The writing of persist.h. */
#include "persist.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus.h"
#include "output.h"
#include "replace_file.h"
#include "rules.h"
#include "sysfs.h"

static const char *file_name(const char *address)
{
	return new_text("40-%s.rule", address);
}

static const char *folder(const struct cli *cli)
{
	return new_text("%s/etc/" RULES_DIR, cli->root ? cli->root : "");
}

const char *persist_path(const struct cli *cli, const char *address)
{
	return new_text("%s/%s", folder(cli), file_name(address));
}

static int report_failure(const char *path, const char *what, int err)
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
	const struct cli *cli = function->bus->cli;
	const char *name = file_name(function->address), *path = folder(cli), *bind;
	const struct rule *rule;
	char text[512];
	int dir, err;

	if (mkdir(path, 0755) && errno != EEXIST)
		return report_failure(path, "cannot be made", errno);
	dir = lock_folder(path);
	if (dir < 0)
		return report_failure(path, "cannot be locked", errno);
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
	path = persist_path(cli, function->address);
	err = replace_file(path, text);
	close(dir);
	return err ? report_failure(path, "cannot be written", err) : CLI_DONE;
}

int forget_policy(const struct cli *cli, const char *address, bool *was_there)
{
	const char *path = folder(cli);
	int dir = lock_folder(path), err = 0;

	*was_there = dir >= 0;
	if (dir < 0)
		return errno == ENOENT ? CLI_DONE : report_failure(path, "cannot be locked", errno);
	if (unlinkat(dir, file_name(address), 0)) {
		*was_there = errno != ENOENT;
		err = *was_there ? errno : 0;
	} else if (fsync(dir)) {
		err = errno;
	}
	close(dir);
	return err ? report_failure(persist_path(cli, address), "cannot be removed", err) : CLI_DONE;
}
