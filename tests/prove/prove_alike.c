// SPDX-License-Identifier: GPL-2.0-only
/*
 * alike - the register file tells nothing of the function's own bit 33.
 *
 * Two functions that answer alike, and whose device_feature is the same but for
 * bit 33; two register files in the same state, whatever it is; the same access.
 * Then the bytes that the user gets and what is refused are the same, and so is
 * the state, and the functions were asked and told the same in the same
 * order, but for bit 33 of driver_feature. By induction that goes on for ever.
 *
 * Bounds: one access of one field or part of it, or of up to 4 bytes behind the
 * fields, in any state at all (an access of more fields is a sequence of these);
 * what a function answers is any value, and the same of both for the same access.
 * Core: border.c, registers.c
 * CBMC: --unwind 14 --unsigned-overflow-check
 * CBMC: --unwindset vfx_registers_read.0:2,vfx_registers_write.0:2
 */
#include "prove.h"
#include "border.c"
#include "registers.c"

#define LONGEST		4
#define MOST_ACCESSES	13	/* of a status that goes from nothing to DRIVER_OK */
#define MOST_LOOKS	4	/* at the generation */

/* What any function answers, access by access. */
static u32 answers[MOST_ACCESSES];
static unsigned int generations[MOST_LOOKS];
/* What the first function was asked and told. */
static u16 asked[MOST_ACCESSES];
static u32 told[MOST_ACCESSES];

struct twin {
	struct vfx_hw hw;
	bool second;
	unsigned int accesses, looks;
	u32 selector;		/* driver_feature_select, as it was written last */
	enum vfx_refusal refusal;
	u64 refused_offset;
	size_t refused_count;
};

/* What the first one hears, the second has to, in the same order. */
static unsigned int hear(struct twin *t, bool is_write, unsigned int offset,
			 unsigned int width, u32 value, u32 own)
{
	u16 access = (u16)(offset << 4 | width << 1 | is_write);
	unsigned int n = t->accesses;

	CHECK(n < MOST_ACCESSES, "the conversation has room");
	ASSUME(n < MOST_ACCESSES);
	t->accesses++;
	if (!t->second) {
		asked[n] = access;
		told[n] = value;
		return n;
	}
	CHECK(asked[n] == access, "both functions get the same access");
	CHECK(!((told[n] ^ value) & ~own), "and are told the same, but for bit 33");
	/* So much is shown, and what follows need not be shown for anything else. */
	ASSUME(asked[n] == access && !((told[n] ^ value) & ~own));
	return n;
}

static u32 twin_read(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	return answers[hear((struct twin *)hw, false, offset, width, 0, 0)];
}

static void twin_write(struct vfx_hw *hw, unsigned int offset, unsigned int width,
		       u32 value)
{
	struct twin *t = (struct twin *)hw;
	u32 own = offset == VIRTIO_PCI_COMMON_GF && t->selector == 1 ? WORD1_ACCESS_PLATFORM : 0;

	if (offset == VIRTIO_PCI_COMMON_GFSELECT)
		t->selector = value;
	hear(t, true, offset, width, value, own);
}

static unsigned int twin_generation(struct vfx_hw *hw)
{
	struct twin *t = (struct twin *)hw;

	CHECK(t->looks < MOST_LOOKS, "there are as many generations");
	ASSUME(t->looks < MOST_LOOKS);
	return generations[t->looks++];
}

/* The last one of the access; an access of one field has no more. */
static void twin_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset,
			 size_t count)
{
	struct twin *t = (struct twin *)hw;

	CHECK(!t->refusal, "one refusal at most");
	t->refusal = refusal;
	t->refused_offset = offset;
	t->refused_count = count;
}

static void connect(struct vfx_registers *regs, struct twin *t, bool second)
{
	t->hw.read = twin_read;
	t->hw.write = twin_write;
	t->hw.generation = twin_generation;
	t->hw.refused = twin_refused;
	t->second = second;
	t->accesses = 0;
	t->looks = 0;
	t->refusal = VFX_REFUSAL_NONE;
	t->refused_offset = 0;
	t->refused_count = 0;
	regs->hw = &t->hw;
}

static void check_alike(const struct vfx_registers *a,
			const struct vfx_registers *b)
{
	CHECK(a->length == b->length && a->show_access_platform == b->show_access_platform &&
	      a->require_ack == b->require_ack && a->device_feature[0] == b->device_feature[0] &&
	      !((a->device_feature[1] ^ b->device_feature[1]) & ~WORD1_ACCESS_PLATFORM) &&
	      a->device_feature_select == b->device_feature_select &&
	      a->driver_feature_select == b->driver_feature_select &&
	      a->driver_feature[0] == b->driver_feature[0] &&
	      a->driver_feature[1] == b->driver_feature[1] &&
	      a->queue_select == b->queue_select && a->num_queues == b->num_queues &&
	      a->reset_pending == b->reset_pending && a->status_seen == b->status_seen &&
	      a->mark_readable == b->mark_readable && a->agreed == b->agreed &&
	      a->agreed_generation == b->agreed_generation && a->generation == b->generation,
	      "the same state, but for the function's own bit 33");
}

static void access_both(struct vfx_registers *a, struct vfx_registers *b)
{
	u64 offset = nondet_u64();
	size_t count = nondet_u64();
	u8 first[LONGEST], second[LONGEST];
	unsigned int i;

	ASSUME(count <= LONGEST && offset <= ~0ull - LONGEST);
	if (offset < VFX_COMMON_MAX)
		ASSUME(offset + count <= fields[offset].offset + fields[offset].width);
	for (i = 0; i < LONGEST; i++)
		first[i] = second[i] = nondet_u8();
	if (any()) {
		vfx_registers_write(a, offset, first, count);
		vfx_registers_write(b, offset, second, count);
	} else {
		vfx_registers_read(a, offset, first, count);
		vfx_registers_read(b, offset, second, count);
	}
	for (i = 0; i < LONGEST; i++)
		CHECK(first[i] == second[i], "the user gets the same bytes");
}

void prove_alike(void)
{
	struct vfx_registers a, b;
	struct twin first, second;
	unsigned int i;

	any_registers(&a);
	b = a;
	b.device_feature[1] ^= any() ? WORD1_ACCESS_PLATFORM : 0;
	for (i = 0; i < MOST_ACCESSES; i++)
		answers[i] = nondet_u32();
	for (i = 0; i < MOST_LOOKS; i++)
		generations[i] = nondet_u32();
	first.selector = second.selector = nondet_u32();
	connect(&a, &first, false);
	connect(&b, &second, true);

	if (any()) {
		enum virtio_fixup_view view = (enum virtio_fixup_view)nondet_u32();
		u32 word[2][2] = {
			{ a.device_feature[0], a.device_feature[1] },
			{ b.device_feature[0], b.device_feature[1] },
		};
		u64 length = nondet_u64();

		vfx_registers_init(&a, &first.hw, length, word[0], view);
		vfx_registers_init(&b, &second.hw, length, word[1], view);
	} else {
		access_both(&a, &b);
	}
	CHECK(first.accesses == second.accesses && first.looks == second.looks,
	      "both functions get as many accesses");
	CHECK(first.refusal == second.refusal && first.refused_offset == second.refused_offset &&
	      first.refused_count == second.refused_count, "the same is refused");
	check_alike(&a, &b);
}
