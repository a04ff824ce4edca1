// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register file of registers.h.
 *
 * What the function is told of bit 33 does not depend on its user: it is acked
 * where the function offers it and never where it does not. What the user is
 * told, and whether it must ack, is the view. Between the two stand four rules:
 *
 *  1. FEATURES_OK reaches the function only right behind our write of both
 *     feature words, and in the platform view only if the user acked bit 33.
 *  2. DRIVER_OK and queue_enable reach it only while its own status has
 *     FEATURES_OK and no reset came between.
 *  3. While its own status has FEATURES_OK, the features stay as agreed, and no
 *     status bit is taken back but by a reset.
 *  4. While a reset is pending nothing is written.
 *
 * The user's own ways to reset the function (FLR, power states, VFIO's ioctls)
 * are shut out by the caller's locks while a rule is at work, and those of the
 * host are announced by the generation. What is left is a function that resets
 * itself between our look at its status and our write. That leaves it with all
 * queues off, so the one write that slips past cannot make it go live: it takes
 * DRIVER_OK and queue_enable both. A queue enabled before is gone, one enabled
 * after DRIVER_OK is refused unless RING_RESET was agreed on (virtio 1.3, 3.1.1:
 * the only case in which a driver may), and any other status write that carries
 * FEATURES_OK ends the agreement. Behind DRIVER_OK the function is looked at once
 * more: where it did not keep it, the agreement ends too, and FEATURES_OK that it
 * took from that write is not believed. Such a reset could also come between the
 * features and FEATURES_OK, so the function's own driver_feature_select is left at
 * 1: a reset takes it back to 0, and it is read behind FEATURES_OK and DRIVER_OK.
 * Where a function does not let it be read, the one access between the features
 * and FEATURES_OK, and that before DRIVER_OK with RING_RESET, stay unguarded; no
 * user of a function can make it reset itself just there.
 */
#include "registers.h"

/* struct virtio_pci_common_cfg, virtio 1.3, 4.1.4.3. */
#define DEVICE_FEATURE_SELECT	0x00
#define DEVICE_FEATURE		0x04
#define DRIVER_FEATURE_SELECT	0x08
#define DRIVER_FEATURE		0x0c
#define DEVICE_STATUS		0x14
#define QUEUE_ENABLE		0x1c

/* device_status, virtio 1.3, 2.1. */
#define STATUS_DRIVER_OK	0x04
#define STATUS_FEATURES_OK	0x08
#define STATUS_NEEDS_RESET	0x40	/* the device's own */
#define STATUS_GONE		0xff	/* what a device that is not there reads */

/* What our last feature write leaves in the function's driver_feature_select. */
#define MARK			1

/* Bits of feature word 1. */
#define WORD1_ACCESS_PLATFORM	(1u << (VFX_ACCESS_PLATFORM - 32))
#define WORD1_RING_RESET	(1u << (40 - 32))
/* Its commands reach other functions: not for a user of this one. */
#define WORD1_ADMIN_VQ		(1u << (41 - 32))

/* What happens to an access to a field. */
enum field_kind {
	FIELD_UNKNOWN,		/* reads 0, writes dropped */
	FIELD_READ_ONLY,	/* the function's */
	FIELD_READ_WRITE,	/* the function's */
	FIELD_EMULATED,		/* ours */
};

struct field {
	u8 offset;
	u8 width;
	u8 kind;
};

