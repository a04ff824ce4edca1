# SPDX-License-Identifier: GPL-2.0-only
#
# show --config: where each byte of configuration space comes from. Spaces that no
# dump in tests/data has are made from one that is there.

=== config-qemu-root-port
# A function behind a root port.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show --config 01:00.0
  address: 0000:01:00.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's
  0x100-0xfff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-qemu-root-bus
# A function on the root bus.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci --config show 00:06.0
  address: 0000:00:06.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x001  header                       constant                        image          dropped                           as it was at open
  0x002-0x003  header                       modern identity                 image          dropped                           of a transitional function
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x008  header                       modern identity                 image          dropped                           of a transitional function
  0x009-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x013  header                       modern identity                 image          dropped                           of a transitional function
  0x014-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02d  header                       constant                        image          dropped                           as it was at open
  0x02e-0x02f  header                       modern identity                 image          dropped                           of a transitional function
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x04f  virtio common configuration  constant                        image          dropped                           as it was at open
  0x050-0x05f  virtio ISR                   constant                        image          dropped                           as it was at open
  0x060-0x06f  virtio device configuration  constant                        image          dropped                           as it was at open
  0x070-0x083  virtio notification          constant                        image          dropped                           as it was at open
  0x084-0x087  virtio configuration access  constant                        image          dropped                           as it was at open
  0x088-0x097  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x098-0x099  MSI-X                        constant                        image          dropped                           as it was at open
  0x09a-0x09b  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x09c-0x0a3  MSI-X                        constant                        image          dropped                           as it was at open
  0x0a4-0x0bb  description                  description                     image          dropped                           of this view, not the function's
  0x0bc-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-firecracker
# A function of Firecracker.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci show 00:02.0 --config
  address: 0000:00:02.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x04f  virtio common configuration  constant                        image          dropped                           as it was at open
  0x050-0x05f  virtio ISR                   constant                        image          dropped                           as it was at open
  0x060-0x06f  virtio device configuration  constant                        image          dropped                           as it was at open
  0x070-0x083  virtio notification          constant                        image          dropped                           as it was at open
  0x084-0x087  virtio configuration access  constant                        image          dropped                           as it was at open
  0x088-0x097  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x098-0x099  MSI-X                        constant                        image          dropped                           as it was at open
  0x09a-0x09b  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x09c-0x0a3  MSI-X                        constant                        image          dropped                           as it was at open
  0x0a4-0x0bb  description                  description                     image          dropped                           of this view, not the function's
  0x0bc-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-crosvm
# A function of crosvm, after tests/unit/config_space.c: Firecracker's with shared
# memory.
$ config_of data/firecracker-guest.lspci 00:02.0 > c
$ set_bytes c 0x98 09 b0 18 08 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 02 00 00 00
$ set_bytes c 0xb0 11 00 02 00 00 60 00 00 00 70 00 00
$ as_dump c 00:05.0 > crosvm.lspci
$ vfio-virtio-fixup -F crosvm.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x04f  virtio common configuration  constant                        image          dropped                           as it was at open
  0x050-0x05f  virtio ISR                   constant                        image          dropped                           as it was at open
  0x060-0x06f  virtio device configuration  constant                        image          dropped                           as it was at open
  0x070-0x083  virtio notification          constant                        image          dropped                           as it was at open
  0x084-0x087  virtio configuration access  constant                        image          dropped                           as it was at open
  0x088-0x097  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x098-0x0af  virtio shared memory         constant                        image          dropped                           as it was at open
  0x0b0-0x0b1  MSI-X                        constant                        image          dropped                           as it was at open
  0x0b2-0x0b3  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0b4-0x0bb  MSI-X                        constant                        image          dropped                           as it was at open
  0x0bc-0x0d3  description                  description                     image          dropped                           of this view, not the function's
  0x0d4-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-described
# What this machine's own host described is data like any other.
$ vfio-virtio-fixup -F data/description.lspci show --config 01:00.0
  address: 0000:01:00.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's

=== config-json
# The ranges as JSON.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show --config --json 01:00.0 > golden/config.json

