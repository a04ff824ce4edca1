/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A rule: which functions it is for, and what it wants of them. Pure: a rule is set key by
 * key, and matched against what is known of a function.
 */
#ifndef RULE_H
#define RULE_H

#include <stdbool.h>
#include <stddef.h>

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

/* What is wrong with a rule; "" if nothing is. */
struct rule_fault {
	char text[256];
};

/* Set a key. Return: false, and what was expected. */
bool rule_set(struct rule *rule, const char *section, const char *key, const char *value,
	      struct rule_fault *fault);

/* After the last key. Return: false, and what is missing. */
bool rule_is_complete(const struct rule *rule, struct rule_fault *fault);

bool rule_matches(const struct rule *rule, const struct rule_facts *facts);

/* "fixup"; and the name of the driver, "" for none of VFIO's. */
const char *rule_bind_word(unsigned int bind);
const char *rule_bind_driver(enum rule_bind bind);

#endif
