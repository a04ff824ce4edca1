// SPDX-License-Identifier: GPL-2.0-only
/* What somebody meant who mistyped a word. */
#include <string.h>

#include "cli.h"

#define MAX_LENGTH	32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters to insert, delete, change, or swap with the next. */
static size_t distance(const char *a, const char *b)
{
	size_t far[MAX_LENGTH + 1][MAX_LENGTH + 1], i, j;

	for (i = 0; i <= strlen(a); i++) {
		for (j = 0; j <= strlen(b); j++) {
			far[i][j] = i + j;
			if (!i || !j)
				continue;
			far[i][j] = least(far[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
					  least(far[i - 1][j], far[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				far[i][j] = least(far[i][j], far[i - 2][j - 2] + 1);
		}
	}
	return far[strlen(a)][strlen(b)];
}

const char *nearest_word(const char *text, const char *(*word)(size_t i))
{
	const char *nearest = NULL, *candidate;
	size_t i, least_far = strlen(text) / 3 + 1, far;

	if (strlen(text) > MAX_LENGTH)
		return NULL;
	for (i = 0; (candidate = word(i)); i++) {
		far = strlen(candidate) > MAX_LENGTH ? least_far : distance(text, candidate);
		if (far < least_far) {
			least_far = far;
			nearest = candidate;
		}
	}
	return nearest;
}
