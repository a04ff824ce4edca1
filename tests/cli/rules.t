# SPDX-License-Identifier: GPL-2.0-only
#
# Rules: how their files are read, which of them decides, and what is wrong with one.

=== rule-by-address
# An address, in full, without its domain, and as a glob.
$ rule etc/10-a 'Address=0000:03:00.0' Policy=strict
$ rule etc/20-b 'Address=04:00.0 06:00.*' Policy=deny
$ rule etc/30-c 'Address=0001:*' Policy=vouched
$ ruled
  0000:03:00.0 strict
  0000:04:00.0 deny
  0000:06:00.0 deny
  0000:06:00.1 deny
  0001:07:00.0 vouched (differs)

=== rule-by-type
# One word of several is enough, also for a transitional function, whose type is its
# subsystem.
$ rule etc/10-a 'Type=rng net' Policy=strict
$ ruled
  0000:03:00.0 strict
  0000:04:00.0 strict
  0000:06:00.1 strict

=== rule-by-id
# IDs in two parts or four, as globs, in letters of any case.
$ rule etc/10-a 'Id=1AF4:1041' Policy=strict
$ rule etc/20-b 'Id=1af4:10??:1af4:0002' Policy=deny
$ ruled
  0000:04:00.0 strict
  0000:05:00.0 deny
  0000:06:00.1 strict
$ contents $BUS/devices/0000:05:00.0/device
  0000:05:00.0/device: 0x1001

=== rule-by-port
# The bridge above a function.
$ behind_port 0000:03:00.0 0000:00:02.1
$ behind_port 0000:04:00.0 0000:00:02.2
$ rule etc/10-a 'Port=0000:00:02.1' Policy=strict
$ ruled
  0000:03:00.0 strict

=== rule-by-port-in-dump
# In a dump the bridge is the one whose secondary bus has the function.
$ grep -A 2 'PCI bridge' data/qemu-q35-root-ports.lspci | grep -c '^10: .* 00 04 04 '
  1
$ rule etc/10-a 'Port=00:04.0' Bind=fixup Policy=strict
$ vfio-virtio-fixup --root . -F data/qemu-q35-root-ports.lspci list
  BDF           TYPE  IDENTITY      VERDICT  RULE          ADMITTED
  0000:00:06.0  9p    transitional  -        -             -
  0000:01:00.0  blk   modern        -        -             -
  0000:02:00.0  blk   modern        -        -             -
  0000:03:00.0  rng   transitional  -        -             -
  0000:04:00.0  net   modern        -        fixup strict  -
  0000:05:00.0  blk   transitional  -        -             -
$ vfio-virtio-fixup --root . -F data/qemu-q35-root-ports.lspci explain 04:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/10-a.rule:4 decides about it.
    Bind=fixup: a dump does not show it.
    Policy=strict: a dump does not show it.


=== rule-beside-driverctl
# driverctl has a file for the same function.
$ mkdir -p etc/driverctl.d && echo vfio-pci >etc/driverctl.d/pci-0000:03:00.0
$ rule etc/10-a Address=0000:03:00.0 Bind=no
$ fixup explain 03:00.0 | sed -n '/^What the rules say/,/^$/p'
  What the rules say:
    ./etc/vfio-virtio-fixup/10-a.rule:4 decides about it.
    Bind=no: so it is.
    driverctl has a file for it, too: ./etc/driverctl.d/pci-0000:03:00.0. At boot,
    and when the function is plugged in, the rule decides, as the drop-in of
    driverctl's unit has it. To end the contradiction, remove one of the two.

$ rule etc/10-a Address=0000:03:00.0 Policy=strict
$ fixup explain 03:00.0 | grep -c driverctl
  0
[1]

=== rule-by-physical-function
# The virtual functions of one.
$ ln -s ../0000:04:00.0 $BUS/devices/0001:07:00.0/physfn
$ rule etc/10-a 'PhysicalFunction=04:00.0' Policy=strict
$ ruled
  0001:07:00.0 strict (differs)

=== rule-all-keys
# All keys must match.
$ rule etc/10-a 'Type=blk' 'Address=0000:0?:00.0' Policy=strict
$ ruled
  0000:01:00.0 strict (differs)
  0000:02:00.0 strict (differs)
  0000:05:00.0 strict
  0000:06:00.0 strict
  0000:08:00.0 strict
  0000:0a:00.0 strict (differs)

