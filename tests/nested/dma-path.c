// SPDX-License-Identifier: GPL-2.0
/*
 * dma-path - where does a function's DMA go: through the IOMMU or round it?
 *
 * usage: dma-path [-u | -w] [-q QUEUE] 0000:01:00.0
 *	-u        do not ack VIRTIO_F_ACCESS_PLATFORM (bit 33)
 *	-w        ack it, go live, then clear FEATURES_OK and take the ack back
 *	-q QUEUE  ask this queue (default: one the type answers on harmlessly)
 *
 * Asks as the driver does in the kernel, but through VFIO, so that one can
 * judge the other. Page P is mapped in VFIO at the *physical* address of page
 * Q, and both hold the same queue. The device works on that address: what
 * changes in P was translated, what changes in Q went round the IOMMU. Both
 * pages are ours and no address is used that is not mapped, so nothing is
 * harmed and no IOMMU fault is logged, whatever the function does.
 *
 * First an empty queue is notified: with VIRTIO_F_EVENT_IDX many devices then
 * write avail_event. If not, virtio-rng is asked for 64 bytes, virtio-blk for
 * its serial number, virtio-scsi for pending events (none), virtio-gpu for its
 * display's size.
 *
 * The last line says "PATH translated", "PATH bypass", "PATH both", "PATH
 * silent" (nothing changed) or "PATH rejected" (would not go live like that).
 * Lines before it say if a reset did not finish.
 *
 * Exit: 0 translated, 10 bypass, 11 both, 12 silent, 13 rejected, 3 opening
 * was refused, 1 the question could not be asked, 2 usage.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <linux/pci_regs.h>
#include <linux/virtio_blk.h>
#include <linux/virtio_gpu.h>
#include <linux/virtio_ids.h>
#include <linux/virtio_scsi.h>

#include "../lib/physical_pages.h"
#include "../lib/vfio_user.h"
#include "../lib/virtio_user.h"

#define EXIT_TRANSLATED	0
#define EXIT_FAILED	1
#define EXIT_USAGE	2
#define EXIT_REFUSED	3
#define EXIT_BYPASS	10
#define EXIT_BOTH	11
#define EXIT_SILENT	12
#define EXIT_REJECTED	13

#define ACCESS_PLATFORM	(1ULL << VIRTIO_F_ACCESS_PLATFORM)
#define WANTED		(1ULL << VIRTIO_F_VERSION_1 | \
			 1ULL << VIRTIO_RING_F_EVENT_IDX | ACCESS_PLATFORM)

/* Places of a request in the queue's page, above its rings. */
#define REQUEST_HEADER	3072
#define REQUEST_DATA	3200
#define REQUEST_STATUS	3328
#define RANDOM_BYTES	64

#define PATTERN		0x5a5a	/* in avail_event; no index that a device writes */
#define EMPTY_WAIT_MS	300
#define REQUEST_WAIT_MS	1000

struct question {
	struct vfio_user vfio;
	struct virtio_user virtio;
	struct virtio_user_queue queue;
	unsigned int queue_index;
	bool withhold;		/* -u */
	bool withdraw;		/* -w */
	uint64_t acked;
	unsigned char *p, *q;	/* mapped page; page whose address is used */
	uint64_t address;	/* physical address of Q, IOVA of P */
	unsigned int avail, used;	/* places of the rings in the page */
	unsigned char before[VIRTIO_USER_PAGE];
};

static int failed(const char *what, int error)
{
	printf("%s: %s (errno %d)\n", what, strerror(-error), -error);
	return EXIT_FAILED;
}

static int get_pages(struct question *ask)
{
	struct virtio_user_memory pages[2];
	int ret;

	ret = physical_pages(pages, 2, 0);
	if (ret)
		return ret;
	ask->p = pages[0].va;
	ask->q = pages[1].va;
	ask->address = pages[1].address;
	return vfio_user_map(&ask->vfio, ask->p, ask->address, VIRTIO_USER_PAGE,
			     VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE);
}

/* A queue on which this type answers and does no harm. */
static unsigned int harmless_queue(unsigned int type)
{
	/* virtio-net: transmission. All others: their first, or control. */
	return type == VIRTIO_ID_NET ? 1 : 0;
}

static int negotiate(struct question *ask)
{
	uint64_t features;
	int ret;

	ret = virtio_user_device_features(&ask->virtio, &features);
	if (ret)
		return ret;
	printf("  offers VIRTIO_F_ACCESS_PLATFORM (bit 33): %s\n",
	       features & ACCESS_PLATFORM ? "yes" : "no");
	ask->acked = features & WANTED;
	if (ask->withhold)
		ask->acked &= ~ACCESS_PLATFORM;
	printf("  acks it: %s\n", ask->acked & ACCESS_PLATFORM ? "yes" : "no");
	return virtio_user_negotiate(&ask->virtio, ask->acked);
}

