# SPDX-License-Identifier: GPL-2.0-only
#
# bind: what it refuses, what it writes, how it leaves things, and how it loads the
# driver's module.

=== bind-admitted
# A function without a driver; it is admitted.
$ fixup bind 0001:07:00.0
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: virtio_fixup_vfio_pci
  drivers_probe: 0001:07:00.0

=== bind-json
# The same as JSON.
$ fixup bind 0001:07:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0001:07:00.0",
        "driver_before": "none",
        "driver": "virtio_fixup_vfio_pci",
        "verdict": "conditional",
        "basis": "declared",
        "policy": "auto",
        "admitted": "yes",
        "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
        "remedy": "",
        "outcome": "bound",
        "warnings": []
      }
    ],
    "errors": [],
    "warnings": []
  }

=== bind-refused-after
# The driver takes the function, finds that it bypasses, and will not open it.
$ add_facts 0000:03:00.0 "${bypassing[@]}"
$ fixup bind 03:00.0
  0000:03:00.0: bound to virtio_fixup_vfio_pci
  0000:03:00.0: verdict bypass (declared)
! vfio-virtio-fixup: 0000:03:00.0: bound, but VFIO will not open it: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU; to do: have its hypervisor put it behind the IOMMU
[3]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override: virtio_fixup_vfio_pci
  drivers_probe: 0000:03:00.0
  virtio-pci/unbind: 0000:03:00.0

=== bind-again
# A function that is bound already is left alone.
$ fixup bind 02:00.0
  0000:02:00.0: already bound to virtio_fixup_vfio_pci
  0000:02:00.0: verdict conditional (declared)
  0000:02:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ traces 0000:02:00.0
  0000:02:00.0/driver_override: (null)

=== bind-again-refused
# The same where VFIO will not open it.
$ fixup bind 01:00.0
  0000:01:00.0: already bound to virtio_fixup_vfio_pci
  0000:01:00.0: verdict bypass (declared)
! vfio-virtio-fixup: 0000:01:00.0: bound, but VFIO will not open it: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU; to do: have its hypervisor put it behind the IOMMU
[3]

=== bind-several
# Three functions.
$ fixup bind 02:00.0 0a:00.0 0001:07:00.0
  0000:02:00.0: already bound to virtio_fixup_vfio_pci
  0000:02:00.0: verdict conditional (declared)
  0000:02:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:0a:00.0: already bound to virtio_fixup_vfio_pci
  0000:0a:00.0: verdict conditional (declared)
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced

=== bind-partly
# One of two exists.
$ fixup bind 02:00.0 0f:00.0
  0000:02:00.0: already bound to virtio_fixup_vfio_pci
  0000:02:00.0: verdict conditional (declared)
  0000:02:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[5]

=== bind-partly-refused
# One of two is in use by this host.
$ fixup bind 0001:07:00.0 04:00.0
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:04:00.0: not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with --force
[5]

