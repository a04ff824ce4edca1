// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view of configuration space, for hostile spaces and any sequence of a user's
 * reads and writes, against the naive model.
 *
 * Head: size, decision, type, BARs. Records: a capability or some bytes, first in
 * what the function has, then in the core's copy alone; then the accesses.
 *
 * Each access is made to a second view, too, of a copy that differs in every byte
 * that is rewritten or hidden. The user must read the same from both.
 *
 * Runs: 120000
 */
#include "bar_model.h"
#include "config_model.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const size_t fuzz_head = 16;

static struct config_space space;
static struct vfx_layout layout;
static struct vfx_decision decision;
static struct config_model model;
static struct vfx_config_view view, other;
static u8 other_live[VFX_CONFIG_MAX];

static void open_head(struct fuzz_input *head, u16 *type)
{
	static const u16 sizes[] = { 256, 4096, 256, 256, 0x40, 0x80, 0xa4, 0x104, 0x200, 0x140 };
	static const u16 lengths[] = { 0x1000, 0x4000, 0x200, 0 };
	unsigned int i;

	config_begin(&space, FUZZ_ONE_OF(head, sizes));
	space.bytes[0x06] = fuzz_u8(head) ^ 0x10;
	space.bytes[0x08] = fuzz_u8(head);
	space.bytes[0x10] = fuzz_u8(head);
	for (i = 0; i < VFX_BARS; i++)
		space.bar_length[i] = FUZZ_ONE_OF(head, lengths);
	decision = (struct vfx_decision){
		.admitted = true,
		.as_modern = fuzz_u8(head) & 1,
		.view = VIRTIO_FIXUP_VIEW_PLATFORM + fuzz_u8(head) % 3,
		.verdict = fuzz_u8(head) % VIRTIO_FIXUP_VERDICTS,
		.basis = fuzz_u8(head) % VIRTIO_FIXUP_BASES,
	};
	decision.ability = decision.verdict % 3;
	decision.state = decision.basis % 3;
	*type = fuzz_u8(head);
}

static u8 *room(unsigned int pos, unsigned int *len)
{
	*len = *len < sizeof(space.bytes) - pos ? *len : sizeof(space.bytes) - pos;
	return space.bytes + pos;
}

/* A place within the space, mostly a dword's. */
static unsigned int place(struct fuzz_input *record)
{
	unsigned int pos = fuzz_u16(record);

	pos = pos & 0x8000 ? pos : pos & ~3u;
	return pos % (space.size > 256 && pos & 0x4000 ? 4096 : 256);
}

/* What a layer below says of the function, in a capability of that many bytes. */
static void leave_description(u8 pos, u8 length)
{
	space.bytes[pos + 2] = length;
	memset(space.map + pos, 0x09, 24);
	memcpy(space.bytes + pos + 8, "vfio-vfx", 8);
}

/* Structures of some bytes, in BARs that are all there. */
static void add_virtio(u8 pos, struct fuzz_input *record)
{
	static const u8 types[] = { PCI_CFG, PCI_CFG, COMMON, NOTIFY, ISR, DEVICE, 0, VENDOR_CFG };
	u8 type = FUZZ_ONE_OF(record, types), bar = fuzz_u8(record) % VFX_BARS;
	u8 offset = fuzz_u8(record), length = fuzz_u8(record);

	if (!type)
		config_msix(&space, pos, 1 + length % 4, offset << 3 | bar, length << 3 | bar);
	else
		config_virtio(&space, pos, type, 20, bar, offset, length);
	if (type == VENDOR_CFG)
		leave_description(pos, length);
}

