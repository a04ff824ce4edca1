/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where virtio functions are found: on this machine, or in a dump. The only file
 * that uses libpci is the one behind this header.
 */
#ifndef BUS_H
#define BUS_H

#include "function.h"

/**
 * struct bus - where functions are found
 * @cli: the options
 * @pci: libpci's
 * @dump: the dump, as libpci reads it, or -1
 * @sorted: of a scan: all functions, @count of them, by their addresses
 * @count: how many
 * @next: the next of them to look at
 */
struct bus {
	const struct cli *cli;
	struct pci_access *pci;
	int dump;
	struct pci_dev **sorted;
	size_t count;
	size_t next;
};

/* Open it, or load the dump. Return: an enum cli_exit; the error is reported. */
int bus_open(const struct cli *cli, struct bus *bus);
void bus_close(struct bus *bus);

/**
 * bus_next() - the next virtio function, in the order of their addresses
 * @bus: is looked over at the first call
 * @function: result, with its address and IDs
 *
 * Return: false if there is none.
 */
bool bus_next(struct bus *bus, struct function *function);

/**
 * bus_find() - the virtio function that a user names
 * @bus: no other function on it is touched
 * @text: BDF as the user gave it
 * @function: result, with its address and IDs
 *
 * Return: an enum cli_exit; the error is reported.
 */
int bus_find(const struct bus *bus, const char *text, struct function *function);

/**
 * bus_read_config() - read configuration space, and what it says
 * @function: whose; all up to @described_at is filled
 * @extended: all of it, and not the first 256 bytes
 */
void bus_read_config(struct function *function, bool extended);

/* A function that bus_next() or bus_find() gave is not needed any more. */
void bus_put(struct function *function);

#endif
