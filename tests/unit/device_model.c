// SPDX-License-Identifier: GPL-2.0-only
/* The device, the witness and the user of device_model.h. */
#include "device_model.h"
#include "unit.h"

/* Whole fields, and halves of the 64-bit ones: all that every device takes. */
static bool is_whole_field(unsigned int offset, unsigned int width)
{
	static const u8 width_at[COMMON_CFG_END] = {
		[0x00] = 4, [0x04] = 4, [0x08] = 4, [0x0c] = 4, [0x10] = 2, [0x12] = 2,
		[0x14] = 1, [0x15] = 1, [0x16] = 2, [0x18] = 2, [0x1a] = 2, [0x1c] = 2,
		[0x1e] = 2, [0x20] = 4, [0x24] = 4, [0x28] = 4, [0x2c] = 4, [0x30] = 4,
		[0x34] = 4, [0x38] = 2, [0x3a] = 2, [0x3c] = 2, [0x3e] = 2,
	};

	return offset < COMMON_CFG_END && width_at[offset] == width;
}

static void broke(struct device_model *m, const char *rule)
{
	if (!m->broken)
		m->broken = rule;
}

static bool any_queue_enabled(const struct device_model *m)
{
	return m->queue_enable[0] || m->queue_enable[1];
}

bool model_acked(const struct device_model *m)
{
	return m->driver_feature[1] & ACCESS_PLATFORM;
}

bool model_live(const struct device_model *m)
{
	return (m->status & DRIVER_OK) && any_queue_enabled(m);
}

/* The rules on what the function is, asked after every access. */
static void witness(struct device_model *m)
{
	bool going_live = (m->status & DRIVER_OK) || any_queue_enabled(m);

	if (m->tolerant)
		going_live = model_live(m) && !m->excused;
	if (m->kind.offers && going_live && !model_acked(m))
		broke(m, "it goes live without the ack that it offers");
	if (!m->kind.offers && (m->ever_acked[1] & ACCESS_PLATFORM))
		broke(m, "it was given an ack that it does not offer");
	if (m->ever_acked[1] & ADMIN_VQ)
		broke(m, "it was given the admin virtqueue feature");
	if (!m->tolerant && going_live && !(m->status & FEATURES_OK))
		broke(m, "it goes live without FEATURES_OK");
	if (!m->tolerant && going_live && m->user_must_ack && !m->user_acked)
		broke(m, "it goes live before its user acked");
}

void model_reset(struct device_model *m)
{
	u32 select = m->kind.keeps_selectors ?
		     vfx_get32(m->bytes + DRIVER_FEATURE_SELECT) : 0;

	memset(m->bytes, 0, sizeof(m->bytes));
	vfx_put(m->bytes + DRIVER_FEATURE_SELECT, select, 4);
	memset(m->driver_feature, 0, sizeof(m->driver_feature));
	memset(m->queue_enable, 0, sizeof(m->queue_enable));
	memset(m->word_written, 0, sizeof(m->word_written));
	vfx_put(m->bytes + NUM_QUEUES, MODEL_QUEUES, 2);
	m->bytes[CONFIG_GENERATION] = 7;
	vfx_put(m->bytes + QUEUE_SIZE, 256, 2);
	vfx_put(m->bytes + QUEUE_NOTIF_CONFIG_DATA, 0x1234, 2);
	vfx_put(m->bytes + ADMIN_QUEUE_INDEX, 0x5678, 2);
	vfx_put(m->bytes + ADMIN_QUEUE_INDEX + 2, 0x9abc, 2);
	m->status = 0;
	m->reset_left = 0;
	m->user_acked = false;
	m->excused = false;
}

/* What strikes just before an access. */
static void strikes(struct device_model *m)
{
	if (m->reset_at == 0) {
		bool negotiating = m->word_written[0] && !(m->status & FEATURES_OK);

		model_reset(m);
		/* Between the features and FEATURES_OK, and nothing reads otherwise. */
		m->excused = negotiating &&
			     (m->kind.hides_selectors || m->kind.keeps_selectors);
	}
	if (m->announce_at == 0)
		m->generation++;
	if (m->leave_at == 0)
		m->gone = true;
	m->reset_at -= m->reset_at != MODEL_NEVER;
	m->announce_at -= m->announce_at != MODEL_NEVER;
	m->leave_at -= m->leave_at != MODEL_NEVER;
}

static unsigned int queue(const struct device_model *m)
{
	return vfx_get16(m->bytes + QUEUE_SELECT);
}

