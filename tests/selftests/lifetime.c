// SPDX-License-Identifier: GPL-2.0
/*
 * lifetime.c - from open to close, and from bind to unbind: whatever its user
 * did, a function that is closed is reset, and works again for the next one.
 * Many times over, and killed: endurance.c.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/ioctl.h>

#include "fixture.h"

#define PAGE	VIRTIO_USER_PAGE

FIXTURE(lifetime)
{
	struct function function;
	struct witness witness;
	const char *bdf;
	struct virtio_user_memory ring, request;
};

FIXTURE_SETUP(lifetime)
{
	if (!open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED",
			   "auto"))
		return;
	self->bdf = self->function.bdf;
	ASSERT_EQ(0, function_map(&self->function, IOVA, PAGE, &self->ring));
	ASSERT_EQ(0, function_map(&self->function, IOVA + PAGE, PAGE, &self->request));
}

FIXTURE_TEARDOWN(lifetime)
{
	close_function(_metadata, &self->function, &self->witness);
}

/* A sector whose content says which one it is, through rings in our memory. */
static void expect_reads_disk(struct __test_metadata *const _metadata,
			      struct function *f, struct virtio_user_memory ring,
			      struct virtio_user_memory request, uint64_t sector)
{
	char *data = (char *)request.va + 2048;
	struct virtio_user_queue queue;
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "disk blk-translated sector %08llu ",
		 (unsigned long long)sector);
	memset(data, 0, VIRTIO_USER_SECTOR);
	ASSERT_EQ(0, function_go_live(f, &queue, ring));
	ASSERT_EQ(0, virtio_user_blk(&queue, request, request.address + 2048, sector, false,
				     5000));
	EXPECT_EQ(0, memcmp(wanted, data, strlen(wanted)));
}

TEST_F(lifetime, a_disk_is_read_and_again_after_each_kind_of_reset)
{
	int (*const resets[])(struct vfio_user *) = {
		vfio_user_reset, vfio_user_flr, vfio_user_power_cycle, vfio_user_sysfs_reset,
		vfio_user_hot_reset,
	};
	struct function *f = &self->function;
	unsigned int i;

	expect_reads_disk(_metadata, f, self->ring, self->request, 1);
	expect_no_refusal(_metadata, f);
	for (i = 0; i < ARRAY_SIZE(resets); i++) {
		ASSERT_EQ(0, resets[i](&f->vfio));
		expect_reads_disk(_metadata, f, self->ring, self->request, 100 + i);
	}
	/* And from the last user to the next. */
	vfio_user_close_device(&f->vfio);
	ASSERT_EQ(0, vfio_user_open_device(&f->vfio));
	expect_reads_disk(_metadata, f, self->ring, self->request, 4711);
}

TEST_F(lifetime, closed_while_live)
{
	struct virtio_user_queue queue;

	ASSERT_EQ(0, function_go_live(&self->function, &queue, self->ring));
	ASSERT_EQ(0, virtio_user_blk_submit(&queue, self->request,
					    self->request.address + 2048, 7, false));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
}

TEST_F(lifetime, closed_with_memory_decoding_off)
{
	struct virtio_user_queue queue;

	ASSERT_EQ(0, function_go_live(&self->function, &queue, self->ring));
	ASSERT_EQ(0, vfio_user_command(&self->function.vfio, 0, PCI_COMMAND_MEMORY));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
	ASSERT_EQ(0, function_open(&self->function, self->bdf));
	ASSERT_EQ(0, function_map(&self->function, IOVA, PAGE, &self->ring));
	ASSERT_EQ(0, function_map(&self->function, IOVA + PAGE, PAGE, &self->request));
	expect_reads_disk(_metadata, &self->function, self->ring, self->request, 2);
}

TEST_F(lifetime, closed_asleep)
{
	struct virtio_user_queue queue;

	ASSERT_EQ(0, function_go_live(&self->function, &queue, self->ring));
	ASSERT_EQ(0, vfio_user_power_state(&self->function.vfio, 3));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
	ASSERT_EQ(0, function_open(&self->function, self->bdf));
	ASSERT_EQ(0, function_map(&self->function, IOVA, PAGE, &self->ring));
	ASSERT_EQ(0, function_map(&self->function, IOVA + PAGE, PAGE, &self->request));
	expect_reads_disk(_metadata, &self->function, self->ring, self->request, 3);
}

TEST_F(lifetime, closed_in_low_power)
{
	struct vfio_device_feature feature = {
		.argsz = sizeof(feature),
		.flags = VFIO_DEVICE_FEATURE_SET | VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY,
	};
	struct virtio_user_queue queue;
	uint8_t status;

	ASSERT_EQ(0, function_go_live(&self->function, &queue, self->ring));
	if (ioctl(self->function.vfio.device, VFIO_DEVICE_FEATURE, &feature))
		SKIP(return, "no low power: %s", strerror(errno));
	/* An access wakes it for as long as it takes. */
	EXPECT_EQ(0, virtio_user_status(&self->function.virtio, &status));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
}

static void *unbind(void *argument)
{
	return (void *)(intptr_t)driver_file_write("unbind", argument);
}

