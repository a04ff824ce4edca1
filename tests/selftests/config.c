// SPDX-License-Identifier: GPL-2.0
/*
 * config.c - configuration space as a VFIO user finds it: every split of an
 * access agrees, nothing raw shows in the gaps, and the description capability
 * says what sysfs says. The window in it has its own program, window.c.
 */
#include <linux/vfio_virtio_fixup.h>

#include "fixture.h"

#define STANDARD	256

FIXTURE(config)
{
	struct function function;
	struct witness witness;
	unsigned int size;
	uint8_t image[4096];	/* one read of all */
};

FIXTURE_VARIANT(config)
{
	const char *word;
};

FIXTURE_VARIANT_ADD(config, behind_a_port) { .word = "BLK_TRANSLATED" };
FIXTURE_VARIANT_ADD(config, root_bus) { .word = "RNG_ROOT_BUS" };

FIXTURE_SETUP(config)
{
	if (!open_function(_metadata, &self->function, &self->witness, variant->word, "auto"))
		return;
	self->size = self->function.vfio.regions[VFIO_PCI_CONFIG_REGION_INDEX].size;
	ASSERT_LE(self->size, sizeof(self->image));
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0,
				    self->image, self->size));
}

FIXTURE_TEARDOWN(config)
{
	close_function(_metadata, &self->function, &self->witness);
}

static int read_config(struct function *function, unsigned int offset, void *bytes,
		       size_t size)
{
	return vfio_user_read(&function->vfio, VFIO_PCI_CONFIG_REGION_INDEX, offset, bytes,
			      size);
}

static int write_config(struct function *function, unsigned int offset, const void *bytes,
			size_t size)
{
	return vfio_user_write(&function->vfio, VFIO_PCI_CONFIG_REGION_INDEX, offset, bytes,
			       size);
}

/* The length of a capability at a position of standard configuration space. */
static unsigned int capability_length(const uint8_t *image, unsigned int at)
{
	switch (image[at]) {
	case PCI_CAP_ID_VNDR:
		return image[at + 2];
	case PCI_CAP_ID_MSIX:
		return PCI_CAP_MSIX_SIZEOF;
	case PCI_CAP_ID_PM:
		return PCI_PM_SIZEOF;
	case PCI_CAP_ID_EXP:
		return PCI_CAP_EXP_ENDPOINT_SIZEOF_V2;
	default:
		return 0;
	}
}

/* Bytes that some capability or the header owns; false for a broken list. */
static bool find_owned(const uint8_t *image, bool owned[STANDARD])
{
	unsigned int at, length, i;

	for (i = 0; i < STANDARD; i++)
		owned[i] = i < PCI_STD_HEADER_SIZEOF;
	for (at = image[PCI_CAPABILITY_LIST]; at; at = image[at + 1]) {
		length = capability_length(image, at);
		if (at < PCI_STD_HEADER_SIZEOF || !length || at + length > STANDARD)
			return false;
		for (i = at; i < at + length; i++) {
			if (owned[i])	/* a loop, or two in one place */
				return false;
			owned[i] = true;
		}
	}
	return true;
}

TEST_F(config, every_offset_and_size_agrees_with_one_read_of_all)
{
	unsigned int offset, size, step;
	uint8_t seen[8];

	for (offset = 0; offset < self->size; offset += step) {
		/* The whole of the standard part; samples of the extended one. */
		step = offset < STANDARD + 16 || offset + 16 >= self->size ? 1 : 61;
		for (size = 1; size <= 8 && offset + size <= self->size; size++) {
			memset(seen, 0xa5, sizeof(seen));
			ASSERT_EQ(0, read_config(&self->function, offset, seen, size));
			ASSERT_EQ(0, memcmp(self->image + offset, seen, size)) {
				TH_LOG("offset 0x%x, size %u", offset, size);
			}
		}
	}
}

TEST_F(config, large_reads_agree_wherever_they_begin)
{
	uint8_t seen[STANDARD];
	unsigned int offset;

	for (offset = 0; offset < STANDARD; offset += 13) {
		ASSERT_EQ(0, read_config(&self->function, offset, seen, STANDARD - offset));
		EXPECT_EQ(0, memcmp(self->image + offset, seen, STANDARD - offset));
	}
}

