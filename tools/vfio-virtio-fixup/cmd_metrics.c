// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command metrics: all virtio functions as numbers, for Prometheus by way of
 * node_exporter's textfile collector, or as features of a node of Kubernetes.
 */
#include <stdlib.h>
#include <string.h>

#include "bus.h"
#include "output.h"

#define PREFIX	"vfio_virtio_fixup_"
/* Node Feature Discovery gives a name without a prefix this one, but will not always. */
#define FEATURE	"feature.node.kubernetes.io/vfio-virtio-fixup."

static bool nfd;
static const char *output;

/* Metrics of one name, whose lines have to stand together. */
struct family {
	const char *name;
	const char *type;
	const char *help;
	FILE *lines;
	char *text;
	size_t size;
};

enum metric { FUNCTIONS, INFO, OPEN, MEASURED, REFUSALS, METRICS };
static struct family families[METRICS] = {
	[FUNCTIONS] = {
		.name = "functions", .type = "gauge",
		.help = "Virtio functions that are alike in these labels.",
	},
	[INFO] = {
		.name = "function_info", .type = "gauge",
		.help = "Always 1. A virtio function, and what is known of it.",
	},
	[OPEN] = {
		.name = "function_open", .type = "gauge",
		.help = "1 while a VFIO user has the function open.",
	},
	[MEASURED] = {
		.name = "measured_timestamp_seconds", .type = "gauge",
		.help = "When the outcome that counts was seen last. Its age is time() minus this.",
	},
	[REFUSALS] = {
		.name = "refusals_total", .type = "counter",
		.help = "What was refused to users of the function since it was first bound.",
	},
};

/* What stands in the braces behind a metric's name. */
struct labels {
	char text[TEXT_SIZE];
	size_t used;
};

/* Of what the format escapes, a cleaned text can have a backslash and a quote. */
static void add_label(struct labels *labels, const char *name, const char *value)
{
	FILE *stream = fmemopen(labels->text + labels->used, TEXT_SIZE - labels->used, "w");

	if (!stream)
		return;
	fprintf(stream, "%s%s=\"", labels->used ? "," : "", name);
	for (; *value; value++)
		fprintf(stream, "%s%c", *value == '\\' || *value == '"' ? "\\" : "", *value);
	fputc('"', stream);
	fclose(stream);
	labels->used += strlen(labels->text + labels->used);
}

static void add_word(struct labels *labels, const char *name, int value, word_of *word)
{
	add_label(labels, name, value == NOT_KNOWN ? "unknown" : word((unsigned int)value));
}

static const char *yes_no(unsigned int value)
{
	return value ? "yes" : "no";
}

static void add_common_labels(struct labels *labels, const struct function *function)
{
	add_label(labels, "type", or_unknown(vfx_type_name(function->type)));
	add_label(labels, "driver", name_or_none(function->driver));
	add_word(labels, "guarded", function->guarded, guarded_word);
	add_word(labels, "verdict", function->verdict, vfx_verdict_word);
	add_word(labels, "basis", function->basis, vfx_basis_word);
}

static void add_sample(enum metric metric, const struct labels *labels, long long value)
{
	fprintf(families[metric].lines, PREFIX "%s{%s} %lld\n", families[metric].name, labels->text,
		value);
}

/* Functions that are alike in their common labels. */
static struct alike {
	struct labels labels;
	unsigned int count;
	struct alike *next;
} *kinds;

static void count_kind(const struct function *function)
{
	struct labels labels = { .used = 0 };
	struct alike **at;

	add_common_labels(&labels, function);
	for (at = &kinds; *at; at = &(*at)->next)
		if (!strcmp((*at)->labels.text, labels.text))
			break;
	if (!*at) {
		*at = keep(sizeof(**at));
		(*at)->labels = labels;
	}
	(*at)->count++;
}

static void add_refusals(const struct function *function)
{
	int refusal;

	for (refusal = VFX_REFUSAL_NONE + 1; refusal < VFX_REFUSALS; refusal++) {
		struct labels labels = { .used = 0 };

		if (function->counters[refusal] == NOT_KNOWN)
			continue;
		add_label(&labels, "address", function->address);
		add_label(&labels, "refusal", vfx_refusal_word(refusal));
		add_sample(REFUSALS, &labels, function->counters[refusal]);
	}
}

