# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# When the driver measures, what is in its way, and that it leaves nothing behind.
. "${here:-/rig}/lib-measure.sh"

NEEDS_MODULE=1

# Measuring again and again, and where it should not be: while the function is
# open, twice at once, during unbind, bind and unload, with siblings in the IOMMU
# group. Nothing hangs, nothing is lost, nothing stays claimed.
scenario_measure_again() {
	ROUNDS=100
	# One slot without ACS between its functions: one IOMMU group.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=@ID@,bus=@BUS@,addr=0.0,multifunction=on,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
	EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=@ID@,bus=port-extra-1,addr=0.1,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
	FUNCTIONS="blk-translated rng-translated rng-bypass net-translated extra-1 extra-2"
	NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/vfio-hold"

	# measure WORD: ask for a measurement; what the shell says of it is in
	# /run/measure.err.
	measure() { echo 1 2>/run/measure.err >"$(sysfs_of "$1")/measure"; }

	# many WORD COUNT: measurements in a row, and all find the same.
	many() {
		at=$(sysfs_of "$1")
		read -r wanted <"$at/measured"
		read -r wanted_verdict <"$at/verdict"
		: >/run/usecs
		odd=0 i=0
		while [ "$i" -lt "$2" ]; do
			echo 1 >"$at/measure" || odd=$((odd + 1))
			read -r got <"$at/measured"
			read -r got_verdict <"$at/verdict"
			[ "$got, $got_verdict" = "$wanted, $wanted_verdict" ] || odd=$((odd + 1))
			read -r usecs <"$at/measured_usecs"
			echo "$usecs" >>/run/usecs
			i=$((i + 1))
		done
		same "$1: of $2 measurements, those that failed or differ" 0 "$odd"
		same "$1: measurements with a time" "$2" "$(grep -c '^[1-9]' /run/usecs)"
		sort -n /run/usecs | awk -v name="$1" -v where="$(platform_name) | $(uname -r)" '
			{ t[NR] = $1 }
			END { printf "# times | %s | %s | %d measurements, usecs: median %d, maximum %d\n",
				name, where, NR, t[int((NR + 1) / 2)], t[NR] }'
	}

	no_leak() {
		many rng-translated 20 >/dev/null	# whatever is allocated once
		memory /run/before
		many rng-translated "$ROUNDS"
		many rng-bypass "$ROUNDS"
		kept /run/before /run/after $((2 * ROUNDS)) >/run/grew
		note "MemFree $(head -n 1 /run/before | cut -d ' ' -f 2) KiB before, $(head -n 1 /run/after | cut -d ' ' -f 2) after"
		check "slab caches are counted" [ "$(grep -c . /run/after)" -gt 50 ]
		sed 's/^/#   grew: /' /run/grew
		same "what grew with every measurement" 0 "$(grep -c . /run/grew)"
		dd if=/dev/zero of=/run/lost bs=1M count=4 2>/dev/null
		memory /run/after
		rm /run/lost
		# The file system and others allocate a little for that file, too.
		same "4 MiB that are lost on purpose are seen" 1 \
			"$(lost /run/before /run/after $((2 * ROUNDS)) | grep -c '^MemFree ')"
	}

	while_open() {
		hold rng-translated
		same "it is open" 1 "$(fixup rng-translated open)"
		before="$(fixup rng-translated measured) $(fixup rng-translated measured_usecs)"
		if measure rng-translated; then
			fail "measure while open is refused"
		else
			has "measure while open is refused, busy" "[Bb]usy" /run/measure.err
		fi
		same "and what was measured stays" "$before" \
			"$(fixup rng-translated measured) $(fixup rng-translated measured_usecs)"
		let_go
		check "once it is closed it can be measured" measure rng-translated
	}

	# writer WORD NAME [PAUSE]: measure as long as /run/go is there, with so many
	# microseconds between; counts in /run/NAME.
	writer() {
		: >"/run/$2"
		at=$(sysfs_of "$1")
		while [ -e /run/go ]; do
			echo 1 >"$at/measure" && echo did >>"/run/$2"
			[ -z "${3:-}" ] || usleep "$3"
		done 2>"/run/$2.err"
	}

	# start WORD NAME [PAUSE]: that, in the background. stop: end all of them.
	start() {
		: >/run/go
		writer "$@" &
	}

	stop() {
		rm /run/go
		wait
	}

	twice_at_once() {
		start rng-translated one
		start rng-translated two
		start rng-bypass three
		sleep 2
		stop
		for name in one two three; do
			check "writer $name measured: $(grep -c did /run/"$name") times" grep -q did /run/"$name"
			same "writer $name: errors" 0 "$(grep -c . /run/"$name".err)"
		done
	}

	opened_meanwhile() {
		# With no time between, whoever opens it finds it busy each time.
		start rng-translated loop 10000
		exits "opens while it is measured" 0 \
			vfio-hold -n 40 "$(address rng-translated)" >/run/opens
		stop
		cat /run/opens
		has "some opens succeed, others find it busy, none fails otherwise" \
			'ROUNDS opened=[1-9][0-9]* busy=[1-9][0-9]* other=0' /run/opens
		check "measured meanwhile: $(grep -c did /run/loop) times" grep -q did /run/loop
		same "errors other than busy" 0 "$(grep -vc '[Bb]usy' /run/loop.err)"
	}

	during_unbind() {
		at=/sys/bus/pci/drivers/$RIG_DRIVER
		start rng-translated loop
		i=0 lost=0
		while [ "$i" -lt 30 ]; do
			usleep $((i % 10 * 5000))
			echo "$RNG_TRANSLATED" >"$at/unbind" || lost=$((lost + 1))
			echo "$RNG_TRANSLATED" >"$at/bind" || lost=$((lost + 1))
			i=$((i + 1))
		done
		stop
		same "of 30 rounds of unbind and bind, those that failed" 0 "$lost"
		check "measured meanwhile: $(grep -c did /run/loop) times" grep -q did /run/loop
		judged rng-translated "rejected translated" translated measured 1

		start rng-translated loop
		i=0 lost=0
		while [ "$i" -lt 5 ]; do
			usleep 50000
			rmmod "$RIG_DRIVER" || lost=$((lost + 1))
			load_driver "$RIG_DRIVER" || lost=$((lost + 1))
			i=$((i + 1))
		done
		stop
		same "of 5 rounds of unload and load, those that failed" 0 "$lost"
		judged rng-translated "rejected translated" translated measured 1
	}

	parallel_binds() {
		for word in blk-translated rng-translated net-translated; do
			release "$word" 2>/dev/null
			echo "$RIG_DRIVER" >"/sys/bus/pci/devices/$(address "$word")/driver_override"
		done
		for word in blk-translated rng-translated net-translated; do
			address "$word" >/sys/bus/pci/drivers_probe &
		done
		wait
		for word in blk-translated rng-translated net-translated; do
			judged "$word" "rejected translated" translated measured 1
		done
	}

	siblings() {
		first=$EXTRA_1 second=${EXTRA_1%.0}.1
		same "one group has both" "$(readlink -f "/sys/bus/pci/devices/$first/iommu_group")" \
			"$(readlink -f "/sys/bus/pci/devices/$second/iommu_group")"

		bind "$second" virtio-pci
		judged "$first" "not-run not-run" conditional declared 0
		exits "measure, with the sibling on virtio-pci, fails" 1 measure "$first"
		has "because it is busy" "[Bb]usy" /run/measure.err
		judged "$first" "not-run not-run" conditional declared 0
		fixup "$first" measured_reason >/run/reason
		has "the reason is a group in use" "group is in use: $second of it has the driver virtio-pci" \
			/run/reason
		check "the sibling works on" [ "$(driver_of "$second")" = virtio-pci ]

		release "$second"
		check "with a sibling that has no driver the first can be measured" measure "$first"
		judged_shared "$first"
		bind "$second" virtio-pci
		judged_shared "$second"
	}

	judged_shared() { judged "$1" "rejected translated" translated measured 1; }

	l1() {
		dmesg -n 4	# a line for each measurement is too much for the console
		judged rng-translated "rejected translated" translated measured 1
		judged rng-bypass "bypass not-run" bypass measured 0 described-but-bypasses
		no_leak
		while_open
		twice_at_once
		opened_meanwhile
		during_unbind
		parallel_binds
		siblings
		usable rng-translated
		nothing_kept
		no_faults
	}
}

