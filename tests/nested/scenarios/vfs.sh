# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# What holds for virtual functions, and for their physical one. It is a virtio-net, extra-1,
# whose address is in $pf once l1() has set that.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-system.sh"

L0=sriov-qemu
FUNCTIONS=extra-1
EXTRA_1="-netdev user,id=net0-@ID@,restrict=on -netdev user,id=net1-@ID@,restrict=on
	-netdev user,id=net2-@ID@,restrict=on
	-device virtio-net-pci,id=vf0-@ID@,bus=@BUS@,addr=0x0.0x1,netdev=net0-@ID@,sriov-pf=@ID@,disable-legacy=on,iommu_platform=on,romfile=
	-device virtio-net-pci,id=vf1-@ID@,bus=@BUS@,addr=0x0.0x2,netdev=net1-@ID@,sriov-pf=@ID@,disable-legacy=on,iommu_platform=on,romfile=
	-device virtio-net-pci,id=@ID@,bus=@BUS@,addr=0x0.0x0,netdev=net2-@ID@,disable-legacy=on,iommu_platform=on,romfile="

vf() { basename "$(readlink "/sys/bus/pci/devices/$pf/virtfn$1")"; }

# enable_vfs: two, of whatever driver the PF has, without a driver of their own. Their
# addresses are in $vf0 and $vf1 then.
enable_vfs() {
	echo 0 >"/sys/bus/pci/devices/$pf/sriov_drivers_autoprobe"
	check "two VFs are enabled" eval "echo 2 >/sys/bus/pci/devices/$pf/sriov_numvfs"
	vf0=$(vf 0) vf1=$(vf 1)
}

disable_vfs() { check "no VFs" eval "echo 0 >/sys/bus/pci/devices/$pf/sriov_numvfs"; }

# Virtual functions of a virtio-net, whose IDs read ffff: measured, opened, given to L2,
# which sees the IDs and no interrupt pin. Their PF is not taken from under them, neither
# by the tool nor by the driver, and nothing waits for whoever holds one of them.
scenario_fixup_vfs() {
	NEEDS_MODULE=1
	NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/vfio-hold nested/bin/dma-path"

	# config ADDRESS OFFSET: four bytes of configuration space.
	config() { od -An -t x4 -j "$2" -N 4 "/sys/bus/pci/devices/$1/config" | tr -d ' '; }

	vfs_are_there() {
		same "$1: the VFs are there" "2 $vf0 $vf1" \
			"$(cat "/sys/bus/pci/devices/$pf/sriov_numvfs") $(vf 0) $(vf 1)"
	}

	# tool_refuses PATTERN COMMAND...: as its VFs would vanish, which it names.
	tool_refuses() {
		tool_pattern=$1
		shift
		exits "the tool refuses: $*" 3 vfio-virtio-fixup "$@"
		echo "$exits_out" >/run/tool.err
		for tool_vf in "$vf0" "$vf1"; do
			has "it names $tool_vf" "would vanish: .*$tool_vf, driver" /run/tool.err
		done
		has "it says who has them" "$tool_pattern" /run/tool.err
		vfs_are_there "$*"
	}

	l1() {
		pf=$EXTRA_1
		modprobe virtio_net
		same "the PF has virtio-pci" virtio-pci "$(driver_of "$pf")"
		enable_vfs
		for word in "$vf0" "$vf1"; do
			same "$word: its IDs read" ffffffff "$(config "$word" 0)"
		done

		judged "$vf0" "rejected translated" translated measured 1
		forced "$vf0" translated
		judged "$vf1" "rejected translated" translated measured 1
		stays "$vf0"
		exits "$vf0: opened, its DMA goes where we said" 0 dma-path "$vf0"
		run_l2 "$vf0"

		tool_refuses "$vf0, driver $RIG_DRIVER; $vf1, driver $RIG_DRIVER" bind "$pf"
		same "the PF has virtio-pci still" virtio-pci "$(driver_of "$pf")"
		held
		driver_refuses
		no_faults
		nothing_kept
	}

	# While somebody has a VF open, everything ends, and says who it is.
	held() {
		hold "$vf1"
		tool_refuses "process [0-9]* .vfio-hold. has /dev/vfio/[0-9]* open" bind "$pf"
		tool_refuses "process [0-9]* .vfio-hold. has /dev/vfio/[0-9]* open" bind --force "$pf"
		exits "the tool lists the functions" 0 vfio-virtio-fixup list
		exits "the tool shows the VF" 0 vfio-virtio-fixup show "$vf1"
		exits "the tool explains the VF" 0 vfio-virtio-fixup explain "$vf1"
		exits "the tool does not unbind it" 3 vfio-virtio-fixup unbind "$vf1"
		if echo 1 >"$(sysfs_of "$vf1")/measure"; then
			fail "it cannot be measured"
		else
			ok "it cannot be measured"
		fi 2>/dev/null
		judged "$vf0" "rejected translated" translated measured 1
		vfs_are_there "in use"
		let_go
		exits "it can be opened again" 0 dma-path "$vf1"
	}

	# A driver that leaves VFs behind: ours does not come in its place.
	driver_refuses() {
		release "$vf0"
		release "$vf1"
		disable_vfs
		bind "$pf" pci-pf-stub
		enable_vfs
		release "$pf"
		vfs_are_there "without a driver"
		echo "$RIG_DRIVER" >"/sys/bus/pci/devices/$pf/driver_override"
		echo "$pf" >/sys/bus/pci/drivers_probe
		same "the PF's driver" none "$(driver_of "$pf")"
		vfs_are_there "refused by the driver"
		expect_log 1 "$pf: not bound: its virtual functions are enabled: $vf0 "
		allow_log "probe (with driver $RIG_DRIVER|of $pf) failed with error -16" "so it should be"
		allow_log "VF reports bogus INTx pin 1" "QEMU's do, and VFIO takes it away"
		allow_log "ACPI: IRQ [34] override to edge" "QEMU 11's machine is new to these kernels"
		allow_log "driver left SR-IOV enabled after remove" "that is what it is for"
		bind "$pf" pci-pf-stub
		disable_vfs
		judged "$pf" "rejected translated" translated measured 1
	}

	l2() {
		same "its IDs read" 10411af4 "$(config "$L2_FUNCTION" 0)"
		same "its interrupt pin" 00 "$(config "$L2_FUNCTION" 60 | cut -c 5,6)"
		check "the driver loads" l2_load virtio_net
		same "bit 33 is acked" 1 "$(l2_acked 33)"
		ip addr add 10.0.2.15/24 dev eth0
		ip link set eth0 up
		check "L2 pings the gateway" ping -c 3 -W 20 10.0.2.2
	}
}

