// SPDX-License-Identifier: GPL-2.0
/*
 * faults.c - each allocation that the kernel makes for the driver fails once, the
 * first, the second, and so on until none is left to fail. Whatever came of it,
 * the function is at rest afterwards, and the same thing works.
 *
 * Needs a kernel with FAILSLAB, FAIL_PAGE_ALLOC and FAULT_INJECTION_DEBUG_FS, and
 * debugfs. FAULTS_FROM in the environment begins at a later allocation.
 */
#define _GNU_SOURCE
#include <fcntl.h>

#include "../lib/sysfs_user.h"
#include "fixture.h"

#define TIMEOUT		7200	/* no test of speed */
#define MOST		5000	/* allocations of one thing */
#define DEBUGFS		"/sys/kernel/debug/"

/* What fails, fails also where the kernel may wait for memory; and not with a word. */
static const struct {
	const char *file;
	const char *value;
	const char *otherwise;
} knobs[] = {
	{ DEBUGFS "failslab/ignore-gfp-wait", "N", "Y" },
	{ DEBUGFS "failslab/verbose", "0", "2" },
	{ DEBUGFS "fail_page_alloc/ignore-gfp-wait", "N", "Y" },
	{ DEBUGFS "fail_page_alloc/ignore-gfp-highmem", "N", "Y" },
	{ DEBUGFS "fail_page_alloc/min-order", "0", "1" },
	{ DEBUGFS "fail_page_alloc/verbose", "0", "2" },
};

FIXTURE(faults)
{
	const char *bdf;
	struct function function;
	struct witness witness;
	int countdown;		/* fail-nth of this process */
	int log;
	unsigned int errors;	/* faults that were noticed */
	unsigned int alarms;	/* of the kernel's */
};

FIXTURE_SETUP(faults)
{
	unsigned int i;

	self->witness.config = -1;
	self->log = -1;
	self->countdown = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	if (self->countdown < 0)
		SKIP(return, "this kernel does not fail on purpose (FAULT_INJECTION)");
	for (i = 0; i < ARRAY_SIZE(knobs); i++)
		if (sysfs_user_write(knobs[i].file, knobs[i].value))
			SKIP(return, "%s cannot be set", knobs[i].file);
	self->log = kernel_log_open();
	ASSERT_LE(0, self->log);
}

/* Enabled whoever has it, as ACPI makes a thousand allocations to find its interrupt. */
static int keep_enabled(const char *bdf, const char *word)
{
	int ret = is_bound(bdf) ? driver_file_write("unbind", bdf) : 0;

	if (!ret)
		ret = function_file_write(bdf, "enable", word);
	return ret ? ret : driver_file_write("bind", bdf);
}

/* The function of a test; false where the test is skipped. */
static bool use(struct __test_metadata *const _metadata, FIXTURE_DATA(faults) *self,
		const char *word)
{
	self->bdf = named_function(_metadata, word);
	if (!self->bdf)
		return false;
	ASSERT_EQ(0, witness_open(&self->witness, self->bdf));
	ASSERT_EQ(0, keep_enabled(self->bdf, "1"));
	ASSERT_EQ(0, live_once(self->bdf, &self->witness));
	return true;
}

FIXTURE_TEARDOWN(faults)
{
	unsigned int i;

	for (i = 0; self->countdown >= 0 && i < ARRAY_SIZE(knobs); i++)
		sysfs_user_write(knobs[i].file, knobs[i].otherwise);
	function_close(&self->function);
	witness_close(&self->witness);
	if (self->bdf)
		EXPECT_EQ(0, keep_enabled(self->bdf, "0"));
	close(self->countdown);
	if (self->log >= 0)
		close(self->log);
}

/* Does something, and its nth allocation fails. Return: whether it had so many. */
static bool fail_at(FIXTURE_DATA(faults) *self, unsigned int nth,
		    int (*act)(FIXTURE_DATA(faults) *self), int *ret)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", nth);
	if (pwrite(self->countdown, text, strlen(text), 0) < 0)
		return false;
	*ret = act(self);
	memset(text, 0, sizeof(text));
	if (pread(self->countdown, text, sizeof(text) - 1, 0) < 0)
		return false;
	if (pwrite(self->countdown, "0", 1, 0) != 1)
		return false;
	self->errors += *ret != 0;
	self->alarms += kernel_log_alarms(self->log);
	return text[0] == '0';
}

static void expect_some(struct __test_metadata *const _metadata,
			FIXTURE_DATA(faults) *self, unsigned int faults)
{
	EXPECT_EQ(0, self->alarms);
	EXPECT_LT(0, faults);
	EXPECT_GT(MOST, faults);
	TH_LOG("%u allocations failed, %u of them were noticed", faults, self->errors);
}

/* Nobody has it; and the next user has it as ever. */
static void expect_usable(struct __test_metadata *const _metadata,
			  FIXTURE_DATA(faults) *self, unsigned int nth)
{
	expect_closed(_metadata, &self->witness, self->bdf);
	ASSERT_EQ(0, live_once(self->bdf, &self->witness)) {
		TH_LOG("after the failure of allocation %u", nth);
	}
	expect_closed(_metadata, &self->witness, self->bdf);
}

static unsigned int first(void)
{
	return number("FAULTS_FROM", 1);
}

static int bind_it(FIXTURE_DATA(faults) *self)
{
	return driver_file_write("bind", self->bdf);
}

