// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-virtio-fixup: tell where the DMA of virtio functions goes, and give them
 * to the driver that acts on it. This file owns the command line: the table of
 * commands, the options and the help.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "output.h"

/* Which options a command takes besides those that all take. */
#define TAKES_FILE	0x1
#define TAKES_FORCE	0x2
#define TAKES_DRIVER	0x4
#define TAKES_ALL	0x8
#define TAKES_CONFIG	0x10

struct command {
	const char *name;
	int (*run)(struct cli *cli, int argc, char **argv);
	const char *arguments;
	const char *help;
	int min;
	int max;
	unsigned int takes;
};

static const struct command commands[] = {
	{ "list", cmd_list, "",
	  "all virtio functions in a line each", 0, 0, TAKES_FILE },
	{ "show", cmd_show, "BDF... [--config]",
	  "all that is known of a function, a fact a line", 1, INT_MAX,
	  TAKES_FILE | TAKES_CONFIG },
	{ "explain", cmd_explain, "BDF",
	  "where its DMA goes, why it is admitted or refused, what to do", 1, 1, TAKES_FILE },
	{ "measure", cmd_measure, "BDF...",
	  "watch again where its DMA goes", 1, INT_MAX, 0 },
	{ "bind", cmd_bind, "BDF... [--force] [--driver NAME]",
	  "give functions to " CLI_DRIVER, 1, INT_MAX, TAKES_FORCE | TAKES_DRIVER },
	{ "unbind", cmd_unbind, "BDF... [--force]",
	  "give functions back to their usual driver", 1, INT_MAX, TAKES_FORCE },
	{ "policy", cmd_policy, "BDF [WORD]",
	  "read or set the administrator's word on a function", 1, 2, 0 },
	{ "describe", cmd_describe, "BDF...|--all",
	  "what the host says of a function, read inside its guest", 0, INT_MAX,
	  TAKES_FILE | TAKES_ALL },
};

enum {
	OPT_JSON = 256,
	OPT_SYSFS,
	OPT_PROC,
	OPT_FORCE,
	OPT_DRIVER,
	OPT_ALL,
	OPT_CONFIG,
};

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "sysfs", required_argument, NULL, OPT_SYSFS },
	{ "proc", required_argument, NULL, OPT_PROC },
	{ "force", no_argument, NULL, OPT_FORCE },
	{ "driver", required_argument, NULL, OPT_DRIVER },
	{ "all", no_argument, NULL, OPT_ALL },
	{ "config", no_argument, NULL, OPT_CONFIG },
	{ NULL, 0, NULL, 0 },
};

static void print_help(void)
{
	size_t i;

	printf("Usage: " CLI_NAME " [OPTION]... COMMAND [BDF]...\n"
	       "\n"
	       "Tells where the DMA of virtio PCI functions goes, and gives them to the VFIO\n"
	       "driver that refuses those which bypass the IOMMU.\n"
	       "\n"
	       "Commands:\n");
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		printf("  %-8s  %s\n", commands[i].name, commands[i].help);
	printf("\n"
	       "Options:\n"
	       "  -F FILE        read an lspci -xxxx dump (list, show, explain, describe)\n"
	       "  --json         print the data as JSON\n"
	       "  --sysfs DIR    root of the sysfs tree (default /sys)\n"
	       "  --proc DIR     root of the proc tree (default /proc)\n"
	       "  --force        bind, unbind: also what is in use\n"
	       "  --driver NAME  bind: another driver than " CLI_DRIVER "\n"
	       "  --all          describe: every virtio function\n"
	       "  --config       show: its configuration space, as a guest will see it\n"
	       "  -h, --help     this help; after a command, its usage\n"
	       "  -V, --version  the version\n"
	       "\n"
	       "BDF is [DOMAIN:]BUS:DEVICE.FUNCTION; without a domain it is 0000.\n"
	       "Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 no such function, 5 partly done.\n");
}

static void print_usage_of(const struct command *command)
{
	printf("Usage: " CLI_NAME " %s%s%s\n%s\n", command->name,
	       *command->arguments ? " " : "", command->arguments, command->help);
}

static const struct command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(name, commands[i].name))
			return &commands[i];
	return NULL;
}

/* A driver's name is one path component and one word on modprobe's command line. */
static bool is_driver_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-";

	return *name && *name != '-' && strlen(name) < 64 &&
	       strspn(name, letters) == strlen(name);
}

