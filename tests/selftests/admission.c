// SPDX-License-Identifier: GPL-2.0
/*
 * admission.c - who may open which function: what sysfs says of it, what the
 * administrator's policy changes, and what a refusal leaves behind.
 *
 * The tests of policy `unsafe` come last: they taint the kernel.
 */
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <linux/capability.h>

#include "fixture.h"

#define TAINT_FILE	"/proc/sys/kernel/tainted"
#define TAINT_USER	6

static const char *const functions[] = {
	"BLK_TRANSLATED", "RNG_TRANSLATED", "NET_TRANSLATED", "BLK_BYPASS", "RNG_TRANSITIONAL",
	"CONSOLE_OFFERS", "CONSOLE_SILENT", "CONSOLE_TRANSITIONAL",
};

#define NR_FUNCTIONS ARRAY_SIZE(functions)

static const char *const policies[] = {
	"auto", "strict", "vouched", "physical", "unsafe", "deny",
};

#define NR_POLICIES ARRAY_SIZE(policies)

static bool tainted(void)
{
	unsigned long mask = 0;
	FILE *file = fopen(TAINT_FILE, "r");

	if (!file)
		return false;
	if (fscanf(file, "%lu", &mask) != 1)
		mask = 0;
	fclose(file);
	return mask & (1UL << TAINT_USER);
}

/* Opens and closes; the errno, negative, of the step that gives the device. */
static int try_open(const char *bdf)
{
	struct vfio_user user;
	int ret;

	ret = vfio_user_open_group(&user, bdf);
	if (ret)
		return ret;
	ret = vfio_user_open_device(&user);
	if (ret && !vfio_user_stopped_by_driver(&user))
		ret = -EPROTO;
	vfio_user_close(&user);
	return ret;
}

/* Runs in a child what changes who we are; 0 to 255, or -1 where it crashed. */
static int in_a_child(int (*run)(const char *bdf), const char *bdf)
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(run(bdf));
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static int set_policy_as_nobody(const char *bdf)
{
	if (setgid(65534) || setuid(65534))
		return 255;
	return -policy_set(bdf, "unsafe");
}

static int open_without_rawio(const char *bdf)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return 255;
	data[0].effective &= ~(1u << CAP_SYS_RAWIO);
	data[0].permitted &= ~(1u << CAP_SYS_RAWIO);
	if (syscall(SYS_capset, &header, data))
		return 255;
	return -try_open(bdf);
}

FIXTURE(admission)
{
	const char *translated;
	const char *bypass;
	int log;
};

FIXTURE_SETUP(admission)
{
	unsigned int i;

	self->log = -1;
	self->translated = named_function(_metadata, "BLK_TRANSLATED");
	if (!self->translated)
		return;
	self->bypass = named_function(_metadata, "BLK_BYPASS");
	if (!self->bypass)
		return;
	for (i = 0; i < NR_FUNCTIONS; i++)
		if (getenv(functions[i]))
			ASSERT_EQ(0, policy_set(getenv(functions[i]), "auto"));
	self->log = kernel_log_open();
	ASSERT_LE(0, self->log);
}

FIXTURE_TEARDOWN(admission)
{
	unsigned int i;

	if (self->log >= 0)
		close(self->log);
	for (i = 0; i < NR_FUNCTIONS; i++)
		if (getenv(functions[i]))
			EXPECT_EQ(0, policy_set(getenv(functions[i]), "auto"));
}

TEST_F(admission, a_function_that_bypasses_is_refused)
{
	long refused = attribute_count(self->bypass, "refused_opens");

	EXPECT_TRUE(attribute_is(self->bypass, "offered", "0"));
	EXPECT_TRUE(attribute_is(self->bypass, "verdict", "bypass"));
	EXPECT_TRUE(attribute_is(self->bypass, "admitted", "0"));
	EXPECT_TRUE(attribute_is(self->bypass, "view", "none"));
	EXPECT_TRUE(attribute_is(self->bypass, "contradictions", "described-but-bypasses"));
	EXPECT_TRUE(attribute_is(self->bypass, "open", "0"));

	EXPECT_EQ(-EPERM, try_open(self->bypass));
	EXPECT_EQ(-EPERM, try_open(self->bypass));
	EXPECT_EQ(refused + 2, attribute_count(self->bypass, "refused_opens"));
	EXPECT_TRUE(attribute_is(self->bypass, "open", "0"));
	EXPECT_FALSE(tainted());
}

