# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Virtual functions of a virtio-net, whose IDs read ffff: measured, opened, given to L2,
# which sees the IDs and no interrupt pin. Their PF is not taken from under them, neither
# by the tool nor by the driver, and nothing waits for whoever holds one of them.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-vfs.sh"

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
