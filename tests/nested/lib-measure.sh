# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# lib-measure.sh - judges what the driver measured, and watches memory; on L0 and in L1.
#
# A scenario sources it with . "${here:-/rig}/lib-measure.sh", which gives it
# the matrix of functions and, as measure_matrix, what to check about it.

FAULTS='DMAR: .*(DMA (Read|Write)|[Ff]ault)|dmar_fault|AMD-Vi: Event|IO_PAGE_FAULT|fault from EP|(amd_iommu|viommu)[a-z_]*: .*callbacks suppressed'

matrix_functions="blk-translated blk-bypass blk-transitional
	rng-translated rng-bypass rng-transitional
	net-translated net-bypass net-transitional
	scsi-translated scsi-bypass gpu-translated gpu-bypass balloon"

# What a table calls this machine's IOMMU.
platform_name() {
	if [ "$RIG_IOMMU" != none ] && grep -q 'iommu=pt' /proc/cmdline; then
		echo "$RIG_IOMMU pt"
	else
		echo "$RIG_IOMMU"
	fi
}

# sysfs_of WORD: where our driver says what it knows of a function.
sysfs_of() { echo "/sys/bus/pci/devices/$(address "$1")/virtio_fixup"; }

# found_at DIRECTORY WORD PLATFORM: read what our driver found, into $got_measured
# and so on, and print that line of the matrix.
found_at() {
	for got in measured measured_time measured_usecs measured_reason verdict basis \
			admitted contradictions; do
		value=
		read -r value <"$1/$got"
		eval "got_$got=\$value"
	done
	echo "# measured | $2 | $3 | $(uname -r) | $got_measured |" \
		"$got_verdict ($got_basis) | $got_measured_usecs"
}

# judged WORD OUTCOMES VERDICT BASIS ADMITTED [CONTRADICTION]: bind it to ours
# if it is not, and check what the driver found. No contradiction given: none.
judged() {
	if [ "$(driver_of "$1")" != "$RIG_DRIVER" ]; then
		bind "$1" "$RIG_DRIVER" || return 1
	fi
	found_at "$(sysfs_of "$1")" "$1" "$(platform_name)"
	same "$1: measured, verdict, basis, admitted" "$2, $3, $4, $5" \
		"$got_measured, $got_verdict, $got_basis, $got_admitted"
	same "$1: contradictions" "[${6:-}]" "[$got_contradictions]"
	if [ "$2" = 'not-run not-run' ]; then
		check "$1: it has no time and says why: $got_measured_reason" \
			[ "$got_measured_time${got_measured_reason:+ why}" = "0 why" ]
	else
		check "$1: the measurement is of today" \
			[ "$got_measured_time" -gt 1000000000 ]
	fi
}

# forced WORD OUTCOME: what came of driving it live by force.
forced() { same "$1: driven by force" "$2" "$(fixup "$1" measured_forced)"; }

# stays WORD: measured ten times in a row, it is judged as before.
stays() {
	stays_at=$(sysfs_of "$1") stays_odd=0 stays_turn=0
	stays_judged="$(cat "$stays_at/measured" "$stays_at/verdict" "$stays_at/basis" \
		"$stays_at/admitted" | tr '\n' ' ')"
	while [ $stays_turn -lt 10 ]; do
		echo 1 >"$stays_at/measure" 2>/dev/null
		[ "$(cat "$stays_at/measured" "$stays_at/verdict" "$stays_at/basis" \
			"$stays_at/admitted" | tr '\n' ' ')" = "$stays_judged" ] ||
			stays_odd=$((stays_odd + 1))
		stays_turn=$((stays_turn + 1))
	done
	same "$1: of 10 measurements in a row, those that change what it is judged" \
		0 $stays_odd
}

# once_reset WORD: wait until its reset is not under way any more, as long as it takes,
# and no check of the time.
once_reset() {
	once_turns=0
	while [ $once_turns -lt 300 ] &&
	      [ "$(fixup "$1" measured_reason)" = "its reset is still under way" ]; do
		sleep 1
		once_turns=$((once_turns + 1))
	done
}

