// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register file, for any sequence of a user's accesses.
 *
 * Head: what kind of function, which view, how long the structure is. Records: an
 * access of the user, or something that happens to the function. While nothing has
 * happened each access is compared with what a careful reader expects; afterwards
 * the witness in the model, and what is said below, still hold.
 *
 * Two functions are driven side by side, of which one offers bit 33 and the other
 * does not. Their user must not see which is which; see may_differ.
 *
 * Runs: 200000
 */
#include "fuzz.h"
#include "register_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const size_t fuzz_head = 4;

#define AGREED		(ACKNOWLEDGE | DRIVER | FEATURES_OK)
#define LIVE		(AGREED | DRIVER_OK)
#define ACK		(VERSION_1 | ACCESS_PLATFORM)

#define MOST_BYTES	80	/* of one access */

struct access {
	bool is_write;
	u64 offset;
	size_t count;
	u8 bytes[MOST_BYTES];
};

/* One function and its user. */
struct side {
	struct register_user user;
	struct register_model model;
	/* By the user's own bytes: did it ack, since it last wrote status 0? */
	u32 said_select;
	bool said_ack;
	bool had_said;	/* when the function took FEATURES_OK */
	/* What the last access gave. */
	int ret;	/* at the last open */
	u8 read[MOST_BYTES];
};

static struct side sides[2];

/* Something happened that the model knows nothing of. */
static bool happened;

/* And nothing ever does. */
static bool calm;

/*
 * The function reset itself, unannounced, in the middle of an access. What it then
 * makes of the rest of it shows, and the rest differs in the ack: one that refuses
 * an unacked negotiation refuses it, and where the selector was reset, the word with
 * the ack goes to word 0, which has no such bit. From there on, and only there, they
 * may differ.
 */
static bool may_differ;

static void open_sides(struct fuzz_input *head)
{
	u8 flags = fuzz_u8(head), view = VIRTIO_FIXUP_VIEW_PLATFORM + fuzz_u8(head) % 3;
	u8 length = fuzz_u8(head);
	struct model_kind kind = {
		.refuses_unacked = flags & 1,
		.sticky_acks = flags & 2,
		.ring_reset = flags & 4,
		.hides_selectors = flags & 8,
		.keeps_selectors = flags & 16,
		.reset_reads = flags / 32 % 4,
	};
	unsigned int i;

	memset(sides, 0, sizeof(sides));
	for (i = 0; i < 2; i++) {
		u64 bytes = length < 128 ? 56 + length % 16 : (u64)length << 32;

		kind.offers = i;
		user_open(&sides[i].user, &kind, view, bytes);
		register_model_open(&sides[i].model, &sides[i].user, view, bytes);
	}
	happened = false;
	calm = fuzz_u8(head) & 1;
	may_differ = false;
}

static u32 value_in(const struct access *a, unsigned int offset, unsigned int width)
{
	u32 value = 0;
	unsigned int i;

	for (i = 0; i < width; i++)
		value |= (u32)a->bytes[offset - a->offset + i] << 8 * i;
	return value;
}

static bool writes(const struct access *a, unsigned int offset, unsigned int width, u32 *value)
{
	if (!a->is_write || a->offset > offset || a->offset + a->count < offset + width)
		return false;
	*value = value_in(a, offset, width);
	return true;
}

static void note_said(struct side *s, const struct access *a)
{
	u32 value;

	if (writes(a, DRIVER_FEATURE_SELECT, 4, &value))
		s->said_select = value;
	if (writes(a, DRIVER_FEATURE, 4, &value) && s->said_select == 1)
		s->said_ack |= !!(value & ACCESS_PLATFORM);
}

static bool looks(const struct access *a)
{
	return !a->is_write || (a->count && a->offset < COMMON_CFG_END);
}

/*
 * Only the user says what driver_feature has, or a reset takes it away. The register
 * file notices an announced reset when it begins with a field, so also in the middle of
 * an access: then nothing from before is left, but what the user says behind it counts.
 */
static void check_driver_feature(const struct access *a, const struct vfx_registers *before,
				 unsigned int announced, const struct vfx_registers *after)
{
	bool forgets = after->generation != before->generation;
	unsigned int i;
	u32 value;

	/* What was announced before the access is noticed, at the first field. */
	if (looks(a))
		CHECK(after->generation >= announced);
	for (i = 0; i < 2; i++) {
		if (!after->driver_feature[i] ||
		    (!forgets && after->driver_feature[i] == before->driver_feature[i]))
			continue;
		CHECK(writes(a, DRIVER_FEATURE, 4, &value) && value == after->driver_feature[i]);
	}
}

static void check_live(const struct side *s)
{
	const struct device_model *m = &s->user.model;

	if (!model_live(m) || m->excused)
		return;
	if (m->kind.offers)
		CHECK(model_acked(m));
	if (m->user_must_ack)
		CHECK(s->had_said);
}

