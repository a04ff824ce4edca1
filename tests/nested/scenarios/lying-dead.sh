# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Functions that do not answer, and functions that do not reset.

# Firmware is not to wait for an answer of mute-blk: only what has a bootindex.
L1_QEMU="-boot strict=on"
FUNCTIONS="mute-blk mute-rng mute-net stuck-rng stuck-net wedged-rng wedged-net"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path"

l1() {
	for word in mute-blk mute-rng mute-net; do
		bind "$word" vfio-pci
		exits "$word says nothing" 12 dma-path "$(address "$word")" >/run/path
		cat /run/path
		has_not "$word resets" "reset" /run/path
	done
	for word in stuck-rng stuck-net; do
		bind "$word" vfio-pci
		for turn in first second; do
			exits "$word, $turn time, is translated" 0 \
				dma-path "$(address "$word")" >/run/path
			cat /run/path
			has "$word does not reset by its status" \
				"virtio reset did not finish" /run/path
			has_not "$word resets by a function reset" \
				"function reset did not help" /run/path
		done
	done
	for word in wedged-rng wedged-net; do
		bind "$word" vfio-pci
		exits "$word is translated" 0 dma-path "$(address "$word")" >/run/path
		cat /run/path
		has "$word does not reset by its status" \
			"virtio reset did not finish" /run/path
		has "$word does not reset by a function reset" \
			"function reset did not help, status reads 0x0b" /run/path
		exits "$word cannot be used again" 1 dma-path "$(address "$word")"
	done
}
