// SPDX-License-Identifier: GPL-2.0-only
/* The border to one function: its registers, and mapping them while nobody has it. */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/module.h>

#include "hw.h"

static unsigned int reset_timeout = 10;
module_param(reset_timeout, uint, 0644);
MODULE_PARM_DESC(reset_timeout, "How many seconds the driver waits for a function's reset, 1 to 120 (default: 10). A change counts from the function's next bind or measurement on. While a function is being bound, the driver waits one second");

static struct vfx_function *from_hw(struct vfx_hw *hw)
{
	return container_of(hw, struct vfx_function, hw);
}

u32 vfx_io_read(void __iomem *io, unsigned int width)
{
	switch (width) {
	case 1:
		return ioread8(io);
	case 2:
		return ioread16(io);
	default:
		return ioread32(io);
	}
}

void vfx_io_write(void __iomem *io, unsigned int width, u32 value)
{
	switch (width) {
	case 1:
		iowrite8(value, io);
		break;
	case 2:
		iowrite16(value, io);
		break;
	default:
		iowrite32(value, io);
	}
}

static u32 hw_read(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	return vfx_io_read(from_hw(hw)->common + offset, width);
}

static void hw_write(struct vfx_hw *hw, unsigned int offset, unsigned int width, u32 value)
{
	vfx_io_write(from_hw(hw)->common + offset, width, value);
}

static unsigned int hw_generation(struct vfx_hw *hw)
{
	return atomic_read(&from_hw(hw)->generation);
}

static void hw_pause(struct vfx_hw *hw, unsigned int usecs)
{
	from_hw(hw)->paused_us += usecs;
	usleep_range(usecs, usecs + usecs / 4 + 1);
}

void vfx_function_init(struct vfx_function *fn, struct pci_dev *pdev)
{
	fn->pdev = pdev;
	fn->hw.read = hw_read;
	fn->hw.write = hw_write;
	fn->hw.generation = hw_generation;
	fn->hw.pause = hw_pause;
}

void vfx_set_patience(struct vfx_function *fn, enum vfx_haste haste)
{
	fn->paused_us = 0;
	fn->budget_us = UINT_MAX;
	switch (haste) {
	case VFX_AT_LEISURE:
		fn->hw.patience_us = clamp(READ_ONCE(reset_timeout), 1u, 120u) * USEC_PER_SEC;
		break;
	case VFX_FOR_PROBE:
		fn->hw.patience_us = USEC_PER_SEC;
		break;
	case VFX_FOR_NOTIFIER:
		fn->hw.patience_us = USEC_PER_SEC / 2;
		fn->budget_us = USEC_PER_SEC / 2;
		break;
	}
}

bool vfx_has_patience(const struct vfx_function *fn)
{
	return fn->paused_us < fn->budget_us;
}

static void __iomem *map_structure(struct vfx_function *fn, int index)
{
	const struct vfx_structure *s = &fn->layout.structures[index];

	return pci_iomap_range(fn->pdev, s->bar, s->offset, s->length);
}

static int idle_bars(const struct vfx_layout *layout)
{
	int bars = BIT(layout->structures[layout->common].bar);

	if (layout->notify >= 0)
		bars |= BIT(layout->structures[layout->notify].bar);
	return bars;
}

int vfx_map_idle(struct vfx_function *fn)
{
	const struct vfx_layout *layout = &fn->layout;
	int ret;

	if (layout->common < 0)
		return -ENODEV;
	ret = pci_enable_device(fn->pdev);
	if (ret)
		return ret;
	ret = pci_request_selected_regions(fn->pdev, idle_bars(layout), KBUILD_MODNAME);
	if (ret)
		goto disable;
	fn->common = map_structure(fn, layout->common);
	if (!fn->common) {
		ret = -ENOMEM;
		goto release;
	}
	/* Without a notification structure nothing can be measured. All else works. */
	if (layout->notify >= 0)
		fn->notify = map_structure(fn, layout->notify);
	return 0;

release:
	pci_release_selected_regions(fn->pdev, idle_bars(layout));
disable:
	pci_disable_device(fn->pdev);
	return ret;
}

void vfx_unmap_idle(struct vfx_function *fn)
{
	if (fn->notify)
		pci_iounmap(fn->pdev, fn->notify);
	pci_iounmap(fn->pdev, fn->common);
	fn->notify = NULL;
	fn->common = NULL;
	pci_release_selected_regions(fn->pdev, idle_bars(&fn->layout));
	pci_disable_device(fn->pdev);
}
