/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules in force, which are files NAME.rule in /etc, /run and /usr/lib; and what they
 * want of a function.
 */
#ifndef RULES_H
#define RULES_H

#include "function.h"
#include "rule_file.h"

#define RULES_DIR	"vfio-virtio-fixup"	/* below each of those */

/* All files in their order, but for those that are masked or stand behind one of their name. */
struct rules {
	size_t count;
	struct rule_file *files;
	size_t broken;			/* how many of them are left out */
};

/* Read them, once; and anew after they were forgotten. */
const struct rules *rules_read(const struct cli *cli);
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
