// SPDX-License-Identifier: GPL-2.0
/*
 * removal.c - a function that goes away while its user has it: in good order,
 * through sysfs, and by surprise, as its slot loses power. These functions are
 * gone afterwards, so this is not run with the other selftests: the scenario
 * fixup-surprise does.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sys/mman.h>

#include "fixture.h"

#define PAGE	VIRTIO_USER_PAGE

FIXTURE(removal)
{
	struct function function;
	struct witness witness;
	struct virtio_user_memory ring;
	struct virtio_user_queue queue;
	char folder[PATH_MAX];		/* of the function */
	int event;			/* the kernel asks for the function */
};

/* What its user has done to it before. */
enum manner {
	LIVE,
	MEMORY_OFF,
	ASLEEP,
};

FIXTURE_VARIANT(removal)
{
	const char *word;
	enum manner manner;
};

FIXTURE_VARIANT_ADD(removal, live) { .word = "BLK_TRANSLATED", .manner = LIVE };
FIXTURE_VARIANT_ADD(removal, memory_off) { .word = "RNG_TRANSLATED", .manner = MEMORY_OFF };
FIXTURE_VARIANT_ADD(removal, asleep) { .word = "NET_TRANSLATED", .manner = ASLEEP };

FIXTURE_SETUP(removal)
{
	struct function *f = &self->function;
	char link[PATH_MAX];

	if (!open_function(_metadata, f, &self->witness, variant->word, "auto"))
		return;
	/* Where it really is: the port is the folder above. */
	snprintf(link, sizeof(link), "/sys/bus/pci/devices/%s", f->bdf);
	ASSERT_NE(NULL, realpath(link, self->folder));
	self->event = function_event(f, VFIO_PCI_REQ_IRQ_INDEX, 0);
	ASSERT_LE(0, self->event);
	ASSERT_EQ(0, function_map(f, IOVA, PAGE, &self->ring));
	ASSERT_EQ(0, function_go_live(f, &self->queue, self->ring));
	ASSERT_EQ(1, witness_queues(&self->witness));
	if (variant->manner == MEMORY_OFF)
		ASSERT_EQ(0, vfio_user_command(&f->vfio, 0, PCI_COMMAND_MEMORY));
	if (variant->manner == ASLEEP)
		ASSERT_EQ(0, vfio_user_power_state(&f->vfio, 3));
}

FIXTURE_TEARDOWN(removal)
{
	function_close(&self->function);
	witness_close(&self->witness);
}

static void wait_for_request(struct __test_metadata *const _metadata, int event)
{
	uint64_t asked;

	ASSERT_EQ(sizeof(asked), read(event, &asked, sizeof(asked)));
}

/* The kernel has let go of it; it gets ten seconds, as it may sleep meanwhile. */
static bool is_gone(const char *folder)
{
	unsigned int i;

	for (i = 0; i < 1000 && !access(folder, F_OK); i++)
		usleep(10000);
	return access(folder, F_OK) != 0;
}

static void *remove_by_sysfs(void *bdf)
{
	return (void *)(intptr_t)function_file_write(bdf, "remove", "1");
}

TEST_F_TIMEOUT(removal, in_good_order_waits_for_the_user, 120)
{
	struct function *f = &self->function;
	pthread_t thread;
	uint64_t value;
	void *ret;

	ASSERT_EQ(0, pthread_create(&thread, NULL, remove_by_sysfs, (void *)f->bdf));
	wait_for_request(_metadata, self->event);
	EXPECT_EQ(EBUSY, pthread_tryjoin_np(thread, &ret));
	/* It is all there yet. */
	EXPECT_EQ(0x0f, witness_status(&self->witness));
	EXPECT_EQ(0, vfio_user_config_read(&f->vfio, PCI_VENDOR_ID, 2, &value));
	EXPECT_EQ(0x1af4, value);
	function_close(f);
	ASSERT_EQ(0, pthread_join(thread, &ret));
	EXPECT_EQ(0, (intptr_t)ret);
	EXPECT_TRUE(is_gone(self->folder));
}

/*
 * The slot's power goes off, which takes the function out of QEMU's port, and
 * comes on again, with no interrupt between: pciehp does not act on a slot whose
 * power is off, as it does that itself.
 */