TEST_F(lifetime, unbinding_waits_for_the_user)
{
	int event = function_event(&self->function, VFIO_PCI_REQ_IRQ_INDEX, 0);
	struct virtio_user_queue queue;
	uint64_t signalled;
	pthread_t thread;
	uint8_t status;
	void *ret;

	ASSERT_LE(0, event);
	ASSERT_EQ(0, function_go_live(&self->function, &queue, self->ring));
	ASSERT_EQ(0, pthread_create(&thread, NULL, unbind, (void *)self->bdf));

	/* The user is asked, and goes on meanwhile. */
	ASSERT_EQ(sizeof(signalled), read(event, &signalled, sizeof(signalled)));
	EXPECT_EQ(EBUSY, pthread_tryjoin_np(thread, &ret));
	EXPECT_TRUE(attribute_is(self->bdf, "open", "1"));
	EXPECT_EQ(-ENODEV, attribute_write(self->bdf, "measure", "1", 1));
	EXPECT_EQ(0, virtio_user_status(&self->function.virtio, &status));
	EXPECT_EQ(0x0f, status);
	function_close(&self->function);
	ASSERT_EQ(0, pthread_join(thread, &ret));
	EXPECT_EQ(0, (intptr_t)ret);
	EXPECT_FALSE(is_bound(self->bdf));
	EXPECT_EQ(0, witness_status(&self->witness));
	EXPECT_EQ(0, witness_queues(&self->witness));
	close(event);

	EXPECT_EQ(0, driver_file_write("bind", self->bdf));
	EXPECT_TRUE(is_bound(self->bdf));
}

FIXTURE(entropy)
{
	struct function function;
	struct witness witness;
};

FIXTURE_SETUP(entropy)
{
	open_function(_metadata, &self->function, &self->witness, "RNG_TRANSLATED", "auto");
}

FIXTURE_TEARDOWN(entropy)
{
	close_function(_metadata, &self->function, &self->witness);
}

TEST_F(entropy, comes_and_comes_again_after_a_reset)
{
	struct virtio_user_memory ring, data;
	struct virtio_user_queue queue;
	uint8_t zero[64] = { 0 };
	unsigned int i;
	int got;

	ASSERT_EQ(0, function_map(&self->function, IOVA, PAGE, &ring));
	ASSERT_EQ(0, function_map(&self->function, IOVA + PAGE, PAGE, &data));
	for (i = 0; i < 2; i++) {
		memset(data.va, 0, PAGE);
		ASSERT_EQ(0, function_go_live(&self->function, &queue, ring));
		got = virtio_user_rng(&queue, data.address, sizeof(zero), 5000);
		EXPECT_LT(0, got);
		EXPECT_GE((int)sizeof(zero), got);
		EXPECT_NE(0, memcmp(data.va, zero, sizeof(zero)));
		ASSERT_EQ(0, vfio_user_reset(&self->function.vfio));
	}
}

/*
 * A function with no reset but virtio's own: on the others, the reset at close
 * would hide that nothing else had stopped them.
 */
FIXTURE(without_reset)
{
	struct function function;
	struct witness witness;
	const char *bdf;
	struct virtio_user_memory ring, data;
	struct virtio_user_queue queue;
};

FIXTURE_SETUP(without_reset)
{
	if (!open_function(_metadata, &self->function, &self->witness, "RNG_ROOT_BUS", "auto"))
		return;
	self->bdf = self->function.bdf;
	if (self->function.vfio.info.flags & VFIO_DEVICE_FLAGS_RESET)
		SKIP(return, "the function has a reset");
	ASSERT_EQ(0, function_map(&self->function, IOVA, PAGE, &self->ring));
	ASSERT_EQ(0, function_map(&self->function, IOVA + PAGE, PAGE, &self->data));
	ASSERT_EQ(0, function_go_live(&self->function, &self->queue, self->ring));
	ASSERT_EQ(1, witness_queues(&self->witness));
}

FIXTURE_TEARDOWN(without_reset)
{
	close_function(_metadata, &self->function, &self->witness);
}

TEST_F(without_reset, closed_with_memory_decoding_off)
{
	ASSERT_EQ(0, vfio_user_command(&self->function.vfio, 0, PCI_COMMAND_MEMORY));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
}

TEST_F(without_reset, closed_with_its_bars_elsewhere)
{
	unsigned int i;

	for (i = 0; i < 6; i++)
		ASSERT_EQ(0, vfio_user_config_write(&self->function.vfio,
						    PCI_BASE_ADDRESS_0 + 4 * i, 4,
						    0xfe000000));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
}

/* The hardware's BARs lost behind everyone's back, as by a reset of another's. */
TEST_F(without_reset, closed_with_its_bars_lost)
{
	ASSERT_EQ(4, pwrite(self->witness.config, "\0\0\0", 4,
			    PCI_BASE_ADDRESS_0 + 4 * self->function.virtio.common.bar));
	function_close(&self->function);
	expect_closed(_metadata, &self->witness, self->bdf);
	ASSERT_EQ(0, function_open(&self->function, self->bdf));
	ASSERT_EQ(0, function_map(&self->function, IOVA, PAGE, &self->ring));
	EXPECT_EQ(0, function_go_live(&self->function, &self->queue, self->ring));
}

TEST_HARNESS_MAIN
