// SPDX-License-Identifier: GPL-2.0-only
/* The printing of json.h. */
#include "json.h"

#include <stdarg.h>
#include <stdio.h>

#include "output.h"

#define MAX_DEPTH	8

static char brackets[MAX_DEPTH];	/* that close what is open */
static unsigned int depth;
static bool is_empty = true;		/* what is open */

static void new_line(void)
{
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
			putchar(',');
		new_line();
	}
	is_empty = false;
	if (key) {
		quoted(key);
		printf(": ");
	}
}

void json_object(const char *key)
{
	begin_value(key);
	putchar('{');
	brackets[depth++] = '}';
	is_empty = true;
}

void json_array(const char *key)
{
	begin_value(key);
	putchar('[');
	brackets[depth++] = ']';
	is_empty = true;
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

void json_format(const char *key, const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	clean_text(text);
	json_text(key, text);
}

void json_number(const char *key, unsigned long long number)
{
	begin_value(key);
	printf("%llu", number);
}

void json_flag(const char *key, bool flag)
{
	begin_value(key);
	printf(flag ? "true" : "false");
}

void json_null(const char *key)
{
	json_text(key, NULL);
}
