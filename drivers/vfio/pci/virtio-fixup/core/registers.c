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

/* What our last feature write leaves in the function's driver_feature_select. */
#define MARK			1

#define WORD1_ACCESS_PLATFORM	VFX_WORD1(VIRTIO_F_ACCESS_PLATFORM)
#define WORD1_RING_RESET	VFX_WORD1(VIRTIO_F_RING_RESET)
/* Its commands reach other functions: not for a user of this one. */
#define WORD1_ADMIN_VQ		VFX_WORD1(VIRTIO_F_ADMIN_VQ)

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

/* The field that owns each byte, so that no access walks a list. */
#define FIELD(offset, width, kind) \
	[offset ... (offset) + (width) - 1] = { offset, width, FIELD_ ## kind }
/* 64-bit registers are two fields of 32 bits. */
static const struct field fields[VFX_COMMON_MAX] = {
	FIELD(VIRTIO_PCI_COMMON_DFSELECT, 4, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_DF, 4, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_GFSELECT, 4, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_GF, 4, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_MSIX, 2, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_NUMQ, 2, READ_ONLY),
	FIELD(VIRTIO_PCI_COMMON_STATUS, 1, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_CFGGENERATION, 1, READ_ONLY),
	FIELD(VIRTIO_PCI_COMMON_Q_SELECT, 2, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_Q_SIZE, 2, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_MSIX, 2, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_ENABLE, 2, EMULATED),
	FIELD(VIRTIO_PCI_COMMON_Q_NOFF, 2, READ_ONLY),
	FIELD(VIRTIO_PCI_COMMON_Q_DESCLO, 4, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_DESCHI, 4, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_AVAILLO, 4, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_AVAILHI, 4, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_USEDLO, 4, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_USEDHI, 4, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_Q_NDATA, 2, READ_ONLY),
	FIELD(VIRTIO_PCI_COMMON_Q_RESET, 2, READ_WRITE),
	FIELD(VIRTIO_PCI_COMMON_ADM_Q_IDX, 2, UNKNOWN),
	FIELD(VIRTIO_PCI_COMMON_ADM_Q_NUM, 2, UNKNOWN),
};

/* The remainder holds also where a processor speculates past the end of the caller's loop. */
static const struct field *field_at(u64 offset)
{
	return &fields[offset % VFX_COMMON_MAX];
}

/* All that is between these two is of the selected queue. */
static bool is_of_queue(const struct field *field)
{
	return field->offset >= VIRTIO_PCI_COMMON_Q_SIZE &&
	       field->offset <= VIRTIO_PCI_COMMON_Q_RESET;
}

/*
 * Admin queues may have the numbers from num_queues on (virtio 1.3, 2.13), although
 * their feature is kept from the user.
 */
static bool queue_is_there(const struct vfx_registers *regs)
{
	return regs->queue_select < regs->num_queues;
}

static u16 read_num_queues(struct vfx_hw *hw)
{
	u32 num = hw->read(hw, VIRTIO_PCI_COMMON_NUMQ, 2);

	/* A function has so many queues only if it is gone. */
	return num == 0xffff ? 0 : (u16)num;
}

void vfx_registers_init(struct vfx_registers *regs, struct vfx_hw *hw, u64 length,
			const u32 device_feature[2], enum virtio_fixup_view view)
{
	u32 before;

	memset(regs, 0, sizeof(*regs));
	regs->hw = hw;
	regs->length = length < VFX_COMMON_MAX ? (unsigned int)length : VFX_COMMON_MAX;
	regs->show_access_platform = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	regs->require_ack = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	memcpy(regs->device_feature, device_feature, sizeof(regs->device_feature));
	regs->generation = hw->generation(hw);

	/* Now, right behind a reset, is the time to learn what a reset undoes. */
	before = hw->read(hw, VIRTIO_PCI_COMMON_GFSELECT, 4);
	hw->write(hw, VIRTIO_PCI_COMMON_GFSELECT, 4, MARK);
	regs->mark_readable = before != MARK &&
			      hw->read(hw, VIRTIO_PCI_COMMON_GFSELECT, 4) == MARK;
	/* Not every function forgets in a reset what it was told last. */
	hw->write(hw, VIRTIO_PCI_COMMON_Q_SELECT, 2, 0);
	regs->num_queues = read_num_queues(hw);
}

/* The user's registers as after a reset of the function (virtio 1.3, 2.4.1). */
static void forget_user(struct vfx_registers *regs)
{
	regs->device_feature_select = 0;
	regs->driver_feature_select = 0;
	memset(regs->driver_feature, 0, sizeof(regs->driver_feature));
	regs->queue_select = 0;
	regs->agreed = false;
	regs->status_seen = false;
}

/* A status that is 0 again tells of a reset that nobody announced. */
static u32 read_status(struct vfx_registers *regs)
{
	u32 status = regs->hw->read(regs->hw, VIRTIO_PCI_COMMON_STATUS, 1);

	if (status)
		regs->status_seen = true;
	else if (regs->status_seen)
		forget_user(regs);
	return status;
}

/*
 * Before every access: did the function lose its state to a reset that was not
 * the user's, and has it come back from one that was?
 * Return: whether it is in reset.
 */
static bool settle(struct vfx_registers *regs)
{
	unsigned int generation = regs->hw->generation(regs->hw);

	if (generation != regs->generation) {
		regs->generation = generation;
		forget_user(regs);
	}
	if (regs->reset_pending && !read_status(regs))
		regs->reset_pending = false;
	return regs->reset_pending || (generation & 1);
}

static u32 device_feature(const struct vfx_registers *regs)
{
	u32 word;

	switch (regs->device_feature_select) {
	case 0:
		return regs->device_feature[0];
	case 1:
		word = regs->device_feature[1] & ~(WORD1_ACCESS_PLATFORM | WORD1_ADMIN_VQ);
		if (regs->show_access_platform)
			word |= WORD1_ACCESS_PLATFORM;
		return word;
	default:	/* no feature bits up there that we know */
		return 0;
	}
}

static u32 driver_feature(const struct vfx_registers *regs)
{
	return regs->driver_feature_select < 2 ?
	       regs->driver_feature[regs->driver_feature_select] : 0;
}

/* From here on: a write of a field does what it may, or returns why it is refused. */
static enum vfx_refusal write_driver_feature(struct vfx_registers *regs, u32 value)
{
	if (regs->driver_feature_select >= 2)
		return VFX_REFUSAL_NONE;
	if (read_status(regs) & VIRTIO_CONFIG_S_FEATURES_OK)
		return VFX_REFUSAL_LATE_FEATURES;
	regs->driver_feature[regs->driver_feature_select] = value;
	return VFX_REFUSAL_NONE;
}

/* Rule 1, the first half: both words, as the function is to have them. */
static void forward_features(struct vfx_registers *regs)
{
	u32 word[2] = { regs->driver_feature[0], regs->driver_feature[1] };

	word[1] &= ~(WORD1_ACCESS_PLATFORM | WORD1_ADMIN_VQ);
	word[1] |= regs->device_feature[1] & WORD1_ACCESS_PLATFORM;
	vfx_write_driver_feature(regs->hw, word);
}

/* Is our mark still in the function's selector? A reset takes it away. */
static bool mark_is_there(struct vfx_registers *regs)
{
	return !regs->mark_readable ||
	       regs->hw->read(regs->hw, VIRTIO_PCI_COMMON_GFSELECT, 4) == MARK;
}

/*
 * Write a status of which the function has to keep @wanted, or nothing is agreed
 * on: a reset just before the write left it without features, or it refuses.
 * Return: what the function made of it.
 */
static u32 agree(struct vfx_registers *regs, u32 value, u32 wanted)
{
	u32 status;

	regs->hw->write(regs->hw, VIRTIO_PCI_COMMON_STATUS, 1, value);
	status = read_status(regs);
	regs->agreed = mark_is_there(regs) && status != VFX_STATUS_GONE &&
		       (status & wanted) == wanted;
	return status;
}

/* Rule 2: may the function go (further) live, by its own word and by ours? */
static bool may_go_live(const struct vfx_registers *regs, u32 status)
{
	return status != VFX_STATUS_GONE &&
	       (status & VIRTIO_CONFIG_S_FEATURES_OK) && regs->agreed &&
	       regs->agreed_generation == regs->hw->generation(regs->hw);
}

static enum vfx_refusal reset(struct vfx_registers *regs)
{
	regs->hw->write(regs->hw, VIRTIO_PCI_COMMON_STATUS, 1, 0);
	forget_user(regs);
	regs->reset_pending = true;
	return VFX_REFUSAL_NONE;
}

static enum vfx_refusal write_status(struct vfx_registers *regs, u32 value)
{
	const u32 live = VIRTIO_CONFIG_S_FEATURES_OK | VIRTIO_CONFIG_S_DRIVER_OK;
	u32 status;

	if (value == 0)
		return reset(regs);
	status = read_status(regs);
	if (status == VFX_STATUS_GONE || value == status)
		return VFX_REFUSAL_NONE;
	if (status & ~value & ~(u32)VIRTIO_CONFIG_S_NEEDS_RESET)
		return VFX_REFUSAL_STATUS_CLEAR;

	if (value & ~status & VIRTIO_CONFIG_S_FEATURES_OK) {
		if (regs->require_ack && !(regs->driver_feature[1] & WORD1_ACCESS_PLATFORM))
			return VFX_REFUSAL_FEATURES_OK;
		regs->agreed_generation = regs->generation;
		forward_features(regs);
		status = agree(regs, value & ~(u32)VIRTIO_CONFIG_S_DRIVER_OK,
			       VIRTIO_CONFIG_S_FEATURES_OK);
		if (!(value & VIRTIO_CONFIG_S_DRIVER_OK))
			return VFX_REFUSAL_NONE;
	}

	if ((value & VIRTIO_CONFIG_S_DRIVER_OK) && !may_go_live(regs, status))
		return VFX_REFUSAL_DRIVER_OK;
	if (value & ~status & VIRTIO_CONFIG_S_DRIVER_OK) {
		agree(regs, value, live);
		return VFX_REFUSAL_NONE;
	}
	/* A sane driver sets FAILED here, and then resets the function. */
	if (value & VIRTIO_CONFIG_S_FEATURES_OK)
		regs->agreed = false;
	regs->hw->write(regs->hw, VIRTIO_PCI_COMMON_STATUS, 1, value);
	regs->status_seen = true;
	return VFX_REFUSAL_NONE;
}

/* A driver finds out that there is no such queue by selecting it. */
static enum vfx_refusal write_queue_select(struct vfx_registers *regs, u32 value)
{
	regs->queue_select = (u16)value;
	regs->num_queues = read_num_queues(regs->hw);
	if (queue_is_there(regs))
		regs->hw->write(regs->hw, VIRTIO_PCI_COMMON_Q_SELECT, 2, value);
	return VFX_REFUSAL_NONE;
}

static bool has_ring_reset(const struct vfx_registers *regs)
{
	return regs->driver_feature[1] & regs->device_feature[1] & WORD1_RING_RESET;
}

static enum vfx_refusal write_queue_enable(struct vfx_registers *regs, u32 value)
{
	u32 status = value ? read_status(regs) : 0;

	if (value && (!may_go_live(regs, status) ||
		      ((status & VIRTIO_CONFIG_S_DRIVER_OK) && !has_ring_reset(regs))))
		return VFX_REFUSAL_QUEUE_ENABLE;
	regs->hw->write(regs->hw, VIRTIO_PCI_COMMON_Q_ENABLE, 2, value);
	return VFX_REFUSAL_NONE;
}

static u32 read_field(struct vfx_registers *regs, const struct field *field)
{
	if (field->kind == FIELD_UNKNOWN || field->offset + field->width > regs->length)
		return 0;
	if (is_of_queue(field) && !queue_is_there(regs))
		return 0;
	switch (field->offset) {
	case VIRTIO_PCI_COMMON_DFSELECT:
		return regs->device_feature_select;
	case VIRTIO_PCI_COMMON_DF:
		return device_feature(regs);
	case VIRTIO_PCI_COMMON_GFSELECT:
		return regs->driver_feature_select;
	case VIRTIO_PCI_COMMON_GF:
		return driver_feature(regs);
	case VIRTIO_PCI_COMMON_STATUS:
		return read_status(regs);
	case VIRTIO_PCI_COMMON_Q_SELECT:
		return regs->queue_select;
	default:
		return regs->hw->read(regs->hw, field->offset, field->width);
	}
}

static enum vfx_refusal write_emulated(struct vfx_registers *regs, unsigned int offset,
				       u32 value)
{
	switch (offset) {
	case VIRTIO_PCI_COMMON_DFSELECT:
		regs->device_feature_select = value;
		break;
	case VIRTIO_PCI_COMMON_GFSELECT:
		regs->driver_feature_select = value;
		break;
	case VIRTIO_PCI_COMMON_GF:
		return write_driver_feature(regs, value);
	case VIRTIO_PCI_COMMON_STATUS:
		return write_status(regs, value);
	case VIRTIO_PCI_COMMON_Q_SELECT:
		return write_queue_select(regs, value);
	case VIRTIO_PCI_COMMON_Q_ENABLE:
		return write_queue_enable(regs, value);
	}	/* device_feature is read-only */
	return VFX_REFUSAL_NONE;
}

static enum vfx_refusal write_field(struct vfx_registers *regs, const struct field *field,
				    u32 value)
{
	if (field->offset + field->width > regs->length)
		return VFX_REFUSAL_NONE;
	if (is_of_queue(field) && !queue_is_there(regs))
		return VFX_REFUSAL_ABSENT_QUEUE;
	if (field->kind == FIELD_EMULATED)
		return write_emulated(regs, field->offset, value);
	if (field->kind == FIELD_READ_WRITE)
		regs->hw->write(regs->hw, field->offset, field->width, value);
	return VFX_REFUSAL_NONE;
}

/* Write @len bytes of one field. */
static enum vfx_refusal write_bytes(struct vfx_registers *regs, const struct field *field,
				    const u8 *bytes, unsigned int len)
{
	u32 value = 0;

	/* Settle anew for each field: the one before may have been a reset. */
	if (settle(regs))
		return VFX_REFUSAL_IN_RESET;
	/* Devices disagree on what a write of part of a field does. */
	if (len < field->width)
		return VFX_REFUSAL_PARTIAL;
	for (; len; len--)
		value = value << 8 | bytes[len - 1];
	return write_field(regs, field, value);
}

/* How many of @count bytes at @offset are of the field that is there? */
static unsigned int run_of(const struct field *field, u64 offset, size_t count)
{
	unsigned int left = field->width - ((unsigned int)offset - field->offset);

	return left < count ? left : (unsigned int)count;
}

void vfx_registers_read(struct vfx_registers *regs, u64 offset, u8 *buf, size_t count)
{
	bool in_reset = settle(regs);

	memset(buf, 0, count);
	while (count && offset < VFX_COMMON_MAX) {
		const struct field *field = field_at(offset);
		unsigned int len = run_of(field, offset, count);

		/* Only the status says anything while a reset is pending. */
		if (!in_reset || field->offset == VIRTIO_PCI_COMMON_STATUS)
			vfx_put(buf, read_field(regs, field) >> 8 * (offset - field->offset), len);
		buf += len;
		offset += len;
		count -= len;
	}
}

void vfx_registers_write(struct vfx_registers *regs, u64 offset, const u8 *buf, size_t count)
{
	while (count && offset < VFX_COMMON_MAX) {
		const struct field *field = field_at(offset);
		unsigned int len = run_of(field, offset, count);
		enum vfx_refusal refusal = write_bytes(regs, field, buf, len);

		if (refusal)
			regs->hw->refused(regs->hw, refusal, offset, len);
		buf += len;
		offset += len;
		count -= len;
	}
}