=== bind-partly-json
# The same as JSON.
$ fixup bind --json 0001:07:00.0 04:00.0
  {
    "schema": 1,
    "results": [
      {
        "address": "0001:07:00.0",
        "driver_before": "none",
        "driver": "virtio_fixup_vfio_pci",
        "verdict": "conditional",
        "basis": "declared",
        "policy": "auto",
        "admitted": "yes",
        "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
        "remedy": "",
        "outcome": "bound",
        "warnings": []
      },
      {
        "address": "0000:04:00.0",
        "driver_before": "virtio-pci",
        "driver": "virtio-pci",
        "outcome": "failed",
        "error": "not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with --force",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0000:04:00.0",
        "text": "not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with --force"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:04:00.0: not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with --force
[5]

=== bind-nothing-done
# Two failures of one kind have the exit code of that kind.
$ fixup bind 0f:00.0 00:1f.2
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[4]

=== bind-all-fail-unlike
# Two failures of different kinds have exit code 1.
$ fixup bind 0f:00.0 05:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
! vfio-virtio-fixup: 0000:05:00.0: not bound, because it is in use: vda1 is mounted on /; end that use, or take it all the same with --force
[1]

=== bind-not-virtio
# A function that is not virtio.
$ fixup bind 00:1f.2
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[4]

=== bind-default-route
# The interface of a NIC has the default route, so the NIC stays with this host.
$ fixup bind 04:00.0
! vfio-virtio-fixup: 0000:04:00.0: not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with --force
[3]
$ traces 0000:04:00.0
  0000:04:00.0/driver_override: (null)

=== bind-mounted
# A disk whose partition is mounted stays with this host.
$ fixup bind 05:00.0
! vfio-virtio-fixup: 0000:05:00.0: not bound, because it is in use: vda1 is mounted on /; end that use, or take it all the same with --force
[3]
$ traces 0000:05:00.0
  0000:05:00.0/driver_override: (null)

=== bind-mounted-force
# --force takes it all the same.
$ add_facts 0000:05:00.0
$ fixup bind 05:00.0 --force
  0000:05:00.0: bound to virtio_fixup_vfio_pci
  0000:05:00.0: verdict conditional (declared)
  0000:05:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:05:00.0: warning: taken although it is in use: vda1 is mounted on /
$ traces 0000:05:00.0
  0000:05:00.0/driver_override: virtio_fixup_vfio_pci
  drivers_probe: 0000:05:00.0
  virtio-pci/unbind: 0000:05:00.0

=== bind-holder-mounted
# A device-mapper volume on the disk is mounted.
$ fixup bind 08:00.0
! vfio-virtio-fixup: 0000:08:00.0: not bound, because it is in use: dm-7 is mounted on /srv/data; end that use, or take it all the same with --force
[3]

=== bind-swap
# The disk is used as swap.
$ mv $BUS/devices/0000:06:00.0/virtio5/block/vdb $BUS/devices/0000:06:00.0/virtio5/block/vdd
$ fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: vdd is used as swap; end that use, or take it all the same with --force
[3]

=== bind-btrfs
# Btrfs is mounted from the disk; its mounts have device numbers of their own.
$ mv $BUS/devices/0000:06:00.0/virtio5/block/vdb $BUS/devices/0000:06:00.0/virtio5/block/vde
$ mv $BUS/devices/0000:06:00.0/virtio5/block/vde/vdb1 $BUS/devices/0000:06:00.0/virtio5/block/vde/vde1
$ fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: vde1 is mounted on /srv/pool; end that use, or take it all the same with --force
[3]

=== bind-scsi-mounted
# A disk of a virtio-scsi host is mounted.
$ scsi=$BUS/devices/0000:06:00.1/virtio6/host2/target2:0:0/2:0:0:0/block/sda
$ mkdir -p $scsi/holders
$ echo 252:1 > $scsi/dev
$ fixup bind 06:00.1
! vfio-virtio-fixup: 0000:06:00.1: not bound, because it is in use: sda is mounted on /; end that use, or take it all the same with --force
[3]

=== bind-bridge-route
# A VLAN on a bridge over the interface has the default route.
$ up=sys/devices/virtual/net
$ mkdir -p $up/br0 $up/br0.7
$ ln -s "$PWD/$up/br0" $BUS/devices/0000:06:00.1/virtio6/net/eth1/upper_br0
$ ln -s "$PWD/$up/br0.7" $up/br0/upper_br0.7
$ fixup bind 06:00.1
! vfio-virtio-fixup: 0000:06:00.1: not bound, because it is in use: br0.7 carries the default route (IPv6); end that use, or take it all the same with --force
[3]

=== bind-interface-loop
# Interfaces that stand on each other in a circle.
$ up=$BUS/devices/0000:06:00.1/virtio6/net/eth1
$ ln -s . $up/upper_loop
$ fixup bind 06:00.1
! vfio-virtio-fixup: 0000:06:00.1: not bound, because it is in use: it has more disks or interfaces than can be checked; end that use, or take it all the same with --force
[3]

=== bind-kernel-says-free
# The kernel lets the tool open the disk alone: nothing uses it.
$ add_facts 0000:06:00.0
$ FAKE_DISK=vdb:252:16 fixup bind 06:00.0
  0000:06:00.0: bound to virtio_fixup_vfio_pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.0: warning: 0000:06:00.1 is in the same IOMMU group 6 and bound to virtio-pci; VFIO cannot open the group until that is unbound

=== bind-kernel-says-busy
# Something claims the disk, and no mount or swap of this host tells what.
$ add_facts 0000:06:00.0
$ FAKE_DISK=vdb:252:16:16 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: the kernel says that vdb is in use, such as by ZFS, as a second disk of a file system, or in another mount namespace; end that use, or take it all the same with --force
[3]
$ FAKE_DISK=vdb:252:16:16 fixup bind 06:00.0 --force
  0000:06:00.0: bound to virtio_fixup_vfio_pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.0: warning: taken although it is in use: the kernel says that vdb is in use, such as by ZFS, as a second disk of a file system, or in another mount namespace
! vfio-virtio-fixup: 0000:06:00.0: warning: 0000:06:00.1 is in the same IOMMU group 6 and bound to virtio-pci; VFIO cannot open the group until that is unbound

=== bind-kernel-names-holder
# Device mapper has the disk, though it is not mounted.
$ sed -i /mapper/d proc/self/mountinfo
$ FAKE_DISK=vdc:252:32:16 fixup bind 08:00.0
! vfio-virtio-fixup: 0000:08:00.0: not bound, because it is in use: vdc is in use by dm-7; end that use, or take it all the same with --force
[3]

=== bind-kernel-not-asked
# The disk has no node, or the node is another disk's.
$ FAKE_DISK=vdb:252:16:2 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: whether vdb is in use cannot be told: /dev/vdb: No such file or directory; end that use, or take it all the same with --force
[3]
$ FAKE_DISK=vdb:8:0 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: whether vdb is in use cannot be told: /dev/vdb: No such device; end that use, or take it all the same with --force
[3]

=== bind-kernel-no-medium
# A drive without a medium is not in use.
$ add_facts 0000:06:00.0
$ FAKE_DISK=vdb:252:16:123 fixup bind 06:00.0
  0000:06:00.0: bound to virtio_fixup_vfio_pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.0: warning: 0000:06:00.1 is in the same IOMMU group 6 and bound to virtio-pci; VFIO cannot open the group until that is unbound

=== bind-kernel-not-root
# Who may not ask may not bind either, and hears that.
$ FAKE_EUID=1000 FAKE_DISK=vdb:252:16:13 FAKE_WRITE_FAILS=driver_override:13 \
	fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: driver_override could not be set: only root may do that; run this as root
[1]

=== bind-mounts-unknown
# Whether the disk is mounted cannot be read.
$ rm proc/self/mountinfo
$ fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: whether vdb is mounted cannot be told: proc/self/mountinfo: No such file or directory; end that use, or take it all the same with --force
[3]

=== bind-other-guest
# A process has the function's VFIO group open.
$ ln -sfn /dev/vfio/6 proc/4242/fd/17
$ ln -sfn ../../../bus/pci/drivers/vfio-pci $BUS/devices/0000:06:00.0/driver
$ fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/6 open; end that use, or take it all the same with --force
[3]

=== bind-sibling
# Another function of the group stays with virtio-pci: a warning.
$ add_facts 0000:06:00.0
$ fixup bind 06:00.0
  0000:06:00.0: bound to virtio_fixup_vfio_pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.0: warning: 0000:06:00.1 is in the same IOMMU group 6 and bound to virtio-pci; VFIO cannot open the group until that is unbound

=== bind-sibling-port
# Another function of the group is a bridge of pcieport's: no warning.
$ add_facts 0000:06:00.0
$ ln -sfn ../../../bus/pci/drivers/pcieport $BUS/devices/0000:06:00.1/driver
$ fixup bind 06:00.0
  0000:06:00.0: bound to virtio_fixup_vfio_pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced

=== bind-no-group
# A function without an IOMMU group.
$ add_facts 0000:00:06.0 verdict=bypass basis=platform admitted=0 \
	"reason=it has no IOMMU group" "remedy=give this host an IOMMU" view=none
$ fixup bind 00:06.0
  0000:00:06.0: bound to virtio_fixup_vfio_pci
  0000:00:06.0: verdict bypass (platform)
! vfio-virtio-fixup: 0000:00:06.0: warning: it has no IOMMU group, so VFIO cannot open it; give this host a cache-coherent IOMMU that serves it, and switch that IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default)
! vfio-virtio-fixup: 0000:00:06.0: bound, but VFIO will not open it: it has no IOMMU group; to do: give this host an IOMMU
[3]

=== bind-vfio-pci
# --driver gives the function to the stock driver, with a warning.
$ add_driver vfio-pci
$ fixup bind 06:00.0 --driver vfio-pci
  0000:06:00.0: bound to vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: warning: UNGUARDED: vfio-pci has it, and the loaded virtio_fixup_vfio_pci does not say that it guards it; to do: load the virtio_fixup_vfio_pci that came with this tool, or run "vfio-virtio-fixup bind 0000:06:00.0"
! vfio-virtio-fixup: 0000:06:00.1: warning: taken from virtio-pci, because its IOMMU group is given to VFIO; it has no driver now; to give it back, unbind the others and run vfio-virtio-fixup unbind 0000:06:00.1
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: vfio-pci
  drivers_probe: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0

=== bind-from-ours
# The same from our driver.
$ add_driver vfio-pci
$ fixup bind 0a:00.0 --driver vfio-pci
  0000:0a:00.0: bound to vfio-pci
  0000:0a:00.0: verdict conditional (declared)
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override: vfio-pci
  drivers_probe: 0000:0a:00.0
  virtio_fixup_vfio_pci/unbind: 0000:0a:00.0

=== bind-rolled-back
# The driver does not take the function: the old driver is back, no override is left.
$ FAKE_PROBE_FAILS=virtio_fixup_vfio_pci fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: Invalid argument; see the kernel log; its driver is virtio-pci, as before
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:
  drivers_probe: 0000:06:00.0
  virtio-pci/bind: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0

=== bind-rolled-back-to-none
# The same where there was no driver before.
$ FAKE_PROBE_FAILS=virtio_fixup_vfio_pci fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: Invalid argument; see the kernel log; its driver is none, as before
[1]
$ traces 0001:07:00.0
  0001:07:00.0/driver_override:
  drivers_probe: 0001:07:00.0

=== bind-old-driver-lost
# The old driver does not take the function back.
$ FAKE_PROBE_FAILS=virtio_fixup_vfio_pci FAKE_WRITE_FAILS=virtio-pci/bind:16 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: Invalid argument; see the kernel log; virtio-pci did not take it back, and its driver is now none
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:
  drivers_probe: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0

=== bind-old-driver-stays
# The old driver does not let go.
$ FAKE_WRITE_FAILS=virtio-pci/unbind:16 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: virtio-pci did not let go of it: Device or resource busy; its driver is virtio-pci, as before
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:

=== bind-not-root
# Only root may bind.
$ FAKE_WRITE_FAILS=driver_override:13 FAKE_EUID=1000 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: driver_override could not be set: only root may do that; run this as root
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:

=== bind-probe-error
# The kernel fails the probe.
$ FAKE_WRITE_FAILS=/drivers_probe:19 fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: No such device; see the kernel log; its driver is virtio-pci, as before
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:
  virtio-pci/bind: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0

=== bind-no-reaction
# The kernel reacts to nothing.
$ FAKE_KERNEL= fixup bind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it; see the kernel log; its driver is virtio-pci, as before
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:
  drivers_probe: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0

=== module-loaded
# The module is loaded, then the function is bound.
$ without_module
$ FAKE_MODULE=loaded fixup bind 0001:07:00.0
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: virtio_fixup_vfio_pci
  drivers_probe: 0001:07:00.0

=== module-missing
# The module is not installed.
$ without_module
$ FAKE_MODULE=absent fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: it is not installed for the running kernel; build and install it for this kernel
[1]

=== module-secure-boot
# The key of the module's signature is not known.
$ without_module
$ FAKE_MODULE=129 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: secure boot is on and the kernel does not accept the module's signature; sign it with a key enrolled by mokutil
[1]

=== module-unsigned
# The module has no signature, and one is required.
$ without_module
$ FAKE_MODULE=126 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: the kernel loads only signed modules; sign it with a key enrolled by mokutil
[1]

=== module-not-root
# Only root may load a module.
$ without_module
$ FAKE_EUID=1000 FAKE_MODULE=1 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: only root may load it; run this as root
[1]

=== module-locked-down
# Root may not load a module either.
$ without_module
$ FAKE_MODULE=1 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: the kernel does not let even root load it: it is locked down (secure boot), or modules are disabled until the next boot
[1]

=== module-other-kernel
# The module was built for another kernel.
$ without_module
$ FAKE_MODULE=8 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: it was built for another kernel; build it for the running one
[1]

=== module-unknown-symbol
# Another module is missing.
$ without_module
$ FAKE_MODULE=2 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: a module it needs is missing or does not match; see the kernel log
[1]

=== module-busy
# Something that the module needs is in use.
$ without_module
$ FAKE_MODULE=16 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: something it needs is in use; see the kernel log
[1]

=== module-other-failure
# Of an error that needs no advice, the kernel's text is passed on.
$ without_module
$ FAKE_MODULE=12 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: Cannot allocate memory; see the kernel log
[1]

=== module-registers-nothing
# The module is loaded, and there is no driver.
$ without_module
$ FAKE_MODULE=idle fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module was loaded, but registers no PCI driver of that name; see the kernel log
[1]

=== module-other-system
# A tree that is not this system's must not make this system load a module.
$ without_module
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver is not loaded; run modprobe virtio_fixup_vfio_pci
[1]
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: (null)
