// SPDX-License-Identifier: GPL-2.0-only
/*
 * The inputs of fuzz.h, and how new ones are made of old ones. libFuzzer's own
 * mutations shift all that is behind a byte they insert; those here keep records
 * whole, so that an operation stays one when another comes before it.
 */
#include <stdarg.h>

#include "fuzz.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *other,
				 size_t other_size, uint8_t *out, size_t most,
				 unsigned int seed);

static struct fuzz_input take(struct fuzz_input *input, size_t size)
{
	struct fuzz_input part = { input->bytes, size < input->left ? size : input->left };

	input->bytes += part.left;
	input->left -= part.left;
	return part;
}

struct fuzz_input fuzz_take_head(struct fuzz_input *input)
{
	return take(input, fuzz_head);
}

bool fuzz_take_record(struct fuzz_input *input, struct fuzz_input *record)
{
	*record = take(input, FUZZ_RECORD);
	return record->left;
}

u8 fuzz_u8(struct fuzz_input *from)
{
	struct fuzz_input byte = take(from, 1);

	return byte.left ? *byte.bytes : 0;
}

u16 fuzz_u16(struct fuzz_input *from)
{
	u8 low = fuzz_u8(from);

	return (u16)(low | fuzz_u8(from) << 8);
}

u32 fuzz_u32(struct fuzz_input *from)
{
	u16 low = fuzz_u16(from);

	return low | (u32)fuzz_u16(from) << 16;
}

void fuzz_trace(const char *format, ...)
{
	static int wanted = -1;
	va_list args;

	if (wanted < 0)
		wanted = getenv("FUZZ_TRACE") != NULL;
	if (!wanted)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
}

u8 *fuzz_copy(const u8 *bytes, size_t size)
{
	u8 *copy = malloc(size);

	CHECK(copy);
	return memcpy(copy, bytes, size);
}

static size_t records_of(size_t size)
{
	return size > fuzz_head ? (size - fuzz_head) / FUZZ_RECORD : 0;
}

static u8 *record_at(uint8_t *data, size_t index)
{
	return data + fuzz_head + index * FUZZ_RECORD;
}

/* Make room for a record; what is behind the last whole one is dropped. */
static void open_up(uint8_t *data, size_t records, size_t index)
{
	memmove(record_at(data, index + 1), record_at(data, index),
		(records - index) * FUZZ_RECORD);
}

static size_t mutate_records(uint8_t *data, size_t records, bool room, unsigned int *seed)
{
	size_t from = (size_t)rand_r(seed) % records, to = (size_t)rand_r(seed) % records;
	u8 record[FUZZ_RECORD];
	unsigned int i;

	memcpy(record, record_at(data, from), sizeof(record));
	switch (rand_r(seed) % 5) {
	case 0:		/* one once more, somewhere */
		if (room) {
			open_up(data, records++, to);
			memcpy(record_at(data, to), record, sizeof(record));
		}
		break;
	case 1:		/* a new one */
		if (room) {
			open_up(data, records++, to);
			for (i = 0; i < sizeof(record); i++)
				record_at(data, to)[i] = (u8)rand_r(seed);
		}
		break;
	case 2:		/* one less */
		records--;
		memmove(record_at(data, from), record_at(data, from + 1),
			(records - from) * FUZZ_RECORD);
		break;
	case 3:		/* two change places */
		memcpy(record_at(data, from), record_at(data, to), sizeof(record));
		memcpy(record_at(data, to), record, sizeof(record));
		break;
	default:	/* one differs a little */
		LLVMFuzzerMutate(record_at(data, from), FUZZ_RECORD, FUZZ_RECORD);
		break;
	}
	return fuzz_head + records * FUZZ_RECORD;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	size_t records = records_of(size);

	if (!records || rand_r(&seed) % 4 == 0)
		return LLVMFuzzerMutate(data, size, most);
	return mutate_records(data, records, fuzz_head + (records + 1) * FUZZ_RECORD <= most,
			      &seed);
}

/* One's head and first records, the other's last. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *other,
				 size_t other_size, uint8_t *out, size_t most,
				 unsigned int seed)
{
	size_t first = records_of(one_size), skip = records_of(other_size), size, tail;

	if (!first || !skip)
		return 0;
	first = fuzz_head + (size_t)rand_r(&seed) % first * FUZZ_RECORD;
	skip = fuzz_head + (size_t)rand_r(&seed) % skip * FUZZ_RECORD;
	size = first < most ? first : most;
	memcpy(out, one, size);
	tail = other_size - skip < most - size ? other_size - skip : most - size;
	memcpy(out + size, other + skip, tail);
	return size + tail;
}
