# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# What cannot be measured now is refused, and is measured by itself when what was in
# the way has gone: a sibling of its IOMMU group with a kernel driver, or in use. A
# record ends with the device.
. "${here:-/rig}/lib-measure.sh"

# One slot without ACS between its functions: one IOMMU group.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=@BUS@,addr=0.0,multifunction=on,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=port-extra-1,addr=0.1,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
FUNCTIONS="extra-1 extra-2"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold"

# not_yet WHY: nothing is known of the first, and its word is not taken.
not_yet() {
	judged "$first" "not-run not-run" conditional declared 0
	has "the reason is that it is not measured yet" "has not been measured yet" \
		"$(sysfs_of "$first")/reason"
	has "what was in the way: $1" "$1" "$(sysfs_of "$first")/measured_reason"
	same "a measurement is due" 1 "$(fixup "$first" measured_pending)"
}

# by_itself: it is measured soon, and nobody asked. That takes a second or two; the
# wait is for a machine that has other things to do, and no check of the time.
by_itself() {
	later_turn=0
	while [ $later_turn -lt 120 ] && [ "$(fixup "$first" admitted)" != 1 ]; do
		sleep 1
		later_turn=$((later_turn + 1))
	done
	judged "$first" "rejected translated" translated measured 1 || return
	same "no measurement is due" 0 "$(fixup "$first" measured_pending)"
	exits "and can be opened" 0 vfio-hold "$first" </dev/null
}

# anew: the device leaves and comes back, and the driver that takes it lets it go.
anew() {
	echo 1 >"/sys/bus/pci/devices/$first/remove"
	check "it is gone" [ ! -e "/sys/bus/pci/devices/$first" ]
	echo 1 >/sys/bus/pci/rescan
	check "it is back" [ -e "/sys/bus/pci/devices/$first" ]
	release "$first"
	check "its record has ended" [ ! -e "$(sysfs_of "$first")" ]
}

l1() {
	first=$EXTRA_1 second=${EXTRA_1%.0}.1
	same "one group has both" "$(readlink -f "/sys/bus/pci/devices/$first/iommu_group")" \
		"$(readlink -f "/sys/bus/pci/devices/$second/iommu_group")"

	bind "$second" virtio-pci
	not_yet "in use: $second of it has the driver virtio-pci"
	exits "opening it is refused" 3 vfio-hold "$first" </dev/null
	bind "$second" vfio-pci
	by_itself || return
	check "a policy is set" eval "echo strict >$(sysfs_of "$first")/policy"

	anew
	hold "$second"
	not_yet "group is in use"
	same "the policy of a new device" auto "$(fixup "$first" policy)"
	let_go
	by_itself || return

	hold "$second"
	if echo clear 2>/run/clear.err >"$(sysfs_of "$first")/measure"; then
		fail "cleared while its group is in use: not measured"
	else
		has "cleared while its group is in use: not measured" "[Bb]usy" /run/clear.err
	fi
	not_yet "group is in use"
	let_go
	by_itself || return

	allow_log 'open refused: ' "so it should be"
	no_faults
	nothing_kept
}
