// SPDX-License-Identifier: GPL-2.0-only
/* The keys of a function, which are interface: the manual page lists them. */
#include "function.h"

#include <stdio.h>

#define OWN(kind, member)	MEMBER(kind, struct function, member)

static const char *type_word(const void *object, char *buffer)
{
	const struct function *function = object;

	return vfx_type_name(function->type);
}

static const struct row member_rows[] = {
	{ "address", MEMBER(TEXT, struct member, address) },
	{ "driver", MEMBER(NAME, struct member, driver) },
	{ "vfio_viable", MEMBER(FLAG, struct member, vfio_viable) },
	ROWS_END
};

const char *const firmware_names[] = { "DMAR", "IVRS", "VIOT", "IORT", "device tree", NULL };

static const char *firmware_name(unsigned int i)
{
	return firmware_names[i];
}

static const struct row platform_rows[] = {
	{ "iommu", MEMBER(NAME, struct platform, iommu) },
	{ "iommu_class", MEMBER(NAME, struct platform, class) },
	{ "described_by", MEMBER(NAME, struct platform, described_by) },
	{ "domain", MEMBER(NAME, struct platform, domain) },
	{ "no_iommu_mode", MEMBER(YES_NO, struct platform, no_iommu) },
	{ "firmware", MEMBER(MASK, struct platform, firmware), .word = firmware_name, .words = 5 },
	ROWS_END
};

static const char *list_text(const void *object, char *buffer)
{
	const struct function *function = object;

	return !config_complete(function) ? "unread" :
	       function->layout.malformed ? "malformed" : "sound";
}

static const char *kind_word(unsigned int kind)
{
	static const char *const kinds[] = {
		[VFX_KIND_ABSENT] = "unsound-common",
		[VFX_KIND_COMMON] = "common",
		[VFX_KIND_NOTIFY] = "notify",
		[VFX_KIND_ISR] = "isr",
		[VFX_KIND_DEVICE] = "device",
		[VFX_KIND_SHARED_MEMORY] = "shared-memory",
		[VFX_KIND_MSIX] = "msix",
		[VFX_KIND_LEGACY] = "legacy",
	};

	return kinds[kind];
}

static const struct row structure_rows[] = {
	{ "kind", MEMBER(WORD, struct structure, at.kind), .word = kind_word },
	{ "bar", MEMBER(NUMBER, struct structure, at.bar) },
	{ "offset", MEMBER(LENGTH, struct structure, at.offset) },
	{ "length", MEMBER(LENGTH, struct structure, at.length) },
	{ "shares_page_with_common", MEMBER(FLAG, struct structure, shares_page_with_common) },
	ROWS_END
};

static const char *notify_word(unsigned int how)
{
	static const char *const words[] = {
		[NOTIFICATIONS_MAPPED] = "mapped",
		[NOTIFICATIONS_PARTLY] = "partly mapped",
		[NOTIFICATIONS_TRAPPED] = "trapped",
	};

	return words[how];
}

static const char *room_text(const void *object, char *buffer)
{
	const struct function *function = object;

	snprintf(buffer, BUFFER_SIZE, "0x%02x", (unsigned int)function->description_room);
	return function->description_room == NOT_KNOWN ? NULL :
	       function->description_room ? buffer : "none";
}

static const char *position_text(const void *object, char *buffer)
{
	const struct description *description = object;

	snprintf(buffer, BUFFER_SIZE, "0x%02x", description->position);
	return buffer;
}

/* Where no word is known for a number there is a question mark. */
const struct row description_rows[] = {
	{ "position", COMPUTED, .text = position_text },
	{ "version", MEMBER(NUMBER, struct description, is.version) },
	{ "verdict", MEMBER(WORD, struct description, is.verdict), .word = vfx_verdict_word },
	{ "basis", MEMBER(WORD, struct description, is.basis), .word = vfx_basis_word },
	{ "view", MEMBER(WORD, struct description, is.view), .word = vfx_view_word },
	{ "ability", MEMBER(WORD, struct description, is.ability), .word = vfx_ability_word },
	{ "state", MEMBER(WORD, struct description, is.state), .word = vfx_state_word },
	ROWS_END
};

static const char *host_says_text(const void *object, char *buffer)
{
	const struct function *function = object;

	return !function->description.position ? NULL :
	       verdict_text(function->description.is.verdict, function->description.is.basis,
			    buffer);
}

static const char *source_text(const void *object, char *buffer)
{
	const struct function *function = object;

	if (function->bound)
		return CLI_DRIVER;
	return function->has_record ? "record of " CLI_DRIVER : "configuration space";
}

static const char *because_text(const void *object, char *buffer)
{
	const struct function *function = object;

	if (function->bound)
		return "the driver does not say";
	return function->from_dump ? "a dump does not show it" : "not bound to " CLI_DRIVER;
}

static const char *iso_text(const void *object, char *buffer)
{
	const struct function *function = object;

	return function->measured_time ? time_text(function, buffer) : "none";
}

