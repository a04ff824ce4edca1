// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads and writes. An access is cut into runs, each of which has one owner: see
 * config.c and bar.c.
 */
#include <linux/nospec.h>
#include <linux/pm_runtime.h>
#include <linux/sched/signal.h>

#include "bar.h"
#include "config.h"
#include "doors.h"
#include "verdict_region.h"

static ssize_t access_runs(struct vfx_device *dev, unsigned int index, u64 offset,
			   char __user *buf, size_t count, bool is_write)
{
	size_t done = 0;
	ssize_t ret;

	if (pm_runtime_resume_and_get(&dev->core.pdev->dev))
		return -EIO;
	while (done < count) {
		if (index == VFIO_PCI_CONFIG_REGION_INDEX)
			ret = vfx_access_config(dev, offset + done, buf + done,
						count - done, is_write);
		else
			ret = vfx_access_bar(dev, index, offset + done, buf + done,
					     count - done, is_write);
		if (ret <= 0)
			break;
		done += ret;
		/* A function may declare structures of gigabytes, and so many runs. */
		cond_resched();
		if (fatal_signal_pending(current)) {
			ret = -EINTR;
			break;
		}
	}
	pm_runtime_put(&dev->core.pdev->dev);
	if (done < count)
		return ret ? ret : -EIO;
	return done;
}

static ssize_t access_config(struct vfx_device *dev, u64 offset, char __user *buf,
			     size_t count, bool is_write)
{
	unsigned int size = dev->session->view.config.size;

	if (offset >= size || count > size - offset)
		return -EFAULT;	/* as the core */
	offset = array_index_nospec(offset, size);
	/* Most reads are of the image alone, and need not wake the function. */
	if (!is_write && vfx_config_is_image(dev, offset, count))
		return vfx_read_image(dev, offset, buf, count);
	return access_runs(dev, VFIO_PCI_CONFIG_REGION_INDEX, offset, buf, count, is_write);
}

static ssize_t access_bar(struct vfx_device *dev, unsigned int bar, u64 offset,
			  char __user *buf, size_t count, bool is_write)
{
	u64 length;

	bar = array_index_nospec(bar, VFX_BARS);
	length = dev->session->view.layout.bar_length[bar];
	if (!pci_resource_start(dev->core.pdev, bar) || offset >= length)
		return -EINVAL;
	return access_runs(dev, bar, offset, buf, min_t(u64, count, length - offset), is_write);
}

static ssize_t access_region(struct vfx_device *dev, char __user *buf, size_t count,
			     loff_t *ppos, bool is_write)
{
	unsigned int index = VFIO_PCI_OFFSET_TO_INDEX(*ppos);
	u64 offset = *ppos & VFIO_PCI_OFFSET_MASK;
	ssize_t ret;

	if (!count)
		return 0;
	switch (index) {
	case VFIO_PCI_CONFIG_REGION_INDEX:
		ret = access_config(dev, offset, buf, count, is_write);
		break;
	case VFIO_PCI_BAR0_REGION_INDEX ... VFIO_PCI_BAR5_REGION_INDEX:
		ret = access_bar(dev, index, offset, buf, count, is_write);
		break;
	case VFIO_PCI_ROM_REGION_INDEX:
	case VFX_REGION_INDEX:
		ret = vfx_access_core(dev, index, offset, buf, count, is_write);
		break;
	default:
		return -EINVAL;
	}
	if (ret > 0)
		*ppos += ret;
	return ret;
}

ssize_t vfx_read(struct vfio_device *core_vdev, char __user *buf, size_t count,
		 loff_t *ppos)
{
	return access_region(to_vfx(core_vdev), buf, count, ppos, false);
}

ssize_t vfx_write(struct vfio_device *core_vdev, const char __user *buf, size_t count,
		  loff_t *ppos)
{
	return access_region(to_vfx(core_vdev), (char __user *)buf, count, ppos, true);
}
