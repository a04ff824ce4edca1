# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# What policies ask for, and that what was seen outlives them.
. "${here:-/rig}/lib-measure.sh"

NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold"

# Who may set which policy: what admits more than `auto` asks CAP_SYS_RAWIO of the
# writer, not just a file mode, and `unsafe` a kernel that is not locked down. And the
# policy that functions begin with.
scenario_policy_asks() {
	FUNCTIONS="rng-translated rng-bypass"

	# without_rawio COMMAND...: as root, but without that capability.
	without_rawio() { chroot /host /usr/bin/setpriv --bounding-set=-sys_rawio "$@"; }

	policy() { fixup rng-translated policy; }

	# is_refused POLICY COMMAND...: the command may not set it, and nothing changes.
	is_refused() {
		refused_policy=$1
		shift
		refused_before=$(policy)
		if "$@" >/run/refused 2>&1; then
			fail "$refused_policy is refused"
		else
			has "$refused_policy is refused" "not permitted" /run/refused
		fi
		same "the policy is still" "$refused_before" "$(policy)"
	}

	capability() {
		for word in auto strict deny; do
			check "without the capability: $word is set" without_rawio /bin/bash -c "echo $word >$at/policy"
			same "the policy is" "$word" "$(policy)"
		done
		for word in vouched physical unsafe; do
			is_refused "$word" without_rawio /bin/bash -c "echo $word >$at/policy"
		done
		for word in vouched physical unsafe deny; do
			check "with it: $word is set" bash_l1 "echo $word >$at/policy"
			same "the policy is" "$word" "$(policy)"
		done
	}

	bash_l1() { chroot /host /bin/bash -c "$1"; }

	# load_with PARAMETER: the module, anew.
	load_with() {
		rmmod "$RIG_DRIVER" && insmod "/host$RIG_MODULE" "$1" 2>/run/insmod.err
	}

	first_policy() {
		check "the module is loaded with policy=deny" load_with policy=deny
		same "its parameter" deny "$(cat "/sys/module/$RIG_DRIVER/parameters/policy")"
		bind rng-translated "$RIG_DRIVER"
		same "a function begins with" deny "$(policy)"
		exits "policy deny: opening is refused" 3 vfio-hold "$RNG_TRANSLATED" </dev/null
		check "auto is set" eval "echo auto >$at/policy"
		exits "policy auto: it can be opened" 0 vfio-hold "$RNG_TRANSLATED" </dev/null

		for word in lax '' auto,strict; do
			if load_with "policy=$word"; then
				fail "policy=$word: the module does not load"
			else
				has "policy=$word: the module does not load" "nvalid" /run/insmod.err
			fi
			check "policy=$word: it is not there" [ ! -e "/sys/module/$RIG_DRIVER" ]
			insmod "/host$RIG_MODULE"
		done
		rmmod "$RIG_DRIVER"
		if without_rawio /usr/sbin/insmod "$RIG_MODULE" policy=vouched 2>/run/insmod.err; then
			fail "without the capability: it does not load with policy=vouched"
		else
			has "without the capability: it does not load with policy=vouched" \
				"not permitted" /run/insmod.err
		fi
		check "without the capability: it loads with policy=strict" \
			without_rawio /usr/sbin/insmod "$RIG_MODULE" policy=strict
		bind rng-translated "$RIG_DRIVER"
		same "a function begins with" strict "$(policy)"
	}

	locked_down() {
		mount -t securityfs security /sys/kernel/security
		check "the kernel is not locked down" grep -q '\[none\]' /sys/kernel/security/lockdown
		check "unsafe is set" eval "echo unsafe >$at/policy"
		check "strict is set" eval "echo strict >$at/policy"
		check "the kernel is locked down now" \
			eval "echo integrity >/sys/kernel/security/lockdown"
		is_refused "locked down: unsafe" bash_l1 "echo unsafe >$at/policy"
		for word in vouched physical strict deny auto; do
			check "locked down: $word is set" eval "echo $word >$at/policy"
			same "the policy is" "$word" "$(policy)"
		done
		# vfio-pci asks nobody when it is opened.
		release rng-bypass
		echo vfio-pci >"/sys/bus/pci/devices/$RNG_BYPASS/driver_override"
		modprobe vfio-pci
		echo "$RNG_BYPASS" >/sys/bus/pci/drivers/vfio-pci/bind
		same "the guard has vetoed rng-bypass" vetoed "$(fixup rng-bypass guard)"
		if bash_l1 "echo vouched >$(sysfs_of rng-bypass)/policy" 2>/run/refused; then
			fail "locked down: vouched of a function that vfio-pci wants is refused"
		else
			has "locked down: vouched of a function that vfio-pci wants is refused" \
				"not permitted" /run/refused
		fi
		exits "locked down: it can be opened" 0 vfio-hold "$RNG_TRANSLATED" </dev/null
		judged rng-bypass "bypass not-run" bypass measured 0 described-but-bypasses
	}

	l1() {
		at=$(sysfs_of rng-translated)
		bind rng-translated "$RIG_DRIVER"
		capability
		first_policy
		locked_down
		allow_log 'open refused: |guard: not given' "so it should be"
		allow_log "virtio_fixup_vfio_pci: .* invalid for parameter .policy" "so it should be"
		no_faults
	}
}

# A function that bypasses, and has used up what it may answer with, is silent
# when it is measured again. It was seen to bypass, and that stays: under every
# policy, over unbind and bind, until root clears it. Nobody opens it, so all that L0
# sees of it behind the mark is of measurements.
scenario_evidence_stays() {
	# 64 bytes an hour: one answer.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on,max-bytes=64,period=3600000"
	FUNCTIONS="extra-1"
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
		check "it was the bus's master: $mastering times" [ "$mastering" -gt 3 ]
		same "of these, with INTx enabled" 0 "$with_intx"
	}
}
