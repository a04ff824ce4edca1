// SPDX-License-Identifier: GPL-2.0-only
/* What somebody meant who mistyped a word. */
#include <string.h>

#include "cli.h"

#define MOST_CHANGES	3

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
