// SPDX-License-Identifier: GPL-2.0
/*
 * old-driver - a virtio-blk driver that knows nothing of bit 33.
 *
 * usage: old-driver 0000:01:00.0 SECTOR TEXT
 *
 * Linux's driver knows VIRTIO_F_ACCESS_PLATFORM; older ones, firmware and small
 * systems do not. This one negotiates VIRTIO_F_VERSION_1 and nothing else, and
 * gives the function physical addresses. For a guest: it needs no IOMMU, no VFIO
 * and no driver on the function. Reads sector 1 and prints how it begins, fills
 * SECTOR with TEXT and reads that back.
 *
 * Exit: 0 the data came right, 13 the function does not take it without the bit,
 * 1 other failure, 2 usage.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/pci_regs.h>
#include <linux/virtio_ids.h>

#include "../lib/physical_pages.h"
#include "../lib/sysfs_user.h"
#include "../lib/virtio_user.h"

#define EXIT_FAILED	1
#define EXIT_USAGE	2
#define EXIT_REJECTED	13
#define WAIT_MS		20000	/* a busy machine; no answer is a failure */

enum { RING, REQUEST, DATA, PAGES };

static int failed(const char *what, int error)
{
	printf("%s: %s (errno %d)\n", what, strerror(-error), -error);
	return EXIT_FAILED;
}

static int use_disk(struct virtio_user_queue *queue, struct virtio_user_memory pages[PAGES],
		    uint64_t sector, const char *text)
{
	char *data = pages[DATA].va, wanted[VIRTIO_USER_SECTOR];
	unsigned int i;
	int ret;

	ret = virtio_user_blk(queue, pages[REQUEST], pages[DATA].address, 1, false, WAIT_MS);
	if (ret)
		return failed("read sector 1", ret);
	printf("READ %.40s\n", data);

	for (i = 0; i < sizeof(wanted); i++)
		wanted[i] = text[i % strlen(text)];
	memcpy(data, wanted, sizeof(wanted));
	ret = virtio_user_blk(queue, pages[REQUEST], pages[DATA].address, sector, true, WAIT_MS);
	if (ret)
		return failed("write a sector", ret);
	memset(data, 0, sizeof(wanted));
	ret = virtio_user_blk(queue, pages[REQUEST], pages[DATA].address, sector, false, WAIT_MS);
	if (ret)
		return failed("read it back", ret);
	if (memcmp(data, wanted, sizeof(wanted)))
		return failed("what was read back differs", -EILSEQ);
	printf("WROTE sector %llu and read it back\n", (unsigned long long)sector);
	return 0;
}

static int drive(struct vfio_user *function, uint64_t sector, const char *text)
{
	struct virtio_user_memory pages[PAGES];
	struct virtio_user_queue queue;
	struct virtio_user virtio;
	int ret;

	ret = virtio_user_init(&virtio, function);
	if (!ret && virtio.type != VIRTIO_ID_BLOCK)
		ret = -ENODEV;
	if (!ret)
		ret = physical_pages(pages, PAGES, 0);
	if (!ret)
		ret = vfio_user_command(function, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	if (ret)
		return failed("begin", ret);
	ret = virtio_user_negotiate(&virtio, 1ULL << VIRTIO_F_VERSION_1);
	if (ret == -EOPNOTSUPP) {
		printf("REJECTED: FEATURES_OK is not kept\n");
		return EXIT_REJECTED;
	}
	if (!ret)
		ret = virtio_user_setup_queue(&virtio, &queue, 0, pages[RING]);
	if (!ret)
		ret = virtio_user_driver_ok(&virtio);
	ret = ret ? failed("go live", ret) : use_disk(&queue, pages, sector, text);
	if (virtio_user_reset(&virtio))
		ret = failed("reset", -ETIMEDOUT);
	return ret;
}

int main(int argc, char **argv)
{
	struct vfio_user function;
	int ret;

	if (argc != 4 || !*argv[3]) {
		fprintf(stderr, "usage: old-driver 0000:01:00.0 SECTOR TEXT\n");
		return EXIT_USAGE;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	ret = sysfs_user_open(&function, argv[1]);
	if (ret)
		return failed(function.step, ret);
	ret = drive(&function, strtoull(argv[2], NULL, 0), argv[3]);
	sysfs_user_close(&function);
	return ret;
}
