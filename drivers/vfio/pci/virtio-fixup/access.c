// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads and writes: configuration space and BARs. An access is cut into runs
 * that one owner answers: vfio_pci_core, with the user's own buffer, for what
 * may be seen as it is; the pure core, through a buffer of ours, for the rest.
 * No byte that is rewritten is ever in the user's buffer as the hardware has it.
 */
#include <linux/io.h>
#include <linux/nospec.h>
#include <linux/pm_runtime.h>
#include <linux/uaccess.h>

#include "trace.h"
#include "virtio_fixup.h"

/* As vfx_refuse(), with register_lock held. */
static void refuse_locked(struct vfx_device *dev, enum vfx_refusal refusal,
			  u64 where, u64 count)
{
	dev->refusals[refusal]++;
	trace_virtio_fixup_refused(pci_name(dev->core.pdev), refusal, where, count);
}

void vfx_refuse(struct vfx_device *dev, enum vfx_refusal refusal,
		u64 where, u64 count)
{
	mutex_lock(&dev->register_lock);
	refuse_locked(dev, refusal, where, count);
	mutex_unlock(&dev->register_lock);
}

void vfx_registers_refused(struct vfx_hw *hw, enum vfx_refusal refusal, u64 offset,
			   size_t count)
{
	refuse_locked(container_of(hw, struct vfx_device, hw), refusal, offset, count);
}

/* A user's access to the register file, with everything held that it needs. */
static int lock_registers(struct vfx_device *dev)
{
	mutex_lock(&dev->register_lock);
	down_read(&dev->core.memory_lock);
	if (vfx_reachable(dev))
		return 0;
	up_read(&dev->core.memory_lock);
	mutex_unlock(&dev->register_lock);
	return -EIO;
}

static void unlock_registers(struct vfx_device *dev)
{
	up_read(&dev->core.memory_lock);
	mutex_unlock(&dev->register_lock);
}

static ssize_t access_common(struct vfx_device *dev, u64 within,
			     char __user *buf, size_t count, bool is_write)
{
	u8 bytes[VFX_COMMON_MAX];
	int ret;

	count = min(count, sizeof(bytes));
	if (is_write && copy_from_user(bytes, buf, count))
		return -EFAULT;
	ret = lock_registers(dev);
	if (ret)
		return ret;
	if (is_write)
		vfx_registers_write(&dev->common, within, bytes, count);
	else
		vfx_registers_read(&dev->common, within, bytes, count);
	unlock_registers(dev);
	if (!is_write && copy_to_user(buf, bytes, count))
		return -EFAULT;
	return count;
}

static ssize_t access_absent(struct vfx_device *dev, u64 offset,
			     char __user *buf, size_t count, bool is_write)
{
	vfx_refuse(dev, VFX_REFUSAL_UNDECLARED, offset, count);
	if (!is_write && clear_user(buf, count))
		return -EFAULT;
	return count;
}

static ssize_t access_core(struct vfx_device *dev, unsigned int index, u64 offset,
			   char __user *buf, size_t count, bool is_write)
{
	loff_t pos = VFIO_PCI_INDEX_TO_OFFSET(index) + offset;

	if (is_write)
		return vfio_pci_core_write(&dev->core.vdev, buf, count, &pos);
	return vfio_pci_core_read(&dev->core.vdev, buf, count, &pos);
}

static ssize_t access_bar_run(struct vfx_device *dev, unsigned int bar, u64 offset,
			      char __user *buf, size_t count, bool is_write)
{
	enum vfx_kind kind;
	u64 within;

	count = vfx_bar_run(&dev->open_layout, bar, offset, count, &kind, &within);
	switch (kind) {
	case VFX_KIND_ABSENT:
		return access_absent(dev, offset, buf, count, is_write);
	case VFX_KIND_COMMON:
		return access_common(dev, within, buf, count, is_write);
	default:
		return access_core(dev, bar, offset, buf, count, is_write);
	}
}

/*
 * The access behind pci_cfg_data. A hardware window works with memory decoding
 * off, so ours switches it on for the while; nobody else gets in between.
 */
