// SPDX-License-Identifier: GPL-2.0-only
/* The reading of rule_file.h. */
#include "rule_file.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "output.h"
#include "rows.h"

/* libinih tells no handler the line that it is in: so the lines are counted as they are read. */
struct reading {
	FILE *stream;
	struct rule_file *file;
	unsigned int line;
};

static void fault_at(struct reading *reading, const char *text)
{
	/* The first one is reported: others may follow from it. */
	if (*reading->file->fault.text)
		return;
	snprintf(reading->file->fault.text, sizeof(reading->file->fault.text), "%s", text);
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
	struct rule_fault fault;

	if (!rule->line && !strcmp(section, "Function"))
		rule->line = reading->line;
	if (rule_set(rule, section, key, value, &fault))
		return 1;
	fault_at(reading, fault.text);
	return 0;
}

static void parse(struct rule_file *file, FILE *stream)
{
	struct reading reading = { stream, file, 0 };
	int line = ini_parse_stream(read_line, &reading, set_key, &reading);
	struct rule_fault fault;

	/* A line that is no key, and no section, is seen by libinih alone. */
	if (line > 0 && (!*file->fault.text || (unsigned int)line < file->line)) {
		snprintf(file->fault.text, sizeof(file->fault.text),
			 "expected [Match], [Function], KEY=VALUE or a comment");
		file->line = (unsigned int)line;
	} else if (ferror(stream)) {
		fault_at(&reading, "the file cannot be read to its end");
	} else if (!rule_is_complete(&file->rule, &fault)) {
		fault_at(&reading, fault.text);
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
		snprintf(file->fault.text, sizeof(file->fault.text), "cannot be read: %s",
			 strerror(errno));
	else if (is_null_device(&status))
		file->is_mask = true;
	else if (!S_ISREG(status.st_mode))
		snprintf(file->fault.text, sizeof(file->fault.text),
			 "expected a file, or a link to /dev/null");
	else
		parse(file, stream);
	if (stream)
		fclose(stream);
	else if (fd >= 0)
		close(fd);
}

const char *rule_file_place(const struct rule_file *file)
{
	return file->line ? new_text("%s:%u", file->name, file->line) : file->name;
}
