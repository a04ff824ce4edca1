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

#include <linux/virtio_blk.h>
#include <linux/virtio_net.h>
#include <linux/virtio_ring.h>

#define AGREED			(VIRTIO_CONFIG_S_ACKNOWLEDGE | VIRTIO_CONFIG_S_DRIVER | \
				 VIRTIO_CONFIG_S_FEATURES_OK)

/* What lies where in a queue's slot, from the middle of the block on. */
#define SLOT_SIZE		(16 * 1024)
#define SLOT_DESC		0
#define SLOT_AVAIL		(4 * 1024)
#define SLOT_USED		(8 * 1024)
#define SLOT_DATA		(12 * 1024)
#define MAX_SLOTS		3
#define MIDDLE			(VFX_BLOCK_SIZE / 2)
/* All queues that are set up only to please the function share one more slot. */
#define IDLE_SLOT		(MIDDLE + MAX_SLOTS * SLOT_SIZE)
#define BEHIND			(IDLE_SLOT + SLOT_SIZE)
/* A slot has room for so many entries; a first try asks for fewer. */
#define SLOT_ENTRIES		256
#define FEW_ENTRIES		8
/* No more idle queues than these are set up, as each costs a dozen accesses. */
#define MAX_IDLE_QUEUES		64

/* A function that answers does so in microseconds; a loaded host takes longer. */
#define EVENT_WAIT_US		2000
#define REQUEST_WAIT_US		20000

/* A request has what the device reads, then what the device writes. */
struct request {
	u8 out[51];
	u8 out_len;
	u16 in_len;
};

/* virtio 1.3, 5.4.6: the entropy device fills what it is given. */
static const struct request rng_request = { .in_len = 64 };

/* 5.2.6: 20 bytes of ID string and a status byte. */
static const struct request blk_get_id = {
	.out = { VIRTIO_BLK_T_GET_ID }, .out_len = 16, .in_len = VIRTIO_BLK_ID_BYTES + 1,
};

/* 5.1.6.5: a class that does not exist; the answer is VIRTIO_NET_ERR. */
static const struct request net_no_class = { .out = { 0xff, 0xff }, .out_len = 2, .in_len = 1 };

/* 5.6.6.2: VIRTIO_SCSI_T_AN_QUERY for no event of LUN 0. */
static const struct request scsi_query = { .out = { 1, 0, 0, 0, 1 }, .out_len = 16, .in_len = 5 };

/* 5.6.6.1: TEST UNIT READY for a target that is not there; the answer is BAD_TARGET. */
static const struct request scsi_no_target = {
	.out = { 1, 0xff, 0xff, 0xff }, .out_len = 51, .in_len = 108,
};

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
	{ VIRTIO_ID_NET, 1, 0, NULL },				/* transmitq1 */
	/* controlq, of a function without MQ */
	{ VIRTIO_ID_NET, 2, 1u << VIRTIO_NET_F_CTRL_VQ, &net_no_class },
	{ VIRTIO_ID_BLOCK, 0, 0, &blk_get_id },			/* requestq1 */
	{ VIRTIO_ID_RNG, 0, 0, &rng_request },			/* requestq */
	{ VIRTIO_ID_SCSI, 0, 0, &scsi_query },			/* controlq */
	{ VIRTIO_ID_SCSI, 2, 0, &scsi_no_target },		/* requestq1 */
	{ VIRTIO_ID_GPU, 0, 0, &gpu_display_info },		/* controlq */
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

bool vfx_must_answer(u16 type)
{
	return type == VIRTIO_ID_BLOCK || type == VIRTIO_ID_SCSI || type == VIRTIO_ID_GPU;
}

static u32 read(struct vfx_canary *c, unsigned int offset, unsigned int width)
{
	return c->hw->read(c->hw, offset, width);
}

static void write(struct vfx_canary *c, unsigned int offset, unsigned int width, u32 value)
{
	c->hw->write(c->hw, offset, width, value);
}

