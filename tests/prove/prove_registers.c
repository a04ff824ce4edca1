// SPDX-License-Identifier: GPL-2.0-only
/*
 * registers - invariant 3, after any number of accesses: by induction.
 *
 * The register file and the function are in any state that invariant() allows;
 * one access later, with resets at any moment of it, they are in one again, and
 * at no moment was the function live without the ack. What init makes of a
 * function that was reset is such a state.
 *
 * Bounds: one access of one field or part of it, or of up to 4 bytes behind the
 * fields, from any state that the invariant allows (an access of more fields is
 * a sequence of these); fewer than 2^31 announced resets.
 * Core: border.c, registers.c
 * CBMC: --unwind 8 --unsigned-overflow-check
 * CBMC: --unwindset vfx_registers_read.0:2,vfx_registers_write.0:2
 */
#include "prove.h"
#include "border.c"
#include "registers.c"
#include "device.h"

/* What is so between two accesses. */
static bool invariant(const struct device *d, u32 user_selector)
{
	const struct vfx_registers *c = d->regs;
	bool agreed = c->agreed && c->agreed_generation == d->generation;

	return c->length >= VFX_COMMON_MIN &&
	       c->length <= VFX_COMMON_MAX &&
	       c->show_access_platform == c->require_ack &&
	       c->generation <= d->generation && d->generation < 0x7fffffff &&
	       implies(c->mark_readable, d->readable && d->selector_at_reset != MARK) &&
	       /* Live only as negotiated. */
	       implies(is_live(d), negotiated(d)) &&
	       /* A DRIVER_OK that slipped past a reset finds no queue, and gets none. */
	       implies(agreed && (d->status & VIRTIO_CONFIG_S_FEATURES_OK) && !negotiated(d),
		       (d->status & VIRTIO_CONFIG_S_DRIVER_OK) && !d->queue && !has_ring_reset(c) &&
		       !c->mark_readable) &&
	       implies(c->agreed, c->status_seen && c->agreed_generation <= c->generation &&
		       !(c->agreed_generation & 1)) &&
	       /* Only the user says what the user said. */
	       implies(c->driver_feature[1] & WORD1_ACCESS_PLATFORM, d->user_acked) &&
	       (!c->driver_feature_select || c->driver_feature_select == user_selector) &&
	       /* While a reset is pending all is forgotten. */
	       implies(d->resetting, c->reset_pending && d->status) &&
	       implies(c->reset_pending || (c->generation & 1),
		       !c->agreed && !c->driver_feature_select && !c->driver_feature[1]);
}

static void any_state(struct device *d, struct vfx_registers *c)
{
	any_registers(c);
	d->status = nondet_u8();
	d->selector = nondet_u32();
	d->selected = any();
	d->selector_at_reset = nondet_u32();
	d->readable = any();
	d->acked = any();
	d->num_queues = nondet_u16();
	d->queue = any();
	d->resetting = any();
	d->there = false;
	d->generation = nondet_u32();
	d->user_acked = any();
	d->user_had_acked = any();
	d->lost_features = any();
	d->lost_status = any();
	connect(d, c);
}

/* The base: what init makes of a function that was reset. */
static void check_init(struct device *d, struct vfx_registers *c)
{
	u32 feature[2] = { nondet_u32(), nondet_u32() };
	enum virtio_fixup_view view = (enum virtio_fixup_view)nondet_u32();
	u64 length = nondet_u64();

	ASSUME(length >= VFX_COMMON_MIN);
	/* For the model's own checks; init sets all of them. */
	c->device_feature[1] = feature[1];
	c->length = VFX_COMMON_MIN;
	reset_device(d);
	d->user_acked = false;
	d->there = true;	/* it has just answered */
	vfx_registers_init(c, &d->hw, length, feature, view);
	CHECK(invariant(d, 0), "init makes a state that the invariant allows");
	CHECK(c->device_feature_select == 0 && c->driver_feature_select == 0 &&
	      !c->agreed && !c->reset_pending && !c->status_seen, "and remembers nobody");
}

void prove_registers(void)
{
	struct vfx_registers regs;
	struct device device;
	u32 user_selector = nondet_u32();

	any_state(&device, &regs);
	if (any()) {
		check_init(&device, &regs);
		return;
	}
	ASSUME(invariant(&device, user_selector));
	one_access(&device, &regs, &user_selector);
	CHECK(invariant(&device, user_selector), "the invariant holds again");
#ifdef WITNESS
	CHECK(!is_live(&device), "WITNESS: it can be live");
#endif
}
