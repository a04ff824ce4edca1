/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The capability lists of configuration space as vfio_pci_core takes them: how
 * long it believes each capability to be, and whether it can be given a list at
 * all. It believes what it reads: a length, a pointer, a second capability of a
 * kind that it has one table for. With a list that is not sound it writes and
 * reads past its own memory, so no such function may reach it.
 */
#ifndef VFX_CAPABILITIES_H
#define VFX_CAPABILITIES_H

#include "types.h"

/* What is wrong with a list; the first thing that is. */
enum vfx_list_fault {
	VFX_LIST_SOUND,
	VFX_LIST_POINTER,	/* into the header, or not to a dword */
	VFX_LIST_LOOP,		/* comes to a place twice */
	VFX_LIST_SHORT,	/* a length that leaves out its own fields */
	VFX_LIST_END,		/* leaves configuration space */
	VFX_LIST_OVERLAP,	/* two capabilities have the same byte */
	VFX_LIST_TWICE,	/* of a kind that there is one of */
	VFX_LIST_FAULTS,
};

/*
 * How many bytes the core takes the capability at @pos to have, in @size bytes of
 * configuration space: vfio_cap_len() and vfio_ext_cap_len() of vfio_pci_config.c. It
 * may be more than follow. 0: the core hides the capability.
 */
unsigned int vfx_capability_length(const u8 *config, unsigned int size, unsigned int pos);
unsigned int vfx_extended_length(const u8 *config, unsigned int size, unsigned int pos);

/**
 * vfx_check_lists() - may vfio_pci_core be given these lists?
 * @config: configuration space, as it is
 * @size: bytes of it, 256 or 4096
 * @at: result: where the fault is, if there is one
 *
 * Both lists are walked as the core walks them, with pointers as they stand.
 * Return: VFX_LIST_SOUND, or what is wrong.
 */
enum vfx_list_fault vfx_check_lists(const u8 *config, unsigned int size, unsigned int *at);

/* For the operator: the place of a fault and its text, and what to do. */
#define VFX_LIST_FAULT_REASON	"its capability at 0x%x %s, and VFIO cannot be given such a list"
#define VFX_LIST_FAULT_REMEDY	"have its hypervisor or firmware mend its configuration space"
const char *vfx_list_fault_text(enum vfx_list_fault fault);

#endif
