# SPDX-License-Identifier: GPL-2.0-only
#
# list: every virtio function in a line.

=== live-list
# The functions of the fake system.
$ fixup list
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  VERDICT                 ADMITTED
  0000:00:06.0  9p    transitional  virtio-pci             host     none   bypass (platform)       no
  0000:01:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  1      bypass (declared)       no
  0000:02:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  2      conditional (declared)  yes
  0000:03:00.0  rng   transitional  virtio-pci             host     3      -                       -
  0000:04:00.0  net   modern        virtio-pci             host     4      -                       -
  0000:05:00.0  blk   transitional  virtio-pci             host     5      -                       -
  0000:06:00.0  blk   modern        virtio-pci             host     6      -                       -
  0000:06:00.1  net   modern        virtio-pci             host     6      -                       -
  0000:08:00.0  blk   modern        virtio-pci             host     8      -                       -
  0000:0a:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  10     conditional (declared)  yes
  0001:07:00.0  blk   modern        none                   host     7      conditional (declared)  -

=== live-list-json
# The same as JSON. The golden file has all that list --json can say.
$ fixup list --json > golden/list.json

=== live-list-measured-json
# What a measurement changes in it.
$ fixup list --json > before
$ add_facts 0000:0a:00.0 "${found_bypass[@]}"
$ fixup list --json > after
$ diff before after | grep '^[<>]'
  <       "offered": "yes",
  <       "measured_unacked": "not-run",
  >       "offered": "no",
  >       "measured_unacked": "bypass",
  <         "unacked": "not-run",
  >         "unacked": "bypass",
  <       "measured_time": 0,
  <       "measured_at": "none",
  <       "measured_usecs": 0,
  >       "measured_time": 1763807696,
  >       "measured_at": "2025-11-22T10:34:56Z",
  >       "measured_usecs": 912,
  <       "verdict": "conditional",
  <       "basis": "declared",
  >       "verdict": "bypass",
  >       "basis": "measured",
  <       "admitted": "yes",
  <       "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
  <       "remedy": "",
  >       "admitted": "no",
  >       "reason": "its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory",
  >       "remedy": "have its hypervisor put it behind the IOMMU",
  <         "reason": "no measurement shows where its DMA goes, and only virtio_fixup_vfio_pci enforces the ack"
  >         "reason": "its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory"
  <         "admitted": "yes",
  <         "reason": "it offers ACCESS_PLATFORM, and the ack is enforced"
  >         "admitted": "no",
  >         "reason": "its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory"
  <       "view": "platform",
  <       "contradictions": [],
  >       "view": "none",
  >       "contradictions": [
  >         "described-but-bypasses"
  >       ],
[1]

