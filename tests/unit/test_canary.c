// SPDX-License-Identifier: GPL-2.0-only
/*
 * The canary against a model device that does its own DMA: to the block behind
 * the IOMMU, past it, to both, to neither, late, or with a queue larger than it
 * was given. The memory around the blocks belongs to somebody else.
 */
#include "unit.h"
#include "canary.h"

enum where { NOWHERE, TRANSLATED, BYPASS, BOTH };

#define GUARD		(64 * 1024)
#define ADDRESS		0x12340000000ull
#define OFFERS		(1u << 1)		/* word 1, with VERSION_1 */

struct device {
	struct virtio_fixup_canary canary;
	struct virtio_fixup_hw hw;
	u8 *memory[2];		/* guard, block, guard: translated, bypass */
	/* What it is like. */
	u16 type;
	u32 feature[2];
	enum where unacked, acked;
	bool refuses_unacked;
	bool refuses_live;	/* DRIVER_OK gives NEEDS_RESET */
	bool event_idx_only;	/* answers an empty ring, and nothing else */
	bool no_event_idx;	/* does not write avail_event */
	bool mute;
	bool late;		/* answers in the reset that ends the run */
	bool sticky;		/* remembers an ack over a reset */
	bool own_queue_size;	/* uses the largest size, whatever it was given */
	bool fixed_queue_size;	/* says so, too */
	bool gone;		/* all registers read all ones */
	bool resets_itself;	/* at DRIVER_OK */
	unsigned int reset_takes;	/* status reads; ~0: never finishes */
	unsigned int mute_queue;	/* one queue that does not answer */
	int fail_after;		/* accesses until they fail; 0: never */
	u16 max_entries, queues;
	/* What it is doing. */
	u32 status, driver_feature[2], select, feature_select, device_select;
	u32 queue_select, queue_size[4], enabled[4];
	u64 ring[4][3];
	unsigned int resetting, accesses, pauses, kicks;
	bool was_acked, owes;
	u16 owed_queue;
};

static struct device *of_hw(struct virtio_fixup_hw *hw)
{
	return (struct device *)((char *)hw - offsetof(struct device, hw));
}

static struct device *of_canary(struct virtio_fixup_canary *canary)
{
	return (struct device *)((char *)canary - offsetof(struct device, canary));
}

static u8 *at(struct device *d, unsigned int which, u64 address)
{
	return d->memory[which] + GUARD + (address - ADDRESS);
}

