/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prints JSON as it comes: what is printed is not kept. A key is given for the
 * members of an object, and NULL for those of an array.
 */
#ifndef JSON_H
#define JSON_H

void json_object(const char *key);
void json_array(const char *key);

/* End the last object or array; or all but so many that are open. */
void json_end(void);
void json_end_to(unsigned int open);

/* From now on, an object in no other is a line. */
void json_lines(void);

/* NULL is printed as null. */
void json_text(const char *key, const char *text);

/* A number, true or false. */
void json_bare(const char *key, const char *value);

#endif