=== live-list-empty
# A system without a virtio function.
$ rm -r sys/bus/pci/devices/*
$ fixup list
  no virtio functions

=== live-list-empty-json
# The same as JSON.
$ rm -r sys/bus/pci/devices/*
$ fixup list --json
  {
    "schema": 1,
    "functions": [],
    "errors": [],
    "warnings": []
  }

=== live-list-hostile-driver
# Control characters in the name of a driver do not reach the terminal.
$ ln -sfn "$(printf "../x\033[31my")" $BUS/devices/0000:06:00.0/driver
$ fixup list
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  VERDICT                 ADMITTED
  0000:00:06.0  9p    transitional  virtio-pci             host     none   bypass (platform)       no
  0000:01:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  1      bypass (declared)       no
  0000:02:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  2      conditional (declared)  yes
  0000:03:00.0  rng   transitional  virtio-pci             host     3      -                       -
  0000:04:00.0  net   modern        virtio-pci             host     4      -                       -
  0000:05:00.0  blk   transitional  virtio-pci             host     5      -                       -
  0000:06:00.0  blk   modern        x?[31my                host     6      -                       -
  0000:06:00.1  net   modern        virtio-pci             host     6      -                       -
  0000:08:00.0  blk   modern        virtio-pci             host     8      -                       -
  0000:0a:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  10     conditional (declared)  yes
  0001:07:00.0  blk   modern        none                   host     7      conditional (declared)  -

=== live-list-not-root
# Without root, 64 bytes of configuration space have to do.
$ without_root
$ FAKE_EUID=1000 fixup list
  BDF           TYPE  DRIVER                 GUARD    GROUP  VERDICT                 ADMITTED
  0000:00:06.0  9p    virtio-pci             host     none   bypass (platform)       no
  0000:01:00.0  blk   virtio_fixup_vfio_pci  guarded  1      bypass (declared)       no
  0000:02:00.0  blk   virtio_fixup_vfio_pci  guarded  2      conditional (declared)  yes
  0000:03:00.0  rng   virtio-pci             host     3      -                       -
  0000:04:00.0  net   virtio-pci             host     4      -                       -
  0000:05:00.0  blk   virtio-pci             host     5      -                       -
  0000:06:00.0  blk   virtio-pci             host     6      -                       -
  0000:06:00.1  net   virtio-pci             host     6      -                       -
  0000:08:00.0  blk   virtio-pci             host     8      -                       -
  0000:0a:00.0  blk   virtio_fixup_vfio_pci  guarded  10     conditional (declared)  yes
  0001:07:00.0  blk   none                   host     7      conditional (declared)  -

=== dump-list-qemu-q35-root-ports
# A dump of an L1 under QEMU. Feature bits do not show in configuration space.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci list
  BDF           TYPE  IDENTITY      VERDICT  ADMITTED
  0000:00:06.0  9p    transitional  -        -
  0000:01:00.0  blk   modern        -        -
  0000:02:00.0  blk   modern        -        -
  0000:03:00.0  rng   transitional  -        -
  0000:04:00.0  net   modern        -        -
  0000:05:00.0  blk   transitional  -        -

=== dump-list-firecracker-guest
# A dump of a Firecracker guest. The balloon's protocol alone decides.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci list
  BDF           TYPE     IDENTITY  VERDICT            ADMITTED
  0000:00:01.0  balloon  modern    bypass (protocol)  no
  0000:00:02.0  blk      modern    -                  -
  0000:00:03.0  net      modern    -                  -
  0000:00:04.0  vsock    modern    -                  -
  0000:00:05.0  rng      modern    -                  -

=== dump-list-hardware-blk-one-bar
# A device that is not a hypervisor's. Its class is NVMe's, its IDs are virtio's.
$ vfio-virtio-fixup -F data/hardware-blk-one-bar.lspci list
  BDF           TYPE  IDENTITY  VERDICT  ADMITTED
  0000:48:00.0  blk   modern    -        -

=== dump-list-all-in-one-page
# The protocol of pmem decides alone, too.
$ vfio-virtio-fixup -F data/all-in-one-page.lspci list
  BDF           TYPE  IDENTITY  VERDICT            ADMITTED
  0000:00:02.0  pmem  modern    bypass (protocol)  no
  0000:00:03.0  blk   modern    -                  -
  0000:00:04.0  fs    modern    -                  -

=== dump-list-json
# The same as JSON; what a dump cannot show is unknown.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci list --json | \
	grep -E '"(address|type|driver|source|unknown_because|offered|verdict|admitted|reason|counters)"'
        "address": "0000:00:01.0",
        "type": "balloon",
        "source": "configuration space",
        "unknown_because": "a dump does not show it",
        "driver": null,
        "offered": null,
        "verdict": "bypass",
        "admitted": "no",
        "reason": "requests of its device type name physical addresses, which no IOMMU translates",
          "admitted": "no",
          "reason": "requests of its device type name physical addresses, which no IOMMU translates"
          "admitted": "no",
          "reason": "requests of its device type name physical addresses, which no IOMMU translates"
        "counters": {
        "address": "0000:00:02.0",
        "type": "blk",
        "source": "configuration space",
        "unknown_because": "a dump does not show it",
        "driver": null,
        "offered": null,
        "verdict": null,
        "admitted": null,
        "reason": "configuration space does not show its feature bits",
          "admitted": "no",
          "reason": "nothing is known about where its DMA goes"
          "admitted": null,
          "reason": "configuration space does not show its feature bits"
        "counters": {
        "address": "0000:00:03.0",
        "type": "net",
        "source": "configuration space",
        "unknown_because": "a dump does not show it",
        "driver": null,
        "offered": null,
        "verdict": null,
        "admitted": null,
        "reason": "configuration space does not show its feature bits",
          "admitted": "no",
          "reason": "nothing is known about where its DMA goes"
          "admitted": null,
          "reason": "configuration space does not show its feature bits"
        "counters": {
        "address": "0000:00:04.0",
        "type": "vsock",
        "source": "configuration space",
        "unknown_because": "a dump does not show it",
        "driver": null,
        "offered": null,
        "verdict": null,
        "admitted": null,
        "reason": "configuration space does not show its feature bits",
          "admitted": "no",
          "reason": "nothing is known about where its DMA goes"
          "admitted": null,
          "reason": "configuration space does not show its feature bits"
        "counters": {
        "address": "0000:00:05.0",
        "type": "rng",
        "source": "configuration space",
        "unknown_because": "a dump does not show it",
        "driver": null,
        "offered": null,
        "verdict": null,
        "admitted": null,
        "reason": "configuration space does not show its feature bits",
          "admitted": "no",
          "reason": "nothing is known about where its DMA goes"
          "admitted": null,
          "reason": "configuration space does not show its feature bits"
        "counters": {

=== dump-list-hostile
# Broken capability lists and structures.
$ vfio-virtio-fixup -F data/hostile.lspci list
  BDF           TYPE  IDENTITY     VERDICT  ADMITTED
  0000:01:00.0  blk   modern       -        no
  0000:02:00.0  blk   modern       -        no
  0000:03:00.0  blk   modern       -        no
  0000:04:00.0  blk   modern       -        no
  0000:05:00.0  blk   modern       -        -
  0000:06:00.0  blk   modern       -        -
  0000:07:00.0  blk   modern       -        no
  0000:08:00.0  blk   modern       -        no
  0000:0a:00.0  -     modern       -        no
  0000:0b:00.0  blk   legacy-only  -        no

=== dump-list-truncated
# Functions whose bytes end too early.
$ vfio-virtio-fixup -F data/truncated.lspci list
  BDF           TYPE  IDENTITY  VERDICT  ADMITTED
  0000:01:00.0  blk   modern    -        -
  0000:02:00.0  blk   modern    -        -
  0000:03:00.0  blk   modern    -        -
! vfio-virtio-fixup: 0000:02:00.0: warning: the dump is truncated: its configuration space ends at 0xa0

=== dump-list-description
# Functions that their host described.
$ vfio-virtio-fixup -F data/description.lspci list
  BDF           TYPE  IDENTITY  HOST SAYS               VERDICT  ADMITTED
  0000:01:00.0  blk   modern    translated (measured)   -        -
  0000:02:00.0  blk   modern    conditional (declared)  -        -
  0000:03:00.0  blk   modern    bypass (declared)       -        -
  0000:04:00.0  blk   modern    translated (vouched)    -        -
  0000:05:00.0  blk   modern    unknown (none)          -        -
  0000:06:00.0  blk   modern    ? (?)                   -        -
  0000:07:00.0  blk   modern    -                       -        -
  0000:08:00.0  blk   modern    -                       -        -
  0000:09:00.0  blk   modern    -                       -        no

=== list-vf-reads-ffff
# The IDs of a virtual function are in its physical function: it is named, and no row.
$ vfio-virtio-fixup -F data/vf-reads-ffff.lspci list
  BDF           TYPE  IDENTITY  VERDICT  ADMITTED
  0000:48:00.0  blk   modern    -        -
! vfio-virtio-fixup: 0000:48:00.1: warning: it is a virtual function (VF), and its IDs read ffff:ffff, because they are in its physical function; look at it on its host, where the kernel knows them
$ vfio-virtio-fixup -F data/vf-reads-ffff.lspci explain 48:00.1
! vfio-virtio-fixup: 0000:48:00.1: it is a virtual function (VF), and its IDs read ffff:ffff, because they are in its physical function; look at it on its host, where the kernel knows them
[4]

=== list-vf-live
# The kernel has the IDs of a virtual function, whatever its configuration space reads.
$ set_bytes $BUS/devices/0001:07:00.0/config 0 ff ff ff ff
$ fixup list | grep -e BDF -e 0001:07:00.0
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  VERDICT                 ADMITTED
  0001:07:00.0  blk   modern        none                   host     7      conditional (declared)  -
$ fixup bind 0001:07:00.0
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced

=== list-rules
# What the rules want stands beside what is, and a difference is marked.
$ rule etc/10-net 'Type=net' Bind=fixup
$ rule etc/20-disk 'Address=0000:0a:00.0' Bind=fixup Policy=auto
$ rule etc/30-disks 'Type=blk' Policy=strict
$ fixup list
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  VERDICT                 RULE              ADMITTED
  0000:00:06.0  9p    transitional  virtio-pci             host     none   bypass (platform)       -                 no
  0000:01:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  1      bypass (declared)       strict (differs)  no
  0000:02:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  2      conditional (declared)  strict (differs)  yes
  0000:03:00.0  rng   transitional  virtio-pci             host     3      -                       -                 -
  0000:04:00.0  net   modern        virtio-pci             host     4      -                       fixup (differs)   -
  0000:05:00.0  blk   transitional  virtio-pci             host     5      -                       strict            -
  0000:06:00.0  blk   modern        virtio-pci             host     6      -                       strict            -
  0000:06:00.1  net   modern        virtio-pci             host     6      -                       fixup (differs)   -
  0000:08:00.0  blk   modern        virtio-pci             host     8      -                       strict            -
  0000:0a:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  10     conditional (declared)  fixup auto        yes
  0001:07:00.0  blk   modern        none                   host     7      conditional (declared)  strict (differs)  -
$ fixup list --json | sed -n '/"configured": {/,/}/p' | head -16
        "configured": {
          "rule": "./etc/vfio-virtio-fixup/30-disks.rule:4",
          "bind": null,
          "policy": "strict",
          "capped": false,
          "driver_differs": "no",
          "policy_differs": "yes"
        },
        "configured": {
          "rule": "./etc/vfio-virtio-fixup/30-disks.rule:4",
          "bind": null,
          "policy": "strict",
          "capped": false,
          "driver_differs": "no",
          "policy_differs": "yes"
        },
$ fixup show 04:00.0 | grep configured
  configured: rule ./etc/vfio-virtio-fixup/10-net.rule:4, bind fixup, policy unknown, capped no, driver differs yes, policy differs unknown
