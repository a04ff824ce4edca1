// SPDX-License-Identifier: GPL-2.0
/*
 * witness.c - the function's own registers, past its driver: through the
 * VIRTIO_PCI_CAP_PCI_CFG window of the hardware (virtio 1.2, 4.1.4.9), which
 * root reaches in the config file in sysfs. See function.h.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>
#include <linux/pci_regs.h>

#include "function.h"

static int config_read(int fd, unsigned int offset, unsigned int width, uint32_t *value)
{
	ssize_t done;

	*value = 0;
	done = pread(fd, value, width, offset);
	if (done < 0)
		return -errno;
	return done == (ssize_t)width ? 0 : -EIO;
}

static int config_write(int fd, unsigned int offset, unsigned int width, uint32_t value)
{
	ssize_t done = pwrite(fd, &value, width, offset);

	if (done < 0)
		return -errno;
	return done == (ssize_t)width ? 0 : -EIO;
}

static int find_capabilities(struct witness *witness)
{
	uint32_t at, id, type, next, bar = 0;
	unsigned int turns;
	bool common = false;
	int fd = witness->config;
	int ret;

	ret = config_read(fd, PCI_CAPABILITY_LIST, 1, &at);
	for (turns = 0; !ret && at && turns < 48; at = next, turns++) {
		ret = config_read(fd, at, 1, &id);
		if (!ret)
			ret = config_read(fd, at + 1, 1, &next);
		if (!ret)
			ret = config_read(fd, at + 3, 1, &type);
		if (ret || id != PCI_CAP_ID_VNDR)
			continue;
		if (type == VIRTIO_PCI_CAP_PCI_CFG) {
			witness->window = at;
		} else if (type == VIRTIO_PCI_CAP_COMMON_CFG && !common) {
			common = true;
			ret = config_read(fd, at + VIRTIO_PCI_CAP_BAR, 1, &bar);
			witness->bar = bar;
			if (!ret)
				ret = config_read(fd, at + VIRTIO_PCI_CAP_OFFSET, 4,
						  &witness->common);
		}
	}
	if (ret)
		return ret;
	return witness->window && common ? 0 : -ENXIO;
}

int witness_open(struct witness *witness, const char *bdf)
{
	char path[PATH_MAX];
	int ret;

	*witness = (struct witness){ 0 };
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/config", bdf);
	witness->config = open(path, O_RDWR | O_CLOEXEC);
	if (witness->config < 0)
		return -errno;
	ret = find_capabilities(witness);
	if (ret)
		witness_close(witness);
	return ret;
}

void witness_close(struct witness *witness)
{
	if (witness->config >= 0)
		close(witness->config);
	witness->config = -1;
}

int witness_config(struct witness *witness, unsigned int offset, unsigned int width,
		   uint32_t *value)
{
	return config_read(witness->config, offset, width, value);
}

static int aim(struct witness *witness, unsigned int field, unsigned int width)
{
	unsigned int at = witness->window;
	int ret;

	ret = config_write(witness->config, at + VIRTIO_PCI_CAP_BAR, 1, witness->bar);
	if (!ret)
		ret = config_write(witness->config, at + VIRTIO_PCI_CAP_LENGTH, 4, width);
	if (!ret)
		ret = config_write(witness->config, at + VIRTIO_PCI_CAP_OFFSET, 4,
				   witness->common + field);
	return ret;
}

int witness_read(struct witness *witness, unsigned int field, unsigned int width,
		 uint32_t *value)
{
	int ret = aim(witness, field, width);

	return ret ? ret : config_read(witness->config,
				       witness->window + sizeof(struct virtio_pci_cap),
				       width, value);
}

int witness_write(struct witness *witness, unsigned int field, unsigned int width,
		  uint32_t value)
{
	int ret = aim(witness, field, width);

	return ret ? ret : config_write(witness->config,
					witness->window + sizeof(struct virtio_pci_cap),
					width, value);
}

static int features(struct witness *witness, unsigned int select, unsigned int field,
		    uint64_t *features)
{
	uint32_t word, i;
	int ret = 0;

	*features = 0;
	for (i = 0; i < 2 && !ret; i++) {
		ret = witness_write(witness, select, 4, i);
		if (!ret)
			ret = witness_read(witness, field, 4, &word);
		if (!ret)
			*features |= (uint64_t)word << (32 * i);
	}
	return ret;
}

int witness_driver_features(struct witness *witness, uint64_t *value)
{
	return features(witness, VIRTIO_PCI_COMMON_GFSELECT, VIRTIO_PCI_COMMON_GF, value);
}

int witness_device_features(struct witness *witness, uint64_t *value)
{
	return features(witness, VIRTIO_PCI_COMMON_DFSELECT, VIRTIO_PCI_COMMON_DF, value);
}

int witness_status(struct witness *witness)
{
	uint32_t status;
	int ret = witness_read(witness, VIRTIO_PCI_COMMON_STATUS, 1, &status);

	return ret ? ret : (int)status;
}

int witness_queues(struct witness *witness)
{
	uint32_t before, number, enabled, i;
	int count = 0, ret;

	ret = witness_read(witness, VIRTIO_PCI_COMMON_Q_SELECT, 2, &before);
	if (!ret)
		ret = witness_read(witness, VIRTIO_PCI_COMMON_NUMQ, 2, &number);
	for (i = 0; !ret && i < number; i++) {
		ret = witness_write(witness, VIRTIO_PCI_COMMON_Q_SELECT, 2, i);
		if (!ret)
			ret = witness_read(witness, VIRTIO_PCI_COMMON_Q_ENABLE, 2, &enabled);
		if (!ret)
			count += enabled == 1;
	}
	if (!ret)
		ret = witness_write(witness, VIRTIO_PCI_COMMON_Q_SELECT, 2, before);
	return ret ? ret : count;
}
