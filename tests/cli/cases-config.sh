# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2016,SC2206
#
# show --config: where each byte of configuration space comes from. Spaces that
# no dump in tests/data has are made from one that is there.

# extended FILE POSITION ID NEXT: the header of an extended capability.
extended() {
	local header=$(($3 | 1 << 16 | $4 << 20))
	# shellcheck disable=SC2046
	set_bytes "$1" "$2" $(printf '%02x %02x %02x %02x' $((header & 255)) \
		$((header >> 8 & 255)) $((header >> 16 & 255)) $((header >> 24 & 255)))
}

# as_dump FILE BDF: configuration space as lspci -xxxx prints it.
as_dump() {
	echo "$2 made for a test"
	od -An -v -tx1 -w16 "$1" | awk '{ printf "%02x:%s\n", (NR - 1) * 16, $0 }'
}

dump config-qemu-root-port qemu-q35-root-ports.lspci show --config 01:00.0
dump config-qemu-root-bus qemu-q35-root-ports.lspci --config show 00:06.0
dump config-firecracker firecracker-guest.lspci show 00:02.0 --config
dump config-hostile hostile.lspci show --config 01:00.0 02:00.0 07:00.0 08:00.0
dump config-json qemu-q35-root-ports.lspci show --config --json 01:00.0
# What this machine's own host described is data like any other.
dump config-described description.lspci show --config 01:00.0

# crosvm's, after tests/unit/config_space.c: Firecracker's with shared memory.
prepare='config_of "$DATA/firecracker-guest.lspci" 00:02.0 > c
	set_bytes c 0x98 09 b0 18 08 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 02 00 00 00
	set_bytes c 0xb0 11 00 02 00 00 60 00 00 00 70 00 00
	as_dump c 00:05.0 > crosvm.lspci'
run_case config-crosvm -F crosvm.lspci show --config 00:05.0

# Capabilities that no virtio function has, of which some are hidden: 0x40 SSVID,
# 0x48 VPD, 0x50 MSI with all it can have, 0x6c AF, 0x74 PCI-X, 0x7c of no known ID,
# 0x80 SATA, 0x88 AGP, 0x94 HyperTransport, 0xb0 of a vendor; it ends in a hidden one.
prepare='config_of "$DATA/firecracker-guest.lspci" 00:02.0 > c
	truncate -s 64 c; truncate -s 256 c; set_bytes c 0x34 40
	set_bytes c 0x40 0d 48; set_bytes c 0x48 03 50; set_bytes c 0x50 05 6c 80 01
	set_bytes c 0x6c 13 74 06 03; set_bytes c 0x74 07 7c; set_bytes c 0x7c 77 80
	set_bytes c 0x80 12 88 10 00 04; set_bytes c 0x88 02 94; set_bytes c 0x94 08 b0 00 20
	set_bytes c 0xb0 09 c8 08 33; set_bytes c 0xc8 14 00
	as_dump c 00:05.0 > standard.lspci'
run_case config-standard -F standard.lspci show --config 00:05.0

# The same kinds in their other lengths: 0x40 SATA, 0x50 HyperTransport, 0x6c MSI, and
# PCI-X of version 2 at 0x78, for which the core looks for extended capabilities; the
# next, at 0x80, overlaps it and has the bytes.
prepare='config_of "$DATA/firecracker-guest.lspci" 00:02.0 > c
	truncate -s 64 c; truncate -s 4096 c; set_bytes c 0x34 40
	set_bytes c 0x40 12 50 10 00 0f; set_bytes c 0x50 08 6c 00 00; set_bytes c 0x6c 05 78
	set_bytes c 0x78 07 80 00 10; set_bytes c 0x80 09 00 04 00
	extended c 0x100 0x0d 0; set_bytes c 0x104 20; as_dump c 00:05.0 > lengths.lspci'
run_case config-lengths -F lengths.lspci show --config 00:05.0

# PCI Express on a root bus, where it has no link, in both versions of it.
for version in 1 2; do
	prepare='config_of "$DATA/qemu-q35-root-ports.lspci" 01:00.0 > c
		set_bytes c 0x42 9'$version'; as_dump c 00:05.0 > integrated.lspci'
	run_case "config-integrated-$version" -F integrated.lspci show --config 00:05.0
done
# The same behind a port, of version 1; and a list that leads nowhere but to hidden ones.
prepare='config_of "$DATA/qemu-q35-root-ports.lspci" 01:00.0 > c
	set_bytes c 0x42 01; as_dump c 00:05.0 > old.lspci'