TEST_F(config, nothing_lies_behind_the_end)
{
	uint8_t bytes[8] = { 0 };

	EXPECT_NE(0, read_config(&self->function, self->size, bytes, 1));
	EXPECT_NE(0, read_config(&self->function, self->size - 4, bytes, 8));
	EXPECT_NE(0, write_config(&self->function, self->size, bytes, 1));
	EXPECT_NE(0, write_config(&self->function, self->size - 4, bytes, 8));
}

TEST_F(config, the_ids_are_the_hardwares)
{
	static const struct {
		unsigned int offset;
		unsigned int width;
	} ids[] = {
		{ PCI_VENDOR_ID, 2 }, { PCI_DEVICE_ID, 2 }, { PCI_CLASS_REVISION, 4 },
		{ PCI_SUBSYSTEM_VENDOR_ID, 2 }, { PCI_SUBSYSTEM_ID, 2 },
	};
	uint64_t shown;
	uint32_t real;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		ASSERT_EQ(0, vfio_user_config_read(&self->function.vfio, ids[i].offset,
						   ids[i].width, &shown));
		ASSERT_EQ(0, witness_config(&self->witness, ids[i].offset, ids[i].width,
					    &real));
		EXPECT_EQ(real, shown);
	}
}

TEST_F(config, gaps_read_0_and_drop_writes)
{
	unsigned int i, gaps = 0, run;
	const uint8_t ones[8] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
	uint8_t seen[8], zero[8] = { 0 };
	bool owned[STANDARD];
	uint32_t before, after;

	ASSERT_TRUE(find_owned(self->image, owned));
	for (i = 0; i < self->size; i += 4) {
		/* Samples of the extended part: nothing of QEMU's is there. */
		if (i < STANDARD ? owned[i] : self->image[i] || i % 64)
			continue;
		for (run = 1; run <= 8 && i + run <= self->size; run++) {
			if (i + run <= STANDARD && owned[i + run - 1])
				break;
			gaps++;
			EXPECT_EQ(0, self->image[i + run - 1]);
			ASSERT_EQ(0, witness_config(&self->witness, i, 4, &before));
			ASSERT_EQ(0, write_config(&self->function, i, ones, run));
			ASSERT_EQ(0, read_config(&self->function, i, seen, run));
			EXPECT_EQ(0, memcmp(zero, seen, run));
			ASSERT_EQ(0, witness_config(&self->witness, i, 4, &after));
			EXPECT_EQ(before, after);
		}
	}
	if (!gaps)
		SKIP(return, "this function has no gaps between its capabilities");
}

TEST_F(config, the_capability_list_is_the_hardwares_and_one_more)
{
	unsigned int at, ours = 0, shown = 0, real = 0;
	bool owned[STANDARD];
	uint32_t next, id;

	ASSERT_TRUE(find_owned(self->image, owned)) {
		TH_LOG("the list loops or overlaps");
	}
	ASSERT_EQ(0, witness_config(&self->witness, PCI_CAPABILITY_LIST, 1, &next));
	for (at = next; at; at = next) {
		ASSERT_EQ(0, witness_config(&self->witness, at, 1, &id));
		ASSERT_EQ(0, witness_config(&self->witness, at + 1, 1, &next));
		EXPECT_EQ(id, self->image[at]);
		real++;
	}
	for (at = self->image[PCI_CAPABILITY_LIST]; at; at = self->image[at + 1]) {
		shown++;
		if (self->image[at] == PCI_CAP_ID_VNDR && self->image[at + 3] == 9)
			ours++;
	}
	EXPECT_EQ(1, ours);
	EXPECT_EQ(real + 1, shown);
}

static unsigned int find_description(const uint8_t *image)
{
	unsigned int at;

	for (at = image[PCI_CAPABILITY_LIST]; at; at = image[at + 1])
		if (image[at] == PCI_CAP_ID_VNDR && image[at + 3] == 9)
			return at;
	return 0;
}

