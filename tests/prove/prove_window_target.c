// SPDX-License-Identifier: GPL-2.0-only
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
#include "run_contract.h"
#include "config_view.c"
#include "view_bytewise.h"

/* The target that the window's fields name. */
static bool names(const struct vfx_config_view *v, unsigned int pos,
		  const struct vfx_window_access *t)
{
	return t->bar == v->image[pos + VIRTIO_PCI_CAP_BAR] &&
	       t->offset == vfx_get32(v->image + pos + VIRTIO_PCI_CAP_OFFSET) &&
	       t->width == vfx_get32(v->image + pos + VIRTIO_PCI_CAP_LENGTH);
}

static void check_target(const struct vfx_config_view *v,
			 const struct vfx_layout *l, u8 source, unsigned int pos)
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

int main(void)
{
	struct vfx_config_view view;
	struct vfx_layout layout;
	unsigned int window = nondet_u8();

	assume_layout(&layout, VFX_MAX_STRUCTURES, VFX_MAX_WINDOWS);
	ASSUME(window < layout.nr_windows);
	view.size = VFX_CONFIG_MAX;
	view.window[window] = layout.windows[window];
	check_target(&view, &layout, VFX_SOURCE_WINDOW + window, view.window[window]);
	return 0;
}
