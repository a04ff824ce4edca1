# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The guard where it is awkward: what was bound before it, who shares a group with whom,
# who comes and goes while it looks.
. "${here:-/rig}/lib-guard.sh"

EXTRA_1="$(one_group extra-1 iommu_platform=on iommu_platform=off iommu_platform=off)
	-object memory-backend-ram,id=shared-extra-1,size=1M,share=on
	-device ivshmem-plain,id=extra-1-3,bus=port-extra-1,addr=0.3,multifunction=on,memdev=shared-extra-1"
EXTRA_2=$(one_group extra-2 iommu_platform=on iommu_platform=on)
FUNCTIONS="rng-translated rng-bypass blk-bypass extra-1 extra-2"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold"
HOTPLUG=1

l1() {
	good=$EXTRA_1 bad=${EXTRA_1%.0}.1 worse=${EXTRA_1%.0}.2 other=${EXTRA_1%.0}.3
	one=$EXTRA_2 two=${EXTRA_2%.0}.1
	same "one group has four" "$(readlink -f "$(device_of "$good")/iommu_group")" \
		"$(readlink -f "$(device_of "$other")/iommu_group")"
	for word in $good $bad $worse $one $two; do
		release "$word"
	done
	load_driver vfio-pci

	for case in was_there_first override_is_the_writers \
			sibling_has_the_group sibling_is_held kernel_sibling_in_a_loop \
			sibling_fails_to_probe two_refused_members policy_while_locked node_held_open \
			unbound_while_measured unloaded_while_measured unplugged_while_owned \
			stub suspended; do
		note "case: $case"
		$case
	done
	allow_log '^vfio-pci [0-9a-f:.]*: guard: |guard: .*callbacks suppressed' "they say what they refuse"
	allow_log 'blocked until released by user' "its user holds it while it is unbound"
	allow_log 'opened by policy unsafe|guard: admitted' "so it is told to"
}

# In use, idle, and one whose driver waits for its user with the device lock held.
was_there_first() {
	same "rng-bypass is bound before" bound "$(given_to rng-bypass vfio-pci)"
	same "its sibling's neighbour is bound before" bound "$(given_to "$bad" vfio-pci)"
	same "blk-bypass is bound before" bound "$(given_to blk-bypass vfio-pci)"
	hold_by 5 "$bad"
	hold_by 6 blk-bypass
	(exec 5>&- 6>&-; address blk-bypass >/sys/bus/pci/drivers/vfio-pci/unbind) &
	first_unbind=$!
	check "the module loads while a driver waits for its user" load_driver "$RIG_DRIVER"
	guard_is rng-bypass owned
	opens_not rng-bypass
	guard_is "$bad" in-use
	expect_log 1 "$bad: guard: .*users reach it, ALTHOUGH IT IS NOT ADMITTED"
	check "it does not unload while it owns a group" eval "! rmmod $RIG_DRIVER"
	let_go_by 6
	wait $first_unbind
	same "blk-bypass: its driver" none "$(driver_of blk-bypass)"
	vetoed blk-bypass
	let_go_by 5
	comes_to "what was in use is owned when its user has gone" owned guard_word "$bad"
	opens_not "$bad"
	for word in rng-bypass "$bad" blk-bypass; do
		release "$word"
	done
	nothing_owned
	for word in rng-bypass "$bad" blk-bypass; do
		live_in_l1 "$word"
	done
}

# Somebody writes driver_override while binds are vetoed: it is what was written last.
override_is_the_writers() {
	override=$(device_of rng-bypass)/driver_override
	(
		override_turn=0
		while [ $override_turn -lt 60 ]; do
			address rng-bypass >/sys/bus/pci/drivers/vfio-pci/bind
			override_turn=$((override_turn + 1))
		done
	) 2>/dev/null &
	override_odd=0 override_writes=0
	while kill -0 $! 2>/dev/null; do
		for word in vfio-pci somebody; do
			echo $word >"$override"
			override_writes=$((override_writes + 1))
			[ "$(cat "$override")" = $word ] || override_odd=$((override_odd + 1))
		done
	done
	wait $!
	same "of $override_writes words written, those that were not kept" 0 $override_odd
	same "driver_override in the end" somebody "$(cat "$override")"
	same "driver" none "$(driver_of rng-bypass)"
	release rng-bypass
}

