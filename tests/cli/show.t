# SPDX-License-Identifier: GPL-2.0-only
#
# show: all that is known of a function, a fact a line.

=== live-show-ours
# A function of ours that a guest uses.
$ fixup show 02:00.0
  address: 0000:02:00.0
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
  iommu group: 2
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  open: yes
  refused opens: 0
  refused binds: 0
  refused features ok: 3
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

=== live-show-refused
# A function of ours that bypasses.
$ fixup show 0000:01:00.0
  address: 0000:01:00.0
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
  iommu group: 1
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  verdict: bypass
  basis: declared
  policy: auto
  admitted: no
  reason: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
  remedy: have its hypervisor put it behind the IOMMU
  without enforcement: admitted no, reason it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
  with enforcement: admitted no, reason it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
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

=== live-show-not-bound
# A function of virtio-pci's: the driver's facts are unknown.
$ fixup show 06:00.0
  address: 0000:06:00.0
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
  iommu group: 6
  group member: address 0000:06:00.1, driver virtio-pci, vfio viable no
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:06:00.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

=== live-show-domain
# A function in another PCI domain, which no driver has.
$ fixup show 0001:07:00.0
  address: 0001:07:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: record of virtio_fixup_vfio_pci
  unknown because: not bound to virtio_fixup_vfio_pci
  driver: none
  guarded: host
  guard: unknown
  iommu group: 7
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  admitted: unknown
  reason: it is measured again when it is bound
  remedy: bind it on its host (vfio-virtio-fixup bind 0001:07:00.0)
  without enforcement: admitted no, reason no measurement shows where its DMA goes, and only virtio_fixup_vfio_pci enforces the ack
  with enforcement: admitted unknown, reason it is measured again when it is bound
  view: unknown
  contradictions: none
  open: unknown
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
  iommu group: 1
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  verdict: bypass
  basis: declared
  policy: auto
  admitted: no
  reason: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
  remedy: have its hypervisor put it behind the IOMMU
  without enforcement: admitted no, reason it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
  with enforcement: admitted no, reason it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  contradictions: offers-but-bypasses described-but-bypasses translated-but-hides
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

=== live-show-void
# A measurement that no longer stands.
$ add_facts 0000:0a:00.0 "measured_reason=what it offers has changed since it was measured" \
	measured_usecs=1834
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  measured usecs: 1834
  measured reason: what it offers has changed since it was measured
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

