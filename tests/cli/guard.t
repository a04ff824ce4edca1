# SPDX-License-Identifier: GPL-2.0-only
#
# The guard: who has a function, whether that is guarded, and giving functions to vfio-pci
# and taking them back.

=== guard-list
# Each way in which programs can be given a function.
$ for bdf in 0000:03:00.0 0000:04:00.0 0000:05:00.0 0000:0a:00.0; do set_driver $bdf vfio-pci; done
$ add_facts 0000:03:00.0 guard=in-use admitted=0
$ add_facts 0000:04:00.0 guard=owned admitted=0
$ add_facts 0000:05:00.0 guard=off
$ add_facts 0000:0a:00.0 guard=admitted verdict=translated basis=measured
$ set_driver 0000:06:00.0 igb_uio; set_driver 0000:06:00.1 uio_pci_generic
$ set_driver 0000:08:00.0 vp_vdpa
$ rm $BUS/devices/0000:01:00.0/driver
$ add_facts 0000:01:00.0 "${bypassing[@]}" guard=vetoed
$ fixup list
  BDF           TYPE  IDENTITY      DRIVER                 GUARD      GROUP  VERDICT                 ADMITTED
  0000:00:06.0  9p    transitional  virtio-pci             host       none   bypass (platform)       no
  0000:01:00.0  blk   modern        none                   guarded    1      bypass (declared)       no
  0000:02:00.0  blk   modern        virtio_fixup_vfio_pci  guarded    2      conditional (declared)  yes
  0000:03:00.0  rng   transitional  vfio-pci               unguarded  3      conditional (declared)  no
  0000:04:00.0  net   modern        vfio-pci               guarded    4      conditional (declared)  no
  0000:05:00.0  blk   transitional  vfio-pci               unguarded  5      conditional (declared)  -
  0000:06:00.0  blk   modern        igb_uio                unguarded  6      -                       -
  0000:06:00.1  net   modern        uio_pci_generic        unguarded  6      -                       -
  0000:08:00.0  blk   modern        vp_vdpa                unguarded  8      -                       -
  0000:0a:00.0  blk   modern        vfio-pci               guarded    10     translated (measured)   yes
  0001:07:00.0  blk   modern        none                   host       7      conditional (declared)  -
! vfio-virtio-fixup: list: warning: 5 of 11 functions are unguarded: 0000:03:00.0 (vfio-pci); 0000:05:00.0 (vfio-pci); 0000:06:00.0 (igb_uio); 0000:06:00.1 (uio_pci_generic); 0000:08:00.0 (vp_vdpa); see vfio-virtio-fixup list --check

=== guard-list-json
# The same as JSON.
$ set_driver 0000:0a:00.0 vfio-pci; add_facts 0000:0a:00.0 guard=admitted
$ set_driver 0000:06:00.0 vfio-pci
$ fixup list --json | grep -E '"(address|driver|guarded|guard)"'
        "address": "0000:00:06.0",
        "driver": "virtio-pci",
        "guarded": "host",
        "guard": null,
        "address": "0000:01:00.0",
        "driver": "virtio_fixup_vfio_pci",
        "guarded": "guarded",
        "guard": null,
        "address": "0000:02:00.0",
        "driver": "virtio_fixup_vfio_pci",
        "guarded": "guarded",
        "guard": null,
        "address": "0000:03:00.0",
        "driver": "virtio-pci",
        "guarded": "host",
        "guard": null,
        "address": "0000:04:00.0",
        "driver": "virtio-pci",
        "guarded": "host",
        "guard": null,
        "address": "0000:05:00.0",
        "driver": "virtio-pci",
        "guarded": "host",
        "guard": null,
        "address": "0000:06:00.0",
        "driver": "vfio-pci",
        "guarded": "unguarded",
        "guard": null,
            "address": "0000:06:00.1",
            "driver": "virtio-pci",
        "address": "0000:06:00.1",
        "driver": "virtio-pci",
        "guarded": "host",
        "guard": null,
            "address": "0000:06:00.0",
            "driver": "vfio-pci",
        "address": "0000:08:00.0",
        "driver": "virtio-pci",
        "guarded": "host",
        "guard": null,
        "address": "0000:0a:00.0",
        "driver": "vfio-pci",
        "guarded": "guarded",
        "guard": "admitted",
        "address": "0001:07:00.0",
        "driver": "none",
        "guarded": "host",
        "guard": null,
