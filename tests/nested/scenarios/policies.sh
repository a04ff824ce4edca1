# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# What a policy asks of who sets it, and what it admits.
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

# Policy strict: what was measured is admitted, a function's mere word is not. A
# console is a type that nothing harmless is known to ask: it is negotiated with, and
# where its DMA goes is not seen.
scenario_fixup_strict() {
	FUNCTIONS="rng-translated extra-1"
	EXTRA_1="-device virtio-serial-pci,id=@ID@,bus=@BUS@,disable-legacy=on,iommu_platform=on"
	NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/dma-path nested/bin/vfio-hold"

	l1() {
		for word in $FUNCTIONS; do
			bind "$word" virtio_fixup_vfio_pci
			same "$word, policy auto: admitted" 1 "$(fixup "$word" admitted)"
		done
		same "basis of the rng" measured "$(fixup rng-translated basis)"
		same "basis of the console" declared "$(fixup extra-1 basis)"
		same "the console does not go live without the ack, and does with it" \
			"rejected silent" "$(fixup extra-1 measured)"
		fixup extra-1 measured_reason >/run/reason
		has "it was asked nothing" "so it was asked nothing$" /run/reason
		exits "policy auto: the console can be opened" 0 vfio-hold "$(address extra-1)" </dev/null

		for word in $FUNCTIONS; do
			check "strict is set for $word" vfio-virtio-fixup policy "$(address "$word")" strict
		done
		same "policy strict: the rng is admitted" 1 "$(fixup rng-translated admitted)"
		same "policy strict: the console is not" 0 "$(fixup extra-1 admitted)"
		note "reason: $(fixup extra-1 reason)"
		exits "the rng works" 0 dma-path "$(address rng-translated)"
		exits "the console cannot be opened" 3 vfio-hold "$(address extra-1)" </dev/null
		expect_log 1 "$(address extra-1): open refused"

		check "with policy auto it is as before" \
			vfio-virtio-fixup policy "$(address extra-1)" auto
		exits "and can be opened" 0 vfio-hold "$(address extra-1)" </dev/null
	}
}