static const char *verdict_cell(const void *object, char *buffer)
{
	const struct function *function = object;

	return function->verdict == NOT_KNOWN ? NULL :
	       verdict_text(function->verdict, function->basis, buffer);
}

static const struct row configured_rows[] = {
	{ "rule", MEMBER(TEXT, struct configured, rule) },
	{ "bind", MEMBER(WORD, struct configured, bind), .word = rule_bind_word },
	{ "policy", MEMBER(WORD, struct configured, policy), .word = vfx_policy_word },
	{ "capped", MEMBER(FLAG, struct configured, is_capped) },
	{ "driver_differs", MEMBER(YES_NO, struct configured, driver_differs) },
	{ "policy_differs", MEMBER(YES_NO, struct configured, policy_differs) },
	ROWS_END
};

/* "fixup strict", and whether that is not so now. */
static const char *configured_cell(const void *object, char *buffer)
{
	const struct function *function = object;
	const struct configured *configured = &function->configured;
	const char *bind = configured->bind == NOT_KNOWN ? "" :
			   rule_bind_word((unsigned int)configured->bind);
	const char *policy = configured->policy == NOT_KNOWN ? "" :
			     vfx_policy_word((unsigned int)configured->policy);

	if (!configured->rule)
		return NULL;
	snprintf(buffer, BUFFER_SIZE, "%s%s%s%s", bind, *bind && *policy ? " " : "", policy,
		 configured->driver_differs == 1 || configured->policy_differs == 1 ? " (differs)" : "");
	return buffer;
}

/* A word of several in an attribute: what a run of the measurement gave. */
#define OUTCOME(name, number)								\
	.word = vfx_outcome_word, .words = VFX_OUTCOMES, .attribute = (name), .part = (number)

#define LAST(member, number)								\
	{ #member, MEMBER(WORD, struct last_measured, member), OUTCOME("measured_last", number),	\
	  .flags = OF_RECORD | DETAIL }

static const struct row last_rows[] = {
	LAST(unacked, 0),
	LAST(acked, 1),
	LAST(forced, 2),
	ROWS_END
};

static const struct row elsewhere_rows[] = {
	{ "admitted", MEMBER(YES_NO, struct elsewhere, admitted) },
	{ "reason", MEMBER(TEXT, struct elsewhere, reason) },
	ROWS_END
};

/* The driver's decision; and what is read only where all is known of a function. */
#define DECIDED		(IN_FUNCTION | IN_BIND | IN_MEASURE | IN_POLICY | OF_DRIVER)
#define MEASURED	(IN_FUNCTION | IN_MEASURE | OF_RECORD | DETAIL)

#define COUNTER(NAME, word)								\
	{ "refused_" #word, NUMBER, VFX_REFUSAL_##NAME * sizeof(long long), sizeof(long long),	\
	  .flags = OF_RECORD | DETAIL },

static const struct row counter_rows[] = {
	VFX_REFUSAL_ROWS(COUNTER)
	ROWS_END
};

