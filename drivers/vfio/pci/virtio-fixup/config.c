// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration space. Whose each byte is, the view of core/config_view.c says; no
 * byte that is rewritten is ever in the user's buffer as the hardware has it.
 */
#include <linux/uaccess.h>

#include "bar.h"
#include "config.h"

/* Bytes from cap.bar to pci_cfg_data. */
#define WINDOW_SIZE	(sizeof(struct virtio_pci_cfg_cap) - VIRTIO_PCI_CAP_BAR)

/* What an access to the window makes of pci_cfg_data, with the session locked. */
static void use_window(struct vfx_device *dev, u8 source, unsigned int offset, u8 *bytes,
		       unsigned int count, bool is_write)
{
	struct vfx_session *session = dev->session;
	struct vfx_window_access target;
	u8 data[4] = { 0 };
	unsigned int i, skip;

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
			vfx_access_behind_window(dev, &target, data, true);
		}
	} else if (offset >= target.data && offset < target.data + target.width) {
		/*
		 * A read of all configuration space comes across pci_cfg_data; it must not
		 * reach the function.
		 */
		vfx_access_behind_window(dev, &target, data, false);
		skip = offset - target.data;
		for (i = skip; i < target.width && i < skip + count; i++)
			bytes[i - skip] = data[i];
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

ssize_t vfx_read_image(struct vfx_device *dev, u64 offset, char __user *buf, size_t count)
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

bool vfx_config_is_image(struct vfx_device *dev, u64 offset, size_t count)
{
	u8 source;

	return vfx_config_run(&dev->session->view.config, offset, count, false, &source) == count &&
	       (source == VFX_SOURCE_IMAGE || source == VFX_SOURCE_KEPT);
}

ssize_t vfx_access_config(struct vfx_device *dev, u64 offset, char __user *buf,
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
		return vfx_access_core(dev, VFIO_PCI_CONFIG_REGION_INDEX, offset, buf, count,
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
		return is_write ? (ssize_t)count : vfx_read_image(dev, offset, buf, count);
	default:
		return access_window(dev, source, offset, buf, count, is_write);
	}
}
