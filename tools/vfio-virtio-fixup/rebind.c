// SPDX-License-Identifier: GPL-2.0-only
/* Moving a function from driver to driver through sysfs; see act.h. */
#include "act.h"

#include <errno.h>
#include <string.h>

#include "sysfs.h"

/* Does that driver, or "" none, have it now? */
static bool has_driver(const char *address, const char *driver)
{
	return !strcmp(read_driver(address), driver);
}

static int clear_override(const char *address, struct phrases *why)
{
	int err = sysfs_write("\n", AT("devices/%s/driver_override", address));

	if (err)
		add_phrase(why, "driver_override could not be cleared: %s%s",
			   sysfs_error_text(err), why->count ? ": clear it by hand" : "");
	return err;
}

int take_from(const char *address, const char *driver, struct phrases *why)
{
	int err;

	if (!*driver)
		return 0;
	err = sysfs_write(address, AT("drivers/%s/unbind", driver));
	/* Somebody else was faster: what counts is who has it in the end. */
	if (err == -ENODEV)
		return 0;
	if (err)
		add_phrase(why, "%s did not let go of it: %s", driver, sysfs_error_text(err));
	return err;
}

void give_back(const char *address, const char *driver)
{
	sysfs_write(address, AT("drivers/%s/bind", driver));
}

/* Put things back as they were and say how far that went. */
static void roll_back(const char *address, const char *old, struct phrases *why)
{
	const char *now;

	if (clear_override(address, why))
		return;
	if (*old && !has_driver(address, old))
		give_back(address, old);
	now = read_driver(address);
	if (strcmp(now, old))
		add_phrase(why, "%s did not take it back, and its driver is now %s",
			   name_or_none(old), name_or_none(now));
	else
		add_phrase(why, "its driver is %s, as before", name_or_none(old));
}

/* Why did the driver not take it? Return: an enum cli_exit. */
static int explain_failure(struct function *function, int err, struct phrases *why)
{
	char text[TEXT_SIZE];

	function_read(function, READ_PLATFORM | READ_DECISION | READ_DETAILS);
	if (function->guard == VFX_GUARD_VETOED) {
		add_phrase(why, "the guard vetoes it: %s", refusal_text(function, text));
		return CLI_REFUSED;
	}
	add_phrase(why, "the driver did not take it%s%s", err ? ": " : "",
		   err ? sysfs_error_text(err) : "");
	add_phrase(why, "see the kernel log");
	return CLI_FAILED;
}

static int move(struct function *function, const char *driver, struct phrases *why)
{
	const char *address = function->address, *old = function->driver;
	int err, code = CLI_FAILED;
	char word[SYSFS_WORD];

	snprintf(word, sizeof(word), "%s\n", driver);
	err = sysfs_write(word, AT("devices/%s/driver_override", address));
	if (err) {
		add_phrase(why, "driver_override could not be set: %s", sysfs_error_text(err));
		return CLI_FAILED;
	}
	err = take_from(address, old, why);
	if (!err) {
		err = sysfs_write(address, AT("drivers_probe"));
		if (err != SYSFS_WAITING && has_driver(address, driver))
			return CLI_DONE;
		code = explain_failure(function, err, why);
	}
	/* What the kernel is still doing holds up whatever else is asked of it. */
	if (err == SYSFS_WAITING)
		add_phrase(why, "driver_override stays %s", driver);
	else
		roll_back(address, old, why);
	return code;
}

int check_vfs(const char *address, const char *undone)
{
	struct phrases vfs = { 0 };

	find_vfs(address, &vfs);
	if (!vfs.count)
		return CLI_DONE;
	return fail(CLI_REFUSED, address, "%s, because its virtual functions would vanish: %s; end "
		    "their use, and write 0 to its sriov_numvfs first", undone, vfs.text);
}

int rebind_to(struct function *function, const char *driver)
{
	int code = check_vfs(function->address, "not bound");
	struct phrases why = { 0 };

	if (!code)
		code = load_driver(driver, &why) ? CLI_FAILED : move(function, driver, &why);
	if (why.count && code)
		report_error(function->address, "not bound to %s: %s", driver, why.text);
	return code;
}

int rebind_to_default(const struct function *function)
{
	const char *address = function->address, *driver = function->driver;
	struct phrases why = { 0 };
	int code = check_vfs(address, "not unbound");

	if (code)
		return code;
	/* First of all the override: whatever fails below, none stays behind. */
	if (!clear_override(address, &why) && !take_from(address, driver, &why)) {
		/* No driver wanting it is no failure: the result says who has it. */
		if (sysfs_write(address, AT("drivers_probe")) == SYSFS_WAITING)
			add_phrase(&why, "no other driver has it yet: %s",
				   sysfs_error_text(SYSFS_WAITING));
		else if (*driver && has_driver(address, driver))
			add_phrase(&why, "it is still bound to %s; see the kernel log", driver);
	}
	if (!why.count)
		return CLI_DONE;
	return fail(CLI_FAILED, address, "not unbound: %s", why.text);
}