static void window_access(struct vfx_device *dev,
			  const struct vfx_window_access *target,
			  u8 *bytes, bool is_write)
{
	struct pci_dev *pdev = dev->core.pdev;
	void __iomem *io = dev->core.barmap[target->bar] + target->offset;
	int generation;
	u16 command;

	down_write(&dev->core.memory_lock);
	/* A reset from sysfs does not take the lock: keep off while one is on. */
	generation = atomic_read(&dev->generation);
	if (!vfx_powered(dev) || generation & 1 ||
	    pci_read_config_word(pdev, PCI_COMMAND, &command))
		goto out;
	if (!(command & PCI_COMMAND_MEMORY))
		pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_MEMORY);

	if (target->kind == VFX_KIND_COMMON && is_write)
		vfx_registers_write(&dev->common, target->within, bytes, target->width);
	else if (target->kind == VFX_KIND_COMMON)
		vfx_registers_read(&dev->common, target->within, bytes, target->width);
	else if (is_write)
		vfx_io_write(io, target->width, vfx_get32(bytes));
	else
		vfx_put(bytes, vfx_io_read(io, target->width), target->width);

	/*
	 * What a reset has restored meanwhile is not ours to take back, and neither
	 * is INTx: the core masks it in COMMAND whenever one arrives.
	 */
	if (!(command & PCI_COMMAND_MEMORY) && atomic_read(&dev->generation) == generation &&
	    !pci_read_config_word(pdev, PCI_COMMAND, &command))
		pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_MEMORY);
out:
	up_write(&dev->core.memory_lock);
}

static ssize_t access_window(struct vfx_device *dev, u8 source, unsigned int offset,
			     char __user *buf, unsigned int count, bool is_write)
{
	struct vfx_window_access target;
	u8 bytes[16] = { 0 };		/* cap.bar to pci_cfg_data */
	u8 data[4] = { 0 };
	unsigned int i, skip;

	count = min_t(unsigned int, count, sizeof(bytes));
	if (is_write && copy_from_user(bytes, buf, count))
		return -EFAULT;

	mutex_lock(&dev->register_lock);
	if (is_write)
		vfx_window_write_fields(dev->config, source, offset, bytes, count);
	else
		vfx_window_read_fields(dev->config, source, offset, bytes, count);

	target = vfx_window_target(dev->config, &dev->open_layout, source);
	if (!target.width) {
		if (target.refused && offset + count > target.data &&
		    (is_write || offset >= target.data))
			refuse_locked(dev, VFX_REFUSAL_WINDOW, target.offset, count);
		goto out;
	}
	if (is_write) {
		/* Part of the data is no access. */
		if (offset <= target.data && offset + count >= target.data + target.width) {
			memcpy(data, bytes + (target.data - offset), target.width);
			window_access(dev, &target, data, true);
		}
	} else if (offset >= target.data && offset < target.data + target.width) {
		/* Not for a read of all configuration space that comes across it. */
		window_access(dev, &target, data, false);
		skip = offset - target.data;
		for (i = skip; i < target.width && i < skip + count; i++)
			bytes[i - skip] = data[i];
	}
out:
	mutex_unlock(&dev->register_lock);
	if (!is_write && copy_to_user(buf, bytes, count))
		return -EFAULT;
	return count;
}

/*
 * A write to COMMAND that need not go through the core: one look at the hardware
 * instead of many, and no write where that would change nothing; see
 * config_view.h. As in the core, the lock keeps other users out, pci_user_*
 * waits for a reset from sysfs to end, and nothing keeps out INTx, which the
 * core masks in COMMAND whenever one arrives.
 * Return: whether it was one.
 */
static bool write_mild_command(struct vfx_device *dev, const char __user *buf,
			       size_t count)
{
	struct pci_dev *pdev = dev->core.pdev;
	u16 written, remembered, command;
	bool mild = false;
	u8 bytes[2];

	if (count != sizeof(bytes) || copy_from_user(bytes, buf, sizeof(bytes)))
		return false;
	written = vfx_get16(bytes);

	down_write(&dev->core.memory_lock);
	remembered = vfx_get16(dev->core.vconfig + PCI_COMMAND);
	/* No look where even the best answer would not help. */
	if (vfx_command_is_mild(written, remembered, written) &&
	    !pci_user_read_config_word(pdev, PCI_COMMAND, &command)) {
		mild = vfx_command_is_mild(written, remembered, command);
		written = vfx_mild_command(written, command);
		if (mild && written != command)
			mild = !pci_user_write_config_word(pdev, PCI_COMMAND, written);
	}
	up_write(&dev->core.memory_lock);
	return mild;
}

/* A function that is gone reads as all ones. */
static ssize_t read_image(struct vfx_device *dev, u64 offset, char __user *buf,
			  size_t count)
{
	static const u8 ones[16] = { [0 ... 15] = 0xff };
	size_t done, some;

	if (dev->core.pdev->error_state != pci_channel_io_perm_failure) {
		const u8 *from = dev->config->image + offset;
		u32 dword;

		/* Nearly all reads are of a dword, and this is the short way. */
		if (count == sizeof(dword)) {
			memcpy(&dword, from, sizeof(dword));
			return put_user(dword, (u32 __user *)buf) ? -EFAULT : count;
		}
		return copy_to_user(buf, from, count) ? -EFAULT : count;
	}
	for (done = 0; done < count; done += some) {
		some = min(count - done, sizeof(ones));
		if (copy_to_user(buf + done, ones, some))
			return -EFAULT;
	}
	return count;
}

