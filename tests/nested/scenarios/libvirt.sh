# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# libvirt starts L2: which driver it binds, and what it says of a function that the guard
# vetoes. It comes from the root $RIG_ROOT, without systemd of its own: one libvirtd, no
# D-Bus, no udev, no cgroups, everything as root.
. "${here:-/rig}/lib-disk.sh"

L1_MEMORY=2048
FULL_ONLY="make check-full makes the root for it"

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

# libvirt 9, which knows no driver but vfio-pci, on an L1 that has our module installed.
# libvirt has vfio-pci loaded, and so ours first; it binds vfio-pci, and the guard judges.
scenario_guard_libvirt_9() {
	FUNCTIONS="blk-translated rng-bypass"
	NEEDS_MODULE=1
	ROOT=bookworm

	l1() {
		check "the module is installed" install_module
		libvirt_up 9.0.0
		translated
		bypassing
		guest
		unmanaged
		expect_log 2 "$RNG_BYPASS: guard: not given to vfio-pci: its DMA was measured to bypass"
	}

	translated() {
		same "VFIO drivers that are loaded" none "$(vfio_drivers)"
		run_virsh 0 nodedev-detach "$(node_of blk-translated)"
		same "libvirt has both loaded, ours first" "virtio_fixup_vfio_pci vfio_pci" "$(vfio_drivers)"
		same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
		same "guard" admitted "$(fixup blk-translated guard)"
		run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
		is_given_back blk-translated
	}

	bypassing() {
		is_vetoed rng-bypass nodedev-detach "$(node_of rng-bypass)"
		domain rng-bypass none "managed='yes'"
		is_vetoed rng-bypass create /run/l2.xml
	}

	guest() {
		run_domain blk-translated use_disk "managed='yes'"
		same "L2 had the function by" vfio-pci "$DOMAIN_DRIVER"
		wait_until 100 given_back blk-translated
		is_given_back blk-translated
	}

	# It knows by name what may have a function that it does not manage; managed, it takes a
	# function from whatever has it.
	unmanaged() {
		bind blk-translated "$RIG_DRIVER"
		domain blk-translated none "managed='no'"
		run_virsh 1 create --paused /run/l2.xml
		has "the error" "must be manually detached from the host" /run/virsh
		same "the function's driver" "$RIG_DRIVER" "$(driver_of blk-translated)"

		domain blk-translated none "managed='yes'"
		run_virsh 0 create --paused /run/l2.xml
		same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
		run_virsh 0 destroy l2
		wait_until 100 given_back blk-translated
		is_given_back blk-translated
	}

	l0() { disk_used blk-translated; }
}

# libvirt 11, which takes the VFIO driver whose alias fits a function best. Without our
# module below /lib/modules that is vfio-pci, which the guard judges; with it, ours.
scenario_guard_libvirt_11() {
	FUNCTIONS="blk-translated rng-bypass"
	NEEDS_MODULE=1
	ROOT=trixie

	l1() {
		check "modules have their aliases" in_root depmod
		load_driver "$RIG_DRIVER"
		libvirt_up 11.3.0
		without_alias
		check "the module is installed" install_module
		with_alias
		guest
		unmanaged
		expect_log 3 "$RNG_BYPASS: guard: not given to vfio-pci: its DMA was measured to bypass"
		expect_log 1 "$RNG_BYPASS: open refused"
	}

	without_alias() {
		run_virsh 0 nodedev-detach "$(node_of blk-translated)"
		same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
		same "guard" admitted "$(fixup blk-translated guard)"
		run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
		is_given_back blk-translated

		is_vetoed rng-bypass nodedev-detach "$(node_of rng-bypass)"
		domain rng-bypass none "managed='yes'"
		is_vetoed rng-bypass create /run/l2.xml
	}

	with_alias() {
		run_virsh 0 nodedev-detach "$(node_of blk-translated)"
		same "libvirt binds" "$RIG_DRIVER" "$(driver_of blk-translated)"
		run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
		is_given_back blk-translated

		# Who asks for vfio-pci gets the guard.
		domain blk-translated none "managed='yes'" vfio-pci
		run_virsh 0 create --paused /run/l2.xml
		same "libvirt binds" vfio-pci "$(driver_of blk-translated)"
		same "guard" admitted "$(fixup blk-translated guard)"
		run_virsh 0 destroy l2
		wait_until 100 given_back blk-translated
		is_vetoed rng-bypass nodedev-detach --driver vfio-pci "$(node_of rng-bypass)"

		# Ours is bound to any function, and lets nobody open this one.
		run_virsh 0 nodedev-detach "$(node_of rng-bypass)"
		same "libvirt binds" "$RIG_DRIVER" "$(driver_of rng-bypass)"
		run_virsh 0 nodedev-reattach "$(node_of rng-bypass)"
		domain rng-bypass none "managed='yes'"
		run_virsh 1 create /run/l2.xml
		has "the error is QEMU's" \
			"vfio $RNG_BYPASS: error getting device from group [0-9]+: Operation not permitted" \
			/run/virsh
		wait_until 100 given_back rng-bypass
		is_given_back rng-bypass
	}

	guest() {
		run_domain blk-translated use_disk "managed='yes'"
		same "L2 had the function by" "$RIG_DRIVER" "$DOMAIN_DRIVER"
		wait_until 100 given_back blk-translated
		is_given_back blk-translated
	}

	# managed='no' takes any function that VFIO serves.
	unmanaged() {
		bind blk-translated "$RIG_DRIVER"
		domain blk-translated none "managed='no'"
		run_virsh 0 create --paused /run/l2.xml
		run_virsh 0 destroy l2
		same "the function's driver" "$RIG_DRIVER" "$(driver_of blk-translated)"
		run_virsh 0 nodedev-reattach "$(node_of blk-translated)"
		is_given_back blk-translated
	}

	l0() { disk_used blk-translated; }
}