static void add_function(const struct function *function)
{
	struct labels labels = { .used = 0 }, all;

	count_kind(function);
	add_label(&labels, "address", function->address);
	all = labels;
	add_common_labels(&all, function);
	add_word(&all, "identity", function->identity, vfx_identity_word);
	add_word(&all, "guard", function->guard, vfx_guard_word);
	add_word(&all, "policy", function->policy, vfx_policy_word);
	add_word(&all, "admitted", function->admitted, yes_no);
	add_sample(INFO, &all, 1);
	if (!function->has_record)
		return;
	if (function->bound && function->open != NOT_KNOWN)
		add_sample(OPEN, &labels, function->open);
	if (function->measured_time > 0)
		add_sample(MEASURED, &labels, function->measured_time);
	add_refusals(function);
}

static void begin_families(void)
{
	struct family *family;

	for (family = families; family < families + METRICS; family++)
		family->lines = open_stream(&family->text, &family->size);
}

static void end_families(FILE *stream)
{
	struct family *family;
	struct alike *kind;

	for (kind = kinds; kind; kind = kind->next)
		add_sample(FUNCTIONS, &kind->labels, kind->count);
	for (family = families; family < families + METRICS; family++) {
		fclose(family->lines);
		if (*family->text)
			fprintf(stream, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n%s",
				family->name, family->help, family->name, family->type,
				family->text);
		free(family->text);
	}
}

/* For Kubernetes: how many functions there are, and of each type those for a guest. */
static unsigned int all, unguarded;
static unsigned int admitted[0x10000];

static void count_feature(const struct function *function)
{
	all++;
	unguarded += function->guarded == UNGUARDED;
	admitted[function->type] += function->admitted == 1;
}

static void print_features(FILE *stream)
{
	unsigned int type;

	fprintf(stream, FEATURE "functions=%u\n" FEATURE "unguarded=%u\n", all, unguarded);
	for (type = 0; type < sizeof(admitted) / sizeof(admitted[0]); type++)
		if (admitted[type] && vfx_type_name((u16)type))
			fprintf(stream, FEATURE "admitted.%s=%u\n", vfx_type_name((u16)type),
				admitted[type]);
}

static int read_functions(void)
{
	struct function function;
	struct bus bus;
	int code = bus_open(&bus);

	if (code)
		return code;
	while (bus_next(&bus, &function)) {
		function_read(&function, READ_CONFIG | READ_DECISION | READ_DETAILS);
		if (nfd)
			count_feature(&function);
		else
			add_function(&function);
		bus_put(&function);
	}
	bus_close(&bus);
	return CLI_DONE;
}

static int write_output(const char *text)
{
	int err = replace_file(output, text);

	if (!err)
		return CLI_DONE;
	return fail(CLI_FAILED, output, "cannot be written: %s", strerror(err));
}

static int run(int argc, char **argv)
{
	FILE *stream;
	size_t size;
	char *text;
	int code;

	if (cli->json)
		return fail(CLI_USAGE, "metrics", "takes no --json; list --json has the same data");
	if (cli->dump && nfd)
		return fail(CLI_USAGE, "metrics", "--nfd is for this machine: a dump does not show "
			    "who has a function");
	stream = open_stream(&text, &size);
	begin_families();
	code = read_functions();
	if (nfd)
		print_features(stream);
	end_families(stream);
	fclose(stream);
	if (!code && output)
		code = write_output(text);
	else if (!code)
		fputs(text, stdout);
	free(text);
	return code;
}

const struct command command_metrics = {
	.name = "metrics",
	.arguments = "[--nfd] [--output FILE]",
	.help = "all virtio functions as metrics for Prometheus",
	.details =
		"In the text format that node_exporter's textfile collector reads. With --nfd, as "
		"a local feature file of Kubernetes' Node Feature Discovery: how many functions "
		"there are, how many are unguarded, and of each type how many a guest may be "
		"given.",
	.example = CLI_NAME " metrics --output /var/lib/prometheus/node-exporter/" CLI_NAME ".prom",
	.options = (const struct cli_option[]){
		{ "output", .argument = "FILE",
		  .help = "write into this file, which is replaced as a whole", .value = &output },
		{ "nfd", .help = "features for Kubernetes' Node Feature Discovery instead",
		  .flag = &nfd },
		{ 0 },
	},
	.reads_dumps = true,
	.own_output = true,
	.run = run,
};
