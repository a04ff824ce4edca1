// SPDX-License-Identifier: GPL-2.0-only
/* The user of register_user.h. After each of its accesses the witness is asked. */
#include "register_user.h"
#include "unit.h"

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
