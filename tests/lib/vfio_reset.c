// SPDX-License-Identifier: GPL-2.0
/*
 * vfio_reset.c - resets of a function that is open. See vfio_user.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <linux/pci_regs.h>

#include "sysfs_user.h"
#include "vfio_user.h"

unsigned int vfio_user_find_capability(struct vfio_user *user, uint8_t id)
{
	uint64_t at, seen;
	unsigned int turns;

	if (vfio_user_config_read(user, PCI_CAPABILITY_LIST, 1, &at))
		return 0;
	for (turns = 0; at >= PCI_STD_HEADER_SIZEOF && turns < 48; turns++) {
		if (vfio_user_config_read(user, at, 1, &seen))
			return 0;
		if (seen == id)
			return at;
		if (vfio_user_config_read(user, at + 1, 1, &at))
			return 0;
	}
	return 0;
}

int vfio_user_flr(struct vfio_user *user)
{
	unsigned int express = vfio_user_find_capability(user, PCI_CAP_ID_EXP);
	uint64_t able, control;
	int ret;

	if (!express)
		return -EOPNOTSUPP;
	ret = vfio_user_config_read(user, express + PCI_EXP_DEVCAP, 4, &able);
	if (ret)
		return ret;
	if (!(able & PCI_EXP_DEVCAP_FLR))
		return -EOPNOTSUPP;
	ret = vfio_user_config_read(user, express + PCI_EXP_DEVCTL, 2, &control);
	if (ret)
		return ret;
	return vfio_user_config_write(user, express + PCI_EXP_DEVCTL, 2,
				      control | PCI_EXP_DEVCTL_BCR_FLR);
}

int vfio_user_power_state(struct vfio_user *user, unsigned int state)
{
	const struct timespec recovery = { .tv_nsec = 10000000 };
	unsigned int power = vfio_user_find_capability(user, PCI_CAP_ID_PM);
	uint64_t control;
	int ret;

	if (!power)
		return -EOPNOTSUPP;
	ret = vfio_user_config_read(user, power + PCI_PM_CTRL, 2, &control);
	if (!ret)
		ret = vfio_user_config_write(user, power + PCI_PM_CTRL, 2,
					     (control & ~(uint64_t)PCI_PM_CTRL_STATE_MASK) |
					     state);
	nanosleep(&recovery, NULL);
	return ret;
}

int vfio_user_power_cycle(struct vfio_user *user)
{
	int ret = vfio_user_power_state(user, 3);

	return ret ? ret : vfio_user_power_state(user, 0);
}

/*
 * The owner shows that all groups on the bus are its own. Where a port does not
 * report its link, as QEMU's, Linux gives up waiting for it, with ENOTTY, when
 * the reset is done.
 */
int vfio_user_hot_reset(struct vfio_user *user)
{
	struct {
		struct vfio_pci_hot_reset reset;
		int32_t group;
	} request = {
		.reset = { .argsz = sizeof(request), .count = 1 },
		.group = user->group,
	};

	/* With an iommufd the kernel knows. */
	if (user->cdev)
		request.reset.count = 0;
	if (!ioctl(user->device, VFIO_DEVICE_PCI_HOT_RESET, &request) || errno == ENOTTY)
		return 0;
	return errno == ENODEV ? -EOPNOTSUPP : -errno;
}

int vfio_user_sysfs_reset(struct vfio_user *user)
{
	char path[PATH_MAX];
	int ret;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/reset", user->bdf);
	ret = sysfs_user_write(path, "1");
	return ret == -ENOENT ? -EOPNOTSUPP : ret;
}
