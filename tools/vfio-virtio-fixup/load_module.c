// SPDX-License-Identifier: GPL-2.0-only
/*
 * The loading of load_module.h. modprobe knows where modules are and what they
 * depend on; the kernel says which modprobe it uses. Its error text is the only
 * place where the kernel's reason for refusing a module is found.
 */
#include "load_module.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output.h"
#include "sysfs.h"

#define OUTPUT_SIZE	2048

static bool is_registered(const struct cli *cli, const char *driver)
{
	return sysfs_exists(cli, AT("drivers/%s", driver));
}

/* The modprobe the running kernel uses, as an absolute path. */
static bool find_modprobe(const struct cli *cli, char *path)
{
	char setting[PATH_MAX];
	FILE *file = NULL;
	int len;

	len = snprintf(setting, sizeof(setting), "%s/sys/kernel/modprobe", cli->proc);
	if (len > 0 && (size_t)len < sizeof(setting))
		file = fopen(setting, "re");
	if (!file)
		return false;
	if (!fgets(path, PATH_MAX, file))
		*path = '\0';
	fclose(file);
	path[strcspn(path, "\n")] = '\0';
	return *path == '/';
}

static void read_output(int fd, char *output)
{
	size_t used = 0;
	ssize_t len;
	char rest[256];

	for (;;) {
		bool full = used == OUTPUT_SIZE - 1;

		len = full ? read(fd, rest, sizeof(rest)) :
			     read(fd, output + used, OUTPUT_SIZE - 1 - used);
		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0)
			break;
		if (!full)
			used += (size_t)len;
	}
	output[used] = '\0';
}

/* Run modprobe. Return: its exit status, or a negative errno. */
static int run_modprobe(const char *path, const char *module, char *output)
{
	static char language[] = "LC_ALL=C", search[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	char *environment[] = { language, search, NULL };
	char name[64], command[] = "modprobe";
	char *arguments[] = { command, name, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], err, status;
	pid_t pid;

	snprintf(name, sizeof(name), "%s", module);
	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
	err = posix_spawn(&pid, path, &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (!err)
		read_output(ends[0], output);
	close(ends[0]);
	if (err)
		return -err;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -EINTR;
}

struct advice {
	const char *said;	/* what modprobe's output has in it */
	const char *text;
};

static const struct advice advices[] = {
	{ "Key was rejected by service",
	  "secure boot is on and the kernel does not accept the module's signature; sign it "
	  "with a key enrolled by mokutil" },
	{ "Required key not available",
	  "the kernel loads only signed modules; sign it with a key enrolled by mokutil" },
	{ "not found in directory",
	  "it is not installed for the running kernel; build and install it for this kernel" },
	{ "Exec format error",
	  "it was built for another kernel; build it for the running one" },
	{ "Invalid module format",
	  "it was built for another kernel; build it for the running one" },
	{ "Unknown symbol",
	  "a module it needs is missing or does not match; see the kernel log" },
	{ "Device or resource busy",
	  "something it needs is in use; see the kernel log" },
};

static void explain_failure(const char *output, struct phrases *why)
{
	const char *text = NULL;
	size_t i;

	for (i = 0; !text && i < sizeof(advices) / sizeof(advices[0]); i++)
		if (strstr(output, advices[i].said))
			text = advices[i].text;
	if (!text && strstr(output, "Operation not permitted"))
		text = geteuid() ? "only root may load it; run this as root" :
		       "the kernel does not let even root load it: it is locked down (secure "
		       "boot), or modules are disabled until the next boot";
	if (text)
		add_phrase(why, "its module cannot be loaded: %s", text);
	else
		add_phrase(why, "its module cannot be loaded: %.*s; see the kernel log",
			 (int)strcspn(output, "\n"), *output ? output : "modprobe failed");
}

int load_driver(const struct cli *cli, const char *driver, struct phrases *why)
{
	char path[PATH_MAX], output[OUTPUT_SIZE] = "";
	int ret;

	if (is_registered(cli, driver))
		return 0;
	if (!cli->own_system || !find_modprobe(cli, path)) {
		add_phrase(why, "the driver is not loaded; run modprobe %s", driver);
		return -1;
	}
	ret = run_modprobe(path, driver, output);
	if (ret < 0) {
		add_phrase(why, "the driver is not loaded and %s cannot be run: %s; load "
			 "module %s", path, strerror(-ret), driver);
		return -1;
	}
	if (ret) {
		explain_failure(output, why);
		return -1;
	}
	if (is_registered(cli, driver))
		return 0;
	add_phrase(why, "its module was loaded, but registers no PCI driver of that name; "
		 "see the kernel log");
	return -1;
}
