// SPDX-License-Identifier: GPL-2.0-only
/* What the driver itself asks of a function; see border.h. */
#include "border.h"

/* If the status reads all ones for so long, the function is not there. */
#define GONE_WAIT_US	50000

/* The function's user can make the status all ones, but not the number of queues. */
static bool is_gone(struct vfx_hw *hw, u32 status)
{
	return status == VFX_STATUS_GONE &&
	       hw->read(hw, VIRTIO_PCI_COMMON_NUMQ, 2) == 0xffff;
}

static int write_status_0(struct vfx_hw *hw)
{
	unsigned int waited = 0, step;
	u32 status;

	hw->write(hw, VIRTIO_PCI_COMMON_STATUS, 1, 0);
	for (;;) {
		status = hw->read(hw, VIRTIO_PCI_COMMON_STATUS, 1);
		if (!status)
			return 0;
		if (waited >= GONE_WAIT_US && is_gone(hw, status))
			return -ENODEV;
		if (waited >= hw->patience_us)
			return -ETIMEDOUT;
		step = vfx_next_pause(waited);
		hw->pause(hw, step);
		waited += step;
	}
}

int vfx_reset(struct vfx_hw *hw)
{
	int ret = write_status_0(hw);

	if (ret)
		return ret;
	/* Look for a sign of life: a function that is gone may read 0, which looks like a reset. */
	hw->write(hw, VIRTIO_PCI_COMMON_STATUS, 1, VIRTIO_CONFIG_S_ACKNOWLEDGE);
	if (hw->read(hw, VIRTIO_PCI_COMMON_STATUS, 1) != VIRTIO_CONFIG_S_ACKNOWLEDGE)
		return -ENODEV;
	return write_status_0(hw);
}

int vfx_read_device_feature(struct vfx_hw *hw, u32 word[2])
{
	unsigned int generation = hw->generation(hw), i;

	for (i = 0; i < 2; i++) {
		hw->write(hw, VIRTIO_PCI_COMMON_DFSELECT, 4, i);
		word[i] = hw->read(hw, VIRTIO_PCI_COMMON_DF, 4);
	}
	/* Half of these bits are reserved, so the function is gone, or was for a moment. */
	if (word[1] == ~0u)
		return -ENODEV;
	/* A reset in between clears the selector, and then this is word 0 and not word 1. */
	if (generation & 1 || hw->generation(hw) != generation)
		return -EAGAIN;
	return 0;
}

void vfx_write_driver_feature(struct vfx_hw *hw, const u32 word[2])
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		hw->write(hw, VIRTIO_PCI_COMMON_GFSELECT, 4, i);
		hw->write(hw, VIRTIO_PCI_COMMON_GF, 4, word[i]);
	}
}

bool vfx_offers_access_platform(const u32 device_feature[2])
{
	return device_feature[1] & VFX_WORD1(VIRTIO_F_ACCESS_PLATFORM);
}
