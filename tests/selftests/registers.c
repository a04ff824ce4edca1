// SPDX-License-Identifier: GPL-2.0
/*
 * registers.c - the common configuration as a VFIO user finds it in the BAR,
 * and the negotiation behind it: what is shown, what is refused, and that
 * each refusal is counted.
 */
#include "fixture.h"

#define COMMON_FIELDS	0x40	/* bytes that hold fields */

/* The natural fields (virtio 1.2, 4.1.4.3); 64-bit ones are two of 32 bits. */
static const struct {
	unsigned int offset;
	unsigned int width;
} fields[] = {
	{ VIRTIO_PCI_COMMON_DFSELECT, 4 }, { VIRTIO_PCI_COMMON_DF, 4 },
	{ VIRTIO_PCI_COMMON_GFSELECT, 4 }, { VIRTIO_PCI_COMMON_GF, 4 },
	{ VIRTIO_PCI_COMMON_MSIX, 2 }, { VIRTIO_PCI_COMMON_NUMQ, 2 },
	{ VIRTIO_PCI_COMMON_STATUS, 1 }, { VIRTIO_PCI_COMMON_CFGGENERATION, 1 },
	{ VIRTIO_PCI_COMMON_Q_SELECT, 2 }, { VIRTIO_PCI_COMMON_Q_SIZE, 2 },
	{ VIRTIO_PCI_COMMON_Q_MSIX, 2 }, { VIRTIO_PCI_COMMON_Q_ENABLE, 2 },
	{ VIRTIO_PCI_COMMON_Q_NOFF, 2 },
	{ VIRTIO_PCI_COMMON_Q_DESCLO, 4 }, { VIRTIO_PCI_COMMON_Q_DESCHI, 4 },
	{ VIRTIO_PCI_COMMON_Q_AVAILLO, 4 }, { VIRTIO_PCI_COMMON_Q_AVAILHI, 4 },
	{ VIRTIO_PCI_COMMON_Q_USEDLO, 4 }, { VIRTIO_PCI_COMMON_Q_USEDHI, 4 },
	{ 0x38, 2 }, { 0x3a, 2 }, { 0x3c, 2 }, { 0x3e, 2 },
};

#define NR_FIELDS ARRAY_SIZE(fields)

/* All fields by natural widths, as the bytes they are. */
static void get_image(struct __test_metadata *const _metadata, struct function *function,
		      uint8_t image[COMMON_FIELDS])
{
	unsigned int i;
	uint64_t value;

	for (i = 0; i < NR_FIELDS; i++) {
		value = get(_metadata, function, fields[i].offset, fields[i].width);
		memcpy(image + fields[i].offset, &value, fields[i].width);
	}
}

FIXTURE(registers)
{
	struct function function;
	struct witness witness;
};

FIXTURE_VARIANT(registers)
{
	const char *word;
};

FIXTURE_VARIANT_ADD(registers, blk) { .word = "BLK_TRANSLATED" };
/* Its configuration space is 256 bytes, its resets take no time. */
FIXTURE_VARIANT_ADD(registers, root_bus) { .word = "RNG_ROOT_BUS" };

FIXTURE_SETUP(registers)
{
	open_function(_metadata, &self->function, &self->witness, variant->word, "auto");
}

FIXTURE_TEARDOWN(registers)
{
	close_function(_metadata, &self->function, &self->witness);
}

TEST_F(registers, every_offset_and_size_agrees_with_the_natural_widths)
{
	const struct virtio_user_cap *common = &self->function.virtio.common;
	uint8_t image[COMMON_FIELDS + 8] = { 0 }, seen[COMMON_FIELDS + 8];
	unsigned int offset, size;

	/* Something in every field that holds something. */
	ASSERT_EQ(0, virtio_user_write_driver_features(&self->function.virtio,
						       0x123456789abcdef0));
	put(_metadata, &self->function, VIRTIO_PCI_COMMON_DFSELECT, 4, 1);
	put(_metadata, &self->function, VIRTIO_PCI_COMMON_Q_DESCLO, 4, 0x11223000);
	put(_metadata, &self->function, VIRTIO_PCI_COMMON_Q_AVAILHI, 4, 0x55667788);
	set_status(_metadata, &self->function, ACKNOWLEDGE | DRIVER);
	get_image(_metadata, &self->function, image);

	for (offset = 0; offset < COMMON_FIELDS; offset++) {
		for (size = 1; size <= 8; size++) {
			memset(seen, 0xa5, sizeof(seen));
			ASSERT_EQ(0, vfio_user_read(&self->function.vfio, common->bar,
						    common->offset + offset, seen, size));
			ASSERT_EQ(0, memcmp(image + offset, seen, size)) {
				TH_LOG("offset 0x%x, size %u", offset, size);
			}
		}
	}
	memset(seen, 0xa5, sizeof(seen));
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, common->bar, common->offset,
				    seen, sizeof(seen)));
	EXPECT_EQ(0, memcmp(image, seen, sizeof(seen)));
	expect_no_refusal(_metadata, &self->function);
}

