// SPDX-License-Identifier: GPL-2.0-only
/*
 * A whole function against byte arrays and loops: every offset and size of
 * configuration space and of the BARs, reads and writes, in all views and
 * known layouts, also of a transitional function; and the same registers
 * through the access window. After each write all there is is compared.
 */
#include "doors.h"
#include "known_bytes.h"
#include "register_model.h"
#include "unit.h"

static const struct model_kind function = { .offers = true, .refuses_unacked = true };
static const struct model_kind old_function = { .offers = false };

/* What is under test. */
static struct config_space space;
static struct doors doors;
static u8 raw[VFX_BARS][DOORS_RAW];

/* The model. */
static struct known_bytes known;
static struct register_model model;
static u8 value[VFX_CONFIG_MAX];	/* of each byte of configuration space */
static u8 model_raw[VFX_BARS][DOORS_RAW];

/* As the driver opens a function. */
static void open_doors(unsigned int number, enum shown_as as, enum virtio_fixup_view shown)
{
	const struct vfx_decision decision = {
		.verdict = VIRTIO_FIXUP_VERDICT_CONDITIONAL, .basis = VIRTIO_FIXUP_BASIS_DECLARED,
		.admitted = true, .view = shown, .as_modern = as == OLD_SHOWN_MODERN,
		.ability = VIRTIO_FIXUP_ABILITY_YES, .state = VIRTIO_FIXUP_STATE_TRANSLATED,
	};
	const struct vfx_facts facts = {
		.type = KNOWN_TYPE,
		.identity = as == MODERN_BY_ITSELF ? VFX_IDENTITY_MODERN : VFX_IDENTITY_TRANSITIONAL,
	};
	struct vfx_layout layout;
	unsigned int i, j;

	known_make(number, as, &space, &known);
	config_parse(&space, &layout);
	vfx_make_view(&doors.view, &facts, &decision, &layout, space.bytes, space.map,
		      space.size);
	CHECK(doors.view.layout.common >= 0);
	user_open(&doors.registers, as == MODERN_BY_ITSELF ? &function : &old_function, shown,
		  doors.view.layout.structures[doors.view.layout.common].length);
	register_model_open(&model, &doors.registers, shown, known.common_length);

	for (i = 0; i < VFX_CONFIG_MAX; i++)
		doors.core[i] = space.bytes[i] ^ 0x5a;
	for (i = 0; i < VFX_BARS; i++)
		for (j = 0; j < DOORS_RAW; j++)
			raw[i][j] = (u8)(1 + i + j + (j >> 8));
	memcpy(model_raw, raw, sizeof(raw));
	doors.raw = raw;
	for (i = 0; i < VFX_CONFIG_MAX; i++)
		value[i] = known_config_byte(&known, &space, doors.core, &decision, i);
	CHECK_EQ(doors.view.config.size, known.config_size);
	for (i = 0; i < VFX_BARS; i++)
		CHECK_EQ(doors.view.layout.bar_length[i], known.bar_length[i]);
}

/* One byte of a BAR after the other. */
static void model_bar_read(unsigned int bar, u64 offset, u8 *buf, unsigned int count)
{
	for (; count; count--, offset++, buf++) {
		char letter = known_bar_letter(&known, bar, offset);

		if (letter == 'c')
			register_model_read(&model, offset, buf, 1);
		else
			*buf = letter == '_' ? 0 : model_raw[bar][offset % DOORS_RAW];
	}
}

/* Writes of registers go together, as far as the common configuration does. */
static void model_bar_write(unsigned int bar, u64 offset, const u8 *buf, unsigned int count)
{
	unsigned int i, first = count, nr = 0;

	for (i = 0; i < count; i++) {
		char letter = known_bar_letter(&known, bar, offset + i);

		if (letter == 'c') {
			first = i < first ? i : first;
			nr++;
		} else if (letter != '_') {
			model_raw[bar][(offset + i) % DOORS_RAW] = buf[i];
		}
	}
	if (nr)
		register_model_write(&model, offset + first, buf + first, nr);
}

