// SPDX-License-Identifier: GPL-2.0-only
/* The files of rules.h: how one is read, which are in force, and which of them decides. */
#include "rules.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "bus.h"
#include "output.h"
#include "sysfs.h"

#define SUFFIX	".rule"

/* libinih tells no handler the line that it is in: so the lines are counted as they are read. */
struct reading {
	FILE *stream;
	struct rule_file *file;
	unsigned int line;
};

/* The first fault is reported: others may follow from it. */
static void fault_at(struct reading *reading, const char *text)
{
	if (reading->file->fault || !text)
		return;
	reading->file->fault = text;
	reading->file->line = reading->line;
}

/*
 * A line for libinih, without the blanks before it: those would make it a part of the line
 * above. What is longer than its buffer libinih would take for two lines.
 */
static char *read_line(char *line, int size, void *data)
{
	struct reading *reading = data;
	size_t blanks, length;

	if (!fgets(line, size, reading->stream))
		return NULL;
	reading->line++;
	length = strlen(line);
	if ((!length || line[length - 1] != '\n') && !feof(reading->stream)) {
		fault_at(reading, "the line is too long, or has a byte 0 in it");
		return NULL;
	}
	blanks = strspn(line, " \t");
	memmove(line, line + blanks, length + 1 - blanks);
	return line;
}

static int set_key(void *data, const char *section, const char *key, const char *value)
{
	struct reading *reading = data;
	struct rule *rule = &reading->file->rule;

	if (!rule->line && !strcmp(section, "Function"))
		rule->line = reading->line;
	fault_at(reading, rule_set(rule, section, key, value));
	return 1;
}

static void parse(struct rule_file *file, FILE *stream)
{
	struct reading reading = { stream, file, 0 };
	int line = ini_parse_stream(read_line, &reading, set_key, &reading);

	/* A line that is no key, and no section, is seen by libinih alone. */
	if (line > 0 && (!file->fault || (unsigned int)line < file->line)) {
		file->fault = "expected [Match], [Function], KEY=VALUE or a comment";
		file->line = (unsigned int)line;
	} else if (ferror(stream)) {
		fault_at(&reading, "the file cannot be read to its end");
	} else {
		fault_at(&reading, rule_missing(&file->rule));
	}
}

static bool is_null_device(const struct stat *status)
{
	return S_ISCHR(status->st_mode) && status->st_rdev == makedev(1, 3);
}

void rule_file_read(struct rule_file *file, const char *name)
{
	int fd = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	FILE *stream = fd < 0 ? NULL : fdopen(fd, "r");
	struct stat status;

	memset(file, 0, sizeof(*file));
	file->name = new_text("%s", name);
	file->rule.file = file->name;
	file->rule.policy = NOT_KNOWN;
	if (!stream || fstat(fd, &status))
		file->fault = new_text("cannot be read: %s", strerror(errno));
	else if (is_null_device(&status))
		file->is_mask = true;
	else if (!S_ISREG(status.st_mode))
		file->fault = "expected a file, or a link to /dev/null";
	else
		parse(file, stream);
	if (stream)
		fclose(stream);
	else if (fd >= 0)
		close(fd);
}

/* "NAME:LINE", or "NAME". */
static const char *file_place(const struct rule_file *file)
{
	return file->line ? new_text("%s:%u", file->name, file->line) : file->name;
}

/* A file of a directory before hides one of the same name. */
static const char *const folders[] = { "etc", "run", "usr/lib" };

static bool is_rule_name(const char *name)
{
	size_t length = strlen(name);

	return *name != '.' && length > strlen(SUFFIX) &&
	       !strcmp(name + length - strlen(SUFFIX), SUFFIX);
}

static const char *base_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

static struct rule_file *add(struct rules *rules)
{
	struct rule_file *files = realloc(rules->files, (rules->count + 1) * sizeof(*files));

	if (!files)
		out_of_memory();
	rules->files = files;
	return &files[rules->count++];
}

static bool has_name(const struct rules *rules, const char *name)
{
	size_t i;

	for (i = 0; i < rules->count; i++)
		if (!strcmp(base_name(rules->files[i].name), name))
			return true;
	return false;
}