TEST_F(registers, bytes_behind_the_fields_read_0_and_drop_writes)
{
	const struct virtio_user_cap *common = &self->function.virtio.common;
	static const uint8_t zero[4096];
	uint8_t ones[256], *seen;
	uint32_t size = common->length - COMMON_FIELDS;

	if (common->length <= COMMON_FIELDS)
		SKIP(return, "the common configuration has no bytes behind its fields");
	if (size > sizeof(zero))
		size = sizeof(zero);
	memset(ones, 0xff, sizeof(ones));
	seen = malloc(size);
	ASSERT_NE(NULL, seen);
	memset(seen, 0xa5, size);
	ASSERT_EQ(0, vfio_user_write(&self->function.vfio, common->bar,
				     common->offset + COMMON_FIELDS, ones,
				     size < sizeof(ones) ? size : sizeof(ones)));
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, common->bar,
				    common->offset + COMMON_FIELDS, seen, size));
	EXPECT_EQ(0, memcmp(zero, seen, size));
	free(seen);
}

TEST_F(registers, the_device_features_are_the_hardwares)
{
	uint64_t shown, real;

	ASSERT_EQ(0, virtio_user_device_features(&self->function.virtio, &shown));
	ASSERT_EQ(0, witness_device_features(&self->witness, &real));
	EXPECT_EQ(real, shown);
	EXPECT_EQ(ACCESS_PLATFORM, shown & ACCESS_PLATFORM);
}

TEST_F(registers, selectors_have_32_bits)
{
	static const uint32_t beyond[] = { 2, 3, 0x100, 0x101, 0x10001, 0x80000001, 0xffffffff };
	const uint32_t two_words[2] = { 1, 1 };
	struct function *f = &self->function;
	uint64_t word0, word1;
	unsigned int i;

	put(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4, 0);
	word0 = get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4);
	put(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4, 1);
	word1 = get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4);
	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, 0x3aaaaaaaa));

	for (i = 0; i < ARRAY_SIZE(beyond); i++) {
		put(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4, beyond[i]);
		EXPECT_EQ(beyond[i], get(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4));
		EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4));
		put(_metadata, f, VIRTIO_PCI_COMMON_GFSELECT, 4, beyond[i]);
		EXPECT_EQ(beyond[i], get(_metadata, f, VIRTIO_PCI_COMMON_GFSELECT, 4));
		EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_GF, 4));
		put(_metadata, f, VIRTIO_PCI_COMMON_GF, 4, 0x5555);
		EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_GF, 4));
	}

	/* One write over selector and feature word: the selector takes its half. */
	ASSERT_EQ(0, vfio_user_write(&f->vfio, f->virtio.common.bar,
				     f->virtio.common.offset, two_words, 8));
	EXPECT_EQ(1, get(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4));
	EXPECT_EQ(word1, get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4));
	put(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4, 0);
	EXPECT_EQ(word0, get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4));
	expect_no_refusal(_metadata, f);
}

TEST_F(registers, driver_feature_reads_back_what_was_written)
{
	static const uint64_t words[] = {
		0, ~0ULL, ACCESS_PLATFORM, ~ACCESS_PLATFORM, 0x0123456789abcdef,
	};
	uint64_t seen;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		ASSERT_EQ(0, virtio_user_write_driver_features(&self->function.virtio,
							       words[i]));
		ASSERT_EQ(0, virtio_user_driver_features(&self->function.virtio, &seen));
		EXPECT_EQ(words[i], seen);
	}
}

