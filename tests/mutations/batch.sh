# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# The mutations of tests/mutations/list that only L1 can show, one after the other:
# the module as it is, then the broken one, each with the one test that should tell
# them apart. tests/mutations/run writes build/mutations/jobs, runs this with
# tests/nested/l1, and reads what it says.
#
# A job is "NUMBER ORDER PROGRAM TEST": ORDER is whole-first or broken-first.

# On L0 the runner's $repo is where this file is; in L1 it is below /host.
# shellcheck disable=SC1090,SC2154
if [ -n "${RIG_REPO:-}" ]; then
	. "/host$RIG_REPO/tests/nested/scenarios/selftests.sh"
else
	. "$repo/tests/nested/scenarios/selftests.sh"
fi

# load_module FILE: it binds by itself what has its name in driver_override.
load_module() {
	rmmod "$RIG_DRIVER" && insmod "$1"
}

# run_test WHICH NUMBER PROGRAM TEST: one line of what came of it, and the checks
# that failed before it.
run_test() {
	[ -e "/run/$3" ] || cp "/host$RIG_REPO/build/selftests/$3" "/run/$3"
	case $4 in
	*.*) set -- "$1" "$2" "$3" -r "$4" ;;
	*) set -- "$1" "$2" "$3" -t "$4" ;;
	esac
	"/run/$3" "$4" "$5" >/run/test.tap 2>&1
	grep -E '^# [^ ]+\.[ch]:[0-9]+:|^# .*: Test ' /run/test.tap | head -n 4
	echo "mutation $2 $1: $(grep -c '^ok [^#]*$' /run/test.tap) passed," \
		"$(grep -c '^not ok ' /run/test.tap) failed," \
		"$(grep -cE '^# [^ ]+\.[ch]:[0-9]+:' /run/test.tap) checks:" \
		"$(sed -n 's/^not ok [0-9]* //p' /run/test.tap | tr '\n' ' ')"
}

run_whole() {
	load_module "/host$RIG_REPO/build/mutations/whole/$RIG_DRIVER.ko" || return 1
	run_test whole "$@"
}

run_broken() {
	load_module "/host$RIG_REPO/build/mutations/$1/$RIG_DRIVER.ko" || return 1
	run_test broken "$@"
}

l1() {
	bind_functions
	while read -r number order program test; do
		echo "mutation $number begins"
		case $order in
		whole-first)	run_whole "$number" "$program" "$test"
				run_broken "$number" "$program" "$test" ;;
		*)		run_broken "$number" "$program" "$test"
				run_whole "$number" "$program" "$test" ;;
		esac
	done <"/host$RIG_REPO/build/mutations/jobs"
	ok "all mutations were tried"
	allow_log . "broken drivers ran here"
}
