# SPDX-License-Identifier: GPL-2.0-only
#
# bind: loading the driver's module.

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