static enum where where(const struct device *d)
{
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

/* One kick: avail_event, and every request that is there. */
static void serve(struct device *d, u16 queue)
{
	u32 size = d->own_queue_size ? d->max_entries : d->queue_size[queue];
	u64 desc = d->ring[queue][0], avail = d->ring[queue][1], used = d->ring[queue][2];
	u16 index = virtio_fixup_get16(dma_read(d, avail + 2)), zero = 0;

	if (where(d) == NOWHERE || d->mute || queue == d->mute_queue)
		return;
	if (!d->no_event_idx && (d->driver_feature[0] & (1u << 29)))
		dma_write(d, used + 4 + 8ull * size, &zero, 2);
	if (d->event_idx_only || index != 1)
		return;
	for (u32 i = 0; i < 4; i++) {
		u8 *entry = dma_read(d, desc + 16 * i);
		u16 flags = virtio_fixup_get16(entry + 12);
		u64 address = virtio_fixup_get32(entry) |
			      (u64)virtio_fixup_get32(entry + 4) << 32;

		if (flags & 2) {
			u8 answer[512] = { 1, 2, 3 };
			u32 len = virtio_fixup_get32(entry + 8);

			CHECK(len <= sizeof(answer));
			dma_write(d, address, answer, len);
		}
		if (!(flags & 1))
			break;
	}
	dma_write(d, used + 2, &index, 2);
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
	for (unsigned int i = 0; i < 4; i++)
		d->queue_size[i] = d->max_entries;
}

static bool broken(struct device *d)
{
	d->accesses++;
	return d->fail_after && d->accesses >= (unsigned int)d->fail_after;
}

static int model_read(struct virtio_fixup_hw *hw, unsigned int offset, unsigned int width,
		      u32 *value)
{
	struct device *d = of_hw(hw);

	if (broken(d))
		return -EIO;
	if (d->gone) {
		*value = width == 4 ? ~0u : (1u << (8 * width)) - 1;
		return 0;
	}
	*value = 0;
	switch (offset) {
	case 0x04: *value = d->device_select < 2 ? d->feature[d->device_select] : 0; break;
	case 0x12: *value = d->queues; break;
	case 0x14:
		if (d->resetting && d->reset_takes != ~0u)
			d->resetting--;
		*value = d->resetting ? 0x0f : d->status;
		break;
	case 0x18: *value = d->queue_size[d->queue_select]; break;
	case 0x1e: *value = d->queue_select; break;
	default: CHECK_IN(false, "it reads offset 0x%x", offset);
	}
	return 0;
}

static void write_status(struct device *d, u32 value)
{
	if (value == 0) {
		reset_device(d);
		d->resetting = d->reset_takes;
		return;
	}
	if ((value & 8) && !(d->status & 8)) {
		bool ack = d->driver_feature[1] & OFFERS;

		CHECK_IN(!(d->driver_feature[0] & ~d->feature[0]), "acks what is not offered");
		if (d->refuses_unacked && !ack && (d->feature[1] & OFFERS))
			value &= ~8u;
		d->was_acked |= ack;
	}
	if ((value & 4) && d->refuses_live)
		value |= 0x40;
	d->status = value;
	if ((value & 4) && d->resets_itself)
		reset_device(d);
}

static int model_write(struct virtio_fixup_hw *hw, unsigned int offset, unsigned int width,
		       u32 value)
{
	struct device *d = of_hw(hw);

	(void)width;
	if (broken(d))
		return -EIO;
	if (d->gone)
		return 0;
	switch (offset) {
	case 0x00: d->device_select = value; break;
	case 0x08: d->feature_select = value; break;
	case 0x0c: d->driver_feature[d->feature_select & 1] = value; break;
	case 0x10: case 0x1a: CHECK_EQ(value, 0xffff); break;
	case 0x14: write_status(d, value); break;
	case 0x16: CHECK(value < d->queues); d->queue_select = value; break;
	case 0x18:
		if (!d->fixed_queue_size)
			d->queue_size[d->queue_select] = value;
		break;
	case 0x1c: d->enabled[d->queue_select] = value; break;
	default:
		CHECK_IN(offset >= 0x20 && offset < 0x38, "it writes offset 0x%x", offset);
		u64 *ring = &d->ring[d->queue_select][(offset - 0x20) / 8];

		*ring = offset & 4 ? (*ring & 0xffffffff) | (u64)value << 32 :
				     (*ring & ~0xffffffffull) | value;
	}
	return 0;
}

static unsigned int model_generation(struct virtio_fixup_hw *hw)
{
	(void)hw;
	return 0;
}

static bool model_notify(struct virtio_fixup_canary *canary, u16 queue, u16 offset)
{
	struct device *d = of_canary(canary);

	CHECK_EQ(offset, queue);
	CHECK_IN(d->enabled[queue], "kicks queue %u, which is off", queue);
	d->kicks++;
	if (!(d->status & 4))
		return true;
	if (d->late) {
		d->owes = true;
		d->owed_queue = queue;
	} else {
		serve(d, queue);
	}
	return true;
}

static void model_pause(struct virtio_fixup_canary *canary, unsigned int usecs)
{
	CHECK(usecs > 0);
	of_canary(canary)->pauses++;
}

static struct device make(u16 type, enum where unacked, enum where acked)
{
	struct device d = {
		.type = type, .unacked = unacked, .acked = acked,
		.feature = { 1u << 29 | 1u << 17, 1 | (acked == NOWHERE ? 0 : OFFERS) },
		.max_entries = 256, .queues = 3, .mute_queue = ~0u,
	};

	return d;
}

static int run(struct device *d, bool ack, enum virtio_fixup_outcome *outcome)
{
	struct virtio_fixup_canary *c = &d->canary;

	if (!d->memory[0]) {
		for (unsigned int i = 0; i < 2; i++) {
			d->memory[i] = malloc(VIRTIO_FIXUP_BLOCK_SIZE + 2 * GUARD);
			memset(d->memory[i], 0x5e, VIRTIO_FIXUP_BLOCK_SIZE + 2 * GUARD);
		}
		d->hw = (struct virtio_fixup_hw){ model_read, model_write, model_generation };
		c->hw = &d->hw;
		c->block_translated = d->memory[0] + GUARD;
		c->block_bypass = d->memory[1] + GUARD;
		c->reference = malloc(VIRTIO_FIXUP_BLOCK_SIZE);
		c->address = ADDRESS;
		c->notify = model_notify;
		c->pause = model_pause;
		reset_device(d);
	}
	return virtio_fixup_canary_run(c, d->type, d->feature, ack, outcome);
}

static void finish(struct device *d)
{
	free(d->memory[0]);
	free(d->memory[1]);
	free(d->canary.reference);
}

/* Both runs as the driver makes them, and the neighbours' memory afterwards. */
static void expect(struct device *d, enum virtio_fixup_outcome unacked,
		   enum virtio_fixup_outcome acked)
{
	enum virtio_fixup_outcome seen;

