// SPDX-License-Identifier: GPL-2.0-only
/* The printing of rows.h. */
#include "rows.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "output.h"

int find_word(const char *text, word_of *word, unsigned int words)
{
	unsigned int value;

	for (value = 0; value < words; value++)
		if (!strcmp(text, word(value)))
			return (int)value;
	return NOT_KNOWN;
}

/* NOT_KNOWN only of the signed types, which are those of 4 and 8 bytes. */
static long long number_at(const void *value, size_t size)
{
	switch (size) {
	case 1:
		return *(const uint8_t *)value;
	case 2:
		return *(const uint16_t *)value;
	case 4:
		return *(const int *)value;
	default:
		return *(const long long *)value;
	}
}

/* The value as text, or NULL where it is not known. */
static const char *value_text(const struct row *row, const void *object, char *buffer)
{
	const void *value = (const char *)object + row->offset;
	long long number;

	switch (row->kind) {
	case TEXT:
		return *(char *const *)value;
	case NAME:
		return *(char *const *)value ? name_or_none(*(char *const *)value) : NULL;
	case CHARS:
		return value;
	case YES_NO:
		number = *(const int *)value;
		return number == NOT_KNOWN ? NULL : number ? "yes" : "no";
	case WORD:
		number = number_at(value, row->size);
		return number == NOT_KNOWN ? NULL : row->word((unsigned int)number);
	case NUMBER:
		number = number_at(value, row->size);
		snprintf(buffer, BUFFER_SIZE, "%lld", number);
		return number == NOT_KNOWN ? NULL : buffer;
	case LENGTH:
		snprintf(buffer, BUFFER_SIZE, "0x%llx", (unsigned long long)number_at(value, 8));
		return buffer;
	case HEX:
		snprintf(buffer, BUFFER_SIZE, "%0*llx", 2 * (int)row->size,
			 (unsigned long long)number_at(value, row->size));
		return buffer;
	default:
		return row->text(object, buffer);
	}
}

static size_t array_count(const struct row *row, const void *object)
{
	return *(const size_t *)((const char *)object + row->count);
}

static const void *array_element(const struct row *row, const void *object, size_t i)
{
	return *(char *const *)((const char *)object + row->offset) + i * row->size;
}

static void row_json(const struct row *row, const void *object)
{
	const void *value = (const char *)object + row->offset;
	char buffer[BUFFER_SIZE];
	size_t i;

	switch (row->kind) {
	case OBJECT:
		if (row->text && !row->text(object, buffer)) {
			json_text(row->key, NULL);
			break;
		}
		json_object(row->key);
		rows_json(row->rows, value, 0);
		json_end();
		break;
	case ARRAY:
		json_array(row->key);
		for (i = 0; i < array_count(row, object); i++) {
			json_object(NULL);
			rows_json(row->rows, array_element(row, object, i), 0);
			json_end();
		}
		json_end();
		break;
	case MASK:
		json_array(row->key);
		for (i = 0; i < row->words; i++)
			if (*(const unsigned int *)value & 1u << i)
				json_text(NULL, row->word((unsigned int)i));
		json_end();
		break;
	case FLAG:
		json_flag(row->key, *(const bool *)value);
		break;
	case LENGTH:
		json_number(row->key, *(const unsigned long long *)value);
		break;
	case NUMBER:
		if (number_at(value, row->size) != NOT_KNOWN) {
			json_number(row->key, (unsigned long long)number_at(value, row->size));
			break;
		}
		/* fall through */
	default:
		json_text(row->key, value_text(row, object, buffer));
	}
}

void rows_json(const struct row *rows, const void *object, unsigned int in)
{
	for (; rows->key; rows++)
		if (!in || rows->flags & in)
			row_json(rows, object);
}

/* An element of an array: "LABEL VALUE, LABEL VALUE". */
static void print_element(const struct row *row, const void *object)
{
	char buffer[BUFFER_SIZE];
	const char *text, *comma = "";

	for (; row->key; row++) {
		text = row->label ? value_text(row, object, buffer) : NULL;
		if (!text || !*text)
			continue;
		printf("%s%s%s%s", comma, row->label, *row->label ? " " : "", text);
		comma = ", ";
	}
	putchar('\n');
}

static void print_line(const struct row *row, const void *object, const char *because)
{
	char buffer[BUFFER_SIZE];
	const char *text = value_text(row, object, buffer);

	if (row->kind == OBJECT && text && !*text)
		rows_lines(row->rows, (const char *)object + row->offset, 0, NULL);
	if (row->flags & UNLESS_EMPTY && (!text || !*text))
		return;
	printf("%s: %s", row->label, or_unknown(text));
	if (!text && because && row->flags & SAYS_WHY)
		printf(": %s", because);
	putchar('\n');
}

void rows_lines(const struct row *rows, const void *object, unsigned int in, const char *because)
{
	size_t i;

	for (; rows->key; rows++) {
		if (!rows->label || (in && !(rows->flags & in)))
			continue;
		if (rows->kind != ARRAY)
			print_line(rows, object, because);
		for (i = 0; rows->kind == ARRAY && i < array_count(rows, object); i++) {
			printf("%s: ", rows->label);
			print_element(rows->rows, array_element(rows, object, i));
		}
	}
}

void rows_headings(const struct row *rows, struct table *table)
{
	for (; rows->key; rows++)
		if (rows->title)
			table_column(table, rows->title, rows->usual);
}

void rows_cells(const struct row *rows, const void *object, struct table *table)
{
	char buffer[BUFFER_SIZE];
	const char *text;

	for (; rows->key; rows++) {
		if (!rows->title)
			continue;
		text = value_text(rows, object, buffer);
		table_cell(table, text ? text : NO_CELL);
	}
}
