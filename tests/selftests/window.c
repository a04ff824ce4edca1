// SPDX-License-Identifier: GPL-2.0
/*
 * window.c - the access window in configuration space (VIRTIO_PCI_CAP_PCI_CFG):
 * firmware's door to the registers, with the rules of the BAR's.
 */
#include <sys/eventfd.h>
#include <linux/virtio_net.h>

#include "fixture.h"

#define WINDOW_DATA	16

FIXTURE(window)
{
	struct function function;
	struct witness witness;
	unsigned int at;
	uint8_t bar;
	uint32_t common;
};

FIXTURE_SETUP(window)
{
	if (!open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED",
			   "auto"))
		return;
	ASSERT_TRUE(self->function.virtio.pci_cfg.present);
	self->at = self->function.virtio.pci_cfg.config_offset;
	self->bar = self->function.virtio.common.bar;
	self->common = self->function.virtio.common.offset;
}

FIXTURE_TEARDOWN(window)
{
	close_function(_metadata, &self->function, &self->witness);
}

static uint64_t peek(struct __test_metadata *const _metadata, struct function *function,
		     uint8_t bar, uint32_t offset, unsigned int width)
{
	uint64_t value = ~0ULL;

	ASSERT_EQ(0, virtio_user_window_read(&function->virtio, bar, offset, width, &value));
	return value;
}

static void poke(struct __test_metadata *const _metadata, struct function *function,
		 uint8_t bar, uint32_t offset, unsigned int width, uint64_t value)
{
	ASSERT_EQ(0, virtio_user_window_write(&function->virtio, bar, offset, width, value));
}

/* Aims by hand, with a length that may be none the specification allows. */
static void aim(struct __test_metadata *const _metadata, struct function *function,
		uint8_t bar, uint32_t offset, uint32_t length)
{
	unsigned int at = function->virtio.pci_cfg.config_offset;

	ASSERT_EQ(0, vfio_user_config_write(&function->vfio, at + VIRTIO_PCI_CAP_BAR, 1, bar));
	ASSERT_EQ(0, vfio_user_config_write(&function->vfio, at + VIRTIO_PCI_CAP_OFFSET, 4,
					    offset));
	ASSERT_EQ(0, vfio_user_config_write(&function->vfio, at + VIRTIO_PCI_CAP_LENGTH, 4,
					    length));
}

static uint64_t data(struct __test_metadata *const _metadata, struct function *function,
		     unsigned int skip, unsigned int width)
{
	uint64_t value = ~0ULL;

	ASSERT_EQ(0, vfio_user_config_read(&function->vfio,
					   function->virtio.pci_cfg.config_offset +
					   WINDOW_DATA + skip, width, &value));
	return value;
}

TEST_F(window, agrees_with_the_bar_in_every_width)
{
	struct function *f = &self->function;
	unsigned int offset, width;
	uint64_t value;

	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, 0x123456789abcdef0));
	put(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4, 1);
	for (width = 1; width <= 4; width *= 2) {
		for (offset = 0; offset < 0x48; offset += width) {
			ASSERT_EQ(0, vfio_user_read_le(&f->vfio, self->bar,
						       self->common + offset, width, &value));
			EXPECT_EQ(value, peek(_metadata, f, self->bar, self->common + offset,
					      width)) {
				TH_LOG("offset 0x%x, width %u", offset, width);
			}
		}
	}
}

TEST_F(window, reaches_device_configuration_and_isr)
{
	const struct virtio_user_cap *device = &self->function.virtio.config;
	struct function *f = &self->function;
	uint64_t value;
	unsigned int i;

	ASSERT_TRUE(device->present && f->virtio.isr.present);
	for (i = 0; i < 32; i += 4) {
		ASSERT_EQ(0, virtio_user_read_config(&f->virtio, i, 4, &value));
		EXPECT_EQ(value, peek(_metadata, f, device->bar, device->offset + i, 4));
	}
	/* The capacity of the disk is not 0: it was not all dropped. */
	EXPECT_NE(0, peek(_metadata, f, device->bar, device->offset, 4));
	EXPECT_EQ(0, peek(_metadata, f, f->virtio.isr.bar, f->virtio.isr.offset, 1));
}

