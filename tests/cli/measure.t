# SPDX-License-Identifier: GPL-2.0-only
#
# measure: what it writes, what it tells, every way in which it can end.

=== measure-admitted
# A function that was measured to be translated.
$ after_measuring 0000:0a:00.0 "${found_translated[@]}"
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked bypass, acked translated, in 1834 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict conditional (measured)
  0000:0a:00.0: admitted: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
$ contents $BUS/devices/0000:0a:00.0/virtio_fixup/measure
  0000:0a:00.0/virtio_fixup/measure: 1

=== measure-json
# The same as JSON.
$ after_measuring 0000:0a:00.0 "${found_translated[@]}"
$ fixup measure 0a:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:0a:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "offered": "yes",
        "measured_unacked": "bypass",
        "measured_acked": "translated",
        "measured_forced": "not-run",
        "measured_last": {
          "unacked": "bypass",
          "acked": "translated",
          "forced": "not-run"
        },
        "measured_last_time": 0,
        "measured_pending": "no",
        "measured_time": 1763807696,
        "measured_at": "2025-11-22T10:34:56Z",
        "measured_usecs": 1834,
        "measured_reason": "",
        "verdict": "conditional",
        "basis": "measured",
        "policy": "auto",
        "admitted": "yes",
        "reason": "its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced",
        "remedy": "",
        "contradictions": [],
        "contradiction_texts": [],
        "outcome": "measured",
        "warnings": []
      }
    ],
    "errors": [],
    "warnings": []
  }
$ contents $BUS/devices/0000:0a:00.0/virtio_fixup/measure
  0000:0a:00.0/virtio_fixup/measure: 1

=== measure-refused
# A function that was measured to bypass the IOMMU.
$ after_measuring 0000:0a:00.0 "${found_bypass[@]}"
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked bypass, acked not-run, in 912 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict bypass (measured)
  0000:0a:00.0: contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses; to do: have its hypervisor put it behind the IOMMU that it describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)
! vfio-virtio-fixup: 0000:0a:00.0: measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU
[3]

=== measure-refused-json
# The same as JSON.
$ after_measuring 0000:0a:00.0 "${found_bypass[@]}"
$ fixup measure 0a:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:0a:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "offered": "no",
        "measured_unacked": "bypass",
        "measured_acked": "not-run",
        "measured_forced": "not-run",
        "measured_last": {
          "unacked": "bypass",
          "acked": "not-run",
          "forced": "not-run"
        },
        "measured_last_time": 0,
        "measured_pending": "no",
        "measured_time": 1763807696,
        "measured_at": "2025-11-22T10:34:56Z",
        "measured_usecs": 912,
        "measured_reason": "",
        "verdict": "bypass",
        "basis": "measured",
        "policy": "auto",
        "admitted": "no",
        "reason": "its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory",
        "remedy": "have its hypervisor put it behind the IOMMU",
        "contradictions": [
          "described-but-bypasses"
        ],
        "contradiction_texts": [
          "the platform (DMAR) describes an IOMMU for it but it bypasses; to do: have its hypervisor put it behind the IOMMU that it describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)"
        ],
        "outcome": "measured",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0000:0a:00.0",
        "text": "measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:0a:00.0: measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU
[3]

=== measure-contradictions
# What was measured contradicts the bit and the platform; the driver reports a
# contradiction that the tool does not know.
$ after_measuring 0000:0a:00.0 "${found_bypass[@]}" offered=1 "measured=translated bypass" \
	"contradictions=offers-but-bypasses described-but-bypasses brand-new"
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked translated, acked bypass, in 912 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict bypass (measured)
  0000:0a:00.0: contradiction: it offers ACCESS_PLATFORM but bypasses; to do: its hypervisor or back end does not do what it claims: report it there, and have the function given by another back end (such as one in QEMU itself, instead of a vhost one)
  0000:0a:00.0: contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses; to do: have its hypervisor put it behind the IOMMU that it describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)
! vfio-virtio-fixup: 0000:0a:00.0: warning: the driver says "brand-new" in virtio_fixup/contradictions, which this vfio-virtio-fixup does not know; use the version that came with the driver
! vfio-virtio-fixup: 0000:0a:00.0: measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU
[3]

