# SPDX-License-Identifier: GPL-2.0-only
#
# Layouts that are not QEMU's, and how notifications get through them.

=== all-in-one-page
# The dump all-in-one-page.
$ dump() { vfio-virtio-fixup -F data/all-in-one-page.lspci "$@"; }
$ dump list
  BDF           TYPE  IDENTITY  VERDICT            ADMITTED
  0000:00:02.0  pmem  modern    bypass (protocol)  no
  0000:00:03.0  blk   modern    -                  -
  0000:00:04.0  fs    modern    -                  -
$ dump explain 00:02.0
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
$ dump explain 00:03.0
  What it is:
    0000:00:03.0 is a modern virtio-blk function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:00:03.0"
    and then "vfio-virtio-fixup explain 0000:00:03.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure shares a page with the common
    configuration, where each access is checked (with pages of 4096 bytes, which
    is assumed).
    What would help: a hypervisor or firmware that gives its notifications pages
    of their own.
$ dump explain 00:04.0
  What it is:
    0000:00:04.0 is a modern virtio-fs function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:00:04.0"
    and then "vfio-virtio-fixup explain 0000:00:04.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: virtio-fs: its back
    end cannot do it; share the files another way, such as a disk, 9p or NFS.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure shares a page with the common
    configuration, where each access is checked (with pages of 4096 bytes, which
    is assumed).
    What would help: a hypervisor or firmware that gives its notifications pages
    of their own.

=== hardware-blk-one-bar
# The dump hardware-blk-one-bar.
$ dump() { vfio-virtio-fixup -F data/hardware-blk-one-bar.lspci "$@"; }
$ dump list
  BDF           TYPE  IDENTITY  VERDICT  ADMITTED
  0000:48:00.0  blk   modern    -        -
$ dump explain 48:00.0
  What it is:
    0000:48:00.0 is a modern virtio-blk function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:48:00.0"
    and then "vfio-virtio-fixup explain 0000:48:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes, which is assumed).

=== hardware-one-page
# The dump hardware-one-page.
$ dump() { vfio-virtio-fixup -F data/hardware-one-page.lspci "$@"; }
$ dump list
  BDF           TYPE  IDENTITY      VERDICT  ADMITTED
  0000:41:00.0  net   modern        -        -
  0000:41:00.1  net   transitional  -        -
$ dump explain 41:00.0
  What it is:
    0000:41:00.0 is a modern virtio-net function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x100) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:41:00.0"
    and then "vfio-virtio-fixup explain 0000:41:00.0".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure shares a page with the common
    configuration, where each access is checked (with pages of 4096 bytes, which
    is assumed).
    What would help: a hypervisor or firmware that gives its notifications pages
    of their own.
$ dump explain 41:00.1
  What it is:
    0000:41:00.1 is a transitional virtio-net function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x100) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

  Verdict:
    unknown (none).
    Nothing is known about where its DMA goes.

  Admission:
    Not decided: that is done when virtio_fixup_vfio_pci is bound to it.

  With vfio-pci, which enforces nothing:
    Not safe: nothing is known about where its DMA goes.

  What to do:
    On the host that has the function, run "vfio-virtio-fixup bind 0000:41:00.1"
    and then "vfio-virtio-fixup explain 0000:41:00.1".
    If the function then bypasses the IOMMU: the fix belongs to the hypervisor
    that gives this host the function (L0), not to this host, and takes effect
    when this machine is started anew. What it needs there: QEMU:
    iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>.

  What L2 will see:
    That is decided when it is bound and opened.
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure shares a page with the common
    configuration, where each access is checked (with pages of 4096 bytes, which
    is assumed).
    What would help: a hypervisor or firmware that gives its notifications pages
    of their own.

=== transitional-memory-bar0
# The dump transitional-memory-bar0.
$ dump() { vfio-virtio-fixup -F data/transitional-memory-bar0.lspci "$@"; }
$ dump list
  BDF           TYPE  IDENTITY      VERDICT  ADMITTED
  0000:82:00.1  net   transitional  -        -
$ dump explain 82:00.1
  What it is:
    0000:82:00.1 is a transitional virtio-net function.

  What is known:
    This is a dump, so only its configuration space was read: that shows its type,
    its identity and where its structures are.
    Whether it offers VIRTIO_F_ACCESS_PLATFORM (bit 33) stands in its common
    configuration (BAR 0, offset 0x0) and not in configuration space: two
    functions whose configuration space is identical can differ in it.

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
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes, which is assumed).

=== vf-reads-ffff
# The dump vf-reads-ffff.
$ dump() { vfio-virtio-fixup -F data/vf-reads-ffff.lspci "$@"; }
$ dump list
  BDF           TYPE  IDENTITY  VERDICT  ADMITTED
  0000:48:00.0  blk   modern    -        -
! vfio-virtio-fixup: 0000:48:00.1: warning: it is a virtual function (VF), and its IDs read ffff:ffff, because they are in its physical function; look at it on its host, where the kernel knows them
$ dump explain 48:00.1
! vfio-virtio-fixup: 0000:48:00.1: it is a virtual function (VF), and its IDs read ffff:ffff, because they are in its physical function; look at it on its host, where the kernel knows them
[4]

=== notifications-pages
# A page of notifications is mapped; larger pages of this host have the common configuration, too.
$ say() { fixup explain 0a:00.0 | grep -A4 notifications; }
$ say
    Its notifications are mapped: L2 writes them to the hardware, without an exit
    to this host (with pages of 4096 bytes).
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.
$ FAKE_PAGE_SIZE=16384 say
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure shares a page with the common
    configuration, where each access is checked (with pages of 16384 bytes).
    What would help: a kernel of this host with pages of 4096 bytes.
    The verdict stands in its configuration space at 0xe8, where
$ FAKE_PAGE_SIZE=65536 say
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure shares a page with the common
    configuration, where each access is checked (with pages of 65536 bytes).
    What would help: a kernel of this host with pages of 4096 bytes.
    The verdict stands in its configuration space at 0xe8, where

=== notifications-shorter
# They do not fill their page; and fill one, but not the next.
$ fixup show 0a:00.0 | grep 'kind notify'
  structure: kind notify, bar 4, offset 0x3000, length 0x1000, shares page with common no
$ set_bytes $BUS/devices/0000:0a:00.0/config 0xc0 00 08 00 00
$ say() { fixup explain 0a:00.0 | grep -A4 notifications; }
$ say
    Its notifications are trapped, each an exit to this host, which slows down
    small requests most: its notification structure does not fill the pages that
    it is in (with pages of 4096 bytes).
    What would help: a hypervisor or firmware that gives its notifications pages
    of their own.
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.
$ set_bytes $BUS/devices/0000:0a:00.0/config 0xc0 00 18 00 00
$ say
    Its notifications are in part trapped, each an exit to this host, which slows
    down small requests most: its notification structure does not fill the pages
    that it is in (with pages of 4096 bytes).
    What would help: a hypervisor or firmware that gives its notifications pages
    of their own.
    The verdict stands in its configuration space at 0xe8, where
    "vfio-virtio-fixup describe" finds it in L2.