static void add_folder(struct rules *rules, const char *path)
{
	struct dirent *entry;
	DIR *dir = opendir(path);
	struct rule_file *file;

	if (!dir && errno != ENOENT) {
		file = add(rules);
		*file = (struct rule_file){ .name = new_text("%s", path) };
		file->fault = new_text("cannot be read: %s", strerror(errno));
	}
	while (dir && (entry = readdir(dir)))
		if (is_rule_name(entry->d_name) && !has_name(rules, entry->d_name))
			rule_file_read(add(rules), AT("%s/%s", path, entry->d_name));
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	const struct rule_file *x = a, *y = b;

	return strcmp(base_name(x->name), base_name(y->name));
}

static struct rules known;
static bool is_known;

void rules_forget(void)
{
	free(known.files);
	known = (struct rules){ 0 };
	is_known = false;
}

const struct rules *rules_read(void)
{
	size_t i, kept = 0;

	if (is_known)
		return &known;
	is_known = true;
	/* The rules of this machine are not those of the one that a dump was taken on. */
	if (cli->dump && !cli->root)
		return &known;
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		add_folder(&known, AT("%s/%s/" RULES_DIR, cli->root ? cli->root : "", folders[i]));
	for (i = 0; i < known.count; i++)
		if (!known.files[i].is_mask)
			known.files[kept++] = known.files[i];
	known.count = kept;
	if (kept)
		qsort(known.files, kept, sizeof(*known.files), by_name);
	for (i = 0; i < kept; i++)
		known.broken += !!known.files[i].fault;
	return &known;
}

void rules_report(const struct rules *rules, bool as_errors)
{
	size_t i;

	for (i = 0; i < rules->count; i++)
		if (rules->files[i].fault)
			report(as_errors, file_place(&rules->files[i]), "%s; the file is left "
			       "out, and until it is mended no rule makes a policy laxer than strict",
			       rules->files[i].fault);
}

static bool is_lax(int policy)
{
	return policy != VIRTIO_FIXUP_POLICY_STRICT && policy != VIRTIO_FIXUP_POLICY_DENY;
}

const struct rule *rules_find(const struct function *function)
{
	const struct rules *rules = rules_read();
	const char *type = vfx_type_name(function->type);
	struct rule_facts facts = { {
		[RULE_ADDRESS] = function->address,
		[RULE_PORT] = bus_port(function),
		[RULE_ID] = new_text("%04x:%04x:%04x:%04x", function->vendor, function->device,
				     function->subsystem_vendor, function->subsystem),
		[RULE_TYPE] = type ? type : "",
		[RULE_PF] = function->from_dump ? "" :
			    sysfs_link(AT("devices/%s/physfn", function->address)),
	} };
	size_t i;

	for (i = 0; i < rules->count; i++)
		if (!rules->files[i].fault && rule_matches(&rules->files[i].rule, &facts))
			return &rules->files[i].rule;
	return NULL;
}

void rules_configure(struct function *function)
{
	const struct rules *rules = rules_read();
	struct configured *configured = &function->configured;
	const struct rule *rule;

	*configured = (struct configured){ .bind = NOT_KNOWN, .policy = NOT_KNOWN };
	rule = rules->count ? rules_find(function) : NULL;
	if (!rule)
		return;
	configured->rule = new_text("%s:%u", rule->file, rule->line);
	configured->bind = rule->bind == BIND_UNSAID ? NOT_KNOWN : (int)rule->bind;
	configured->policy = rule->policy;
	/* Without a policy of its own a function would begin with the module's. */
	configured->is_capped = rules->broken && is_lax(rule->policy) &&
				(rule->policy != NOT_KNOWN || *rule_bind_driver(rule->bind));
	if (configured->is_capped)
		configured->policy = VIRTIO_FIXUP_POLICY_STRICT;
}

static int driver_differs(const struct function *function)
{
	int bind = function->configured.bind;

	if (!function->driver)
		return NOT_KNOWN;
	if (bind == NOT_KNOWN)
		return 0;
	if (bind == BIND_NO)
		return is_vfio_driver(function->driver);
	return strcmp(function->driver, rule_bind_driver((enum rule_bind)bind)) != 0;
}

static int policy_differs(const struct function *function)
{
	int policy = function->configured.policy;

	if (function->policy == NOT_KNOWN)
		return NOT_KNOWN;
	if (policy == NOT_KNOWN || (function->configured.is_capped && !is_lax(function->policy)))
		return 0;
	return function->policy != policy;
}

void rules_compare(struct function *function)
{
	if (!function->configured.rule)
		return;
	function->configured.driver_differs = driver_differs(function);
	function->configured.policy_differs = policy_differs(function);
}