# A physical function with virtual ones, under the guard: bound while one of them is
# measured slowly, while another function is, and while they are enabled, when it is not
# measured, as a reset of it would take them from their users.
scenario_guard_pf() {
	FUNCTIONS="extra-1 rng-translated"
	NEEDS_MODULE=1
	NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/dma-path"

	# slowly_measured WORD: in the background, by a process that gets a processor for a
	# millisecond of each second, until slow_ends.
	slowly_measured() {
		echo "1000 1000000" >"$slow/cpu.max"
		sh -c "echo \$\$ >$slow/cgroup.procs; echo 1 >$(record_of "$1")/measure" &
		slow_measurement=$!
		slow_turn=0
		while [ "$slow_turn" -lt 600 ] && ! is_in_measurement; do
			usleep 100000
			slow_turn=$((slow_turn + 1))
		done
		is_measured_still "$1"
	}

	is_in_measurement() { grep -qs "vfx_measure+" "/proc/$slow_measurement/stack"; }

	is_measured_still() { check "$1 is being measured" is_in_measurement; }

	slow_ends() {
		echo max >"$slow/cpu.max"
		wait "$slow_measurement"
	}

	l1() {
		pf=$EXTRA_1 slow=/run/cgroup/slow
		mkdir /run/cgroup && mount -t cgroup2 none /run/cgroup &&
			echo +cpu >/run/cgroup/cgroup.subtree_control && mkdir "$slow"
		load_driver vfio-pci
		for case in vfs_were_there_first bound_while_its_vf_is_measured \
				bound_while_another_is_measured driver_left_vfs; do
			note "case: $case"
			$case
		done
		allow_log 'guard: ' "it says what it refuses"
		allow_log "VF reports bogus INTx pin 1" "QEMU's do, and VFIO takes it away"
		allow_log "ACPI: IRQ [34] override to edge" "QEMU 11's machine is new to these kernels"
		allow_log "driver left SR-IOV enabled after remove" "that is what it is for"
	}

	# not_measured: its VFs are why.
	not_measured() {
		has "the PF is not measured" "its virtual functions are enabled" \
			"$(record_of "$pf")/measured_reason"
		same "it never was" 0 "$(cat "$(record_of "$pf")/measured_time")"
	}

	vfs_were_there_first() {
		echo 1 >/sys/module/vfio_pci/parameters/enable_sriov
		same "the PF is bound before the module comes" bound "$(given_to "$pf" vfio-pci)"
		enable_vfs
		load_driver "$RIG_DRIVER"
		guard_is "$pf" owned
		not_measured
		disable_vfs
		guard_comes_to "$pf" admitted
		opens "$pf"
		release "$pf"
		nothing_owned
	}

	# Its driver takes the VF away, which waits for the end of that measurement.
	bound_while_its_vf_is_measured() {
		modprobe virtio_net
		bind "$pf" virtio-pci
		enable_vfs
		admitted "$vf0"
		slowly_measured "$vf0"
		given_to "$pf" vfio-pci >/dev/null &
		sleep 2
		is_measured_still "$vf0"
		check "the VF has not left yet" [ -e "$(device_of "$vf0")" ]
		slow_ends
		wait $!
		check "the VF has left" [ ! -e "$(device_of "$vf0")" ]
		comes_to "the PF is given to" vfio-pci driver_of "$pf"
		guard_is "$pf" admitted
		opens "$pf"
		release "$pf"
		nothing_owned
	}

	# Whoever binds it does not wait for that measurement.
	bound_while_another_is_measured() {
		anew "$pf"
		admitted rng-translated
		slowly_measured rng-translated
		vetoed "$pf"
		is_measured_still rng-translated
		slow_ends
		comes_to "the PF is bound by itself" vfio-pci driver_of "$pf"
		guard_is "$pf" admitted
		release "$pf"
		release rng-translated
		nothing_owned
	}

	# A driver has left them behind. vfio-pci would refuse the PF without touching it.
	driver_left_vfs() {
		anew "$pf"
		bind "$pf" pci-pf-stub
		enable_vfs
		admitted "$vf1"
		release "$pf"
		hold_by 5 "$vf1"
		vetoed "$pf"
		not_measured
		exits "it cannot be measured" 1 eval "echo 1 >$(record_of "$pf")/measure"
		let_go_by 5
		exits "$vf1 works" 0 dma-path "$vf1"
		bind "$pf" pci-pf-stub
		disable_vfs
		admitted "$pf"
		release "$pf"
	}
}