# What cannot be measured now is refused, and is measured by itself when what was in
# the way has gone: a sibling of its IOMMU group with a kernel driver, or in use. A
# record ends with the device.
scenario_measure_later() {
	# One slot without ACS between its functions: one IOMMU group.
	EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=@ID@,bus=@BUS@,addr=0.0,multifunction=on,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
	EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
		-device virtio-rng-pci,id=@ID@,bus=port-extra-1,addr=0.1,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
	FUNCTIONS="extra-1 extra-2"
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
		while [ "$later_turn" -lt 120 ] && [ "$(fixup "$first" admitted)" != 1 ]; do
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
}

# A VFIO user who pins pages all over memory leaves no piece of it that the blocks of
# a measurement would fit in. The driver has them since it was loaded: functions that
# are bound then are measured all the same.
scenario_measure_scattered() {
	# Less to pin.
	L1_MEMORY=640
	FUNCTIONS="net-translated rng-translated rng-bypass blk-translated"
	NEEDS_PROGRAMS="nested/bin/memory-scatter nested/bin/vfio-hold"

	l1() {
		load_driver "$RIG_DRIVER"
		bind net-translated vfio-pci
		mkfifo /run/keep
		memory-scatter "$NET_TRANSLATED" </run/keep >/run/scattered 2>&1 &
		scatterer=$!
		exec 3>/run/keep
		scatter_wait=0
		while [ "$scatter_wait" -lt 300 ] && kill -0 "$scatterer" 2>/dev/null &&
		      ! grep -qE '^(SCATTERED|FAILED|REFUSED)' /run/scattered; do
			sleep 1
			scatter_wait=$((scatter_wait + 1))
		done
		sed 's/^/#   /' /run/scattered
		has "no piece of 256 KiB is left, and much is free" \
			'^SCATTERED: [1-9][0-9][0-9]* MiB are free' /run/scattered

		truthful rng-translated
		truthful rng-bypass
		truthful blk-translated
		exits "what was measured can be opened" 0 vfio-hold "$RNG_TRANSLATED" </dev/null
		exec 3>&-
		wait "$scatterer"
		no_faults
		nothing_kept
	}
}

