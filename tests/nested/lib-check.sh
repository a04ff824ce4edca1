# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
#
# lib-check.sh - how every level of the rig reports what it checked.
#
# Sourced on L0, in L1 and in L2 (POSIX sh). A check is one line, "ok - L1:
# text" or "not ok - L1: text"; the runner counts the lines of all levels, so
# that nothing has to be carried from L2 to L0 but text. Lines of selftests
# ("ok 1 name", "not ok 2 name", "ok 3 # SKIP why") count the same way.
#
# WHERE is the level, set by who sources this.

ok() { echo "ok - $WHERE: $*"; }
fail() { echo "not ok - $WHERE: $*"; }
skip() { echo "ok - $WHERE: $* # SKIP"; }
note() { echo "# $WHERE: $*"; }

# check TEXT COMMAND...: ok if the command succeeds; its output is shown if not.
check() {
	check_text=$1
	shift
	if check_out=$("$@" 2>&1); then
		ok "$check_text"
	else
		fail "$check_text (exit $?: $*)"
		[ -z "$check_out" ] || echo "$check_out" | sed 's/^/#   /'
		return 1
	fi
}

# does TEXT COMMAND...: the same for a command that sets variables or leaves something
# running behind: it runs in this shell, and its output is shown.
does() {
	does_text=$1
	shift
	if "$@"; then
		ok "$does_text"
	else
		fail "$does_text (exit $?: $*)"
		return 1
	fi
}

# same TEXT WANTED GOT: ok if both are equal and not empty.
same() {
	if [ -n "$2" ] && [ "$2" = "$3" ]; then
		ok "$1 ($3)"
	else
		fail "$1 (wanted '$2', got '$3')"
		return 1
	fi
}

# exits TEXT STATUS COMMAND...: ok if the command ends with that status. The
# command's output is always shown: it is the evidence.
exits() {
	exits_text=$1
	exits_wanted=$2
	shift 2
	exits_got=0
	exits_out=$("$@" 2>&1) || exits_got=$?
	[ -z "$exits_out" ] || echo "$exits_out" | sed 's/^/#   /'
	same "$exits_text: exit status" "$exits_wanted" "$exits_got"
}

# has TEXT REGEX FILE: ok if a line of the file matches (extended regex).
has() {
	if grep -Eq -e "$2" "$3" 2>/dev/null; then
		ok "$1"
	else
		fail "$1 (no line matches '$2')"
		return 1
	fi
}

# has_not TEXT REGEX FILE: ok if the file is there and no line matches.
has_not() {
	if [ ! -r "$3" ]; then
		fail "$1 (no file $3)"
		return 1
	elif grep -Eq -e "$2" "$3"; then
		fail "$1 ('$2' matches: $(grep -E -e "$2" "$3" | head -n 1))"
		return 1
	else
		ok "$1"
	fi
}
