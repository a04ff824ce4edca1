// SPDX-License-Identifier: GPL-2.0-only
/*
 * The view as a whole: who is shown the legacy interface, what is taken away, and
 * that configuration space is shown to suit.
 */
#include "config_space.h"
#include "config_view.h"
#include "unit.h"

#define BLK	2

static struct config_space space;
static struct vfx_layout layout;
static struct vfx_view view;

/* QEMU's layout with something in BAR 0 that no capability declares. */
static void make_function(bool io)
{
	config_qemu_root_port(&space);
	space.bar_length[0] = 128;
	space.io_bars = io;
	config_parse(&space, &layout);
}

static void make_view(const struct vfx_facts *facts, const struct vfx_decision *decision)
{
	vfx_make_view(&view, facts, decision, &layout, space.bytes, space.map, space.size);
}

static enum vfx_kind kind_in_bar_0(void)
{
	enum vfx_kind kind;
	u64 within;

	CHECK_EQ(vfx_bar_run(&view.layout, 0, 0, 128, &kind, &within), 128);
	return kind;
}

TEST(the_legacy_interface_is_for_a_raw_view_of_an_old_function_without_the_ack)
{
	unsigned int identity, shown, i, seen = 0;

	for (identity = 0; identity < VFX_IDENTITIES; identity++) {
		for (shown = 0; shown < VIRTIO_FIXUP_VIEWS; shown++) {
			for (i = 0; i < 4; i++) {
				const struct vfx_facts facts = {
					.type = BLK, .identity = identity, .offered = i & 1,
				};
				const struct vfx_decision decision = { .view = shown };
				bool wanted = identity != VFX_IDENTITY_MODERN &&
					      shown == VIRTIO_FIXUP_VIEW_RAW && i == 2;

				make_function(i & 2);
				make_view(&facts, &decision);
				CHECK_EQ(kind_in_bar_0(),
					 wanted ? VFX_KIND_LEGACY : VFX_KIND_ABSENT);
				CHECK_EQ(view.layout.bar_length[0], 128);
				seen += wanted;
			}
		}
	}
	CHECK_EQ(seen, 2);
}

TEST(shown_as_modern_bar_0_is_not_there)
{
	const struct vfx_facts facts = { .type = BLK, .identity = VFX_IDENTITY_TRANSITIONAL };
	struct vfx_decision decision = { .view = VIRTIO_FIXUP_VIEW_PLATFORM };

	make_function(true);
	make_view(&facts, &decision);
	CHECK_EQ(view.layout.bar_length[0], 128);
	CHECK_EQ(vfx_get16(view.config.image + 0x02), vfx_get16(space.bytes + 0x02));
	decision.as_modern = true;
	make_view(&facts, &decision);
	CHECK_EQ(view.layout.bar_length[0], 0);
	CHECK_EQ(vfx_get16(view.config.image + 0x02), 0x1040 + BLK);
	CHECK_EQ(layout.bar_length[0], 128);	/* the function's own stays */
}

/* Of a function as it is: every layout there is, and the decision, byte for byte. */
TEST(a_view_holds_the_decision_the_layout_and_configuration_space)
{
	const struct vfx_facts facts = { .type = BLK };
	const struct vfx_decision decision = {
		.policy = VIRTIO_FIXUP_POLICY_STRICT, .admitted = true,
		.verdict = VIRTIO_FIXUP_VERDICT_TRANSLATED, .basis = VIRTIO_FIXUP_BASIS_MEASURED,
		.view = VIRTIO_FIXUP_VIEW_PLATFORM, .state = VIRTIO_FIXUP_STATE_TRANSLATED,
	};
	static struct vfx_config_view config;
	unsigned int i;

	for (i = 0; i < COUNT(known_layouts); i++) {
		known_layouts[i].make(&space);
		config_parse(&space, &layout);
		make_view(&facts, &decision);
		vfx_config_view_init(&config, &layout, &decision, BLK, space.bytes, space.map,
				     space.size);
		CHECK_BYTES(&view.decision, &decision, sizeof(decision));
		CHECK_BYTES(&view.layout, &layout, sizeof(layout));
		CHECK_BYTES(&view.config, &config, sizeof(config));
		CHECK(view.config.description);
	}
}