=== config-hostile
# Lists that loop, lead nowhere or overlap.
$ vfio-virtio-fixup -F data/hostile.lspci show --config 01:00.0 02:00.0 07:00.0 08:00.0
  address: 0000:01:00.0
  config bytes: 256
  capability list: malformed
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x057  description                  description                     image          dropped                           of this view, not the function's
  0x058-0x083  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0db  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

  address: 0000:02:00.0
  config bytes: 256
  capability list: malformed
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x057  description                  description                     image          dropped                           of this view, not the function's
  0x058-0x083  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0db  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

  address: 0000:07:00.0
  config bytes: 256
  capability list: malformed
  RANGE        CAPABILITY  NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header      constant                        image          dropped                           as it was at open
  0x004-0x005  header      command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header      status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header      constant                        image          dropped                           as it was at open
  0x00c-0x00d  header      cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header      constant                        image          dropped                           as it was at open
  0x010-0x027  header      BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header      constant                        image          dropped                           as it was at open
  0x030-0x033  header      expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x03b  header      constant                        image          dropped                           as it was at open
  0x03c-0x03d  header      interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header      constant                        image          dropped                           as it was at open
  0x040-0x0ff  gap         no capability                   image          dropped                           reads 0 whatever is there

  address: 0000:08:00.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY  NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header      constant                        image          dropped                           as it was at open
  0x004-0x005  header      command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header      status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header      constant                        image          dropped                           as it was at open
  0x00c-0x00d  header      cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header      constant                        image          dropped                           as it was at open
  0x010-0x027  header      BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header      constant                        image          dropped                           as it was at open
  0x030-0x033  header      expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x03b  header      constant                        image          dropped                           as it was at open
  0x03c-0x03d  header      interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header      constant                        image          dropped                           as it was at open
  0x040-0x0ff  gap         no capability                   image          dropped                           reads 0 whatever is there

=== config-standard
# Capabilities that no virtio function has, of which some are hidden: 0x40 SSVID, 0x48
# VPD, 0x50 MSI with all it can have, 0x6c AF, 0x74 PCI-X, 0x7c of no known ID, 0x80
# SATA, 0x88 AGP, 0x94 HyperTransport, 0xb0 of a vendor. The list ends in a hidden
# one.
$ config_of data/firecracker-guest.lspci 00:02.0 > c
$ truncate -s 64 c
$ truncate -s 256 c
$ set_bytes c 0x34 40
$ set_bytes c 0x40 0d 48
$ set_bytes c 0x48 03 50
$ set_bytes c 0x50 05 6c 80 01
$ set_bytes c 0x6c 13 74 06 03
$ set_bytes c 0x74 07 7c
$ set_bytes c 0x7c 77 80
$ set_bytes c 0x80 12 88 10 00 04
$ set_bytes c 0x88 02 94
$ set_bytes c 0x94 08 b0 00 20
$ set_bytes c 0xb0 09 c8 08 33
$ set_bytes c 0xc8 14 00
$ as_dump c 00:05.0 > standard.lspci
$ vfio-virtio-fixup -F standard.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY       NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header           constant                        image          dropped                           as it was at open
  0x004-0x005  header           command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header           status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header           constant                        image          dropped                           as it was at open
  0x00c-0x00d  header           cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header           constant                        image          dropped                           as it was at open
  0x010-0x027  header           BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header           constant                        image          dropped                           as it was at open
  0x030-0x033  header           expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header           description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header           constant                        image          dropped                           as it was at open
  0x03c-0x03d  header           interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header           constant                        image          dropped                           as it was at open
  0x040-0x047  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x048-0x049  VPD              constant                        image          dropped                           as it was at open
  0x04a-0x04f  VPD              vital product data              vfio_pci_core  passed on                         a window of its own
  0x050-0x051  MSI              constant                        image          dropped                           as it was at open
  0x052-0x067  MSI              MSI                             vfio_pci_core  passed on                         the core's own; pending bits
  0x068-0x06b  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x06c-0x06f  AF               constant                        image          dropped                           as it was at open
  0x070-0x071  AF               advanced features               vfio_pci_core  passed on                         reset, pending bit
  0x072-0x073  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x074-0x075  PCI-X            constant                        image          dropped                           as it was at open
  0x076-0x07b  PCI-X            PCI-X                           vfio_pci_core  passed on                         command and status
  0x07c-0x07f  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x080-0x087  SATA             constant                        image          dropped                           as it was at open
  0x088-0x093  AGP              constant                        image          dropped                           as it was at open
  0x094-0x0ab  HyperTransport   constant                        image          dropped                           as it was at open
  0x0ac-0x0af  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x0b0-0x0b7  vendor-specific  constant                        image          dropped                           as it was at open
  0x0b8-0x0cf  description      description                     image          dropped                           of this view, not the function's
  0x0d0-0x0ff  gap              no capability                   image          dropped                           reads 0 whatever is there