=== measure-hides
# A function that is translated without offering the bit.
$ after_measuring 0000:0a:00.0 offered=0 "measured=translated not-run" verdict=translated \
	basis=measured measured_time=1763807696 measured_usecs=7 \
	"reason=its DMA was measured to be translated" contradictions=translated-but-hides
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked translated, acked not-run, in 7 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict translated (measured)
  0000:0a:00.0: admitted: its DMA was measured to be translated
  0000:0a:00.0: contradiction: it is translated but does not offer ACCESS_PLATFORM; to do: nothing for its guest, whom the view tells the truth; for this host's own driver, have its hypervisor offer the bit (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)

=== measure-silent
# Nothing was seen: the verdict rests on the bit.
$ after_measuring 0000:0a:00.0 "${found_silence[@]}" \
	"measured_reason=no harmless request is known for its device type"
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked silent, acked silent, in 20110 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: about the measurement: no harmless request is known for its device type
  0000:0a:00.0: verdict conditional (declared)
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced

=== measure-silent-refused
# Nothing was seen, and without the bit the function is refused.
$ add_facts 0000:0a:00.0 "${bypassing[@]}"
$ after_measuring 0000:0a:00.0 "${found_silence[@]}" "measured=silent not-run"
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked silent, acked not-run, in 20110 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict bypass (declared)
  0000:0a:00.0: contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses; to do: have its hypervisor put it behind the IOMMU that it describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)
! vfio-virtio-fixup: 0000:0a:00.0: warning: nothing was seen, so the verdict rests on something else, and VFIO will not open it: it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU; to do: have its hypervisor put it behind the IOMMU

=== measure-denied
# The measurement is good, and the administrator denies the function.
$ add_facts 0000:0a:00.0 policy=deny admitted=0 "reason=policy deny: the administrator lets nobody open it" \
	"remedy=set another policy" view=none
$ after_measuring 0000:0a:00.0 "measured=bypass translated" measured_time=1763807696 \
	measured_usecs=1834 basis=measured
$ fixup measure 0a:00.0
  0000:0a:00.0: measured: unacked bypass, acked translated, in 1834 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict conditional (measured)
! vfio-virtio-fixup: 0000:0a:00.0: measured, and VFIO will not open it: policy deny: the administrator lets nobody open it; to do: set another policy
[3]

=== measure-no-reaction
# The kernel reacts to nothing.
$ FAKE_KERNEL= fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: the driver was asked to measure it, and has no measurement now; see the kernel log
[1]
$ contents $BUS/devices/0000:0a:00.0/virtio_fixup/measure
  0000:0a:00.0/virtio_fixup/measure: 1

=== measure-in-use
# A guest uses the function.
$ FAKE_WRITE_FAILS=virtio_fixup/measure:16 fixup measure 02:00.0
! vfio-virtio-fixup: 0000:02:00.0: not measured, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user first
[1]

=== measure-in-use-json
# The same as JSON.
$ FAKE_WRITE_FAILS=virtio_fixup/measure:16 fixup measure 02:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:02:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "offered": "yes",
        "measured_unacked": "not-run",
        "measured_acked": "not-run",
        "measured_forced": "not-run",
        "measured_last": {
          "unacked": "not-run",
          "acked": "not-run",
          "forced": "not-run"
        },
        "measured_last_time": 0,
        "measured_pending": "no",
        "measured_time": 0,
        "measured_at": "none",
        "measured_usecs": 0,
        "measured_reason": "",
        "verdict": "conditional",
        "basis": "declared",
        "policy": "auto",
        "admitted": "yes",
        "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
        "remedy": "",
        "contradictions": [],
        "contradiction_texts": [],
        "outcome": "failed",
        "error": "not measured, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user first",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0000:02:00.0",
        "text": "not measured, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user first"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:02:00.0: not measured, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user first
[1]

=== measure-group-in-use
# The IOMMU group is in use, by whom cannot be seen.
$ FAKE_WRITE_FAILS=virtio_fixup/measure:16 fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because it is in use; stop its user first
[1]

=== measure-not-trusted
# Another function of the group has no driver.
$ after_measuring 0000:0a:00.0 errno=95 \
	"measured_reason=0000:0a:00.1 of its IOMMU group has no driver: bind it to a VFIO driver first"
$ fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because a measurement could not be trusted here: 0000:0a:00.1 of its IOMMU group has no driver: bind it to a VFIO driver first
[1]

