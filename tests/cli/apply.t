# SPDX-License-Identifier: GPL-2.0-only
#
# apply: makes drivers and policies what the rules say.

=== apply-nothing
# Without rules, or without functions, there is nothing to do, and nothing to say.
$ fixup apply
$ rule etc/10-a 'Address=*' Bind=fixup
$ rm sys/bus/pci/devices/*
$ fixup apply

=== apply-bind
# A free disk is bound, and gets its policy when the module knows it; the dry run prints
# the same and changes nothing; and the second time there is nothing to do.
$ rule etc/10-disks 'Address=06:00.0 0001:*' Bind=fixup Policy=strict
$ fixup apply --dry-run
  0000:06:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0001:07:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0001:07:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: (null)
$ fixup apply 0001:07:00.0
  0001:07:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0001:07:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: virtio_fixup_vfio_pci
  drivers_probe: 0001:07:00.0
$ add_facts 0000:06:00.0
$ fixup apply
  0000:06:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ contents $BUS/devices/*/virtio_fixup/policy
  0000:01:00.0/virtio_fixup/policy: auto
  0000:02:00.0/virtio_fixup/policy: auto
  0000:06:00.0/virtio_fixup/policy: strict
  0000:0a:00.0/virtio_fixup/policy: auto
  0001:07:00.0/virtio_fixup/policy: strict
$ fixup apply

=== apply-new-record
# A function that the module never saw has a policy only after it is bound.
$ add_facts 0000:06:00.0 && new_to_module 0000:06:00.0
$ rule etc/10-disks 'Address=06:00.0' Bind=fixup Policy=strict
$ fixup apply --dry-run
  0000:06:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ fixup apply
  0000:06:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ contents $BUS/devices/0000:06:00.0/virtio_fixup/policy
  0000:06:00.0/virtio_fixup/policy: strict
$ fixup apply

=== apply-new-record-vfio-pci
# For vfio-pci the module's own driver has it first, so that the guard goes by the policy.
$ add_driver vfio-pci
$ add_facts 0000:06:00.0 && new_to_module 0000:06:00.0
$ rule etc/10-disks 'Address=06:00.0' Bind=vfio-pci Policy=vouched
$ fixup apply --dry-run
  0000:06:00.0: policy vouched, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ fixup apply
  0000:06:00.0: policy vouched, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
! vfio-virtio-fixup: 0000:06:00.1: warning: taken from virtio-pci, because its IOMMU group is given to VFIO; it has no driver now; to give it back, unbind the others and run vfio-virtio-fixup unbind 0000:06:00.1
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: vfio-pci
  drivers_probe: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.1
  virtio_fixup_vfio_pci/unbind: 0000:06:00.0
$ contents $BUS/devices/0000:06:00.0/virtio_fixup/policy
  0000:06:00.0/virtio_fixup/policy: vouched
$ fixup apply

=== apply-new-record-vetoed
# If the guard vetoes it all the same, its driver before has it again.
$ add_driver vfio-pci
$ add_facts 0000:06:00.0
$ when_guarded 0000:06:00.0 guard=vetoed admitted=0 'reason=its DMA was measured to bypass the IOMMU' remedy=
$ new_to_module 0000:06:00.0
$ rule etc/10-disks 'Address=06:00.0' Bind=vfio-pci Policy=vouched
$ fixup apply 06:00.0
  0000:06:00.0: policy vouched, by ./etc/vfio-virtio-fixup/10-disks.rule:4
! vfio-virtio-fixup: 0000:06:00.0: not bound to vfio-pci: the guard vetoes it: its DMA was measured to bypass the IOMMU; its driver is virtio_fixup_vfio_pci, as before
! vfio-virtio-fixup: 0000:06:00.0: warning: given back to the kernel: its driver is virtio-pci
[3]
$ fixup list | grep 06:00.0
  0000:06:00.0  blk   modern        virtio-pci             host     6      conditional (declared)  vouched  vfio-pci vouched (differs)  -

=== apply-new-record-in-use
# What is in use is not moved at all; neither is what has a neighbour that is in use.
$ add_driver vfio-pci
$ add_disk 0000:06:00.1 virtio6 vde 252:64
$ rule etc/10-disks 'Address=05:00.0 06:00.0' Bind=vfio-pci Policy=vouched
$ fixup apply --dry-run 05:00.0 06:00.0
! vfio-virtio-fixup: 0000:05:00.0: not bound, because it is in use: vda1 is mounted on /; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group is in use: vde1 is mounted on /srv/pool; end that use, or take both all the same with "vfio-virtio-fixup bind --force"
[3]
$ fixup apply 05:00.0 06:00.0
! vfio-virtio-fixup: 0000:05:00.0: not bound, because it is in use: vda1 is mounted on /; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group is in use: vde1 is mounted on /srv/pool; end that use, or take both all the same with "vfio-virtio-fixup bind --force"
[3]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: (null)

