# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard, on stock vfio-pci: what bypasses cannot be bound, whichever way; what is
# translated can, and works; what had a function before is kept from opening it; and
# policies and the module parameter change that, each as its word says.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"

FUNCTIONS="rng-translated rng-bypass blk-translated blk-bypass gpu-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/dma-path"
stock=/sys/bus/pci/drivers/vfio-pci
ROUNDS=50

# Three ways to give a function to vfio-pci. What the shell says is in /run/given.
by_bind() { address "$1" 2>/run/given >$stock/bind; }
by_probe() { address "$1" 2>/run/given >/sys/bus/pci/drivers_probe; }
by_new_id() {
	given_id="1af4 $(cut -c 3- "$(device_of "$1")/device")"
	echo >"$(device_of "$1")/driver_override"
	echo "$given_id" 2>/run/given >$stock/new_id
	echo "$given_id" >$stock/remove_id
	given_id=$(driver_of "$1")
	[ "$given_id" != none ]
}

# give WORD [WAY]: with an override that names vfio-pci, and no other driver.
give() {
	release "$1"
	echo vfio-pci >"$(device_of "$1")/driver_override"
	"${2:-by_bind}" "$1"
}

# vetoed WORD WAY REASON: it has no driver, and is as it was.
vetoed() {
	vetoed_binds=$(fixup "$1" refused_binds 2>/dev/null)
	if give "$1" "$2"; then
		fail "$1 $2: it is refused"
	else
		ok "$1 $2: it is refused"
	fi
	# What drivers_probe says is the driver core's word for every failure.
	[ "$2" = by_new_id ] || {
		has "$1 $2: whoever binds it is told" "No such device|Invalid argument" /run/given
		same "$1 $2: driver_override" vfio-pci "$(cat "$(device_of "$1")/driver_override")"
	}
	same "$1 $2: driver" none "$(driver_of "$1")"
	check "$1 $2: no VFIO device" [ ! -e "$(device_of "$1")/vfio-dev" ]
	guard_is "$1" vetoed
	same "$1 $2: admitted" 0 "$(fixup "$1" admitted)"
	has "$1 $2: the reason" "$3" "$(sysfs_of "$1")/reason"
	same "$1 $2: refusals are counted" $((${vetoed_binds:-0} + 1)) "$(fixup "$1" refused_binds)"
	same "$1 $2: bus master" 0 "$(($(command_of "$1") & 4))"
}

command_of() { od -An -tu2 -j4 -N2 "$(device_of "$1")/config"; }

vetoes() {
	# Firmware may leave bus master on.
	for way in by_bind by_probe by_new_id; do
		vetoed rng-bypass $way "measured to bypass"
	done
	same "rng-bypass: verdict, basis" "bypass, measured" \
		"$(fixup rng-bypass verdict), $(fixup rng-bypass basis)"
	expect_log 3 "^[a-z-]+ $RNG_BYPASS: guard: not given to vfio-pci: .* bypass .*; to do: have its hypervisor"
	vetoed blk-bypass by_bind "measured to bypass"
	bind blk-bypass virtio-pci
	guard_is blk-bypass off
	same "and is L1's own disk" "$(l0_sha256 blk-bypass)" "$(sha256_by_l1 blk-bypass)"

	# Translated, if somebody makes sure of the ack: our driver does.
	vetoed gpu-translated by_probe "only virtio_fixup_vfio_pci enforces the ack"
	has "the remedy is our driver" "bind it to $RIG_DRIVER" "$(sysfs_of gpu-translated)/remedy"
	judged gpu-translated "rejected translated" conditional declared 1
	guard_is gpu-translated off
	release gpu-translated
}

sha256_by_l1() {
	dd if="$(disk_of "$1")" bs=64k iflag=direct 2>/dev/null | sha256sum | cut -d ' ' -f 1
}

admits() {
	for way in by_bind by_probe; do
		check "rng-translated $way: it is given to vfio-pci" give rng-translated $way
		guard_is rng-translated admitted
	done
	same "driver_override" vfio-pci "$(cat "$(device_of rng-translated)/driver_override")"
	exits "rng-translated works, its DMA goes where we said" 0 \
		dma-path "$RNG_TRANSLATED"
	check "it can be measured while vfio-pci has it" measure rng-translated
	same "what was seen" "rejected translated translated" "$(fixup rng-translated measured_last)"
	opens rng-translated
	hold rng-translated
	if measure rng-translated; then
		fail "it cannot be measured while it is open"
	else
		has "it cannot be measured while it is open" "[Bb]usy" /run/measure.err
	fi
	let_go
	opens rng-translated
	expect_log 2 "^vfio-pci $RNG_TRANSLATED: guard: admitted: "
}

measure() { echo "${2:-1}" 2>/run/measure.err >"$(sysfs_of "$1")/measure"; }

unloads_not() {
	if rmmod "$RIG_DRIVER" 2>/run/rmmod.err; then
		fail "the module stays while it owns a group"
		insmod "/host$RIG_MODULE"
	else
		has "the module stays while it owns a group" "in use|unavailable" /run/rmmod.err
	fi
}

