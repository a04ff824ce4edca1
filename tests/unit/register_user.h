/* SPDX-License-Identifier: GPL-2.0-only */
/* A user of the register file, and the device behind it. */
#ifndef REGISTER_USER_H
#define REGISTER_USER_H

#include "device_model.h"
#include "registers.h"

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
