# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034
# A capability that says it is longer than configuration space: VFIO's core
# copies as much, past its own memory. Our driver does not bind the function, and
# says why. On a kernel that watches its memory, stock vfio-pci is seen to do it.

FUNCTIONS="overrun-rng rng-translated"
NEEDS_MODULE=1
L0=lying-qemu
NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/vfio-hold"

l1() {
	bind rng-translated virtio_fixup_vfio_pci
	same "the other function is admitted" 1 "$(fixup rng-translated admitted)"

	exits "the tool does not bind it" 3 vfio-virtio-fixup bind "$OVERRUN_RNG" >/run/bind 2>&1
	cat /run/bind
	has "and says why" "capability at 0x100 leaves configuration space" /run/bind
	same "so its driver keeps it" virtio-pci "$(driver_of overrun-rng)"
	# Nor does the driver take it where the tool is not asked.
	echo "$OVERRUN_RNG" >"/sys/bus/pci/drivers/virtio-pci/unbind"
	echo virtio_fixup_vfio_pci >"/sys/bus/pci/devices/$OVERRUN_RNG/driver_override"
	echo "$OVERRUN_RNG" >/sys/bus/pci/drivers_probe
	same "nor does the driver" none "$(driver_of overrun-rng)"
	expect_log 1 "$OVERRUN_RNG: refused: its capability at 0x100 leaves configuration space"

	if ! grep -q ' kasan_report$' /proc/kallsyms; then
		skip "stock vfio-pci writes past its memory: this kernel would not see it"
		return
	fi
	guard_mode off
	bind overrun-rng vfio-pci
	timeout 10 vfio-hold "$OVERRUN_RNG" </dev/null >/dev/null 2>&1
	expect_log 1 'BUG: KASAN: slab-out-of-bounds in vfio_config_init'
	allow_log '^' "the report, and what comes of it"
}
