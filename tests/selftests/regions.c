// SPDX-License-Identifier: GPL-2.0
/*
 * regions.c - what a VFIO user may map, what it is told of each region, and
 * which requests there are: only what is known to be safe.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#include "fixture.h"

#define PAGE	4096UL
/* VFIO_DEVICE_FEATURE_MIG_PRECOPY_INFOv2, which the headers may not have yet. */
#define PRECOPY_INFO_V2	12

FIXTURE(regions)
{
	struct function function;
	struct witness witness;
	unsigned int bar;		/* with the common configuration */
	struct vfio_user_region *region;
	uint64_t common_page;
};

FIXTURE_SETUP(regions)
{
	struct function *f = &self->function;

	if (!open_function(_metadata, f, &self->witness, "BLK_TRANSLATED", "auto"))
		return;
	self->bar = f->virtio.common.bar;
	self->region = &f->vfio.regions[self->bar];
	self->common_page = f->virtio.common.offset & ~(PAGE - 1);
}

FIXTURE_TEARDOWN(regions)
{
	close_function(_metadata, &self->function, &self->witness);
}

/* 0, with the page unmapped again, or what mmap(2) said. */
static int try_map(struct function *function, off_t offset, size_t size, int protection,
		   int flags)
{
	void *va = mmap(NULL, size, protection, flags, function->vfio.device, offset);

	if (va == MAP_FAILED)
		return -errno;
	munmap(va, size);
	return 0;
}

static int map_shared(struct function *function, off_t offset, size_t size)
{
	return try_map(function, offset, size, PROT_READ | PROT_WRITE, MAP_SHARED);
}

TEST_F(regions, sparse_areas_leave_out_the_page_of_the_common_configuration)
{
	struct vfio_user_region *region;
	unsigned int index, i;

	EXPECT_TRUE(self->region->sparse);
	EXPECT_LT(0, self->region->nr_areas);
	for (index = 0; index <= VFIO_PCI_BAR5_REGION_INDEX; index++) {
		region = &self->function.vfio.regions[index];
		EXPECT_EQ(!!(region->flags & VFIO_REGION_INFO_FLAG_MMAP), region->sparse);
		for (i = 0; i < region->nr_areas; i++) {
			const struct vfio_user_area *area = &region->areas[i];

			EXPECT_EQ(0, area->offset % PAGE);
			EXPECT_EQ(0, area->size % PAGE);
			EXPECT_LT(0, area->size);
			EXPECT_LE(area->offset + area->size, region->size);
			EXPECT_TRUE(index != self->bar ||
				    area->offset + area->size <= self->common_page ||
				    area->offset >= self->common_page + PAGE);
		}
	}
}

/* No trap on the data path, where no page is shared. */
TEST_F(regions, notification_isr_and_device_configuration_are_mappable)
{
	const struct virtio_user *virtio = &self->function.virtio;

	EXPECT_TRUE(is_mappable(&self->function.vfio.regions[virtio->notify.bar],
				virtio->notify.offset, virtio->notify.length));
	EXPECT_TRUE(is_mappable(&self->function.vfio.regions[virtio->isr.bar],
				virtio->isr.offset, virtio->isr.length));
	EXPECT_TRUE(is_mappable(&self->function.vfio.regions[virtio->config.bar],
				virtio->config.offset, virtio->config.length));
}

