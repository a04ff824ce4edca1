// SPDX-License-Identifier: GPL-2.0-only
/* The device of canary_device.h. */
#include "canary_device.h"
#include "unit.h"

#define ADDRESS			0x12340000000ull
#define NO_VECTOR		0xffff
/* The vectors of its last driver, which this function keeps over a reset. */
#define LAST_DRIVERS_VECTOR	1

static struct device *of_hw(struct vfx_hw *hw)
{
	return (struct device *)((char *)hw - offsetof(struct device, hw));
}

static struct device *of_canary(struct vfx_canary *canary)
{
	return (struct device *)((char *)canary - offsetof(struct device, canary));
}

static u8 *at(struct device *d, unsigned int which, u64 address)
{
	return d->memory[which] + GUARD + (address - ADDRESS);
}

static enum where where(const struct device *d)
{
	if (d->turns_after && d->acked_kicks > d->turns_after)
		return BYPASS;
	return d->was_acked ? d->acked : d->unacked;
}

static void dma_write(struct device *d, u64 address, const void *data, size_t len)
{
	enum where to = where(d);

	if (to == TRANSLATED || to == BOTH)
		memcpy(at(d, 0, address), data, len);
	if (to == BYPASS || to == BOTH)
		memcpy(at(d, 1, address), data, len);
}

static u8 *dma_read(struct device *d, u64 address)
{
	return at(d, where(d) == BYPASS, address);
}

/* Nobody handles an interrupt of this function, so its driver has to ask for none. */
static void expect_no_interrupt(struct device *d, u16 queue)
{
	u64 avail = d->ring[queue][1];

	CHECK_EQ(vfx_get16(dma_read(d, avail)), 1);		/* VIRTQ_AVAIL_F_NO_INTERRUPT */
	CHECK_EQ(vfx_get16(dma_read(d, avail + 4 + 2ull * d->queue_size[queue])),
		 0x7fff);					/* used_event */
	CHECK_EQ(d->vector[queue], NO_VECTOR);
	CHECK_EQ(d->config_vector, NO_VECTOR);
}

/* One kick: avail_event, and every request that is there. */
static void serve(struct device *d, u16 queue)
{
	u32 size = d->own_queue_size ? d->max_entries : d->queue_size[queue];
	u64 desc = d->ring[queue][0], avail = d->ring[queue][1], used = d->ring[queue][2];
	u16 index = vfx_get16(dma_read(d, avail + 2)), zero = 0;

	if (where(d) == NOWHERE || d->mute || queue == d->mute_queue)
		return;
	if (!d->no_event_idx && (d->driver_feature[0] & (1u << 29)))
		dma_write(d, used + 4 + 8ull * size, &zero, 2);
	if (d->event_idx_only || index != 1)
		return;
	if (d->answers && d->answered++ >= d->answers)
		return;
	for (u32 i = 0; i < 4; i++) {
		u8 *entry = dma_read(d, desc + 16 * i);
		u16 flags = vfx_get16(entry + 12);
		u64 address = vfx_get32(entry) |
			      (u64)vfx_get32(entry + 4) << 32;

		if (flags & 2) {
			u8 answer[512] = { 1, 2, 3 };
			u32 len = vfx_get32(entry + 8);

			CHECK(len <= sizeof(answer));
			dma_write(d, address, answer, len);
		}
		if (!(flags & 1))
			break;
	}
	dma_write(d, used + 2, &index, 2);
}

/* What it writes where nobody told it to. */
static void stray(struct device *d)
{
	u64 address = ADDRESS + d->strays_to;

	if (d->strays == TRANSLATED || d->strays == BOTH)
		*at(d, 0, address) = 0x11;
	if (d->strays == BYPASS || d->strays == BOTH)
		*at(d, 1, address) = 0x11;
}

