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

static const char *mask_text(const struct row *row, unsigned int mask, char *buffer)
{
	unsigned int i, used = 0;

	for (i = 0; i < row->words; i++)
		if (mask & 1u << i)
			used += (unsigned int)snprintf(buffer + used, BUFFER_SIZE - used, "%s%s",
						       used ? " " : "", row->word(i));
	return used ? buffer : "none";
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
	case FLAG:
		return *(const bool *)value ? "yes" : "no";
	case WORD:
		number = number_at(value, row->size);
		return number == NOT_KNOWN ? NULL : row->word((unsigned int)number);
	case MASK:
		return mask_text(row, *(const unsigned int *)value, buffer);
	case NUMBER:
		number = number_at(value, row->size);
		snprintf(buffer, BUFFER_SIZE, "%lld", number);
		return number == NOT_KNOWN ? NULL : buffer;
	case LENGTH:
		snprintf(buffer, BUFFER_SIZE, "0x%llx", *(const unsigned long long *)value);
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
	const char *text;
	size_t i;

	switch (row->kind) {
	case OBJECT:
		if (row->text && !row->text(object, buffer))
			json_text(row->key, NULL);
		else
			rows_object(row->key, row->rows, value, 0);
		break;
	case ARRAY:
		json_array(row->key);
		for (i = 0; i < array_count(row, object); i++)
			rows_object(NULL, row->rows, array_element(row, object, i), 0);
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
		json_bare(row->key, *(const bool *)value ? "true" : "false");
		break;
	case LENGTH:
		snprintf(buffer, sizeof(buffer), "%llu", *(const unsigned long long *)value);
		json_bare(row->key, buffer);
		break;
	default:
		text = value_text(row, object, buffer);
		if (row->kind == NUMBER && text)
			json_bare(row->key, text);
		else
			json_text(row->key, text);
	}
}

void rows_json(const struct row *rows, const void *object, unsigned int in)
{
	for (; rows->key; rows++)
		if (!in || rows->flags & in)
			row_json(rows, object);
}

void rows_object(const char *key, const struct row *rows, const void *object, unsigned int in)
{
	json_object(key);
	rows_json(rows, object, in);
	json_end();
}

/* With spaces, and without its last @less letters. */
static void print_key(const char *key, size_t less)
{
	size_t i;

	for (i = 0; i < strlen(key) - less; i++)
		putchar(key[i] == '_' ? ' ' : key[i]);
}

/* "KEY VALUE, KEY VALUE" */
static void print_object(const struct row *row, const void *object)
{
	char buffer[BUFFER_SIZE];

	for (; row->key; row++) {
		print_key(row->key, 0);
		printf(" %s%s", or_unknown(value_text(row, object, buffer)),
		       row[1].key ? ", " : "\n");
	}
}

static void print_line(const struct row *row, const void *object, int indent)
{
	const void *value = (const char *)object + row->offset;
	char buffer[BUFFER_SIZE];
	size_t i;

	for (i = 0; row->kind == ARRAY && i < array_count(row, object); i++) {
		print_key(row->key, strlen("s"));
		printf(": ");
		print_object(row->rows, array_element(row, object, i));
	}
	if (row->kind == ARRAY || (row->kind == OBJECT && row->text && !row->text(object, buffer)))
		return;
	printf("%*s", indent, "");
	print_key(row->key, 0);
	printf(": ");
	if (row->kind == OBJECT)
		print_object(row->rows, value);
	else
		puts(or_unknown(value_text(row, object, buffer)));
}

void rows_lines(const struct row *rows, const void *object, unsigned int in, int indent)
{
	const struct row *row;
	char buffer[BUFFER_SIZE];

	for (; rows->key; rows++) {
		const void *value = (const char *)object + rows->offset;

		if (in && !(rows->flags & in))
			continue;
		if (!(rows->flags & IN_LINES))
			print_line(rows, object, indent);
		for (row = rows->rows; rows->flags & IN_LINES && row->key; row++)
			if (value_text(row, value, buffer))
				print_line(row, value, indent);
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
