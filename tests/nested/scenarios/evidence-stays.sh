# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A function that bypasses, and has used up what it may answer with, is silent
# when it is measured again. It was seen to bypass, and that stays: under every
# policy, over unbind and bind, until root clears it. Nobody opens it, so all that L0
# sees of it behind the mark is of measurements.
. "${here:-/rig}/lib-measure.sh"

# 64 bytes an hour: one answer.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,max-bytes=64,period=3600000"
FUNCTIONS="extra-1"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold"
TRACE=pci_cfg_write

# refused_under POLICY...: nobody opens it then, and its verdict is what was seen.
refused_under() {
	for policy; do
		check "policy $policy is set" eval "echo $policy >$at/policy"
		same "policy $policy: verdict, basis, admitted" "bypass, measured, 0" \
			"$(cat "$at/verdict"), $(cat "$at/basis"), $(cat "$at/admitted")"
		exits "policy $policy: opening is refused" 3 \
			vfio-hold "$address" </dev/null
	done
}

silent_again() {
	check "it is measured again" eval "echo 1 >$at/measure"
	same "the last measurement saw nothing" "silent not-run not-run" \
		"$(cat "$at/measured_last")"
	judged "$address" "bypass not-run" bypass measured 0 described-but-bypasses
}

# mark: 0x42 in the latency timer, which nobody uses. L1's own driver had it before.
mark() {
	printf B | dd of="/sys/bus/pci/devices/$address/config" bs=1 seek=13 conv=notrunc 2>/dev/null
}

l1() {
	address=$EXTRA_1
	at=$(sysfs_of "$address")
	release "$address"
	mark
	judged "$address" "bypass not-run" bypass measured 0 described-but-bypasses
	same "the last measurement saw it" "bypass not-run not-run" \
		"$(cat "$at/measured_last")"
	seen=$(cat "$at/measured_time")
	refused_under auto strict vouched physical deny

	silent_again
	same "the time is that of the bypass" "$seen" "$(cat "$at/measured_time")"
	refused_under auto strict vouched physical deny
	stays "$address"

	check "policy vouched is set" eval "echo vouched >$at/policy"
	release "$address"
	same "unbound: what was measured" "bypass not-run" "$(cat "$at/measured")"
	if echo 1 >"$at/measure"; then
		fail "unbound: it cannot be measured"
	else
		ok "unbound: it cannot be measured"
	fi 2>/dev/null
	judged "$address" "bypass not-run" bypass measured 0 described-but-bypasses
	same "bound again: the last measurement saw nothing" "silent not-run not-run" \
		"$(cat "$at/measured_last")"
	same "bound again: the policy" vouched "$(cat "$at/policy")"
	refused_under auto strict physical deny vouched

	check "root clears it" eval "echo clear >$at/measure"
	expect_log 1 "$address: what was seen of its DMA was cleared by root"
	same "cleared: a fresh measurement counts" "silent not-run, translated, vouched, 1" \
		"$(cat "$at/measured"), $(cat "$at/verdict"), $(cat "$at/basis"), $(cat "$at/admitted")"
	check "policy auto is set" eval "echo auto >$at/policy"
	same "cleared: its own word counts" "bypass, declared, 0" \
		"$(cat "$at/verdict"), $(cat "$at/basis"), $(cat "$at/admitted")"
	allow_log 'open refused: |log_refusal: [0-9]+ callbacks suppressed' "so it should be"
	no_faults
	nothing_kept
}

# commands: what L1 wrote to COMMAND of the function behind the mark, one a line.
commands() {
	sed -n "s/.*pci_cfg_write .* $(printf '%02x:00.0' "$(rig_bus extra-1)") @//p" \
		"$run/trace.log" | sed '1,/^0xd <- 0x42$/d' | sed -n 's/^0x4 <- //p'
}

# Nobody handles an interrupt of it while it is measured.
l0() {
	mastering=0 with_intx=0
	for command in $(commands); do
		[ $((command & 0x4)) = 0 ] || {
			mastering=$((mastering + 1))
			[ $((command & 0x400)) != 0 ] || with_intx=$((with_intx + 1))
		}
	done
	check "it was the bus's master: $mastering times" [ $mastering -gt 3 ]
	same "of these, with INTx enabled" 0 $with_intx
}
