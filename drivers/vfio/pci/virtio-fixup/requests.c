// SPDX-License-Identifier: GPL-2.0-only
/*
 * Regions and requests: what a user may map, what it is told of a region, and
 * which ioctls and device features there are. Allow-lists: what is not named
 * here does not exist.
 */
#include <linux/nospec.h>

#include "device.h"

int vfx_mmap(struct vfio_device *core_vdev, struct vm_area_struct *vma)
{
	unsigned int index = vma->vm_pgoff >> (VFIO_PCI_OFFSET_SHIFT - PAGE_SHIFT);
	struct vfx_device *dev = to_vfx(core_vdev);
	u64 offset;

	offset = ((u64)vma->vm_pgoff << PAGE_SHIFT) & VFIO_PCI_OFFSET_MASK;
	if (index > VFIO_PCI_BAR5_REGION_INDEX ||
	    !vfx_page_mappable(&dev->session->view.layout, index, offset,
			       vma->vm_end - vma->vm_start)) {
		vfx_refuse(dev->record, VFX_REFUSAL_MMAP, offset,
			   vma->vm_end - vma->vm_start);
		return -EINVAL;
	}
	return vfio_pci_core_mmap(core_vdev, vma);
}

static int add_sparse_mmap(const struct vfx_layout *layout, unsigned int bar,
			   struct vfio_info_cap *caps)
{
	struct vfio_region_info_cap_sparse_mmap *sparse;
	/* Each structure begins at most one stretch, and splits at most one. */
	unsigned int most = 2 * VFX_MAX_STRUCTURES;
	u64 from = 0, start, length;
	int ret;

	sparse = kzalloc(struct_size(sparse, areas, most), GFP_KERNEL);
	if (!sparse)
		return -ENOMEM;
	while (sparse->nr_areas < most) {
		length = vfx_next_mappable(layout, bar, from, PAGE_SIZE, &start);
		if (!length)
			break;
		sparse->areas[sparse->nr_areas].offset = start;
		sparse->areas[sparse->nr_areas].size = length;
		sparse->nr_areas++;
		from = start + length;
	}
	sparse->header.id = VFIO_REGION_INFO_CAP_SPARSE_MMAP;
	sparse->header.version = 1;
	ret = vfio_info_add_capability(caps, &sparse->header,
				       struct_size(sparse, areas, sparse->nr_areas));
	kfree(sparse);
	return ret;
}

static int add_msix_mappable(struct vfio_info_cap *caps)
{
	struct vfio_info_cap_header header = {
		.id = VFIO_REGION_INFO_CAP_MSIX_MAPPABLE,
		.version = 1,
	};

	return vfio_info_add_capability(caps, &header, sizeof(header));
}

static int bar_info_caps(struct vfx_device *dev, struct vfio_region_info *info,
			 struct vfio_info_cap *caps)
{
	const struct vfx_layout *layout = &dev->session->view.layout;
	u64 start;
	int ret;

	info->index = array_index_nospec(info->index, VFX_BARS);
	info->offset = VFIO_PCI_INDEX_TO_OFFSET(info->index);
	info->size = layout->bar_length[info->index];
	info->flags = 0;
	if (!info->size)
		return 0;
	info->flags = VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE;
	if (!dev->core.bar_mmap_supported[info->index] ||
	    !vfx_next_mappable(layout, info->index, 0, PAGE_SIZE, &start))
		return 0;

	info->flags |= VFIO_REGION_INFO_FLAG_MMAP;
	ret = add_sparse_mmap(layout, info->index, caps);
	if (!ret && info->index == dev->core.msix_bar)
		ret = add_msix_mappable(caps);
	return ret;
}

int vfx_get_region_info_caps(struct vfio_device *core_vdev, struct vfio_region_info *info,
			     struct vfio_info_cap *caps)
{
	switch (info->index) {
	case VFIO_PCI_BAR0_REGION_INDEX ... VFIO_PCI_BAR5_REGION_INDEX:
		return bar_info_caps(to_vfx(core_vdev), info, caps);
	case VFIO_PCI_CONFIG_REGION_INDEX:
	case VFIO_PCI_ROM_REGION_INDEX:
	case VFX_REGION_INDEX:
		return vfio_pci_ioctl_get_region_info(core_vdev, info, caps);
	default:
		return -EINVAL;
	}
}

/*
 * VFIO_DEVICE_IOEVENTFD is not here: the core reads its argument a second time,
 * so no check in front of it holds, and it writes to the BAR past all doors.
 * Monitors use it for quirks of other devices; notification is mapped.
 */
long vfx_ioctl(struct vfio_device *core_vdev, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case VFIO_DEVICE_GET_INFO:
	case VFIO_DEVICE_GET_IRQ_INFO:
	case VFIO_DEVICE_SET_IRQS:
	case VFIO_DEVICE_RESET:
	case VFIO_DEVICE_GET_PCI_HOT_RESET_INFO:
	case VFIO_DEVICE_PCI_HOT_RESET:
		return vfio_pci_core_ioctl(core_vdev, cmd, arg);
	default:
		vfx_refuse(to_vfx(core_vdev)->record, VFX_REFUSAL_REQUEST, cmd, 0);
		return -ENOTTY;
	}
}

int vfx_device_feature(struct vfio_device *core_vdev, u32 flags,
		       void __user *arg, size_t argsz)
{
	switch (flags & VFIO_DEVICE_FEATURE_MASK) {
	case VFIO_DEVICE_FEATURE_PCI_VF_TOKEN:
	case VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY:
	case VFIO_DEVICE_FEATURE_LOW_POWER_ENTRY_WITH_WAKEUP:
	case VFIO_DEVICE_FEATURE_LOW_POWER_EXIT:
		return vfio_pci_core_ioctl_feature(core_vdev, flags, arg, argsz);
	default:
		vfx_refuse(to_vfx(core_vdev)->record, VFX_REFUSAL_REQUEST,
			   flags & VFIO_DEVICE_FEATURE_MASK, 0);
		return -ENOTTY;
	}
}
