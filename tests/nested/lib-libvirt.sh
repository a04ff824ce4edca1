# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154
#
# lib-libvirt.sh - libvirt in L1, from the root $RIG_ROOT, without systemd: one
# libvirtd, no D-Bus, no udev, no cgroups, everything as root.
#
# A scenario sources it with . /rig/lib-libvirt.sh in its l1().

# install_module: as the user guide says, with depmod; and the softdep.
install_module() {
	install_at=/lib/modules/$(uname -r)/updates
	mkdir -p "$install_at" && cp "/host$RIG_MODULE" "$install_at/" &&
		in_root depmod &&
		mount --bind "/host$RIG_REPO/packaging/modprobe.d" "$RIG_ROOT/etc/modprobe.d"
}

# libvirt_up VERSION: start libvirtd and wait until it answers.
libvirt_up() {
	for libvirt_dir in etc/libvirt var/lib/libvirt var/log/libvirt var/cache/libvirt; do
		mount -t tmpfs tmp "$RIG_ROOT/$libvirt_dir"
	done
	cat >"$RIG_ROOT/etc/libvirt/qemu.conf" <<-'END'
	user = "root"
	group = "root"
	dynamic_ownership = 0
	remember_owner = 0
	security_driver = "none"
	namespaces = []
	cgroup_controllers = []
	stdio_handler = "file"
	END
	# libvirt asks QEMU for its abilities once, with KVM if it is there.
	modprobe kvm-amd 2>/dev/null || modprobe kvm-intel 2>/dev/null
	in_root libvirtd >/run/libvirtd.log 2>&1 &
	wait_until 600 [ -S /run/libvirt/libvirt-sock ]
	in_root virsh version >/run/version 2>&1
	has "libvirt answers, and is $1" "Using library: libvirt $1" /run/version ||
		sed 's/^/#   /' /run/version /run/libvirtd.log
	sed -n 's/^Running hypervisor/# &/p' /run/version
}

# wait_until TENTHS COMMAND...: true as soon as the command is.
wait_until() {
	wait_left=$1
	shift
	while ! "$@"; do
		[ "$wait_left" -gt 0 ] || return 1
		wait_left=$((wait_left - 1))
		usleep 100000
	done
}

# run_virsh STATUS COMMAND...: its words are shown and in /run/virsh, its status is
# compared.
run_virsh() {
	virsh_wanted=$1 virsh_status=0
	shift
	in_root virsh -q "$@" >/run/virsh 2>&1 || virsh_status=$?
	sed '/^$/d; s/^/#   virsh: /' /run/virsh
	same "virsh $*: exit status" "$virsh_wanted" "$virsh_status"
}

# node_of WORD: what libvirt calls a function: pci_0000_01_00_0.
node_of() { echo "pci_$(address "$1" | tr :. __)"; }

# domain WORD FUNCTION [ATTRIBUTES [DRIVER]]: describe an L2 with that function, which
# runs FUNCTION of the scenario, in /run/l2.xml.
domain() {
	l2_prepare
	domain_at=$(address "$1")
	domain_bus=${domain_at#*:}
	domain_driver=''
	[ $# -lt 4 ] || domain_driver="<driver model='$4'/>"
	cat >/run/l2.xml <<-END
	<domain type='$l2_accel'>
	  <name>l2</name>
	  <memory unit='MiB'>128</memory>
	  <vcpu>1</vcpu>
	  <os>
	    <type arch='x86_64' machine='q35'>hvm</type>
	    <kernel>$l2_l0$RIG_KERNEL</kernel>
	    <initrd>$l2_l0$RIG_RUN/l2.cpio</initrd>
	    <cmdline>$l2_cmdline rig.run=$2</cmdline>
	  </os>
	  <features><acpi/><apic/><ioapic driver='qemu'/></features>
	  <cpu mode='$([ "$l2_accel" = kvm ] && echo host-passthrough || echo maximum)'/>
	  <devices>
	    <controller type='usb' model='none'/>
	    <controller type='pci' model='pcie-root-port' index='1'/>
	    <memballoon model='none'/>
	    <serial type='file'>
	      <source path='$L2_CONSOLE'/><target type='isa-serial' port='0'/>
	    </serial>
	    <serial type='file'>
	      <source path='$L2_RESULTS'/><target type='isa-serial' port='1'/>
	    </serial>
	    <hostdev mode='subsystem' type='pci' ${3:-managed='yes'}>
	      $domain_driver
	      <source>
	        <address domain='0x0000' bus='0x${domain_bus%%:*}' slot='0x00' function='0x0'/>
	      </source>
	      <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
	    </hostdev>
	  </devices>
	</domain>
	END
}

no_domain() { [ ! -e /run/libvirt/qemu/l2.pid ]; }

# run_domain WORD FUNCTION [ATTRIBUTES [DRIVER]]: the same, started; waits for its end.
# The driver of the function meanwhile is in $DOMAIN_DRIVER.
run_domain() {
	domain "$@"
	note "L2 run $l2_count starts"
	run_virsh 0 create /run/l2.xml || return 1
	DOMAIN_DRIVER=$(driver_of "$1")
	domain_status=0
	wait_until 3000 no_domain || domain_status=124
	cp "$RIG_ROOT/var/log/libvirt/qemu/l2.log" /run/
	l2_ended $domain_status guest
}

# The VFIO drivers in the order in which they were loaded, or "none".
vfio_drivers() {
	awk '$1 ~ /^(vfio_pci|virtio_fixup_vfio_pci)$/ { list = $1 (list ? " " list : "") }
		END { print list ? list : "none" }' /proc/modules
}

override_of() { cat "/sys/bus/pci/devices/$(address "$1")/driver_override"; }

given_back() { [ "$(driver_of "$1")" = virtio-pci ]; }

# is_given_back WORD: the kernel's own driver has it, and nothing else is asked for.
is_given_back() {
	same "$1 is given back, driver and override" "virtio-pci (null)" \
		"$(driver_of "$1") $(override_of "$1")"
}

# is_vetoed WORD VIRSH-COMMAND...: the guard refuses it, and libvirt leaves it as it is:
# without a driver, and with an override.
is_vetoed() {
	vetoed_word=$1
	shift
	run_virsh 1 "$@"
	has "the error" "Failed to trigger a probe for PCI device '$(address "$vetoed_word")': Invalid argument" \
		/run/virsh
	same "guard" vetoed "$(fixup "$vetoed_word" guard)"
	same "$vetoed_word is left with driver and override" "none vfio-pci" \
		"$(driver_of "$vetoed_word") $(override_of "$vetoed_word")"
	run_virsh 0 nodedev-reattach "$(node_of "$vetoed_word")"
	is_given_back "$vetoed_word"
}