TEST_F(window, shows_bit_33_as_the_view_does)
{
	struct function *f = &self->function;

	poke(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_DFSELECT, 4, 1);
	EXPECT_EQ(2, peek(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_DF, 4) & 2);
	EXPECT_EQ(1, get(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4));
}

/* A function whose hardware has not the bit: the window is no way round the view. */
TEST_F(window, shows_bit_33_of_a_vouched_function)
{
	const struct virtio_user_cap *common;

	function_close(&self->function);
	witness_close(&self->witness);
	if (!open_function(_metadata, &self->function, &self->witness, "CONSOLE_SILENT",
			   "vouched"))
		return;
	common = &self->function.virtio.common;
	poke(_metadata, &self->function, common->bar,
	     common->offset + VIRTIO_PCI_COMMON_DFSELECT, 4, 1);
	EXPECT_EQ(2, peek(_metadata, &self->function, common->bar,
			  common->offset + VIRTIO_PCI_COMMON_DF, 4) & 2);
}

TEST_F(window, misaligned_accesses_are_none)
{
	struct function *f = &self->function;

	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, ~0ULL));
	EXPECT_EQ(0, peek(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF + 1, 2));
	EXPECT_EQ(0, peek(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF + 2, 4));
	EXPECT_EQ(0, peek(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF - 2, 4));
	poke(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_STATUS - 1, 4, 0x0101);
	EXPECT_EQ(0, witness_status(&self->witness));
}

TEST_F(window, odd_lengths_are_none)
{
	static const uint32_t lengths[] = { 0, 3, 5, 8, 16, 0x101, 0x10004, 0xffffffff };
	struct function *f = &self->function;
	unsigned int i;

	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, ~0ULL));
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		aim(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF, lengths[i]);
		EXPECT_EQ(0, data(_metadata, f, 0, 4));
		ASSERT_EQ(0, vfio_user_config_write(&f->vfio, self->at + WINDOW_DATA, 4, 0));
	}
	EXPECT_EQ(0xffffffff, get(_metadata, f, VIRTIO_PCI_COMMON_GF, 4));
}

TEST_F(window, reaches_nothing_but_virtio_structures)
{
	struct function *f = &self->function;
	uint64_t size = f->vfio.regions[self->bar].size;
	unsigned int bar, offset;

	for (bar = 0; bar < 256; bar += bar < 8 ? 1 : 31) {
		if (bar == self->bar)
			continue;
		for (offset = 0; offset < 0x40; offset += 4)
			EXPECT_EQ(0, peek(_metadata, f, bar, offset, 4));
	}
	EXPECT_EQ(0, peek(_metadata, f, self->bar, size, 4));
	EXPECT_EQ(0, peek(_metadata, f, self->bar, size + 0x14, 1));
	EXPECT_EQ(0, peek(_metadata, f, self->bar, 0xfffffffc, 4));
	EXPECT_EQ(0, peek(_metadata, f, self->bar, 0x80000000 + self->common, 4));
}