=== config-lengths
# The same kinds in their other lengths: 0x40 SATA, 0x50 HyperTransport, 0x6c MSI, and
# PCI-X of version 2 at 0x78, for which the core looks for extended capabilities. The
# capability at 0x80 overlaps PCI-X and has the bytes.
$ config_of data/firecracker-guest.lspci 00:02.0 > c
$ truncate -s 64 c
$ truncate -s 4096 c
$ set_bytes c 0x34 40
$ set_bytes c 0x40 12 50 10 00 0f
$ set_bytes c 0x50 08 6c 00 00
$ set_bytes c 0x6c 05 78
$ set_bytes c 0x78 07 80 00 10
$ set_bytes c 0x80 09 00 04 00
$ extended c 0x100 0x0d 0
$ set_bytes c 0x104 20
$ as_dump c 00:05.0 > lengths.lspci
$ vfio-virtio-fixup -F lengths.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY       NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header           constant                        image          dropped                           as it was at open
  0x004-0x005  header           command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header           status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header           constant                        image          dropped                           as it was at open
  0x00c-0x00d  header           cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header           constant                        image          dropped                           as it was at open
  0x010-0x027  header           BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header           constant                        image          dropped                           as it was at open
  0x030-0x033  header           expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header           description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header           constant                        image          dropped                           as it was at open
  0x03c-0x03d  header           interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header           constant                        image          dropped                           as it was at open
  0x040-0x04f  SATA             constant                        image          dropped                           as it was at open
  0x050-0x06b  HyperTransport   constant                        image          dropped                           as it was at open
  0x06c-0x06d  MSI              constant                        image          dropped                           as it was at open
  0x06e-0x075  MSI              MSI                             vfio_pci_core  passed on                         the core's own; pending bits
  0x076-0x077  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x078-0x079  PCI-X            constant                        image          dropped                           as it was at open
  0x07a-0x07f  PCI-X            PCI-X                           vfio_pci_core  passed on                         command and status
  0x080-0x083  vendor-specific  constant                        image          dropped                           as it was at open
  0x084-0x08f  PCI-X            constant                        image          dropped                           as it was at open
  0x090-0x0a7  description      description                     image          dropped                           of this view, not the function's
  0x0a8-0x0ff  gap              no capability                   image          dropped                           reads 0 whatever is there
  0x100-0x127  ACS              constant                        image          dropped                           as it was at open
  0x128-0xfff  gap              no capability                   image          dropped                           reads 0 whatever is there

=== config-integrated-1
# PCI Express version 1 on a root bus, where it has no link.
$ config_of data/qemu-q35-root-ports.lspci 01:00.0 > c
$ set_bytes c 0x42 91
$ as_dump c 00:05.0 > integrated.lspci
$ vfio-virtio-fixup -F integrated.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x063  description                  description                     image          dropped                           of this view, not the function's
  0x064-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-integrated-2
# The same in version 2.
$ config_of data/qemu-q35-root-ports.lspci 01:00.0 > c
$ set_bytes c 0x42 92
$ as_dump c 00:05.0 > integrated.lspci
$ vfio-virtio-fixup -F integrated.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's

