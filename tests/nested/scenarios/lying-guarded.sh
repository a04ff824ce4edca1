# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# What stock vfio-pci is given of functions that lie: those alone that are translated
# whatever their user does. What our driver would make safe, or what was not seen, it is
# not given.
. "${here:-/rig}/lib-guard.sh"

L1_QEMU="-boot strict=on"
FUNCTIONS="rng-translated hides-rng hides-rng-transitional claims-rng conditional-rng yields-rng
	sticky-rng mute-rng stuck-rng wedged-rng overrun-rng"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="nested/bin/vfio-hold nested/bin/ack-dodged"

# refused WORD REASON: and the words why.
refused() {
	vetoed "$1"
	has "$1: $2" "$2" "$(record_of "$1")/reason"
}

l1() {
	load_driver "$RIG_DRIVER"
	load_driver vfio-pci
	for word in rng-translated hides-rng; do
		admitted "$word"
		same "$word: driven by force" translated "$(fixup "$word" measured_forced)"
		opens "$word"
		release "$word"
	done

	refused claims-rng "measured to bypass"
	refused conditional-rng "only while ACCESS_PLATFORM is acked"
	refused sticky-rng "only while ACCESS_PLATFORM is acked"
	refused mute-rng "no measurement shows where its DMA goes"
	refused overrun-rng "no usable common configuration"
	refused hides-rng-transitional "legacy interface"

	# As good as translated, to whoever asks nicely.
	refused yields-rng "when a user starts it by force"
	same "yields-rng: driven by force" bypass "$(fixup yields-rng measured_forced)"
	bind yields-rng "$RIG_DRIVER"
	same "yields-rng: our driver admits it" 1 "$(fixup yields-rng admitted)"
	exits "yields-rng, with our driver: no way round" 0 ack-dodged "$(address yields-rng)" \
		>/run/dodged
	tail -n 1 /run/dodged
	policy yields-rng unsafe
	admitted yields-rng
	exits "yields-rng, with vfio-pci: memory is overwritten" 10 \
		ack-dodged "$(address yields-rng)" >/run/dodged
	tail -n 1 /run/dodged
	release yields-rng

	# Last: what is asked of them again keeps others waiting. Meanwhile they go from one of
	# these reasons to the next.
	never='its reset is still under way|has not been measured yet|could not be stopped'
	refused stuck-rng "$never|no measurement shows where its DMA goes"
	refused wedged-rng "$never"
	nothing_owned
	allow_log ' guard: ' "it says what it refuses"
	allow_log 'DMAR: .*fault|dmar_fault|fault addr|handling fault|callbacks suppressed' \
		"what a translated function is told to do here is to fault"
	allow_log "($(address wedged-rng)|$(address overrun-rng)): " "what it says of itself"
}
