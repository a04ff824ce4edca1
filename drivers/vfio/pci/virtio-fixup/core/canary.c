// SPDX-License-Identifier: GPL-2.0-only
/*
 * The canary of canary.h: the recipes, and the run that cooks one.
 *
 * A recipe names a virtqueue and the most harmless thing its device type can
 * do: send no packet, write no medium, leave no state, post nothing on a
 * receive queue. Asked first, where VIRTIO_F_EVENT_IDX is offered, is nothing
 * at all: a kick of an empty ring makes many devices write avail_event. The
 * specification does not oblige them to, so silence proves nothing, and a
 * request follows where the type has a harmless one.
 */
#include "canary.h"

/* struct virtio_pci_common_cfg, virtio 1.3, 4.1.4.3. */
#define DRIVER_FEATURE_SELECT	0x08
#define DRIVER_FEATURE		0x0c
#define CONFIG_MSIX_VECTOR	0x10
#define NUM_QUEUES		0x12
#define DEVICE_STATUS		0x14
#define QUEUE_SELECT		0x16
#define QUEUE_SIZE		0x18
#define QUEUE_MSIX_VECTOR	0x1a
#define QUEUE_ENABLE		0x1c
#define QUEUE_NOTIFY_OFF	0x1e
#define QUEUE_DESC		0x20
#define QUEUE_DRIVER		0x28
#define QUEUE_DEVICE		0x30
#define   NO_VECTOR		0xffff

#define STATUS_ACKNOWLEDGE	0x01
#define STATUS_DRIVER		0x02
#define STATUS_DRIVER_OK	0x04
#define STATUS_FEATURES_OK	0x08
#define STATUS_NEEDS_RESET	0x40
#define STATUS_FAILED		0x80
#define STATUS_GONE		0xff

#define WORD0_EVENT_IDX		0x20000000	/* bit 29 */
#define WORD1_VERSION_1		0x00000001	/* bit 32 */
#define WORD1_ACCESS_PLATFORM	0x00000002	/* bit 33 */

/* Split virtqueues, virtio 1.3, 2.7. */
#define DESC_NEXT		1
#define DESC_WRITE		2
#define AVAIL_NO_INTERRUPT	1
#define DESC_SIZE		16

/* What lies where in a queue's slot, from the middle of the block on. */
#define SLOT_SIZE		(16 * 1024)
#define SLOT_DESC		0
#define SLOT_AVAIL		(4 * 1024)
#define SLOT_USED		(8 * 1024)
#define SLOT_DATA		(12 * 1024)
#define MAX_SLOTS		2
#define MIDDLE			(VFX_BLOCK_SIZE / 2)
#define BEHIND			(MIDDLE + MAX_SLOTS * SLOT_SIZE)
/* Entries that fit; asked for are fewer. */
#define SLOT_ENTRIES		256
#define WANTED_ENTRIES		8

/* A function that answers does so in microseconds; a loaded host takes longer. */
#define EVENT_WAIT_US		2000
#define REQUEST_WAIT_US		20000
#define RESET_WAIT_US		1000000
/* So long all ones: it is not there. */
#define GONE_WAIT_US		50000

/* One request: what the device reads, then what it writes. */
struct request {
	u8 out[24];
	u8 out_len;
	u16 in_len;
};

/* virtio 1.3, 5.4.6: the entropy device fills what it is given. */
static const struct request rng_request = { .in_len = 64 };

/* 5.2.6: VIRTIO_BLK_T_GET_ID, 20 bytes of ID string and a status byte. */
static const struct request blk_get_id = { .out = { 8 }, .out_len = 16, .in_len = 21 };

/* 5.1.6.5: a class that does not exist; the answer is VIRTIO_NET_ERR. */
static const struct request net_no_class = { .out = { 0xff, 0xff }, .out_len = 2, .in_len = 1 };

/* 5.6.6.2: VIRTIO_SCSI_T_AN_QUERY for no event of LUN 0. */
static const struct request scsi_query = { .out = { 1, 0, 0, 0, 1 }, .out_len = 16, .in_len = 5 };

/* 5.7.6.8: VIRTIO_GPU_CMD_GET_DISPLAY_INFO, sixteen scanouts of 24 bytes. */
static const struct request gpu_display_info = {
	.out = { 0x00, 0x01 }, .out_len = 24, .in_len = 24 + 16 * 24,
};