/* One line: what was refused, why, and what to do. */
TEST_F(admission, a_refusal_is_one_line_in_the_log)
{
	char basis[32], reason[512], remedy[512], line[1200];

	ASSERT_EQ(0, attribute_read(self->bypass, "basis", basis, sizeof(basis)));
	ASSERT_EQ(0, attribute_read(self->bypass, "reason", reason, sizeof(reason)));
	ASSERT_EQ(0, attribute_read(self->bypass, "remedy", remedy, sizeof(remedy)));
	EXPECT_NE(NULL, strstr(remedy, "iommu_platform=on"));
	snprintf(line, sizeof(line), "%s: open refused: verdict bypass (%s): %s; to do: %s",
		 self->bypass, basis, reason, remedy);

	ASSERT_EQ(-EPERM, try_open(self->bypass));
	EXPECT_EQ(1, kernel_log_count(self->log, line));
	ASSERT_EQ(0, try_open(self->translated));
	EXPECT_EQ(0, kernel_log_count(self->log, "refused"));
}

TEST_F(admission, a_function_that_is_translated_is_admitted)
{
	long refused = attribute_count(self->translated, "refused_opens");
	struct function function;

	EXPECT_TRUE(attribute_is(self->translated, "offered", "1"));
	EXPECT_TRUE(attribute_is(self->translated, "admitted", "1"));
	EXPECT_TRUE(attribute_is(self->translated, "view", "platform"));
	EXPECT_TRUE(attribute_is(self->translated, "open", "0"));
	ASSERT_EQ(0, function_open(&function, self->translated));
	EXPECT_TRUE(attribute_is(self->translated, "open", "1"));
	function_close(&function);
	EXPECT_TRUE(attribute_is(self->translated, "open", "0"));
	EXPECT_EQ(refused, attribute_count(self->translated, "refused_opens"));
	EXPECT_FALSE(tainted());
}

/* What follows from each policy for each function, by what was measured of it. */
struct outcome {
	const char *verdict;
	const char *basis;
	const char *view;	/* "none": refused */
};

static const struct {
	const char *word;
	const char *measured;
	struct outcome outcome[6];	/* in the order of policies[] */
} table[] = {
	{ "BLK_TRANSLATED", "rejected translated", {
		{ "translated", "measured", "platform" },
		{ "translated", "measured", "platform" },
		{ "translated", "measured", "platform" },
		{ "translated", "measured", "physical" },
		{ "translated", "measured", "platform" },
		{ "translated", "measured", "none" },
	} },
	/* Nobody's word counts against what was seen. */
	{ "BLK_BYPASS", "bypass not-run", {
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "raw" },
		{ "bypass", "measured", "none" },
	} },
	{ "RNG_TRANSITIONAL", "bypass not-run", {
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "none" },
		{ "bypass", "measured", "raw" },
		{ "bypass", "measured", "none" },
	} },
	/* Of its type nothing is asked; it is negotiated with. */
	{ "CONSOLE_OFFERS", "rejected silent", {
		{ "conditional", "declared", "platform" },
		{ "conditional", "declared", "none" },
		{ "conditional", "declared", "platform" },
		{ "conditional", "declared", "physical" },
		{ "conditional", "declared", "platform" },
		{ "conditional", "declared", "none" },
	} },
	{ "CONSOLE_SILENT", "silent not-run", {
		{ "bypass", "declared", "none" },
		{ "bypass", "declared", "none" },
		{ "translated", "vouched", "platform" },
		{ "bypass", "declared", "none" },
		{ "bypass", "declared", "raw" },
		{ "bypass", "declared", "none" },
	} },
};