TEST_F(regions, region_information_is_complete)
{
	struct function *f = &self->function;
	struct vfio_user_region region;
	static const uint32_t none[] = { 8, 10, 64, 0x7fffffff, 0x80000004, 0xffffffff };
	unsigned int i;

	/* BAR 0 would be the legacy interface; BAR 5 is the upper half of BAR 4. */
	EXPECT_EQ(0, f->vfio.regions[VFIO_PCI_BAR0_REGION_INDEX].size);
	EXPECT_EQ(0, f->vfio.regions[VFIO_PCI_BAR5_REGION_INDEX].size);
	EXPECT_EQ(0, f->vfio.regions[VFIO_PCI_BAR5_REGION_INDEX].flags);

	EXPECT_EQ(4096, f->vfio.regions[VFIO_PCI_CONFIG_REGION_INDEX].size);
	EXPECT_EQ(VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE,
		  f->vfio.regions[VFIO_PCI_CONFIG_REGION_INDEX].flags);
	EXPECT_EQ(0, f->vfio.regions[VFIO_PCI_ROM_REGION_INDEX].flags &
		  VFIO_REGION_INFO_FLAG_MMAP);
	for (i = 0; i < ARRAY_SIZE(none); i++)
		EXPECT_EQ(-EINVAL, vfio_user_region_info(&f->vfio, none[i], &region));
}

TEST_F(regions, region_information_fits_the_room_it_is_given)
{
	struct vfio_region_info info = { .argsz = sizeof(info), .index = self->bar };
	uint8_t room[512];

	ASSERT_EQ(0, ioctl(self->function.vfio.device, VFIO_DEVICE_GET_REGION_INFO, &info));
	EXPECT_LT(sizeof(info), info.argsz);
	EXPECT_EQ(0, info.cap_offset);
	EXPECT_NE(0, info.flags & VFIO_REGION_INFO_FLAG_CAPS);

	/* A byte too few: still no capabilities, and nothing written behind. */
	memset(room, 0xa5, sizeof(room));
	memset(room, 0, sizeof(info));
	((struct vfio_region_info *)room)->argsz = info.argsz - 1;
	((struct vfio_region_info *)room)->index = self->bar;
	ASSERT_EQ(0, ioctl(self->function.vfio.device, VFIO_DEVICE_GET_REGION_INFO, room));
	EXPECT_EQ(0, ((struct vfio_region_info *)room)->cap_offset);
	EXPECT_EQ(0xa5, room[sizeof(info)]);

	info.argsz = 8;
	EXPECT_EQ(-1, ioctl(self->function.vfio.device, VFIO_DEVICE_GET_REGION_INFO, &info));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, ioctl(self->function.vfio.device, VFIO_DEVICE_GET_REGION_INFO, 8));
	EXPECT_EQ(EFAULT, errno);
}

TEST_F(regions, every_range_with_that_page_is_refused)
{
	uint64_t pages = self->region->size / PAGE, first, count, offset;
	unsigned int mapped = 0;
	int wanted;

	for (first = 0; first <= pages; first++) {
		for (count = 1; count <= pages + 2; count++) {
			offset = self->region->offset + first * PAGE;
			wanted = is_mappable(self->region, first * PAGE, count * PAGE) ?
				 0 : -EINVAL;
			EXPECT_EQ(wanted, map_shared(&self->function, offset, count * PAGE)) {
				TH_LOG("%llu pages from page %llu", (unsigned long long)count,
				       (unsigned long long)first);
			}
			mapped += !wanted;
		}
	}
	EXPECT_LT(0, mapped);
}

TEST_F(regions, no_other_way_to_map_it_is_taken)
{
	const off_t at = self->region->offset + self->common_page;
	struct function *f = &self->function;

	EXPECT_EQ(-EINVAL, try_map(f, at, PAGE, PROT_READ, MAP_SHARED));
	EXPECT_EQ(-EINVAL, try_map(f, at, PAGE, PROT_NONE, MAP_SHARED));
	EXPECT_EQ(-EINVAL, try_map(f, at, PAGE, PROT_READ, MAP_PRIVATE));
	EXPECT_EQ(-EINVAL, try_map(f, at, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE));
	EXPECT_EQ(-EINVAL, try_map(f, at, 1, PROT_READ, MAP_SHARED));
	/* From the region before into it, and from it into the one behind. */
	EXPECT_EQ(-EINVAL, map_shared(f, self->region->offset - PAGE, 2 * PAGE));
	EXPECT_EQ(-EINVAL, map_shared(f, self->region->offset - PAGE, PAGE));
	EXPECT_EQ(-EINVAL, map_shared(f, self->region->offset + self->region->size - PAGE,
				      2 * PAGE));
	EXPECT_EQ(-EINVAL, map_shared(f, self->region->offset + self->region->size, PAGE));
	EXPECT_EQ(-EINVAL, map_shared(f, self->region->offset + (1ULL << 39), PAGE));
}

