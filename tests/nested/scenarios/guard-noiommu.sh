# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# VFIO's no-IOMMU mode, which its administrator asked for: VFIO makes groups up, which
# nobody may claim. The guard names such functions, and leaves them alone.
# Debian's kernels have no such mode: this runs on the kernel that watches itself.
. "${here:-/rig}/lib-guard.sh"

IOMMU=none
KERNELS='*instrumented*'
FUNCTIONS="rng-bypass blk-bypass"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/vfio-hold"
L1_CMDLINE="vfio.enable_unsafe_noiommu_mode=1"

made_up_group() { basename "$(readlink "$(device_of "$1")/iommu_group")"; }

l1() {
	load_driver vfio-pci
	same "rng-bypass is bound before the module comes" bound "$(given_to rng-bypass vfio-pci)"
	check "VFIO made a group up" [ -e "/dev/vfio/noiommu-$(made_up_group rng-bypass)" ]
	load_driver "$RIG_DRIVER"
	check "the module is there" [ -d "/sys/module/$RIG_DRIVER" ]
	same "blk-bypass is bound behind it" bound "$(given_to blk-bypass vfio-pci)"
	for word in $FUNCTIONS; do
		comes_to "$word is named in the log" 1 named "$word"
		guard_is "$word" off
	done
	release rng-bypass
	release blk-bypass
	policy rng-bypass deny
	vetoed rng-bypass
	release rng-bypass
	nothing_owned
	check "the module unloads" rmmod "$RIG_DRIVER"
	live_in_l1 rng-bypass
	allow_log ' guard: ' "it names them"
	allow_log 'vfio-noiommu|Adding kernel taint' "so VFIO says of this mode"
}

# named WORD: 1 if the log says that nothing guards it.
named() { log_lines "$(address "$1"): guard: .*without an IOMMU" | grep -q . && echo 1 || echo 0; }