static void access_one(struct side *s, const struct access *a)
{
	struct register_user *u = &s->user;
	struct vfx_registers before = u->regs;
	unsigned int announced = u->model.generation;
	u8 status = u->model.status;
	u32 value;

	memset(s->read, 0xee, sizeof(s->read));
	note_said(s, a);
	/* A status of all ones is what a function that is gone reads. */
	if (writes(a, DEVICE_STATUS, 1, &value) && value == 0xff)
		happened = true;
	if (!happened && a->is_write)
		write_and_compare(u, &s->model, a->offset, a->bytes, (unsigned int)a->count);
	else if (!happened)
		read_and_compare(u, &s->model, a->offset, s->read, (unsigned int)a->count);
	else if (a->is_write)
		user_write_bytes(u, a->offset, a->bytes, a->count);
	else
		vfx_registers_read(&u->regs, a->offset, s->read, a->count);
	CHECK_IN(!u->model.broken, "%s", u->model.broken);
	if (~status & u->model.status & FEATURES_OK)
		s->had_said = s->said_ack;
	if (writes(a, DEVICE_STATUS, 1, &value) && !value)
		s->said_ack = false;
	check_driver_feature(a, &before, announced, &u->regs);
	check_live(s);
}

static void check_same(void)
{
	CHECK_BYTES(sides[0].read, sides[1].read, sizeof(sides[0].read));
	CHECK_BYTES((u8 *)sides[0].user.refusals, (u8 *)sides[1].user.refusals,
		    sizeof(sides[0].user.refusals));
}

static void trace_access(const struct access *a)
{
	size_t i;

	fuzz_trace("%s 0x%" PRIx64 ", %zu bytes", a->is_write ? "write" : "read", a->offset,
		   a->count);
	for (i = 0; a->is_write && i < a->count; i++)
		fuzz_trace(" %02x", a->bytes[i]);
	fuzz_trace("\n");
}

static void access_both(const struct access *a)
{
	trace_access(a);
	access_one(&sides[0], a);
	access_one(&sides[1], a);
	fuzz_trace("  status 0x%02x and 0x%02x\n", sides[0].user.model.status,
		   sides[1].user.model.status);
	if (!may_differ)
		check_same();
}

/* Any bytes anywhere; the likely ones are made by the functions below. */
static struct access any_access(struct fuzz_input *record, bool is_write)
{
	struct access a = { .is_write = is_write };
	u8 far = fuzz_u8(record);
	size_t i, given;

	a.offset = fuzz_u8(record) % 72;
	if (far < 8)
		a.offset = far < 4 ? (u64)0 - 2 * a.offset : a.offset << (8 * far);
	a.count = fuzz_u8(record) % (MOST_BYTES + 1);
	if (a.offset > (u64)0 - MOST_BYTES)	/* no structure goes round */
		a.count = 0;
	given = record->left ? record->left : 1;
	for (i = 0; is_write && i < a.count; i++)
		a.bytes[i] = record->left ? record->bytes[i % given] : 0;
	return a;
}

static struct access field_access(unsigned int offset, unsigned int width, u32 value)
{
	struct access a = { .is_write = true, .offset = offset, .count = width };

	vfx_put(a.bytes, value, width);
	return a;
}

static u32 likely_value(struct fuzz_input *record, unsigned int offset)
{
	static const u8 status[] = { 0, ACKNOWLEDGE, ACKNOWLEDGE | DRIVER, AGREED, AGREED, LIVE,
				     LIVE, FEATURES_OK, AGREED | FAILED, LIVE | FAILED };
	static const u32 features[] = { ACK, ACK, VERSION_1, ACK | RING_RESET, ACCESS_PLATFORM,
					ACK | ADMIN_VQ, 0 };
	u8 which = fuzz_u8(record);

	if (which & 0x80)
		return fuzz_u32(record);
	switch (offset) {
	case DEVICE_STATUS:
		return status[which % COUNT(status)];
	case DRIVER_FEATURE:
		return features[which % COUNT(features)];
	default:
		return which % 3;
	}
}

static void write_one_field(struct fuzz_input *record)
{
	static const u8 likely[] = {
		DEVICE_FEATURE_SELECT, DRIVER_FEATURE_SELECT, DRIVER_FEATURE, DRIVER_FEATURE,
		DEVICE_STATUS, DEVICE_STATUS, DEVICE_STATUS, QUEUE_ENABLE, QUEUE_SELECT,
	};
	unsigned int i, which = fuzz_u8(record), offset = likely[which % COUNT(likely)];
	struct access a;

	if (which & 0x80)
		offset = registers[which % MODEL_REGISTERS].offset;
	for (i = 0; registers[i].offset != offset; i++)
		;
	a = field_access(offset, registers[i].width, likely_value(record, offset));
	access_both(&a);
}

/* Between two accesses, which is where a user's own resets are, too. */
static void silent_reset(struct device_model *m)
{
	bool acked = m->user_acked && !m->status;

	model_reset(m);
	/* Of a function that had no status nobody can tell that it was reset. */
	m->user_acked = acked;
}

