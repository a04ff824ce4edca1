// SPDX-License-Identifier: GPL-2.0
/*
 * refusals.c - what a door refuses is counted once, in the counter of its kind
 * and in no other, and traced once; and a user that floods makes no flood of uevents.
 * The register file's own kinds are counted in registers.c and window.c, each where it
 * is refused.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <linux/netlink.h>

#include "fixture.h"

#define TRACING		"/sys/kernel/tracing/"
#define WINDOW_DATA	16

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC), ret;

	if (fd < 0)
		return -errno;
	ret = write(fd, text, strlen(text)) < 0 ? -errno : 0;
	close(fd);
	return ret;
}

/* Lines of the trace that have this rule and place. */
static int traced(const char *bdf, const char *rule, unsigned long long where)
{
	char line[512], wanted[128];
	int count = 0;
	FILE *trace = fopen(TRACING "trace", "r");

	if (!trace)
		return -errno;
	snprintf(wanted, sizeof(wanted), "%s rule=%s offset=0x%llx ", bdf, rule, where);
	while (fgets(line, sizeof(line), trace))
		if (strstr(line, wanted))
			count++;
	fclose(trace);
	return count;
}

FIXTURE(refusals)
{
	struct function function;
	struct witness witness;
	unsigned int window;
	uint8_t bar;
};

FIXTURE_SETUP(refusals)
{
	struct stat status;

	if (!open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED",
			   "auto"))
		return;
	self->window = self->function.virtio.pci_cfg.config_offset;
	self->bar = self->function.virtio.common.bar;
	if (stat(TRACING "trace", &status))
		ASSERT_EQ(0, mount("none", TRACING, "tracefs", 0, NULL));
	ASSERT_EQ(0, write_file(TRACING "events/virtio_fixup/virtio_fixup_refused/enable", "1"));
	ASSERT_EQ(0, write_file(TRACING "trace", ""));
}

FIXTURE_TEARDOWN(refusals)
{
	write_file(TRACING "events/virtio_fixup/virtio_fixup_refused/enable", "0");
	close_function(_metadata, &self->function, &self->witness);
}

/* Between the MSI-X table and its PBA; BAR 4 of QEMU's has no gap. */
TEST_F(refusals, undeclared_bytes_of_a_bar)
{
	struct function *f = &self->function;
	uint64_t value;

	ASSERT_EQ(0, vfio_user_read_le(&f->vfio, 1, 0, 4, &value));
	expect_no_refusal(_metadata, f);
	ASSERT_EQ(0, vfio_user_read_le(&f->vfio, 1, 0x400, 4, &value));
	EXPECT_EQ(0, value);
	expect_refusals(_metadata, f, REFUSED_UNDECLARED, 1);
	EXPECT_EQ(1, traced(f->bdf, "undeclared", 0x400));
	ASSERT_EQ(0, vfio_user_write_le(&f->vfio, 1, 0x500, 4, 1));
	expect_refusals(_metadata, f, REFUSED_UNDECLARED, 1);
	EXPECT_EQ(1, traced(f->bdf, "undeclared", 0x500));
}

static void aim(struct __test_metadata *const _metadata, struct function *f,
		uint8_t bar, uint32_t offset, uint32_t length)
{
	unsigned int at = f->virtio.pci_cfg.config_offset;

	ASSERT_EQ(0, vfio_user_config_write(&f->vfio, at + VIRTIO_PCI_CAP_BAR, 1, bar));
	ASSERT_EQ(0, vfio_user_config_write(&f->vfio, at + VIRTIO_PCI_CAP_OFFSET, 4, offset));
	ASSERT_EQ(0, vfio_user_config_write(&f->vfio, at + VIRTIO_PCI_CAP_LENGTH, 4, length));
}

