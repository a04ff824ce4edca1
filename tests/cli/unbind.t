# SPDX-License-Identifier: GPL-2.0-only
#
# unbind: gives functions back to their usual driver.

=== unbind
# The override is cleared, and the usual driver takes the function.
$ echo $OURS > $BUS/devices/0000:0a:00.0/driver_override
$ fixup unbind 0a:00.0
  0000:0a:00.0: unbound from virtio_fixup_vfio_pci; its driver is now virtio-pci
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override:
  drivers_probe: 0000:0a:00.0
  virtio_fixup_vfio_pci/unbind: 0000:0a:00.0

=== unbind-json
# The same as JSON.
$ fixup unbind 0a:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:0a:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio-pci",
        "outcome": "unbound",
        "warnings": []
      }
    ],
    "errors": [],
    "warnings": []
  }

=== unbind-no-default
# No other driver takes the function.
$ : > $BUS/devices/0000:0a:00.0/fake_default
$ fixup unbind 0a:00.0
  0000:0a:00.0: unbound from virtio_fixup_vfio_pci; its driver is now none

=== unbind-not-ours
# A function of another driver is left alone.
$ fixup unbind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not unbound, because this host uses it itself: its driver is virtio-pci
[4]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: (null)

=== unbind-no-driver
# A function without a driver.
$ fixup unbind 0001:07:00.0
  0001:07:00.0: had no driver; its driver is now none

=== unbind-not-there
# No function has the address.
$ fixup unbind 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== unbind-partly
# One of two is ours.
$ fixup unbind 0a:00.0 06:00.0
  0000:0a:00.0: unbound from virtio_fixup_vfio_pci; its driver is now virtio-pci
! vfio-virtio-fixup: 0000:06:00.0: not unbound, because this host uses it itself: its driver is virtio-pci
[5]

=== unbind-open
# A guest uses the function by its VFIO group.
$ fixup unbind 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with --force
[3]

=== unbind-open-cdev
# A guest uses the function by its VFIO device file.
$ rm proc/4242/fd/17
$ mkdir -p $BUS/devices/0000:02:00.0/vfio-dev/vfio3
$ ln -s /dev/vfio/devices/vfio3 proc/4242/fd/3
$ fixup unbind 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/devices/vfio3 open; stop its user, or wait with --force
[3]

=== unbind-open-unseen
# The driver says that the function is open, by whom cannot be seen.
$ rm -r proc/4242
$ fixup unbind 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: a process that cannot be seen from here has it open; stop its user, or wait with --force
[3]

=== unbind-open-force
# --force waits for the guest.
$ fixup unbind 02:00.0 --force
  0000:02:00.0: unbound from virtio_fixup_vfio_pci; its driver is now virtio-pci
! vfio-virtio-fixup: 0000:02:00.0: warning: it is open: process 4242 (qemu-system-x86) has /dev/vfio/2 open; waiting for at most 60 s until it is closed

=== unbind-fails
# The driver does not let go.
$ echo $OURS > $BUS/devices/0000:0a:00.0/driver_override
$ FAKE_WRITE_FAILS=virtio_fixup_vfio_pci/unbind:16 fixup unbind 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: virtio_fixup_vfio_pci did not let go of it: Device or resource busy
[1]
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override:

=== unbind-no-reaction
# The kernel reacts to nothing.
$ FAKE_KERNEL= fixup unbind 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: it is still bound to virtio_fixup_vfio_pci; see the kernel log
[1]

=== unbind-not-root
# Only root may unbind.
$ FAKE_WRITE_FAILS=driver_override:13 FAKE_EUID=1000 fixup unbind 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: driver_override could not be cleared: only root may do that; run this as root
[1]
