/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading a file with a rule, in the shape of systemd's .link files. */
#ifndef RULE_FILE_H
#define RULE_FILE_H

#include "rule.h"

struct rule_file {
	const char *name;
	struct rule rule;
	bool is_mask;		/* leads to /dev/null: it is as if it was not there */
	unsigned int line;	/* of the fault; 0: of the whole file */
	struct rule_fault fault;	/* its text is "" if the file is sound */
};

void rule_file_read(struct rule_file *file, const char *name);

/* "NAME:LINE", or "NAME". */
const char *rule_file_place(const struct rule_file *file);

#endif
