/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A virtio function's common configuration, as devices really behave, and a
 * witness: it watches every access of the register file and keeps the first
 * rule that one of them broke. And in front of the register file, its user.
 */
#ifndef DEVICE_MODEL_H
#define DEVICE_MODEL_H

#include "registers.h"

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

/* A user of the register file, and the device behind it. */
struct register_user {
	struct device_model model;	/* first */
	struct vfx_registers regs;
	u64 refusals[VFX_REFUSALS];
};

/* A device of that kind, opened with that view. @length: of its structure. */
void user_open(struct register_user *user, const struct model_kind *kind,
	       enum virtio_fixup_view view, u64 length);

/* The same state once more, on its own. */
void user_copy(struct register_user *to, const struct register_user *from);

void user_write(struct register_user *user, u64 offset, unsigned int width, u32 value);

/* The same with any bytes. */
void user_write_bytes(struct register_user *user, u64 offset, const u8 *bytes, size_t count);

u32 user_read(struct register_user *user, u64 offset, unsigned int width);

u64 user_refusals(const struct register_user *user);

/* driver_feature, one word. */
void user_accept(struct register_user *user, unsigned int word, u32 features);

/* As a driver does it, up to FEATURES_OK; and all the way. */
void user_negotiate(struct register_user *user, u32 word1);
void user_go_live(struct register_user *user, u32 word1);

#endif
