/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every virtio device type we know: number (virtio 1.3, section 5), the short
 * name users know it by, and whether its protocol names physical addresses.
 *
 * This list is also the list of modern PCI device IDs the module binds
 * (0x1040 + number). RINGS: all addresses it is given travel in virtqueues.
 * PROTOCOL: its requests themselves name physical pages, or it translates for
 * others, so translated rings do not make it safe.
 */
#ifndef VFX_DEVICE_TYPES_H
#define VFX_DEVICE_TYPES_H

/* The rows as initialisers. */
#define VFX_DEVICE_TYPE_ROW(number, name, addressing) \
	{ number, name, addressing },

#define VFX_DEVICE_TYPES(X)		\
	X(1, "net", RINGS)			\
	X(2, "blk", RINGS)			\
	X(3, "console", RINGS)			\
	X(4, "rng", RINGS)			\
	X(5, "balloon", PROTOCOL)		\
	X(6, "iomem", RINGS)			\
	X(7, "rpmsg", RINGS)			\
	X(8, "scsi", RINGS)			\
	X(9, "9p", RINGS)			\
	X(10, "wlan", RINGS)			\
	X(11, "rproc-serial", RINGS)		\
	X(12, "caif", RINGS)			\
	X(13, "memory-balloon", PROTOCOL)	\
	X(16, "gpu", RINGS)			\
	X(17, "clock", RINGS)			\
	X(18, "input", RINGS)			\
	X(19, "vsock", RINGS)			\
	X(20, "crypto", RINGS)			\
	X(21, "signal-dist", RINGS)		\
	X(22, "pstore", RINGS)			\
	X(23, "iommu", PROTOCOL)		\
	X(24, "mem", PROTOCOL)			\
	X(25, "sound", RINGS)			\
	X(26, "fs", RINGS)			\
	X(27, "pmem", PROTOCOL)			\
	X(28, "rpmb", RINGS)			\
	X(29, "hwsim", RINGS)			\
	X(30, "video-encoder", RINGS)		\
	X(31, "video-decoder", RINGS)		\
	X(32, "scmi", RINGS)			\
	X(33, "nitro-sec-mod", RINGS)		\
	X(34, "i2c", RINGS)			\
	X(35, "watchdog", RINGS)		\
	X(36, "can", RINGS)			\
	X(38, "param-server", RINGS)		\
	X(39, "audio-policy", RINGS)		\
	X(40, "bluetooth", RINGS)		\
	X(41, "gpio", RINGS)			\
	X(42, "rdma", RINGS)			\
	X(43, "camera", RINGS)			\
	X(44, "ism", RINGS)			\
	X(45, "spi", RINGS)

#endif
