/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fixture.h - what the fixtures of all selftests share: a function under a
 * policy, open, with a witness; and checks that more than one program makes.
 */
#ifndef SELFTESTS_FIXTURE_H
#define SELFTESTS_FIXTURE_H

#include <sys/mman.h>
#include <linux/pci_regs.h>

#include "kselftest_harness.h"
#include "function.h"

/* Where DMA memory goes: any IOVA that no platform reserves. */
#define IOVA		0x100000ULL

/*
 * The address of a function, which the environment names by a word such as
 * BLK_TRANSLATED. NULL, with the test skipped, where it is not there.
 */
static inline const char *named_function(struct __test_metadata *const _metadata,
					 const char *word)
{
	const char *bdf = getenv(word);
	char text[64];

	if (!bdf || !*bdf)
		SKIP(return NULL, "%s is not in the environment", word);
	if (attribute_read(bdf, "policy", text, sizeof(text)))
		SKIP(return NULL, "%s (%s) is not bound to the driver", word, bdf);
	return bdf;
}

/* A number that the environment may set. */
static inline uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

/* Opens it under a policy; false where the test is skipped. */
static inline bool open_function(struct __test_metadata *const _metadata,
				 struct function *function, struct witness *witness,
				 const char *word, const char *policy)
{
	const char *bdf;

	function->is_open = false;
	witness->config = -1;
	bdf = named_function(_metadata, word);
	if (!bdf)
		return false;
	ASSERT_EQ(0, witness_open(witness, bdf));
	ASSERT_EQ(0, policy_set(bdf, policy));
	ASSERT_EQ(0, function_open(function, bdf)) {
		TH_LOG("%s of %s failed", function->vfio.step, bdf);
	}
	ASSERT_EQ(0, vfio_user_command(&function->vfio, PCI_COMMAND_MEMORY, 0));
	return true;
}

static inline void close_function(struct __test_metadata *const _metadata,
				  struct function *function, struct witness *witness)
{
	function_close(function);
	witness_close(witness);
	if (function->bdf)
		EXPECT_EQ(0, policy_set(function->bdf, "auto"));
}

/* One user's life: it opens the function, goes live, and leaves it so. */
static inline int live_once(const char *bdf, struct witness *witness)
{
	struct virtio_user_memory memory;
	struct virtio_user_queue queue;
	struct function function;
	int ret;

	ret = function_open(&function, bdf);
	if (ret)
		return ret;
	ret = function_map(&function, IOVA, VIRTIO_USER_PAGE, &memory);
	if (!ret)
		ret = function_go_live(&function, &queue, memory);
	if (!ret && witness_queues(witness) != 1)
		ret = -EPROTO;
	function_close(&function);
	munmap(memory.va, VIRTIO_USER_PAGE);
	return ret;
}

/* What the next user may rely on: it does nothing, and can reach nothing. */
static inline void expect_closed(struct __test_metadata *const _metadata,
				 struct witness *witness, const char *bdf)
{
	uint32_t command = ~0;

	EXPECT_TRUE(attribute_is(bdf, "open", "0"));
	EXPECT_TRUE(attribute_is(bdf, "admitted", "1"));
	EXPECT_EQ(0, witness_status(witness));
	EXPECT_EQ(0, witness_queues(witness));
	EXPECT_EQ(0, witness_config(witness, PCI_COMMAND, 2, &command));
	EXPECT_EQ(0, command & PCI_COMMAND_MASTER);
}

/* Since the last call: so many refusals of one kind, and none of any other. */
static inline void expect_refusals(struct __test_metadata *const _metadata,
				   struct function *function, enum refusal kind,
				   unsigned int more)
{
	long now[REFUSALS];
	unsigned int i;

	ASSERT_EQ(0, refusals_read(function->bdf, now));
	for (i = 0; i < REFUSALS; i++) {
		EXPECT_EQ(i == kind ? (long)more : 0, now[i] - function->refusals[i]) {
			TH_LOG("wrong count of %s", refusal_file(i));
		}
		function->refusals[i] = now[i];
	}
}

static inline void expect_no_refusal(struct __test_metadata *const _metadata,
				     struct function *function)
{
	expect_refusals(_metadata, function, REFUSED_PARTIAL, 0);
}

/* Fields of the common configuration in the BAR, which must be reachable. */
static inline uint64_t get(struct __test_metadata *const _metadata,
			   struct function *function, unsigned int field,
			   unsigned int width)
{
	uint64_t value = ~0ULL;

	ASSERT_EQ(0, virtio_user_read_common(&function->virtio, field, width, &value));
	return value;
}

static inline void put(struct __test_metadata *const _metadata,
		       struct function *function, unsigned int field,
		       unsigned int width, uint64_t value)
{
	ASSERT_EQ(0, virtio_user_write_common(&function->virtio, field, width, value));
}

static inline uint8_t set_status(struct __test_metadata *const _metadata,
				 struct function *function, uint8_t value)
{
	uint8_t status = 0xff;

	ASSERT_EQ(0, virtio_user_set_status(&function->virtio, value, &status));
	return status;
}

/* Both the user and the witness see the function not live at all. */
static inline void expect_not_live(struct __test_metadata *const _metadata,
				   struct function *function, struct witness *witness)
{
	uint8_t status = 0xff;

	EXPECT_EQ(0, virtio_user_status(&function->virtio, &status));
	EXPECT_EQ(0, status & DRIVER_OK);
	EXPECT_EQ(0, witness_status(witness) & DRIVER_OK);
	EXPECT_EQ(0, witness_queues(witness));
}

#endif