=== apply-policy-alone
# Where no driver is wanted, the driver stays.
$ rule etc/10-a 'Address=0000:0a:00.0' Policy=deny
$ fixup apply
  0000:0a:00.0: policy deny, by ./etc/vfio-virtio-fixup/10-a.rule:4
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override: (null)
$ contents $BUS/devices/0000:0a:00.0/virtio_fixup/policy
  0000:0a:00.0/virtio_fixup/policy: deny

=== apply-vfio-pci
# With vfio-pci the others of the IOMMU group are taken from this host.
$ add_driver vfio-pci
$ add_facts 0000:06:00.0
$ rule etc/10-disks 'Address=06:00.0' Bind=vfio-pci Policy=strict
$ fixup apply --dry-run
  0000:06:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: (null)
$ fixup apply
  0000:06:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
! vfio-virtio-fixup: 0000:06:00.1: warning: taken from virtio-pci, because its IOMMU group is given to VFIO; it has no driver now; to give it back, unbind the others and run vfio-virtio-fixup unbind 0000:06:00.1
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: vfio-pci
  drivers_probe: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0
$ contents $BUS/devices/0000:06:00.0/virtio_fixup/guard
  0000:06:00.0/virtio_fixup/guard: admitted
$ fixup apply

=== apply-vfio-pci-group
# Two of a group, both for vfio-pci.
$ add_driver vfio-pci
$ rule etc/10-disks 'Address=06:00.*' Bind=vfio-pci
$ fixup apply --dry-run
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.1: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
$ fixup apply
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
  0000:06:00.1: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4
! vfio-virtio-fixup: 0000:06:00.0: warning: UNGUARDED: vfio-pci has it, and the loaded virtio_fixup_vfio_pci does not say that it guards it; to do: load the virtio_fixup_vfio_pci that came with this tool, or run "vfio-virtio-fixup bind 0000:06:00.0"
! vfio-virtio-fixup: 0000:06:00.1: warning: UNGUARDED: vfio-pci has it, and the loaded virtio_fixup_vfio_pci does not say that it guards it; to do: load the virtio_fixup_vfio_pci that came with this tool, or run "vfio-virtio-fixup bind 0000:06:00.1"
$ fixup list | grep -e BDF -e 0000:06
  BDF           TYPE  IDENTITY      DRIVER                 GUARD      GROUP  VERDICT                 RULE      ADMITTED
  0000:06:00.0  blk   modern        vfio-pci               unguarded  6      -                       vfio-pci  -
  0000:06:00.1  net   modern        vfio-pci               unguarded  6      -                       vfio-pci  -
! vfio-virtio-fixup: list: warning: 2 of 11 functions are unguarded: 0000:06:00.0 (vfio-pci); 0000:06:00.1 (vfio-pci); see vfio-virtio-fixup list --check
$ fixup apply

=== apply-vfio-pci-group-kept
# A rule keeps the other of the group for this host: then neither is taken.
$ add_driver vfio-pci
$ rule etc/10-disk 'Address=06:00.0' Bind=vfio-pci
$ rule etc/20-rest 'Address=*' Bind=no
$ fixup apply --dry-run 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group stays with this host, by ./etc/vfio-virtio-fixup/20-rest.rule:4
[3]
$ fixup apply
  0000:01:00.0: driver left to the kernel, by ./etc/vfio-virtio-fixup/20-rest.rule:4
  0000:0a:00.0: driver left to the kernel, by ./etc/vfio-virtio-fixup/20-rest.rule:4
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with "vfio-virtio-fixup unbind --force"
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group stays with this host, by ./etc/vfio-virtio-fixup/20-rest.rule:4
[5]
$ fixup apply 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group stays with this host, by ./etc/vfio-virtio-fixup/20-rest.rule:4
[3]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: (null)
  drivers_probe: 0000:0a:00.0
  virtio_fixup_vfio_pci/unbind: 0000:0a:00.0

