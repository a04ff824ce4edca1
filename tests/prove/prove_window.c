// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulated windows into the BARs.
 */
#include "prove.h"
#include "config_view.c"

/*
 * window_target - where an emulated window into the BARs points.
 *
 * Bounds: any image, 64 bytes of capabilities instead of 192; any sound windows,
 * 2 at most, which may overlap; any sound layout of at most 2 structures; runs as
 * bar_run shows them.
 * Core: config_view.c
 * Small: VFX_CONFIG_SIZE=128 VFX_CONFIG_MAX=128
 * Small: VFX_MAX_STRUCTURES=2 VFX_MAX_WINDOWS=2
 * Replace: vfx_bar_run:any_run
 * CBMC: --unwind 5 --unwindset owner_of.0:3
 */

#define EDGES	(2 * VFX_MAX_STRUCTURES)

/* Where structures of a BAR begin and end; between these, owners are the same. */
static u64 edge(const struct vfx_layout *l, unsigned int n)
{
	const struct vfx_structure *s = &l->structures[n / 2];

	return n % 2 ? s->offset + s->length : s->offset;
}

/* What bar_run shows of vfx_bar_run(), which is not called: any run that this allows. */
u64 any_run(const struct vfx_layout *layout, unsigned int bar, u64 offset, u64 count,
	    enum vfx_kind *kind, u64 *within)
{
	int owner = owner_of(layout, bar, offset);
	u64 run = nondet_u64();
	unsigned int n;

	CHECK(count >= 1, "a run of something is asked for");
	ASSUME(run >= 1 && run <= count && offset + (run - 1) >= offset);
	for (n = 0; n < EDGES; n++)
		if (n / 2 < layout->nr_structures && edge(layout, n) > offset &&
		    edge(layout, n) - offset < run)
			ASSUME(owner_of(layout, bar, edge(layout, n)) == owner);
	*kind = kind_of(layout, owner);
	*within = owner == NOBODY ? 0 : offset - layout->structures[owner].offset;
	return run;
}

/* The target that the window's fields name. */
static bool names(const struct vfx_config_view *v, unsigned int pos,
		  const struct vfx_window_access *t)
{
	return t->bar == v->image[pos + VIRTIO_PCI_CAP_BAR] &&
	       t->offset == vfx_get32(v->image + pos + VIRTIO_PCI_CAP_OFFSET) &&
	       t->width == vfx_get32(v->image + pos + VIRTIO_PCI_CAP_LENGTH);
}

static void check_target(const struct vfx_config_view *v, const struct vfx_layout *l,
			 u8 source, unsigned int pos)
{
	struct vfx_window_access t = vfx_window_target(v, l, source);
	u64 byte = nondet_u64();
	int owner;

	CHECK(t.data == pos + WINDOW_DATA && t.data + 4 <= VFX_CONFIG_SIZE,
	      "pci_cfg_data is where it is");
	if (!t.width)
		return;
	CHECK(t.width == 1 || t.width == 2 || t.width == 4, "a width there is");
	CHECK(names(v, pos, &t), "what the fields name");
	CHECK(t.bar < VFX_BARS && !(t.offset & (t.width - 1)), "aligned, in a BAR");
	CHECK(t.offset + t.width <= l->bar_length[t.bar], "within the BAR");
	owner = owner_of(l, t.bar, t.offset);
	CHECK(owner != NOBODY, "declared");
	CHECK(t.kind == kind_of(l, owner) && t.kind != VFX_KIND_ABSENT &&
	      t.kind != VFX_KIND_MSIX && t.kind != VFX_KIND_LEGACY,
	      "neither absent, nor MSI-X, nor the legacy interface");
	CHECK(t.within == t.offset - l->structures[owner].offset &&
	      t.within + t.width <= l->structures[owner].length, "within one structure");
	/* Any byte of the access stands for all. */
	if (byte >= t.offset && byte - t.offset < t.width)
		CHECK(owner_of(l, t.bar, byte) == owner, "whose all of its bytes are");
}

void prove_window_target(void)
{
	struct vfx_config_view view;
	struct vfx_layout layout;
	unsigned int window = nondet_u8();

	assume_layout(&layout, VFX_MAX_STRUCTURES, VFX_MAX_WINDOWS);
	ASSUME(window < layout.nr_windows);
	view.size = VFX_CONFIG_MAX;
	view.window[window] = layout.windows[window];
	check_target(&view, &layout, VFX_SOURCE_WINDOW + window, view.window[window]);
}

