// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reading of function.h. What the driver says in sysfs is taken from there.
 * Where the driver is not bound, its own decision function is asked with what
 * configuration space shows, and what depends on more is not known.
 */
#include "function.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus.h"
#include "output.h"
#include "rules.h"
#include "sysfs.h"

#define MAX_MEMBERS	256
#define DEVICE_TREE	4	/* in firmware_names, after the tables of ACPI */

const char *read_driver(const char *address)
{
	return sysfs_link(AT("devices/%s/driver", address));
}

/* Is this a driver that leaves its function to VFIO, or to nobody? */
static bool driver_allows_vfio(const char *driver)
{
	return !*driver || !strcmp(driver, "pcieport") || !strcmp(driver, "pci-stub") ||
	       strstr(driver, "vfio");
}

static int by_address(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return strcmp(x->address, y->address);
}

static void read_members(struct function *function)
{
	DIR *dir = sysfs_open_dir(AT("devices/%s/iommu_group/devices", function->address));
	struct dirent *entry;
	struct member *member;

	if (!dir)
		return;
	function->members = keep(MAX_MEMBERS * sizeof(*member));
	while (function->nr_members < MAX_MEMBERS && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' || !strcmp(entry->d_name, function->address))
			continue;
		member = &function->members[function->nr_members++];
		member->address = new_text("%s", entry->d_name);
		member->driver = read_driver(entry->d_name);
		member->vfio_viable = driver_allows_vfio(member->driver);
	}
	closedir(dir);
	qsort(function->members, function->nr_members, sizeof(*member), by_address);
}

/* What the driver says in a word that this tool does not know is not known here. */
static int word_value(const struct function *function, const char *attribute, const char *text,
		      word_of *word, unsigned int words)
{
	int value = find_word(text, word, words);

	if (value == NOT_KNOWN && *text)
		report_warning(function->address, "the driver says \"%s\" in virtio_fixup/%s, "
			       "which this " CLI_NAME " does not know; use the version that came "
			       "with the driver", text, attribute);
	return value;
}

static const char *digit_word(unsigned int value)
{
	return value ? "1" : "0";
}

/* A whole number that is not negative, or NOT_KNOWN. */
static long long parse_number(const char *text)
{
	long long number;
	char *end;

	errno = 0;
	number = strtoll(text, &end, 10);
	return end == text || *end || errno || number < 0 ? NOT_KNOWN : number;
}

/* One attribute; @text is NULL where there is none to read. */
static void set_value(const struct function *function, const struct row *row, void *value,
		      char *text)
{
	char none[] = "", *word, *rest = text ? text : none;
	const char *name = row->attribute ? row->attribute : row->key;
	unsigned int i;
	int bit;

	switch (row->kind) {
	case TEXT:
		*(const char **)value = text ? new_text("%s", text) : NULL;
		break;
	case YES_NO:
		*(int *)value = word_value(function, name, rest, digit_word, 2);
		break;
	case WORD:
		for (i = 0; i < row->part; i++)
			strsep(&rest, " ");
		word = strsep(&rest, " ");
		*(int *)value = word_value(function, name, word ? word : "", row->word,
					   row->words);
		break;
	case MASK:
		*(unsigned int *)value = 0;
		for (word = strtok(rest, " "); word; word = strtok(NULL, " ")) {
			bit = word_value(function, name, word, row->word, row->words);
			if (bit != NOT_KNOWN)
				*(unsigned int *)value |= 1u << bit;
		}
		break;
	default:
		*(long long *)value = text ? parse_number(text) : NOT_KNOWN;
	}
}

/* The attributes of a function that the driver knows. */
struct record {
	int folder;
	const char *name;		/* of the one that was read last */
	char text[SYSFS_WORD];
	int err;
};

/* Several rows in a row may be of one attribute: it is read once. */
static int read_attribute(struct record *record, const struct row *row, char *text)
{
	const char *name = row->attribute ? row->attribute : row->key;

	if (!record->name || strcmp(record->name, name))
		record->err = sysfs_read_in(record->folder, record->text, name);
	record->name = name;
	strcpy(text, record->text);
	return record->err;
}

/* What the driver says in the attributes of these rows, where it does. */
static void read_attributes(const struct function *function, struct record *record,
			    const struct row *rows, void *object, bool details)
{
	char text[SYSFS_WORD];

	for (; rows->key; rows++) {
		void *value = (char *)object + rows->offset;
		bool is_there;

		if (!(rows->flags & (OF_DRIVER | OF_RECORD)) ||
		    (rows->flags & DETAIL && !details))
			continue;
		if (rows->kind == OBJECT) {
			read_attributes(function, record, rows->rows, value, details);
			continue;
		}
		is_there = (rows->flags & OF_RECORD ? function->has_record : function->judged) &&
			   !read_attribute(record, rows, text);
		set_value(function, rows, value, is_there ? text : NULL);
	}
}

