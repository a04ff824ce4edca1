// SPDX-License-Identifier: GPL-2.0
/*
 * doors.c - doors that no other program tries: found by opening each one on
 * purpose (tests/mutations) and seeing that nobody noticed.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/vfio_virtio_fixup.h>

#include "../lib/sysfs_user.h"
#include "fixture.h"

#define DRIVER_FOLDER	"/sys/bus/pci/drivers/virtio_fixup_vfio_pci/"
#define PAGE		4096UL
/* The SMBus controller of L1's chipset: no virtio function. */
#define OTHER_FUNCTION	"0000:00:1f.3"

FIXTURE(doors)
{
	struct function function;
	struct witness witness;
};

FIXTURE_SETUP(doors)
{
	self->function.is_open = false;
	self->function.bdf = NULL;
	self->witness.config = -1;
}

FIXTURE_TEARDOWN(doors)
{
	close_function(_metadata, &self->function, &self->witness);
}

/* With decoding on and the BARs in place, and still it does not answer. */
TEST_F(doors, the_window_of_a_sleeping_function_is_shut)
{
	struct function *f = &self->function;
	const struct virtio_user_cap *common = &f->virtio.common;
	uint64_t seen = ~0ULL;

	if (!open_function(_metadata, f, &self->witness, "BLK_TRANSLATED", "auto"))
		return;
	ASSERT_EQ(0, vfio_user_power_state(&f->vfio, 3));
	ASSERT_EQ(0, virtio_user_window_read(&f->virtio, common->bar,
					     common->offset + VIRTIO_PCI_COMMON_NUMQ, 2, &seen));
	EXPECT_EQ(0, seen);
	ASSERT_EQ(0, virtio_user_window_write(&f->virtio, common->bar,
					      common->offset + VIRTIO_PCI_COMMON_STATUS, 1,
					      ACKNOWLEDGE));
	EXPECT_EQ(0, witness_status(&self->witness));
	ASSERT_EQ(0, vfio_user_power_state(&f->vfio, 0));
	ASSERT_EQ(0, virtio_user_window_read(&f->virtio, common->bar,
					     common->offset + VIRTIO_PCI_COMMON_NUMQ, 2, &seen));
	EXPECT_EQ(1, seen);
}

TEST_F(doors, nothing_lies_behind_the_verdict)
{
	struct vfio_user *vfio = &self->function.vfio;
	struct vfio_user_region region;
	uint8_t seen[64];
	unsigned int i;

	if (!open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED", "auto"))
		return;
	ASSERT_EQ(0, vfio_user_region_info(vfio, VFIO_PCI_NUM_REGIONS, &region));
	ASSERT_EQ(sizeof(struct virtio_fixup_region), region.size);
	/* Not far: where the driver does give it, the kernel would not survive the test. */
	for (i = 0; i < 16; i++)
		EXPECT_GE(0, pread(vfio->device, seen, 1, region.offset + region.size + i));
}

/* The table of vectors fills the first page, and the second has undeclared bytes. */
TEST_F(doors, a_mapping_ends_where_its_pages_do)
{
	struct vfio_user *vfio = &self->function.vfio;
	unsigned int at;
	uint64_t table;
	void *va;

	if (!open_function(_metadata, &self->function, &self->witness, "RNG_VECTORS", "auto"))
		return;
	at = vfio_user_find_capability(&self->function.vfio, PCI_CAP_ID_MSIX);
	ASSERT_NE(0, at);
	ASSERT_EQ(0, vfio_user_config_read(vfio, at + PCI_MSIX_TABLE, 4, &table));
	ASSERT_EQ(0, table & PCI_MSIX_TABLE_OFFSET);
	table &= PCI_MSIX_TABLE_BIR;
	ASSERT_LE(2 * PAGE, vfio->regions[table].size);
	ASSERT_EQ(0, vfio_user_mmap(vfio, table, 0, PAGE, &va));
	vfio_user_munmap(va, PAGE);
	EXPECT_EQ(-EINVAL, vfio_user_mmap(vfio, table, 0, 2 * PAGE, &va));
}

/*
 * No status was ever other than 0, so that nothing but the count of resets tells
 * that the function lost what it was told.
 */
TEST_F(doors, a_reset_from_sysfs_takes_features_written_before_any_status)
{
	struct function *f = &self->function;
	uint64_t features = ~0ULL;

	if (!open_function(_metadata, f, &self->witness, "BLK_TRANSLATED", "auto"))
		return;
	ASSERT_EQ(0, virtio_user_reset(&f->virtio));
	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	ASSERT_EQ(0, vfio_user_sysfs_reset(&f->vfio));
	ASSERT_EQ(0, virtio_user_driver_features(&f->virtio, &features));
	EXPECT_EQ(0, features);
	set_status(_metadata, f, ACKNOWLEDGE | DRIVER);
	EXPECT_EQ(ACKNOWLEDGE | DRIVER,
		  set_status(_metadata, f, ACKNOWLEDGE | DRIVER | FEATURES_OK));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);
}

