/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changes a function, and what stands in the way of that: its users and the lock, its
 * driver, and the administrator's word on it.
 */
#ifndef ACT_H
#define ACT_H

#include "function.h"
#include "output.h"

/* in_use.c, vfio_users.c: who would miss a function that is taken away. */

/*
 * What this host does with a function: a phrase for each use, such as "vda1 is mounted on
 * /". Sees this process's mount and network namespaces. What cannot be checked counts as a
 * use.
 */
void find_host_uses(const char *address, struct phrases *uses);

/*
 * Which processes have a function open by VFIO, uio or vDPA. Best effort: another user's
 * processes are seen by root only.
 */
void find_vfio_users(const char *address, struct phrases *users);

/* The virtual functions of one, which go when its driver does; and who has them open. */
void find_vfs(const char *address, struct phrases *vfs);

/*
 * lock.c: one process of this tool at a time changes a function, or another one of its IOMMU
 * group. The lock ends with the process, however that ends.
 */

/*
 * Wait for whoever has the lock, up to the time that the kernel is given, and say so. One
 * lock at a time. Return: an enum cli_exit; the error is reported.
 */
int lock_function(const char *address);
void unlock_function(void);

/*
 * take.c: taking functions from their drivers, and giving them back, without taking from this
 * host, or from a guest, what is in use.
 */

struct taking {
	bool force;			/* take also what is in use */
	const char *how_to_force;	/* what the operator would have to give for that */
	bool dry_run;			/* look only whether it may be taken */
	/* What says that a member of its group stays with this host; NULL: nothing does. */
	const char *(*stays)(const struct function *function, const char *member);
};

/*
 * Give a function, whose configuration space and members were read, to a driver.
 * Return: an enum cli_exit; the error is reported.
 */
int take_for(struct function *function, const char *driver, const struct taking *how);

/* After the last: name those of the groups that are left without a driver. */
void warn_of_freed(void);

/* Say that a function that was bound is unguarded, or will not be opened. */
void report_if_unusable(const struct function *function, bool as_error, bool *refused);

/*
 * Give a function, whose decision and details were read, back to the driver that the kernel
 * chooses. Return: an enum cli_exit; the error is reported.
 */
int leave_to_kernel(const struct function *function, const struct taking *how);

/* rebind.c: moving a function from driver to driver through sysfs. */

/*
 * Give a function to a driver by driver_override. If that fails, its old driver has it
 * again where the kernel lets it, and driver_override is cleared. Return: an enum
 * cli_exit, CLI_REFUSED if the guard vetoes it; the error is reported.
 */
int rebind_to(struct function *function, const char *driver);

/*
 * Take a function from its driver, if it has one, and let the kernel choose.
 * driver_override is cleared in any case. Return: an enum cli_exit; the error is reported.
 */
int rebind_to_default(const struct function *function);

/* Virtual functions go when the driver of their physical one does: refuse that. */
int check_vfs(const char *address, const char *undone);

/* Take a function from its driver, so that it has none; and give it back to that. */
int take_from(const char *address, const char *driver, struct phrases *why);
void give_back(const char *address, const char *driver);

/* load_module.c: getting a driver into the kernel. */

/*
 * Make sure that a PCI driver is registered; its module has the same name. Return: 0, or -1,
 * and why, and what to do.
 */
int load_driver(const char *driver, struct phrases *why);

/* policy.c: the administrator's words on functions, in force and in a rule file. */

/* The text is no policy: report it, with those that are. */
void report_no_policy(const char *text);

/* Give a policy to the driver. Return: an enum cli_exit; the error is reported. */
int store_policy(const char *address, enum virtio_fixup_policy policy);

/* The one that a rule wants, if it is another than that in force. Return: the same. */
int store_configured_policy(const struct function *function);

/*
 * Write the rule file of "policy --persist" for a function, with the Bind= of the rule that it
 * will stand before. Return: an enum cli_exit, CLI_REFUSED if the rule of another file comes
 * first; the error is reported.
 */
int persist_policy(struct function *function, enum virtio_fixup_policy policy);

/*
 * Remove that file, as "policy --forget" does; @was_there is false if there is none. Return: an
 * enum cli_exit; the error is reported.
 */
int forget_policy(const char *address, bool *was_there);

/* Its path. */
const char *persist_path(const char *address);

#endif
