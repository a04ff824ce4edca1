// SPDX-License-Identifier: GPL-2.0-only
/* The printing of json.h. */
#include "json.h"

#include <stdbool.h>
#include <stdio.h>

#define MAX_DEPTH	8

static char brackets[MAX_DEPTH];	/* that close what is open */
static unsigned int depth;
static bool is_empty = true;		/* what is open */
static bool in_lines;

void json_lines(void)
{
	in_lines = true;
}

static void new_line(void)
{
	if (!in_lines)
		printf("\n%*s", 2 * (int)depth, "");
}

static void quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('"');
}

/* All that comes before a value. */
static void begin_value(const char *key)
{
	if (depth) {
		if (!is_empty)
			printf(in_lines ? ", " : ",");
		new_line();
	}
	is_empty = false;
	if (key) {
		quoted(key);
		printf(": ");
	}
}

static void begin(const char *key, char opening, char closing)
{
	begin_value(key);
	putchar(opening);
	brackets[depth++] = closing;
	is_empty = true;
}

void json_object(const char *key)
{
	begin(key, '{', '}');
}

void json_array(const char *key)
{
	begin(key, '[', ']');
}

void json_end(void)
{
	depth--;
	if (!is_empty)
		new_line();
	putchar(brackets[depth]);
	is_empty = false;
	if (!depth)
		putchar('\n');
}

void json_end_to(unsigned int open)
{
	while (depth > open)
		json_end();
}

void json_text(const char *key, const char *text)
{
	begin_value(key);
	if (text)
		quoted(text);
	else
		printf("null");
}

void json_bare(const char *key, const char *value)
{
	begin_value(key);
	printf("%s", value);
}
