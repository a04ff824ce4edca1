# SPDX-License-Identifier: GPL-2.0-only
#
# describe: what the host says of a function, read inside its guest.

=== live-describe-found
# A function that its host described.
$ config_of data/description.lspci 02:00.0 > $BUS/devices/0001:07:00.0/config
$ fixup describe 0001:07:00.0
  0001:07:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: conditional
    basis: declared
    view: platform
    ability: yes
    state: translated
    DMA of this function goes through the host's IOMMU; its driver must accept
    VIRTIO_F_ACCESS_PLATFORM
    the ground of the host: its feature bits declare it, and no measurement shows
    it

=== live-describe-json
# The same as JSON.
$ config_of data/description.lspci 02:00.0 > $BUS/devices/0001:07:00.0/config
$ fixup describe 0001:07:00.0 --json
  {
    "schema": 1,
    "functions": [
      {
        "address": "0001:07:00.0",
        "type": "blk",
        "type_number": 2,
        "driver": "none",
        "description": {
          "position": "0xe8",
          "version": 1,
          "verdict": "conditional",
          "basis": "declared",
          "view": "platform",
          "ability": "yes",
          "state": "translated"
        },
        "meaning": "DMA of this function goes through the host's IOMMU; its driver must accept VIRTIO_F_ACCESS_PLATFORM",
        "ground": "its feature bits declare it, and no measurement shows it"
      }
    ],
    "errors": [],
    "warnings": []
  }

=== live-describe-all
# Every virtio function.
$ config_of data/description.lspci 02:00.0 > $BUS/devices/0001:07:00.0/config
$ fixup describe --all
  0000:00:06.0: virtio-9p
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:01:00.0: virtio-blk
    virtio_fixup_vfio_pci of this machine has it, and describes it to the guest
    that it is given to, not here; see vfio-virtio-fixup show 0000:01:00.0
  0000:02:00.0: virtio-blk
    virtio_fixup_vfio_pci of this machine has it, and describes it to the guest
    that it is given to, not here; see vfio-virtio-fixup show 0000:02:00.0
  0000:03:00.0: virtio-rng
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:04:00.0: virtio-net
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:05:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:06:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:06:00.1: virtio-net
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:08:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description
  0000:0a:00.0: virtio-blk
    virtio_fixup_vfio_pci of this machine has it, and describes it to the guest
    that it is given to, not here; see vfio-virtio-fixup show 0000:0a:00.0
  0001:07:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: conditional
    basis: declared
    view: platform
    ability: yes
    state: translated
    DMA of this function goes through the host's IOMMU; its driver must accept
    VIRTIO_F_ACCESS_PLATFORM
    the ground of the host: its feature bits declare it, and no measurement shows
    it

=== live-describe-not-described
# A function without a description.
$ fixup describe 06:00.0
  0000:06:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes; if this machine is a guest, its host gave it the function by another
    driver, or there was no room for a description

=== live-describe-bound-here
# A function that this host's own driver describes to a guest.
$ fixup describe 01:00.0
  0000:01:00.0: virtio-blk
    virtio_fixup_vfio_pci of this machine has it, and describes it to the guest
    that it is given to, not here; see vfio-virtio-fixup show 0000:01:00.0

=== live-describe-not-virtio
# A function that is not virtio.
$ fixup describe 00:1f.2
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[4]

=== live-describe-not-root
# Without root the capabilities cannot be read.
$ without_root
$ FAKE_EUID=1000 fixup describe 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: only 64 bytes of its configuration space could be read, and the capabilities lie beyond; root is needed
[1]

=== live-describe-truncated
# Configuration space ends too early, for a reason that the kernel knows.
$ truncate -s 100 $BUS/devices/0000:02:00.0/config
$ fixup describe 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: only 100 bytes of its configuration space could be read, and the capabilities lie beyond; it may be suspended or gone, see the kernel log
[1]

=== live-describe-empty
# Configuration space has no bytes.
$ truncate -s 0 $BUS/devices/0000:02:00.0/config
$ fixup describe 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: only 0 bytes of its configuration space could be read, and the capabilities lie beyond; it may be suspended or gone, see the kernel log
[1]

