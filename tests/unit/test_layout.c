// SPDX-License-Identifier: GPL-2.0-only
/*
 * The capability parser, on dumps of real functions and on the layouts that
 * hypervisors have. Lists that are not sound are in test_layout_hostile.c.
 */
#include "config_space.h"
#include "unit.h"

/* The functions of one dump of configuration space, as lspci -xxxx prints it. */
static struct {
	char address[8];	/* bus:device.function */
	u8 config[VFX_CONFIG_MAX];
} dump[32];

static unsigned int nr_dumped;

static void read_bytes(u8 *config, unsigned int offset, const char *hex)
{
	unsigned int byte;
	int used;

	for (; sscanf(hex, " %2x%n", &byte, &used) == 1; hex += used) {
		CHECK(offset < VFX_CONFIG_MAX);
		config[offset++] = (u8)byte;
	}
}

/* "BB:DD.F TEXT" begins a function, "OFFSET: HEX..." is sixteen bytes of it. */
static void read_dump(const char *path)
{
	unsigned int offset;
	FILE *file = fopen(path, "r");
	char line[512];
	int used;

	CHECK_IN(file, "%s", path);
	memset(dump, 0, sizeof(dump));
	nr_dumped = 0;
	while (fgets(line, sizeof(line), file)) {
		if (strlen(line) > 8 && line[2] == ':' && line[5] == '.') {
			CHECK(nr_dumped < COUNT(dump));
			memcpy(dump[nr_dumped++].address, line, 7);
			continue;
		}
		used = 0;
		if (nr_dumped && sscanf(line, "%x:%n", &offset, &used) == 1 && used)
			read_bytes(dump[nr_dumped - 1].config, offset, line + used);
	}
	fclose(file);
}

/* The configuration space of the function at an address. */
static const u8 *dumped(const char *address)
{
	unsigned int i;

	for (i = 0; i < nr_dumped; i++)
		if (!strcmp(dump[i].address, address))
			return dump[i].config;
	unit_fail(__FILE__, __LINE__, "the dump has no function %s", address);
}

#define FIRECRACKER	"tests/data/firecracker-guest.lspci"
#define QEMU		"tests/data/qemu-q35-root-ports.lspci"

/* The one structure of a kind; fails where there are more or none. */
static const struct vfx_structure *
the(const struct vfx_layout *layout, enum vfx_kind kind)
{
	const struct vfx_structure *found = NULL;
	unsigned int i;

	for (i = 0; i < layout->nr_structures; i++) {
		if (layout->structures[i].kind != kind)
			continue;
		CHECK_IN(!found, "kind %d", kind);
		found = &layout->structures[i];
	}
	CHECK_IN(found, "kind %d", kind);
	return found;
}

static void check_structure(const struct vfx_layout *layout,
			    enum vfx_kind kind, unsigned int bar,
			    u64 offset, u64 length)
{
	const struct vfx_structure *s = the(layout, kind);

	CHECK_EQ(s->bar, bar);
	CHECK_EQ(s->offset, offset);
	CHECK_EQ(s->length, length);
}

static void check_declares_nothing(const struct vfx_layout *layout)
{
	CHECK_EQ(layout->nr_structures, 0);
	CHECK_EQ(layout->nr_windows, 0);
	CHECK(layout->common < 0);
}

