// SPDX-License-Identifier: GPL-2.0-only
/* Getting a driver into the kernel, and saying why that does not work; see act.h. */
#include "act.h"

#include <errno.h>
#include <libkmod.h>
#include <string.h>
#include <unistd.h>

#include "sysfs.h"

static bool is_registered(const char *driver)
{
	return sysfs_exists(AT("drivers/%s", driver));
}

/* libkmod's own messages go nowhere: what it returns says enough. */
static void ignore(void *data, int priority, const char *file, int line, const char *function,
		   const char *format, va_list args)
{
}

/* Return: 0, or a negative errno, the kernel's if it was asked. */
static int load(const char *name, bool *is_installed)
{
	struct kmod_ctx *kmod = kmod_new(NULL, NULL);
	struct kmod_module *module = NULL;
	int err = -ENOMEM;

	*is_installed = true;
	if (!kmod)
		return err;
	kmod_set_log_fn(kmod, ignore, NULL);
	err = kmod_module_new_from_name(kmod, name, &module);
	if (!err) {
		err = kmod_module_probe_insert_module(module, 0, NULL, NULL, NULL, NULL);
		*is_installed = !err || kmod_module_get_path(module);
		kmod_module_unref(module);
	}
	kmod_unref(kmod);
	return err;
}

static const char *advice(int err, bool is_installed)
{
	if (!is_installed)
		return "it is not installed for the running kernel; build and install it for this "
		       "kernel";
	switch (err) {
	case -EKEYREJECTED:
		return "secure boot is on and the kernel does not accept the module's signature; "
		       "sign it with a key enrolled by mokutil";
	case -ENOKEY:
		return "the kernel loads only signed modules; sign it with a key enrolled by "
		       "mokutil";
	case -ENOEXEC:
		return "it was built for another kernel; build it for the running one";
	case -ENOENT:
		return "a module it needs is missing or does not match; see the kernel log";
	case -EBUSY:
		return "something it needs is in use; see the kernel log";
	case -EPERM:
		return geteuid() ? "only root may load it; run this as root" :
		       "the kernel does not let even root load it: it is locked down (secure "
		       "boot), or modules are disabled until the next boot";
	default:
		return NULL;
	}
}

int load_driver(const char *driver, struct phrases *why)
{
	bool is_installed;
	const char *text;
	int err;

	if (is_registered(driver))
		return 0;
	if (!sysfs_is_running_kernel()) {
		add_phrase(why, "the driver is not loaded; run modprobe %s", driver);
		return -1;
	}
	err = load(driver, &is_installed);
	if (err) {
		text = advice(err, is_installed);
		add_phrase(why, "its module cannot be loaded: %s%s", text ? text : strerror(-err),
			   text ? "" : "; see the kernel log");
		return -1;
	}
	if (is_registered(driver))
		return 0;
	add_phrase(why, "its module was loaded, but registers no PCI driver of that name; "
		   "see the kernel log");
	return -1;
}
