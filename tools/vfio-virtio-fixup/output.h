/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Errors, tables, wrapped prose and files, and words that were mistyped. Text that came from
 * a device, sysfs or proc goes through clean_text() first.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define TEXT_SIZE	2048	/* longest text that is put together */

/* Replace every byte that is not printable ASCII, in place. */
void clean_text(char *text);

/* Say so, and end the tool. */
void out_of_memory(void) __attribute__((noreturn));

/* Memory, zeroed, that is there until the tool ends; never NULL. */
void *keep(size_t size);

/* A cleaned text in such memory, worded as printf() does. */
char *new_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A text that NULL says is not known; and a name, of which "" says that there is none. */
static inline const char *or_unknown(const char *text)
{
	return text ? text : "unknown";
}

static inline const char *name_or_none(const char *name)
{
	return name && !*name ? "none" : or_unknown(name);
}

/*
 * Print "vfio-virtio-fixup: ABOUT: ..." on standard error, and "...: warning: ...".
 * What was reported is kept for JSON, and becomes part of that too.
 */
void report(bool is_error, const char *about, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
#define report_error(...)	report(true, __VA_ARGS__)
#define report_warning(...)	report(false, __VA_ARGS__)

/* Report an error that ends a command, or its work on a function. Return: @code. */
#define fail(code, ...)		(report_error(__VA_ARGS__), (code))

/*
 * All output is between these two. With JSON it is one object, with a "schema", what
 * the command puts into it, and all that was reported. Return: the exit code.
 */
void output_begin(bool json);
int output_end(int code);

/* A place among the reports: what comes after those until now. */
typedef struct report **report_mark;
report_mark reports(void);

/* The last error since then, or NULL; and an array of the warnings since then. */
const char *last_error(report_mark since);
void warnings_json(const char *key, report_mark since);

/* A list of phrases, joined with "; ". */
struct phrases {
	size_t count;
	char text[TEXT_SIZE];
};

/* Add a phrase, worded as printf() does. What does not fit is left out. */
#define add_phrase(phrases, ...)	add_text(phrases, new_text(__VA_ARGS__))
void add_text(struct phrases *phrases, const char *text);

/*
 * Of some words, the one that was meant by @text, which is none of them; or NULL.
 * @word gives NULL after the last.
 */
const char *nearest_word(const char *text, const char *(*word)(size_t i));

/* As open_memstream(), and never NULL. */
FILE *open_stream(char **text, size_t *size);

/*
 * Make a file anew: who reads it finds the old text or the new one, and never a part.
 * Others may read it. Return: 0, or an errno; then the old text is still there, unless only
 * the folder could not be synced.
 */
int replace_file(const char *path, const char *text);

#define MAX_COLUMNS	12
#define NO_CELL		"-"	/* where nothing is known */

enum need {
	HIDDEN,		/* nothing in it is known; or there is no room for it */
	USUAL,		/* nothing but the usual */
	WANTED,
	NEEDED,
};

/* A table: columns are named, then cells are given row by row. */
struct table {
	size_t columns;
	struct column {
		const char *title;
		const char *usual;
		size_t width;
		enum need need;
	} column[MAX_COLUMNS];
	size_t next;		/* the column of the next cell */
	bool has_domain;	/* some address does not begin with 0000: */
	char *cells;		/* each with its terminator */
	size_t size;
	FILE *stream;
};

void table_begin(struct table *table);

/*
 * A column. One with @usual is left out if nothing in it is known; and where the
 * table is wider than 80 columns and than the terminal, if nothing in it is unusual,
 * or at last, if that is "*", in any case.
 */
void table_column(struct table *table, const char *title, const char *usual);

void table_cell(struct table *table, const char *text);

/* Print it, if it has rows, and free it. */
void table_print(struct table *table);

/* Print text in lines of at most 80 columns, each after @indent spaces. */
void print_wrapped(const char *text, int indent);

/*
 * Prose in sections: a title, then a sentence or more at a time, worded as printf() does. In
 * JSON each section is an object of the array that is open.
 */
void section(const char *title);
#define say(...)	say_text(new_text(__VA_ARGS__))
void say_text(const char *text);
void sections_end(void);

#endif