TEST_F(registers, writes_of_part_of_a_field_are_dropped)
{
	const struct virtio_user_cap *common = &self->function.virtio.common;
	uint8_t before[COMMON_FIELDS], after[COMMON_FIELDS];
	const uint8_t bytes[4] = { 0x01, 0x02, 0x03, 0x04 };
	unsigned int i, skip, size, dropped = 0;

	get_image(_metadata, &self->function, before);
	for (i = 0; i < NR_FIELDS; i++) {
		for (skip = 0; skip < fields[i].width; skip++) {
			for (size = 1; size <= fields[i].width - skip; size++) {
				if (size == fields[i].width)
					continue;
				ASSERT_EQ(0, vfio_user_write(&self->function.vfio, common->bar,
							     common->offset + fields[i].offset +
							     skip, bytes, size));
				dropped++;
			}
		}
	}
	get_image(_metadata, &self->function, after);
	EXPECT_EQ(0, memcmp(before, after, sizeof(before)));
	expect_refusals(_metadata, &self->function, REFUSED_PARTIAL, dropped);
}

TEST_F(registers, read_only_fields_stay_as_they_are)
{
	static const unsigned int read_only[] = {
		VIRTIO_PCI_COMMON_DF, VIRTIO_PCI_COMMON_NUMQ,
		VIRTIO_PCI_COMMON_CFGGENERATION, VIRTIO_PCI_COMMON_Q_NOFF,
	};
	static const unsigned int width[] = { 4, 2, 1, 2 };
	uint64_t before;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(read_only); i++) {
		before = get(_metadata, &self->function, read_only[i], width[i]);
		put(_metadata, &self->function, read_only[i], width[i], ~before);
		EXPECT_EQ(before, get(_metadata, &self->function, read_only[i], width[i]));
	}
	expect_no_refusal(_metadata, &self->function);
}

TEST_F(registers, queue_addresses_can_be_written_in_64_bits)
{
	struct function *f = &self->function;

	put(_metadata, f, VIRTIO_PCI_COMMON_Q_DESCLO, 8, 0x1122334455667000);
	EXPECT_EQ(0x55667000, get(_metadata, f, VIRTIO_PCI_COMMON_Q_DESCLO, 4));
	EXPECT_EQ(0x11223344, get(_metadata, f, VIRTIO_PCI_COMMON_Q_DESCHI, 4));
	EXPECT_EQ(0x1122334455667000, get(_metadata, f, VIRTIO_PCI_COMMON_Q_DESCLO, 8));
}

/* Everything short of the ack is done, and nothing goes live. */
TEST_F(registers, without_the_ack_nothing_goes_live)
{
	struct function *f = &self->function;
	uint64_t features;

	ASSERT_EQ(0, virtio_user_device_features(&f->virtio, &features));
	ASSERT_EQ(-EOPNOTSUPP, virtio_user_negotiate(&f->virtio, features & ~ACCESS_PLATFORM));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);

	EXPECT_EQ(ACKNOWLEDGE | DRIVER,
		  set_status(_metadata, f, ACKNOWLEDGE | DRIVER | DRIVER_OK));
	expect_refusals(_metadata, f, REFUSED_DRIVER_OK, 1);

	/* Both at once: the first of them is what is refused. */
	EXPECT_EQ(ACKNOWLEDGE | DRIVER,
		  set_status(_metadata, f, ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);

	put(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2));
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	put(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 0xffff);
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);

	EXPECT_EQ(ACKNOWLEDGE | DRIVER, witness_status(&self->witness));
	expect_not_live(_metadata, f, &self->witness);
}

/* One write that covers the acked word, the status and queue_enable. */
TEST_F(registers, one_large_write_obeys_the_same_rules)
{
	const struct virtio_user_cap *common = &self->function.virtio.common;
	uint8_t bytes[COMMON_FIELDS] = { 0 };

	bytes[VIRTIO_PCI_COMMON_GFSELECT] = 1;
	bytes[VIRTIO_PCI_COMMON_GF] = 1;	/* VERSION_1 alone */
	bytes[VIRTIO_PCI_COMMON_STATUS] = 0x0f;
	bytes[VIRTIO_PCI_COMMON_Q_ENABLE] = 1;
	ASSERT_EQ(0, vfio_user_write(&self->function.vfio, common->bar, common->offset,
				     bytes, sizeof(bytes)));
	expect_not_live(_metadata, &self->function, &self->witness);
	EXPECT_EQ(0, witness_status(&self->witness));

	/* The same with the ack is a whole negotiation. */
	bytes[VIRTIO_PCI_COMMON_GF] = 3;
	ASSERT_EQ(0, vfio_user_write(&self->function.vfio, common->bar, common->offset,
				     bytes, VIRTIO_PCI_COMMON_Q_SELECT));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
}

