/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A whole function behind the pure core: its configuration space, its access
 * window and its BARs, joined as the driver joins them (access.c).
 */
#ifndef DOORS_H
#define DOORS_H

#include "config_view.h"
#include "device_model.h"

/* Of each BAR so much is memory here; offsets beyond fold onto it. */
#define DOORS_RAW	0x10000

struct doors {
	struct register_user registers;
	struct vfx_view view;
	u8 core[VFX_CONFIG_MAX];	/* what vfio_pci_core answers, LIVE */
	u8 (*raw)[DOORS_RAW];			/* the function's BARs */
};

void doors_config(struct doors *doors, unsigned int offset, u8 *buf, unsigned int count,
		  bool is_write);

/* @count ends within the BAR. */
void doors_bar(struct doors *doors, unsigned int bar, u64 offset, u8 *buf, unsigned int count,
	       bool is_write);

#endif
