# SPDX-License-Identifier: GPL-2.0-only
#
# The remedy for the hypervisor that this machine shows itself to run on.

=== l0-dmi
# By the product name of DMI.
$ dmi() { mkdir -p sys/class/dmi/id; echo "$1" > sys/class/dmi/id/product_name; }
$ fixed='QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='"'on'/>"
$ add_facts 0000:01:00.0 "${bypassing[@]}" "remedy=have its hypervisor put it behind the IOMMU ($fixed); or not"
$ for product in 'Standard PC (Q35 + ICH9, 2009)' cloud-hypervisor 'OpenStack Nova' 'OpenStack Compute'; do \
	dmi "$product"; fixup show 01:00.0 | grep remedy; done
  remedy: have its hypervisor put it behind the IOMMU (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>); or not
  remedy: have its hypervisor put it behind the IOMMU (Cloud Hypervisor: iommu=on on the device); or not
  remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of an image or flavor does it; ask the operator); or not
  remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of an image or flavor does it; ask the operator); or not
$ fixup explain 01:00.0 | sed -n '/Contradiction/,$p'
    Contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses.
    What to do about that: have its hypervisor put it behind the IOMMU that it
    describes (OpenStack: no property of an image or flavor does it; ask the
    operator).

  Admission:
    Refused: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of
    an image or flavor does it; ask the operator); or not.
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]
$ fixup explain 03:00.0 | sed -n '/^What to do/,/^What L2/p' | grep .
  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:03:00.0"
    and then "vfio-virtio-fixup explain 0000:03:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: OpenStack: no property
    of an image or flavor does it; ask the operator.
  What L2 will see:
# The driver's own words, which this replaces a part of.
$ add_facts 0000:03:00.0 offered=0 "measured=bypass not-run"
$ fixup show 03:00.0 | grep remedy
  remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of an image or flavor does it; ask the operator)

=== l0-acpi
# By who made the DSDT, where there is no DMI.
$ for oem in FIRECK CROSVM CLOUDH BOCHS; do printf 'DSDT\44\0\0\0\1x%-6s' $oem > sys/firmware/acpi/tables/DSDT; \
	fixup explain 03:00.0 | grep -A3 'needs there'; done
    when this machine is started anew. What it needs there: Firecracker: it has no
    IOMMU for a guest; take another hypervisor.

  What L2 will see:
    when this machine is started anew. What it needs there: crosvm: no option of a
    device does it; ask who runs it.

  What L2 will see:
    when this machine is started anew. What it needs there: Cloud Hypervisor:
    iommu=on on the device.

  What L2 will see:
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:

=== l0-fs
# The back end of virtio-fs cannot do it with any hypervisor.
$ set_bytes $BUS/devices/0000:0a:00.0/config 2 5a 10; echo 0x105a > $BUS/devices/0000:0a:00.0/device
$ add_facts 0000:0a:00.0 admitted=0 verdict=bypass \
	"remedy=have its hypervisor put it behind the IOMMU (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)"
$ fixup show 0a:00.0 | grep -e type -e remedy
  type: fs
  type number: 26
  remedy: have its hypervisor put it behind the IOMMU (virtio-fs: its back end cannot do it; share the files another way, such as a disk, 9p or NFS)
