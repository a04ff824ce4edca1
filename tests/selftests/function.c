// SPDX-License-Identifier: GPL-2.0
/*
 * function.c - a function as its VFIO user has it, and as sysfs describes it.
 * See function.h; the hardware's side is in witness.c.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/pci_regs.h>

#include "function.h"

#define DRIVER_FOLDER	"/sys/bus/pci/drivers/virtio_fixup_vfio_pci"

static const char *const refusal_files[REFUSALS] = {
	[REFUSED_FEATURES_OK] = "refused_features_ok",
	[REFUSED_DRIVER_OK] = "refused_driver_ok",
	[REFUSED_QUEUE_ENABLE] = "refused_queue_enable",
	[REFUSED_ABSENT_QUEUE] = "refused_absent_queue",
	[REFUSED_LATE_FEATURES] = "refused_late_features",
	[REFUSED_STATUS_CLEAR] = "refused_status_clear",
	[REFUSED_IN_RESET] = "refused_in_reset",
	[REFUSED_PARTIAL] = "refused_partial",
	[REFUSED_UNDECLARED] = "refused_undeclared",
	[REFUSED_WINDOW] = "refused_window",
	[REFUSED_MMAP] = "refused_mmap",
	[REFUSED_REQUEST] = "refused_request",
};

const char *refusal_file(enum refusal refusal)
{
	return refusal_files[refusal];
}

int function_open(struct function *function, const char *bdf)
{
	int ret;

	memset(function, 0, sizeof(*function));
	function->bdf = bdf;
	ret = vfio_user_open(&function->vfio, bdf);
	if (ret)
		return ret;
	ret = virtio_user_init(&function->virtio, &function->vfio);
	if (ret) {
		vfio_user_close(&function->vfio);
		return ret;
	}
	function->is_open = true;
	return refusals_read(bdf, function->refusals);
}

void function_close(struct function *function)
{
	if (function->is_open)
		vfio_user_close(&function->vfio);
	function->is_open = false;
}

int function_map(struct function *function, uint64_t iova, size_t size,
		 struct virtio_user_memory *memory)
{
	memory->address = iova;
	memory->va = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (memory->va == MAP_FAILED)
		return -errno;
	return vfio_user_map(&function->vfio, memory->va, iova, size,
			     VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE);
}

bool is_mappable(const struct vfio_user_region *region, uint64_t offset, uint64_t size)
{
	unsigned int i;

	for (i = 0; i < region->nr_areas; i++)
		if (offset >= region->areas[i].offset &&
		    offset + size <= region->areas[i].offset + region->areas[i].size)
			return true;
	return false;
}

int function_event(struct function *function, unsigned int index, int flags)
{
	struct {
		struct vfio_irq_set set;
		int32_t event;
	} request = {
		.set = {
			.argsz = sizeof(request),
			.flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
			.index = index,
			.count = 1,
		},
		.event = eventfd(0, EFD_CLOEXEC | flags),
	};
	int ret;

	if (request.event < 0)
		return -errno;
	if (!ioctl(function->vfio.device, VFIO_DEVICE_SET_IRQS, &request))
		return request.event;
	ret = -errno;
	close(request.event);
	return ret;
}

int function_go_live(struct function *function, struct virtio_user_queue *queue,
		     struct virtio_user_memory memory)
{
	struct virtio_user *virtio = &function->virtio;
	int ret;

	ret = vfio_user_command(&function->vfio, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	if (!ret)
		ret = virtio_user_negotiate(virtio, VERSION_1 | ACCESS_PLATFORM);
	if (!ret)
		ret = virtio_user_setup_queue(virtio, queue, 0, memory);
	return ret ? ret : virtio_user_driver_ok(virtio);
}

static void attribute_path(char path[PATH_MAX], const char *bdf, const char *name)
{
	snprintf(path, PATH_MAX, "/sys/bus/pci/devices/%s/virtio_fixup/%s", bdf, name);
}

int attribute_read(const char *bdf, const char *name, char *text, size_t size)
{
	char path[PATH_MAX];
	ssize_t length;
	int fd, ret;

	attribute_path(path, bdf, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	length = read(fd, text, size - 1);
	ret = length < 0 ? -errno : 0;
	close(fd);
	if (ret)
		return ret;
	text[length] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return 0;
}

bool attribute_is(const char *bdf, const char *name, const char *text)
{
	char seen[512];
	int ret = attribute_read(bdf, name, seen, sizeof(seen));

	if (!ret && !strcmp(seen, text))
		return true;
	if (ret)
		printf("# %s of %s cannot be read: %s\n", name, bdf, strerror(-ret));
	else
		printf("# %s of %s is '%s', not '%s'\n", name, bdf, seen, text);
	return false;
}

long attribute_count(const char *bdf, const char *name)
{
	char text[64], *end;
	long count;
	int ret;

	ret = attribute_read(bdf, name, text, sizeof(text));
	if (ret)
		return ret;
	count = strtol(text, &end, 10);
	return end == text || *end ? -EPROTO : count;
}

static int write_once(const char *path, const void *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int ret = 0;
	ssize_t done;

	if (fd < 0)
		return -errno;
	done = write(fd, bytes, size);
	if (done < 0)
		ret = -errno;
	else if ((size_t)done != size)
		ret = -EIO;
	close(fd);
	return ret;
}

int attribute_write(const char *bdf, const char *name, const void *bytes, size_t size)
{
	char path[PATH_MAX];

	attribute_path(path, bdf, name);
	return write_once(path, bytes, size);
}

int policy_set(const char *bdf, const char *word)
{
	return attribute_write(bdf, "policy", word, strlen(word));
}

int function_file_write(const char *bdf, const char *name, const char *text)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", bdf, name);
	return write_once(path, text, strlen(text));
}

int driver_file_write(const char *name, const char *text)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), DRIVER_FOLDER "/%s", name);
	return write_once(path, text, strlen(text));
}

bool is_bound(const char *bdf)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), DRIVER_FOLDER "/%s", bdf);
	return !access(path, F_OK);
}

int refusals_read(const char *bdf, long counts[REFUSALS])
{
	unsigned int i;

	for (i = 0; i < REFUSALS; i++) {
		counts[i] = attribute_count(bdf, refusal_files[i]);
		if (counts[i] < 0)
			return counts[i];
	}
	return 0;
}

int kernel_log_open(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (log < 0)
		return -errno;
	if (lseek(log, 0, SEEK_END) < 0) {
		close(log);
		return -EIO;
	}
	return log;
}

/* How many new records are so. */
static int count_records(int log, bool (*is_so)(const char *record, const void *argument),
			 const void *argument)
{
	char record[2048];
	ssize_t length;
	int count = 0;

	for (;;) {
		length = read(log, record, sizeof(record) - 1);
		if (length < 0 && errno == EPIPE)	/* overwritten: go on */
			continue;
		if (length <= 0)
			return count;
		record[length] = '\0';
		count += is_so(record, argument);
	}
}

static bool has_text(const char *record, const void *text)
{
	return strstr(record, text);
}

int kernel_log_count(int log, const char *text)
{
	return count_records(log, has_text, text);
}

static bool has_one_of(const char *record, const char *const *texts)
{
	for (; *texts; texts++)
		if (strstr(record, *texts))
			return true;
	return false;
}

static bool is_alarm(const char *record, const void *unused)
{
	static const char *const alarms[] = {
		"WARNING: ", "BUG: ", "UBSAN: ", "INFO: task ", NULL
	};
	static const char *const known[] = {
		/* vfio_create_group() could not go on */
		"vfio_group_release+",
		/* a group does not get its default domain back */
		"__iommu_release_dma_ownership+",
		NULL
	};

	(void)unused;
	if (!has_one_of(record, alarms) || has_one_of(record, known))
		return false;
	printf("# kernel log: %s\n", record);
	return true;
}

int kernel_log_alarms(int log)
{
	return count_records(log, is_alarm, NULL);
}
