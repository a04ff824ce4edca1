# SPDX-License-Identifier: GPL-2.0-only
#
# explain: where the DMA of a function goes, why it is admitted or refused, what to
# do.

=== live-explain-admitted
# A function that is admitted and in use.
$ fixup explain 02:00.0
  What it is:
    0000:02:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 2.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    Its DMA was not measured.
    To have it measured, run "vfio-virtio-fixup measure 0000:02:00.0".

  Verdict:
    conditional (declared).
    Its DMA goes through this host's IOMMU once its driver has accepted
    VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.
    The ground for this: its feature bits declare it, and no measurement shows it.

  Admission:
    Admitted: it offers ACCESS_PLATFORM, and the ack is enforced.
    The policy is auto.

  What was refused:
    refused_features_ok is 3: the guest's driver does not accept bit 33
    (VIRTIO_F_ACCESS_PLATFORM); to do: if this guest has no IOMMU of its own,
    policy physical lets it in.

  With vfio-pci, which enforces nothing:
    Not safe: no measurement shows where its DMA goes, and only
    virtio_fixup_vfio_pci enforces the ack.
    Leave it with virtio_fixup_vfio_pci.

  What to do:
    Give it to the guest, for example with QEMU's -device
    vfio-pci,host=0000:02:00.0.

  What L2 will see:
    L2 sees a modern function that offers VIRTIO_F_ACCESS_PLATFORM, whatever the
    hardware offers; it goes live only after L2's driver has accepted the bit.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.

=== live-explain-refused
# A function that bypasses the IOMMU.
$ fixup explain 01:00.0
  What it is:
    0000:01:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 1.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it uses
    physical addresses.
    Its DMA was not measured.
    To have it measured, run "vfio-virtio-fixup measure 0000:01:00.0".

  Verdict:
    bypass (declared).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: its feature bits declare it, and no measurement shows it.
    Contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses.
    What to do about that: have its hypervisor put it behind the IOMMU that it
    describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver
    iommu='on'/>).

  Admission:
    Refused: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU.
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== live-explain-not-bound
# A function of virtio-pci's: nothing but configuration space was read.
$ fixup explain 06:00.0
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

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:06:00.0"
    and then "vfio-virtio-fixup explain 0000:06:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).

=== live-explain-no-group
# A function without an IOMMU group.
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

=== live-explain-not-there
# No function has the address.
$ fixup explain 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== live-explain-denied
# The administrator denies the function.
$ printf "deny\n" > $BUS/devices/0000:0a:00.0/virtio_fixup/policy
$ add_facts 0000:0a:00.0 policy=deny admitted=0 "reason=policy deny" \
	"remedy=set another policy" view=none
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
    Refused: policy deny.
    The policy is deny.

  With vfio-pci, which enforces nothing:
    Not safe: policy deny.

  What to do:
    Remedy: set another policy.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== live-explain-measured
# A function that offers the bit and was measured to bypass all the same.
$ add_facts 0000:0a:00.0 "measured=translated bypass" verdict=bypass basis=measured \
	measured_time=1763807696 measured_usecs=2711 \
	admitted=0 "reason=its DMA was measured to bypass the IOMMU" "remedy=have it mended" \
	view=none "contradictions=offers-but-bypasses described-but-bypasses brand-new "
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
    The measurement of its DMA gave: translated while the bit was not accepted,
    bypass while it was.
    It was measured at 2025-11-22T10:34:56Z, in 2711 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    bypass (measured).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: its DMA was measured.
    Contradiction: it offers ACCESS_PLATFORM but bypasses.
    What to do about that: its hypervisor or back end does not do what it claims:
    report it there, and have the function given by another back end (such as one
    in QEMU itself, instead of a vhost one).
    Contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses.
    What to do about that: have its hypervisor put it behind the IOMMU that it
    describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver
    iommu='on'/>).

  Admission:
    Refused: its DMA was measured to bypass the IOMMU.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: its DMA was measured to bypass the IOMMU.

  What to do:
    Remedy: have it mended.
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "brand-new" in virtio_fixup/contradictions, which this vfio-virtio-fixup does not know; use the version that came with the driver
[3]

