/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ground the pure core stands on: integer types, the few library calls it
 * makes, and little-endian access to byte arrays. The same core files are
 * compiled into the module, the command-line tool and the host tests; this is
 * the only one of them that knows which of the three it is in.
 */
#ifndef VFX_TYPES_H
#define VFX_TYPES_H

#ifdef __KERNEL__
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>
#else
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#endif

#include <linux/vfio_virtio_fixup.h>

static inline u16 vfx_get16(const u8 *p)
{
	return p[0] | (u16)(p[1] << 8);
}

static inline u32 vfx_get32(const u8 *p)
{
	return vfx_get16(p) | (u32)vfx_get16(p + 2) << 16;
}

/* Store the low @len bytes of @val, least significant first. */
static inline void vfx_put(u8 *p, u32 val, unsigned int len)
{
	for (; len; len--, val >>= 8)
		*p++ = (u8)val;
}

#endif