=== config-express-1
# PCI Express version 1 behind a port.
$ config_of data/qemu-q35-root-ports.lspci 01:00.0 > c
$ set_bytes c 0x42 01
$ as_dump c 00:05.0 > old.lspci
$ vfio-virtio-fixup -F old.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x053  PCI Express                  constant                        image          dropped                           as it was at open
  0x054-0x06b  description                  description                     image          dropped                           of this view, not the function's
  0x06c-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-all-hidden
# A list that leads nowhere but to hidden capabilities.
$ config_of data/qemu-q35-root-ports.lspci 01:00.0 > c
$ set_bytes c 0x34 40
$ set_bytes c 0x40 0d 48
$ set_bytes c 0x48 0d 00
$ as_dump c 00:05.0 > hidden.lspci
$ vfio-virtio-fixup -F hidden.lspci show --config 00:05.0
  address: 0000:00:05.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY  NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header      constant                        image          dropped                           as it was at open
  0x004-0x005  header      command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header      status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header      constant                        image          dropped                           as it was at open
  0x00c-0x00d  header      cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header      constant                        image          dropped                           as it was at open
  0x010-0x027  header      BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header      constant                        image          dropped                           as it was at open
  0x030-0x033  header      expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x03b  header      constant                        image          dropped                           as it was at open
  0x03c-0x03d  header      interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header      constant                        image          dropped                           as it was at open
  0x040-0x0ff  gap         no capability                   image          dropped                           reads 0 whatever is there

=== config-extended
# Extended space: every capability whose length is counted, PASID and DOE hidden, and
# a list that loops.
$ c=$BUS/devices/0000:02:00.0/config
$ extended_space $c
$ fixup show --config 02:00.0
  address: 0000:02:00.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's
  0x100-0x103  AER                          constant                        image          dropped                           as it was at open
  0x104-0x12b  AER                          advanced errors                 vfio_pci_core  passed on                         status and log
  0x12c-0x14f  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x150-0x153  power budgeting              constant                        image          dropped                           as it was at open
  0x154-0x15f  power budgeting              power budgeting                 vfio_pci_core  passed on                         has a selector
  0x160-0x167  ATS                          constant                        image          dropped                           as it was at open
  0x168-0x16f  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x170-0x17f  ACS                          constant                        image          dropped                           as it was at open
  0x180-0x18f  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x190-0x197  ACS                          constant                        image          dropped                           as it was at open
  0x198-0x19f  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x1a0-0x1bb  resizable BAR                constant                        image          dropped                           as it was at open
  0x1bc-0x1bf  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x1c0-0x1d3  DPA                          constant                        image          dropped                           as it was at open
  0x1d4-0x1df  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x1e0-0x1f3  TPH                          constant                        image          dropped                           as it was at open
  0x1f4-0x1ff  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x200-0x24f  virtual channel              constant                        image          dropped                           as it was at open
  0x250-0x267  vendor-specific              constant                        image          dropped                           as it was at open
  0x268-0x273  designated vendor-specific   constant                        image          dropped                           as it was at open
  0x274-0x2bf  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x2c0-0x2ff  SR-IOV                       constant                        image          dropped                           as it was at open
  0x300-0x30b  device serial number         constant                        image          dropped                           as it was at open
  0x30c-0x30f  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x310-0x317  ARI                          constant                        image          dropped                           as it was at open
  0x318-0x31f  LTR                          constant                        image          dropped                           as it was at open
  0x320-0x32f  PRI                          constant                        image          dropped                           as it was at open
  0x330-0x357  multicast                    constant                        image          dropped                           as it was at open
  0x358-0xfff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-extended-dump
# A dump of the same function shows the same.
$ c=$BUS/devices/0000:02:00.0/config
$ extended_space $c
$ as_dump $c 02:00.0 > extended.lspci
$ fixup show --config 02:00.0 > usual
$ vfio-virtio-fixup -F extended.lspci show --config 02:00.0 | diff usual -

=== config-extended-cut
# A dump that ends within extended space has none of it.
$ c=$BUS/devices/0000:02:00.0/config
$ extended_space $c
$ truncate -s 512 $c
$ as_dump $c 02:00.0 > cut.lspci
$ vfio-virtio-fixup -F cut.lspci show --config 02:00.0
  address: 0000:02:00.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's