=== rule-key-twice
# Of a key that is given twice, all words count.
$ rule etc/10-a 'Address=03:00.0' 'Address=04:00.0' Policy=strict
$ ruled
  0000:03:00.0 strict
  0000:04:00.0 strict

=== rule-first-decides
# The first file that matches decides alone, in the order of names and not of folders.
$ rule etc/50-all 'Address=*' Policy=auto
$ rule usr/lib/10-net 'Type=net' Policy=deny
$ rule run/20-rest 'Address=0000:04:* 0000:05:*' Policy=strict
$ ruled
  0000:00:06.0 auto
  0000:01:00.0 auto
  0000:02:00.0 auto
  0000:03:00.0 auto
  0000:04:00.0 deny
  0000:05:00.0 strict
  0000:06:00.0 auto
  0000:06:00.1 deny
  0000:08:00.0 auto
  0000:0a:00.0 auto
  0001:07:00.0 auto

=== rule-same-name
# Of the same name, the file in /etc wins, and then the one in /run.
$ rule usr/lib/10-a 'Address=03:00.0' Policy=deny
$ rule etc/10-a 'Address=04:00.0' Policy=strict
$ rule usr/lib/20-b 'Address=05:00.0' Policy=deny
$ rule run/20-b 'Address=05:00.0' Policy=strict
$ ruled
  0000:04:00.0 strict
  0000:05:00.0 strict

=== rule-masked
# A link to /dev/null masks the file, and no other.
$ rule usr/lib/10-a 'Address=03:00.0' Policy=deny
$ rule usr/lib/20-b 'Address=03:00.0 04:00.0' Policy=strict
$ mkdir -p etc/vfio-virtio-fixup
$ ln -s /dev/null etc/vfio-virtio-fixup/10-a.rule
$ ruled
  0000:03:00.0 strict
  0000:04:00.0 strict

=== rule-other-names
# Other files are left alone: such as those of an editor or of dpkg.
$ rule etc/10-a 'Address=03:00.0' Policy=strict
$ cd etc/vfio-virtio-fixup && for name in 00-a.rule.dpkg-new 00-a.rule~ .00-a.rule README; do echo '?' > $name; done; cd ../..
$ ruled
  0000:03:00.0 strict

=== rule-comments
# Comments, blanks, a byte order mark, and lines that end as on Windows.
$ mkdir -p etc/vfio-virtio-fixup
$ printf '\357\273\277# A comment\r\n; another\r\n\r\n[Match]\r\n  Address = 03:00.0 ; the rng\r\n\tType=rng\r\n[Function]\r\nPolicy = strict\r\n' > etc/vfio-virtio-fixup/10-a.rule
$ ruled
  0000:03:00.0 strict
$ fixup check-rules

=== rule-of-this-machine
# The rules of this machine are not those of the machine of a dump.
$ rule etc/10-a 'Type=blk' Policy=deny
$ FAKE_ETC=1 vfio-virtio-fixup --sysfs sys --proc proc list | grep 05:00.0
  0000:05:00.0  blk   transitional  virtio-pci             host     5      -                       deny            -
$ FAKE_ETC=1 vfio-virtio-fixup -F data/all-in-one-page.lspci list
  BDF           TYPE  IDENTITY  VERDICT            ADMITTED
  0000:00:02.0  pmem  modern    bypass (protocol)  no
  0000:00:03.0  blk   modern    -                  -
  0000:00:04.0  fs    modern    -                  -

=== check-rules
# All that can be wrong, each with its line.
$ broken() { printf '%b' "$1" > 10-a.rule; fixup check-rules 10-a.rule; }
$ broken '[Match]\nAddress=*\n[Function]\nBind=fixup\n'
$ broken ''
  10-a.rule:1: [Match] is missing or empty; for all functions, say Address=*
[1]
$ broken '[Function]\nBind=fixup\n'
  10-a.rule:2: [Match] is missing or empty; for all functions, say Address=*
[1]
$ broken '[Match]\n[Function]\nBind=fixup\n'
  10-a.rule:3: [Match] is missing or empty; for all functions, say Address=*
[1]
$ broken '[Match]\nAddress=*\n'
  10-a.rule:2: [Function] is missing or empty; expected Bind= or Policy=