static int power_slot_off(const char *folder)
{
	unsigned int at, turns;
	uint8_t entry[2], first;
	char path[PATH_MAX + 16];
	uint16_t control;
	int fd, ret = -EIO;

	snprintf(path, sizeof(path), "%s/../config", folder);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (pread(fd, &first, 1, PCI_CAPABILITY_LIST) != 1)
		goto close;
	for (at = first, turns = 0; at && turns < 48; at = entry[1], turns++) {
		if (pread(fd, entry, 2, at) != 2)
			goto close;
		if (entry[0] == PCI_CAP_ID_EXP)
			break;
	}
	ret = -ENXIO;
	if (!at || turns == 48)
		goto close;
	at += PCI_EXP_SLTCTL;
	ret = -EIO;
	if (pread(fd, &control, 2, at) != 2)
		goto close;
	control &= ~(PCI_EXP_SLTCTL_HPIE | PCI_EXP_SLTCTL_PIC);
	control |= PCI_EXP_SLTCTL_PCC | PCI_EXP_SLTCTL_PWR_IND_OFF;
	if (pwrite(fd, &control, 2, at) != 2)
		goto close;
	control &= ~(PCI_EXP_SLTCTL_PCC | PCI_EXP_SLTCTL_PIC);
	control |= PCI_EXP_SLTCTL_HPIE | PCI_EXP_SLTCTL_PWR_IND_ON;
	if (pwrite(fd, &control, 2, at) == 2)
		ret = 0;
close:
	close(fd);
	return ret;
}

/* What a bus gives that nobody answers on: all ones, or 0 where it is QEMU's. */
static bool is_nothing(uint64_t value, unsigned int width)
{
	return !value || value == ~0ULL >> (64 - 8 * width);
}

/* Nothing or an error of memory, and all ones of what the driver answers itself. */
static void expect_absent(struct __test_metadata *const _metadata, struct function *f)
{
	const struct virtio_user *virtio = &f->virtio;
	const unsigned int images[] = {
		PCI_VENDOR_ID, PCI_CLASS_REVISION, PCI_SUBSYSTEM_VENDOR_ID,
		virtio->common.config_offset, virtio->notify.config_offset,
	};
	uint8_t all[256], identity[4];
	uint64_t value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(images); i++) {
		EXPECT_EQ(0, vfio_user_config_read(&f->vfio, images[i], 4, &value));
		EXPECT_EQ(0xffffffff, value) {
			TH_LOG("configuration space at 0x%x", images[i]);
		}
	}
	memset(identity, 0xff, sizeof(identity));
	if (!vfio_user_read(&f->vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, all,
			    sizeof(all)))
		EXPECT_EQ(0, memcmp(all, identity, sizeof(identity)));
	if (!virtio_user_read_common(&f->virtio, VIRTIO_PCI_COMMON_STATUS, 1, &value))
		EXPECT_TRUE(is_nothing(value, 1));
	if (!virtio_user_read_common(&f->virtio, VIRTIO_PCI_COMMON_NUMQ, 2, &value))
		EXPECT_TRUE(is_nothing(value, 2));
	if (!virtio_user_read_config(&f->virtio, 0, 4, &value))
		EXPECT_TRUE(is_nothing(value, 4));
	if (!virtio_user_window_read(&f->virtio, virtio->config.bar, virtio->config.offset, 4,
				     &value))
		EXPECT_TRUE(is_nothing(value, 4));
}

TEST_F_TIMEOUT(removal, by_surprise_leaves_the_user_with_nothing, 120)
{
	struct function *f = &self->function;
	void *mapped = NULL;

	if (variant->manner == LIVE) {
		ASSERT_EQ(0, vfio_user_mmap(&f->vfio, f->virtio.config.bar,
					    f->virtio.config.offset, PAGE, &mapped));
		EXPECT_FALSE(is_nothing(*(volatile uint32_t *)mapped, 4));
	}
	ASSERT_EQ(0, power_slot_off(self->folder)) {
		TH_LOG("no slot whose power can be switched above %s", self->folder);
	}
	wait_for_request(_metadata, self->event);
	expect_absent(_metadata, f);
	if (mapped) {
		EXPECT_TRUE(is_nothing(*(volatile uint32_t *)mapped, 4));
		*(volatile uint32_t *)mapped = 0;
		vfio_user_munmap(mapped, PAGE);
	}

	/* Whatever it tries is over soon, and changes nothing. */
	EXPECT_NE(0, virtio_user_negotiate(&f->virtio, VERSION_1 | ACCESS_PLATFORM));
	virtio_user_write_common(&f->virtio, VIRTIO_PCI_COMMON_STATUS, 1, 0x0f);
	virtio_user_window_write(&f->virtio, f->virtio.common.bar,
				 f->virtio.common.offset + VIRTIO_PCI_COMMON_STATUS, 1, 0x0f);
	vfio_user_command(&f->vfio, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	vfio_user_reset(&f->vfio);
	vfio_user_flr(&f->vfio);
	vfio_user_power_state(&f->vfio, 0);
	expect_absent(_metadata, f);
	EXPECT_EQ(0, vfio_user_unmap(&f->vfio, IOVA, PAGE));

	function_close(f);
	EXPECT_TRUE(is_gone(self->folder));
}

TEST_HARNESS_MAIN
