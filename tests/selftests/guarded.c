// SPDX-License-Identifier: GPL-2.0
/*
 * guarded.c - stock vfio-pci with the guard, many times over: a translated function is
 * bound and unbound, and one that bypasses is refused. The kernel holds nothing more
 * afterwards, and both functions are as they were. The other selftests leave functions
 * on this module's driver, so this is not run with them: the scenario guard-endures does.
 *
 * GUARD_BINDS says how many times, 100 if it is not set.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>

#include "../lib/sysfs_user.h"
#include "fixture.h"
#include "leak.h"

#define TIMEOUT	7200	/* no test of speed */

FIXTURE(guarded)
{
	const char *bdf;
	struct leak_look before;
	bool kmemleak;
};

FIXTURE_VARIANT(guarded)
{
	const char *word;
	const char *guard;	/* what it says after a bind */
	int error;		/* of a bind */
};

FIXTURE_VARIANT_ADD(guarded, translated) {
	.word = "RNG_TRANSLATED", .guard = "admitted", .error = 0,
};

FIXTURE_VARIANT_ADD(guarded, bypasses) {
	.word = "RNG_BYPASS", .guard = "vetoed", .error = -ENODEV,
};

static bool has_driver(const char *bdf)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/driver", bdf);
	return !access(path, F_OK);
}

static void bind_and_unbind(struct __test_metadata *const _metadata, const char *bdf,
			    const char *guard, int error)
{
	ASSERT_EQ(error, sysfs_user_write("/sys/bus/pci/drivers/vfio-pci/bind", bdf));
	ASSERT_TRUE(attribute_is(bdf, "guard", guard));
	ASSERT_EQ(!error, has_driver(bdf));
	if (error)
		return;
	ASSERT_EQ(0, sysfs_user_write("/sys/bus/pci/drivers/vfio-pci/unbind", bdf));
	ASSERT_TRUE(attribute_is(bdf, "guard", "off"));
	ASSERT_FALSE(has_driver(bdf));
}

static void open_once(struct __test_metadata *const _metadata, const char *bdf)
{
	struct function function;

	ASSERT_EQ(0, sysfs_user_write("/sys/bus/pci/drivers/vfio-pci/bind", bdf));
	EXPECT_EQ(0, function_open(&function, bdf));
	function_close(&function);
	ASSERT_EQ(0, sysfs_user_write("/sys/bus/pci/drivers/vfio-pci/unbind", bdf));
}

FIXTURE_SETUP(guarded)
{
	self->bdf = getenv(variant->word);
	if (!self->bdf)
		SKIP(return, "%s is not in the environment", variant->word);
	if (has_driver(self->bdf))
		ASSERT_EQ(0, function_file_write(self->bdf, "driver/unbind", self->bdf));
	ASSERT_EQ(0, function_file_write(self->bdf, "driver_override", "vfio-pci"));
	/* The first time allocates what stays for the others. */
	bind_and_unbind(_metadata, self->bdf, variant->guard, variant->error);
	if (!variant->error)
		open_once(_metadata, self->bdf);
	self->kmemleak = leak_forget();
	ASSERT_EQ(0, leak_look(&self->before));
}

FIXTURE_TEARDOWN(guarded)
{
	if (self->bdf)
		EXPECT_EQ(0, function_file_write(self->bdf, "driver_override", "\n"));
}

TEST_F_TIMEOUT(guarded, bound_and_unbound, TIMEOUT)
{
	unsigned int times = number("GUARD_BINDS", 100), total = 0, fell, i;
	static struct leak_look after;
	struct leak_look last;

	after = self->before;
	for (fell = 0; fell < LEAK_TREND; fell++) {
		last = after;
		for (i = 0; i < times; i++)
			bind_and_unbind(_metadata, self->bdf, variant->guard, variant->error);
		total += times;
		if (!variant->error)
			open_once(_metadata, self->bdf);
		EXPECT_EQ(0, leak_compare(&self->before, &after, total));
		if (!leak_memory_fell(&last, &after, times))
			break;
		TH_LOG("%ld KiB less after %u times", last.available - after.available, times);
	}
	EXPECT_GT(LEAK_TREND, fell);
	if (self->kmemleak)
		EXPECT_EQ(0, leak_scan());
	TH_LOG("%u times, %ld KiB less, %s", total, self->before.available - after.available,
	       self->kmemleak ? "kmemleak found nothing" : "no kmemleak here");
}

TEST_HARNESS_MAIN