static void add(struct fuzz_input *record, u8 what)
{
	static const u8 ids[] = { 0x01, 0x03, 0x05, 0x07, 0x09, 0x10, 0x11, 0x13, 0x04, 0xff };
	static const u16 extended[] = { 0x01, 0x04, 0x0b, 0x03, 0x101, 0xff };
	unsigned int pos = place(record), len = fuzz_u8(record) % 64 + 1;
	u16 id;

	switch (what % 6) {
	case 0:
	case 1:
		pos = pos % 256 & 0xfc;
		config_capability(&space, (u8)pos, FUZZ_ONE_OF(record, ids), (u8)len);
		break;
	case 2:
		add_virtio((u8)(pos % 256 & 0xfc), record);
		break;
	case 3:
		if (pos < 0x100 || pos > 0xf00)
			pos = 0x100;
		id = FUZZ_ONE_OF(record, extended);
		config_extended(&space, pos & 0xffc, id, (u16)len);
		break;
	case 4:		/* what the core calls it */
		if (pos < 0x40)
			break;
		room(pos, &len);
		memset(space.map + pos, FUZZ_ONE_OF(record, ids), len);
		break;
	case 5:
		len = (unsigned int)record->left;
		memcpy(room(pos, &len), record->bytes, len);
		break;
	}
}

/* What the window reaches, by its fields as the user has them. */
static void check_window(unsigned int number)
{
	unsigned int pos = layout.windows[number], width, bar;
	struct vfx_window_access got;
	enum vfx_kind kind;
	u32 offset;
	int owner;
	bool lets;

	got = vfx_window_target(&view, &layout, (u8)(VFX_SOURCE_WINDOW + number));
	bar = model.value[pos + 4];
	offset = vfx_get32(model.value + pos + 8);
	width = vfx_get32(model.value + pos + 12);
	owner = bar < VFX_BARS ? owner_of(&layout, bar, offset) : NOBODY;
	kind = kind_of(&layout, owner);
	lets = (width == 1 || width == 2 || width == 4) && offset % width == 0 &&
	       kind >= VFX_KIND_COMMON && kind <= VFX_KIND_SHARED_MEMORY &&
	       model_run(&layout, bar, offset, width) == width;
	CHECK_EQ(got.data, pos + 16);
	CHECK_IN(got.width == (lets ? width : 0), "window %u, BAR %u, 0x%x, %u bytes", number, bar,
		 offset, width);
	if (!lets)
		return;
	CHECK_EQ(got.bar, bar);
	CHECK_EQ(got.offset, offset);
	CHECK_EQ(got.kind, kind);
	CHECK_EQ(got.within, offset - layout.structures[owner].offset);
}

static void access_both(unsigned int offset, u8 *bytes, unsigned int count, bool is_write)
{
	static u8 another[VFX_CONFIG_MAX];
	unsigned int i;

	if (offset >= model.size)
		return;
	count = count < model.size - offset ? count : model.size - offset;
	fuzz_trace("%s 0x%x, %u bytes\n", is_write ? "write" : "read", offset, count);
	if (!count)
		return;
	if (is_write) {
		access_config(&model, &other, other_live, offset, bytes, count, true);
		check_config_write(&model, &view, offset, bytes, count);
		for (i = 0; i < layout.nr_windows; i++)
			check_window(i);
		return;
	}
	check_config_read(&model, &view, offset, count);
	access_config(&model, &other, other_live, offset, another, count, false);
	CHECK_BYTES(another, model.value + offset, count);
}

/*
 * cap.bar to cap.length of a window, as a user that uses it writes them: near the
 * beginning or the end of a structure.
 */
static void aim(struct fuzz_input *record)
{
	static const u8 widths[] = { 4, 2, 1, 4, 2, 1, 4, 2, 0, 3, 5, 8 };
	const struct vfx_structure *s;
	unsigned int number = fuzz_u8(record);
	u8 fields[12] = { 0 }, near;

	if (!layout.nr_windows || !layout.nr_structures)
		return;
	s = &layout.structures[fuzz_u8(record) % layout.nr_structures];
	near = fuzz_u8(record);
	fields[0] = s->bar;
	vfx_put(fields + 4,
		(u32)s->offset + (near & 0x80 ? (u32)s->length : 0) + near % 16 - 8, 4);
	vfx_put(fields + 8, FUZZ_ONE_OF(record, widths), 4);
	access_both(layout.windows[number % layout.nr_windows] + 4u, fields, sizeof(fields), true);
}

