// SPDX-License-Identifier: GPL-2.0-only
/* Configuration spaces made by hand; see config_space.h. */
#include "config_space.h"
#include "unit.h"

const struct known_layout known_layouts[4] = {
	{ "QEMU behind a root port", config_qemu_root_port },
	{ "QEMU on the root bus", config_qemu_root_bus },
	{ "Firecracker", config_firecracker },
	{ "crosvm", config_crosvm },
};

void config_begin(struct config_space *c, unsigned int size)
{
	unsigned int i;

	memset(c, 0, sizeof(*c));
	c->size = size;
	memset(c->map + 0x40, VFX_MAP_GAP, sizeof(c->map) - 0x40);
	for (i = 0; i < size; i++)	/* not 0 where nothing is declared, too */
		c->bytes[i] = (u8)(i * 37 + (i >> 8) + 1);
	c->bytes[0x06] = 0;
	c->bytes[0x34] = 0;
	memset(c->bytes + 0x100, 0, 4);
}

u8 *config_capability(struct config_space *c, u8 pos, u8 id, u8 len)
{
	c->bytes[0x06] |= 0x10;
	c->bytes[c->tail ? c->tail + 1 : 0x34] = pos;
	c->tail = pos;
	memset(c->map + pos, id, len);
	c->bytes[pos] = id;
	c->bytes[pos + 1] = 0;
	return c->bytes + pos;
}

u8 *config_extended(struct config_space *c, u16 pos, u16 id, u16 len)
{
	if (c->extended_tail)
		vfx_put(c->bytes + c->extended_tail + 2, 1 | (u32)pos << 4, 2);
	c->extended_tail = pos;
	memset(c->map + pos, (u8)id, len);
	vfx_put(c->bytes + pos, id | 1u << 16, 4);
	return c->bytes + pos;
}

u8 *config_virtio(struct config_space *c, u8 pos, u8 cfg_type, u8 len, u8 bar,
		  u32 offset, u32 length)
{
	u8 *cap = config_capability(c, pos, 0x09, len);

	cap[2] = len;
	cap[3] = cfg_type;
	cap[4] = bar;
	cap[5] = 0;
	cap[6] = 0;
	cap[7] = 0;
	vfx_put(cap + 8, offset, 4);
	vfx_put(cap + 12, length, 4);
	if (len >= 20)
		vfx_put(cap + 16, cfg_type == NOTIFY ? 4 : 0, 4);
	return cap;
}

void config_shared_memory(struct config_space *c, u8 pos, u8 bar, u64 offset, u64 length)
{
	u8 *cap = config_virtio(c, pos, SHARED_MEMORY, 24, bar, (u32)offset, (u32)length);

	vfx_put(cap + 16, (u32)(offset >> 32), 4);
	vfx_put(cap + 20, (u32)(length >> 32), 4);
}

void config_msix(struct config_space *c, u8 pos, unsigned int vectors, u32 table, u32 pba)
{
	u8 *cap = config_capability(c, pos, 0x11, 12);

	vfx_put(cap + 2, vectors - 1, 2);
	vfx_put(cap + 4, table, 4);
	vfx_put(cap + 8, pba, 4);
}

void config_qemu_root_port(struct config_space *c)
{
	config_begin(c, 4096);
	c->bar_length[1] = 0x1000;
	c->bar_length[4] = 0x4000;
	config_msix(c, 0xdc, 2, 0x000 | 1, 0x800 | 1);
	config_virtio(c, 0xc8, PCI_CFG, 20, 0, 0, 0);
	config_virtio(c, 0xb4, NOTIFY, 20, 4, 0x3000, 0x1000);
	config_virtio(c, 0xa4, DEVICE, 16, 4, 0x2000, 0x1000);
	config_virtio(c, 0x94, ISR, 16, 4, 0x1000, 0x1000);
	config_virtio(c, 0x84, COMMON, 16, 4, 0x0000, 0x1000);
	config_capability(c, 0x7c, 0x01, 8);
	config_capability(c, 0x40, 0x10, 0x3c);
	config_extended(c, 0x100, 0x01, 0x2c);
}