! vfio-virtio-fixup: list: warning: 1 of 11 functions is unguarded: 0000:06:00.0 (vfio-pci); see vfio-virtio-fixup list --check

=== guard-check
# For monitoring: a summary, then each function with what to do.
$ fixup list --check
  OK: of 11 virtio functions none is unguarded
$ set_driver 0000:03:00.0 vfio-pci
$ add_facts 0000:03:00.0 guard=in-use admitted=0 "reason=it bypasses"
$ set_driver 0000:06:00.0 vp_vdpa
$ set_driver 0000:06:00.1 igb_uio
$ fixup list --check
  UNGUARDED: 3 of 11 virtio functions: programs can be given them, and nobody judges where their DMA goes
  0000:03:00.0: vfio-pci has it although it is not admitted, and the guard cannot refuse it, because it or its IOMMU group is in use: it bypasses; to do: stop its user, or take it from vfio-pci with "vfio-virtio-fixup unbind 0000:03:00.0 --force"
  0000:06:00.0: vp_vdpa gives it to programs, and the guard judges only what VFIO drivers have; to do: stop its user, and run "vfio-virtio-fixup bind 0000:06:00.0 --driver vfio-pci", which the guard watches
  0000:06:00.1: igb_uio gives it to programs, and the guard judges only what VFIO drivers have; to do: stop its user, and run "vfio-virtio-fixup bind 0000:06:00.1 --driver vfio-pci", which the guard watches
[3]
$ fixup list --check --json | grep -E '"(schema|address|guarded)"'
    "schema": 1,
        "address": "0000:03:00.0",
        "guarded": "unguarded",
        "address": "0000:06:00.0",
        "guarded": "unguarded",
            "address": "0000:06:00.1",
        "address": "0000:06:00.1",
        "guarded": "unguarded",
            "address": "0000:06:00.0",
[3]
$ vfio-virtio-fixup list --check -F data/hostile.lspci
! vfio-virtio-fixup: list: --check is for this machine: a dump does not show who has a function
[2]

=== guard-check-why
# Why the guard does nothing: it only warns; it is off; an older module; there is none.
$ set_driver 0000:03:00.0 vfio-pci
$ add_facts 0000:03:00.0 guard=in-use admitted=0 "reason=it bypasses"
$ set_guard warn; fixup list --check
  UNGUARDED: 1 of 11 virtio functions: programs can be given them, and nobody judges where their DMA goes
  0000:03:00.0: vfio-pci has it although it is not admitted, because the guard only warns (guard=warn): it bypasses; to do: run "echo refuse > /sys/module/virtio_fixup_vfio_pci/parameters/guard", and take it from vfio-pci with "vfio-virtio-fixup unbind 0000:03:00.0 --force"
[3]
$ add_facts 0000:03:00.0 guard=off
$ set_guard off; fixup list --check
  UNGUARDED: 1 of 11 virtio functions: programs can be given them, and nobody judges where their DMA goes
  0000:03:00.0: vfio-pci has it, and the guard is off (guard=off); to do: run "echo refuse > /sys/module/virtio_fixup_vfio_pci/parameters/guard"
[3]
$ rm $BUS/devices/0000:03:00.0/virtio_fixup/guard
$ fixup list --check
  UNGUARDED: 1 of 11 virtio functions: programs can be given them, and nobody judges where their DMA goes
  0000:03:00.0: vfio-pci has it, and the loaded virtio_fixup_vfio_pci does not say that it guards it; to do: load the virtio_fixup_vfio_pci that came with this tool, or run "vfio-virtio-fixup bind 0000:03:00.0"
[3]
$ without_module
$ fixup list --check
  UNGUARDED: 1 of 11 virtio functions: programs can be given them, and nobody judges where their DMA goes
  0000:03:00.0: vfio-pci has it, and nobody judges where its DMA goes, because virtio_fixup_vfio_pci is not loaded; to do: run "modprobe virtio_fixup_vfio_pci"
[3]

