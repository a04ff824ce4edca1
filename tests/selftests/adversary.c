// SPDX-License-Identifier: GPL-2.0
/*
 * adversary.c - a user that tries everything: it walks through all doors in random
 * order, in two processes at once. After each step all doors must agree with each
 * other, with the view, and with the hardware, and what must not be live is not.
 *
 * ADVERSARY_SEED and ADVERSARY_STEPS in the environment set the walk. The steps
 * are in walk.c.
 */
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "fixture.h"
#include "walk.h"

#define CONFIG_MOST	4096
#define PAGE		4096UL

/* A second walk, in a process of its own, on the same descriptor. */
struct partner {
	pid_t pid;
	int seeds;		/* one seed, one step */
	int done;
};

FIXTURE(adversary)
{
	struct walk walk;
	struct witness witness;
	struct partner partner;
	uint64_t shown;			/* features, by the view */
	uint64_t queues;		/* that it has */
	uint64_t seed;
	uint8_t first[CONFIG_MOST];	/* configuration space at open */
	bool fixed[CONFIG_MOST];	/* bytes of it that never change */
	bool moving[CONFIG_MOST];	/* that may change between two looks */
	size_t config_size;
	struct vfio_user_region verdict;
	uint8_t verdict_bytes[128];
	volatile uint8_t *mapped;	/* the device configuration */
	unsigned int live;		/* steps after which it was */
	unsigned int asleep;		/* and at which its memory was not there */
	unsigned int step;
	const char *name;		/* of the last step */
};

FIXTURE_VARIANT(adversary)
{
	const char *word;
	const char *policy;
	bool withhold;		/* the user never acks bit 33 */
	bool may_live;		/* nor need it */
	bool hardware_acks;	/* what is live was told the ack */
};

FIXTURE_VARIANT_ADD(adversary, blk_without_the_ack) {
	.word = "BLK_TRANSLATED", .policy = "auto", .withhold = true,
};

FIXTURE_VARIANT_ADD(adversary, net_without_the_ack) {
	.word = "NET_TRANSLATED", .policy = "auto", .withhold = true,
};

FIXTURE_VARIANT_ADD(adversary, rng_with_the_ack) {
	.word = "RNG_TRANSLATED", .policy = "auto", .may_live = true, .hardware_acks = true,
};

/* The view is not what the hardware says: the bit is taken away, and added. */
FIXTURE_VARIANT_ADD(adversary, blk_that_hides_the_bit) {
	.word = "BLK_TRANSLATED", .policy = "physical", .withhold = true, .may_live = true,
	.hardware_acks = true,
};

FIXTURE_VARIANT_ADD(adversary, console_that_adds_the_bit) {
	.word = "CONSOLE_SILENT", .policy = "vouched", .may_live = true,
};

/* One step for each seed that comes. */
static void __noreturn walk_along(struct walk *walk, int seeds, int done)
{
	uint64_t seed;
	const char *name;

	walk->may_aim = false;
	while (read(seeds, &seed, sizeof(seed)) == sizeof(seed)) {
		walk->random = seed;
		name = walk_step(walk);
		if (write(done, &name, sizeof(name)) != sizeof(name))
			_exit(1);
	}
	_exit(0);
}

static int partner_start(struct partner *partner, struct walk *walk)
{
	int seeds[2], done[2];

	if (pipe(seeds) || pipe(done))
		return -errno;
	partner->pid = fork();
	if (!partner->pid) {
		close(seeds[1]);
		close(done[0]);
		walk_along(walk, seeds[0], done[1]);
	}
	close(seeds[0]);
	close(done[1]);
	partner->seeds = seeds[1];
	partner->done = done[0];
	return partner->pid < 0 ? -EAGAIN : 0;
}

/* Bytes that never change: what it is, and all that its vendor says of it. */
static void find_fixed(bool *fixed, bool *moving, const uint8_t *config, unsigned int window)
{
	static const uint8_t identity[] = { 0, 1, 2, 3, 8, 9, 10, 11, 14, 44, 45, 46, 47, 52 };
	unsigned int at, turns, i;

	for (i = 0; i < ARRAY_SIZE(identity); i++)
		fixed[identity[i]] = true;
	moving[PCI_STATUS] = true;
	moving[PCI_STATUS + 1] = true;
	at = config[PCI_CAPABILITY_LIST];
	for (turns = 0; at >= PCI_STD_HEADER_SIZEOF && turns < 48; at = config[at + 1], turns++) {
		fixed[at] = true;
		fixed[at + 1] = true;
		for (i = 2; config[at] == PCI_CAP_ID_VNDR && i < config[at + 2]; i++)
			fixed[at + i] = at != window || i < VIRTIO_PCI_CAP_BAR;
		if (config[at] == PCI_CAP_ID_EXP)
			moving[at + PCI_EXP_DEVSTA] = true;
	}
	for (i = 0; i < 4; i++)
		moving[window + WALK_DATA + i] = true;
}

