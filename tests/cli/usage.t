# SPDX-License-Identifier: GPL-2.0-only
#
# The command line itself: help, version, every way to get it wrong.

=== help
# The help.
$ vfio-virtio-fixup --help
  Usage: vfio-virtio-fixup [OPTION]... COMMAND [BDF]...

  Tells where the DMA of virtio PCI functions goes, and gives them to the VFIO
  driver that refuses those which bypass the IOMMU.

  Commands:
    list      all virtio functions in a line each
    show      all that is known of a function, a fact a line
    explain   where its DMA goes, why it is admitted or refused, what to do
    measure   watch again where its DMA goes
    bind      give functions to virtio_fixup_vfio_pci
    unbind    give functions back to their usual driver
    policy    read or set the administrator's word on a function
    describe  what the host says of a function, read inside its guest

  Options:
    -F FILE        read an lspci -xxxx dump (list, show, explain, describe)
    --json         print the data as JSON
    --sysfs DIR    root of the sysfs tree (default /sys)
    --proc DIR     root of the proc tree (default /proc)
    --help         this help; after a command, its usage
    --version      the version
    --config       show: its configuration space, as a guest will see it
    --force        bind: also what is in use
    --driver NAME  bind: another driver than virtio_fixup_vfio_pci
    --force        unbind: also what is open: waits until it is closed
    --all          describe: every virtio function

  BDF is [DOMAIN:]BUS:DEVICE.FUNCTION; without a domain it is 0000.
  Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 no such function, 5 partly done.

=== help-list
# The usage of list.
$ vfio-virtio-fixup list --help
  Usage: vfio-virtio-fixup list
  all virtio functions in a line each

=== help-show
# The usage of show.
$ vfio-virtio-fixup show --help
  Usage: vfio-virtio-fixup show BDF... [--config]
  all that is known of a function, a fact a line

=== help-explain
# The usage of explain.
$ vfio-virtio-fixup explain --help
  Usage: vfio-virtio-fixup explain BDF
  where its DMA goes, why it is admitted or refused, what to do

=== help-measure
# The usage of measure.
$ vfio-virtio-fixup measure --help
  Usage: vfio-virtio-fixup measure BDF...
  watch again where its DMA goes

=== help-bind
# The usage of bind.
$ vfio-virtio-fixup bind --help
  Usage: vfio-virtio-fixup bind BDF... [--force] [--driver NAME]
  give functions to virtio_fixup_vfio_pci

=== help-unbind
# The usage of unbind.
$ vfio-virtio-fixup unbind --help
  Usage: vfio-virtio-fixup unbind BDF... [--force]
  give functions back to their usual driver

=== help-policy
# The usage of policy.
$ vfio-virtio-fixup policy --help
  Usage: vfio-virtio-fixup policy BDF [WORD]
  read or set the administrator's word on a function

=== help-describe
# The usage of describe.
$ vfio-virtio-fixup describe --help
  Usage: vfio-virtio-fixup describe BDF...|--all
  what the host says of a function, read inside its guest

=== version
# The version.
$ vfio-virtio-fixup -V
  vfio-virtio-fixup 0.1.0

=== no-command
# No command.
$ vfio-virtio-fixup
! vfio-virtio-fixup: no command: see vfio-virtio-fixup --help
[2]

=== json-alone
# An option and no command.
$ vfio-virtio-fixup --json
! vfio-virtio-fixup: no command: see vfio-virtio-fixup --help
[2]

=== no-such-command
# A command that does not exist.
$ vfio-virtio-fixup frobnicate
! vfio-virtio-fixup: frobnicate: no such command; see vfio-virtio-fixup --help
[2]

=== no-such-option
# An option that does not exist.
$ vfio-virtio-fixup list --frobnicate
! vfio-virtio-fixup: --frobnicate: no such option; see vfio-virtio-fixup --help
[2]

=== option-without-value
# An option whose value is missing.
$ vfio-virtio-fixup list -F
! vfio-virtio-fixup: -F: needs a value; see vfio-virtio-fixup --help
[2]

=== too-many-arguments
# list takes no address.
$ vfio-virtio-fixup list 01:00.0
! vfio-virtio-fixup: list: wrong number of arguments; usage: vfio-virtio-fixup list
[2]

=== too-few-arguments
# explain needs an address.
$ vfio-virtio-fixup explain
! vfio-virtio-fixup: explain: wrong number of arguments; usage: vfio-virtio-fixup explain BDF
[2]

=== measure-nothing
# measure needs an address.
$ vfio-virtio-fixup measure
! vfio-virtio-fixup: measure: wrong number of arguments; usage: vfio-virtio-fixup measure BDF...
[2]

=== describe-nothing
# describe needs addresses or --all.
$ vfio-virtio-fixup describe
! vfio-virtio-fixup: describe: give either the addresses of functions, or --all
[2]

=== describe-all-and-one
# describe does not take both.
$ vfio-virtio-fixup describe --all 01:00.0
! vfio-virtio-fixup: describe: give either the addresses of functions, or --all
[2]