# A VFIO user has the group through a sibling, and would get the function at once.
sibling_has_the_group() {
	admitted "$good"
	hold_by 5 "$good"
	vetoed "$bad"
	vetoed "$worse"
	let_go_by 5
	opens "$good"
	release "$good"
	release "$bad"
	release "$worse"
	nothing_owned
}

# One that could be admitted, but not now: it is bound when its sibling's user has gone.
sibling_is_held() {
	anew "$two"
	admitted "$one"
	hold_by 5 "$one"
	vetoed "$two"
	has "what is in the way: the group" "group is in use" "$(record_of "$two")/measured_reason"
	let_go_by 5
	comes_to "$two is bound by itself" vfio-pci driver_of "$two"
	guard_is "$two" admitted
	opens "$two"

	# The guard looks by itself meanwhile, in vain; that does not keep it from a look
	# when the function is bound. It may be quicker, and bind the function itself.
	anew "$two"
	hold_by 5 "$one"
	vetoed "$two"
	sleep 3
	let_go_by 5
	given_to "$two" vfio-pci >/dev/null
	same "$two: its driver" vfio-pci "$(driver_of "$two")"
	release "$one"
	release "$two"
}

# A sibling's driver of L1 holds the group now and then. What bypasses is refused at
# any time; what is translated, and was not measured, is admitted in the end.
kernel_sibling_in_a_loop() {
	anew "$one"
	echo virtio-pci >"$(device_of "$two")/driver_override"
	(
		kernel_turn=0
		while [ $kernel_turn -lt 30 ]; do
			address "$two" >/sys/bus/pci/drivers/virtio-pci/bind
			address "$two" >/sys/bus/pci/drivers/virtio-pci/unbind
			kernel_turn=$((kernel_turn + 1))
		done
	) 2>/dev/null &
	while kill -0 $! 2>/dev/null; do
		given_to "$one" vfio-pci >>/run/outcomes
		vfio-hold "$one" </dev/null >>/run/outcomes
	done
	wait $!
	note "outcomes: $(sort /run/outcomes | uniq -c | tr -s ' \n' ' ')"
	comes_to "$one is bound in the end" vfio-pci driver_of "$one"
	guard_is "$one" admitted
	opens "$one"
	release "$one"
	release "$two"

	(
		kernel_turn=0
		while [ $kernel_turn -lt 30 ]; do
			given_to "$good" virtio-pci
			release "$good"
			kernel_turn=$((kernel_turn + 1))
		done
	) >/dev/null 2>&1 &
	kernel_given=0
	while kill -0 $! 2>/dev/null; do
		[ "$(given_to "$bad" vfio-pci)" != bound ] || kernel_given=$((kernel_given + 1))
	done
	wait $!
	same "times that $bad was given to vfio-pci" 0 $kernel_given
	release "$bad"
	nothing_owned
}

# The end of a probe that fails is told to nobody: the guard has to look by itself.
sibling_fails_to_probe() {
	anew "$good"
	echo virtio-pci >"$(device_of "$other")/driver_override"
	(
		probe_turn=0
		while [ $probe_turn -lt 60 ]; do
			address "$other" >/sys/bus/pci/drivers/virtio-pci/bind
			probe_turn=$((probe_turn + 1))
		done
	) 2>/dev/null &
	while kill -0 $! 2>/dev/null; do
		given_to "$good" vfio-pci >/dev/null
	done
	wait $!
	same "$other: its driver" none "$(driver_of "$other")"
	comes_to "$good is bound in the end" vfio-pci driver_of "$good"
	guard_is "$good" admitted
	opens "$good"
	release "$good"
	release "$other"
}

# One claim of the group, for two reasons: the last of them gives it back.
two_refused_members() {
	vetoed "$bad"
	vetoed "$worse"
	owned "$bad"
	owned "$worse"
	opens_not "$bad"
	release "$bad"
	guard_is "$worse" owned
	opens_not "$worse"
	same "a sibling's own driver finds the group taken" "Device or resource busy" \
		"$(given_to "$good" virtio-pci)"
	release "$worse"
	nothing_owned
	live_in_l1 "$good"
	live_in_l1 "$bad"
}

# A reset has the device lock when the policy turns against the function: who wrote the
# policy can rely on it all the same.
policy_while_locked() {
	policy rng-bypass unsafe
	admitted rng-bypass
	locked_turn=0 locked_odd=0
	while [ $locked_turn -lt 10 ]; do
		echo unsafe >"$(record_of rng-bypass)/policy"
		echo 1 >"$(device_of rng-bypass)/reset" &
		usleep $((locked_turn * 10000))
		echo auto >"$(record_of rng-bypass)/policy"
		[ "$(guard_word rng-bypass)" = owned ] || locked_odd=$((locked_odd + 1))
		wait $!
		locked_turn=$((locked_turn + 1))
	done
	same "of 10 policies, those that came late" 0 $locked_odd
	policy rng-bypass auto
	release rng-bypass
	nothing_owned
}