=== live-explain-not-measured
# A measurement that could not be made.
$ add_facts 0000:0a:00.0 "measured_reason=its IOMMU group is in use"
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

=== live-explain-silent
# A measurement that saw nothing.
$ add_facts 0000:0a:00.0 "${found_silence[@]}" \
	"measured_reason=no harmless request is known for its device type"
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
    The measurement of its DMA gave: silent while the bit was not accepted, silent
    while it was.
    About the last try: no harmless request is known for its device type.
    It was measured at 2025-11-22T10:34:56Z, in 20110 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

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

=== live-explain-hides
# A function that is translated without offering the bit.
$ add_facts 0000:0a:00.0 offered=0 "measured=translated silent" verdict=translated \
	basis=measured "reason=its DMA was measured to be translated" \
	contradictions=translated-but-hides view=physical
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it uses
    physical addresses.
    The measurement of its DMA gave: translated while the bit was not accepted,
    silent while it was.
    When it was measured is not known.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    translated (measured).
    Its DMA goes through this host's IOMMU.
    The ground for this: its DMA was measured.
    Contradiction: it is translated but does not offer ACCESS_PLATFORM.
    What to do about that: nothing for its guest, whom the view tells the truth;
    for this host's own driver, have its hypervisor offer the bit (QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>).

  Admission:
    Admitted: its DMA was measured to be translated.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: no measurement shows where its DMA goes when a user starts it by
    force, and only virtio_fixup_vfio_pci prevents that.
    Leave it with virtio_fixup_vfio_pci.

  What to do:
    Give it to the guest, for example with QEMU's -device
    vfio-pci,host=0000:0a:00.0.

  What L2 will see:
    L2 sees a modern function that does not offer VIRTIO_F_ACCESS_PLATFORM, for
    drivers too old to know it. This is right only if L2 has no IOMMU of its own.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.

=== live-explain-unsafe
# Policy unsafe admits what bypasses.
$ add_facts 0000:0a:00.0 offered=0 verdict=bypass policy=unsafe view=raw \
	"reason=policy unsafe"
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It does not offer VIRTIO_F_ACCESS_PLATFORM (bit 33): it says that it uses
    physical addresses.
    Its DMA was not measured.
    To have it measured, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    bypass (declared).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: its feature bits declare it, and no measurement shows it.

  Admission:
    Admitted: policy unsafe.
    The policy is unsafe.

  With vfio-pci, which enforces nothing:
    Not safe: policy unsafe: the administrator admits it although nothing shows
    that it is safe.
    Leave it with virtio_fixup_vfio_pci.

  What to do:
    Give it only to a guest that may do anything to this host; otherwise run
    "vfio-virtio-fixup policy 0000:0a:00.0 auto".

  What L2 will see:
    L2 sees the function as the hardware is, without VIRTIO_F_ACCESS_PLATFORM:
    what L2 makes it write goes to this host's memory.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.

=== live-explain-sibling
# Another function of the IOMMU group stays with virtio-pci.
$ add_function 0000:0a:00.1 data/qemu-q35-root-ports.lspci 04:00.0 virtio-pci 10
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is virtio_fixup_vfio_pci.
    It shares IOMMU group 10 with 1 other.
    0000:0a:00.1 of that group is bound to virtio-pci: VFIO cannot open the group
    until it is unbound.
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
    Not safe: it is translated only while ACCESS_PLATFORM is acked, and a device
    that shares its IOMMU group could undo the ack.
    Leave it with virtio_fixup_vfio_pci.

  What to do:
    First unbind 0000:0a:00.1 from virtio-pci.
    Give it to the guest, for example with QEMU's -device
    vfio-pci,host=0000:0a:00.0.

  What L2 will see:
    L2 sees a modern function that offers VIRTIO_F_ACCESS_PLATFORM, whatever the
    hardware offers; it goes live only after L2's driver has accepted the bit.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.