static const struct recipe {
	u16 type;
	u16 queue;
	u32 feature;		/* of word 0, that the queue depends on */
	const struct request *request;
} recipes[] = {
	{ 1, 1, 0, NULL },			/* net, transmitq1 */
	{ 1, 2, 1u << 17, &net_no_class },	/* net, controlq without MQ: CTRL_VQ */
	{ 2, 0, 0, &blk_get_id },		/* blk, requestq1 */
	{ 4, 0, 0, &rng_request },		/* rng, requestq */
	{ 8, 0, 0, &scsi_query },		/* scsi, controlq */
	{ 16, 0, 0, &gpu_display_info },	/* gpu, controlq */
};

/* A virtqueue that was set up. */
struct queue {
	const struct recipe *recipe;
	unsigned int slot;	/* offset in the block */
	u16 size;
	u16 notify_off;
};

bool vfx_has_recipe(u16 type)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(recipes); i++)
		if (recipes[i].type == type)
			return true;
	return false;
}

static int read_status(struct vfx_canary *c, u32 *status)
{
	return c->hw->read(c->hw, DEVICE_STATUS, 1, status);
}

static int write_status(struct vfx_canary *c, u32 status)
{
	return c->hw->write(c->hw, DEVICE_STATUS, 1, status);
}

static void pause(struct vfx_canary *c, unsigned int usecs)
{
	c->pause(c, usecs);
	c->waited_us += usecs;
}

/* Longer and longer, so that a quick answer is seen quickly. */
static unsigned int next_pause(unsigned int waited)
{
	return waited < 200 ? 20 : waited / 4;
}

int vfx_canary_reset(struct vfx_canary *c)
{
	unsigned int waited = 0, step;
	u32 status;
	int ret;

	ret = write_status(c, 0);
	while (!ret) {
		ret = read_status(c, &status);
		if (ret || status == 0)
			break;
		if (status == STATUS_GONE && waited >= GONE_WAIT_US)
			return -ENODEV;
		if (waited >= RESET_WAIT_US)
			return -ETIMEDOUT;
		step = next_pause(waited);
		pause(c, step);
		waited += step;
	}
	return ret;
}

/* Store in both blocks and in the reference. */
static void store(struct vfx_canary *c, unsigned int offset, const u8 *bytes,
		  unsigned int len)
{
	memcpy(c->block_translated + offset, bytes, len);
	memcpy(c->block_bypass + offset, bytes, len);
	memcpy(c->reference + offset, bytes, len);
}

static void store16(struct vfx_canary *c, unsigned int offset, u16 value)
{
	u8 bytes[2];

	vfx_put(bytes, value, sizeof(bytes));
	store(c, offset, bytes, sizeof(bytes));
}

static void store_desc(struct vfx_canary *c, const struct queue *q,
		       unsigned int index, unsigned int data, unsigned int len, u16 flags)
{
	u64 address = c->address + q->slot + SLOT_DATA + data;
	u8 desc[DESC_SIZE];

	vfx_put(desc, (u32)address, 4);
	vfx_put(desc + 4, (u32)(address >> 32), 4);
	vfx_put(desc + 8, len, 4);
	vfx_put(desc + 12, flags, 2);
	vfx_put(desc + 14, index + 1, 2);
	store(c, q->slot + SLOT_DESC + index * DESC_SIZE, desc, sizeof(desc));
}

/* Where did the function write, within these bytes? Bypass is the worse of two. */
static enum vfx_outcome look(const struct vfx_canary *c,
			     unsigned int offset, unsigned int len)
{
	if (memcmp(c->block_bypass + offset, c->reference + offset, len))
		return VFX_OUTCOME_BYPASS;
	if (memcmp(c->block_translated + offset, c->reference + offset, len))
		return VFX_OUTCOME_TRANSLATED;
	return VFX_OUTCOME_SILENT;
}

static void poison(struct vfx_canary *c, unsigned int offset, unsigned int len)
{
	memset(c->block_translated + offset, VFX_POISON, len);
	memset(c->block_bypass + offset, VFX_POISON, len);
	memset(c->reference + offset, VFX_POISON, len);
}

/* Blocks for another run: what is beside the rings is seldom touched. */
static void prepare_blocks(struct vfx_canary *c)
{
	if (c->poisoned)
		poison(c, MIDDLE, BEHIND - MIDDLE);
	else
		poison(c, 0, VFX_BLOCK_SIZE);
	c->poisoned = true;
}

