/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that is printed: errors, JSON, tables, wrapped prose. Text that came
 * from a device, sysfs or proc goes through clean_text() first.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

/* Replace every byte that is not printable ASCII, in place. */
void clean_text(char *text);

/* Print "vfio-virtio-fixup: ABOUT: ..." on standard error. */
void report_error(const char *about, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Print "vfio-virtio-fixup: ABOUT: warning: ..." on standard error. */
void report_warning(const char *about, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Add a string to an object of the data model, worded as printf() does. */
void add_text(struct json_object *object, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Append a string to an array of the data model, worded as printf() does. */
void append_text(struct json_object *array, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Join an array of phrases with "; ". */
void join_texts(struct json_object *phrases, char *text, size_t size);

/* A string of the data model; "" where there is none. */
const char *get_text(struct json_object *object, const char *key);

/* A member of the data model, or NULL. */
struct json_object *get_member(struct json_object *object, const char *key);

/* Print the data model. */
void print_json(struct json_object *root);

/**
 * struct column - one column of a table
 * @title: heading
 * @key: which string of the row it shows
 * @in_brackets: key of a second string, shown in brackets behind it, or NULL
 */
struct column {
	const char *title;
	const char *key;
	const char *in_brackets;
};

/* Print an array of objects, each column as wide as its widest cell. */
void print_table(struct json_object *rows, const struct column *columns, size_t count);

/* Print text in lines of at most 80 columns, each after @indent spaces. */
void print_wrapped(const char *text, int indent);

#endif
