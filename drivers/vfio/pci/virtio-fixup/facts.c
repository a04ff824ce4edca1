// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of a function without measuring: configuration space and the
 * structures it declares, what it offers, and the IOMMU that serves it.
 */
#include <linux/slab.h>

#include "core/capabilities.h"
#include "core/config_view.h"
#include "group.h"
#include "hw.h"

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

/* Read the extended part only if there is a list in it: each read is an exit to L0. */
static int read_lists(struct pci_dev *pdev, u8 *config)
{
	unsigned int size = pdev->cfg_size, head = VFX_CONFIG_SIZE + 4;
	int ret;

	ret = read_config(pdev, config, 0, min(size, head));
	if (!ret && size > head && vfx_get32(config + VFX_CONFIG_SIZE))
		ret = read_config(pdev, config, head, size);
	if (ret)
		pci_err(pdev, "refused: its configuration space cannot be read (%d); to do: have its hypervisor check it\n",
			ret);
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
	pci_err(pdev, "refused: " VFX_LIST_FAULT_REASON "; to do: " VFX_LIST_FAULT_REMEDY "\n",
		at, vfx_list_fault_text(fault));
	return -ENODEV;
}

static void parse_layout(struct vfx_function *fn, const u8 *config)
{
	u64 bar_length[VFX_BARS] = { 0 };
	unsigned int i, io_bars = 0;

	for (i = 0; i < VFX_BARS; i++) {
		if (!pci_resource_start(fn->pdev, i))
			continue;
		bar_length[i] = pci_resource_len(fn->pdev, i);
		if (pci_resource_flags(fn->pdev, i) & IORESOURCE_IO)
			io_bars |= BIT(i);
	}
	vfx_parse_layout(&fn->layout, config, bar_length, io_bars);
	if (fn->layout.malformed)
		pci_warn(fn->pdev, "its capability list is malformed, so nothing that it declares is used\n");
}

static int read_layout(struct vfx_function *fn)
{
	u8 *config;
	int ret;

	config = kzalloc(VFX_CONFIG_MAX, GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	ret = read_lists(fn->pdev, config);
	if (!ret)
		ret = check_lists(fn->pdev, config);
	if (!ret)
		parse_layout(fn, config);
	kfree(config);
	return ret;
}

/* Reset the function first: firmware may have left it live. */
static void read_offered(struct vfx_function *fn, struct vfx_facts *facts)
{
	u32 word[2];
	int ret;

	ret = vfx_reset(&fn->hw);
	if (!ret)
		ret = vfx_read_device_feature(&fn->hw, word);
	/* It takes its time; somebody who can wait for it asks again. */
	facts->resetting = ret == -ETIMEDOUT;
	if (facts->resetting) {
		pci_notice(fn->pdev, "its reset is still under way: nobody can open it until the reset is done\n");
		return;
	}
	if (ret) {
		pci_warn(fn->pdev, "it does not answer (%d), so what it offers is not known; to do: bind it again; if that changes nothing, have its hypervisor check it\n",
			 ret);
		return;
	}
	facts->offered_known = true;
	facts->offered = vfx_offers_access_platform(word);
}

int vfx_read_facts(struct vfx_function *fn, struct vfx_facts *facts)
{
	struct pci_dev *pdev = fn->pdev;
	int ret;

	ret = read_layout(fn);
	if (ret)
		return ret;
	vfx_declared_facts(facts, pdev->device, pdev->subsystem_device, &fn->layout);
	vfx_read_platform(pdev, facts);
	if (!facts->common_cfg)
		return 0;

	ret = vfx_map_idle(fn);
	if (ret) {
		pci_err(pdev, "refused: its registers cannot be reached (%d); to do: if another driver has its BARs (see /proc/iomem), unload that driver\n",
			ret);
		return ret;
	}
	read_offered(fn, facts);
	vfx_unmap_idle(fn);
	return 0;
}

void vfx_read_platform(struct pci_dev *pdev, struct vfx_facts *facts)
{
	facts->iommu_group = vfx_has_group(&pdev->dev);
	facts->group_shared = vfx_has_siblings(&pdev->dev);
}