/* The folder is looked up once, and not for each of its many files. */
static void read_record(struct function *function, bool details)
{
	struct record record = { 0 };

	record.folder = openat(cli->bus, AT("devices/%s/virtio_fixup", function->address),
			       O_PATH | O_DIRECTORY | O_CLOEXEC);
	read_attributes(function, &record, function_rows, function, details);
	if (record.folder >= 0)
		close(record.folder);
}

static enum vfx_outcome outcome_or_not_run(int outcome)
{
	return outcome == NOT_KNOWN ? VFX_OUTCOME_NOT_RUN : (enum vfx_outcome)outcome;
}

struct vfx_facts function_facts(const struct function *function)
{
	struct vfx_facts facts = {
		.offered_known = function->offered != NOT_KNOWN,
		.offered = function->offered == 1,
		.unacked = outcome_or_not_run(function->unacked),
		.acked = outcome_or_not_run(function->acked),
		.forced = outcome_or_not_run(function->forced),
		.pending = function->pending == 1,
		.iommu_group = !function->group ||
			       (*function->group && function->platform.no_iommu != 1),
		.group_shared = function->nr_members,
	};

	vfx_declared_facts(&facts, function->device, function->subsystem, &function->layout);
	/* Nothing may follow from capabilities that could not be read. */
	if (!config_complete(function)) {
		facts.legacy_apart = true;
		facts.common_cfg = true;
		facts.identity = VFX_IDENTITY_MODERN;
	}
	return facts;
}

void suppose_the_best(struct vfx_facts *facts)
{
	if (!facts->offered_known)
		facts->offered = true;
	facts->offered_known = true;
	if (facts->unacked != VFX_OUTCOME_BYPASS)
		facts->unacked = VFX_OUTCOME_TRANSLATED;
	if (facts->acked != VFX_OUTCOME_BYPASS)
		facts->acked = VFX_OUTCOME_TRANSLATED;
}

/* The administrator's word, or else what the driver begins with. */
static enum virtio_fixup_policy function_policy(const struct function *function)
{
	return function->policy == NOT_KNOWN ? VIRTIO_FIXUP_POLICY_AUTO :
					       (enum virtio_fixup_policy)function->policy;
}

/*
 * What is refused although all that is not known would speak for it is certain to be. A
 * function is measured again when it is bound: of what was seen, only a bypass stays.
 */
static void decide_without_driver(struct function *function)
{
	enum virtio_fixup_policy policy = function_policy(function);
	struct vfx_facts facts = function_facts(function);
	struct vfx_decision d = vfx_decide(&facts, policy);
	const char *remedy;

	function->verdict = (int)d.verdict;
	function->basis = (int)d.basis;
	suppose_the_best(&facts);
	d = vfx_decide(&facts, policy);
	if (function->list_fault) {
		function->admitted = 0;
		function->reason = new_text(VFX_LIST_FAULT_REASON, function->list_fault_at,
					    vfx_list_fault_text(function->list_fault));
		function->remedy = VFX_LIST_FAULT_REMEDY;
	} else if (!d.admitted) {
		remedy = vfx_remedy_text(d.reason);
		function->admitted = 0;
		function->reason = vfx_reason_text(d.reason);
		function->remedy = l0_remedy(function, remedy ? remedy : "");
	} else {
		function->reason = function->has_record ?
				   "it is measured again when it is bound" :
				   "configuration space does not show its feature bits";
		function->remedy = new_text("bind it on its host (" CLI_NAME " bind %s)",
					    function->address);
	}
}

/*
 * What a driver refuses that enforces what it can, one that enforces nothing must. The
 * module knows facts that are not in sysfs, so what it decided is not decided again here.
 */
static void decide_elsewhere(struct function *function)
{
	struct vfx_facts facts = function_facts(function);
	struct vfx_decision d = vfx_decide_guarded(&facts, function_policy(function));
	bool is_guards = function->judged && !function->bound;

	/* Policy unsafe admits what is not. */
	function->without.admitted = d.admitted && !vfx_reason_is_unsafe(d.reason);
	function->without.reason = vfx_reason_text(d.reason);
	if (is_guards || function->admitted == 0) {
		function->without.admitted = function->admitted;
		function->without.reason = function->reason;
	} else if (d.admitted && !config_complete(function)) {
		function->without.admitted = NOT_KNOWN;
		function->without.reason = "its capabilities could not be read";
	}
	function->with.admitted = function->admitted;
	function->with.reason = function->reason;
	if (is_guards && function->admitted == 0) {
		d = vfx_decide(&facts, function_policy(function));
		function->with.admitted = d.admitted;
		function->with.reason = vfx_reason_text(d.reason);
	}
}