! vfio-virtio-fixup: 0000:02:00.0: warning: the dump is truncated: its configuration space ends at 0x200

=== config-extended-hostile
# The list begins with a hidden capability and ends in lengths beyond the end of
# configuration space.
$ c=$BUS/devices/0000:02:00.0/config
$ truncate -s 4096 $c
$ extended $c 0x100 0x1b 0x140
$ extended $c 0x140 0x0b 0xff8
$ set_bytes $c 0x144 00 00 00 02
$ extended $c 0xff8 0x0b 0xffc
$ set_bytes $c 0xffc ff ff ff ff
$ fixup show --config 02:00.0
  address: 0000:02:00.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's
  0x100-0x103  hidden (0x001b)              constant                        image          dropped                           as it was at open
  0x104-0x13f  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x140-0x15f  vendor-specific              constant                        image          dropped                           as it was at open
  0x160-0xff7  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0xff8-0xfff  vendor-specific              constant                        image          dropped                           as it was at open

=== config-extended-end
# Capabilities that reach beyond the end of configuration space.
$ c=$BUS/devices/0000:02:00.0/config
$ truncate -s 4096 $c
$ extended $c 0x100 0x0b 0xffc
$ set_bytes $c 0x104 00 00 f0 ff
$ extended $c 0xffc 0x02 0xffc
$ fixup show --config 02:00.0
  address: 0000:02:00.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's
  0x100-0xffb  vendor-specific              constant                        image          dropped                           as it was at open
  0xffc-0xfff  virtual channel              constant                        image          dropped                           as it was at open

=== config-extended-hidden
# Nothing but hidden capabilities, the first because it has no length.
$ c=$BUS/devices/0000:02:00.0/config
$ truncate -s 4096 $c
$ extended $c 0x100 0x0b 0x140
$ extended $c 0x140 0x2e 0
$ fixup show --config 02:00.0
  address: 0000:02:00.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's
  0x100-0x103  hidden (0x000b)              constant                        image          dropped                           as it was at open
  0x104-0xfff  gap                          no capability                   image          dropped                           reads 0 whatever is there

=== config-standard-hostile
# A standard capability that reaches into extended space, without PCI Express to have
# the core look there; pointers that are not aligned, and into the header.
$ c=$BUS/devices/0000:0a:00.0/config
$ truncate -s 4096 $c
$ extended $c 0x100 0x01 0
$ set_bytes $c 0x34 fc
$ set_bytes $c 0xfc 09 7d ff 02
$ set_bytes $c 0x7d 01 10 00
$ set_bytes $c 0x10 01 00
$ fixup show --config 0a:00.0
  address: 0000:0a:00.0
  config bytes: 4096
  capability list: sound
  RANGE        CAPABILITY           NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header               constant                        image          dropped                           as it was at open
  0x004-0x005  header               command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header               status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header               constant                        image          dropped                           as it was at open
  0x00c-0x00d  header               cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header               constant                        image          dropped                           as it was at open
  0x010-0x017  PM                   constant                        image          dropped                           as it was at open
  0x018-0x033  header               constant                        image          dropped                           as it was at open
  0x034-0x034  header               description                     image          dropped                           of this view, not the function's
  0x035-0x03f  header               constant                        image          dropped                           as it was at open
  0x040-0x057  description          description                     image          dropped                           of this view, not the function's
  0x058-0x07c  gap                  no capability                   image          dropped                           reads 0 whatever is there
  0x07d-0x084  PM                   constant                        image          dropped                           as it was at open
  0x085-0x0fb  gap                  no capability                   image          dropped                           reads 0 whatever is there
  0x0fc-0x1fa  virtio notification  constant                        image          dropped                           as it was at open
  0x1fb-0xfff  gap                  no capability                   image          dropped                           reads 0 whatever is there

