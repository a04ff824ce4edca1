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

/**
 * struct cli - the options that all commands share, and what they opened
 * @dump: lspci -xxxx dump to read instead of the system, or NULL
 * @sysfs: root of the sysfs tree
 * @proc: root of the proc tree
 * @json: print JSON instead of text
 * @timeout: how long the kernel may take for what it is asked, in seconds
 * @bus: directory of the PCI bus in @sysfs, or -1 with a dump
 */
struct cli {
	const char *dump;
	const char *sysfs;
	const char *proc;
	bool json;
	unsigned int timeout;
	int bus;
};

/**
 * struct cli_option - an option
 * @name: without the dashes
 * @argument: what its value is called in the help, or NULL: it has none
 * @help: a line
 * @flag: set if it is given; or
 * @value: set to its value
 */
struct cli_option {
	const char *name;
	const char *argument;
	const char *help;
	bool *flag;
	const char **value;
};

/**
 * struct command - a command, in a file of its own
 * @name: on the command line
 * @arguments: for its usage
 * @help: what it does, in a line
 * @details: more of that, in sentences, for "help COMMAND"
 * @example: a command line or more, for the same
 * @options: its own, up to one without a name; or NULL
 * @reads_dumps: takes -F
 * @min: how many arguments it takes
 * @max: the most
 * @run: gets the arguments after its name, returns an enum cli_exit
 */
struct command {
	const char *name;
	const char *arguments;
	const char *help;
	const char *details;
	const char *example;
	const struct cli_option *options;
	bool reads_dumps;
	int min;
	int max;
	int (*run)(const struct cli *cli, int argc, char **argv);
};

/*
 * Of some words, the one that was meant by @text, which is none of them; or NULL.
 * @word gives NULL after the last.
 */
const char *nearest_word(const char *text, const char *(*word)(size_t i));

extern const struct command command_list, command_show, command_explain, command_measure,
			    command_bind, command_unbind, command_policy, command_describe,
			    command_help;

#endif
