# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A user leaves a function that cannot be stopped: neither by a virtio reset, which it
# does not finish, nor by a function reset, which it does not have. Nobody gets it
# after that, whatever the administrator's word.
# L0 is the QEMU of tests/l0; skipped without it.
. "${here:-/rig}/lib-measure.sh"
qemu=${RIG_QEMU_L0:-${repo:+$repo/build/lying-qemu}}

# On the root bus, where there is no function reset, and in one IOMMU group: the
# second function has no driver, so the first is not measured before it has a user.
EXTRA_1="-device virtio-serial-pci,id=@ID@,bus=@BUS@,disable-legacy=on
	-object rng-random,filename=/dev/urandom,id=source-root-1
	-device virtio-rng-pci,id=stuck-1,bus=pcie.0,addr=0x1c.0,multifunction=on,rng=source-root-1,disable-legacy=on
	-object rng-random,filename=/dev/urandom,id=source-root-2
	-device virtio-rng-pci,id=root-2,bus=pcie.0,addr=0x1c.1,rng=source-root-2,disable-legacy=on"
FUNCTIONS="extra-1"
NEEDS_MODULE=1
NEEDS_PROGRAMS="lying-qemu nested/bin/dma-path nested/bin/vfio-hold"

first=0000:00:1c.0 second=0000:00:1c.1

l1() {
	release "$second"
	judged $first "not-run not-run" bypass declared 0 described-but-bypasses
	has "why it is not measured" "^$second .* has no driver" "$(sysfs_of $first)/measured_reason"
	check "the administrator vouches for it" eval "echo vouched >$(sysfs_of $first)/policy"
	same "it is admitted" 1 "$(fixup $first admitted)"
	check "it has no reset but its status" [ ! -e /sys/bus/pci/devices/$first/reset ]

	exits "its user drives it live" 10 dma-path $first >/run/path
	cat /run/path
	has "and cannot reset it" "virtio reset did not finish" /run/path
	expect_log 1 "$first: its user has left, but it cannot be stopped"
	for policy in vouched unsafe auto; do
		check "policy $policy is set" eval "echo $policy >$(sysfs_of $first)/policy"
		same "policy $policy: admitted" 0 "$(fixup $first admitted)"
		has "policy $policy: the reason is that it could not be stopped" \
			"could not be stopped" "$(sysfs_of $first)/reason"
		exits "policy $policy: opening is refused" 3 vfio-hold $first </dev/null
	done
	allow_log 'open refused: ' "so it should be"
	no_faults
}
