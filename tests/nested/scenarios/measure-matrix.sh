# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Truthful functions of every type we can measure: each is judged right by what it
# did, no fault is logged, and it works afterwards: with the stock vfio-pci, with
# virtio-pci in L1, and with ours again.
. "${here:-/rig}/lib-measure.sh"

FUNCTIONS=$matrix_functions
NEEDS_MODULE=1
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() {
	# shellcheck disable=SC2086 # words
	measure_matrix ${FUNCTIONS% balloon}
}