u32 model_peek(const struct device_model *m, unsigned int offset, unsigned int width)
{
	u32 select = vfx_get32(m->bytes + DEVICE_FEATURE_SELECT);

	switch (offset) {
	case DEVICE_FEATURE_SELECT:
		return m->kind.hides_selectors ? 0 : select;
	case DRIVER_FEATURE_SELECT:
		return m->kind.hides_selectors ? 0 :
		       vfx_get32(m->bytes + DRIVER_FEATURE_SELECT);
	case DEVICE_FEATURE:
		return select < 2 ? m->device_feature[select] : 0;
	case DRIVER_FEATURE:
		return 0;	/* as on Cloud Hypervisor */
	case DEVICE_STATUS:
		return m->status;
	case QUEUE_ENABLE:
		return m->queue_enable[queue(m)];
	default:
		return width == 1 ? m->bytes[offset] :
		       width == 2 ? vfx_get16(m->bytes + offset) :
				    vfx_get32(m->bytes + offset);
	}
}

static u32 model_read(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	struct device_model *m = (struct device_model *)hw;
	u32 value;

	m->reads++;
	if (!is_whole_field(offset, width))
		broke(m, "it is read in parts of fields");
	if (m->opened && offset == DEVICE_FEATURE)
		broke(m, "its indicator is read behind open");
	strikes(m);
	if (m->gone)
		return width == 4 ? ~0u : (1u << 8 * width) - 1;
	value = model_peek(m, offset, width);
	if (offset == DEVICE_STATUS && m->reset_left && !--m->reset_left)
		model_reset(m);
	return value;
}

/* Some devices add up what they are given, also over a reset. */
static u32 believed(const struct device_model *m, unsigned int word)
{
	return m->kind.sticky_acks ? m->ever_acked[word] : m->driver_feature[word];
}

static bool accepts_features(const struct device_model *m)
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		if (believed(m, i) & ~m->device_feature[i])
			return false;
	return !m->kind.offers || !m->kind.refuses_unacked ||
	       (believed(m, 1) & ACCESS_PLATFORM);
}

static void write_status(struct device_model *m, u8 value)
{
	if (value == 0) {
		/* Status 0 says that it is done. */
		m->reset_left = m->status ? m->kind.reset_reads : 0;
		if (!m->reset_left)
			model_reset(m);
		return;
	}
	if (m->status & ~value & ~NEEDS_RESET && !m->tolerant)
		broke(m, "a status bit is taken back");
	if (value & ~m->status & FEATURES_OK) {
		if (!(m->word_written[0] && m->word_written[1]) && !m->tolerant)
			broke(m, "FEATURES_OK comes without both feature words");
		if (!accepts_features(m))
			value &= (u8)~FEATURES_OK;
		if (m->word_written[0] && m->word_written[1])
			m->excused = false;
		if (m->kind.one_at_a_time)
			value &= (u8)~DRIVER_OK;
	}
	if (m->kind.refuses_driver_ok)
		value &= (u8)~DRIVER_OK;
	m->status = value;
}

static void write_driver_feature(struct device_model *m, u32 value)
{
	u32 select = vfx_get32(m->bytes + DRIVER_FEATURE_SELECT);

	if (m->status & FEATURES_OK && !m->tolerant)
		broke(m, "features change after FEATURES_OK");
	if (select >= 2)
		return;
	m->driver_feature[select] = value;
	m->ever_acked[select] |= value;
	m->word_written[select] = true;
}

static bool goes_further(const struct device_model *m, unsigned int offset, u32 value)
{
	return (offset == DEVICE_STATUS && (value & ~m->status & DRIVER_OK)) ||
	       (offset == QUEUE_ENABLE && value);
}

static void model_write(struct vfx_hw *hw, unsigned int offset, unsigned int width,
			u32 value)
{
	struct device_model *m = (struct device_model *)hw;
	unsigned int known = m->generation;

	m->writes++;
	if (!is_whole_field(offset, width))
		broke(m, "it is written in parts of fields");
	if (offset == DEVICE_STATUS && (value & ~m->status & FEATURES_OK))
		m->agreed_at = known;
	if (goes_further(m, offset, value) && m->agreed_at != known)
		broke(m, "it goes live over a reset that was announced");
	strikes(m);
	if (m->gone)
		return;
	if (m->reset_left) {
		broke(m, "it is written while it resets");
		return;
	}
	switch (offset) {
	case DEVICE_STATUS:
		write_status(m, (u8)value);
		break;
	case DRIVER_FEATURE:
		write_driver_feature(m, value);
		break;
	case QUEUE_ENABLE:
		m->queue_enable[queue(m)] = (u16)value;
		break;
	case QUEUE_SELECT:
		if (value >= vfx_get16(m->bytes + NUM_QUEUES))
			broke(m, "a queue is selected that it does not have");
		vfx_put(m->bytes + offset, value, width);
		break;
	case DEVICE_FEATURE:
	case NUM_QUEUES:
	case CONFIG_GENERATION:
	case QUEUE_NOTIFY_OFF:
	case QUEUE_NOTIF_CONFIG_DATA:
	case ADMIN_QUEUE_INDEX:
	case ADMIN_QUEUE_INDEX + 2:
		broke(m, "a register that no driver writes is written");
		break;
	default:
		vfx_put(m->bytes + offset, value, width);
		break;
	}
	witness(m);
}

