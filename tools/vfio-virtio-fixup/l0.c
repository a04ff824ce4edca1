// SPDX-License-Identifier: GPL-2.0-only
/* The hypervisor that gives this machine its functions (L0), as it shows itself here. */
#include "function.h"

#include <fcntl.h>
#include <linux/virtio_ids.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "sysfs.h"

/* As the driver's remedies have it. */
#define QEMU "QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>"

/*
 * They show themselves by the product name of DMI, or where there is no DMI by who made
 * the DSDT. The signature in CPUID is KVM's for all of them.
 */
static const struct {
	const char *product;
	const char *oem;
	const char *how;
} hypervisors[] = {
	{ "cloud-hypervisor", "CLOUDH", "Cloud Hypervisor: iommu=on on the device" },
	{ "OpenStack Nova", NULL,
	  "OpenStack: no property of an image or flavor does it; ask the operator" },
	{ "OpenStack Compute", NULL,
	  "OpenStack: no property of an image or flavor does it; ask the operator" },
	{ NULL, "FIRECK", "Firecracker: it has no IOMMU for a guest; take another hypervisor" },
	{ NULL, "CROSVM", "crosvm: no option of a device does it; ask who runs it" },
};

static void read_oem(char oem[7])
{
	int fd = openat(cli->bus, "../../firmware/acpi/tables/DSDT", O_RDONLY | O_CLOEXEC);

	/* For root only. It stands behind signature, length, revision and checksum. */
	memset(oem, 0, 7);
	if (fd < 0)
		return;
	if (pread(fd, oem, 6, 10) != 6)
		*oem = '\0';
	close(fd);
}

const char *l0_how(const struct function *function)
{
	char product[SYSFS_WORD], oem[7];
	size_t i;

	if (function->type == VIRTIO_ID_FS)
		return "virtio-fs: its back end cannot do it; share the files another way, such "
		       "as a disk, 9p or NFS";
	if (cli->dump)
		return QEMU;
	sysfs_read(product, AT("../../class/dmi/id/product_name"));
	read_oem(oem);
	for (i = 0; i < sizeof(hypervisors) / sizeof(hypervisors[0]); i++)
		if ((hypervisors[i].product && !strcmp(product, hypervisors[i].product)) ||
		    (hypervisors[i].oem && !strcmp(oem, hypervisors[i].oem)))
			return hypervisors[i].how;
	return QEMU;
}

const char *l0_remedy(const struct function *function, const char *remedy)
{
	const char *at = strstr(remedy, QEMU);

	if (!at)
		return remedy;
	return new_text("%.*s%s%s", (int)(at - remedy), remedy, l0_how(function),
			at + strlen(QEMU));
}