TEST(the_firecracker_dump_is_understood)
{
	static const u16 types[] = { 5, 2, 1, 19, 4 };
	unsigned int i;

	read_dump(FIRECRACKER);
	for (i = 0; i < COUNT(types); i++) {
		char address[16];
		struct vfx_layout layout;
		const u8 *config;
		u16 device;

		snprintf(address, sizeof(address), "00:%02x.0", i + 1);
		config = dumped(address);
		device = vfx_get16(config + 2);
		vfx_parse_layout(&layout, config, unknown_lengths, 0);
		CHECK(!layout.malformed);
		CHECK_EQ(layout.nr_windows, 1);
		CHECK_EQ(layout.common, 0);
		check_structure(&layout, VFX_KIND_COMMON, 0, 0, 0x38);
		check_structure(&layout, VFX_KIND_ISR, 0, 0x2000, 1);
		check_structure(&layout, VFX_KIND_DEVICE, 0, 0x4000, 0x1000);
		check_structure(&layout, VFX_KIND_NOTIFY, 0, 0x6000, 0x1000);
		CHECK_EQ(layout.nr_windows, 1);
		CHECK_EQ(layout.windows[0], 0x84);
		CHECK_EQ(count_of(&layout, VFX_KIND_MSIX), 2);
		CHECK_EQ(vfx_identity(device, &layout), VFX_IDENTITY_MODERN);
		CHECK_EQ(vfx_type_from_ids(device, 0), types[i]);
	}
}

/* The capabilities of a real function are where the layout made by hand has them. */
static void check_dump(const u8 *config, unsigned int layout)
{
	struct config_space c;
	unsigned int pos;

	known_layouts[layout].make(&c);
	CHECK_EQ(config[0x34], c.bytes[0x34]);
	for (pos = c.bytes[0x34]; pos; pos = c.bytes[pos + 1]) {
		CHECK_EQ(config[pos], c.bytes[pos]);
		CHECK_EQ(config[pos + 1], c.bytes[pos + 1]);
		if (c.bytes[pos] == 0x09)	/* length, type, BAR, offset, length */
			CHECK_BYTES(config + pos + 2, c.bytes + pos + 2, 14);
	}
}

TEST(the_layouts_made_by_hand_are_those_of_the_dumps)
{
	read_dump(FIRECRACKER);
	check_dump(dumped("00:01.0"), 2);
	check_dump(dumped("00:02.0"), 2);
	read_dump(QEMU);
	check_dump(dumped("01:00.0"), 0);
	check_dump(dumped("05:00.0"), 0);	/* transitional */
	check_dump(dumped("00:06.0"), 1);
}

static void check_qemu(const u8 *config, enum vfx_identity identity,
		       u16 type, u8 window)
{
	u16 device = vfx_get16(config + 2);
	u16 subsystem = vfx_get16(config + 0x2e);
	struct vfx_layout layout;

	vfx_parse_layout(&layout, config, unknown_lengths, 0);
	CHECK(!layout.malformed);
	CHECK_EQ(layout.nr_windows, 1);
	check_structure(&layout, VFX_KIND_COMMON, 4, 0, 0x1000);
	CHECK(layout.common >= 0);
	CHECK_EQ(layout.structures[layout.common].kind, VFX_KIND_COMMON);
	check_structure(&layout, VFX_KIND_ISR, 4, 0x1000, 0x1000);
	check_structure(&layout, VFX_KIND_DEVICE, 4, 0x2000, 0x1000);
	check_structure(&layout, VFX_KIND_NOTIFY, 4, 0x3000, 0x1000);
	CHECK_EQ(layout.nr_windows, 1);
	CHECK_EQ(layout.windows[0], window);
	CHECK_EQ(count_of(&layout, VFX_KIND_MSIX), 2);
	CHECK_EQ(count_of(&layout, VFX_KIND_LEGACY), 0);
	CHECK_EQ(vfx_identity(device, &layout), identity);
	CHECK_EQ(vfx_type_from_ids(device, subsystem), type);
}

TEST(the_qemu_dump_is_understood)
{
	read_dump(QEMU);
	check_qemu(dumped("01:00.0"), VFX_IDENTITY_MODERN, 2, 0xc8);
	check_qemu(dumped("02:00.0"), VFX_IDENTITY_MODERN, 2, 0xc8);
	check_qemu(dumped("03:00.0"), VFX_IDENTITY_TRANSITIONAL, 4, 0xc8);
	check_qemu(dumped("04:00.0"), VFX_IDENTITY_MODERN, 1, 0xc8);
	check_qemu(dumped("05:00.0"), VFX_IDENTITY_TRANSITIONAL, 2, 0xc8);
	check_qemu(dumped("00:06.0"), VFX_IDENTITY_TRANSITIONAL, 9, 0x84);
}