/* It has no reset but virtio's own: nothing else would stop it on the way. */
TEST_F(doors, a_user_finds_it_reset_whatever_left_it_live)
{
	const char *bdf = named_function(_metadata, "RNG_ROOT_BUS");
	uint8_t status = 0xff;

	if (!bdf)
		return;
	ASSERT_EQ(0, witness_open(&self->witness, bdf));
	ASSERT_EQ(0, witness_write(&self->witness, VIRTIO_PCI_COMMON_STATUS, 1,
				   ACKNOWLEDGE | DRIVER));
	ASSERT_EQ(ACKNOWLEDGE | DRIVER, witness_status(&self->witness));
	ASSERT_EQ(0, function_open(&self->function, bdf));
	EXPECT_EQ(0, witness_status(&self->witness));
	ASSERT_EQ(0, vfio_user_command(&self->function.vfio, PCI_COMMAND_MEMORY, 0));
	EXPECT_EQ(0, virtio_user_status(&self->function.virtio, &status));
	EXPECT_EQ(0, status);
}

/* Firmware may have left it live. A balloon is not measured, which resets too. */
TEST_F(doors, what_is_bound_is_reset)
{
	const char *bdf = named_function(_metadata, "BALLOON");

	if (!bdf)
		return;
	ASSERT_EQ(0, witness_open(&self->witness, bdf));
	ASSERT_EQ(0, sysfs_user_write(DRIVER_FOLDER "unbind", bdf));
	ASSERT_EQ(0, witness_write(&self->witness, VIRTIO_PCI_COMMON_STATUS, 1,
				   ACKNOWLEDGE | DRIVER));
	ASSERT_EQ(ACKNOWLEDGE | DRIVER, witness_status(&self->witness));
	ASSERT_EQ(0, sysfs_user_write(DRIVER_FOLDER "bind", bdf));
	EXPECT_EQ(0, witness_status(&self->witness));
	EXPECT_TRUE(attribute_is(bdf, "offered", "0"));
	EXPECT_TRUE(attribute_is(bdf, "measured", "not-run not-run"));
}

/* driver_override brings anything to the driver. */
TEST_F(doors, only_virtio_functions_are_bound)
{
	const char *const override = "/sys/bus/pci/devices/" OTHER_FUNCTION "/driver_override";

	if (access(override, W_OK))
		SKIP(return, "there is no " OTHER_FUNCTION);
	if (!access("/sys/bus/pci/devices/" OTHER_FUNCTION "/driver", F_OK))
		SKIP(return, OTHER_FUNCTION " has a driver");
	ASSERT_EQ(0, sysfs_user_write(override, "virtio_fixup_vfio_pci"));
	EXPECT_EQ(-ENODEV, sysfs_user_write(DRIVER_FOLDER "bind", OTHER_FUNCTION));
	EXPECT_NE(0, access(DRIVER_FOLDER OTHER_FUNCTION, F_OK));
	sysfs_user_write(DRIVER_FOLDER "unbind", OTHER_FUNCTION);
	EXPECT_EQ(0, sysfs_user_write(override, "\n"));
}

TEST_HARNESS_MAIN
