// SPDX-License-Identifier: GPL-2.0-only
/* The naive register file of register_model.h. */
#include "register_model.h"
#include "unit.h"

const struct model_register registers[MODEL_REGISTERS] = {
	{ DEVICE_FEATURE_SELECT, 4, DEVICE_SELECT },
	{ DEVICE_FEATURE, 4, OFFERED },
	{ DRIVER_FEATURE_SELECT, 4, DRIVER_SELECT },
	{ DRIVER_FEATURE, 4, ACCEPTED },
	{ CONFIG_MSIX_VECTOR, 2, PLAIN },
	{ NUM_QUEUES, 2, FIXED },
	{ DEVICE_STATUS, 1, STATUS },
	{ CONFIG_GENERATION, 1, FIXED },
	{ QUEUE_SELECT, 2, QUEUE },
	{ QUEUE_SIZE, 2, PLAIN },
	{ QUEUE_MSIX_VECTOR, 2, PLAIN },
	{ QUEUE_ENABLE, 2, ENABLE },
	{ QUEUE_NOTIFY_OFF, 2, FIXED },
	{ QUEUE_DESC, 4, PLAIN }, { QUEUE_DESC + 4, 4, PLAIN },
	{ QUEUE_DESC + 8, 4, PLAIN }, { QUEUE_DESC + 12, 4, PLAIN },
	{ QUEUE_DESC + 16, 4, PLAIN }, { QUEUE_DESC + 20, 4, PLAIN },
	{ QUEUE_NOTIF_CONFIG_DATA, 2, FIXED },
	{ QUEUE_RESET, 2, PLAIN },
	{ ADMIN_QUEUE_INDEX, 2, HIDDEN },
	{ ADMIN_QUEUE_INDEX + 2, 2, HIDDEN },
};

static u32 little_endian(const u8 *bytes, unsigned int width)
{
	u32 value = 0;

	while (width--)
		value = value << 8 | bytes[width];
	return value;
}

static void forget_user(struct register_model *m)
{
	m->device_feature_select = 0;
	m->driver_feature_select = 0;
	memset(m->driver_feature, 0, sizeof(m->driver_feature));
	m->queue_select = 0;
	m->agreed = false;
}

static void reset_function(struct register_model *m)
{
	memset(m->told, 0, sizeof(m->told));
	memset(m->queue_enable, 0, sizeof(m->queue_enable));
	m->status = 0;
	m->reset_left = 0;
	memset(m->plain, 0, sizeof(m->plain));
	m->plain[NUM_QUEUES] = MODEL_QUEUES;
	m->plain[CONFIG_GENERATION] = 7;
	m->plain[QUEUE_SIZE + 1] = 1;		/* 256 */
	m->plain[QUEUE_NOTIF_CONFIG_DATA] = 0x34;
	m->plain[QUEUE_NOTIF_CONFIG_DATA + 1] = 0x12;
}

void register_model_open(struct register_model *m, const struct register_user *user,
			 enum virtio_fixup_view view, u64 length)
{
	memset(m, 0, sizeof(*m));
	m->shows_bit = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	m->kind = user->model.kind;
	memcpy(m->device_feature, user->model.device_feature, sizeof(m->device_feature));
	memcpy(m->ever_told, user->model.ever_acked, sizeof(m->ever_told));
	m->length = length < COMMON_CFG_END ? (unsigned int)length : COMMON_CFG_END;
	reset_function(m);
}

/* The function's reset goes on with every look at it. */
static u8 look_at_status(struct register_model *m)
{
	u8 status = m->status;

	if (m->reset_left && !--m->reset_left)
		reset_function(m);
	return status;
}

/* Rule 4: each access begins with a look, while a reset is pending. */
static bool is_resetting(struct register_model *m)
{
	if (m->resetting && !look_at_status(m))
		m->resetting = false;
	return m->resetting;
}

static void tell_features(struct register_model *m)
{
	unsigned int i;

	m->told[0] = m->driver_feature[0];
	m->told[1] = m->driver_feature[1] & ~(ACCESS_PLATFORM | ADMIN_VQ);
	if (m->kind.offers)
		m->told[1] |= ACCESS_PLATFORM;
	m->agreed = true;
	for (i = 0; i < 2; i++) {
		m->ever_told[i] |= m->told[i];
		/* Some functions add up what they are given, also over a reset. */
		if ((m->kind.sticky_acks ? m->ever_told[i] : m->told[i]) & ~m->device_feature[i])
			m->agreed = false;
	}
}

