# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# Policy strict: what was measured is admitted, a function's mere word is not. A
# console is a type that nothing harmless is known to ask: it is negotiated with, and
# where its DMA goes is not seen.

FUNCTIONS="rng-translated extra-1"
EXTRA_1="-device virtio-serial-pci,id=@ID@,bus=@BUS@,disable-legacy=on,iommu_platform=on"
NEEDS_MODULE=1
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/dma-path nested/bin/vfio-hold"

l1() {
	for word in $FUNCTIONS; do
		bind "$word" virtio_fixup_vfio_pci
		same "$word, policy auto: admitted" 1 "$(fixup "$word" admitted)"
	done
	same "basis of the rng" measured "$(fixup rng-translated basis)"
	same "basis of the console" declared "$(fixup extra-1 basis)"
	same "the console does not go live without the ack, and does with it" \
		"rejected silent" "$(fixup extra-1 measured)"
	fixup extra-1 measured_reason >/run/reason
	has "it was asked nothing" "so it was asked nothing$" /run/reason
	exits "policy auto: the console can be opened" 0 vfio-hold "$(address extra-1)" </dev/null

	for word in $FUNCTIONS; do
		check "strict is set for $word" vfio-virtio-fixup policy "$(address "$word")" strict
	done
	same "policy strict: the rng is admitted" 1 "$(fixup rng-translated admitted)"
	same "policy strict: the console is not" 0 "$(fixup extra-1 admitted)"
	note "reason: $(fixup extra-1 reason)"
	exits "the rng works" 0 dma-path "$(address rng-translated)"
	exits "the console cannot be opened" 3 vfio-hold "$(address extra-1)" </dev/null
	expect_log 1 "$(address extra-1): open refused"

	check "with policy auto it is as before" \
		vfio-virtio-fixup policy "$(address extra-1)" auto
	exits "and can be opened" 0 vfio-hold "$(address extra-1)" </dev/null
}
