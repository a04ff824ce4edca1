// SPDX-License-Identifier: GPL-2.0
/*
 * ack_dodges.c - the table of dodges and what runs one. See ack_dodges.h.
 *
 * Of QEMU's functions stock vfio-pci lets nearly all of them through, see
 * ../nested/scenarios/lies-used.sh. The rest are here because another
 * function might take them.
 */
#include <errno.h>
#include <string.h>
#include <linux/pci_regs.h>

#include "ack_dodges.h"

#define NO_ACK		(1ULL << VIRTIO_F_VERSION_1)
#define ACK		(NO_ACK | 1ULL << VIRTIO_F_ACCESS_PLATFORM)

#define BASE		(VIRTIO_CONFIG_S_ACKNOWLEDGE | VIRTIO_CONFIG_S_DRIVER)
#define AGREED		(BASE | VIRTIO_CONFIG_S_FEATURES_OK)
#define LIVE		(AGREED | VIRTIO_CONFIG_S_DRIVER_OK)
#define FAILED		VIRTIO_CONFIG_S_FAILED

/* Places in the ring's page, and the registers that name them. */
#define RING_DESC	0
#define RING_AVAIL	1024
#define RING_USED	2048
#define REGISTERS	56

#define BEGIN		{ .what = DODGE_BEGIN }
#define FEATURES(f)	{ .what = DODGE_FEATURES, .value = (f) }
#define PUT(f, w, v)	{ .what = DODGE_PUT, .field = (f), .width = (w), .value = (v) }
#define STATUS(s)	PUT(VIRTIO_PCI_COMMON_STATUS, 1, s)
#define WORD(n)		PUT(VIRTIO_PCI_COMMON_GFSELECT, 4, n)
#define QUEUE		{ .what = DODGE_QUEUE }
#define ENABLE		PUT(VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1)
#define WHOLE(s)	{ .what = DODGE_WHOLE, .value = (s) }
#define WINDOW		{ .what = DODGE_WINDOW }
#define BAR		{ .what = DODGE_BAR }
#define RESET		{ .what = DODGE_RESET }

const struct dodge dodges[] = {
	/* The ack is simply left out. */
	{ "in the order of the specification",
	  { BEGIN, FEATURES(NO_ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "FEATURES_OK and DRIVER_OK in one write",
	  { BEGIN, FEATURES(NO_ACK), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "DRIVER_OK without FEATURES_OK",
	  { BEGIN, FEATURES(NO_ACK), QUEUE, ENABLE, STATUS(LIVE & ~VIRTIO_CONFIG_S_FEATURES_OK) } },
	{ "DRIVER_OK and nothing else",
	  { BEGIN, FEATURES(NO_ACK), BEGIN, QUEUE, ENABLE, STATUS(VIRTIO_CONFIG_S_DRIVER_OK) } },
	{ "the queue enabled before the features",
	  { BEGIN, QUEUE, ENABLE, FEATURES(NO_ACK), STATUS(AGREED), STATUS(LIVE) } },
	{ "the queue enabled after DRIVER_OK",
	  { BEGIN, FEATURES(NO_ACK), STATUS(LIVE), QUEUE, ENABLE } },
	{ "word 0 of the features alone",
	  { BEGIN, WORD(0), PUT(VIRTIO_PCI_COMMON_GF, 4, 0), STATUS(AGREED), QUEUE, ENABLE,
	    STATUS(LIVE) } },

	/* Through the other door, each part and all of it. */
	{ "the features through the window",
	  { BEGIN, WINDOW, FEATURES(NO_ACK), BAR, STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "the status through the window",
	  { BEGIN, FEATURES(NO_ACK), WINDOW, STATUS(AGREED), BAR, QUEUE, ENABLE, WINDOW,
	    STATUS(LIVE) } },
	{ "queue_enable through the window",
	  { BEGIN, FEATURES(NO_ACK), STATUS(AGREED), QUEUE, WINDOW, ENABLE, BAR, STATUS(LIVE) } },
	{ "all of it through the window",
	  { WINDOW, BEGIN, FEATURES(NO_ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "ack in the BAR, taken back through the window",
	  { BEGIN, FEATURES(ACK), WINDOW, FEATURES(NO_ACK), BAR, STATUS(AGREED), QUEUE, ENABLE,
	    STATUS(LIVE) } },

	/* Accesses that are no field's. */
	{ "the ack taken back with one byte",
	  { BEGIN, FEATURES(ACK), WORD(1), PUT(VIRTIO_PCI_COMMON_GF, 1, NO_ACK >> 32),
	    STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "the ack taken back with two bytes",
	  { BEGIN, FEATURES(ACK), WORD(1), PUT(VIRTIO_PCI_COMMON_GF, 2, NO_ACK >> 32),
	    STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "features, status and queue in writes of 64 bits",
	  { BEGIN, QUEUE, PUT(VIRTIO_PCI_COMMON_GFSELECT, 8, 1 | NO_ACK),
	    PUT(0x10, 8, (uint64_t)AGREED << 32),
	    PUT(VIRTIO_PCI_COMMON_Q_SIZE, 8, VIRTIO_USER_QUEUE_MAX | 0xffffULL << 16 | 1ULL << 32),
	    PUT(0x10, 8, (uint64_t)LIVE << 32) } },
	{ "features, status and queue in one write",
	  { BEGIN, QUEUE, WHOLE(LIVE) } },
	{ "the same twice, FEATURES_OK first",
	  { BEGIN, QUEUE, WHOLE(AGREED), WHOLE(LIVE) } },

	/* Acked, and taken back where the function has believed it. */
	{ "the ack taken back after FEATURES_OK",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), FEATURES(NO_ACK), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "FEATURES_OK cleared, the ack taken back, before DRIVER_OK",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), STATUS(BASE), FEATURES(NO_ACK), STATUS(AGREED),
	    QUEUE, ENABLE, STATUS(LIVE) } },
	{ "live, the ack taken back",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE), FEATURES(NO_ACK) } },
	{ "live, FEATURES_OK cleared, the ack taken back",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE),
	    STATUS(LIVE & ~VIRTIO_CONFIG_S_FEATURES_OK), FEATURES(NO_ACK), STATUS(LIVE) } },
	{ "live, all but ACKNOWLEDGE cleared, the ack taken back",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE),
	    STATUS(VIRTIO_CONFIG_S_ACKNOWLEDGE), FEATURES(NO_ACK), STATUS(LIVE) } },
	{ "live, FEATURES_OK cleared and the ack taken back through the window",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE), WINDOW,
	    STATUS(LIVE & ~VIRTIO_CONFIG_S_FEATURES_OK), FEATURES(NO_ACK), STATUS(LIVE) } },
	{ "live, FAILED, the ack taken back, live once more",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE),
	    STATUS(LIVE | FAILED), STATUS(FAILED), FEATURES(NO_ACK), STATUS(LIVE) } },

	/* A reset makes the function forget the ack: is it still believed here? */
	{ "acked, reset, both status bits in one write without the ack",
	  { BEGIN, FEATURES(ACK), RESET, FEATURES(NO_ACK), QUEUE, ENABLE, STATUS(LIVE) } },
	{ "agreed, reset, FEATURES_OK and DRIVER_OK without the ack",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), RESET, FEATURES(NO_ACK), STATUS(AGREED), QUEUE,
	    ENABLE, STATUS(LIVE) } },
	{ "live, reset, DRIVER_OK alone",
	  { BEGIN, FEATURES(ACK), STATUS(AGREED), QUEUE, ENABLE, STATUS(LIVE), RESET,
	    FEATURES(NO_ACK), QUEUE, ENABLE, STATUS(VIRTIO_CONFIG_S_DRIVER_OK) } },
};