/* In order and without gaps. 64-bit registers are two fields of 32 bits. */
static const struct field fields[] = {
	{ DEVICE_FEATURE_SELECT, 4, FIELD_EMULATED },
	{ DEVICE_FEATURE, 4, FIELD_EMULATED },
	{ DRIVER_FEATURE_SELECT, 4, FIELD_EMULATED },
	{ DRIVER_FEATURE, 4, FIELD_EMULATED },
	{ 0x10, 2, FIELD_READ_WRITE },		/* config_msix_vector */
	{ 0x12, 2, FIELD_READ_ONLY },		/* num_queues */
	{ DEVICE_STATUS, 1, FIELD_EMULATED },
	{ 0x15, 1, FIELD_READ_ONLY },		/* config_generation */
	{ 0x16, 2, FIELD_READ_WRITE },		/* queue_select */
	{ 0x18, 2, FIELD_READ_WRITE },		/* queue_size */
	{ 0x1a, 2, FIELD_READ_WRITE },		/* queue_msix_vector */
	{ QUEUE_ENABLE, 2, FIELD_EMULATED },
	{ 0x1e, 2, FIELD_READ_ONLY },		/* queue_notify_off */
	{ 0x20, 4, FIELD_READ_WRITE },		/* queue_desc */
	{ 0x24, 4, FIELD_READ_WRITE },
	{ 0x28, 4, FIELD_READ_WRITE },		/* queue_driver */
	{ 0x2c, 4, FIELD_READ_WRITE },
	{ 0x30, 4, FIELD_READ_WRITE },		/* queue_device */
	{ 0x34, 4, FIELD_READ_WRITE },
	{ 0x38, 2, FIELD_READ_ONLY },		/* queue_notif_config_data */
	{ 0x3a, 2, FIELD_READ_WRITE },		/* queue_reset */
	{ 0x3c, 2, FIELD_UNKNOWN },		/* admin_queue_index */
	{ 0x3e, 2, FIELD_UNKNOWN },		/* admin_queue_num */
};

/* The index of the field that owns each byte, so that no access walks a list. */
static const u8 field_of[VFX_COMMON_MAX] = {
	0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3,
	4, 4, 5, 5, 6, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
	13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 16, 16, 16, 16,
	17, 17, 17, 17, 18, 18, 18, 18, 19, 19, 20, 20, 21, 21, 22, 22,
};

/* Of a user's offset, also where a processor speculates past the loop's end. */
static const struct field *field_at(u64 offset)
{
	return &fields[field_of[offset % VFX_COMMON_MAX]];
}

static const char *const refusal_words[VFX_REFUSALS] = {
	[VFX_REFUSAL_FEATURES_OK] = "features_ok",
	[VFX_REFUSAL_DRIVER_OK] = "driver_ok",
	[VFX_REFUSAL_QUEUE_ENABLE] = "queue_enable",
	[VFX_REFUSAL_LATE_FEATURES] = "late_features",
	[VFX_REFUSAL_STATUS_CLEAR] = "status_clear",
	[VFX_REFUSAL_IN_RESET] = "in_reset",
	[VFX_REFUSAL_PARTIAL] = "partial",
	[VFX_REFUSAL_UNDECLARED] = "undeclared",
	[VFX_REFUSAL_WINDOW] = "window",
	[VFX_REFUSAL_MMAP] = "mmap",
	[VFX_REFUSAL_REQUEST] = "request",
};

const char *vfx_refusal_word(enum vfx_refusal refusal)
{
	if ((unsigned int)refusal < VFX_REFUSALS)
		return refusal_words[refusal];
	return "?";
}

int vfx_read_device_feature(struct vfx_hw *hw, u32 word[2])
{
	unsigned int generation = hw->generation(hw), i;
	int ret;

	for (i = 0; i < 2; i++) {
		ret = hw->write(hw, DEVICE_FEATURE_SELECT, 4, i);
		if (!ret)
			ret = hw->read(hw, DEVICE_FEATURE, 4, &word[i]);
		if (ret)
			return ret;
	}
	/* Half of these bits are reserved: it is gone, or was for a moment. */
	if (word[1] == ~0u)
		return -ENODEV;
	/* A reset in between takes the selector back: word 0 in place of word 1. */
	if (generation & 1 || hw->generation(hw) != generation)
		return -EAGAIN;
	return 0;
}

bool vfx_offers_access_platform(const u32 device_feature[2])
{
	return device_feature[1] & WORD1_ACCESS_PLATFORM;
}

void vfx_registers_init(struct vfx_registers *cfg,
			struct vfx_hw *hw, u64 length,
			const u32 device_feature[2],
			enum virtio_fixup_view view, u64 *refusals)
{
	u32 before, after;

