/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules: which functions one is for, and what it wants of them. A rule is a file NAME.rule
 * in /etc, /run or /usr/lib, in the shape of systemd's .link files.
 */
#ifndef RULES_H
#define RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "cli.h"

struct function;

#define RULES_DIR	"vfio-virtio-fixup"	/* below each of those */

enum rule_key {
	RULE_ADDRESS,
	RULE_PORT,
	RULE_ID,
	RULE_TYPE,
	RULE_PF,
	RULE_KEYS,
};

enum rule_bind {
	BIND_UNSAID,		/* the driver is left as it is */
	BIND_FIXUP,
	BIND_VFIO_PCI,
	BIND_NO,
	RULE_BINDS,
};

/* What each key is matched with; "" where there is none, or it is not known. */
struct rule_facts {
	const char *is[RULE_KEYS];	/* RULE_ID: VVVV:DDDD:SVVV:SDDD */
};

struct rule {
	const char *file;
	unsigned int line;		/* of the first key of [Function] */
	/* [Match]: the words of a key, one behind another, each with its terminator. */
	char *words[RULE_KEYS];
	size_t size[RULE_KEYS];
	/* [Function] */
	enum rule_bind bind;
	int policy;			/* enum virtio_fixup_policy, or NOT_KNOWN */
};

/* Set a key. Return: what is wrong with it, and what was expected; or NULL. */
const char *rule_set(struct rule *rule, const char *section, const char *key, const char *value);

/* After the last key. Return: what is missing; or NULL. */
const char *rule_missing(const struct rule *rule);

bool rule_matches(const struct rule *rule, const struct rule_facts *facts);

/* "fixup"; and the name of the driver, "" for none of VFIO's. */
const char *rule_bind_word(unsigned int bind);
const char *rule_bind_driver(enum rule_bind bind);

struct rule_file {
	const char *name;
	struct rule rule;
	bool is_mask;		/* leads to /dev/null: it is as if it was not there */
	const char *fault;	/* what is wrong with it; NULL: it is sound */
	unsigned int line;	/* of the fault; 0: of the whole file */
};

void rule_file_read(struct rule_file *file, const char *name);

/* All files in their order, but for those that are masked or stand behind one of their name. */
struct rules {
	size_t count;
	struct rule_file *files;
	size_t broken;			/* how many of them are left out */
};

/* Read them, once; and anew after they were forgotten. */
const struct rules *rules_read(void);
void rules_forget(void);

/* Report each that is broken, as an error or a warning. */
void rules_report(const struct rules *rules, bool as_errors);

/* The rule that decides about a function whose configuration space was read, or NULL. */
const struct rule *rules_find(const struct function *function);

/*
 * Fill what that rule wants of the function. While a file is broken, no function is given a
 * policy laxer than strict, because the broken file may have asked for strict.
 */
void rules_configure(struct function *function);

/*
 * See whether the function has what the rule wants. A dump does not show it; and while the
 * module has no record of the function, there is no policy to compare.
 */
void rules_compare(struct function *function);

#endif