/* Where the window points: so many bytes, or none. */
static unsigned int model_aim(unsigned int *bar, u64 *offset)
{
	u32 length = vfx_get32(value + known.window + 12), i;

	*bar = value[known.window + 4];
	*offset = vfx_get32(value + known.window + 8);
	if ((length != 1 && length != 2 && length != 4) || *offset % length ||
	    *bar >= VFX_BARS)
		return 0;
	for (i = 0; i < length; i++) {
		char letter = known_bar_letter(&known, *bar, *offset + i);

		if ((letter != 'c' && letter != 'r') ||
		    letter != known_bar_letter(&known, *bar, *offset))
			return 0;
	}
	return length;
}

/* The access's first byte of the window behind cap_next and so on. */
static unsigned int into_window(unsigned int offset)
{
	return offset < known.window + 4 ? known.window + 4 : offset;
}

static void model_config_read(unsigned int offset, u8 *buf, unsigned int count)
{
	unsigned int data = known.window + 16, from = into_window(offset), bar, width, i;
	u64 target;

	memcpy(buf, value + offset, count);
	width = model_aim(&bar, &target);
	/* A read that comes across pci_cfg_data from before it is no access. */
	if (from < data || from >= data + width || from >= offset + count)
		return;
	for (i = from - data; i < width && data + i < offset + count; i++)
		model_bar_read(bar, target + i, buf + (data + i - offset), 1);
}

static void model_config_write(unsigned int offset, const u8 *buf, unsigned int count)
{
	unsigned int data = known.window + 16, bar, width, i;
	u64 target;

	for (i = 0; i < count; i++)
		if (strchr("KLCB", known.config[offset + i]))
			value[offset + i] = buf[i];
	if (offset > data || offset + count <= known.window + 4)
		return;
	width = model_aim(&bar, &target);
	/* Part of the data is no access. */
	if (width && offset + count >= data + width)
		model_bar_write(bar, target, buf + (data - offset), width);
}

static void check_config_read(unsigned int offset, unsigned int count)
{
	static u8 got[VFX_CONFIG_MAX], want[VFX_CONFIG_MAX];

	memset(got, 0xee, count);
	doors_config(&doors, offset, got, count, false);
	model_config_read(offset, want, count);
	CHECK_BYTES(got, want, count);
}

static void check_bar_read(unsigned int bar, u64 offset, unsigned int count)
{
	u8 got[8], want[8];

	memset(got, 0xee, sizeof(got));
	doors_bar(&doors, bar, offset, got, count, false);
	model_bar_read(bar, offset, want, count);
	CHECK_BYTES(got, want, count);
}

static void check_everything(void)
{
	unsigned int i;

	for (i = 0; i < known.config_size; i++) {
		bool live = known.config[i] == 'L' || known.config[i] == 'C';

		CHECK_IN(value[i] == (live ? doors.core[i] : doors.view.config.image[i]), "byte 0x%x", i);
	}
	read_and_compare(&doors.registers, &model, 0, NULL, COMMON_CFG_END + 8);
	for (i = 0; i < VFX_BARS; i++)
		CHECK_IN(!memcmp(raw[i], model_raw[i], known.bar_length[i] < DOORS_RAW ?
			 known.bar_length[i] : DOORS_RAW), "BAR %u", i);
}

static struct unit_random random_bytes;

static void fill(u8 *bytes, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		bytes[i] = (u8)unit_next(&random_bytes);
}

/* The device's witness asks what its user acked; the model knows. */
static void note_ack(u32 before)
{
	doors.registers.model.user_acked = (before | model.driver_feature[1]) & ACCESS_PLATFORM;
}

static void write_config(unsigned int offset, u8 *bytes, unsigned int count)
{
	u32 acked = model.driver_feature[1];

	model_config_write(offset, bytes, count);
	note_ack(acked);
	doors_config(&doors, offset, bytes, count, true);
	check_everything();
}

static void put_bar(unsigned int bar, u64 offset, u8 *bytes, unsigned int count)
{
	u32 acked = model.driver_feature[1];

	model_bar_write(bar, offset, bytes, count);
	note_ack(acked);
	doors_bar(&doors, bar, offset, bytes, count, true);
}

static void write_bar(unsigned int bar, u64 offset, u8 *bytes, unsigned int count)
{
	put_bar(bar, offset, bytes, count);
	check_everything();
}

