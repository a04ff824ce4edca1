/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes an older kernel look like the newest. Kbuild.compat includes this in front
 * of every file but the pure core's, and says what the kernel lacks. Linux 6.1 is
 * the oldest it knows.
 */
#ifndef VFX_COMPAT_H
#define VFX_COMPAT_H

#include <linux/iommu.h>
#include <linux/vfio.h>
#include <linux/vfio_pci_core.h>

/*
 * The operations that this kernel's struct has no room for stand behind it, where
 * the kernel does not look.
 */
struct vfx_newer_ops {
	struct vfio_device_ops;
#ifdef VFX_LACKS_IOMMUFD_OPS
	void *bind_iommufd;
	void *unbind_iommufd;
	void *attach_ioas;
#define vfio_iommufd_physical_bind NULL
#define vfio_iommufd_physical_unbind NULL
#define vfio_iommufd_physical_attach_ioas NULL
#endif
#ifdef VFX_LACKS_DETACH_OP
	void *detach_ioas;
#define vfio_iommufd_physical_detach_ioas NULL
#endif
#ifdef VFX_LACKS_REGION_INFO_OP
	int (*get_region_info_caps)(struct vfio_device *core_vdev,
				    struct vfio_region_info *info,
				    struct vfio_info_cap *caps);
#endif
#ifdef VFX_LACKS_TOKEN_OP
	void *match_token_uuid;
#define vfio_pci_core_match_token_uuid NULL
#endif
};

#define _vfio_alloc_device(size, dev, newer) \
	_vfio_alloc_device(size, dev, (typeof_member(struct vfio_device, ops))(newer))
#define vfio_device_ops vfx_newer_ops

#ifdef VFX_LACKS_REGION_INFO_OP
/*
 * This kernel has no .get_region_info_caps: .ioctl gets that request, too. compat.c
 * answers it and passes the others on. The table of operations names vfx_ioctl, and
 * so gets compat.c's; where the driver's is declared and defined, arguments follow
 * the name, and it becomes another.
 */
long (vfx_ioctl)(struct vfio_device *core_vdev, unsigned int cmd, unsigned long arg);
#define vfx_ioctl(core_vdev, cmd, arg) vfx_newer_ioctl(core_vdev, cmd, arg)

/* Of the regions whose description is the core's: ask it with the user's argument. */
static inline int vfio_pci_ioctl_get_region_info(struct vfio_device *core_vdev,
						 struct vfio_region_info *info,
						 struct vfio_info_cap *caps)
{
	return -ENOIOCTLCMD;
}
#endif

#ifdef VFX_LACKS_GET_IOMAP
#ifdef VFX_LACKS_SETUP_BARMAP
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

/*
 * Newer cores map all BARs when the device is enabled. Here the first call maps, and
 * it is made while the device has no user: no lock.
 */
static inline void __iomem *vfio_pci_core_get_iomap(struct vfio_pci_core_device *vdev,
						    unsigned int bar)
{
	int ret = vfio_pci_core_setup_barmap(vdev, bar);

	return ret ? IOMEM_ERR_PTR(ret) : vdev->barmap[bar];
}
#endif

#ifdef VFX_LACKS_PAGING_DOMAIN
static inline struct iommu_domain *iommu_paging_domain_alloc(struct device *dev)
{
	return iommu_domain_alloc(dev->bus) ?: ERR_PTR(-ENODEV);
}
#endif

#ifdef VFX_LACKS_MAP_GFP
#define iommu_map(domain, iova, paddr, size, prot, gfp) \
	iommu_map(domain, iova, paddr, size, prot)
#endif

/* __assign_str() used to have a second argument: what __string() had already. */
#ifdef VFX_LACKS_SHORT_ASSIGN_STR
#define vfx_assign_str(destination, source) __assign_str(destination, source)
#else
#define vfx_assign_str(destination, source) __assign_str(destination)
#endif

#endif
