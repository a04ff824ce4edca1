# SPDX-License-Identifier: GPL-2.0-only
#
# show: all that is known of a function, a fact a line.

=== live-show-ours
# A function of ours that a guest uses.
$ fixup show 02:00.0
  address: 0000:02:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 2
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 0
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  open: yes
  refused_opens: 0
  refused_features_ok: 3
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-refused
# A function of ours that bypasses.
$ fixup show 0000:01:00.0
  address: 0000:01:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 1
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: no
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 0
  verdict: bypass
  basis: declared
  policy: auto
  admitted: no
  reason: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
  remedy: have its hypervisor put it behind the IOMMU
  view: none
  contradictions: described-but-bypasses: the platform (DMAR) describes an IOMMU for it but it bypasses
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-not-bound
# A function of virtio-pci's: the driver's facts are unknown.
$ fixup show 06:00.0
  address: 0000:06:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio-pci
  iommu group: 6
  group member: 0000:06:00.1, driver virtio-pci, VFIO cannot open the group
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: unknown: not bound to virtio_fixup_vfio_pci
  measured unacked: unknown: not bound to virtio_fixup_vfio_pci
  measured acked: unknown: not bound to virtio_fixup_vfio_pci
  verdict: unknown: not bound to virtio_fixup_vfio_pci
  basis: none
  policy: unknown: not bound to virtio_fixup_vfio_pci
  admitted: unknown: not bound to virtio_fixup_vfio_pci
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:06:00.0)
  view: unknown: not bound to virtio_fixup_vfio_pci
  open: unknown: not bound to virtio_fixup_vfio_pci

=== live-show-domain
# A function in another PCI domain, which no driver has.
$ fixup show 0001:07:00.0
  address: 0001:07:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: none
  iommu group: 7
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: unknown: not bound to virtio_fixup_vfio_pci
  measured unacked: unknown: not bound to virtio_fixup_vfio_pci
  measured acked: unknown: not bound to virtio_fixup_vfio_pci
  verdict: unknown: not bound to virtio_fixup_vfio_pci
  basis: none
  policy: unknown: not bound to virtio_fixup_vfio_pci
  admitted: unknown: not bound to virtio_fixup_vfio_pci
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0001:07:00.0)
  view: unknown: not bound to virtio_fixup_vfio_pci
  open: unknown: not bound to virtio_fixup_vfio_pci

=== live-show-not-there
# No function has the address.
$ fixup show 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== live-show-other-domain
# An address without a domain means domain 0000.
$ fixup show 07:00.0
! vfio-virtio-fixup: 0000:07:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== live-show-not-virtio
# A function that is not virtio.
$ fixup show 00:1f.2
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[4]

=== live-show-partly
# One function of three can be shown.
$ fixup show 01:00.0 0f:00.0 00:1f.2
  address: 0000:01:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 1
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: no
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 0
  verdict: bypass
  basis: declared
  policy: auto
  admitted: no
  reason: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
  remedy: have its hypervisor put it behind the IOMMU
  view: none
  contradictions: described-but-bypasses: the platform (DMAR) describes an IOMMU for it but it bypasses
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[5]

=== live-show-json
# Two functions as JSON.
$ fixup show 01:00.0 02:00.0 --json > golden/show.json

