# SPDX-License-Identifier: GPL-2.0-only
#
# Waiting. Two at once: one process changes a function at a time; the kernel keeps the
# first one here, so that the second one comes while it is at it. And a kernel that does
# not come back: what is said then, how things are left, and what would make it so.

=== lock-waits
# The second one says for whom it waits. A first one that is killed leaves no lock.
$ holds virtio-pci/unbind bind 03:00.0
$ rule etc/10-a 'Address=03:00.0' Bind=fixup
$ waits apply
  vfio-virtio-fixup: 0000:03:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ let_go; cat waiting.out
  0000:03:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-a.rule:4
$ fixup apply

=== lock-policy
# Whoever sets a policy waits, too.
$ holds $OURS/unbind unbind 0a:00.0
$ waits policy 0a:00.0 deny
  vfio-virtio-fixup: 0000:0a:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ let_go; cat waiting.out
  0000:0a:00.0: policy deny; it applies to the next open
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced

=== lock-new-rule
# What was kept meanwhile counts, and not what stood there before.
$ rule etc/10-a 'Address=0a:00.0' Policy=vouched
$ holds $OURS/unbind unbind 0a:00.0
$ waits apply
  vfio-virtio-fixup: 0000:0a:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ rule etc/10-a 'Address=0a:00.0' Policy=deny
$ let_go; cat waiting.out
  0000:0a:00.0: policy deny, by ./etc/vfio-virtio-fixup/10-a.rule:4

=== lock-nothing-left
# What the first one did is not done twice.
$ rule etc/10-a 'Address=03:00.0' Bind=fixup
$ holds virtio-pci/unbind bind 03:00.0
$ waits apply
  vfio-virtio-fixup: 0000:03:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ set_driver 0000:03:00.0 $OURS
$ let_go; cat waiting.out
$ traces 0000:03:00.0
  0000:03:00.0/driver_override: virtio_fixup_vfio_pci

=== lock-group
# A bind may take other functions of the IOMMU group from their drivers, so these wait, too.
# All others need not wait.
$ holds virtio-pci/unbind bind 06:00.0
$ fixup bind 06:00.1 --timeout 1 2>&1 | sed "s/process $holder,/process HOLDER,/"
  vfio-virtio-fixup: 0000:06:00.1: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 1 s
  vfio-virtio-fixup: 0000:06:00.1: not changed: another process has been changing it or its IOMMU group for 1 s; see what that waits for
[1]
$ fixup bind 03:00.0
  0000:03:00.0: bound to virtio_fixup_vfio_pci
  0000:03:00.0: verdict unknown (unknown)
! vfio-virtio-fixup: 0000:03:00.0: bound, but VFIO will not open it: unknown
[3]
$ let_go

=== lock-only-looks
# Commands that change nothing do not wait, either.
$ rule etc/10-a 'Address=03:00.0' Bind=fixup
$ holds virtio-pci/unbind bind 03:00.0
$ fixup apply --dry-run
  0000:03:00.0: driver virtio_fixup_vfio_pci, by ./etc/vfio-virtio-fixup/10-a.rule:4
$ fixup policy 0a:00.0
  auto
$ fixup list > out
$ fixup apply 0a:00.0
$ let_go

=== lock-expires
# The wait ends after --timeout, like all that takes too long.
$ holds virtio-pci/unbind bind 03:00.0
$ fixup bind 03:00.0 --timeout 1 2>&1 | sed "s/process $holder,/process HOLDER,/"
  vfio-virtio-fixup: 0000:03:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 1 s
  vfio-virtio-fixup: 0000:03:00.0: not changed: another process has been changing it or its IOMMU group for 1 s; see what that waits for
[1]
$ fixup unbind 03:00.0 --timeout 1 --json 2> err | sed "s/process $holder,/process HOLDER,/"
  {
    "schema": 1,
    "results": [
      {
        "address": "0000:03:00.0",
        "driver_before": "virtio-pci",
        "driver": "virtio-pci",
        "outcome": "failed",
        "error": "not changed: another process has been changing it or its IOMMU group for 1 s; see what that waits for",
        "warnings": [
          "waiting for process HOLDER, which changes it or its IOMMU group, for at most 1 s"
        ]
      }
    ],
    "errors": [
      {
        "about": "0000:03:00.0",
        "text": "not changed: another process has been changing it or its IOMMU group for 1 s; see what that waits for"
      }
    ],
    "warnings": [
      {
        "about": "0000:03:00.0",
        "text": "waiting for process HOLDER, which changes it or its IOMMU group, for at most 1 s"
      }
    ]
  }
