// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of the interface: one for each value, no two alike; sentences that
 * fit one line; types and IDs. Scripts match these words, so they are written
 * out here once more.
 */
#include "border.h"
#include "unit.h"
#include "verdict.h"

/* A table with one cast in one place, so that any int can be asked for. */
#define WORD_OF(name, type)							\
	static const char *name##_of(unsigned int value)			\
	{									\
		return vfx_##name##_word((enum type)value);			\
	}

WORD_OF(verdict, virtio_fixup_verdict)
WORD_OF(basis, virtio_fixup_basis)
WORD_OF(policy, virtio_fixup_policy)
WORD_OF(view, virtio_fixup_view)
WORD_OF(identity, vfx_identity)
WORD_OF(outcome, vfx_outcome)
WORD_OF(ability, virtio_fixup_ability)
WORD_OF(state, virtio_fixup_state)
WORD_OF(refusal, vfx_refusal)
WORD_OF(guard, vfx_guard)
WORD_OF(guard_mode, vfx_guard_mode)

/* Contradictions are bits of a mask: the word of the number of a bit. */
static const char *contradiction_of(unsigned int bit)
{
	return vfx_contradiction_word(bit);
}

static void check_words(const char *(*word_of)(unsigned int), const char *const *words,
			unsigned int count)
{
	unsigned int i, j;

	for (i = 0; i < count; i++) {
		CHECK_IN(!strcmp(word_of(i), words[i]), "%s instead of %s", word_of(i), words[i]);
		for (j = 0; j < i; j++)
			CHECK(strcmp(word_of(i), word_of(j)));
	}
	for (i = count; i < count + 300; i++)
		CHECK(!strcmp(word_of(i), "?"));
	CHECK(!strcmp(word_of(~0u), "?"));
}

