/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The view of configuration space: for every byte, where a read comes from and
 * what a write does. The table behind this header is the only place where that
 * is decided. At the end is the view as a whole, which is that and the structures
 * in the BARs.
 *
 *   IMAGE    this view answers, and the hardware is not asked; writes are dropped
 *   KEPT     the same, but the user reads back what it wrote
 *   LIVE     vfio_pci_core answers, by its own tables
 *   COMMAND  the same, but some writes need not go through it
 *   WINDOW   an access window into the BARs (VIRTIO_PCI_CAP_PCI_CFG), emulated
 */
#ifndef VFX_CONFIG_VIEW_H
#define VFX_CONFIG_VIEW_H

#include "layout.h"

#define VFX_CONFIG_MAX	PCI_CFG_SPACE_EXP_SIZE

/* In a map of capabilities by byte: no capability is here. */
#define VFX_MAP_GAP	0xff

enum vfx_source {
	VFX_SOURCE_IMAGE,
	VFX_SOURCE_KEPT,
	VFX_SOURCE_LIVE,
	VFX_SOURCE_COMMAND,
	VFX_SOURCE_WINDOW,	/* + the window's number */
};

/**
 * struct vfx_config_rule - one line of the table
 * @source: enum vfx_source
 * @name: of these bytes, in the specification's words
 * @why: they have this source
 */
struct vfx_config_rule {
	u8 source;
	const char *name;
	const char *why;
};

/**
 * struct vfx_config_view - one view of configuration space
 * @size: bytes, 256 or 4096
 * @rule: for each byte, the line of the table that it follows
 * @image: what IMAGE bytes read, and what the user wrote to KEPT and WINDOW bytes
 * @window: position of each window's capability
 * @description: position of the description capability, or 0 where there was no room
 */
struct vfx_config_view {
	unsigned int size;
	u8 rule[VFX_CONFIG_MAX];
	u8 image[VFX_CONFIG_MAX];
	u8 window[VFX_MAX_WINDOWS];
	u8 description;
};

/**
 * vfx_config_view_init() - decide for every byte
 * @view: to be filled
 * @layout: the function's capabilities
 * @decision: admitted, with a view
 * @type: the function's virtio device type
 * @vconfig: vfio_pci_core's virtual configuration space
 * @map: its map: the capability ID of each byte, VFX_MAP_GAP for none
 * @size: bytes of both, at most VFX_CONFIG_MAX
 */
void vfx_config_view_init(struct vfx_config_view *view, const struct vfx_layout *layout,
			  const struct vfx_decision *decision, u16 type,
			  const u8 *vconfig, const u8 *map, unsigned int size);

/* The line of the table that the byte at @offset follows; @offset is within the view. */
const struct vfx_config_rule *vfx_config_rule(const struct vfx_config_view *view,
					      unsigned int offset);

/**
 * vfx_config_run() - how many bytes one owner answers
 * @view: the view
 * @offset: less than @view->size
 * @count: bytes wanted, at least 1, not beyond @view->size
 * @is_write: what is COMMAND for a write is LIVE for a read
 * @source: result
 *
 * Return: a number from 1 to @count.
 */
unsigned int vfx_config_run(const struct vfx_config_view *view,
			    unsigned int offset, unsigned int count,
			    bool is_write, u8 *source);

/**
 * vfx_command_is_mild() - may a write to COMMAND go past vfio_pci_core?
 * @written: the whole register, as the user writes it
 * @virtual_command: what vfio_pci_core remembers of the last write
 * @hardware_command: what the function has now
 *
 * For a mild write the core would read COMMAND twice, and every BAR.
 *
 * Return: true if the write changes neither decoding nor INTx, which are the core's, and
 * may change bus master and the like, or nothing. Never true where the function may have
 * been reset behind the core's back, which notices that when COMMAND is written and
 * restores the BARs: a reset clears decoding, so decoding that is on means that
 * there was none.
 */
bool vfx_command_is_mild(u16 written, u16 virtual_command, u16 hardware_command);

/* What a mild write of @written makes of the hardware's COMMAND. */
u16 vfx_mild_command(u16 written, u16 hardware_command);

/**
 * struct vfx_window_access - what an access to pci_cfg_data means
 * @width: 1, 2 or 4; or 0: no access, reads give 0 and writes are dropped
 * @bar: of the target
 * @offset: of the target within the BAR
 * @kind: what lies there
 * @within: offset within that structure
 * @data: position of pci_cfg_data in configuration space
 * @refused: no access, although the window is aimed at something: its length is
 *	not 0
 */
struct vfx_window_access {
	unsigned int width;
	u8 bar;
	u64 offset;
	enum vfx_kind kind;
	u64 within;
	unsigned int data;
	bool refused;
};

/*
 * Read or write window bytes other than pci_cfg_data: a run of @source, as
 * vfx_config_run() gave it. The bytes of pci_cfg_data read 0 here; of a write only
 * cap.bar, cap.offset and cap.length take effect.
 */
void vfx_window_read_fields(const struct vfx_config_view *view, u8 source,
			    unsigned int offset, u8 *buf, unsigned int count);
void vfx_window_write_fields(struct vfx_config_view *view, u8 source,
			     unsigned int offset, const u8 *buf, unsigned int count);

/**
 * vfx_window_target() - where a window points now
 * @view: the view
 * @layout: the function's structures
 * @source: VFX_SOURCE_WINDOW + n
 *
 * Only whole accesses within one declared virtio structure are let through:
 * not the MSI-X table, not the legacy interface, nothing misaligned (virtio 1.3,
 * 4.1.4.10.2).
 *
 * Return: the access, or one of width 0.
 */
struct vfx_window_access vfx_window_target(const struct vfx_config_view *view,
					   const struct vfx_layout *layout, u8 source);

/**
 * struct vfx_view - all that one user of a function is shown of it
 * @decision: that let the user in
 * @layout: the structures in the BARs
 * @config: configuration space
 *
 * It is made once, at open, from what is known then, and so a reader of the same bytes
 * can make it, too.
 */
struct vfx_view {
	struct vfx_decision decision;
	struct vfx_layout layout;
	struct vfx_config_view config;
};

/*
 * Make the view that a decision gives: from the facts it was made from, the function's
 * structures, and vfio_pci_core's copy of configuration space.
 */
void vfx_make_view(struct vfx_view *view, const struct vfx_facts *facts,
		   const struct vfx_decision *decision, const struct vfx_layout *layout,
		   const u8 *vconfig, const u8 *map, unsigned int size);

/**
 * vfx_find_description() - find the description capability
 * @config: standard configuration space
 * @description: result, copied out
 *
 * For readers on the guest's side; believes nothing in @config.
 * Return: its position, or 0 if there is none.
 */
unsigned int vfx_find_description(const u8 config[VFX_CONFIG_SIZE],
				  struct virtio_fixup_description *description);

#endif
