// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command explain: what is known of a function as prose, for whoever has to
 * decide what to do with one that VFIO does not open. It is put together section by
 * section, and then printed.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "bus.h"
#include "json.h"
#include "output.h"

#define WHERE_TO_FIX								\
	"the fix belongs to the hypervisor that gives this host the function (L0), not "	\
	"to this host, and takes effect when this machine is started anew."
#define HOW_TO_FIX								\
	"There, QEMU's -device for the function needs iommu_platform=on,disable-legacy=on, "	\
	"and libvirt's element for it <driver iommu='on'/>."

static const char *const verdicts[] = {
	[VIRTIO_FIXUP_VERDICT_UNKNOWN] = "Nothing is known about where its DMA goes.",
	[VIRTIO_FIXUP_VERDICT_TRANSLATED] = "Its DMA goes through this host's IOMMU.",
	[VIRTIO_FIXUP_VERDICT_CONDITIONAL] =
		"Its DMA goes through this host's IOMMU once its driver has accepted "
		"VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.",
	[VIRTIO_FIXUP_VERDICT_BYPASS] =
		"Its DMA does not go through this host's IOMMU: addresses it is given are taken as "
		"addresses of this host's memory.",
};

static const char *const bases[VIRTIO_FIXUP_BASES] = {
	[VIRTIO_FIXUP_BASIS_MEASURED] = "This was measured: its DMA was watched.",
	[VIRTIO_FIXUP_BASIS_DECLARED] =
		"This is what its feature bits declare; no measurement shows it.",
	[VIRTIO_FIXUP_BASIS_VOUCHED] =
		"This is the administrator's word (policy vouched); no measurement shows it.",
	[VIRTIO_FIXUP_BASIS_PLATFORM] =
		"This follows from the platform: no IOMMU serves the function.",
	[VIRTIO_FIXUP_BASIS_PROTOCOL] =
		"This follows from its device type: its requests name physical addresses, whatever "
		"its virtqueues do.",
};

static const char *const views[] = {
	[VIRTIO_FIXUP_VIEW_NONE] = "L2 sees nothing: VFIO does not open the function.",
	[VIRTIO_FIXUP_VIEW_PLATFORM] =
		"L2 sees a modern function that offers VIRTIO_F_ACCESS_PLATFORM, whatever the "
		"hardware offers; it goes live only after L2's driver has accepted the bit.",
	[VIRTIO_FIXUP_VIEW_PHYSICAL] =
		"L2 sees a modern function that does not offer VIRTIO_F_ACCESS_PLATFORM, for "
		"drivers too old to know it. That is right only where L2 has no IOMMU of its own.",
	[VIRTIO_FIXUP_VIEW_RAW] =
		"L2 sees the function as the hardware is, without VIRTIO_F_ACCESS_PLATFORM: what "
		"L2 makes it write goes to this host's memory.",
};

#define MAX_SECTIONS	8
/* A sentence for each other member of a group, and some more. */
#define MAX_SENTENCES	(256 + 16)

struct section {
	const char *title;
	char *sentences[MAX_SENTENCES];
	size_t count;
};

struct explanation {
	struct section sections[MAX_SECTIONS];
	size_t count;
};

static struct section *begin(struct explanation *explanation, const char *title)
{
	struct section *section = &explanation->sections[explanation->count++];

	section->title = title;
	return section;
}

static void __attribute__((format(printf, 2, 3)))
say(struct section *section, const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	section->sentences[section->count++] = new_text("%s", text);
}

static void say_siblings(struct section *section, const struct function *function)
{
	size_t i, count = function->nr_members;

	if (!function->group)
		return;
	if (!*function->group)
		say(section, "It has no IOMMU group: this host has no IOMMU for it, or has it "
		    "switched off.");
	else if (!count)
		say(section, "It is alone in IOMMU group %s.", function->group);
	else
		say(section, "It shares IOMMU group %s with %zu other%s.", function->group, count,
		    count == 1 ? "" : "s");
	for (i = 0; i < count; i++)
		if (!function->members[i].vfio_viable)
			say(section, "%s in that group is bound to %s: until it is unbound, VFIO "
			    "cannot open the group.", function->members[i].address,
			    function->members[i].driver);
}