	CHECK_EQ(run(d, false, &seen), 0);
	CHECK_IN(seen == unacked, "type %u, unacked: %s", d->type,
		 virtio_fixup_outcome_word(seen));
	if (d->feature[1] & OFFERS) {
		CHECK_EQ(run(d, true, &seen), 0);
		CHECK_IN(seen == acked, "type %u, acked: %s", d->type,
			 virtio_fixup_outcome_word(seen));
	}
	if (!d->resetting)
		CHECK_EQ(d->status, 0);
	for (unsigned int i = 0; i < 2; i++)
		for (unsigned int j = 0; j < GUARD; j++) {
			CHECK_EQ(d->memory[i][j], 0x5e);
			CHECK_EQ(d->memory[i][GUARD + VIRTIO_FIXUP_BLOCK_SIZE + j], 0x5e);
		}
	finish(d);
}

static const u16 types[] = { 1, 2, 4, 8, 16 };

static const enum virtio_fixup_outcome outcomes[] = {
	[NOWHERE] = VIRTIO_FIXUP_SAW_SILENCE,
	[TRANSLATED] = VIRTIO_FIXUP_SAW_TRANSLATED,
	[BYPASS] = VIRTIO_FIXUP_SAW_BYPASS,
	[BOTH] = VIRTIO_FIXUP_SAW_BYPASS,
};

TEST(every_combination_of_where_it_writes_is_seen_for_every_recipe)
{
	for (unsigned int t = 0; t < COUNT(types); t++)
		for (enum where unacked = NOWHERE; unacked <= BOTH; unacked++)
			for (enum where acked = NOWHERE; acked <= BOTH; acked++) {
				struct device d = make(types[t], unacked, acked);

				expect(&d, outcomes[unacked], outcomes[acked]);
			}
}

TEST(a_request_is_enough_where_avail_event_is_not_written)
{
	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device d = make(types[t], BYPASS, TRANSLATED);

		d.no_event_idx = true;
		expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_TRANSLATED);
	}
}

TEST(an_empty_ring_is_enough_where_avail_event_is_written)
{
	struct device d = make(2, BYPASS, TRANSLATED);

	d.event_idx_only = true;
	expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_TRANSLATED);
}

TEST(without_event_idx_only_requests_are_made)
{
	struct device d = make(2, TRANSLATED, NOWHERE);

	d.feature[0] = 0;
	expect(&d, VIRTIO_FIXUP_SAW_TRANSLATED, VIRTIO_FIXUP_NOT_RUN);
}

TEST(a_device_that_answers_nothing_is_silent_within_a_bound)
{
	for (unsigned int t = 0; t < COUNT(types); t++) {
		struct device d = make(types[t], BYPASS, BYPASS);

		d.mute = true;
		expect(&d, VIRTIO_FIXUP_SAW_SILENCE, VIRTIO_FIXUP_SAW_SILENCE);
		CHECK_IN(d.canary.waited_us < 150000, "%u us", d.canary.waited_us);
	}
}

TEST(an_answer_as_late_as_the_reset_is_seen)
{
	struct device d = make(4, BYPASS, TRANSLATED);

	d.late = true;
	expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_TRANSLATED);
}

TEST(one_queue_that_answers_is_enough)
{
	for (unsigned int queue = 1; queue <= 2; queue++) {
		struct device d = make(1, BYPASS, TRANSLATED);

		d.mute_queue = queue;
		expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_TRANSLATED);
	}
}

TEST(a_device_that_ignores_the_queue_size_writes_to_our_blocks_only)
{
	for (unsigned int entries = 8; entries <= VIRTIO_FIXUP_QUEUE_MAX; entries *= 2) {
		struct device d = make(1, BOTH, BOTH);

		d.own_queue_size = true;
		d.max_entries = entries;
		expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_BYPASS);
	}
}

TEST(a_queue_that_could_reach_beyond_the_block_is_not_used)
{
	struct device d = make(4, BYPASS, BYPASS);

	d.own_queue_size = true;
	d.max_entries = VIRTIO_FIXUP_QUEUE_MAX * 2;
	expect(&d, VIRTIO_FIXUP_SAW_SILENCE, VIRTIO_FIXUP_SAW_SILENCE);
}

TEST(a_device_that_keeps_its_queue_size_is_taken_at_its_word)
{
	static const struct { u16 entries; bool fits; } cases[] = {
		{ 1, false /* for a request of two parts */ }, { 2, true }, { 64, true }, { 256, true }, { 512, false }, { 0, false },
		{ 100, false },
	};

	for (unsigned int i = 0; i < COUNT(cases); i++) {
		struct device d = make(2, TRANSLATED, NOWHERE);

		d.fixed_queue_size = true;
		d.max_entries = cases[i].entries;
		d.no_event_idx = true;
		expect(&d, cases[i].fits ? VIRTIO_FIXUP_SAW_TRANSLATED : VIRTIO_FIXUP_SAW_SILENCE,
		       VIRTIO_FIXUP_NOT_RUN);
	}
}