=== guard-check-no-iommu
# VFIO's no-IOMMU mode is named, whatever the guard says.
$ set_driver 0000:03:00.0 vfio-pci
$ add_facts 0000:03:00.0 guard=off
$ echo vfio-noiommu > sys/kernel/iommu_groups/3/name
$ fixup list --check
  UNGUARDED: 1 of 11 virtio functions: programs can be given them, and nobody judges where their DMA goes
  0000:03:00.0: vfio-pci gives it to programs in VFIO's no-IOMMU mode, in which nothing translates its DMA; to do: give this host an IOMMU for it, and switch the no-IOMMU mode off
[3]

=== guard-explain-admitted
# vfio-pci has it, and may.
$ set_driver 0000:0a:00.0 vfio-pci
$ add_facts 0000:0a:00.0 guard=admitted "measured=translated translated" \
	measured_forced=translated measured_time=1763807696 verdict=translated \
	basis=measured "reason=its DMA was measured to be translated"
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    Its driver is vfio-pci.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    The measurement of its DMA gave: translated while the bit was not accepted,
    translated while it was.
    Driven live by force, without the bit and against the rules, it gave:
    translated.
    It was measured at 2025-11-22T10:34:56Z, in 0 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    translated (measured).
    Its DMA goes through this host's IOMMU.
    The ground for this: its DMA was measured.

  Admission:
    Admitted: its DMA was measured to be translated.
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Safe: its DMA was measured to be translated.
    That driver makes sure that the guest accepts VIRTIO_F_ACCESS_PLATFORM before
    the function goes live, shows a modern function that offers the bit, refuses
    what would go around it, and tells the guest the verdict.

  What to do:
    Nothing. To have a guest told the truth about the function, stop its user and
    run "vfio-virtio-fixup bind 0000:0a:00.0".

  What L2 will see:
    L2, or whichever program has it, sees the function as the hardware is:
    vfio-pci changes nothing.

=== guard-explain-vetoed
# vfio-pci did not get it, but with our driver it would be safe.
$ rm $BUS/devices/0000:0a:00.0/driver
$ add_facts 0000:0a:00.0 guard=vetoed "measured=bypass translated" measured_forced=bypass \
	measured_time=1763807696 verdict=conditional basis=measured admitted=0 \
	"reason=it bypasses when it is driven live by force" "remedy=bind it to ours"
$ fixup explain 0a:00.0
  What it is:
    0000:0a:00.0 is a modern virtio-blk function.
    No driver is bound to it.
    It is alone in IOMMU group 10.
    The platform has an IOMMU for it: dmar0 (DMAR); the default domain of its
    group is of type DMA-FQ.

  What is known:
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    The measurement of its DMA gave: bypass while the bit was not accepted,
    translated while it was.
    Driven live by force, without the bit and against the rules, it gave: bypass.
    It was measured at 2025-11-22T10:34:56Z, in 0 us.
    A measurement tells of the past. After live migration, or with a new back end
    at the hypervisor, run "vfio-virtio-fixup measure 0000:0a:00.0".

  Verdict:
    conditional (measured).
    Its DMA goes through this host's IOMMU once its driver has accepted
    VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.
    The ground for this: its DMA was measured.

  Admission:
    Vetoed: a VFIO driver was to have it, and the guard did not let that driver
    bind: it bypasses when it is driven live by force. It has no driver now.
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Safe: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and
    the ack is enforced.
    That driver makes sure that the guest accepts VIRTIO_F_ACCESS_PLATFORM before
    the function goes live, shows a modern function that offers the bit, refuses
    what would go around it, and tells the guest the verdict.

  What to do:
    Remedy: bind it to ours.
    To give it back to this host: run "vfio-virtio-fixup unbind 0000:0a:00.0".

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== guard-explain-vetoed-bypass
# It bypasses: no driver makes that safe.
$ rm $BUS/devices/0000:01:00.0/driver
$ add_facts 0000:01:00.0 "${bypassing[@]}" guard=vetoed
$ fixup explain 01:00.0
  What it is:
    0000:01:00.0 is a modern virtio-blk function.
    No driver is bound to it.
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
    Vetoed: a VFIO driver was to have it, and the guard did not let that driver
    bind: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU. It has
    no driver now.
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not safe: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU:
    its user could overwrite this host's memory.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU.
    To give it back to this host: run "vfio-virtio-fixup unbind 0000:01:00.0".
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== guard-explain-pending
# It is vetoed until it can be measured: what our driver would say is not known either.
$ rm $BUS/devices/0000:0a:00.0/driver
$ add_facts 0000:0a:00.0 guard=vetoed admitted=0 measured_pending=1 "measured_reason=its IOMMU group is in use" \
	"reason=its DMA has not been measured yet, and what it declares does not count while a measurement is possible"