TEST_F(regions, other_regions_cannot_be_mapped)
{
	static const unsigned int indices[] = {
		VFIO_PCI_BAR0_REGION_INDEX, VFIO_PCI_BAR2_REGION_INDEX,
		VFIO_PCI_BAR5_REGION_INDEX, VFIO_PCI_ROM_REGION_INDEX,
		VFIO_PCI_CONFIG_REGION_INDEX, VFIO_PCI_VGA_REGION_INDEX, 9, 15, 255, 0x100004,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(indices); i++)
		EXPECT_EQ(-EINVAL, map_shared(&self->function, (off_t)indices[i] << 40, PAGE));
}

/* A mapping that is there does not become one of something else. */
TEST_F(regions, a_mapping_does_not_grow_or_move_over_the_page)
{
	const struct vfio_user_area *area = &self->region->areas[0];
	void *va, *grown;

	ASSERT_EQ(0, vfio_user_mmap(&self->function.vfio, self->bar, area->offset, PAGE, &va));
	grown = mremap(va, PAGE, area->size + PAGE, MREMAP_MAYMOVE);
	EXPECT_EQ(MAP_FAILED, grown);
	/* Linux emulates this call by another mmap of the same file. */
	EXPECT_EQ(-1, remap_file_pages(va, PAGE, 0,
				       (self->region->offset + self->common_page) / PAGE, 0));
	vfio_user_munmap(va, PAGE);
}

TEST_F(regions, what_is_mapped_reads_as_what_is_read)
{
	const struct virtio_user *virtio = &self->function.virtio;
	const volatile uint8_t *mapped;
	uint8_t seen[64];
	unsigned int i;
	void *va;

	ASSERT_EQ(0, vfio_user_mmap(&self->function.vfio, virtio->config.bar,
				    virtio->config.offset, PAGE, &va));
	mapped = va;
	/* Byte by byte: what a wider access past the last field gives is the device's. */
	for (i = 0; i < sizeof(seen); i++) {
		ASSERT_EQ(0, vfio_user_read(&self->function.vfio, virtio->config.bar,
					    virtio->config.offset + i, &seen[i], 1));
		EXPECT_EQ(seen[i], mapped[i]);
	}
	vfio_user_munmap(va, PAGE);

	ASSERT_EQ(0, vfio_user_mmap(&self->function.vfio, virtio->isr.bar,
				    virtio->isr.offset, PAGE, &va));
	mapped = va;
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, virtio->isr.bar,
				    virtio->isr.offset, seen, 1));
	EXPECT_EQ(seen[0], mapped[0]);
	vfio_user_munmap(va, PAGE);
}

TEST_F(regions, the_whole_bar_in_one_read_agrees)
{
	const struct virtio_user *virtio = &self->function.virtio;
	uint8_t *all = malloc(self->region->size), seen[64];
	unsigned int i;

	ASSERT_NE(NULL, all);
	ASSERT_EQ(0, virtio_user_write_driver_features(&self->function.virtio, 0x123456789));
	memset(all, 0xa5, self->region->size);
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, self->bar, 0, all,
				    self->region->size));
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, self->bar, virtio->common.offset,
				    seen, sizeof(seen)));
	EXPECT_EQ(0, memcmp(all + virtio->common.offset, seen, sizeof(seen)));
	for (i = sizeof(seen); i < virtio->common.length; i++)
		EXPECT_EQ(0, all[virtio->common.offset + i]);
	ASSERT_EQ(self->bar, virtio->config.bar);
	ASSERT_EQ(0, vfio_user_read(&self->function.vfio, self->bar, virtio->config.offset,
				    seen, 32));
	EXPECT_EQ(0, memcmp(all + virtio->config.offset, seen, 32));
	free(all);
}