void config_qemu_root_bus(struct config_space *c)
{
	config_begin(c, 256);
	c->bar_length[1] = 0x1000;
	c->bar_length[4] = 0x4000;
	config_msix(c, 0x98, 2, 0x000 | 1, 0x800 | 1);
	config_virtio(c, 0x84, PCI_CFG, 20, 0, 0, 0);
	config_virtio(c, 0x70, NOTIFY, 20, 4, 0x3000, 0x1000);
	config_virtio(c, 0x60, DEVICE, 16, 4, 0x2000, 0x1000);
	config_virtio(c, 0x50, ISR, 16, 4, 0x1000, 0x1000);
	config_virtio(c, 0x40, COMMON, 16, 4, 0x0000, 0x1000);
}

/* Cloud Hypervisor's is the same. */
void config_firecracker(struct config_space *c)
{
	config_begin(c, 256);
	c->bar_length[0] = 0x80000;
	config_virtio(c, 0x40, COMMON, 16, 0, 0x0000, 0x38);
	config_virtio(c, 0x50, ISR, 16, 0, 0x2000, 0x1);
	config_virtio(c, 0x60, DEVICE, 16, 0, 0x4000, 0x1000);
	config_virtio(c, 0x70, NOTIFY, 20, 0, 0x6000, 0x1000);
	config_virtio(c, 0x84, PCI_CFG, 20, 0, 0, 0);
	config_msix(c, 0x98, 2, 0x8000, 0x48000);
}

void config_crosvm(struct config_space *c)
{
	config_begin(c, 256);
	c->bar_length[0] = 0x8000;
	c->bar_length[2] = 0x200000000;
	config_virtio(c, 0x40, COMMON, 16, 0, 0x0000, 0x38);
	config_virtio(c, 0x50, ISR, 16, 0, 0x1000, 0x1);
	config_virtio(c, 0x60, DEVICE, 16, 0, 0x2000, 0x1000);
	config_virtio(c, 0x70, NOTIFY, 20, 0, 0x3000, 0x1000);
	config_virtio(c, 0x84, PCI_CFG, 20, 0, 0, 0);
	config_shared_memory(c, 0x98, 2, 0, 0x200000000);
	config_msix(c, 0xb0, 3, 0x6000, 0x7000);
}

const u64 unknown_lengths[VFX_BARS] = {
	VFX_LENGTH_UNKNOWN, VFX_LENGTH_UNKNOWN, VFX_LENGTH_UNKNOWN,
	VFX_LENGTH_UNKNOWN, VFX_LENGTH_UNKNOWN, VFX_LENGTH_UNKNOWN,
};

unsigned int count_of(const struct vfx_layout *layout, enum vfx_kind kind)
{
	unsigned int i, count = 0;

	for (i = 0; i < layout->nr_structures; i++)
		count += layout->structures[i].kind == kind;
	return count;
}

void config_parse(const struct config_space *c, struct vfx_layout *layout)
{
	vfx_parse_layout(layout, c->bytes, c->bar_length, c->io_bars);
}

static u8 *copy_of(const u8 *bytes, size_t size)
{
	u8 *copy = malloc(size);

	CHECK(copy);
	return memcpy(copy, bytes, size);
}

void config_show(const struct config_space *c, enum virtio_fixup_view shown,
		 struct vfx_config_view *view)
{
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_CONDITIONAL,
		.basis = VIRTIO_FIXUP_BASIS_DECLARED,
		.admitted = true,
		.view = shown,
		.ability = VIRTIO_FIXUP_ABILITY_YES,
		.state = VIRTIO_FIXUP_STATE_TRANSLATED,
	};
	size_t size = c->size < sizeof(c->bytes) ? c->size : sizeof(c->bytes);
	u8 *vconfig = copy_of(c->bytes, size), *map = copy_of(c->map, size);
	struct vfx_layout layout;

	config_parse(c, &layout);
	vfx_config_view_init(view, &layout, &decision, 0, vconfig, map, c->size);
	free(vconfig);
	free(map);
}
