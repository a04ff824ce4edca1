# SPDX-License-Identifier: GPL-2.0-only
#
# What the driver keeps of a function that it does not have any more.

=== record-bypass
# It was seen to bypass before silence, and virtio-pci has it now: it would be refused again.
$ add_facts 0000:03:00.0 "measured=bypass bypass" "measured_last=silent silent not-run" \
	measured_time=1763807696 measured_last_time=1763907696 policy=vouched admitted=1
$ fixup explain 03:00.0
  What it is:
    0000:03:00.0 is a transitional virtio-rng function.
    Its driver is virtio-pci.
    It is alone in IOMMU group 3.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    virtio_fixup_vfio_pci does not have it now. It keeps what it saw until the
    device leaves or the module is unloaded.
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    The measurement of its DMA gave: bypass while the bit was not accepted, bypass
    while it was.
    The last try gave: silent without the bit, silent with the bit, not-run by
    force. What was seen before still counts.
    It was measured at 2025-11-22T10:34:56Z, in 0 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:03:00.0".

  Verdict:
    bypass (measured).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: its DMA was measured.

  Admission:
    VFIO will refuse it when it is bound: its DMA was measured to bypass the
    IOMMU: its user could overwrite this host's memory.
    The policy is vouched.

  With vfio-pci, which enforces nothing:
    Not safe: its DMA was measured to bypass the IOMMU: its user could overwrite
    this host's memory.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU (QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>).
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== record-translated
# It was seen to be translated: that is known, and measured again when it is bound.
$ add_facts 0000:03:00.0 "measured=translated translated" measured_forced=translated \
	measured_time=1763807696 measured_last_time=1763807696 verdict=translated basis=measured
$ fixup explain 03:00.0
  What it is:
    0000:03:00.0 is a transitional virtio-rng function.
    Its driver is virtio-pci.
    It is alone in IOMMU group 3.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    virtio_fixup_vfio_pci does not have it now. It keeps what it saw until the
    device leaves or the module is unloaded.
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    The measurement of its DMA gave: translated while the bit was not accepted,
    translated while it was.
    Driven live by force, without the bit and against the rules, it gave:
    translated.
    It was measured at 2025-11-22T10:34:56Z, in 0 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:03:00.0".

  Verdict:
    translated (measured).
    Its DMA goes through this host's IOMMU.
    The ground for this: its DMA was measured.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: its legacy interface, which knows no ACCESS_PLATFORM, is within its
    user's reach.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:03:00.0"
    and then "vfio-virtio-fixup explain 0000:03:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).

=== record-show
# The same in all its rows.
$ add_facts 0000:03:00.0 "measured=translated translated" measured_forced=translated \
	measured_time=1763807696 measured_last_time=1763807696 admitted=1 open=1 refused_opens=2
$ fixup show 03:00.0 | grep -e source -e driver -e measured -e verdict -e admitted -e policy -e open
  source: record of virtio_fixup_vfio_pci
  driver: virtio-pci
  measured unacked: translated
  measured acked: translated
  measured forced: translated
  measured last: unacked translated, acked translated, forced translated
  measured last time: 1763807696
  measured pending: no
  measured time: 1763807696
  measured at: 2025-11-22T10:34:56Z
  measured usecs: 0
  measured reason: 
  verdict: translated
  basis: measured
  policy: auto
  admitted: unknown
  reason: it is measured again when it is bound
  without enforcement: admitted no, reason its legacy interface, which knows no ACCESS_PLATFORM, is within its user's reach
  with enforcement: admitted unknown, reason it is measured again when it is bound
  open: unknown
  refused opens: 2
  refused driver ok: 0
$ fixup list | grep -e BDF -e 03:00.0
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  VERDICT                 ADMITTED
  0000:03:00.0  rng   transitional  virtio-pci             host     3      translated (measured)   -

=== record-deny
# The policy stays, too: it is certain to be refused.
$ add_facts 0000:04:00.0 policy=deny
$ fixup show 04:00.0 | grep -e policy -e admitted -e reason
  measured reason: 
  policy: deny
  admitted: no
  reason: policy deny: the administrator lets nobody open it
  remedy: set another policy
  without enforcement: admitted no, reason policy deny: the administrator lets nobody open it
  with enforcement: admitted no, reason policy deny: the administrator lets nobody open it

=== record-policy
# It can be read and set while another driver has the function.
$ add_facts 0000:03:00.0 policy=strict
$ fixup policy 03:00.0
  strict
