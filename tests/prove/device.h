/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function as the register file may meet it, with every choice left open:
 *
 *  - it is reset at any moment between two accesses. Announced: the generation
 *    turns odd, resets happen, it turns even. Or not announced at all;
 *  - a reset takes status, features, queues and driver_feature_select back;
 *  - how many queues it has is anything, and changes at any moment;
 *  - it takes FEATURES_OK with any features, or refuses; it takes DRIVER_OK and a
 *    queue, or does not; what it reads is anything, but its status, and its
 *    driver_feature_select if @readable, which read true or all ones;
 *  - a status of 0 takes effect later, and until then reads as it was.
 *
 * It is live with DRIVER_OK and any one queue enabled, whatever else it was told.
 * What the contract leaves out is in excluded(): the two races that design.rst
 * says remain.
 */
#ifndef VFX_DEVICE_H
#define VFX_DEVICE_H

#include "prove.h"

struct device {
	struct vfx_hw hw;
	const struct vfx_registers *regs;
	u8 status;
	u32 selector;		/* driver_feature_select */
	u32 selector_at_reset;
	bool readable;		/* the selector is */
	bool acked;		/* bit 33 is in its driver_feature */
	bool selected;		/* the selector is as it was written last */
	u16 num_queues;		/* as it was read last */
	bool queue;		/* one at least is enabled */
	bool resetting;		/* for a status of 0 */
	bool there;		/* it does not read all ones */
	unsigned int generation;
	/* Nothing of the device's: who did what. */
	bool user_acked;	/* since the user last wrote status 0 */
	bool user_had_acked;	/* when FEATURES_OK came */
	bool writing_features;	/* the selector was set, and no status came yet */
	bool lost_features;	/* not announced, since the selector was set */
	bool lost_status;	/* not announced, since the status was read */
};

static inline bool offers(const struct device *d)
{
	return vfx_offers_access_platform(d->regs->device_feature);
}

/* Is all in order with the negotiation that the function remembers? */
static inline bool negotiated(const struct device *d)
{
	return implies(offers(d), d->acked) && implies(d->regs->require_ack, d->user_had_acked);
}

static inline bool is_live(const struct device *d)
{
	return (d->status & VIRTIO_CONFIG_S_DRIVER_OK) && d->queue;
}

static inline void check_safe(const struct device *d)
{
	CHECK(implies(is_live(d) && offers(d), d->acked),
	      "a function that offers bit 33 is live with the ack only");
	CHECK(implies(is_live(d) && d->regs->require_ack, d->user_had_acked),
	      "in the platform view it is live only if its user acked");
}

static inline void reset_device(struct device *d)
{
	d->status = 0;
	d->selector = d->selector_at_reset;
	d->selected = false;
	d->acked = false;
	d->queue = false;
	d->resetting = false;
	d->user_had_acked = false;
}

/* Between two accesses: whatever may happen. */
static inline void moment(struct device *d)
{
	ASSUME(d->generation < 0x7ffffff0);
	if ((d->generation & 1) && any())
		d->generation++;
	if (!(d->generation & 1) && any())
		d->generation++;
	if (any()) {
		reset_device(d);
		if (!(d->generation & 1)) {
			d->lost_features = true;
			d->lost_status = true;
		}
	}
	if ((d->generation & 1) && any())
		d->generation++;
	if (d->resetting && any())
		reset_device(d);
	check_safe(d);
}

/* What design.rst says remains of a reset that nobody announces. */
static inline bool excluded(const struct device *d, u32 status)
{
#ifndef WITHOUT_MARK
	if (d->writing_features && d->lost_features && !d->regs->mark_readable)
		return true;
#endif
#ifndef WITH_RING_RESET
	if ((status & VIRTIO_CONFIG_S_DRIVER_OK) && d->lost_status && has_ring_reset(d->regs) &&
	    !d->regs->mark_readable)
		return true;
#endif
	return false;
}

static inline void check_access(const struct device *d, unsigned int offset,
				unsigned int width)
{
	CHECK(width == 1 || width == 2 || width == 4, "a width there is");
	CHECK(offset % width == 0, "aligned");
	CHECK(offset + width <= d->regs->length, "within the structure");
}

static inline bool reads_ones(const struct device *d)
{
	return !d->there && any();
}

static u32 device_read(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	struct device *d = (struct device *)hw;

	check_access(d, offset, width);
	moment(d);
	switch (offset) {
	case VIRTIO_PCI_COMMON_NUMQ:
		d->num_queues = reads_ones(d) ? 0xffff : nondet_u16();
		return d->num_queues;
	case VIRTIO_PCI_COMMON_STATUS:
		d->lost_status = false;
		return reads_ones(d) ? VFX_STATUS_GONE : d->status;
	case VIRTIO_PCI_COMMON_GFSELECT:
		return reads_ones(d) ? ~0u : d->readable ? d->selector : d->selector_at_reset;
	default:
		return width == 4 ? nondet_u32() : width == 2 ? nondet_u16() : nondet_u8();
	}
}

