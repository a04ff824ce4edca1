# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The tool and the guard: what it says of functions that vfio-pci has, of one that the
# guard vetoes, and of one that is in use; that it frees an IOMMU group first; and that
# its monitor tells what the guard does, and nothing that another than the kernel sent.
. "${here:-/rig}/lib-measure.sh"
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-monitor.sh"

# One slot without ACS between its functions: one IOMMU group.
EXTRA_1="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=@BUS@,addr=0.0,multifunction=on,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
EXTRA_2="-object rng-random,filename=/dev/urandom,id=source-@ID@
	-device virtio-rng-pci,id=@ID@,bus=port-extra-1,addr=0.1,rng=source-@ID@,disable-legacy=on,iommu_platform=on"
FUNCTIONS="rng-translated rng-bypass extra-1 extra-2"
NEEDS_MODULE=1
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/vfio-hold nested/bin/forge-uevent"

# says TEXT STATUS REGEX ARGUMENT...: the tool ends with that status, and says so.
says() {
	says_text=$1 says_status=$2 says_regex=$3
	shift 3
	exits "$says_text" "$says_status" vfio-virtio-fixup "$@" >/run/said 2>&1
	cat /run/said
	has "$says_text: it says so" "$says_regex" /run/said
}

l1() {
	sibling=${EXTRA_1%.0}.1

	bind rng-translated vfio-pci
	says "vfio-pci without our module" 3 "UNGUARDED: 1 of [0-9]* virtio functions" list --check
	has "it names the module" "is not loaded; to do: run .modprobe" /run/said
	release rng-translated
	monitor_begin /run/told
	load_driver "$RIG_DRIVER"
	says "nobody has anything" 0 "OK: of [0-9]* virtio functions none is unguarded" list --check

	before=$(driver_of rng-bypass)
	says "the guard vetoes" 3 "not bound to vfio-pci: the guard vetoes it: .*bypass.*to do:" \
		bind "$RNG_BYPASS" --driver vfio-pci
	same "the driver is, as before" "$before" "$(driver_of rng-bypass)"
	expect_log 1 "guard: not given to vfio-pci"

	says "vfio-pci gets one of a group" 0 "bound to vfio-pci" \
		bind "$EXTRA_1" --driver vfio-pci
	same "the guard says of it" admitted "$(fixup extra-1 guard)"
	same "the other has the driver" none "$(driver_of "$sibling")"
	says "and the other" 0 "bound to vfio-pci" bind "$sibling" --driver vfio-pci
	same "the guard says of the other" admitted "$(fixup "$sibling" guard)"
	says "explain" 0 "Admitted: " explain "$EXTRA_1"
	says "all is guarded" 0 "none is unguarded" list --check

	hold extra-1
	says "it is in use" 3 "not unbound, because it is open.*vfio-hold" unbind "$EXTRA_1"
	says "the wait is bounded" 1 "the kernel has not done it after 2 s" \
		unbind "$EXTRA_1" --force --timeout 2
	expect_log 1 "No device request channel registered, blocked until released by user"
	let_go
	says "the other can be had" 0 "unbound from vfio-pci" unbind "$sibling"
	says "and the one, too" 0 "its driver is now" unbind "$EXTRA_1"
	release rng-bypass
	monitor_tells_more

	comes_to "the last of the lines" 1 grep -c "$RNG_BYPASS open: refused" /run/told
	sed 's/^/#   /' /run/told
	monitors_end TERM
	monitor_told /run/told rng-bypass 1 "evidence: measured, without the ack bypass, .*: its verdict is bypass (measured)"
	monitor_told /run/told rng-bypass 1 "guard: vetoed, vfio-pci is not given it: its DMA was measured to bypass"
	for word in extra-1 "$sibling"; do
		monitor_told /run/told "$word" 1 "guard: admitted, vfio-pci may have it: "
		monitor_told /run/told "$word" 1 "guard: off, the guard has nothing to do with it"
	done
	monitor_told /run/told rng-bypass 1 "guard: in-use, vfio-pci HAS IT ALTHOUGH IT IS NOT ADMITTED: its DMA was"
	monitor_told /run/told rng-bypass 1 "guard: owned, vfio-pci has it and nobody can open it: its DMA was"
	monitor_told /run/told rng-bypass 1 "open: refused: its DMA was measured to bypass"
	monitor_told /run/told rng-translated 0 ""
}

# Not what was forged; but what the guard makes of one that vfio-pci has already, and an
# open that our driver refuses.
monitor_tells_more() {
	# A socket that does not look at the sender hears the root of this machine, too.
	forge-uevent "$RNG_TRANSLATED" >/run/forged
	has "a uevent that root forges" "^root: sent, received" /run/forged
	has "one that nobody forges" "^nobody: Operation not permitted, not received" /run/forged
	has "one from a namespace" "^namespace: sent, not received" /run/forged
	# What root asks of the kernel has no such variable: a name is letters and numbers.
	for variable in VFIO_VIRTIO_FIXUP=guard FORGED=guard; do
		if echo "change 12345678-1234-1234-1234-123456789abc $variable" \
				>"/sys/bus/pci/devices/$RNG_TRANSLATED/uevent"; then
			echo "$variable sent" >>/run/forged
		else
			echo "$variable refused" >>/run/forged
		fi
	done
	has "the kernel does not send that variable" "^VFIO_VIRTIO_FIXUP=guard refused" /run/forged
	has "but others" "^FORGED=guard sent" /run/forged
	allow_log 'incorrect uevent action arguments|failed to send synthetic uevent' \
		"that is what it says then"

	guard_mode off
	bind rng-bypass vfio-pci
	hold rng-bypass
	guard_mode refuse
	comes_to "rng-bypass is open: guard" in-use fixup rng-bypass guard
	let_go
	comes_to "rng-bypass, closed: guard" owned fixup rng-bypass guard
	allow_log 'guard: ' "so it is wanted"
	bind rng-bypass "$RIG_DRIVER"
	exits "an open of rng-bypass" 3 vfio-hold "$RNG_BYPASS" </dev/null
	expect_log 1 "open refused: verdict bypass"
	release rng-bypass
}
