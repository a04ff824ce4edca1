/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who would miss a function that is taken away: this host's own mounts, swap and
 * default routes, or a process that has it open by VFIO.
 */
#ifndef IN_USE_H
#define IN_USE_H

#include "cli.h"
#include "output.h"

/*
 * What this host does with a function: a phrase for each use, such as "vda1 is mounted on
 * /". Sees this process's mount and network namespaces. What cannot be checked counts as a
 * use.
 */
void find_host_uses(const struct cli *cli, const char *address, struct phrases *uses);

/*
 * Which processes have a function open by VFIO, uio or vDPA. Best effort: another user's
 * processes are seen by root only.
 */
void find_vfio_users(const struct cli *cli, const char *address, struct phrases *users);

/* The virtual functions of one, which go when its driver does; and who has them open. */
void find_vfs(const struct cli *cli, const char *address, struct phrases *vfs);

#endif
