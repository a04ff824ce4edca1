# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2016,SC2206
#
# bind and unbind: what they refuse, what they write, and how they leave things.

# traces BDF: the files that tell what was done to a function.
traces() {
	echo "$BUS/devices/$1/driver_override $BUS/drivers/virtio-pci/unbind" \
	     "$BUS/drivers_probe $BUS/drivers/virtio-pci/bind"
}

watch=$(traces 0000:03:00.0)
prepare='add_facts 0000:03:00.0 "${bypassing[@]}"'
live bind-refused-after bind 03:00.0
watch=$(traces 0001:07:00.0)
live bind-admitted bind 0001:07:00.0
live bind-json bind 0001:07:00.0 --json
watch=$(traces 0000:02:00.0)
live bind-again bind 02:00.0
live bind-again-refused bind 01:00.0
live bind-several bind 02:00.0 0a:00.0 0001:07:00.0
live bind-partly bind 02:00.0 0f:00.0
live bind-partly-refused bind 0001:07:00.0 04:00.0
live bind-nothing-done bind 0f:00.0 00:1f.2
live bind-all-fail-unlike bind 0f:00.0 05:00.0
live bind-partly-json bind --json 0001:07:00.0 04:00.0
live bind-not-virtio bind 00:1f.2

# In use by this host.
watch=$(traces 0000:04:00.0)
live bind-default-route bind 04:00.0
watch=$(traces 0000:05:00.0)
live bind-mounted bind 05:00.0
watch=$(traces 0000:05:00.0)
prepare='add_facts 0000:05:00.0'
live bind-mounted-force bind 05:00.0 --force
live bind-holder-mounted bind 08:00.0
prepare='mv $BUS/devices/0000:06:00.0/virtio5/block/vdb $BUS/devices/0000:06:00.0/virtio5/block/vdd'
live bind-swap bind 06:00.0
prepare='mv $BUS/devices/0000:06:00.0/virtio5/block/vdb $BUS/devices/0000:06:00.0/virtio5/block/vde
	mv $BUS/devices/0000:06:00.0/virtio5/block/vde/vdb1 $BUS/devices/0000:06:00.0/virtio5/block/vde/vde1'
live bind-btrfs bind 06:00.0
prepare='scsi=$BUS/devices/0000:06:00.1/virtio6/host2/target2:0:0/2:0:0:0/block/sda
	mkdir -p $scsi/holders; echo 252:1 > $scsi/dev'
live bind-scsi-mounted bind 06:00.1
prepare='up=sys/devices/virtual/net
	mkdir -p $up/br0 $up/br0.7
	ln -s "$PWD/$up/br0" $BUS/devices/0000:06:00.1/virtio6/net/eth1/upper_br0
	ln -s "$PWD/$up/br0.7" $up/br0/upper_br0.7'
live bind-bridge-route bind 06:00.1
prepare='up=$BUS/devices/0000:06:00.1/virtio6/net/eth1; ln -s . $up/upper_loop'
live bind-interface-loop bind 06:00.1
prepare='rm proc/self/mountinfo'
live bind-mounts-unknown bind 06:00.0
prepare='ln -sfn /dev/vfio/6 proc/4242/fd/17; ln -sfn ../../../bus/pci/drivers/vfio-pci $BUS/devices/0000:06:00.0/driver'
live bind-other-guest bind 06:00.0

# The group.
prepare='add_facts 0000:06:00.0'
live bind-sibling bind 06:00.0
prepare='add_facts 0000:06:00.0; ln -sfn ../../../bus/pci/drivers/pcieport $BUS/devices/0000:06:00.1/driver'
live bind-sibling-port bind 06:00.0
prepare='add_facts 0000:00:06.0 verdict=bypass basis=platform admitted=0 \
	"reason=it has no IOMMU group" "remedy=give this host an IOMMU" view=none'
live bind-no-group bind 00:06.0

# Another driver.
prepare='add_driver vfio-pci' watch=$(traces 0000:06:00.0)
live bind-vfio-pci bind 06:00.0 --driver vfio-pci
prepare='add_driver vfio-pci' watch=$BUS/drivers/$OURS/unbind
live bind-from-ours bind 0a:00.0 --driver vfio-pci

# The kernel does not go along: the old driver is back, no override is left.
watch=$(traces 0000:06:00.0) settings=(FAKE_PROBE_FAILS=$OURS)
live bind-rolled-back bind 06:00.0
watch=$(traces 0001:07:00.0) settings=(FAKE_PROBE_FAILS=$OURS)
live bind-rolled-back-to-none bind 0001:07:00.0
watch=$(traces 0000:06:00.0) settings=(FAKE_PROBE_FAILS=$OURS FAKE_WRITE_FAILS=virtio-pci/bind:16)
live bind-old-driver-lost bind 06:00.0
watch=$(traces 0000:06:00.0) settings=(FAKE_WRITE_FAILS=virtio-pci/unbind:16)
live bind-old-driver-stays bind 06:00.0
watch=$(traces 0000:06:00.0) settings=(FAKE_WRITE_FAILS=driver_override:13 FAKE_EUID=1000)
live bind-not-root bind 06:00.0
watch=$(traces 0000:06:00.0) settings=(FAKE_WRITE_FAILS=/drivers_probe:19)
live bind-probe-error bind 06:00.0
# A kernel that reacts to nothing at all.
watch=$(traces 0000:06:00.0) settings=(LD_PRELOAD=)
live bind-no-reaction bind 06:00.0

