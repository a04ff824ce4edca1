// SPDX-License-Identifier: GPL-2.0
/*
 * resets.c - each kind of reset that the user did not do by device_status, in
 * the middle of a negotiation: afterwards nothing goes live without a new one.
 */
#include "fixture.h"

FIXTURE(resets)
{
	struct function function;
	struct witness witness;
	struct virtio_user_memory memory;
};

FIXTURE_VARIANT(resets)
{
	int (*run)(struct vfio_user *user);
};

FIXTURE_VARIANT_ADD(resets, by_ioctl) { .run = vfio_user_reset };
FIXTURE_VARIANT_ADD(resets, by_flr) { .run = vfio_user_flr };
FIXTURE_VARIANT_ADD(resets, by_power_state) { .run = vfio_user_power_cycle };
FIXTURE_VARIANT_ADD(resets, by_sysfs) { .run = vfio_user_sysfs_reset };
FIXTURE_VARIANT_ADD(resets, by_hot_reset) { .run = vfio_user_hot_reset };

FIXTURE_SETUP(resets)
{
	if (!open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED",
			   "auto"))
		return;
	ASSERT_EQ(0, function_map(&self->function, IOVA, VIRTIO_USER_PAGE, &self->memory));
}

FIXTURE_TEARDOWN(resets)
{
	close_function(_metadata, &self->function, &self->witness);
}

/* After a reset in the middle: what the user had agreed on counts no more. */
static void expect_new_negotiation(struct __test_metadata *const _metadata,
				   struct function *f, struct witness *witness)
{
	uint8_t status = 0xff;

	ASSERT_EQ(0, virtio_user_status(&f->virtio, &status));
	EXPECT_EQ(0, status);
	EXPECT_EQ(0, witness_status(witness));
	EXPECT_EQ(0, set_status(_metadata, f, DRIVER_OK));
	expect_refusals(_metadata, f, REFUSED_DRIVER_OK, 1);
	EXPECT_EQ(ACKNOWLEDGE | DRIVER, set_status(_metadata, f, ACKNOWLEDGE | DRIVER));
	put(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2));
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	expect_not_live(_metadata, f, witness);
}

TEST_F(resets, a_live_function_needs_a_new_negotiation)
{
	struct function *f = &self->function;
	struct virtio_user_queue queue;
	uint64_t features;
	int ret;

	ASSERT_EQ(0, function_go_live(f, &queue, self->memory));
	ret = variant->run(&f->vfio);
	if (ret == -EOPNOTSUPP)
		SKIP(return, "the function has no such reset");
	ASSERT_EQ(0, ret);

	if (witness_status(&self->witness) != 0) {
		/* It kept its state over the power state: that must be whole. */
		ASSERT_TRUE(variant->run == vfio_user_power_cycle);
		EXPECT_EQ(0x0f, witness_status(&self->witness));
		EXPECT_EQ(0x0f, set_status(_metadata, f, 0x0f));
		ASSERT_EQ(0, witness_driver_features(&self->witness, &features));
		EXPECT_EQ(VERSION_1 | ACCESS_PLATFORM, features);
		expect_no_refusal(_metadata, f);
		ASSERT_EQ(0, virtio_user_reset(&f->virtio));
	}
	expect_new_negotiation(_metadata, f, &self->witness);

	/* Without the ack it stays down; with it, it comes up. */
	ASSERT_EQ(-EOPNOTSUPP, virtio_user_negotiate(&f->virtio, VERSION_1));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);
	ASSERT_EQ(0, function_go_live(f, &queue, self->memory));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	expect_no_refusal(_metadata, f);
}

TEST_F(resets, half_a_negotiation_is_none)
{
	struct function *f = &self->function;
	int ret;

	/* The ack is written, FEATURES_OK is not: the reset takes the ack too. */
	ASSERT_EQ(0, virtio_user_reset(&f->virtio));
	set_status(_metadata, f, ACKNOWLEDGE | DRIVER);
	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio,
						       VERSION_1 | ACCESS_PLATFORM));
	ret = variant->run(&f->vfio);
	if (ret == -EOPNOTSUPP)
		SKIP(return, "the function has no such reset");
	ASSERT_EQ(0, ret);
	if (witness_status(&self->witness) == (ACKNOWLEDGE | DRIVER))
		SKIP(return, "the function keeps its state over this");

	set_status(_metadata, f, ACKNOWLEDGE | DRIVER);
	EXPECT_EQ(ACKNOWLEDGE | DRIVER,
		  set_status(_metadata, f, ACKNOWLEDGE | DRIVER | FEATURES_OK));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);
	expect_not_live(_metadata, f, &self->witness);
}

TEST_F(resets, features_agreed_before_do_not_let_a_queue_live_after)
{
	struct function *f = &self->function;
	int ret;

	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	ret = variant->run(&f->vfio);
	if (ret == -EOPNOTSUPP)
		SKIP(return, "the function has no such reset");
	ASSERT_EQ(0, ret);
	if (witness_status(&self->witness) == 0x0b)
		SKIP(return, "the function keeps its state over this");
	expect_new_negotiation(_metadata, f, &self->witness);
}

TEST_HARNESS_MAIN
