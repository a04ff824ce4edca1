// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio-virtio-fixup: tell where the DMA of virtio functions goes, and give them
 * to the driver that acts on it. This file owns the command line: it finds the
 * command, and sets the options that the command has.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "output.h"
#include "sysfs.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static const struct command *const commands[] = {
	&command_list, &command_show, &command_explain, &command_measure, &command_bind,
	&command_unbind, &command_policy, &command_apply, &command_check_rules,
	&command_describe, &command_monitor, &command_metrics, &command_help,
};

#define MAX_TIMEOUT	86400

static struct cli options = { .sysfs = "/sys", .proc = "/proc", .timeout = 60, .bus = -1 };
const struct cli *const cli = &options;

static bool wants_help, wants_version;
static const char *sysfs, *proc, *timeout;

/* What all commands take; -F, -h and -V are their short forms. */
static const struct cli_option shared[] = {
	{ "json", NULL, "print the data as JSON", &options.json, NULL },
	{ "sysfs", "DIR", "root of the sysfs tree (default /sys)", NULL, &sysfs },
	{ "proc", "DIR", "root of the proc tree (default /proc)", NULL, &proc },
	{ "root", "DIR", "root of /etc, /run and /usr/lib with the rules (default /)", NULL,
	  &options.root },
	{ "timeout", "S", "how long the kernel may take for each thing (default 60 s)", NULL,
	  &timeout },
	{ "help", NULL, "-h: this help; after a command, the help of that", &wants_help, NULL },
	{ "version", NULL, "-V: the version", &wants_version, NULL },
	{ 0 },
};

static void print_options(const struct cli_option *option, const char *command)
{
	char left[32];

	for (; option && option->name; option++) {
		snprintf(left, sizeof(left), "--%s %s", option->name,
			 option->argument ? option->argument : "");
		printf("  %-14s %s%s%s\n", left, command, *command ? ": " : "", option->help);
	}
}

static void print_help(void)
{
	size_t i;

	printf("Usage: " CLI_NAME " [OPTION]... COMMAND [BDF]...\n"
	       "\n"
	       "Tells where the DMA of virtio PCI functions goes, and gives them to the VFIO\n"
	       "driver that refuses those which bypass the IOMMU.\n"
	       "\n"
	       "Commands:\n");
	for (i = 0; i < COUNT(commands); i++)
		printf("  %-11s  %s\n", commands[i]->name, commands[i]->help);
	printf("\n"
	       "Options:\n"
	       "  -F FILE        list, show, explain, describe, metrics: read an lspci -xxxx dump; -: stdin\n");
	print_options(shared, "");
	for (i = 0; i < COUNT(commands); i++)
		print_options(commands[i]->options, commands[i]->name);
	printf("\n"
	       "BDF is [DOMAIN:]BUS:DEVICE.FUNCTION; without a domain it is 0000.\n"
	       "Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 no such function, 5 partly done.\n"
	       "\n"
	       "Example:\n"
	       "  " CLI_NAME " explain 01:00.0\n");
}

/* The help of all, if @command is NULL. */
static void print_help_of(const struct command *command)
{
	if (!command) {
		print_help();
		return;
	}
	printf("Usage: " CLI_NAME " %s%s%s\n\n%s: %s\n", command->name,
	       *command->arguments ? " " : "", command->arguments, command->name,
	       command->help);
	if (command->details) {
		putchar('\n');
		print_wrapped(command->details, 0);
	}
	if (command->options || command->reads_dumps)
		printf("\nOptions, besides those of all commands:\n");
	if (command->reads_dumps)
		puts("  -F FILE        read an lspci -xxxx dump instead of this machine; -: stdin");
	print_options(command->options, "");
	printf("\nExample:\n  %s\n", command->example);
}

static const char *command_name(size_t i)
{
	return i < COUNT(commands) ? commands[i]->name : NULL;
}

/* Or NULL; the error is reported. */
static const struct command *find_command(const char *name)
{
	const char *meant;
	size_t i;

	for (i = 0; i < COUNT(commands); i++)
		if (!strcmp(name, commands[i]->name))
			return commands[i];
	meant = nearest_word(name, command_name);
	if (meant)
		report_error(name, "no such command; did you mean %s?", meant);
	else
		report_error(name, "no such command; see " CLI_NAME " help");
	return NULL;
}

static int help(int argc, char **argv)
{
	const struct command *command = argc ? find_command(argv[0]) : NULL;

	if (argc && !command)
		return CLI_USAGE;
	print_help_of(command);
	return CLI_DONE;
}

const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.help = "this help, or that of a command",
	.example = CLI_NAME " help bind",
	.max = 1,
	.run = help,
};

