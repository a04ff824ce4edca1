// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every offset and every size of the virtual common configuration, against a
 * naive view: an array of bytes, filled from the virtio specification's table
 * of registers.
 */
#include "register_model.h"
#include "unit.h"

static const struct model_kind kinds[] = {
	{ .offers = true, .refuses_unacked = true },
	{ .offers = false },
};

static struct register_user user;

/* A live function with something in every register, and what its user then expects. */
static const struct expectation filled = {
	.device_feature_select = 1,
	.driver_feature_select = 1,
	.driver_feature = { 0x20000000, VERSION_1 | ACCESS_PLATFORM },
};

static void open_filled(const struct model_kind *kind, enum virtio_fixup_view view, u64 length)
{
	unsigned int i;

	user_open(&user, kind, view, length);
	user_go_live(&user, VERSION_1 | ACCESS_PLATFORM);
	user_write(&user, DEVICE_FEATURE_SELECT, 4, 1);
	for (i = 0; i < MODEL_REGISTERS; i++)
		if (registers[i].kind == READ_WRITE && registers[i].offset != QUEUE_SELECT)
			user_write(&user, registers[i].offset, registers[i].width,
				   0x01020304 * (i + 1));
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
}

static void check_reads(const u8 *naive)
{
	u8 buf[2 * COMMON_CFG_END];
	unsigned int offset, count;

	for (offset = 0; offset < COMMON_CFG_END + 8; offset++) {
		for (count = 0; count <= COMMON_CFG_END + 8 - offset; count++) {
			memset(buf, 0xee, sizeof(buf));
			vfx_registers_read(&user.regs, offset, buf, count);
			unit_check_bytes(__FILE__, __LINE__, "read", buf, naive + offset, count);
			CHECK_EQ(buf[count], 0xee);
		}
	}
	CHECK_IN(!user.model.broken, "%s", user.model.broken);
}

TEST(every_read_of_every_size_agrees_with_the_naive_view)
{
	static const u64 lengths[] = { 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 0x1000,
				       0x10000003800 };
	u8 naive[2 * COMMON_CFG_END];
	unsigned int kind, view, i;

	for (kind = 0; kind < COUNT(kinds); kind++) {
		for (view = VIRTIO_FIXUP_VIEW_PLATFORM; view < VIRTIO_FIXUP_VIEWS; view++) {
			for (i = 0; i < COUNT(lengths); i++) {
				unsigned int length = lengths[i] < COMMON_CFG_END ?
						      (unsigned int)lengths[i] : COMMON_CFG_END;

				open_filled(&kinds[kind], view, lengths[i]);
				memset(naive, 0, sizeof(naive));
				naive_registers(&user, &filled, length, naive);
				check_reads(naive);
			}
		}
	}
}

TEST(reads_far_beyond_the_structure_are_zero)
{
	static const u64 far[] = { 0x40, 0x1000, 0xffffffff, 0x100000000, 0x100000014,
				   0xfffffffffffffff8 };
	u8 buf[8], zeroes[8] = { 0 };
	unsigned int i;

	open_filled(&kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, 0x1000);
	for (i = 0; i < COUNT(far); i++) {
		memset(buf, 0xee, sizeof(buf));
		vfx_registers_read(&user.regs, far[i], buf, 8);
		CHECK_BYTES(buf, zeroes, 8);
	}
}