TEST_F(refusals, a_window_aimed_at_what_it_may_not_reach)
{
	struct function *f = &self->function;
	unsigned int data = self->window + WINDOW_DATA;
	static const struct { uint8_t bar; uint32_t offset, length; } aims[] = {
		{ 1, 0, 4 },		/* the MSI-X table */
		{ 1, 0x400, 4 },	/* undeclared */
		{ 4, 2, 4 },		/* misaligned */
		{ 4, 0, 3 },
		{ 9, 0, 4 },		/* no BAR */
	};
	uint8_t large[24];
	uint64_t value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(aims); i++) {
		aim(_metadata, f, aims[i].bar, aims[i].offset, aims[i].length);
		expect_no_refusal(_metadata, f);
		ASSERT_EQ(0, vfio_user_config_read(&f->vfio, data, 4, &value));
		EXPECT_EQ(0, value);
		expect_refusals(_metadata, f, REFUSED_WINDOW, 1);
		ASSERT_EQ(0, vfio_user_config_write(&f->vfio, data, 4, 1));
		expect_refusals(_metadata, f, REFUSED_WINDOW, 1);
		EXPECT_LE(2, traced(f->bdf, "window", aims[i].offset));
		/* A read that only comes across it is no access, and no attempt. */
		ASSERT_EQ(0, vfio_user_read(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, data - 8,
					    large, sizeof(large)));
		expect_no_refusal(_metadata, f);
	}
	/* It points nowhere, as at the start: lspci may read it. */
	aim(_metadata, f, 0, 0, 0);
	ASSERT_EQ(0, vfio_user_config_read(&f->vfio, data, 4, &value));
	expect_no_refusal(_metadata, f);
}

TEST_F(refusals, mappings_of_what_may_not_be_mapped)
{
	struct function *f = &self->function;
	void *va;

	EXPECT_EQ(-EINVAL, vfio_user_mmap(&f->vfio, self->bar, 0, 0x1000, &va));
	expect_refusals(_metadata, f, REFUSED_MMAP, 1);
	EXPECT_EQ(1, traced(f->bdf, "mmap", 0));
	EXPECT_EQ(-EINVAL, vfio_user_mmap(&f->vfio, self->bar, 0, 0x4000, &va));
	expect_refusals(_metadata, f, REFUSED_MMAP, 1);
	EXPECT_EQ(-EINVAL, vfio_user_mmap(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, 0x1000,
					  &va));
	expect_refusals(_metadata, f, REFUSED_MMAP, 1);
	/* What may be is not counted. */
	ASSERT_EQ(0, vfio_user_mmap(&f->vfio, self->bar, f->virtio.notify.offset, 0x1000, &va));
	ASSERT_EQ(0, vfio_user_munmap(va, 0x1000));
	expect_no_refusal(_metadata, f);
}

TEST_F(refusals, requests_that_are_not_on_the_list)
{
	struct vfio_device_feature feature = {
		.argsz = sizeof(feature),
		.flags = VFIO_DEVICE_FEATURE_GET | 0x7ff0,
	};
	struct function *f = &self->function;
	struct vfio_device_info info = { .argsz = sizeof(info) };

	EXPECT_EQ(-ENOTTY, vfio_user_ioeventfd(&f->vfio, self->bar, 0x3000, 2, 0, -1));
	expect_refusals(_metadata, f, REFUSED_REQUEST, 1);
	EXPECT_EQ(1, traced(f->bdf, "request", VFIO_DEVICE_IOEVENTFD));
	EXPECT_EQ(-1, ioctl(f->vfio.device, VFIO_DEVICE_FEATURE, &feature));
	EXPECT_EQ(ENOTTY, errno);
	expect_refusals(_metadata, f, REFUSED_REQUEST, 1);
	EXPECT_EQ(1, traced(f->bdf, "request", 0x7ff0));
	EXPECT_EQ(0, ioctl(f->vfio.device, VFIO_DEVICE_GET_INFO, &info));
	expect_no_refusal(_metadata, f);
}

static int listen_to_uevents(void)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&kernel, sizeof(kernel))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Does a uevent, which is texts one behind the other, have this one? */
static bool has_text(const char *uevent, ssize_t size, const char *text)
{
	const char *at;

	for (at = uevent; at < uevent + size; at += strlen(at) + 1)
		if (!strcmp(at, text))
			return true;
	return false;
}

/* How many uevents of the driver's came for this function until now. */
static int uevents(int fd, const char *bdf, const char *text)
{
	char uevent[4096], slot[64];
	ssize_t size;
	int count = 0;

	snprintf(slot, sizeof(slot), "PCI_SLOT_NAME=%s", bdf);
	while ((size = recv(fd, uevent, sizeof(uevent) - 1, 0)) > 0) {
		uevent[size] = '\0';
		if (has_text(uevent, size, slot) && has_text(uevent, size, text))
			count++;
	}
	return errno == EAGAIN ? count : -errno;
}

