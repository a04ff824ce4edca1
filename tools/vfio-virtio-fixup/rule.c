// SPDX-License-Identifier: GPL-2.0-only
/* One rule of rules.h: it is set key by key, and matched against what is known of a function. */
#include "rules.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "bus.h"
#include "device_types.h"
#include "output.h"

#define GLOB	"*?[]!^-"
#define HEX	"0123456789abcdefABCDEF"

static size_t colons(const char *word)
{
	size_t count = 0;

	for (; *word; word++)
		count += *word == ':';
	return count;
}

/* A word without globs must be the address that a function can have. */
static bool is_address(const char *word)
{
	unsigned int part[4];
	size_t length;

	if (word[strspn(word, HEX GLOB ":.")])
		return false;
	if (strpbrk(word, GLOB))
		return true;
	length = parse_address(word, part);
	return length && !word[length] && part[2] <= 0x1f && part[3] <= 7;
}

static bool is_id(const char *word)
{
	size_t count = colons(word);

	if (word[strspn(word, HEX GLOB ":")] || (count != 1 && count != 3))
		return false;
	return strpbrk(word, GLOB) || strlen(word) == 4 * (count + 1) + count;
}

static const char *type_name(size_t i)
{
	static const char *const names[] = {
#define NAME(number, name, kind)	name,
		VFX_DEVICE_TYPES(NAME)
#undef NAME
		NULL
	};

	return names[i];
}

static bool is_type(const char *word)
{
	size_t i;

	for (i = 0; type_name(i); i++)
		if (!fnmatch(word, type_name(i), 0))
			return true;
	return false;
}

/* An address of domain 0000 may be given without it. */
static bool address_matches(const char *word, const char *address)
{
	static const char domain[] = "0000:";

	return !fnmatch(word, address, FNM_CASEFOLD) ||
	       (!strncmp(address, domain, strlen(domain)) &&
		!fnmatch(word, address + strlen(domain), FNM_CASEFOLD));
}

/* All four IDs, or the first two. */
static bool id_matches(const char *word, const char *ids)
{
	char two[sizeof("1af4:1042")];

	snprintf(two, sizeof(two), "%s", ids);
	return !fnmatch(word, colons(word) == 1 ? two : ids, FNM_CASEFOLD);
}

static bool type_matches(const char *word, const char *type)
{
	return !fnmatch(word, type, 0);
}

/* The keys of [Match]: one more is a row more, and a fact. */
static const struct {
	const char *name;
	bool (*is_word)(const char *word);
	bool (*matches)(const char *word, const char *is);
	const char *expects;
} keys[RULE_KEYS] = {
	[RULE_ADDRESS] = { "Address", is_address, address_matches,
		"the address of a function, such as 0000:01:00.0 or 0000:01:*" },
	[RULE_PORT] = { "Port", is_address, address_matches,
		"the address of the bridge above the function, such as 0000:00:02.0" },
	[RULE_ID] = { "Id", is_id, id_matches,
		"VENDOR:DEVICE or VENDOR:DEVICE:SUBVENDOR:SUBDEVICE of four digits each, such as "
		"1af4:1042" },
	[RULE_TYPE] = { "Type", is_type, type_matches, "a type of device, such as blk or net" },
	[RULE_PF] = { "PhysicalFunction", is_address, address_matches,
		"the address of a physical function, such as 0000:01:00.0" },
};

static const char *add_word(struct rule *rule, enum rule_key key, const char *word)
{
	const char *meant = key == RULE_TYPE ? nearest_word(word, type_name) : NULL;
	size_t size = strlen(word) + 1;
	char *words;

	if (!keys[key].is_word(word))
		return new_text("%s=%s: expected %s%s%s%s", keys[key].name, word,
				keys[key].expects, meant ? "; did you mean " : "",
				meant ? meant : "", meant ? "?" : "");
	words = keep(rule->size[key] + size);
	if (rule->size[key])
		memcpy(words, rule->words[key], rule->size[key]);
	memcpy(words + rule->size[key], word, size);
	rule->words[key] = words;
	rule->size[key] += size;
	return NULL;
}

static const char *set_match(struct rule *rule, const char *name, const char *value)
{
	char *rest = new_text("%s", value), *word = strtok(rest, " \t");
	const char *fault = NULL;
	enum rule_key key;

	for (key = 0; key < RULE_KEYS && strcmp(name, keys[key].name); key++)
		;
	if (key == RULE_KEYS)
		return new_text("unknown key %s= in [Match]; expected Address=, Port=, Id=, "
				"Type= or PhysicalFunction=", name);
	if (!word)
		return new_text("%s= is empty; expected %s", name, keys[key].expects);
	for (; word && !fault; word = strtok(NULL, " \t"))
		fault = add_word(rule, key, word);
	return fault;
}

static const struct {
	const char *word;
	const char *driver;
} binds[RULE_BINDS] = {
	[BIND_UNSAID] = { "", "" },
	[BIND_FIXUP] = { "fixup", CLI_DRIVER },
	[BIND_VFIO_PCI] = { "vfio-pci", "vfio-pci" },
	[BIND_NO] = { "no", "" },
};

const char *rule_bind_word(unsigned int bind)
{
	return binds[bind].word;
}

const char *rule_bind_driver(enum rule_bind bind)
{
	return binds[bind].driver;
}

static const char *set_function(struct rule *rule, const char *name, const char *value)
{
	bool is_bind = !strcmp(name, "Bind");
	enum virtio_fixup_policy policy;
	int bind;

	if (!is_bind && strcmp(name, "Policy"))
		return new_text("unknown key %s= in [Function]; expected Bind= or Policy=", name);
	if (is_bind ? rule->bind != BIND_UNSAID : rule->policy != NOT_KNOWN)
		return new_text("%s= is there twice; expected it once", name);
	if (is_bind) {
		bind = find_word(value, rule_bind_word, RULE_BINDS);
		if (bind <= BIND_UNSAID)
			return new_text("Bind=%s: expected fixup, vfio-pci or no", value);
		rule->bind = (enum rule_bind)bind;
		return NULL;
	}
	if (vfx_parse_policy(value, &policy))
		return new_text("Policy=%s: expected auto, strict, vouched, physical, unsafe or "
				"deny", value);
	rule->policy = (int)policy;
	return NULL;
}

const char *rule_set(struct rule *rule, const char *section, const char *key, const char *value)
{
	if (!strcmp(section, "Match"))
		return set_match(rule, key, value);
	if (!strcmp(section, "Function"))
		return set_function(rule, key, value);
	if (!*section)
		return new_text("%s= is in no section; expected [Match] before it", key);
	return new_text("%s= is in [%s]; expected it in [Match] or [Function]", key, section);
}

const char *rule_missing(const struct rule *rule)
{
	enum rule_key key;

	for (key = 0; key < RULE_KEYS && !rule->size[key]; key++)
		;
	if (key == RULE_KEYS)
		return "[Match] is missing or empty; for all functions, say Address=*";
	if (rule->bind == BIND_UNSAID && rule->policy == NOT_KNOWN)
		return "[Function] is missing or empty; expected Bind= or Policy=";
	return NULL;
}

bool rule_matches(const struct rule *rule, const struct rule_facts *facts)
{
	const char *word, *end;
	enum rule_key key;

	for (key = 0; key < RULE_KEYS; key++) {
		word = rule->words[key];
		end = word + rule->size[key];
		while (word < end && !keys[key].matches(word, facts->is[key]))
			word += strlen(word) + 1;
		if (rule->size[key] && word == end)
			return false;
	}
	return true;
}
