# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# A VFIO user who pins pages all over memory leaves no piece of it that the blocks of
# a measurement would fit in. The driver has them since it was loaded: functions that
# are bound then are measured all the same.
. "${here:-/rig}/lib-measure.sh"

# Less to pin.
L1_MEMORY=640
FUNCTIONS="net-translated rng-translated rng-bypass blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/memory-scatter nested/bin/vfio-hold"

l1() {
	load_driver "$RIG_DRIVER"
	bind net-translated vfio-pci
	mkfifo /run/keep
	memory-scatter "$NET_TRANSLATED" </run/keep >/run/scattered 2>&1 &
	scatterer=$!
	exec 3>/run/keep
	scatter_wait=0
	while [ $scatter_wait -lt 300 ] && kill -0 $scatterer 2>/dev/null &&
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
	wait $scatterer
	no_faults
	nothing_kept
}
