# SPDX-License-Identifier: GPL-2.0-only
#
# What the platform has for a function: which IOMMU serves it, what describes the IOMMU,
# and the remedy for the hypervisor that this machine shows itself to run on.

=== platform-amd
# An AMD IOMMU, with an identity domain.
$ set_firmware IVRS
$ set_iommu 0000:0a:00.0 ivhd0 identity
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: virtio_fixup_vfio_pci
  unknown because: the driver does not say
  driver: virtio_fixup_vfio_pci
  guarded: guarded
  guard: unknown
  iommu group: 10
  platform: iommu ivhd0, iommu class amd-iommu, described by IVRS, domain identity, no iommu mode no, firmware IVRS
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
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured forced: not-run
  measured last: unacked not-run, acked not-run, forced not-run
  measured last time: 0
  measured pending: no
  measured time: 0
  measured at: none
  measured usecs: 0
  measured reason: 
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  remedy: 
  without enforcement: admitted no, reason no measurement shows where its DMA goes, and only virtio_fixup_vfio_pci enforces the ack
  with enforcement: admitted yes, reason it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  contradictions: none
  open: no
  refused opens: 0
  refused binds: 0
  refused features ok: 0
  refused driver ok: 0
  refused queue enable: 0
  refused absent queue: 0
  refused late features: 0
  refused status clear: 0
  refused in reset: 0
  refused partial: 0
  refused undeclared: 0
  refused window: 0
  refused mmap: 0
  refused request: 0

=== platform-amd-explain
# The same explained.
$ set_firmware IVRS
$ set_iommu 0000:0a:00.0 ivhd0 identity
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: ivhd0 (IVRS); the default domain of its
    group is of type identity.
    That domain is for this host's own drivers only. VFIO uses a domain of its
    own, which translates.

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

=== platform-virtio-explain
# A virtio-iommu serves a function that bypasses.
$ set_firmware VIOT
$ set_iommu 0000:0a:00.0 virtio3 DMA
$ add_facts 0000:0a:00.0 "${found_bypass[@]}"
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: virtio3 (VIOT); the default domain of its
    group is of type DMA.

  What is known:
    It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it uses
    physical addresses.
    The measurement of its DMA gave: bypass. The bit could not be accepted,
    because it is not offered.
    It was measured at 2025-11-22T10:34:56Z, in 912 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    bypass (measured).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: its DMA was measured.
    Contradiction: the platform (VIOT) describes an IOMMU for it but it bypasses.
    What to do about that: have its hypervisor put it behind the IOMMU that it
    describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver
    iommu='on'/>).

  Admission:
    Refused: its DMA was measured to bypass the IOMMU: its user could overwrite
    this host's memory.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: its DMA was measured to bypass the IOMMU: its user could overwrite
    this host's memory.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU.
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== platform-device-tree
# A device tree instead of ACPI.
$ rm -r sys/firmware
$ mkdir -p sys/firmware/devicetree/base
$ set_iommu 0000:0a:00.0 smmu3.0x0000000009050000 DMA-FQ
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: virtio_fixup_vfio_pci
  unknown because: the driver does not say
  driver: virtio_fixup_vfio_pci
  guarded: guarded
  guard: unknown
  iommu group: 10
  platform: iommu smmu3.0x0000000009050000, iommu class arm-smmu, described by device tree, domain DMA-FQ, no iommu mode no, firmware device tree
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
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured forced: not-run
  measured last: unacked not-run, acked not-run, forced not-run
  measured last time: 0
  measured pending: no
  measured time: 0
  measured at: none
  measured usecs: 0
  measured reason: 
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  remedy: 
  without enforcement: admitted no, reason no measurement shows where its DMA goes, and only virtio_fixup_vfio_pci enforces the ack
  with enforcement: admitted yes, reason it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  contradictions: none
  open: no
  refused opens: 0
  refused binds: 0
  refused features ok: 0
  refused driver ok: 0
  refused queue enable: 0
  refused absent queue: 0
  refused late features: 0
  refused status clear: 0
  refused in reset: 0
  refused partial: 0
  refused undeclared: 0
  refused window: 0
  refused mmap: 0
  refused request: 0

=== platform-two-json
# ACPI describes two kinds of IOMMU; the domain's type cannot be read.
$ set_firmware DMAR VIOT
$ mkdir -p sys/firmware/devicetree/base
$ set_iommu 0000:0a:00.0 virtio3 DMA
$ rm $BUS/devices/0000:0a:00.0/iommu_group/type
$ fixup show 0a:00.0 --json | sed -n '/"platform": {/,/}/p'
        "platform": {
          "iommu": "virtio3",
          "iommu_class": "virtio-iommu",
          "described_by": "VIOT",
          "domain": null,
          "no_iommu_mode": "no",
          "firmware": [
            "DMAR",
            "VIOT"
          ]
        },

