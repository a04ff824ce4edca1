/* SPDX-License-Identifier: GPL-2.0-only */
/* The rule file that "policy --persist" writes for one function, and "--forget" removes. */
#ifndef PERSIST_H
#define PERSIST_H

#include "function.h"

/*
 * Write it, with the Bind= of the rule that it will stand before. Return: an enum cli_exit,
 * CLI_REFUSED if the rule of another file comes first; the error is reported.
 */
int persist_policy(struct function *function, enum virtio_fixup_policy policy);

/* Return: the same; @was_there is false if there is none. */
int forget_policy(const struct cli *cli, const char *address, bool *was_there);

/* Its path. */
const char *persist_path(const struct cli *cli, const char *address);

#endif
