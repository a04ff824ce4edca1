// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes to COMMAND that may go past vfio_pci_core, against a model of what it
 * does with one: such a write leaves the core's memory as it is, the function
 * gets what the core would give it, and there is nothing that the core alone
 * would have mended.
 */
#include "config_space.h"
#include "unit.h"

#define IO		0x0001
#define MEMORY		0x0002
#define MASTER		0x0004
#define SERR		0x0100
#define NO_INTX		0x0400

struct command_state {
	u16 virtual_command;	/* what the core remembers */
	u16 hardware;
	bool lost_bars;		/* to a reset that the core has not seen */
};

static void keep(u16 *to, u16 from, u16 bits)
{
	*to = (u16)((*to & ~bits) | (from & bits));
}

static struct command_state core_writes(struct command_state s, u16 written)
{
	/* It looks at the BARs at every write, and at what should be on. */
	s.lost_bars = false;
	/* INTx is its own: the user's wish is remembered, not written. */
	keep(&s.virtual_command, written, IO | MEMORY | NO_INTX);
	keep(&s.hardware, written, 0xffff & ~NO_INTX);
	return s;
}

/* Would the core do nothing but write COMMAND? */
static bool needs_no_core(struct command_state s, u16 written)
{
	struct command_state after = core_writes(s, written);

	return after.virtual_command == s.virtual_command && after.lost_bars == s.lost_bars &&
	       !((after.hardware ^ s.hardware) & (IO | MEMORY));
}

static void check_command(u16 written, u16 virtual_command, u16 hardware)
{
	struct command_state state = { virtual_command, hardware, false };
	/* A reset leaves no decoding on, so this is what lost BARs look like. */
	struct command_state reset = { virtual_command, hardware, !(hardware & (IO | MEMORY)) };
	bool mild = vfx_command_is_mild(written, virtual_command, hardware);

	CHECK_IN(mild == (needs_no_core(state, written) && needs_no_core(reset, written)),
		 "0x%x written over 0x%x, the hardware has 0x%x: %s", written,
		 virtual_command, hardware, mild ? "mild" : "not mild");
	CHECK_IN(vfx_mild_command(written, hardware) ==
		 core_writes(state, written).hardware, "0x%x written, the hardware has 0x%x",
		 written, hardware);
}

/* The bits that matter, in every combination: of five, five and five. */
TEST(a_write_is_mild_if_the_core_would_only_write)
{
	static const u16 bits[] = { IO, MEMORY, MASTER, SERR, NO_INTX };
	unsigned int combination, i;

	for (combination = 0; combination < 1u << 15; combination++) {
		u16 values[3] = { 0 };

		for (i = 0; i < 15; i++)
			if (combination >> i & 1)
				values[i / 5] |= bits[i % 5];
		check_command(values[0], values[1], values[2]);
	}
}

/* All of one register, while the other two are some that occur. */
TEST(every_value_of_each_register_agrees_with_the_model)
{
	static const u16 some[] = {
		0, IO, MEMORY, IO | MEMORY, MEMORY | MASTER, IO | MEMORY | MASTER,
		MEMORY | MASTER | NO_INTX, IO | MEMORY | MASTER | SERR | NO_INTX, 0xffff,
	};
	unsigned int value, i, j;

	for (value = 0; value <= 0xffff; value++) {
		for (i = 0; i < COUNT(some); i++) {
			for (j = 0; j < COUNT(some); j++) {
				check_command((u16)value, some[i], some[j]);
				check_command(some[i], (u16)value, some[j]);
				check_command(some[i], some[j], (u16)value);
			}
			/* What differs in one bit at most. */
			check_command((u16)value, (u16)value, (u16)value ^ some[i]);
			check_command((u16)value, (u16)value ^ some[i], (u16)value);
			check_command((u16)value ^ some[i], (u16)value, (u16)value);
		}
	}
}

TEST(what_is_on_already_and_written_again_is_mild)
{
	CHECK(vfx_command_is_mild(MEMORY, MEMORY, MEMORY));
	CHECK(vfx_command_is_mild(IO, IO, IO));
	CHECK(vfx_command_is_mild(MEMORY | MASTER, MEMORY, MEMORY | MASTER));
}

TEST(bus_master_and_the_like_are_mild)
{
	CHECK(vfx_command_is_mild(MEMORY | MASTER, MEMORY, MEMORY));
	CHECK(vfx_command_is_mild(MEMORY, MEMORY, MEMORY | MASTER | SERR));
	CHECK_EQ(vfx_mild_command(MEMORY | MASTER, MEMORY | SERR), MEMORY | MASTER);
}

TEST(with_decoding_off_no_write_is_mild)
{
	CHECK(!vfx_command_is_mild(0, 0, 0));
	CHECK(!vfx_command_is_mild(MASTER, MASTER, MASTER));
	CHECK(!vfx_command_is_mild(0xfffc, 0xfffc, 0xfffc));
}

TEST(where_the_hardware_decodes_otherwise_no_write_is_mild)
{
	CHECK(!vfx_command_is_mild(MEMORY, MEMORY, 0));	/* it was reset */
	CHECK(!vfx_command_is_mild(MEMORY | IO, MEMORY | IO, MEMORY));
	CHECK(!vfx_command_is_mild(MEMORY, MEMORY, 0xffff));	/* it is gone */
}

TEST(what_the_core_does_not_remember_is_not_mild)
{
	CHECK(!vfx_command_is_mild(MEMORY, 0, MEMORY));
	CHECK(!vfx_command_is_mild(MEMORY, MEMORY | IO, MEMORY));
	CHECK(!vfx_command_is_mild(IO | MEMORY, MEMORY, IO | MEMORY));
}

/* The core masks INTx in hardware as it likes; the user's wish is the virtual bit. */
TEST(intx_is_compared_with_the_virtual_bit_and_left_alone_in_hardware)
{
	CHECK(vfx_command_is_mild(MEMORY, MEMORY, MEMORY | NO_INTX));
	CHECK(vfx_command_is_mild(MEMORY | NO_INTX, MEMORY | NO_INTX, MEMORY));
	CHECK(!vfx_command_is_mild(MEMORY | NO_INTX, MEMORY, MEMORY | NO_INTX));
	CHECK(!vfx_command_is_mild(MEMORY, MEMORY | NO_INTX, MEMORY));
	CHECK_EQ(vfx_mild_command(MEMORY, MEMORY | NO_INTX), MEMORY | NO_INTX);
	CHECK_EQ(vfx_mild_command(MEMORY | NO_INTX, MEMORY), MEMORY);
}
