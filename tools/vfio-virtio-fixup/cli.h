/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every command of vfio-virtio-fixup shares: the options that all of them
 * take, the exit codes, and what a command is.
 */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stddef.h>

#define CLI_NAME	"vfio-virtio-fixup"
#define CLI_VERSION	"0.1.0"
/* The driver this tool is for; also the name of its module. */
#define CLI_DRIVER	"virtio_fixup_vfio_pci"

/* The exit codes. They are interface: scripts test them. */
enum cli_exit {
	CLI_DONE = 0,
	CLI_FAILED = 1,
	CLI_USAGE = 2,
	CLI_REFUSED = 3,
	CLI_NO_FUNCTION = 4,
	CLI_PARTLY_DONE = 5,
};

/* The options that all commands share, and what they opened. */
struct cli {
	const char *dump;	/* lspci -xxxx dump to read instead of the system, or NULL */
	const char *sysfs;	/* root of the sysfs tree */
	const char *proc;	/* root of the proc tree */
	const char *root;	/* above /etc, /run and /usr/lib with their rules, or NULL */
	bool json;		/* print JSON instead of text */
	unsigned int timeout;	/* how many seconds the kernel may take for each thing */
	int bus;		/* directory of the PCI bus in @sysfs, or -1 with a dump */
};

extern const struct cli *const cli;

struct cli_option {
	const char *name;	/* without the dashes */
	const char *argument;	/* what its value is called in the help; NULL: it has none */
	const char *help;	/* a line */
	bool *flag;		/* is set if it is given; or */
	const char **value;	/* is set to its value */
};

/* A command, in a file of its own. */
struct command {
	const char *name;
	const char *arguments;	/* for its usage */
	const char *help;	/* what it does, in a line */
	const char *details;	/* more of that, in sentences, for "help COMMAND" */
	const char *example;	/* a command line or more, for the same */
	const struct cli_option *options;	/* up to one without a name; or NULL */
	bool reads_dumps;	/* takes -F */
	bool own_output;	/* with --json, it is not one object as that of the others */
	int min;		/* how many arguments it takes */
	int max;
	/* Gets the arguments after its name. Return: an enum cli_exit. */
	int (*run)(int argc, char **argv);
};

extern const struct command command_list, command_show, command_explain, command_measure,
			    command_bind, command_unbind, command_policy, command_apply,
			    command_check_rules, command_describe, command_monitor,
			    command_metrics, command_help;

#endif