# tell_function WORD OCTAL: tell a function of the lying L0 how to behave, by its cache
# line size; see ../l0/README. A function that sleeps would forget that when it wakes.
tell_function() {
	tell_device=/sys/bus/pci/devices/$(address "$1")
	echo on >"$tell_device/power/control"
	printf "\\$2" | dd of="$tell_device/config" bs=1 seek=12 conv=notrunc 2>/dev/null
}

# decided DIRECTORY: all that was seen of a function, and what follows.
decided() {
	cat "$1/measured" "$1/measured_forced" "$1/verdict" "$1/basis" "$1/admitted" \
		"$1/contradictions" | tr '\n' ' '
}

# stays_in_silence WORD: measured ten times in a row, it is judged as before, although
# it is silent every other time, and in some of the runs of all other times.
stays_in_silence() {
	quiet_at=$(sysfs_of "$1") quiet_odd=0 quiet_turn=0 quiet_heard=0 quiet_loud=0
	quiet_before=$(decided "$quiet_at")
	while [ $quiet_turn -lt 5 ]; do
		tell_function "$1" 121
		echo 1 >"$quiet_at/measure" 2>/dev/null
		! grep -qE 'translated|bypass' "$quiet_at/measured_last" ||
			quiet_heard=$((quiet_heard + 1))
		[ "$(decided "$quiet_at")" = "$quiet_before" ] || quiet_odd=$((quiet_odd + 1))
		tell_function "$1" 122
		echo 1 >"$quiet_at/measure" 2>/dev/null
		! grep -qE 'translated|bypass' "$quiet_at/measured_last" ||
			quiet_loud=$((quiet_loud + 1))
		[ "$(decided "$quiet_at")" = "$quiet_before" ] || quiet_odd=$((quiet_odd + 1))
		quiet_turn=$((quiet_turn + 1))
	done
	tell_function "$1" 0
	same "$1: of 5 measurements in silence, those that saw something" 0 $quiet_heard
	note "$1: of 5 measurements that it was silent in at times, $quiet_loud saw something"
	same "$1: of 10, those that change what it is judged: $quiet_before" 0 $quiet_odd
}

# truthful WORD: check that a function of the matrix was judged right.
truthful() {
	if [ "$1" = balloon ]; then
		judged "$1" "not-run not-run" bypass protocol 0
	elif [ "$RIG_IOMMU" = none ]; then
		judged "$1" "not-run not-run" bypass platform 0
	elif [ "$1" = gpu-translated ]; then
		# Its requests name memory, too: its rings are not all.
		judged "$1" "rejected translated" conditional declared 1
		forced "$1" translated
	elif [ "${1%-translated}" != "$1" ]; then
		judged "$1" "rejected translated" translated measured 1
		forced "$1" translated
	else
		judged "$1" "bypass not-run" bypass measured 0 described-but-bypasses
	fi
}

no_faults() {
	same "IOMMU faults in the log" 0 "$(log_lines "$FAULTS" | grep -c .)"
}

# usable WORD: after the measurement it works for the next user, with the stock
# driver, and its DMA goes where we said.
usable() {
	usable_wanted=10
	[ "${1%-translated}" = "$1" ] || usable_wanted=0
	guard_mode off
	bind "$1" vfio-pci
	exits "$1: works with vfio-pci, its DMA goes where we said" \
		$usable_wanted dma-path "$(address "$1")"
	release "$1"
	guard_mode refuse
}

# disk_of WORD: its block device in L1 itself, with virtio-pci.
disk_of() {
	modprobe virtio_blk
	disk_wait=0
	while [ $disk_wait -lt 50 ]; do
		for disk in /sys/bus/pci/devices/"$(address "$1")"/virtio*/block/*; do
			[ ! -b "/dev/${disk##*/}" ] || { echo "/dev/${disk##*/}"; return 0; }
		done
		disk_wait=$((disk_wait + 1))
		usleep 100000
	done
	return 1
}

# read_by_l1 WORD: L1 itself can read the disk, and it holds what L0 put there.
read_by_l1() {
	bind "$1" virtio-pci
	same "$1: L1 reads the whole disk with virtio-pci" "$(l0_sha256 "$1")" \
		"$(dd if="$(disk_of "$1")" bs=64k iflag=direct 2>/dev/null |
			sha256sum | cut -d ' ' -f 1)"
}