TEST_F(admission, each_policy_has_its_outcome_in_sysfs_and_at_open)
{
	unsigned int i, p;
	bool admitted;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		const char *bdf = named_function(_metadata, table[i].word);

		if (!bdf)
			return;
		EXPECT_TRUE(attribute_is(bdf, "measured", table[i].measured));
		for (p = 0; p < NR_POLICIES; p++) {
			const struct outcome *outcome = &table[i].outcome[p];

			ASSERT_EQ(0, policy_set(bdf, policies[p]));
			admitted = strcmp(outcome->view, "none");
			EXPECT_TRUE(attribute_is(bdf, "policy", policies[p]));
			EXPECT_TRUE(attribute_is(bdf, "verdict", outcome->verdict));
			EXPECT_TRUE(attribute_is(bdf, "basis", outcome->basis));
			EXPECT_TRUE(attribute_is(bdf, "view", outcome->view));
			EXPECT_TRUE(attribute_is(bdf, "admitted", admitted ? "1" : "0"));
			/* What unsafe opens would taint, and has its own test. */
			if (!strcmp(outcome->view, "raw"))
				continue;
			EXPECT_EQ(admitted ? 0 : -EPERM, try_open(bdf)) {
				TH_LOG("%s under policy %s", table[i].word, policies[p]);
			}
		}
	}
	EXPECT_FALSE(tainted());
}

TEST_F(admission, a_policy_is_one_of_six_words)
{
	static const char *const bad[] = {
		"", "\n", " ", "aut", "autoo", "AUTO", "auto deny", "none", "0", "1",
		"unsafe!", "vouched,unsafe", "unsafeunsafeunsafe", "deny\nunsafe",
	};
	static const char with_nul[] = "deny\0unsafe";
	char word[4096], text[32];
	unsigned int i;

	for (i = 0; i < NR_POLICIES; i++) {
		EXPECT_EQ(0, policy_set(self->bypass, policies[i]));
		EXPECT_TRUE(attribute_is(self->bypass, "policy", policies[i]));
		EXPECT_EQ(0, policy_set(self->bypass, "auto"));
		snprintf(text, sizeof(text), "%s\n", policies[i]);
		EXPECT_EQ(0, policy_set(self->bypass, text));
		EXPECT_TRUE(attribute_is(self->bypass, "policy", policies[i]));
	}

	ASSERT_EQ(0, policy_set(self->bypass, "strict"));
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		if (!bad[i][0])	/* write(2) of nothing does not reach the file */
			continue;
		EXPECT_EQ(-EINVAL, policy_set(self->bypass, bad[i])) {
			TH_LOG("policy '%s' was taken", bad[i]);
		}
	}
	EXPECT_EQ(-EINVAL, attribute_write(self->bypass, "policy", with_nul,
					   sizeof(with_nul) - 1)) {
		TH_LOG("a word with a NUL in it was taken");
	}
	memset(word, 'a', sizeof(word));
	EXPECT_EQ(-EINVAL, attribute_write(self->bypass, "policy", word, 15));
	EXPECT_EQ(-EINVAL, attribute_write(self->bypass, "policy", word, 16));
	EXPECT_EQ(-EINVAL, attribute_write(self->bypass, "policy", word, 17));
	EXPECT_EQ(-EINVAL, attribute_write(self->bypass, "policy", word, sizeof(word) - 1));
	EXPECT_TRUE(attribute_is(self->bypass, "policy", "strict"));
}

TEST_F(admission, only_root_sets_a_policy)
{
	EXPECT_EQ(EACCES, in_a_child(set_policy_as_nobody, self->bypass));
	EXPECT_TRUE(attribute_is(self->bypass, "policy", "auto"));
}

TEST_F(admission, nothing_but_the_policy_can_be_written)
{
	static const char *const files[] = {
		"offered", "measured", "verdict", "basis", "admitted", "reason", "remedy",
		"view", "contradictions", "open", "refused_opens", "refused_driver_ok",
	};
	char path[256];
	struct stat st;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/virtio_fixup/%s",
			 self->bypass, files[i]);
		ASSERT_EQ(0, stat(path, &st));
		EXPECT_EQ(0444, st.st_mode & 07777);
	}
}

TEST_F(admission, deny_refuses_a_good_function)
{
	ASSERT_EQ(0, policy_set(self->translated, "deny"));
	EXPECT_TRUE(attribute_is(self->translated, "reason",
				 "policy deny: the administrator lets nobody open it"));
	EXPECT_EQ(-EPERM, try_open(self->translated));
	ASSERT_EQ(0, policy_set(self->translated, "auto"));
	EXPECT_EQ(0, try_open(self->translated));
}