static void reset_device(struct device *d)
{
	if (d->owes && d->late)
		serve(d, d->owed_queue);
	d->owes = false;
	if (!d->sticky)
		d->was_acked = false;
	d->status = 0;
	memset(d->driver_feature, 0, sizeof(d->driver_feature));
	memset(d->enabled, 0, sizeof(d->enabled));
	d->config_vector = LAST_DRIVERS_VECTOR;
	for (unsigned int i = 0; i < 4; i++) {
		d->queue_size[i] = d->max_entries;
		d->vector[i] = LAST_DRIVERS_VECTOR;
	}
}

static u32 model_read(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	struct device *d = of_hw(hw);

	if (d->gone)
		return width == 4 ? ~0u : (1u << (8 * width)) - 1;
	switch (offset) {
	case 0x12:
		return d->queues;
	case 0x14:
		if (d->resetting && d->reset_takes != ~0u)
			d->resetting--;
		return d->resetting ? 0x0f : d->status;
	case 0x18:
		return d->queue_size[d->queue_select];
	case 0x1e:
		return d->queue_select;
	}
	CHECK_IN(false, "it reads offset 0x%x", offset);
}

/* Would it go live with what its driver has set up? */
static bool is_content(const struct device *d)
{
	for (unsigned int i = 0; i < d->queues && i < 4; i++) {
		if (d->needs_all_queues && !d->enabled[i])
			return false;
		if (d->enabled[i] && d->queue_size[i] < d->needs_entries)
			return false;
	}
	return !(d->needs[0] & ~d->driver_feature[0]) && !(d->needs[1] & ~d->driver_feature[1]);
}

static void go_live(struct device *d)
{
	d->times_live++;
	for (unsigned int i = 0; d->looks_when_live && i < d->queues; i++) {
		CHECK_EQ(vfx_get16(dma_read(d, d->ring[i][1] + 2)), 0);
		serve(d, i);
	}
}

static void write_status(struct device *d, u32 value)
{
	if (value == 0) {
		if (d->sticks && (d->status & 8))
			d->reset_takes = ~0u;
		reset_device(d);
		d->resetting = d->reset_takes;
		return;
	}
	if ((value & 8) && !(d->status & 8)) {
		bool ack = d->driver_feature[1] & OFFERS;

		CHECK_IN(!(d->driver_feature[0] & ~d->feature[0]), "acks what is not offered");
		if (d->refuses_unacked && !ack && (d->feature[1] & OFFERS) &&
		    (!d->checks_features || (d->driver_feature[1] & 1)))
			value &= ~8u;
		d->was_acked |= ack;
	}
	if (value & 4)
		value |= is_content(d) ? d->refuses_live : 0x40;
	if ((value & 4) && !(value & 0xc0) && !(d->status & 4))
		go_live(d);
	d->status = value;
	d->gone |= d->leaves && (value & 8);
	if ((value & 4) && d->resets_itself)
		reset_device(d);
}

static void model_write(struct vfx_hw *hw, unsigned int offset, unsigned int width,
			u32 value)
{
	struct device *d = of_hw(hw);

	(void)width;
	if (d->gone)
		return;
	switch (offset) {
	case 0x08: d->feature_select = value; break;
	case 0x0c:
		d->driver_feature[d->feature_select & 1] = value;
		if (d->unseats && (d->status & 8) && d->feature_select == 1)
			d->was_acked = value & OFFERS;
		break;
	case 0x10: d->config_vector = value; break;
	case 0x14: write_status(d, value); break;
	case 0x16: CHECK(value < d->queues); d->queue_select = value; break;
	case 0x18:
		if (!d->fixed_queue_size)
			d->queue_size[d->queue_select] = d->loses_queue_size ? 0 : value;
		break;
	case 0x1a: d->vector[d->queue_select] = value; break;
	case 0x1c: d->enabled[d->queue_select] = value; break;
	default:
		CHECK_IN(offset >= 0x20 && offset < 0x38, "it writes offset 0x%x", offset);
		u64 *ring = &d->ring[d->queue_select][(offset - 0x20) / 8];

		*ring = offset & 4 ? (*ring & 0xffffffff) | (u64)value << 32 :
				     (*ring & ~0xffffffffull) | value;
	}
}

