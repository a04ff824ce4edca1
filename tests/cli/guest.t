# SPDX-License-Identifier: GPL-2.0-only
#
# In a guest what counts is what its host says of a function.

=== guest-list
# A described function in list.
$ add_function 0000:00:07.0 data/description.lspci 02:00.0 virtio-pci - virtio-pci
$ fixup list
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  HOST SAYS               VERDICT                 ADMITTED
  0000:00:06.0  9p    transitional  virtio-pci             host     none   -                       bypass (platform)       no
  0000:00:07.0  blk   modern        virtio-pci             host     none   conditional (declared)  bypass (platform)       no
  0000:01:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  1      -                       bypass (declared)       no
  0000:02:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  2      -                       conditional (declared)  yes
  0000:03:00.0  rng   transitional  virtio-pci             host     3      -                       -                       -
  0000:04:00.0  net   modern        virtio-pci             host     4      -                       -                       -
  0000:05:00.0  blk   transitional  virtio-pci             host     5      -                       -                       -
  0000:06:00.0  blk   modern        virtio-pci             host     6      -                       -                       -
  0000:06:00.1  net   modern        virtio-pci             host     6      -                       -                       -
  0000:08:00.0  blk   modern        virtio-pci             host     8      -                       -                       -
  0000:0a:00.0  blk   modern        virtio_fixup_vfio_pci  guarded  10     -                       conditional (declared)  yes
  0001:07:00.0  blk   modern        none                   host     7      -                       conditional (declared)  -

=== guest-show
# The same in show.
$ add_function 0000:00:07.0 data/description.lspci 02:00.0 virtio-pci - virtio-pci
$ fixup show 00:07.0
  address: 0000:00:07.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: configuration space
  unknown because: not bound to virtio_fixup_vfio_pci
  driver: virtio-pci
  guarded: host
  guard: unknown
  iommu group: none
  platform: iommu none, iommu class none, described by none, domain none, no iommu mode no, firmware DMAR
  config bytes: 256
  capability list: sound
  structure: kind msix, bar 1, offset 0x0, length 0x20, shares page with common no
  structure: kind msix, bar 1, offset 0x800, length 0x8, shares page with common no
  structure: kind notify, bar 4, offset 0x3000, length 0x1000, shares page with common no
  structure: kind device, bar 4, offset 0x2000, length 0x1000, shares page with common no
  structure: kind isr, bar 4, offset 0x1000, length 0x1000, shares page with common no
  structure: kind common, bar 4, offset 0x0, length 0x1000, shares page with common no
  notifications: mapped
  config windows: 1
  description room: 0xe8
  description: position 0xe8, version 1, verdict conditional, basis declared, view platform, ability yes, state translated
  offered: unknown
  measured unacked: unknown
  measured acked: unknown
  measured forced: unknown
  measured last: unacked unknown, acked unknown, forced unknown
  measured last time: unknown
  measured pending: unknown
  measured time: unknown
  measured at: unknown
  measured usecs: unknown
  measured reason: unknown
  verdict: bypass
  basis: platform
  policy: unknown
  admitted: no
  reason: it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA
  remedy: give this host a cache-coherent IOMMU that serves it, and switch that IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default)
  without enforcement: admitted no, reason it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA
  with enforcement: admitted no, reason it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA
  view: unknown
  contradictions: none
  open: unknown

=== guest-explain
# The same in explain: what the host says comes first.
$ add_function 0000:00:07.0 data/description.lspci 02:00.0 virtio-pci - virtio-pci
$ fixup explain 00:07.0
  What its host says:
    conditional (declared).
    In full: DMA of this function goes through the host's IOMMU; its driver must
    accept VIRTIO_F_ACCESS_PLATFORM.
    The ground of the host: its feature bits declare it, and no measurement shows
    it.
    This is the word of the host. Trust it as far as you trust the host.

  What it is:
    0000:00:07.0 is a modern virtio-blk function.
    Its driver is virtio-pci.
    It has no IOMMU group: this host has no IOMMU for it, or the IOMMU is switched
    off.
    Firmware describes an IOMMU (DMAR), but no IOMMU serves the function.

  What is known:
    virtio_fixup_vfio_pci has never had it, so only its configuration space was
    read: that shows its type, its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 4, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Giving it to a guest of this machine:
    What follows matters only if this machine is to give the function to a guest
    of its own.
    VFIO would not open it here: it has no IOMMU group that VFIO accepts, so no
    IOMMU translates its DMA.
    Remedy: give this host a cache-coherent IOMMU that serves it, and switch that
    IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default).
[3]

