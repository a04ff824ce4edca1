// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command explain: the data model as prose, for whoever has to decide what
 * to do with a function that VFIO does not open. The prose is an array of
 * sections in the data model, and printed from there.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "contradiction.h"
#include "description.h"
#include "model.h"
#include "output.h"

#define WHERE_TO_FIX								\
	"the fix belongs to the hypervisor that gives this host the function (L0), not "	\
	"to this host, and takes effect when this machine is started anew."
#define HOW_TO_FIX								\
	"There, QEMU's -device for the function needs iommu_platform=on,disable-legacy=on, "	\
	"and libvirt's element for it <driver iommu='on'/>."

/* A word of the interface and the sentence that says what it means. */
struct meaning {
	const char *word;
	const char *text;
};

static const struct meaning verdicts[] = {
	{ "translated", "Its DMA goes through this host's IOMMU." },
	{ "conditional", "Its DMA goes through this host's IOMMU once its driver has accepted "
	  "VIRTIO_F_ACCESS_PLATFORM, and may bypass it before." },
	{ "bypass", "Its DMA does not go through this host's IOMMU: addresses it is given are "
	  "taken as addresses of this host's memory." },
	{ "unknown", "Nothing is known about where its DMA goes." },
	{ NULL, NULL },
};

static const struct meaning bases[] = {
	{ "measured", "This was measured: its DMA was watched." },
	{ "declared", "This is what its feature bits declare; no measurement shows it." },
	{ "vouched", "This is the administrator's word (policy vouched); no measurement shows it." },
	{ "platform", "This follows from the platform: no IOMMU serves the function." },
	{ "protocol", "This follows from its device type: its requests name physical addresses, "
	  "whatever its virtqueues do." },
	{ NULL, NULL },
};

static const struct meaning views[] = {
	{ "platform", "L2 sees a modern function that offers VIRTIO_F_ACCESS_PLATFORM, whatever "
	  "the hardware offers; it goes live only after L2's driver has accepted the bit." },
	{ "physical", "L2 sees a modern function that does not offer VIRTIO_F_ACCESS_PLATFORM, "
	  "for drivers too old to know it. That is right only where L2 has no IOMMU of its own." },
	{ "bypass", "L2 sees the function as the hardware is, without VIRTIO_F_ACCESS_PLATFORM: "
	  "what L2 makes it write goes to this host's memory." },
	{ "none", "L2 sees nothing: VFIO does not open the function." },
	{ NULL, NULL },
};

static const char *meaning_of(const struct meaning *table, const char *word)
{
	for (; table->word; table++)
		if (!strcmp(word, table->word))
			return table->text;
	return NULL;
}

static struct json_object *begin(struct json_object *sections, const char *title)
{
	struct json_object *section = json_object_new_object();
	struct json_object *text = json_object_new_array();

	add_text(section, "title", "%s", title);
	json_object_object_add(section, "text", text);
	json_object_array_add(sections, section);
	return text;
}

static void say_siblings(struct json_object *text, struct json_object *model)
{
	struct json_object *members = get_member(model, "group_members");
	size_t i, count = json_object_array_length(members);

	if (!strcmp(get_text(model, "iommu_group"), WORD_UNKNOWN))
		return;
	if (!strcmp(get_text(model, "iommu_group"), WORD_NONE)) {
		append_text(text, "It has no IOMMU group: this host has no IOMMU for it, or has "
			    "it switched off.");
		return;
	}
	append_text(text, count ? "It shares IOMMU group %s with %zu other%s." :
		    "It is alone in IOMMU group %s.", get_text(model, "iommu_group"), count,
		    count == 1 ? "" : "s");
	for (i = 0; i < count; i++) {
		struct json_object *member = json_object_array_get_idx(members, i);

		if (!json_object_get_boolean(get_member(member, "vfio_viable")))
			append_text(text, "%s in that group is bound to %s: until it is unbound, "
				    "VFIO cannot open the group.", get_text(member, "address"),
				    get_text(member, "driver"));
	}
}