=== platform-unknown-kind
# An IOMMU of a kind that the tool does not know.
$ set_firmware
$ set_iommu 0000:0a:00.0 exotic7 DMA
$ add_facts 0000:0a:00.0 "${found_bypass[@]}"
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: virtio_fixup_vfio_pci
  unknown because: the driver does not say
  driver: virtio_fixup_vfio_pci
  guarded: guarded
  guard: unknown
  iommu group: 10
  platform: iommu exotic7, iommu class unknown, described by unknown, domain DMA, no iommu mode no, firmware none
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
  offered: no
  measured unacked: bypass
  measured acked: not-run
  measured forced: not-run
  measured last: unacked bypass, acked not-run, forced not-run
  measured last time: 0
  measured pending: no
  measured time: 1763807696
  measured at: 2025-11-22T10:34:56Z
  measured usecs: 912
  measured reason: 
  verdict: bypass
  basis: measured
  policy: auto
  admitted: no
  reason: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  remedy: have its hypervisor put it behind the IOMMU
  without enforcement: admitted no, reason its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  with enforcement: admitted no, reason its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  view: none
  contradictions: described-but-bypasses
  open: no
  refused opens: 0
  refused binds: 0
  refused features ok: 0
  refused driver ok: 0
  refused queue enable: 0
  refused absent queue: 0
  refused late features: 0
  refused status clear: 0
  refused in reset: 0
  refused partial: 0
  refused undeclared: 0
  refused window: 0
  refused mmap: 0
  refused request: 0

=== platform-none
# Firmware describes no IOMMU.
$ set_firmware DSDT
$ fixup show 00:06.0
  address: 0000:00:06.0
  type: 9p
  type number: 9
  identity: transitional
  vendor id: 1af4
  device id: 1009
  subsystem vendor id: 1af4
  subsystem id: 0009
  revision: 00
  source: configuration space
  unknown because: not bound to virtio_fixup_vfio_pci
  driver: virtio-pci
  guarded: host
  guard: unknown
  iommu group: none
  platform: iommu none, iommu class none, described by none, domain none, no iommu mode no, firmware none
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
  description room: 0xa4
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