FIXTURE_SETUP(adversary)
{
	uint64_t offered = 0, bit = ACCESS_PLATFORM;
	struct virtio_user_memory memory;
	struct walk *walk = &self->walk;
	struct function *f = &walk->function;
	void *va;

	self->seed = number("ADVERSARY_SEED", 20151109);
	self->partner.pid = -1;
	self->name = "nothing";
	if (!open_function(_metadata, f, &self->witness, variant->word, variant->policy))
		return;
	TH_LOG("ADVERSARY_SEED=%llu", (unsigned long long)self->seed);
	walk->random = self->seed * 2 + 1;
	walk->withhold = variant->withhold;
	walk->may_aim = true;
	walk->bar = f->virtio.common.bar;
	walk->common = f->virtio.common.offset;
	walk->window = f->virtio.pci_cfg.config_offset;
	walk->express = vfio_user_find_capability(&f->vfio, PCI_CAP_ID_EXP);
	walk->complaint = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			       -1, 0);
	ASSERT_NE(MAP_FAILED, walk->complaint);
	ASSERT_EQ(0, function_map(f, 0, WALK_REACH, &memory));
	ASSERT_EQ(0, witness_device_features(&self->witness, &offered));
	self->shown = !strcmp(variant->policy, "physical") ? offered & ~bit : offered | bit;
	/* Or the variant would not be what it is called. */
	ASSERT_EQ(!!variant->hardware_acks || variant->withhold, !!(offered & bit));

	self->queues = get(_metadata, f, VIRTIO_PCI_COMMON_NUMQ, 2);

	self->config_size = f->vfio.regions[VFIO_PCI_CONFIG_REGION_INDEX].size;
	ASSERT_GE(sizeof(self->first), self->config_size);
	ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, self->first,
				    self->config_size));
	find_fixed(self->fixed, self->moving, self->first, walk->window);
	ASSERT_EQ(0, vfio_user_region_info(&f->vfio, VFIO_PCI_NUM_REGIONS, &self->verdict));
	ASSERT_GE(sizeof(self->verdict_bytes), self->verdict.size);
	ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_NUM_REGIONS, 0, self->verdict_bytes,
				    self->verdict.size));
	ASSERT_EQ(0, vfio_user_mmap(&f->vfio, f->virtio.config.bar, f->virtio.config.offset,
				    PAGE, &va));
	self->mapped = va;
	ASSERT_EQ(0, partner_start(&self->partner, walk));
}

FIXTURE_TEARDOWN(adversary)
{
	int status;

	if (self->partner.pid > 0) {
		close(self->partner.seeds);
		EXPECT_EQ(self->partner.pid, waitpid(self->partner.pid, &status, 0));
		EXPECT_EQ(0, status);
	}
	if (_metadata->exit_code == KSFT_FAIL)
		TH_LOG("after step %u, %s", self->step, self->name);
	close_function(_metadata, &self->walk.function, &self->witness);
}

/* The function may say that it needs a reset between one look and the next. */
static void forget_needs_reset(uint8_t *all)
{
	all[VIRTIO_PCI_COMMON_STATUS] &= ~NEEDS_RESET;
}

/* Natural fields through the BAR against one read of all, splits, and the window. */
static void expect_registers_agree(struct __test_metadata *const _metadata, struct walk *walk)
{
	struct function *f = &walk->function;
	uint8_t all[WALK_FIELDS], part[WALK_FIELDS];
	uint32_t offset, size;
	uint64_t value, mask;

	ASSERT_EQ(0, vfio_user_read(&f->vfio, walk->bar, walk->common, all, sizeof(all)));
	forget_needs_reset(all);
	for (offset = 0; offset < WALK_FIELDS; offset += walk_widths[offset]) {
		mask = offset == VIRTIO_PCI_COMMON_STATUS ? ~NEEDS_RESET : ~0;
		value = get(_metadata, f, offset, walk_widths[offset]) & mask;
		ASSERT_EQ(0, memcmp(all + offset, &value, walk_widths[offset])) {
			TH_LOG("field 0x%x", offset);
		}
		/* Some of the fields, or it takes too long. */
		if (offset != VIRTIO_PCI_COMMON_STATUS && offset != VIRTIO_PCI_COMMON_DF &&
		    offset != VIRTIO_PCI_COMMON_Q_ENABLE && walk_draw(walk, 6))
			continue;
		ASSERT_EQ(0, virtio_user_window_read(&f->virtio, walk->bar,
						     walk->common + offset, walk_widths[offset],
						     &value));
		value &= mask;
		ASSERT_EQ(0, memcmp(all + offset, &value, walk_widths[offset])) {
			TH_LOG("field 0x%x through the window", offset);
		}
	}
	offset = walk_draw(walk, WALK_FIELDS);
	size = 1 + walk_draw(walk, WALK_FIELDS - offset);
	memcpy(part, all, sizeof(all));
	ASSERT_EQ(0, vfio_user_read(&f->vfio, walk->bar, walk->common + offset, part + offset,
				    size));
	forget_needs_reset(part);
	ASSERT_EQ(0, memcmp(all, part, sizeof(all)));
}

