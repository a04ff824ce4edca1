// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding the description capability in configuration spaces that only pretend.
 *
 * Head: status, capability pointer. Records: an entry of a list, many of them, a
 * description with one thing changed, or some bytes.
 *
 * Runs: 2000000
 */
#include "config_view.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const size_t fuzz_head = 4;

static u8 config[VFX_CONFIG_SIZE];

static void put(unsigned int pos, const void *bytes, size_t len)
{
	len = len < sizeof(config) - pos ? len : sizeof(config) - pos;
	memcpy(config + pos, bytes, len);
}

static void put_description(unsigned int pos, struct fuzz_input *record)
{
	u8 d[24] = { 0x09, fuzz_u8(record), 24, 9, 0xff, 0xff, 1, fuzz_u8(record),
		     'v', 'f', 'i', 'o', '-', 'v', 'f', 'x', fuzz_u8(record), fuzz_u8(record) };
	u8 wrong = fuzz_u8(record);

	/* Mostly as it should be. */
	if (wrong < sizeof(d))
		d[wrong] = fuzz_u8(record);
	put(pos, d, sizeof(d));
}

/* Entries of a list, each pointing to the one below. */
static void put_chain(unsigned int pos, unsigned int count)
{
	for (; count && pos > 0x40; count--, pos -= 4)
		config[pos + 1] = (u8)(pos - 4);
}

static void apply(struct fuzz_input *record)
{
	u8 what = fuzz_u8(record), pos = fuzz_u8(record);
	u8 entry[4] = { 0x09, fuzz_u8(record), 16, 1 };

	switch (what % 4) {
	case 0:
		put(pos & ~3u, entry, sizeof(entry));
		break;
	case 1:
		put_description(pos & ~3u, record);
		break;
	case 2:
		put_chain(pos & ~3u, entry[1] % 64);
		break;
	default:
		put(pos, record->bytes, record->left);
		break;
	}
}

static bool is_description(unsigned int pos)
{
	return pos >= 0x40 && pos + 24 <= sizeof(config) && config[pos] == 0x09 &&
	       config[pos + 2] >= 24 && config[pos + 3] == 9 &&
	       !memcmp(config + pos + 8, "vfio-vfx", 8);
}

/* The naive reader: it remembers where it was, and stops at what leads into the header. */
static unsigned int first_on_the_list(void)
{
	bool been[VFX_CONFIG_SIZE] = { false };
	unsigned int pos = config[0x34] & 0xfc;

	if (!(config[0x06] & 0x10))
		return 0;
	for (; pos >= 0x40 && !been[pos]; pos = config[pos + 1] & 0xfc) {
		if (is_description(pos))
			return pos;
		been[pos] = true;
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size }, head = fuzz_take_head(&input), record;
	struct virtio_fixup_description description;
	unsigned int found;
	u8 *copy;

	memset(config, 0, sizeof(config));
	config[0x06] = fuzz_u8(&head) ^ 0x10;
	config[0x34] = fuzz_u8(&head);
	while (fuzz_take_record(&input, &record))
		apply(&record);

	copy = fuzz_copy(config, sizeof(config));
	found = vfx_find_description(copy, &description);
	free(copy);
	CHECK_EQ(found, first_on_the_list());
	if (found)
		CHECK_BYTES((u8 *)&description, config + found, sizeof(description));
	return 0;
}
