// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command explain: what is known of a function as prose, for whoever has to
 * decide what to do with one that VFIO does not open.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "each.h"
#include "json.h"
#include "output.h"
#include "rules.h"
#include "sysfs.h"

#define WHERE_TO_FIX								\
	"the fix belongs to the hypervisor that gives this host the function (L0), not "	\
	"to this host, and takes effect when this machine is started anew."
#define HOW_TO_FIX "What it needs there: %s."

static void say_siblings(const struct function *function)
{
	size_t i, count = function->nr_members;

	if (!function->group)
		return;
	if (!*function->group)
		say("It has no IOMMU group: this host has no IOMMU for it, or the IOMMU is switched "
		    "off.");
	else if (function->platform.no_iommu == 1)
		say("Its group %s is not an IOMMU group: VFIO's no-IOMMU mode made it.",
		    function->group);
	else if (!count)
		say("It is alone in IOMMU group %s.", function->group);
	else
		say("It shares IOMMU group %s with %zu other%s.", function->group, count,
		    count == 1 ? "" : "s");
	if (function->platform.no_iommu == 1)
		say("VFIO's no-IOMMU mode is enabled: vfio-pci opens such a function for a "
		    "process with CAP_SYS_RAWIO, and nothing translates its DMA or confines it. "
		    "The process can read and write all of this host's memory. No guest can be "
		    "given the function that way.");
	for (i = 0; i < count; i++)
		if (!function->members[i].vfio_viable)
			say("%s of that group is bound to %s: VFIO cannot open the group until "
			    "it is unbound.", function->members[i].address,
			    function->members[i].driver);
}

static void say_platform(const struct platform *platform)
{
	const char *by = platform->described_by;
	struct phrases tables = { 0 };
	unsigned int i;

	if (!platform->iommu)
		return;
	if (*platform->iommu) {
		say("The platform has an IOMMU for it: %s%s%s%s; the default domain of its group "
		    "is of type %s.", platform->iommu, by ? " (" : "", by ? by : "",
		    by ? ")" : "", name_or_none(platform->domain));
		if (platform->is_identity)
			say("That domain is for this host's own drivers only. VFIO uses a domain "
			    "of its own, which translates.");
		return;
	}
	for (i = 0; firmware_names[i]; i++)
		if (platform->firmware & 1u << i)
			add_phrase(&tables, "%s", firmware_names[i]);
	if (tables.count)
		say("Firmware describes an IOMMU (%s), but no IOMMU serves the function.",
		    tables.text);
}

static void say_what_it_is(const struct function *function)
{
	bool is_known = function->identity != NOT_KNOWN;
	char label[BUFFER_SIZE];

	section("What it is");
	say("%s is a %s%s%s function.", function->address,
	    is_known ? vfx_identity_word(function->identity) : "", is_known ? " " : "",
	    type_label(function, label));
	if (function->driver && *function->driver)
		say("Its driver is %s.", function->driver);
	else if (function->driver)
		say("No driver is bound to it.");
	say_siblings(function);
	say_platform(&function->platform);
	if (config_complete(function) && function->layout.malformed)
		say("Its capability list is malformed, so nothing in the list is believed.");
}

static void say_what_config_space_shows(const struct function *function)
{
	const struct vfx_layout *layout = &function->layout;
	const char *because = function->from_dump ? "This is a dump" :
			      CLI_DRIVER " has never had it";

	if (!config_complete(function)) {
		say("%s, so only its configuration space was read, and only the first %u bytes of "
		    "that, which do not show its capabilities. %s", because, function->config_len,
		    function->from_dump ? "A whole dump is what lspci -xxxx prints for root." :
		    "To read all of it, run this as root.");
		return;
	}
	say("%s, so only its configuration space was read: that shows its type, its identity and "
	    "where its structures are.", because);
	if (layout->common < 0)
		return;
	say("Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common "
	    "configuration (BAR %u, offset 0x%" PRIx64 ") and not in configuration space: two "
	    "functions whose configuration space is identical can differ in it.",
	    layout->structures[layout->common].bar, layout->structures[layout->common].offset);
}

static void say_when(const struct function *function)
{
	char buffer[BUFFER_SIZE];
	const char *when = time_text(function, buffer);

	if (!when)
		say("When it was measured is not known.");
	else if (function->measured_usecs != NOT_KNOWN)
		say("It was measured at %s, in %lld us.", when, function->measured_usecs);
	else
		say("It was measured at %s.", when);
	say("A measurement tells of the past. After live migration, or with a new back end at the "
	    "hypervisor, run \"" CLI_NAME " measure %s\".", function->address);
}

static const char *outcome(int value)
{
	return value == NOT_KNOWN ? "unknown" : vfx_outcome_word((enum vfx_outcome)value);
}