	memset(cfg, 0, sizeof(*cfg));
	cfg->hw = hw;
	cfg->refusals = refusals;
	cfg->length = length < VFX_COMMON_MAX ?
		      (unsigned int)length : VFX_COMMON_MAX;
	cfg->show_access_platform = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	cfg->require_ack = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	memcpy(cfg->device_feature, device_feature, sizeof(cfg->device_feature));
	cfg->generation = hw->generation(hw);

	/* Now, right behind a reset, is the time to learn what a reset undoes. */
	cfg->mark_readable = !hw->read(hw, DRIVER_FEATURE_SELECT, 4, &before) &&
			     !hw->write(hw, DRIVER_FEATURE_SELECT, 4, MARK) &&
			     !hw->read(hw, DRIVER_FEATURE_SELECT, 4, &after) &&
			     before != MARK && after == MARK;
}

static void refuse(struct vfx_registers *cfg, enum vfx_refusal refusal)
{
	cfg->refusals[refusal]++;
}

/* The user's registers as after a reset of the function (virtio 1.3, 2.4.1). */
static void forget_user(struct vfx_registers *cfg)
{
	cfg->device_feature_select = 0;
	cfg->driver_feature_select = 0;
	memset(cfg->driver_feature, 0, sizeof(cfg->driver_feature));
	cfg->agreed = false;
	cfg->status_seen = false;
}

/* A status that is 0 again tells of a reset that nobody announced. */
static int read_status(struct vfx_registers *cfg, u32 *status)
{
	int ret = cfg->hw->read(cfg->hw, DEVICE_STATUS, 1, status);

	if (ret)
		return ret;
	if (*status)
		cfg->status_seen = true;
	else if (cfg->status_seen)
		forget_user(cfg);
	return 0;
}

/*
 * Before every access: did the function lose its state to a reset that was not
 * the user's, and has it come back from one that was?
 */
static int settle(struct vfx_registers *cfg, bool *in_reset)
{
	unsigned int generation = cfg->hw->generation(cfg->hw);
	u32 status;
	int ret;

	if (generation != cfg->generation) {
		cfg->generation = generation;
		forget_user(cfg);
	}
	if (cfg->reset_pending) {
		ret = read_status(cfg, &status);
		if (ret)
			return ret;
		if (status == 0)
			cfg->reset_pending = false;
	}
	*in_reset = cfg->reset_pending || (generation & 1);
	return 0;
}

static u32 device_feature(const struct vfx_registers *cfg)
{
	u32 word;

	switch (cfg->device_feature_select) {
	case 0:
		return cfg->device_feature[0];
	case 1:
		word = cfg->device_feature[1] & ~(WORD1_ACCESS_PLATFORM | WORD1_ADMIN_VQ);
		if (cfg->show_access_platform)
			word |= WORD1_ACCESS_PLATFORM;
		return word;
	default:	/* no feature bits up there that we know */
		return 0;
	}
}

static u32 driver_feature(const struct vfx_registers *cfg)
{
	return cfg->driver_feature_select < 2 ?
	       cfg->driver_feature[cfg->driver_feature_select] : 0;
}

static int write_driver_feature(struct vfx_registers *cfg, u32 value)
{
	u32 status;
	int ret;

	if (cfg->driver_feature_select >= 2)
		return 0;
	ret = read_status(cfg, &status);
	if (ret)
		return ret;
	if (status & STATUS_FEATURES_OK)
		refuse(cfg, VFX_REFUSAL_LATE_FEATURES);
	else
		cfg->driver_feature[cfg->driver_feature_select] = value;
	return 0;
}

/* Rule 1, the first half: both words, as the function is to have them. */
static int forward_features(struct vfx_registers *cfg)
{
	u32 word[2] = { cfg->driver_feature[0], cfg->driver_feature[1] };
	unsigned int i;
	int ret = 0;

	word[1] &= ~(WORD1_ACCESS_PLATFORM | WORD1_ADMIN_VQ);
	word[1] |= cfg->device_feature[1] & WORD1_ACCESS_PLATFORM;
	for (i = 0; i < 2 && !ret; i++) {
		ret = cfg->hw->write(cfg->hw, DRIVER_FEATURE_SELECT, 4, i);
		if (!ret)
			ret = cfg->hw->write(cfg->hw, DRIVER_FEATURE, 4, word[i]);
	}
	return ret;
}

