# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2086,SC2154
# Functions that are translated only if bit 33 is acked, and go live either way,
# against a VFIO user that tries every way not to ack: no byte of L1's memory
# changes. With enforcement taken out of the driver the same program, on the
# same functions, overwrites it.
. "${here:-/rig}/lib-measure.sh"

FUNCTIONS="conditional-blk conditional-rng"
NEEDS_MODULE=1
NEEDS_MUTANTS="no-enforcement ack-not-given"
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/ack-dodged nested/bin/dma-path nested/bin/memory-guard"

l1() {
	guard
	for word in $FUNCTIONS; do
		judged "$word" "bypass translated" conditional measured 1
	done
	dodged "our driver" 0
	for word in $FUNCTIONS; do
		note "$word: refused $(refused "$word")"
		for rule in features_ok driver_ok queue_enable late_features status_clear partial; do
			check "$word: an operator sees refused_$rule" \
				[ "$(fixup "$word" "refused_$rule")" -gt 0 ]
		done
	done
	never_acked "our driver" 0
	has "who is shown the physical view is not offered bit 33" "\(bit 33\): no" /run/path
	dodged "our driver, physical view" 0
	guarded

	load_mutant ack-not-given $FUNCTIONS
	bind_all virtio_fixup_vfio_pci
	dodged "not acked by us, but the user must" 0
	never_acked "not acked by us" 10
	dodged "not acked by us, physical view" 10

	load_mutant no-enforcement $FUNCTIONS
	bind_all virtio_fixup_vfio_pci
	dodged "nothing enforced" 10 taken
	guard_mode off
	bind_all vfio-pci
	dodged "stock vfio-pci" 10 taken
	# QEMU refuses late features by itself. Its functions keep their state over
	# D3hot, so that two of the ways by D3hot are late ones as well.
	sort -u /run/ways | grep -vxF -f /run/taken >/run/not-taken
	sed 's/^/#   not taken: /' /run/not-taken
	same "ways that no function took, even with nothing enforced" 4 \
		"$(wc -l </run/not-taken)"

	allow_log 'fault addr|handling fault|AMD-Vi: Event|fault from EP|callbacks suppressed' \
		"what a translated function is told to do here is to fault"
}

bind_all() {
	for word in $FUNCTIONS; do
		bind "$word" "$1"
	done
}

# dodged TEXT STATUS [taken]: ack-dodged on all functions at once. With the third,
# the ways that got through are kept.
dodged() {
	for word in $FUNCTIONS; do
		{
			dodged_status=0
			ack-dodged "$(address "$word")" || dodged_status=$?
			echo "STATUS $dodged_status"
		} >"/run/dodged-$word" 2>&1 &
		eval "dodged_$(echo "$word" | tr - _)=$!"
	done
	for word in $FUNCTIONS; do
		eval "wait \$dodged_$(echo "$word" | tr - _)"
		sed -n 's/^  [a-z]*, status 0x.., [0-9]* bytes: //p' "/run/dodged-$word" >>/run/ways
		[ -z "${3:-}" ] || sed -n 's/^  overwritten, .* bytes: //p' \
			"/run/dodged-$word" >>/run/taken
		same "$1, $word, $(grep ' ways$' "/run/dodged-$word"): exit status" "$2" \
			"$(sed -n 's/^STATUS //p' "/run/dodged-$word")" ||
			sed 's/^/#   /' "/run/dodged-$word"
	done
}

# never_acked TEXT STATUS: what the function does for a user that does not know bit
# 33, under the policy that is for such users.
never_acked() {
	for word in $FUNCTIONS; do
		check "$word: policy physical" eval \
			"echo physical >/sys/bus/pci/devices/$(address "$word")/virtio_fixup/policy"
		exits "$1, physical view, $word" "$2" dma-path -u "$(address "$word")" >/run/path
		cat /run/path
	done
}

# refused WORD: every counter of refusals.
refused() {
	for counter in "/sys/bus/pci/devices/$(address "$1")"/virtio_fixup/refused_*; do
		echo "${counter##*refused_}=$(cat "$counter")"
	done | tr '\n' ' '
}