# Its character device is open, but not bound to an iommufd, when it ceases to be admitted.
node_held_open() {
	if ! [ -e /dev/iommu ]; then
		skip "this kernel gives functions no character devices (VFIO_DEVICE_CDEV)"
		return
	fi
	VFIO_USER_API=cdev
	export VFIO_USER_API
	policy rng-bypass unsafe
	admitted rng-bypass
	hold_by 5 rng-bypass -w
	policy rng-bypass auto
	guard_is rng-bypass owned
	echo >&5
	let_go_by 5
	has "it gives no access" "REFUSED: VFIO_DEVICE_BIND_IOMMUFD" /run/held-5
	unset VFIO_USER_API
	release rng-bypass
	nothing_owned
}

# Its next driver is L1's own, which finds the group free.
unbound_while_measured() {
	unbound_odd=0 unbound_turn=0
	while [ $unbound_turn -lt 20 ]; do
		[ "$(given_to rng-translated vfio-pci)" = bound ] || unbound_odd=$((unbound_odd + 1))
		echo 1 2>/dev/null >"$(record_of rng-translated)/measure" &
		usleep $((unbound_turn * 10000))
		[ "$(given_to rng-translated virtio-pci)" = bound ] || unbound_odd=$((unbound_odd + 1))
		wait $!
		unbound_turn=$((unbound_turn + 1))
	done
	same "of 40 binds, those that failed" 0 $unbound_odd
	live_in_l1 rng-translated
	nothing_owned
}

unloaded_while_measured() {
	unloaded_odd=0 unloaded_turn=0 unloads=0
	while [ $unloaded_turn -lt 10 ]; do
		[ "$(given_to rng-translated vfio-pci)" = bound ] || unloaded_odd=$((unloaded_odd + 1))
		echo 1 2>/dev/null >"$(record_of rng-translated)/measure" &
		usleep $((unloaded_turn * 20000))
		rmmod "$RIG_DRIVER" 2>/dev/null && unloads=$((unloads + 1))
		wait $!
		load_driver "$RIG_DRIVER" || unloaded_odd=$((unloaded_odd + 1))
		unloaded_turn=$((unloaded_turn + 1))
	done
	same "of 10 binds and loads, those that failed ($unloads unloads)" 0 $unloaded_odd
	opens rng-translated
	release rng-translated
	vetoed rng-bypass
	nothing_owned
}

# Its group leaves with it, and the kernel warns if anybody owns it then.
unplugged_while_owned() {
	owned rng-bypass
	owned "$bad"
	unplugged rng-bypass
	check "$bad leaves" eval "echo 1 >$(device_of "$bad")/remove"
	nothing_owned
	echo 1 >/sys/bus/pci/rescan
	plugged rng-bypass
	for word in rng-bypass "$bad"; do
		release "$word"
		vetoed "$word"
	done
}

# It gives functions to nobody.
stub() {
	if ! modprobe pci-stub 2>/dev/null && [ ! -d /sys/bus/pci/drivers/pci-stub ]; then
		skip "this kernel has no pci-stub"
		return
	fi
	same "rng-bypass is given to pci-stub" bound "$(given_to rng-bypass pci-stub)"
	guard_is rng-bypass off
	release rng-bypass
}

# All but the sleep itself: drivers, and all they have, go down and come up again. This
# is the last case, as 9p does not work any more afterwards.
suspended() {
	if [ ! -w /sys/power/pm_test ]; then
		skip "this kernel cannot suspend its devices alone (PM_DEBUG)"
		return
	fi
	owned rng-bypass
	admitted rng-translated
	vetoed blk-bypass
	echo devices >/sys/power/pm_test
	echo 0 >/sys/module/suspend/parameters/pm_test_delay 2>/dev/null
	check "L1 suspends, and resumes" eval "echo freeze >/sys/power/state"
	guard_is rng-bypass owned
	opens_not rng-bypass
	guard_is rng-translated admitted
	opens rng-translated
	vetoed blk-bypass
	release rng-bypass
	release rng-translated
	nothing_owned
}
