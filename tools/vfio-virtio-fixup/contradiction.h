/* SPDX-License-Identifier: GPL-2.0-only */
/* Contradictions between what is claimed of a function and what is so, in words. */
#ifndef CONTRADICTION_H
#define CONTRADICTION_H

#include <json-c/json.h>
#include <stddef.h>

/**
 * contradiction_text() - what contradicts what
 * @model: of the function
 * @word: the contradiction's, one of the model's
 * @text: result, without a full stop; the word itself where this tool does not know it
 * @size: of @text
 */
void contradiction_text(struct json_object *model, const char *word, char *text, size_t size);

/* What puts it right: a sentence, or NULL where this tool does not know the word. */
const char *contradiction_fix(const char *word);

#endif