/* What the kernel does to a user that reads where memory decoding is off. */
TEST_F(regions, a_mapping_is_revoked_with_memory_decoding)
{
	const struct virtio_user *virtio = &self->function.virtio;
	int status;
	pid_t child;
	void *va;

	ASSERT_EQ(0, vfio_user_mmap(&self->function.vfio, virtio->config.bar,
				    virtio->config.offset, PAGE, &va));
	ASSERT_EQ(0, vfio_user_command(&self->function.vfio, 0, PCI_COMMAND_MEMORY));
	child = fork();
	ASSERT_LE(0, child);
	if (!child)
		_exit(*(volatile uint8_t *)va);
	ASSERT_EQ(child, waitpid(child, &status, 0));
	EXPECT_TRUE(WIFSIGNALED(status));
	EXPECT_EQ(SIGBUS, WTERMSIG(status));
}

TEST_F(regions, ioeventfds_are_refused)
{
	const unsigned int bars[] = { self->bar, 1, 0, VFIO_PCI_CONFIG_REGION_INDEX };
	unsigned int i, width, offset;
	int event = eventfd(0, EFD_CLOEXEC);

	ASSERT_LE(0, event);
	for (i = 0; i < ARRAY_SIZE(bars); i++) {
		for (width = 1; width <= 8; width *= 2) {
			for (offset = 0; offset < 0x4000; offset += offset < 0x40 ? width : 0x400) {
				EXPECT_EQ(-ENOTTY, vfio_user_ioeventfd(&self->function.vfio,
								       bars[i], offset, width,
								       0x0f, event));
				EXPECT_EQ(-ENOTTY, vfio_user_ioeventfd(&self->function.vfio,
								       bars[i], offset, width,
								       0x0f, -1));
			}
		}
	}
	close(event);
}

TEST_F(regions, unknown_requests_are_refused)
{
	uint8_t argument[256] = { 0 };
	unsigned int number;

	for (number = 0; number < 200; number++) {
		if (number >= 107 && number <= 113)	/* VFIO_DEVICE_GET_INFO to PCI_HOT_RESET */
			continue;
		if (number == 117)	/* VFIO_DEVICE_FEATURE has its own test */
			continue;
		/* VFIO's own, of character devices: BIND, ATTACH and DETACH */
		if (self->function.vfio.cdev && number >= 118 && number <= 120)
			continue;
		*(uint32_t *)argument = sizeof(argument);
		errno = 0;
		EXPECT_EQ(-1, ioctl(self->function.vfio.device, _IO(VFIO_TYPE, number),
				    argument));
		/* Nor do these reach the driver where VFIO knows them, and a group is used. */
		if (number >= 118 && number <= 120 && errno == EINVAL)
			continue;
		EXPECT_EQ(ENOTTY, errno) {
			TH_LOG("request %u", number);
		}
	}
}

TEST_F(regions, only_power_management_is_a_device_feature)
{
	static const uint32_t ways[] = {
		VFIO_DEVICE_FEATURE_GET, VFIO_DEVICE_FEATURE_SET,
		VFIO_DEVICE_FEATURE_PROBE | VFIO_DEVICE_FEATURE_GET,
		VFIO_DEVICE_FEATURE_PROBE | VFIO_DEVICE_FEATURE_SET,
	};
	uint64_t room[64];
	struct vfio_device_feature *feature = (void *)room;
	unsigned int number, i, probe;
	int ret;

	for (number = 0; number <= 40; number++) {
		bool power = number >= VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY &&
			     number <= VFIO_DEVICE_FEATURE_LOW_POWER_EXIT;

		for (i = 0; i < ARRAY_SIZE(ways); i++) {
			probe = ways[i] & VFIO_DEVICE_FEATURE_PROBE;
			if (power && !probe)
				continue;
			memset(room, 0, sizeof(room));
			feature->argsz = sizeof(room);
			feature->flags = number | ways[i];
			errno = 0;
			ret = ioctl(self->function.vfio.device, VFIO_DEVICE_FEATURE, feature);
			if (power && ways[i] & VFIO_DEVICE_FEATURE_SET) {
				EXPECT_EQ(0, ret);
			} else if (power) {
				EXPECT_EQ(-1, ret);
			} else {
				EXPECT_EQ(-1, ret);
				/* Newer VFIO refuses this one before it asks the driver. */
				if (number == PRECOPY_INFO_V2 && errno == EINVAL)
					continue;
				EXPECT_EQ(ENOTTY, errno) {
					TH_LOG("feature %u, flags 0x%x", number, ways[i]);
				}
			}
		}
	}
}

