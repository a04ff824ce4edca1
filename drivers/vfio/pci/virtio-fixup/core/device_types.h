/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every virtio device type we know: number (virtio 1.3, section 5), the short
 * name users know it by, and whether its protocol names physical addresses.
 *
 * This list is also the list of modern PCI device IDs the module binds
 * (VFX_MODERN_DEVICE_ID + number). RINGS: all addresses it is given travel in virtqueues.
 * MEMORY: its requests name memory of its driver's, too, so translated rings show
 * only part of where its DMA goes. PROTOCOL: its requests name physical pages, or it
 * translates for others, so translated rings do not make it safe.
 */
#ifndef VFX_DEVICE_TYPES_H
#define VFX_DEVICE_TYPES_H

#define VFX_DEVICE_TYPES(X)					\
	X(VIRTIO_ID_NET, "net", RINGS)				\
	X(VIRTIO_ID_BLOCK, "blk", RINGS)			\
	X(VIRTIO_ID_CONSOLE, "console", RINGS)			\
	X(VIRTIO_ID_RNG, "rng", RINGS)				\
	X(VIRTIO_ID_BALLOON, "balloon", PROTOCOL)		\
	X(VIRTIO_ID_IOMEM, "iomem", RINGS)			\
	X(VIRTIO_ID_RPMSG, "rpmsg", RINGS)			\
	X(VIRTIO_ID_SCSI, "scsi", RINGS)			\
	X(VIRTIO_ID_9P, "9p", RINGS)				\
	X(VIRTIO_ID_MAC80211_WLAN, "wlan", RINGS)		\
	X(VIRTIO_ID_RPROC_SERIAL, "rproc-serial", RINGS)	\
	X(VIRTIO_ID_CAIF, "caif", RINGS)			\
	X(VIRTIO_ID_MEMORY_BALLOON, "memory-balloon", PROTOCOL)	\
	X(VIRTIO_ID_GPU, "gpu", MEMORY)				\
	X(VIRTIO_ID_CLOCK, "clock", RINGS)			\
	X(VIRTIO_ID_INPUT, "input", RINGS)			\
	X(VIRTIO_ID_VSOCK, "vsock", RINGS)			\
	X(VIRTIO_ID_CRYPTO, "crypto", RINGS)			\
	X(VIRTIO_ID_SIGNAL_DIST, "signal-dist", RINGS)		\
	X(VIRTIO_ID_PSTORE, "pstore", RINGS)			\
	X(VIRTIO_ID_IOMMU, "iommu", PROTOCOL)			\
	X(VIRTIO_ID_MEM, "mem", PROTOCOL)			\
	X(VIRTIO_ID_SOUND, "sound", RINGS)			\
	X(VIRTIO_ID_FS, "fs", RINGS)				\
	X(VIRTIO_ID_PMEM, "pmem", PROTOCOL)			\
	X(VIRTIO_ID_RPMB, "rpmb", RINGS)			\
	X(VIRTIO_ID_MAC80211_HWSIM, "hwsim", RINGS)		\
	X(VIRTIO_ID_VIDEO_ENCODER, "video-encoder", MEMORY)	\
	X(VIRTIO_ID_VIDEO_DECODER, "video-decoder", MEMORY)	\
	X(VIRTIO_ID_SCMI, "scmi", RINGS)			\
	X(VIRTIO_ID_NITRO_SEC_MOD, "nitro-sec-mod", RINGS)	\
	X(VIRTIO_ID_I2C_ADAPTER, "i2c", RINGS)			\
	X(VIRTIO_ID_WATCHDOG, "watchdog", RINGS)		\
	X(VIRTIO_ID_CAN, "can", RINGS)				\
	X(VIRTIO_ID_PARAM_SERV, "param-server", RINGS)		\
	X(VIRTIO_ID_AUDIO_POLICY, "audio-policy", RINGS)	\
	X(VIRTIO_ID_BT, "bluetooth", RINGS)			\
	X(VIRTIO_ID_GPIO, "gpio", RINGS)			\
	X(VIRTIO_ID_RDMA, "rdma", MEMORY)			\
	X(VIRTIO_ID_CAMERA, "camera", MEMORY)			\
	X(VIRTIO_ID_ISM, "ism", RINGS)				\
	X(VIRTIO_ID_SPI, "spi", RINGS)

#endif