static void model_pause(struct vfx_hw *hw, unsigned int usecs)
{
	CHECK(usecs > 0);
	of_hw(hw)->waited_us += usecs;
}

static bool model_notify(struct vfx_canary *canary, u16 queue, u16 offset)
{
	struct device *d = of_canary(canary);

	CHECK_EQ(offset, queue);
	CHECK_IN(d->enabled[queue], "kicks queue %u, which is off", queue);
	d->kicks++;
	d->acked_kicks += d->was_acked;
	if (d->no_notify)
		return false;
	stray(d);
	if (!(d->status & 4))
		return true;
	expect_no_interrupt(d, queue);
	if (d->late) {
		d->owes = true;
		d->owed_queue = queue;
	} else {
		serve(d, queue);
	}
	return true;
}

static bool model_has_time(struct vfx_canary *canary)
{
	struct device *d = of_canary(canary);

	return !d->has_time_for || d->runs++ < d->has_time_for;
}

static int model_reset_function(struct vfx_canary *canary)
{
	struct device *d = of_canary(canary);

	if (!d->has_function_reset)
		return -ENOTTY;
	d->function_resets++;
	reset_device(d);
	d->was_acked = false;
	return 0;
}

struct device device_make(u16 type, enum where unacked, enum where acked)
{
	struct device d = {
		.type = type, .unacked = unacked, .acked = acked,
		.feature = { 1u << 29 | 1u << 17, 1 | (acked == NOWHERE ? 0 : OFFERS) },
		.max_entries = 256, .queues = 3, .mute_queue = ~0u,
	};

	return d;
}

static void device_start(struct device *d)
{
	struct vfx_canary *c = &d->canary;

	if (d->memory[0])
		return;
	for (unsigned int i = 0; i < 2; i++) {
		d->memory[i] = malloc(VFX_BLOCK_SIZE + 2 * GUARD);
		memset(d->memory[i], 0x5e, VFX_BLOCK_SIZE + 2 * GUARD);
	}
	d->hw = (struct vfx_hw){
		.read = model_read, .write = model_write, .pause = model_pause,
		.patience_us = 1000000,
	};
	c->hw = &d->hw;
	c->block_translated = d->memory[0] + GUARD;
	c->block_bypass = d->memory[1] + GUARD;
	c->reference = malloc(VFX_BLOCK_SIZE);
	c->address = ADDRESS;
	c->notify = model_notify;
	c->reset_function = model_reset_function;
	c->has_time = model_has_time;
	reset_device(d);
}

int device_run(struct device *d, enum vfx_way way, enum vfx_outcome *outcome)
{
	device_start(d);
	return vfx_canary_run(&d->canary, d->type, d->feature, way, outcome);
}

int device_measure(struct device *d, struct vfx_seen *seen)
{
	device_start(d);
	return vfx_run_all(&d->canary, d->type, d->feature, seen);
}

void device_finish(struct device *d)
{
	free(d->memory[0]);
	free(d->memory[1]);
	free(d->canary.reference);
}

void device_expect(struct device *d, enum vfx_outcome unacked,
		   enum vfx_outcome acked)
{
	enum vfx_outcome seen;

	CHECK_EQ(device_run(d, VFX_WAY_UNACKED, &seen), 0);
	CHECK_IN(seen == unacked, "type %u, unacked: %s", d->type,
		 vfx_outcome_word(seen));
	if (d->feature[1] & OFFERS) {
		CHECK_EQ(device_run(d, VFX_WAY_ACKED, &seen), 0);
		CHECK_IN(seen == acked, "type %u, acked: %s", d->type,
			 vfx_outcome_word(seen));
	}
	if (!d->resetting)
		CHECK_EQ(d->status, 0);
	for (unsigned int i = 0; i < 2; i++)
		for (unsigned int j = 0; j < GUARD; j++) {
			CHECK_EQ(d->memory[i][j], 0x5e);
			CHECK_EQ(d->memory[i][GUARD + VFX_BLOCK_SIZE + j], 0x5e);
		}
	device_finish(d);
}
