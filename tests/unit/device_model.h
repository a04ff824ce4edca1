/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A virtio function's common configuration, as devices really behave, and a
 * witness: it watches every access of the register file and keeps the first
 * rule that one of them broke.
 */
#ifndef DEVICE_MODEL_H
#define DEVICE_MODEL_H

#include "border.h"

#define MODEL_QUEUES	2
#define MODEL_NEVER	(~0u)

/* Offsets of struct virtio_pci_common_cfg, virtio 1.3, 4.1.4.3. */
enum {
	DEVICE_FEATURE_SELECT = 0x00,
	DEVICE_FEATURE = 0x04,
	DRIVER_FEATURE_SELECT = 0x08,
	DRIVER_FEATURE = 0x0c,
	CONFIG_MSIX_VECTOR = 0x10,
	NUM_QUEUES = 0x12,
	DEVICE_STATUS = 0x14,
	CONFIG_GENERATION = 0x15,
	QUEUE_SELECT = 0x16,
	QUEUE_SIZE = 0x18,
	QUEUE_MSIX_VECTOR = 0x1a,
	QUEUE_ENABLE = 0x1c,
	QUEUE_NOTIFY_OFF = 0x1e,
	QUEUE_DESC = 0x20,
	QUEUE_NOTIF_CONFIG_DATA = 0x38,
	QUEUE_RESET = 0x3a,
	ADMIN_QUEUE_INDEX = 0x3c,
	COMMON_CFG_END = 0x40,
};

#define ACKNOWLEDGE	0x01u
#define DRIVER		0x02u
#define DRIVER_OK	0x04u
#define FEATURES_OK	0x08u
#define NEEDS_RESET	0x40u
#define FAILED		0x80u

/* Bits of feature word 1. */
#define VERSION_1	(1u << (32 - 32))
#define ACCESS_PLATFORM	(1u << (33 - 32))
#define RING_RESET	(1u << (40 - 32))
#define ADMIN_VQ	(1u << (41 - 32))

/* How a device behaves. */
struct model_kind {
	bool offers;		/* ACCESS_PLATFORM */
	bool refuses_unacked;	/* rejects FEATURES_OK without an offered ack */
	bool sticky_acks;	/* remembers acks over a reset */
	bool ring_reset;	/* offers RING_RESET */
	bool hides_selectors;	/* they read 0, whatever was written */
	bool keeps_selectors;	/* a reset does not take them back to 0 */
	bool refuses_driver_ok;
	bool one_at_a_time;	/* no DRIVER_OK in the write that has FEATURES_OK */
	unsigned int reset_reads;	/* status reads until a reset is done */
};

struct device_model {
	struct vfx_hw hw;	/* first */
	struct model_kind kind;

	/* The registers. */
	u8 bytes[COMMON_CFG_END];	/* those that are plain memory */
	u32 device_feature[2];
	u32 driver_feature[2];
	u32 ever_acked[2];
	u16 queue_enable[MODEL_QUEUES];
	u8 status;
	unsigned int reset_left;	/* status reads until the pending reset is done */
	unsigned int generation;

	/* What goes wrong: at which access from now on, MODEL_NEVER for not at all. */
	unsigned int reset_at;		/* it resets itself, just before the access */
	unsigned int announce_at;	/* a reset is announced, just before the access */
	unsigned int leave_at;		/* it is gone, from that access on */
	bool gone;			/* reads all ones */

	/* What the witness knows. */
	unsigned int agreed_at;	/* the generation when it was given FEATURES_OK */
	bool opened;		/* its indicator is known: nobody looks again */
	bool word_written[2];	/* of driver_feature, since the last reset */
	bool user_must_ack;	/* the platform view */
	bool user_acked;	/* kept by the test: since the last reset */
	bool tolerant;		/* it resets itself: one lone access may slip past */
	bool excused;		/* it reset itself where no register can tell */
	const char *broken;	/* the first rule that was broken */
	unsigned int reads, writes;
};

void model_init(struct device_model *model, const struct model_kind *kind);

/* A reset from elsewhere, finished at once. Nobody announces it. */
void model_reset(struct device_model *model);

/* What a register of that width holds, without side effects. */
u32 model_peek(const struct device_model *model, unsigned int offset, unsigned int width);

/* Its driver_feature has the ack. */
bool model_acked(const struct device_model *model);

/* DRIVER_OK is set and a queue is enabled: it may do DMA. */
bool model_live(const struct device_model *model);

#endif