typedef void (*check_fn)(void);

/* All views of all layouts, and of those that QEMU can make transitional. */
static void for_every_function(check_fn check)
{
	unsigned int layout, view;

	for (layout = 0; layout < COUNT(known_layouts); layout++) {
		for (view = VIRTIO_FIXUP_VIEW_PLATFORM; view < VIRTIO_FIXUP_VIEWS; view++) {
			open_doors(layout, MODERN_BY_ITSELF, view);
			check();
			if (known.bar == 0)
				continue;
			open_doors(layout, view == VIRTIO_FIXUP_VIEW_RAW ?
					   OLD_SHOWN_AS_IT_IS : OLD_SHOWN_MODERN, view);
			check();
		}
	}
}

/* Who gets a write, also where two would do the same with it here. */
static u8 source_of_letter(char letter)
{
	return letter == 'L' ? VFX_SOURCE_LIVE : letter == 'C' ? VFX_SOURCE_COMMAND :
	       letter == 'K' ? VFX_SOURCE_KEPT :
	       strchr("BPD", letter) ? VFX_SOURCE_WINDOW : VFX_SOURCE_IMAGE;
}

static void check_config_reads(void)
{
	unsigned int offset, count;
	u8 source;

	for (offset = 0; offset < known.config_size; offset++) {
		vfx_config_run(&doors.view.config, offset, 1, true, &source);
		CHECK_IN(source == source_of_letter(known.config[offset]), "byte 0x%x", offset);
		for (count = 1; count <= 8 && offset + count <= known.config_size; count++)
			check_config_read(offset, count);
		if (offset + 256 <= known.config_size)
			check_config_read(offset, 256);
	}
	check_config_read(0, known.config_size);
}

TEST(every_read_of_configuration_space_agrees_with_the_letters)
{
	for_every_function(check_config_reads);
}

static void check_config_writes(void)
{
	static u8 bytes[VFX_CONFIG_MAX];
	unsigned int offset, count;

	for (offset = 0; offset < known.config_size; offset++) {
		/* Extended configuration space is the same every so often. */
		if (offset >= 0x200 && offset < 0xfc0 && offset % 0x40 > 8)
			continue;
		for (count = 1; count <= 8 && offset + count <= known.config_size; count++) {
			fill(bytes, count);
			write_config(offset, bytes, count);
		}
	}
	for (count = 256; count <= known.config_size; count += known.config_size - 256 + 1) {
		fill(bytes, count);
		write_config(0, bytes, count);
	}
	fill(bytes, known.config_size);
	write_config(0, bytes, known.config_size);
	check_config_read(0, known.config_size);
}

TEST(every_write_to_configuration_space_agrees_with_the_letters)
{
	random_bytes = unit_seed();
	for_every_function(check_config_writes);
}

static bool is_near_a_border(unsigned int bar, u64 offset)
{
	unsigned int i;

	if (offset < 16 || offset + 16 >= known.bar_length[bar])
		return true;
	for (i = 0; i < COUNT(known.ranges); i++) {
		u64 from = known.ranges[i].from, end = from + known.ranges[i].length;

		if (known.ranges[i].letter && known.ranges[i].bar == bar &&
		    ((offset + 9 >= from && offset <= from + 9) ||
		     (offset + 9 >= end && offset <= end + 9)))
			return true;
	}
	return false;
}

/* Every offset of the common configuration, and all borders. */
static u64 next_offset(unsigned int bar, u64 offset)
{
	if (known.bar_length[bar] > 0x100000000 && offset == 0x1000)
		return known.bar_length[bar] - 16;
	for (offset++; offset < known.bar_length[bar]; offset++)
		if (offset < 0x60 || offset % 0x800 == 0 || is_near_a_border(bar, offset))
			break;
	return offset;
}