=== measure-not-trusted-json
# DMA that is not cache coherent, as JSON.
$ after_measuring 0000:0a:00.0 errno=95 "measured_reason=its DMA is not cache coherent"
$ fixup measure 0a:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:0a:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "offered": "yes",
        "measured_unacked": "not-run",
        "measured_acked": "not-run",
        "measured_forced": "not-run",
        "measured_last": {
          "unacked": "not-run",
          "acked": "not-run",
          "forced": "not-run"
        },
        "measured_last_time": 0,
        "measured_pending": "no",
        "measured_time": 0,
        "measured_at": "none",
        "measured_usecs": 0,
        "measured_reason": "its DMA is not cache coherent",
        "verdict": "conditional",
        "basis": "declared",
        "policy": "auto",
        "admitted": "yes",
        "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
        "remedy": "",
        "contradictions": [],
        "contradiction_texts": [],
        "outcome": "failed",
        "error": "not measured, because a measurement could not be trusted here: its DMA is not cache coherent",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0000:0a:00.0",
        "text": "not measured, because a measurement could not be trusted here: its DMA is not cache coherent"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because a measurement could not be trusted here: its DMA is not cache coherent
[1]

=== measure-no-reason
# The driver refuses and gives no reason.
$ FAKE_WRITE_FAILS=virtio_fixup/measure:95 fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because a measurement could not be trusted here: see the kernel log
[1]

=== measure-no-reset
# The function does not finish a reset.
$ after_measuring 0000:0a:00.0 errno=5 "measured_reason=it does not finish a reset"
$ fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured: it does not finish a reset; bind it again, and see the kernel log
[1]

=== measure-unstoppable
# The function does not finish a reset and is refused from then on.
$ after_measuring 0000:0a:00.0 errno=5 "measured_reason=it does not finish a reset" \
	verdict=unknown basis=none admitted=0 view=none \
	"reason=it could not be stopped and may still do DMA for the user that left" \
	"remedy=reset it from sysfs and bind it again"
$ fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured: it does not finish a reset, and VFIO will not open it: it could not be stopped and may still do DMA for the user that left; to do: reset it from sysfs and bind it again
[1]

=== measure-no-memory
# The kernel has no memory.
$ after_measuring 0000:0a:00.0 errno=12 "measured_reason=there was no memory for a measurement"
$ fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured: Cannot allocate memory; there was no memory for a measurement
[1]

=== measure-not-root
# Only root may measure.
$ FAKE_WRITE_FAILS=virtio_fixup/measure:13 FAKE_EUID=1000 fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because only root may do that; run this as root
[1]

=== measure-old-module
# The loaded module cannot measure.
$ rm $BUS/devices/0000:0a:00.0/virtio_fixup/measure
$ fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured: the loaded virtio_fixup_vfio_pci does not measure; load the one that came with this tool
[1]

