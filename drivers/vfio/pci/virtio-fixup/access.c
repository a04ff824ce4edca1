// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads and writes. An access is cut into runs, which are bytes in a row with one owner.
 *
 * In a BAR, what a structure declares is vfio_pci_core's to answer, but for the common
 * configuration, which is the register file; what nothing declares is not there. In
 * configuration space the view of core/config_view.c says whose each byte is; no byte
 * that is rewritten is ever in the user's buffer as the hardware has it.
 */
#include <linux/nospec.h>
#include <linux/pm_runtime.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "device.h"

/* Bytes from cap.bar to pci_cfg_data. */
#define WINDOW_SIZE	(sizeof(struct virtio_pci_cfg_cap) - VIRTIO_PCI_CAP_BAR)

/* What vfio_pci_core answers, with the user's own buffer. */
static ssize_t access_core(struct vfx_device *dev, unsigned int index, u64 offset,
			   char __user *buf, size_t count, bool is_write)
{
	loff_t pos = VFIO_PCI_INDEX_TO_OFFSET(index) + offset;

	if (is_write)
		return vfio_pci_core_write(&dev->core.vdev, buf, count, &pos);
	return vfio_pci_core_read(&dev->core.vdev, buf, count, &pos);
}

/*
 * A function answers in every state below D3hot. pci_power_t is ordered, but sparse does
 * not let us compare it.
 */
static bool is_powered(const struct pci_dev *pdev)
{
	return (__force int)pdev->current_state < (__force int)PCI_D3hot;
}

/* May the user's accesses reach the function's memory? The core asks the same. */
static bool reachable(struct vfx_device *dev)
{
	return is_powered(dev->core.pdev) &&
	       (dev->core.pdev->no_command_memory ||
		(dev->core.vconfig[PCI_COMMAND] & PCI_COMMAND_MEMORY));
}

/* A user's access to the register file, with everything held that it needs. */
static int access_registers(struct vfx_device *dev, u64 within, u8 *bytes, size_t count,
			    bool is_write)
{
	struct vfx_session *session = dev->session;
	int ret = 0;

	mutex_lock(&session->lock);
	down_read(&dev->core.memory_lock);
	if (!reachable(dev))
		ret = -EIO;
	else if (is_write)
		vfx_registers_write(&session->registers, within, bytes, count);
	else
		vfx_registers_read(&session->registers, within, bytes, count);
	up_read(&dev->core.memory_lock);
	mutex_unlock(&session->lock);
	return ret;
}

static ssize_t access_common(struct vfx_device *dev, u64 within, char __user *buf,
			     size_t count, bool is_write)
{
	u8 bytes[VFX_COMMON_MAX];
	int ret;

	count = min(count, sizeof(bytes));
	if (is_write && copy_from_user(bytes, buf, count))
		return -EFAULT;
	ret = access_registers(dev, within, bytes, count, is_write);
	if (ret)
		return ret;
	if (!is_write && copy_to_user(buf, bytes, count))
		return -EFAULT;
	return count;
}

static ssize_t access_absent(struct vfx_device *dev, u64 offset, char __user *buf,
			     size_t count, bool is_write)
{
	vfx_refuse(dev->record, VFX_REFUSAL_UNDECLARED, offset, count);
	if (!is_write && clear_user(buf, count))
		return -EFAULT;
	return count;
}

/*
 * A user's access within a BAR, or the beginning of it. @dev is open and awake.
 * Return: how many bytes, at least 1; or a negative errno.
 */
static ssize_t access_bar_run(struct vfx_device *dev, unsigned int bar, u64 offset,
			      char __user *buf, size_t count, bool is_write)
{
	enum vfx_kind kind;
	u64 within;

	count = vfx_bar_run(&dev->session->view.layout, bar, offset, count, &kind, &within);
	switch (kind) {
	case VFX_KIND_ABSENT:
		return access_absent(dev, offset, buf, count, is_write);
	case VFX_KIND_COMMON:
		return access_common(dev, within, buf, count, is_write);
	default:
		return access_core(dev, bar, offset, buf, count, is_write);
	}
}

static void access_target(struct vfx_device *dev, const struct vfx_window_access *target,
			  u8 *bytes, bool is_write)
{
	struct vfx_registers *registers = &dev->session->registers;
	void __iomem *io = vfio_pci_core_get_iomap(&dev->core, target->bar) + target->offset;

	if (target->kind == VFX_KIND_COMMON && is_write)
		vfx_registers_write(registers, target->within, bytes, target->width);
	else if (target->kind == VFX_KIND_COMMON)
		vfx_registers_read(registers, target->within, bytes, target->width);
	else if (is_write)
		vfx_io_write(io, target->width, vfx_get32(bytes));
	else
		vfx_put(bytes, vfx_io_read(io, target->width), target->width);
}

/* The core's handler masks INTx in COMMAND whenever one arrives, under this lock. */
static void switch_decoding_off(struct vfx_device *dev)
{
	struct pci_dev *pdev = dev->core.pdev;
	u16 command;

	spin_lock_irq(&dev->core.irqlock);
	if (!pci_read_config_word(pdev, PCI_COMMAND, &command))
		pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_MEMORY);
	spin_unlock_irq(&dev->core.irqlock);
}

/*
 * The access behind pci_cfg_data, to where a window points, with the session locked.
 * A hardware window works with memory decoding off, so ours switches decoding on
 * during the access; nobody else gets in between. @bytes stays as it is where the
 * function is out of reach.
 */
