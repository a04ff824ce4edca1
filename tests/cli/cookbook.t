# SPDX-License-Identifier: GPL-2.0-only
#
# The commands of Documentation/cookbook.rst, as they stand there: tests/documented
# compares. It also checks the rules of that page.

=== cookbook-disk
# One disk to a guest and back, by hand and with a rule.
$ set_driver 0000:0a:00.0 virtio-pci
$ fixup list | wc -l
  12
$ fixup bind 0a:00.0
  0000:0a:00.0: bound to virtio_fixup_vfio_pci
  0000:0a:00.0: verdict conditional (declared)
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ fixup explain 0a:00.0 | grep -A 1 Admission
  Admission:
    Admitted: it offers ACCESS_PLATFORM, and the ack is enforced.
$ fixup describe --all | grep -c virtio-blk
  7
$ fixup unbind 0a:00.0
  0000:0a:00.0: unbound from virtio_fixup_vfio_pci; its driver is now virtio-pci
$ rule etc/10-disk Address=0000:0a:00.0 Bind=fixup Policy=strict
$ fixup check-rules
$ fixup apply --dry-run
  0000:0a:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disk.rule:4
  0000:0a:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disk.rule:4
$ fixup apply
  0000:0a:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-disk.rule:4
  0000:0a:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-disk.rule:4
$ fixup apply
$ fixup list | grep 0a:00.0
  0000:0a:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  10     conditional (declared)  strict  fixup strict  yes

=== cookbook-old-guest
# A policy that is kept, and forgotten.
$ mkdir etc
$ fixup show 0a:00.0 | grep 'refused features ok'
  refused features ok: 0
$ fixup policy 0a:00.0 physical --persist
  0000:0a:00.0: policy physical; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:0a:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule
$ contents etc/vfio-virtio-fixup/*.rule
  etc/vfio-virtio-fixup/40-0000:0a:00.0.rule: # Written by vfio-virtio-fixup policy --persist; see vfio-virtio-fixup.rule(5).
  [Match]
  Address=0000:0a:00.0

  [Function]
  Policy=physical
$ fixup policy 0a:00.0 auto
  0000:0a:00.0: policy auto; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ fixup policy 0a:00.0 --forget
  0000:0a:00.0: forgotten; what is in force now stays until it is set anew
$ ls etc/vfio-virtio-fixup

=== cookbook-vfs
# The VFs of a PF are bound, and the PF stays with this host.
$ set_driver 0000:0a:00.0 virtio-pci
$ ln -s ../0000:04:00.0 $BUS/devices/0000:0a:00.0/physfn
$ rule etc/20-vfs PhysicalFunction=0000:04:00.0 Bind=fixup
$ rule etc/30-pf Address=0000:04:00.0 Bind=no
$ fixup apply
  0000:0a:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/20-vfs.rule:4
$ fixup list | grep -E '04:00.0|0a:00.0'
  0000:04:00.0  net   modern        virtio-pci             host     4      -                       no     -
  0000:0a:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  10     conditional (declared)  fixup  yes

=== cookbook-dpdk
# vfio-pci under the guard, by hand and with a rule.
$ add_driver vfio-pci && add_facts 0000:06:00.1
$ fixup bind 06:00.1 --driver vfio-pci
  0000:06:00.1: bound to vfio-pci
  0000:06:00.1: verdict conditional (declared)
  0000:06:00.1: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.0: warning: taken from virtio-pci, because its IOMMU group is given to VFIO; it has no driver now; to give it back, unbind the others and run vfio-virtio-fixup unbind 0000:06:00.0
$ fixup list --check
  OK: of 11 virtio functions none is unguarded
$ fixup unbind 06:00.1
  0000:06:00.1: unbound from vfio-pci; its driver is now virtio-pci
$ rule etc/10-dpdk Address=0000:06:00.1 Bind=vfio-pci
$ fixup apply
  0000:06:00.1: driver vfio-pci, by ./etc/vfio-virtio-fixup/10-dpdk.rule:4

=== cookbook-fleet
# One rule for all disks, but for the host's own. What is mounted stays, and apply says so.
$ rule etc/10-own Address=0000:05:00.0 Bind=no
$ rule etc/50-guests Id=1af4:1042 Type=blk Bind=fixup Policy=strict
$ cp etc/vfio-virtio-fixup/50-guests.rule . && fixup check-rules 50-guests.rule
$ cp data/qemu-q35-root-ports.lspci HOST.lspci
$ vfio-virtio-fixup -F HOST.lspci --root . list
  BDF           TYPE  IDENTITY      VERDICT  RULE          ADMITTED
  0000:00:06.0  9p    transitional  -        -             -
  0000:01:00.0  blk   modern        -        fixup strict  -
  0000:02:00.0  blk   modern        -        fixup strict  -
  0000:03:00.0  rng   transitional  -        -             -
  0000:04:00.0  net   modern        -        -             -
  0000:05:00.0  blk   transitional  -        no            -
$ fixup apply --dry-run --json | grep -c '"outcome"'
  11
! vfio-virtio-fixup: 0000:08:00.0: not bound, because it is in use: dm-7 is mounted on /srv/data; end that use, or take it all the same with "vfio-virtio-fixup bind --force"
[5]
$ fixup list --json | grep -c '"address": "0000:0a:00.0"'
  1
$ fixup list --check
  OK: of 11 virtio functions none is unguarded
