/* SPDX-License-Identifier: GPL-2.0 */
/*
 * virtio_user.h - a driver for one modern virtio function, on top of VFIO.
 *
 * Owns the function's virtio capabilities, its common configuration, the
 * negotiation and one split virtqueue. Registers are reached with reads and
 * writes of the device fd in the width the spec gives each field, so that
 * nothing here depends on what may be mapped.
 *
 * The caller owns the memory: it says for each piece what address the device
 * is to use (an IOVA, or a physical address for a function that bypasses).
 *
 * Every function returns 0 (or what its comment says), or a negative errno.
 */
#ifndef TESTS_VIRTIO_USER_H
#define TESTS_VIRTIO_USER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/virtio_config.h>
#include <linux/virtio_pci.h>
#include <linux/virtio_ring.h>

#include "vfio_user.h"

#define VIRTIO_USER_PAGE	4096
#define VIRTIO_USER_QUEUE_MAX	16	/* entries; fits one page with its rings */
#define VIRTIO_USER_SECTOR	512

/* A structure that a virtio capability declares. */
struct virtio_user_cap {
	bool present;
	uint8_t config_offset;	/* of the capability in config space */
	uint8_t bar;
	uint32_t offset;
	uint32_t length;
};

struct virtio_user {
	struct vfio_user *vfio;
	uint16_t vendor;
	uint16_t device;
	unsigned int type;	/* virtio device type: 1 net, 2 blk, 4 rng */
	struct virtio_user_cap common;
	struct virtio_user_cap notify;
	struct virtio_user_cap isr;
	struct virtio_user_cap config;
	struct virtio_user_cap pci_cfg;
	uint32_t notify_off_multiplier;
};

/* Memory the device can reach: where it is for us and for the device. */
struct virtio_user_memory {
	void *va;
	uint64_t address;
};

struct virtio_user_queue {
	struct virtio_user *virtio;
	struct virtio_user_memory ring;	/* one page */
	uint16_t index;
	uint16_t size;
	uint16_t notify_off;
	uint16_t next_avail;
	uint16_t last_used;
};

struct virtio_user_buffer {
	uint64_t address;
	uint32_t length;
	bool device_writes;
};

/* Reads the IDs and walks the capability list; -ENXIO without common config. */
int virtio_user_init(struct virtio_user *virtio, struct vfio_user *vfio);

/*
 * Fields of the common configuration (VIRTIO_PCI_COMMON_*), in their own
 * width; and any structure at any offset and width.
 */
int virtio_user_read_common(struct virtio_user *virtio, unsigned int field,
			    unsigned int width, uint64_t *value);
int virtio_user_write_common(struct virtio_user *virtio, unsigned int field,
			     unsigned int width, uint64_t value);
int virtio_user_read_config(struct virtio_user *virtio, unsigned int offset,
			    unsigned int width, uint64_t *value);

/*
 * The same through the VIRTIO_PCI_CAP_PCI_CFG window in config space, as
 * firmware does it. -ENXIO without that capability.
 */
int virtio_user_window_read(struct virtio_user *virtio, uint8_t bar,
			    uint32_t offset, unsigned int width, uint64_t *value);
int virtio_user_window_write(struct virtio_user *virtio, uint8_t bar,
			     uint32_t offset, unsigned int width, uint64_t value);

int virtio_user_status(struct virtio_user *virtio, uint8_t *status);
/* Writes the status byte as it is given, and reads it back. */
int virtio_user_set_status(struct virtio_user *virtio, uint8_t set,
			   uint8_t *status);
/* Writes 0 and waits until it reads 0; -ETIMEDOUT after a second. */
int virtio_user_reset(struct virtio_user *virtio);

/* All 64 bits of device_feature; of driver_feature as it reads back. */
int virtio_user_device_features(struct virtio_user *virtio, uint64_t *features);
int virtio_user_driver_features(struct virtio_user *virtio, uint64_t *features);
int virtio_user_write_driver_features(struct virtio_user *virtio,
				      uint64_t features);

/*
 * Reset, ACKNOWLEDGE, DRIVER, driver features, FEATURES_OK. -EOPNOTSUPP if the
 * function does not keep FEATURES_OK. @features is what is acked, as it is.
 */
int virtio_user_negotiate(struct virtio_user *virtio, uint64_t features);
/* DRIVER_OK; -EOPNOTSUPP if the status does not keep it. */
int virtio_user_driver_ok(struct virtio_user *virtio);

/*
 * Sets up and enables a queue whose descriptors and rings lie in one page.
 * -ENOENT if the function has no such queue.
 */
int virtio_user_setup_queue(struct virtio_user *virtio,
			    struct virtio_user_queue *queue, uint16_t index,
			    struct virtio_user_memory ring);
/* Puts one chain on the queue and notifies the device. */
int virtio_user_submit(struct virtio_user_queue *queue,
		       const struct virtio_user_buffer *buffers,
		       unsigned int count);
/*
 * Waits for the next used entry at most @milliseconds; its length goes to
 * @written if that is not NULL. -ETIMEDOUT if there is none.
 */
int virtio_user_wait(struct virtio_user_queue *queue, unsigned int milliseconds,
		     uint32_t *written);

/*
 * One sector of a virtio-blk function. @request is a page for the request's
 * header and status; @data is where the sector goes or comes from. -EIO if the
 * device reports an error.
 */
int virtio_user_blk_submit(struct virtio_user_queue *queue,
			   struct virtio_user_memory request, uint64_t data,
			   uint64_t sector, bool write);
int virtio_user_blk(struct virtio_user_queue *queue,
		    struct virtio_user_memory request, uint64_t data,
		    uint64_t sector, bool write, unsigned int milliseconds);

/* Random bytes of a virtio-rng function; returns how many came. */
int virtio_user_rng(struct virtio_user_queue *queue, uint64_t data,
		    uint32_t length, unsigned int milliseconds);

#endif /* TESTS_VIRTIO_USER_H */
