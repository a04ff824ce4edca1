// SPDX-License-Identifier: GPL-2.0-only
/* The letters of known_bytes.h. */
#include "known_bytes.h"
#include "unit.h"

struct row {
	unsigned int from;
	const char *letters;
};

/* Of every header, PCI 3.0, 6.1. */
static const char header[] =
	"....CCLL" "....KK.." "LLLLLLLL" "LLLLLLLL" "LLLLLLLL" "........" "LLLLd..." "....LL..";

static const char virtio_16[] = "................";
static const char virtio_20[] = "....................";
static const char virtio_24[] = "........................";
static const char window[] = "....BPPPBBBBBBBBDDDD";
static const char msix[] = "..LL........";
static const char description[] = "dddddddddddddddddddddddd";

static const struct row qemu_root_port[] = {
	{ 0x40, "........LLLL............................LLLL................" },	/* PCIe */
	{ 0x7c, "....LLLL" },						/* power management */
	{ 0x84, virtio_16 }, { 0x94, virtio_16 }, { 0xa4, virtio_16 }, { 0xb4, virtio_20 },
	{ 0xc8, window },
	{ 0xdc, msix },
	{ 0xe8, description },
	{ 0x100, "....LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" },	/* advanced errors */
	{ 0, NULL },
};

/* Firecracker and Cloud Hypervisor, and QEMU on the root bus. */
static const struct row nothing_but_virtio[] = {
	{ 0x40, virtio_16 }, { 0x50, virtio_16 }, { 0x60, virtio_16 }, { 0x70, virtio_20 },
	{ 0x84, window },
	{ 0x98, msix },
	{ 0xa4, description },
	{ 0, NULL },
};

static const struct row crosvm[] = {
	{ 0x40, virtio_16 }, { 0x50, virtio_16 }, { 0x60, virtio_16 }, { 0x70, virtio_20 },
	{ 0x84, window },
	{ 0x98, virtio_24 },	/* shared memory */
	{ 0xb0, msix },
	{ 0xbc, description },
	{ 0, NULL },
};

#define QEMU_BARS						\
	.bar = 4, .common_length = 64,				\
	.bar_length = { [1] = 0x1000, [4] = 0x4000 },		\
	.ranges = {						\
		{ 4, 'c', 0, 0x1000 },				\
		{ 4, 'r', 0x1000, 0x3000 },			\
		{ 1, 'v', 0, 2 * 16 }, { 1, 'v', 0x800, 8 },	\
	}

static const struct {
	const struct row *rows;
	struct known_bytes bytes;
} known[COUNT(known_layouts)] = {
	{ qemu_root_port, { .config_size = 4096, .window = 0xc8, .description = 0xe8, QEMU_BARS } },
	{ nothing_but_virtio, { .config_size = 256, .window = 0x84, .description = 0xa4,
				QEMU_BARS } },
	{ nothing_but_virtio, {
		.config_size = 256, .window = 0x84, .description = 0xa4,
		.bar = 0, .common_length = 0x38, .bar_length = { 0x80000 },
		.ranges = {
			{ 0, 'c', 0, 0x38 }, { 0, 'r', 0x2000, 1 }, { 0, 'r', 0x4000, 0x1000 },
			{ 0, 'r', 0x6000, 0x1000 }, { 0, 'v', 0x8000, 2 * 16 },
			{ 0, 'v', 0x48000, 8 },
		},
	} },
	{ crosvm, {
		.config_size = 256, .window = 0x84, .description = 0xbc,
		.bar = 0, .common_length = 0x38, .bar_length = { 0x8000, [2] = 0x200000000 },
		.ranges = {
			{ 0, 'c', 0, 0x38 }, { 0, 'r', 0x1000, 1 }, { 0, 'r', 0x2000, 0x1000 },
			{ 0, 'r', 0x3000, 0x1000 }, { 0, 'v', 0x6000, 3 * 16 },
			{ 0, 'v', 0x7000, 8 }, { 2, 'r', 0, 0x200000000 },
		},
	} },
};