[1]
$ broken '[Match]\nAddress=*\n[Function]\n'
  10-a.rule:3: [Function] is missing or empty; expected Bind= or Policy=
[1]
$ broken '[Match]\nAddress=\n[Function]\nBind=fixup\n'
  10-a.rule:2: Address= is empty; expected the address of a function, such as 0000:01:00.0 or 0000:01:*
[1]
$ broken '[Match]\nAdress=*\n[Function]\nBind=fixup\n'
  10-a.rule:2: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=
[1]
$ broken '[Match]\nAddress=*\n[Function]\nDriver=fixup\n'
  10-a.rule:4: unknown key Driver= in [Function]; expected Bind= or Policy=
[1]
$ broken '[Match]\nAddress=*\n[Function]\nBind=virtio\n'
  10-a.rule:4: Bind=virtio: expected fixup, vfio-pci or no
[1]
$ broken '[Match]\nAddress=*\n[Function]\nBind=\n'
  10-a.rule:4: Bind=: expected fixup, vfio-pci or no
[1]
$ broken '[Match]\nAddress=*\n[Function]\nBind=no\nBind=fixup\n'
  10-a.rule:5: Bind= is there twice; expected it once
[1]
$ broken '[Match]\nAddress=*\n[Function]\nPolicy=Strict\n'
  10-a.rule:4: Policy=Strict: expected auto, strict, vouched, physical, unsafe or deny
[1]
$ broken '[Match]\nAddress=*\n[Function]\nPolicy=deny\nPolicy=auto\n'
  10-a.rule:5: Policy= is there twice; expected it once
[1]
$ broken '[Match]\nAddress=*\n[Functions]\nBind=fixup\n'
  10-a.rule:4: Bind= is in [Functions]; expected it in [Match] or [Function]
[1]
$ broken 'Address=*\n[Function]\nBind=fixup\n'
  10-a.rule:1: Address= is in no section; expected [Match] before it
[1]
$ broken '[Match\nAddress=*\n[Function]\nBind=fixup\n'
  10-a.rule:1: expected [Match], [Function], KEY=VALUE or a comment
[1]
$ broken '[Match]\nAddress=*\n[Function]\nBind fixup\n'
  10-a.rule:4: expected [Match], [Function], KEY=VALUE or a comment
[1]
$ broken '[Match]\nAddress=01:00.8\n[Function]\nBind=fixup\n'
  10-a.rule:2: Address=01:00.8: expected the address of a function, such as 0000:01:00.0 or 0000:01:*
[1]
$ broken '[Match]\nAddress=01:00.0 # a disk\n[Function]\nBind=fixup\n'
  10-a.rule:2: Address=#: expected the address of a function, such as 0000:01:00.0 or 0000:01:*
[1]
$ broken '[Match]\nAddress=eth*\n[Function]\nBind=fixup\n'
  10-a.rule:2: Address=eth*: expected the address of a function, such as 0000:01:00.0 or 0000:01:*
[1]
$ broken '[Match]\nAddress=01:00.0,\n[Function]\nBind=fixup\n'
  10-a.rule:2: Address=01:00.0,: expected the address of a function, such as 0000:01:00.0 or 0000:01:*
[1]
$ broken '[Match]\nPort=pci0000\n[Function]\nBind=fixup\n'
  10-a.rule:2: Port=pci0000: expected the address of the bridge above the function, such as 0000:00:02.0
[1]
$ broken '[Match]\nPhysicalFunction=eth0\n[Function]\nBind=fixup\n'
  10-a.rule:2: PhysicalFunction=eth0: expected the address of a physical function, such as 0000:01:00.0
[1]
$ broken '[Match]\nId=1af4\n[Function]\nBind=fixup\n'
  10-a.rule:2: Id=1af4: expected VENDOR:DEVICE or VENDOR:DEVICE:SUBVENDOR:SUBDEVICE of four digits each, such as 1af4:1042
[1]
$ broken '[Match]\nId=1af4:41\n[Function]\nBind=fixup\n'
  10-a.rule:2: Id=1af4:41: expected VENDOR:DEVICE or VENDOR:DEVICE:SUBVENDOR:SUBDEVICE of four digits each, such as 1af4:1042
