// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who has a function, and whether the driver's guard stands between that and this host's
 * memory. In sysfs the guard says what it made of a function that another VFIO driver has,
 * or should have got.
 */
#include "function.h"

#include <stdio.h>
#include <string.h>

#include "output.h"
#include "sysfs.h"

#define MODULE		"../../module/" CLI_DRIVER
#define TO_REFUSE	"\"echo refuse > /sys/module/" CLI_DRIVER "/parameters/guard\""

const char *guarded_word(unsigned int guarded)
{
	static const char *const words[] = {
		[UNGUARDED] = "unguarded",
		[GUARDED] = "guarded",
		[GUARDED_HOST] = "host",
	};

	return words[guarded];
}

bool is_vfio_driver(const char *driver)
{
	return strstr(driver, "vfio");
}

/* These give a function to programs, and are no VFIO drivers: the guard does not see them. */
static bool is_other_user_driver(const char *driver)
{
	return strstr(driver, "uio") || !strcmp(driver, "vp_vdpa");
}

void guard_read(struct function *function)
{
	char word[SYSFS_WORD];

	sysfs_read(word, AT(MODULE "/parameters/guard"));
	function->guard_warns = !strcmp(word, "warn");
	function->guard = NOT_KNOWN;
	if (!sysfs_read(word, AT("devices/%s/virtio_fixup/guard", function->address)))
		function->guard = find_word(word, vfx_guard_word, VFX_GUARDS);
	function->judged = function->bound || function->guard > VFX_GUARD_OFF;
	function->guarded = GUARDED_HOST;
	if (is_other_user_driver(function->driver))
		function->guarded = UNGUARDED;
	else if (function->bound || function->guard == VFX_GUARD_ADMITTED ||
		 function->guard == VFX_GUARD_OWNED || function->guard == VFX_GUARD_VETOED)
		function->guarded = GUARDED;
	else if (is_vfio_driver(function->driver))
		function->guarded = UNGUARDED;
}

void explain_unguarded(const struct function *function, char *why, char *remedy)
{
	const char *driver = function->driver, *address = function->address;
	const char *reason = or_unknown(function->reason);

	if (!is_vfio_driver(driver)) {
		snprintf(why, TEXT_SIZE, "%s gives it to programs, and the guard judges only what "
			 "VFIO drivers have", driver);
		snprintf(remedy, TEXT_SIZE, "stop its user, and run \"" CLI_NAME " bind %s --driver "
			 "vfio-pci\", which the guard watches", address);
	} else if (function->guard == VFX_GUARD_IN_USE && function->guard_warns) {
		snprintf(why, TEXT_SIZE, "%s has it although it is not admitted, because the guard "
			 "only warns (guard=warn): %s", driver, reason);
		snprintf(remedy, TEXT_SIZE, "run " TO_REFUSE ", and take it from %s with \""
			 CLI_NAME " unbind %s --force\"", driver, address);
	} else if (function->guard == VFX_GUARD_IN_USE) {
		snprintf(why, TEXT_SIZE, "%s has it although it is not admitted, and the guard "
			 "cannot refuse it, because it or its IOMMU group is in use: %s", driver,
			 reason);
		snprintf(remedy, TEXT_SIZE, "stop its user, or take it from %s with \"" CLI_NAME
			 " unbind %s --force\"", driver, address);
	} else if (function->platform.no_iommu == 1) {
		snprintf(why, TEXT_SIZE, "%s gives it to programs in VFIO's no-IOMMU mode, in which "
			 "nothing translates its DMA", driver);
		snprintf(remedy, TEXT_SIZE, "give this host an IOMMU for it, and switch the no-IOMMU "
			 "mode off");
	} else if (function->guard == VFX_GUARD_OFF) {
		snprintf(why, TEXT_SIZE, "%s has it, and the guard is off (guard=off)", driver);
		snprintf(remedy, TEXT_SIZE, "run " TO_REFUSE);
	} else if (!sysfs_exists(AT(MODULE))) {
		snprintf(why, TEXT_SIZE, "%s has it, and nobody judges where its DMA goes, because "
			 CLI_DRIVER " is not loaded", driver);
		snprintf(remedy, TEXT_SIZE, "run \"modprobe " CLI_DRIVER "\"");
	} else {
		snprintf(why, TEXT_SIZE, "%s has it, and the loaded " CLI_DRIVER " does not say that "
			 "it guards it", driver);
		snprintf(remedy, TEXT_SIZE, "load the " CLI_DRIVER " that came with this tool, or "
			 "run \"" CLI_NAME " bind %s\"", address);
	}
}

void say_guarded(const struct function *function)
{
	char why[TEXT_SIZE], remedy[TEXT_SIZE];
	const char *reason = or_unknown(function->reason);

	if (function->guard == VFX_GUARD_VETOED) {
		say("Vetoed: a VFIO driver was to have it, and the guard did not let that driver "
		    "bind: %s. It has no driver now.", reason);
	} else if (function->guard == VFX_GUARD_ADMITTED) {
		say("Admitted: %s.", reason);
	} else if (function->guard == VFX_GUARD_OWNED) {
		say("Owned: %s had it before the guard judged it, and it is not admitted: %s.",
		    function->driver, reason);
		say("The guard keeps its IOMMU group, so that nobody can open it.");
	} else {
		explain_unguarded(function, why, remedy);
		say("Unguarded: %s.", why);
	}
}

void say_what_to_do_guarded(const struct function *function)
{
	char why[TEXT_SIZE], remedy[TEXT_SIZE];

	if (function->guard == VFX_GUARD_ADMITTED) {
		say("Nothing. To have a guest told the truth about the function, stop its user and "
		    "run \"" CLI_NAME " bind %s\".", function->address);
		return;
	}
	if (function->guarded == UNGUARDED) {
		explain_unguarded(function, why, remedy);
		say("Now: %s.", remedy);
	}
	if (function->judged && function->remedy && *function->remedy)
		say("Remedy: %s.", function->remedy);
	if (function->guard != VFX_GUARD_IN_USE)
		say("To give it back to this host: run \"" CLI_NAME " unbind %s\".",
		    function->address);
}
