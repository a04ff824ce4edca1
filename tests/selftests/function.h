/* SPDX-License-Identifier: GPL-2.0 */
/*
 * function.h - the function a selftest is about, from three sides: as a user
 * of VFIO has it, as its driver describes it in sysfs, and as the hardware is.
 *
 * The hardware's side is the witness: L1's root reaches the function's own
 * VIRTIO_PCI_CAP_PCI_CFG window through the config file in sysfs, past the
 * driver, open or not, and with memory decoding off.
 *
 * Every function returns 0 (or what its comment says), or a negative errno.
 */
#ifndef SELFTESTS_FUNCTION_H
#define SELFTESTS_FUNCTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/virtio_user.h"

/* Feature bits (virtio 1.2, 6). */
#define VERSION_1		(1ULL << 32)
#define ACCESS_PLATFORM		(1ULL << 33)
#define RING_RESET		(1ULL << 40)

/* device_status (virtio 1.2, 2.1). */
#define ACKNOWLEDGE		0x01
#define DRIVER			0x02
#define DRIVER_OK		0x04
#define FEATURES_OK		0x08
#define NEEDS_RESET		0x40
#define FAILED			0x80

/* The counters of what was refused. */
enum refusal {
	REFUSED_FEATURES_OK,
	REFUSED_DRIVER_OK,
	REFUSED_QUEUE_ENABLE,
	REFUSED_ABSENT_QUEUE,
	REFUSED_LATE_FEATURES,
	REFUSED_STATUS_CLEAR,
	REFUSED_IN_RESET,
	REFUSED_PARTIAL,
	REFUSED_UNDECLARED,
	REFUSED_WINDOW,
	REFUSED_MMAP,
	REFUSED_REQUEST,
	REFUSALS,
};

/* The name of a counter's file. */
const char *refusal_file(enum refusal refusal);

/* A lot below a limit. xorshift64*, Vigna 2014; the state is odd at first. */
static inline uint32_t draw_lot(uint64_t *random, uint32_t below)
{
	*random ^= *random >> 12;
	*random ^= *random << 25;
	*random ^= *random >> 27;
	return (*random * 0x2545f4914f6cdd1dULL >> 32) % below;
}

struct function {
	const char *bdf;
	bool is_open;
	struct vfio_user vfio;
	struct virtio_user virtio;
	long refusals[REFUSALS];	/* as they were read last */
};

/* Opens it and reads its capabilities. Whatever fails, nothing stays open. */
int function_open(struct function *function, const char *bdf);
void function_close(struct function *function);

/* A page-aligned piece of our memory, mapped for DMA both ways. */
int function_map(struct function *function, uint64_t iova, size_t size,
		 struct virtio_user_memory *memory);

/* May a user map all of that? */
bool is_mappable(const struct vfio_user_region *region, uint64_t offset, uint64_t size);

/* An eventfd of these flags for one of VFIO's interrupts, VFIO_PCI_*_IRQ_INDEX. */
int function_event(struct function *function, unsigned int index, int flags);

/* Negotiates ACCESS_PLATFORM, enables queue 0 in @memory, and goes live. */
int function_go_live(struct function *function, struct virtio_user_queue *queue,
		     struct virtio_user_memory memory);

/*
 * sysfs. An attribute's text comes without its newline; attribute_count() gives
 * a number. attribute_write() is one write(2) of these bytes, or its errno.
 */
int attribute_read(const char *bdf, const char *name, char *text, size_t size);
bool attribute_is(const char *bdf, const char *name, const char *text);
long attribute_count(const char *bdf, const char *name);
int attribute_write(const char *bdf, const char *name, const void *bytes, size_t size);
int policy_set(const char *bdf, const char *word);
int refusals_read(const char *bdf, long counts[REFUSALS]);

/* Any file of the function's folder in sysfs, or of the driver's; one write(2). */
int function_file_write(const char *bdf, const char *name, const char *text);
int driver_file_write(const char *name, const char *text);
bool is_bound(const char *bdf);

/* The witness: the hardware's registers, in natural widths. */
struct witness {
	int config;
	unsigned int window;
	uint8_t bar;
	uint32_t common;
};

int witness_open(struct witness *witness, const char *bdf);
void witness_close(struct witness *witness);
int witness_config(struct witness *witness, unsigned int offset, unsigned int width,
		   uint32_t *value);
int witness_read(struct witness *witness, unsigned int field, unsigned int width,
		 uint32_t *value);
int witness_write(struct witness *witness, unsigned int field, unsigned int width,
		  uint32_t value);
/* These move the hardware's selectors. */
int witness_driver_features(struct witness *witness, uint64_t *features);
int witness_device_features(struct witness *witness, uint64_t *features);
int witness_status(struct witness *witness);
/* How many queues are enabled. */
int witness_queues(struct witness *witness);

/* The kernel log, from the call on: how many new lines have that text. */
int kernel_log_open(void);
int kernel_log_count(int log, const char *text);
/*
 * How many new ones warn of a fault in the kernel: WARNING, BUG and the like. Not
 * counted are two warnings of Linux 6.12 that it lacks memory where it takes for
 * granted that it has some, and nothing comes of them.
 */
int kernel_log_alarms(int log);

#endif