const unsigned int nr_dodges = sizeof(dodges) / sizeof(dodges[0]);

static int reset_by_ioctl(struct virtio_user *virtio)
{
	return vfio_user_reset(virtio->vfio);
}

static int reset_by_flr(struct virtio_user *virtio)
{
	return vfio_user_flr(virtio->vfio);
}

static int reset_by_hot_reset(struct virtio_user *virtio)
{
	return vfio_user_hot_reset(virtio->vfio);
}

static int reset_by_power(struct virtio_user *virtio)
{
	return vfio_user_power_cycle(virtio->vfio);
}

static int reset_by_sysfs(struct virtio_user *virtio)
{
	return vfio_user_sysfs_reset(virtio->vfio);
}

const struct dodge_reset dodge_resets[] = {
	{ "status 0", virtio_user_reset },
	{ "FLR", reset_by_flr },
	{ "VFIO_DEVICE_RESET", reset_by_ioctl },
	{ "a hot reset", reset_by_hot_reset },
	{ "D3hot and back", reset_by_power },
	{ "L1's reset in sysfs", reset_by_sysfs },
};

const unsigned int nr_dodge_resets = sizeof(dodge_resets) / sizeof(dodge_resets[0]);

bool dodge_has_reset(const struct dodge *dodge)
{
	unsigned int i;

	for (i = 0; i < DODGE_STEPS; i++)
		if (dodge->steps[i].what == DODGE_RESET)
			return true;
	return false;
}

/* What the steps of one dodge share. */
struct dodger {
	struct virtio_user *virtio;
	struct virtio_user_queue *queue;
	struct virtio_user_memory ring;
	bool window;
};

static int put(struct dodger *d, unsigned int field, unsigned int width, uint64_t value)
{
	const struct virtio_user_cap *common = &d->virtio->common;

	if (d->window)
		return virtio_user_window_write(d->virtio, common->bar, common->offset + field,
						width, value);
	return vfio_user_write_le(d->virtio->vfio, common->bar,
				  (uint64_t)common->offset + field, width, value);
}

static int put_features(struct dodger *d, uint64_t features)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; i < 2 && !ret; i++) {
		ret = put(d, VIRTIO_PCI_COMMON_GFSELECT, 4, i);
		if (!ret)
			ret = put(d, VIRTIO_PCI_COMMON_GF, 4, (uint32_t)(features >> (32 * i)));
	}
	return ret;
}