/* What the whole read at once is, any part is, and what never changes has not. */
static void expect_config_agrees(struct __test_metadata *const _metadata,
				 FIXTURE_DATA(adversary) *self)
{
	struct vfio_user *vfio = &self->walk.function.vfio;
	static uint8_t all[CONFIG_MOST], part[CONFIG_MOST];
	size_t offset, size, i;

	ASSERT_EQ(0, vfio_user_read(vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, all,
				    self->config_size));
	for (i = 0; i < self->config_size; i++) {
		if (self->fixed[i])
			ASSERT_EQ(self->first[i], all[i]) {
				TH_LOG("configuration space at 0x%zx", i);
			}
	}
	offset = walk_draw(&self->walk, walk_draw(&self->walk, 2) ? 256 : self->config_size);
	size = 1 + walk_draw(&self->walk, walk_draw(&self->walk, 2) ? 8 : 300);
	if (size > self->config_size - offset)
		size = self->config_size - offset;
	ASSERT_EQ(0, vfio_user_read(vfio, VFIO_PCI_CONFIG_REGION_INDEX, offset, part, size));
	for (i = 0; i < size; i++) {
		if (!self->moving[offset + i])
			ASSERT_EQ(all[offset + i], part[i]) {
				TH_LOG("configuration space at 0x%zx, in %zu bytes from 0x%zx",
				       offset + i, size, offset);
			}
	}
}

static bool same_region(const struct vfio_user_region *a, const struct vfio_user_region *b)
{
	return a->offset == b->offset && a->size == b->size && a->flags == b->flags &&
	       a->sparse == b->sparse && a->nr_areas == b->nr_areas &&
	       !memcmp(a->areas, b->areas, a->nr_areas * sizeof(a->areas[0]));
}

/* Each region is as it was at open, what is mapped is what is read, BAR 0 is absent. */
static void expect_regions_agree(struct __test_metadata *const _metadata,
				 FIXTURE_DATA(adversary) *self)
{
	struct function *f = &self->walk.function;
	unsigned int index = walk_draw(&self->walk, VFIO_PCI_VGA_REGION_INDEX);
	uint32_t i = walk_draw(&self->walk, f->virtio.config.length);
	uint8_t bytes[sizeof(self->verdict_bytes)], byte;
	struct vfio_user_region region;

	ASSERT_EQ(0, vfio_user_region_info(&f->vfio, index, &region));
	ASSERT_TRUE(same_region(&region, &f->vfio.regions[index])) {
		TH_LOG("region %u", index);
	}
	ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_NUM_REGIONS, 0, bytes,
				    self->verdict.size));
	ASSERT_EQ(0, memcmp(bytes, self->verdict_bytes, self->verdict.size));
	ASSERT_EQ(0, vfio_user_read(&f->vfio, f->virtio.config.bar,
				    f->virtio.config.offset + i, &byte, 1));
	ASSERT_EQ(byte, self->mapped[i]);
	ASSERT_EQ(-1, pread(f->vfio.device, &byte, 1, (off_t)VFIO_PCI_BAR0_REGION_INDEX << 40));
	ASSERT_EQ(-1, pwrite(f->vfio.device, &byte, 1, (off_t)VFIO_PCI_BAR0_REGION_INDEX << 40));
	ASSERT_EQ(-1, pread(f->vfio.device, &byte, 1, (off_t)VFIO_PCI_VGA_REGION_INDEX << 40));
}

/*
 * Where a step has left its memory out of reach, the BAR says so; then it is woken
 * for the other checks.
 */