static void access_behind_window(struct vfx_device *dev,
				 const struct vfx_window_access *target, u8 *bytes,
				 bool is_write)
{
	struct vfx_function *fn = &dev->record->function;
	struct pci_dev *pdev = fn->pdev;
	unsigned int generation;
	u16 command;

	down_write(&dev->core.memory_lock);
	/* A reset from sysfs does not take the lock: keep off while one is on. */
	generation = atomic_read(&fn->generation);
	if (!is_powered(pdev) || generation & 1 ||
	    pci_read_config_word(pdev, PCI_COMMAND, &command))
		goto out;
	if (!(command & PCI_COMMAND_MEMORY))
		pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_MEMORY);
	access_target(dev, target, bytes, is_write);

	/* What a reset has restored meanwhile is not ours to take back. */
	if (!(command & PCI_COMMAND_MEMORY) && !vfx_reset_since(fn, generation))
		switch_decoding_off(dev);
out:
	up_write(&dev->core.memory_lock);
}

/* What an access to the window makes of pci_cfg_data, with the session locked. */
static void use_window(struct vfx_device *dev, u8 source, unsigned int offset, u8 *bytes,
		       unsigned int count, bool is_write)
{
	struct vfx_session *session = dev->session;
	struct vfx_window_access target;
	u8 data[4] = { 0 };
	unsigned int skip;

	target = vfx_window_target(&session->view.config, &session->view.layout, source);
	if (!target.width) {
		if (target.refused && offset + count > target.data &&
		    (is_write || offset >= target.data))
			vfx_refuse(dev->record, VFX_REFUSAL_WINDOW, target.offset, count);
		return;
	}
	if (is_write) {
		/* An access to part of pci_cfg_data does not reach the function. */
		if (offset <= target.data && offset + count >= target.data + target.width) {
			memcpy(data, bytes + (target.data - offset), target.width);
			access_behind_window(dev, &target, data, true);
		}
	} else if (offset >= target.data && offset < target.data + target.width) {
		/* A read that begins before pci_cfg_data does not reach the function. */
		access_behind_window(dev, &target, data, false);
		skip = offset - target.data;
		memcpy(bytes, data + skip, min(target.width - skip, count));
	}
}

static ssize_t access_window(struct vfx_device *dev, u8 source, unsigned int offset,
			     char __user *buf, unsigned int count, bool is_write)
{
	struct vfx_session *session = dev->session;
	u8 bytes[WINDOW_SIZE] = { 0 };

	count = min_t(unsigned int, count, sizeof(bytes));
	if (is_write && copy_from_user(bytes, buf, count))
		return -EFAULT;

	mutex_lock(&session->lock);
	if (is_write)
		vfx_window_write_fields(&session->view.config, source, offset, bytes, count);
	else
		vfx_window_read_fields(&session->view.config, source, offset, bytes, count);
	use_window(dev, source, offset, bytes, count, is_write);
	mutex_unlock(&session->lock);

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
	/* Skip the hardware read if no value could make the write mild. */
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
static ssize_t read_ones(char __user *buf, size_t count)
{
	static const u8 ones[16] = { [0 ... 15] = 0xff };
	size_t done, some;

	for (done = 0; done < count; done += some) {
		some = min(count - done, sizeof(ones));
		if (copy_to_user(buf + done, ones, some))
			return -EFAULT;
	}
	return count;
}

static ssize_t read_image(struct vfx_device *dev, u64 offset, char __user *buf,
			  size_t count)
{
	const u8 *from = dev->session->view.config.image + offset;
	u32 dword;

	if (dev->core.pdev->error_state == pci_channel_io_perm_failure)
		return read_ones(buf, count);
	/* Nearly all reads are of a dword: make these quick. */
	if (count == sizeof(dword)) {
		memcpy(&dword, from, sizeof(dword));
		return put_user(dword, (u32 __user *)buf) ? -EFAULT : count;
	}
	return copy_to_user(buf, from, count) ? -EFAULT : count;
}

/* Is all of this read answered by the image, and so without the function? */
static bool config_is_image(struct vfx_device *dev, u64 offset, size_t count)
{
	u8 source;

	return vfx_config_run(&dev->session->view.config, offset, count, false, &source) == count &&
	       (source == VFX_SOURCE_IMAGE || source == VFX_SOURCE_KEPT);
}

/* As access_bar_run(), within configuration space. */
static ssize_t access_config_run(struct vfx_device *dev, u64 offset, char __user *buf,
				 size_t count, bool is_write)
{
	struct vfx_config_view *view = &dev->session->view.config;
	u8 source;

	count = vfx_config_run(view, offset, count, is_write, &source);
	switch (source) {
	case VFX_SOURCE_COMMAND:
		if (write_mild_command(dev, buf, count))
			return count;
		fallthrough;
	case VFX_SOURCE_LIVE:
		return access_core(dev, VFIO_PCI_CONFIG_REGION_INDEX, offset, buf, count,
				   is_write);
	case VFX_SOURCE_KEPT:
		/*
		 * Only the user reads these bytes, so even a write that fails in the
		 * middle does no harm.
		 */
		if (is_write)
			return copy_from_user(view->image + offset, buf, count) ?
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

	if (pm_runtime_resume_and_get(&dev->core.pdev->dev))
		return -EIO;
	while (done < count) {
		if (index == VFIO_PCI_CONFIG_REGION_INDEX)
			ret = access_config_run(dev, offset + done, buf + done,
						count - done, is_write);
		else
			ret = access_bar_run(dev, index, offset + done, buf + done,
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
	if (!is_write && config_is_image(dev, offset, count))
		return read_image(dev, offset, buf, count);
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
		ret = access_core(dev, index, offset, buf, count, is_write);
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