=== live-explain-hostile-time
# A time and a duration beyond all bounds.
$ add_facts 0000:0a:00.0 "${found_translated[@]}" measured_time=9223372036854775807 \
	measured_usecs=99999999999999999999
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
    The measurement of its DMA gave: bypass while the bit was not accepted,
    translated while it was.
    It was measured at 9223372036854775807 s after 1970.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    conditional (measured).
    Its DMA goes through this host's IOMMU once its driver has accepted
    VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.
    The ground for this: its DMA was measured.

  Admission:
    Admitted: its DMA was measured to be translated if ACCESS_PLATFORM is acked,
    and the ack is enforced.
    The policy is auto.

  With vfio-pci, which enforces nothing:
    Not safe: it is translated only while ACCESS_PLATFORM is acked, and only
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

=== live-explain-hostile-files
# Control characters in the verdict.
$ printf "a\033[2Jb\n" > $BUS/devices/0000:0a:00.0/virtio_fixup/verdict
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
    unknown (declared).
    Nothing is known about where its DMA goes.
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
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "a?[2Jb" in virtio_fixup/verdict, which this vfio-virtio-fixup does not know; use the version that came with the driver

=== live-explain-not-root
# Without root, 64 bytes of configuration space have to do.
$ without_root
$ FAKE_EUID=1000 fixup explain 06:00.0
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
    read, and only the first 64 bytes of that, which do not show its capabilities.
    To read all of it, run this as root.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:06:00.0"
    and then "vfio-virtio-fixup explain 0000:06:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.

=== dump-explain-modern
# A modern function of a dump.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci explain 01:00.0
  What it is:
    0000:01:00.0 is a modern virtio-blk function.

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
    On the host that has the function, run "vfio-virtio-fixup bind 0000:01:00.0"
    and then "vfio-virtio-fixup explain 0000:01:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes, which is assumed).

=== dump-explain-transitional
# A transitional function.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci explain 03:00.0
  What it is:
    0000:03:00.0 is a transitional virtio-rng function.

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
    On the host that has the function, run "vfio-virtio-fixup bind 0000:03:00.0"
    and then "vfio-virtio-fixup explain 0000:03:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes, which is assumed).

=== dump-explain-legacy
# A function that has only the legacy interface.
$ vfio-virtio-fixup -F data/hostile.lspci explain 0b:00.0
  What it is:
    0000:0b:00.0 is a legacy-only virtio-blk function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    VFIO will refuse it when it is bound: it has only the legacy interface, which
    cannot offer ACCESS_PLATFORM.

  With vfio-pci, which enforces nothing:
    Not safe: it has only the legacy interface, which cannot offer
    ACCESS_PLATFORM.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU (QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>).
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== dump-explain-balloon
# A device type whose protocol names physical addresses.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci explain 00:01.0
  What it is:
    0000:00:01.0 is a modern virtio-balloon function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    bypass (protocol).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: the requests of its device type name physical addresses,
    whatever its virtqueues do.

  Admission:
    VFIO will refuse it when it is bound: requests of its device type name
    physical addresses, which no IOMMU translates.

  With vfio-pci, which enforces nothing:
    Not safe: requests of its device type name physical addresses, which no IOMMU
    translates.

  What to do:
    Remedy: give the guest an emulated device of this type instead of this
    function.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== dump-explain-all-in-one-page
# Another such device type: pmem.
$ vfio-virtio-fixup -F data/all-in-one-page.lspci explain 00:02.0
  What it is:
    0000:00:02.0 is a modern virtio-pmem function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    bypass (protocol).
    Its DMA does not go through this host's IOMMU: addresses it is given are taken
    as addresses of this host's memory.
    The ground for this: the requests of its device type name physical addresses,
    whatever its virtqueues do.

  Admission:
    VFIO will refuse it when it is bound: requests of its device type name
    physical addresses, which no IOMMU translates.

  With vfio-pci, which enforces nothing:
    Not safe: requests of its device type name physical addresses, which no IOMMU
    translates.

  What to do:
    Remedy: give the guest an emulated device of this type instead of this
    function.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== dump-explain-looping