# Loading the module. The fake modprobe says what the real one says.
modprobe_says='fake_modprobe() {
		printf "#!/bin/sh\n%s\n" "$1" > modprobe
		chmod +x modprobe
		echo "$PWD/modprobe" > proc/sys/kernel/modprobe
	}
	fails() { fake_modprobe "echo \"modprobe: $1\" >&2; exit 1"; }
	rm -r $BUS/drivers/$OURS'
prepare=$modprobe_says watch=$(traces 0001:07:00.0)
live module-not-loaded bind 0001:07:00.0
prepare="$modprobe_says; "'fails "FATAL: Module virtio_fixup_vfio_pci not found in directory /lib/modules/6.12"'
live module-missing bind 0001:07:00.0
prepare="$modprobe_says; "'fails "ERROR: could not insert: Key was rejected by service"'
live module-secure-boot bind 0001:07:00.0
prepare="$modprobe_says; "'fails "ERROR: could not insert: Required key not available"'
live module-unsigned bind 0001:07:00.0
prepare="$modprobe_says; "'fails "ERROR: could not insert: Operation not permitted"'
settings=(FAKE_EUID=1000)
live module-not-root bind 0001:07:00.0
prepare="$modprobe_says; "'fails "ERROR: could not insert: Operation not permitted"'
live module-locked-down bind 0001:07:00.0
prepare="$modprobe_says; "'fails "ERROR: could not insert: Exec format error"'
live module-other-kernel bind 0001:07:00.0
prepare="$modprobe_says; "'fails "ERROR: could not insert: Unknown symbol in module"'
live module-unknown-symbol bind 0001:07:00.0
prepare="$modprobe_says; "'fails "something new"'
live module-other-failure bind 0001:07:00.0
prepare="$modprobe_says; "'fake_modprobe "kill -9 \$\$"'
live module-modprobe-killed bind 0001:07:00.0
prepare="$modprobe_says; "'fake_modprobe "yes x | head -c 200000; exit 1"'
live module-much-output bind 0001:07:00.0
prepare="$modprobe_says; "'fake_modprobe "true"'
live module-registers-nothing bind 0001:07:00.0
prepare="$modprobe_says; "'echo /nowhere/modprobe > proc/sys/kernel/modprobe'
live module-no-modprobe bind 0001:07:00.0
prepare="$modprobe_says; "'fake_modprobe "echo \$1 > said; mkdir -p $PWD/$BUS/drivers/\$1"'
watch="said $(traces 0001:07:00.0)"
live module-loaded bind 0001:07:00.0
# A tree that is not this system's must not make this system load a module.
prepare=$modprobe_says
run_case module-other-system bind --sysfs sys 0001:07:00.0

# unbind
ours_traces="$BUS/devices/0000:0a:00.0/driver_override $BUS/drivers/$OURS/unbind $BUS/drivers_probe"
watch=$ours_traces prepare='echo $OURS > $BUS/devices/0000:0a:00.0/driver_override'
live unbind unbind 0a:00.0
live unbind-json unbind 0a:00.0 --json
prepare=': > $BUS/devices/0000:0a:00.0/fake_default'
live unbind-no-default unbind 0a:00.0
watch="$BUS/drivers/virtio-pci/unbind"
live unbind-not-ours unbind 06:00.0
live unbind-no-driver unbind 0001:07:00.0
live unbind-not-there unbind 0f:00.0
live unbind-partly unbind 0a:00.0 06:00.0
live unbind-open unbind 02:00.0
prepare='rm proc/4242/fd/17; mkdir -p $BUS/devices/0000:02:00.0/vfio-dev/vfio3
	ln -s /dev/vfio/devices/vfio3 proc/4242/fd/3'
live unbind-open-cdev unbind 02:00.0
prepare='rm -r proc/4242'
live unbind-open-unseen unbind 02:00.0
live unbind-open-force unbind 02:00.0 --force
watch=$ours_traces prepare='echo $OURS > $BUS/devices/0000:0a:00.0/driver_override'
settings=(FAKE_WRITE_FAILS=$OURS/unbind:16)
live unbind-fails unbind 0a:00.0
settings=(LD_PRELOAD=)
live unbind-no-reaction unbind 0a:00.0
settings=(FAKE_WRITE_FAILS=driver_override:13 FAKE_EUID=1000)
live unbind-not-root unbind 0a:00.0