/* For getopt: the options of a command, or of all, since they may come before it. */
#define MAX_OPTIONS	32
static struct option known[MAX_OPTIONS + 1];
static const struct cli_option *known_options[MAX_OPTIONS];

static size_t add_known(size_t count, const struct cli_option *option)
{
	for (; option && option->name && count < MAX_OPTIONS; option++) {
		known_options[count] = option;
		known[count++] = (struct option){
			option->name, option->argument ? required_argument : no_argument, NULL, 0
		};
	}
	known[count] = (struct option){ 0 };
	return count;
}

static const char *option_name(size_t i)
{
	return known[i].name;
}

/* @command is NULL until it is known: then it takes the option that it was given, or not. */
static int report_option(const struct command *command, const char *text)
{
	const char *meant = strncmp(text, "--", 2) ? NULL : nearest_word(text + 2, option_name);

	if (command)
		report_error(command->name, "takes no %.*s; see " CLI_NAME " help %s",
			     (int)strcspn(text, "="), text, command->name);
	else if (meant)
		report_error(text, "no such option; did you mean --%s?", meant);
	else
		report_error(text, "no such option; see " CLI_NAME " help");
	return CLI_USAGE;
}

static int read_options(int argc, char **argv, const struct command *command)
{
	size_t i, count = add_known(0, shared);
	int opt, index, code = CLI_DONE;

	if (command)
		add_known(count, command->options);
	for (i = 0; !command && i < COUNT(commands); i++)
		count = add_known(count, commands[i]->options);
	opterr = 0;
	optind = 0;
	while ((opt = getopt_long(argc, argv, ":hVF:", known, &index)) != -1) {
		switch (opt) {
		case 'h':
			wants_help = true;
			break;
		case 'V':
			wants_version = true;
			break;
		case 'F':
			options.dump = optarg;
			break;
		case ':':
			report_error(argv[optind - 1], "needs a value; see " CLI_NAME " help");
			code = CLI_USAGE;
			break;
		case '?':
			code = report_option(command, argv[optind - 1]);
			break;
		default:
			if (known_options[index]->flag)
				*known_options[index]->flag = true;
			else
				*known_options[index]->value = optarg;
		}
	}
	return code;
}

static bool set_timeout(void)
{
	char *end;
	long seconds = strtol(timeout, &end, 10);

	options.timeout = (unsigned int)seconds;
	return end != timeout && !*end && seconds >= 1 && seconds <= MAX_TIMEOUT;
}

static int check_usage(const struct command *command, int argc)
{
	if (options.dump && sysfs)
		return fail(CLI_USAGE, "-F", "a dump is read instead of a sysfs tree; give either "
			    "-F or --sysfs");
	if (options.dump && !command->reads_dumps)
		return fail(CLI_USAGE, command->name, "takes no -F, because a dump can only be "
			    "read; see " CLI_NAME " help %s", command->name);
	if (timeout && !set_timeout())
		return fail(CLI_USAGE, "--timeout",
			    "not a number of seconds; give one from 1 to %d", MAX_TIMEOUT);
	if (argc < command->min || argc > command->max)
		return fail(CLI_USAGE, command->name, "wrong number of arguments; usage: " CLI_NAME
			    " %s%s%s", command->name, *command->arguments ? " " : "",
			    command->arguments);
	return CLI_DONE;
}

static int open_bus(void)
{
	if (options.dump)
		return CLI_DONE;
	if (sysfs)
		options.sysfs = sysfs;
	if (proc)
		options.proc = proc;
	options.bus = open(AT("%s/bus/pci", options.sysfs), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (options.bus >= 0)
		return CLI_DONE;
	return fail(CLI_FAILED, AT("%s/bus/pci", options.sysfs), "cannot be read: %s; without a "
		    "PCI bus there are no virtio PCI functions", strerror(errno));
}

static int run(const struct command *command, int argc, char **argv)
{
	int code = check_usage(command, argc);

	if (!code && command != &command_help)
		code = open_bus();
	if (!code)
		code = command->run(argc, argv);
	if (options.bus >= 0)
		close(options.bus);
	return code;
}

int main(int argc, char **argv)
{
	const struct command *command = NULL;
	int code = read_options(argc, argv, NULL);

	if (!code && optind < argc) {
		command = find_command(argv[optind]);
		code = command ? read_options(argc, argv, command) : CLI_USAGE;
	}
	output_begin(options.json && !wants_help && !wants_version &&
		     !(command && command->own_output));
	if (code) {
		/* the error was reported */
	} else if (wants_version) {
		puts(CLI_NAME " " CLI_VERSION);
	} else if (wants_help) {
		print_help_of(command);
	} else if (command) {
		code = run(command, argc - optind - 1, argv + optind + 1);
	} else {
		report_error("no command", "see " CLI_NAME " help");
		code = CLI_USAGE;
	}
	return output_end(code);
}
