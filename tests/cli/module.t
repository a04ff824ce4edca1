# SPDX-License-Identifier: GPL-2.0-only
#
# bind: loading the driver's module. The fake modprobe says what the real one says.

=== module-loaded
# The module is loaded, then the function is bound.
$ fake_modprobe "echo \$1 > said; mkdir -p $PWD/$BUS/drivers/\$1"
$ fixup bind 0001:07:00.0
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ contents said
  said: virtio_fixup_vfio_pci
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: virtio_fixup_vfio_pci
  drivers_probe: 0001:07:00.0

=== module-not-loaded
# This system does not say what loads its modules.
$ rm -r $BUS/drivers/$OURS
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver is not loaded; run modprobe virtio_fixup_vfio_pci
[1]
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: (null)

=== module-missing
# The module is not installed.
$ modprobe_fails 'FATAL: Module virtio_fixup_vfio_pci not found in directory /lib/modules/6.12'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: it is not installed for the running kernel; build and install it for this kernel
[1]

=== module-secure-boot
# The key of the module's signature is not known.
$ modprobe_fails 'ERROR: could not insert: Key was rejected by service'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: secure boot is on and the kernel does not accept the module's signature; sign it with a key enrolled by mokutil
[1]

=== module-unsigned
# The module has no signature, and one is required.
$ modprobe_fails 'ERROR: could not insert: Required key not available'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: the kernel loads only signed modules; sign it with a key enrolled by mokutil
[1]

=== module-not-root
# Only root may load a module.
$ modprobe_fails 'ERROR: could not insert: Operation not permitted'
$ FAKE_EUID=1000 fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: only root may load it; run this as root
[1]

=== module-locked-down
# Root may not load a module either.
$ modprobe_fails 'ERROR: could not insert: Operation not permitted'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: the kernel does not let even root load it: it is locked down (secure boot), or modules are disabled until the next boot
[1]

=== module-other-kernel
# The module was built for another kernel.
$ modprobe_fails 'ERROR: could not insert: Exec format error'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: it was built for another kernel; build it for the running one
[1]

=== module-unknown-symbol
# Another module is missing.
$ modprobe_fails 'ERROR: could not insert: Unknown symbol in module'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: a module it needs is missing or does not match; see the kernel log
[1]

=== module-other-failure
# A message that the tool does not know is passed on.
$ modprobe_fails 'something new'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: modprobe: something new; see the kernel log
[1]

=== module-modprobe-killed
# modprobe is killed.
$ fake_modprobe 'kill -9 $$'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver is not loaded and ROOT/modprobe cannot be run: Interrupted system call; load module virtio_fixup_vfio_pci
[1]

=== module-much-output
# modprobe prints more than the tool wants to read.
$ fake_modprobe 'yes x | head -c 200000; exit 1'
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module cannot be loaded: x; see the kernel log
[1]

=== module-registers-nothing
# modprobe succeeds, and there is no driver.
$ fake_modprobe true
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: its module was loaded, but registers no PCI driver of that name; see the kernel log
[1]

=== module-no-modprobe
# There is no modprobe.
$ fake_modprobe true
$ echo /nowhere/modprobe > proc/sys/kernel/modprobe
$ fixup bind 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver is not loaded and /nowhere/modprobe cannot be run: No such file or directory; load module virtio_fixup_vfio_pci
[1]

=== module-other-system
# A tree that is not this system's must not make this system load a module.
$ fake_modprobe true
$ vfio-virtio-fixup bind --sysfs sys 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver is not loaded; run modprobe virtio_fixup_vfio_pci
[1]
