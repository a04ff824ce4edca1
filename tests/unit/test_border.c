// SPDX-License-Identifier: GPL-2.0-only
/* What the driver itself asks of a function: a reset, and what it offers. */
#include "device_model.h"
#include "unit.h"

#define LIVE		(ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK)

static const struct model_kind truthful = { .offers = true, .refuses_unacked = true };

static struct device_model model;
static unsigned int waited;

static void count_pause(struct vfx_hw *hw, unsigned int usecs)
{
	CHECK(hw == &model.hw && usecs > 0);
	waited += usecs;
}

/* A function that was left with that status, and takes so many looks to reset. */
static int reset_function(u8 status, unsigned int reset_reads)
{
	model_init(&model, &truthful);
	model.hw.pause = count_pause;
	model.hw.patience_us = 1000000;
	model.tolerant = true;
	model.kind.reset_reads = reset_reads;
	model.status = status;
	waited = 0;
	return vfx_reset(&model.hw);
}

TEST(a_reset_ends_with_a_status_of_0)
{
	CHECK_EQ(reset_function(LIVE, 0), 0);
	CHECK_EQ(model.status, 0);
	CHECK_EQ(waited, 0);
	CHECK_EQ(reset_function(0, 0), 0);
	CHECK_EQ(model.status, 0);
	CHECK(!model.broken);
}

TEST(a_slow_reset_is_waited_for)
{
	CHECK_EQ(reset_function(LIVE, 20), 0);
	CHECK_EQ(model.status, 0);
	CHECK(waited > 0);
	CHECK(!model.broken);
}

TEST(a_reset_that_never_finishes_is_an_error)
{
	CHECK_EQ(reset_function(LIVE, ~0u), -ETIMEDOUT);
	CHECK(waited >= 1000000 && waited < 2000000);
}

TEST(a_function_that_is_gone_is_not_reset)
{
	model_init(&model, &truthful);
	model.hw.pause = count_pause;
	model.hw.patience_us = 1000000;
	model.gone = true;
	waited = 0;
	CHECK_EQ(vfx_reset(&model.hw), -ENODEV);
	CHECK(waited >= 50000 && waited < 100000);
}

/* Its user may leave it with all bits, and only a function that is gone has no end of queues. */
TEST(a_status_of_all_ones_is_waited_for_like_any_other)
{
	CHECK_EQ(reset_function(0xff, 42), 0);
	CHECK(waited > 50000);
	CHECK_EQ(reset_function(0xff, ~0u), -ETIMEDOUT);
}

static u32 read_0(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	CHECK(hw && offset < COMMON_CFG_END && width == 1);
	return 0;
}

/* As where memory is not decoded, on some machines. */
TEST(where_everything_reads_0_nothing_is_reset)
{
	model_init(&model, &truthful);
	model.hw.read = read_0;
	CHECK_EQ(vfx_reset(&model.hw), -ENODEV);
}

TEST(features_of_a_function_that_is_gone_cannot_be_read)
{
	struct device_model m;
	u32 word[2];

	model_init(&m, &truthful);
	m.gone = true;
	CHECK_EQ(vfx_read_device_feature(&m.hw, word), -ENODEV);
	/* All ones in word 0 are features, in word 1 they are not. */
	model_init(&m, &truthful);
	m.device_feature[0] = ~0u;
	CHECK_EQ(vfx_read_device_feature(&m.hw, word), 0);
	CHECK_EQ(word[0], ~0u);
	CHECK_EQ(word[1], m.device_feature[1]);
	m.device_feature[0] = 0;
	m.device_feature[1] = ~0u;
	CHECK_EQ(vfx_read_device_feature(&m.hw, word), -ENODEV);
}

/* It would read word 0 where it asked for word 1, and take its bit 1 for bit 33. */
TEST(features_read_across_a_reset_are_none)
{
	struct device_model m;
	unsigned int access;
	u32 word[2];

	for (access = 0; access < 4; access++) {
		model_init(&m, &truthful);
		m.announce_at = access;
		CHECK_EQ(vfx_read_device_feature(&m.hw, word), -EAGAIN);
	}
	model_init(&m, &truthful);
	m.generation = 1;
	CHECK_EQ(vfx_read_device_feature(&m.hw, word), -EAGAIN);
}

TEST(what_offers_the_bit_is_word_1_bit_1)
{
	unsigned int bit;

	for (bit = 0; bit < 64; bit++) {
		u32 word[2] = { 0, 0 };

		word[bit / 32] = 1u << bit % 32;
		CHECK_EQ(vfx_offers_access_platform(word), bit == 33);
	}
}