$ fixup explain 0a:00.0 | sed -n '/^Admission/,/^What to do/p'
  Admission:
    Vetoed: a VFIO driver was to have it, and the guard did not let that driver
    bind: its DMA has not been measured yet, and what it declares does not count
    while a measurement is possible. It has no driver now.
    Why it cannot be measured now: its IOMMU group is in use.
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not safe: its DMA has not been measured yet, and what it declares does not
    count while a measurement is possible.

  What to do:
[3]
$ fixup show 0a:00.0 | grep enforcement
  without enforcement: admitted no, reason its DMA has not been measured yet, and what it declares does not count while a measurement is possible
  with enforcement: admitted no, reason its DMA has not been measured yet, and what it declares does not count while a measurement is possible

=== guard-explain-owned
# vfio-pci had it before it was judged; nobody can open it.
$ set_driver 0000:01:00.0 vfio-pci
$ add_facts 0000:01:00.0 "${bypassing[@]}" guard=owned
$ fixup explain 01:00.0 | sed -n '/^Admission/,$p'
  Admission:
    Owned: vfio-pci had it before the guard judged it, and it is not admitted: it
    does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU.
    The guard keeps its IOMMU group, so that nobody can open it.
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not safe: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU:
    its user could overwrite this host's memory.

  What to do:
    Remedy: have its hypervisor put it behind the IOMMU.
    To give it back to this host: run "vfio-virtio-fixup unbind 0000:01:00.0".
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2 sees nothing: VFIO does not open the function.
[3]

=== guard-explain-in-use
# vfio-pci has it, and the guard cannot refuse it any more.
$ set_driver 0000:01:00.0 vfio-pci
$ add_facts 0000:01:00.0 "${bypassing[@]}" guard=in-use
$ fixup explain 01:00.0 | sed -n '/^Admission/,$p'
  Admission:
    Unguarded: vfio-pci has it although it is not admitted, and the guard cannot
    refuse it, because it or its IOMMU group is in use: it does not offer
    ACCESS_PLATFORM, so its DMA bypasses the IOMMU.
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not safe: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU:
    its user could overwrite this host's memory.

  What to do:
    Now: stop its user, or take it from vfio-pci with "vfio-virtio-fixup unbind
    0000:01:00.0 --force".
    Remedy: have its hypervisor put it behind the IOMMU.
    Where: the fix belongs to the hypervisor that gives this host the function
    (L0), not to this host, and takes effect when this machine is started anew.

  What L2 will see:
    L2, or whichever program has it, sees the function as the hardware is:
    vfio-pci changes nothing.
[3]

=== guard-explain-off
# The guard is off, and nothing else would make it safe.
$ set_driver 0000:06:00.0 vfio-pci
$ set_guard off
$ add_facts 0000:06:00.0 guard=off
$ fixup explain 06:00.0 | sed -n '/^What is known/,$p'
  What is known:
    virtio_fixup_vfio_pci does not have it now. It keeps what it saw until the
    device leaves or the module is unloaded.
    It offers VIRTIO_F_ACCESS_PLATFORM (bit 33): it claims that its DMA goes
    through the IOMMU.
    Its DMA was not measured.
    To have it measured, run "vfio-virtio-fixup measure 0000:06:00.0".

  Verdict:
    conditional (declared).
    Its DMA goes through this host's IOMMU once its driver has accepted
    VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.
    The ground for this: its feature bits declare it, and no measurement shows it.

  Admission:
    Unguarded: vfio-pci has it, and the guard is off (guard=off).
    The policy is auto.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not known: it is measured again when it is bound.
    That driver makes sure that the guest accepts VIRTIO_F_ACCESS_PLATFORM before
    the function goes live, shows a modern function that offers the bit, refuses
    what would go around it, and tells the guest the verdict.

  What to do:
    Now: run "echo refuse > /sys/module/virtio_fixup_vfio_pci/parameters/guard".
    To give it back to this host: run "vfio-virtio-fixup unbind 0000:06:00.0".

  What L2 will see:
    L2, or whichever program has it, sees the function as the hardware is:
    vfio-pci changes nothing.