/* Rules 1 to 3 of design.rst, "Register file". A function that is gone reads 0xff. */
static void write_status(struct register_model *m, u8 value)
{
	bool sets_features_ok = value & ~m->status & FEATURES_OK;
	bool sets_driver_ok = value & ~m->status & DRIVER_OK;
	u8 before = m->status;

	if (!value) {
		forget_user(m);
		m->resetting = true;
		m->reset_left = m->status ? m->kind.reset_reads : 0;
		if (!m->reset_left)
			reset_function(m);
		return;
	}
	if (m->status == 0xff || value == m->status)
		return;
	if (m->status & ~value & ~NEEDS_RESET) {
		m->refusals[VFX_REFUSAL_STATUS_CLEAR]++;
		return;
	}
	if (sets_features_ok) {
		if (m->shows_bit && !(m->driver_feature[1] & ACCESS_PLATFORM)) {
			m->refusals[VFX_REFUSAL_FEATURES_OK]++;
			return;
		}
		tell_features(m);
		m->status = value & ~(DRIVER_OK | (m->agreed ? 0 : FEATURES_OK));
		/* NEEDS_RESET was taken back, and FEATURES_OK not kept: 0 is a reset. */
		if (before && !m->status)
			forget_user(m);
		if (!(value & DRIVER_OK))
			return;
	}
	if (value & DRIVER_OK && !(m->agreed && m->status & FEATURES_OK)) {
		m->refusals[VFX_REFUSAL_DRIVER_OK]++;
		return;
	}
	/* What is neither FEATURES_OK nor DRIVER_OK, such as FAILED, ends it. */
	if (value & FEATURES_OK && !sets_driver_ok)
		m->agreed = false;
	m->status = value;
}

static u16 *enable_of_selected(struct register_model *m)
{
	return &m->queue_enable[little_endian(m->plain + QUEUE_SELECT, 2)];
}

static void write_enable(struct register_model *m, u16 value)
{
	bool live = m->status & DRIVER_OK;
	bool ring_reset = m->driver_feature[1] & m->device_feature[1] & RING_RESET;

	if (value && (!m->agreed || !(m->status & FEATURES_OK) || m->status == 0xff ||
		      (live && !ring_reset)))
		m->refusals[VFX_REFUSAL_QUEUE_ENABLE]++;
	else
		*enable_of_selected(m) = value;
}

/* Of a queue that the function does not have nothing is to be seen. */
static bool is_of_absent_queue(const struct register_model *m, const struct model_register *r)
{
	return r->offset > QUEUE_SELECT && r->offset < ADMIN_QUEUE_INDEX &&
	       m->queue_select >= MODEL_QUEUES;
}

static void write_register(struct register_model *m, const struct model_register *r,
			   const u8 *bytes)
{
	u32 value = little_endian(bytes, r->width);

	if (r->offset + r->width > m->length)
		return;
	if (is_of_absent_queue(m, r)) {
		m->refusals[VFX_REFUSAL_ABSENT_QUEUE]++;
		return;
	}
	switch (r->access) {
	case DEVICE_SELECT:
		m->device_feature_select = value;
		break;
	case DRIVER_SELECT:
		m->driver_feature_select = value;
		break;
	case ACCEPTED:
		if (m->driver_feature_select > 1)
			break;
		if (m->status & FEATURES_OK)
			m->refusals[VFX_REFUSAL_LATE_FEATURES]++;
		else
			m->driver_feature[m->driver_feature_select] = value;
		break;
	case STATUS:
		write_status(m, (u8)value);
		break;
	case ENABLE:
		write_enable(m, (u16)value);
		break;
	case QUEUE:
		m->queue_select = (u16)value;
		if (value < MODEL_QUEUES)	/* the function is not told of others */
			memcpy(m->plain + QUEUE_SELECT, bytes, 2);
		break;
	case PLAIN:
		memcpy(m->plain + r->offset, bytes, r->width);
		break;
	default:
		break;
	}
}

void register_model_write(struct register_model *m, u64 offset, const u8 *bytes,
			  unsigned int count)
{
	const struct model_register *r;

	for (r = registers; r < registers + MODEL_REGISTERS; r++) {
		if (!count || offset >= r->offset + r->width || offset + count <= r->offset)
			continue;
		if (is_resetting(m))
			m->refusals[VFX_REFUSAL_IN_RESET]++;
		else if (offset > r->offset || offset + count < r->offset + r->width)
			m->refusals[VFX_REFUSAL_PARTIAL]++;
		else
			write_register(m, r, bytes + (r->offset - offset));
	}
}