no_group() {
	check "$1: no IOMMU group" \
		[ ! -e "/sys/bus/pci/devices/$(address "$1")/iommu_group" ]
	check "$1: no VFIO device" \
		[ ! -e "/sys/bus/pci/devices/$(address "$1")/vfio-dev" ]
}

nothing_kept() {
	same "pages kept back" 0 \
		"$(cat /sys/module/"$RIG_DRIVER"/parameters/kept_pages)"
}

# measure_matrix [WORD...]: every function of the scenario is judged right; these
# are tried with the stock vfio-pci as well, and a disk in L1 itself.
measure_matrix() {
	for word in $FUNCTIONS; do
		truthful "$word"
		[ "$RIG_IOMMU" != none ] || no_group "$word"
	done
	no_faults
	nothing_kept

	for word; do
		usable "$word"
	done
	read_by_l1 blk-translated
	truthful blk-translated
	no_faults
}

# hold WORD: open it in the background; let_go closes it.
hold() {
	mkfifo /run/keep
	vfio-hold "$(address "$1")" </run/keep >/run/held 2>&1 &
	holder=$!
	exec 3>/run/keep
	hold_wait=0
	while [ $hold_wait -lt 100 ] && ! grep -q . /run/held; do
		usleep 100000
		hold_wait=$((hold_wait + 1))
	done
	has "$1 is held open" '^OPEN$' /run/held || sed 's/^/#   /' /run/held
}

let_go() {
	exec 3>&-
	wait "$holder"
	rm /run/keep
}

# guard: from here on 512 MiB of L1's memory are watched; guarded: none of it
# has changed.
guard() {
	mkfifo /run/guard
	memory-guard 512 </run/guard >/run/guarded 2>&1 &
	guard_pid=$!
	exec 4>/run/guard
	guard_wait=0
	while [ $guard_wait -lt 300 ] && ! grep -q GUARD /run/guarded; do
		usleep 100000
		guard_wait=$((guard_wait + 1))
	done
	has "a guard watches memory" '^GUARD$' /run/guarded
}

guarded() {
	exec 4>&-
	guard_status=0
	wait "$guard_pid" || guard_status=$?
	same "guarded memory ($(tail -n 1 /run/guarded)): exit status" 0 $guard_status
	exits "the guard finds one changed byte" 10 memory-guard -x 1 </dev/null
}

# memory FILE: what the kernel has in use, once caches are dropped. Free objects on a
# processor's own lists count as used, until their cache is shrunk.
memory() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	for memory_cache in /sys/kernel/slab/*/shrink; do
		echo 1 >"$memory_cache"
	done
	sleep 1
	# Pages that wait on a processor's own lists are free, too, and not in
	# MemFree of /proc/meminfo; since 6.7 those lists hold many.
	awk '$1 == "pages" && $2 == "free" { pages += $3 }
		$1 == "count:" { pages += $2 }
		END { print "MemFree", 4 * pages }' /proc/zoneinfo >"$1"
	# A vmap_area is freed when there are many; the vm_struct that goes with it, at once.
	awk '$1 !~ /^(slabinfo|#|vmap_area)/ { print $1, $2 }' /proc/slabinfo >>"$1"
}

# kept BEFORE AFTER COUNT: AFTER is what is in use now, and what lost() says of it. A busy
# machine gives back late, so this looks again as long as there is something; what has
# leaked does not come back.
kept() {
	kept_turn=0
	while memory "$2" && [ -n "$(lost "$@")" ] && [ $kept_turn -lt 20 ]; do
		kept_turn=$((kept_turn + 1))
	done
	lost "$@"
}

# lost FILE FILE COUNT: what grew by an object, or a page, for every measurement.
lost() {
	awk -v count="$3" '
	NR == FNR { before[$1] = $2; next }
	$1 == "MemFree" {
		if (before[$1] - $2 >= 4 * count)
			print "MemFree", before[$1], $2
		next
	}
	$2 - before[$1] >= count { print $1, before[$1], $2 }' "$1" "$2"
}