=== live-show-measured
# A measurement and the contradictions that it found.
$ add_facts 0000:0a:00.0 "${found_bypass[@]}" \
	"contradictions=offers-but-bypasses described-but-bypasses translated-but-hides"
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: no
  measured unacked: bypass
  measured acked: not-run
  measured at: 2025-11-22T10:34:56Z
  measured usecs: 912
  verdict: bypass
  basis: measured
  policy: auto
  admitted: no
  reason: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory
  remedy: have its hypervisor put it behind the IOMMU
  view: none
  contradictions: offers-but-bypasses: it offers ACCESS_PLATFORM but bypasses; described-but-bypasses: the platform (DMAR) describes an IOMMU for it but it bypasses; translated-but-hides: it is translated but does not offer ACCESS_PLATFORM
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-void
# A measurement that no longer stands.
$ add_facts 0000:0a:00.0 "measured_reason=what it offers has changed since it was measured" \
	measured_usecs=1834
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 1834
  measured reason: what it offers has changed since it was measured
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-hostile-time
# A time before 1970 and a duration that is not a whole number.
$ add_facts 0000:0a:00.0 "${found_translated[@]}" measured_time=-1 measured_usecs=1e3
$ rm $BUS/devices/0000:0a:00.0/virtio_fixup/measured_reason
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: yes
  measured unacked: bypass
  measured acked: translated
  verdict: conditional
  basis: measured
  policy: auto
  admitted: yes
  reason: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
  view: platform
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-hostile-files
# Files that are missing, too long, not text, or not a number.
$ dir=$BUS/devices/0000:0a:00.0/virtio_fixup
$ rm $dir/verdict $dir/measured $dir/refused_opens
$ printf "2\n" > $dir/admitted
$ printf "a\033[2Jb\rc\xffd\x9b\n" > $dir/reason
$ head -c 100000 /dev/zero | tr "\0" x > $dir/remedy
$ head -c 9000 /dev/zero > $dir/view
$ printf "%%s%%n\n" > $dir/policy
$ printf "18446744073709551615\n" > $dir/refused_features_ok
$ printf "12abc\n" > $dir/refused_partial
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: yes
  measured unacked: unknown: the driver does not say
  measured acked: unknown: the driver does not say
  measured at: none
  measured usecs: 0
  verdict: unknown: the driver does not say
  basis: declared
  policy: unknown: the driver does not say
  admitted: unknown: the driver does not say
  reason: a?[2Jb?c?d?
  remedy: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  view: unknown: the driver does not say
  open: no
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "%s%n" in virtio_fixup/policy, which this vfio-virtio-fixup does not know; use the version that came with the driver
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "2" in virtio_fixup/admitted, which this vfio-virtio-fixup does not know; use the version that came with the driver

=== live-show-no-files
# The driver is bound but has no files.
$ rm -r $BUS/devices/0000:0a:00.0/virtio_fixup
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: unknown: the driver does not say
  measured unacked: unknown: the driver does not say
  measured acked: unknown: the driver does not say
  verdict: unknown: the driver does not say
  basis: unknown
  policy: unknown: the driver does not say
  admitted: unknown: the driver does not say
  reason: unknown
  view: unknown: the driver does not say
  open: unknown: the driver does not say

=== live-show-no-config
# Configuration space cannot be read at all.
$ rm $BUS/devices/0000:02:00.0/config
$ fixup show 02:00.0
  address: 0000:02:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 0000:0000, revision 00
  driver: virtio_fixup_vfio_pci
  iommu group: 2
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 0
  capability list: unread
  configuration windows: 0
  room for the description: unknown
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 0
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  open: yes
  refused_opens: 0
  refused_features_ok: 3
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-outside-bar
# The common configuration lies beyond the end of its BAR.
$ sed -i "5s/.*/0x00000000fe800000 0x00000000fe800fff 0x000000000014220c/" \
	$BUS/devices/0000:0a:00.0/resource
$ set_bytes $BUS/devices/0000:0a:00.0/config 0x8d 40
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  configuration windows: 1
  room for the description: 0xe8
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 0
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== live-show-looping
# A capability list that loops.
$ set_bytes $BUS/devices/0000:0a:00.0/config 0x85 b4
$ fixup show 0a:00.0
  address: 0000:0a:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: virtio_fixup_vfio_pci
  iommu group: 10
  platform: dmar0 (DMAR), domain DMA-FQ
  firmware describes: DMAR
  bytes of configuration space: 256
  capability list: malformed
  configuration windows: 0
  room for the description: unknown
  offered: yes
  measured unacked: not-run
  measured acked: not-run
  measured at: none
  measured usecs: 0
  verdict: conditional
  basis: declared
  policy: auto
  admitted: yes
  reason: it offers ACCESS_PLATFORM, and the ack is enforced
  view: platform
  open: no
  refused_opens: 0
  refused_features_ok: 0
  refused_driver_ok: 0
  refused_queue_enable: 0
  refused_late_features: 0
  refused_status_clear: 0
  refused_in_reset: 0
  refused_partial: 0
  refused_undeclared: 0
  refused_window: 0
  refused_mmap: 0
  refused_request: 0

=== dump-show
# Functions of a dump: two behind root ports, one on the root bus.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show 01:00.0 03:00.0 00:06.0
  address: 0000:01:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: unknown: a dump does not show it
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:01:00.0)
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it

  address: 0000:03:00.0
  type: rng (4)
  identity: transitional
  ids: 1af4:1005, subsystem 1af4:0004, revision 00
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xe8
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: unknown: a dump does not show it
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:03:00.0)
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it

  address: 0000:00:06.0
  type: 9p (9)
  identity: transitional
  ids: 1af4:1009, subsystem 1af4:0009, revision 00
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 1, offset 0x0, length 0x20
  structure: msix, BAR 1, offset 0x800, length 0x8
  structure: notify, BAR 4, offset 0x3000, length 0x1000
  structure: device, BAR 4, offset 0x2000, length 0x1000
  structure: isr, BAR 4, offset 0x1000, length 0x1000
  structure: common, BAR 4, offset 0x0, length 0x1000
  configuration windows: 1
  room for the description: 0xa4
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: unknown: a dump does not show it
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:00:06.0)
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it

