// SPDX-License-Identifier: GPL-2.0-only
/*
 * BARs. What a structure declares is vfio_pci_core's to answer, but for the common
 * configuration, which is the register file; what nothing declares is not there.
 */
#include <linux/uaccess.h>

#include "bar.h"

/* May the user's accesses reach the function's memory? The core asks the same. */
static bool reachable(struct vfx_device *dev)
{
	return vfx_powered(dev->core.pdev) &&
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

ssize_t vfx_access_bar(struct vfx_device *dev, unsigned int bar, u64 offset,
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
		return vfx_access_core(dev, bar, offset, buf, count, is_write);
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
 * A hardware window works with memory decoding off, so ours switches decoding on
 * during the access; nobody else gets in between.
 */
void vfx_access_behind_window(struct vfx_device *dev,
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
	if (!vfx_powered(pdev) || generation & 1 ||
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