=== guest-explain-json
# The same as JSON.
$ add_function 0000:00:07.0 data/description.lspci 02:00.0 virtio-pci - virtio-pci
$ fixup explain 00:07.0 --json
  {
    "schema": 1,
    "function": {
      "address": "0000:00:07.0",
      "type": "blk",
      "type_number": 2,
      "identity": "modern",
      "vendor_id": "1af4",
      "device_id": "1042",
      "subsystem_vendor_id": "1af4",
      "subsystem_id": "1100",
      "revision": "01",
      "source": "configuration space",
      "unknown_because": "not bound to virtio_fixup_vfio_pci",
      "driver": "virtio-pci",
      "guarded": "host",
      "guard": null,
      "iommu_group": "none",
      "group_members": [],
      "platform": {
        "iommu": "none",
        "iommu_class": "none",
        "described_by": "none",
        "domain": "none",
        "no_iommu_mode": "no",
        "firmware": [
          "DMAR"
        ]
      },
      "config_bytes": 256,
      "capability_list": "sound",
      "structures": [
        {
          "kind": "msix",
          "bar": 1,
          "offset": 0,
          "length": 32,
          "shares_page_with_common": false
        },
        {
          "kind": "msix",
          "bar": 1,
          "offset": 2048,
          "length": 8,
          "shares_page_with_common": false
        },
        {
          "kind": "notify",
          "bar": 4,
          "offset": 12288,
          "length": 4096,
          "shares_page_with_common": false
        },
        {
          "kind": "device",
          "bar": 4,
          "offset": 8192,
          "length": 4096,
          "shares_page_with_common": false
        },
        {
          "kind": "isr",
          "bar": 4,
          "offset": 4096,
          "length": 4096,
          "shares_page_with_common": false
        },
        {
          "kind": "common",
          "bar": 4,
          "offset": 0,
          "length": 4096,
          "shares_page_with_common": false
        }
      ],
      "notifications": "mapped",
      "config_windows": 1,
      "description_room": "0xe8",
      "description": {
        "position": "0xe8",
        "version": 1,
        "verdict": "conditional",
        "basis": "declared",
        "view": "platform",
        "ability": "yes",
        "state": "translated"
      },
      "offered": null,
      "measured_unacked": null,
      "measured_acked": null,
      "measured_forced": null,
      "measured_last": {
        "unacked": null,
        "acked": null,
        "forced": null
      },
      "measured_last_time": null,
      "measured_pending": null,
      "measured_time": null,
      "measured_at": null,
      "measured_usecs": null,
      "measured_reason": null,
      "verdict": "bypass",
      "basis": "platform",
      "policy": null,
      "configured": null,
      "admitted": "no",
      "reason": "it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA",
      "remedy": "give this host a cache-coherent IOMMU that serves it, and switch that IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default)",
      "without_enforcement": {
        "admitted": "no",
        "reason": "it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA"
      },
      "with_enforcement": {
        "admitted": "no",
        "reason": "it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA"
      },
      "view": null,
      "contradictions": [],
      "open": null,
      "counters": {
        "refused_opens": null,
        "refused_binds": null,
        "refused_features_ok": null,
        "refused_driver_ok": null,
        "refused_queue_enable": null,
        "refused_absent_queue": null,
        "refused_late_features": null,
        "refused_status_clear": null,
        "refused_in_reset": null,
        "refused_partial": null,
        "refused_undeclared": null,
        "refused_window": null,
        "refused_mmap": null,
        "refused_request": null
      }
    },
    "explanation": [
      {
        "title": "What its host says",
        "text": [
          "conditional (declared).",
          "In full: DMA of this function goes through the host's IOMMU; its driver must accept VIRTIO_F_ACCESS_PLATFORM.",
          "The ground of the host: its feature bits declare it, and no measurement shows it.",
          "This is the word of the host. Trust it as far as you trust the host."
        ]
      },
      {
        "title": "What it is",
        "text": [
          "0000:00:07.0 is a modern virtio-blk function.",
          "Its driver is virtio-pci.",
          "It has no IOMMU group: this host has no IOMMU for it, or the IOMMU is switched off.",
          "Firmware describes an IOMMU (DMAR), but no IOMMU serves the function."
        ]
      },
      {
        "title": "What is known",
        "text": [
          "virtio_fixup_vfio_pci has never had it, so only its configuration space was read: that shows its type, its identity and where its structures are.",
          "Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common configuration (BAR 4, offset 0x0) and not in configuration space: two functions whose configuration space is identical can differ in it."
        ]
      },
      {
        "title": "Giving it to a guest of this machine",
        "text": [
          "What follows matters only if this machine is to give the function to a guest of its own.",
          "VFIO would not open it here: it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA.",
          "Remedy: give this host a cache-coherent IOMMU that serves it, and switch that IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default)."
        ]
      }
    ],
    "errors": [],
    "warnings": []
  }
