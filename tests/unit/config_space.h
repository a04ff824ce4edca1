/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Configuration spaces made by hand: capability after capability, as a device
 * would write them, and the four layouts that hypervisors really have.
 */
#ifndef CONFIG_SPACE_H
#define CONFIG_SPACE_H

#include "config_view.h"

/* cfg_type of a virtio vendor capability, virtio 1.3, 4.1.4. */
enum {
	COMMON = 1, NOTIFY, ISR, DEVICE, PCI_CFG,
	SHARED_MEMORY = 8, VENDOR_CFG = 9,
};

/**
 * struct config_space - a function's configuration space and its BARs
 * @bytes: as the function gives them
 * @map: what vfio_pci_core's map would be: the capability ID of each byte
 * @size: 256, or 4096 behind a root port
 * @bar_length: of each BAR
 * @io_bars: bit n: BAR n is an I/O BAR
 * @tail: position of the last capability of the list, 0 if there is none
 * @extended_tail: the same of the list in extended configuration space
 */
struct config_space {
	u8 bytes[VFX_CONFIG_MAX];
	u8 map[VFX_CONFIG_MAX];
	unsigned int size;
	u64 bar_length[VFX_BARS];
	unsigned int io_bars;
	u8 tail;
	u16 extended_tail;
};

/* A header with every byte different, no capability lists, no BARs. */
void config_begin(struct config_space *c, unsigned int size);

/* Add a capability of @len bytes at @pos to the end of the list. */
u8 *config_capability(struct config_space *c, u8 pos, u8 id, u8 len);

/* The same in extended configuration space, where the first must lie at 0x100. */
u8 *config_extended(struct config_space *c, u16 pos, u16 id, u16 len);

/* Add a virtio vendor capability. */
u8 *config_virtio(struct config_space *c, u8 pos, u8 cfg_type, u8 len, u8 bar,
		  u32 offset, u32 length);

/* Add a shared memory capability, whose offset and length have 64 bits. */
void config_shared_memory(struct config_space *c, u8 pos, u8 bar, u64 offset, u64 length);

void config_msix(struct config_space *c, u8 pos, unsigned int vectors, u32 table, u32 pba);

/* The layouts that users meet. */
void config_qemu_root_port(struct config_space *c);
void config_qemu_root_bus(struct config_space *c);
void config_firecracker(struct config_space *c);
void config_crosvm(struct config_space *c);

struct known_layout {
	const char *name;
	void (*make)(struct config_space *c);
};

extern const struct known_layout known_layouts[4];

void config_parse(const struct config_space *c, struct vfx_layout *layout);

/* What is known of the BARs where there is only a dump. */
extern const u64 unknown_lengths[VFX_BARS];

/* How many structures of a kind a layout declares. */
unsigned int count_of(const struct vfx_layout *layout, enum vfx_kind kind);

/* The view of it, made from copies of just its size: a read beyond is noticed. */
void config_show(const struct config_space *c, enum virtio_fixup_view shown,
		 struct vfx_config_view *view);

#endif
