/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ack_dodges.h - every way we know to make a function live without bit 33.
 *
 * A dodge is a list of steps that a hostile user makes. It says nothing of what
 * comes of it: whoever runs one then rings the queue and looks at memory.
 */
#ifndef TESTS_ACK_DODGES_H
#define TESTS_ACK_DODGES_H

#include "virtio_user.h"

#define DODGE_STEPS	16

enum dodge_what {
	DODGE_END,
	DODGE_BEGIN,		/* reset, ACKNOWLEDGE, DRIVER */
	DODGE_FEATURES,		/* both words of driver_feature; value: 64 bits */
	DODGE_PUT,		/* one write to the common configuration */
	DODGE_QUEUE,		/* size and addresses of the queue */
	DODGE_WHOLE,		/* all registers in one write; value: the status */
	DODGE_WINDOW,		/* go on through the PCI_CFG window */
	DODGE_BAR,		/* go on through the BAR */
	DODGE_RESET,		/* each kind of reset, one run for each */
};

struct dodge_step {
	enum dodge_what what;
	unsigned int field;	/* of DODGE_PUT */
	unsigned int width;	/* 1 to 8: as wide as the user likes */
	uint64_t value;
};

struct dodge {
	const char *name;
	struct dodge_step steps[DODGE_STEPS];
};

struct dodge_reset {
	const char *name;
	int (*run)(struct virtio_user *virtio);
};

extern const struct dodge dodges[];
extern const unsigned int nr_dodges;
extern const struct dodge_reset dodge_resets[];
extern const unsigned int nr_dodge_resets;

/* Does it have a DODGE_RESET among its steps? */
bool dodge_has_reset(const struct dodge *dodge);

/*
 * Makes all steps, with queue 0 in @ring's page, and fills @queue for
 * virtio_user_submit(). What the function refuses is no error; -EOPNOTSUPP means
 * that it has no such reset.
 */
int dodge_run(const struct dodge *dodge, const struct dodge_reset *reset,
	      struct virtio_user *virtio, struct virtio_user_queue *queue,
	      struct virtio_user_memory ring);

#endif /* TESTS_ACK_DODGES_H */
