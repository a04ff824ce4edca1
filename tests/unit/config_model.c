// SPDX-License-Identifier: GPL-2.0-only
/* The model of config_model.h. */
#include "config_model.h"
#include "unit.h"

const char header_letters[] =
	"....CCLL" "....KK.." "LLLLLLLL" "LLLLLLLL" "LLLLLLLL" "........" "LLLL...." "....LL..";

const struct capability_letters standard_letters[STANDARD_LETTERS] = {
	{ 0x01, "....LLLL", false },				/* power management */
	{ 0x03, "..LLLLLL", false },				/* vital product data */
	{ 0x03, "..LLLLLL....", false },			/* and more, for the core */
	{ 0x05, "..LLLLLLLL", true },				/* MSI */
	{ 0x05, "..LLLLLLLLLLLL", true },			/* with 64-bit addresses */
	{ 0x05, "..LLLLLLLLLLLLLLLLLL", true },			/* with mask bits */
	{ 0x05, "..LLLLLLLLLLLLLLLLLLLLLL", true },		/* with both */
	{ 0x07, "..LLLLLL", true },				/* PCI-X */
	{ 0x07, "..LLLLLLLLLLLLLLLLLLLLLL", true },		/* with error correction */
	{ 0x10, "........LLLL", false },			/* PCI Express, no link */
	{ 0x10, "........LLLL........", false },		/* version 1 */
	{ 0x10, "........LLLL............................LLLL", false },	/* 2, no link */
	{ 0x10, "........LLLL............................LLLL................", false },
	{ 0x11, "..LL........", false },			/* MSI-X */
	{ 0x13, "....LL", false },				/* advanced features */
	{ 0x13, "....LL..", false },				/* and more, for the core */
};

const struct capability_letters extended_letters[EXTENDED_LETTERS] = {
	{ 0x01, "....LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL", true },	/* advanced errors */
	{ 0x01, "....LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL"
		"LLLLLLLLLLLL", true },				/* with all of its log */
	{ 0x04, "....LLLLLLLLLLLL", true },			/* power budgeting */
};

static bool is_gap(const u8 *map, unsigned int pos)
{
	return pos >= 0x40 && map[pos] == VFX_MAP_GAP;
}

static void own(struct config_model *m, unsigned int pos, char letter)
{
	static const u8 owners[] = {
		['.'] = MODEL_IMAGE, ['K'] = MODEL_KEPT, ['L'] = MODEL_LIVE, ['C'] = MODEL_COMMAND,
	};

	m->owner[pos] = owners[(unsigned int)letter];
	if (letter != 'L' && letter != 'C')
		return;
	m->value[pos] = m->live[pos];
	m->hidden[pos] = true;
}

void config_model_begin(struct config_model *m, const u8 *vconfig, const u8 *map,
			unsigned int size)
{
	unsigned int pos;

	memset(m, 0, sizeof(*m));
	m->size = size < VFX_CONFIG_MAX ? size : VFX_CONFIG_MAX;
	for (pos = 0; pos < m->size; pos++) {
		m->live[pos] = vconfig[pos] ^ 0x5a;
		m->hidden[pos] = is_gap(map, pos);
		m->value[pos] = m->hidden[pos] ? 0 : vconfig[pos];
	}
	for (pos = 0; pos < 0x40; pos++)
		own(m, pos, header_letters[pos]);
	m->steers[0x06] = true;
	m->steers[0x34] = true;
}

void config_model_live(struct config_model *m, unsigned int pos, unsigned int len)
{
	for (; len; pos++, len--)
		own(m, pos, 'L');
}

void config_model_window(struct config_model *m, unsigned int pos, unsigned int number)
{
	unsigned int i;

	for (i = 4; i < 20; i++) {
		/* cap.bar, cap.offset and cap.length can be written. */
		m->owner[pos + i] = i == 4 || (i >= 8 && i < 16) ? MODEL_REGISTER : MODEL_WINDOW;
		m->window[pos + i] = (u8)number;
		m->value[pos + i] = 0;
		m->hidden[pos + i] = true;
	}
}

void config_model_description(struct config_model *m,
			      const struct vfx_decision *d, unsigned int pos)
{
	const u8 body[24] = {
		0x09, m->value[0x34], 24, 9, 0xff, 0xff, 1, (u8)d->verdict,
		'v', 'f', 'i', 'o', '-', 'v', 'f', 'x',
		(u8)d->basis, (u8)d->view, (u8)d->ability, (u8)d->state,
	};

	memcpy(m->value + pos, body, sizeof(body));
	m->value[0x34] = (u8)pos;
	m->description = pos;
}

