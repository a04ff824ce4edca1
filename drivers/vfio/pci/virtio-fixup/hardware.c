// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hardware's side: the facts that are read from the function and its
 * platform, and the one way to reset it. Everything the function answers is
 * its word only; the pure core decides what it is worth.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/pm_runtime.h>

#include "core/capabilities.h"
#include "virtio_fixup.h"

static struct vfx_device *from_hw(struct vfx_hw *hw)
{
	return container_of(hw, struct vfx_device, hw);
}

u32 vfx_io_read(void __iomem *io, unsigned int width)
{
	return width == 1 ? ioread8(io) : width == 2 ? ioread16(io) : ioread32(io);
}

void vfx_io_write(void __iomem *io, unsigned int width, u32 value)
{
	if (width == 1)
		iowrite8(value, io);
	else if (width == 2)
		iowrite16(value, io);
	else
		iowrite32(value, io);
}

static u32 hw_read(struct vfx_hw *hw, unsigned int offset, unsigned int width)
{
	return vfx_io_read(from_hw(hw)->common_io + offset, width);
}

static void hw_write(struct vfx_hw *hw, unsigned int offset, unsigned int width, u32 value)
{
	vfx_io_write(from_hw(hw)->common_io + offset, width, value);
}

static unsigned int hw_generation(struct vfx_hw *hw)
{
	return atomic_read(&from_hw(hw)->generation);
}

static void hw_pause(struct vfx_hw *hw, unsigned int usecs)
{
	usleep_range(usecs, usecs + usecs / 4 + 1);
}

void vfx_hw_init(struct vfx_device *dev)
{
	dev->hw.read = hw_read;
	dev->hw.write = hw_write;
	dev->hw.generation = hw_generation;
	dev->hw.pause = hw_pause;
	dev->hw.refused = vfx_registers_refused;
}

/* Its device_feature, with the function reset before: firmware may have left it live. */
static void probe_features(struct vfx_device *dev)
{
	struct vfx_facts *facts = &dev->facts;
	struct pci_dev *pdev = dev->core.pdev;
	u32 word[2];
	int ret;

	ret = vfx_reset(&dev->hw);
	if (!ret)
		ret = vfx_read_device_feature(&dev->hw, word);
	if (ret) {
		pci_warn(pdev, "cannot read what it offers: it does not answer (%d)\n", ret);
		return;
	}
	facts->offered_known = true;
	facts->offered = vfx_offers_access_platform(word);
}

static int read_config(struct pci_dev *pdev, u8 *config, unsigned int from, unsigned int to)
{
	u32 word;
	int ret;

	for (; from < to; from += sizeof(word)) {
		ret = pci_read_config_dword(pdev, from, &word);
		if (ret)
			return pcibios_err_to_errno(ret);
		vfx_put(config + from, word, sizeof(word));
	}
	return 0;
}

static void cannot_be_read(struct pci_dev *pdev, int error)
{
	pci_err(pdev, "cannot be read (%d): not bound\n", error);
}

/* All of it; but each read is an exit to L0, and most have no extended list. */
static int read_lists(struct pci_dev *pdev, u8 *config)
{
	unsigned int size = pdev->cfg_size, head = VFX_CONFIG_SIZE + 4;
	int ret;

	ret = read_config(pdev, config, 0, min(size, head));
	if (!ret && size > head && vfx_get32(config + VFX_CONFIG_SIZE))
		ret = read_config(pdev, config, head, size);
	return ret;
}

/* vfio_pci_core would write past its own memory for a list that is not sound. */
static int check_lists(struct pci_dev *pdev, const u8 *config)
{
	enum vfx_list_fault fault;
	unsigned int at;

	fault = vfx_check_lists(config, pdev->cfg_size, &at);
	if (!fault)
		return 0;
	pci_err(pdev, "not bound: its capability at 0x%x %s, and VFIO cannot be given such a list; to do: have its hypervisor or firmware mend its configuration space\n",
		at, vfx_list_fault_text(fault));
	return -ENODEV;
}