[3]

=== guard-explain-uio
# The guard does not see uio.
$ set_driver 0000:06:00.0 igb_uio
$ fixup explain 06:00.0 | sed -n '/^Admission/,$p'
  Admission:
    Unguarded: igb_uio gives it to programs, and the guard judges only what VFIO
    drivers have.

  With virtio_fixup_vfio_pci, which enforces what it can:
    Not known: configuration space does not show its feature bits.
    That driver makes sure that the guest accepts VIRTIO_F_ACCESS_PLATFORM before
    the function goes live, shows a modern function that offers the bit, refuses
    what would go around it, and tells the guest the verdict.

  What to do:
    Now: stop its user, and run "vfio-virtio-fixup bind 0000:06:00.0 --driver
    vfio-pci", which the guard watches.
    To give it back to this host: run "vfio-virtio-fixup unbind 0000:06:00.0".

  What L2 will see:
    L2, or whichever program has it, sees the function as the hardware is: igb_uio
    changes nothing.
[3]

=== guard-bind
# The guard admits it.
$ add_facts 0000:03:00.0
$ when_guarded 0000:03:00.0 verdict=translated basis=measured \
	"reason=its DMA was measured to be translated"
$ add_driver vfio-pci
$ fixup bind 03:00.0 --driver vfio-pci
  0000:03:00.0: bound to vfio-pci
  0000:03:00.0: verdict translated (measured)
  0000:03:00.0: admitted: its DMA was measured to be translated

=== guard-bind-json
# The same as JSON; and the guard's word counts for what vfio-pci may have.
$ add_facts 0000:03:00.0
$ add_driver vfio-pci
$ fixup bind 03:00.0 --driver vfio-pci --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:03:00.0",
        "driver_before": "virtio-pci",
        "driver": "vfio-pci",
        "verdict": "conditional",
        "basis": "declared",
        "policy": "auto",
        "admitted": "yes",
        "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
        "remedy": "",
        "outcome": "bound",
        "warnings": []
      }
    ],
    "errors": [],
    "warnings": []
  }
$ fixup show 03:00.0 | grep enforcement
  without enforcement: admitted yes, reason it offers ACCESS_PLATFORM, and the ack is enforced
  with enforcement: admitted yes, reason it offers ACCESS_PLATFORM, and the ack is enforced

=== guard-bind-vetoed
# The guard vetoes it: the reason, what to do, and the driver before is back.
$ add_facts 0000:03:00.0
$ when_guarded 0000:03:00.0 guard=vetoed admitted=0 \
	"reason=its DMA was measured to bypass the IOMMU" "remedy=have its hypervisor mend it"
$ add_driver vfio-pci
$ fixup bind 03:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:03:00.0: not bound to vfio-pci: the guard vetoes it: its DMA was measured to bypass the IOMMU; to do: have its hypervisor mend it; its driver is virtio-pci, as before
[3]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override:
  drivers_probe: 0000:03:00.0
  virtio-pci/bind: 0000:03:00.0
  virtio-pci/unbind: 0000:03:00.0
$ fixup bind 03:00.0 --driver vfio-pci --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:03:00.0",
        "driver_before": "virtio-pci",
        "driver": "virtio-pci",
        "outcome": "failed",
        "error": "not bound to vfio-pci: the guard vetoes it: its DMA was measured to bypass the IOMMU; to do: have its hypervisor mend it; its driver is virtio-pci, as before",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0000:03:00.0",
        "text": "not bound to vfio-pci: the guard vetoes it: its DMA was measured to bypass the IOMMU; to do: have its hypervisor mend it; its driver is virtio-pci, as before"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:03:00.0: not bound to vfio-pci: the guard vetoes it: its DMA was measured to bypass the IOMMU; to do: have its hypervisor mend it; its driver is virtio-pci, as before