static void say_platform(struct json_object *text, struct json_object *model)
{
	struct json_object *platform = get_member(model, "platform");
	struct json_object *firmware = get_member(platform, "firmware");
	const char *iommu = get_text(platform, "iommu");
	const char *by = get_text(platform, "described_by");
	char tables[128];

	if (!strcmp(iommu, WORD_UNKNOWN))
		return;
	if (strcmp(iommu, WORD_NONE)) {
		append_text(text, "The platform has an IOMMU for it: %s%s%s%s; the default domain "
			    "of its group is of type %s.", iommu,
			    strcmp(by, WORD_UNKNOWN) ? " (" : "",
			    strcmp(by, WORD_UNKNOWN) ? by : "",
			    strcmp(by, WORD_UNKNOWN) ? ")" : "", get_text(platform, "domain"));
		if (!strcmp(get_text(platform, "domain"), "identity"))
			append_text(text, "That type is for this host's own drivers: VFIO attaches "
				    "a domain of its own.");
	} else if (json_object_array_length(firmware)) {
		join_texts(firmware, tables, sizeof(tables));
		append_text(text, "Firmware describes an IOMMU (%s), but none serves it.", tables);
	}
}

static void say_what_it_is(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "What it is");
	const char *driver = get_text(model, "driver");
	const char *identity = get_text(model, "identity");
	char label[64];

	model_type_label(model, label, sizeof(label));
	append_text(text, "%s is a %s%s%s function.", get_text(model, "address"),
		    strcmp(identity, WORD_UNKNOWN) ? identity : "",
		    strcmp(identity, WORD_UNKNOWN) ? " " : "", label);
	if (!strcmp(driver, WORD_NONE))
		append_text(text, "No driver is bound to it.");
	else if (strcmp(driver, WORD_UNKNOWN))
		append_text(text, "Its driver is %s.", driver);
	say_siblings(text, model);
	say_platform(text, model);
	if (!strcmp(get_text(model, "capability_list"), "malformed"))
		append_text(text, "Its capability list is malformed: nothing in it is believed.");
}

static struct json_object *common_structure(struct json_object *model)
{
	struct json_object *structures = get_member(model, "structures");
	size_t i;

	for (i = 0; i < json_object_array_length(structures); i++) {
		struct json_object *s = json_object_array_get_idx(structures, i);

		if (!strcmp(get_text(s, "kind"), "common"))
			return s;
	}
	return NULL;
}

static void say_what_config_space_shows(struct json_object *text, struct json_object *model)
{
	struct json_object *common = common_structure(model);

	const char *because = strcmp(get_text(model, "driver"), WORD_UNKNOWN) ?
			      CLI_DRIVER " is not bound to it" : "This is a dump";

	if (!strcmp(get_text(model, "capability_list"), "unread")) {
		append_text(text, "%s, so only its configuration space was read, and of that only "
			    "%s bytes: not its capabilities. Root is needed to read all.",
			    because, get_text(model, "config_bytes"));
		return;
	}
	append_text(text, "%s, so only its configuration space was read: its type, its identity "
		    "and where its structures are.", because);
	if (!common)
		return;
	append_text(text, "Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its "
		    "common configuration (BAR %s, offset 0x%" PRIx64 ") and nowhere in "
		    "configuration space: two functions whose configuration space is identical "
		    "can differ in it.", get_text(common, "bar"),
		    json_object_get_uint64(get_member(common, "offset")));
}

static void say_when(struct json_object *text, struct json_object *model)
{
	const char *usecs = get_text(model, "measured_usecs");
	char when[64];

	if (!model_measured_time(model, when, sizeof(when)))
		append_text(text, "When that was is not known.");
	else if (*usecs)
		append_text(text, "It was measured at %s, in %s us.", when, usecs);
	else
		append_text(text, "It was measured at %s.", when);
	append_text(text, "A measurement is history: after live migration or a new back end at "
		    "the hypervisor run \"" CLI_NAME " measure %s\".",
		    get_text(model, "address"));
}

static void say_what_driver_knows(struct json_object *text, struct json_object *model)
{
	const char *offered = get_text(model, "offered");
	const char *unacked = get_text(model, "measured_unacked");
	const char *acked = get_text(model, "measured_acked");
	const char *reason = get_text(model, "measured_reason");
	const char *basis = get_text(model, "basis");
	bool has_reason = *reason && strcmp(reason, WORD_UNKNOWN);

	if (!strcmp(offered, "yes"))
		append_text(text, "It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it "
			    "honours the IOMMU.");
	else if (!strcmp(offered, "no"))
		append_text(text, "It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): by its "
			    "own word it uses physical addresses.");
	else
		append_text(text, "Its feature bits could not be read.");
	if (!strcmp(unacked, "not-run") && !strcmp(acked, "not-run")) {
		append_text(text, "Its DMA was not measured%s%s.", has_reason ? ": " : "",
			    has_reason ? reason : "");
		if (strcmp(basis, "protocol") && strcmp(basis, "platform"))
			append_text(text, "To have it measured%s, run \"" CLI_NAME " measure %s\".",
				    has_reason ? " when that has changed" : "",
				    get_text(model, "address"));
		return;
	}
	if (!strcmp(offered, "no") && !strcmp(acked, "not-run"))
		append_text(text, "Measuring its DMA gave: %s. The bit could not be accepted, as "
			    "it is not offered.", unacked);
	else
		append_text(text, "Measuring its DMA gave: %s with the bit not accepted, %s with "
			    "the bit accepted.", unacked, acked);
	if (has_reason)
		append_text(text, "About the measurement: %s.", reason);
	say_when(text, model);
}