/* Some way into a negotiation, through the BAR. */
static void negotiate(unsigned int steps)
{
	static const struct { u8 offset, width; u32 value; } step[] = {
		{ DEVICE_STATUS, 1, 0 },
		{ DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER },
		{ DEVICE_FEATURE_SELECT, 4, 1 },
		{ DRIVER_FEATURE_SELECT, 4, 0 },
		{ DRIVER_FEATURE, 4, 0x20000000 },
		{ DRIVER_FEATURE_SELECT, 4, 1 },
		{ DRIVER_FEATURE, 4, VERSION_1 | ACCESS_PLATFORM },
		{ DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER | FEATURES_OK },
		{ QUEUE_SELECT, 2, 1 },
		{ QUEUE_DESC, 4, 0x01020304 },
		{ QUEUE_ENABLE, 2, 1 },
		{ DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK },
	};
	unsigned int i;
	u8 bytes[4];

	for (i = 0; i < steps && i < COUNT(step); i++) {
		vfx_put(bytes, step[i].value, step[i].width);
		put_bar(known.bar, step[i].offset, bytes, step[i].width);
	}
	check_everything();
	if (i == COUNT(step))
		CHECK(model_live(&doors.registers.model));
}

#define ALL_STEPS	12

static void check_bar_reads(void)
{
	unsigned int bar, count;
	u64 offset;

	negotiate(ALL_STEPS);
	for (bar = 0; bar < VFX_BARS; bar++)
		for (offset = 0; offset < known.bar_length[bar]; offset = next_offset(bar, offset))
			for (count = 1; count <= 8 && offset + count <= known.bar_length[bar];
			     count++)
				check_bar_read(bar, offset, count);
}

TEST(every_read_of_the_bars_agrees_with_the_letters)
{
	for_every_function(check_bar_reads);
}

static void check_bar_writes(void)
{
	unsigned int bar, count;
	u8 bytes[8];
	u64 offset;

	for (bar = 0; bar < VFX_BARS; bar++) {
		for (offset = 0; offset < known.bar_length[bar];
		     offset = next_offset(bar, offset)) {
			for (count = 1; count <= 8 && offset + count <= known.bar_length[bar];
			     count++) {
				if (bar == known.bar && offset < 0x40)
					negotiate((unsigned int)unit_below(&random_bytes,
									   ALL_STEPS + 1));
				fill(bytes, count);
				write_bar(bar, offset, bytes, count);
			}
		}
	}
}

TEST(every_write_to_the_bars_agrees_with_the_letters)
{
	random_bytes = unit_seed();
	for_every_function(check_bar_writes);
}

static void aim(unsigned int bar, u32 offset, u32 length)
{
	u8 bytes[4];

	bytes[0] = (u8)bar;
	write_config(known.window + 4, bytes, 1);
	vfx_put(bytes, offset, 4);
	write_config(known.window + 8, bytes, 4);
	vfx_put(bytes, length, 4);
	write_config(known.window + 12, bytes, 4);
}

static void use_window(unsigned int bar, u32 offset)
{
	static const u32 lengths[] = { 0, 1, 2, 3, 4, 5, 8, 0x104 };
	unsigned int i, skip, count, data = known.window + 16;
	u8 bytes[8];

	for (i = 0; i < COUNT(lengths); i++) {
		if (bar == known.bar && offset < 0x40)
			negotiate((unsigned int)unit_below(&random_bytes, ALL_STEPS + 1));
		aim(bar, offset, lengths[i]);
		for (skip = 0; skip < 4; skip++)
			for (count = 1; count <= 4; count++)
				check_config_read(data + skip, count);
		/* Across it, from before it and from the start of all. */
		check_config_read(data - 8, 20);
		check_config_read(0, lengths[i] == 4 ? known.config_size : 256);
		for (count = 1; count <= 4; count++) {
			fill(bytes, count);
			write_config(data, bytes, count);
		}
	}
}

/* Also to BARs that are none, and beyond the end of those that are. */
static void check_window(void)
{
	unsigned int bar;
	u64 offset;

	for (bar = 0; bar < VFX_BARS; bar++)
		for (offset = 0; offset <= known.bar_length[bar] && offset <= 0xffffffff;
		     offset = next_offset(bar, offset))
			use_window(bar, (u32)offset);
	use_window(VFX_BARS, 0);
	use_window(255, 0x14);
	use_window(known.bar, 0xfffffffc);
}

TEST(the_window_agrees_with_the_letters_wherever_it_is_aimed)
{
	random_bytes = unit_seed();
	for_every_function(check_window);
}