=== config-sysfs
# A function that is not ours, as it would be shown.
$ fixup show --config 06:00.0
  address: 0000:06:00.0
  config bytes: 256
  capability list: sound
  RANGE        CAPABILITY                   NAME                            READ FROM      WRITE                             WHY
  0x000-0x003  header                       constant                        image          dropped                           as it was at open
  0x004-0x005  header                       command                         vfio_pci_core  passed on, or done by the driver  the core has decoding and INTx
  0x006-0x007  header                       status                          vfio_pci_core  passed on                         the function raises bits of it
  0x008-0x00b  header                       constant                        image          dropped                           as it was at open
  0x00c-0x00d  header                       cache line size, latency timer  image          kept in the image                 have no effect
  0x00e-0x00f  header                       constant                        image          dropped                           as it was at open
  0x010-0x027  header                       BARs                            vfio_pci_core  passed on                         the core's own, while they are sized
  0x028-0x02f  header                       constant                        image          dropped                           as it was at open
  0x030-0x033  header                       expansion ROM                   vfio_pci_core  passed on                         the core's own, while it is sized
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x035-0x03b  header                       constant                        image          dropped                           as it was at open
  0x03c-0x03d  header                       interrupt line and pin          vfio_pci_core  passed on                         the core's own
  0x03e-0x03f  header                       constant                        image          dropped                           as it was at open
  0x040-0x047  PCI Express                  constant                        image          dropped                           as it was at open
  0x048-0x04b  PCI Express                  device control and status       vfio_pci_core  passed on                         resets, errors
  0x04c-0x067  PCI Express                  constant                        image          dropped                           as it was at open
  0x068-0x06b  PCI Express                  device control 2 and status 2   vfio_pci_core  passed on                         writable
  0x06c-0x073  PCI Express                  constant                        image          dropped                           as it was at open
  0x074-0x07b  gap                          no capability                   image          dropped                           reads 0 whatever is there
  0x07c-0x07f  PM                           constant                        image          dropped                           as it was at open
  0x080-0x083  PM                           power management control        vfio_pci_core  passed on                         state and status
  0x084-0x093  virtio common configuration  constant                        image          dropped                           as it was at open
  0x094-0x0a3  virtio ISR                   constant                        image          dropped                           as it was at open
  0x0a4-0x0b3  virtio device configuration  constant                        image          dropped                           as it was at open
  0x0b4-0x0c7  virtio notification          constant                        image          dropped                           as it was at open
  0x0c8-0x0cb  virtio configuration access  constant                        image          dropped                           as it was at open
  0x0cc-0x0db  virtio configuration access  configuration access            window         emulated                          an emulated window into the BARs
  0x0dc-0x0dd  MSI-X                        constant                        image          dropped                           as it was at open
  0x0de-0x0df  MSI-X                        MSI-X message control           vfio_pci_core  passed on                         enable and mask
  0x0e0-0x0e7  MSI-X                        constant                        image          dropped                           as it was at open
  0x0e8-0x0ff  description                  description                     image          dropped                           of this view, not the function's

=== config-not-root
# Without root the capabilities cannot be read.
$ without_root
$ FAKE_EUID=1000 fixup show --config 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: only 64 bytes of its configuration space could be read, and the capabilities lie beyond; root is needed
[1]