[3]

=== guard-bind-group
# Both functions of a group, of which the guard can measure one only if the other is free.
$ add_facts 0000:06:00.0; add_facts 0000:06:00.1
$ add_driver vfio-pci
$ fixup bind 06:00.0 06:00.1 --driver vfio-pci
  0000:06:00.0: bound to vfio-pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:06:00.1: bound to vfio-pci
  0000:06:00.1: verdict conditional (declared)
  0000:06:00.1: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ contents $BUS/devices/0000:06:00.[01]/virtio_fixup/guard
  0000:06:00.0/virtio_fixup/guard: admitted
  0000:06:00.1/virtio_fixup/guard: admitted

=== guard-bind-sibling
# One of them: the other is taken from this host, too, and that is said.
$ add_facts 0000:06:00.0
$ add_driver vfio-pci
$ fixup bind 06:00.0 --driver vfio-pci
  0000:06:00.0: bound to vfio-pci
  0000:06:00.0: verdict conditional (declared)
  0000:06:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.1: warning: taken from virtio-pci, because its IOMMU group is given to VFIO; it has no driver now; to give it back, unbind the others and run vfio-virtio-fixup unbind 0000:06:00.1
$ fixup unbind 06:00.1
  0000:06:00.1: had no driver; its driver is now virtio-pci
$ fixup unbind 06:00.0 06:00.1
  0000:06:00.0: unbound from vfio-pci; its driver is now virtio-pci
! vfio-virtio-fixup: 0000:06:00.1: not unbound, because this host uses it itself: its driver is virtio-pci
[5]

=== guard-bind-sibling-back
# It is vetoed: the other has its driver again.
$ add_facts 0000:06:00.0
$ when_guarded 0000:06:00.0 guard=vetoed admitted=0 "reason=it bypasses" "remedy=mend it"
$ add_driver vfio-pci
$ fixup bind 06:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: not bound to vfio-pci: the guard vetoes it: it bypasses; to do: mend it; its driver is virtio-pci, as before
[3]
$ readlink $BUS/devices/0000:06:00.[01]/driver
  ../../../bus/pci/drivers/virtio-pci
  ../../../bus/pci/drivers/virtio-pci

=== guard-bind-sibling-in-use
# The other carries the default route, or has virtual functions: both stay.
$ add_facts 0000:06:00.0
$ add_driver vfio-pci
$ mv $BUS/devices/0000:06:00.1/virtio6/net/eth1 $BUS/devices/0000:06:00.1/virtio6/net/eth0
$ fixup bind 06:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group is in use: eth0 carries the default route (IPv4); end that use, or take both all the same with --force
[3]
$ ln -s ../0000:02:00.0 $BUS/devices/0000:06:00.1/virtfn0
$ fixup bind 06:00.0 --driver vfio-pci --force
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group is in use: 0000:02:00.0, driver virtio_fixup_vfio_pci (process 4242 (qemu-system-x86) has /dev/vfio/2 open); end that use
[3]
$ readlink $BUS/devices/0000:06:00.[01]/driver
  ../../../bus/pci/drivers/virtio-pci
  ../../../bus/pci/drivers/virtio-pci

=== guard-bind-sibling-uio
# A program has the other by uio.
$ add_facts 0000:06:00.0
$ add_driver vfio-pci
$ set_driver 0000:06:00.1 igb_uio; mkdir -p $BUS/devices/0000:06:00.1/uio/uio7
$ ln -sfn /dev/uio7 proc/4242/fd/17
$ fixup bind 06:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group is in use: process 4242 (qemu-system-x86) has /dev/uio7 open; end that use, or take both all the same with --force
[3]

=== guard-bind-sibling-not-virtio
# A function that is not virtio is left to the administrator; the guard says what it says.
$ add_facts 0000:06:00.0
$ add_driver vfio-pci
$ echo 0x1110 > $BUS/devices/0000:06:00.1/device
$ fixup bind 06:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: not bound to vfio-pci: the guard vetoes it: its IOMMU group is in use; its driver is virtio-pci, as before
[3]
$ echo 0x1041 > $BUS/devices/0000:06:00.1/device; echo 0x8086 > $BUS/devices/0000:06:00.1/vendor
$ fixup bind 06:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: not bound to vfio-pci: the guard vetoes it: its IOMMU group is in use; its driver is virtio-pci, as before
[3]
$ readlink $BUS/devices/0000:06:00.[01]/driver
  ../../../bus/pci/drivers/virtio-pci
  ../../../bus/pci/drivers/virtio-pci