/* Sets the queue up in P, and finds out where its rings are. */
static int set_up_queue(struct question *ask)
{
	struct virtio_user_memory ring = { ask->p, ask->address };
	uint64_t avail, used;
	int ret;

	ret = virtio_user_setup_queue(&ask->virtio, &ask->queue,
				      ask->queue_index, ring);
	if (!ret)
		ret = virtio_user_read_common(&ask->virtio,
					      VIRTIO_PCI_COMMON_Q_AVAILLO, 4, &avail);
	if (!ret)
		ret = virtio_user_read_common(&ask->virtio,
					      VIRTIO_PCI_COMMON_Q_USEDLO, 4, &used);
	if (ret)
		return ret;
	ask->avail = (uint32_t)(avail - ask->address);
	ask->used = (uint32_t)(used - ask->address);
	/* Rings, avail_event and used_event have to end below the request. */
	if (ask->avail > ask->used || ask->used + 6 + 8 * ask->queue.size > REQUEST_HEADER)
		return -ERANGE;
	return 0;
}

/* Gets FEATURES_OK out of the way and the ack with it. */
static int take_ack_back(struct question *ask)
{
	uint8_t live, status;
	int ret;

	ret = virtio_user_status(&ask->virtio, &live);
	if (!ret)
		ret = virtio_user_set_status(&ask->virtio,
					     live & ~VIRTIO_CONFIG_S_FEATURES_OK,
					     &status);
	if (!ret)
		ret = virtio_user_write_driver_features(&ask->virtio,
							ask->acked & ~ACCESS_PLATFORM);
	if (!ret)
		printf("  took the ack back, status was 0x%02x and reads 0x%02x\n",
		       live, status);
	return ret;
}

/*
 * Both pages get what P holds; that is what changes are told from. P is read once: the
 * function is live, and what it writes between two reads would be a change of Q.
 */
static void duplicate(struct question *ask)
{
	memcpy(ask->before, ask->p, VIRTIO_USER_PAGE);
	memcpy(ask->q, ask->before, VIRTIO_USER_PAGE);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static unsigned int count_changed(const struct question *ask,
				  const unsigned char *page)
{
	const volatile unsigned char *now = page;
	unsigned int i, changed = 0;

	for (i = 0; i < VIRTIO_USER_PAGE; i++)
		changed += now[i] != ask->before[i];
	return changed;
}

/* Notifies the queue; 1 if a page changed within the time, 0 if none did. */
static int notify(struct question *ask, unsigned int milliseconds)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct virtio_user *virtio = &ask->virtio;
	unsigned int i;
	int ret;

	ret = vfio_user_write_le(virtio->vfio, virtio->notify.bar,
				 (uint64_t)virtio->notify.offset +
				 (uint64_t)ask->queue.notify_off *
				 virtio->notify_off_multiplier,
				 2, ask->queue.index);
	for (i = 0; !ret && i <= milliseconds; i++) {
		if (count_changed(ask, ask->p) || count_changed(ask, ask->q)) {
			/* What belongs to the same answer may still be coming. */
			nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
			return 1;
		}
		nanosleep(&pause, NULL);
	}
	return ret;
}

static int ask_empty(struct question *ask)
{
	const struct vring_used *used = (void *)(ask->p + ask->used);
	const uint16_t pattern = PATTERN;

	if (!(ask->acked & 1ULL << VIRTIO_RING_F_EVENT_IDX))
		return 0;
	memcpy((void *)&used->ring[ask->queue.size], &pattern, sizeof(pattern));
	duplicate(ask);
	return notify(ask, EMPTY_WAIT_MS);
}

/* Appends to the chain that begins with descriptor 0. */
static void describe(struct question *ask, unsigned int nr, unsigned int place,
		     unsigned int length, unsigned int flags)
{
	struct vring_desc *desc = (void *)ask->p;

	desc[nr].addr = ask->address + place;
	desc[nr].len = length;
	desc[nr].flags = flags;
	if (!nr)
		return;
	desc[nr - 1].flags |= VRING_DESC_F_NEXT;
	desc[nr - 1].next = nr;
}

static int ask_request(struct question *ask)
{
	struct vring_avail *avail = (void *)(ask->p + ask->avail);
	union {
		struct virtio_blk_outhdr blk;
		struct virtio_scsi_ctrl_an_req scsi;
		struct virtio_gpu_ctrl_hdr gpu;
	} header = { 0 };

	switch (ask->virtio.type) {
	case VIRTIO_ID_RNG:
		describe(ask, 0, REQUEST_DATA, RANDOM_BYTES, VRING_DESC_F_WRITE);
		break;
	case VIRTIO_ID_BLOCK:
		header.blk.type = VIRTIO_BLK_T_GET_ID;
		describe(ask, 0, REQUEST_HEADER, sizeof(header.blk), 0);
		describe(ask, 1, REQUEST_DATA, VIRTIO_BLK_ID_BYTES, VRING_DESC_F_WRITE);
		describe(ask, 2, REQUEST_STATUS, 1, VRING_DESC_F_WRITE);
		ask->p[REQUEST_STATUS] = 0xff;
		break;
	case VIRTIO_ID_SCSI:
		header.scsi.type = VIRTIO_SCSI_T_AN_QUERY;
		header.scsi.lun[0] = 1;
		describe(ask, 0, REQUEST_HEADER, sizeof(header.scsi), 0);
		describe(ask, 1, REQUEST_DATA, sizeof(struct virtio_scsi_ctrl_an_resp),
			 VRING_DESC_F_WRITE);
		break;
	case VIRTIO_ID_GPU:
		header.gpu.type = VIRTIO_GPU_CMD_GET_DISPLAY_INFO;
		describe(ask, 0, REQUEST_HEADER, sizeof(header.gpu), 0);
		describe(ask, 1, REQUEST_DATA, sizeof(struct virtio_gpu_resp_display_info),
			 VRING_DESC_F_WRITE);
		break;
	default:
		return 0;
	}
	memcpy(ask->p + REQUEST_HEADER, &header, sizeof(header));
	avail->idx = 1;
	duplicate(ask);
	return notify(ask, REQUEST_WAIT_MS);
}

