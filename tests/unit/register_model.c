// SPDX-License-Identifier: GPL-2.0-only
/* The expectations of register_model.h. */
#include "register_model.h"
#include "unit.h"

const struct model_register registers[MODEL_REGISTERS] = {
	{ DEVICE_FEATURE_SELECT, 4, OURS },
	{ DEVICE_FEATURE, 4, OURS },
	{ DRIVER_FEATURE_SELECT, 4, OURS },
	{ DRIVER_FEATURE, 4, OURS },
	{ CONFIG_MSIX_VECTOR, 2, READ_WRITE },
	{ NUM_QUEUES, 2, READ_ONLY },
	{ DEVICE_STATUS, 1, OURS },
	{ CONFIG_GENERATION, 1, READ_ONLY },
	{ QUEUE_SELECT, 2, READ_WRITE },
	{ QUEUE_SIZE, 2, READ_WRITE },
	{ QUEUE_MSIX_VECTOR, 2, READ_WRITE },
	{ QUEUE_ENABLE, 2, OURS },
	{ QUEUE_NOTIFY_OFF, 2, READ_ONLY },
	{ QUEUE_DESC, 4, READ_WRITE }, { QUEUE_DESC + 4, 4, READ_WRITE },
	{ QUEUE_DESC + 8, 4, READ_WRITE }, { QUEUE_DESC + 12, 4, READ_WRITE },
	{ QUEUE_DESC + 16, 4, READ_WRITE }, { QUEUE_DESC + 20, 4, READ_WRITE },
	{ QUEUE_NOTIF_CONFIG_DATA, 2, READ_ONLY },
	{ QUEUE_RESET, 2, READ_WRITE },
	{ ADMIN_QUEUE_INDEX, 2, NOT_SHOWN },
	{ ADMIN_QUEUE_INDEX + 2, 2, NOT_SHOWN },
};

static void expect_reset(struct expectation *e)
{
	u64 refusals = e->refusals;

	memset(e, 0, sizeof(*e));
	e->refusals = refusals;
}

/* Would the function take FEATURES_OK, given what it must be told? */
static bool function_accepts(const struct register_user *u, const struct expectation *e)
{
	const struct device_model *m = &u->model;
	u32 word[2] = {
		e->driver_feature[0],
		(e->driver_feature[1] & ~(ACCESS_PLATFORM | ADMIN_VQ)) |
			(m->kind.offers ? ACCESS_PLATFORM : 0),
	};
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (m->kind.sticky_acks)
			word[i] |= m->ever_acked[i];
		if (word[i] & ~m->device_feature[i])
			return false;
	}
	return true;
}

/* Fills @status with what the function's is to be. Returns whether it is a refusal. */
static bool expect_status_write(const struct register_user *u, struct expectation *e,
				u32 value, u32 *status)
{
	u32 before;

	if (*status == value)
		return false;
	if (*status & ~value & ~NEEDS_RESET)
		return true;
	if (value & ~*status & FEATURES_OK) {
		if (u->model.user_must_ack && !(e->driver_feature[1] & ACCESS_PLATFORM))
			return true;
		e->agreed = function_accepts(u, e);
		before = *status;
		*status = value & ~(DRIVER_OK | (e->agreed ? 0 : FEATURES_OK));
		if (before && !*status)
			expect_reset(e);	/* what a status of 0 again means */
		if (!(value & DRIVER_OK))
			return false;
	}
	if (value & DRIVER_OK && !(e->agreed && *status & FEATURES_OK))
		return true;
	/* What is neither FEATURES_OK nor DRIVER_OK, such as FAILED, ends it. */
	if (value & FEATURES_OK && !(value & ~*status & DRIVER_OK))
		e->agreed = false;
	*status = value;
	return false;
}

static bool expect_queue_enable(const struct register_user *u, const struct expectation *e,
				u32 value)
{
	bool again = u->model.kind.ring_reset && (e->driver_feature[1] & RING_RESET);

	return value && (!e->agreed || !(u->model.status & FEATURES_OK) ||
			 (u->model.status & DRIVER_OK && !again));
}

/*
 * Is a reset still pending for this access? It begins with a look at the status,
 * and the last look still sees it. *status: what it is then.
 */
static bool expect_pending(const struct register_user *u, struct expectation *e, u32 *status)
{
	e->resetting = e->resetting && u->model.reset_left;
	if (e->resetting)
		*status = u->model.reset_left == 1 ? 0 : u->model.status;
	return e->resetting;
}

static bool is_whole_register(u64 offset, unsigned int width)
{
	unsigned int i;

	for (i = 0; i < MODEL_REGISTERS; i++)
		if (registers[i].offset == offset)
			return registers[i].width == width;
	return false;
}