/* Return: the status that the function makes of it. */
static u32 write_status(struct vfx_canary *c, u32 status)
{
	write(c, VIRTIO_PCI_COMMON_STATUS, 1, status);
	return read(c, VIRTIO_PCI_COMMON_STATUS, 1);
}

/* Write the same into both blocks and into the reference. */
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
	u8 desc[16];	/* struct vring_desc */

	vfx_put(desc, (u32)address, 4);
	vfx_put(desc + 4, (u32)(address >> 32), 4);
	vfx_put(desc + 8, len, 4);
	vfx_put(desc + 12, flags, 2);
	vfx_put(desc + 14, index + 1, 2);
	store(c, q->slot + SLOT_DESC + index * sizeof(desc), desc, sizeof(desc));
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

/*
 * Prepare the blocks for another run. Only the slots are filled again where nothing else
 * was touched.
 */
static void prepare_blocks(struct vfx_canary *c)
{
	if (c->poisoned)
		poison(c, MIDDLE, BEHIND - MIDDLE);
	else
		poison(c, 0, VFX_BLOCK_SIZE);
	c->poisoned = true;
}

/*
 * Look at all of both blocks: an answer may be late, or beside the rings. A function that
 * did not reset may write still, so what counts is one look, and that the poison is whole
 * is asked after it.
 */
static enum vfx_outcome look_everywhere(struct vfx_canary *c)
{
	enum vfx_outcome seen = look(c, 0, VFX_BLOCK_SIZE);

	c->poisoned = look(c, 0, MIDDLE) == VFX_OUTCOME_SILENT &&
		      look(c, BEHIND, VFX_BLOCK_SIZE - BEHIND) == VFX_OUTCOME_SILENT;
	return seen;
}

/*
 * What a good driver accepts of an offer. Few: what the recipes use, and what the
 * specification says a driver should accept or its device may fail (virtio 1.3, 6.1,
 * VIRTIO_F_ORDER_PLATFORM and VIRTIO_F_SR_IOV). All: but for what changes the
 * format of rings or notifications, or the number of a queue that is asked.
 */
#define FEW_WORD1	(VFX_WORD1(VIRTIO_F_VERSION_1) | VFX_WORD1(VIRTIO_F_ORDER_PLATFORM) | \
			 VFX_WORD1(VIRTIO_F_SR_IOV))
#define ALL_WORD0	(0x00ffffff | 1u << VIRTIO_RING_F_INDIRECT_DESC | \
			 1u << VIRTIO_RING_F_EVENT_IDX)
#define ALL_WORD1	(FEW_WORD1 | VFX_WORD1(VIRTIO_F_IN_ORDER))

static void choose_features(u16 type, const u32 offered[2], enum vfx_way way, bool all,
			    u32 word[2])
{
	u32 wanted = 1u << VIRTIO_RING_F_EVENT_IDX;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(recipes); i++)
		if (recipes[i].type == type)
			wanted |= recipes[i].feature;
	if (all)
		wanted |= ALL_WORD0;
	if (type == VIRTIO_ID_NET)
		wanted &= ~(1u << VIRTIO_NET_F_MQ);
	word[0] = offered[0] & wanted;
	word[1] = offered[1] & (all ? ALL_WORD1 : FEW_WORD1);
	if (way == VFX_WAY_NO_VERSION_1)
		word[1] = 0;
	else if (way == VFX_WAY_ACKED || way == VFX_WAY_WITHDRAWN)
		word[1] |= offered[1] & VFX_WORD1(VIRTIO_F_ACCESS_PLATFORM);
}