static u32 offered(const struct register_model *m)
{
	if (m->device_feature_select > 1)
		return 0;
	if (m->device_feature_select == 0)
		return m->device_feature[0];
	return (m->device_feature[1] & ~(ACCESS_PLATFORM | ADMIN_VQ)) |
	       (m->shows_bit ? ACCESS_PLATFORM : 0);
}

static u32 read_register(struct register_model *m, const struct model_register *r)
{
	if (r->offset + r->width > m->length)
		return 0;
	if (is_of_absent_queue(m, r))
		return 0;
	switch (r->access) {
	case DEVICE_SELECT:
		return m->device_feature_select;
	case DRIVER_SELECT:
		return m->driver_feature_select;
	case OFFERED:
		return offered(m);
	case ACCEPTED:
		return m->driver_feature_select > 1 ? 0 :
		       m->driver_feature[m->driver_feature_select];
	case STATUS:
		return look_at_status(m);
	case QUEUE:
		return m->queue_select;
	case ENABLE:
		return *enable_of_selected(m);
	case HIDDEN:
		return 0;
	default:
		return little_endian(m->plain + r->offset, r->width);
	}
}

void register_model_read(struct register_model *m, u64 offset, u8 *bytes, unsigned int count)
{
	bool resetting = is_resetting(m);
	const struct model_register *r;
	unsigned int i;

	memset(bytes, 0, count);
	for (r = registers; r < registers + MODEL_REGISTERS; r++) {
		u32 value;

		if (!count || offset >= r->offset + r->width || offset + count <= r->offset)
			continue;
		if (resetting && r->access != STATUS)
			continue;
		value = read_register(m, r);
		for (i = 0; i < r->width; i++, value >>= 8)
			if (r->offset + i >= offset && r->offset + i - offset < count)
				bytes[r->offset + i - offset] = (u8)value;
	}
}

/* What the function has, and the counters. */
static void compare_state(const struct register_model *m, const struct register_user *user)
{
	const struct device_model *d = &user->model;
	unsigned int i;

	CHECK_IN(!d->broken, "%s", d->broken);
	CHECK_EQ(d->status, m->status);
	CHECK_EQ(d->reset_left, m->reset_left);
	CHECK_EQ(d->driver_feature[0], m->told[0]);
	CHECK_EQ(d->driver_feature[1], m->told[1]);
	for (i = 0; i < MODEL_QUEUES; i++)
		CHECK_EQ(d->queue_enable[i], m->queue_enable[i]);
	for (i = CONFIG_MSIX_VECTOR; i < COMMON_CFG_END; i++)
		CHECK_IN(i >= ADMIN_QUEUE_INDEX || d->bytes[i] == m->plain[i],
			 "byte 0x%x is 0x%02x, not 0x%02x", i, d->bytes[i], m->plain[i]);
	for (i = 0; i < VFX_REFUSALS; i++)
		CHECK_IN(user->refusals[i] == m->refusals[i], "%s", vfx_refusal_word(i));
}

void write_and_compare(struct register_user *user, struct register_model *m, u64 offset,
		       const u8 *bytes, unsigned int count)
{
	u32 acked = m->driver_feature[1];

	register_model_write(m, offset, bytes, count);
	/* What the device's witness is told of the user: before, or by this write. */
	user->model.user_acked = (acked | m->driver_feature[1]) & ACCESS_PLATFORM;
	vfx_registers_write(&user->regs, offset, bytes, count);
	compare_state(m, user);
}

void put_and_compare(struct register_user *user, struct register_model *m,
		     unsigned int offset, unsigned int width, u32 value)
{
	u8 bytes[4];

	vfx_put(bytes, value, width);
	write_and_compare(user, m, offset, bytes, width);
}

void read_and_compare(struct register_user *user, struct register_model *m, u64 offset,
		      u8 *bytes, unsigned int count)
{
	u8 want[2 * COMMON_CFG_END], got[2 * COMMON_CFG_END + 1];

	CHECK(count < sizeof(got));
	register_model_read(m, offset, want, count);
	memset(got, 0xee, sizeof(got));
	vfx_registers_read(&user->regs, offset, got, count);
	CHECK_BYTES(got, want, count);
	CHECK_EQ(got[count], 0xee);
	if (bytes)
		memcpy(bytes, got, count);
	compare_state(m, user);
}