void write_and_compare(struct register_user *u, struct expectation *e,
		       u64 offset, unsigned int width, u32 value)
{
	u32 status = u->model.status;
	unsigned int writes = u->model.writes;
	bool refused = false, pending;

	pending = expect_pending(u, e, &status);
	if (pending || !is_whole_register(offset, width)) {
		refused = true;
	} else if (offset == DEVICE_STATUS && value == 0) {
		expect_reset(e);
		e->resetting = true;
		status = status && u->model.kind.reset_reads ? status : 0;
	} else if (offset == DEVICE_STATUS) {
		refused = expect_status_write(u, e, value, &status);
	} else if (offset == QUEUE_ENABLE) {
		refused = expect_queue_enable(u, e, value);
	} else if (offset == DEVICE_FEATURE_SELECT) {
		e->device_feature_select = value;
	} else if (offset == DRIVER_FEATURE_SELECT) {
		e->driver_feature_select = value;
	} else if (offset == DRIVER_FEATURE && e->driver_feature_select < 2) {
		refused = status & FEATURES_OK;
		if (!refused)
			e->driver_feature[e->driver_feature_select] = value;
	}
	e->refusals += refused;

	user_write(u, offset, width, value);
	CHECK_IN(user_refusals(u) == e->refusals,
		 "0x%x at 0x%x, status then 0x%x: %u, not %u", value, (unsigned int)offset,
		 u->model.status, (unsigned int)user_refusals(u), (unsigned int)e->refusals);
	CHECK_EQ(u->model.status, status);
	if (pending)
		CHECK_EQ(u->model.writes, writes);
}

void check_readback(struct register_user *u, const struct expectation *e)
{
	u32 select = e->driver_feature_select;

	if (e->resetting)
		return;
	CHECK_EQ(user_read(u, DEVICE_FEATURE_SELECT, 4), e->device_feature_select);
	CHECK_EQ(user_read(u, DRIVER_FEATURE_SELECT, 4), select);
	CHECK_EQ(user_read(u, DRIVER_FEATURE, 4), select < 2 ? e->driver_feature[select] : 0);
}

static u32 naive_device_feature(const struct register_user *u, const struct expectation *e)
{
	u32 word = e->device_feature_select < 2 ?
		   u->model.device_feature[e->device_feature_select] : 0;

	if (e->device_feature_select != 1)
		return word;
	word &= ~(ACCESS_PLATFORM | ADMIN_VQ);
	return u->model.user_must_ack ? word | ACCESS_PLATFORM : word;
}

void naive_registers(const struct register_user *u, const struct expectation *e,
		     unsigned int length, u8 naive[COMMON_CFG_END])
{
	u32 select = e->driver_feature_select;
	unsigned int i;

	memset(naive, 0, COMMON_CFG_END);
	for (i = 0; i < MODEL_REGISTERS; i++)
		if (registers[i].kind != NOT_SHOWN)
			vfx_put(naive + registers[i].offset,
				model_peek(&u->model, registers[i].offset,
					   registers[i].width),
				registers[i].width);
	vfx_put(naive + DEVICE_FEATURE_SELECT, e->device_feature_select, 4);
	vfx_put(naive + DEVICE_FEATURE, naive_device_feature(u, e), 4);
	vfx_put(naive + DRIVER_FEATURE_SELECT, select, 4);
	vfx_put(naive + DRIVER_FEATURE, select < 2 ? e->driver_feature[select] : 0, 4);
	/* A field that does not lie within the structure is not there. */
	for (i = 0; i < MODEL_REGISTERS; i++)
		if (registers[i].offset + registers[i].width > length)
			memset(naive + registers[i].offset, 0, registers[i].width);
}

void read_and_compare(struct register_user *u, struct expectation *e, u64 offset, size_t count)
{
	u8 naive[COMMON_CFG_END], buf[2 * COMMON_CFG_END + 1];
	u32 status = 0;
	size_t i;

	CHECK(count < sizeof(buf));
	if (expect_pending(u, e, &status)) {
		memset(naive, 0, sizeof(naive));
		naive[DEVICE_STATUS] = (u8)status;
	} else {
		naive_registers(u, e, u->regs.length, naive);
	}
	memset(buf, 0xee, sizeof(buf));
	vfx_registers_read(&u->regs, offset, buf, count);
	CHECK_IN(!u->model.broken, "%s", u->model.broken);
	for (i = 0; i < count; i++)
		CHECK_IN(buf[i] == (offset + i < sizeof(naive) ? naive[offset + i] : 0),
			 "byte %u at 0x%" PRIx64 " is 0x%02x", (unsigned int)i, offset, buf[i]);
	CHECK_EQ(buf[count], 0xee);
}
