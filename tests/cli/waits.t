# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel does not come back: what is said then, and how things are left. And what
# would make it so.

=== waits-unbind
# The driver before does not let go: nothing else is asked of a kernel that is at it.
$ FAKE_HANGS=virtio-pci/unbind fixup bind 03:00.0 --timeout 1
! vfio-virtio-fixup: 0000:03:00.0: not bound to virtio_fixup_vfio_pci: virtio-pci did not let go of it: the kernel has not done it after 1 s, and goes on trying; driver_override stays virtio_fixup_vfio_pci
[1]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override: virtio_fixup_vfio_pci

=== waits-probe
# The driver takes its time.
$ FAKE_HANGS=drivers_probe fixup bind 0001:07:00.0 --timeout 1 --json | cat
  {
    "schema": 1,
    "results": [
      {
        "address": "0001:07:00.0",
        "driver_before": "none",
        "driver": "none",
        "outcome": "failed",
        "error": "not bound to virtio_fixup_vfio_pci: the driver did not take it: the kernel has not done it after 1 s, and goes on trying; see the kernel log; driver_override stays virtio_fixup_vfio_pci",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0001:07:00.0",
        "text": "not bound to virtio_fixup_vfio_pci: the driver did not take it: the kernel has not done it after 1 s, and goes on trying; see the kernel log; driver_override stays virtio_fixup_vfio_pci"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: the kernel has not done it after 1 s, and goes on trying; see the kernel log; driver_override stays virtio_fixup_vfio_pci
[1]
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: virtio_fixup_vfio_pci

=== waits-override
# Not even that: what was there stays.
$ FAKE_HANGS=driver_override fixup bind 03:00.0 --timeout 1
! vfio-virtio-fixup: 0000:03:00.0: not bound to virtio_fixup_vfio_pci: driver_override could not be set: the kernel has not done it after 1 s, and goes on trying
[1]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override:

=== waits-give-back
# unbind is no different.
$ FAKE_HANGS=$OURS/unbind fixup unbind 0a:00.0 --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: virtio_fixup_vfio_pci did not let go of it: the kernel has not done it after 1 s, and goes on trying
[1]
$ FAKE_HANGS=drivers_probe fixup unbind 0a:00.0 --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: no other driver has it yet: the kernel has not done it after 1 s, and goes on trying
[1]

=== waits-measure
# Nor is what the driver itself is asked.
$ FAKE_HANGS=measure fixup measure 0a:00.0 --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: not measured: the kernel has not done it after 1 s, and goes on trying; see the kernel log
[1]
$ FAKE_HANGS=policy fixup policy 0a:00.0 deny --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: policy deny was not set: the kernel has not done it after 1 s, and goes on trying; see the kernel log
[1]

=== waits-no-number
# A time is a number of seconds.
$ for time in 0 -1 x 5s '' 86401; do fixup list --timeout "$time"; done
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
[2]

=== vfs-bind
# Its virtual functions would vanish, and one of them is held open: --force is no way.
$ ln -s ../0000:02:00.0 $BUS/devices/0000:03:00.0/virtfn0
$ ln -s ../0000:06:00.1 $BUS/devices/0000:03:00.0/virtfn1
$ fixup bind 03:00.0 --force
! vfio-virtio-fixup: 0000:03:00.0: not bound, because its virtual functions would vanish: 0000:02:00.0, driver virtio_fixup_vfio_pci (process 4242 (qemu-system-x86) has /dev/vfio/2 open); 0000:06:00.1, driver virtio-pci; end their use, and write 0 to its sriov_numvfs first
[3]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override: (null)

=== vfs-unbind
# Nor can a function be given back then.
$ ln -s ../0000:06:00.1 $BUS/devices/0000:0a:00.0/virtfn0
$ fixup unbind 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not unbound, because its virtual functions would vanish: 0000:06:00.1, driver virtio-pci; end their use, and write 0 to its sriov_numvfs first
[3]
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override: (null)