/* The legacy interface in I/O BAR 0, as QEMU has it; revision 0, a disk's old IDs. */
static void make_old(struct config_space *c)
{
	CHECK(!c->bar_length[0]);
	vfx_put(c->bytes + 0x02, 0x1001, 2);
	c->bytes[0x08] = 0;
	vfx_put(c->bytes + 0x10, 0xc001, 4);
	vfx_put(c->bytes + 0x2e, KNOWN_TYPE, 2);
	c->io_bars = 1;
	c->bar_length[0] = 0x80;
}

/* virtio 1.3, 4.1.2: device ID, revision, subsystem ID; and no BAR 0. */
static void letters_as_modern(char *letters)
{
	memset(letters + 0x02, 'M', 2);
	letters[0x08] = 'M';
	memset(letters + 0x10, 'M', 4);
	memset(letters + 0x2e, 'M', 2);
}

void known_make(unsigned int number, enum shown_as as, struct config_space *c,
		struct known_bytes *bytes)
{
	const struct row *row;

	known_layouts[number].make(c);
	*bytes = known[number].bytes;
	/* What an earlier user left there is nothing to this one. */
	memset(c->bytes + bytes->window + 4, 0xa7, 16);
	memset(bytes->config, '_', sizeof(bytes->config));
	memcpy(bytes->config, header, 0x40);
	for (row = known[number].rows; row->letters; row++)
		memcpy(bytes->config + row->from, row->letters, strlen(row->letters));
	if (as == MODERN_BY_ITSELF)
		return;
	make_old(c);
	if (as == OLD_SHOWN_MODERN) {
		letters_as_modern(bytes->config);
		return;
	}
	bytes->bar_length[0] = 0x80;
	bytes->ranges[7] = (struct known_range){ 0, 'l', 0, 0x80 };
}

char known_bar_letter(const struct known_bytes *bytes, unsigned int bar, u64 offset)
{
	unsigned int i;

	for (i = 0; i < COUNT(bytes->ranges); i++)
		if (bytes->ranges[i].letter && bytes->ranges[i].bar == bar &&
		    offset >= bytes->ranges[i].from &&
		    offset - bytes->ranges[i].from < bytes->ranges[i].length)
			return bytes->ranges[i].letter;
	return '_';
}

/* virtio 1.3, 4.1.2.1: 0x1040 and the type, a revision that is not 0. */
static u8 modern_byte(const struct config_space *c, unsigned int pos)
{
	switch (pos) {
	case 0x02:
		return 0x40 + KNOWN_TYPE;
	case 0x03:
		return 0x10;
	case 0x08:
		return c->bytes[pos] ? c->bytes[pos] : 1;
	case 0x2e:
		return 0x40;
	default:
		return 0;
	}
}

/* include/uapi/linux/vfio_virtio_fixup.h, byte by byte. */
static u8 description_byte(const struct config_space *c,
			   const struct vfx_decision *d, unsigned int at)
{
	const u8 described[24] = {
		0x09, c->bytes[0x34], 24, 9, 0xff, 0xff, 1, (u8)d->verdict,
		'v', 'f', 'i', 'o', '-', 'v', 'f', 'x', (u8)d->basis, (u8)d->view,
		(u8)d->ability, (u8)d->state,
	};

	return described[at];
}

u8 known_config_byte(const struct known_bytes *bytes, const struct config_space *c,
		     const u8 *core, const struct vfx_decision *decision,
		     unsigned int pos)
{
	switch (bytes->config[pos]) {
	case '.':
	case 'K':
		return c->bytes[pos];
	case 'L':
	case 'C':
		return core[pos];
	case 'M':
		return modern_byte(c, pos);
	case 'd':
		return pos == 0x34 ? (u8)bytes->description :
				     description_byte(c, decision, pos - bytes->description);
	default:
		return 0;
	}
}