$ fixup policy 03:00.0 auto
  0000:03:00.0: policy auto; it applies to the next open
  0000:03:00.0: not bound to virtio_fixup_vfio_pci now
$ fixup policy 03:00.0
  auto

=== record-not-bound
# With the record there, what has to have the function is refused without it.
$ add_facts 0000:03:00.0
$ fixup measure 03:00.0
! vfio-virtio-fixup: 0000:03:00.0: not measured, because its driver is virtio-pci and not virtio_fixup_vfio_pci; run vfio-virtio-fixup bind 0000:03:00.0
[4]
$ fixup unbind 03:00.0
! vfio-virtio-fixup: 0000:03:00.0: not unbound, because this host uses it itself: its driver is virtio-pci
[4]

=== record-pending
# A measurement is due: what is in the way of it is said.
$ add_facts 0000:0a:00.0 admitted=0 view=none verdict=unknown basis=none \
	"reason=its DMA has not been measured yet, and its own word is not taken while it can be" \
	"remedy=see measured_reason for what is in the way; it is measured again when that goes, or write measure" \
	"measured_reason=its IOMMU group is in use"
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
    Its DMA was not measured: its IOMMU group is in use.
    To have it measured when that has changed, run "vfio-virtio-fixup measure
    0000:0a:00.0".

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Refused: its DMA has not been measured yet, and its own word is not taken
    while it can be.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: its DMA has not been measured yet, and its own word is not taken
    while it can be.

  What to do:
    Remedy: see measured_reason for what is in the way; it is measured again when
    that goes, or write measure.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== record-clear
# --clear has the driver forget first.
$ after_measuring 0000:0a:00.0 "${found_translated[@]}"
$ fixup measure 0a:00.0 --clear
  0000:0a:00.0: measured: unacked bypass, acked translated, in 1834 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict conditional (measured)
  0000:0a:00.0: admitted: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
$ contents $BUS/devices/0000:0a:00.0/virtio_fixup/measure
  0000:0a:00.0/virtio_fixup/measure: clear

=== without-enforcement
# What is safe with any driver, and what is so with ours alone.
$ say() { fixup explain 0a:00.0 | sed -n '/^With vfio-pci/,/^$/p'; }
$ add_facts 0000:0a:00.0; say
  With vfio-pci, which enforces nothing:
    Not safe: no measurement shows where its DMA goes, and only
    virtio_fixup_vfio_pci enforces the ack.
    Leave it with virtio_fixup_vfio_pci.

$ add_facts 0000:0a:00.0 "${found_translated[@]}"; say
  With vfio-pci, which enforces nothing:
    Not safe: it is translated only while ACCESS_PLATFORM is acked, and only
    virtio_fixup_vfio_pci enforces the ack.
    Leave it with virtio_fixup_vfio_pci.

$ add_facts 0000:0a:00.0 "${found_translated[@]}" "measured=translated translated" verdict=translated; say
  With vfio-pci, which enforces nothing:
    Not safe: no measurement shows where its DMA goes when a user starts it by
    force, and only virtio_fixup_vfio_pci prevents that.
    Leave it with virtio_fixup_vfio_pci.

$ add_facts 0000:0a:00.0 "measured=translated translated" verdict=translated basis=measured \
	measured_forced=translated "reason=its DMA was measured to be translated"; say
  With vfio-pci, which enforces nothing:
    Safe: its DMA was measured to be translated.

$ add_facts 0000:0a:00.0 "measured=translated translated" measured_forced=bypass verdict=conditional; say
  With vfio-pci, which enforces nothing:
    Not safe: its DMA was measured to bypass the IOMMU when a user starts it by
    force: that user could overwrite this host's memory.
    Leave it with virtio_fixup_vfio_pci.

$ add_facts 0000:0a:00.0 admitted=0 "reason=its reset is still under way"; say
  With vfio-pci, which enforces nothing:
    Not safe: its reset is still under way.

[3]
$ fixup show 0a:00.0 | grep without
  without enforcement: admitted no, reason its reset is still under way

=== without-enforcement-unprivileged
# Capabilities that could not be read might show a legacy interface.
$ add_facts 0000:0a:00.0 "measured=translated translated" measured_forced=translated
$ without_root
$ fixup explain 0a:00.0 | sed -n '/^With vfio-pci/,/^$/p' | head -n 2
  With vfio-pci, which enforces nothing:
    Not known: its capabilities could not be read.
