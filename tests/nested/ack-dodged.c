// SPDX-License-Identifier: GPL-2.0
/*
 * ack-dodged - is there a way to make a function write memory without the ack?
 *
 * usage: ack-dodged 0000:01:00.0
 *
 * Opens the function through VFIO, maps nothing, and tries every dodge of
 * ../lib/ack_dodges.c. After each it rings a queue whose rings and buffers are
 * named by their physical addresses. A function that is translated cannot reach
 * them; one that was brought to live without the ack, and then goes round the
 * IOMMU, writes to them. All three pages are our own.
 *
 * Exit: 0 nothing was written, 10 a dodge overwrote memory, 3 opening the
 * function was refused, 1 the question could not be asked.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <linux/pci_regs.h>
#include <linux/virtio_ids.h>

#include "../lib/ack_dodges.h"
#include "../lib/physical_pages.h"

#define EXIT_UNTOUCHED		0
#define EXIT_FAILED		1
#define EXIT_REFUSED		3
#define EXIT_OVERWRITTEN	10

#define PATTERN			0xa5
#define USED			2048	/* in the ring's page: the device's */
#define REQUEST_STATUS		64	/* in the request's page: likewise */
#define NOT_ANSWERED		0xff
#define WAIT_MS			50

enum { RING, REQUEST, VICTIM, PAGES };

struct trial {
	struct vfio_user vfio;
	struct virtio_user virtio;
	struct virtio_user_queue queue;
	struct virtio_user_memory pages[PAGES];
	unsigned int tried, overwritten;
};

static int failed(const char *what, int error)
{
	printf("%s: %s (errno %d)\n", what, strerror(-error), -error);
	return EXIT_FAILED;
}

static unsigned int differing(const struct virtio_user_memory *page, unsigned int from,
			      unsigned int to, unsigned char value)
{
	const volatile unsigned char *bytes = page->va;
	unsigned int count = 0;

	for (; from < to; from++)
		count += bytes[from] != value;
	return count;
}

/* Bytes that only the device can have written. */
static unsigned int count_written(const struct trial *trial)
{
	return differing(&trial->pages[VICTIM], 0, VIRTIO_USER_PAGE, PATTERN) +
	       differing(&trial->pages[RING], USED, VIRTIO_USER_PAGE, 0) +
	       differing(&trial->pages[REQUEST], REQUEST_STATUS, REQUEST_STATUS + 1,
			 NOT_ANSWERED);
}

static int ring_queue(struct trial *trial)
{
	uint64_t victim = trial->pages[VICTIM].address;
	const struct virtio_user_buffer random = { victim, 64, true };
	int ret;

	if (trial->virtio.type == VIRTIO_ID_BLOCK)
		ret = virtio_user_blk_submit(&trial->queue, trial->pages[REQUEST], victim, 1,
					     false);
	else
		ret = virtio_user_submit(&trial->queue, &random, 1);
	if (!ret)
		virtio_user_wait(&trial->queue, WAIT_MS, NULL);
	return ret;
}

/* The pages are used again, so the function must be done with them. */
static int quiesce(struct trial *trial)
{
	int ret = virtio_user_reset(&trial->virtio);

	return ret ? vfio_user_reset(&trial->vfio) : 0;
}

static int try(struct trial *trial, const struct dodge *dodge, const struct dodge_reset *reset)
{
	const char *by = reset ? reset->name : NULL;
	unsigned int written;
	uint8_t status = 0;
	int ret;

	memset(trial->pages[REQUEST].va, NOT_ANSWERED, VIRTIO_USER_PAGE);
	memset(trial->pages[VICTIM].va, PATTERN, VIRTIO_USER_PAGE);
	ret = dodge_run(dodge, reset, &trial->virtio, &trial->queue, trial->pages[RING]);
	if (ret == -EOPNOTSUPP) {
		printf("  no such reset: %s\n", by);
		return 0;
	}
	if (!ret)
		ret = virtio_user_status(&trial->virtio, &status);
	if (!ret)
		ret = ring_queue(trial);
	if (ret) {
		printf("  at: %s%s%s\n", dodge->name, by ? ", by " : "", by ? by : "");
		return ret;
	}
	ret = quiesce(trial);
	written = count_written(trial);
	printf("  %s, status 0x%02x, %u bytes: %s%s%s\n", written ? "overwritten" : "untouched",
	       status, written, dodge->name, by ? ", by " : "", by ? by : "");
	trial->tried++;
	trial->overwritten += !!written;
	return ret;
}

static int try_all(struct trial *trial)
{
	unsigned int i, j;
	int ret;

	for (i = 0; i < nr_dodges; i++) {
		if (!dodge_has_reset(&dodges[i])) {
			ret = try(trial, &dodges[i], NULL);
			if (ret)
				return ret;
			continue;
		}
		for (j = 0; j < nr_dodge_resets; j++) {
			ret = try(trial, &dodges[i], &dodge_resets[j]);
			if (ret)
				return ret;
		}
	}
	return 0;
}

static int judge(struct trial *trial)
{
	int ret;

	ret = virtio_user_init(&trial->virtio, &trial->vfio);
	if (ret)
		return failed("read the virtio capabilities", ret);
	if (trial->virtio.type != VIRTIO_ID_BLOCK && trial->virtio.type != VIRTIO_ID_RNG)
		return failed("only virtio-blk and virtio-rng are known", -EOPNOTSUPP);
	ret = physical_pages(trial->pages, PAGES, PATTERN);
	if (ret)
		return failed("get locked pages and their addresses", ret);
	ret = vfio_user_command(&trial->vfio, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	if (ret)
		return failed("enable the function", ret);

	ret = try_all(trial);
	if (quiesce(trial))
		printf("the function does not reset\n");
	vfio_user_command(&trial->vfio, 0, PCI_COMMAND_MASTER);
	printf("%s: %u of %u ways\n", trial->overwritten ? "OVERWRITTEN" : "UNTOUCHED",
	       trial->overwritten, trial->tried);
	if (ret)
		return failed("a step that cannot fail", ret);
	return trial->overwritten ? EXIT_OVERWRITTEN : EXIT_UNTOUCHED;
}

int main(int argc, char **argv)
{
	static struct trial trial;
	int ret;

	if (argc != 2) {
		fprintf(stderr, "usage: ack-dodged 0000:01:00.0\n");
		return EXIT_FAILED;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("ack-dodged %s\n", argv[1]);
	ret = vfio_user_open(&trial.vfio, argv[1]);
	if (ret) {
		printf("REFUSED: %s: %s (errno %d)\n", trial.vfio.step, strerror(-ret), -ret);
		return EXIT_REFUSED;
	}
	ret = judge(&trial);
	vfio_user_close(&trial.vfio);
	return ret;
}