/* Everywhere, for a late answer, or one beside the rings. */
static enum vfx_outcome look_everywhere(struct vfx_canary *c)
{
	enum vfx_outcome before = look(c, 0, MIDDLE);
	enum vfx_outcome rings = look(c, MIDDLE, BEHIND - MIDDLE);
	enum vfx_outcome behind = look(c, BEHIND, VFX_BLOCK_SIZE - BEHIND);

	c->poisoned = before == VFX_OUTCOME_SILENT && behind == VFX_OUTCOME_SILENT;
	if (before == VFX_OUTCOME_BYPASS || rings == VFX_OUTCOME_BYPASS ||
	    behind == VFX_OUTCOME_BYPASS)
		return VFX_OUTCOME_BYPASS;
	if (rings != VFX_OUTCOME_SILENT)
		return rings;
	return before != VFX_OUTCOME_SILENT ? before : behind;
}

/* Both feature words and FEATURES_OK. *accepted: it stuck. */
static int negotiate(struct vfx_canary *c, const u32 word[2], bool *accepted)
{
	unsigned int i;
	u32 status;
	int ret;

	ret = write_status(c, STATUS_ACKNOWLEDGE);
	if (!ret)
		ret = write_status(c, STATUS_ACKNOWLEDGE | STATUS_DRIVER);
	for (i = 0; i < 2 && !ret; i++) {
		ret = c->hw->write(c->hw, DRIVER_FEATURE_SELECT, 4, i);
		if (!ret)
			ret = c->hw->write(c->hw, DRIVER_FEATURE, 4, word[i]);
	}
	if (!ret)
		ret = write_status(c, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK);
	if (!ret)
		ret = read_status(c, &status);
	if (!ret)
		*accepted = status != STATUS_GONE && (status & STATUS_FEATURES_OK);
	return ret;
}

static int write_address(struct vfx_canary *c, unsigned int field, u64 address)
{
	int ret = c->hw->write(c->hw, field, 4, (u32)address);

	return ret ? ret : c->hw->write(c->hw, field + 4, 4, (u32)(address >> 32));
}

/* *usable: the queue exists and was enabled. */
static int setup_queue(struct vfx_canary *c, struct queue *q, bool *usable)
{
	u32 queues, most, size, value;
	u64 base = c->address + q->slot;
	int ret;

	*usable = false;
	ret = c->hw->read(c->hw, NUM_QUEUES, 2, &queues);
	if (ret || q->recipe->queue >= queues)
		return ret;
	ret = c->hw->write(c->hw, QUEUE_SELECT, 2, q->recipe->queue);
	if (!ret)
		ret = c->hw->read(c->hw, QUEUE_SIZE, 2, &most);
	if (ret || !most || most > VFX_QUEUE_MAX)
		return ret;

	for (size = WANTED_ENTRIES; size > most; size /= 2)
		;
	ret = c->hw->write(c->hw, QUEUE_SIZE, 2, size);
	if (!ret)
		ret = c->hw->read(c->hw, QUEUE_SIZE, 2, &value);
	/* One that keeps its own size is taken at its word, if that fits. */
	if (ret || !value || value > SLOT_ENTRIES || value & (value - 1))
		return ret;
	q->size = (u16)value;

	ret = write_address(c, QUEUE_DESC, base + SLOT_DESC);
	if (!ret)
		ret = write_address(c, QUEUE_DRIVER, base + SLOT_AVAIL);
	if (!ret)
		ret = write_address(c, QUEUE_DEVICE, base + SLOT_USED);
	if (!ret)
		ret = c->hw->write(c->hw, QUEUE_MSIX_VECTOR, 2, NO_VECTOR);
	if (!ret)
		ret = c->hw->read(c->hw, QUEUE_NOTIFY_OFF, 2, &value);
	if (ret)
		return ret;
	q->notify_off = (u16)value;

	/* An empty ring, without interrupts; used_event is far away, too. */
	store16(c, q->slot + SLOT_AVAIL, AVAIL_NO_INTERRUPT);
	store16(c, q->slot + SLOT_AVAIL + 2, 0);
	store16(c, q->slot + SLOT_AVAIL + 4 + 2u * q->size, 0x7fff);

	ret = c->hw->write(c->hw, QUEUE_ENABLE, 2, 1);
	*usable = !ret;
	return ret;
}

