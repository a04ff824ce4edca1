# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A user leaves a function that cannot be stopped: neither by a virtio reset, which it
# does not finish, nor by a function reset, which it does not have. Nobody gets it
# after that, whatever the administrator's word.
. "${here:-/rig}/lib-measure.sh"

# A balloon, as it is not measured, which would find it out before it has a user; and
# on the root bus, where there is no function reset.
EXTRA_1="-device virtio-serial-pci,id=@ID@,bus=@BUS@,disable-legacy=on
	-device virtio-balloon-pci,id=stuck-root,bus=pcie.0,addr=0x1c,disable-legacy=on"
FUNCTIONS="extra-1"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/vfio-hold"

balloon=0000:00:1c.0

l1() {
	judged $balloon "not-run not-run" bypass protocol 0
	check "the administrator opens it all the same" eval "echo unsafe >$(sysfs_of $balloon)/policy"
	same "it is admitted" 1 "$(fixup $balloon admitted)"
	check "it has no reset but its status" [ ! -e /sys/bus/pci/devices/$balloon/reset ]

	exits "its user drives it live" 12 dma-path $balloon >/run/path
	cat /run/path
	has "and cannot reset it" "virtio reset did not finish" /run/path
	expect_log 1 "$balloon: opened by policy unsafe"
	expect_log 1 "$balloon: its user has left, but it cannot be stopped"
	for policy in vouched unsafe auto; do
		check "policy $policy is set" eval "echo $policy >$(sysfs_of $balloon)/policy"
		same "policy $policy: admitted" 0 "$(fixup $balloon admitted)"
		has "policy $policy: the reason is that it could not be stopped" \
			"could not be stopped" "$(sysfs_of $balloon)/reason"
		exits "policy $policy: opening is refused" 3 vfio-hold $balloon </dev/null
	done
	allow_log 'open refused: ' "so it should be"
	no_faults
}
