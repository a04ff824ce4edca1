# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
#
# lib-l1.sh - what scenarios need inside L1.
#
# Sourced by init-l1, after lib-check.sh. L0's root is at /host (read-only), the
# repository at /host$RIG_REPO, this run's files at /host$RIG_RUN. /run is
# writable and is /run inside the chroot as well. Functions are named by the
# words of functions.sh; $BLK_TRANSLATED and so on hold their addresses.

RIG_DRIVER=virtio_fixup_vfio_pci
RIG_GUARD=/sys/module/$RIG_DRIVER/parameters/guard
: >/run/allow
: >/run/expected

# address WORD: the PCI address of a function; an address stands for itself.
address() {
	case $1 in
	*:*) echo "$1" ;;
	*) eval "echo \"\$$(echo "$1" | tr 'a-z-' 'A-Z_')\"" ;;
	esac
}

# The driver a function is bound to, or "none".
driver_of() {
	driver_path=/sys/bus/pci/devices/$(address "$1")/driver
	if [ -e "$driver_path" ]; then
		basename "$(readlink "$driver_path")"
	else
		echo none
	fi
}

# load_driver NAME: a stock module, or the project's: $RIG_MODULE, on L0.
load_driver() {
	[ ! -d "/sys/bus/pci/drivers/$1" ] || return 0
	if [ "$1" = "$RIG_DRIVER" ]; then
		modprobe vfio-pci-core &&
			insmod "/host$RIG_MODULE"
	else
		modprobe "$1"
	fi
}

# guard_mode MODE: what our driver does about other VFIO drivers from now on, if it is
# loaded: "refuse" at first, "off" where a scenario gives stock vfio-pci what bypasses.
guard_mode() {
	[ ! -e "$RIG_GUARD" ] || echo "$1" >"$RIG_GUARD"
}

# load_mutant NAME [WORD...]: our driver with a rule taken out, see build-mutants, in
# the place of ours, which must let go of these functions first. "none": ours again.
load_mutant() {
	mutant=build/$(uname -r)/mutant-$1/$RIG_DRIVER.ko
	[ "$1" != none ] || mutant=build/$(uname -r)/$RIG_DRIVER.ko
	shift
	for mutant_word; do
		release "$mutant_word"
	done
	check "$mutant takes the driver's place" eval \
		"rmmod $RIG_DRIVER && insmod '/host$RIG_REPO/$mutant'"
}

# bind WORD DRIVER: one check, that the function ends up with that driver.
bind() {
	bind_address=$(address "$1")
	bind_device=/sys/bus/pci/devices/$bind_address
	load_driver "$2" || { fail "driver $2 loads"; return 1; }
	echo "$2" >"$bind_device/driver_override"
	[ ! -e "$bind_device/driver" ] ||
		echo "$bind_address" >"$bind_device/driver/unbind"
	echo "$bind_address" >/sys/bus/pci/drivers_probe
	same "$1 ($bind_address) is bound to" "$2" "$(driver_of "$1")"
}

# release WORD: unbind and leave no override behind.
release() {
	bind_address=$(address "$1")
	bind_device=/sys/bus/pci/devices/$bind_address
	[ ! -e "$bind_device/driver" ] ||
		echo "$bind_address" >"$bind_device/driver/unbind"
	echo >"$bind_device/driver_override"
}

# fixup WORD FILE: what our driver says about a function in sysfs.
fixup() { cat "/sys/bus/pci/devices/$(address "$1")/virtio_fixup/$2"; }

# on_host COMMAND...: a program of L0's root. Without env, busybox would take its own
# program where it has one of that name.
on_host() { PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot /host /usr/bin/env "$@"; }

# enter_root: make $RIG_ROOT, a root of tests/roots/libvirt, ready for chroot. It has
# L0's root at /host, and L1's modules.
enter_root() {
	for root_dir in dev proc sys run host lib/modules; do
		mount --bind "/$root_dir" "$RIG_ROOT/$root_dir" || return 1
	done
}

# in_root COMMAND...: the same in that root, if there is one.
in_root() {
	PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "${RIG_ROOT:-/host}" /usr/bin/env "$@"
}

# l0_sha256 WORD: checksum of the untouched image, as L0 made it.
l0_sha256() { cat "/host$RIG_RUN/$1.sha256"; }

