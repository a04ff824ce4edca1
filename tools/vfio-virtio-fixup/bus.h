/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where virtio functions are found: on this machine, or in a dump. Only bus.c, behind this
 * header, uses libpci; dump.c makes a dump into what libpci reads.
 */
#ifndef BUS_H
#define BUS_H

#include "function.h"

struct bus {
	struct pci_access *pci;		/* libpci's */
	int dump;			/* as libpci reads it, or -1 */
	struct pci_dev **sorted;	/* of a scan: all functions, by their addresses */
	size_t count;			/* of those */
	size_t next;			/* the next of them to look at */
	struct pci_dev **bridges;	/* of a dump */
	size_t nr_bridges;
};

/* Open it, or load the dump. Return: an enum cli_exit; the error is reported. */
int bus_open(struct bus *bus);
void bus_close(struct bus *bus);

/*
 * Find the next virtio function in the order of their addresses, or the one that a user
 * names: then no other function is touched. Its address and IDs are filled. Return: false
 * if there is none; an enum cli_exit, and the error is reported.
 */
bool bus_next(struct bus *bus, struct function *function);
int bus_find(const struct bus *bus, const char *text, struct function *function);

/* What a user means: DOMAIN:BUS:DEVICE.FUNCTION; or NULL, and the error is reported. */
const char *full_address(const char *text);

/* Read all of its configuration space, or the first 256 bytes, and what that says. */
void bus_read_config(struct function *function, bool extended);

/* The address of the bridge above a function, or "". */
const char *bus_port(const struct function *function);

/* A function that bus_next() or bus_find() gave is not needed any more. */
void bus_put(struct function *function);

/*
 * Read a dump from a file, "-" for standard input, and count its functions. Return: a file
 * descriptor to be read by libpci, or -1; the error is reported.
 */
int dump_open(const char *name, unsigned int *count);

/*
 * [DOMAIN:]BUS:DEVICE.FUNCTION, in its parts. Return: its length, or 0: the text does not
 * begin with one.
 */
size_t parse_address(const char *text, unsigned int part[4]);

#endif
