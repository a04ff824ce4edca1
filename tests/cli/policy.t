# SPDX-License-Identifier: GPL-2.0-only
#
# policy: reads or sets the administrator's word on a function.

=== policy-read
# Without a word, it prints the policy.
$ fixup policy 02:00.0
  auto

=== policy-read-json
# The same as JSON.
$ fixup policy 02:00.0 --json
  {
    "schema": 1,
    "address": "0000:02:00.0",
    "policy": "auto",
    "admitted": "yes",
    "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
    "remedy": "",
    "view": "platform",
    "open": "yes",
    "set": false,
    "errors": [],
    "warnings": []
  }

=== policy-set
# With a word, it sets the policy.
$ fixup policy 0a:00.0 vouched
  0000:0a:00.0: policy vouched; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ contents $BUS/devices/0000:0a:00.0/virtio_fixup/policy
  0000:0a:00.0/virtio_fixup/policy: vouched

=== policy-set-open
# The function is in use: its user keeps what it has.
$ fixup policy 02:00.0 strict
  0000:02:00.0: policy strict; it applies to the next open; the function is open now, and nothing changes for its present user
$ contents $BUS/devices/0000:02:00.0/virtio_fixup/policy
  0000:02:00.0/virtio_fixup/policy: strict

=== policy-set-json
# As JSON.
$ fixup policy 02:00.0 deny --json
  {
    "schema": 1,
    "address": "0000:02:00.0",
    "policy": "deny",
    "admitted": "yes",
    "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
    "remedy": "",
    "view": "platform",
    "open": "yes",
    "set": true,
    "errors": [],
    "warnings": []
  }
$ contents $BUS/devices/0000:02:00.0/virtio_fixup/policy
  0000:02:00.0/virtio_fixup/policy: deny

=== policy-unknown
# A word is not known; a policy is written in lower case.
$ fixup policy 02:00.0 Auto
! vfio-virtio-fixup: Auto: no such policy; did you mean auto? Choose one of these:
!   auto      admit what is translated, or is once the bit is accepted
!   strict    admit only what was measured to be translated
!   vouched   like auto, and trust the administrator where nothing was measured
!   physical  like auto, shown without the bit, for drivers too old to know it
!   unsafe    admit everything, also what overwrites this host's memory
!   deny      admit nothing
[2]
$ contents $BUS/devices/0000:02:00.0/virtio_fixup/policy
  0000:02:00.0/virtio_fixup/policy: auto

=== policy-not-ours
# The function has another driver.
$ fixup policy 06:00.0 deny
! vfio-virtio-fixup: 0000:06:00.0: it has no policy, because its driver is virtio-pci and not virtio_fixup_vfio_pci; run vfio-virtio-fixup bind 0000:06:00.0
[4]

=== policy-not-there
# No function has the address.
$ fixup policy 0f:00.0
! vfio-virtio-fixup: 0000:0f:00.0: no such PCI function; see vfio-virtio-fixup list
[4]

=== policy-locked-down
# Under lockdown the driver refuses unsafe.
$ FAKE_WRITE_FAILS=virtio_fixup/policy:1 fixup policy 02:00.0 unsafe
! vfio-virtio-fixup: 0000:02:00.0: policy unsafe was not set, because the kernel is locked down, and unsafe would let a guest overwrite its memory; boot without lockdown (secure boot switches it on), or choose another policy
[1]
$ contents $BUS/devices/0000:02:00.0/virtio_fixup/policy
  0000:02:00.0/virtio_fixup/policy:

=== policy-not-root
# Only root may set a policy.
$ FAKE_WRITE_FAILS=virtio_fixup/policy:13 FAKE_EUID=1000 fixup policy 02:00.0 deny
! vfio-virtio-fixup: 0000:02:00.0: policy deny was not set, because only root may do that; run this as root
[1]

=== policy-too-new
# The loaded module does not know the word.
$ FAKE_WRITE_FAILS=virtio_fixup/policy:22 fixup policy 02:00.0 strict
! vfio-virtio-fixup: 0000:02:00.0: policy strict was not set: the loaded virtio_fixup_vfio_pci does not know it; load the one that came with this tool
[1]

=== policy-error
# The driver fails otherwise.
$ FAKE_WRITE_FAILS=virtio_fixup/policy:5 fixup policy 02:00.0 auto
! vfio-virtio-fixup: 0000:02:00.0: policy auto was not set: Input/output error; see the kernel log
[1]