TEST_F(window, writes_obey_the_rules_of_the_bar)
{
	struct function *f = &self->function;
	const uint32_t status = self->common + VIRTIO_PCI_COMMON_STATUS;
	const uint32_t enable = self->common + VIRTIO_PCI_COMMON_Q_ENABLE;

	poke(_metadata, f, self->bar, status, 1, ACKNOWLEDGE | DRIVER);
	EXPECT_EQ(ACKNOWLEDGE | DRIVER, witness_status(&self->witness));
	poke(_metadata, f, self->bar, status, 1, ACKNOWLEDGE | DRIVER | FEATURES_OK);
	expect_refusals(_metadata, f, REFUSED_FEATURES_OK, 1);
	poke(_metadata, f, self->bar, status, 1, ACKNOWLEDGE | DRIVER | DRIVER_OK);
	expect_refusals(_metadata, f, REFUSED_DRIVER_OK, 1);
	poke(_metadata, f, self->bar, enable, 2, 1);
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	poke(_metadata, f, self->bar, enable, 1, 1);
	expect_refusals(_metadata, f, REFUSED_PARTIAL, 1);
	poke(_metadata, f, self->bar, enable - 4, 4, 0x00010001);
	expect_no_refusal(_metadata, f);
	poke(_metadata, f, self->bar, enable, 4, 1);
	expect_refusals(_metadata, f, REFUSED_QUEUE_ENABLE, 1);
	expect_not_live(_metadata, f, &self->witness);

	/* The whole negotiation, as firmware does it. */
	poke(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GFSELECT, 4, 1);
	poke(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF, 4, 3);
	poke(_metadata, f, self->bar, status, 1, ACKNOWLEDGE | DRIVER | FEATURES_OK);
	poke(_metadata, f, self->bar, status, 1, 0x0f);
	EXPECT_EQ(0x0f, peek(_metadata, f, self->bar, status, 1));
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	poke(_metadata, f, self->bar, status, 1, 0x03);
	expect_refusals(_metadata, f, REFUSED_STATUS_CLEAR, 1);
	poke(_metadata, f, self->bar, status, 1, 0);
	EXPECT_EQ(0, witness_status(&self->witness));
	expect_no_refusal(_metadata, f);
}

TEST_F(window, works_with_memory_decoding_off)
{
	struct function *f = &self->function;
	uint64_t value;
	uint32_t command;

	ASSERT_EQ(0, vfio_user_command(&f->vfio, 0, PCI_COMMAND_MEMORY));
	EXPECT_EQ(-EIO, virtio_user_read_common(&f->virtio, VIRTIO_PCI_COMMON_NUMQ, 2, &value));
	EXPECT_EQ(1, peek(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_NUMQ, 2));
	poke(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_STATUS, 1, ACKNOWLEDGE);
	EXPECT_EQ(ACKNOWLEDGE, peek(_metadata, f, self->bar,
				    self->common + VIRTIO_PCI_COMMON_STATUS, 1));
	EXPECT_NE(0, peek(_metadata, f, f->virtio.config.bar, f->virtio.config.offset, 4));

	/* It is still off, for the user and in the hardware. */
	EXPECT_EQ(-EIO, virtio_user_read_common(&f->virtio, VIRTIO_PCI_COMMON_NUMQ, 2, &value));
	ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &command));
	EXPECT_EQ(0, command & PCI_COMMAND_MEMORY);
	ASSERT_EQ(0, vfio_user_command(&f->vfio, PCI_COMMAND_MEMORY, 0));
	EXPECT_EQ(ACKNOWLEDGE, get(_metadata, f, VIRTIO_PCI_COMMON_STATUS, 1));
}

/*
 * An access that makes the function interrupt, with memory decoding off. The core
 * masks INTx in COMMAND then, and COMMAND is not to be what it was before.
 */