run_case config-express-1 -F old.lspci show --config 00:05.0
prepare='config_of "$DATA/qemu-q35-root-ports.lspci" 01:00.0 > c
	set_bytes c 0x34 40; set_bytes c 0x40 0d 48; set_bytes c 0x48 0d 00
	as_dump c 00:05.0 > hidden.lspci'
run_case config-all-hidden -F hidden.lspci show --config 00:05.0

# Extended space: every capability whose length is counted, PASID and DOE hidden, and
# a list that loops.
extended_space='c=$BUS/devices/0000:02:00.0/config
	truncate -s 4096 $c
	extended $c 0x100 0x01 0x140; extended $c 0x140 0x1b 0x150; extended $c 0x150 0x04 0x160
	extended $c 0x160 0x0f 0x170; extended $c 0x170 0x0d 0x190; set_bytes $c 0x174 20 21
	extended $c 0x190 0x0d 0x1a0; extended $c 0x1a0 0x15 0x1c0; set_bytes $c 0x1a8 60
	extended $c 0x1c0 0x16 0x1e0; set_bytes $c 0x1c4 03
	extended $c 0x1e0 0x17 0x200; set_bytes $c 0x1e4 00 02 03 00
	extended $c 0x200 0x02 0x250; set_bytes $c 0x204 01; set_bytes $c 0x208 04
	extended $c 0x250 0x0b 0x268; set_bytes $c 0x254 00 00 80 01
	extended $c 0x268 0x23 0x280; set_bytes $c 0x26c 00 00 c0 00
	extended $c 0x280 0x2e 0x2c0; extended $c 0x2c0 0x10 0x300; extended $c 0x300 0x03 0x310
	extended $c 0x310 0x0e 0x318; extended $c 0x318 0x18 0x320; extended $c 0x320 0x13 0x330
	extended $c 0x330 0x12 0x100'
prepare=$extended_space
live config-extended show --config 02:00.0
prepare=$extended_space'; as_dump $c 02:00.0 > extended.lspci'
run_case config-extended-dump -F extended.lspci show --config 02:00.0
# A dump cut off in extended space has none of it.
prepare=$extended_space'; truncate -s 512 $c; as_dump $c 02:00.0 > cut.lspci'
run_case config-extended-cut -F cut.lspci show --config 02:00.0
# The list begins with a hidden one, and ends in lengths beyond the end of all.
prepare='c=$BUS/devices/0000:02:00.0/config; truncate -s 4096 $c
	extended $c 0x100 0x1b 0x140; extended $c 0x140 0x0b 0xff8; set_bytes $c 0x144 00 00 00 02
	extended $c 0xff8 0x0b 0xffc; set_bytes $c 0xffc ff ff ff ff'
live config-extended-hostile show --config 02:00.0
prepare='c=$BUS/devices/0000:02:00.0/config; truncate -s 4096 $c
	extended $c 0x100 0x0b 0xffc; set_bytes $c 0x104 00 00 f0 ff; extended $c 0xffc 0x02 0xffc'
live config-extended-end show --config 02:00.0
# Nothing but hidden ones, the first for having no length.
prepare='c=$BUS/devices/0000:02:00.0/config; truncate -s 4096 $c
	extended $c 0x100 0x0b 0x140; extended $c 0x140 0x2e 0'
live config-extended-hidden show --config 02:00.0
# A standard capability that reaches into extended space, without PCI Express to
# have the core look there; pointers that are not aligned, and into the header.
prepare='c=$BUS/devices/0000:0a:00.0/config; truncate -s 4096 $c
	extended $c 0x100 0x01 0; set_bytes $c 0x34 fc; set_bytes $c 0xfc 09 7d ff 02
	set_bytes $c 0x7d 01 10 00; set_bytes $c 0x10 01 00'
live config-standard-hostile show --config 0a:00.0

live config-sysfs show --config 06:00.0
prepare='for f in $BUS/devices/*/config; do truncate -s 64 $f; done' settings=(FAKE_EUID=1000)
live config-not-root show --config 06:00.0
prepare='truncate -s 64 $BUS/devices/0000:06:00.0/config' settings=(FAKE_EUID=1000)
live config-not-root-json show --config 06:00.0 02:00.0 --json
dump config-truncated truncated.lspci show --config 01:00.0 02:00.0
prepare='rm $BUS/devices/0000:02:00.0/config'
live config-no-config show --config 02:00.0
live config-not-virtio show --config 00:1f.2
live config-not-there show --config 0f:00.0
run_case config-bad-address show --config 1:2 -F "$DATA/hostile.lspci"
for command in list explain measure bind unbind policy describe; do
	run_case "config-does-not-apply-$command" $command --config 01:00.0
done
run_case config-alone show --config
