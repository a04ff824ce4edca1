// SPDX-License-Identifier: GPL-2.0
/*
 * virtio_user.c - capabilities, common configuration and negotiation of one
 * modern virtio function. See virtio_user.h; the queue is in virtio_queue.c.
 */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <linux/pci_regs.h>

#include "virtio_user.h"

#define VENDOR_VIRTIO		0x1af4
#define DEVICE_MODERN		0x1040
#define DEVICE_TRANSITIONAL	0x1000

/* At most this many capabilities fit; more means that the list loops. */
#define CAPS_MAX		48

/* One virtio capability; the first of its kind counts (virtio 1.2, 4.1.4). */
static int read_cap(struct virtio_user *virtio, unsigned int at)
{
	struct virtio_user_cap *cap;
	struct virtio_pci_cap raw;
	uint64_t multiplier;
	int ret;

	ret = vfio_user_read(virtio->vfio, VFIO_PCI_CONFIG_REGION_INDEX, at,
			     &raw, sizeof(raw));
	if (ret)
		return ret;

	switch (raw.cfg_type) {
	case VIRTIO_PCI_CAP_COMMON_CFG:
		cap = &virtio->common;
		break;
	case VIRTIO_PCI_CAP_NOTIFY_CFG:
		cap = &virtio->notify;
		break;
	case VIRTIO_PCI_CAP_ISR_CFG:
		cap = &virtio->isr;
		break;
	case VIRTIO_PCI_CAP_DEVICE_CFG:
		cap = &virtio->config;
		break;
	case VIRTIO_PCI_CAP_PCI_CFG:
		cap = &virtio->pci_cfg;
		break;
	default:
		return 0;
	}
	if (cap->present)
		return 0;

	/* Capabilities are little-endian; so is every machine we run on. */
	cap->present = true;
	cap->config_offset = at;
	cap->bar = raw.bar;
	cap->offset = raw.offset;
	cap->length = raw.length;
	if (raw.cfg_type != VIRTIO_PCI_CAP_NOTIFY_CFG)
		return 0;

	ret = vfio_user_config_read(virtio->vfio, at + sizeof(raw), 4,
				    &multiplier);
	virtio->notify_off_multiplier = multiplier;
	return ret;
}

int virtio_user_init(struct virtio_user *virtio, struct vfio_user *vfio)
{
	uint64_t vendor, device, subsystem, at, next, id;
	unsigned int turns;
	int ret;

	memset(virtio, 0, sizeof(*virtio));
	virtio->vfio = vfio;
	ret = vfio_user_config_read(vfio, PCI_VENDOR_ID, 2, &vendor);
	if (!ret)
		ret = vfio_user_config_read(vfio, PCI_DEVICE_ID, 2, &device);
	if (!ret)
		ret = vfio_user_config_read(vfio, PCI_SUBSYSTEM_ID, 2, &subsystem);
	if (!ret)
		ret = vfio_user_config_read(vfio, PCI_CAPABILITY_LIST, 1, &at);
	if (ret)
		return ret;

	virtio->vendor = vendor;
	virtio->device = device;
	if (vendor != VENDOR_VIRTIO || device < DEVICE_TRANSITIONAL ||
	    device > DEVICE_MODERN + 0x3f)
		return -ENXIO;
	virtio->type = device >= DEVICE_MODERN ? device - DEVICE_MODERN : subsystem;

	for (turns = 0; at >= PCI_STD_HEADER_SIZEOF; at = next) {
		if (turns++ == CAPS_MAX)
			return -ELOOP;
		at &= ~3ULL;
		ret = vfio_user_config_read(vfio, at, 1, &id);
		if (!ret)
			ret = vfio_user_config_read(vfio, at + 1, 1, &next);
		if (!ret && id == PCI_CAP_ID_VNDR)
			ret = read_cap(virtio, at);
		if (ret)
			return ret;
	}
	return virtio->common.present ? 0 : -ENXIO;
}

static int read_structure(struct virtio_user *virtio,
			  const struct virtio_user_cap *cap, unsigned int offset,
			  unsigned int width, uint64_t *value)
{
	if (!cap->present)
		return -ENXIO;
	return vfio_user_read_le(virtio->vfio, cap->bar,
				 (uint64_t)cap->offset + offset, width, value);
}

int virtio_user_read_common(struct virtio_user *virtio, unsigned int field,
			    unsigned int width, uint64_t *value)
{
	return read_structure(virtio, &virtio->common, field, width, value);
}

int virtio_user_write_common(struct virtio_user *virtio, unsigned int field,
			     unsigned int width, uint64_t value)
{
	if (!virtio->common.present)
		return -ENXIO;
	return vfio_user_write_le(virtio->vfio, virtio->common.bar,
				  (uint64_t)virtio->common.offset + field,
				  width, value);
}

int virtio_user_read_config(struct virtio_user *virtio, unsigned int offset,
			    unsigned int width, uint64_t *value)
{
	return read_structure(virtio, &virtio->config, offset, width, value);
}