[1]
$ broken '[Match]\nType=bkl\n[Function]\nBind=fixup\n'
  10-a.rule:2: Type=bkl: expected a type of device, such as blk or net; did you mean blk?
[1]
$ broken '[Match]\nType=x*\n[Function]\nBind=fixup\n'
  10-a.rule:2: Type=x*: expected a type of device, such as blk or net
[1]
$ broken "[Match]\nAddress=*\n$(printf '#%0197d' 1)\n[Function]\nBind=fixup\n"
$ broken "[Match]\nAddress=*\n$(printf '#%0198d' 1)\n[Function]\nBind=fixup\n"
  10-a.rule:3: the line is too long, or has a byte 0 in it
[1]
$ broken '[Match]\nAddress=*\0\n[Function]\nBind=fixup\n'
  10-a.rule:2: the line is too long, or has a byte 0 in it
[1]
$ broken '[Match]\n\n# Two faults.\nAdress=*\n[Function]\nBind=maybe\n'
  10-a.rule:4: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=
[1]

=== check-rules-in-force
# Without a file: all that are in force, and no others.
$ rule etc/10-a 'Address=*' Bind=fixup
$ rule usr/lib/10-a 'Adress=*' Bind=fixup
$ fixup check-rules
$ rule run/20-b 'Adress=*' Bind=fixup
$ rule run/30-c 'Address=*' Bind=all
$ fixup check-rules
  ./run/vfio-virtio-fixup/20-b.rule:2: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=
  ./run/vfio-virtio-fixup/30-c.rule:4: Bind=all: expected fixup, vfio-pci or no
[1]
$ fixup check-rules --json
  {
    "schema": 1,
    "faults": [
      {
        "file": "./run/vfio-virtio-fixup/20-b.rule",
        "line": 2,
        "text": "unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction="
      },
      {
        "file": "./run/vfio-virtio-fixup/30-c.rule",
        "line": 4,
        "text": "Bind=all: expected fixup, vfio-pci or no"
      }
    ],
    "errors": [],
    "warnings": []
  }
[1]

=== check-rules-unreadable
# A file that is not there, a folder, a link to nowhere, and a pipe that nobody writes to.
$ mkdir -p 10-a.rule etc/vfio-virtio-fixup
$ fixup check-rules 10-a.rule nowhere.rule
  10-a.rule:1: expected a file, or a link to /dev/null
  nowhere.rule:1: cannot be read: No such file or directory
[1]
$ ln -s nowhere etc/vfio-virtio-fixup/20-b.rule
$ mkfifo etc/vfio-virtio-fixup/30-c.rule
$ timeout 20 "$CLI" --sysfs sys --root . check-rules
  ./etc/vfio-virtio-fixup/20-b.rule:1: cannot be read: No such file or directory
  ./etc/vfio-virtio-fixup/30-c.rule:1: expected a file, or a link to /dev/null
[1]

=== rule-folder-unreadable
# What stands where a folder of rules should be is told, and no rule is laxer than strict.
$ rule etc/10-a 'Address=03:00.0' Policy=auto
$ mkdir run && : > run/vfio-virtio-fixup
$ ruled
  0000:03:00.0 strict
! vfio-virtio-fixup: ./run/vfio-virtio-fixup: warning: cannot be read: Not a directory; the file is left out, and until it is mended no rule makes a policy laxer than strict

=== rule-broken
# A broken file is left out whole. As it may have said so, nothing becomes laxer than
# strict: also not by a rule that binds and leaves the policy.
$ rule etc/10-a 'Adress=*' Policy=deny
$ rule etc/20-b 'Address=03:00.0' Policy=auto
$ rule etc/20-c 'Address=04:00.0' Policy=unsafe
$ rule etc/20-d 'Address=05:00.0' Policy=deny
$ rule etc/20-e 'Address=06:00.0' Bind=fixup
$ rule etc/20-f 'Address=06:00.1' Bind=no
$ ruled
  0000:03:00.0 strict
  0000:04:00.0 strict
  0000:05:00.0 deny
  0000:06:00.0 fixup strict (differs)
  0000:06:00.1 no
! vfio-virtio-fixup: ./etc/vfio-virtio-fixup/10-a.rule:2: warning: unknown key Adress= in [Match]; expected Address=, Port=, Id=, Type= or PhysicalFunction=; the file is left out, and until it is mended no rule makes a policy laxer than strict
