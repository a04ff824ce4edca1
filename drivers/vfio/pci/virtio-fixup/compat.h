/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes older kernels look like the newest, so that no other file of this
 * driver asks for a version. Linux 6.1 is the oldest it knows.
 */
#ifndef VFX_COMPAT_H
#define VFX_COMPAT_H

#include <linux/iommu.h>
#include <linux/version.h>
#include <linux/vfio_pci_core.h>
#include <linux/uaccess.h>

/* Physical devices have iommufd operations since 6.2, with detach since 6.6. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define VFX_IOMMUFD_OPS
#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
#define VFX_IOMMUFD_OPS				\
	.bind_iommufd	= vfio_iommufd_physical_bind,		\
	.unbind_iommufd	= vfio_iommufd_physical_unbind,		\
	.attach_ioas	= vfio_iommufd_physical_attach_ioas,
#else
#define VFX_IOMMUFD_OPS				\
	.bind_iommufd	= vfio_iommufd_physical_bind,		\
	.unbind_iommufd	= vfio_iommufd_physical_unbind,		\
	.attach_ioas	= vfio_iommufd_physical_attach_ioas,	\
	.detach_ioas	= vfio_iommufd_physical_detach_ioas,
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
/* Exported since 6.8. Called before the device has a user: no lock. */
static inline int vfio_pci_core_setup_barmap(struct vfio_pci_core_device *vdev, int bar)
{
	struct pci_dev *pdev = vdev->pdev;
	int ret;

	if (vdev->barmap[bar])
		return 0;
	ret = pci_request_selected_regions(pdev, BIT(bar), "virtio-fixup");
	if (ret)
		return ret;
	vdev->barmap[bar] = pci_iomap(pdev, bar, 0);
	if (!vdev->barmap[bar]) {
		pci_release_selected_regions(pdev, BIT(bar));
		return -ENOMEM;
	}
	return 0;
}
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
static inline int iommu_device_claim_dma_owner(struct device *dev, void *owner)
{
	struct iommu_group *group = iommu_group_get(dev);
	int ret = group ? iommu_group_claim_dma_owner(group, owner) : -ENODEV;

	iommu_group_put(group);
	return ret;
}

static inline void iommu_device_release_dma_owner(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	iommu_group_release_dma_owner(group);
	iommu_group_put(group);
}
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
static inline struct iommu_domain *iommu_paging_domain_alloc(struct device *dev)
{
	return iommu_domain_alloc(dev->bus) ?: ERR_PTR(-ENODEV);
}
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static inline int vfx_iommu_map(struct iommu_domain *domain, unsigned long iova,
				phys_addr_t paddr, size_t size, int prot, gfp_t gfp)
{
	return iommu_map(domain, iova, paddr, size, prot);
}

#define iommu_map vfx_iommu_map
#endif

/* __assign_str() lost its second argument in 6.10. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define vfx_assign_str(destination, source) __assign_str(destination, source)
#else
#define vfx_assign_str(destination, source) __assign_str(destination)
#endif

/*
 * Newer kernels ask a driver for the capabilities of a region and do the
 * copying themselves (.get_region_info_caps). Here the whole ioctl is ours.
 */
typedef int (*vfx_region_info_fn)(struct vfio_device *core_vdev,
				  struct vfio_region_info *info,
				  struct vfio_info_cap *caps);

/* @info was copied from @arg and checked, and is not read from there again. */
static inline long vfx_ioctl_region_info(struct vfio_device *core_vdev,
					 void __user *arg,
					 struct vfio_region_info *info,
					 vfx_region_info_fn get)
{
	struct vfio_info_cap caps = { };
	int ret;

	ret = get(core_vdev, info, &caps);
	if (ret)
		goto out;

	info->cap_offset = 0;
	if (caps.size) {
		info->flags |= VFIO_REGION_INFO_FLAG_CAPS;
		if (info->argsz < sizeof(*info) + caps.size) {
			info->argsz = sizeof(*info) + caps.size;
		} else {
			vfio_info_cap_shift(&caps, sizeof(*info));
			if (copy_to_user(arg + sizeof(*info), caps.buf, caps.size)) {
				ret = -EFAULT;
				goto out;
			}
			info->cap_offset = sizeof(*info);
		}
	}
	if (copy_to_user(arg, info, offsetofend(struct vfio_region_info, offset)))
		ret = -EFAULT;
out:
	kfree(caps.buf);
	return ret;
}

#endif