TEST_F(config, the_description_says_what_sysfs_says)
{
	static const char *const verdicts[] = { "unknown", "translated", "conditional", "bypass" };
	static const char *const bases[] = {
		"none", "measured", "declared", "vouched", "platform", "protocol",
	};
	static const char *const views[] = { "none", "platform", "physical", "raw" };
	const uint8_t zero[4] = { 0 };
	struct virtio_fixup_description d;
	unsigned int at = find_description(self->image);

	ASSERT_NE(0, at);
	EXPECT_EQ(0, at % 4);
	ASSERT_EQ(24, sizeof(d));
	memcpy(&d, self->image + at, sizeof(d));
	EXPECT_EQ(VIRTIO_FIXUP_DESCRIPTION_LEN, d.cap_len);
	EXPECT_EQ(0xffff, d.vendor_id);
	EXPECT_EQ(VIRTIO_FIXUP_DESCRIPTION_VERSION, d.version);
	EXPECT_EQ(0, memcmp(d.signature, "vfio-vfx", 8));
	EXPECT_EQ(0, memcmp(d.reserved, zero, sizeof(zero)));

	ASSERT_LT(d.verdict, 4);
	EXPECT_TRUE(attribute_is(self->function.bdf, "verdict", verdicts[d.verdict]));
	ASSERT_LT(d.basis, 6);
	EXPECT_TRUE(attribute_is(self->function.bdf, "basis", bases[d.basis]));
	ASSERT_LT(d.view, 4);
	EXPECT_TRUE(attribute_is(self->function.bdf, "view", views[d.view]));
	EXPECT_EQ(VIRTIO_FIXUP_ABILITY_YES, d.ability);
	EXPECT_EQ(VIRTIO_FIXUP_STATE_TRANSLATED, d.state);
}

/* All but what a user aims a window with. */
TEST_F(config, virtio_capabilities_are_read_only)
{
	unsigned int at, i, size, length;
	uint8_t flipped[4], after[STANDARD];

	for (at = self->image[PCI_CAPABILITY_LIST]; at; at = self->image[at + 1]) {
		if (self->image[at] != PCI_CAP_ID_VNDR)
			continue;
		length = self->image[at + 3] == VIRTIO_PCI_CAP_PCI_CFG ?
			 VIRTIO_PCI_CAP_BAR : self->image[at + 2];
		for (size = 1; size <= 4; size *= 2) {
			for (i = 0; i + size <= length; i += size) {
				memcpy(flipped, self->image + at + i, size);
				flipped[0] ^= 0xff;
				flipped[size - 1] ^= 0xff;
				ASSERT_EQ(0, write_config(&self->function, at + i, flipped,
							  size));
			}
		}
	}
	ASSERT_EQ(0, read_config(&self->function, 0, after, sizeof(after)));
	EXPECT_EQ(0, memcmp(self->image, after, sizeof(after)));
}

/* Their IDs and links; what the list leads to stays. */
TEST_F(config, the_capability_list_is_read_only)
{
	const uint8_t ones[2] = { 0xff, 0xff }, zeros[2] = { 0, 0 };
	uint8_t after[STANDARD];
	unsigned int at, i;

	for (i = 0; i < 2; i++) {
		const uint8_t *bytes = i ? ones : zeros;

		ASSERT_EQ(0, write_config(&self->function, PCI_CAPABILITY_LIST, bytes, 1));
		for (at = self->image[PCI_CAPABILITY_LIST]; at; at = self->image[at + 1]) {
			ASSERT_EQ(0, write_config(&self->function, at, bytes, 1));
			ASSERT_EQ(0, write_config(&self->function, at + 1, bytes, 1));
			ASSERT_EQ(0, write_config(&self->function, at, bytes, 2));
		}
		ASSERT_EQ(0, read_config(&self->function, 0, after, sizeof(after)));
		EXPECT_EQ(0, memcmp(self->image, after, sizeof(after)));
	}
}

/* One write from a live byte over a rewritten one, and back. */
TEST_F(config, a_write_across_owners_is_cut_where_they_meet)
{
	unsigned int at = find_description(self->image);
	uint8_t bytes[32], after[STANDARD];

	ASSERT_NE(0, at);
	memset(bytes, 0xff, sizeof(bytes));
	/* The last bytes of what lies before are kept, ours are not written. */
	memcpy(bytes, self->image + at - 4, 4);
	ASSERT_EQ(0, write_config(&self->function, at - 4, bytes, 4 + 24));
	ASSERT_EQ(0, read_config(&self->function, 0, after, sizeof(after)));
	EXPECT_EQ(0, memcmp(self->image, after, sizeof(after)));
}

TEST_F(config, bars_can_still_be_sized)
{
	unsigned int index = self->function.virtio.common.bar;
	uint64_t size = self->function.vfio.regions[index].size;
	unsigned int bar = PCI_BASE_ADDRESS_0 + 4 * index;
	uint64_t before, mask;

	ASSERT_EQ(0, vfio_user_config_read(&self->function.vfio, bar, 4, &before));
	ASSERT_EQ(0, vfio_user_config_write(&self->function.vfio, bar, 4, 0xffffffff));
	ASSERT_EQ(0, vfio_user_config_read(&self->function.vfio, bar, 4, &mask));
	EXPECT_EQ(size, (~(mask & ~0xfULL) + 1) & 0xffffffff);
	ASSERT_EQ(0, vfio_user_config_write(&self->function.vfio, bar, 4, before));
	ASSERT_EQ(0, vfio_user_config_read(&self->function.vfio, bar, 4, &mask));
	EXPECT_EQ(before, mask);
}