# Debian with systemd, and a rule for all virtual functions of a physical one: they are
# bound whenever they appear, the second time at the same addresses, too. A rule for one
# of them goes before that rule, and one for the physical function leaves it to the kernel.
scenario_system_vfs() {
	SYSTEM="bookworm trixie"
	FULL_ONLY="it waits for devices that come and go"

	l1() {
		pf=$EXTRA_1
		is_running
		rule 20-vfs "PhysicalFunction=$pf" Bind=fixup
		rule 30-pf "Address=$pf" Bind=no
		rule 40-net Type=net Bind=fixup
		appear 1 "$RIG_DRIVER"
		appear 2 "$RIG_DRIVER"
		rule 10-first "Address=$vf0" Bind=vfio-pci
		appear 3 vfio-pci
		same "units that failed" 0 "$(systemctl --failed --no-legend | grep -c .)"
		allow_log "VF reports bogus INTx pin 1" "QEMU's do, and VFIO takes it away"
		allow_log "ACPI: IRQ [34] override to edge" "QEMU 11's machine is new to these kernels"
	}

	rule() { printf '[Match]\n%s\n[Function]\n%s\n' "$2" "$3" >"/etc/vfio-virtio-fixup/$1.rule"; }

	# appear TIMES DRIVER: two VFs appear, the driver of the first is that one, and they go.
	appear() {
		note "VFs appear, $1 times now"
		check "two VFs are enabled" eval "echo 2 >/sys/bus/pci/devices/$pf/sriov_numvfs"
		vf0=$(vf 0) vf1=$(vf 1)
		comes_to "$vf0: driver" "$2" driver_of "$vf0"
		comes_to "$vf1: driver" "$RIG_DRIVER" driver_of "$vf1"
		comes_to "runs of their units" $((2 * $1)) units_that_ran
		for word in "$vf0" "$vf1"; do
			same "$word: verdict" translated "$(fixup "$word" verdict)"
		done
		same "lines of apply, which has nothing left to do" 0 \
			"$(vfio-virtio-fixup apply 2>&1 | tee /dev/stderr | grep -c .)"
		same "the PF's driver" virtio-pci "$(driver_of "$pf")"
		disable_vfs
	}
}
