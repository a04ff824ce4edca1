/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The virtio functions of this machine, or of a dump: found with libpci, which
 * nothing but function.c knows. Configuration space is a device's word and is
 * parsed by the driver's own parser.
 */
#ifndef FUNCTION_H
#define FUNCTION_H

#include "capabilities.h"
#include "config_view.h"
#include "cli.h"
#include "sysfs.h"

#define ADDRESS_SIZE	24

/**
 * struct function - one PCI function
 * @address: DOMAIN:BUS:DEVICE.FUNCTION, as sysfs names it
 * @is_virtio: by its IDs; nothing below is filled otherwise
 * @vendor: PCI vendor ID
 * @device: PCI device ID
 * @subsystem_vendor: PCI subsystem vendor ID
 * @subsystem: PCI subsystem ID
 * @revision: PCI revision
 * @type: virtio device type
 * @config: its configuration space; zero from @config_len on
 * @config_len: how many bytes could be read: of standard space any number, of
 *	extended space, which is read for show --config only, all or none
 * @layout: what its capabilities declare; empty unless standard space is complete
 * @list_fault: what is wrong with its capability lists, both of them, if they could
 *	be read; such a function cannot be bound
 * @list_fault_at: the capability where it is
 * @description_room: where the description capability would stand, or 0
 */
struct function {
	char address[ADDRESS_SIZE];
	bool is_virtio;
	u16 vendor;
	u16 device;
	u16 subsystem_vendor;
	u16 subsystem;
	u8 revision;
	u16 type;
	u8 config[VFX_CONFIG_MAX];
	unsigned int config_len;
	struct vfx_layout layout;
	enum vfx_list_fault list_fault;
	unsigned int list_fault_at;
	unsigned int description_room;
};

/**
 * struct functions - all PCI functions, in the order of their addresses
 * @all: @count of them
 * @count: how many
 */
struct functions {
	struct function *all;
	size_t count;
};

/**
 * functions_load() - find all functions
 * @cli: where to look
 * @functions: result, to be freed with functions_free()
 *
 * Return: an enum cli_exit; the error is reported.
 */
int functions_load(const struct cli *cli, struct functions *functions);

void functions_free(struct functions *functions);

/**
 * functions_find() - the virtio function a user names
 * @functions: where to look
 * @text: BDF as the user gave it
 * @function: result
 *
 * Return: an enum cli_exit; the error is reported.
 */
int functions_find(const struct functions *functions, const char *text,
		   const struct function **function);

/* What `bind` and others say of a function whose lists are not sound. */
#define LIST_FAULT_TEXT		"its capability at 0x%x %s, and VFIO cannot be given such a list"
#define LIST_FAULT_REMEDY	"have its hypervisor or firmware mend its configuration space"

/* Could all of standard configuration space be read? */
static inline bool config_complete(const struct function *function)
{
	return function->config_len >= VFX_CONFIG_SIZE;
}

/**
 * require_config() - report it if standard configuration space could not be read
 * @cli: where it was read
 * @function: the function
 *
 * Return: an enum cli_exit.
 */
int require_config(const struct cli *cli, const struct function *function);

#endif