/* The pages must not be freed while the device may still write. */
static int quiesce(struct question *ask)
{
	struct virtio_user_cap *isr = &ask->virtio.isr;
	uint8_t status = 0xff;
	uint64_t cause;
	int ret;

	/* Reading it ends an interrupt, which a failed reset would leave. */
	if (isr->present)
		vfio_user_read_le(&ask->vfio, isr->bar, isr->offset, 1, &cause);
	ret = virtio_user_reset(&ask->virtio);
	if (ret) {
		printf("  virtio reset did not finish\n");
		vfio_user_reset(&ask->vfio);
		ret = virtio_user_status(&ask->virtio, &status);
		if (!ret && status) {
			printf("  function reset did not help, status reads 0x%02x\n",
			       status);
			ret = -ETIMEDOUT;
		}
	}
	vfio_user_command(&ask->vfio, 0, PCI_COMMAND_MASTER);
	return ret;
}

static int answer(const struct question *ask, int asked)
{
	unsigned int p = count_changed(ask, ask->p);
	unsigned int q = count_changed(ask, ask->q);

	printf("  asked with %s: %u bytes changed behind the IOMMU, %u at the physical address\n",
	       asked ? "a request" : "an empty queue", p, q);
	if (p && q) {
		printf("PATH both\n");
		return EXIT_BOTH;
	}
	if (p) {
		printf("PATH translated\n");
		return EXIT_TRANSLATED;
	}
	if (q) {
		printf("PATH bypass\n");
		return EXIT_BYPASS;
	}
	printf("PATH silent\n");
	return EXIT_SILENT;
}

static int judge(struct question *ask, int queue)
{
	int ret, asked = 0;

	ret = virtio_user_init(&ask->virtio, &ask->vfio);
	if (ret)
		return failed("read the virtio capabilities", ret);
	ask->queue_index = queue >= 0 ? (unsigned int)queue :
					harmless_queue(ask->virtio.type);
	ret = get_pages(ask);
	if (ret)
		return failed("get two pages and map one at the other's address", ret);
	ret = vfio_user_command(&ask->vfio, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
	if (ret)
		return failed("enable the function", ret);

	ret = negotiate(ask);
	if (ret == -EOPNOTSUPP) {
		printf("PATH rejected\n");
		quiesce(ask);
		return EXIT_REJECTED;
	}
	if (ret)
		return failed("negotiate features", ret);
	ret = set_up_queue(ask);
	if (ret)
		return failed("set up the queue", ret);
	duplicate(ask);
	ret = virtio_user_driver_ok(&ask->virtio);
	if (!ret && ask->withdraw)
		ret = take_ack_back(ask);
	if (ret) {
		quiesce(ask);
		return failed("go live", ret);
	}

	ret = ask_empty(ask);
	if (!ret) {
		asked = 1;
		ret = ask_request(ask);
	}
	if (ret < 0)
		failed("notify the device", ret);
	quiesce(ask);
	return ret < 0 ? EXIT_FAILED : answer(ask, asked);
}

static int usage(void)
{
	fprintf(stderr, "usage: dma-path [-u | -w] [-q QUEUE] 0000:01:00.0\n");
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	static struct question ask;
	int option, ret, queue = -1;

	while ((option = getopt(argc, argv, "uwq:")) != -1) {
		switch (option) {
		case 'u':
			ask.withhold = true;
			break;
		case 'w':
			ask.withdraw = true;
			break;
		case 'q':
			queue = atoi(optarg);
			break;
		default:
			return usage();
		}
	}
	if (argc != optind + 1 || (ask.withhold && ask.withdraw))
		return usage();
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("dma-path %s\n", argv[optind]);
	ret = vfio_user_open(&ask.vfio, argv[optind]);
	if (ret) {
		printf("REFUSED: %s: %s (errno %d)\n", ask.vfio.step, strerror(-ret),
		       -ret);
		return EXIT_REFUSED;
	}
	ret = judge(&ask, queue);
	vfio_user_close(&ask.vfio);
	return ret;
}
