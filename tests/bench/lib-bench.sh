# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154
#
# lib-bench.sh - what the scenarios of the bench need in L1, beside lib-l1.sh.
#
# Sourced by their l1() from /host$RIG_REPO/tests/bench. Owns the markers that
# L0's trace is cut at, and how the bench starts L2's QEMU: unlike run_l2 with a
# firmware, held before its first instruction, or with a trace of its own.

# Read as single bytes of the host bridge, where nobody else reads: so that the
# function's own counts hold nothing but what is counted.
BENCH_MARKED=/sys/bus/pci/devices/0000:00:00.0/config
BENCH_BEGIN=241	# 0xf1
BENCH_END=243	# 0xf3

bench_mark() {
	dd if=$BENCH_MARKED bs=1 skip="$1" count=1 2>/dev/null >/dev/null
}

# The kernel puts a function that nobody uses to sleep a moment later, and saves
# its configuration space before: that belongs to what was done last.
bench_settle() {
	settle_wait=0
	while [ $settle_wait -lt 30 ] && [ "$(cat "/sys/bus/pci/devices/$BENCH_AT/power/runtime_status")" != suspended ]; do
		usleep 100000
		settle_wait=$((settle_wait + 1))
	done
}

# counted LABEL COMMAND...: L0 counts what the command causes to $BENCH_AT under that
# label.
# cut-trace.awk pairs the labels with the markers by their order. What an earlier
# run of the rig has, it says in $DONE, is not done again.
counted() {
	! is_done "$1" || return 0
	counted_label=$1
	echo "# counted $1"
	shift
	bench_mark $BENCH_BEGIN
	"$@" || return 1
	bench_settle
	bench_mark $BENCH_END
	echo "# done $counted_label"
}
is_done() {
	case ",$DONE," in
	*",$1,"*) return 0 ;;
	*) return 1 ;;
	esac
}

# bench_bind WORD DRIVER: the function has no driver afterwards but this one.
# The markers are around the probe alone.
bench_bind() {
	BENCH_AT=$(address "$1")
	bench_device=/sys/bus/pci/devices/$BENCH_AT
	load_driver "$2" || { fail "driver $2 loads"; return 1; }
	echo "$2" >"$bench_device/driver_override"
	[ ! -e "$bench_device/driver" ] ||
		echo "$BENCH_AT" >"$bench_device/driver/unbind"
	if is_done "$2 bind"; then
		bench_probe
	else
		counted "$2 bind" bench_probe
	fi
	same "$1 is bound to" "$2" "$(driver_of "$1")"
}
bench_probe() { echo "$BENCH_AT" >/sys/bus/pci/drivers_probe; }

# bench_l2 FIRMWARE RUN ARGS QEMU-ARGS WORD...: L2 with these functions, each
# behind a root port of its own, runs RUN of the scenario with ARGS for its
# kernel. FIRMWARE is seabios or ovmf. The monitor is on standard input.
bench_l2() {
	bench_firmware=$1 bench_run=$2 bench_args=$3 bench_qemu=$4
	shift 4
	bench_port=0
	for bench_word; do
		bench_qemu="$bench_qemu
			-device pcie-root-port,id=port$bench_port,bus=pcie.0,addr=0x$((10 + bench_port)),chassis=$((bench_port + 1))
			-device vfio-pci,id=function$bench_port,host=$(address "$bench_word"),bus=port$bench_port"
		bench_port=$((bench_port + 1))
	done
	modprobe kvm-amd 2>/dev/null || modprobe kvm-intel 2>/dev/null
	bench_accel=tcg bench_cpu=max
	[ ! -c /dev/kvm ] || bench_accel=kvm bench_cpu=host
	# With OVMF, QEMU 7.2 as L0 mostly aborts under TCG, in tcg_handle_interrupt.
	# It seems to be OVMF's writes of CR8 at the end of interrupts while KVM has
	# one more to give; KVM intercepts them where the VMM has the controller.
	bench_irqchip='split'
	[ "$bench_firmware" != ovmf ] || {
		bench_irqchip=off
		[ $bench_cpu = max ] || bench_cpu=host,-kvm-asyncpf-int
		bench_qemu="-bios /usr/share/ovmf/OVMF.fd $bench_qemu"
	}

	bench_count=$((${bench_count:-0} + 1))
	BENCH_RESULTS=/run/bench-$bench_count.results
	BENCH_TRACE=/run/bench-$bench_count.trace
	: >"$BENCH_RESULTS"
	: >"$BENCH_TRACE"
	note "L2 run $bench_count starts"
	# shellcheck disable=SC2086 # words are meant to be split
	timeout -s KILL 300 chroot /host "$RIG_QEMU_L2" \
		-nodefaults -no-user-config -display none -no-reboot -m 256 -smp 1 \
		-machine q35,kernel-irqchip=$bench_irqchip -accel $bench_accel -cpu $bench_cpu \
		-serial "file:/run/bench.console" -serial "file:$BENCH_RESULTS" \
		-kernel "$RIG_VMLINUZ" -initrd "$RIG_RUN/l2.cpio" \
		-append "console=ttyS0 quiet loglevel=4 panic=-1 oops=panic no_timer_check rig.run=$bench_run $bench_args" \
		-monitor stdio -D "$BENCH_TRACE" $bench_qemu >/run/bench.log 2>&1
	bench_status=$?
	sed "s/\r\$//; s/^/[L2 $bench_count] /" /run/bench.console >/dev/console
	# OVMF clears every serial port's screen.
	sed 's/\r$//; s/.*\[[0-9;]*H//' "$BENCH_RESULTS" >/run/bench.results
	mv /run/bench.results "$BENCH_RESULTS"
	cat "$BENCH_RESULTS"
	if [ $bench_status -ne 0 ]; then
		fail "L2 run $bench_count: QEMU ended with status $bench_status"
		tail -n 20 /run/bench.log | sed 's/^/#   /'
		return 1
	fi
}

# l2_held FIRMWARE WORD: the VMM alone, ended before L2's first instruction.
l2_held() {
	bench_l2 "$1" none '' "-S $BENCH_RESETS" "$2" <<-END
	quit
	END
}

# l2_boots FIRMWARE RUN ARGS WORD: L2 to its end.
l2_boots() {
	bench_l2 "$1" "$2" "$3" "$BENCH_RESETS" "$4" </dev/null || return 1
	check "L2 run $bench_count reached its end" \
		grep -q '^rig: L2 ended, status 0' "$BENCH_RESULTS"
}

# What the VMM asks of VFIO that ends in a reset by the core.
BENCH_RESETS="-trace vfio_pci_reset_flr -trace vfio_pci_reset_pm -trace vfio_pci_hot_reset_result"