static void say_what_was_measured(const struct function *function)
{
	const char *reason = function->measured_reason ? function->measured_reason : "";
	bool is_not_run = function->acked == VFX_OUTCOME_NOT_RUN;
	const struct last_measured *last = &function->last;

	if (function->unacked == VFX_OUTCOME_NOT_RUN && is_not_run) {
		say("Its DMA was not measured%s%s.", *reason ? ": " : "", reason);
		if (function->basis != VIRTIO_FIXUP_BASIS_PROTOCOL &&
		    function->basis != VIRTIO_FIXUP_BASIS_PLATFORM)
			say("To have it measured%s, run \"" CLI_NAME " measure %s\".",
			    *reason ? " when that has changed" : "", function->address);
		return;
	}
	if (function->offered == 0 && is_not_run)
		say("The measurement of its DMA gave: %s. The bit could not be accepted, because "
		    "it is not offered.", outcome(function->unacked));
	else
		say("The measurement of its DMA gave: %s while the bit was not accepted, %s while "
		    "it was.", outcome(function->unacked), outcome(function->acked));
	if (function->forced != NOT_KNOWN && function->forced != VFX_OUTCOME_NOT_RUN)
		say("Driven live by force, without the bit and against the rules, it gave: %s.",
		    outcome(function->forced));
	if (last->unacked != NOT_KNOWN &&
	    (last->unacked != function->unacked || last->acked != function->acked ||
	     last->forced != function->forced))
		say("The last try gave: %s without the bit, %s with the bit, %s by force. What was "
		    "seen before still counts.", outcome(last->unacked), outcome(last->acked),
		    outcome(last->forced));
	if (*reason)
		say("About the last try: %s.", reason);
	say_when(function);
}

static void say_what_is_known(const struct function *function)
{
	section("What is known");
	if (!function->has_record) {
		say_what_config_space_shows(function);
		return;
	}
	if (!function->judged)
		say(CLI_DRIVER " does not have it now. It keeps what it saw until the device leaves "
		    "or the module is unloaded.");
	if (function->offered == 1)
		say("It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes "
		    "through the IOMMU.");
	else if (function->offered == 0)
		say("It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it uses "
		    "physical addresses.");
	else
		say("Its feature bits could not be read.");
	say_what_was_measured(function);
}

static void say_verdict(const struct function *function)
{
	const char *ground = ground_text(function->basis);
	char text[TEXT_SIZE];
	unsigned int bit;

	section("Verdict");
	say("%s.", verdict_text(function->verdict, function->basis, text));
	say("%s", verdict_meaning(function->verdict));
	if (ground)
		say("The ground for this: %s.", ground);
	for (bit = 1; bit <= function->contradictions; bit <<= 1) {
		if (!(function->contradictions & bit))
			continue;
		say("Contradiction: %s.", contradiction_text(function, bit, text));
		say("What to do about that: %s.", contradiction_fix(function, bit, text));
	}
}

/* Does another driver have it, or should have, that gives it to programs? */
static bool is_others(const struct function *function)
{
	return function->guarded == UNGUARDED || (function->judged && !function->bound);
}

static void say_admission(const struct function *function)
{
	const char *reason = or_unknown(function->reason);

	section("Admission");
	if (is_others(function))
		say_guarded(function);
	else if (!function->bound && function->admitted == 0)
		say("VFIO will refuse it when it is bound: %s.", reason);
	else if (!function->bound)
		say("Not decided: that is done when " CLI_DRIVER " is bound to it.");
	else if (function->admitted == NOT_KNOWN)
		say("The driver does not say; see the kernel log.");
	else
		say("%s: %s.", function->admitted ? "Admitted" : "Refused", reason);
	/* The remedy of this one is to look there. */
	if (function->pending == 1 && function->measured_reason && *function->measured_reason)
		say("Why it cannot be measured now: %s.", function->measured_reason);
	if (function->has_record)
		say("The policy is %s.", function->policy == NOT_KNOWN ? "unknown" :
		    vfx_policy_word(function->policy));
}

