# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# lib-guard.sh - asks and tells the guard, and plugs functions; on L0 and in L1.

# one_group PORT PROPERTIES...: QEMU arguments for a slot without ACS between its
# functions, which is one IOMMU group: a virtio-rng for each of the PROPERTIES. All of
# them say that they are not alone, or one that comes back would have its own group.
one_group() {
	group_port=$1 group_number=0
	shift
	for group_properties; do
		group_id=$group_port-$group_number
		echo "-object rng-random,filename=/dev/urandom,id=source-$group_id"
		echo "-device virtio-rng-pci,id=$group_id,bus=port-$group_port,addr=0.$group_number,rng=source-$group_id,disable-legacy=on,multifunction=on,$group_properties"
		group_number=$((group_number + 1))
	done
}

# from_l0 NAME: a word of L1's command line.
from_l0() { tr ' ' '\n' </proc/cmdline | sed -n "s/^rig\.$1=//p" | tr , ' '; }

device_of() { echo "/sys/bus/pci/devices/$(address "$1")"; }
record_of() { echo "$(device_of "$1")/virtio_fixup"; }

# guard_word WORD: what the guard says of a function; "nothing" without a record.
guard_word() { cat "$(record_of "$1")/guard" 2>/dev/null || echo nothing; }

# guard_is WORD STATE
guard_is() { same "$1: the guard says" "$2" "$(guard_word "$1")"; }

# guard_comes_to WORD STATE: by itself.
guard_comes_to() { comes_to "$1: the guard says" "$2" guard_word "$1"; }

# policy WORD POLICY
policy() { check "$1: policy $2" eval "echo $2 >$(record_of "$1")/policy"; }

# given_to WORD DRIVER: try to bind it there by name; prints how that ended, in the
# words of the C library.
given_to() {
	load_driver "$2" || { echo "no driver $2"; return; }
	echo "$2" >"$(device_of "$1")/driver_override"
	[ ! -e "$(device_of "$1")/driver" ] ||
		address "$1" >"$(device_of "$1")/driver/unbind"
	if address "$1" 2>/run/given >"/sys/bus/pci/drivers/$2/bind"; then
		echo bound
	else
		sed 's/.*: //' /run/given
	fi
}

# vetoed WORD: stock vfio-pci is not given it.
vetoed() {
	same "$1 is not given to vfio-pci" "No such device" "$(given_to "$1" vfio-pci)"
	same "$1: its driver" none "$(driver_of "$1")"
	guard_is "$1" vetoed
}

# admitted WORD: stock vfio-pci is given it. On a slow L1 a bind may not have the time for
# the whole measurement: it is made, and the function is bound, soon afterwards.
admitted() {
	given_to "$1" vfio-pci >/dev/null
	comes_to "$1 is given to" vfio-pci driver_of "$1"
	guard_is "$1" admitted
}

# owned WORD: vfio-pci had it by root's word, which is taken back.
owned() {
	[ -e "$(record_of "$1")" ] || vetoed "$1"
	policy "$1" unsafe
	admitted "$1"
	policy "$1" auto
	guard_is "$1" owned
}

# opens WORD; opens_not WORD: by stock vfio-pci, from user space.
opens() { exits "$1 opens" 0 vfio-hold "$(address "$1")" </dev/null; }
opens_not() { exits "$1: nobody can open it" 3 vfio-hold "$(address "$1")" </dev/null; }

# anew WORD: it leaves the bus, and comes back with nothing known of it.
anew() {
	check "$1 leaves" eval "echo 1 >$(device_of "$1")/remove"
	echo 1 >/sys/bus/pci/rescan
	check "$1 is back" [ -e "$(device_of "$1")" ]
	release "$1"
}

# comes_to TEXT WANTED COMMAND...: the command prints that, by itself, some time. How
# long the wait may be is for a machine that has other things to do.
comes_to() {
	comes_text=$1 comes_wanted=$2 comes_turn=0
	shift 2
	while [ $comes_turn -lt 150 ] && [ "$("$@")" != "$comes_wanted" ]; do
		sleep 1
		comes_turn=$((comes_turn + 1))
	done
	same "$comes_text" "$comes_wanted" "$("$@")"
}

# hold_by FD WORD [OPTION]: vfio-hold has it open in the background, until let_go_by FD.
# FD is 5 or 6; whoever has a copy of it keeps the function open, too.
hold_by() {
	rm -f "/run/held-$1"
	mkfifo "/run/keep-$1"
	# shellcheck disable=SC2086 # an option, or none
	vfio-hold ${3:-} "$(address "$2")" <"/run/keep-$1" >"/run/held-$1" 2>&1 \
		5>&- 6>&- &
	eval "holder_$1=$!; exec $1>/run/keep-$1"
	hold_turn=0
	while [ $hold_turn -lt 300 ] && ! grep -qs . "/run/held-$1"; do
		usleep 100000
		hold_turn=$((hold_turn + 1))
	done
	has "$2 is held" '^(OPEN|WAITS)$' "/run/held-$1" || sed 's/^/#   /' "/run/held-$1"
}

let_go_by() {
	eval "exec $1>&-; wait \$holder_$1"
	rm "/run/keep-$1"
}

# there_or_gone WORD: for comes_to.
there_or_gone() { [ -e "$(device_of "$1")" ] && echo there || echo gone; }

# unplugged WORD, plugged WORD: by L0. A slot takes seconds for each, so a function that
# is there may be about to leave, and for L0 one that is gone may be there still.
unplugged() {
	echo "# unplug $1"
	comes_to "$1 is unplugged" gone there_or_gone "$1"
}

plugged() {
	plug_turn=0
	while [ $plug_turn -lt 150 ] && [ "$(there_or_gone "$1")" = gone ]; do
		[ $((plug_turn % 5)) != 0 ] || echo "# plug $1"
		sleep 1
		plug_turn=$((plug_turn + 1))
	done
	same "$1 is plugged" there "$(there_or_gone "$1")"
}

# live_in_l1 WORD: L1's own driver takes it, and it works.
live_in_l1() {
	modprobe virtio-rng
	modprobe virtio_blk
	bind "$1" virtio-pci
	same "$1 is live with L1's own driver" 0x0000000f \
		"$(cat "$(device_of "$1")"/virtio*/status)"
	release "$1"
}

# references: to the module.
references() { cat "/sys/module/$RIG_DRIVER/refcnt"; }

nothing_owned() { same "references to the module" 0 "$(references)"; }