=== apply-vfio-pci-needs-guard
# vfio-pci gets nothing while the module that guards it is not loaded.
$ without_module
$ add_driver vfio-pci
$ rule etc/10-disks 'Address=06:00.0' Bind=vfio-pci
$ fixup apply 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to vfio-pci, because nothing would guard it: the driver is not loaded; run modprobe virtio_fixup_vfio_pci
[1]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override: (null)
$ fixup apply --dry-run 06:00.0
  0000:06:00.0: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-disks.rule:4

=== apply-vetoed
# The guard vetoes the function: it is as before.
$ add_driver vfio-pci
$ add_facts 0000:06:00.0
$ when_guarded 0000:06:00.0 guard=vetoed admitted=0 'reason=its DMA was measured to bypass the IOMMU' remedy=
$ rule etc/10-disks 'Address=06:00.0' Bind=vfio-pci
$ fixup apply 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not bound to vfio-pci: the guard vetoes it: its DMA was measured to bypass the IOMMU; its driver is virtio-pci, as before
[3]
$ fixup list | grep 06:00.0
  0000:06:00.0  blk   modern        virtio-pci             host     6      conditional (declared)  vfio-pci (differs)  -

=== apply-no
# What a VFIO driver has is given back to this host; what this host has stays there.
$ rule etc/10-a 'Address=0000:*' Bind=no
$ fixup apply --dry-run
  0000:01:00.0: driver left to the kernel, by ./etc/vfio-virtio-fixup/10-a.rule:4
  0000:0a:00.0: driver left to the kernel, by ./etc/vfio-virtio-fixup/10-a.rule:4
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with "vfio-virtio-fixup unbind --force"
[5]
$ fixup apply
  0000:01:00.0: driver left to the kernel, by ./etc/vfio-virtio-fixup/10-a.rule:4
  0000:0a:00.0: driver left to the kernel, by ./etc/vfio-virtio-fixup/10-a.rule:4
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with "vfio-virtio-fixup unbind --force"
[5]
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override:
  drivers_probe: 0000:0a:00.0
  virtio_fixup_vfio_pci/unbind: 0000:0a:00.0
$ fixup apply
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with "vfio-virtio-fixup unbind --force"
[5]

=== apply-in-use
# What is in use stays where it is: disks and routes of this host, and what a guest has,
# also one that cannot be seen. The dry run finds the same.
$ add_driver vfio-pci
$ add_facts 0000:0a:00.0 open=1
$ rule etc/10-net 'Type=net' Bind=fixup
$ rule etc/20-disk 'Address=0000:02:00.0' Bind=no
$ rule etc/30-disk 'Address=0000:0a:00.0' Bind=vfio-pci
$ rule etc/40-disks 'Address=05:* 08:*' Bind=fixup
$ fixup apply --dry-run
  0000:06:00.1: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-net.rule:4
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with "vfio-virtio-fixup unbind --force"
! vfio-virtio-fixup: 0000:04:00.0: not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:05:00.0: not bound, because it is in use: vda1 is mounted on /; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:08:00.0: not bound, because it is in use: dm-7 is mounted on /srv/data; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:0a:00.0: not bound, because it is in use: a process that cannot be seen from here has it open; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
[5]
$ fixup apply
  0000:06:00.1: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-net.rule:4
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with "vfio-virtio-fixup unbind --force"
! vfio-virtio-fixup: 0000:04:00.0: not bound, because it is in use: eth0 carries the default route (IPv4); end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:05:00.0: not bound, because it is in use: vda1 is mounted on /; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:06:00.1: warning: bound, but VFIO will not open it: unknown
! vfio-virtio-fixup: 0000:08:00.0: not bound, because it is in use: dm-7 is mounted on /srv/data; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
! vfio-virtio-fixup: 0000:0a:00.0: not bound, because it is in use: a process that cannot be seen from here has it open; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
[5]
$ traces 0000:04:00.0
  0000:04:00.0/driver_override: (null)
  drivers_probe: 0000:06:00.1
  virtio-pci/unbind: 0000:06:00.1

=== apply-named
# Only the functions that are named; one that is not there is an error.
$ rule etc/10-a 'Address=*' Policy=strict
$ fixup apply 0a:00.0
  0000:0a:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-a.rule:4
$ fixup apply 01:00.0 0f:00.0
  0000:01:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-a.rule:4
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[5]
$ fixup apply 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== apply-refused
# A function that is bound as the rule says, but that VFIO will not open.
$ add_facts 0000:03:00.0 "${bypassing[@]}"
$ rule etc/10-a 'Address=03:00.0' Bind=fixup
$ fixup apply
  0000:03:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-a.rule:4
