/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects in rows: a row for each key says where its value lies in a C structure and
 * of what kind it is. JSON, lines of text and tables are all made from the same rows,
 * and the driver's attributes are read by them.
 */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>

/* A number that could not be found out, where 0 is a value. */
#define NOT_KNOWN	(-1)

/* What lies at the offset of a row. */
enum kind {
	TEXT,		/* char *, NULL: not known */
	NAME,		/* char *, "": there is none; NULL: not known */
	CHARS,		/* char [] */
	YES_NO,		/* int: 0, 1, NOT_KNOWN */
	WORD,		/* int or u8: what word() has a word for, NOT_KNOWN */
	MASK,		/* unsigned int: bits that word() has words for */
	NUMBER,		/* long long, NOT_KNOWN; or an unsigned type, smaller */
	LENGTH,		/* u64; hexadecimal in text, a number in JSON */
	HEX,		/* an unsigned type, in hexadecimal */
	FLAG,		/* bool */
	COMPUTED,	/* nothing: text() makes it */
	OBJECT,		/* a structure with rows of its own */
	ARRAY,		/* a pointer to an array of them */
};

/* One of the core's tables of words, such as vfx_verdict_word(). */
typedef const char *word_of(unsigned int value);

/* A key. */
struct row {
	const char *key;	/* in JSON; in text it has spaces for underscores */
	enum kind kind;
	size_t offset;		/* where the value lies in the structure */
	size_t size;		/* of the value; of an ARRAY, of one element */
	word_of *word;		/* of a WORD or MASK */
	unsigned int words;	/* how many there are */
	/*
	 * Of what is COMPUTED: the value, which may be put into @buffer; NULL: not known.
	 * Of an OBJECT: NULL: there is none; and what stands in a table.
	 */
	const char *(*text)(const void *object, char *buffer);
	const struct row *rows;	/* of an OBJECT or ARRAY */
	size_t count;		/* of an ARRAY: the offset of its length, a size_t */
	const char *title;	/* of its column in a table, or NULL: it has none */
	const char *usual;	/* see table_column() */
	unsigned int flags;	/* of the below, and of those that say which objects it is in */
	const char *attribute;	/* the driver's, if its name is not the key */
	unsigned int part;	/* of a WORD: which word of the attribute */
};

#define OF_DRIVER	0x1	/* an attribute of the driver, while it has the function */
#define OF_RECORD	0x2	/* one that it keeps until the device leaves */
#define DETAIL		0x4	/* of those: the table does not have it */
#define IN_LINES	0x8	/* an OBJECT whose rows get a line each, if they are known */
#define ROW_FLAGS	0x10	/* from here on: which objects it is in */

#define ROWS_END	{ .key = NULL }

/* The kind, place and size of a row whose value is a member of a structure. */
#define MEMBER(what, type, member)						\
	.kind = (what), .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)

#define BUFFER_SIZE	512	/* of what text() fills */

/* The value that a word stands for; or NOT_KNOWN. */
int find_word(const char *text, word_of *word, unsigned int words);

/* The rows that are in an object of @in, or all: as members or as one object in JSON; as lines. */
void rows_json(const struct row *rows, const void *object, unsigned int in);
void rows_object(const char *key, const struct row *rows, const void *object, unsigned int in);
void rows_lines(const struct row *rows, const void *object, unsigned int in, int indent);

struct table;

/* The columns of a table; and a row of it. */
void rows_headings(const struct row *rows, struct table *table);
void rows_cells(const struct row *rows, const void *object, struct table *table);

#endif
