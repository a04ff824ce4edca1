/* SPDX-License-Identifier: GPL-2.0-only */
/* What becomes of the facts when a function is asked or measured again. */
#ifndef VFX_EVIDENCE_H
#define VFX_EVIDENCE_H

#include "verdict.h"

/* What a measurement made of the one before. */
enum vfx_evidence {
	VFX_EVIDENCE_KEPT,
	VFX_EVIDENCE_NEW,
	VFX_EVIDENCE_VOID,
};

/**
 * vfx_take_offer() - the function was asked anew what it offers
 * @facts: updated
 * @offered: VIRTIO_F_ACCESS_PLATFORM
 *
 * Return: true if that has changed, and both outcomes are void.
 */
bool vfx_take_offer(struct vfx_facts *facts, bool offered);

/**
 * vfx_take_outcomes() - the function was measured
 * @facts: updated
 * @seen: the facts as the measurement leaves them
 * @ran: it asked the function what it offers
 * @error: 0, or a negative errno; -EIO if the function itself failed
 *
 * A failure leaves what was known before; one of the function itself voids what
 * spoke for it, but never a bypass that was seen.
 */
enum vfx_evidence vfx_take_outcomes(struct vfx_facts *facts, const struct vfx_facts *seen,
				    bool ran, int error);

#endif