static void announce(struct device_model *m, bool resets)
{
	m->generation++;
	if (resets)
		model_reset(m);
}

static void happen(struct device_model *m, u8 what, u8 at)
{
	switch (what % 9) {
	case 0:
		silent_reset(m);
		break;
	case 8:
		announce(m, true);
		announce(m, false);
		break;
	case 1:
		announce(m, at & 1);
		break;
	case 2:
	case 3:
		m->announce_at = at % 16;
		break;
	case 4:
		m->leave_at = at % 16;
		break;
	case 5:		/* it is back, as it was or not */
		m->gone = false;
		if (at & 1)
			silent_reset(m);
		break;
	case 6:
		m->status |= m->status ? NEEDS_RESET : 0;
		break;
	case 7:
		/* With RING_RESET one write slips past: design.rst, "What remains". */
		if (m->kind.ring_reset)
			break;
		m->reset_at = at % 16;
		m->tolerant = true;
		may_differ = true;
		break;
	}
}

static void something_happens(struct fuzz_input *record)
{
	u8 what = fuzz_u8(record), at = fuzz_u8(record);

	fuzz_trace("happens: %u, at %u\n", what % 9, at % 16);
	happened = true;
	happen(&sides[0].user.model, what, at);
	happen(&sides[1].user.model, what, at);
}

/*
 * Selector, features, status and queue_enable in one write, as far as it goes; and
 * maybe something in the middle of it.
 */
static void write_negotiation(struct fuzz_input *record)
{
	struct access a = { .is_write = true, .offset = DRIVER_FEATURE_SELECT };

	vfx_put(a.bytes, 1, 4);
	vfx_put(a.bytes + 4, likely_value(record, DRIVER_FEATURE), 4);
	a.bytes[DEVICE_STATUS - DRIVER_FEATURE_SELECT] = (u8)likely_value(record, DEVICE_STATUS);
	a.bytes[QUEUE_ENABLE - DRIVER_FEATURE_SELECT] = fuzz_u8(record);
	a.count = fuzz_u8(record) % 24;
	if (!calm && fuzz_u8(record) & 1)
		something_happens(record);
	access_both(&a);
}

/*
 * The next owner: the function was reset, and is asked what it offers. Where that
 * fails there is none, and the last one stays.
 */
static void open_again(struct side *s, enum virtio_fixup_view view)
{
	struct register_user *u = &s->user;
	struct device_model *m = &u->model;
	unsigned int before;
	bool disturbed;
	u32 word[2];

	model_reset(m);
	m->reset_at = MODEL_NEVER;
	if (may_differ) {	/* and so may the access at which one is gone */
		m->gone = false;
		m->leave_at = MODEL_NEVER;
		m->announce_at = MODEL_NEVER;
		m->generation += m->generation & 1;
	}
	m->opened = false;
	before = m->generation;
	s->ret = vfx_read_device_feature(&m->hw, word);
	disturbed = before & 1 || m->generation != before;
	m->opened = true;
	CHECK(!s->ret || m->gone || (s->ret == -EAGAIN && disturbed));
	CHECK(s->ret || !disturbed);
	happened |= s->ret || m->gone;
	if (s->ret || m->gone)
		return;
	CHECK_EQ(vfx_offers_access_platform(word), m->kind.offers);
	m->announce_at = MODEL_NEVER;
	m->leave_at = MODEL_NEVER;
	m->tolerant = false;
	m->user_must_ack = view == VIRTIO_FIXUP_VIEW_PLATFORM;
	vfx_registers_init(&u->regs, &m->hw, u->regs.length, word, view);
	memset(u->refusals, 0, sizeof(u->refusals));	/* counted anew, to be compared */
	register_model_open(&s->model, u, view, u->regs.length);
	s->said_select = 0;
	s->said_ack = false;
	s->had_said = false;
}

static void open_again_both(struct fuzz_input *record)
{
	enum virtio_fixup_view view = VIRTIO_FIXUP_VIEW_PLATFORM + fuzz_u8(record) % 3;

	fuzz_trace("open again, view %u\n", view);
	happened = false;
	open_again(&sides[0], view);
	open_again(&sides[1], view);
	CHECK_EQ(sides[0].ret, sides[1].ret);
	/* What it took for an ack in the middle of a reset it may keep forever. */
	may_differ &= sides[0].user.model.kind.sticky_acks;
}

static void run(struct fuzz_input *record)
{
	struct access a;

	switch (fuzz_u8(record) % 12) {
	case 0:
	case 4:
		if (!calm)
			something_happens(record);
		break;
	case 1:
		a = any_access(record, true);
		access_both(&a);
		break;
	case 2:
		a = any_access(record, false);
		access_both(&a);
		break;
	case 3:
	case 5:
		write_negotiation(record);
		break;
	case 6:
		open_again_both(record);
		break;
	default:
		write_one_field(record);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size }, head = fuzz_take_head(&input), record;

	open_sides(&head);
	while (fuzz_take_record(&input, &record))
		run(&record);
	return 0;
}
