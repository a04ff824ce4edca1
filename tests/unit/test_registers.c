// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register file, one behaviour a test. Sequences of writes that nobody
 * thought of are in test_negotiation.c, a function that resets itself or
 * disappears in test_resets.c, every offset and size in test_register_access.c.
 */
#include "device_model.h"
#include "unit.h"

#define PLATFORM	VIRTIO_FIXUP_VIEW_PLATFORM
#define PHYSICAL	VIRTIO_FIXUP_VIEW_PHYSICAL
#define RAW		VIRTIO_FIXUP_VIEW_RAW

#define AGREED		(ACKNOWLEDGE | DRIVER | FEATURES_OK)
#define LIVE		(AGREED | DRIVER_OK)
#define ACK		(VERSION_1 | ACCESS_PLATFORM)
#define NO_ACK		VERSION_1

static const struct model_kind truthful = { .offers = true, .refuses_unacked = true };
static const struct model_kind lenient = { .offers = true };
static const struct model_kind hiding = { .offers = false };
static const struct model_kind slow = { .offers = true, .reset_reads = 3 };

static struct register_user user;

static void open_function(const struct model_kind *kind, enum virtio_fixup_view view)
{
	user_open(&user, kind, view, COMMON_CFG_END);
}

static void check_refused_once(enum vfx_refusal refusal)
{
	CHECK_EQ(user.refusals[refusal], 1);
	CHECK_EQ(user_refusals(&user), 1);
}

static u32 offered_word(u32 select)
{
	user_write(&user, DEVICE_FEATURE_SELECT, 4, select);
	return user_read(&user, DEVICE_FEATURE, 4);
}

TEST(the_platform_view_offers_the_bit_whatever_the_function_offers)
{
	open_function(&truthful, PLATFORM);
	CHECK_EQ(offered_word(1), VERSION_1 | ACCESS_PLATFORM);
	open_function(&hiding, PLATFORM);
	CHECK_EQ(offered_word(1), VERSION_1 | ACCESS_PLATFORM);
}

TEST(the_other_views_never_offer_the_bit)
{
	open_function(&truthful, PHYSICAL);
	CHECK_EQ(offered_word(1), VERSION_1);
	open_function(&truthful, RAW);
	CHECK_EQ(offered_word(1), VERSION_1);
	open_function(&hiding, RAW);
	CHECK_EQ(offered_word(1), VERSION_1);
}

TEST(a_driver_that_acks_goes_live)
{
	open_function(&truthful, PLATFORM);
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
	CHECK(model_acked(&user.model));
	CHECK_EQ(user.model.driver_feature[0], 0x20000000);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(a_driver_that_does_not_ack_is_refused_in_the_platform_view)
{
	open_function(&lenient, PLATFORM);
	user_negotiate(&user, NO_ACK);
	CHECK_EQ(user.model.status, ACKNOWLEDGE | DRIVER);
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), ACKNOWLEDGE | DRIVER);
	check_refused_once(VFX_REFUSAL_FEATURES_OK);
}

TEST(a_function_that_hides_the_bit_is_not_told_of_the_ack)
{
	open_function(&hiding, PLATFORM);
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
	CHECK_EQ(user.model.driver_feature[1], VERSION_1);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), ACK);
}

TEST(a_function_that_offers_the_bit_is_acked_for_a_driver_too_old_to_do_it)
{
	open_function(&truthful, PHYSICAL);
	user_go_live(&user, NO_ACK);
	CHECK(model_live(&user.model));
	CHECK_EQ(user.model.driver_feature[1], ACK);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), NO_ACK);
}

TEST(a_function_that_offers_the_bit_is_acked_in_the_raw_view)
{
	open_function(&truthful, RAW);
	user_go_live(&user, NO_ACK);
	CHECK(model_acked(&user.model));
}

TEST(driver_feature_reads_back_what_was_written)
{
	open_function(&truthful, PLATFORM);
	user_accept(&user, 0, 0x12345678);
	user_accept(&user, 1, 0x9abcdef0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0x9abcdef0);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0x12345678);
	CHECK_EQ(user.model.driver_feature[0], 0);	/* not before FEATURES_OK */
}

TEST(selectors_are_compared_as_whole_numbers)
{
	static const u32 beyond[] = { 2, 0x100, 0x101, 0x10000, 0x10001, 0x80000001, ~0u };
	unsigned int i;

	open_function(&truthful, PLATFORM);
	for (i = 0; i < COUNT(beyond); i++) {
		CHECK_EQ(offered_word(beyond[i]), 0);
		CHECK_EQ(user_read(&user, DEVICE_FEATURE_SELECT, 4), beyond[i]);
		user_accept(&user, beyond[i], ~0u);
		CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0);
		CHECK_EQ(user_read(&user, DRIVER_FEATURE_SELECT, 4), beyond[i]);
	}
	CHECK_EQ(user.regs.driver_feature[0] | user.regs.driver_feature[1], 0);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(the_selectors_are_two)
{
	open_function(&truthful, PLATFORM);
	user_write(&user, DEVICE_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE_SELECT, 4), 0);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 7);
	CHECK_EQ(user_read(&user, DEVICE_FEATURE_SELECT, 4), 1);
}

