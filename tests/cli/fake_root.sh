# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# Builds a fake system in the current directory: sys/ and proc/ with some virtio
# functions, their configuration space taken from the dumps in tests/data.
# Sourced by tests/cli/run.

BUS=sys/bus/pci
OURS=virtio_fixup_vfio_pci

# config_of DUMP BDF: the first 256 bytes of its configuration space, as bytes.
config_of() {
	local hex
	hex=$(awk -v bdf="$2" '
		/^[0-9a-f:]+\.[0-7] / { on = ($1 == bdf) }
		on && /^[0-9a-f]0: / { for (i = 2; i <= 17; i++) printf "\\x%s", $i }
	' "$1")
	# shellcheck disable=SC2059
	printf "$hex"
}

# byte_of FILE OFFSET: one byte as two hex digits.
byte_of() { od -An -tx1 -j "$2" -N 1 "$1" | tr -d ' '; }

# set_bytes FILE OFFSET HEX...: overwrite bytes.
set_bytes() {
	local file=$1 offset=$2
	shift 2
	# shellcheck disable=SC2059
	printf "$(printf '\\x%s' "$@")" |
		dd of="$file" bs=1 seek="$((offset))" conv=notrunc status=none
}

# extended FILE POSITION ID NEXT: the header of an extended capability.
extended() {
	local header=$(($3 | 1 << 16 | $4 << 20))
	# shellcheck disable=SC2046
	set_bytes "$1" "$2" $(printf '%02x %02x %02x %02x' $((header & 255)) \
		$((header >> 8 & 255)) $((header >> 16 & 255)) $((header >> 24 & 255)))
}

# extended_space CONFIG: every extended capability whose length is counted, PASID and
# DOE, which are hidden, and a last one that leads back to the first.
extended_space() {
	local c=$1
	truncate -s 4096 "$c"
	extended "$c" 0x100 0x01 0x140; extended "$c" 0x140 0x1b 0x150; extended "$c" 0x150 0x04 0x160
	extended "$c" 0x160 0x0f 0x170; extended "$c" 0x170 0x0d 0x190; set_bytes "$c" 0x174 20 21
	extended "$c" 0x190 0x0d 0x1a0; extended "$c" 0x1a0 0x15 0x1c0; set_bytes "$c" 0x1a8 60
	extended "$c" 0x1c0 0x16 0x1e0; set_bytes "$c" 0x1c4 03
	extended "$c" 0x1e0 0x17 0x200; set_bytes "$c" 0x1e4 00 02 03 00
	extended "$c" 0x200 0x02 0x250; set_bytes "$c" 0x204 01; set_bytes "$c" 0x208 04
	extended "$c" 0x250 0x0b 0x268; set_bytes "$c" 0x254 00 00 80 01
	extended "$c" 0x268 0x23 0x280; set_bytes "$c" 0x26c 00 00 c0 00
	extended "$c" 0x280 0x2e 0x2c0; extended "$c" 0x2c0 0x10 0x300; extended "$c" 0x300 0x03 0x310
	extended "$c" 0x310 0x0e 0x318; extended "$c" 0x318 0x18 0x320; extended "$c" 0x320 0x13 0x330
	extended "$c" 0x330 0x12 0x100
}

# as_dump FILE BDF: configuration space as lspci -xxxx prints it.
as_dump() {
	echo "$2 made for a test"
	od -An -v -tx1 -w16 "$1" | awk '{ printf "%02x:%s\n", (NR - 1) * 16, $0 }'
}

# The file resource: lengths that suit the functions in the dumps.
write_resource() {
	local config=$1 bar low
	for bar in 0 1 2 3 4 5; do
		low=$((0x$(byte_of "$config" $((0x10 + 4 * bar)))))
		if [ "${skip:-0}" = 1 ]; then
			skip=0
			echo "0x0000000000000000 0x0000000000000000 0x0000000000000000"
		elif ((low & 1)); then
			echo "0x000000000000c000 0x000000000000c07f 0x0000000000040101"
		elif (((low & 6) == 4)); then
			skip=1
			echo "0x00000000fe800000 0x00000000fe87ffff 0x000000000014220c"
		elif [ "$bar" = 1 ]; then
			echo "0x00000000fdc00000 0x00000000fdc00fff 0x0000000000040200"
		else
			echo "0x0000000000000000 0x0000000000000000 0x0000000000000000"
		fi
	done
}

# add_driver NAME
add_driver() {
	mkdir -p "$BUS/drivers/$1"
	: > "$BUS/drivers/$1/bind"
	: > "$BUS/drivers/$1/unbind"
}

# add_function BDF DUMP BDF-IN-DUMP DRIVER|- GROUP|- [DEFAULT-DRIVER]
add_function() {
	local dir=sys/devices/pci0000:00/$1 config
	mkdir -p "$dir" "$BUS/devices"
	ln -s "../../../devices/pci0000:00/$1" "$BUS/devices/$1"
	config=$dir/config
	config_of "$2" "$3" > "$config"
	write_resource "$config" > "$dir/resource"
	echo "0x$(byte_of "$config" 1)$(byte_of "$config" 0)" > "$dir/vendor"
	echo "0x$(byte_of "$config" 3)$(byte_of "$config" 2)" > "$dir/device"
	echo "0x$(byte_of "$config" 11)$(byte_of "$config" 10)$(byte_of "$config" 9)" > "$dir/class"
	echo 11 > "$dir/irq"
	echo "(null)" > "$dir/driver_override"
	echo "${6:-}" > "$dir/fake_default"
	[ "$4" = - ] || ln -s "../../../bus/pci/drivers/$4" "$dir/driver"
	[ "$5" = - ] && return
	mkdir -p "sys/kernel/iommu_groups/$5/devices"
	ln -s "../../../../devices/pci0000:00/$1" "sys/kernel/iommu_groups/$5/devices/$1"
	ln -s "../../../kernel/iommu_groups/$5" "$dir/iommu_group"
	set_iommu "$1" dmar0 DMA-FQ
}

# set_iommu BDF IOMMU|- DOMAIN-TYPE: which IOMMU serves it, and how by default.
set_iommu() {
	local dir=$BUS/devices/$1
	rm -f "$dir/iommu"
	[ "$2" = - ] || ln -s "../../virtual/iommu/$2" "$dir/iommu"
	echo "$3" > "$dir/iommu_group/type"
}

# set_firmware NAME...: the IOMMUs that ACPI describes.
set_firmware() {
	local table
	rm -rf sys/firmware
	mkdir -p sys/firmware/acpi/tables
	for table in "$@"; do : > "sys/firmware/acpi/tables/$table"; done
}

# add_facts BDF NAME=VALUE...: the driver's files, with changes to the usual ones.
add_facts() {
	local dir=$BUS/devices/$1/virtio_fixup fact
	mkdir -p "$dir"
	rm -f "$dir/measured_last"
	shift
	for fact in offered=1 "measured=not-run not-run" measured_pending=0 measured_time=0 \
		    measured_forced=not-run measured_last_time=0 \
		    measured_usecs=0 measured_reason= measure= verdict=conditional basis=declared \
		    admitted=1 "reason=it offers ACCESS_PLATFORM, and the ack is enforced" \
		    remedy= view=platform policy=auto contradictions= open=0 \
		    refused_opens=0 refused_binds=0 refused_features_ok=0 refused_driver_ok=0 \
		    refused_queue_enable=0 refused_absent_queue=0 refused_late_features=0 \
		    refused_status_clear=0 \
		    refused_in_reset=0 refused_partial=0 \
		    refused_undeclared=0 refused_window=0 refused_mmap=0 \
		    refused_request=0 "$@"; do
		printf '%s\n' "${fact#*=}" > "$dir/${fact%%=*}"
	done
	[ -e "$dir/measured_last" ] ||
		echo "$(cat "$dir/measured") $(cat "$dir/measured_forced")" > "$dir/measured_last"
}

# The usual facts of a function that bypasses.
bypassing=(offered=0 verdict=bypass admitted=0
	"reason=it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU"
	"remedy=have its hypervisor put it behind the IOMMU"
	view=none "contradictions=described-but-bypasses ")

# after_measuring BDF NAME=VALUE...: the files that "measure" changes; errno=N fails.
after_measuring() {
	local dir=$BUS/devices/$1/virtio_fixup
	shift
	printf '%s\n' "$@" > "$dir/fake_measure"
}

# What measuring finds, at one moment of 2025.
found_translated=("measured=bypass translated" "measured_last=bypass translated not-run" measured_time=1763807696 measured_usecs=1834
	basis=measured "reason=its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced")
found_bypass=(offered=0 "measured=bypass not-run" "measured_last=bypass not-run not-run" measured_time=1763807696 measured_usecs=912
	verdict=bypass basis=measured admitted=0 view=none
	"reason=its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory"
	"remedy=have its hypervisor put it behind the IOMMU" contradictions=described-but-bypasses)
found_silence=("measured=silent silent" "measured_last=silent silent not-run" measured_time=1763807696 measured_usecs=20110)

# contents FILE...: a line each.
contents() {
	local file text
	for file in "$@"; do
		text=$(cat "$file" 2>&1)
		file=${file#"$BUS"/}
		echo "${file#d*/}:${text:+ $text}"
	done
}

# traces BDF: what was written to bind or unbind, and to which driver.
traces() {
	local file
	contents "$BUS/devices/$1/driver_override"
	for file in "$BUS/drivers_probe" "$BUS"/drivers/*/{bind,unbind}; do
		[ ! -s "$file" ] || contents "$file"
	done
}

# without_module: the driver's module is not loaded.
without_module() { rm -r "${BUS:?}/drivers/$OURS" "sys/module/$OURS"; }

# set_guard WORD: the module parameter.
set_guard() { echo "$1" > "sys/module/$OURS/parameters/guard"; }

# when_guarded BDF NAME=VALUE...: what the guard makes of it when another VFIO driver is
# to have it.
when_guarded() {
	local dir=$BUS/devices/$1/virtio_fixup
	shift
	printf '%s\n' "$@" > "$dir/fake_guard"
}

# set_driver BDF NAME: that driver has it.
set_driver() {
	[ -e "$BUS/drivers/$2" ] || add_driver "$2"
	ln -sfn "../../../bus/pci/drivers/$2" "$BUS/devices/$1/driver"
}

# without_root: what somebody who is not root reads of each configuration space.
without_root() {
	local config
	for config in "$BUS"/devices/*/config; do truncate -s 64 "$config"; done
}

# new_to_module BDF: its record begins when a VFIO driver has it.
new_to_module() { mv "$BUS/devices/$1/virtio_fixup" "$BUS/devices/$1/fake_record"; }

# rule FOLDER/NAME [KEY=VALUE...] Bind=...|Policy=...: a rule file, as FOLDER/.../NAME.rule.
rule() {
	local dir=${1%/*}/vfio-virtio-fixup file key
	file=$dir/${1##*/}.rule
	shift
	mkdir -p "$dir"
	echo '[Match]' > "$file"
	for key in "$@"; do [[ $key == @(Bind|Policy)=* ]] || echo "$key" >> "$file"; done
	echo '[Function]' >> "$file"
	for key in "$@"; do [[ $key != @(Bind|Policy)=* ]] || echo "$key" >> "$file"; done
}

# ruled: the functions that a rule is for, and what the rules want of them.
ruled() { fixup list | awk 'NR == 1 { at = index($0, "RULE"); end = index($0, "ADMITTED") }
	{ word = substr($0, at, end - at); sub(/ +$/, "", word) }
	at && NR > 1 && word != "-" { print $1, word }'; }

# holds PATH ARGUMENT...: the tool is at this, and hangs where it writes to PATH, until
# let_go kills it. $holder is its process.
holds() {
	FAKE_HANGS=$1 fixup "${@:2}" > held 2>&1 &
	until holder=$(locked_by_child $!) || ! kill -0 $!; do sleep 0.01; done
}
# Others may have a lock of a file with this number, on another file system.
locked_by_child() { # PROCESS
	local process parent
	# shellcheck disable=SC2013 # they are words
	for process in $(awk -v inode=":$(stat -c %i $BUS/drivers_probe)\$" \
			'$2 == "POSIX" && $6 ~ inode { print $5 }' /proc/locks); do
		read -r _ _ _ parent _ < "/proc/$process/stat" || continue
		case $1 in "$process" | "$parent") echo "$process"; return ;; esac
	done 2> /dev/null
	return 1
}
let_go() { kill -9 "$holder"; wait; }

# waits ARGUMENT...: the tool says that it waits.
waits() {
	fixup "$@" > waiting.out 2> waiting.err &
	until [ -s waiting.err ] || ! kill -0 $!; do sleep 0.01; done
	sed "s/process $holder,/process HOLDER,/" waiting.err
}

# behind_port BDF PORT: moves it below a bridge.
behind_port() {
	mkdir -p "sys/devices/pci0000:00/$2"
	mv "sys/devices/pci0000:00/$1" "sys/devices/pci0000:00/$2/$1"
	ln -sfn "../../../devices/pci0000:00/$2/$1" "$BUS/devices/$1"
}

# add_disk BDF VIRTIO NAME MAJOR:MINOR: a disk with one partition, NAME1.
add_disk() {
	local dir=$BUS/devices/$1/$2/block/$3
	mkdir -p "$dir/holders" "$dir/${3}1/holders"
	echo "$4" > "$dir/dev"
	echo "${4%:*}:$((${4#*:} + 1))" > "$dir/${3}1/dev"
	echo 1 > "$dir/${3}1/partition"
}

# add_nic BDF VIRTIO NAME
add_nic() { mkdir -p "$BUS/devices/$1/$2/net/$3"; }

build_proc() {
	mkdir -p proc/self proc/net proc/sys/kernel proc/4242/fd
	cat > proc/self/mountinfo <<-'END'
		22 1 252:1 / / rw,relatime shared:1 - ext4 /dev/root rw
		23 22 0:21 / /proc rw,nosuid - proc proc rw
		31 22 254:7 / /srv/data rw - xfs /dev/mapper/data rw
		32 22 0:44 /sub /srv/pool rw - btrfs /dev/vde1 rw
	END
	cat > proc/swaps <<-'END'
		Filename				Type		Size		Used		Priority
		/dev/vdd                                partition	1048572		0		-2
	END
	printf 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n' \
		> proc/net/route
	printf 'eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n' >> proc/net/route
	printf 'eth1\t0000010A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n' >> proc/net/route
	{
		printf 'fe800000000000000000000000000000 40 00000000000000000000000000000000 00 '
		printf '00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth1\n'
		printf '00000000000000000000000000000000 00 00000000000000000000000000000000 00 '
		printf 'fe800000000000000000000000000001 00000400 00000001 00000000 00000003    br0.7\n'
		printf '00000000000000000000000000000000 00 00000000000000000000000000000000 00 '
		printf '00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n'
	} > proc/net/ipv6_route
	echo qemu-system-x86 > proc/4242/comm
	ln -s /dev/vfio/2 proc/4242/fd/17
}

# The system most cases run on.
build_root() {
	local qemu=$DATA/qemu-q35-root-ports.lspci
	mkdir -p "$BUS"
	: > "$BUS/drivers_probe"
	set_firmware DSDT DMAR
	add_driver virtio-pci
	add_driver pcieport
	add_driver $OURS
	mkdir -p sys/module/$OURS/parameters
	set_guard refuse
	# No group at all.
	add_function 0000:00:06.0 "$qemu" 00:06.0 virtio-pci - virtio-pci
	# Not virtio.
	add_function 0000:00:1f.2 "$qemu" 00:1f.2 - 9
	# Ours: one that bypasses, one that is admitted and in use by a guest.
	add_function 0000:01:00.0 "$qemu" 01:00.0 $OURS 1 virtio-pci
	add_facts 0000:01:00.0 "${bypassing[@]}"
	add_function 0000:02:00.0 "$qemu" 02:00.0 $OURS 2 virtio-pci
	add_facts 0000:02:00.0 open=1 refused_features_ok=3
	# Ours, admitted, idle.
	add_function 0000:0a:00.0 "$qemu" 02:00.0 $OURS 10 virtio-pci
	add_facts 0000:0a:00.0
	# virtio-pci has these.
	add_function 0000:03:00.0 "$qemu" 03:00.0 virtio-pci 3 virtio-pci
	add_function 0000:04:00.0 "$qemu" 04:00.0 virtio-pci 4 virtio-pci
	add_nic 0000:04:00.0 virtio3 eth0
	add_function 0000:05:00.0 "$qemu" 05:00.0 virtio-pci 5 virtio-pci
	add_disk 0000:05:00.0 virtio4 vda 252:0
	# One group: a free disk, and a NIC that stays with virtio-pci.
	add_function 0000:06:00.0 "$qemu" 01:00.0 virtio-pci 6 virtio-pci
	add_disk 0000:06:00.0 virtio5 vdb 252:16
	add_function 0000:06:00.1 "$qemu" 04:00.0 virtio-pci 6 virtio-pci
	add_nic 0000:06:00.1 virtio6 eth1
	# Nobody has it; the driver will admit it.
	add_function 0001:07:00.0 "$qemu" 02:00.0 - 7
	add_facts 0001:07:00.0
	# Disks in use by way of something else.
	add_function 0000:08:00.0 "$qemu" 01:00.0 virtio-pci 8 virtio-pci
	add_disk 0000:08:00.0 virtio7 vdc 252:32
	mkdir -p sys/devices/virtual/block/dm-7/{dm,holders}
	echo 254:7 > sys/devices/virtual/block/dm-7/dev
	echo data > sys/devices/virtual/block/dm-7/dm/name
	ln -s ../../../../../../../virtual/block/dm-7 \
		"$BUS/devices/0000:08:00.0/virtio7/block/vdc/vdc1/holders/dm-7"
	build_proc
}