static int begin(struct dodger *d)
{
	int ret = virtio_user_reset(d->virtio);

	if (!ret)
		ret = put(d, VIRTIO_PCI_COMMON_STATUS, 1, VIRTIO_CONFIG_S_ACKNOWLEDGE);
	return ret ? ret : put(d, VIRTIO_PCI_COMMON_STATUS, 1, BASE);
}

static int put_queue(struct dodger *d)
{
	static const struct { unsigned int field, place; } addresses[] = {
		{ VIRTIO_PCI_COMMON_Q_DESCLO, RING_DESC },
		{ VIRTIO_PCI_COMMON_Q_AVAILLO, RING_AVAIL },
		{ VIRTIO_PCI_COMMON_Q_USEDLO, RING_USED },
	};
	uint64_t notify_off = 0;
	unsigned int i;
	int ret;

	ret = put(d, VIRTIO_PCI_COMMON_Q_SELECT, 2, 0);
	if (!ret)
		ret = put(d, VIRTIO_PCI_COMMON_Q_SIZE, 2, VIRTIO_USER_QUEUE_MAX);
	for (i = 0; i < sizeof(addresses) / sizeof(addresses[0]) && !ret; i++) {
		uint64_t address = d->ring.address + addresses[i].place;

		ret = put(d, addresses[i].field, 4, (uint32_t)address);
		if (!ret)
			ret = put(d, addresses[i].field + 4, 4, address >> 32);
	}
	if (!ret)
		ret = virtio_user_read_common(d->virtio, VIRTIO_PCI_COMMON_Q_NOFF, 2, &notify_off);
	d->queue->notify_off = notify_off;
	return ret;
}

static void set_le(unsigned char *bytes, unsigned int offset, unsigned int width, uint64_t value)
{
	for (; width; width--, value >>= 8)
		bytes[offset++] = (unsigned char)value;
}

/* As the function has the registers, but for what goes live, and without the ack. */
static int put_whole(struct dodger *d, uint8_t status)
{
	const struct virtio_user_cap *common = &d->virtio->common;
	unsigned char bytes[REGISTERS] = { 0 };

	set_le(bytes, VIRTIO_PCI_COMMON_GFSELECT, 4, 1);
	set_le(bytes, VIRTIO_PCI_COMMON_GF, 4, NO_ACK >> 32);
	set_le(bytes, VIRTIO_PCI_COMMON_MSIX, 2, 0xffff);
	set_le(bytes, VIRTIO_PCI_COMMON_STATUS, 1, status);
	set_le(bytes, VIRTIO_PCI_COMMON_Q_SIZE, 2, VIRTIO_USER_QUEUE_MAX);
	set_le(bytes, VIRTIO_PCI_COMMON_Q_MSIX, 2, 0xffff);
	set_le(bytes, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	set_le(bytes, VIRTIO_PCI_COMMON_Q_DESCLO, 8, d->ring.address + RING_DESC);
	set_le(bytes, VIRTIO_PCI_COMMON_Q_AVAILLO, 8, d->ring.address + RING_AVAIL);
	set_le(bytes, VIRTIO_PCI_COMMON_Q_USEDLO, 8, d->ring.address + RING_USED);
	return vfio_user_write(d->virtio->vfio, common->bar, common->offset, bytes,
			       sizeof(bytes));
}

/* A reset may leave decoding and bus mastering off: the user wants them on. */
static int do_reset(struct dodger *d, const struct dodge_reset *reset)
{
	int ret = reset->run(d->virtio);

	return ret ? ret : vfio_user_command(d->virtio->vfio,
					     PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 0);
}

static int do_step(struct dodger *d, const struct dodge_step *step,
		   const struct dodge_reset *reset)
{
	switch (step->what) {
	case DODGE_BEGIN:
		return begin(d);
	case DODGE_FEATURES:
		return put_features(d, step->value);
	case DODGE_PUT:
		return put(d, step->field, step->width, step->value);
	case DODGE_QUEUE:
		return put_queue(d);
	case DODGE_WHOLE:
		return put_whole(d, step->value);
	case DODGE_WINDOW:
		d->window = true;
		return 0;
	case DODGE_BAR:
		d->window = false;
		return 0;
	case DODGE_RESET:
		return do_reset(d, reset);
	case DODGE_END:
		break;
	}
	return 0;
}

int dodge_run(const struct dodge *dodge, const struct dodge_reset *reset,
	      struct virtio_user *virtio, struct virtio_user_queue *queue,
	      struct virtio_user_memory ring)
{
	struct dodger d = { virtio, queue, ring, false };
	unsigned int i;
	int ret = 0;

	memset(ring.va, 0, VIRTIO_USER_PAGE);
	memset(queue, 0, sizeof(*queue));
	queue->virtio = virtio;
	queue->ring = ring;
	queue->size = VIRTIO_USER_QUEUE_MAX;
	for (i = 0; i < DODGE_STEPS && !ret; i++)
		ret = do_step(&d, &dodge->steps[i], reset);
	return ret;
}
