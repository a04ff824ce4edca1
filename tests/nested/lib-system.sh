# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154
#
# lib-system.sh - for scenarios whose L1 is a whole Debian with the packages, see SYSTEM in
# README. Sourced by the scenario, on all levels.

# is_running: systemd calls the system so. /run/state is init-system's.
is_running() {
	same "the system is" running "$(cat /run/state)" || systemctl --failed --no-legend
}

# initramfs_applied_rules: of the functions blk-translated and rng-translated, which have a
# rule, and rng-bypass, which has none. No class driver saw the disk.
initramfs_applied_rules() {
	is_running
	for word in blk-translated rng-translated; do
		same "$word has a rule: driver" "$RIG_DRIVER" "$(driver_of "$word")"
	done
	same "rng-bypass has none: driver" virtio-pci "$(driver_of rng-bypass)"
	same "functions that virtio_blk met" 1 "$(log_lines 'virtio_blk .* logical blocks' | grep -c .)"
	expect_log 1 "vfio-virtio-fixup: $BLK_TRANSLATED: driver $RIG_DRIVER"
}

# units_that_ran: how often units of single functions did, after hot-plug.
units_that_ran() { journalctl -b -o cat | grep -c '^Finished .*Apply the rules to the virtio function'; }
