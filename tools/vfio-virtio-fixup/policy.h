/* SPDX-License-Identifier: GPL-2.0-only */
/* The administrator's words on functions, and giving one to the driver. */
#ifndef POLICY_H
#define POLICY_H

#include "function.h"

/* The text is no policy: report it, with those that are. */
void report_no_policy(const char *text);

/* Return: an enum cli_exit; the error is reported. */
int store_policy(const struct cli *cli, const char *address, enum virtio_fixup_policy policy);

/* The one that a rule wants, if it is another than that in force. Return: the same. */
int store_configured_policy(const struct cli *cli, const struct function *function);

#endif