static int probe_layout(struct vfx_device *dev)
{
	u64 bar_length[VFX_BARS] = { 0 };
	struct pci_dev *pdev = dev->core.pdev;
	unsigned int i, io_bars = 0;
	u8 *config;
	int ret;

	config = kzalloc(VFX_CONFIG_MAX, GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	ret = read_lists(pdev, config);
	if (ret)
		cannot_be_read(pdev, ret);
	else
		ret = check_lists(pdev, config);
	if (ret)
		goto free;
	for (i = 0; i < VFX_BARS; i++) {
		if (!pci_resource_start(pdev, i))
			continue;
		bar_length[i] = pci_resource_len(pdev, i);
		if (pci_resource_flags(pdev, i) & IORESOURCE_IO)
			io_bars |= BIT(i);
	}
	vfx_parse_layout(&dev->layout, config, bar_length, io_bars);
	if (dev->layout.malformed)
		pci_warn(pdev, "its capability list is malformed: taken as having no common configuration\n");
free:
	kfree(config);
	return ret;
}

/* A bridge in the group passes requests on, it makes none of its own. */
static int is_other_endpoint(struct device *member, void *self)
{
	return member != self &&
	       !(dev_is_pci(member) && pci_is_bridge(to_pci_dev(member)));
}

void vfx_platform_facts(struct vfx_device *dev)
{
	struct device *self = &dev->core.pdev->dev;
	struct iommu_group *group = iommu_group_get(self);

	/* Without coherency VFIO would not register the function. */
	dev->facts.iommu_group =
		group && device_iommu_capable(self, IOMMU_CAP_CACHE_COHERENCY);
	dev->facts.group_shared =
		group && iommu_group_for_each_dev(group, self, is_other_endpoint);
	iommu_group_put(group);
}

static void __iomem *map_structure(struct vfx_device *dev, int index)
{
	const struct vfx_structure *s = &dev->layout.structures[index];

	return pci_iomap_range(dev->core.pdev, s->bar, s->offset, s->length);
}

static int idle_bars(const struct vfx_layout *layout)
{
	int bars = BIT(layout->structures[layout->common].bar);

	if (layout->notify >= 0)
		bars |= BIT(layout->structures[layout->notify].bar);
	return bars;
}

int vfx_map_idle(struct vfx_device *dev)
{
	const struct vfx_layout *layout = &dev->layout;
	struct pci_dev *pdev = dev->core.pdev;
	int ret;

	if (layout->common < 0)
		return -ENODEV;
	ret = pci_enable_device(pdev);
	if (ret)
		return ret;
	ret = pci_request_selected_regions(pdev, idle_bars(layout), KBUILD_MODNAME);
	if (ret)
		goto disable;
	dev->common_io = map_structure(dev, layout->common);
	if (!dev->common_io) {
		ret = -ENOMEM;
		goto release;
	}
	/* Without it nothing can be measured, but all else works. */
	if (layout->notify >= 0)
		dev->notify_io = map_structure(dev, layout->notify);
	return 0;

release:
	pci_release_selected_regions(pdev, idle_bars(layout));
disable:
	pci_disable_device(pdev);
	return ret;
}

void vfx_unmap_idle(struct vfx_device *dev)
{
	struct pci_dev *pdev = dev->core.pdev;

	if (dev->notify_io)
		pci_iounmap(pdev, dev->notify_io);
	pci_iounmap(pdev, dev->common_io);
	dev->notify_io = NULL;
	dev->common_io = NULL;
	pci_release_selected_regions(pdev, idle_bars(&dev->layout));
	pci_disable_device(pdev);
}

int vfx_probe_facts(struct vfx_device *dev)
{
	struct vfx_facts *facts = &dev->facts;
	struct pci_dev *pdev = dev->core.pdev;
	int ret;

	ret = probe_layout(dev);
	if (ret)
		return ret;
	facts->type = vfx_type_from_ids(pdev->device, pdev->subsystem_device);
	facts->identity = vfx_identity(pdev->device, &dev->layout);
	facts->legacy_apart = vfx_legacy_is_apart(&dev->layout);
	facts->common_cfg = dev->layout.common >= 0;
	vfx_platform_facts(dev);
	if (!facts->common_cfg)
		return 0;

	ret = vfx_map_idle(dev);
	if (ret) {
		cannot_be_read(pdev, ret);
		return ret;
	}
	probe_features(dev);
	vfx_unmap_idle(dev);
	return 0;
}

int vfx_map(struct vfx_device *dev)
{
	const struct vfx_layout *layout = &dev->layout;
	const struct vfx_structure *common;
	void __iomem *io;
	unsigned int i;

	/* Now, while there is no user: older cores map on first use, unlocked. */
	for (i = 0; i < layout->nr_structures; i++) {
		io = vfio_pci_core_get_iomap(&dev->core, layout->structures[i].bar);
		if (IS_ERR(io))
			return PTR_ERR(io);
	}
	/* The legacy interface, which some view may declare later. */
	if (dev->facts.identity != VFX_IDENTITY_MODERN && layout->bar_length[0]) {
		io = vfio_pci_core_get_iomap(&dev->core, 0);
		if (IS_ERR(io))
			return PTR_ERR(io);
	}
	if (layout->common < 0)
		return 0;
	common = &layout->structures[layout->common];
	dev->common_io = dev->core.barmap[common->bar] + common->offset;
	return 0;
}

bool vfx_reachable(struct vfx_device *dev)
{
	/* The same question the core asks before its accesses. */
	return vfx_powered(dev) &&
	       (dev->core.pdev->no_command_memory ||
		(dev->core.vconfig[PCI_COMMAND] & PCI_COMMAND_MEMORY));
}

/* A reset that nobody told us of may have taken the BARs along. */
static void restore_bars(struct vfx_device *dev)
{
	struct pci_dev *pdev = dev->core.pdev;
	unsigned int i;

	if (pdev->is_virtfn)
		return;
	for (i = 0; i < VFX_BARS; i++)
		pci_write_config_dword(pdev, PCI_BASE_ADDRESS_0 + 4 * i, dev->core.rbar[i]);
}

int vfx_stop(struct vfx_device *dev)
{
	struct pci_dev *pdev = dev->core.pdev;
	u16 command;
	int ret;

	/* It may sleep by its user's wish; the core wakes it again by itself. */
	ret = pm_runtime_resume_and_get(&pdev->dev);
	if (ret)
		return ret;
	down_write(&dev->core.memory_lock);
	pci_set_power_state(pdev, PCI_D0);
	restore_bars(dev);
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND, command | PCI_COMMAND_MEMORY);
	ret = vfx_reset(&dev->hw);
	up_write(&dev->core.memory_lock);
	pm_runtime_put(&pdev->dev);
	return ret;
}
