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

=== policy-persist
# With --persist the word is in force now, and kept in a rule file. --forget removes that.
$ mkdir etc
$ fixup policy 0a:00.0 strict --persist
  0000:0a:00.0: policy strict; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:0a:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule
$ cat etc/vfio-virtio-fixup/*
  # Written by vfio-virtio-fixup policy --persist; see vfio-virtio-fixup.rule(5).
  [Match]
  Address=0000:0a:00.0

  [Function]
  Policy=strict
$ ls -A etc/vfio-virtio-fixup
  40-0000:0a:00.0.rule
$ fixup policy 0a:00.0 vouched --persist
  0000:0a:00.0: policy vouched; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:0a:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule
$ grep -H Policy etc/vfio-virtio-fixup/*
  etc/vfio-virtio-fixup/40-0000:0a:00.0.rule:Policy=vouched
$ fixup check-rules
$ fixup apply
$ fixup policy 0a:00.0 --forget
  0000:0a:00.0: forgotten; what is in force now stays until it is set anew
$ ls -A etc/vfio-virtio-fixup
$ fixup policy 0a:00.0
  vouched
$ fixup policy 0a:00.0 --forget
  0000:0a:00.0: nothing was kept

=== policy-persist-json
# As JSON.
$ mkdir etc
$ fixup policy 0a:00.0 strict --persist --json
  {
    "schema": 1,
    "address": "0000:0a:00.0",
    "policy": "strict",
    "admitted": "yes",
    "reason": "it offers ACCESS_PLATFORM, and the ack is enforced",
    "remedy": "",
    "view": "platform",
    "open": "no",
    "set": true,
    "kept_in": "./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule",
    "errors": [],
    "warnings": []
  }
$ fixup policy 0a:00.0 --forget --json
  {
    "schema": 1,
    "address": "0000:0a:00.0",
    "forgotten": true,
    "errors": [],
    "warnings": []
  }

=== policy-persist-no-module
# Both work without the module. bind and apply go by the policy later.
$ mkdir etc
$ without_module
$ fixup policy 06:00.0 strict --persist
  0000:06:00.0: policy strict; it applies from when vfio-virtio-fixup binds the function, or applies the rules
  0000:06:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:06:00.0.rule
$ fixup policy 06:00.0 strict --persist --json
  {
    "schema": 1,
    "address": "0000:06:00.0",
    "policy": null,
    "admitted": null,
    "reason": null,
    "remedy": null,
    "view": null,
    "open": null,
    "set": true,
    "kept_in": "./etc/vfio-virtio-fixup/40-0000:06:00.0.rule",
    "errors": [],
    "warnings": []
  }
$ fixup list | grep -e BDF -e 06:00.0
  BDF           TYPE  IDENTITY      DRIVER                 GUARD    GROUP  VERDICT                 RULE    ADMITTED
  0000:06:00.0  blk   modern        virtio-pci             host     6      -                       strict  -
$ fixup policy 06:00.0 --forget
  0000:06:00.0: forgotten; what is in force now stays until it is set anew

=== policy-persist-bind
# bind sets the policy that is kept: before, if the module knows the function, or after.
$ mkdir etc
$ fixup policy 0001:07:00.0 strict --persist
  0001:07:00.0: policy strict; it applies to the next open
  0001:07:00.0: not bound to virtio_fixup_vfio_pci now
  0001:07:00.0: kept in ./etc/vfio-virtio-fixup/40-0001:07:00.0.rule
$ echo auto > $BUS/devices/0001:07:00.0/virtio_fixup/policy
$ fixup bind 0001:07:00.0
  0001:07:00.0: bound to virtio_fixup_vfio_pci
  0001:07:00.0: verdict conditional (declared)
  0001:07:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ fixup policy 0001:07:00.0
  strict
$ add_facts 0000:06:00.0 && new_to_module 0000:06:00.0
$ fixup policy 06:00.0 strict --persist
  0000:06:00.0: policy strict; it applies from when vfio-virtio-fixup binds the function, or applies the rules
  0000:06:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:06:00.0.rule
$ fixup bind 06:00.0 --json | grep policy
        "policy": "strict",
! vfio-virtio-fixup: 0000:06:00.0: warning: 0000:06:00.1 is in the same IOMMU group 6 and bound to virtio-pci; VFIO cannot open the group until that is unbound
$ fixup policy 06:00.0
  strict

=== policy-persist-later-rule
# A rule that comes later decides no more: so its Bind= is copied.
$ rule etc/50-all 'Address=*' Bind=fixup Policy=auto
$ fixup policy 0a:00.0 strict --persist
  0000:0a:00.0: policy strict; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:0a:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule
$ cat etc/vfio-virtio-fixup/40*
  # Written by vfio-virtio-fixup policy --persist; see vfio-virtio-fixup.rule(5).
  [Match]
  Address=0000:0a:00.0

  [Function]
  Bind=fixup
  Policy=strict
$ fixup policy 0a:00.0 deny --persist > persisted
$ grep -A 9 Function etc/vfio-virtio-fixup/40*
  [Function]
  Bind=fixup
  Policy=deny

=== policy-persist-earlier-rule
# A rule that comes first decides alone: so nothing is written.
$ rule run/10-all 'Address=*' Policy=auto
$ mkdir etc
$ fixup policy 0a:00.0 strict --persist
! vfio-virtio-fixup: 0000:0a:00.0: policy strict is not kept, because the rule of ./run/vfio-virtio-fixup/10-all.rule comes first and decides alone; change that file
[3]
$ ls -A etc/vfio-virtio-fixup

=== policy-persist-broken-rule
# While another file is broken, a laxer word is kept, and is not in force.
$ rule etc/10-a 'Adress=*' Policy=deny
$ fixup policy 0a:00.0 vouched --persist
  0000:0a:00.0: policy vouched; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
  0000:0a:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/10-a.rule:2: warning: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=; the file is left out, and until it is mended no rule makes a policy laxer than strict
$ fixup apply
  0000:0a:00.0: policy strict, by ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule:6
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/10-a.rule:2: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=; the file is left out, and until it is mended no rule makes a policy laxer than strict
[5]
$ fixup policy 0a:00.0
  strict

=== policy-persist-fails
# The kernel does not take the word, or the file cannot be written: the old one stays whole.
$ mkdir etc
$ fixup policy 0a:00.0 strict --persist > persisted
$ FAKE_WRITE_FAILS=virtio_fixup/policy:1 fixup policy 0a:00.0 unsafe --persist
! vfio-virtio-fixup: 0000:0a:00.0: policy unsafe was not set, because the kernel is locked down, and unsafe would let a guest overwrite its memory; boot without lockdown (secure boot switches it on), or choose another policy
[1]
$ FAKE_WRITE_FAILS=.new:28 fixup policy 0a:00.0 deny --persist
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/40-0000:0a:00.0.rule: cannot be written: No space left on device
[1]
$ ls -A etc/vfio-virtio-fixup && grep Policy etc/vfio-virtio-fixup/40*
  40-0000:0a:00.0.rule
  Policy=strict
$ rm -r etc
$ fixup policy 0a:00.0 deny --persist
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup: cannot be made: No such file or directory
[1]

=== policy-persist-not-root
# Only root may, and others can read what is kept.
$ mkdir etc
$ FAKE_WRITE_FAILS=.new:13 FAKE_EUID=1000 fixup policy 06:00.0 deny --persist
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/40-0000:06:00.0.rule: cannot be written: only root may do that; run this as root
[1]
$ umask 077 && fixup policy 06:00.0 deny --persist > out
$ stat -c %a etc/vfio-virtio-fixup/40*
  644

=== policy-persist-power-fails
# Whenever power fails, the old file is on the disk, or the new one, and whole.
$ mkdir etc
$ FAKE_SYNCED=synced fixup policy 06:00.0 deny --persist > out
$ FAKE_SYNCED=synced fixup policy 06:00.0 --forget > out
$ cat synced
  file synced
  renamed
  folder synced
  folder synced

=== policy-persist-locked
# Who finds the folder locked waits. In a PID namespace, /proc/locks has nobody who waits for
# a lock whose owner has exited.
$ mkdir -p etc/vfio-virtio-fixup && mkfifo locked end
$ flock etc/vfio-virtio-fixup sh -c 'echo held > locked; cat end' &
$ cat locked
  held
$ fixup policy 06:00.0 deny --persist > out & tool=$!
$ inode=$(stat -c %i etc/vfio-virtio-fixup)
$ until grep -q -- "-> FLOCK.*:$inode " /proc/locks || ! kill -0 $tool; do sleep 0.01; done
$ ls -A etc/vfio-virtio-fixup
$ : > end
$ wait $tool; cat out; ls -A etc/vfio-virtio-fixup
  0000:06:00.0: policy deny; it applies from when vfio-virtio-fixup binds the function, or applies the rules
  0000:06:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:06:00.0.rule
  40-0000:06:00.0.rule

=== policy-forget-gone
# The function need not be there any more.
$ rule etc/40-0000:0f:00.0 'Address=0000:0f:00.0' Policy=strict
$ fixup policy 0f:00.0 --forget
  0000:0f:00.0: forgotten; what is in force now stays until it is set anew
$ ls -A etc/vfio-virtio-fixup
$ fixup policy 0f:00.9 --forget
! vfio-virtio-fixup: 0f:00.9: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== policy-persist-usage
# --persist needs a word, and --forget takes none.
$ fixup policy 0a:00.0 --persist
! vfio-virtio-fixup: policy: --persist is given with a word, and --forget without one
[2]
$ fixup policy 0a:00.0 strict --forget
! vfio-virtio-fixup: policy: --persist is given with a word, and --forget without one
[2]
$ fixup policy 0a:00.0 --forget --persist
! vfio-virtio-fixup: policy: --persist is given with a word, and --forget without one
[2]
$ fixup policy 0a:00.0 stric --persist
! vfio-virtio-fixup: stric: no such policy; did you mean strict? Choose one of these:
!   auto      admit what is translated, or is once the bit is accepted
!   strict    admit only what was measured to be translated
!   vouched   like auto, and trust the administrator where nothing was measured
!   physical  like auto, shown without the bit, for drivers too old to know it
!   unsafe    admit everything, also what overwrites this host's memory
!   deny      admit nothing
[2]