/* Up to FEATURES_OK, or as far as @way goes. Return: the status to go on from, or 0. */
static u32 negotiate(struct vfx_canary *c, const u32 word[2], enum vfx_way way)
{
	u32 status = VIRTIO_CONFIG_S_ACKNOWLEDGE | VIRTIO_CONFIG_S_DRIVER;
	u32 withdrawn[2] = { word[0], word[1] & ~VFX_WORD1(VIRTIO_F_ACCESS_PLATFORM) };

	write(c, VIRTIO_PCI_COMMON_STATUS, 1, VIRTIO_CONFIG_S_ACKNOWLEDGE);
	write(c, VIRTIO_PCI_COMMON_STATUS, 1, status);
	vfx_write_driver_feature(c->hw, word);
	if (way == VFX_WAY_NO_VERSION_1)
		return status;
	status = write_status(c, AGREED);
	if (status == VFX_STATUS_GONE)
		return 0;
	if (way == VFX_WAY_WITHDRAWN)
		vfx_write_driver_feature(c->hw, withdrawn);
	return way == VFX_WAY_PRESSED || (status & VIRTIO_CONFIG_S_FEATURES_OK) ? status : 0;
}

static void write_address(struct vfx_canary *c, unsigned int field, u64 address)
{
	write(c, field, 4, (u32)address);
	write(c, field + 4, 4, (u32)(address >> 32));
}