=== measure-hostile-reason
# Control characters and format directives in the reason.
$ after_measuring 0000:0a:00.0 errno=95 "measured_reason=$(printf "a\033[2Jb%%s%%n")"
$ fixup measure 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because a measurement could not be trusted here: a?[2Jb%s%n
[1]

=== measure-not-ours
# The function has another driver.
$ fixup measure 06:00.0
! vfio-virtio-fixup: 0000:06:00.0: not measured, because its driver is virtio-pci and not virtio_fixup_vfio_pci; run vfio-virtio-fixup bind 0000:06:00.0
[4]

=== measure-no-driver
# The function has no driver.
$ fixup measure 0001:07:00.0
! vfio-virtio-fixup: 0001:07:00.0: not measured, because its driver is none and not virtio_fixup_vfio_pci; run vfio-virtio-fixup bind 0001:07:00.0
[4]

=== measure-not-there
# No function has the address.
$ fixup measure 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== measure-not-virtio
# A function that is not virtio.
$ fixup measure 00:1f.2
! vfio-virtio-fixup: 0000:00:1f.2: not a virtio function; see vfio-virtio-fixup list
[4]

=== measure-several
# Two functions: one is refused, and the exit code says so.
$ after_measuring 0000:0a:00.0 "${found_translated[@]}"
$ after_measuring 0000:01:00.0 "${found_bypass[@]}"
$ fixup measure 0a:00.0 01:00.0
  0000:0a:00.0: measured: unacked bypass, acked translated, in 1834 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict conditional (measured)
  0000:0a:00.0: admitted: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
  0000:01:00.0: measured: unacked bypass, acked not-run, in 912 us, at 2025-11-22T10:34:56Z
  0000:01:00.0: verdict bypass (measured)
  0000:01:00.0: contradiction: the platform (DMAR) describes an IOMMU for it but it bypasses; to do: have its hypervisor put it behind the IOMMU that it describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)
! vfio-virtio-fixup: 0000:01:00.0: measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU
[3]

=== measure-partly
# One of two could be measured.
$ after_measuring 0000:0a:00.0 "${found_translated[@]}"
$ fixup measure 0a:00.0 06:00.0
  0000:0a:00.0: measured: unacked bypass, acked translated, in 1834 us, at 2025-11-22T10:34:56Z
  0000:0a:00.0: verdict conditional (measured)
  0000:0a:00.0: admitted: its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced
! vfio-virtio-fixup: 0000:06:00.0: not measured, because its driver is virtio-pci and not virtio_fixup_vfio_pci; run vfio-virtio-fixup bind 0000:06:00.0
[5]

=== measure-partly-json
# One of three could be measured, as JSON.
$ after_measuring 0000:01:00.0 "${found_bypass[@]}"
$ after_measuring 0000:0a:00.0 errno=16
$ fixup measure 01:00.0 0a:00.0 0f:00.0 --json
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:01:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "offered": "no",
        "measured_unacked": "bypass",
        "measured_acked": "not-run",
        "measured_forced": "not-run",
        "measured_last": {
          "unacked": "bypass",
          "acked": "not-run",
          "forced": "not-run"
        },
        "measured_last_time": 0,
        "measured_pending": "no",
        "measured_time": 1763807696,
        "measured_at": "2025-11-22T10:34:56Z",
        "measured_usecs": 912,
        "measured_reason": "",
        "verdict": "bypass",
        "basis": "measured",
        "policy": "auto",
        "admitted": "no",
        "reason": "its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory",
        "remedy": "have its hypervisor put it behind the IOMMU",
        "contradictions": [
          "described-but-bypasses"
        ],
        "contradiction_texts": [
          "the platform (DMAR) describes an IOMMU for it but it bypasses; to do: have its hypervisor put it behind the IOMMU that it describes (QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)"
        ],
        "outcome": "measured",
        "warnings": []
      },
      {
        "address": "0000:0a:00.0",
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "offered": "yes",
        "measured_unacked": "not-run",
        "measured_acked": "not-run",
        "measured_forced": "not-run",
        "measured_last": {
          "unacked": "not-run",
          "acked": "not-run",
          "forced": "not-run"
        },
        "measured_last_time": 0,
        "measured_pending": "no",
        "measured_time": 0,
        "measured_at": "none",
        "measured_usecs": 0,
        "measured_reason": "",
        "verdict": "conditional",
        "basis": "declared",
        "policy": "auto",
        "admitted": "yes",
        "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
        "remedy": "",
        "contradictions": [],
        "contradiction_texts": [],
        "outcome": "failed",
        "error": "not measured, because it is in use; stop its user first",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0000:01:00.0",
        "text": "measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU"
      },
      {
        "about": "0000:0a:00.0",
        "text": "not measured, because it is in use; stop its user first"
      },
      {
        "about": "0000:0f:00.0",
        "text": "no such PCI function; see vfio-virtio-fixup list"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0000:01:00.0: measured, and VFIO will not open it: its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory; to do: have its hypervisor put it behind the IOMMU
! vfio-virtio-fixup: 0000:0a:00.0: not measured, because it is in use; stop its user first
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[5]

=== measure-all-fail-unlike
# Two failures of different kinds have exit code 1.
$ FAKE_WRITE_FAILS=virtio_fixup/measure:16 fixup measure 02:00.0 06:00.0
! vfio-virtio-fixup: 0000:02:00.0: not measured, because it is in use: process 4242 (qemu-system-x86) has /dev/vfio/2 open; stop its user first
! vfio-virtio-fixup: 0000:06:00.0: not measured, because its driver is virtio-pci and not virtio_fixup_vfio_pci; run vfio-virtio-fixup bind 0000:06:00.0
[1]