/* Identity and BAR 0 of a transitional function that is shown as a modern one. */
static void model_modern(struct config_model *m, u16 type, const u8 *vconfig, bool bar_stays)
{
	static const u8 places[] = { 0x02, 0x03, 0x08, 0x10, 0x11, 0x12, 0x13,
				     0x14, 0x15, 0x16, 0x17, 0x2e, 0x2f };
	u8 shown[0x40] = { 0 };
	unsigned int i;

	m->steers[0x08] = true;
	m->steers[0x10] = true;
	vfx_put(shown + 0x02, 0x1040u + type, 2);
	shown[0x08] = 1;
	shown[0x2e] = 0x40;
	for (i = 0; i < COUNT(places); i++) {
		unsigned int pos = places[i];

		if (pos == 0x08 && vconfig[0x08])
			continue;
		if (pos >= 0x10 && pos < 0x18 && bar_stays)
			continue;
		if (pos >= 0x14 && pos < 0x18 && (vconfig[0x10] & 7) != 4)
			continue;
		m->owner[pos] = MODEL_IMAGE;
		m->value[pos] = shown[pos];
		m->hidden[pos] = true;
	}
}

/* The letter of a byte of a capability: the longest row of its ID is asked. */
static char letter_of(const struct capability_letters *rows, unsigned int count,
		      unsigned int id, unsigned int byte)
{
	const struct capability_letters *row = NULL;
	unsigned int i;

	for (i = 0; i < count; i++)
		if (rows[i].id == id)
			row = &rows[i];
	if (!row)
		return '.';
	if (byte < strlen(row->letters))
		return row->letters[byte];
	return row->goes_on ? 'L' : '.';
}

/* From its first byte on, as far as the map has the same ID. */
static void model_capability(struct config_model *m, const struct capability_letters *rows,
			     unsigned int count, unsigned int id, const u8 *map,
			     unsigned int pos, unsigned int limit)
{
	unsigned int byte;

	for (byte = 0; pos + byte < limit && map[pos + byte] == map[pos]; byte++)
		if (letter_of(rows, count, id, byte) == 'L')
			own(m, pos + byte, 'L');
}

static unsigned int standard_size(const struct config_model *m)
{
	return m->size < 256 ? m->size : 256;
}

/* What a window that is too short for one has of the function's is not shown. */
static void model_short_window(struct config_model *m, const u8 *vconfig, unsigned int pos)
{
	unsigned int i;

	m->steers[pos + 2] = true;
	m->steers[pos + 3] = true;
	for (i = 4; i < 20 && i < vconfig[pos + 2] && pos + i < standard_size(m); i++) {
		if (vconfig[pos + 3] != 5 || m->owner[pos + i] != MODEL_IMAGE)
			continue;
		m->value[pos + i] = 0;
		m->hidden[pos + i] = true;
	}
}

static void model_standard(struct config_model *m, const u8 *vconfig, const u8 *map)
{
	bool been[256] = { false };
	unsigned int pos = vconfig[0x34] & 0xfc;

	if (!(vconfig[0x06] & 0x10))
		return;
	while (pos >= 0x40 && pos < standard_size(m) && !is_gap(map, pos) && !been[pos]) {
		been[pos] = true;
		m->steers[pos] = true;
		m->steers[pos + 1] = true;
		if (map[pos] == vconfig[pos])
			model_capability(m, standard_letters, STANDARD_LETTERS, vconfig[pos],
					 map, pos, standard_size(m));
		pos = vconfig[pos + 1] & 0xfc;
	}
	for (pos = 0x40; pos < standard_size(m); pos++)
		if (been[pos] && map[pos] == 0x09 && vconfig[pos] == 0x09)
			model_short_window(m, vconfig, pos);
}

static void model_extended(struct config_model *m, const u8 *vconfig, const u8 *map)
{
	bool been[VFX_CONFIG_MAX] = { false };
	unsigned int pos = 0x100, id, i;

	while (pos >= 0x100 && pos + 4 <= m->size && !is_gap(map, pos) && !been[pos]) {
		been[pos] = true;
		for (i = 0; i < 4; i++)
			m->steers[pos + i] = true;
		id = vfx_get16(vconfig + pos);
		if (map[pos] == id)
			model_capability(m, extended_letters, EXTENDED_LETTERS, id, map, pos,
					 m->size);
		pos = vfx_get16(vconfig + pos + 2) >> 4 & 0xffc;
	}
}

static bool is_description(const u8 *bytes)
{
	return bytes[0] == 0x09 && bytes[2] >= 24 && bytes[3] == 9 &&
	       !memcmp(bytes + 8, "vfio-vfx", 8);
}

/* The first one in the list is gone, and its predecessor leads to its successor. */
static bool model_old_description(struct config_model *m, const u8 *vconfig)
{
	unsigned int before = 0x34, steps, pos, i, len;
	u8 shown[256];

	for (i = 0; i < 256; i++)
		shown[i] = i < m->size && m->owner[i] == MODEL_LIVE ? vconfig[i] : m->value[i];
	for (steps = 0; steps < 64; steps++, before = pos + 1) {
		pos = shown[before] & 0xfc;
		if (pos < 0x40)
			return false;
		if (pos + 24 > 256 || !is_description(shown + pos))
			continue;
		len = shown[pos + 2];
		/* Of overlapping capabilities bytes that are live may lead to it, too. */
		memset(m->steers, true, 256);
		m->owner[before] = MODEL_IMAGE;
		m->value[before] = shown[pos + 1] & 0xfc;
		for (i = pos; i < pos + len && i < standard_size(m); i++) {
			if (m->owner[i] != MODEL_IMAGE)
				continue;
			m->value[i] = 0;
			m->erased[i] = true;
		}
		return true;
	}
	return false;
}