=== guard-bind-sibling-stays
# The driver of the other does not let go.
$ add_facts 0000:06:00.0
$ add_driver vfio-pci
$ FAKE_WRITE_FAILS=virtio-pci/unbind:16 fixup bind 06:00.0 --driver vfio-pci
! vfio-virtio-fixup: 0000:06:00.0: not bound, because 0000:06:00.1 of its IOMMU group could not be freed: virtio-pci did not let go of it: Device or resource busy
[1]

=== guard-unbind
# From vfio-pci; from vp_vdpa; and from no driver, after a veto.
$ set_driver 0000:0a:00.0 vfio-pci; add_facts 0000:0a:00.0 guard=admitted
$ fixup unbind 0a:00.0
  0000:0a:00.0: unbound from vfio-pci; its driver is now virtio-pci
$ set_driver 0000:06:00.0 vp_vdpa
$ fixup unbind 06:00.0
  0000:06:00.0: unbound from vp_vdpa; its driver is now virtio-pci
$ rm $BUS/devices/0000:01:00.0/driver
$ add_facts 0000:01:00.0 "${bypassing[@]}" guard=vetoed
$ fixup unbind 01:00.0
  0000:01:00.0: had no driver; its driver is now virtio-pci

=== guard-unbind-in-use
# Who has it open; with --force a wait that is bounded.
$ set_driver 0000:02:00.0 vfio-pci; add_facts 0000:02:00.0 guard=in-use admitted=0
$ fixup unbind 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user, or wait with --force
[3]
$ FAKE_HANGS=vfio-pci/unbind fixup unbind 02:00.0 --force --timeout 1
! vfio-virtio-fixup: 0000:02:00.0: warning: it is open: process 4242 (qemu-system-x86) has /dev/vfio/2 open; waiting for at most 1 s until it is closed
! vfio-virtio-fixup: 0000:02:00.0: not unbound: vfio-pci did not let go of it: the kernel has not done it after 1 s, and goes on trying
[1]
$ rm -r proc/4242
$ fixup unbind 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: not unbound, because it is open, and the kernel would wait until it is closed: the guard says that it or its IOMMU group is in use, by a process that cannot be seen from here; stop its user, or wait with --force
[3]
$ set_guard warn
$ fixup unbind 02:00.0
  0000:02:00.0: unbound from vfio-pci; its driver is now virtio-pci

=== guard-unbind-uio
# A program has it by uio, or by vDPA.
$ set_driver 0000:06:00.0 uio_pci_generic; mkdir -p $BUS/devices/0000:06:00.0/uio/uio7
$ ln -sfn /dev/uio7 proc/4242/fd/17
$ fixup unbind 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/uio7 open; stop its user, or wait with --force
[3]
$ set_driver 0000:03:00.0 vp_vdpa
$ mkdir -p $BUS/devices/0000:03:00.0/vdpa0/vhost-vdpa/vhost-vdpa-2
$ ln -sfn /dev/vhost-vdpa-2 proc/4242/fd/17
$ fixup unbind 03:00.0
! vfio-virtio-fixup: 0000:03:00.0: not unbound, because it is open, and the kernel would wait until it is closed: process 4242 (qemu-system-x86) has /dev/vhost-vdpa-2 open; stop its user, or wait with --force
[3]

=== guard-policy
# A guarded function has a policy, and can be measured.
$ set_driver 0000:0a:00.0 vfio-pci; add_facts 0000:0a:00.0 guard=admitted
$ fixup policy 0a:00.0 strict
  0000:0a:00.0: policy strict; the guard goes by it from now on
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ after_measuring 0000:0a:00.0 "${found_translated[@]}"
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked bypass, acked translated, in 1834 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict conditional (measured)
  0000:0a:00.0: admitted: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
