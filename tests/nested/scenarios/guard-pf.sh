# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A physical function with virtual ones, under the guard: bound while one of them is
# measured slowly, while another function is, and while they are enabled, when it is not
# measured, as a reset of it would take them from their users.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-vfs.sh"

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
	while [ $slow_turn -lt 600 ] && ! is_in_measurement; do
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