/* The function would take the write; it has no use for it. */
TEST_F(config, cache_line_size_and_latency_timer_are_kept)
{
	const uint8_t bytes[2] = { 0x10, 0x40 };
	uint32_t before, hardware;
	uint64_t value;

	ASSERT_EQ(0, witness_config(&self->witness, PCI_CACHE_LINE_SIZE, 2, &before));
	ASSERT_EQ(0, write_config(&self->function, PCI_CACHE_LINE_SIZE, bytes, 2));
	ASSERT_EQ(0, vfio_user_config_read(&self->function.vfio, PCI_CACHE_LINE_SIZE, 2, &value));
	EXPECT_EQ(0x4010, value);
	ASSERT_EQ(0, witness_config(&self->witness, PCI_CACHE_LINE_SIZE, 2, &hardware));
	EXPECT_EQ(before, hardware);
}

/* It does not go through the core, but nowhere else either than to the function. */
TEST_F(config, bus_master_reaches_the_function)
{
	struct vfio_user *vfio = &self->function.vfio;
	unsigned int round;
	uint32_t command;

	for (round = 0; round < 3; round++) {
		ASSERT_EQ(0, vfio_user_command(vfio, PCI_COMMAND_MASTER, 0));
		ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &command));
		EXPECT_NE(0, command & PCI_COMMAND_MASTER);
		EXPECT_NE(0, command & PCI_COMMAND_MEMORY);
		ASSERT_EQ(0, vfio_user_command(vfio, 0, PCI_COMMAND_MASTER));
		ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &command));
		EXPECT_EQ(0, command & PCI_COMMAND_MASTER);
		/* Half of the register goes through the core. */
		ASSERT_EQ(0, vfio_user_config_write(vfio, PCI_COMMAND, 1, PCI_COMMAND_MASTER |
						    PCI_COMMAND_MEMORY));
		ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &command));
		EXPECT_NE(0, command & PCI_COMMAND_MASTER);
	}
}

/* The core masks INTx in hardware whenever one arrives, and only it unmasks INTx. */
TEST_F(config, bus_master_leaves_intx_masked)
{
	uint16_t masked;
	uint32_t command;

	ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &command));
	masked = command | PCI_COMMAND_INTX_DISABLE;
	ASSERT_EQ(2, pwrite(self->witness.config, &masked, 2, PCI_COMMAND));
	ASSERT_EQ(0, vfio_user_command(&self->function.vfio, 0, PCI_COMMAND_MASTER));
	ASSERT_EQ(0, vfio_user_command(&self->function.vfio, PCI_COMMAND_MASTER, 0));
	ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &command));
	EXPECT_NE(0, command & PCI_COMMAND_MASTER);
	EXPECT_NE(0, command & PCI_COMMAND_INTX_DISABLE);
}

/* As after a reset that nobody told the host of: the core restores the BARs. */
TEST_F(config, the_same_command_again_mends_what_a_hidden_reset_took)
{
	unsigned int bar = PCI_BASE_ADDRESS_0 + 4 * self->function.virtio.common.bar;
	static const uint8_t nothing[4];
	uint32_t before, after;
	uint64_t command;
	uint8_t status;

	ASSERT_EQ(0, vfio_user_config_read(&self->function.vfio, PCI_COMMAND, 2, &command));
	EXPECT_NE(0, command & PCI_COMMAND_MEMORY);
	ASSERT_EQ(0, witness_config(&self->witness, bar, 4, &before));
	ASSERT_EQ(2, pwrite(self->witness.config, nothing, 2, PCI_COMMAND));
	ASSERT_EQ(4, pwrite(self->witness.config, nothing, 4, bar));
	ASSERT_EQ(0, vfio_user_config_write(&self->function.vfio, PCI_COMMAND, 2, command));
	ASSERT_EQ(0, witness_config(&self->witness, bar, 4, &after));
	EXPECT_EQ(before, after);
	EXPECT_EQ(0, virtio_user_status(&self->function.virtio, &status));
	EXPECT_EQ(0, status);
}

TEST_HARNESS_MAIN