#define FLOOD	500

static void flood(struct __test_metadata *const _metadata, struct function *f)
{
	uint64_t value;
	int i;

	for (i = 0; i < FLOOD; i++)
		ASSERT_EQ(0, vfio_user_read_le(&f->vfio, 1, 0x400, 4, &value));
}

TEST_F(refusals, a_flood_is_one_uevent_an_open)
{
	struct function *f = &self->function;
	const char *bdf = f->bdf;
	int fd;

	function_close(f);
	/* Of a function that was opened ten times in five seconds, no open is told. */
	sleep(6);
	fd = listen_to_uevents();
	ASSERT_LE(0, fd);
	ASSERT_EQ(0, function_open(f, bdf));
	EXPECT_EQ(1, uevents(fd, bdf, "VFIO_VIRTIO_FIXUP=open"));
	ASSERT_EQ(0, vfio_user_command(&f->vfio, PCI_COMMAND_MEMORY, 0));
	expect_no_refusal(_metadata, f);
	flood(_metadata, f);
	EXPECT_EQ(1, uevents(fd, bdf, "VFIO_VIRTIO_FIXUP_REFUSAL=undeclared"));
	expect_refusals(_metadata, f, REFUSED_UNDECLARED, FLOOD);
	function_close(f);

	ASSERT_EQ(0, function_open(f, bdf));
	ASSERT_EQ(0, vfio_user_command(&f->vfio, PCI_COMMAND_MEMORY, 0));
	flood(_metadata, f);
	EXPECT_EQ(1, uevents(fd, bdf, "VFIO_VIRTIO_FIXUP_REFUSAL=undeclared"));
	function_close(f);
	close(fd);

	ASSERT_EQ(0, function_open(f, bdf));
}

#define OPENS		40
#define OPENS_TOLD	10	/* in WINDOW_SECONDS; see event.c */
#define WINDOW_SECONDS	5
#define PATIENCE	60	/* seconds; ticks may be lost, and so a window is long */

/* So many opens that the policy refuses. Return: how many were told. */
static int refused_opens(struct __test_metadata *const _metadata, struct function *f, int fd,
			 unsigned int opens)
{
	const char *bdf = f->bdf;

	while (opens--)
		EXPECT_EQ(-EPERM, function_open(f, bdf));
	return uevents(fd, bdf, "VFIO_VIRTIO_FIXUP_ERROR=-1");
}

TEST_F(refusals, ten_opens_in_five_seconds_are_told)
{
	struct function *f = &self->function;
	const char *bdf = f->bdf;
	struct timespec from, to;
	unsigned int waited = 0;
	long refused, told = 0;
	int fd;

	function_close(f);
	ASSERT_EQ(0, policy_set(bdf, "deny"));
	fd = listen_to_uevents();
	ASSERT_LE(0, fd);
	/* No open is told any more, and then one is: it is the first of its five seconds. */
	refused_opens(_metadata, f, fd, OPENS);
	while (!told && waited++ < PATIENCE) {
		sleep(1);
		told = refused_opens(_metadata, f, fd, 1);
	}
	ASSERT_EQ(1, told);
	clock_gettime(CLOCK_MONOTONIC, &from);
	refused = attribute_count(bdf, "refused_opens");
	told += refused_opens(_metadata, f, fd, OPENS);
	clock_gettime(CLOCK_MONOTONIC, &to);
	TH_LOG("%d opens were refused, and %ld of them told", OPENS + 1, told);
	/* On a machine that is very slow, the next five seconds begin. */
	if (to.tv_sec - from.tv_sec < WINDOW_SECONDS - 1)
		EXPECT_EQ(OPENS_TOLD, told);
	EXPECT_LE(OPENS_TOLD, told);
	EXPECT_GE(OPENS_TOLD * (2 + (to.tv_sec - from.tv_sec) / WINDOW_SECONDS), told);
	/* The counter has them all. */
	EXPECT_EQ(refused + OPENS, attribute_count(bdf, "refused_opens"));
	close(fd);

	ASSERT_EQ(0, policy_set(bdf, "auto"));
	ASSERT_EQ(0, function_open(f, bdf));
}

TEST_HARNESS_MAIN