# What is common to every way to start an L2: its files, /dev/kvm, its command line,
# and where QEMU sees L0's files.
l2_prepare() {
	l2_count=$((${l2_count:-0} + 1))
	L2_CONSOLE=/run/l2-$l2_count.console
	L2_RESULTS=/run/l2-$l2_count.results
	L2_LOG=/run/l2-$l2_count.log
	: >"$L2_CONSOLE"
	: >"$L2_RESULTS"

	l2_l0=${RIG_ROOT:+/host}
	l2_accel=tcg l2_cpu=max
	modprobe kvm-amd 2>/dev/null || modprobe kvm-intel 2>/dev/null
	[ ! -c /dev/kvm ] || l2_accel=kvm l2_cpu=host

	l2_cmdline="console=ttyS0 quiet loglevel=4 panic=-1 oops=panic no_timer_check"
	# Linux 7 panics in L2 where it sets up the FPU, with XSAVE as TCG has it.
	[ "$RIG_ACCEL" != tcg ] || [ "$(uname -r | cut -d . -f 1)" -lt 7 ] ||
		l2_cmdline="$l2_cmdline noxsave"
}

# l2_ended STATUS [guest]: print what an L2 left, and check that it ended well, which
# a guest with our init says itself.
l2_ended() {
	sed 's/\r$//' "$L2_RESULTS"
	sed "s/\r\$//; s/^/[L2 $l2_count] /" "$L2_CONSOLE" >/dev/console
	[ ! -s "$L2_LOG" ] || sed 's/^/# L2 QEMU: /' "$L2_LOG"
	if [ "$1" -ne 0 ]; then
		fail "L2 run $l2_count: QEMU ended with status $1"
	elif [ -n "$2" ] && ! grep -q '^rig: L2 ended, status' "$L2_RESULTS"; then
		fail "L2 run $l2_count: the guest did not reach its end"
	else
		ok "L2 run $l2_count ended well (accel $l2_accel)"
		return 0
	fi
	tail -n 20 "$L2_CONSOLE" | sed 's/\r$//; s/^/#   /'
	return 1
}

# run_l2 [OPTION...] WORD...: start L2 with these functions and wait for it.
# The first one is at 0000:01:00.0 in L2, the next at 0000:02:00.0, and so on.
#   -r NAME   run this function of the scenario in L2, not l2()
#   -d        boot from the first function's disk instead of a kernel
#   -u        boot by UEFI, which wants the compressed kernel and more memory
#   -a ARGS   more arguments for L2's kernel
#   -q ARGS   more arguments for QEMU
#   -i        give L2 an intel-iommu of its own
#   -f        by iommufd, not by VFIO's groups
#   -t SEC    give up after this time (default 300)
# L2's lines go to the output. One check: that L2 ended as it should. Its
# console is in $L2_CONSOLE, its results in $L2_RESULTS, QEMU's own words in
# $L2_LOG.
run_l2() {
	l2_run='' l2_disk='' l2_args='' l2_qemu='' l2_iommu='' l2_uefi='' l2_by='' l2_time=300
	# All of L2's memory is pinned and mapped, and each of its pages faults once, in
	# a nested guest under TCG: 128 MiB instead of 256 save a fourth of its time.
	l2_memory=${L2_MEMORY:-128} l2_kernel=$RIG_KERNEL
	OPTIND=1
	while getopts r:dua:q:ift: l2_opt; do
		case $l2_opt in
		r) l2_run=$OPTARG ;;
		d) l2_disk=1 ;;
		u) l2_memory=256 l2_kernel=$RIG_VMLINUZ l2_uefi="-bios /usr/share/ovmf/OVMF.fd" ;;
		a) l2_args=$OPTARG ;;
		q) l2_qemu=$OPTARG ;;
		i) l2_iommu=1 ;;
		f) l2_by=,iommufd=iommufd0 ;;
		t) l2_time=$OPTARG ;;
		*) fail "run_l2: unknown option"; return 2 ;;
		esac
	done
	shift $((OPTIND - 1))

	l2_prepare
	l2_functions=${l2_by:+-object iommufd,id=iommufd0} l2_port=0
	for l2_word; do
		l2_functions="$l2_functions
			-device pcie-root-port,id=port$l2_port,bus=pcie.0,addr=0x$((10 + l2_port)),chassis=$((l2_port + 1))
			-device vfio-pci,id=function$l2_port,host=$(address "$l2_word"),bus=port$l2_port$l2_by"
		[ -z "$l2_disk" ] || [ "$l2_port" -gt 0 ] ||
			l2_functions="$l2_functions,bootindex=1"
		l2_port=$((l2_port + 1))
	done
	# On QEMU's command line the IOMMU comes before what it governs.
	[ -z "$l2_iommu" ] || {
		l2_functions="-device intel-iommu,intremap=on,caching-mode=on $l2_functions"
		l2_args="intel_iommu=on $l2_args"
	}

	set -- "$RIG_QEMU_L2" -nodefaults -no-user-config -display none \
		-no-reboot -m "$l2_memory" -smp 1 -accel "$l2_accel" -cpu "$l2_cpu" \
		-machine q35,kernel-irqchip=split \
		-serial "file:$L2_CONSOLE" -serial "file:$L2_RESULTS" \
		-device isa-debug-exit,iobase=0xf4,iosize=4
	if [ -z "$l2_disk" ]; then
		set -- "$@" -kernel "$l2_l0$l2_kernel" -initrd "$l2_l0$RIG_RUN/l2.cpio" \
			-append "$l2_cmdline rig.run=$l2_run $l2_args"
	fi

	[ -z "$RIG_ROOT" ] || note "$(in_root "$RIG_QEMU_L2" --version | head -n 1)"
	note "L2 run $l2_count starts"
	# shellcheck disable=SC2086 # words are meant to be split
	timeout -s KILL "$l2_time" chroot "${RIG_ROOT:-/host}" "$@" $l2_functions $l2_uefi $l2_qemu \
		>"$L2_LOG" 2>&1
	l2_status=$?
	# isa-debug-exit adds 33 where the boot sector ended well.
	[ -z "$l2_disk" ] || [ "$l2_status" -ne 33 ] || l2_status=0

	l2_ended "$l2_status" "$([ -n "$l2_disk" ] || echo guest)"
}