static void say_platform(struct section *section, const struct platform *platform)
{
	const char *by = platform->described_by;
	struct phrases tables = { 0 };
	unsigned int i;

	if (!platform->iommu)
		return;
	if (*platform->iommu) {
		say(section, "The platform has an IOMMU for it: %s%s%s%s; the default domain of "
		    "its group is of type %s.", platform->iommu, by ? " (" : "", by ? by : "",
		    by ? ")" : "", name_or_none(platform->domain));
		if (platform->is_identity)
			say(section, "That type is for this host's own drivers: VFIO attaches a "
			    "domain of its own.");
		return;
	}
	for (i = 0; firmware_names[i]; i++)
		if (platform->firmware & 1u << i)
			add_phrase(&tables, "%s", firmware_names[i]);
	if (tables.count)
		say(section, "Firmware describes an IOMMU (%s), but none serves it.", tables.text);
}

static void say_what_it_is(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "What it is");
	bool is_known = function->identity != NOT_KNOWN;
	char label[BUFFER_SIZE];

	say(section, "%s is a %s%s%s function.", function->address,
	    is_known ? vfx_identity_word(function->identity) : "", is_known ? " " : "",
	    type_label(function, label));
	if (function->driver && *function->driver)
		say(section, "Its driver is %s.", function->driver);
	else if (function->driver)
		say(section, "No driver is bound to it.");
	say_siblings(section, function);
	say_platform(section, &function->platform);
	if (config_complete(function) && function->layout.malformed)
		say(section, "Its capability list is malformed: nothing in it is believed.");
}

static void say_what_config_space_shows(struct section *section, const struct function *function)
{
	const struct vfx_layout *layout = &function->layout;
	const char *because = function->from_dump ? "This is a dump" :
			      CLI_DRIVER " is not bound to it";

	if (!config_complete(function)) {
		say(section, "%s, so only its configuration space was read, and of that only %u "
		    "bytes: not its capabilities. %s", because, function->config_len,
		    function->from_dump ? "A whole dump is what lspci -xxxx writes, run as root." :
		    "Root is needed to read all.");
		return;
	}
	say(section, "%s, so only its configuration space was read: its type, its identity and "
	    "where its structures are.", because);
	if (layout->common < 0)
		return;
	say(section, "Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common "
	    "configuration (BAR %u, offset 0x%" PRIx64 ") and nowhere in configuration space: two "
	    "functions whose configuration space is identical can differ in it.",
	    layout->structures[layout->common].bar, layout->structures[layout->common].offset);
}

static void say_when(struct section *section, const struct function *function)
{
	char buffer[BUFFER_SIZE];
	const char *when = time_text(function, buffer);

	if (!when)
		say(section, "When that was is not known.");
	else if (function->measured_usecs != NOT_KNOWN)
		say(section, "It was measured at %s, in %lld us.", when, function->measured_usecs);
	else
		say(section, "It was measured at %s.", when);
	say(section, "A measurement is history: after live migration or a new back end at the "
	    "hypervisor run \"" CLI_NAME " measure %s\".", function->address);
}

static const char *outcome(int value)
{
	return value == NOT_KNOWN ? "unknown" : vfx_outcome_word((enum vfx_outcome)value);
}

static void say_what_was_measured(struct section *section, const struct function *function)
{
	const char *reason = function->measured_reason ? function->measured_reason : "";
	bool is_not_run = function->acked == VFX_OUTCOME_NOT_RUN;

	if (function->unacked == VFX_OUTCOME_NOT_RUN && is_not_run) {
		say(section, "Its DMA was not measured%s%s.", *reason ? ": " : "", reason);
		if (function->basis != VIRTIO_FIXUP_BASIS_PROTOCOL &&
		    function->basis != VIRTIO_FIXUP_BASIS_PLATFORM)
			say(section, "To have it measured%s, run \"" CLI_NAME " measure %s\".",
			    *reason ? " when that has changed" : "", function->address);
		return;
	}
	if (function->offered == 0 && is_not_run)
		say(section, "Measuring its DMA gave: %s. The bit could not be accepted, as it is "
		    "not offered.", outcome(function->unacked));
	else
		say(section, "Measuring its DMA gave: %s with the bit not accepted, %s with the "
		    "bit accepted.", outcome(function->unacked), outcome(function->acked));
	if (*reason)
		say(section, "About the measurement: %s.", reason);
	say_when(section, function);
}

