// SPDX-License-Identifier: GPL-2.0-only
/* The naive register file of naive_register_file.h. */
#include "naive_register_file.h"
#include "unit.h"

/* virtio 1.3, 4.1.4.3; 64-bit registers in halves. */
enum what {
	DEVICE_SELECT, OFFERED, DRIVER_SELECT, ACCEPTED, STATUS, ENABLE,
	PLAIN,		/* read and written as it is */
	FIXED,		/* the function's, and read-only */
	HIDDEN,		/* reads 0 */
};

static const struct { unsigned int offset, width; enum what what; } registers[] = {
	{ 0x00, 4, DEVICE_SELECT },	{ 0x04, 4, OFFERED },
	{ 0x08, 4, DRIVER_SELECT },	{ 0x0c, 4, ACCEPTED },
	{ 0x10, 2, PLAIN },	/* config_msix_vector */
	{ 0x12, 2, FIXED },	/* num_queues */
	{ 0x14, 1, STATUS },
	{ 0x15, 1, FIXED },	/* config_generation */
	{ 0x16, 2, PLAIN },	/* queue_select */
	{ 0x18, 2, PLAIN },	/* queue_size */
	{ 0x1a, 2, PLAIN },	/* queue_msix_vector */
	{ 0x1c, 2, ENABLE },
	{ 0x1e, 2, FIXED },	/* queue_notify_off */
	{ 0x20, 4, PLAIN },	{ 0x24, 4, PLAIN },	/* queue_desc */
	{ 0x28, 4, PLAIN },	{ 0x2c, 4, PLAIN },	/* queue_driver */
	{ 0x30, 4, PLAIN },	{ 0x34, 4, PLAIN },	/* queue_device */
	{ 0x38, 2, FIXED },	/* queue_notif_config_data */
	{ 0x3a, 2, PLAIN },	/* queue_reset */
	{ 0x3c, 2, HIDDEN },	{ 0x3e, 2, HIDDEN },	/* admin virtqueues */
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
	m->agreed = false;
}

static void reset(struct register_model *m)
{
	forget_user(m);
	memset(m->told, 0, sizeof(m->told));
	memset(m->queue_enable, 0, sizeof(m->queue_enable));
	m->status = 0;
	memset(m->plain, 0, sizeof(m->plain));
	m->plain[0x12] = MODEL_QUEUES;
	m->plain[0x15] = 7;
	m->plain[0x19] = 1;		/* queue_size 256 */
	m->plain[0x38] = 0x34;
	m->plain[0x39] = 0x12;
}

void register_model_open(struct register_model *m, const struct register_user *user,
			 enum virtio_fixup_view view, u64 length)
{
	memset(m, 0, sizeof(*m));
	m->shows_bit = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	m->offers = user->model.kind.offers;
	m->insists = user->model.kind.refuses_unacked;
	memcpy(m->device_feature, user->model.device_feature, sizeof(m->device_feature));
	m->length = length < COMMON_CFG_END ? (unsigned int)length : COMMON_CFG_END;
	reset(m);
}

/* Rules 1 to 3 of design.rst, "Register file". A function that is gone reads 0xff. */
static void write_status(struct register_model *m, u8 value)
{
	bool sets_features_ok = value & ~m->status & FEATURES_OK;
	bool sets_driver_ok = value & ~m->status & DRIVER_OK;
	u8 before = m->status;

	if (!value) {
		reset(m);
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
		m->told[0] = m->driver_feature[0];
		m->told[1] = m->driver_feature[1] & ~(ACCESS_PLATFORM | ADMIN_VQ);
		if (m->offers)
			m->told[1] |= ACCESS_PLATFORM;
		m->status = value & ~DRIVER_OK;
		m->agreed = !(m->told[0] & ~m->device_feature[0]) &&
			    !(m->told[1] & ~m->device_feature[1]);
		if (!m->agreed)
			m->status &= ~FEATURES_OK;
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
	if (value & FEATURES_OK && !sets_driver_ok)
		m->agreed = false;
	m->status = value;
}

static u16 *enable_of_selected(struct register_model *m)
{
	return &m->queue_enable[little_endian(m->plain + 0x16, 2) % MODEL_QUEUES];
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

static void write_register(struct register_model *m, unsigned int i, const u8 *bytes)
{
	u32 value = little_endian(bytes, registers[i].width);

	if (registers[i].offset + registers[i].width > m->length)
		return;
	switch (registers[i].what) {
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
	case PLAIN:
		memcpy(m->plain + registers[i].offset, bytes, registers[i].width);
		break;
	default:
		break;
	}
}

void register_model_write(struct register_model *m, u64 offset, const u8 *bytes,
			  unsigned int count)
{
	unsigned int i;

	for (i = 0; i < COUNT(registers); i++) {
		u64 first = registers[i].offset, end = first + registers[i].width;

		if (offset >= end || offset + count <= first)
			continue;
		if (offset > first || offset + count < end)
			m->refusals[VFX_REFUSAL_PARTIAL]++;
		else
			write_register(m, i, bytes + (first - offset));
	}
}

static u32 read_register(const struct register_model *m, unsigned int i)
{
	u32 select;

	if (registers[i].offset + registers[i].width > m->length)
		return 0;
	switch (registers[i].what) {
	case DEVICE_SELECT:
		return m->device_feature_select;
	case DRIVER_SELECT:
		return m->driver_feature_select;
	case OFFERED:
		select = m->device_feature_select;
		if (select == 0)
			return m->device_feature[0];
		if (select > 1)
			return 0;
		return (m->device_feature[1] & ~(ACCESS_PLATFORM | ADMIN_VQ)) |
		       (m->shows_bit ? ACCESS_PLATFORM : 0);
	case ACCEPTED:
		select = m->driver_feature_select;
		return select < 2 ? m->driver_feature[select] : 0;
	case STATUS:
		return m->status;
	case ENABLE:
		return m->queue_enable[little_endian(m->plain + 0x16, 2) % MODEL_QUEUES];
	case HIDDEN:
		return 0;
	default:
		return little_endian(m->plain + registers[i].offset, registers[i].width);
	}
}

u8 register_model_read_byte(const struct register_model *m, u64 offset)
{
	unsigned int i;

	for (i = 0; i < COUNT(registers); i++)
		if (offset >= registers[i].offset &&
		    offset - registers[i].offset < registers[i].width)
			return (u8)(read_register(m, i) >> 8 * (offset - registers[i].offset));
	return 0;
}

void register_model_compare(const struct register_model *m, struct register_user *user)
{
	const struct device_model *d = &user->model;
	u8 got[COMMON_CFG_END + 8], want[COMMON_CFG_END + 8];
	unsigned int i;

	for (i = 0; i < sizeof(want); i++)
		want[i] = register_model_read_byte(m, i);
	memset(got, 0xee, sizeof(got));
	vfx_registers_read(&user->regs, 0, got, sizeof(got));
	CHECK_BYTES(got, want, sizeof(got));

	CHECK_EQ(d->status, m->status);
	CHECK_EQ(d->driver_feature[0], m->told[0]);
	CHECK_EQ(d->driver_feature[1], m->told[1]);
	CHECK_BYTES(d->queue_enable, m->queue_enable, sizeof(m->queue_enable));
	for (i = 0; i < COUNT(registers); i++)
		if (registers[i].what == PLAIN)
			CHECK_BYTES(d->bytes + registers[i].offset, m->plain + registers[i].offset,
				    registers[i].width);
	for (i = 0; i < VFX_REFUSALS; i++)
		CHECK_IN(user->refusals[i] == m->refusals[i], "%s",
			 vfx_refusal_word(i));
}