! vfio-virtio-fixup: 0000:03:00.0: warning: bound, but VFIO will not open it: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU; to do: have its hypervisor put it behind the IOMMU

=== apply-driver-fails
# The driver does not take the function; another function is bound all the same.
$ rule etc/10-a 'Address=06:00.0' Bind=fixup
$ FAKE_PROBE_FAILS=virtio_fixup_vfio_pci fixup apply
! vfio-virtio-fixup: 0000:06:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: Invalid argument; see the kernel log; its driver is virtio-pci, as before
[5]
$ traces 0000:06:00.0
  0000:06:00.0/driver_override:
  drivers_probe: 0000:06:00.0
  virtio-pci/bind: 0000:06:00.0
  virtio-pci/unbind: 0000:06:00.0

=== apply-policy-fails
# A policy that cannot be set: the function is not bound by another.
$ rule etc/10-a 'Address=0001:07:00.0' Bind=fixup Policy=unsafe
$ FAKE_WRITE_FAILS=virtio_fixup/policy:1 fixup apply
! vfio-virtio-fixup: 0001:07:00.0: policy unsafe was not set, because the kernel is locked down, and unsafe would let a guest overwrite its memory; boot without lockdown (secure boot switches it on), or choose another policy
[5]
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: (null)

=== apply-not-root
# Only root may.
$ rule etc/10-a 'Address=0001:07:00.0' Bind=fixup
$ FAKE_WRITE_FAILS=driver_override:13 FAKE_EUID=1000 fixup apply
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: driver_override could not be set: only root may do that; run this as root
[5]

=== apply-no-module
# The module is not loaded, and a tree of files cannot load it.
$ without_module
$ rule etc/10-a 'Address=0001:07:00.0' Bind=fixup
$ fixup apply 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver is not loaded; run modprobe virtio_fixup_vfio_pci
[1]

=== apply-broken
# A broken file is named; what the others say is done, with no policy laxer than strict.
$ rule etc/10-a 'Adress=*' Policy=deny
$ rule etc/20-b 'Address=0001:07:00.0' Bind=fixup Policy=vouched
$ rule etc/20-c 'Address=0a:00.0' Policy=auto
$ echo deny > $BUS/devices/0000:0a:00.0/virtio_fixup/policy
$ fixup apply
  0001:07:00.0: policy strict, by ./etc/vfio-virtio-fixup/20-b.rule:4
  0001:07:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/20-b.rule:4
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/10-a.rule:2: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=; the file is left out, and until it is mended no rule makes a policy laxer than strict
[5]
$ contents $BUS/devices/*/virtio_fixup/policy
  0000:01:00.0/virtio_fixup/policy: auto
  0000:02:00.0/virtio_fixup/policy: auto
  0000:0a:00.0/virtio_fixup/policy: deny
  0001:07:00.0/virtio_fixup/policy: strict

=== apply-json
# As JSON.
$ rule etc/10-a 'Address=0001:07:00.0' Bind=fixup Policy=strict
$ fixup apply --json 0001:07:00.0 03:00.0
  {
    "schema": 1,
    "results": [
      {
        "address": "0001:07:00.0",
        "driver_before": "none",
        "driver": "virtio_fixup_vfio_pci",
        "configured": {
          "rule": "./etc/vfio-virtio-fixup/10-a.rule:4",
          "bind": "fixup",
          "policy": "strict",
          "capped": false,
          "driver_differs": "no",
          "policy_differs": "no"
        },
        "outcome": "changed",
        "warnings": []
      },
      {
        "address": "0000:03:00.0",
        "driver_before": "virtio-pci",
        "driver": "virtio-pci",
        "configured": null,
        "outcome": "no rule",
        "warnings": []
      }
    ],
    "errors": [],
    "warnings": []
  }

=== apply-off-switch
# With this on the kernel's command line, no unit that applies rules starts. systemd itself
# reads the conditions, as it would when it starts the units.
$ units() { for unit in vfio-virtio-fixup.service.in vfio-virtio-fixup@.service.in; do \
  SYSTEMD_PROC_CMDLINE="$1" systemd-analyze condition \
  "$(grep ^Condition "$DATA/../../packaging/systemd/$unit")" 2>&1 | tail -n 1; done; }
$ units "root=/dev/vda vfio-virtio-fixup=off quiet"
  Conditions failed.
  Conditions failed.
[1]
$ units "root=/dev/vda quiet"
  Conditions succeeded.
  Conditions succeeded.
$ units "vfio-virtio-fixup=on"
  Conditions succeeded.
  Conditions succeeded.