#define CHECK_WORDS(name, ...)							\
	do {									\
		static const char *const words[] = { __VA_ARGS__ };		\
		check_words(name##_of, words, COUNT(words));			\
	} while (0)

TEST(verdicts_have_words)
{
	CHECK_WORDS(verdict, "unknown", "translated", "conditional", "bypass");
}

TEST(bases_have_words)
{
	CHECK_WORDS(basis, "none", "measured", "declared", "vouched", "platform", "protocol");
}

TEST(policies_have_words)
{
	CHECK_WORDS(policy, "auto", "strict", "vouched", "physical", "unsafe", "deny");
}

TEST(views_have_words)
{
	CHECK_WORDS(view, "none", "platform", "physical", "raw");
}

TEST(identities_have_words)
{
	CHECK_WORDS(identity, "modern", "transitional", "legacy-only");
}

TEST(outcomes_have_words)
{
	CHECK_WORDS(outcome, "not-run", "silent", "rejected", "translated", "bypass");
}

TEST(abilities_have_words)
{
	CHECK_WORDS(ability, "unknown", "no", "yes");
}

TEST(states_have_words)
{
	CHECK_WORDS(state, "unknown", "bypass", "translated");
}

TEST(guards_have_words)
{
	CHECK_WORDS(guard, "off", "admitted", "vetoed", "owned", "in-use");
	CHECK_WORDS(guard_mode, "refuse", "warn", "off");
}

TEST(refusal_counters_have_words)
{
	CHECK_WORDS(refusal, "?", "opens", "binds", "features_ok", "driver_ok", "queue_enable",
		    "absent_queue", "late_features", "status_clear", "in_reset", "partial",
		    "undeclared", "window", "mmap", "request");
}

TEST(contradictions_have_words)
{
	CHECK_WORDS(contradiction, "offers-but-bypasses", "described-but-bypasses",
		    "translated-but-hides");
	CHECK(!strcmp(vfx_contradiction_word(3), "?"));
}

static void check_sentence(const char *text)
{
	const char *p;

	CHECK(text && strlen(text) > 5);
	for (p = text; *p; p++)
		CHECK_IN((unsigned char)*p >= ' ' && (unsigned char)*p < 0x7f, "%s", text);
	CHECK_IN(p[-1] != '.' && p[-1] != ' ' && text[0] != ' ', "%s", text);
	CHECK_IN(!strstr(text, ". ") && !strstr(text, "  "), "%s", text);
}

TEST(every_reason_is_one_sentence_of_its_own)
{
	unsigned int i, j;

	for (i = 0; i < VFX_REASONS; i++) {
		CHECK(strchr(vfx_reason_text(i), ' ') != NULL);
		check_sentence(vfx_reason_text(i));
		for (j = 0; j < i; j++)
			CHECK(strcmp(vfx_reason_text(i), vfx_reason_text(j)));
	}
	CHECK(!strcmp(vfx_reason_text(VFX_REASONS), "?"));
	CHECK(!strcmp(vfx_reason_text((enum vfx_reason)-1), "?"));
}

TEST(every_refusal_says_what_the_operator_can_do)
{
	unsigned int i;

	for (i = VFX_REASON_DENY; i < VFX_REASONS; i++) {
		CHECK_IN(vfx_remedy_text(i), "reason %u", i);
		check_sentence(vfx_remedy_text(i));
	}
}

TEST(what_is_admitted_needs_no_remedy)
{
	unsigned int i;

	for (i = 0; i <= VFX_REASON_UNSAFE; i++)
		CHECK(!vfx_remedy_text(i));
	CHECK(!vfx_remedy_text(VFX_REASONS));
	CHECK(!vfx_remedy_text((enum vfx_reason)-1));
}

TEST(a_policy_is_parsed_from_its_word)
{
	enum virtio_fixup_policy policy;
	unsigned int i;

	for (i = 0; i < VIRTIO_FIXUP_POLICIES; i++) {
		policy = VIRTIO_FIXUP_POLICIES;
		CHECK_EQ(vfx_parse_policy(policy_of(i), &policy), 0);
		CHECK_EQ(policy, i);
	}
}

TEST(what_is_no_policy_is_refused_and_changes_nothing)
{
	static const char *const wrong[] = {
		"", " ", "a", "aut", "autos", "auto ", " auto", "auto\n", "Auto", "AUTO",
		"un", "unsaf", "unsafe-mode", "deny,auto", "?", "none", "0", "platform",
	};
	enum virtio_fixup_policy policy = VIRTIO_FIXUP_POLICY_DENY;
	unsigned int i;

	for (i = 0; i < COUNT(wrong); i++)
		CHECK_IN(vfx_parse_policy(wrong[i], &policy) == -EINVAL, "%s", wrong[i]);
	CHECK_EQ(policy, VIRTIO_FIXUP_POLICY_DENY);
}

TEST(types_have_names_no_two_alike)
{
	unsigned int i, j, named = 0;

	for (i = 0; i < 0x10000; i++) {
		const char *name = vfx_type_name((u16)i);

		if (!name)
			continue;
		named++;
		CHECK(name[0] && !strchr(name, ' '));
		for (j = 0; j < i && i < 100; j++)
			CHECK(!vfx_type_name((u16)j) ||
			      strcmp(name, vfx_type_name((u16)j)));
	}
	CHECK_EQ(named, 42);
	CHECK(!vfx_type_name(0));
	CHECK(!strcmp(vfx_type_name(1), "net"));
	CHECK(!strcmp(vfx_type_name(2), "blk"));
	CHECK(!strcmp(vfx_type_name(4), "rng"));
	CHECK(!strcmp(vfx_type_name(26), "fs"));
}

TEST(modern_ids_name_the_type)
{
	CHECK_EQ(vfx_type_from_ids(0x1040, 0x1100), 0);
	CHECK_EQ(vfx_type_from_ids(0x1042, 0x1100), 2);
	CHECK_EQ(vfx_type_from_ids(0x107f, 0x1100), 63);
	CHECK_EQ(vfx_type_from_ids(0x1080, 1), 0);
}

TEST(a_transitional_function_names_its_type_in_the_subsystem_id)
{
	CHECK_EQ(vfx_type_from_ids(0x1000, 1), 1);
	CHECK_EQ(vfx_type_from_ids(0x1001, 2), 2);
	CHECK_EQ(vfx_type_from_ids(0x103f, 4), 4);
	CHECK_EQ(vfx_type_from_ids(0x1000, 0x1100), 0x1100);
	CHECK_EQ(vfx_type_from_ids(0x0fff, 4), 0);
	CHECK_EQ(vfx_type_from_ids(0, 4), 0);
}

TEST(a_transitional_balloon_is_one_whatever_its_subsystem_id)
{
	CHECK_EQ(vfx_type_from_ids(0x1002, 5), 5);
	CHECK_EQ(vfx_type_from_ids(0x1002, 2), 5);
}