static void use(struct fuzz_input *record, u8 what)
{
	u8 bytes[64] = { 0 };
	unsigned int pos = place(record), count = fuzz_u8(record), i;

	switch (what % 4) {
	case 0:
		access_both(pos, NULL, count % 9, false);
		break;
	case 1:
		access_both(pos, NULL, count * 16, false);
		break;
	case 2:
		for (i = 0; i < sizeof(bytes) && record->left; i++)
			bytes[i] = record->bytes[i % record->left];
		access_both(pos, bytes, count % (sizeof(bytes) + 1), true);
		break;
	case 3:
		aim(record);
		break;
	}
}

/* The same function, but for what no user may see. */
static void open_other(const u8 *vconfig, const u8 *map, u16 type, u8 with)
{
	u8 *copy = fuzz_copy(vconfig, space.size);
	unsigned int i;

	for (i = 0; i < space.size; i++)
		if (model.hidden[i] && !model.steers[i])
			copy[i] ^= with | 1;
	vfx_config_view_init(&other, &layout, &decision, type, copy, map, space.size);
	memcpy(other_live, model.live, sizeof(other_live));
	free(copy);
	CHECK_EQ(other.description, view.description);
}

static void open_views(u16 type, u8 with)
{
	u8 *vconfig = fuzz_copy(space.bytes, space.size), *map = fuzz_copy(space.map, space.size);

	vfx_config_view_init(&view, &layout, &decision, type, vconfig, map, space.size);
	config_model_view(&model, &layout, &decision, type, vconfig, map, space.size);
	CHECK_EQ(view.size, model.size);
	CHECK_EQ(view.description, model.description);
	open_other(vconfig, map, type, with);
	free(vconfig);
	free(map);
}

/* A guest finds the description first, whatever else the function says it has. */
static void check_description(void)
{
	u8 bytes[VFX_CONFIG_SIZE] = { 0 };
	struct virtio_fixup_description d;

	if (!view.description)
		return;
	access_config(&model, &view, model.live, 0, bytes,
		      model.size < sizeof(bytes) ? model.size : sizeof(bytes), false);
	bytes[0x06] |= 0x10;	/* status is live */
	CHECK_EQ(vfx_find_description(bytes, &d), view.description);
	CHECK(d.verdict == decision.verdict && d.basis == decision.basis &&
	      d.view == decision.view && d.ability == decision.ability &&
	      d.state == decision.state);
}

/* And what tools print of each byte is the owner that it has. */
static void check_rules(void)
{
	unsigned int pos;
	u8 owner;

	for (pos = 0; pos < model.size; pos++) {
		owner = model.owner[pos] == MODEL_REGISTER ? MODEL_WINDOW : model.owner[pos];
		CHECK_EQ(vfx_config_rule(&view, pos)->source, owner);
	}
}

/* Which records are of this pass: what it has, what the core's copy has, what a user does. */
enum pass { RAW, COPY, ACCESSES };

static void run(struct fuzz_input input, enum pass pass)
{
	struct fuzz_input record;
	u8 what;

	while (fuzz_take_record(&input, &record)) {
		what = fuzz_u8(&record);
		if (what % 8 < 3 && pass == RAW)
			add(&record, what / 8);
		else if (what % 8 == 3 && pass == COPY)
			add(&record, 4 + what / 8 % 2);
		else if (what % 8 > 3 && pass == ACCESSES)
			use(&record, what);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size }, head = fuzz_take_head(&input);
	u16 type;

	open_head(&head, &type);
	run(input, RAW);
	config_parse(&space, &layout);
	run(input, COPY);
	/* Wherever lists point: the core calls the header a header. */
	memset(space.map, 0, 0x40);
	open_views(type, fuzz_u8(&head));
	check_description();
	check_rules();
	run(input, ACCESSES);
	access_both(0, NULL, model.size, false);
	return 0;
}