static void say_what_is_known(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "What is known");

	if (model_is_bound(model))
		say_what_driver_knows(text, model);
	else
		say_what_config_space_shows(text, model);
}

static void say_verdict(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "Verdict");
	struct json_object *words = get_member(model, "contradictions");
	const char *verdict = get_text(model, "verdict");
	const char *sentence = meaning_of(verdicts, verdict);
	char contradiction[SYSFS_WORD];
	size_t i;

	append_text(text, "%s (%s).", verdict, get_text(model, "basis"));
	if (sentence)
		append_text(text, "%s", sentence);
	sentence = meaning_of(bases, get_text(model, "basis"));
	if (sentence)
		append_text(text, "%s", sentence);
	for (i = 0; i < json_object_array_length(words); i++) {
		const char *word = json_object_get_string(json_object_array_get_idx(words, i));

		contradiction_text(model, word, contradiction, sizeof(contradiction));
		append_text(text, "Contradiction: %s.", contradiction);
		sentence = contradiction_fix(word);
		if (sentence)
			append_text(text, "What to do about that: %s.", sentence);
	}
}

static void say_admission(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "Admission");
	const char *admitted = get_text(model, "admitted");
	const char *reason = get_text(model, "reason");

	if (!model_is_bound(model)) {
		if (model_is_refused(model))
			append_text(text, "Will be refused when bound: %s.", reason);
		else
			append_text(text, "Not decided: that is done when " CLI_DRIVER
				    " is bound to it.");
		return;
	}
	if (!strcmp(admitted, "yes"))
		append_text(text, "Admitted: %s.", reason);
	else if (!strcmp(admitted, "no"))
		append_text(text, "Refused: %s.", reason);
	else
		append_text(text, "The driver does not say; see the kernel log.");
	append_text(text, "The policy is %s.", get_text(model, "policy"));
}

/* Refused for what its hypervisor makes of it, and no other place can mend? */
static bool is_fault_of_hypervisor(struct json_object *model)
{
	const char *basis = get_text(model, "basis");

	if (!strcmp(get_text(model, "identity"), "transitional") ||
	    !strcmp(get_text(model, "identity"), "legacy-only"))
		return true;
	return !strcmp(get_text(model, "verdict"), "bypass") &&
	       (!strcmp(basis, "declared") || !strcmp(basis, "measured"));
}

static void say_what_to_do_with_admitted(struct json_object *text, struct json_object *model)
{
	struct json_object *members = get_member(model, "group_members");
	size_t i;

	for (i = 0; i < json_object_array_length(members); i++) {
		struct json_object *member = json_object_array_get_idx(members, i);

		if (!json_object_get_boolean(get_member(member, "vfio_viable")))
			append_text(text, "First unbind %s from %s.", get_text(member, "address"),
				    get_text(member, "driver"));
	}
	if (!strcmp(get_text(model, "view"), "bypass"))
		append_text(text, "Give it only to a guest that may do anything to this host; "
			    "otherwise run \"" CLI_NAME " policy %s auto\".",
			    get_text(model, "address"));
	else
		append_text(text, "Give it to the guest, for example with QEMU's -device "
			    "vfio-pci,host=%s.", get_text(model, "address"));
}

static void say_what_to_do(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "What to do");
	const char *remedy = get_text(model, "remedy");

	if (!strcmp(get_text(model, "admitted"), "yes")) {
		say_what_to_do_with_admitted(text, model);
		return;
	}
	if (!model_is_bound(model) && !model_is_refused(model)) {
		append_text(text, "On the host that has the function, run \"" CLI_NAME " bind %s\" "
			    "and then \"" CLI_NAME " explain %s\".", get_text(model, "address"),
			    get_text(model, "address"));
		append_text(text, "Do not give it to a guest by the stock vfio-pci driver: that "
			    "does not look where its DMA goes.");
		append_text(text, "Should it bypass the IOMMU: " WHERE_TO_FIX " " HOW_TO_FIX);
		return;
	}
	if (*remedy && strcmp(remedy, WORD_UNKNOWN))
		append_text(text, "Remedy: %s.", remedy);
	if (is_fault_of_hypervisor(model))
		append_text(text, "Where: " WHERE_TO_FIX "%s",
			    strstr(remedy, "iommu_platform") ? "" : " " HOW_TO_FIX);
}

