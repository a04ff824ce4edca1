# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# io.sh - the data path: what VFIO sees of a request in L2, and how fast a disk
# is read there. A scenario of tests/nested; the bench puts PAIR before it.

FUNCTIONS="blk-translated net-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS=bench/vfio-bench

# Requests: reads of 4 KiB, and datagrams of tftp, 256 for one file and their
# answers. A second part does twice as many as the first.
BLK_REQUESTS=256
NET_FILES=2
# Timed reads of the whole disk in each boot.
SAMPLES=3

l1() {
	# shellcheck disable=SC1090,SC1091
	. "/host$RIG_REPO/tests/bench/lib-bench.sh"
	# Neither is always the first of its pair.
	order="vfio-pci $RIG_DRIVER"
	[ $((PAIR % 2)) = 1 ] || order="$RIG_DRIVER vfio-pci"
	for driver in $order; do
		for word in $FUNCTIONS; do
			bench_bind "$word" "$driver" || return 1
		done
		# shellcheck disable=SC2086 # a list of words
		bench_l2 seabios l2_io '' "-trace vfio_region_read -trace vfio_region_write
			-trace vfio_pci_read_config -trace vfio_pci_write_config" \
			$FUNCTIONS </dev/null || return 1
		check "L2 run $bench_count reached its end" \
			grep -q '^rig: L2 ended, status 0' "$BENCH_RESULTS" || return 1
		regions_between_marks <"$BENCH_TRACE"
		sed -n "s/^# sample /# rate $driver $PAIR /p" "$BENCH_RESULTS"
	done
}

# Accesses in each part, "# part DRIVER PAIR NUMBER ACCESSES". L2 marks by reading
# byte 0xf1 of the disk, which nobody else reads alone.
regions_between_marks() {
	awk -v who="$driver $PAIR" '
	/vfio_pci_read_config .*@0xf1, len=0x1\)/ {
		if (part)
			print "# part", who, part, seen + 0
		part++
		seen = 0
		next
	}
	/vfio_(region|pci)_(read|write)/ { seen++ }'
}

l2_mark() { dd if="$L2_SYSFS/config" bs=1 skip=241 count=1 >/dev/null 2>&1; }
l2_read() { dd if=/dev/vda of=/dev/null bs=4k count="$1" iflag=direct; }

l2_fetch() {
	for file in $(seq "$1"); do
		tftp -g -r pattern -l /run/fetched 10.0.2.2 || return 1
	done
}

l2_io() {
	l2_load virtio_blk && modprobe virtio_net || return 1
	ip addr add 10.0.2.15/24 dev eth0
	ip link set eth0 up
	l2_fetch 1 || return 1
	l2_read 16 2>/dev/null || return 1
	sleep 1
	for part in "l2_read $BLK_REQUESTS" "l2_read $((2 * BLK_REQUESTS))" \
			"l2_fetch $NET_FILES" "l2_fetch $((2 * NET_FILES))"; do
		l2_mark
		$part 2>/dev/null || return 1
	done
	l2_mark
	for sample in $(seq $SAMPLES); do
		from=$(vfio-bench clock)
		l2_read 1024 2>/dev/null || return 1
		echo "# sample $sample 4194304 $(($(vfio-bench clock) - from))"
	done
}
