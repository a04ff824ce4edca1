/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prints JSON as it comes: what is printed is not kept. A key is given for the
 * members of an object, and NULL for those of an array.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>

void json_object(const char *key);
void json_array(const char *key);

/* End the last object or array; or all but so many that are open. */
void json_end(void);
void json_end_to(unsigned int open);

/* NULL is printed as null. */
void json_text(const char *key, const char *text);
void json_format(const char *key, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void json_number(const char *key, unsigned long long number);
void json_flag(const char *key, bool flag);
void json_null(const char *key);

#endif
