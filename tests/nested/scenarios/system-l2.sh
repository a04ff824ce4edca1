# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2016,SC2034,SC2154
# The way of a newcomer, on a Debian with systemd, both packages and Debian's QEMU: a few
# commands to a guest that uses a disk by VFIO, a rule, a reboot, and the guest again.
# What is typed and shown is Documentation/quick-start.rst, which l0() compares.
. "${here:-/rig}/lib-disk.sh"
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-system.sh"

FUNCTIONS="extra-1 blk-bypass"
EXTRA_1="-device virtio-blk-pci,id=@ID@,bus=@BUS@,drive=@DISK@,disable-legacy=on,iommu_platform=on"
SYSTEM="bookworm trixie"
NEEDS_PROGRAMS="vfio-virtio-fixup"
FULL_ONLY="it boots twice, and a guest each time"
L1_QEMU="-action reboot=reset"

# show COMMAND: types it, and prints a screen: lines that begin with four blanks. What a
# guest says to the rig has none.
show() {
	show_status=0
	eval "$1" </dev/null >/run/screen 2>&1 || show_status=$?
	[ $show_status = 0 ] || echo "[$show_status]" >>/run/screen
	echo "$PROMPT $1" | sed 's/^/    /'
	sed 's/\r$//; /^ok - \|^not ok - \|^# \|^rig: /!s/^/    /' /run/screen
}

l1() {
	PROMPT='$'
	cd /root || return
	boot=$(($(cat /var/lib/rig-boots 2>/dev/null || echo 0) + 1))
	echo $boot >/var/lib/rig-boots
	note "boot $boot"
	is_running
	# udev may still load it.
	comes_to "KVM is there" /dev/kvm ls /dev/kvm
	case $boot in
	1) by_hand ;;
	2) by_rule ;;
	esac
}

by_hand() {
	# As if it were fresh, with a kernel and an initramfs for the guest.
	rm -r /etc/vfio-virtio-fixup
	ln -s "/host$RIG_KERNEL" vmlinuz
	ln -s "/host$RIG_RUN/l2.cpio" guest.cpio
	show 'vfio-virtio-fixup list'
	show 'vfio-virtio-fixup bind 0b:00.0'
	same "the disk's driver" "$RIG_DRIVER" "$(driver_of extra-1)"
	boots_guest
	show 'vfio-virtio-fixup bind 02:00.0'
	show 'vfio-virtio-fixup explain 02:00.0'
	show 'vfio-virtio-fixup unbind 02:00.0'
	show 'mkdir -p /etc/vfio-virtio-fixup'
	show "cat >/etc/vfio-virtio-fixup/10-disk.rule <<'END'
[Match]
Address=0000:0b:00.0

[Function]
Bind=fixup
Policy=strict
END"
	show 'vfio-virtio-fixup apply'
	echo '    $ systemctl reboot'	# which ends this, too
	systemctl reboot 2>&1 | sed 's/^/#   /'
	sleep 600
}

by_rule() {
	same "the disk's driver after the reboot" "$RIG_DRIVER" "$(driver_of extra-1)"
	same "its policy" strict "$(fixup extra-1 policy)"
	show 'vfio-virtio-fixup list'
	show 'journalctl -b -o cat -u vfio-virtio-fixup'
	boots_guest
}

boots_guest() {
	note "L2 run $boot starts"
	show 'qemu-system-x86_64 -machine q35,kernel-irqchip=split -accel kvm -cpu host -m 128 \
    -device pcie-root-port,id=port0,chassis=1 \
    -device vfio-pci,host=0b:00.0,bus=port0 \
    -nodefaults -no-reboot -display none -serial file:console.log -serial stdio \
    -kernel vmlinuz -initrd guest.cpio -append "console=ttyS0 quiet panic=-1"'
	same "L2 run $boot: QEMU ends with" 0 $show_status
	has "L2 run $boot reached its end" '^rig: L2 ended, status 0' /run/screen ||
		tail -n 20 console.log | sed 's/^/#   /'
}

l2() {
	PROMPT='guest$'
	show 'vfio-virtio-fixup describe 01:00.0'
	use_disk
	show 'cut -c 34 /sys/bus/virtio/devices/virtio0/features'
	show 'dd if=/dev/vda bs=512 skip=1 count=1 2>/dev/null | cut -c 1-30'
}

# A screen in a line, without what no two runs have in common, and with blanks that are
# as in no table.
screens() {
	sed -E 's/[0-9]+ us\>/N us/g; s/[0-9-]+T[0-9:]+Z/TIME/g
		s/[0-9]+\.[0-9]+\.[0-9]+-[0-9]+-amd64/RELEASE/g' |
		awk '/^ *(guest)?\$ / && NR > 1 { printf "\n" } { printf "%s ", $0 } END { print "" }' |
		tr -s ' \t\r' ' ' | sed 's/^ //; s/ $//'
}

# On the page, "..." stands for lines that are left out.
page_is_as_run() {
	sed -n 's/^    //p' "$repo/Documentation/quick-start.rst" | screens |
		sed 's/[][\\*?]/\\&/g; s/ \.\.\./*/g' >"$run/page"
	{
		echo '$ apt install -y ./*.deb'
		cat "$system/tree/apt.log"
		sed -n 's/^    //p' "$run/output.log"
	} | screens >"$run/screens"
	same "the page and the run have so many screens" "$(grep -c . "$run/page")" \
		"$(grep -c . "$run/screens")"
	while read -r page_screen <&3 && read -r run_screen <&4; do
		# shellcheck disable=SC2254 # it is a pattern
		case $run_screen in
		$page_screen) ok "a screen is as the page has it: $(echo "$run_screen" | cut -c 1-60)" ;;
		*) fail "the page has another screen: $run_screen" ;;
		esac
	done 3<"$run/page" 4<"$run/screens"
}

l0() {
	same "the guests read what was on the disk" \
		"$(image_before extra-1) $(image_sha256 extra-1)" \
		"$(sed -n 's/^# tell read=//p' "$run/output.log" | tr '\n' ' ' | sed 's/ $//')"
	same "L0 finds what they wrote" "$(image_sha256 extra-1 2048 128)" "$(told written)"
	# Debian 13 words what is not ours in another way.
	[ "$suite" != bookworm ] || page_is_as_run
}
