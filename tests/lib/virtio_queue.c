// SPDX-License-Identifier: GPL-2.0
/*
 * virtio_queue.c - one split virtqueue in one page, and requests of virtio-blk
 * and virtio-rng. See virtio_user.h.
 *
 * x86 only, as the rig is: little-endian, and stores are seen in order once
 * the compiler keeps them in order.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <linux/virtio_blk.h>

#include "virtio_user.h"

/* Places in the ring's page; the largest queue (16) fits with room to spare. */
#define RING_DESC	0
#define RING_AVAIL	1024
#define RING_USED	2048

/* Places in the page of a blk request. */
#define BLK_HEADER	0
#define BLK_STATUS	64

static struct vring_desc *ring_desc(struct virtio_user_queue *queue)
{
	return (void *)((char *)queue->ring.va + RING_DESC);
}

static struct vring_avail *ring_avail(struct virtio_user_queue *queue)
{
	return (void *)((char *)queue->ring.va + RING_AVAIL);
}

static struct vring_used *ring_used(struct virtio_user_queue *queue)
{
	return (void *)((char *)queue->ring.va + RING_USED);
}

/* The addresses are written in halves: drivers must not use 64-bit accesses. */
static int write_address(struct virtio_user *virtio, unsigned int low,
			 uint64_t address)
{
	int ret;

	ret = virtio_user_write_common(virtio, low, 4, (uint32_t)address);
	if (ret)
		return ret;
	return virtio_user_write_common(virtio, low + 4, 4, address >> 32);
}

int virtio_user_setup_queue(struct virtio_user *virtio,
			    struct virtio_user_queue *queue, uint16_t index,
			    struct virtio_user_memory ring)
{
	uint64_t size, notify_off, enabled;
	int ret;

	memset(queue, 0, sizeof(*queue));
	memset(ring.va, 0, VIRTIO_USER_PAGE);
	queue->virtio = virtio;
	queue->ring = ring;
	queue->index = index;

	ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_SELECT, 2, index);
	if (!ret)
		ret = virtio_user_read_common(virtio, VIRTIO_PCI_COMMON_Q_SIZE, 2,
					      &size);
	if (ret)
		return ret;
	if (!size)
		return -ENOENT;
	if (size > VIRTIO_USER_QUEUE_MAX)
		size = VIRTIO_USER_QUEUE_MAX;
	queue->size = size;

	ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_SIZE, 2, size);
	if (!ret)
		ret = virtio_user_read_common(virtio, VIRTIO_PCI_COMMON_Q_NOFF, 2,
					      &notify_off);
	if (!ret)
		ret = write_address(virtio, VIRTIO_PCI_COMMON_Q_DESCLO,
				    ring.address + RING_DESC);
	if (!ret)
		ret = write_address(virtio, VIRTIO_PCI_COMMON_Q_AVAILLO,
				    ring.address + RING_AVAIL);
	if (!ret)
		ret = write_address(virtio, VIRTIO_PCI_COMMON_Q_USEDLO,
				    ring.address + RING_USED);
	if (!ret)
		ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_ENABLE,
					       2, 1);
	if (!ret)
		ret = virtio_user_read_common(virtio, VIRTIO_PCI_COMMON_Q_ENABLE,
					      2, &enabled);
	if (ret)
		return ret;
	queue->notify_off = notify_off;
	return enabled == 1 ? 0 : -EOPNOTSUPP;
}

int virtio_user_submit(struct virtio_user_queue *queue,
		       const struct virtio_user_buffer *buffers,
		       unsigned int count)
{
	struct vring_desc *desc = ring_desc(queue);
	struct vring_avail *avail = ring_avail(queue);
	struct virtio_user *virtio = queue->virtio;
	unsigned int i;

	if (!count || count > queue->size)
		return -EINVAL;
	/* One request at a time: every chain starts at descriptor 0. */
	for (i = 0; i < count; i++) {
		desc[i].addr = buffers[i].address;
		desc[i].len = buffers[i].length;
		desc[i].flags = buffers[i].device_writes ? VRING_DESC_F_WRITE : 0;
		desc[i].next = 0;
		if (i + 1 < count) {
			desc[i].flags |= VRING_DESC_F_NEXT;
			desc[i].next = i + 1;
		}
	}
	avail->ring[queue->next_avail % queue->size] = 0;
	queue->next_avail++;
	__atomic_store_n(&avail->idx, queue->next_avail, __ATOMIC_SEQ_CST);

	if (!virtio->notify.present)
		return -ENXIO;
	return vfio_user_write_le(virtio->vfio, virtio->notify.bar,
				  (uint64_t)virtio->notify.offset +
				  (uint64_t)queue->notify_off *
				  virtio->notify_off_multiplier,
				  2, queue->index);
}

int virtio_user_wait(struct virtio_user_queue *queue, unsigned int milliseconds,
		     uint32_t *written)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	struct vring_used *used = ring_used(queue);
	unsigned int i;

	for (i = 0; i <= milliseconds; i++) {
		if (__atomic_load_n(&used->idx, __ATOMIC_SEQ_CST) !=
		    queue->last_used) {
			if (written)
				*written = used->ring[queue->last_used % queue->size].len;
			queue->last_used++;
			return 0;
		}
		nanosleep(&pause, NULL);
	}
	return -ETIMEDOUT;
}

int virtio_user_blk_submit(struct virtio_user_queue *queue,
			   struct virtio_user_memory request, uint64_t data,
			   uint64_t sector, bool write)
{
	const struct virtio_blk_outhdr header = {
		.type = write ? VIRTIO_BLK_T_OUT : VIRTIO_BLK_T_IN,
		.sector = sector,
	};
	const struct virtio_user_buffer chain[] = {
		{ request.address + BLK_HEADER, sizeof(header), false },
		{ data, VIRTIO_USER_SECTOR, !write },
		{ request.address + BLK_STATUS, 1, true },
	};

	memcpy((char *)request.va + BLK_HEADER, &header, sizeof(header));
	*((uint8_t *)request.va + BLK_STATUS) = 0xff;
	return virtio_user_submit(queue, chain, 3);
}

int virtio_user_blk(struct virtio_user_queue *queue,
		    struct virtio_user_memory request, uint64_t data,
		    uint64_t sector, bool write, unsigned int milliseconds)
{
	int ret;

	ret = virtio_user_blk_submit(queue, request, data, sector, write);
	if (!ret)
		ret = virtio_user_wait(queue, milliseconds, NULL);
	if (ret)
		return ret;
	return *((volatile uint8_t *)request.va + BLK_STATUS) ? -EIO : 0;
}

int virtio_user_rng(struct virtio_user_queue *queue, uint64_t data,
		    uint32_t length, unsigned int milliseconds)
{
	const struct virtio_user_buffer buffer = { data, length, true };
	uint32_t written;
	int ret;

	ret = virtio_user_submit(queue, &buffer, 1);
	if (!ret)
		ret = virtio_user_wait(queue, milliseconds, &written);
	return ret ? ret : (int)written;
}