/* One that is asked nothing: that is a test of its own, and takes long. */
TEST_F_TIMEOUT(faults, of_binding, TIMEOUT)
{
	bool failed = true;
	unsigned int nth;
	int ret;

	if (!use(_metadata, self, "CONSOLE_OFFERS"))
		return;
	for (nth = first(); failed && nth < MOST; nth++) {
		ASSERT_EQ(0, driver_file_write("unbind", self->bdf));
		ASSERT_FALSE(is_bound(self->bdf));
		failed = fail_at(self, nth, bind_it, &ret);
		ASSERT_TRUE(failed || !ret);
		/* No half: it says that it is bound and is, or neither. */
		ASSERT_EQ(!ret, is_bound(self->bdf)) {
			TH_LOG("allocation %u failed, bind said %d", nth, ret);
		}
		EXPECT_EQ(0, witness_status(&self->witness));
		EXPECT_EQ(0, witness_queues(&self->witness));
		/* The kernel goes on without a group's node in /dev, if that lacks memory. */
		if (!ret && live_once(self->bdf, &self->witness) == -ENOENT)
			ret = driver_file_write("unbind", self->bdf) ?: -ENOENT;
		if (ret)
			ASSERT_EQ(0, driver_file_write("bind", self->bdf)) {
				TH_LOG("after the failure of allocation %u", nth);
			}
		EXPECT_TRUE(attribute_is(self->bdf, "verdict", "conditional"));
		expect_usable(_metadata, self, nth);
	}
	expect_some(_metadata, self, nth - 2);
}

static int open_it(FIXTURE_DATA(faults) *self)
{
	return vfio_user_open_device(&self->function.vfio);
}

TEST_F_TIMEOUT(faults, of_opening, TIMEOUT)
{
	struct vfio_user *vfio = &self->function.vfio;
	bool failed = true;
	unsigned int nth;
	int ret;

	if (!use(_metadata, self, "RNG_ROOT_BUS"))
		return;
	for (nth = first(); failed && nth < MOST; nth++) {
		ASSERT_EQ(0, vfio_user_open_group(vfio, self->bdf));
		failed = fail_at(self, nth, open_it, &ret);
		ASSERT_TRUE(failed || !ret);
		ASSERT_TRUE(attribute_is(self->bdf, "open", ret ? "0" : "1"));
		vfio_user_close(vfio);
		expect_usable(_metadata, self, nth);
	}
	expect_some(_metadata, self, nth - 2);
}

static int close_it(FIXTURE_DATA(faults) *self)
{
	function_close(&self->function);
	return 0;
}

TEST_F_TIMEOUT(faults, of_closing, TIMEOUT)
{
	struct virtio_user_memory memory;
	struct virtio_user_queue queue;
	bool failed = true;
	unsigned int nth;
	int ret;

	if (!use(_metadata, self, "RNG_ROOT_BUS"))
		return;
	for (nth = first(); failed && nth < MOST; nth++) {
		ASSERT_EQ(0, function_open(&self->function, self->bdf));
		ASSERT_EQ(0, function_map(&self->function, IOVA, VIRTIO_USER_PAGE, &memory));
		ASSERT_EQ(0, function_go_live(&self->function, &queue, memory));
		failed = fail_at(self, nth, close_it, &ret);
		munmap(memory.va, VIRTIO_USER_PAGE);
		expect_usable(_metadata, self, nth);
	}
	EXPECT_EQ(0, self->alarms);
	/* VFIO's core allocates while it closes; who closes hears nothing of it. */
	TH_LOG("%u allocations failed", nth - 2);
}

static int measure_it(FIXTURE_DATA(faults) *self)
{
	return attribute_write(self->bdf, "measure", "1", 1);
}

TEST_F_TIMEOUT(faults, of_measuring, TIMEOUT)
{
	bool failed = true;
	unsigned int nth;
	int ret;

	if (!use(_metadata, self, "RNG_ROOT_BUS"))
		return;
	for (nth = first(); failed && nth < MOST; nth++) {
		failed = fail_at(self, nth, measure_it, &ret);
		ASSERT_TRUE(failed || !ret);
		EXPECT_EQ(0, witness_status(&self->witness));
		EXPECT_EQ(0, witness_queues(&self->witness));
		if (ret)
			ASSERT_EQ(0, measure_it(self)) {
				TH_LOG("after the failure of allocation %u", nth);
			}
		EXPECT_TRUE(attribute_is(self->bdf, "basis", "measured"));
		expect_closed(_metadata, &self->witness, self->bdf);
	}
	expect_some(_metadata, self, nth - 2);
}

/* What a user asks of an open function: regions, and a mapping. */
static int look_at_regions(FIXTURE_DATA(faults) *self)
{
	const struct virtio_user_cap *notify = &self->function.virtio.notify;
	struct vfio_user *vfio = &self->function.vfio;
	struct vfio_user_region region;
	void *va = NULL;
	int ret;

	ret = vfio_user_region_info(vfio, notify->bar, &region);
	if (!ret)
		ret = vfio_user_region_info(vfio, VFIO_PCI_NUM_REGIONS, &region);
	if (!ret)
		ret = vfio_user_mmap(vfio, notify->bar, notify->offset, VIRTIO_USER_PAGE, &va);
	if (va)
		vfio_user_munmap(va, VIRTIO_USER_PAGE);
	return ret;
}

TEST_F_TIMEOUT(faults, of_regions_and_mappings, TIMEOUT)
{
	bool failed = true;
	unsigned int nth;
	int ret;

	if (!use(_metadata, self, "RNG_ROOT_BUS"))
		return;
	ASSERT_EQ(0, function_open(&self->function, self->bdf));
	for (nth = first(); failed && nth < MOST; nth++) {
		failed = fail_at(self, nth, look_at_regions, &ret);
		ASSERT_TRUE(failed || !ret);
		ASSERT_EQ(0, look_at_regions(self)) {
			TH_LOG("after the failure of allocation %u", nth);
		}
	}
	function_close(&self->function);
	expect_usable(_metadata, self, nth);
	expect_some(_metadata, self, nth - 2);
}

TEST_HARNESS_MAIN