# A capability list that loops.
$ vfio-virtio-fixup -F data/hostile.lspci explain 01:00.0
  What it is:
    0000:01:00.0 is a modern virtio-blk function.
    Its capability list is malformed, so nothing in the list is believed.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    VFIO will refuse it when it is bound: its capability at 0xb4 is in its list
    twice, and VFIO cannot be given such a list.

  With vfio-pci, which enforces nothing:
    Not safe: its capability at 0xb4 is in its list twice, and VFIO cannot be
    given such a list.

  What to do:
    Remedy: have its hypervisor or firmware mend its configuration space.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== dump-explain-truncated
# A dump without the capabilities.
$ vfio-virtio-fixup -F data/truncated.lspci explain 01:00.0
  What it is:
    0000:01:00.0 is a modern virtio-blk function.

  What is known:
    This is a dump, so only its configuration space was read, and only the first
    64 bytes of that, which do not show its capabilities. A whole dump is what
    lspci -xxxx prints for root.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:01:00.0"
    and then "vfio-virtio-fixup explain 0000:01:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.

=== dump-explain-json
# The same as JSON: the facts, then the text.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci explain 01:00.0 --json
  {
    "schema": 1,
    "function": {
      "address": "0000:01:00.0",
      "type": "blk",
      "type_number": 2,
      "identity": "modern",
      "vendor_id": "1af4",
      "device_id": "1042",
      "subsystem_vendor_id": "1af4",
      "subsystem_id": "1100",
      "revision": "01",
      "source": "configuration space",
      "unknown_because": "a dump does not show it",
      "driver": null,
      "guarded": null,
      "guard": null,
      "iommu_group": null,
      "group_members": [],
      "platform": {
        "iommu": null,
        "iommu_class": null,
        "described_by": null,
        "domain": null,
        "no_iommu_mode": null,
        "firmware": []
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
      "description": null,
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
      "verdict": null,
      "basis": "none",
      "policy": null,
      "configured": null,
      "admitted": null,
      "reason": "configuration space does not show its feature bits",
      "remedy": "bind it on its host (vfio-virtio-fixup bind 0000:01:00.0)",
      "without_enforcement": {
        "admitted": "no",
        "reason": "nothing is known about where its DMA goes"
      },
      "with_enforcement": {
        "admitted": null,
        "reason": "configuration space does not show its feature bits"
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
        "title": "What it is",
        "text": [
          "0000:01:00.0 is a modern virtio-blk function."
        ]
      },
      {
        "title": "What is known",
        "text": [
          "This is a dump, so only its configuration space was read: that shows its type, its identity and where its structures are.",
          "Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common configuration (BAR 4, offset 0x0) and not in configuration space: two functions whose configuration space is identical can differ in it."
        ]
      },
      {
        "title": "Verdict",
        "text": [
          "unknown (none).",
          "Nothing is known about where its DMA goes."
        ]
      },
      {
        "title": "Admission",
        "text": [
          "Not decided: that is done when virtio_fixup_vfio_pci is bound to it."
        ]
      },
      {
        "title": "With vfio-pci, which enforces nothing",
        "text": [
          "Not safe: nothing is known about where its DMA goes."
        ]
      },
      {
        "title": "What to do",
        "text": [
          "On the host that has the function, run \"vfio-virtio-fixup bind 0000:01:00.0\" and then \"vfio-virtio-fixup explain 0000:01:00.0\".",
          "If the function then bypasses the IOMMU: the fix belongs to the hypervisor that gives this host the function (L0), not to this host, and takes effect when this machine is started anew. What it needs there: QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>."
        ]
      },
      {
        "title": "What L2 will see",
        "text": [
          "That is decided when it is bound and opened.",
          "Its notifications are mapped: L2 writes them to the hardware, without an exit to this host (with pages of 4096 bytes, which is assumed)."
        ]
      }
    ],
    "errors": [],
    "warnings": []
  }

=== live-explain-refusals
# What each counter means that is not 0. Under policy physical the guest is in already.
$ counters=$(sed -nE 's/^\tROW\([A-Z_]+, ([a-z_]+)\).*/refused_\1=5/p' \
	$CASES/../../drivers/vfio/pci/virtio-fixup/core/border.h)
$ add_facts 0000:0a:00.0 $counters
$ fixup explain 0a:00.0 | sed -n "/^What was refused/,/^\$/{/./p}"
  What was refused:
    refused_opens is 5: VFIO did not open the function.
    refused_binds is 5: a VFIO driver that enforces nothing was not given the
    function.
    refused_features_ok is 5: the guest's driver does not accept bit 33
    (VIRTIO_F_ACCESS_PLATFORM); to do: if this guest has no IOMMU of its own,
    policy physical lets it in.
    refused_driver_ok is 5: the guest's driver wanted to go live before features
    were agreed on, as a driver does that ignores a refused FEATURES_OK.
    refused_queue_enable is 5: the guest's driver enabled a queue before features
    were agreed on, or while the function was live.
    refused_absent_queue is 5: the guest's driver wrote to the registers of a
    queue that does not exist.
    refused_late_features is 5: the guest's driver changed its features after they
    were agreed on.
    refused_status_clear is 5: the guest's driver took a status bit back without a
    reset.
    refused_in_reset is 5: the guest's driver did not wait for the end of a reset.
    refused_partial is 5: the guest's driver wrote a part of a register.
    refused_undeclared is 5: the guest accessed bytes of a BAR that no structure
    declares, for which no driver has a reason.
    refused_window is 5: the guest aimed VIRTIO_PCI_CAP_PCI_CFG at something that
    it may not reach.
    refused_mmap is 5: the guest's monitor (such as QEMU) wanted to map pages that
    may not be mapped.
    refused_request is 5: the guest's monitor (such as QEMU) made a request that
    is not allowed, as it may when it asks what a device can do.
$ add_facts 0000:0a:00.0 policy=physical refused_features_ok=5
$ fixup explain 0a:00.0 | sed -n "/^What was refused/,/^\$/{/./p}"
  What was refused:
    refused_features_ok is 5: the guest's driver does not accept bit 33
    (VIRTIO_F_ACCESS_PLATFORM).

=== explain-rule
# Which rule decides, what it says, and whether it is so.
$ rule etc/10-a 'Address=0000:0a:00.0' Bind=fixup Policy=strict
$ fixup explain 0a:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/10-a.rule:4 decides about it.
    Bind=fixup: so it is.
    Policy=strict: so it is not now.
    To make it so, run "vfio-virtio-fixup apply 0000:0a:00.0".

$ fixup apply
  0000:0a:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-a.rule:4
$ fixup explain 0a:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/10-a.rule:4 decides about it.
    Bind=fixup: so it is.
    Policy=strict: so it is.

$ fixup explain 02:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    No rule is for it: its driver and its policy stay as they are.

$ without_module
$ rule etc/20-b 'Address=0000:06:00.0' Policy=deny
$ fixup explain 06:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/20-b.rule:4 decides about it.
    Policy=deny: the module takes it when the function is bound.

$ rule etc/20-b 'Address=0000:06:00.0' Bind=fixup
$ fixup explain 06:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/20-b.rule:4 decides about it.
    Bind=fixup: so it is not now.
    To make it so, run "vfio-virtio-fixup apply 0000:06:00.0".


=== explain-rule-broken
# While a file is broken.
$ rule etc/10-a 'Address=0000:0a:00.0' Policy=vouched
$ rule etc/20-b 'Address=' Policy=deny
$ fixup explain 0a:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/10-a.rule:4 decides about it.
    The policy is strict and not what the rule would give: another rule file has
    an error, is left out, and might have wanted that. Run "vfio-virtio-fixup
    check-rules".
    Policy=strict: so it is not now.
    To make it so, run "vfio-virtio-fixup apply 0000:0a:00.0".

! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/20-b.rule:2: warning: Address= is empty; expected the address of a function, such as 0000:01:00.0 or 0000:01:*; the file is left out, and until it is mended no rule makes a policy laxer than strict