TEST(a_queue_that_is_not_there_is_not_asked)
{
	struct device d = make(1, BYPASS, NOWHERE);

	d.queues = 1;
	expect(&d, VIRTIO_FIXUP_SAW_SILENCE, VIRTIO_FIXUP_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
}

TEST(a_control_queue_needs_its_feature)
{
	struct device d = make(1, BYPASS, NOWHERE);

	d.feature[0] &= ~(1u << 17);
	d.mute_queue = 1;
	expect(&d, VIRTIO_FIXUP_SAW_SILENCE, VIRTIO_FIXUP_NOT_RUN);
}

TEST(a_refused_negotiation_is_a_rejection)
{
	struct device d = make(2, BYPASS, TRANSLATED);

	d.refuses_unacked = true;
	expect(&d, VIRTIO_FIXUP_SAW_REJECTION, VIRTIO_FIXUP_SAW_TRANSLATED);
}

TEST(a_refused_driver_ok_is_a_rejection)
{
	struct device d = make(2, BYPASS, BYPASS);

	d.refuses_live = true;
	expect(&d, VIRTIO_FIXUP_SAW_REJECTION, VIRTIO_FIXUP_SAW_REJECTION);
	CHECK_EQ(d.kicks, 0);
}

TEST(a_device_that_resets_itself_is_a_rejection)
{
	struct device d = make(2, BYPASS, BYPASS);

	d.resets_itself = true;
	expect(&d, VIRTIO_FIXUP_SAW_REJECTION, VIRTIO_FIXUP_SAW_REJECTION);
}

TEST(unacked_first_so_that_a_sticky_ack_spoils_nothing)
{
	struct device d = make(4, BYPASS, TRANSLATED);

	d.sticky = true;
	expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_TRANSLATED);
}

TEST(a_slow_reset_is_waited_for)
{
	struct device d = make(4, BYPASS, TRANSLATED);

	d.reset_takes = 20;
	expect(&d, VIRTIO_FIXUP_SAW_BYPASS, VIRTIO_FIXUP_SAW_TRANSLATED);
}

TEST(a_reset_that_never_finishes_is_an_error)
{
	struct device d = make(4, BYPASS, TRANSLATED);
	enum virtio_fixup_outcome seen;

	d.reset_takes = ~0u;
	CHECK_EQ(run(&d, false, &seen), -ETIMEDOUT);
	CHECK_EQ(seen, VIRTIO_FIXUP_NOT_RUN);
	CHECK_EQ(d.kicks, 0);
	finish(&d);
	CHECK(d.canary.waited_us >= 1000000 && d.canary.waited_us < 2000000);
}

TEST(a_device_that_is_gone_is_an_error)
{
	struct device d = make(4, BYPASS, TRANSLATED);
	enum virtio_fixup_outcome seen;

	d.gone = true;
	CHECK_EQ(run(&d, false, &seen), -ENODEV);
	CHECK_EQ(seen, VIRTIO_FIXUP_NOT_RUN);
	finish(&d);
}

TEST(an_access_that_fails_is_an_error_wherever_it_happens)
{
	struct device whole = make(1, BYPASS, TRANSLATED);
	enum virtio_fixup_outcome seen;
	unsigned int accesses;

	CHECK_EQ(run(&whole, true, &seen), 0);
	accesses = whole.accesses;
	for (unsigned int i = 1; i <= accesses; i++) {
		struct device d = make(1, BYPASS, TRANSLATED);

		d.fail_after = (int)i;
		CHECK_IN(run(&d, true, &seen) == -EIO, "access %u of %u", i, accesses);
		CHECK_EQ(seen, VIRTIO_FIXUP_NOT_RUN);
		finish(&d);
	}
	finish(&whole);
}

TEST(only_the_types_with_a_recipe_have_one)
{
	for (unsigned int type = 0; type < 70; type++) {
		bool wanted = false;

		for (unsigned int t = 0; t < COUNT(types); t++)
			wanted |= types[t] == type;
		CHECK_IN(virtio_fixup_has_recipe((u16)type) == wanted, "type %u", type);
	}
}

TEST(nothing_is_posted_on_a_receive_queue)
{
	struct device d = make(1, BYPASS, TRANSLATED);
	enum virtio_fixup_outcome seen;

	CHECK_EQ(run(&d, true, &seen), 0);
	CHECK_EQ(d.ring[0][0], 0);
	finish(&d);
}