TEST(device_feature_is_served_without_the_function)
{
	open_function(&truthful, PLATFORM);
	user.model.reads = 0;
	user.model.writes = 0;
	offered_word(0);
	offered_word(1);
	CHECK_EQ(user.model.reads + user.model.writes, 0);
	user_write(&user, DEVICE_FEATURE, 4, 0);	/* read-only */
	CHECK_EQ(offered_word(0), user.model.device_feature[0]);
}

TEST(ack_go_live_clear_features_ok_withdraw_the_ack_has_no_effect)
{
	open_function(&lenient, PLATFORM);
	user_go_live(&user, ACK);
	user_write(&user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER);
	CHECK_EQ(user.model.status, LIVE);
	user_accept(&user, 1, NO_ACK);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), ACK);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.driver_feature[1], ACK);
	CHECK_EQ(user.refusals[VFX_REFUSAL_STATUS_CLEAR], 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_LATE_FEATURES], 1);
	CHECK_EQ(user_refusals(&user), 2);
}

TEST(every_status_bit_but_needs_reset_can_be_set_and_not_taken_back)
{
	unsigned int bit;

	for (bit = 1; bit <= 0x80; bit <<= 1) {
		if (bit == NEEDS_RESET)
			continue;
		open_function(&truthful, PHYSICAL);
		user_go_live(&user, ACK);
		user_write(&user, DEVICE_STATUS, 1, LIVE | bit);
		CHECK_EQ(user.model.status, LIVE | bit);
		user_write(&user, DEVICE_STATUS, 1, (LIVE | FAILED | bit) & ~bit);
		CHECK_EQ(user.model.status, LIVE | bit);
		check_refused_once(VFX_REFUSAL_STATUS_CLEAR);
	}
}

TEST(a_function_that_needs_a_reset_still_takes_status_writes)
{
	open_function(&truthful, PLATFORM);
	user_go_live(&user, ACK);
	user.model.status |= NEEDS_RESET;
	user_write(&user, DEVICE_STATUS, 1, LIVE | FAILED);
	CHECK_EQ(user.model.status, LIVE | FAILED);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(a_status_write_that_changes_nothing_is_not_forwarded)
{
	open_function(&truthful, PLATFORM);
	user_go_live(&user, ACK);
	user.model.writes = 0;
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.writes, 0);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(driver_ok_without_features_ok_is_refused)
{
	open_function(&hiding, PHYSICAL);
	user_write(&user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER | DRIVER_OK);
	CHECK_EQ(user.model.status, 0);
	check_refused_once(VFX_REFUSAL_DRIVER_OK);
}

TEST(queue_enable_without_features_ok_is_refused)
{
	static const u32 values[] = { 1, 2, 0x100, 0xffff };
	unsigned int i;

	for (i = 0; i < COUNT(values); i++) {
		open_function(&hiding, PHYSICAL);
		user_write(&user, DEVICE_STATUS, 1, ACKNOWLEDGE | DRIVER);
		user_write(&user, QUEUE_ENABLE, 2, values[i]);
		CHECK_EQ(user.model.queue_enable[0], 0);
		check_refused_once(VFX_REFUSAL_QUEUE_ENABLE);
	}
}

TEST(features_ok_and_driver_ok_may_come_in_one_write)
{
	open_function(&truthful, PLATFORM);
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, LIVE);
	CHECK(model_acked(&user.model));
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(driver_ok_does_not_follow_features_that_the_function_rejects)
{
	open_function(&truthful, PLATFORM);
	user_accept(&user, 0, 1);	/* not offered */
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.model.status, ACKNOWLEDGE | DRIVER);
	check_refused_once(VFX_REFUSAL_DRIVER_OK);
}

TEST(a_driver_may_try_again_after_a_rejection)
{
	open_function(&truthful, PLATFORM);
	user_negotiate(&user, ACK | ADMIN_VQ << 1);
	CHECK_EQ(user.model.status, ACKNOWLEDGE | DRIVER);
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, AGREED);
	CHECK_EQ(user.model.status, AGREED);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(features_ok_that_we_did_not_forward_is_not_believed)
{
	open_function(&lenient, PHYSICAL);
	user.model.status = AGREED;	/* a function that makes it up */
	user_write(&user, QUEUE_ENABLE, 2, 1);
	user_write(&user, DEVICE_STATUS, 1, LIVE);
	CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_DRIVER_OK], 1);
	CHECK_EQ(user_refusals(&user), 2);
}

