# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Debian with systemd, and a rule for all virtual functions of a physical one: they are
# bound whenever they appear, the second time at the same addresses, too. A rule for one
# of them goes before that rule, and one for the physical function leaves it to the kernel.
. "${here:-/rig}/lib-vfs.sh"

SYSTEM="bookworm trixie"
FULL_ONLY="it waits for devices that come and go"

l1() {
	. /rig/lib-guard.sh
	. /rig/lib-system.sh
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