TEST_F(admission, a_policy_is_for_the_next_open)
{
	struct function function;
	uint64_t features;

	ASSERT_EQ(0, function_open(&function, self->translated));
	ASSERT_EQ(0, policy_set(self->translated, "physical"));
	EXPECT_EQ(1, kernel_log_count(self->log, "its policy is physical now, from the next open on"));

	/* For the user that is there, nothing changed. */
	EXPECT_TRUE(attribute_is(self->translated, "policy", "physical"));
	EXPECT_TRUE(attribute_is(self->translated, "view", "platform"));
	ASSERT_EQ(0, virtio_user_device_features(&function.virtio, &features));
	EXPECT_EQ(ACCESS_PLATFORM, features & ACCESS_PLATFORM);
	ASSERT_EQ(0, policy_set(self->translated, "deny"));
	EXPECT_TRUE(attribute_is(self->translated, "admitted", "1"));
	EXPECT_TRUE(attribute_is(self->translated, "view", "platform"));
	EXPECT_EQ(-EOPNOTSUPP, virtio_user_negotiate(&function.virtio, VERSION_1));
	EXPECT_EQ(0, virtio_user_negotiate(&function.virtio, VERSION_1 | ACCESS_PLATFORM));

	function_close(&function);
	EXPECT_TRUE(attribute_is(self->translated, "admitted", "0"));
	EXPECT_EQ(-EPERM, try_open(self->translated));
	ASSERT_EQ(0, policy_set(self->translated, "physical"));
	ASSERT_EQ(0, function_open(&function, self->translated));
	ASSERT_EQ(0, virtio_user_device_features(&function.virtio, &features));
	EXPECT_EQ(0, features & ACCESS_PLATFORM);
	function_close(&function);
}

/* Two descriptors of one open, which is one user (as the group API has it). */
TEST_F(admission, a_second_descriptor_does_not_decide_anew)
{
	struct function function;
	int second;

	ASSERT_EQ(0, function_open(&function, self->translated));
	if (function.vfio.cdev) {
		/* Whoever comes second is turned away before the driver is asked. */
		EXPECT_EQ(-EINVAL, try_open(self->translated));
		EXPECT_TRUE(attribute_is(self->translated, "open", "1"));
		function_close(&function);
		SKIP(return, "only a group gives out a second descriptor");
	}
	ASSERT_EQ(0, policy_set(self->translated, "deny"));
	second = ioctl(function.vfio.group, VFIO_GROUP_GET_DEVICE_FD, self->translated);
	EXPECT_LE(0, second);
	close(second);
	EXPECT_TRUE(attribute_is(self->translated, "open", "1"));
	EXPECT_EQ(0, virtio_user_negotiate(&function.virtio, VERSION_1 | ACCESS_PLATFORM));
	function_close(&function);
	EXPECT_TRUE(attribute_is(self->translated, "open", "0"));
}

TEST_F(admission, counters_stay_from_one_user_to_the_next)
{
	long refused = attribute_count(self->translated, "refused_features_ok");
	struct function function;

	ASSERT_LE(0, refused);
	ASSERT_EQ(0, function_open(&function, self->translated));
	EXPECT_EQ(-EOPNOTSUPP, virtio_user_negotiate(&function.virtio, VERSION_1));
	function_close(&function);
	EXPECT_EQ(refused + 1, attribute_count(self->translated, "refused_features_ok"));
	ASSERT_EQ(0, function_open(&function, self->translated));
	EXPECT_EQ(-EOPNOTSUPP, virtio_user_negotiate(&function.virtio, VERSION_1));
	function_close(&function);
	EXPECT_EQ(refused + 2, attribute_count(self->translated, "refused_features_ok"));
}

TEST_F(admission, unsafe_needs_a_capability_to_open)
{
	long refused = attribute_count(self->bypass, "refused_opens");
	bool before = tainted();

	ASSERT_EQ(0, policy_set(self->bypass, "unsafe"));
	EXPECT_EQ(EPERM, in_a_child(open_without_rawio, self->bypass));
	EXPECT_EQ(1, kernel_log_count(self->log,
				      "open refused: policy unsafe needs CAP_SYS_RAWIO"));
	EXPECT_EQ(before, tainted());
	EXPECT_EQ(refused + 1, attribute_count(self->bypass, "refused_opens"));

	/* A function that is good under any policy needs none. */
	ASSERT_EQ(0, policy_set(self->translated, "unsafe"));
	EXPECT_EQ(0, in_a_child(open_without_rawio, self->translated));
	EXPECT_EQ(before, tainted());
}