TEST_F(window, leaves_an_interrupt_masked_that_it_caused)
{
	/* A command of a class that does not exist: net answers before the kick ends. */
	const struct virtio_user_buffer command[] = {
		{ IOVA + VIRTIO_USER_PAGE, 2, false },
		{ IOVA + VIRTIO_USER_PAGE + 2, 1, true },
	};
	struct virtio_user_memory ring, request;
	struct function *f = &self->function;
	struct virtio_user_queue control;
	uint64_t interrupts = 0;
	uint32_t hardware;
	int intx;

	function_close(f);
	witness_close(&self->witness);
	if (!open_function(_metadata, f, &self->witness, "NET_TRANSLATED", "auto"))
		return;
	ASSERT_EQ(0, function_map(f, IOVA, VIRTIO_USER_PAGE, &ring));
	ASSERT_EQ(0, function_map(f, IOVA + VIRTIO_USER_PAGE, VIRTIO_USER_PAGE, &request));
	memset(request.va, 0xff, 3);
	ASSERT_EQ(0, vfio_user_command(&f->vfio, PCI_COMMAND_MASTER, 0));
	ASSERT_EQ(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM |
					   1ULL << VIRTIO_NET_F_CTRL_VQ));
	ASSERT_EQ(0, virtio_user_setup_queue(&f->virtio, &control, 2, ring));
	ASSERT_EQ(0, virtio_user_driver_ok(&f->virtio));
	intx = function_event(f, VFIO_PCI_INTX_IRQ_INDEX, EFD_NONBLOCK);
	ASSERT_LE(0, intx);

	ASSERT_EQ(0, vfio_user_command(&f->vfio, 0, PCI_COMMAND_MEMORY));
	/* It is in the ring, and the notification does not reach the function. */
	ASSERT_EQ(-EIO, virtio_user_submit(&control, command, ARRAY_SIZE(command)));
	ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &hardware));
	EXPECT_EQ(0, hardware & PCI_COMMAND_INTX_DISABLE);
	poke(_metadata, f, f->virtio.notify.bar,
	     f->virtio.notify.offset + control.notify_off * f->virtio.notify_off_multiplier,
	     2, control.index);
	ASSERT_EQ(0, virtio_user_wait(&control, 5000, NULL));
	EXPECT_EQ(1, ((uint8_t *)request.va)[2]);	/* VIRTIO_NET_ERR */
	EXPECT_EQ(sizeof(interrupts), read(intx, &interrupts, sizeof(interrupts)));
	EXPECT_EQ(1, interrupts);
	ASSERT_EQ(0, witness_config(&self->witness, PCI_COMMAND, 2, &hardware));
	EXPECT_NE(0, hardware & PCI_COMMAND_INTX_DISABLE);
	EXPECT_EQ(0, hardware & PCI_COMMAND_MEMORY);
	close(intx);
}

TEST_F(window, part_of_the_data_reads_part_and_writes_nothing)
{
	struct function *f = &self->function;

	ASSERT_EQ(0, virtio_user_write_driver_features(&f->virtio, 0x11223344));
	put(_metadata, f, VIRTIO_PCI_COMMON_GFSELECT, 4, 0);
	aim(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF, 4);
	EXPECT_EQ(0x11223344, data(_metadata, f, 0, 4));
	EXPECT_EQ(0x44, data(_metadata, f, 0, 1));
	EXPECT_EQ(0x33, data(_metadata, f, 1, 1));
	EXPECT_EQ(0x1122, data(_metadata, f, 2, 2));
	ASSERT_EQ(0, vfio_user_config_write(&f->vfio, self->at + WINDOW_DATA, 2, 0x5555));
	ASSERT_EQ(0, vfio_user_config_write(&f->vfio, self->at + WINDOW_DATA + 2, 2, 0x5555));
	ASSERT_EQ(0, vfio_user_config_write(&f->vfio, self->at + WINDOW_DATA + 3, 1, 0x55));
	EXPECT_EQ(0x11223344, get(_metadata, f, VIRTIO_PCI_COMMON_GF, 4));

	/* A window of one byte: the three behind it are nothing. */
	aim(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_GF, 1);
	EXPECT_EQ(0x44, data(_metadata, f, 0, 4));
	EXPECT_EQ(0, data(_metadata, f, 1, 1));
	expect_no_refusal(_metadata, f);
}

/* Aim and data in one write, as no firmware does it. */
TEST_F(window, one_write_aims_and_writes)
{
	const uint32_t words[4] = {
		self->bar, self->common + VIRTIO_PCI_COMMON_STATUS, 1, ACKNOWLEDGE | DRIVER,
	};

	ASSERT_EQ(0, vfio_user_write(&self->function.vfio, VFIO_PCI_CONFIG_REGION_INDEX,
				     self->at + VIRTIO_PCI_CAP_BAR, words, sizeof(words)));
	EXPECT_EQ(ACKNOWLEDGE | DRIVER, witness_status(&self->witness));
}

