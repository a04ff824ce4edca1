# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154
# The same Debian with dracut's initramfs: it has bound what the rules name before a class
# driver came.

FUNCTIONS="blk-translated rng-translated rng-bypass"
SYSTEM="bookworm trixie"
DRACUT=1
FULL_ONLY="system-boots shows the same with initramfs-tools"

l1() {
	. /rig/lib-system.sh
	journalctl -b -o cat >/run/journal
	has "the initramfs is dracut's" '^Finished .*dracut pre-udev hook' /run/journal
	initramfs_applied_rules
}
