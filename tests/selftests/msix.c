// SPDX-License-Identifier: GPL-2.0
/*
 * msix.c - the BAR of the MSI-X table: a declared structure that is no virtio
 * structure, with undeclared bytes round it. One function has so few vectors
 * that they share their page with such bytes, one so many that they fill it.
 */
#include "fixture.h"

#define PAGE	4096UL

FIXTURE(msix)
{
	struct function function;
	struct witness witness;
	struct vfio_user_region *region;
	unsigned int bar;
	unsigned int vectors;
	uint64_t table, table_end;
	uint64_t pending, pending_end;
};

FIXTURE_VARIANT(msix)
{
	const char *word;
	bool fills_a_page;
};

FIXTURE_VARIANT_ADD(msix, few_vectors) { .word = "BLK_TRANSLATED" };
FIXTURE_VARIANT_ADD(msix, many_vectors) { .word = "RNG_VECTORS", .fills_a_page = true };

FIXTURE_SETUP(msix)
{
	struct function *f = &self->function;
	uint64_t control, table, pending;
	unsigned int at;

	if (!open_function(_metadata, f, &self->witness, variant->word, "auto"))
		return;
	at = vfio_user_find_capability(&f->vfio, PCI_CAP_ID_MSIX);
	ASSERT_NE(0, at);
	ASSERT_EQ(0, vfio_user_config_read(&f->vfio, at + PCI_MSIX_FLAGS, 2, &control));
	ASSERT_EQ(0, vfio_user_config_read(&f->vfio, at + PCI_MSIX_TABLE, 4, &table));
	ASSERT_EQ(0, vfio_user_config_read(&f->vfio, at + PCI_MSIX_PBA, 4, &pending));
	self->bar = table & PCI_MSIX_TABLE_BIR;
	ASSERT_EQ(self->bar, pending & PCI_MSIX_PBA_BIR);
	self->region = &f->vfio.regions[self->bar];
	self->vectors = (control & PCI_MSIX_FLAGS_QSIZE) + 1;
	self->table = table & PCI_MSIX_TABLE_OFFSET;
	self->table_end = self->table + self->vectors * PCI_MSIX_ENTRY_SIZE;
	self->pending = pending & PCI_MSIX_PBA_OFFSET;
	self->pending_end = self->pending + (self->vectors + 63) / 64 * 8;
}

FIXTURE_TEARDOWN(msix)
{
	close_function(_metadata, &self->function, &self->witness);
}

TEST_F(msix, a_page_full_of_vectors_is_mappable_and_no_other)
{
	void *va;

	EXPECT_EQ(VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE,
		  self->region->flags & 3);
	if (!variant->fills_a_page) {
		EXPECT_FALSE(self->region->msix_mappable);
		EXPECT_FALSE(self->region->sparse);
		EXPECT_EQ(0, self->region->flags & VFIO_REGION_INFO_FLAG_MMAP);
		EXPECT_EQ(-EINVAL, vfio_user_mmap(&self->function.vfio, self->bar, 0, PAGE,
						  &va));
		return;
	}
	/* Both capabilities: the areas do not tell a monitor that it may map vectors. */
	EXPECT_TRUE(self->region->msix_mappable);
	EXPECT_TRUE(self->region->sparse);
	ASSERT_EQ(1, self->region->nr_areas);
	EXPECT_EQ(self->table, self->region->areas[0].offset);
	EXPECT_EQ(self->table_end & ~(PAGE - 1), self->region->areas[0].size);
	ASSERT_EQ(0, vfio_user_mmap(&self->function.vfio, self->bar, self->table, PAGE, &va));
	vfio_user_munmap(va, PAGE);
	EXPECT_EQ(-EINVAL, vfio_user_mmap(&self->function.vfio, self->bar,
					  self->pending & ~(PAGE - 1), PAGE, &va));
}

TEST_F(msix, the_window_does_not_reach_the_table)
{
	struct virtio_user *virtio = &self->function.virtio;
	volatile uint32_t *entry;
	uint64_t seen = ~0ULL;
	uint32_t before;
	void *va;

	EXPECT_EQ(0, virtio_user_window_read(virtio, self->bar, self->table + 12, 4, &seen));
	EXPECT_EQ(0, seen);
	if (!variant->fills_a_page)
		SKIP(return, "this table cannot be mapped to look at it");

	ASSERT_EQ(0, vfio_user_mmap(&self->function.vfio, self->bar, self->table, PAGE, &va));
	entry = va;
	before = entry[2];
	ASSERT_EQ(0, virtio_user_window_write(virtio, self->bar, self->table + 8, 4,
					      before ^ 0x5a5a));
	EXPECT_EQ(before, entry[2]);
	/* Where it is mapped it can be written: that it was not is no accident. */
	entry[2] = before ^ 0x5a5a;
	EXPECT_EQ(before ^ 0x5a5a, entry[2]);
	ASSERT_EQ(0, virtio_user_window_read(virtio, self->bar, self->table + 8, 4, &seen));
	EXPECT_EQ(0, seen);
	entry[2] = before;
	vfio_user_munmap(va, PAGE);
}

static void expect_undeclared(struct __test_metadata *const _metadata, struct vfio_user *vfio,
			      unsigned int bar, uint64_t from, uint64_t to)
{
	uint8_t ones[16], seen[16], zero[16] = { 0 };
	uint64_t offset;

	memset(ones, 0xff, sizeof(ones));
	for (offset = from; offset + sizeof(ones) <= to; offset += 61) {
		memset(seen, 0xa5, sizeof(seen));
		ASSERT_EQ(0, vfio_user_write(vfio, bar, offset, ones, sizeof(ones)));
		ASSERT_EQ(0, vfio_user_read(vfio, bar, offset, seen, sizeof(seen)));
		EXPECT_EQ(0, memcmp(zero, seen, sizeof(seen)));
	}
}

TEST_F(msix, bytes_round_the_table_read_0_and_drop_writes)
{
	struct vfio_user *vfio = &self->function.vfio;
	uint8_t seen[8];

	ASSERT_LE(self->table_end, self->pending);
	ASSERT_LT(self->pending_end + 16, self->region->size);
	expect_undeclared(_metadata, vfio, self->bar, self->table_end, self->pending);
	expect_undeclared(_metadata, vfio, self->bar, self->pending_end, self->region->size);

	/* One read over the end of the pending bits: each half from its owner. */
	ASSERT_EQ(0, vfio_user_read(vfio, self->bar, self->pending_end - 4, seen, 8));
	EXPECT_EQ(0, memcmp("\0\0\0\0", seen + 4, 4));
}

TEST_HARNESS_MAIN