static inline void take_status(struct device *d, u8 value)
{
	u8 status = value;

	if (value & ~d->status & VIRTIO_CONFIG_S_FEATURES_OK)
		d->user_had_acked = d->user_acked;
	/* It refuses the features, or to go live, or has something to say. */
	if ((value & ~d->status & VIRTIO_CONFIG_S_FEATURES_OK) && any())
		status &= ~VIRTIO_CONFIG_S_FEATURES_OK;
	if ((value & ~d->status & VIRTIO_CONFIG_S_DRIVER_OK) && any())
		status &= ~VIRTIO_CONFIG_S_DRIVER_OK;
	if (any())
		status |= VIRTIO_CONFIG_S_NEEDS_RESET;
	d->status = status;
}

static void device_write(struct vfx_hw *hw, unsigned int offset, unsigned int width,
			 u32 value)
{
	struct device *d = (struct device *)hw;

	check_access(d, offset, width);
	moment(d);
	if (offset == VIRTIO_PCI_COMMON_GF && d->selected && d->selector == 1)
		CHECK(implies(value & WORD1_ACCESS_PLATFORM, offers(d)) &&
		      !(value & WORD1_ADMIN_VQ), "told only what it offers, and no admin");
	if (offset == VIRTIO_PCI_COMMON_Q_SELECT)
		CHECK(!value || value < d->num_queues, "an admin queue is never selected");
	if (offset >= VIRTIO_PCI_COMMON_Q_SIZE && offset <= VIRTIO_PCI_COMMON_Q_RESET)
		CHECK(d->regs->queue_select < d->regs->num_queues,
		      "what is meant for a queue that is not there goes to no other");
	if (offset == VIRTIO_PCI_COMMON_STATUS) {
		ASSUME(!excluded(d, value));
		d->writing_features = false;
	}
	if (offset == VIRTIO_PCI_COMMON_GFSELECT) {
		d->writing_features = true;
		d->lost_features = false;
	}

	switch (offset) {
	case VIRTIO_PCI_COMMON_GFSELECT:
		d->selector = value;
		d->selected = true;
		break;
	case VIRTIO_PCI_COMMON_GF:
		if (d->selector == 1)
			d->acked = value & WORD1_ACCESS_PLATFORM;
		break;
	case VIRTIO_PCI_COMMON_STATUS:
		if (value)
			take_status(d, (u8)value);
		else if (!d->status)
			reset_device(d);
		else
			d->resetting = true;
		break;
	case VIRTIO_PCI_COMMON_Q_ENABLE:
		d->queue = any() ? value != 0 : d->queue;
		break;
	case VIRTIO_PCI_COMMON_Q_RESET:
		d->queue = d->queue && any();
		break;
	}
	check_safe(d);
}

static unsigned int device_generation(struct vfx_hw *hw)
{
	struct device *d = (struct device *)hw;

	moment(d);
	return d->generation;
}

static void device_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset,
			   size_t count)
{
	CHECK(refusal > VFX_REFUSAL_NONE && refusal < VFX_REFUSALS, "a refusal there is");
	CHECK(count && offset + count <= VFX_COMMON_MAX, "of a register there is");
}

static inline void connect(struct device *d, struct vfx_registers *regs)
{
	d->hw.read = device_read;
	d->hw.write = device_write;
	d->hw.generation = device_generation;
	d->hw.refused = device_refused;
	d->regs = regs;
	regs->hw = &d->hw;
}

/*
 * One access of a user: any offset, one field or part of it. What the user
 * says of bit 33 is taken from what it writes, not from what regs made of it.
 */
struct access {
	u64 offset;
	size_t count;
	u8 bytes[4];
	bool is_write;
};

static inline bool writes_field(const struct access *a, unsigned int offset,
				unsigned int width)
{
	return a->is_write && a->offset <= offset && a->offset + a->count >= offset + width;
}

static inline void one_access(struct device *d, struct vfx_registers *regs,
			      u32 *user_selector)
{
	struct access a = {
		.offset = nondet_u64(), .count = nondet_u8() % 5, .is_write = any(),
	};
	unsigned int i;

	for (i = 0; i < sizeof(a.bytes); i++)
		a.bytes[i] = nondet_u8();
	ASSUME(a.offset <= ~0ull - sizeof(a.bytes));
	/* An access of more fields is a sequence of these. */
	if (a.offset < VFX_COMMON_MAX)
		ASSUME(a.offset + a.count <= fields[a.offset].offset + fields[a.offset].width);
	/* The doors are shut while an access is under way: the user's own resets are here. */
	moment(d);
	d->writing_features = false;

	if (writes_field(&a, VIRTIO_PCI_COMMON_GFSELECT, 4))
		*user_selector = vfx_get32(&a.bytes[VIRTIO_PCI_COMMON_GFSELECT - a.offset]);
	if (writes_field(&a, VIRTIO_PCI_COMMON_GF, 4) && *user_selector == 1 &&
	    (a.bytes[VIRTIO_PCI_COMMON_GF - a.offset] & WORD1_ACCESS_PLATFORM))
		d->user_acked = true;

	if (!a.is_write) {
		vfx_registers_read(regs, a.offset, a.bytes, a.count);
		return;
	}
	vfx_registers_write(regs, a.offset, a.bytes, a.count);
	if (writes_field(&a, VIRTIO_PCI_COMMON_STATUS, 1) && !a.bytes[VIRTIO_PCI_COMMON_STATUS - a.offset])
		d->user_acked = false;
}

#endif
