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
#include <linux/pci_ids.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/linux/virtio_config.h>	/* linux/ has more than the names */
#else
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <linux/virtio_config.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#endif

#include <linux/pci_regs.h>
#include <linux/vfio_virtio_fixup.h>
#include <linux/virtio_ids.h>
#include <linux/virtio_pci.h>

/* What the headers of Linux 6.1, or all of them, lack; virtio 1.3 and its drafts have it. */
#ifndef PCI_VENDOR_ID_REDHAT_QUMRANET
#define PCI_VENDOR_ID_REDHAT_QUMRANET	0x1af4
#endif
#ifndef VIRTIO_F_ADMIN_VQ
#define VIRTIO_F_ADMIN_VQ		41
#endif
#ifndef VIRTIO_PCI_COMMON_ADM_Q_IDX
#define VIRTIO_PCI_COMMON_ADM_Q_IDX	60
#define VIRTIO_PCI_COMMON_ADM_Q_NUM	62
#endif
#ifndef VIRTIO_PCI_CAP_VENDOR_CFG
#define VIRTIO_PCI_CAP_VENDOR_CFG	9
#endif
#ifndef VIRTIO_ID_RDMA
#define VIRTIO_ID_RDMA			42
#endif
#ifndef VIRTIO_ID_CAMERA
#define VIRTIO_ID_CAMERA		43
#endif
#ifndef VIRTIO_ID_ISM
#define VIRTIO_ID_ISM			44
#endif
#ifndef VIRTIO_ID_SPI
#define VIRTIO_ID_SPI			45
#endif

/* A bit of feature word 1, by its number. */
#define VFX_WORD1(bit)	(1u << ((bit) - 32))

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
