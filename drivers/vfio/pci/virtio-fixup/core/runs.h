/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The runs of a measurement: which ones, in which order, and what they say
 * together.
 */
#ifndef VFX_RUNS_H
#define VFX_RUNS_H

#include "canary.h"
#include "evidence.h"

/**
 * vfx_run_all() - all runs of a measurement
 * @canary: its means
 * @type: virtio device type
 * @device_feature: what the function offers, read behind a reset
 * @seen: result; @seen->settled is read, too
 *
 * Unacked first, as an ack may stick in a function. Where the unacked run saw
 * translation, and an ack from before may be the reason, it is made once more
 * behind a reset that takes everything back. The forced runs come last, and only
 * where the function can be admitted without enforcement at all. A forced run that
 * is silent counts only if the function still answers a good driver afterwards:
 * one that is rate limited has used up what it had. A function whose type has no
 * recipe is driven live and asked nothing: that moves no data, and tells whether
 * the function insists on the ack.
 *
 * Return: 0; -ETIME if @canary has no time for all of them; or what vfx_reset() gave, and
 * then the function may still write.
 */
int vfx_run_all(struct vfx_canary *canary, u16 type, const u32 device_feature[2],
		struct vfx_seen *seen);

#endif