[1]
$ let_go

=== lock-new-to-module
# A function that the module came to know meanwhile gets its policy at once.
$ mkdir etc; add_facts 0000:03:00.0 && new_to_module 0000:03:00.0
$ holds virtio-pci/unbind bind 03:00.0
$ waits policy 03:00.0 deny --persist
  vfio-virtio-fixup: 0000:03:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ mv $BUS/devices/0000:03:00.0/fake_record $BUS/devices/0000:03:00.0/virtio_fixup
$ let_go; cat waiting.out
  0000:03:00.0: policy deny; it applies to the next open
  0000:03:00.0: not bound to virtio_fixup_vfio_pci now
  0000:03:00.0: kept in ./etc/vfio-virtio-fixup/40-0000:03:00.0.rule
$ cat $BUS/devices/0000:03:00.0/virtio_fixup/policy
  deny

=== lock-new-rule-of-bind
# bind, too, goes by the rule that is there when it begins.
$ rule etc/10-a 'Address=0a:00.0' Policy=vouched
$ holds $OURS/unbind unbind 0a:00.0
$ waits bind 0a:00.0
  vfio-virtio-fixup: 0000:0a:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ rule etc/10-a 'Address=0a:00.0' Policy=deny
$ let_go; cat waiting.out
  0000:0a:00.0: already bound to virtio_fixup_vfio_pci
  0000:0a:00.0: verdict conditional (declared)
  0000:0a:00.0: admitted: it offers ACCESS_PLATFORM, and the ack is enforced
$ cat $BUS/devices/0000:0a:00.0/virtio_fixup/policy
  deny

=== lock-new-fault
# A rule file that is broken meanwhile is left out, and that is said.
$ rule etc/10-a 'Address=0a:00.0' Policy=vouched
$ holds $OURS/unbind unbind 0a:00.0
$ fixup apply > waiting.out 2> waiting.err & until [ -s waiting.err ]; do sleep 0.01; done
$ echo nonsense > etc/vfio-virtio-fixup/05-b.rule
$ kill -9 "$holder"; wait $!; echo $?; cat waiting.out; tail -n +2 waiting.err
  5
  0000:0a:00.0: policy strict, by ./etc/vfio-virtio-fixup/10-a.rule:4
  vfio-virtio-fixup: ./etc/vfio-virtio-fixup/05-b.rule:1: expected [Match], [Function], KEY=VALUE or a comment; the file is left out, and until it is mended no rule makes a policy laxer than strict

=== lock-driver-before
# What the first one did is not told as a change of the second one.
$ rule etc/10-a 'Address=03:00.0' Bind=fixup
$ holds virtio-pci/unbind bind 03:00.0
$ waits apply 03:00.0 --json
  vfio-virtio-fixup: 0000:03:00.0: warning: waiting for process HOLDER, which changes it or its IOMMU group, for at most 60 s
$ set_driver 0000:03:00.0 $OURS
$ let_go; grep -E '"(driver_before|driver|outcome)"' waiting.out
        "driver_before": "virtio_fixup_vfio_pci",
        "driver": "virtio_fixup_vfio_pci",
        "outcome": "as configured",

=== lock-cannot
# What cannot be locked is not changed.
$ rm $BUS/drivers_probe; mkdir $BUS/drivers_probe
$ fixup bind 03:00.0
! vfio-virtio-fixup: 0000:03:00.0: not changed: it cannot be locked: Is a directory
[1]

=== waits-unbind
# The driver before does not let go: nothing else is asked of a kernel that is at it.
$ FAKE_HANGS=virtio-pci/unbind fixup bind 03:00.0 --timeout 1
! vfio-virtio-fixup: 0000:03:00.0: not bound to virtio_fixup_vfio_pci: virtio-pci did not let go of it: the kernel has not done it after 1 s, and goes on trying; driver_override stays virtio_fixup_vfio_pci
[1]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override: virtio_fixup_vfio_pci