TEST_F(registers, a_queue_is_enabled_only_once_features_are_agreed)
{
	struct virtio_user_memory memory;
	struct virtio_user_queue queue;
	struct function *f = &self->function;

	ASSERT_EQ(0, function_map(f, IOVA, VIRTIO_USER_PAGE, &memory));
	ASSERT_EQ(0, virtio_user_reset(&f->virtio));
	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio,
						       VERSION_1 | ACCESS_PLATFORM));
	EXPECT_EQ(-EOPNOTSUPP, virtio_user_setup_queue(&f->virtio, &queue, 0, memory));
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	EXPECT_EQ(0, witness_queues(&self->witness));

	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	EXPECT_EQ(0, virtio_user_setup_queue(&f->virtio, &queue, 0, memory));
	EXPECT_EQ(1, witness_queues(&self->witness));
	expect_no_refusal(_metadata, f);
}

/* What a driver does to find out how many queues there are, and what it may not do. */
TEST_F(registers, a_queue_beyond_num_queues_is_not_there)
{
	struct function *f = &self->function;
	uint64_t queues = get(_metadata, f, VIRTIO_PCI_COMMON_NUMQ, 2);

	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	put(_metadata, f, VIRTIO_PCI_COMMON_Q_SELECT, 2, queues);
	EXPECT_EQ(queues, get(_metadata, f, VIRTIO_PCI_COMMON_Q_SELECT, 2));
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_SIZE, 2));
	expect_no_refusal(_metadata, f);
	put(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	put(_metadata, f, VIRTIO_PCI_COMMON_Q_DESCLO, 4, IOVA);
	expect_refusals(_metadata, f, REFUSED_ABSENT_QUEUE, 2);
	EXPECT_EQ(0, witness_queues(&self->witness));

	put(_metadata, f, VIRTIO_PCI_COMMON_Q_SELECT, 2, 0);
	EXPECT_NE(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_SIZE, 2));
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_DESCLO, 4));
}

TEST_F(registers, a_live_function_keeps_its_ack)
{
	struct function *f = &self->function;
	struct virtio_user_memory memory;
	struct virtio_user_queue queue;
	uint64_t features;

	ASSERT_EQ(0, function_map(f, IOVA, VIRTIO_USER_PAGE, &memory));
	ASSERT_EQ(0, function_go_live(f, &queue, memory));
	ASSERT_EQ(0x0f, witness_status(&self->witness));

	/* Take FEATURES_OK back, withdraw the ack, agree anew. */
	EXPECT_EQ(0x0f, set_status(_metadata, f, ACKNOWLEDGE | DRIVER | DRIVER_OK));
	EXPECT_EQ(0x0f, set_status(_metadata, f, ACKNOWLEDGE | DRIVER));
	expect_refusals(_metadata, f, REFUSED_STATUS_CLEAR, 2);
	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, VERSION_1));
	expect_refusals(_metadata, f, REFUSED_LATE_FEATURES, 2);
	EXPECT_EQ(0x0f, set_status(_metadata, f, 0x0f));

	ASSERT_EQ(0, virtio_user_driver_features(&f->virtio, &features));
	EXPECT_EQ(VERSION_1 | ACCESS_PLATFORM, features);
	ASSERT_EQ(0, witness_driver_features(&self->witness, &features));
	EXPECT_EQ(VERSION_1 | ACCESS_PLATFORM, features);
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	EXPECT_EQ(1, witness_queues(&self->witness));
}

/* A driver may only where it agreed on RING_RESET (virtio 1.2, 2.6.1). */
TEST_F(registers, a_live_function_takes_no_further_queue)
{
	struct function *f = &self->function;
	struct virtio_user_memory memory;
	struct virtio_user_queue queue;
	uint64_t features;

	ASSERT_EQ(0, function_map(f, IOVA, VIRTIO_USER_PAGE, &memory));
	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	ASSERT_EQ(0, virtio_user_driver_ok(&f->virtio));
	EXPECT_EQ(-EOPNOTSUPP, virtio_user_setup_queue(&f->virtio, &queue, 0, memory));
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	EXPECT_EQ(0, witness_queues(&self->witness));

	ASSERT_EQ(0, virtio_user_device_features(&f->virtio, &features));
	if (!(features & RING_RESET))
		return;
	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio,
					   VERSION_1 | ACCESS_PLATFORM | RING_RESET));
	ASSERT_EQ(0, virtio_user_driver_ok(&f->virtio));
	EXPECT_EQ(0, virtio_user_setup_queue(&f->virtio, &queue, 0, memory));
	expect_no_refusal(_metadata, f);
	EXPECT_EQ(1, witness_queues(&self->witness));
}