=== live-show-hostile-time
# A time before 1970 and a duration that is not a whole number.
$ add_facts 0000:0a:00.0 "${found_translated[@]}" measured_time=-1 measured_usecs=1e3
$ rm $BUS/devices/0000:0a:00.0/virtio_fixup/measured_reason
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  measured unacked: bypass
  measured acked: translated
  measured forced: not-run
  measured last: unacked bypass, acked translated, forced not-run
  measured last time: 0
  measured pending: no
  measured time: unknown
  measured at: unknown
  measured usecs: unknown
  measured reason: unknown
  verdict: conditional
  basis: measured
  policy: auto
  admitted: yes
  reason: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
  remedy: 
  without enforcement: admitted no, reason it is translated only while ACCESS_PLATFORM is acked, and only virtio_fixup_vfio_pci enforces the ack
  with enforcement: admitted yes, reason its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  measured unacked: unknown
  measured acked: unknown
  measured forced: not-run
  measured last: unacked not-run, acked not-run, forced not-run
  measured last time: 0
  measured pending: no
  measured time: 0
  measured at: none
  measured usecs: 0
  measured reason: 
  verdict: unknown
  basis: declared
  policy: unknown
  admitted: unknown
  reason: a?[2Jb?c?d?
  remedy: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  without enforcement: admitted no, reason no measurement shows where its DMA goes, and only virtio_fixup_vfio_pci enforces the ack
  with enforcement: admitted unknown, reason a?[2Jb?c?d?
  view: unknown
  contradictions: none
  open: no
  refused binds: 0
  refused driver ok: 0
  refused queue enable: 0
  refused absent queue: 0
  refused late features: 0
  refused status clear: 0
  refused in reset: 0
  refused undeclared: 0
  refused window: 0
  refused mmap: 0
  refused request: 0
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "%s%n" in virtio_fixup/policy, which this vfio-virtio-fixup does not know; use the version that came with the driver
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "2" in virtio_fixup/admitted, which this vfio-virtio-fixup does not know; use the version that came with the driver

=== live-show-no-files
# The driver is bound but has no files.
$ rm -r $BUS/devices/0000:0a:00.0/virtio_fixup
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
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
  verdict: unknown
  basis: unknown
  policy: unknown
  admitted: unknown
  reason: unknown
  remedy: unknown
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason unknown
  view: unknown
  contradictions: none
  open: unknown

=== live-show-no-config
# Configuration space cannot be read at all.
$ rm $BUS/devices/0000:02:00.0/config
$ fixup show 02:00.0
  address: 0000:02:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 0000
  subsystem id: 0000
  revision: 00
  source: virtio_fixup_vfio_pci
  unknown because: the driver does not say
  driver: virtio_fixup_vfio_pci
  guarded: guarded
  guard: unknown
  iommu group: 2
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
  config bytes: 0
  capability list: unread
  notifications: unknown
  config windows: 0
  description room: unknown
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
  open: yes
  refused opens: 0
  refused binds: 0
  refused features ok: 3
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

=== live-show-outside-bar
# The common configuration lies beyond the end of its BAR.
$ sed -i "5s/.*/0x00000000fe800000 0x00000000fe800fff 0x000000000014220c/" \
	$BUS/devices/0000:0a:00.0/resource
$ set_bytes $BUS/devices/0000:0a:00.0/config 0x8d 40
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
  config bytes: 256
  capability list: sound
  structure: kind msix, bar 1, offset 0x0, length 0x20, shares page with common no
  structure: kind msix, bar 1, offset 0x800, length 0x8, shares page with common no
  notifications: unknown
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
  without enforcement: admitted no, reason it has no usable common configuration structure
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

=== live-show-looping
# A capability list that loops.
$ set_bytes $BUS/devices/0000:0a:00.0/config 0x85 b4
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
  platform: iommu dmar0, iommu class intel-iommu, described by DMAR, domain DMA-FQ, no iommu mode no, firmware DMAR
  config bytes: 256
  capability list: malformed
  notifications: unknown
  config windows: 0
  description room: unknown
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
  without enforcement: admitted no, reason it has no usable common configuration structure
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

=== dump-show
# Functions of a dump: two behind root ports, one on the root bus.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show 01:00.0 03:00.0 00:06.0
  address: 0000:01:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: configuration space
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:01:00.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

  address: 0000:03:00.0
  type: rng
  type number: 4
  identity: transitional
  vendor id: 1af4
  device id: 1005
  subsystem vendor id: 1af4
  subsystem id: 0004
  revision: 00
  source: configuration space
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:03:00.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

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
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:00:06.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

=== dump-show-hostile
# Everything that can be wrong with a capability list or a structure.
$ vfio-virtio-fixup -F data/hostile.lspci show 01:00.0 02:00.0 03:00.0 04:00.0 05:00.0 \
	06:00.0 07:00.0 08:00.0 0a:00.0 0b:00.0 > golden/show-hostile

=== dump-show-shared-page
# A common configuration of less than a page.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci show 00:02.0
  address: 0000:00:02.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1042
  revision: 01
  source: configuration space
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
  config bytes: 256
  capability list: sound
  structure: kind common, bar 0, offset 0x0, length 0x38, shares page with common no
  structure: kind isr, bar 0, offset 0x2000, length 0x1, shares page with common no
  structure: kind device, bar 0, offset 0x4000, length 0x1000, shares page with common no
  structure: kind notify, bar 0, offset 0x6000, length 0x1000, shares page with common no
  structure: kind msix, bar 0, offset 0x8000, length 0x20, shares page with common no
  structure: kind msix, bar 0, offset 0x48000, length 0x8, shares page with common no
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:00:02.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

=== dump-show-hardware-one-page
# Notifications, too, are in the page of the common configuration.
$ vfio-virtio-fixup -F data/hardware-one-page.lspci show 41:00.0
  address: 0000:41:00.0
  type: net
  type number: 1
  identity: modern
  vendor id: 1af4
  device id: 1041
  subsystem vendor id: 1dd8
  subsystem id: 4001
  revision: 01
  source: configuration space
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
  config bytes: 256
  capability list: sound
  structure: kind msix, bar 2, offset 0x0, length 0x410, shares page with common no
  structure: kind msix, bar 2, offset 0x1000, length 0x10, shares page with common no
  structure: kind common, bar 0, offset 0x100, length 0x38, shares page with common no
  structure: kind notify, bar 0, offset 0x800, length 0x800, shares page with common yes
  structure: kind isr, bar 0, offset 0x400, length 0x400, shares page with common yes
  structure: kind device, bar 0, offset 0x200, length 0x100, shares page with common yes
  notifications: trapped
  config windows: 1
  description room: none
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:41:00.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

=== dump-show-all-in-one-page
# Every structure is in that page, MSI-X as well.
$ vfio-virtio-fixup -F data/all-in-one-page.lspci show 00:03.0
  address: 0000:00:03.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1042
  revision: 01
  source: configuration space
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
  config bytes: 256
  capability list: sound
  structure: kind common, bar 0, offset 0x0, length 0x3c, shares page with common no
  structure: kind isr, bar 0, offset 0x3c, length 0x1, shares page with common yes
  structure: kind notify, bar 0, offset 0x40, length 0x2, shares page with common yes
  structure: kind msix, bar 0, offset 0x58, length 0x20, shares page with common yes
  structure: kind msix, bar 0, offset 0x78, length 0x8, shares page with common yes
  structure: kind device, bar 0, offset 0x44, length 0x10, shares page with common yes
  structure: kind shared-memory, bar 2, offset 0x0, length 0x1000000, shares page with common no
  notifications: trapped
  config windows: 0
  description room: 0xb0
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: unknown
  reason: configuration space does not show its feature bits
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:00:03.0)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown

=== dump-show-ivshmem
# A function that has virtio's vendor ID and is not virtio.
$ vfio-virtio-fixup -F data/hostile.lspci show 09:00.0
! vfio-virtio-fixup: 0000:09:00.0: not a virtio function; see vfio-virtio-fixup list
[4]

=== dump-show-partly
# One function of two can be shown.
$ vfio-virtio-fixup -F data/hostile.lspci show 01:00.0 09:00.0
  address: 0000:01:00.0
  type: blk
  type number: 2
  identity: modern
  vendor id: 1af4
  device id: 1042
  subsystem vendor id: 1af4
  subsystem id: 1100
  revision: 01
  source: configuration space
  unknown because: a dump does not show it
  driver: unknown
  guarded: unknown
  guard: unknown
  iommu group: unknown
  platform: iommu unknown, iommu class unknown, described by unknown, domain unknown, no iommu mode unknown, firmware none
  config bytes: 256
  capability list: malformed
  notifications: unknown
  config windows: 0
  description room: unknown
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
  verdict: unknown
  basis: none
  policy: unknown
  admitted: no
  reason: its capability at 0xb4 is in its list twice, and VFIO cannot be given such a list
  remedy: have its hypervisor or firmware mend its configuration space
  without enforcement: admitted no, reason its capability at 0xb4 is in its list twice, and VFIO cannot be given such a list
  with enforcement: admitted no, reason its capability at 0xb4 is in its list twice, and VFIO cannot be given such a list
  view: unknown
  contradictions: none
  open: unknown
! vfio-virtio-fixup: 0000:09:00.0: not a virtio function; see vfio-virtio-fixup list
[5]