TEST(a_function_that_is_not_virtio_declares_no_common_configuration)
{
	struct vfx_layout layout;
	unsigned int i;

	read_dump(QEMU);
	for (i = 0; i < nr_dumped; i++) {
		if (vfx_get16(dump[i].config) == PCI_VENDOR_ID_REDHAT_QUMRANET)
			continue;
		vfx_parse_layout(&layout, dump[i].config, unknown_lengths, 0);
		CHECK(!layout.malformed);
		CHECK(layout.common < 0);
		CHECK_EQ(layout.nr_windows, 0);
	}
}

TEST(the_crosvm_layout_is_understood)
{
	struct vfx_layout layout;
	struct config_space c;

	config_crosvm(&c);
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	check_structure(&layout, VFX_KIND_COMMON, 0, 0, 0x38);
	check_structure(&layout, VFX_KIND_SHARED_MEMORY, 2, 0, 0x200000000);
	CHECK_EQ(count_of(&layout, VFX_KIND_MSIX), 2);
	CHECK_EQ(layout.nr_structures, 7);
	CHECK_EQ(layout.bar_length[2], 0x200000000);
}

TEST(an_msix_table_has_sixteen_bytes_a_vector_and_its_pba_one_bit)
{
	static const struct { unsigned int vectors; u64 table, pba; } sizes[] = {
		{ 1, 16, 8 }, { 3, 48, 8 }, { 64, 1024, 8 }, { 65, 1040, 16 },
		{ 2048, 32768, 256 },
	};
	struct vfx_layout layout;
	struct config_space c;
	unsigned int i;

	for (i = 0; i < COUNT(sizes); i++) {
		config_begin(&c, 256);
		c.bar_length[1] = 0x10000;
		c.bar_length[3] = 0x1000;
		config_msix(&c, 0x40, sizes[i].vectors, 0x2000 | 1, 0x100 | 3);
		c.bytes[0x43] |= 0xc0;	/* enabled and masked: not part of the size */
		config_parse(&c, &layout);
		CHECK_EQ(layout.nr_structures, 2);
		CHECK_EQ(layout.structures[0].kind, VFX_KIND_MSIX);
		CHECK_EQ(layout.structures[0].bar, 1);
		CHECK_EQ(layout.structures[0].offset, 0x2000);
		CHECK_EQ(layout.structures[0].length, sizes[i].table);
		CHECK_EQ(layout.structures[1].kind, VFX_KIND_MSIX);
		CHECK_EQ(layout.structures[1].bar, 3);
		CHECK_EQ(layout.structures[1].offset, 0x100);
		CHECK_EQ(layout.structures[1].length, sizes[i].pba);
	}
}

TEST(an_msix_table_in_no_bar_declares_nothing)
{
	struct vfx_layout layout;
	struct config_space c;

	config_begin(&c, 256);
	memset(c.bar_length, 0xff, sizeof(c.bar_length));
	config_msix(&c, 0x40, 1, 6, 7);
	config_parse(&c, &layout);
	check_declares_nothing(&layout);
}

TEST(an_msix_capability_that_leaves_config_space_declares_nothing)
{
	struct vfx_layout layout;
	struct config_space c;

	config_begin(&c, 256);
	memset(c.bar_length, 0xff, sizeof(c.bar_length));
	config_capability(&c, 0xf8, 0x11, 8);
	config_parse(&c, &layout);
	CHECK(!layout.malformed);
	check_declares_nothing(&layout);

	config_begin(&c, 256);
	c.bar_length[0] = 0x1000;
	config_msix(&c, 0xf4, 1, 0, 0x800);	/* the last place where it fits */
	config_parse(&c, &layout);
	CHECK_EQ(count_of(&layout, VFX_KIND_MSIX), 2);
}