TEST_F(registers, no_status_bit_is_taken_back_but_by_a_reset)
{
	struct function *f = &self->function;
	unsigned int value, refused = 0;

	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	for (value = 1; value < 0x0b; value++) {
		EXPECT_EQ(0x0b, set_status(_metadata, f, value));
		refused++;
	}
	expect_refusals(_metadata, f, REFUSED_STATUS_CLEAR, refused);

	/* To give up is no step back; and there is none from there but a reset. */
	EXPECT_EQ(0x0b | FAILED, set_status(_metadata, f, 0x0b | FAILED));
	expect_no_refusal(_metadata, f);
	EXPECT_EQ(0x0b | FAILED, set_status(_metadata, f, 0x0f | FAILED));
	expect_refusals(_metadata, f, REFUSED_DRIVER_OK, 1);
	EXPECT_EQ(0, set_status(_metadata, f, 0));
	expect_no_refusal(_metadata, f);
	EXPECT_EQ(0, witness_status(&self->witness));
}

TEST_F(registers, a_reset_by_status_forgets_the_negotiation)
{
	struct function *f = &self->function;
	uint64_t features;

	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	ASSERT_EQ(0, virtio_user_reset(&f->virtio));
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4));
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_GFSELECT, 4));
	ASSERT_EQ(0, virtio_user_driver_features(&f->virtio, &features));
	EXPECT_EQ(0, features);

	EXPECT_EQ(ACKNOWLEDGE | DRIVER, set_status(_metadata, f, ACKNOWLEDGE | DRIVER));
	EXPECT_EQ(ACKNOWLEDGE | DRIVER,
		  set_status(_metadata, f, ACKNOWLEDGE | DRIVER | FEATURES_OK));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);
	put(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	expect_not_live(_metadata, f, &self->witness);
}

FIXTURE(views)
{
	struct function function;
	struct witness witness;
};

FIXTURE_SETUP(views)
{
	self->function.is_open = false;
	self->witness.config = -1;
}

FIXTURE_TEARDOWN(views)
{
	close_function(_metadata, &self->function, &self->witness);
}

/* The operator vouches for a function that does not offer the bit. */
TEST_F(views, a_vouched_function_shows_a_bit_it_is_not_told)
{
	struct function *f = &self->function;
	uint64_t features, real;

	if (!open_function(_metadata, f, &self->witness, "CONSOLE_SILENT", "vouched"))
		return;
	ASSERT_EQ(0, virtio_user_device_features(&f->virtio, &features));
	ASSERT_EQ(0, witness_device_features(&self->witness, &real));
	EXPECT_EQ(0, real & ACCESS_PLATFORM);
	EXPECT_EQ(real | ACCESS_PLATFORM, features);

	ASSERT_EQ(-EOPNOTSUPP, virtio_user_negotiate(&f->virtio, VERSION_1));
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);
	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	ASSERT_EQ(0, virtio_user_driver_features(&f->virtio, &features));
	EXPECT_EQ(VERSION_1 | ACCESS_PLATFORM, features);
	ASSERT_EQ(0, witness_driver_features(&self->witness, &real));
	EXPECT_EQ(VERSION_1, real);
}

/* Its user is too old for the bit; the function gets it all the same. */
TEST_F(views, the_physical_view_hides_a_bit_that_the_function_gets)
{
	struct function *f = &self->function;
	uint64_t features, real;

	if (!open_function(_metadata, f, &self->witness, "BLK_TRANSLATED", "physical"))
		return;
	ASSERT_EQ(0, virtio_user_device_features(&f->virtio, &features));
	ASSERT_EQ(0, witness_device_features(&self->witness, &real));
	EXPECT_EQ(ACCESS_PLATFORM, real & ACCESS_PLATFORM);
	EXPECT_EQ(real & ~ACCESS_PLATFORM, features);

	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1));
	ASSERT_EQ(0, virtio_user_driver_ok(&f->virtio));
	ASSERT_EQ(0, virtio_user_driver_features(&f->virtio, &features));
	EXPECT_EQ(VERSION_1, features);
	ASSERT_EQ(0, witness_driver_features(&self->witness, &real));
	EXPECT_EQ(VERSION_1 | ACCESS_PLATFORM, real);
	expect_no_refusal(_metadata, f);
}

TEST_HARNESS_MAIN