loaded_after() {
	check "the module goes" rmmod "$RIG_DRIVER"
	for word in rng-bypass blk-bypass blk-translated; do
		check "without it vfio-pci has $word" give $word
	done
	hold blk-bypass
	check "the module comes" load_driver "$RIG_DRIVER"
	guard_is blk-translated admitted
	opens blk-translated
	guard_is rng-bypass owned
	opens_not rng-bypass
	expect_log 1 "^vfio-pci $RNG_BYPASS: guard: vfio-pci has it, and nobody can open it: .*; to do: "
	guard_is blk-bypass in-use
	expect_log 1 "^vfio-pci $BLK_BYPASS: guard: vfio-pci has it and users reach it, ALTHOUGH IT IS NOT ADMITTED: .*; to do: "
	unloads_not
	let_go
	guard_comes_to blk-bypass owned || return
	opens_not blk-bypass
	bind blk-bypass virtio-pci
	same "blk-bypass: L1's own driver works again" "$(l0_sha256 blk-bypass)" \
		"$(sha256_by_l1 blk-bypass)"
	release rng-bypass
	guard_is rng-bypass off
	same "it owns nothing any more" 0 "$(cat /sys/module/"$RIG_DRIVER"/refcnt)"
}

policy() { echo "$2" >"$(sysfs_of "$1")/policy"; }

tainted() { echo $(($(cat /proc/sys/kernel/tainted) >> 6 & 1)); }

policies() {
	check "rng-translated is bound" give rng-translated
	for word in deny physical; do
		check "policy $word is set" policy rng-translated $word
		guard_is rng-translated owned
		opens_not rng-translated
		check "policy auto is set" policy rng-translated auto
		guard_is rng-translated admitted
		opens rng-translated
	done
	check "policy physical is set" policy rng-translated physical
	has "physical: the remedy is our driver" "bind it to $RIG_DRIVER" \
		"$(sysfs_of rng-translated)/remedy"
	policy rng-translated auto

	vetoed rng-bypass by_bind "measured to bypass"
	policy rng-bypass vouched
	vetoed rng-bypass by_bind "measured to bypass"
	same "nothing has left a mark" 0 "$(tainted)"
	policy rng-bypass unsafe
	guard_comes_to rng-bypass admitted || return
	same "rng-bypass, unsafe: it is bound by itself" vfio-pci "$(driver_of rng-bypass)"
	same "and that leaves a mark" 1 "$(tainted)"
	expect_log 1 "^vfio-pci $RNG_BYPASS: guard: admitted: policy unsafe: .*overwrite this host"
	policy rng-bypass auto
	guard_is rng-bypass owned
	opens_not rng-bypass
	release rng-bypass

	vetoed gpu-translated by_bind "only virtio_fixup_vfio_pci enforces the ack"
	check "policy vouched is set" policy gpu-translated vouched
	guard_comes_to gpu-translated admitted || return
	expect_log 1 "^vfio-pci $GPU_TRANSLATED: guard: admitted: policy vouched"
	release gpu-translated
	policy gpu-translated auto
}

without_rawio() { chroot /host /usr/bin/setpriv --bounding-set=-sys_rawio "$@"; }

modes() {
	for word in warn off; do
		if without_rawio /bin/bash -c "echo $word >$RIG_GUARD" 2>/run/refused; then
			fail "without CAP_SYS_RAWIO: guard=$word is refused"
		else
			has "without CAP_SYS_RAWIO: guard=$word is refused" "not permitted" /run/refused
		fi
	done
	same "the parameter" refuse "$(cat "$RIG_GUARD")"

	vetoed blk-bypass by_bind "measured to bypass"
	check "guard=warn" eval "echo warn >$RIG_GUARD"
	guard_comes_to blk-bypass off || return
	check "rng-bypass is bound" give rng-bypass
	guard_is rng-bypass in-use
	opens rng-bypass
	expect_log 1 "^vfio-pci $RNG_BYPASS: guard: vfio-pci has it and users reach it, ALTHOUGH IT IS NOT ADMITTED"
	check "guard=off" eval "echo off >$RIG_GUARD"
	guard_comes_to rng-bypass off || return
	check "blk-bypass is bound" give blk-bypass
	guard_is blk-bypass off
	check "guard=refuse" eval "echo refuse >$RIG_GUARD"
	guard_comes_to rng-bypass owned || return
	guard_comes_to blk-bypass owned || return
	opens_not blk-bypass
	release rng-bypass
	release blk-bypass
}

# many ROUNDS: of a bind that is vetoed, and one that is not.
many() {
	many_turn=0 many_odd=0
	while [ $many_turn -lt "$1" ]; do
		give rng-bypass && many_odd=$((many_odd + 1))
		give rng-translated || many_odd=$((many_odd + 1))
		many_turn=$((many_turn + 1))
	done
	same "of $((2 * $1)) binds, those that went otherwise" 0 $many_odd
}

no_leak() {
	many 5	# whatever is allocated once
	memory /run/before
	many $ROUNDS
	kept /run/before /run/after $ROUNDS >/run/grew
	sed 's/^/#   grew: /' /run/grew
	# Others allocate, too; what leaks here grows with every round.
	if [ -s /run/grew ]; then
		many $((4 * ROUNDS))
		kept /run/before /run/after $((5 * ROUNDS)) >/run/grew
		sed 's/^/#   grew, over five times as many: /' /run/grew
	fi
	same "what grew with every round" 0 "$(grep -c . /run/grew)"
	opens rng-translated
	release rng-translated
	same "it owns nothing any more" 0 "$(cat /sys/module/"$RIG_DRIVER"/refcnt)"
}

l1() {
	dmesg -n 4
	load_driver "$RIG_DRIVER" && load_driver vfio-pci
	# What does not come is not waited for twice.
	vetoes && admits && loaded_after && policies && modes && no_leak
	allow_log 'guard: ' "they are counted above, or many"
	no_faults
	nothing_kept
	for word in $FUNCTIONS; do
		release "$word"
	done
	check "and the module goes" rmmod "$RIG_DRIVER"
}