static int check_usage(const struct cli *cli, const struct command *command,
		       unsigned int given, int argc)
{
	static const struct {
		unsigned int flag;
		const char *name;
	} flags[] = {
		{ TAKES_FILE, "-F: a dump can only be read" },
		{ TAKES_FORCE, "--force" },
		{ TAKES_DRIVER, "--driver" },
		{ TAKES_ALL, "--all" },
		{ TAKES_CONFIG, "--config" },
	};
	size_t i;

	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (given & flags[i].flag & ~command->takes) {
			report_error(command->name, "takes no %s; see " CLI_NAME " %s --help",
				     flags[i].name, command->name);
			return CLI_USAGE;
		}
	}
	if (argc < command->min || argc > command->max) {
		report_error(command->name, "wrong number of arguments; usage: " CLI_NAME " %s%s%s",
			     command->name, *command->arguments ? " " : "",
			     command->arguments);
		return CLI_USAGE;
	}
	if (!is_driver_name(cli->driver)) {
		report_error("--driver", "not the name of a driver; give a name such as "
			     CLI_DRIVER);
		return CLI_USAGE;
	}
	return CLI_DONE;
}

static int run(struct cli *cli, const struct command *command, int argc, char **argv)
{
	int ret;

	cli->bus = -1;
	if (!cli->dump) {
		char path[PATH_MAX];

		ret = snprintf(path, sizeof(path), "%s/bus/pci", cli->sysfs);
		if (ret < 0 || (size_t)ret >= sizeof(path)) {
			report_error("--sysfs", "the path is too long");
			return CLI_USAGE;
		}
		cli->bus = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (cli->bus < 0) {
			report_error(path, "cannot be read: %s; without a PCI bus there are no "
				     "virtio PCI functions", strerror(errno));
			return CLI_FAILED;
		}
	}
	ret = command->run(cli, argc, argv);
	if (cli->bus >= 0)
		close(cli->bus);
	if (fflush(stdout) || ferror(stdout)) {
		report_error("standard output", "%s", strerror(errno));
		return CLI_FAILED;
	}
	return ret;
}

int main(int argc, char **argv)
{
	struct cli cli = { .sysfs = "/sys", .proc = "/proc", .driver = CLI_DRIVER };
	bool help = false, other_sysfs = false, other_proc = false;
	const struct command *command;
	unsigned int given = 0;
	int opt, ret;

	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":hVF:", options, NULL)) != -1) {
		switch (opt) {
		case 'h':
			help = true;
			break;
		case 'V':
			printf(CLI_NAME " " CLI_VERSION "\n");
			return CLI_DONE;
		case 'F':
			cli.dump = optarg;
			given |= TAKES_FILE;
			break;
		case OPT_JSON:
			cli.json = true;
			break;
		case OPT_SYSFS:
			cli.sysfs = optarg;
			other_sysfs = true;
			break;
		case OPT_PROC:
			cli.proc = optarg;
			other_proc = true;
			break;
		case OPT_FORCE:
			cli.force = true;
			given |= TAKES_FORCE;
			break;
		case OPT_DRIVER:
			cli.driver = optarg;
			given |= TAKES_DRIVER;
			break;
		case OPT_ALL:
			cli.all = true;
			given |= TAKES_ALL;
			break;
		case OPT_CONFIG:
			cli.config = true;
			given |= TAKES_CONFIG;
			break;
		case ':':
			report_error(argv[optind - 1], "needs a value; see " CLI_NAME " --help");
			return CLI_USAGE;
		default:
			report_error(argv[optind - 1], "no such option; see " CLI_NAME " --help");
			return CLI_USAGE;
		}
	}

	if (optind == argc) {
		if (!help) {
			report_error("no command", "see " CLI_NAME " --help");
			return CLI_USAGE;
		}
		print_help();
		return CLI_DONE;
	}
	command = find_command(argv[optind]);
	if (!command) {
		report_error(argv[optind], "no such command; see " CLI_NAME " --help");
		return CLI_USAGE;
	}
	if (help) {
		print_usage_of(command);
		return CLI_DONE;
	}
	if (cli.dump && other_sysfs) {
		report_error("-F", "a dump is read instead of a sysfs tree; give one of them");
		return CLI_USAGE;
	}
	cli.own_system = other_sysfs == other_proc;
	ret = check_usage(&cli, command, given, argc - optind - 1);
	if (ret)
		return ret;
	return run(&cli, command, argc - optind - 1, argv + optind + 1);
}