# booted_from WORD: after run_l2 -d, that firmware ran that disk's boot sector
# and that its disk service reads the right disk.
booted_from() {
	has "firmware booted the boot sector of $1" \
		"RIG-BOOT-SECTOR disk $1 sector 00000001" "$L2_CONSOLE"
}

# log_lines REGEX: matching lines of the kernel log, without level and time.
log_lines() { dmesg | sed 's/^\[[ 0-9.]*\] //' | grep -E -e "$1"; }

# allow_log REGEX REASON: let this run's kernel log have such lines.
allow_log() {
	printf '%s\t%s\n' "$1" "${2:?allow_log needs a reason}" >>/run/allow
}

# expect_log COUNT REGEX: check that the kernel log has exactly so many such
# lines, show them, and allow them.
expect_log() {
	printf '%s\t%s\n' "$2" "expected" >>/run/allow
	log_lines "$2" | sed 's/^/#   log: /'
	same "kernel log: lines that match '$2'" "$1" "$(log_lines "$2" | grep -c .)"
}

# check_dmesg: no line of level warning or above that nobody expected. Runs at
# the end of every scenario.
check_dmesg() {
	dmesg -r | awk '
	FILENAME != "-" {
		if ($0 !~ /^#/ && split($0, field, "\t") >= 2)
			allowed[++n] = field[1]
		next
	}
	{
		level = $0
		sub(/^</, "", level)
		sub(/>.*/, "", level)
		if (level % 8 > 4)
			next
		text = $0
		sub(/^<[0-9]+>(\[[ 0-9.]*\] )?/, "", text)
		for (i = 1; i <= n; i++)
			if (text ~ allowed[i])
				next
		print text
	}' /rig/dmesg-allow /run/allow - >/run/unexpected
	if [ -s /run/unexpected ]; then
		fail "kernel log: $(wc -l </run/unexpected) unexpected lines of level warning or above"
		head -n 20 /run/unexpected | sed 's/^/#   /'
	else
		ok "kernel log: no unexpected line of level warning or above"
	fi
}

# doing: what L1 is at, for its heartbeat: each selftest that runs, and where it is;
# and what L2 said last.
doing() {
	for doing_file in /run/*.tap /run/l2-*.results; do
		[ -f "$doing_file" ] || continue
		doing_line=$(tail -n 1 "$doing_file")
		case $doing_line in
		"#  RUN "*)
			doing_name=${doing_file##*/}
			echo " ${doing_name%.tap} $(grep -c '^#  RUN ' "$doing_file")" \
				"of $(sed -n 's/^1\.\.//p' "$doing_file")" ;;
		"ok "* | "not ok "* | "# "*)
			[ "${doing_file%.results}" = "$doing_file" ] || echo " $doing_line" ;;
		esac
	done | tr '\n' ' '
}
