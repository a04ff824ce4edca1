# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# The selftests, inside L1, against functions of every sort that the driver
# knows. Each result in their TAP is one check here.
#
# On L0, SELFTESTS in the environment names some of the programs,
# SELFTESTS_API=cdev has them reach the functions through their character devices
# and an iommufd, and ADVERSARY_SEED and ADVERSARY_STEPS say how the one that
# draws lots goes; ENDURANCE=full is 1000 times where it is 50.

RIG_SELFTESTS="admission registers resets config window regions refusals doors monitor msix lifetime
	sharing measure endurance faults adversary"
[ -z "${SELFTESTS:-}" ] || RIG_SELFTESTS=$SELFTESTS
FUNCTIONS="blk-translated rng-translated net-translated blk-bypass rng-transitional
	balloon extra-1 extra-2"
# So many vectors that their table fills a page; and functions that no word
# stands for, on the root bus: two where there is no reset but virtio's own, and
# three of a type that the driver has nothing harmless to ask.
RIG_TRUTHFUL=disable-legacy=on,iommu_platform=on
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=@BUS@,rng=source-@ID@,$RIG_TRUTHFUL,vectors=256
	-object rng-random,filename=/dev/urandom,id=source-root-1
	-device virtio-rng-pci,id=root-1,bus=pcie.0,addr=0x1c,rng=source-root-1,$RIG_TRUTHFUL
	-object rng-random,filename=/dev/urandom,id=source-root-2
	-device virtio-rng-pci,id=root-2,bus=pcie.0,addr=0x1d,rng=source-root-2,$RIG_TRUTHFUL
	-device virtio-serial-pci,id=console-1,bus=pcie.0,addr=0x1a,$RIG_TRUTHFUL
	-device virtio-serial-pci,id=console-2,bus=pcie.0,addr=0x1b,disable-legacy=on
	-device virtio-serial-pci,id=console-3,bus=pcie.0,addr=0x19,disable-legacy=off"
# A twin of blk-translated: most of a test's time is the wait of a reset, so
# that two programs at once are twice as fast.
EXTRA_2="-device virtio-blk-pci,id=@ID@,bus=@BUS@,drive=@DISK@,disable-legacy=on,iommu_platform=on"
NEEDS_MODULE=1
NEEDS_PROGRAMS=$(for name in $RIG_SELFTESTS; do echo "selftests/$name"; done)
# The kernel's command line is what L0 can tell L1.
# shellcheck disable=SC2086 # they are words, on more than one line
L1_CMDLINE="rig.selftests=$(echo $RIG_SELFTESTS | tr ' ' ,)"
[ -z "${SELFTESTS_API:-}" ] || L1_CMDLINE="$L1_CMDLINE rig.api=$SELFTESTS_API"
[ -z "${ADVERSARY_SEED:-}" ] || L1_CMDLINE="$L1_CMDLINE rig.seed=$ADVERSARY_SEED"
[ -z "${ADVERSARY_STEPS:-}" ] || L1_CMDLINE="$L1_CMDLINE rig.steps=$ADVERSARY_STEPS"

[ -z "${ENDURANCE:-}" ] || L1_CMDLINE="$L1_CMDLINE rig.endurance=$ENDURANCE"

# from_l0 NAME: a word of L1's command line.
from_l0() { tr ' ' '\n' </proc/cmdline | sed -n "s/^rig\.$1=//p" | tr , ' '; }