# libvirt 11 on a Debian 13 where the package has DKMS build the module: it binds our driver
# by its alias, and nobody tells it so. A module of the kernel's own that has the same
# aliases, as virtio_vfio_pci has, comes first. libvirt and QEMU are in a root of their own,
# and see this system's modules.
scenario_system_libvirt() {
	FUNCTIONS="blk-translated net-translated"
	SYSTEM=trixie
	ROOT=trixie

	modules=/lib/modules/$(uname -r)

	l1() {
		check "the root with libvirt can be used" enter_root
		check "it has the softdeps of the package" \
			mount --bind /usr/lib/modprobe.d "$RIG_ROOT/etc/modprobe.d"
		modinfo -F filename "$RIG_DRIVER" >/run/module
		has "the module is where DKMS puts it" "/updates/dkms/$RIG_DRIVER\.ko" /run/module
		libvirt_up 11.3.0
		by_alias
		that_a_rule_binds
		beside_a_rival
		without_aliases
	}

	# Nothing but managed='yes': no rule names the function, and the XML no driver.
	by_alias() {
		same "net-translated, before: driver" virtio-pci "$(driver_of net-translated)"
		domain net-translated none "managed='yes'"
		run_virsh 0 create --paused /run/l2.xml
		same "libvirt binds" "$RIG_DRIVER" "$(driver_of net-translated)"
		same "it is admitted" 1 "$(fixup net-translated admitted)"
		run_virsh 0 destroy l2
		wait_until 100 given_back net-translated
		is_given_back net-translated
	}

	that_a_rule_binds() {
		same "blk-translated, before, by a rule: driver" "$RIG_DRIVER" "$(driver_of blk-translated)"
		domain blk-translated none "managed='yes'"
		run_virsh 0 create --paused /run/l2.xml
		same "libvirt leaves it there" "$RIG_DRIVER" "$(driver_of blk-translated)"
		run_virsh 0 destroy l2
		sleep 3
		same "it has it still when the guest has ended" "$RIG_DRIVER" "$(driver_of blk-translated)"
	}

	# Another name for our module is enough: depmod and libvirt go by names and aliases.
	beside_a_rival() {
		rival=kernel/drivers/vfio/pci/virtio
		mkdir -p "$modules/$rival"
		cp "$(cat /run/module)" "$modules/$rival/virtio_vfio_pci.$(sed 's/.*_pci\.//' /run/module)"
		echo "$rival/virtio_vfio_pci.ko" >>"$modules/modules.order"
		check "depmod" depmod
		run_virsh 1 nodedev-detach "$(node_of net-translated)"
		has "libvirt wants the kernel's own" "loading module 'virtio_vfio_pci'" /run/virsh
		is_given_back net-translated
		run_virsh 0 nodedev-detach --driver "$RIG_DRIVER" "$(node_of net-translated)"
		same "libvirt binds what it is told" "$RIG_DRIVER" "$(driver_of net-translated)"
		run_virsh 0 nodedev-reattach "$(node_of net-translated)"
	}

	# It was the alias.
	without_aliases() {
		sed -i '/^alias vfio_pci:v00001AF4/d' "$modules/modules.alias"
		run_virsh 0 nodedev-detach "$(node_of net-translated)"
		same "libvirt binds" vfio-pci "$(driver_of net-translated)"
		same "guard" admitted "$(fixup net-translated guard)"
	}
}
