# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154
#
# lib-l0.sh - which scenarios there are, and what they need in l0(), the check on L0 after
# the run.
#
# Sourced by l1, which sets $run (the folder of this run). Owns what L0 alone
# can see: the disk images, QEMU's trace, and what L1 and L2 told.

# scenarios FOLDER: "NAME FILE", one a line, by name. A file has a function for each of its
# scenarios, scenario_NAME with "_" for "-"; one without is a single scenario with the
# file's name.
scenarios() {
	local file names name

	for file in "$1"/*.sh; do
		names=$(sed -n 's/^scenario_\([a-z0-9_]*\)() {$/\1/p' "$file" | tr _ -)
		for name in ${names:-$(basename "$file" .sh)}; do
			echo "$name $file"
		done
	done | sort
}

# image_sha256 WORD [FROM COUNT]: of the disk as it is now, or some sectors.
image_sha256() {
	if [ $# -eq 1 ]; then
		sha256sum <"$run/$1.img"
	else
		dd if="$run/$1.img" bs=512 skip="$2" count="$3" status=none | sha256sum
	fi | cut -d ' ' -f 1
}

# image_before WORD: checksum of the image before the run.
image_before() { cat "$run/$1.sha256"; }

# told NAME: the value that tell() in L1 or L2 gave; the last one counts.
told() { sed -n "s/^# tell $1=//p" "$run/output.log" | tail -n 1; }

# status_writes: "DEVICE STATUS" (decimal), one a line, for every write to a
# virtio status register that L0 saw. Needs TRACE=virtio_set_status.
status_writes() {
	sed -n 's/.*virtio_set_status vdev \(0x[0-9a-f]*\) val \([0-9]*\).*/\1 \2/p' \
		"$run/trace.log"
}

# config_accesses WORD: how many times L1 read or wrote config space of a
# function, as "READS WRITES". Needs TRACE="pci_cfg_read pci_cfg_write".
config_accesses() {
	local at

	at=$(printf '%02x:00.0' "$(rig_bus "$1")")
	printf '%d %d\n' \
		"$(grep -c "pci_cfg_read .* $at " "$run/trace.log")" \
		"$(grep -c "pci_cfg_write .* $at " "$run/trace.log")"
}

# status_between_marks MARK: of the devices that saw a status write of MARK
# twice, "write DEVICE STATUS" for each write between, then "end DEVICE".
status_between_marks() {
	status_writes | awk -v mark="$1" '
	$2 == mark {
		if (++marks[$1] == 2)
			printf "%send %s\n", between[$1], $1
		next
	}
	marks[$1] == 1 { between[$1] = between[$1] "write " $1 " " $2 "\n" }'
}

# state_of FOLDER: one line on where the run is whose logs are there: what L1 said
# last, and what its last heartbeat says.
state_of() {
	local said=''

	said=$(tail -n 1 "$1/output.log" 2>/dev/null | tr -d '\r' | cut -c -60) || :
	if [ -n "$said" ]; then
		echo "$said$(tail -n 1 "$1/heartbeat.log" 2>/dev/null | tr -d '\r' |
			sed 's/^beat//; s/^ /; /')"
	else
		said=$(tail -n 1 "$1/console.log" 2>/dev/null | tr -d '\r' | cut -c -60) || :
		echo "L1 boots${said:+: $said}"
	fi
}
