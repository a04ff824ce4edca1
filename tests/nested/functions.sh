# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# functions.sh - which virtio functions L1 can have, by short words.
#
# Sourced by l1 (on L0). Owns the table word -> PCI address -> QEMU arguments
# and the disk images. Every word has a root port of its own at a fixed place,
# present or not, so that its address in L1 never changes: the port in slot
# 0x08+N of the root bus leads to bus N.
#
# A scenario can bring functions of its own: words extra-1 and extra-2, with
# the QEMU arguments in EXTRA_1 and EXTRA_2. @BUS@ and @ID@ are replaced there;
# @DISK@ too, by a fresh disk image.

RIG_WORDS=(
	blk-translated blk-bypass blk-transitional
	rng-translated rng-bypass rng-transitional
	net-translated net-bypass
	balloon ivshmem
	extra-1 extra-2
)

# Sectors of every disk: 4 MiB.
RIG_DISK_SECTORS=8192

# rig_bus WORD: the bus number, from 1; fails for an unknown word.
rig_bus() {
	local word i=0

	for word in $(rig_words); do
		i=$((i + 1))
		[ "$word" = "$1" ] && { echo $i; return 0; }
	done
	return 1
}

# rig_address WORD: its PCI address in L1.
rig_address() {
	printf '0000:%02x:00.0\n' "$(rig_bus "$1")"
}

# rig_variable WORD: the environment variable with the address, BLK_TRANSLATED.
rig_variable() {
	tr 'a-z-' 'A-Z_' <<<"$1"
}

rig_has_disk() {
	local extra

	case $1 in
	blk-* | *-blk | *-blk-transitional | scsi-* | *-scsi) return 0 ;;
	extra-*)
		extra=$(rig_variable "$1")
		[[ ${!extra:-} == *@DISK@* ]]
		;;
	*) return 1 ;;
	esac
}

# rig_ports: QEMU arguments, one a line, for the root ports.
rig_ports() {
	local word i=0

	for word in $(rig_words); do
		i=$((i + 1))
		printf '%s\n' -device
		printf 'pcie-root-port,id=port-%s,bus=pcie.0,addr=0x%x,chassis=%d,slot=%d\n' \
			"$word" $((0x08 + i)) $i $i
	done
}

# rig_function WORD DIR: QEMU arguments, one a line, for one function. DIR is
# where the images of this run are.
rig_function() {
	local word=$1 dir=$2
	local at="id=$1,bus=port-$1" extra

	if rig_has_disk "$word"; then
		printf '%s\n' -drive \
			"if=none,id=disk-$word,format=raw,file=$dir/$word.img"
	fi
	case $word in
	net-wired | net-peer)
		printf '%s\n' -netdev "hubport,hubid=1,id=net-$word" ;;
	net-* | *-net | *-net-transitional)
		printf '%s\n' -netdev \
			"user,id=net-$word,restrict=on,tftp=$dir/tftp"
		;;
	rng-* | *-rng | *-rng-transitional)
		printf '%s\n' -object "rng-random,filename=/dev/urandom,id=source-$word"
		;;
	ivshmem)
		printf '%s\n' -object "memory-backend-ram,id=shared-$word,size=1M,share=on"
		;;
	esac

	case $word in
	extra-*)
		extra=$(rig_variable "$word")
		extra=${!extra:?a scenario that asks for $word sets $extra}
		extra=${extra//@BUS@/port-$word}
		extra=${extra//@ID@/$word}
		extra=${extra//@DISK@/disk-$word}
		# Arguments are separated by blanks; none of QEMU's has any.
		tr -s ' \t\n' '\n' <<<"$extra" | sed '/^$/d'
		return
		;;
	esac

	printf '%s\n' -device
	case $word in
	blk-translated)
		echo "virtio-blk-pci,$at,drive=disk-$word,disable-legacy=on,iommu_platform=on" ;;
	blk-bypass)
		echo "virtio-blk-pci,$at,drive=disk-$word,disable-legacy=on" ;;
	blk-transitional)
		echo "virtio-blk-pci,$at,drive=disk-$word,disable-legacy=off,disable-modern=off" ;;
	rng-translated)
		echo "virtio-rng-pci,$at,rng=source-$word,disable-legacy=on,iommu_platform=on" ;;
	rng-bypass)
		echo "virtio-rng-pci,$at,rng=source-$word,disable-legacy=on" ;;
	rng-transitional)
		echo "virtio-rng-pci,$at,rng=source-$word,disable-legacy=off,disable-modern=off" ;;
	net-translated)
		# Without ioeventfd it answers on its control queue before a kick ends.
		echo "virtio-net-pci,$at,netdev=net-$word,disable-legacy=on,iommu_platform=on,romfile=,ioeventfd=off" ;;
	net-bypass)
		echo "virtio-net-pci,$at,netdev=net-$word,disable-legacy=on,romfile=" ;;
	balloon)
		echo "virtio-balloon-pci,$at,disable-legacy=on" ;;
	ivshmem)
		echo "ivshmem-plain,$at,memdev=shared-$word" ;;
	*)
		rig_rare_device "$word" "$at" ;;
	esac
}