=== dump-cannot-be-bound
# A dump can only be read. It cannot be bound.
$ vfio-virtio-fixup bind -F data/hostile.lspci 01:00.0
! vfio-virtio-fixup: bind: takes no -F: a dump can only be read; see vfio-virtio-fixup bind --help
[2]

=== dump-cannot-be-measured
# A dump cannot be measured.
$ vfio-virtio-fixup measure -F data/hostile.lspci 01:00.0
! vfio-virtio-fixup: measure: takes no -F: a dump can only be read; see vfio-virtio-fixup measure --help
[2]

=== dump-has-no-policy
# A dump has no policy.
$ vfio-virtio-fixup policy -F data/hostile.lspci 01:00.0
! vfio-virtio-fixup: policy: takes no -F: a dump can only be read; see vfio-virtio-fixup policy --help
[2]

=== dump-and-sysfs
# A dump and a sysfs tree at once.
$ vfio-virtio-fixup list -F data/hostile.lspci --sysfs sys
! vfio-virtio-fixup: -F: a dump is read instead of a sysfs tree; give one of them
[2]

=== force-does-not-apply
# show takes no --force.
$ vfio-virtio-fixup --force show 01:00.0
! vfio-virtio-fixup: show: takes no --force; see vfio-virtio-fixup show --help
[2]

=== force-does-not-measure
# measure takes no --force: nothing could be forced.
$ vfio-virtio-fixup measure --force 01:00.0
! vfio-virtio-fixup: measure: takes no --force; see vfio-virtio-fixup measure --help
[2]

=== driver-does-not-apply
# unbind takes no --driver.
$ vfio-virtio-fixup unbind --driver vfio-pci 01:00.0
! vfio-virtio-fixup: unbind: takes no --driver; see vfio-virtio-fixup unbind --help
[2]

=== all-does-not-apply
# show takes no --all.
$ vfio-virtio-fixup show --all
! vfio-virtio-fixup: show: takes no --all; see vfio-virtio-fixup show --help
[2]

=== driver-with-slash
# The name of a driver is not a path.
$ vfio-virtio-fixup bind --driver ../x 01:00.0
! vfio-virtio-fixup: --driver: not the name of a driver; give a name such as virtio_fixup_vfio_pci
[2]

=== driver-like-option
# The name of a driver does not begin with a dash: modprobe would take it for an
# option.
$ vfio-virtio-fixup bind --driver=-r 01:00.0
! vfio-virtio-fixup: --driver: not the name of a driver; give a name such as virtio_fixup_vfio_pci
[2]

=== no-sysfs
# The sysfs tree is not there.
$ vfio-virtio-fixup list --sysfs nowhere
! vfio-virtio-fixup: nowhere/bus/pci: cannot be read: No such file or directory; without a PCI bus there are no virtio PCI functions
[1]

=== dump-missing
# The dump is not there.
$ vfio-virtio-fixup list -F nowhere.lspci
! vfio-virtio-fixup: nowhere.lspci: cannot be read: No such file or directory
[1]

=== dump-empty
# The dump is empty.
$ vfio-virtio-fixup -F data/empty.lspci list
! vfio-virtio-fixup: data/empty.lspci: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]

=== dump-not-a-dump
# The dump is something else.
$ vfio-virtio-fixup -F data/not-a-dump.lspci list
! vfio-virtio-fixup: data/not-a-dump.lspci: shows no PCI function; give the output of lspci -xxxx, taken as root
[1]

=== bad-address-1
# A word is not an address.
$ fixup show -- frob
! vfio-virtio-fixup: frob: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-2
# A bus and a device, without the function.
$ fixup show -- 1:2
! vfio-virtio-fixup: 1:2: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-3
# A function above 7.
$ fixup show -- 01:00.8
! vfio-virtio-fixup: 01:00.8: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-4
# A device above 1f.
$ fixup show -- 01:20.0
! vfio-virtio-fixup: 01:20.0: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-5
# Something behind the function.
$ fixup show -- 01:00.0x
! vfio-virtio-fixup: 01:00.0x: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-6
# A function twice.
$ fixup show -- 0000:01:00.0.0
! vfio-virtio-fixup: 0000:01:00.0.0: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-7
# A negative bus.
$ fixup show -- -1:00.0
! vfio-virtio-fixup: -1:00.0: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-8
# Nothing at all.
$ fixup show -- ''
! vfio-virtio-fixup: : not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== bad-address-9
# Control characters do not reach the terminal.
$ fixup show -- $'01:00.0\e[31m'
! vfio-virtio-fixup: 01:00.0?[31m: not the address of a PCI function; give one such as 0000:01:00.0 or 01:00.0
[2]

=== option-order-1
# An option may stand before the command: this is show 01:00.0 --json.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show 01:00.0 --json > usual
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci --json show 01:00.0 | diff usual -

=== option-order-2
# Options may stand behind the arguments.
$ vfio-virtio-fixup -F data/qemu-q35-root-ports.lspci show 01:00.0 --json > usual
$ vfio-virtio-fixup show 01:00.0 -F data/qemu-q35-root-ports.lspci --json | diff usual -

=== output-full
# What cannot be written must not look done.
$ fixup list > /dev/full
! vfio-virtio-fixup: standard output: No space left on device
[1]