static void say_what_is_known(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "What is known");

	if (!function->bound) {
		say_what_config_space_shows(section, function);
		return;
	}
	if (function->offered == 1)
		say(section, "It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it honours "
		    "the IOMMU.");
	else if (function->offered == 0)
		say(section, "It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): by its own word "
		    "it uses physical addresses.");
	else
		say(section, "Its feature bits could not be read.");
	say_what_was_measured(section, function);
}

static void say_verdict(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "Verdict");
	char text[TEXT_SIZE];
	unsigned int bit;

	say(section, "%s.", verdict_text(function->verdict, function->basis, text));
	say(section, "%s", verdicts[function->verdict == NOT_KNOWN ? VIRTIO_FIXUP_VERDICT_UNKNOWN :
				      function->verdict]);
	if (function->basis != NOT_KNOWN && bases[function->basis])
		say(section, "%s", bases[function->basis]);
	for (bit = 1; bit <= function->contradictions; bit <<= 1) {
		if (!(function->contradictions & bit))
			continue;
		say(section, "Contradiction: %s.", contradiction_text(function, bit, text));
		say(section, "What to do about that: %s.", contradiction_fix(bit));
	}
}

static void say_admission(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "Admission");
	const char *reason = or_unknown(function->reason);

	if (!function->bound && function->admitted == 0)
		say(section, "Will be refused when bound: %s.", reason);
	else if (!function->bound)
		say(section, "Not decided: that is done when " CLI_DRIVER " is bound to it.");
	else if (function->admitted == NOT_KNOWN)
		say(section, "The driver does not say; see the kernel log.");
	else
		say(section, "%s: %s.", function->admitted ? "Admitted" : "Refused", reason);
	if (function->bound)
		say(section, "The policy is %s.", function->policy == NOT_KNOWN ? "unknown" :
		    vfx_policy_word(function->policy));
}

/* Refused for what its hypervisor makes of it, and no other place can mend? */
static bool is_fault_of_hypervisor(const struct function *function)
{
	return function->identity == VFX_IDENTITY_TRANSITIONAL ||
	       function->identity == VFX_IDENTITY_LEGACY_ONLY ||
	       (function->verdict == VIRTIO_FIXUP_VERDICT_BYPASS &&
		(function->basis == VIRTIO_FIXUP_BASIS_DECLARED ||
		 function->basis == VIRTIO_FIXUP_BASIS_MEASURED));
}

static void say_how_to_give_it(struct section *section, const struct function *function)
{
	size_t i;

	for (i = 0; i < function->nr_members; i++)
		if (!function->members[i].vfio_viable)
			say(section, "First unbind %s from %s.", function->members[i].address,
			    function->members[i].driver);
	if (function->view == VIRTIO_FIXUP_VIEW_RAW)
		say(section, "Give it only to a guest that may do anything to this host; otherwise "
		    "run \"" CLI_NAME " policy %s auto\".", function->address);
	else
		say(section, "Give it to the guest, for example with QEMU's -device "
		    "vfio-pci,host=%s.", function->address);
}

static void say_what_to_do(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "What to do");

	if (function->admitted == 1) {
		say_how_to_give_it(section, function);
		return;
	}
	if (!function->bound && function->admitted == NOT_KNOWN) {
		say(section, "On the host that has the function, run \"" CLI_NAME " bind %s\" and "
		    "then \"" CLI_NAME " explain %s\".", function->address, function->address);
		say(section, "Do not give it to a guest by the stock vfio-pci driver: that does "
		    "not look where its DMA goes.");
		say(section, "Should it bypass the IOMMU: " WHERE_TO_FIX " " HOW_TO_FIX);
		return;
	}
	if (function->remedy && *function->remedy)
		say(section, "Remedy: %s.", function->remedy);
	/* Any other remedy of such a function says how already. */
	if (is_fault_of_hypervisor(function))
		say(section, "Where: " WHERE_TO_FIX "%s",
		    function->policy == VIRTIO_FIXUP_POLICY_DENY ? " " HOW_TO_FIX : "");
}

static void say_what_l2_sees(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "What L2 will see");

	if (function->view != NOT_KNOWN)
		say(section, "%s", views[function->view]);
	else if (function->admitted == 0)
		say(section, "%s", views[VIRTIO_FIXUP_VIEW_NONE]);
	else
		say(section, "That is decided when it is bound and opened.");
	if (function->view == NOT_KNOWN || function->view == VIRTIO_FIXUP_VIEW_NONE)
		return;
	if (function->description_room > 0)
		say(section, "The verdict stands in its configuration space at 0x%02x, where \""
		    CLI_NAME " describe\" finds it in L2.", function->description_room);
	else if (!function->description_room)
		say(section, "Its configuration space has no room to describe the verdict to L2.");
}

