// SPDX-License-Identifier: GPL-2.0-only
/* The printing of output.h. */
#include "output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

#define LINE_WIDTH	80
#define CELL_SIZE	128

void clean_text(char *text)
{
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7e)
			*text = '?';
}

static void report(const char *about, const char *kind, const char *format, va_list args)
{
	char subject[256], text[2048];

	/* Both may quote what a file or an argument said. */
	snprintf(subject, sizeof(subject), "%s", about);
	vsnprintf(text, sizeof(text), format, args);
	clean_text(subject);
	clean_text(text);
	fflush(stdout);
	fprintf(stderr, CLI_NAME ": %s: %s%s\n", subject, kind, text);
}

void report_error(const char *about, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(about, "", format, args);
	va_end(args);
}

void report_warning(const char *about, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(about, "warning: ", format, args);
	va_end(args);
}

static struct json_object *worded(const char *format, va_list args)
{
	char text[2048];

	vsnprintf(text, sizeof(text), format, args);
	clean_text(text);
	return json_object_new_string(text);
}

void add_text(struct json_object *object, const char *key, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	json_object_object_add(object, key, worded(format, args));
	va_end(args);
}

void append_text(struct json_object *array, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	json_object_array_add(array, worded(format, args));
	va_end(args);
}

void join_texts(struct json_object *phrases, char *text, size_t size)
{
	size_t i, used = 0;

	*text = '\0';
	for (i = 0; i < json_object_array_length(phrases) && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s", i ? "; " : "",
			json_object_get_string(json_object_array_get_idx(phrases, i)));
}

struct json_object *get_member(struct json_object *object, const char *key)
{
	struct json_object *member;

	return json_object_object_get_ex(object, key, &member) ? member : NULL;
}

const char *get_text(struct json_object *object, const char *key)
{
	struct json_object *member = get_member(object, key);

	return member ? json_object_get_string(member) : "";
}

void print_json(struct json_object *root)
{
	puts(json_object_to_json_string_ext(root, JSON_C_TO_STRING_PRETTY |
					    JSON_C_TO_STRING_SPACED |
					    JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void format_cell(struct json_object *row, const struct column *column, char *cell)
{
	const char *text = get_text(row, column->key);

	if (!*text)
		text = "-";
	if (column->in_brackets)
		snprintf(cell, CELL_SIZE, "%s (%s)", text, get_text(row, column->in_brackets));
	else
		snprintf(cell, CELL_SIZE, "%s", text);
}

void print_table(struct json_object *rows, const struct column *columns, size_t count)
{
	size_t c, r, nr_rows = json_object_array_length(rows);
	size_t *width = calloc(count, sizeof(*width));
	char cell[CELL_SIZE];

	if (!width)
		return;
	for (c = 0; c < count; c++) {
		width[c] = strlen(columns[c].title);
		for (r = 0; r < nr_rows; r++) {
			format_cell(json_object_array_get_idx(rows, r), &columns[c], cell);
			if (strlen(cell) > width[c])
				width[c] = strlen(cell);
		}
	}
	for (c = 0; c < count; c++)
		printf("%-*s%s", c + 1 < count ? (int)width[c] : 0, columns[c].title,
		       c + 1 < count ? "  " : "\n");
	for (r = 0; r < nr_rows; r++) {
		for (c = 0; c < count; c++) {
			format_cell(json_object_array_get_idx(rows, r), &columns[c], cell);
			printf("%-*s%s", c + 1 < count ? (int)width[c] : 0, cell,
			       c + 1 < count ? "  " : "\n");
		}
	}
	free(width);
}

void print_wrapped(const char *text, int indent)
{
	int column = 0;

	while (*text) {
		int length = (int)strcspn(text, " ");

		if (column && column + 1 + length > LINE_WIDTH) {
			putchar('\n');
			column = 0;
		}
		if (!column)
			column = printf("%*s%.*s", indent, "", length, text);
		else
			column += printf(" %.*s", length, text);
		text += length;
		text += strspn(text, " ");
	}
	if (column)
		putchar('\n');
}