static bool is_image(struct vfx_device *dev, u64 offset, size_t count)
{
	u8 source;

	return vfx_config_run(dev->config, offset, count, false, &source) == count &&
	       (source == VFX_SOURCE_IMAGE || source == VFX_SOURCE_KEPT);
}

static ssize_t access_config_run(struct vfx_device *dev, u64 offset,
				 char __user *buf, size_t count, bool is_write)
{
	u8 source;

	count = vfx_config_run(dev->config, offset, count, is_write, &source);
	switch (source) {
	case VFX_SOURCE_COMMAND:
		if (write_mild_command(dev, buf, count))
			return count;
		fallthrough;
	case VFX_SOURCE_LIVE:
		return access_core(dev, VFIO_PCI_CONFIG_REGION_INDEX, offset, buf, count,
				   is_write);
	case VFX_SOURCE_KEPT:
		/* Nobody but the user reads them: not even half a write matters. */
		if (is_write)
			return copy_from_user(dev->config->image + offset, buf, count) ?
			       -EFAULT : count;
		fallthrough;
	case VFX_SOURCE_IMAGE:
		return is_write ? (ssize_t)count : read_image(dev, offset, buf, count);
	default:
		return access_window(dev, source, offset, buf, count, is_write);
	}
}

static ssize_t access_runs(struct vfx_device *dev, unsigned int index, u64 offset,
			   char __user *buf, size_t count, bool is_write)
{
	size_t done = 0;
	ssize_t ret;

	while (done < count) {
		if (index == VFIO_PCI_CONFIG_REGION_INDEX)
			ret = access_config_run(dev, offset + done, buf + done,
						count - done, is_write);
		else
			ret = access_bar_run(dev, index, offset + done, buf + done,
					     count - done, is_write);
		if (ret <= 0)
			return ret ? ret : -EIO;
		done += ret;
	}
	return done;
}

static ssize_t vfx_access(struct vfx_device *dev, char __user *buf,
			  size_t count, loff_t *ppos, bool is_write)
{
	unsigned int index = VFIO_PCI_OFFSET_TO_INDEX(*ppos);
	u64 offset = *ppos & VFIO_PCI_OFFSET_MASK;
	struct pci_dev *pdev = dev->core.pdev;
	u64 length;
	ssize_t ret;

	if (!count)
		return 0;
	switch (index) {
	case VFIO_PCI_CONFIG_REGION_INDEX:
		if (offset >= dev->config->size || count > dev->config->size - offset)
			return -EFAULT;	/* as the core */
		offset = array_index_nospec(offset, dev->config->size);
		/* Most reads are of the image alone: nothing to wake a function for. */
		if (is_write || !is_image(dev, offset, count))
			break;
		ret = read_image(dev, offset, buf, count);
		if (ret > 0)
			*ppos += ret;
		return ret;
	case VFIO_PCI_BAR0_REGION_INDEX ... VFIO_PCI_BAR5_REGION_INDEX:
		index = array_index_nospec(index, VFX_BARS);
		length = dev->open_layout.bar_length[index];
		if (!pci_resource_start(pdev, index) || offset >= length)
			return -EINVAL;
		count = min_t(u64, count, length - offset);
		break;
	case VFIO_PCI_ROM_REGION_INDEX:
	case VFX_REGION_INDEX:
		ret = access_core(dev, index, offset, buf, count, is_write);
		if (ret > 0)
			*ppos += ret;
		return ret;
	default:
		return -EINVAL;
	}

	ret = pm_runtime_resume_and_get(&pdev->dev);
	if (ret)
		return -EIO;
	ret = access_runs(dev, index, offset, buf, count, is_write);
	pm_runtime_put(&pdev->dev);
	if (ret > 0)
		*ppos += ret;
	return ret;
}

ssize_t vfx_read(struct vfio_device *core_vdev, char __user *buf,
		 size_t count, loff_t *ppos)
{
	return vfx_access(to_vfx(core_vdev), buf, count, ppos, false);
}

ssize_t vfx_write(struct vfio_device *core_vdev, const char __user *buf,
		  size_t count, loff_t *ppos)
{
	return vfx_access(to_vfx(core_vdev), (char __user *)buf, count,
			  ppos, true);
}
