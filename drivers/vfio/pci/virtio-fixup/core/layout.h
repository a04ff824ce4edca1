/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The capability parser: where a virtio function's structures lie in its BARs,
 * and which of its bytes a VFIO user may reach. Reads a copy of standard
 * configuration space that the device wrote, so it believes nothing in it.
 */
#ifndef VFX_LAYOUT_H
#define VFX_LAYOUT_H

#include "verdict.h"

#define VFX_BARS		PCI_STD_NUM_BARS
#define VFX_CONFIG_SIZE		PCI_CFG_SPACE_SIZE	/* of standard configuration space */
#define VFX_MAX_STRUCTURES	32
#define VFX_MAX_WINDOWS	8
/* A BAR's length where the reader cannot know it (a dump, an unassigned BAR). */
#define VFX_LENGTH_UNKNOWN	(~(u64)0)

/* Up to and with queue_device: what virtio 1.0 has (virtio 1.3, 4.1.4.3). */
#define VFX_COMMON_MIN	56
/* Up to and with admin_queue_num; we know no field beyond. */
#define VFX_COMMON_MAX	64

enum vfx_kind {
	VFX_KIND_ABSENT,		/* undeclared: reads 0, writes dropped */
	VFX_KIND_COMMON,		/* the register file, see registers.h */
	VFX_KIND_NOTIFY,
	VFX_KIND_ISR,
	VFX_KIND_DEVICE,
	VFX_KIND_SHARED_MEMORY,
	VFX_KIND_MSIX,		/* vector table or pending bit array */
	VFX_KIND_LEGACY,		/* the legacy interface in I/O BAR 0 */
};

/**
 * struct vfx_structure - one declared range of a BAR
 * @kind: what lies there; VFX_KIND_ABSENT for a common configuration that is
 *	not sound, as far as it lies in its BAR: nothing else may uncover it
 * @bar: 0 to 5
 * @offset: first byte within the BAR
 * @length: bytes, at least 1; offset + length does not overflow
 */
struct vfx_structure {
	enum vfx_kind kind;
	u8 bar;
	u64 offset;
	u64 length;
};

/**
 * struct vfx_layout - all that the capabilities declare
 * @structures: the declared ranges, in the order of the capability list
 * @nr_structures: how many
 * @common: index of the first usable common configuration structure, or -1
 * @notify: index of the first notification structure, or -1
 * @notify_multiplier: bytes between its addresses (notify_off_multiplier)
 * @windows: positions of the VIRTIO_PCI_CAP_PCI_CFG capabilities
 * @nr_windows: how many
 * @bar_length: length of each BAR in bytes, 0 where there is none
 * @io_bars: bit n set: BAR n is an I/O BAR
 * @malformed: the list loops, leaves standard config space, or is too long
 */
struct vfx_layout {
	struct vfx_structure structures[VFX_MAX_STRUCTURES];
	unsigned int nr_structures;
	int common;
	int notify;
	u32 notify_multiplier;
	u8 windows[VFX_MAX_WINDOWS];
	unsigned int nr_windows;
	u64 bar_length[VFX_BARS];
	unsigned int io_bars;
	bool malformed;
};

/**
 * vfx_parse_layout() - read the capability list
 * @layout: result
 * @config: standard configuration space, as the function gave it
 * @bar_length: length of each BAR; VFX_LENGTH_UNKNOWN skips the check
 *	that a structure lies within its BAR
 * @io_bars: bit n set: BAR n is an I/O BAR
 *
 * Never fails: a capability that is not sound declares nothing, and a list that
 * is not sound leaves @layout->malformed set and nothing declared at all.
 */
void vfx_parse_layout(struct vfx_layout *layout, const u8 config[VFX_CONFIG_SIZE],
		      const u64 bar_length[VFX_BARS], unsigned int io_bars);

/* What a function's IDs and capabilities say: type, identity, legacy_apart and common_cfg. */
void vfx_declared_facts(struct vfx_facts *facts, u16 device, u16 subsystem,
			const struct vfx_layout *layout);

/**
 * vfx_notify_offset() - where the notification of a virtqueue goes
 * @layout: where things are
 * @notify_off: the virtqueue's queue_notify_off
 * @at: result: offset within the notification structure
 *
 * Return: false if there is no such place: the structure has no 16 bits there, or
 * they are not aligned (virtio 1.3, 4.1.4.4).
 */
bool vfx_notify_offset(const struct vfx_layout *layout, u16 notify_off, u64 *at);

enum vfx_identity vfx_identity(u16 device, const struct vfx_layout *layout);

/**
 * vfx_legacy_is_apart() - can the legacy interface be absent for a user?
 * @layout: of a transitional function
 *
 * The legacy interface is at the start of BAR 0, in I/O space (virtio 1.3, 4.1.4.10).
 * If no capability declares anything in that BAR, the BAR can be absent. If the BAR is
 * memory, and no structure that a user reaches raw is where a legacy header would be,
 * those bytes are undeclared and so absent, or the register file's.
 *
 * Return: true if it can.
 */
bool vfx_legacy_is_apart(const struct vfx_layout *layout);

/* Take BAR 0 away, unless there are structures in it: where the legacy interface is apart. */
void vfx_hide_legacy(struct vfx_layout *layout);

/* Declare the legacy interface in I/O BAR 0. What nothing declares is not there. */
void vfx_expose_legacy(struct vfx_layout *layout);

/**
 * vfx_bar_run() - what lies at an offset of a BAR, and for how long
 * @layout: where things are
 * @bar: 0 to 5
 * @offset: first byte of the access
 * @count: bytes of the access, at least 1
 * @kind: result; where structures overlap, the common configuration wins,
 *	and then what is absent
 * @within: result: offset within that structure
 *
 * Return: how many bytes from @offset on, 1 to @count, are of the same kind and
 * structure.
 */
u64 vfx_bar_run(const struct vfx_layout *layout, unsigned int bar, u64 offset, u64 count,
		enum vfx_kind *kind, u64 *within);

/**
 * vfx_page_mappable() - may a VFIO user map this page of a BAR?
 * @layout: where things are
 * @bar: 0 to 5
 * @offset: start of the page within the BAR
 * @page_size: in bytes; for several pages, of all of them: the time it takes
 *	depends on how many structures there are, not on this
 *
 * Return: true if every byte is declared and none is the common configuration
 * or the legacy interface.
 */
bool vfx_page_mappable(const struct vfx_layout *layout, unsigned int bar, u64 offset,
		       u64 page_size);

/**
 * vfx_next_mappable() - the next stretch of mappable pages
 * @layout: where things are
 * @bar: 0 to 5
 * @from: where to begin to look, a multiple of @page_size
 * @page_size: in bytes, a power of two
 * @start: result: first byte of the stretch
 *
 * Return: the length of the stretch in bytes, or 0 if there is none.
 */
u64 vfx_next_mappable(const struct vfx_layout *layout, unsigned int bar, u64 from,
		      u64 page_size, u64 *start);

#endif
