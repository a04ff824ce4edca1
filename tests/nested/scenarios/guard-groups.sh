# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard, where functions share an IOMMU group: what is in a sibling's way is waited
# for, and what the record has seen admits without a new measurement.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"

# One slot without ACS between its functions: one IOMMU group. The third bypasses.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=@BUS@,addr=0.0,multifunction=on,rng=source-@ID@,disable-legacy=on,iommu_platform=on
	-device virtio-rng-pci,id=@ID@-2,bus=@BUS@,addr=0.2,rng=source-@ID@,disable-legacy=on"
EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=port-extra-1,addr=0.1,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
FUNCTIONS="extra-1 extra-2"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/dma-path"

# give ADDRESS: to vfio-pci, by an override that names it.
give() {
	release "$1"
	echo vfio-pci >"$(device_of "$1")/driver_override"
	echo "$1" >/sys/bus/pci/drivers/vfio-pci/bind
} 2>/dev/null

refused() { if give "$1"; then fail "$2: vetoed"; else ok "$2: vetoed"; fi; }

says() { same "$3: guard" "$2" "$(guard_word "$1")"; }

# forgotten ADDRESS: the device leaves and comes back, and nothing is known of it. Only
# the first function of a slot comes back into its IOMMU group.
forgotten() {
	anew "$1"
	check "and has no record" [ ! -e "$(record_of "$1")" ]
}

# Nobody has a driver: siblings are kept from one while the first is measured.
siblings_without_a_driver() {
	check "the first is bound" give "$first"
	says "$first" admitted "while its siblings have no driver"
	refused "$third" "what bypasses"
	bind "$second" virtio-pci
	same "a sibling gets a driver afterwards" virtio-pci "$(driver_of "$second")"
}

# The kernel has the group: what is not known waits, what is known does not.
siblings_with_a_kernel_driver() {
	check "the first is bound again" give "$first"
	says "$first" admitted "by what was seen before"
	has "that was not measured again" "in use: $second of it has the driver virtio-pci" \
		"$(sysfs_of "$first")/measured_reason"
	forgotten "$first"
	refused "$first" "never measured, its group in use"
	has "the reason is that it is not measured yet" "has not been measured yet" \
		"$(sysfs_of "$first")/reason"
	expect_log 1 "^vfio-pci $first: guard: not given to vfio-pci: .*not been measured yet.*: its IOMMU group is in use: $second of it has the driver virtio-pci; to do: "
	release "$second"
	comes_to "when the sibling has no driver any more" admitted guard_word "$first" || return
	same "it is bound by itself" vfio-pci "$(driver_of "$first")"
	exits "and works" 0 dma-path "$first"
}

# Somebody else was quicker: it stays with the driver that it was given.
another_driver_meanwhile() {
	forgotten "$first"
	bind "$second" virtio-pci
	refused "$first" "never measured, its group in use"
	bind "$first" virtio-pci
	says "$first" off "with a kernel driver"
	release "$second"
	sleep 3
	same "it stays with that driver" virtio-pci "$(driver_of "$first")"
	release "$first"
}

# A VFIO user has the group: what bypasses is not bound, not even then.
sibling_in_use() {
	check "the second is bound" give "$second"
	hold "$second"
	refused "$third" "what bypasses, its sibling open"
	forgotten "$first"
	refused "$first" "never measured, its sibling open"
	let_go
	comes_to "when the user has left" admitted guard_word "$first" || return
	says "$third" vetoed "what bypasses"
}

# One claim for all of a group, for as long as somebody needs it.
owned_group() {
	release "$first"
	release "$second"
	check "the module goes" rmmod "$RIG_DRIVER"
	for address in $first $second $third; do
		check "without it vfio-pci has $address" give "$address"
	done
	check "the module comes" load_driver "$RIG_DRIVER"
	says "$third" owned "what bypasses"
	says "$first" admitted "its sibling"
	exits "the sibling cannot be opened either" 3 vfio-hold "$first" </dev/null
	check "it can be measured" eval "echo 1 >$(sysfs_of "$first")/measure"
	exits "and cannot be opened afterwards" 3 vfio-hold "$first" </dev/null
	check "and denied" eval "echo deny >$(sysfs_of "$second")/policy"
	says "$second" owned "denied"
	check "what bypasses leaves the bus while it is owned" \
		eval "echo 1 >$(device_of "$third")/remove"
	exits "the group is owned for the other still" 3 vfio-hold "$first" </dev/null
	check "and admitted again" eval "echo auto >$(sysfs_of "$second")/policy"
	exits "and then it can be opened" 0 vfio-hold "$first" </dev/null
	same "nothing is owned any more" 0 "$(cat /sys/module/"$RIG_DRIVER"/refcnt)"
}

l1() {
	first=$EXTRA_1 second=${EXTRA_1%.0}.1 third=${EXTRA_1%.0}.2
	for address in $second $third; do
		same "one group has $first and $address" \
			"$(readlink -f "$(device_of "$first")/iommu_group")" \
			"$(readlink -f "$(device_of "$address")/iommu_group")"
	done
	for address in $first $second $third; do
		release "$address"
	done
	load_driver "$RIG_DRIVER" && load_driver vfio-pci
	# What does not come is not waited for twice.
	siblings_without_a_driver &&
		siblings_with_a_kernel_driver &&
		another_driver_meanwhile &&
		sibling_in_use &&
		owned_group
	allow_log 'guard: ' "so it should be"
	allow_log 'device attach failed \(-16\)' "it comes back while a VFIO user has its group"
	no_faults
	nothing_kept
}
