// SPDX-License-Identifier: GPL-2.0
/*
 * dma-canary - does a function write to memory that nobody mapped for it?
 *
 * usage: dma-canary 0000:01:00.0
 *
 * Opens the function through VFIO, maps nothing, and asks the device with
 * physical addresses for data (virtio-blk: sector 1; virtio-rng: 64 bytes).
 * Behind an IOMMU that governs the device nothing can happen. If the page with
 * that physical address changes, the device goes round the IOMMU.
 *
 * The victim page and the rings are our own, locked in memory, so a bypassing
 * device overwrites nothing but ours.
 *
 * Exit: 0 memory untouched, 10 overwritten, 3 opening the function was refused,
 * 1 the question could not be asked.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <linux/pci_regs.h>
#include <linux/virtio_ids.h>

#include "../lib/physical_pages.h"
#include "../lib/vfio_user.h"
#include "../lib/virtio_user.h"

#define EXIT_UNTOUCHED		0
#define EXIT_FAILED		1
#define EXIT_REFUSED		3
#define EXIT_OVERWRITTEN	10

#define PAGES			3	/* ring, request, victim */
#define PATTERN			0xa5
#define SHOWN			32
#define WAIT_MS			2000

static int failed(const char *what, int error)
{
	printf("%s: %s (errno %d)\n", what, strerror(-error), -error);
	return EXIT_FAILED;
}

static void show(const char *when, const unsigned char *bytes)
{
	int i;

	printf("  %s:", when);
	for (i = 0; i < SHOWN; i++)
		printf(" %02x", bytes[i]);
	printf("  ");
	for (i = 0; i < SHOWN; i++)
		putchar(bytes[i] >= ' ' && bytes[i] < 0x7f ? bytes[i] : '.');
	putchar('\n');
}

static unsigned int count_changed(const unsigned char *bytes)
{
	unsigned int changed = 0;
	int i;

	for (i = 0; i < VIRTIO_USER_PAGE; i++)
		changed += bytes[i] != PATTERN;
	return changed;
}

/* Brings the device to life and asks for data. */
static int ask_device(struct virtio_user *virtio,
		      struct virtio_user_memory *pages)
{
	struct virtio_user_memory ring = pages[0], request = pages[1];
	struct virtio_user_memory victim = pages[2];
	const struct virtio_user_buffer random = { victim.address, 64, true };
	struct virtio_user_queue queue;
	uint64_t features;
	int ret;

	ret = virtio_user_device_features(virtio, &features);
	if (ret)
		return failed("read the device's features", ret);
	printf("  offers VIRTIO_F_ACCESS_PLATFORM (bit 33): %s\n",
	       features & (1ULL << VIRTIO_F_ACCESS_PLATFORM) ? "yes" : "no");
	features &= 1ULL << VIRTIO_F_VERSION_1 | 1ULL << VIRTIO_F_ACCESS_PLATFORM;

	ret = virtio_user_negotiate(virtio, features);
	if (ret)
		return failed("negotiate features", ret);
	ret = virtio_user_setup_queue(virtio, &queue, 0, ring);
	if (ret)
		return failed("set up queue 0", ret);
	ret = virtio_user_driver_ok(virtio);
	if (ret)
		return failed("set DRIVER_OK", ret);

	if (virtio->type == VIRTIO_ID_BLOCK)
		ret = virtio_user_blk_submit(&queue, request, victim.address, 1,
					     false);
	else
		ret = virtio_user_submit(&queue, &random, 1);
	if (ret)
		return failed("notify the device", ret);

	ret = virtio_user_wait(&queue, WAIT_MS, NULL);
	printf("  the device %s\n", ret ? "did not answer (bounded wait)" :
					  "reports the request as done");
	return EXIT_UNTOUCHED;
}

/* The victim's page must not be freed while the device may still write. */
static int quiesce(struct vfio_user *vfio, struct virtio_user *virtio)
{
	int ret = virtio_user_reset(virtio);

	if (ret)
		ret = vfio_user_reset(vfio);
	vfio_user_command(vfio, 0, PCI_COMMAND_MASTER);
	return ret;
}

static int judge(struct vfio_user *vfio)
{
	struct virtio_user_memory pages[PAGES];
	struct virtio_user_memory *victim = &pages[PAGES - 1];
	struct virtio_user virtio;
	unsigned int changed;
	int ret, status;

	ret = virtio_user_init(&virtio, vfio);
	if (ret)
		return failed("read the virtio capabilities", ret);
	if (virtio.type != VIRTIO_ID_BLOCK && virtio.type != VIRTIO_ID_RNG)
		return failed("only virtio-blk and virtio-rng are known",
			      -EOPNOTSUPP);
	ret = physical_pages(pages, PAGES, PATTERN);
	if (ret)
		return failed("get locked pages and their addresses", ret);
	ret = vfio_user_command(vfio, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	if (ret)
		return failed("enable the function", ret);

	printf("  victim: one page at physical address 0x%llx, not mapped in VFIO\n",
	       (unsigned long long)victim->address);
	show("before", victim->va);
	status = ask_device(&virtio, pages);
	ret = quiesce(vfio, &virtio);
	if (ret)
		return failed("reset the device", ret);
	show("after ", victim->va);

	changed = count_changed(victim->va);
	if (changed) {
		printf("OVERWRITTEN: %u bytes of L1's memory that nobody mapped\n",
		       changed);
		return EXIT_OVERWRITTEN;
	}
	if (status == EXIT_UNTOUCHED)
		printf("UNTOUCHED: the page still holds what was in it\n");
	return status;
}

int main(int argc, char **argv)
{
	struct vfio_user vfio;
	int ret;

	if (argc != 2) {
		fprintf(stderr, "usage: dma-canary 0000:01:00.0\n");
		return EXIT_FAILED;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("dma-canary %s\n", argv[1]);
	ret = vfio_user_open(&vfio, argv[1]);
	if (ret) {
		printf("REFUSED: %s: %s (errno %d)\n", vfio.step, strerror(-ret),
		       -ret);
		return EXIT_REFUSED;
	}
	ret = judge(&vfio);
	vfio_user_close(&vfio);
	return ret;
}