# A function that bypasses, and has used up what it may answer with, is silent
# when it is measured again. It was seen to bypass, and that stays: under every
# policy, over unbind and bind, until root clears it. Nobody opens it, so all that L0
# sees of it behind the mark is of measurements.
scenario_evidence_stays() {
	NEEDS_PROGRAMS="nested/bin/vfio-hold"
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

# One level down: L1 hands a function through our driver to L2, which has an
# IOMMU of its own and our driver on it. L2 measures for itself, without a fault in
# L1 (its IOMMU is the one that would log it), and a VFIO user in L2 has a working
# function that reaches what is mapped for it.
scenario_measure_nested() {
	FULL_ONLY="L1 in TCG stands still too often while an L2 with an IOMMU of its own boots"
	FUNCTIONS="rng-translated"
	L2_DRIVER=1
	NEEDS_PROGRAMS="nested/bin/dma-path"

	l1() {
		truthful rng-translated
		run_l2 -i rng-translated
		check "back in L1 it is measured again" eval "echo 1 >$(sysfs_of rng-translated)/measure"
		truthful rng-translated
		nothing_kept
		no_faults
	}

	l2() {
		check "the function is in an IOMMU group of L2" [ -e "$L2_SYSFS/iommu_group" ]
		modprobe vfio_iommu_type1
		check "L2 gives it to our driver" l2_bind virtio_fixup_vfio_pci
		found_at "$L2_SYSFS/virtio_fixup" rng-translated "intel in L2"
		same "in L2: measured, verdict, basis, admitted" \
			"rejected translated, translated, measured, 1" \
			"$got_measured, $got_verdict, $got_basis, $got_admitted"
		exits "in L2: a VFIO user has a working, translated function" 0 \
			dma-path "$L2_FUNCTION"
	}
}