=== config-not-root-json
# The same as JSON: only the function that could be read has ranges.
$ truncate -s 64 $BUS/devices/0000:06:00.0/config
$ FAKE_EUID=1000 fixup show --config 06:00.0 02:00.0 --json | grep -E '"(address|config)"'
        "address": "0000:02:00.0",
        "config": [
! vfio-virtio-fixup: 0000:06:00.0: only 64 bytes of its configuration space could be read, and the capabilities lie beyond; root is needed
[5]

=== config-unsafe
# Of a function that the driver has, what the driver decided counts: with policy unsafe
# one that bypasses is shown with its own identity, as the hardware is.
$ qemu=data/qemu-q35-root-ports.lspci
$ add_function 0000:0b:00.0 $qemu 03:00.0 $OURS 11 virtio-pci
$ add_facts 0000:0b:00.0 "${bypassing[@]}" "measured=bypass not-run" policy=unsafe admitted=1
$ fixup show --config 0b:00.0 | grep -c 'modern identity'
  0
[1]
# Without it, as it would be shown if it did not bypass.
$ add_facts 0000:0b:00.0 "${bypassing[@]}" "measured=bypass not-run"
$ fixup show --config 0b:00.0 | grep 'modern identity'
  0x002-0x003  header                       modern identity                 image          dropped                           of a transitional function
  0x008-0x008  header                       modern identity                 image          dropped                           of a transitional function
  0x010-0x013  header                       modern identity                 image          dropped                           of a transitional function
  0x02e-0x02f  header                       modern identity                 image          dropped                           of a transitional function
# One that the driver does not admit at all, such as a balloon, is shown by unsafe only.
$ vfio-virtio-fixup -F data/firecracker-guest.lspci show --config 00:01.0 | grep description
  0x034-0x034  header                       description                     image          dropped                           of this view, not the function's
  0x0a4-0x0bb  description                  description                     image          dropped                           of this view, not the function's

=== config-no-group
# Without an IOMMU group nothing opens it; what is shown is the same as with one.
$ fixup show --config 00:06.0 | grep -c 'modern identity'
  4

=== config-truncated
# Dumps that end before the capabilities do.
$ vfio-virtio-fixup -F data/truncated.lspci show --config 01:00.0 02:00.0
! vfio-virtio-fixup: 0000:01:00.0: the dump has only 64 bytes of its configuration space; take it with lspci -xxxx as root
! vfio-virtio-fixup: 0000:02:00.0: warning: the dump is truncated: its configuration space ends at 0xa0
! vfio-virtio-fixup: 0000:02:00.0: the dump has only 160 bytes of its configuration space; take it with lspci -xxxx as root
[1]

=== config-no-config
# Configuration space cannot be read at all.
$ rm $BUS/devices/0000:02:00.0/config
$ fixup show --config 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: only 0 bytes of its configuration space could be read, and the capabilities lie beyond; it may be suspended or gone, see the kernel log
[1]

=== config-not-virtio
# A function that is not virtio.
$ fixup show --config 00:1f.2
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[4]

=== config-not-there
# No function has the address.
$ fixup show --config 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== config-bad-address
# 1:2 is not an address.
$ vfio-virtio-fixup show --config 1:2 -F data/hostile.lspci
! vfio-virtio-fixup: 1:2: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== config-does-not-apply-list
# Only show takes --config: list does not.
$ vfio-virtio-fixup list --config 01:00.0
! vfio-virtio-fixup: list: takes no --config; see vfio-virtio-fixup help list
[2]

=== config-does-not-apply-explain
# explain takes no --config.
$ vfio-virtio-fixup explain --config 01:00.0
! vfio-virtio-fixup: explain: takes no --config; see vfio-virtio-fixup help explain
[2]

=== config-does-not-apply-measure
# measure takes no --config.
$ vfio-virtio-fixup measure --config 01:00.0
! vfio-virtio-fixup: measure: takes no --config; see vfio-virtio-fixup help measure
[2]

=== config-does-not-apply-bind
# bind takes no --config.
$ vfio-virtio-fixup bind --config 01:00.0
! vfio-virtio-fixup: bind: takes no --config; see vfio-virtio-fixup help bind
[2]

=== config-does-not-apply-unbind
# unbind takes no --config.
$ vfio-virtio-fixup unbind --config 01:00.0
! vfio-virtio-fixup: unbind: takes no --config; see vfio-virtio-fixup help unbind
[2]

=== config-does-not-apply-policy
# policy takes no --config.
$ vfio-virtio-fixup policy --config 01:00.0
! vfio-virtio-fixup: policy: takes no --config; see vfio-virtio-fixup help policy
[2]

=== config-does-not-apply-describe
# describe takes no --config.
$ vfio-virtio-fixup describe --config 01:00.0
! vfio-virtio-fixup: describe: takes no --config; see vfio-virtio-fixup help describe
[2]

=== config-alone
# show --config needs a function.
$ vfio-virtio-fixup show --config
! vfio-virtio-fixup: show: wrong number of arguments; usage: vfio-virtio-fixup show BDF... [--config]
[2]