=== dump-show-hostile
# Everything that can be wrong with a capability list or a structure.
$ vfio-virtio-fixup -F data/hostile.lspci show 01:00.0 02:00.0 03:00.0 04:00.0 05:00.0 \
	06:00.0 07:00.0 08:00.0 0a:00.0 0b:00.0 > golden/show-hostile

=== dump-show-shared-page
# A common configuration of less than a page.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci show 00:02.0
  address: 0000:00:02.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1042, revision 01
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: sound
  structure: common, BAR 0, offset 0x0, length 0x38
  structure: isr, BAR 0, offset 0x2000, length 0x1
  structure: device, BAR 0, offset 0x4000, length 0x1000
  structure: notify, BAR 0, offset 0x6000, length 0x1000
  structure: msix, BAR 0, offset 0x8000, length 0x20
  structure: msix, BAR 0, offset 0x48000, length 0x8
  configuration windows: 1
  room for the description: 0xa4
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: unknown: a dump does not show it
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:00:02.0)
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it

=== dump-show-hardware-one-page
# Notifications, too, are in the page of the common configuration.
$ vfio-virtio-fixup -F data/hardware-one-page.lspci show 41:00.0
  address: 0000:41:00.0
  type: net (1)
  identity: modern
  ids: 1af4:1041, subsystem 1dd8:4001, revision 01
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: sound
  structure: msix, BAR 2, offset 0x0, length 0x410
  structure: msix, BAR 2, offset 0x1000, length 0x10
  structure: common, BAR 0, offset 0x100, length 0x38
  structure: notify, BAR 0, offset 0x800, length 0x800, shares a page with common: trapped, not mapped
  structure: isr, BAR 0, offset 0x400, length 0x400, shares a page with common: trapped, not mapped
  structure: device, BAR 0, offset 0x200, length 0x100, shares a page with common: trapped, not mapped
  configuration windows: 1
  room for the description: none
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: unknown: a dump does not show it
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:41:00.0)
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it

=== dump-show-all-in-one-page
# Every structure is in that page, MSI-X as well.
$ vfio-virtio-fixup -F data/all-in-one-page.lspci show 00:03.0
  address: 0000:00:03.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1042, revision 01
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: sound
  structure: common, BAR 0, offset 0x0, length 0x3c
  structure: isr, BAR 0, offset 0x3c, length 0x1, shares a page with common: trapped, not mapped
  structure: notify, BAR 0, offset 0x40, length 0x2, shares a page with common: trapped, not mapped
  structure: msix, BAR 0, offset 0x58, length 0x20, shares a page with common: trapped, not mapped
  structure: msix, BAR 0, offset 0x78, length 0x8, shares a page with common: trapped, not mapped
  structure: device, BAR 0, offset 0x44, length 0x10, shares a page with common: trapped, not mapped
  structure: shared-memory, BAR 2, offset 0x0, length 0x1000000
  configuration windows: 0
  room for the description: 0xb0
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: unknown: a dump does not show it
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:00:03.0)
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it

=== dump-show-ivshmem
# A function that has virtio's vendor ID and is not virtio.
$ vfio-virtio-fixup -F data/hostile.lspci show 09:00.0
! vfio-virtio-fixup: 0000:09:00.0: not a virtio function; see vfio-virtio-fixup list
[4]

=== dump-show-partly
# One function of two can be shown.
$ vfio-virtio-fixup -F data/hostile.lspci show 01:00.0 09:00.0
  address: 0000:01:00.0
  type: blk (2)
  identity: modern
  ids: 1af4:1042, subsystem 1af4:1100, revision 01
  driver: unknown: a dump does not show it
  iommu group: unknown: a dump does not show it
  platform: unknown: a dump does not show it
  firmware describes: unknown: a dump does not show it
  bytes of configuration space: 256
  capability list: malformed
  configuration windows: 0
  room for the description: unknown
  offered: unknown: a dump does not show it
  measured unacked: unknown: a dump does not show it
  measured acked: unknown: a dump does not show it
  verdict: unknown: a dump does not show it
  basis: none
  policy: unknown: a dump does not show it
  admitted: no
  reason: its capability at 0xb4 is in its list twice, and VFIO cannot be given such a list
  remedy: have its hypervisor or firmware mend its configuration space
  view: unknown: a dump does not show it
  open: unknown: a dump does not show it
! vfio-virtio-fixup: 0000:09:00.0: not a virtio function; see vfio-virtio-fixup list
[5]
