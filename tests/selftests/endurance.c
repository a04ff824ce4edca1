// SPDX-License-Identifier: GPL-2.0
/*
 * endurance.c - many times over: bound and unbound, opened and closed, and users
 * killed in the middle of DMA. Each time the function is left as it should be,
 * and in the end the kernel holds nothing more than before.
 *
 * ENDURANCE=full: 1000, 1000 and 100 times, not 50, 30 and 12. ENDURANCE_BINDS,
 * _OPENS and _KILLS set each, ENDURANCE_SEED the moments of the kills. Nobody else
 * may use the driver meanwhile.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/mman.h>

#include "fixture.h"
#include "leak.h"

#define PAGE		VIRTIO_USER_PAGE
#define TIMEOUT		7200	/* no test of speed */
#define TYPE_BLK	2

static unsigned int rounds(const char *name, unsigned int few, unsigned int full)
{
	const char *word = getenv("ENDURANCE");

	return number(name, word && !strcmp(word, "full") ? full : few);
}

FIXTURE(endurance)
{
	const char *bdf;
	struct witness witness;
	struct leak_look before;
	bool kmemleak;
	bool sleeps;		/* has power management */
	uint64_t random;
};

FIXTURE_VARIANT(endurance)
{
	const char *word;
	bool sleeps;		/* has power management */
};

FIXTURE_VARIANT_ADD(endurance, behind_a_port) {
	.word = "BLK_TRANSLATED", .sleeps = true,
};

/* With no reset but virtio's own, that of the core at close hides nothing. */
FIXTURE_VARIANT_ADD(endurance, root_bus) {
	.word = "RNG_ROOT_BUS", .sleeps = false,
};

FIXTURE_SETUP(endurance)
{
	self->witness.config = -1;
	self->bdf = named_function(_metadata, variant->word);
	if (!self->bdf)
		return;
	ASSERT_EQ(0, witness_open(&self->witness, self->bdf));
	ASSERT_EQ(0, policy_set(self->bdf, "auto"));
	/* The first time allocates what stays for the others. */
	ASSERT_EQ(0, live_once(self->bdf, &self->witness));
	ASSERT_EQ(0, driver_file_write("unbind", self->bdf));
	ASSERT_EQ(0, driver_file_write("bind", self->bdf));
	self->kmemleak = leak_forget();
	ASSERT_EQ(0, leak_look(&self->before));
	ASSERT_EQ(0, self->before.claims);
}

FIXTURE_TEARDOWN(endurance)
{
	witness_close(&self->witness);
}

typedef void (*many_rounds)(struct __test_metadata *const _metadata,
			    FIXTURE_DATA(endurance) *self, unsigned int times);

/* So many rounds, after which the function works, and nothing was lost. */
static void expect_nothing_left(struct __test_metadata *const _metadata,
				FIXTURE_DATA(endurance) *self, many_rounds go,
				unsigned int times)
{
	static struct leak_look after;
	unsigned int fell, total = 0;
	struct leak_look last;

	after = self->before;
	for (fell = 0; fell < LEAK_TREND; fell++) {
		last = after;
		go(_metadata, self, times);
		total += times;
		EXPECT_EQ(0, live_once(self->bdf, &self->witness));
		expect_closed(_metadata, &self->witness, self->bdf);
		EXPECT_EQ(0, leak_compare(&self->before, &after, total));
		if (!leak_memory_fell(&last, &after, times))
			break;
		TH_LOG("%ld KiB less after %u times", last.available - after.available, times);
	}
	EXPECT_GT(LEAK_TREND, fell);
	if (self->kmemleak)
		EXPECT_EQ(0, leak_scan());
	TH_LOG("%u times, %ld KiB less, %s", total, self->before.available - after.available,
	       self->kmemleak ? "kmemleak found nothing" : "no kmemleak here");
}

static void bind_and_unbind(struct __test_metadata *const _metadata,
			    FIXTURE_DATA(endurance) *self, unsigned int times)
{
	unsigned int i;

	for (i = 0; i < times; i++) {
		ASSERT_EQ(0, policy_set(self->bdf, "vouched"));
		ASSERT_EQ(0, driver_file_write("unbind", self->bdf));
		ASSERT_FALSE(is_bound(self->bdf));
		ASSERT_EQ(0, witness_status(&self->witness));
		ASSERT_EQ(0, witness_queues(&self->witness));
		ASSERT_EQ(0, driver_file_write("bind", self->bdf));
		ASSERT_TRUE(is_bound(self->bdf));
		/* What the administrator said outlasts the binding. */
		ASSERT_TRUE(attribute_is(self->bdf, "policy", "vouched"));
		expect_closed(_metadata, &self->witness, self->bdf);
	}
	ASSERT_EQ(0, policy_set(self->bdf, "auto"));
}

TEST_F_TIMEOUT(endurance, bound_and_unbound, TIMEOUT)
{
	expect_nothing_left(_metadata, self, bind_and_unbind,
			    rounds("ENDURANCE_BINDS", 50, 1000));
}