=== platform-switched-off
# Firmware describes an IOMMU, and none serves the function.
$ fixup explain 00:06.0
  What it is:
    0000:00:06.0 is a transitional virtio-9p function.
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

  Verdict:
    bypass (platform).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: no IOMMU serves it.

  Admission:
    VFIO will refuse it when it is bound: it has no IOMMU group that VFIO accepts,
    so no IOMMU translates its DMA.

  With vfio-pci, which enforces nothing:
    Not safe: it has no IOMMU group that VFIO accepts, so no IOMMU translates its
    DMA.

  What to do:
    Remedy: give this host a cache-coherent IOMMU that serves it, and switch that
    IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default).
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== platform-hostile
# Control characters in names and types.
$ ln -sfn "$(printf "../x\033[31m%%s")" $BUS/devices/0000:0a:00.0/iommu
$ printf "a\033[2J%%n\n" > $BUS/devices/0000:0a:00.0/iommu_group/type
$ add_facts 0000:0a:00.0 "${found_bypass[@]}"
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: virtio_fixup_vfio_pci
  unknown because: the driver does not say
  driver: virtio_fixup_vfio_pci
  guarded: guarded
  guard: unknown
  iommu group: 10
  platform: iommu x?[31m%s, iommu class unknown, described by unknown, domain a?[2J%n, no iommu mode no, firmware DMAR
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
  offered: no
  measured unacked: bypass
  measured acked: not-run
  measured forced: not-run
  measured last: unacked bypass, acked not-run, forced not-run
  measured last time: 0
  measured pending: no
  measured time: 1763807696
  measured at: 2025-11-22T10:34:56Z
  measured usecs: 912
  measured reason: 
  verdict: bypass
  basis: measured
  policy: auto
  admitted: no
  reason: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  remedy: have its hypervisor put it behind the IOMMU
  without enforcement: admitted no, reason its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  with enforcement: admitted no, reason its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  view: none
  contradictions: described-but-bypasses
  open: no
  refused opens: 0
  refused binds: 0
  refused features ok: 0
  refused driver ok: 0
  refused queue enable: 0
  refused absent queue: 0
  refused late features: 0
  refused status clear: 0
  refused in reset: 0
  refused partial: 0
  refused undeclared: 0
  refused window: 0
  refused mmap: 0
  refused request: 0

=== platform-no-iommu-mode
# The group is VFIO's own, and no IOMMU group: it says nothing of an IOMMU, and there is none.
$ add_driver vfio-pci; set_firmware; set_iommu 0000:03:00.0 - identity
$ ln -sfn ../../../bus/pci/drivers/vfio-pci $BUS/devices/0000:03:00.0/driver
$ rm sys/kernel/iommu_groups/3/type; echo vfio-noiommu > sys/kernel/iommu_groups/3/name
$ ln -s /dev/vfio/noiommu-3 proc/4242/fd/18
$ fixup explain 03:00.0
  What it is:
    0000:03:00.0 is a transitional virtio-rng function.
    Its driver is vfio-pci.
    Its group 3 is not an IOMMU group: VFIO's no-IOMMU mode made it.
    VFIO's no-IOMMU mode is enabled: vfio-pci opens such a function for a process
    with CAP_SYS_RAWIO, and nothing translates its DMA or confines it. The process
    can read and write all of this host's memory. No guest can be given the
    function that way.

  What is known:
    virtio_fixup_vfio_pci has never had it, so only its configuration space was
    read: that shows its type, its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 4, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    bypass (platform).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: no IOMMU serves it.

  Admission:
    Unguarded: vfio-pci gives it to programs in VFIO's no-IOMMU mode, in which
    nothing translates its DMA.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not safe: it has no IOMMU group that VFIO accepts, so no IOMMU translates its
    DMA.

  What to do:
    Now: give this host an IOMMU for it, and switch the no-IOMMU mode off.
    To give it back to this host: run "vfio-virtio-fixup unbind 0000:03:00.0".
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2, or whichever program has it, sees the function as the hardware is:
    vfio-pci changes nothing.
[3]
$ fixup show 03:00.0 | grep -e platform -e verdict -e basis
  platform: iommu none, iommu class none, described by none, domain unknown, no iommu mode yes, firmware none
  verdict: bypass
  basis: platform
$ fixup bind 03:00.0
! vfio-virtio-fixup: 0000:03:00.0: not bound, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/noiommu-3 open; end that use, or take it all the same with --force
[3]

=== platform-no-iommu-enabled
# No group yet, but VFIO would make one.
$ mkdir -p sys/module/vfio/parameters; echo Y > sys/module/vfio/parameters/enable_unsafe_noiommu_mode
$ set_firmware
$ fixup explain 00:06.0 | sed -n '/^What it is/,/^What is known/p' | grep .
  What it is:
    0000:00:06.0 is a transitional virtio-9p function.
    Its driver is virtio-pci.
    It has no IOMMU group: this host has no IOMMU for it, or the IOMMU is switched
    off.
    VFIO's no-IOMMU mode is enabled: vfio-pci opens such a function for a process
    with CAP_SYS_RAWIO, and nothing translates its DMA or confines it. The process
    can read and write all of this host's memory. No guest can be given the
    function that way.
  What is known:
[3]

=== l0-dmi
# By the product name of DMI.
$ dmi() { mkdir -p sys/class/dmi/id; echo "$1" > sys/class/dmi/id/product_name; }
$ fixed='QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='"'on'/>"
$ add_facts 0000:01:00.0 "${bypassing[@]}" "remedy=have its hypervisor put it behind the IOMMU ($fixed); or not"
$ for product in 'Standard PC (Q35 + ICH9, 2009)' cloud-hypervisor 'OpenStack Nova' 'OpenStack Compute'; do \
	dmi "$product"; fixup show 01:00.0 | grep remedy; done
  remedy: have its hypervisor put it behind the IOMMU (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>); or not
  remedy: have its hypervisor put it behind the IOMMU (Cloud Hypervisor: iommu=on on the device); or not
  remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of an image or flavor does it; ask the operator); or not
  remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of an image or flavor does it; ask the operator); or not
$ fixup explain 01:00.0 | sed -n '/Contradiction/,$p'
    Contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses.
    What to do about that: have its hypervisor put it behind the IOMMU that it
    describes (OpenStack: no property of an image or flavor does it; ask the
    operator).

  Admission:
    Refused: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of
    an image or flavor does it; ask the operator); or not.
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]
$ fixup explain 03:00.0 | sed -n '/^What to do/,/^What L2/p' | grep .
  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:03:00.0"
    and then "vfio-virtio-fixup explain 0000:03:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: OpenStack: no property
    of an image or flavor does it; ask the operator.
  What L2 will see:
# The driver's own words, which this replaces a part of.
$ add_facts 0000:03:00.0 offered=0 "measured=bypass not-run"
$ fixup show 03:00.0 | grep remedy
  remedy: have its hypervisor put it behind the IOMMU (OpenStack: no property of an image or flavor does it; ask the operator)

=== l0-acpi
# By who made the DSDT, where there is no DMI.
$ for oem in FIRECK CROSVM CLOUDH BOCHS; do printf 'DSDT\44\0\0\0\1x%-6s' $oem > sys/firmware/acpi/tables/DSDT; \
	fixup explain 03:00.0 | grep -A3 'needs there'; done
    when this machine is started anew. What it needs there: Firecracker: it has no
    IOMMU for a guest; take another hypervisor.

  What L2 will see:
    when this machine is started anew. What it needs there: crosvm: no option of a
    device does it; ask who runs it.

  What L2 will see:
    when this machine is started anew. What it needs there: Cloud Hypervisor:
    iommu=on on the device.

  What L2 will see:
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:

=== l0-fs
# The back end of virtio-fs cannot do it with any hypervisor.
$ set_bytes $BUS/devices/0000:0a:00.0/config 2 5a 10; echo 0x105a > $BUS/devices/0000:0a:00.0/device
$ add_facts 0000:0a:00.0 admitted=0 verdict=bypass \
	"remedy=have its hypervisor put it behind the IOMMU (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)"
$ fixup show 0a:00.0 | grep -e type -e remedy
  type: fs
  type number: 26
  remedy: have its hypervisor put it behind the IOMMU (virtio-fs: its back end cannot do it; share the files another way, such as a disk, 9p or NFS)
