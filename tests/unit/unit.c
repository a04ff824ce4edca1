// SPDX-License-Identifier: GPL-2.0-only
/*
 * The runner of unit.h. Usage: PROGRAM [TEST...]; without names, all tests.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include "unit.h"

#define MAX_TESTS 128

static struct {
	const char *name;
	unit_test_fn run;
} tests[MAX_TESTS];

static unsigned int nr_tests;
static jmp_buf give_up;
static bool testing;	/* or else a harness of tests/fuzz, which has another main() */

void unit_register(const char *name, unit_test_fn run)
{
	if (nr_tests == MAX_TESTS)
		abort();
	tests[nr_tests].name = name;
	tests[nr_tests++].run = run;
}

void unit_fail(const char *file, int line, const char *format, ...)
{
	va_list args;

	printf("    %s:%d: ", file, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
	if (!testing)
		abort();
	longjmp(give_up, 1);
}

void unit_check_bytes(const char *file, int line, const char *what,
		      const void *got, const void *want, size_t len)
{
	const uint8_t *g = got, *w = want;
	size_t i;

	for (i = 0; i < len; i++)
		if (g[i] != w[i])
			unit_fail(file, line, "%s[0x%zx] is 0x%02x, not 0x%02x", what, i,
				  g[i], w[i]);
}

struct unit_random unit_seed(void)
{
	const char *word = getenv("UNIT_SEED");
	uint64_t seed = word ? strtoull(word, NULL, 0) : (uint64_t)time(NULL);

	printf("    UNIT_SEED=%" PRIu64 "\n", seed);
	return (struct unit_random){ seed };
}

/* splitmix64 */
uint64_t unit_next(struct unit_random *random)
{
	uint64_t z = (random->state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint64_t unit_below(struct unit_random *random, uint64_t limit)
{
	return unit_next(random) % limit;
}

static bool wanted(const char *name, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!strcmp(argv[i], name))
			return true;
	return argc < 2;
}

static const char *subject(const char *program)
{
	const char *slash = strrchr(program, '/');

	return slash ? slash + 1 : program;
}

static bool passes(unit_test_fn run)
{
	if (setjmp(give_up))
		return false;
	testing = true;
	run();
	return true;
}

int main(int argc, char **argv)
{
	unsigned int i, failed = 0;
	bool ok;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = 0; i < nr_tests; i++) {
		if (!wanted(tests[i].name, argc, argv))
			continue;
		ok = passes(tests[i].run);
		printf("%s %s: %s\n", ok ? "ok  " : "FAIL", subject(argv[0]), tests[i].name);
		failed += !ok;
	}
	return failed ? 1 : 0;
}
