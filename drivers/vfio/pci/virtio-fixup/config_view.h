/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The view of configuration space: for every byte, where a read comes from and
 * what a write does. This is the only place where that is decided.
 *
 *   LIVE    vfio_pci_core answers, by its own tables
 *   IMAGE   this view answers, and the hardware is not asked; writes are dropped
 *   WINDOW  an access window into the BARs (VIRTIO_PCI_CAP_PCI_CFG), emulated
 */
#ifndef VIRTIO_FIXUP_CONFIG_VIEW_H
#define VIRTIO_FIXUP_CONFIG_VIEW_H

#include "layout.h"

#define VIRTIO_FIXUP_CONFIG_MAX	4096

/* In a map of capabilities by byte: no capability is here. */
#define VIRTIO_FIXUP_MAP_GAP	0xff

enum virtio_fixup_config_source {
	VIRTIO_FIXUP_LIVE,
	VIRTIO_FIXUP_IMAGE,
	VIRTIO_FIXUP_WINDOW,	/* + the window's number */
};

/**
 * struct virtio_fixup_config_view - one view of configuration space
 * @size: bytes, 256 or 4096
 * @source: enum virtio_fixup_config_source of each byte
 * @image: what IMAGE bytes read, and what the user wrote to WINDOW bytes
 * @window: position of each window's capability
 * @description: position of the description capability, or 0 where there was no room
 */
struct virtio_fixup_config_view {
	unsigned int size;
	u8 source[VIRTIO_FIXUP_CONFIG_MAX];
	u8 image[VIRTIO_FIXUP_CONFIG_MAX];
	u8 window[VIRTIO_FIXUP_MAX_WINDOWS];
	u8 description;
};

/**
 * virtio_fixup_config_view_init() - decide for every byte
 * @view: to be filled
 * @layout: the function's capabilities
 * @decision: admitted, with a view
 * @vconfig: vfio_pci_core's virtual configuration space
 * @map: its map: the capability ID of each byte, VIRTIO_FIXUP_MAP_GAP for none
 * @size: bytes of both, at most VIRTIO_FIXUP_CONFIG_MAX
 */
void virtio_fixup_config_view_init(struct virtio_fixup_config_view *view,
				   const struct virtio_fixup_layout *layout,
				   const struct virtio_fixup_decision *decision,
				   const u8 *vconfig, const u8 *map, unsigned int size);

/**
 * virtio_fixup_config_run() - how many bytes have the same source
 * @view: the view
 * @offset: less than @view->size
 * @count: bytes wanted, at least 1, not beyond @view->size
 * @source: result
 */
unsigned int virtio_fixup_config_run(const struct virtio_fixup_config_view *view,
				     unsigned int offset, unsigned int count,
				     u8 *source);

/**
 * struct virtio_fixup_window_access - what an access to pci_cfg_data means
 * @width: 1, 2 or 4; or 0: no access, reads give 0 and writes are dropped
 * @bar: of the target
 * @offset: of the target within the BAR
 * @kind: what lies there
 * @within: offset within that structure
 * @data: position of pci_cfg_data in configuration space
 */
struct virtio_fixup_window_access {
	unsigned int width;
	u8 bar;
	u64 offset;
	enum virtio_fixup_structure_kind kind;
	u64 within;
	unsigned int data;
};

/**
 * virtio_fixup_window_read_fields() - read window bytes other than pci_cfg_data
 * @view: the view
 * @source: VIRTIO_FIXUP_WINDOW + n
 * @offset: first byte, of that source
 * @buf: @count bytes; those of pci_cfg_data are set to 0
 * @count: as virtio_fixup_config_run() gave it
 */
void virtio_fixup_window_read_fields(const struct virtio_fixup_config_view *view,
				     u8 source, unsigned int offset, u8 *buf,
				     unsigned int count);

/**
 * virtio_fixup_window_write_fields() - write window bytes other than pci_cfg_data
 * @view: the view
 * @source: VIRTIO_FIXUP_WINDOW + n
 * @offset: first byte, of that source
 * @buf: @count bytes; only cap.bar, cap.offset and cap.length take effect
 * @count: as virtio_fixup_config_run() gave it
 */
void virtio_fixup_window_write_fields(struct virtio_fixup_config_view *view,
				      u8 source, unsigned int offset, const u8 *buf,
				      unsigned int count);

/**
 * virtio_fixup_window_target() - where a window points now
 * @view: the view
 * @layout: the function's structures
 * @source: VIRTIO_FIXUP_WINDOW + n
 *
 * Only whole accesses within one declared virtio structure are let through:
 * not the MSI-X table, not the legacy interface, nothing misaligned (virtio 1.3,
 * 4.1.4.10.2).
 */
struct virtio_fixup_window_access
virtio_fixup_window_target(const struct virtio_fixup_config_view *view,
			   const struct virtio_fixup_layout *layout, u8 source);

/**
 * virtio_fixup_find_description() - find the description capability
 * @config: standard configuration space
 * @description: result, copied out
 *
 * For readers on the guest's side; believes nothing in @config.
 * Return: its position, or 0 if there is none.
 */
unsigned int
virtio_fixup_find_description(const u8 config[VIRTIO_FIXUP_CONFIG_SIZE],
			      struct virtio_fixup_description *description);

#endif
