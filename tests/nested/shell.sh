# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034
# What tests/shell runs in L1: a shell on the port that carries a scenario's output,
# which l1 -s connects to the terminal. Commands from a pipe run without prompt and echo.

FUNCTIONS="blk-translated blk-bypass rng-translated rng-bypass net-translated net-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/dma-canary"
# On L0, where there is a terminal; in L1's environment then, as ROWSxCOLUMNS.
[ ! -t 0 ] || L1_CMDLINE="TERMINAL=$(stty size | tr ' ' x)"

# What the shell has beside the programs: the functions that scenarios use.
profile() {
	cat <<-'END'
	. /rig/env
	. /rig/lib-check.sh
	. /rig/lib-l1.sh
	WHERE=L1
	PS1='L1# '
	lspci() { chroot /host lspci "$@"; }
	poweroff() { exit; }
	END
}

greet() {
	cat <<-END

	This is L1: Linux $(uname -r) with an IOMMU ($RIG_IOMMU). The driver is loaded.

	  blk $BLK_TRANSLATED   rng $RNG_TRANSLATED   net $NET_TRANSLATED   translated
	  blk $BLK_BYPASS   rng $RNG_BYPASS   net $NET_BYPASS   bypass the IOMMU

	  vfio-virtio-fixup list    the tool: these functions, a line each
	  run_l2 blk-translated     start a guest (L2) with a function that is bound
	  dma-canary $BLK_BYPASS   does it write to memory that nobody mapped for it?
	  poweroff, or Ctrl-A X     leave

	END
}

l1() {
	load_driver "$RIG_DRIVER" || { fail "$RIG_DRIVER loads"; finish 1; }
	profile >/run/profile
	if [ -n "${TERMINAL:-}" ]; then
		stty -F /dev/ttyS1 sane
		stty -F /dev/ttyS1 rows "${TERMINAL%x*}" columns "${TERMINAL#*x}" 2>/dev/null
		greet
		ENV=/run/profile setsid -c sh -i </dev/ttyS1
		exec >/dev/ttyS1 2>&1	# hung up behind its session
	else
		stty -F /dev/ttyS1 sane -echo -opost
		echo "rig: L1 listens"
		(. /run/profile; . /dev/ttyS1)
	fi
	# The kernel log is not judged, as it would be behind a scenario.
	finish 0
}

# In the guest that run_l2 starts.
l2() {
	for device in /sys/bus/pci/devices/*; do
		[ "$(cat "$device/vendor")" != 0x1af4 ] ||
			vfio-virtio-fixup describe "${device##*/}"
	done
}
