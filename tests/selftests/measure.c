// SPDX-License-Identifier: GPL-2.0
/*
 * measure.c - to measure again, from sysfs: who may, when, and what it leaves.
 * That it tells the truth is for the scenarios with functions that lie.
 */
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>

#include "fixture.h"

FIXTURE(measure)
{
	struct function function;
	struct witness witness;
	const char *bdf;
};

FIXTURE_SETUP(measure)
{
	self->function.is_open = false;
	self->function.bdf = NULL;
	self->witness.config = -1;
	self->bdf = named_function(_metadata, "BLK_TRANSLATED");
	if (!self->bdf)
		return;
	ASSERT_EQ(0, witness_open(&self->witness, self->bdf));
	ASSERT_EQ(0, policy_set(self->bdf, "auto"));
}

FIXTURE_TEARDOWN(measure)
{
	close_function(_metadata, &self->function, &self->witness);
}

static int measure(const char *bdf)
{
	return attribute_write(bdf, "measure", "1", 1);
}

static void expect_idle(struct __test_metadata *const _metadata, struct witness *witness)
{
	uint32_t command = ~0;

	EXPECT_EQ(0, witness_status(witness));
	EXPECT_EQ(0, witness_queues(witness));
	EXPECT_EQ(0, witness_config(witness, PCI_COMMAND, 2, &command));
	EXPECT_EQ(0, command & PCI_COMMAND_MASTER);
}

TEST_F(measure, gives_the_same_again_and_leaves_nothing_running)
{
	char before[64];
	unsigned int i;

	ASSERT_EQ(0, attribute_read(self->bdf, "measured", before, sizeof(before)));
	for (i = 0; i < 10; i++) {
		ASSERT_EQ(0, measure(self->bdf));
		EXPECT_TRUE(attribute_is(self->bdf, "measured", before));
		EXPECT_LT(0, attribute_count(self->bdf, "measured_time"));
		EXPECT_LT(0, attribute_count(self->bdf, "measured_usecs"));
		expect_idle(_metadata, &self->witness);
	}
	EXPECT_TRUE(attribute_is(self->bdf, "admitted", "1"));
}

TEST_F(measure, takes_one_word_from_root)
{
	static const char *const bad[] = { "0", "2", "no", "again", "-1", "off" };
	char path[128];
	struct stat st;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT_EQ(-EINVAL, attribute_write(self->bdf, "measure", bad[i],
						   strlen(bad[i])));
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/virtio_fixup/measure", self->bdf);
	ASSERT_EQ(0, stat(path, &st));
	EXPECT_EQ(0200, st.st_mode & 07777);
}

/* Nobody's function is measured under their hands. */
TEST_F(measure, is_refused_while_it_is_open)
{
	struct virtio_user_memory ring;
	struct virtio_user_queue queue;
	char before[64];

	ASSERT_EQ(0, attribute_read(self->bdf, "measured", before, sizeof(before)));
	ASSERT_EQ(0, function_open(&self->function, self->bdf));
	ASSERT_EQ(0, function_map(&self->function, IOVA, VIRTIO_USER_PAGE, &ring));
	ASSERT_EQ(0, function_go_live(&self->function, &queue, ring));
	EXPECT_EQ(-EBUSY, measure(self->bdf));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	EXPECT_EQ(1, witness_queues(&self->witness));
	EXPECT_TRUE(attribute_is(self->bdf, "measured", before));

	/* The group alone is somebody's too; an address space claims no function. */
	vfio_user_close_device(&self->function.vfio);
	if (!self->function.vfio.cdev)
		EXPECT_EQ(-EBUSY, measure(self->bdf));
	function_close(&self->function);
	EXPECT_EQ(0, measure(self->bdf));
	EXPECT_TRUE(attribute_is(self->bdf, "measured", before));
}

#define OPENS	20
#define TRIES	20000

struct race {
	const char *bdf;
	bool over;
	unsigned int wrong;
	unsigned int measured;
};

static void *keep_measuring(void *argument)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct race *race = argument;
	int ret;

	while (!__atomic_load_n(&race->over, __ATOMIC_RELAXED)) {
		ret = measure(race->bdf);
		if (!ret)
			__atomic_add_fetch(&race->measured, 1, __ATOMIC_RELAXED);
		race->wrong += ret && ret != -EBUSY;
		nanosleep(&pause, NULL);
	}
	return NULL;
}

static unsigned int times_measured(struct race *race)
{
	return __atomic_load_n(&race->measured, __ATOMIC_RELAXED);
}

TEST_F_TIMEOUT(measure, and_open_exclude_each_other, 600)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct race race = { .bdf = self->bdf };
	unsigned int opened = 0, tries, before;
	pthread_t thread;
	uint8_t status;
	int ret;

	ASSERT_EQ(0, pthread_create(&thread, NULL, keep_measuring, &race));
	for (tries = 0; opened < OPENS && tries < TRIES; tries++) {
		nanosleep(&pause, NULL);
		/* The guard looks at functions a second after this, and not at ours. */
		EXPECT_EQ(0, policy_set(self->bdf, "auto"));
		ret = function_open(&self->function, self->bdf);
		if (ret) {
			/* iommufd says it in its own way. */
			EXPECT_EQ(self->function.vfio.cdev ? -EPERM : -EBUSY, ret);
			continue;
		}
		opened++;
		EXPECT_EQ(0, virtio_user_negotiate(&self->function.virtio,
						   VERSION_1 | ACCESS_PLATFORM));
		EXPECT_EQ(0, virtio_user_status(&self->function.virtio, &status));
		EXPECT_EQ(0x0b, status);
		before = times_measured(&race);
		function_close(&self->function);
		/* The other's turn: it has to wake the function first. */
		for (; times_measured(&race) == before && tries < TRIES; tries++)
			nanosleep(&pause, NULL);
	}
	__atomic_store_n(&race.over, true, __ATOMIC_RELAXED);
	pthread_join(thread, NULL);
	EXPECT_EQ(OPENS, opened);
	EXPECT_LE(OPENS, race.measured);
	EXPECT_EQ(0, race.wrong);
	expect_idle(_metadata, &self->witness);
	EXPECT_EQ(0, measure(self->bdf));
}

TEST_HARNESS_MAIN