/* Return: the queue exists and was enabled. */
static bool setup_queue(struct vfx_canary *c, struct queue *q, unsigned int number,
			unsigned int wanted)
{
	u64 base = c->address + q->slot;
	u32 most, size;

	if (number >= read(c, VIRTIO_PCI_COMMON_NUMQ, 2))
		return false;
	write(c, VIRTIO_PCI_COMMON_Q_SELECT, 2, number);
	most = read(c, VIRTIO_PCI_COMMON_Q_SIZE, 2);
	if (!most || most > VFX_QUEUE_MAX)
		return false;

	for (size = wanted; size > most; size /= 2)
		;
	write(c, VIRTIO_PCI_COMMON_Q_SIZE, 2, size);
	/* If the function keeps its own size, use that size if it fits. */
	size = read(c, VIRTIO_PCI_COMMON_Q_SIZE, 2);
	if (!size || size > SLOT_ENTRIES || size & (size - 1))
		return false;
	q->size = (u16)size;

	write_address(c, VIRTIO_PCI_COMMON_Q_DESCLO, base + SLOT_DESC);
	write_address(c, VIRTIO_PCI_COMMON_Q_AVAILLO, base + SLOT_AVAIL);
	write_address(c, VIRTIO_PCI_COMMON_Q_USEDLO, base + SLOT_USED);
	write(c, VIRTIO_PCI_COMMON_Q_MSIX, 2, VIRTIO_MSI_NO_VECTOR);
	q->notify_off = (u16)read(c, VIRTIO_PCI_COMMON_Q_NOFF, 2);

	/* An empty ring, without interrupts; used_event is far away, too. */
	store16(c, q->slot + SLOT_AVAIL, VRING_AVAIL_F_NO_INTERRUPT);
	store16(c, q->slot + SLOT_AVAIL + 2, 0);
	store16(c, q->slot + SLOT_AVAIL + 4 + 2u * q->size, 0x7fff);

	write(c, VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
	return true;
}

/* Make one request available: at most one part to read and one to write. */
static void post(struct vfx_canary *c, const struct queue *q)
{
	const struct request *r = q->recipe->request;
	unsigned int index = 0;

	if (r->out_len) {
		store(c, q->slot + SLOT_DATA, r->out, r->out_len);
		store_desc(c, q, index++, 0, r->out_len, VRING_DESC_F_NEXT);
	}
	store_desc(c, q, index, 64, r->in_len, VRING_DESC_F_WRITE);
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
		step = vfx_next_pause(waited);
		c->hw->pause(c->hw, step);
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
	c->requested = true;
	kick(c, q, REQUEST_WAIT_US);
}

static bool is_asked(const struct queue *queues, unsigned int nr_queues, unsigned int number)
{
	while (nr_queues--)
		if (queues[nr_queues].recipe->queue == number)
			return true;
	return false;
}

/* Empty rings for all other queues, in one place: nothing is ever posted there. */
static void setup_idle_queues(struct vfx_canary *c, const struct queue *queues,
			      unsigned int nr_queues)
{
	struct queue idle = { .slot = IDLE_SLOT };
	unsigned int number;

	for (number = 0; number < MAX_IDLE_QUEUES; number++)
		if (!is_asked(queues, nr_queues, number))
			setup_queue(c, &idle, number, SLOT_ENTRIES);
}

/* Set up what recipes there are for the type. Return: how many virtqueues. */
static unsigned int setup_queues(struct vfx_canary *c, u16 type, u32 accepted, bool all,
				 struct queue queues[MAX_SLOTS])
{
	unsigned int i, nr_queues = 0;

	write(c, VIRTIO_PCI_COMMON_MSIX, 2, VIRTIO_MSI_NO_VECTOR);
	for (i = 0; i < ARRAY_SIZE(recipes) && nr_queues < MAX_SLOTS; i++) {
		struct queue *q = &queues[nr_queues];

		if (recipes[i].type != type || (recipes[i].feature & ~accepted))
			continue;
		q->recipe = &recipes[i];
		q->slot = MIDDLE + nr_queues * SLOT_SIZE;
		if (setup_queue(c, q, q->recipe->queue, all ? SLOT_ENTRIES : FEW_ENTRIES))
			nr_queues++;
	}
	if (all)
		setup_idle_queues(c, queues, nr_queues);
	return nr_queues;
}

/*
 * From negotiation to the last question; what was seen is in the blocks.
 * Return: it went live.
 */
static bool go_live(struct vfx_canary *c, u16 type, const u32 device_feature[2],
		    enum vfx_way way, bool all)
{
	unsigned int i, nr_queues;
	struct queue queues[MAX_SLOTS];
	u32 word[2], status;

	choose_features(type, device_feature, way, all, word);
	status = negotiate(c, word, way);
	if (!status)
		return false;
	nr_queues = setup_queues(c, type, word[0], all, queues);
	status = write_status(c, status | VIRTIO_CONFIG_S_DRIVER_OK);
	if (!(status & VIRTIO_CONFIG_S_DRIVER_OK) ||
	    (status & (VIRTIO_CONFIG_S_NEEDS_RESET | VIRTIO_CONFIG_S_FAILED)))
		return false;
	for (i = 0; i < nr_queues; i++)
		ask(c, &queues[i], word[0] & 1u << VIRTIO_RING_F_EVENT_IDX);
	return true;
}

/* Go live one way, with few wishes or all, and see what came of it. */
static int try_run(struct vfx_canary *c, u16 type, const u32 device_feature[2],
		   enum vfx_way way, bool all, enum vfx_outcome *outcome)
{
	bool live;
	int ret;

	prepare_blocks(c);
	live = go_live(c, type, device_feature, way, all);
	ret = vfx_reset(c->hw);
	*outcome = look_everywhere(c);
	if (*outcome == VFX_OUTCOME_SILENT && !live)
		*outcome = VFX_OUTCOME_REJECTED;
	return ret;
}

int vfx_canary_run(struct vfx_canary *c, u16 type, const u32 device_feature[2],
		   enum vfx_way way, enum vfx_outcome *outcome)
{
	enum vfx_outcome seen = VFX_OUTCOME_NOT_RUN;
	int ret;

	*outcome = VFX_OUTCOME_NOT_RUN;
	c->requested = false;
	ret = vfx_reset(c->hw);
	if (!ret)
		ret = try_run(c, type, device_feature, way, false, &seen);
	if (!ret && seen == VFX_OUTCOME_REJECTED)
		ret = try_run(c, type, device_feature, way, true, &seen);
	/* Of one that does not reset, what speaks against it counts. */
	if (!ret || seen == VFX_OUTCOME_BYPASS)
		*outcome = seen;
	return ret;
}