=== dump-describe
# Every state that a description can have.
$ vfio-virtio-fixup -F data/description.lspci describe --all
  0000:01:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: translated
    basis: measured
    view: platform
    ability: yes
    state: translated
    DMA of this function goes through the host's IOMMU; its driver must accept
    VIRTIO_F_ACCESS_PLATFORM
    the ground of the host: its DMA was measured
  0000:02:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: conditional
    basis: declared
    view: platform
    ability: yes
    state: translated
    DMA of this function goes through the host's IOMMU; its driver must accept
    VIRTIO_F_ACCESS_PLATFORM
    the ground of the host: its feature bits declare it, and no measurement shows
    it
  0000:03:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: bypass
    basis: declared
    view: raw
    ability: no
    state: bypass
    DMA of this function bypasses the host's IOMMU: addresses it is given are
    taken as addresses of the host's memory, so this guest must not use it unless
    the host's administrator knows what it does
    the ground of the host: its feature bits declare it, and no measurement shows
    it
  0000:04:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: translated
    basis: vouched
    view: physical
    ability: yes
    state: translated
    DMA of this function goes through the host's IOMMU; it takes this guest's
    physical addresses, so no IOMMU of this guest may stand before it
    the ground of the host: the administrator vouches for it (policy vouched), and
    no measurement shows it
  0000:05:00.0: virtio-blk
    position: 0xe8
    version: 1
    verdict: unknown
    basis: none
    view: raw
    ability: unknown
    state: unknown
    the host does not know where DMA of this function goes: do not rely on it
    being contained
  0000:06:00.0: virtio-blk
    position: 0xe8
    version: 2
    verdict: ?
    basis: ?
    view: ?
    ability: ?
    state: ?
    the host does not know where DMA of this function goes: do not rely on it
    being contained
  0000:07:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:08:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:09:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes

=== dump-describe-json
# Two of them as JSON.
$ vfio-virtio-fixup -F data/description.lspci describe --json 01:00.0 07:00.0
  {
    "schema": 1,
    "functions": [
      {
        "address": "0000:01:00.0",
        "type": "blk",
        "type_number": 2,
        "driver": null,
        "description": {
          "position": "0xe8",
          "version": 1,
          "verdict": "translated",
          "basis": "measured",
          "view": "platform",
          "ability": "yes",
          "state": "translated"
        },
        "meaning": "DMA of this function goes through the host's IOMMU; its driver must accept VIRTIO_F_ACCESS_PLATFORM",
        "ground": "its DMA was measured"
      },
      {
        "address": "0000:07:00.0",
        "type": "blk",
        "type_number": 2,
        "driver": null,
        "description": null,
        "meaning": "it has no description, so its configuration space does not tell where its DMA goes",
        "ground": null
      }
    ],
    "errors": [],
    "warnings": []
  }

=== dump-describe-truncated
# Functions whose bytes end too early.
$ vfio-virtio-fixup -F data/truncated.lspci describe --all
  0000:03:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
! vfio-virtio-fixup: 0000:01:00.0: the dump has only 64 bytes of its configuration space; take it with lspci -xxxx as root
! vfio-virtio-fixup: 0000:02:00.0: warning: the dump is truncated: its configuration space ends at 0xa0
! vfio-virtio-fixup: 0000:02:00.0: the dump has only 160 bytes of its configuration space; take it with lspci -xxxx as root
[5]

=== dump-describe-cut
# Only such a function.
$ vfio-virtio-fixup -F data/truncated.lspci describe 01:00.0
! vfio-virtio-fixup: 0000:01:00.0: the dump has only 64 bytes of its configuration space; take it with lspci -xxxx as root
[1]

=== dump-describe-hostile
# Broken capability lists describe nothing.
$ vfio-virtio-fixup -F data/hostile.lspci describe --all
  0000:01:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:02:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:03:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:04:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:05:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:06:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:07:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:08:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:0a:00.0: virtio (type 63)
    it has no description, so its configuration space does not tell where its DMA
    goes
  0000:0b:00.0: virtio-blk
    it has no description, so its configuration space does not tell where its DMA
    goes
