// SPDX-License-Identifier: GPL-2.0
/*
 * monitor.c - the verdict region: what a virtual machine monitor reads of a
 * function before it gives it to a guest. Read-only, and the same until close.
 */
#include <sys/ioctl.h>
#include <linux/vfio_virtio_fixup.h>

#include "fixture.h"

#define TYPE	((uint32_t)VFIO_REGION_TYPE_PCI_VENDOR_TYPE | 0x1af4)

FIXTURE(monitor)
{
	struct function function;
	struct witness witness;
	unsigned int index;
	struct vfio_user_region region;
	struct virtio_fixup_region content;
};

FIXTURE_SETUP(monitor)
{
	struct vfio_user *vfio = &self->function.vfio;
	unsigned int index;

	self->index = 0;
	if (!open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED",
			   "physical"))
		return;
	/* As a monitor finds it: by type and subtype, behind the fixed ones. */
	for (index = VFIO_PCI_NUM_REGIONS; index < vfio->info.num_regions; index++) {
		ASSERT_EQ(0, vfio_user_region_info(vfio, index, &self->region));
		if (self->region.type == TYPE &&
		    self->region.subtype == VIRTIO_FIXUP_REGION_SUBTYPE)
			self->index = index;
	}
	ASSERT_NE(0, self->index);
	ASSERT_EQ(sizeof(self->content), self->region.size);
	ASSERT_EQ(0, vfio_user_read(vfio, self->index, 0, &self->content,
				    sizeof(self->content)));
}

FIXTURE_TEARDOWN(monitor)
{
	close_function(_metadata, &self->function, &self->witness);
}

TEST_F(monitor, reads_what_sysfs_says)
{
	static const char *const verdicts[] = { "unknown", "translated", "conditional", "bypass" };
	static const char *const bases[] = {
		"none", "measured", "declared", "vouched", "platform", "protocol",
	};
	static const char *const views[] = { "none", "platform", "physical", "raw" };
	const struct virtio_fixup_region *r = &self->content;
	const char *bdf = self->function.bdf;

	EXPECT_EQ(0, memcmp(r->signature, "vfio-vfx", 8));
	EXPECT_EQ(VIRTIO_FIXUP_REGION_VERSION, r->version);
	EXPECT_EQ(sizeof(*r), r->size);
	ASSERT_GT(ARRAY_SIZE(verdicts), r->verdict);
	EXPECT_TRUE(attribute_is(bdf, "verdict", verdicts[r->verdict]));
	ASSERT_GT(ARRAY_SIZE(bases), r->basis);
	EXPECT_TRUE(attribute_is(bdf, "basis", bases[r->basis]));
	ASSERT_GT(ARRAY_SIZE(views), r->view);
	EXPECT_TRUE(attribute_is(bdf, "view", views[r->view]));
	EXPECT_EQ(VIRTIO_FIXUP_POLICY_PHYSICAL, r->policy);
	EXPECT_EQ(0, r->reserved);
	EXPECT_EQ(VIRTIO_FIXUP_ABILITY_YES, r->ability);
	EXPECT_EQ(VIRTIO_FIXUP_STATE_TRANSLATED, r->state);
	EXPECT_EQ(attribute_count(bdf, "measured_time"), (long)r->measured_time);
}

TEST_F(monitor, reads_where_the_description_is)
{
	struct virtio_fixup_description d;

	ASSERT_NE(0, self->content.description);
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, VFIO_PCI_CONFIG_REGION_INDEX,
				    self->content.description, &d, sizeof(d)));
	EXPECT_EQ(0, memcmp(d.signature, self->content.signature, sizeof(d.signature)));
	EXPECT_EQ(d.verdict, self->content.verdict);
	EXPECT_EQ(d.basis, self->content.basis);
	EXPECT_EQ(d.view, self->content.view);
}

TEST_F(monitor, cannot_change_it)
{
	struct vfio_user *vfio = &self->function.vfio;
	uint8_t ones[64], again[sizeof(self->content)];
	unsigned int offset;
	void *va;

	memset(ones, 0xff, sizeof(ones));
	EXPECT_EQ(VFIO_REGION_INFO_FLAG_READ,
		  self->region.flags & (VFIO_REGION_INFO_FLAG_READ |
					VFIO_REGION_INFO_FLAG_WRITE |
					VFIO_REGION_INFO_FLAG_MMAP));
	for (offset = 0; offset < sizeof(self->content); offset++)
		EXPECT_NE(0, vfio_user_write(vfio, self->index, offset, ones, 1));
	EXPECT_NE(0, vfio_user_write(vfio, self->index, 0, ones, sizeof(self->content)));
	EXPECT_EQ(-EINVAL, vfio_user_mmap(vfio, self->index, 0, 4096, &va));
	ASSERT_EQ(0, vfio_user_read(vfio, self->index, 0, again, sizeof(again)));
	EXPECT_EQ(0, memcmp(&self->content, again, sizeof(again)));
}

TEST_F(monitor, may_read_it_in_any_way)
{
	const uint8_t *whole = (const uint8_t *)&self->content;
	struct vfio_user *vfio = &self->function.vfio;
	unsigned int offset, size;
	uint8_t seen[64];

	for (offset = 0; offset < sizeof(self->content); offset++) {
		for (size = 1; offset + size <= sizeof(self->content); size++) {
			ASSERT_EQ(0, vfio_user_read(vfio, self->index, offset, seen, size));
			EXPECT_EQ(0, memcmp(whole + offset, seen, size));
		}
		/* What lies behind is none of it. */
		EXPECT_EQ(sizeof(self->content) - offset,
			  pread(vfio->device, seen, sizeof(seen), self->region.offset + offset));
	}
	EXPECT_GE(0, pread(vfio->device, seen, 1, self->region.offset + sizeof(self->content)));
}

TEST_F(monitor, reads_the_same_until_close)
{
	struct virtio_fixup_region again;
	const char *bdf = self->function.bdf;

	ASSERT_EQ(0, policy_set(bdf, "deny"));
	ASSERT_EQ(0, vfio_user_reset(&self->function.vfio));
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, self->index, 0, &again,
				    sizeof(again)));
	EXPECT_EQ(0, memcmp(&self->content, &again, sizeof(again)));

	/* One region for each user, however many there were before. */
	ASSERT_EQ(0, policy_set(bdf, "auto"));
	vfio_user_close_device(&self->function.vfio);
	ASSERT_EQ(0, vfio_user_open_device(&self->function.vfio));
	EXPECT_EQ(VFIO_PCI_NUM_REGIONS + 1, self->function.vfio.info.num_regions);
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, self->index, 0, &again,
				    sizeof(again)));
	EXPECT_EQ(VIRTIO_FIXUP_POLICY_AUTO, again.policy);
	EXPECT_EQ(VIRTIO_FIXUP_VIEW_PLATFORM, again.view);
}

TEST_HARNESS_MAIN