TEST(identity_is_the_id_and_for_old_ids_the_common_configuration)
{
	struct vfx_layout layout = { .common = 0 };

	CHECK_EQ(vfx_identity(0x1040, &layout), VFX_IDENTITY_MODERN);
	CHECK_EQ(vfx_identity(0x103f, &layout), VFX_IDENTITY_TRANSITIONAL);
	layout.common = -1;
	CHECK_EQ(vfx_identity(0x1040, &layout), VFX_IDENTITY_MODERN);
	CHECK_EQ(vfx_identity(0x1000, &layout), VFX_IDENTITY_LEGACY_ONLY);
}

/* Hardware that has everything in a memory BAR 0, and a transitional device ID. */
TEST(a_dump_of_a_transitional_function_with_a_memory_bar_0_is_presentable)
{
	struct vfx_facts facts = { 0 };
	struct vfx_layout layout;
	const u8 *config;

	read_dump("tests/data/transitional-memory-bar0.lspci");
	config = dumped("82:00.1");
	vfx_parse_layout(&layout, config, unknown_lengths, 0);
	vfx_declared_facts(&facts, vfx_get16(config + 2), vfx_get16(config + 0x2e), &layout);
	CHECK_EQ(facts.type, 1);
	CHECK_EQ(facts.identity, VFX_IDENTITY_TRANSITIONAL);
	CHECK(facts.legacy_apart && facts.common_cfg);
}

TEST(declared_facts_are_those_of_ids_and_capabilities)
{
	struct vfx_facts facts = { .offered = true, .group_shared = true };
	struct vfx_layout layout;
	struct config_space c;

	config_qemu_root_port(&c);
	config_parse(&c, &layout);
	vfx_declared_facts(&facts, 0x1001, 2, &layout);
	CHECK_EQ(facts.type, 2);
	CHECK_EQ(facts.identity, VFX_IDENTITY_TRANSITIONAL);
	CHECK(facts.legacy_apart && facts.common_cfg);
	CHECK(facts.offered && facts.group_shared);	/* as they were */

	config_firecracker(&c);		/* everything in BAR 0 */
	config_parse(&c, &layout);
	layout.common = -1;
	vfx_declared_facts(&facts, 0x1044, 0, &layout);
	CHECK_EQ(facts.type, 4);
	CHECK_EQ(facts.identity, VFX_IDENTITY_MODERN);
	CHECK(facts.legacy_apart && !facts.common_cfg);
}

/* All places of a structure of 16 bytes, at an even and at an odd offset. */
TEST(a_notification_goes_to_an_aligned_place_within_its_structure)
{
	struct vfx_layout layout = {
		.notify = 1,
		.structures = { [1] = { .kind = VFX_KIND_NOTIFY, .length = 16 } },
	};
	unsigned int notify_off, places = 0;
	u64 at;

	for (layout.structures[1].offset = 0x2000; layout.structures[1].offset < 0x2002;
	     layout.structures[1].offset++) {
		for (layout.notify_multiplier = 0; layout.notify_multiplier < 6;
		     layout.notify_multiplier++) {
			for (notify_off = 0; notify_off < 20; notify_off++) {
				u64 place = notify_off * layout.notify_multiplier;
				bool fits = place < 15 &&
					    !((layout.structures[1].offset + place) & 1);

				CHECK_EQ(vfx_notify_offset(&layout, notify_off, &at), fits);
				if (fits)
					CHECK_EQ(at, place);
				places += fits;
			}
		}
	}
	CHECK(places > 50);
}

TEST(no_notification_offset_wraps_and_without_a_structure_there_is_none)
{
	struct vfx_layout layout = {
		.notify_multiplier = ~0u,
		.structures = { { .kind = VFX_KIND_NOTIFY, .length = ~0ull - 1 } },
	};
	u64 at;

	CHECK(vfx_notify_offset(&layout, 0xfffe, &at));
	CHECK_EQ(at, 0xfffeull * ~0u);
	layout.notify = -1;
	CHECK(!vfx_notify_offset(&layout, 0, &at));
}