/* Make one request available: at most one part to read and one to write. */
static void post(struct vfx_canary *c, const struct queue *q)
{
	const struct request *r = q->recipe->request;
	unsigned int index = 0;

	if (r->out_len) {
		store(c, q->slot + SLOT_DATA, r->out, r->out_len);
		store_desc(c, q, index++, 0, r->out_len, DESC_NEXT);
	}
	store_desc(c, q, index, 64, r->in_len, DESC_WRITE);
	store16(c, q->slot + SLOT_AVAIL + 4, 0);
	store16(c, q->slot + SLOT_AVAIL + 2, 1);
}

static enum vfx_outcome kick(struct vfx_canary *c, const struct queue *q,
			     unsigned int patience)
{
	enum vfx_outcome seen = VFX_OUTCOME_SILENT;
	unsigned int waited, step;

	if (!c->notify(c, q->recipe->queue, q->notify_off))
		return seen;
	for (waited = 0; ; waited += step) {
		seen = look(c, q->slot, SLOT_SIZE);
		if (seen != VFX_OUTCOME_SILENT || waited >= patience)
			return seen;
		step = next_pause(waited);
		pause(c, step);
	}
}

static void ask(struct vfx_canary *c, const struct queue *q, bool event_idx)
{
	if (event_idx && kick(c, q, EVENT_WAIT_US) != VFX_OUTCOME_SILENT)
		return;
	/* A chain is no longer than its ring. */
	if (!q->recipe->request || q->size < (q->recipe->request->out_len ? 2 : 1))
		return;
	post(c, q);
	kick(c, q, REQUEST_WAIT_US);
}

/* From negotiation to the last question; what was seen is in the blocks. */
static int go_live(struct vfx_canary *c, u16 type, const u32 device_feature[2],
		   bool ack, bool *rejected)
{
	unsigned int i, nr_queues = 0;
	struct queue queues[MAX_SLOTS];
	bool usable, accepted, event_idx;
	u32 word[2], status;
	int ret;

	word[0] = device_feature[0] & WORD0_EVENT_IDX;
	word[1] = WORD1_VERSION_1 | (ack ? WORD1_ACCESS_PLATFORM : 0);
	for (i = 0; i < ARRAY_SIZE(recipes); i++)
		if (recipes[i].type == type)
			word[0] |= device_feature[0] & recipes[i].feature;
	event_idx = word[0] & WORD0_EVENT_IDX;

	ret = negotiate(c, word, &accepted);
	if (ret)
		return ret;
	*rejected = !accepted;
	if (!accepted)
		return 0;

	ret = c->hw->write(c->hw, CONFIG_MSIX_VECTOR, 2, NO_VECTOR);
	for (i = 0; i < ARRAY_SIZE(recipes) && nr_queues < MAX_SLOTS && !ret; i++) {
		struct queue *q = &queues[nr_queues];

		if (recipes[i].type != type || (recipes[i].feature & ~word[0]))
			continue;
		q->recipe = &recipes[i];
		q->slot = MIDDLE + nr_queues * SLOT_SIZE;
		ret = setup_queue(c, q, &usable);
		if (usable)
			nr_queues++;
	}
	if (!ret)
		ret = write_status(c, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK |
				   STATUS_DRIVER_OK);
	if (!ret)
		ret = read_status(c, &status);
	if (ret)
		return ret;
	*rejected = !(status & STATUS_DRIVER_OK) || (status & (STATUS_NEEDS_RESET | STATUS_FAILED));

	for (i = 0; i < nr_queues && !*rejected; i++)
		ask(c, &queues[i], event_idx);
	return 0;
}

int vfx_canary_run(struct vfx_canary *c, u16 type,
		   const u32 device_feature[2], bool ack,
		   enum vfx_outcome *outcome)
{
	bool rejected = false;
	int ret, reset;

	*outcome = VFX_OUTCOME_NOT_RUN;
	ret = vfx_canary_reset(c);
	if (ret)
		return ret;
	prepare_blocks(c);
	ret = go_live(c, type, device_feature, ack, &rejected);
	reset = vfx_canary_reset(c);
	if (ret || reset)
		return ret ? ret : reset;

	*outcome = look_everywhere(c);
	if (*outcome == VFX_OUTCOME_SILENT && rejected)
		*outcome = VFX_OUTCOME_REJECTED;
	return 0;
}