# rig_boot_sector OUTPUT: assemble the sector every disk starts with.
rig_boot_sector() {
	local src=${BASH_SOURCE[0]%/*}/boot-sector.S

	[ "$1" -nt "$src" ] && return 0
	as --32 -o "$1.$$.o" "$src"
	ld -m elf_i386 --oformat binary -Ttext 0x7c00 -e start -o "$1.$$" "$1.$$.o"
	rm "$1.$$.o"
	mv "$1.$$" "$1"
	[ "$(stat -c %s "$1")" -eq 512 ]
}

# rig_disk WORD FILE BOOT_SECTOR: a fresh image; every sector but the first
# says whose disk it is and its number, so that any mix-up shows in a hexdump.
rig_disk() {
	{
		cat "$3"
		awk -v word="$1" -v sectors="$RIG_DISK_SECTORS" 'BEGIN {
			pad = sprintf("%511s", "")
			gsub(/ /, ".", pad)
			for (i = 1; i < sectors; i++) {
				line = sprintf("disk %s sector %08d ", word, i)
				printf "%s%s\n", line, substr(pad, 1, 511 - length(line))
			}
		}'
	} >"$2"
	[ "$(stat -c %s "$2")" -eq $((RIG_DISK_SECTORS * 512)) ]
}

# --- functions that few scenarios have ---------------------------------------
#
# They have a port only where a scenario asks for them, behind the fixed ones,
# in this order; so their address is the same in every run of one scenario, but
# not in every scenario. There is room for nine.
#
# net-wired and net-peer are translated, and on one wire that leads nowhere else:
# what one of them sends, the other one gets.
#
# LIE-TYPE and LIE-TYPE-transitional need the QEMU of tests/l0 (README there):
# their id is the word, and its beginning makes them lie.

RIG_RARE_WORDS=(
	net-wired net-peer
	net-transitional scsi-translated scsi-bypass gpu-translated gpu-bypass
	{hides,claims,conditional,sticky,mute,stuck,wedged}-{blk,rng,net,scsi,gpu}
	overrun-rng {slow2,drains20}-rng
	yields-rng
	hides-{blk,rng,net,scsi}-transitional
)
RIG_WORDS+=("${RIG_RARE_WORDS[@]}")

# rig_words: the words that have a port in this run.
rig_words() {
	local word

	for word in "${RIG_WORDS[@]}"; do
		[[ " ${RIG_RARE_WORDS[*]} " == *" $word "* &&
			" ${FUNCTIONS:-} " != *" $word "* ]] || echo "$word"
	done
}

# rig_rare_device WORD PROPERTIES: what comes after -device.
rig_rare_device() {
	local word=$1 at=$2 type

	case $word in
	*-transitional) at+=,disable-legacy=off,disable-modern=off ;;
	hides-* | *-bypass) at+=,disable-legacy=on ;;
	*) at+=,disable-legacy=on,iommu_platform=on ;;
	esac
	for type in blk rng net scsi gpu; do
		[[ -$word- != *-$type-* ]] || break
	done
	case $type in
	blk) at+=,drive=disk-$word ;;
	rng) at+=,rng=source-$word ;;
	net) at+=,netdev=net-$word,romfile= ;;
	esac
	echo "virtio-$type-pci,$at"
	[ "$type" != scsi ] ||
		printf '%s\n' -device "scsi-hd,bus=$word.0,drive=disk-$word"
}