/* Is our mark still in the function's selector? A reset takes it away. */
static int check_mark(struct vfx_registers *cfg, bool *there)
{
	u32 value = MARK;
	int ret = 0;

	if (cfg->mark_readable)
		ret = cfg->hw->read(cfg->hw, DRIVER_FEATURE_SELECT, 4, &value);
	*there = value == MARK;
	return ret;
}

/*
 * Write a status of which the function has to keep @wanted, or nothing is agreed
 * on: a reset just before the write left it without features, or it refuses.
 * *status: what the function made of it.
 */
static int agree(struct vfx_registers *cfg, u32 value, u32 wanted, u32 *status)
{
	bool kept = false;
	int ret;

	cfg->agreed = false;
	ret = cfg->hw->write(cfg->hw, DEVICE_STATUS, 1, value);
	if (!ret)
		ret = read_status(cfg, status);
	if (!ret)
		ret = check_mark(cfg, &kept);
	if (ret)
		return ret;
	cfg->agreed = kept && *status != STATUS_GONE && (*status & wanted) == wanted;
	return 0;
}

/* Rule 1, the second half. */
static int forward_features_ok(struct vfx_registers *cfg, u32 value, u32 *status)
{
	int ret;

	cfg->agreed = false;
	cfg->agreed_generation = cfg->generation;
	ret = forward_features(cfg);
	if (ret)
		return ret;
	return agree(cfg, value & ~(u32)STATUS_DRIVER_OK, STATUS_FEATURES_OK, status);
}

/* Rule 2: may the function go (further) live, by its own word and by ours? */
static bool may_go_live(const struct vfx_registers *cfg, u32 status)
{
	return status != STATUS_GONE && (status & STATUS_FEATURES_OK) && cfg->agreed &&
	       cfg->agreed_generation == cfg->hw->generation(cfg->hw);
}

static int write_status(struct vfx_registers *cfg, u32 value)
{
	u32 status;
	int ret;

	if (value == 0) {
		ret = cfg->hw->write(cfg->hw, DEVICE_STATUS, 1, 0);
		if (ret)
			return ret;
		forget_user(cfg);
		cfg->reset_pending = true;
		return 0;
	}

	ret = read_status(cfg, &status);
	if (ret || status == STATUS_GONE)
		return ret;
	if (value == status)
		return 0;
	if (status & ~value & ~(u32)STATUS_NEEDS_RESET) {
		refuse(cfg, VFX_REFUSAL_STATUS_CLEAR);
		return 0;
	}

	if (value & ~status & STATUS_FEATURES_OK) {
		if (cfg->require_ack && !(cfg->driver_feature[1] & WORD1_ACCESS_PLATFORM)) {
			refuse(cfg, VFX_REFUSAL_FEATURES_OK);
			return 0;
		}
		ret = forward_features_ok(cfg, value, &status);
		if (ret || !(value & STATUS_DRIVER_OK))
			return ret;
	}

	if ((value & STATUS_DRIVER_OK) && !may_go_live(cfg, status)) {
		refuse(cfg, VFX_REFUSAL_DRIVER_OK);
		return 0;
	}
	if (value & ~status & STATUS_DRIVER_OK)
		return agree(cfg, value, STATUS_FEATURES_OK | STATUS_DRIVER_OK, &status);
	/* Of a driver in its right mind this is FAILED, and a reset follows. */
	if (value & STATUS_FEATURES_OK)
		cfg->agreed = false;
	ret = cfg->hw->write(cfg->hw, DEVICE_STATUS, 1, value);
	if (!ret)
		cfg->status_seen = true;
	return ret;
}

static bool has_ring_reset(const struct vfx_registers *cfg)
{
	return cfg->driver_feature[1] & cfg->device_feature[1] & WORD1_RING_RESET;
}