const struct row function_rows[] = {
	{ "address", OWN(CHARS, address), .title = "BDF",
	  .flags = IN_FUNCTION | IN_DESCRIBE | IN_POLICY | IN_CONFIG },
	{ "type", COMPUTED, .text = type_word, .title = "TYPE",
	  .flags = IN_FUNCTION | IN_DESCRIBE },
	{ "type_number", OWN(NUMBER, type), .flags = IN_FUNCTION | IN_DESCRIBE },
	{ "identity", OWN(WORD, identity), .word = vfx_identity_word, .title = "IDENTITY",
	  .usual = "modern", .flags = IN_FUNCTION },
	{ "vendor_id", OWN(HEX, vendor), .flags = IN_FUNCTION },
	{ "device_id", OWN(HEX, device), .flags = IN_FUNCTION },
	{ "subsystem_vendor_id", OWN(HEX, subsystem_vendor), .flags = IN_FUNCTION },
	{ "subsystem_id", OWN(HEX, subsystem), .flags = IN_FUNCTION },
	{ "revision", OWN(HEX, revision), .flags = IN_FUNCTION },
	{ "source", COMPUTED, .text = source_text, .flags = IN_FUNCTION },
	{ "unknown_because", COMPUTED, .text = because_text, .flags = IN_FUNCTION },
	{ "driver", OWN(NAME, driver), .title = "DRIVER", .usual = "",
	  .flags = IN_FUNCTION | IN_DESCRIBE },
	{ "guarded", OWN(WORD, guarded), .word = guarded_word, .title = "GUARD", .usual = "guarded",
	  .flags = IN_FUNCTION },
	{ "guard", OWN(WORD, guard), .word = vfx_guard_word, .flags = IN_FUNCTION },
	{ "iommu_group", OWN(NAME, group), .title = "GROUP", .usual = "", .flags = IN_FUNCTION },
	{ "group_members", ARRAY, offsetof(struct function, members), sizeof(struct member),
	  .rows = member_rows, .count = offsetof(struct function, nr_members),
	  .flags = IN_FUNCTION },
	{ "platform", OWN(OBJECT, platform), .rows = platform_rows, .flags = IN_FUNCTION },
	{ "config_bytes", OWN(NUMBER, config_len), .flags = IN_FUNCTION | IN_CONFIG },
	{ "capability_list", COMPUTED, .text = list_text, .flags = IN_FUNCTION | IN_CONFIG },
	{ "structures", ARRAY, offsetof(struct function, structures), sizeof(struct structure),
	  .rows = structure_rows, .count = offsetof(struct function, nr_structures),
	  .flags = IN_FUNCTION },
	{ "notifications", OWN(WORD, notify.how), .word = notify_word, .flags = IN_FUNCTION },
	{ "config_windows", OWN(NUMBER, layout.nr_windows), .flags = IN_FUNCTION },
	{ "description_room", COMPUTED, .text = room_text, .flags = IN_FUNCTION },
	{ "description", OWN(OBJECT, description), .rows = description_rows,
	  .text = host_says_text, .title = "HOST SAYS", .usual = "",
	  .flags = IN_FUNCTION | IN_DESCRIBE },
	{ "offered", OWN(YES_NO, offered), .title = "OFFERED", .usual = "*",
	  .flags = IN_FUNCTION | IN_MEASURE | OF_RECORD },
	{ "measured_unacked", OWN(WORD, unacked), OUTCOME("measured", 0), .flags = MEASURED },
	{ "measured_acked", OWN(WORD, acked), OUTCOME("measured", 1), .flags = MEASURED },
	{ "measured_forced", OWN(WORD, forced), OUTCOME("measured_forced", 0), .flags = MEASURED },
	{ "measured_last", OWN(OBJECT, last), .rows = last_rows, .flags = MEASURED },
	{ "measured_last_time", OWN(NUMBER, measured_last_time), .flags = MEASURED },
	{ "measured_pending", OWN(YES_NO, pending), .flags = MEASURED },
	{ "measured_time", OWN(NUMBER, measured_time), .flags = MEASURED },
	{ "measured_at", COMPUTED, .text = iso_text, .flags = IN_FUNCTION | IN_MEASURE },
	{ "measured_usecs", OWN(NUMBER, measured_usecs), .flags = MEASURED },
	{ "measured_reason", OWN(TEXT, measured_reason), .flags = MEASURED },
	{ "verdict", OWN(WORD, verdict), .word = vfx_verdict_word, .words = VIRTIO_FIXUP_VERDICTS,
	  .flags = IN_FUNCTION | IN_BIND | IN_MEASURE | OF_DRIVER },
	{ "basis", OWN(WORD, basis), .word = vfx_basis_word, .words = VIRTIO_FIXUP_BASES,
	  .flags = IN_FUNCTION | IN_BIND | IN_MEASURE | OF_DRIVER },
	{ "verdict_and_basis", COMPUTED, .text = verdict_cell, .title = "VERDICT" },
	{ "policy", OWN(WORD, policy), .word = vfx_policy_word, .words = VIRTIO_FIXUP_POLICIES,
	  .title = "POLICY", .usual = "auto", .flags = (DECIDED & ~OF_DRIVER) | OF_RECORD },
	{ "configured", OWN(OBJECT, configured), .rows = configured_rows, .text = configured_cell,
	  .title = "RULE", .usual = "", .flags = IN_FUNCTION | IN_APPLY },
	{ "admitted", OWN(YES_NO, admitted), .title = "ADMITTED", .flags = DECIDED },
	{ "reason", OWN(TEXT, reason), .flags = DECIDED | DETAIL },
	{ "remedy", OWN(TEXT, remedy), .flags = DECIDED | DETAIL },
	{ "without_enforcement", OWN(OBJECT, without), .rows = elsewhere_rows,
	  .flags = IN_FUNCTION },
	{ "with_enforcement", OWN(OBJECT, with), .rows = elsewhere_rows, .flags = IN_FUNCTION },
	{ "view", OWN(WORD, view), .word = vfx_view_word, .words = VIRTIO_FIXUP_VIEWS,
	  .flags = IN_FUNCTION | IN_POLICY | OF_DRIVER | DETAIL },
	{ "contradictions", OWN(MASK, contradictions), .word = vfx_contradiction_word,
	  .words = VFX_CONTRADICTIONS, .flags = IN_FUNCTION | IN_MEASURE | OF_DRIVER | DETAIL },
	{ "open", OWN(YES_NO, open), .flags = IN_FUNCTION | IN_POLICY | OF_DRIVER | DETAIL },
	{ "counters", OWN(OBJECT, counters), .rows = counter_rows,
	  .flags = IN_FUNCTION | OF_RECORD | IN_LINES },
	ROWS_END
};
