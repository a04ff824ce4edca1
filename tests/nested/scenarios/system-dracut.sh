# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The same Debian with dracut's initramfs: it has bound what the rules name before a class
# driver came.

FUNCTIONS="blk-translated rng-translated rng-bypass"
SYSTEM="bookworm trixie"
DRACUT=1
FULL_ONLY="system-boots shows the same with initramfs-tools"

l1() {
	journalctl -b -o cat >/run/journal
	has "the initramfs is dracut's" '^Finished .*dracut pre-udev hook' /run/journal
	same "the system is" running "$(cat /run/state)" || systemctl --failed --no-legend
	for word in blk-translated rng-translated; do
		same "$word has a rule: driver" "$RIG_DRIVER" "$(driver_of "$word")"
	done
	same "rng-bypass has none: driver" virtio-pci "$(driver_of rng-bypass)"
	same "functions that virtio_blk met" 1 "$(log_lines 'virtio_blk .* logical blocks' | grep -c .)"
	expect_log 1 "vfio-virtio-fixup: $BLK_TRANSLATED: driver $RIG_DRIVER"
}