/* Aims the window; the access itself is to its pci_cfg_data. */
static int aim_window(struct virtio_user *virtio, uint8_t bar, uint32_t offset,
		      unsigned int width)
{
	unsigned int at = virtio->pci_cfg.config_offset;
	int ret;

	if (!virtio->pci_cfg.present)
		return -ENXIO;
	if (width != 1 && width != 2 && width != 4)
		return -EINVAL;
	ret = vfio_user_config_write(virtio->vfio, at + VIRTIO_PCI_CAP_BAR, 1, bar);
	if (!ret)
		ret = vfio_user_config_write(virtio->vfio,
					     at + VIRTIO_PCI_CAP_LENGTH, 4, width);
	if (!ret)
		ret = vfio_user_config_write(virtio->vfio,
					     at + VIRTIO_PCI_CAP_OFFSET, 4, offset);
	return ret;
}

int virtio_user_window_read(struct virtio_user *virtio, uint8_t bar,
			    uint32_t offset, unsigned int width, uint64_t *value)
{
	int ret = aim_window(virtio, bar, offset, width);

	if (ret)
		return ret;
	return vfio_user_config_read(virtio->vfio,
				     virtio->pci_cfg.config_offset +
				     sizeof(struct virtio_pci_cap), width, value);
}

int virtio_user_window_write(struct virtio_user *virtio, uint8_t bar,
			     uint32_t offset, unsigned int width, uint64_t value)
{
	int ret = aim_window(virtio, bar, offset, width);

	if (ret)
		return ret;
	return vfio_user_config_write(virtio->vfio,
				      virtio->pci_cfg.config_offset +
				      sizeof(struct virtio_pci_cap), width, value);
}

int virtio_user_status(struct virtio_user *virtio, uint8_t *status)
{
	uint64_t value;
	int ret;

	ret = virtio_user_read_common(virtio, VIRTIO_PCI_COMMON_STATUS, 1, &value);
	if (!ret)
		*status = value;
	return ret;
}

int virtio_user_set_status(struct virtio_user *virtio, uint8_t set,
			   uint8_t *status)
{
	int ret;

	ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_STATUS, 1, set);
	return ret ? ret : virtio_user_status(virtio, status);
}

int virtio_user_reset(struct virtio_user *virtio)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	unsigned int tries;
	uint8_t status;
	int ret;

	ret = virtio_user_set_status(virtio, 0, &status);
	for (tries = 0; !ret && status; tries++) {
		if (tries == 1000)
			return -ETIMEDOUT;
		nanosleep(&pause, NULL);
		ret = virtio_user_status(virtio, &status);
	}
	return ret;
}

static int read_features(struct virtio_user *virtio, unsigned int select,
			 unsigned int window, uint64_t *features)
{
	uint64_t half;
	uint32_t i;
	int ret;

	*features = 0;
	for (i = 0; i < 2; i++) {
		ret = virtio_user_write_common(virtio, select, 4, i);
		if (!ret)
			ret = virtio_user_read_common(virtio, window, 4, &half);
		if (ret)
			return ret;
		*features |= half << (32 * i);
	}
	return 0;
}

int virtio_user_device_features(struct virtio_user *virtio, uint64_t *features)
{
	return read_features(virtio, VIRTIO_PCI_COMMON_DFSELECT,
			     VIRTIO_PCI_COMMON_DF, features);
}

int virtio_user_driver_features(struct virtio_user *virtio, uint64_t *features)
{
	return read_features(virtio, VIRTIO_PCI_COMMON_GFSELECT,
			     VIRTIO_PCI_COMMON_GF, features);
}

int virtio_user_write_driver_features(struct virtio_user *virtio,
				      uint64_t features)
{
	uint32_t i;
	int ret;

	for (i = 0; i < 2; i++) {
		ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_GFSELECT,
					       4, i);
		if (!ret)
			ret = virtio_user_write_common(virtio,
						       VIRTIO_PCI_COMMON_GF, 4,
						       (uint32_t)(features >> (32 * i)));
		if (ret)
			return ret;
	}
	return 0;
}

int virtio_user_negotiate(struct virtio_user *virtio, uint64_t features)
{
	uint8_t want = VIRTIO_CONFIG_S_ACKNOWLEDGE;
	uint8_t status;
	int ret;

	ret = virtio_user_reset(virtio);
	if (!ret)
		ret = virtio_user_set_status(virtio, want, &status);
	want |= VIRTIO_CONFIG_S_DRIVER;
	if (!ret)
		ret = virtio_user_set_status(virtio, want, &status);
	if (!ret)
		ret = virtio_user_write_driver_features(virtio, features);
	want |= VIRTIO_CONFIG_S_FEATURES_OK;
	if (!ret)
		ret = virtio_user_set_status(virtio, want, &status);
	if (ret)
		return ret;
	return status & VIRTIO_CONFIG_S_FEATURES_OK ? 0 : -EOPNOTSUPP;
}

int virtio_user_driver_ok(struct virtio_user *virtio)
{
	uint8_t status;
	int ret;

	ret = virtio_user_status(virtio, &status);
	if (!ret)
		ret = virtio_user_set_status(virtio,
					     status | VIRTIO_CONFIG_S_DRIVER_OK,
					     &status);
	if (ret)
		return ret;
	return status & VIRTIO_CONFIG_S_DRIVER_OK ? 0 : -EOPNOTSUPP;
}
