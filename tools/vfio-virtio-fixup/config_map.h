/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What vfio_pci_core makes of a function's configuration space when it enables
 * the function: which capability each byte belongs to, by the lengths that the
 * core knows, and its own copy, which lacks what it hides. The driver's view is
 * made from these two.
 *
 * The driver has them from the core. Here they are made from configuration space
 * as it was read, by the rules of Linux 6.12 (drivers/vfio/pci/vfio_pci_config.c),
 * also where those are lax: the core follows any pointer, and of capabilities
 * that overlap the later one has the bytes.
 */
#ifndef CONFIG_MAP_H
#define CONFIG_MAP_H

#include "function.h"
#include "view.h"

/* No capability owns the byte. */
#define CONFIG_MAP_NOBODY	0xffff

/**
 * struct config_map - what vfio_pci_core makes of configuration space
 * @size: bytes of all three
 * @id: the capability ID of each byte; 0 in the header, VFX_MAP_GAP for none
 * @owner: where the capability of each byte begins; 0 in the header
 * @vconfig: the core's copy; 0 where nothing is
 */
struct config_map {
	unsigned int size;
	u8 id[VFX_CONFIG_MAX];
	u16 owner[VFX_CONFIG_MAX];
	u8 vconfig[VFX_CONFIG_MAX];
};

/**
 * config_map_view() - what the driver would make of configuration space
 * @function: with @config and @layout filled
 * @map: result, what the core makes of it
 * @view: result, made by the driver's own code
 */
void config_map_view(const struct function *function, struct config_map *map,
		     struct vfx_view *view);

/**
 * find_description_room() - where the driver would put the description capability
 * @function: with @config and @layout filled
 *
 * Return: its position, or 0 if there is no room.
 */
unsigned int find_description_room(const struct function *function);

#endif