/* What its users did and may not do, by the counters that are not 0. */
static void say_refusals(const struct function *function)
{
	bool any = false;
	int refusal;

	for (refusal = VFX_REFUSAL_NONE + 1; refusal < VFX_REFUSALS; refusal++) {
		long long count = function->counters[refusal];
		/* The policy that would help is set, and the count is from before. */
		const char *remedy = function->policy == VIRTIO_FIXUP_POLICY_PHYSICAL ? NULL :
				     refusal_remedy(refusal);

		if (count <= 0)
			continue;
		if (!any)
			section("What was refused");
		any = true;
		say("refused_%s is %lld: %s%s%s.", vfx_refusal_word(refusal), count,
		    refusal_meaning(refusal), remedy ? "; to do: " : "", remedy ? remedy : "");
	}
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

static const char *so_or_not(int differs, const char *unknown)
{
	return differs == NOT_KNOWN ? unknown : differs ? "so it is not now" : "so it is";
}

/* Which of the two decides at boot is packaged as a drop-in of driverctl's unit. */
static void say_driverctl(const struct function *function)
{
	struct sysfs_path file = sysfs_path("%s/etc/driverctl.d/pci-%s", cli->root ? cli->root : "",
					    function->address);

	if (access(file.text, F_OK))
		return;
	say("driverctl has a file for it, too: %s. At boot, and when the function is plugged in, "
	    "the rule decides, as the drop-in of driverctl's unit has it. To end the contradiction, "
	    "remove one of the two.", file.text);
}

static void say_rule(const struct function *function)
{
	const struct configured *configured = &function->configured;

	if (!rules_read()->count)
		return;
	section("What the rules say");
	if (!configured->rule) {
		say("No rule is for it: its driver and its policy stay as they are.");
		return;
	}
	say("%s decides about it.", configured->rule);
	if (configured->bind != NOT_KNOWN)
		say("Bind=%s: %s.", rule_bind_word((unsigned int)configured->bind),
		    so_or_not(configured->driver_differs, "a dump does not show it"));
	if (configured->bind != NOT_KNOWN)
		say_driverctl(function);
	if (configured->is_capped)
		say("The policy is strict and not what the rule would give: another rule file has an "
		    "error, is left out, and might have wanted that. Run \"" CLI_NAME
		    " check-rules\".");
	if (configured->policy != NOT_KNOWN)
		say("Policy=%s: %s.", vfx_policy_word((unsigned int)configured->policy),
		    so_or_not(configured->policy_differs, function->from_dump ?
			      "a dump does not show it" :
			      "the module takes it when the function is bound"));
	if (configured->driver_differs == 1 || configured->policy_differs == 1)
		say("To make it so, run \"" CLI_NAME " apply %s\".", function->address);
}

static void say_how_to_give_it(const struct function *function)
{
	size_t i;

	for (i = 0; i < function->nr_members; i++)
		if (!function->members[i].vfio_viable)
			say("First unbind %s from %s.", function->members[i].address,
			    function->members[i].driver);
	if (function->view == VIRTIO_FIXUP_VIEW_RAW)
		say("Give it only to a guest that may do anything to this host; otherwise "
		    "run \"" CLI_NAME " policy %s auto\".", function->address);
	else
		say("Give it to the guest, for example with QEMU's -device vfio-pci,host=%s.",
		    function->address);
}

static const char *safe_word(const struct elsewhere *elsewhere)
{
	return elsewhere->admitted == 0 ? "Not safe" :
	       elsewhere->admitted == 1 ? "Safe" : "Not known";
}

static void say_elsewhere(const struct function *function)
{
	const struct elsewhere *without = &function->without, *with = &function->with;

	if (!is_others(function)) {
		section("With vfio-pci, which enforces nothing");
		say("%s: %s.", safe_word(without), or_unknown(without->reason));
		if (without->admitted == 0 && function->admitted == 1)
			say("Leave it with " CLI_DRIVER ".");
		return;
	}
	section("With " CLI_DRIVER ", which enforces what it can");
	say("%s: %s.", safe_word(with), or_unknown(with->reason));
	if (with->admitted != 0)
		say("That driver makes sure that the guest accepts VIRTIO_F_ACCESS_PLATFORM before "
		    "the function goes live, shows a modern function that offers the bit, refuses "
		    "what would go around it, and tells the guest the verdict.");
}

static void say_what_to_do(const struct function *function)
{
	section("What to do");
	if (is_others(function)) {
		say_what_to_do_guarded(function);
	} else if (function->admitted == 1) {
		say_how_to_give_it(function);
		return;
	} else if (!function->bound && function->admitted == NOT_KNOWN) {
		say("On the host that has the function, run \"" CLI_NAME " bind %s\" and "
		    "then \"" CLI_NAME " explain %s\".", function->address, function->address);
		say("If the function then bypasses the IOMMU: " WHERE_TO_FIX " " HOW_TO_FIX,
		    l0_how(function));
		return;
	} else if (function->remedy && *function->remedy) {
		say("Remedy: %s.", function->remedy);
	}
	if (function->admitted != 0 || !is_fault_of_hypervisor(function))
		return;
	/* Any other remedy of such a function says how already. */
	say("Where: " WHERE_TO_FIX);
	if (function->policy == VIRTIO_FIXUP_POLICY_DENY)
		say(HOW_TO_FIX, l0_how(function));
}

static void say_notifications(const struct function *function)
{
	const struct notify_path *path = &function->notify;
	const char *assumed = function->from_dump ? ", which is assumed" : "";

	if (path->how == NOT_KNOWN)
		return;
	if (path->how == NOTIFICATIONS_MAPPED) {
		say("Its notifications are mapped: L2 writes them to the hardware, without an "
		    "exit to this host (with pages of %u bytes%s).", path->page_size, assumed);
		return;
	}
	say("Its notifications are %strapped, each an exit to this host, which slows down small "
	    "requests most: its notification structure %s (with pages of %u bytes%s).",
	    path->how == NOTIFICATIONS_PARTLY ? "in part " : "",
	    function->structures[function->layout.notify].shares_page_with_common ?
	    "shares a page with the common configuration, where each access is checked" :
	    "does not fill the pages that it is in", path->page_size, assumed);
	if (path->how_if_4k == NOTIFICATIONS_MAPPED)
		say("What would help: a kernel of this host with pages of 4096 bytes.");
	else
		say("What would help: a hypervisor or firmware that gives its notifications pages "
		    "of their own.");
}

static void say_what_l2_sees(const struct function *function)
{
	section("What L2 will see");
	if (function->guarded == UNGUARDED || function->guard == VFX_GUARD_ADMITTED) {
		say("L2, or whichever program has it, sees the function as the hardware is: %s "
		    "changes nothing.", function->driver);
		return;
	}
	if (function->bound && function->view != NOT_KNOWN)
		say("%s", view_meaning((enum virtio_fixup_view)function->view));
	else if (function->admitted == 0)
		say("%s", view_meaning(VIRTIO_FIXUP_VIEW_NONE));
	else
		say("That is decided when it is bound and opened.");
	if (function->admitted != 0)
		say_notifications(function);
	if (!function->bound || function->view == NOT_KNOWN ||
	    function->view == VIRTIO_FIXUP_VIEW_NONE)
		return;
	if (function->description_room > 0)
		say("The verdict stands in its configuration space at 0x%02x, where \""
		    CLI_NAME " describe\" finds it in L2.", function->description_room);
	else if (!function->description_room)
		say("Its configuration space has no room to describe the verdict to L2.");
}

/* What counts in a guest, where no driver of ours has the function. */
static void say_what_host_says(const struct function *function)
{
	const struct virtio_fixup_description *d = &function->description.is;
	char text[BUFFER_SIZE];

	section("What its host says");
	say("%s.", verdict_text(d->verdict, d->basis, text));
	say("In full: %s.", description_meaning(d));
	say("The ground of the host: %s.", or_unknown(ground_text((int)d->basis)));
	say("This is the word of the host. Trust it as far as you trust the host.");
}

/* The verdict of this machine counts only if it is a host as well. */
static void say_giving_on(const struct function *function)
{
	section("Giving it to a guest of this machine");
	say("What follows matters only if this machine is to give the function to a guest of its "
	    "own.");
	if (function->admitted != 0) {
		say("Run \"" CLI_NAME " bind %s\" and then \"" CLI_NAME " explain %s\". "
		    "Whether VFIO may open it is decided when " CLI_DRIVER " is bound to it.",
		    function->address, function->address);
		return;
	}
	say("VFIO would not open it here: %s.", function->reason);
	if (*function->remedy)
		say("Remedy: %s.", function->remedy);
}

static void explain(const struct function *function)
{
	if (!function->bound && !is_others(function) && function->description.position) {
		say_what_host_says(function);
		say_what_it_is(function);
		say_what_is_known(function);
		say_giving_on(function);
		return;
	}
	say_what_it_is(function);
	say_what_is_known(function);
	say_verdict(function);
	say_admission(function);
	say_refusals(function);
	say_rule(function);
	say_elsewhere(function);
	say_what_to_do(function);
	say_what_l2_sees(function);
}

static int explain_one(struct function *function, struct tally *tally)
{
	function_read(function, READ_FACTS);
	if (cli->json) {
		rows_object("function", function_rows, function, IN_FUNCTION);
		json_array("explanation");
	}
	explain(function);
	sections_end();
	if (cli->json)
		json_end();
	return function->admitted == 0 || function->guarded == UNGUARDED ? CLI_REFUSED : CLI_DONE;
}

static int run(int argc, char **argv)
{
	rules_report(rules_read(), false);
	return each_function(NULL, argc, argv, explain_one);
}

const struct command command_explain = {
	.name = "explain",
	.arguments = "BDF",
	.help = "where its DMA goes, why it is admitted or refused, what to do",
	.details =
		"In sentences, for whoever has to decide what to do with a function. "
		"The exit code is 3 if the function is refused or certain to be, and if it is "
		"unguarded: a program could be given it, and nobody judges where its DMA goes.",
	.example = CLI_NAME " explain 01:00.0",
	.reads_dumps = true,
	.min = 1,
	.max = 1,
	.run = run,
};
