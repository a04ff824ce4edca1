# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# Functions that do not answer, do not reset, or never forget an ack. All is
# over in a bounded time, and what cannot be stopped is never opened.
. "${here:-/rig}/lib-measure.sh"

# Firmware is to leave alone what has no bootindex.
L1_QEMU="-boot strict=on"
FUNCTIONS="mute-blk mute-rng mute-net stuck-rng stuck-net wedged-rng sticky-rng sticky-net extra-1"
# It bypasses, and then does not finish the reset behind that.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=stuck-@ID@,bus=@BUS@,rng=source-@ID@,disable-legacy=on"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/dma-path nested/bin/vfio-hold nested/bin/memory-guard"

kept() { cat /sys/module/"$RIG_DRIVER"/parameters/kept_pages; }

l1() {
	guard
	load_driver "$RIG_DRIVER"
	check "a reset is waited for one second" \
		eval "echo 1 >/sys/module/$RIG_DRIVER/parameters/reset_timeout"
	# A disk answers, or it is not well; the others need not.
	judged mute-blk "rejected silent" conditional declared 0
	has "mute-blk: the reason is that it does not answer" "did not answer" \
		"$(sysfs_of mute-blk)/reason"
	for word in mute-rng mute-net; do
		judged "$word" "rejected silent" conditional declared 1
	done
	for word in mute-blk mute-rng mute-net; do
		forced "$word" not-run
		stays "$word"
	done
	for word in sticky-rng sticky-net; do
		judged "$word" "bypass translated" conditional measured 1
		check "$word is measured again" eval "echo 1 >$(sysfs_of "$word")/measure"
		same "$word: now it is translated without the ack, too" "translated translated" \
			"$(fixup "$word" measured_last | cut -d ' ' -f 1,2)"
		judged "$word" "bypass translated" conditional measured 1
		# The ack sticks against force, too; what was seen before it decides.
		forced "$word" translated
		stays "$word"
	done
	nothing_kept
	for word in stuck-rng stuck-net; do
		# It could be one that takes its time.
		bind "$word" "$RIG_DRIVER"
		once_reset "$word"
		judged "$word" "not-run not-run" conditional declared 1
		forced "$word" not-run
		fixup "$word" measured_reason >/run/reason
		has "$word: it says why" "does not finish a reset" /run/reason
		exits "$word: a function reset stopped it, and it can be used" 0 \
			dma-path "$(address "$word")"
	done
	bind "$EXTRA_1" "$RIG_DRIVER"
	once_reset "$EXTRA_1"
	judged "$EXTRA_1" "bypass not-run" bypass measured 0 described-but-bypasses
	fixup "$EXTRA_1" measured_reason >/run/reason
	has "the one that bypasses and is stuck: it says why" "does not finish a reset" /run/reason
	nothing_kept

	bind wedged-rng "$RIG_DRIVER"
	once_reset wedged-rng
	judged wedged-rng "not-run not-run" unknown none 0
	fixup wedged-rng measured_reason >/run/reason
	has "wedged-rng: it says why" "cannot be stopped" /run/reason
	check "wedged-rng: what it may still write to is kept: $(kept) pages" [ "$(kept)" -gt 0 ]
	exits "wedged-rng: opening it is refused" 3 vfio-hold "$(address wedged-rng)" </dev/null
	expect_log 1 "$(address wedged-rng): it cannot be stopped"
	allow_log "$(address wedged-rng): " "what it says of itself"
	no_faults
	guarded
}