static void open_and_close(struct __test_metadata *const _metadata,
			   FIXTURE_DATA(endurance) *self, unsigned int times)
{
	unsigned int i;

	for (i = 0; i < times; i++) {
		ASSERT_EQ(0, live_once(self->bdf, &self->witness));
		expect_closed(_metadata, &self->witness, self->bdf);
	}
}

TEST_F_TIMEOUT(endurance, opened_and_closed, TIMEOUT)
{
	expect_nothing_left(_metadata, self, open_and_close,
			    rounds("ENDURANCE_OPENS", 30, 1000));
}

/* How a user is found when it is killed. */
enum manner {
	BUSY,
	MEMORY_OFF,
	ASLEEP,
	ANYWHERE,	/* from its first system call on */
	MANNERS,
};

struct child {
	const char *bdf;
	enum manner manner;
	int ready;
	unsigned int *requests;		/* that were answered */
};

static int ask(struct function *f, struct virtio_user_queue *queue,
	       struct virtio_user_memory request)
{
	if (f->virtio.type == TYPE_BLK)
		return virtio_user_blk(queue, request, request.address + 2048, 1, false, 5000);
	return virtio_user_rng(queue, request.address, 64, 5000) > 0 ? 0 : -EIO;
}

/* One more request, that is not waited for. */
static int ask_only(struct function *f, struct virtio_user_queue *queue,
		    struct virtio_user_memory request)
{
	const struct virtio_user_buffer buffer = { request.address, 64, true };

	if (f->virtio.type == TYPE_BLK)
		return virtio_user_blk_submit(queue, request, request.address + 2048, 2, false);
	return virtio_user_submit(queue, &buffer, 1);
}

/* Opens it and keeps it busy until it is killed. */
static void __noreturn keep_busy(const struct child *child)
{
	struct virtio_user_memory ring, request;
	struct virtio_user_queue queue;
	struct function f;

	if (function_open(&f, child->bdf) || function_map(&f, IOVA, PAGE, &ring) ||
	    function_map(&f, IOVA + PAGE, PAGE, &request) ||
	    function_go_live(&f, &queue, ring))
		_exit(1);
	for (;;) {
		if (ask(&f, &queue, request))
			_exit(2);
		if (++*child->requests != 3)
			continue;
		if (child->manner == MEMORY_OFF || child->manner == ASLEEP) {
			if (ask_only(&f, &queue, request))
				_exit(3);
			if (child->manner == ASLEEP ? vfio_user_power_state(&f.vfio, 3) :
			    vfio_user_command(&f.vfio, 0, PCI_COMMAND_MEMORY))
				_exit(4);
		}
		if (write(child->ready, "", 1) != 1)
			_exit(5);
		if (child->manner == MEMORY_OFF || child->manner == ASLEEP)
			for (;;)
				pause();
	}
}

static void kill_one(struct __test_metadata *const _metadata, struct child *child,
		     struct witness *witness, useconds_t moment)
{
	int ready[2], status;
	char byte;
	pid_t pid;

	*child->requests = 0;
	ASSERT_EQ(0, pipe(ready));
	child->ready = ready[1];
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid)
		keep_busy(child);
	close(ready[1]);
	if (child->manner != ANYWHERE) {
		ASSERT_EQ(1, read(ready[0], &byte, 1));
		EXPECT_EQ(0x0f, witness_status(witness));
		EXPECT_EQ(1, witness_queues(witness));
	}
	usleep(moment);
	ASSERT_EQ(0, kill(pid, SIGKILL));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_TRUE(WIFSIGNALED(status)) {
		TH_LOG("the user ended by itself with %d", WEXITSTATUS(status));
	}
	expect_closed(_metadata, witness, child->bdf);
	close(ready[0]);
}

static void kill_in_the_middle(struct __test_metadata *const _metadata,
			       FIXTURE_DATA(endurance) *self, unsigned int times)
{
	struct child child = { .bdf = self->bdf };
	unsigned int requests = 0, i;

	child.requests = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			      -1, 0);
	ASSERT_NE(MAP_FAILED, child.requests);
	for (i = 0; i < times; i++) {
		child.manner = i % MANNERS;
		if (child.manner == ASLEEP && !self->sleeps)
			child.manner = BUSY;
		kill_one(_metadata, &child, &self->witness,
			 draw_lot(&self->random, child.manner == ANYWHERE ? 300000 : 20000));
		requests += *child.requests;
		/* The next user has it as the first one had. */
		ASSERT_EQ(0, live_once(self->bdf, &self->witness));
	}
	munmap(child.requests, PAGE);
	EXPECT_LE(3 * (times - times / MANNERS), requests);
	TH_LOG("%u requests were answered", requests);
}

TEST_F_TIMEOUT(endurance, killed_in_the_middle, TIMEOUT)
{
	uint64_t seed = number("ENDURANCE_SEED", 20151109);

	TH_LOG("ENDURANCE_SEED=%llu", (unsigned long long)seed);
	self->random = seed * 2 + 1;
	self->sleeps = variant->sleeps;
	expect_nothing_left(_metadata, self, kill_in_the_middle,
			    rounds("ENDURANCE_KILLS", 12, 100));
}

TEST_HARNESS_MAIN