static int write_queue_enable(struct vfx_registers *cfg, u32 value)
{
	u32 status;
	int ret;

	if (value) {
		ret = read_status(cfg, &status);
		if (ret)
			return ret;
		if (!may_go_live(cfg, status) ||
		    ((status & STATUS_DRIVER_OK) && !has_ring_reset(cfg))) {
			refuse(cfg, VFX_REFUSAL_QUEUE_ENABLE);
			return 0;
		}
	}
	return cfg->hw->write(cfg->hw, QUEUE_ENABLE, 2, value);
}

static int read_field(struct vfx_registers *cfg, const struct field *field,
		      u32 *value)
{
	*value = 0;
	if (field->kind == FIELD_UNKNOWN || field->offset + field->width > cfg->length)
		return 0;
	switch (field->offset) {
	case DEVICE_FEATURE_SELECT:
		*value = cfg->device_feature_select;
		return 0;
	case DEVICE_FEATURE:
		*value = device_feature(cfg);
		return 0;
	case DRIVER_FEATURE_SELECT:
		*value = cfg->driver_feature_select;
		return 0;
	case DRIVER_FEATURE:
		*value = driver_feature(cfg);
		return 0;
	case DEVICE_STATUS:
		return read_status(cfg, value);
	default:
		return cfg->hw->read(cfg->hw, field->offset, field->width, value);
	}
}

static int write_field(struct vfx_registers *cfg, const struct field *field,
		       u32 value)
{
	if (field->offset + field->width > cfg->length)
		return 0;
	switch (field->kind) {
	case FIELD_READ_WRITE:
		return cfg->hw->write(cfg->hw, field->offset, field->width, value);
	case FIELD_EMULATED:
		break;
	default:
		return 0;
	}
	switch (field->offset) {
	case DEVICE_FEATURE_SELECT:
		cfg->device_feature_select = value;
		return 0;
	case DRIVER_FEATURE_SELECT:
		cfg->driver_feature_select = value;
		return 0;
	case DRIVER_FEATURE:
		return write_driver_feature(cfg, value);
	case DEVICE_STATUS:
		return write_status(cfg, value);
	case QUEUE_ENABLE:
		return write_queue_enable(cfg, value);
	default:	/* device_feature is read-only */
		return 0;
	}
}

int vfx_registers_read(struct vfx_registers *cfg, u64 offset,
		       u8 *buf, size_t count)
{
	bool in_reset;
	int ret;

	memset(buf, 0, count);
	ret = settle(cfg, &in_reset);
	while (!ret && count && offset < VFX_COMMON_MAX) {
		const struct field *field = field_at(offset);
		unsigned int skip = (unsigned int)offset - field->offset;
		unsigned int len = field->width - skip;
		u8 bytes[4];
		u32 value;

		if (len > count)
			len = (unsigned int)count;
		/* Only the status says anything while a reset is pending. */
		if (!in_reset || field->offset == DEVICE_STATUS) {
			ret = read_field(cfg, field, &value);
			if (ret)
				break;
			vfx_put(bytes, value, field->width);
			memcpy(buf, bytes + skip, len);
		}
		buf += len;
		offset += len;
		count -= len;
	}
	return ret;
}

int vfx_registers_write(struct vfx_registers *cfg, u64 offset,
			const u8 *buf, size_t count)
{
	while (count && offset < VFX_COMMON_MAX) {
		const struct field *field = field_at(offset);
		unsigned int skip = (unsigned int)offset - field->offset;
		unsigned int len = field->width - skip;
		bool in_reset;
		u32 value = 0;
		int ret;

		/* Anew for each field: the one before may have been a reset. */
		ret = settle(cfg, &in_reset);
		if (ret)
			return ret;
		if (len > count)
			len = (unsigned int)count;
		if (in_reset) {
			refuse(cfg, VFX_REFUSAL_IN_RESET);
		} else if (len < field->width) {
			/* Devices disagree on what part of a field does. */
			refuse(cfg, VFX_REFUSAL_PARTIAL);
		} else {
			unsigned int i;

			for (i = 0; i < len; i++)
				value |= (u32)buf[i] << (8 * i);
			ret = write_field(cfg, field, value);
			if (ret)
				return ret;
		}
		buf += len;
		offset += len;
		count -= len;
	}
	return 0;
}