static void say_what_l2_sees(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "What L2 will see");
	const char *sentence = meaning_of(views, get_text(model, "view"));
	const char *room = get_text(model, "description_room");
	bool shown = sentence && strcmp(get_text(model, "view"), "none");

	if (sentence)
		append_text(text, "%s", sentence);
	else if (model_is_refused(model))
		append_text(text, "%s", meaning_of(views, "none"));
	else
		append_text(text, "That is decided when it is bound and opened.");
	if (!shown)
		return;
	if (!strncmp(room, "0x", 2))
		append_text(text, "The verdict stands in its configuration space at %s, where "
			    "\"" CLI_NAME " describe\" finds it in L2.", room);
	else if (!strcmp(room, WORD_NONE))
		append_text(text, "Its configuration space has no room to describe the verdict "
			    "to L2.");
}

/* What counts in a guest, where no driver of ours has the function. */
static void say_what_host_says(struct json_object *sections, struct json_object *model,
			       const struct function *function)
{
	struct json_object *description = get_member(model, "description");
	struct json_object *text = begin(sections, "What its host says");

	append_text(text, "%s (%s).", get_text(description, "verdict"),
		    get_text(description, "basis"));
	append_text(text, "In full: %s.", description_meaning(function));
	append_text(text, "Ground: %s.", description_ground(function));
	append_text(text, "That is the host's word, and as good as the host.");
}

/* The verdict of this machine counts only if it is a host as well. */
static void say_giving_on(struct json_object *sections, struct json_object *model)
{
	struct json_object *text = begin(sections, "Giving it to a guest of this machine");
	const char *remedy = get_text(model, "remedy");

	append_text(text, "What follows matters only if this machine shall give the function to "
		    "a guest of its own.");
	if (!model_is_refused(model)) {
		append_text(text, "Run \"" CLI_NAME " bind %s\" and then \"" CLI_NAME " explain %s\": "
			    "whether VFIO may open it is decided when " CLI_DRIVER " is bound to it.",
			    get_text(model, "address"), get_text(model, "address"));
		return;
	}
	append_text(text, "VFIO would not open it here: %s.", get_text(model, "reason"));
	if (*remedy)
		append_text(text, "Remedy: %s.", remedy);
}

static void explain(struct json_object *sections, struct json_object *model,
		    const struct function *function)
{
	if (!model_is_bound(model) && get_member(model, "description")) {
		say_what_host_says(sections, model, function);
		say_what_it_is(sections, model);
		say_what_is_known(sections, model);
		say_giving_on(sections, model);
		return;
	}
	say_what_it_is(sections, model);
	say_what_is_known(sections, model);
	say_verdict(sections, model);
	say_admission(sections, model);
	say_what_to_do(sections, model);
	say_what_l2_sees(sections, model);
}

static void print_sections(struct json_object *sections)
{
	size_t i, j;

	for (i = 0; i < json_object_array_length(sections); i++) {
		struct json_object *section = json_object_array_get_idx(sections, i);
		struct json_object *text = get_member(section, "text");

		printf("%s%s:\n", i ? "\n" : "", get_text(section, "title"));
		for (j = 0; j < json_object_array_length(text); j++)
			print_wrapped(json_object_get_string(json_object_array_get_idx(text, j)),
				      2);
	}
}

int cmd_explain(struct cli *cli, int argc, char **argv)
{
	struct json_object *root, *model, *sections;
	const struct function *function;
	struct functions functions;
	int ret;

	(void)argc;
	ret = functions_load(cli, &functions);
	if (ret)
		return ret;
	ret = functions_find(&functions, argv[0], &function);
	if (ret) {
		functions_free(&functions);
		return ret;
	}
	root = json_object_new_object();
	model = model_of(cli, function);
	sections = json_object_new_array();
	json_object_object_add(root, "function", model);
	json_object_object_add(root, "explanation", sections);
	explain(sections, model, function);

	if (cli->json)
		print_json(root);
	else
		print_sections(sections);
	ret = model_is_refused(model) ? CLI_REFUSED : CLI_DONE;
	json_object_put(root);
	functions_free(&functions);
	return ret;
}