TEST(writes_far_beyond_the_structure_are_dropped)
{
	static const u64 far[] = { 0x40, 0x1000, 0x100000000, 0x100000014, 0xfffffffffffffff8 };
	struct register_user before;
	u8 bytes[8];
	unsigned int i;

	open_filled(&kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, 0x1000);
	memset(bytes, 0, sizeof(bytes));
	user_copy(&before, &user);
	for (i = 0; i < COUNT(far); i++)
		vfx_registers_write(&user.regs, far[i], bytes, 8);
	CHECK_EQ(user.model.writes, before.model.writes);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(a_register_passes_through_in_its_own_width)
{
	unsigned int i, value;

	for (i = 0; i < MODEL_REGISTERS; i++) {
		user_open(&user, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
		if (registers[i].kind == OURS)
			continue;
		value = 0x0a0b0c0d & (registers[i].width == 2 ? 0xffffu : ~0u);
		user.model.writes = 0;
		user_write(&user, registers[i].offset, registers[i].width, value);
		CHECK_EQ(user.model.writes, registers[i].kind == READ_WRITE);
		if (registers[i].kind == READ_WRITE)
			CHECK_EQ(model_peek(&user.model, registers[i].offset,
					    registers[i].width), value);
		CHECK_EQ(user_refusals(&user), 0);
	}
}

TEST(a_register_beyond_the_structure_is_not_written)
{
	user_open(&user, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, 59);
	user.model.writes = 0;
	user_write(&user, QUEUE_RESET, 2, 1);	/* its second byte is outside */
	CHECK_EQ(user.model.writes, 0);
	user_open(&user, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, 60);
	user_write(&user, QUEUE_RESET, 2, 1);
	CHECK_EQ(model_peek(&user.model, QUEUE_RESET, 2), 1);
}

/* Fields that an access covers in part, and those that it covers whole. */
static void split(unsigned int offset, unsigned int count, unsigned int *parts)
{
	unsigned int i, first, last;

	*parts = 0;
	for (i = 0; i < MODEL_REGISTERS; i++) {
		first = registers[i].offset;
		last = first + registers[i].width;
		if (offset >= last || offset + count <= first)
			continue;
		*parts += offset > first || offset + count < last;
	}
}

TEST(parts_of_fields_are_dropped_and_counted_once_each)
{
	unsigned int offset, count, parts, i;
	u8 before[COMMON_CFG_END], after[COMMON_CFG_END], bytes[COMMON_CFG_END];

	memset(bytes, 0x11, sizeof(bytes));
	for (offset = 0; offset < COMMON_CFG_END; offset++) {
		for (count = 1; offset + count <= COMMON_CFG_END; count++) {
			open_filled(&kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
			memcpy(before, user.model.bytes, sizeof(before));
			vfx_registers_write(&user.regs, offset, bytes, count);
			CHECK_IN(!user.model.broken, "%s", user.model.broken);
			memcpy(after, user.model.bytes, sizeof(after));
			split(offset, count, &parts);
			CHECK_EQ(user.refusals[VFX_REFUSAL_PARTIAL], parts);
			/* Whole fields are written, everything else is as it was. */
			for (i = 0; i < MODEL_REGISTERS; i++) {
				unsigned int at = registers[i].offset;
				unsigned int width = registers[i].width;
				bool whole = at >= offset && at + width <= offset + count;

				if (registers[i].kind == READ_WRITE && whole)
					CHECK_BYTES(after + at, bytes, width);
				else
					CHECK_BYTES(after + at, before + at, width);
			}
		}
	}
}

TEST(a_write_of_nothing_is_nothing)
{
	u8 byte = 1;

	open_filled(&kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
	user.model.writes = 0;
	vfx_registers_write(&user.regs, DEVICE_STATUS, &byte, 0);
	CHECK_EQ(user.model.writes, 0);
	CHECK_EQ(user_refusals(&user), 0);
}

/* One big write sets selectors, features and status in the order of their offsets. */
TEST(a_big_write_takes_effect_field_by_field_in_order)
{
	u8 bytes[DEVICE_STATUS + 1] = { 0 };

	user_open(&user, &kinds[0], VIRTIO_FIXUP_VIEW_PLATFORM, COMMON_CFG_END);
	bytes[DRIVER_FEATURE_SELECT] = 1;
	bytes[DRIVER_FEATURE] = VERSION_1 | ACCESS_PLATFORM;
	bytes[DEVICE_STATUS] = ACKNOWLEDGE | DRIVER | FEATURES_OK;
	vfx_registers_write(&user.regs, 0, bytes, sizeof(bytes));
	CHECK_EQ(user.model.status, ACKNOWLEDGE | DRIVER | FEATURES_OK);
	CHECK(model_acked(&user.model));
}