TEST(a_queue_can_be_switched_off_at_any_time)
{
	open_function(&truthful, PLATFORM);
	user_write(&user, QUEUE_ENABLE, 2, 0);
	user_go_live(&user, ACK);
	user_write(&user, QUEUE_ENABLE, 2, 0);
	CHECK_EQ(user.model.queue_enable[0], 0);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(a_queue_is_enabled_after_driver_ok_only_with_ring_reset_offered_and_accepted)
{
	struct model_kind kind = truthful;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		kind.ring_reset = i & 1;
		open_function(&kind, PLATFORM);
		/* A function that takes what it does not offer. */
		user.model.device_feature[1] |= RING_RESET;
		user_go_live(&user, ACK | (i & 2 ? RING_RESET : 0));
		user_write(&user, QUEUE_SELECT, 2, 1);
		user_write(&user, QUEUE_ENABLE, 2, 1);
		CHECK_EQ(user.model.queue_enable[1], i == 3);
		CHECK_EQ(user.refusals[VFX_REFUSAL_QUEUE_ENABLE], i != 3);
	}
}

/* Every register of a queue: what the function has of the queue selected last stays. */
TEST(of_a_queue_that_is_not_there_nothing_is_read_or_written)
{
	static const u16 absent[] = { MODEL_QUEUES, 0x100, 0xfffe, 0xffff };
	u8 ones[QUEUE_RESET + 2 - QUEUE_SIZE], bytes[sizeof(ones)], zeros[sizeof(ones)] = { 0 };
	unsigned int i;

	memset(ones, 0xff, sizeof(ones));
	for (i = 0; i < COUNT(absent); i++) {
		open_function(&truthful, PLATFORM);
		user_negotiate(&user, ACK);
		user_write(&user, QUEUE_SELECT, 2, 1);
		user_write(&user, QUEUE_SELECT, 2, absent[i]);
		CHECK_EQ(user_read(&user, QUEUE_SELECT, 2), absent[i]);
		CHECK_EQ(model_peek(&user.model, QUEUE_SELECT, 2), 1);
		user.model.writes = 0;
		user_write_bytes(&user, QUEUE_SIZE, ones, sizeof(ones));
		CHECK_EQ(user.model.writes, 0);
		/* Five registers of 16 bits, six halves, and two more. */
		CHECK_EQ(user.refusals[VFX_REFUSAL_ABSENT_QUEUE], 12);
		CHECK_EQ(user_refusals(&user), 12);
		vfx_registers_read(&user.regs, QUEUE_SIZE, bytes, sizeof(bytes));
		CHECK_BYTES(bytes, zeros, sizeof(bytes));
	}
}

TEST(a_queue_that_comes_with_a_feature_can_be_selected)
{
	open_function(&truthful, PLATFORM);
	vfx_put(user.model.bytes + NUM_QUEUES, 1, 2);
	user_negotiate(&user, ACK);
	user_write(&user, QUEUE_SELECT, 2, 1);
	CHECK_EQ(model_peek(&user.model, QUEUE_SELECT, 2), 0);
	CHECK_EQ(user_read(&user, QUEUE_SIZE, 2), 0);
	vfx_put(user.model.bytes + NUM_QUEUES, 2, 2);
	user_write(&user, QUEUE_SELECT, 2, 1);
	CHECK_EQ(model_peek(&user.model, QUEUE_SELECT, 2), 1);
	CHECK_EQ(user_read(&user, QUEUE_SIZE, 2), 256);
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(the_queue_that_was_selected_before_open_or_a_reset_is_not_the_users)
{
	struct register_user u;
	u32 word[2] = { 0 };

	open_function(&truthful, PLATFORM);
	vfx_put(user.model.bytes + QUEUE_SELECT, 2, 2);
	vfx_registers_init(&u.regs, &user.model.hw, COMMON_CFG_END, word, PLATFORM);
	CHECK_EQ(model_peek(&user.model, QUEUE_SELECT, 2), 0);

	user_write(&user, QUEUE_SELECT, 2, 5);
	user_write(&user, DEVICE_STATUS, 1, 0);
	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), 0);
	CHECK_EQ(user_read(&user, QUEUE_SELECT, 2), 0);
	CHECK_EQ(user_read(&user, QUEUE_SIZE, 2), 256);
}

TEST(a_function_that_is_gone_has_no_queues)
{
	open_function(&truthful, PLATFORM);
	user.model.gone = true;
	user_write(&user, QUEUE_SELECT, 2, 1);
	user.model.gone = false;
	user_write(&user, QUEUE_SIZE, 2, 8);
	check_refused_once(VFX_REFUSAL_ABSENT_QUEUE);
}