=== waits-probe
# The driver takes its time.
$ FAKE_HANGS=drivers_probe fixup bind 0001:07:00.0 --timeout 1 --json | cat
  {
    "schema": 1,
    "results": [
      {
        "address": "0001:07:00.0",
        "driver_before": "none",
        "driver": "none",
        "outcome": "failed",
        "error": "not bound to virtio_fixup_vfio_pci: the driver did not take it: the kernel has not done it after 1 s, and goes on trying; see the kernel log; driver_override stays virtio_fixup_vfio_pci",
        "warnings": []
      }
    ],
    "errors": [
      {
        "about": "0001:07:00.0",
        "text": "not bound to virtio_fixup_vfio_pci: the driver did not take it: the kernel has not done it after 1 s, and goes on trying; see the kernel log; driver_override stays virtio_fixup_vfio_pci"
      }
    ],
    "warnings": []
  }
! vfio-virtio-fixup: 0001:07:00.0: not bound to virtio_fixup_vfio_pci: the driver did not take it: the kernel has not done it after 1 s, and goes on trying; see the kernel log; driver_override stays virtio_fixup_vfio_pci
[1]
$ traces 0001:07:00.0
  0001:07:00.0/driver_override: virtio_fixup_vfio_pci

=== waits-override
# Not even that: what was there stays.
$ FAKE_HANGS=driver_override fixup bind 03:00.0 --timeout 1
! vfio-virtio-fixup: 0000:03:00.0: not bound to virtio_fixup_vfio_pci: driver_override could not be set: the kernel has not done it after 1 s, and goes on trying
[1]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override:

=== waits-give-back
# unbind is no different.
$ FAKE_HANGS=$OURS/unbind fixup unbind 0a:00.0 --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: virtio_fixup_vfio_pci did not let go of it: the kernel has not done it after 1 s, and goes on trying
[1]
$ FAKE_HANGS=drivers_probe fixup unbind 0a:00.0 --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: not unbound: no other driver has it yet: the kernel has not done it after 1 s, and goes on trying
[1]

=== waits-measure
# Nor is what the driver itself is asked.
$ FAKE_HANGS=measure fixup measure 0a:00.0 --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: not measured: the kernel has not done it after 1 s, and goes on trying; see the kernel log
[1]
$ FAKE_HANGS=policy fixup policy 0a:00.0 deny --timeout 1
! vfio-virtio-fixup: 0000:0a:00.0: policy deny was not set: the kernel has not done it after 1 s, and goes on trying; see the kernel log
[1]

=== waits-no-number
# A time is a number of seconds.
$ for time in 0 -1 x 5s '' 86401; do fixup list --timeout "$time"; done
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
! vfio-virtio-fixup: --timeout: not a number of seconds; give one from 1 to 86400
[2]

=== vfs-bind
# Its virtual functions would vanish, and one of them is held open: --force is no way.
$ ln -s ../0000:02:00.0 $BUS/devices/0000:03:00.0/virtfn0
$ ln -s ../0000:06:00.1 $BUS/devices/0000:03:00.0/virtfn1
$ fixup bind 03:00.0 --force
! vfio-virtio-fixup: 0000:03:00.0: not bound, because its virtual functions would vanish: 0000:02:00.0, driver virtio_fixup_vfio_pci (process 4242 (qemu-system-x86) has /dev/vfio/2 open); 0000:06:00.1, driver virtio-pci; end their use, and write 0 to its sriov_numvfs first
[3]
$ traces 0000:03:00.0
  0000:03:00.0/driver_override: (null)

=== vfs-unbind
# Nor can a function be given back then.
$ ln -s ../0000:06:00.1 $BUS/devices/0000:0a:00.0/virtfn0
$ fixup unbind 0a:00.0
! vfio-virtio-fixup: 0000:0a:00.0: not unbound, because its virtual functions would vanish: 0000:06:00.1, driver virtio-pci; end their use, and write 0 to its sriov_numvfs first
[3]
$ traces 0000:0a:00.0
  0000:0a:00.0/driver_override: (null)
