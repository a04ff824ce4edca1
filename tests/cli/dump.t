# SPDX-License-Identifier: GPL-2.0-only
#
# -F: dumps as people paste and cut them.

=== dump-pasted
# Indented; quoted, as in a mail; and with a byte order mark: each shows the same.
$ sed 's/^/    /' data/transitional-memory-bar0.lspci > indented
$ sed 's/^/> /' data/transitional-memory-bar0.lspci > quoted
$ { printf '\xef\xbb\xbf'; cat data/transitional-memory-bar0.lspci; } > bom
$ vfio-virtio-fixup -F indented show 82:00.1 | tee shown
  address: 0000:82:00.1
  type: net
  type number: 1
  identity: transitional
  vendor id: 1af4
  device id: 1000
  subsystem vendor id: 8086
  subsystem id: 0001
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
  structure: kind msix, bar 4, offset 0x0, length 0x110, shares page with common no
  structure: kind msix, bar 4, offset 0x2000, length 0x8, shares page with common no
  structure: kind common, bar 0, offset 0x0, length 0x38, shares page with common no
  structure: kind isr, bar 0, offset 0x1000, length 0x1, shares page with common no
  structure: kind device, bar 0, offset 0x2000, length 0x100, shares page with common no
  structure: kind notify, bar 0, offset 0x3000, length 0x1000, shares page with common no
  notifications: mapped
  config windows: 0
  description room: 0xe4
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
  remedy: bind it on its host (vfio-virtio-fixup bind 0000:82:00.1)
  without enforcement: admitted no, reason nothing is known about where its DMA goes
  with enforcement: admitted unknown, reason configuration space does not show its feature bits
  view: unknown
  contradictions: none
  open: unknown
$ vfio-virtio-fixup -F quoted show 82:00.1 | cmp - shown
$ vfio-virtio-fixup -F bom show 82:00.1 | cmp - shown

=== dump-line-ends
# Lines that end as on Windows.
$ sed 's/^/> /; s/$/\r/' data/transitional-memory-bar0.lspci > crlf
$ vfio-virtio-fixup -F crlf list
  BDF           TYPE  IDENTITY      VERDICT  ADMITTED
  0000:82:00.1  net   transitional  -        -

=== dump-trailing-words
# Words and characters behind the bytes, and text around the functions.
$ { echo 'see 01:00.0 for the disk'; echo '01:00.0 is this:'; \
	sed '/^[0-9a-f]*: /s/$/  |....be ad|/' data/firecracker-guest.lspci; echo 'ad: nauseam'; } > words
$ vfio-virtio-fixup -F words list
  BDF           TYPE     IDENTITY  VERDICT            ADMITTED
  0000:00:01.0  balloon  modern    bypass (protocol)  no
  0000:00:02.0  blk      modern    -                  -
  0000:00:03.0  net      modern    -                  -
  0000:00:04.0  vsock    modern    -                  -
  0000:00:05.0  rng      modern    -                  -

=== dump-verbose
# What lspci -vvvxxxx writes between.
$ awk '{ print } /^0000:/ || /^[0-9a-f]+:[0-9a-f]+\.[0-7] / { print "\tSubsystem: Red Hat, Inc."; \
	print "\tCapabilities: [84] MSI-X: Enable+ Count=3" }' data/qemu-q35-root-ports.lspci > verbose
$ grep -c Subsystem verbose
  15
$ vfio-virtio-fixup -F verbose list
  BDF           TYPE  IDENTITY      VERDICT  ADMITTED
  0000:00:06.0  9p    transitional  -        -
  0000:01:00.0  blk   modern        -        -
  0000:02:00.0  blk   modern        -        -
  0000:03:00.0  rng   transitional  -        -
  0000:04:00.0  net   modern        -        -
  0000:05:00.0  blk   transitional  -        -

=== dump-standard-input
# A dump that is piped into it.
$ sed 's/^/> /' data/transitional-memory-bar0.lspci | vfio-virtio-fixup -F - list
  BDF           TYPE  IDENTITY      VERDICT  ADMITTED
  0000:82:00.1  net   transitional  -        -
$ vfio-virtio-fixup -F - list
! vfio-virtio-fixup: standard input: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]

=== dump-cut-in-line
# Cut off in the middle of a line: the bytes before count.
$ head -c 580 data/transitional-memory-bar0.lspci > cut
$ vfio-virtio-fixup -F cut show 82:00.1 | grep -e bytes -e capability
  config bytes: 152
  capability list: unread
! vfio-virtio-fixup: 0000:82:00.1: warning: the dump is truncated: its configuration space ends at 0x98

=== dump-line-cut
# A line in the middle lost its end: what follows is no byte, and the next line is too far.
$ sed 's/^40: .*/40: 09 00 10 01 abcdef01/' data/transitional-memory-bar0.lspci > lost
$ vfio-virtio-fixup -F lost show 82:00.1 | grep -e bytes -e capability
  config bytes: 68
  capability list: unread
! vfio-virtio-fixup: 0000:82:00.1: warning: the dump is truncated: its configuration space ends at 0x44

=== dump-line-missing
# A line was lost: what comes after it is not where it seems to be.
$ sed '/^40: /d' data/transitional-memory-bar0.lspci > lost
$ vfio-virtio-fixup -F lost explain 82:00.1
  What it is:
    0000:82:00.1 is a virtio-net function.

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
    On the host that has the function, run "vfio-virtio-fixup bind 0000:82:00.1"
    and then "vfio-virtio-fixup explain 0000:82:00.1".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
! vfio-virtio-fixup: 82:00.1: warning: the dump lacks its line 40; what comes behind that is not read

=== dump-without-bytes
# lspci without -xxxx.
$ grep '^[0-9a-f]*:[0-9a-f]*\.' data/firecracker-guest.lspci > names
$ vfio-virtio-fixup -F names list
! vfio-virtio-fixup: names: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]

=== dump-is-folder
# A folder cannot be read.
$ vfio-virtio-fixup -F data list
! vfio-virtio-fixup: data: cannot be read: Is a directory
[1]