TEST_F(regions, accesses_end_where_the_region_ends)
{
	const off_t end = self->region->offset + self->region->size;
	int fd = self->function.vfio.device;
	uint8_t bytes[64];
	void *volatile nowhere = (void *)8;

	EXPECT_EQ(16, pread(fd, bytes, sizeof(bytes), end - 16));
	EXPECT_EQ(-1, pread(fd, bytes, 1, end));
	EXPECT_EQ(-1, pread(fd, bytes, 1, end + (1 << 20)));
	EXPECT_EQ(-1, pwrite(fd, bytes, 1, end));
	EXPECT_EQ(0, pread(fd, bytes, 0, self->region->offset));
	/* Regions that are not there. */
	EXPECT_EQ(-1, pread(fd, bytes, 4, (off_t)VFIO_PCI_BAR0_REGION_INDEX << 40));
	EXPECT_EQ(-1, pread(fd, bytes, 4, (off_t)VFIO_PCI_VGA_REGION_INDEX << 40));
	EXPECT_EQ(-1, pread(fd, bytes, 4, (off_t)10 << 40));
	EXPECT_EQ(-1, pwrite(fd, bytes, 4, (off_t)10 << 40));
	EXPECT_EQ(-1, pread(fd, bytes, 4, (off_t)0x10004 << 40));
	EXPECT_EQ(-1, pread(fd, nowhere, 4,
			    self->region->offset + self->common_page));
	EXPECT_EQ(EFAULT, errno);
}

static void expect_unreachable(struct __test_metadata *const _metadata,
			       struct function *f, struct witness *witness)
{
	uint64_t value;

	EXPECT_EQ(-EIO, virtio_user_read_common(&f->virtio, 0, 4, &value));
	EXPECT_EQ(-EIO, virtio_user_read_common(&f->virtio, 0x3f, 1, &value));
	EXPECT_EQ(-EIO, virtio_user_write_common(&f->virtio, VIRTIO_PCI_COMMON_STATUS, 1,
						 ACKNOWLEDGE));
	EXPECT_EQ(-EIO, virtio_user_read_config(&f->virtio, 0, 4, &value));
	EXPECT_EQ(0, witness_status(witness));
}

TEST_F(regions, memory_that_is_not_decoded_is_an_error)
{
	struct function *f = &self->function;

	ASSERT_EQ(0, vfio_user_command(&f->vfio, 0, PCI_COMMAND_MEMORY));
	expect_unreachable(_metadata, f, &self->witness);
	ASSERT_EQ(0, vfio_user_command(&f->vfio, PCI_COMMAND_MEMORY, 0));
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_STATUS, 1));
	expect_no_refusal(_metadata, f);
}

TEST_F(regions, memory_of_a_sleeping_function_is_an_error)
{
	struct function *f = &self->function;

	ASSERT_EQ(0, vfio_user_power_state(&f->vfio, 3));
	expect_unreachable(_metadata, f, &self->witness);
	ASSERT_EQ(0, vfio_user_power_state(&f->vfio, 0));
	EXPECT_EQ(0, get(_metadata, f, VIRTIO_PCI_COMMON_STATUS, 1));
	expect_no_refusal(_metadata, f);
}

TEST_HARNESS_MAIN
