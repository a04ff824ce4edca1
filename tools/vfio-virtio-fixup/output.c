// SPDX-License-Identifier: GPL-2.0-only
/* The printing of output.h. */
#include "output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"
#include "json.h"

#define LINE_WIDTH	80
#define MOST_CHANGES	3	/* in a mistyped word */

void clean_text(char *text)
{
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7e)
			*text = '?';
}

void out_of_memory(void)
{
	fputs(CLI_NAME ": out of memory\n", stderr);
	exit(CLI_FAILED);
}

/* All that was kept: one leads to the one before. */
static struct kept {
	struct kept *before;
	char data[] __attribute__((aligned));
} *last_kept;

void *keep(size_t size)
{
	struct kept *kept = calloc(1, sizeof(*kept) + size);

	if (!kept)
		out_of_memory();
	kept->before = last_kept;
	last_kept = kept;
	return kept->data;
}

char *new_text(const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = keep((size_t)length + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	clean_text(text);
	return text;
}

static struct report {
	bool is_error;
	char *about;
	char *text;
	struct report *next;
} *reported, **report_end = &reported;

void report(bool is_error, const char *about, const char *format, ...)
{
	struct report *one = keep(sizeof(*one));
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	/* Both may quote what a file or an argument said. */
	*one = (struct report){ is_error, new_text("%.255s", about), new_text("%s", text), NULL };
	fflush(stdout);
	fprintf(stderr, CLI_NAME ": %s: %s%s\n", one->about, is_error ? "" : "warning: ",
		one->text);
	*report_end = one;
	report_end = &one->next;
}

report_mark reports(void)
{
	return report_end;
}

const char *last_error(report_mark since)
{
	const char *text = NULL;
	struct report *one;

	for (one = *since; one; one = one->next)
		if (one->is_error)
			text = one->text;
	return text;
}

void warnings_json(const char *key, report_mark since)
{
	struct report *one;

	json_array(key);
	for (one = *since; one; one = one->next)
		if (!one->is_error)
			json_text(NULL, one->text);
	json_end();
}

static bool is_json;

void output_begin(bool json)
{
	is_json = json;
	if (!json)
		return;
	json_object(NULL);
	json_bare("schema", "1");
}

static void reports_json(const char *key, bool errors)
{
	struct report *one;

	json_array(key);
	for (one = reported; one; one = one->next) {
		if (one->is_error != errors)
			continue;
		json_object(NULL);
		json_text("about", one->about);
		json_text("text", one->text);
		json_end();
	}
	json_end();
}

int output_end(int code)
{
	if (is_json) {
		json_end_to(1);
		reports_json("errors", true);
		reports_json("warnings", false);
		json_end();
	}
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	report_error("standard output", "%s", strerror(errno));
	return CLI_FAILED;
}

void add_text(struct phrases *phrases, const char *text)
{
	size_t used = strlen(phrases->text);

	snprintf(phrases->text + used, TEXT_SIZE - used, "%s%s", phrases->count++ ? "; " : "",
		 text);
}

/* Do so many letters make @b of @a, that are inserted, deleted, changed, or swapped? */
static bool is_near(const char *a, const char *b, size_t changes)
{
	for (; *a && *a == *b; a++)
		b++;
	if (!*a && !*b)
		return true;
	return changes &&
	       ((*b && is_near(a, b + 1, changes - 1)) || (*a && is_near(a + 1, b, changes - 1)) ||
		(*a && *b && is_near(a + 1, b + 1, changes - 1)) ||
		(*a && *b && a[0] == b[1] && a[1] == b[0] && is_near(a + 2, b + 2, changes - 1)));
}

const char *nearest_word(const char *text, const char *(*word)(size_t i))
{
	size_t i, changes;

	for (changes = 1; changes <= strlen(text) / 3 && changes <= MOST_CHANGES; changes++)
		for (i = 0; word(i); i++)
			if (is_near(text, word(i), changes))
				return word(i);
	return NULL;
}

FILE *open_stream(char **text, size_t *size)
{
	FILE *stream = open_memstream(text, size);

	if (!stream)
		out_of_memory();
	return stream;
}

void table_begin(struct table *table)
{
	memset(table, 0, sizeof(*table));
	table->stream = open_stream(&table->cells, &table->size);
}

void table_column(struct table *table, const char *title, const char *usual)
{
	table->column[table->columns++] = (struct column){
		title, usual, strlen(title), usual ? HIDDEN : NEEDED
	};
}

#define NO_DOMAIN	"0000:"

void table_cell(struct table *table, const char *text)
{
	struct column *column = &table->column[table->next];
	size_t length = strlen(text);

	if (length > column->width)
		column->width = length;
	if (strcmp(text, NO_CELL) && column->need != NEEDED)
		column->need = !strcmp(column->usual, "*") ? WANTED :
			       !strcmp(column->usual, text) ? USUAL : NEEDED;
	if (!table->next && strncmp(text, NO_DOMAIN, strlen(NO_DOMAIN)))
		table->has_domain = true;
	fwrite(text, 1, length + 1, table->stream);
	table->next = (table->next + 1) % table->columns;
}

static bool is_too_wide(const struct table *table)
{
	struct winsize terminal = { 0 };
	size_t i, width = 0, limit = LINE_WIDTH;

	for (i = 0; i < table->columns; i++)
		if (table->column[i].need != HIDDEN)
			width += table->column[i].width + 2;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &terminal) && terminal.ws_col > limit)
		limit = terminal.ws_col;
	return width > limit + 2;
}

static void hide(struct table *table, enum need need)
{
	size_t i;

	for (i = 0; i < table->columns && is_too_wide(table); i++)
		if (table->column[i].need == need)
			table->column[i].need = HIDDEN;
}

static void print_cell(const struct table *table, size_t column, const char *text)
{
	if (column + 1 == table->columns)
		puts(text);
	else if (table->column[column].need != HIDDEN)
		printf("%-*s  ", (int)table->column[column].width, text);
}

void table_print(struct table *table)
{
	size_t i, column = 0, skipped = 0;
	const char *cell;

	if (fclose(table->stream))
		out_of_memory();
	hide(table, USUAL);
	if (is_too_wide(table) && !table->has_domain) {
		skipped = strlen(NO_DOMAIN);
		table->column[0].width -= skipped;
	}
	hide(table, WANTED);
	for (i = 0; i < table->columns && table->size; i++)
		print_cell(table, i, table->column[i].title);
	for (cell = table->cells; cell < table->cells + table->size; cell += strlen(cell) + 1) {
		print_cell(table, column, column ? cell : cell + skipped);
		column = (column + 1) % table->columns;
	}
	free(table->cells);
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

static bool in_section;

void section(const char *title)
{
	bool is_first = !in_section;

	sections_end();
	in_section = true;
	if (is_json) {
		json_object(NULL);
		json_text("title", title);
		json_array("text");
	} else {
		printf("%s%s:\n", is_first ? "" : "\n", title);
	}
}

void say_text(const char *text)
{
	if (is_json)
		json_text(NULL, text);
	else
		print_wrapped(text, 2);
}

void sections_end(void)
{
	if (in_section && is_json) {
		json_end();
		json_end();
	}
	in_section = false;
}
