/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The naive view of configuration space: an array of owners and an array of
 * values, filled byte by byte, and a loop for each access. Each check does the
 * same to the core's view and compares.
 */
#ifndef CONFIG_MODEL_H
#define CONFIG_MODEL_H

#include "config_space.h"

/*
 * One letter a byte, of the header and of all capabilities that have a rule:
 *
 *   .  the image       K  the same, but written bytes are kept
 *   L  live            C  command: live, but for mild writes
 *
 * Where a capability has several lengths, each of them. @goes_on: behind the last
 * letter all is live, as far as the core knows the capability.
 */
struct capability_letters {
	u16 id;
	const char *letters;
	bool goes_on;
};

#define STANDARD_LETTERS	16
#define EXTENDED_LETTERS	3

extern const char header_letters[];
extern const struct capability_letters standard_letters[STANDARD_LETTERS];
extern const struct capability_letters extended_letters[EXTENDED_LETTERS];

/* Who has a byte. Of a window, MODEL_REGISTER is what can be written. */
enum model_owner {
	MODEL_IMAGE, MODEL_KEPT, MODEL_LIVE, MODEL_COMMAND, MODEL_WINDOW, MODEL_REGISTER,
};

/**
 * struct config_model - the naive view
 * @size: bytes
 * @owner: enum model_owner of each byte
 * @value: what a read gives
 * @window: the number of the window that has the byte
 * @live: what the core would read, in this model and in the view's own run
 * @hidden: nothing of this byte of the core's copy is ever shown
 * @steers: but what it is decides about other bytes
 * @erased: it was of a description of a layer below
 * @description: where it is, 0 for nowhere
 */
struct config_model {
	unsigned int size;
	u8 owner[VFX_CONFIG_MAX];
	u8 value[VFX_CONFIG_MAX];
	u8 window[VFX_CONFIG_MAX];
	u8 live[VFX_CONFIG_MAX];
	bool hidden[VFX_CONFIG_MAX];
	bool steers[VFX_CONFIG_MAX];
	bool erased[256];
	unsigned int description;
};

/* The image and the header; nothing of capabilities. */
void config_model_begin(struct config_model *m, const u8 *vconfig, const u8 *map,
			unsigned int size);

/* What a capability or the decision makes of bytes. */
void config_model_live(struct config_model *m, unsigned int pos, unsigned int len);
void config_model_window(struct config_model *m, unsigned int pos, unsigned int number);
void config_model_description(struct config_model *m,
			      const struct vfx_decision *decision, unsigned int pos);

/* All of it, for any space; what config_view.h says, byte by byte. */
void config_model_view(struct config_model *m, const struct vfx_layout *layout,
		       const struct vfx_decision *decision, u16 type,
		       const u8 *vconfig, const u8 *map, unsigned int size);

/* The longest run of one owner, compared with the model. */
unsigned int check_config_run(const struct config_model *m,
			      const struct vfx_config_view *view,
			      unsigned int offset, unsigned int count, bool is_write,
			      u8 *source);

/*
 * What the driver does with a read and a write, without the accesses behind a
 * window. @live is where bytes of the core's come from and go to.
 */
void access_config(const struct config_model *m, struct vfx_config_view *view,
		   u8 *live, unsigned int offset, u8 *buf, unsigned int count, bool is_write);

/* A read of the view, and a write to view and model; compared. */
void check_config_read(struct config_model *m, struct vfx_config_view *view,
		       unsigned int offset, unsigned int count);
void check_config_write(struct config_model *m, struct vfx_config_view *view,
			unsigned int offset, u8 *buf, unsigned int count);

#endif