[3]

=== guest-explain-group
# This machine has an IOMMU for the function, too.
$ config_of data/description.lspci 02:00.0 > $BUS/devices/0000:06:00.0/config
$ fixup explain 06:00.0
  What its host says:
    conditional (declared).
    In full: DMA of this function goes through the host's IOMMU; its driver must
    accept VIRTIO_F_ACCESS_PLATFORM.
    The ground of the host: its feature bits declare it, and no measurement shows
    it.
    This is the word of the host. Trust it as far as you trust the host.

  What it is:
    0000:06:00.0 is a modern virtio-blk function.
    Its driver is virtio-pci.
    It shares IOMMU group 6 with 1 other.
    0000:06:00.1 of that group is bound to virtio-pci: VFIO cannot open the group
    until it is unbound.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    virtio_fixup_vfio_pci has never had it, so only its configuration space was
    read: that shows its type, its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 4, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Giving it to a guest of this machine:
    What follows matters only if this machine is to give the function to a guest
    of its own.
    Run "vfio-virtio-fixup bind 0000:06:00.0" and then "vfio-virtio-fixup explain
    0000:06:00.0". Whether VFIO may open it is decided when virtio_fixup_vfio_pci
    is bound to it.

=== guest-explain-bound
# This machine's own driver has the function: then what the driver says leads.
$ config_of data/description.lspci 02:00.0 > $BUS/devices/0000:0a:00.0/config
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    Its DMA was not measured.
    To have it measured, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    conditional (declared).
    Its DMA goes through this host's IOMMU once its driver has accepted
    VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.
    The ground for this: its feature bits declare it, and no measurement shows it.

  Admission:
    Admitted: it offers ACCESS_PLATFORM, and the ack is enforced.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: no measurement shows where its DMA goes, and only
    virtio_fixup_vfio_pci enforces the ack.
    Leave it with virtio_fixup_vfio_pci.

  What to do:
    Give it to the guest, for example with QEMU's -device
    vfio-pci,host=0000:0a:00.0.

  What L2 will see:
    L2 sees a modern function that offers VIRTIO_F_ACCESS_PLATFORM, whatever the
    hardware offers; it goes live only after L2's driver has accepted the bit.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.

=== guest-explain-bypass
# The host says that the function bypasses.
$ add_function 0000:00:07.0 data/description.lspci 03:00.0 - - virtio-pci
$ fixup explain 00:07.0
  What its host says:
    bypass (declared).
    In full: DMA of this function bypasses the host's IOMMU: addresses it is given
    are taken as addresses of the host's memory, so this guest must not use it
    unless the host's administrator knows what it does.
    The ground of the host: its feature bits declare it, and no measurement shows
    it.
    This is the word of the host. Trust it as far as you trust the host.

  What it is:
    0000:00:07.0 is a modern virtio-blk function.
    No driver is bound to it.
    It has no IOMMU group: this host has no IOMMU for it, or the IOMMU is switched
    off.
    Firmware describes an IOMMU (DMAR), but no IOMMU serves the function.

  What is known:
    virtio_fixup_vfio_pci has never had it, so only its configuration space was
    read: that shows its type, its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 4, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Giving it to a guest of this machine:
    What follows matters only if this machine is to give the function to a guest
    of its own.
    VFIO would not open it here: it has no IOMMU group that VFIO accepts, so no
    IOMMU translates its DMA.
    Remedy: give this host a cache-coherent IOMMU that serves it, and switch that
    IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default).
[3]

=== guest-dump-explain-01
# A described function of a dump.
$ vfio-virtio-fixup -F data/description.lspci explain 01:00.0
  What its host says:
    translated (measured).
    In full: DMA of this function goes through the host's IOMMU; its driver must
    accept VIRTIO_F_ACCESS_PLATFORM.
    The ground of the host: its DMA was measured.
    This is the word of the host. Trust it as far as you trust the host.

  What it is:
    0000:01:00.0 is a modern virtio-blk function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 4, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Giving it to a guest of this machine:
    What follows matters only if this machine is to give the function to a guest
    of its own.
    Run "vfio-virtio-fixup bind 0000:01:00.0" and then "vfio-virtio-fixup explain
    0000:01:00.0". Whether VFIO may open it is decided when virtio_fixup_vfio_pci
    is bound to it.

=== guest-dump-explain-07
# A description that does not hold what it must.
$ vfio-virtio-fixup -F data/description.lspci explain 07:00.0
  What it is:
    0000:07:00.0 is a modern virtio-blk function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 4, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:07:00.0"
    and then "vfio-virtio-fixup explain 0000:07:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes, which is assumed).
