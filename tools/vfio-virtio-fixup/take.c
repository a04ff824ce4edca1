// SPDX-License-Identifier: GPL-2.0-only
/* Taking functions from drivers, and the rest of their IOMMU groups, but not what is in use. */
#include "act.h"

#include <stdlib.h>
#include <string.h>

#include "sysfs.h"

static void find_users(const struct function *function, struct phrases *users)
{
	find_vfio_users(function->address, users);
	if (users->count)
		return;
	if (function->bound && function->open == 1)
		add_phrase(users, "a process that cannot be seen from here has it open");
	else if (function->guard == VFX_GUARD_IN_USE && !function->guard_warns)
		add_phrase(users, "the guard says that it or its IOMMU group is in use, by a process "
			   "that cannot be seen from here");
}

static bool is_in_use(const struct function *function, const struct taking *how)
{
	struct phrases uses = { 0 };

	find_host_uses(function->address, &uses);
	/* Another VFIO driver may have it, for a guest that runs. */
	if (*function->driver)
		find_users(function, &uses);
	if (!uses.count)
		return false;
	if (how->force)
		report_warning(function->address, "taken although it is in use: %s", uses.text);
	else
		report_error(function->address, "not bound, because it is in use: %s; end that "
			     "use, or take it all the same with %s", uses.text, how->how_to_force);
	return !how->force;
}

/* The members of groups that were taken from their drivers, so that VFIO may open these. */
static struct freed {
	struct member member;
	struct freed *before;
} *last_freed;

static void give_back_after(struct freed *last)
{
	for (; last_freed != last; last_freed = last_freed->before)
		give_back(last_freed->member.address, last_freed->member.driver);
}

static bool is_virtio(const char *address)
{
	char vendor[SYSFS_WORD], device[SYSFS_WORD];

	sysfs_read(vendor, AT("devices/%s/vendor", address));
	sysfs_read(device, AT("devices/%s/device", address));
	return !strcmp(vendor, "0x1af4") && vfx_is_virtio_id((u16)strtoul(device, NULL, 16));
}

/* A group that a driver of this host shares cannot be measured, nor opened. */
static int free_member(const struct function *function, const struct member *member,
		       const struct taking *how)
{
	struct phrases uses = { 0 }, vfs = { 0 }, why = { 0 };
	struct freed *freed;
	const char *stays;

	/* What is not virtio is the administrator's: whether it is in use cannot be told. */
	if (member->vfio_viable || !is_virtio(member->address))
		return CLI_DONE;
	stays = how->stays ? how->stays(function, member->address) : NULL;
	if (stays)
		return fail(CLI_REFUSED, function->address, "not bound, because %s of its IOMMU "
			    "group stays with this host, by %s", member->address, stays);
	find_host_uses(member->address, &uses);
	find_vfio_users(member->address, &uses);
	find_vfs(member->address, &vfs);
	if (vfs.count || (uses.count && !how->force))
		return fail(CLI_REFUSED, function->address, "not bound, because %s of its IOMMU "
			    "group is in use: %s; end that use%s%s", member->address,
			    vfs.count ? vfs.text : uses.text,
			    vfs.count ? "" : ", or take both all the same with ",
			    vfs.count ? "" : how->how_to_force);
	if (how->dry_run)
		return CLI_DONE;
	if (take_from(member->address, member->driver, &why))
		return fail(CLI_FAILED, function->address, "not bound, because %s of its IOMMU "
			    "group could not be freed: %s", member->address, why.text);
	freed = keep(sizeof(*freed));
	*freed = (struct freed){ *member, last_freed };
	last_freed = freed;
	return CLI_DONE;
}

static int move_to(struct function *function, const char *driver, const struct taking *how)
{
	return how->dry_run ? check_vfs(function->address, "not bound") :
			      rebind_to(function, driver);
}

/* Those that are named, too, get their new driver later. */
static int take_with_group(struct function *function, const char *driver, const struct taking *how)
{
	struct freed *last = last_freed;
	int code = CLI_DONE;
	size_t i;

	for (i = 0; i < function->nr_members && !code; i++)
		code = free_member(function, &function->members[i], how);
	if (!code)
		code = move_to(function, driver, how);
	if (code)
		give_back_after(last);
	return code;
}

void warn_of_freed(void)
{
	const struct freed *one;

	for (one = last_freed; one; one = one->before)
		if (!*read_driver(one->member.address))
			report_warning(one->member.address, "taken from %s, because its IOMMU group "
				       "is given to VFIO; it has no driver now; to give it back, "
				       "unbind the others and run " CLI_NAME " unbind %s",
				       one->member.driver, one->member.address);
}

int take_for(struct function *function, const char *driver, const struct taking *how)
{
	/* Our driver would not take it: then its driver may as well keep it. */
	if (function->list_fault && !strcmp(driver, CLI_DRIVER))
		return fail(CLI_REFUSED, function->address, "not bound: " VFX_LIST_FAULT_REASON "; "
			    VFX_LIST_FAULT_REMEDY, function->list_fault_at,
			    vfx_list_fault_text(function->list_fault));
	if (is_in_use(function, how))
		return CLI_REFUSED;
	if (is_vfio_driver(driver) && strcmp(driver, CLI_DRIVER))
		return take_with_group(function, driver, how);
	return move_to(function, driver, how);
}

/* Bound, as was wanted; and yet the operator must hear that it is of no use, or unsafe. */
void report_if_unusable(const struct function *function, bool as_error, bool *refused)
{
	char text[TEXT_SIZE], remedy[TEXT_SIZE];

	if (function->guarded == UNGUARDED) {
		explain_unguarded(function, text, remedy);
		report_warning(function->address, "UNGUARDED: %s; to do: %s", text, remedy);
	} else if (function->judged && function->admitted != 1) {
		*refused = true;
		report(as_error, function->address, "bound, but VFIO will not open it: %s",
		       refusal_text(function, text));
	}
}

/* Unbinding a VFIO driver waits for its user to let go, which may be never. */
static bool user_needs_it(const struct function *function, const struct taking *how)
{
	struct phrases users = { 0 };

	find_users(function, &users);
	if (!users.count)
		return false;
	if (how->force)
		report_warning(function->address, "it is open: %s; waiting for at most %u s until "
			       "it is closed", users.text, cli->timeout);
	else
		report_error(function->address, "not unbound, because it is open, and the kernel "
			     "would wait until it is closed: %s; stop its user, or wait with %s",
			     users.text, how->how_to_force);
	return !how->force;
}

int leave_to_kernel(const struct function *function, const struct taking *how)
{
	if (user_needs_it(function, how))
		return CLI_REFUSED;
	return how->dry_run ? check_vfs(function->address, "not unbound") :
			      rebind_to_default(function);
}