/* What counts in a guest, where no driver of ours has the function. */
static void say_what_host_says(struct explanation *explanation, const struct function *function)
{
	const struct virtio_fixup_description *d = &function->description.is;
	struct section *section = begin(explanation, "What its host says");
	char text[BUFFER_SIZE];

	say(section, "%s.", verdict_text(d->verdict, d->basis, text));
	say(section, "In full: %s.", description_meaning(d));
	say(section, "Ground: %s.", description_ground(d));
	say(section, "That is the host's word, and as good as the host.");
}

/* The verdict of this machine counts only if it is a host as well. */
static void say_giving_on(struct explanation *explanation, const struct function *function)
{
	struct section *section = begin(explanation, "Giving it to a guest of this machine");

	say(section, "What follows matters only if this machine shall give the function to a "
	    "guest of its own.");
	if (function->admitted != 0) {
		say(section, "Run \"" CLI_NAME " bind %s\" and then \"" CLI_NAME " explain %s\": "
		    "whether VFIO may open it is decided when " CLI_DRIVER " is bound to it.",
		    function->address, function->address);
		return;
	}
	say(section, "VFIO would not open it here: %s.", function->reason);
	if (*function->remedy)
		say(section, "Remedy: %s.", function->remedy);
}

static void explain(struct explanation *explanation, const struct function *function)
{
	if (!function->bound && function->description.position) {
		say_what_host_says(explanation, function);
		say_what_it_is(explanation, function);
		say_what_is_known(explanation, function);
		say_giving_on(explanation, function);
		return;
	}
	say_what_it_is(explanation, function);
	say_what_is_known(explanation, function);
	say_verdict(explanation, function);
	say_admission(explanation, function);
	say_what_to_do(explanation, function);
	say_what_l2_sees(explanation, function);
}

static void print_text(const struct explanation *explanation)
{
	const struct section *section = explanation->sections;
	size_t i;

	for (; section < explanation->sections + explanation->count; section++) {
		printf("%s%s:\n", section == explanation->sections ? "" : "\n", section->title);
		for (i = 0; i < section->count; i++)
			print_wrapped(section->sentences[i], 2);
	}
}

static void print_json(const struct function *function, const struct explanation *explanation)
{
	const struct section *section = explanation->sections;
	size_t i;

	json_object("function");
	rows_json(function_rows, function, IN_FUNCTION);
	json_end();
	json_array("explanation");
	for (; section < explanation->sections + explanation->count; section++) {
		json_object(NULL);
		json_text("title", section->title);
		json_array("text");
		for (i = 0; i < section->count; i++)
			json_text(NULL, section->sentences[i]);
		json_end();
		json_end();
	}
	json_end();
}

static void free_sentences(struct explanation *explanation)
{
	struct section *section = explanation->sections;

	for (; section < explanation->sections + explanation->count; section++)
		while (section->count)
			free(section->sentences[--section->count]);
}

static int run(const struct cli *cli, int argc, char **argv)
{
	struct explanation explanation = { 0 };
	struct function function;
	struct bus bus;
	int code = bus_open(cli, &bus);

	(void)argc;
	if (code)
		return code;
	code = bus_find(&bus, argv[0], &function);
	if (!code) {
		function_read(&function, READ_FACTS);
		explain(&explanation, &function);
		if (cli->json)
			print_json(&function, &explanation);
		else
			print_text(&explanation);
		free_sentences(&explanation);
		code = function.admitted == 0 ? CLI_REFUSED : CLI_DONE;
		bus_put(&function);
	}
	bus_close(&bus);
	return code;
}

const struct command command_explain = {
	.name = "explain",
	.arguments = "BDF",
	.help = "where its DMA goes, why it is admitted or refused, what to do",
	.details =
		"In sentences, for whoever has to decide what to do with a function. "
		"The exit code is 3 if it is refused, or is certain to be.",
	.example = CLI_NAME " explain 01:00.0",
	.reads_dumps = true,
	.min = 1,
	.max = 1,
	.run = run,
};