static void wake(struct __test_metadata *const _metadata, FIXTURE_DATA(adversary) *self)
{
	struct vfio_device_feature feature = {
		.argsz = sizeof(feature),
		.flags = VFIO_DEVICE_FEATURE_SET | VFIO_DEVICE_FEATURE_LOW_POWER_EXIT,
	};
	struct function *f = &self->walk.function;
	unsigned int power = vfio_user_find_capability(&f->vfio, PCI_CAP_ID_PM);
	uint64_t command, control = 0, value;

	ASSERT_EQ(0, vfio_user_config_read(&f->vfio, PCI_COMMAND, 2, &command));
	if (power)
		ASSERT_EQ(0, vfio_user_config_read(&f->vfio, power + PCI_PM_CTRL, 2, &control));
	if (!(command & PCI_COMMAND_MEMORY) || (control & PCI_PM_CTRL_STATE_MASK) == 3) {
		self->asleep++;
		ASSERT_EQ(-EIO, virtio_user_read_common(&f->virtio, 0, 4, &value));
		ASSERT_EQ(-EIO, virtio_user_read_config(&f->virtio, 0, 4, &value));
		/* Hardware's window needs power alone. */
		ASSERT_EQ(0, virtio_user_window_read(&f->virtio, self->walk.bar,
						     self->walk.common + VIRTIO_PCI_COMMON_NUMQ,
						     2, &value));
		ASSERT_EQ((control & PCI_PM_CTRL_STATE_MASK) == 3 ? 0 : self->queues, value);
	}
	if (control & PCI_PM_CTRL_STATE_MASK)
		ASSERT_EQ(0, vfio_user_power_state(&f->vfio, 0));
	ioctl(f->vfio.device, VFIO_DEVICE_FEATURE, &feature);
	ASSERT_EQ(0, vfio_user_command(&f->vfio, PCI_COMMAND_MEMORY, 0));
}

static void expect_sound(struct __test_metadata *const _metadata,
			 FIXTURE_DATA(adversary) *self,
			 const FIXTURE_VARIANT(adversary) *variant)
{
	struct function *f = &self->walk.function;
	int status = witness_status(&self->witness);
	int queues = witness_queues(&self->witness);
	uint64_t select, acked;
	bool live = status & DRIVER_OK || queues;

	ASSERT_LE(0, status);
	ASSERT_LE(0, queues);
	ASSERT_EQ(status & ~NEEDS_RESET,
		  get(_metadata, f, VIRTIO_PCI_COMMON_STATUS, 1) & ~NEEDS_RESET);

	select = get(_metadata, f, VIRTIO_PCI_COMMON_DFSELECT, 4);
	ASSERT_EQ(select < 2 ? (uint32_t)(self->shown >> (32 * select)) : 0,
		  get(_metadata, f, VIRTIO_PCI_COMMON_DF, 4));

	if (!variant->may_live) {
		ASSERT_FALSE(live);
		ASSERT_EQ(0, status & FEATURES_OK);
		ASSERT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_Q_ENABLE, 2));
	} else if (live) {
		self->live++;
		ASSERT_EQ(FEATURES_OK, status & FEATURES_OK);
		ASSERT_EQ(0, witness_driver_features(&self->witness, &acked));
		ASSERT_EQ(variant->hardware_acks ? ACCESS_PLATFORM : 0, acked & ACCESS_PLATFORM);
	}
}

/* A step of this process and one of the other at the same time, or of one alone. */
static void step_together(struct __test_metadata *const _metadata,
			  FIXTURE_DATA(adversary) *self)
{
	uint32_t who = walk_draw(&self->walk, 4);
	const char *name = NULL;
	uint64_t seed;

	if (who > 1) {
		seed = (uint64_t)walk_draw(&self->walk, 0xffffffff) * 2 + 1;
		ASSERT_EQ(sizeof(seed), write(self->partner.seeds, &seed, sizeof(seed)));
	}
	if (who != 2)
		self->name = walk_step(&self->walk);
	if (who > 1) {
		ASSERT_EQ(sizeof(name), read(self->partner.done, &name, sizeof(name)));
		/* The name lies at the same place in both. */
		self->name = who == 2 ? name : self->name;
	}
	ASSERT_STREQ("", self->walk.complaint);
}

TEST_F_TIMEOUT(adversary, gets_nowhere, 1200)
{
	unsigned int steps = number("ADVERSARY_STEPS", 300);

	for (self->step = 0; self->step < steps; self->step++) {
		step_together(_metadata, self);
		wake(_metadata, self);
		expect_registers_agree(_metadata, &self->walk);
		expect_config_agrees(_metadata, self);
		expect_regions_agree(_metadata, self);
		expect_sound(_metadata, self, variant);
	}
	/* Or it would show nothing. */
	if (variant->may_live)
		EXPECT_LT(0, self->live);
	EXPECT_LT(0, self->asleep);
	TH_LOG("%u steps, live after %u, asleep after %u", steps, self->live, self->asleep);
}

TEST_HARNESS_MAIN