TEST_F(window, only_bar_offset_and_length_are_kept)
{
	struct function *f = &self->function;
	uint8_t before[20], after[20], ones[20];

	ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, self->at, before,
				    sizeof(before)));
	memset(ones, 0xff, sizeof(ones));
	ASSERT_EQ(0, vfio_user_write(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, self->at, ones,
				     sizeof(ones)));
	ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, self->at, after,
				    sizeof(after)));
	EXPECT_EQ(0, memcmp(before, after, VIRTIO_PCI_CAP_BAR));
	EXPECT_EQ(0xff, after[VIRTIO_PCI_CAP_BAR]);
	EXPECT_EQ(0, memcmp(before + VIRTIO_PCI_CAP_BAR + 1, after + VIRTIO_PCI_CAP_BAR + 1, 3));
	EXPECT_EQ(0, memcmp(ones, after + VIRTIO_PCI_CAP_OFFSET, 8));
	EXPECT_EQ(0, memcmp("\0\0\0\0", after + WINDOW_DATA, 4));
}

/* The hardware's own window is not the user's to aim. */
TEST_F(window, an_aim_does_not_reach_the_hardware)
{
	uint32_t before[3], after[3];
	unsigned int i;

	for (i = 0; i < 3; i++)
		ASSERT_EQ(0, witness_config(&self->witness, self->at + 4 + 4 * i, 4, &before[i]));
	aim(_metadata, &self->function, self->bar, self->common + 0x3c, 2);
	data(_metadata, &self->function, 0, 4);
	for (i = 0; i < 3; i++) {
		ASSERT_EQ(0, witness_config(&self->witness, self->at + 4 + 4 * i, 4, &after[i]));
		EXPECT_EQ(before[i], after[i]);
	}
}

/* Monitors read all of configuration space at once; that must not eat an interrupt. */
TEST_F(window, a_large_read_has_no_side_effect)
{
	struct virtio_user_memory memory, request;
	struct function *f = &self->function;
	struct virtio_user_queue queue;
	uint64_t isr;
	uint8_t all[256];

	ASSERT_EQ(0, function_map(f, IOVA, VIRTIO_USER_PAGE, &memory));
	ASSERT_EQ(0, function_map(f, IOVA + VIRTIO_USER_PAGE, VIRTIO_USER_PAGE, &request));
	ASSERT_EQ(0, function_go_live(f, &queue, memory));
	ASSERT_EQ(0, virtio_user_blk(&queue, request, request.address + 2048, 1, false, 5000));

	/* Now the ISR has a bit that reading takes away. */
	aim(_metadata, f, f->virtio.isr.bar, f->virtio.isr.offset, 1);
	ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, all,
				    sizeof(all)));
	ASSERT_EQ(0, vfio_user_read_le(&f->vfio, f->virtio.isr.bar, f->virtio.isr.offset, 1,
				       &isr));
	EXPECT_EQ(1, isr & 1);
}

/* A new user finds no aim that the last one left. */
TEST_F(window, begins_at_nothing)
{
	struct function *f = &self->function;
	const char *bdf = f->bdf;
	uint64_t word;
	unsigned int i;

	aim(_metadata, f, self->bar, self->common + VIRTIO_PCI_COMMON_STATUS, 1);
	function_close(f);
	ASSERT_EQ(0, function_open(f, bdf));
	for (i = VIRTIO_PCI_CAP_BAR; i < 20; i += 4) {
		ASSERT_EQ(0, vfio_user_config_read(&f->vfio, self->at + i, 4, &word));
		EXPECT_EQ(0, word);
	}
}

TEST_HARNESS_MAIN