/*
 * window_fields - the fields of an emulated window, and the runs of one source.
 *
 * Bounds: any image, 64 bytes of capabilities instead of 192; any sound windows,
 * 2 at most, which may overlap; runs of up to 16 bytes.
 * Core: config_view.c
 * Small: VFX_CONFIG_SIZE=128 VFX_CONFIG_MAX=128
 * Small: VFX_MAX_STRUCTURES=1 VFX_MAX_WINDOWS=2
 * CBMC: --unwind 18
 */

#define MOST	16	/* bytes of a window that are one source */

/* The number of a byte is a line of the table, or a window there is. */
static bool rule_is_sound(const struct vfx_config_view *v, const struct vfx_layout *l,
			  unsigned int byte)
{
	unsigned int window = v->rule[byte] - RULE_WINDOW;

	if (v->rule[byte] < RULE_WINDOW)
		return v->rule[byte] < ARRAY_SIZE(rules);
	return window < l->nr_windows && v->window[window] == l->windows[window] &&
	       byte >= v->window[window] + VIRTIO_PCI_CAP_BAR &&
	       byte < v->window[window] + WINDOW_END;
}

/* A view as init makes it, at one byte. That it does is not in the proof. */
static void assume_byte(const struct vfx_config_view *v, const struct vfx_layout *l,
			unsigned int byte)
{
	ASSUME(rule_is_sound(v, l, byte));
}

static void check_fields(struct vfx_config_view *v, const struct vfx_layout *l, u8 source,
			 unsigned int pos)
{
	unsigned int offset = nondet_u8(), count = nondet_u8(), byte = nondet_u8(), i;
	u8 buf[MOST], wanted[MOST], before;
	bool is_write = any();

	ASSUME(count >= 1 && offset + count <= v->size && byte < v->size);
	/* As the door calls it, for a run of one window: the ends of it are enough. */
	assume_byte(v, l, offset);
	assume_byte(v, l, offset + count - 1);
	ASSUME(source_of(v, offset, is_write) == source &&
	       source_of(v, offset + count - 1, is_write) == source);
	CHECK(count <= MOST && offset >= pos + VIRTIO_PCI_CAP_BAR && offset + count <= pos + WINDOW_END,
	      "a run of a window lies within it");
	ASSUME(count <= MOST);
	before = v->image[byte];
	if (!is_write) {
		vfx_window_read_fields(v, source, offset, buf, count);
		for (i = 0; i < count; i++)
			CHECK(buf[i] == (offset + i < pos + WINDOW_DATA ?
					 v->image[offset + i] : 0),
			      "reads what was written, and no data");
		CHECK(v->image[byte] == before, "a read changes nothing");
		return;
	}
	for (i = 0; i < MOST; i++)
		wanted[i] = buf[i];
	vfx_window_write_fields(v, source, offset, buf, count);
	if (byte >= offset && byte - offset < count &&
	    (byte == pos + VIRTIO_PCI_CAP_BAR ||
	     (byte >= pos + VIRTIO_PCI_CAP_OFFSET && byte < pos + WINDOW_DATA)))
		CHECK(v->image[byte] == wanted[byte - offset], "bar, offset, length take it");
	else
		CHECK(v->image[byte] == before, "and nothing else changes");
}

/* The runs that the door cuts an access into. */
static void check_run(const struct vfx_config_view *v, const struct vfx_layout *l)
{
	unsigned int offset = nondet_u8(), count = nondet_u8(), byte = nondet_u8(), run, i;
	bool is_write = any();
	u8 source;

	/* 16 bytes stand for any number: the loop knows of no other. */
	ASSUME(count >= 1 && count <= MOST && offset < v->size && count <= v->size - offset);
	ASSUME(byte < count);
	for (i = 0; i < MOST; i++)
		if (i < count)
			assume_byte(v, l, offset + i);
	run = vfx_config_run(v, offset, count, is_write, &source);
	CHECK(run >= 1 && run <= count, "1 to count");
	if (byte < run)
		CHECK(source_of(v, offset + byte, is_write) == source, "one source all along");
	if (byte == run)
		CHECK(source_of(v, offset + byte, is_write) != source, "as far as it goes");
}

void prove_window_fields(void)
{
	struct vfx_config_view view;
	struct vfx_layout layout;
	unsigned int window = nondet_u8();

	assume_layout(&layout, VFX_MAX_STRUCTURES, VFX_MAX_WINDOWS);
	view.size = VFX_CONFIG_MAX;
	if (any()) {
		check_run(&view, &layout);
		return;
	}
	ASSUME(window < layout.nr_windows);
	view.window[window] = layout.windows[window];
	check_fields(&view, &layout, VFX_SOURCE_WINDOW + window, view.window[window]);
}