static unsigned int model_generation(struct vfx_hw *hw)
{
	return ((struct device_model *)hw)->generation;
}

void model_init(struct device_model *m, const struct model_kind *kind)
{
	memset(m, 0, sizeof(*m));
	m->hw.read = model_read;
	m->hw.write = model_write;
	m->hw.generation = model_generation;
	m->kind = *kind;
	m->device_feature[0] = 0x30000000;	/* indirect descriptors, event index */
	m->device_feature[1] = VERSION_1 | ADMIN_VQ | (kind->offers ? ACCESS_PLATFORM : 0) |
			       (kind->ring_reset ? RING_RESET : 0);
	m->reset_at = MODEL_NEVER;
	m->announce_at = MODEL_NEVER;
	m->leave_at = MODEL_NEVER;
	model_reset(m);
}

/* The user's refusals are counted; after each of its accesses the witness is asked. */
static void user_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset,
			 size_t count)
{
	struct register_user *user = (struct register_user *)hw;

	CHECK(refusal > VFX_REFUSAL_NONE && refusal < VFX_REFUSALS);
	CHECK(count && offset < COMMON_CFG_END && offset + count <= COMMON_CFG_END);
	user->refusals[refusal]++;
}

void user_open(struct register_user *user, const struct model_kind *kind,
	       enum virtio_fixup_view view, u64 length)
{
	u32 word[2];

	memset(user, 0, sizeof(*user));
	model_init(&user->model, kind);
	CHECK_EQ(vfx_read_device_feature(&user->model.hw, word), 0);
	user->model.hw.refused = user_refused;
	vfx_registers_init(&user->regs, &user->model.hw, length, word, view);
	user->model.opened = true;
	user->model.user_must_ack = view == VIRTIO_FIXUP_VIEW_PLATFORM;
}

void user_copy(struct register_user *to, const struct register_user *from)
{
	*to = *from;
	to->regs.hw = &to->model.hw;
}

static bool writes_whole(u64 offset, size_t count, unsigned int field)
{
	return offset <= field && offset + count >= field + 4;
}

/* What the witness must know of the user: did it ack, since the last reset? */
static void note_ack(struct register_user *user, u64 offset, const u8 *bytes, size_t count)
{
	struct device_model *m = &user->model;
	u32 select = user->regs.driver_feature_select;

	if (m->status & FEATURES_OK)
		return;
	if (writes_whole(offset, count, DRIVER_FEATURE_SELECT))
		select = vfx_get32(bytes + DRIVER_FEATURE_SELECT - offset);
	if (writes_whole(offset, count, DRIVER_FEATURE) && select == 1)
		m->user_acked = vfx_get32(bytes + DRIVER_FEATURE - offset) &
				ACCESS_PLATFORM;
}

void user_write_bytes(struct register_user *user, u64 offset, const u8 *bytes, size_t count)
{
	note_ack(user, offset, bytes, count);
	vfx_registers_write(&user->regs, offset, bytes, count);
	CHECK_IN(!user->model.broken, "%s", user->model.broken);
}

void user_write(struct register_user *user, u64 offset, unsigned int width, u32 value)
{
	u8 buf[4];

	vfx_put(buf, value, width);
	user_write_bytes(user, offset, buf, width);
}

u32 user_read(struct register_user *user, u64 offset, unsigned int width)
{
	u8 buf[4] = { 0 };

	vfx_registers_read(&user->regs, offset, buf, width);
	CHECK_IN(!user->model.broken, "%s", user->model.broken);
	return vfx_get32(buf);
}

u64 user_refusals(const struct register_user *user)
{
	u64 sum = 0;
	unsigned int i;

	for (i = 0; i < VFX_REFUSALS; i++)
		sum += user->refusals[i];
	return sum;
}

void user_accept(struct register_user *user, unsigned int word, u32 features)
{
	user_write(user, DRIVER_FEATURE_SELECT, 4, word);
	user_write(user, DRIVER_FEATURE, 4, features);
}

void user_negotiate(struct register_user *user, u32 word1)
{
	user_write(user, DEVICE_STATUS, 1, ACKNOWLEDGE);
	user_write(user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER);
	user_accept(user, 0, 0x20000000);
	user_accept(user, 1, word1);
	user_write(user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER | FEATURES_OK);
}

void user_go_live(struct register_user *user, u32 word1)
{
	user_negotiate(user, word1);
	user_write(user, QUEUE_SELECT, 2, 0);
	user_write(user, QUEUE_ENABLE, 2, 1);
	user_write(user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK);
}
