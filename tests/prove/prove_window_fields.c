// SPDX-License-Identifier: GPL-2.0-only
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
#include "prove.h"
#include "config_view.c"
#include "view_bytewise.h"

#define MOST	16	/* bytes of a window that are one source */

/* A view as init makes it, at one byte. That it does is not in the proof. */
static void assume_byte(const struct vfx_config_view *v,
			const struct vfx_layout *l, unsigned int byte)
{
	ASSUME(rule_is_sound(v, l, byte));
}

static void check_fields(struct vfx_config_view *v,
			 const struct vfx_layout *l, u8 source, unsigned int pos)
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
static void check_run(const struct vfx_config_view *v,
		      const struct vfx_layout *l)
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

int main(void)
{
	struct vfx_config_view view;
	struct vfx_layout layout;
	unsigned int window = nondet_u8();

	assume_layout(&layout, VFX_MAX_STRUCTURES, VFX_MAX_WINDOWS);
	view.size = VFX_CONFIG_MAX;
	if (any()) {
		check_run(&view, &layout);
		return 0;
	}
	ASSUME(window < layout.nr_windows);
	view.window[window] = layout.windows[window];
	check_fields(&view, &layout, VFX_SOURCE_WINDOW + window, view.window[window]);
	return 0;
}