TEST(failed_ends_the_agreement)
{
	open_function(&truthful, PLATFORM);
	user_negotiate(&user, ACK);
	user_write(&user, DEVICE_STATUS, 1, AGREED | FAILED);
	CHECK_EQ(user.model.status, AGREED | FAILED);
	user_write(&user, QUEUE_ENABLE, 2, 1);
	check_refused_once(VFX_REFUSAL_QUEUE_ENABLE);
	user_write(&user, DEVICE_STATUS, 1, 0);
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
}

TEST(a_reset_returns_the_users_registers_to_their_start)
{
	open_function(&truthful, PLATFORM);
	user_write(&user, DEVICE_FEATURE_SELECT, 4, 1);
	user_go_live(&user, ACK);
	user_write(&user, DEVICE_STATUS, 1, 0);
	CHECK_EQ(user.model.status, 0);
	CHECK_EQ(user_read(&user, DEVICE_FEATURE_SELECT, 4), 0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE_SELECT, 4), 0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0);
}

TEST(a_reset_of_a_function_that_nobody_touched_yet_is_one_too)
{
	open_function(&truthful, PLATFORM);
	user_write(&user, DEVICE_FEATURE_SELECT, 4, 1);
	user_accept(&user, 1, ACK);
	user_write(&user, DEVICE_STATUS, 1, 0);
	CHECK_EQ(user_read(&user, DEVICE_FEATURE_SELECT, 4), 0);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE_SELECT, 4), 0);
	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), 0);
}

TEST(an_ack_from_before_a_reset_does_not_count)
{
	open_function(&lenient, PLATFORM);
	user_go_live(&user, ACK);
	user_write(&user, DEVICE_STATUS, 1, 0);
	user_write(&user, DEVICE_STATUS, 1, AGREED);
	CHECK_EQ(user.model.status, 0);
	check_refused_once(VFX_REFUSAL_FEATURES_OK);
}

TEST(while_a_reset_is_pending_only_the_status_reads_and_nothing_is_written)
{
	open_function(&slow, PLATFORM);
	user_go_live(&user, ACK);
	user.model.kind.reset_reads = 1000;
	user_write(&user, DEVICE_STATUS, 1, 0);
	user.model.writes = 0;

	user_write(&user, DRIVER_FEATURE_SELECT, 4, 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 1);
	user_write(&user, QUEUE_ENABLE, 2, 1);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 2);
	user_write(&user, QUEUE_DESC, 4, 0x1000);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 3);
	user_write(&user, DEVICE_STATUS, 1, 0);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 4);
	user_write(&user, QUEUE_DESC, 2, 0x1000);	/* of two reasons, this one */
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 5);
	CHECK_EQ(user_refusals(&user), 5);
	CHECK_EQ(user.model.writes, 0);

	CHECK_EQ(user_read(&user, DEVICE_STATUS, 1), LIVE);
	CHECK_EQ(user_read(&user, NUM_QUEUES, 2), 0);
	CHECK_EQ(user_read(&user, DEVICE_FEATURE, 4), 0);
}

TEST(when_the_reset_is_done_the_user_goes_on)
{
	open_function(&slow, PLATFORM);
	user_go_live(&user, ACK);
	user_write(&user, DEVICE_STATUS, 1, 0);
	while (user_read(&user, DEVICE_STATUS, 1))
		;
	user_go_live(&user, ACK);
	CHECK(model_live(&user.model));
	CHECK_EQ(user_refusals(&user), 0);
}

TEST(a_reset_in_the_middle_of_a_long_write_stops_the_rest_of_it)
{
	u8 bytes[COMMON_CFG_END] = { 0 };

	open_function(&slow, PLATFORM);
	user_go_live(&user, ACK);
	user.model.kind.reset_reads = 1000;
	/* From device_status to queue_enable: status 0, and then six fields more. */
	bytes[QUEUE_ENABLE - DEVICE_STATUS] = 1;
	vfx_registers_write(&user.regs, DEVICE_STATUS, bytes, 10);
	CHECK(!user.model.broken);
	CHECK_EQ(user.refusals[VFX_REFUSAL_IN_RESET], 5);
	CHECK_EQ(user_refusals(&user), 5);
}

TEST(the_admin_virtqueue_is_neither_shown_nor_accepted)
{
	open_function(&truthful, PLATFORM);
	CHECK(!(offered_word(1) & ADMIN_VQ));
	user_go_live(&user, ACK | ADMIN_VQ);
	CHECK(!(user.model.driver_feature[1] & ADMIN_VQ));
	CHECK_EQ(user_read(&user, DRIVER_FEATURE, 4), ACK | ADMIN_VQ);
	CHECK_EQ(user_read(&user, ADMIN_QUEUE_INDEX, 4), 0);
	user_write(&user, ADMIN_QUEUE_INDEX, 2, 1);
	user_write(&user, ADMIN_QUEUE_INDEX + 2, 2, 1);
	CHECK(!user.model.broken);
}