TEST_F(admission, unsafe_taints_the_kernel_and_says_so)
{
	struct function function;
	uint64_t features;

	if (tainted())
		SKIP(return, "the kernel has this taint already");
	ASSERT_EQ(0, policy_set(self->bypass, "unsafe"));
	EXPECT_FALSE(tainted());
	ASSERT_EQ(0, function_open(&function, self->bypass));
	EXPECT_TRUE(tainted());
	EXPECT_EQ(1, kernel_log_count(self->log, "opened by policy unsafe: verdict bypass"));

	/* It is shown as it is: it bypasses, and needs no ack. */
	EXPECT_TRUE(attribute_is(self->bypass, "view", "raw"));
	ASSERT_EQ(0, virtio_user_device_features(&function.virtio, &features));
	EXPECT_EQ(0, features & ACCESS_PLATFORM);
	EXPECT_EQ(0, virtio_user_negotiate(&function.virtio, VERSION_1));
	function_close(&function);
}

/* The word is wrong here, and so no DMA is asked of it: it is looked at only. */
TEST_F(admission, a_transitional_function_that_is_let_in_looks_modern)
{
	const char *bdf = named_function(_metadata, "CONSOLE_TRANSITIONAL");
	const unsigned int config = VFIO_PCI_CONFIG_REGION_INDEX;
	struct function function;
	uint8_t header[64];
	uint64_t value;

	if (!bdf)
		return;
	ASSERT_EQ(0, policy_set(bdf, "auto"));
	EXPECT_EQ(-EPERM, function_open(&function, bdf));
	ASSERT_EQ(0, policy_set(bdf, "vouched"));
	ASSERT_EQ(0, function_open(&function, bdf));
	EXPECT_TRUE(attribute_is(bdf, "view", "platform"));
	EXPECT_EQ(0x1043, function.virtio.device);

	ASSERT_EQ(0, vfio_user_read(&function.vfio, config, 0, header, sizeof(header)));
	EXPECT_EQ(0x43, header[PCI_DEVICE_ID]);
	EXPECT_EQ(0x10, header[PCI_DEVICE_ID + 1]);
	EXPECT_EQ(1, header[PCI_REVISION_ID]);
	EXPECT_EQ(0x40, header[PCI_SUBSYSTEM_ID]);
	EXPECT_EQ(0, header[PCI_SUBSYSTEM_ID + 1]);

	/* BAR 0 cannot be sized, read or written: it is not there. */
	EXPECT_EQ(0, vfio_user_config_write(&function.vfio, PCI_BASE_ADDRESS_0, 4, 0xffffffff));
	ASSERT_EQ(0, vfio_user_config_read(&function.vfio, PCI_BASE_ADDRESS_0, 4, &value));
	EXPECT_EQ(0, value);
	EXPECT_EQ(0, function.vfio.regions[VFIO_PCI_BAR0_REGION_INDEX].size);
	EXPECT_EQ(-EINVAL, vfio_user_read(&function.vfio, VFIO_PCI_BAR0_REGION_INDEX, 0,
					  header, 4));
	EXPECT_EQ(-EINVAL, vfio_user_write(&function.vfio, VFIO_PCI_BAR0_REGION_INDEX, 0x12,
					   header, 1));

	ASSERT_EQ(0, vfio_user_command(&function.vfio, PCI_COMMAND_MEMORY, 0));
	EXPECT_NE(0, virtio_user_negotiate(&function.virtio, VERSION_1));
	EXPECT_EQ(0, virtio_user_negotiate(&function.virtio, VERSION_1 | ACCESS_PLATFORM));
	function_close(&function);
}

TEST_F(admission, unsafe_opens_a_transitional_function_as_it_is)
{
	const char *bdf = named_function(_metadata, "RNG_TRANSITIONAL");
	struct function function;

	if (!bdf)
		return;
	ASSERT_EQ(0, policy_set(bdf, "unsafe"));
	ASSERT_EQ(0, function_open(&function, bdf));
	EXPECT_TRUE(attribute_is(bdf, "view", "raw"));
	EXPECT_EQ(0x1005, function.virtio.device);
	EXPECT_NE(0, function.vfio.regions[VFIO_PCI_BAR0_REGION_INDEX].size);
	EXPECT_EQ(0, virtio_user_negotiate(&function.virtio, VERSION_1));
	function_close(&function);
}

TEST_HARNESS_MAIN