/* With ACPI a kernel may show an empty device tree, which describes nothing. */
static unsigned int read_firmware(void)
{
	unsigned int i, found = 0;

	for (i = 0; i < DEVICE_TREE; i++)
		if (sysfs_exists(AT("../../firmware/acpi/tables/%s", firmware_names[i])))
			found |= 1u << i;
	if (!sysfs_exists(AT("../../firmware/acpi/tables")) &&
	    sysfs_exists(AT("../../firmware/devicetree")))
		found |= 1u << DEVICE_TREE;
	return found;
}

static void read_platform(const char *address, struct platform *platform)
{
	/* Kinds of IOMMU by the names that their drivers give them, as in firmware_names. */
	static const struct {
		const char *prefix;
		const char *class;
	} kinds[DEVICE_TREE] = {
		{ "dmar", "intel-iommu" }, { "ivhd", "amd-iommu" },
		{ "virtio", "virtio-iommu" }, { "smmu", "arm-smmu" },
	};
	char type[SYSFS_WORD];
	unsigned int i;

	platform->firmware = read_firmware();
	platform->iommu = sysfs_link(AT("devices/%s/iommu", address));
	platform->class = *platform->iommu ? NULL : "";
	platform->described_by = platform->class;
	for (i = 0; i < DEVICE_TREE; i++) {
		if (strncmp(platform->iommu, kinds[i].prefix, strlen(kinds[i].prefix)))
			continue;
		platform->class = kinds[i].class;
		if (platform->firmware & 1u << i)
			platform->described_by = firmware_names[i];
		else if (platform->firmware & 1u << DEVICE_TREE)
			platform->described_by = firmware_names[DEVICE_TREE];
	}
	if (!sysfs_exists(AT("devices/%s/iommu_group", address)))
		platform->domain = "";
	else if (!sysfs_read(type, AT("devices/%s/iommu_group/type", address)) && *type)
		platform->domain = new_text("%s", type);
	platform->is_identity = platform->domain && !strcmp(platform->domain, "identity");
}

/*
 * VFIO makes such a group, and names it so, when it takes a function that has none; and
 * will, where the administrator has enabled that.
 */
static bool is_no_iommu(const struct function *function)
{
	char value[SYSFS_WORD];

	if (*function->group)
		return !sysfs_read(value, AT("devices/%s/iommu_group/name", function->address)) &&
		       !strcmp(value, "vfio-noiommu");
	sysfs_read(value, AT("../../module/vfio/parameters/enable_unsafe_noiommu_mode"));
	return *value == 'Y';
}

void function_read(struct function *function, unsigned int what)
{
	bool details;

	memset(&function->driver, 0, sizeof(*function) - offsetof(struct function, driver));
	function->platform.no_iommu = NOT_KNOWN;
	function->guard = NOT_KNOWN;
	function->guarded = NOT_KNOWN;
	if (!cli->dump) {
		function->driver = read_driver(function->address);
		function->bound = !strcmp(function->driver, CLI_DRIVER);
		function->has_record = sysfs_exists(AT("devices/%s/virtio_fixup",
						       function->address));
		function->group = sysfs_link(AT("devices/%s/iommu_group", function->address));
		function->platform.no_iommu = is_no_iommu(function);
		guard_read(function);
		if (what & READ_MEMBERS)
			read_members(function);
		if (what & READ_PLATFORM)
			read_platform(function->address, &function->platform);
	}
	if (what & READ_CONFIG)
		bus_read_config(function, what & READ_EXTENDED);
	if (what & READ_RULES)
		rules_configure(function);
	if (!(what & READ_DECISION))
		return;
	/* Where nobody has decided, that is done here, by all that the record has. */
	details = what & READ_DETAILS || !function->judged;
	read_record(function, details);
	if (function->remedy)
		function->remedy = l0_remedy(function, function->remedy);
	if (!function->judged && what & READ_CONFIG)
		decide_without_driver(function);
	if (what & READ_DETAILS && what & READ_CONFIG)
		decide_elsewhere(function);
	if (what & READ_DETAILS && config_complete(function) && !function->layout.malformed)
		function->description_room = (int)find_description_room(function);
	/* One value for "not known". */
	if (function->verdict == VIRTIO_FIXUP_VERDICT_UNKNOWN)
		function->verdict = NOT_KNOWN;
	rules_compare(function);
}

int require_config(const struct function *function)
{
	if (config_complete(function))
		return CLI_DONE;
	if (function->from_dump)
		report_error(function->address, "the dump has only %u bytes of its "
			     "configuration space; take it with lspci -xxxx as root",
			     function->config_len);
	else
		report_error(function->address, "only %u bytes of its configuration "
			     "space could be read, and the capabilities lie beyond; "
			     "%s", function->config_len, geteuid() ? "root is needed" :
			     "it may be suspended or gone, see the kernel log");
	return CLI_FAILED;
}
