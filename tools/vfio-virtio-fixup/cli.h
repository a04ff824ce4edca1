/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every command of vfio-virtio-fixup shares: the options, the exit codes
 * and the list of commands. Nothing here reads or writes the system.
 */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>

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
 * struct cli - the options and what they opened
 * @dump: lspci -xxxx dump to read instead of the system, or NULL
 * @sysfs: root of the sysfs tree
 * @proc: root of the proc tree
 * @own_system: neither tree was replaced without the other: the running kernel
 *	may be asked to load a module
 * @driver: driver that bind gives the function to
 * @json: print the data model instead of text
 * @force: do what would take something away from this host
 * @all: describe every virtio function
 * @config: show where each byte of configuration space comes from
 * @bus: directory of the PCI bus in @sysfs, or -1 with a dump
 */
struct cli {
	const char *dump;
	const char *sysfs;
	const char *proc;
	bool own_system;
	const char *driver;
	bool json;
	bool force;
	bool all;
	bool config;
	int bus;
};

/* Each command: takes the words after its name, returns an enum cli_exit. */
int cmd_list(struct cli *cli, int argc, char **argv);
int cmd_show(struct cli *cli, int argc, char **argv);
int cmd_explain(struct cli *cli, int argc, char **argv);
int cmd_describe(struct cli *cli, int argc, char **argv);
int cmd_measure(struct cli *cli, int argc, char **argv);
int cmd_bind(struct cli *cli, int argc, char **argv);
int cmd_unbind(struct cli *cli, int argc, char **argv);
int cmd_policy(struct cli *cli, int argc, char **argv);

#endif
