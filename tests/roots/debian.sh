# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154
#
# debian.sh - how scripts make small roots of Debian, from the host that this
# machine's own apt takes Debian's packages from.
#
# Sourced by root and libvirt. They set $cache, and source enter.sh.

say() { echo "roots/${0##*/}: $*" >&2; }
die() { say "$@"; exit 1; }

can_make_roots() {
	local tool

	[ "$(id -u)" = 0 ] || die "only root can make a root: sudo tests/roots/${0##*/}"
	for tool in debootstrap unshare; do
		command -v $tool >/dev/null ||
			die "$tool is missing, run: apt-get install debootstrap util-linux"
	done
}

# Runs a command with its output in a log; shows the end of it on failure.
logged() { # LOG COMMAND...
	local log=$cache/$1.log

	shift
	if "$@" >"$log" 2>&1 </dev/null; then
		rm -f "$log"
	else
		tail -n 30 "$log" >&2
		die "failed: $*; the whole log is $log"
	fi
}

# "SUITE URI" of each source of Debian's own packages that this machine has.
host_sources() {
	apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(COMPONENT) $(RELEASE) $(REPO_URI)' |
		sed -n 's/^Packages Debian main //p' | sort -u
}

# The same for another suite, whether or not the machine has its backports.
sources_for() { # SUITE
	local codename sources

	# shellcheck disable=SC1091 # the machine's
	codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	sources=$(host_sources)
	# Before the first update, apt does not know what is Debian's.
	[ -n "$sources" ] || { apt-get update -q >&2 && sources=$(host_sources); }
	awk -v from="$codename" -v to="$1" '
		$1 == from { print to, $2 }
		to == "sid" { next }
		$1 == from { print to "-backports", $2 }
		$1 == from "-updates" || $1 == from "-security" { sub(from, to, $1); print }
		' <<<"$sources" | sort -u
}

# What apt in the root takes packages from, and how: as this machine's apt does.
configure_apt() { # SUITE ROOT
	sources_for "$1" | sed 's/^\([^ ]*\) \(.*\)/deb \2 \1 main/' >"$2/etc/apt/sources.list"
	apt-config dump | grep -E '^Acquire::(http|https|Check-[A-Za-z-]*|Retries)(::| )' \
		>"$2/etc/apt/apt.conf.d/99host" || :
	cp -L /etc/resolv.conf "$2/etc/resolv.conf"
}

# debootstrap's minimum, git and make, in $cache/bare-SUITE, unless it is there.
make_bare() { # SUITE
	local suite=$1 bare=$cache/bare-$1 mirror

	[ ! -d "$bare" ] || return 0
	mirror=$(sources_for "$suite" | sed -n "s/^$suite //p" | head -n 1)
	[ -n "$mirror" ] || die "this machine's apt has no source of Debian's own packages"
	# debootstrap does not know of apt's proxy.
	eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
	[ -z "${http_proxy:-}" ] || export http_proxy
	[ -z "${https_proxy:-}" ] || export https_proxy
	say "making a bare $suite, about a minute"
	rm -rf --one-file-system "$bare.tmp"
	logged "bare-$suite" debootstrap --variant=minbase --include=git,make \
		"$suite" "$bare.tmp" "$mirror"
	rm -rf "$bare.tmp/var/cache/apt/archives"/*.deb
	mv "$bare.tmp" "$bare"
}

# One at a time in one cache; who waited finds it made. All scripts share the bare
# ones, so the lock is over a suite.
lock_suite() { # SUITE
	mkdir -p "$cache"
	exec 9>"$cache/root-$1.lock"
	flock 9
}