# run_selftest NAME: the program's TAP as checks; and that there is a result for
# each test it planned.
run_selftest() {
	selftest_status=0
	selftest_started=$(cut -d. -f1 /proc/uptime)
	"/bin/$1" >"/run/$1.tap" 2>&1 || selftest_status=$?
	while read -r line; do
		case $line in
		"not ok "*)
			fail "$1: ${line#not ok * }" ;;
		"ok "*" # SKIP"*)
			line=${line#ok * }
			skip "$1: ${line%% # SKIP*}: ${line#* # SKIP }" ;;
		"ok "*)
			ok "$1: ${line#ok * }" ;;
		"#  RUN "* | "#  "*" OK "* | "# Starting"* | "TAP version"* | 1..*) ;;
		*)
			echo "#   $line" ;;
		esac
	done <"/run/$1.tap"
	same "$1: results" "$(sed -n 's/^1\.\.//p' "/run/$1.tap")" \
		"$(grep -cE '^(not )?ok ' "/run/$1.tap")"
	grep -q '^not ok ' "/run/$1.tap" ||
		same "$1: exit status" 0 "$selftest_status"
	note "$1 took $(($(cut -d. -f1 /proc/uptime) - selftest_started)) s"
}

# run_selftests NAME...: one after the other, those of them that were asked for.
run_selftests() {
	for name; do
		case " $(from_l0 selftests) " in
		*" $name "*) run_selftest "$name" ;;
		esac
	done
}

# The functions, bound, and where the tests find them in their environment.
bind_functions() {
	RNG_VECTORS=$EXTRA_1 RNG_ROOT_BUS=0000:00:1c.0
	CONSOLE_OFFERS=0000:00:1a.0 CONSOLE_SILENT=0000:00:1b.0
	CONSOLE_TRANSITIONAL=0000:00:19.0
	for word in $FUNCTIONS 0000:00:19.0 0000:00:1a.0 0000:00:1b.0 0000:00:1c.0 0000:00:1d.0; do
		bind "$word" virtio_fixup_vfio_pci
	done
	export BLK_TRANSLATED RNG_TRANSLATED NET_TRANSLATED BLK_BYPASS RNG_TRANSITIONAL BALLOON
	export RNG_VECTORS RNG_ROOT_BUS CONSOLE_OFFERS CONSOLE_SILENT CONSOLE_TRANSITIONAL
}

l1() {
	bind_functions
	VFIO_USER_API=$(from_l0 api)
	export VFIO_USER_API
	if [ "$VFIO_USER_API" = cdev ] &&
	   ! cat /sys/class/vfio-dev/*/dev >/dev/null 2>&1; then
		skip "this kernel gives functions no character devices (VFIO_DEVICE_CDEV)"
		return
	fi
	ADVERSARY_SEED=$(from_l0 seed) ADVERSARY_STEPS=$(from_l0 steps)
	ENDURANCE=$(from_l0 endurance)
	export ADVERSARY_SEED ADVERSARY_STEPS ENDURANCE
	mount -t debugfs debug /sys/kernel/debug 2>/dev/null || note "debugfs is not there"

	# The first reads the kernel log; the last ones have functions of both lanes,
	# and one of them counts what the driver holds.
	run_selftests admission
	(
		BLK_TRANSLATED=$EXTRA_2 RNG_ROOT_BUS=0000:00:1d.0
		run_selftests registers resets config window regions refusals doors monitor
	) >/run/second-lane 2>&1 &
	run_selftests msix lifetime sharing measure
	wait $! || fail "the second lane ended with $?"
	cat /run/second-lane
	run_selftests endurance adversary

	allow_log 'virtio_fixup_vfio_pci [0-9a-f:.]*: open refused: ' \
		"the tests open what must be refused"
	allow_log '^(log_refusal|accept_unsafe): [0-9]+ callbacks suppressed' \
		"and more often than the log is to say"
	allow_log 'virtio_fixup_vfio_pci [0-9a-f:.]*: opened by policy unsafe: ' \
		"the tests open under policy unsafe"
	allow_log '^mmap: regions .* uses deprecated remap_file_pages' \
		"an old call that makes a mapping anew, tried on purpose"
	allow_log '^clocksource: Long readout interval' \
		"a busy build machine stopped L1 for a second"

	# Whatever lacks memory says so, in many ways. This program looks for the
	# words that matter itself.
	case " $(from_l0 selftests) " in
	*" faults "*)
		check_dmesg || :
		run_selftests faults
		allow_log . "allocations fail on purpose, and this comes last" ;;
	esac
}