static bool is_free(const struct config_model *m, const u8 *map, unsigned int pos)
{
	return (is_gap(map, pos) || m->erased[pos]) && m->owner[pos] == MODEL_IMAGE;
}

/* 24 bytes that nobody has, dword aligned, as low as there are. */
static unsigned int model_hole(const struct config_model *m, const u8 *map)
{
	unsigned int pos, i;

	for (pos = 0x40; pos + 24 <= standard_size(m); pos += 4) {
		for (i = 0; i < 24 && is_free(m, map, pos + i); i++)
			;
		if (i == 24)
			return pos;
	}
	return 0;
}

void config_model_view(struct config_model *m, const struct vfx_layout *layout,
		       const struct vfx_decision *decision, u16 type,
		       const u8 *vconfig, const u8 *map, unsigned int size)
{
	unsigned int i, hole;

	config_model_begin(m, vconfig, map, size);
	if (decision->as_modern)
		model_modern(m, type, vconfig, layout->bar_length[0]);
	model_standard(m, vconfig, map);
	model_extended(m, vconfig, map);
	for (i = 0; i < layout->nr_windows; i++)
		config_model_window(m, layout->windows[i], i);
	while (vconfig[0x06] & 0x10 && model_old_description(m, vconfig))
		;
	hole = model_hole(m, map);
	if (hole && (vconfig[0x06] & 0x10))
		config_model_description(m, decision, hole);
}

static u8 model_source(const struct config_model *m, unsigned int offset, bool is_write)
{
	switch (m->owner[offset]) {
	case MODEL_IMAGE:
		return VFX_SOURCE_IMAGE;
	case MODEL_KEPT:
		return VFX_SOURCE_KEPT;
	case MODEL_LIVE:
		return VFX_SOURCE_LIVE;
	case MODEL_COMMAND:
		return is_write ? VFX_SOURCE_COMMAND : VFX_SOURCE_LIVE;
	default:
		return VFX_SOURCE_WINDOW + m->window[offset];
	}
}

unsigned int check_config_run(const struct config_model *m,
			      const struct vfx_config_view *view,
			      unsigned int offset, unsigned int count, bool is_write,
			      u8 *source)
{
	unsigned int run = vfx_config_run(view, offset, count, is_write, source), i;

	CHECK_IN(run >= 1 && run <= count, "%u of %u at 0x%x", run, count, offset);
	for (i = 0; i < run; i++)
		CHECK_IN(*source == model_source(m, offset + i, is_write), "%s byte 0x%x is %u",
			 is_write ? "written" : "read", offset + i, *source);
	CHECK_IN(run == count || model_source(m, offset + run, is_write) != *source,
		 "the run from 0x%x ends early", offset);
	return run;
}

void access_config(const struct config_model *m, struct vfx_config_view *view,
		   u8 *live, unsigned int offset, u8 *buf, unsigned int count, bool is_write)
{
	unsigned int run;
	u8 source;

	for (; count; offset += run, buf += run, count -= run) {
		run = check_config_run(m, view, offset, count, is_write, &source);
		if (source <= VFX_SOURCE_KEPT && !is_write)
			memcpy(buf, view->image + offset, run);
		else if (source == VFX_SOURCE_KEPT)
			memcpy(view->image + offset, buf, run);
		else if (source == VFX_SOURCE_LIVE && !is_write)
			memcpy(buf, live + offset, run);
		else if (source == VFX_SOURCE_LIVE || source == VFX_SOURCE_COMMAND)
			memcpy(live + offset, buf, run);
		else if (source >= VFX_SOURCE_WINDOW && is_write)
			vfx_window_write_fields(view, source, offset, buf, run);
		else if (source >= VFX_SOURCE_WINDOW)
			vfx_window_read_fields(view, source, offset, buf, run);
	}
}

void check_config_read(struct config_model *m, struct vfx_config_view *view,
		       unsigned int offset, unsigned int count)
{
	u8 buf[VFX_CONFIG_MAX];

	memset(buf, 0xee, count);
	access_config(m, view, m->live, offset, buf, count, false);
	unit_check_bytes(__FILE__, __LINE__, "read", buf, m->value + offset, count);
}

void check_config_write(struct config_model *m, struct vfx_config_view *view,
			unsigned int offset, u8 *buf, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (m->owner[offset + i] != MODEL_IMAGE && m->owner[offset + i] != MODEL_WINDOW)
			m->value[offset + i] = buf[i];
	access_config(m, view, m->live, offset, buf, count, true);
}
