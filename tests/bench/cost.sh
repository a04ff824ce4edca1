# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
#
# cost.sh - times of bind, open, close and of a read of configuration space, and
# kernel memory. A scenario of tests/nested; the bench puts ROUNDS before it.

FUNCTIONS="blk-translated"
NEEDS_MODULE=1
NEEDS_PROGRAMS=bench/vfio-bench

TRACING=/sys/kernel/tracing

l1() {
	# shellcheck disable=SC1090,SC1091
	. "/host$RIG_REPO/tests/bench/lib-bench.sh"
	at=$(address blk-translated)
	load_driver vfio-pci && load_driver "$RIG_DRIVER" || return 1
	for round in $(seq "$ROUNDS"); do
		for driver in vfio-pci $RIG_DRIVER; do
			vfio-bench time "$at" "$driver" >/run/times || return 1
			sed "s/^/# time $driver /" /run/times
		done
	done
	mount -t tracefs tracefs $TRACING || return 1
	# The first round warms caches up; only the last one is printed.
	for round in 1 2 3; do
		for driver in vfio-pci $RIG_DRIVER; do
			memory_of "$driver" >/run/memory || return 1
			[ $round -lt 3 ] || cat /run/memory
		done
	done
	echo "# memory module vfio-pci $(module_bytes vfio_pci)"
	echo "# memory module $RIG_DRIVER $(module_bytes "$RIG_DRIVER")"
	ok "times and memory are had"
}

module_bytes() { awk -v name="$1" '$1 == name { print $2 }' /proc/modules; }

# memory_of DRIVER: what bind and open allocate and do not free again.
memory_of() {
	echo 0 >$TRACING/tracing_on
	echo 8192 >$TRACING/buffer_size_kb
	for event in kmalloc kmalloc_node kmem_cache_alloc kmem_cache_alloc_node \
			kfree kmem_cache_free; do
		[ ! -d $TRACING/events/kmem/$event ] ||
			echo 1 >$TRACING/events/kmem/$event/enable
	done
	rm -f /run/go
	mkfifo /run/go
	echo >$TRACING/trace
	pages=$(vmalloc_bytes)
	vfio-bench memory "$at" "$1" </run/go >/run/stage 2>&1 &
	exec 4>/run/go
	for stage in bound open; do
		waited=0
		until grep -q $stage /run/stage; do
			usleep 100000
			waited=$((waited + 1))
			[ $waited -lt 300 ] || { cat /run/stage; return 1; }
		done
		more=$(vmalloc_bytes)
		echo "# memory $stage $1 $(live_bytes) $((more - pages))"
		pages=$more
		echo >$TRACING/trace
		echo next >&4
	done
	exec 4>&-
	wait
}

# Pages behind vmalloc; stacks are those of the bench's own processes.
vmalloc_bytes() {
	awk '/dup_task_struct|alloc_thread_stack/ { next }
	match($0, / pages=[0-9]+/) { pages += substr($0, RSTART + 7, RLENGTH - 7) }
	END { print pages * 4096 }' /proc/vmallocinfo
}

# Bytes that the bench's process got while tracing was on and nobody gave back.
live_bytes() {
	awk '
	{
		ptr = ""; bytes = 0
		for (i = 1; i <= NF; i++) {
			if ($i ~ /^ptr=/)
				ptr = substr($i, 5)
			else if ($i ~ /^bytes_alloc=/)
				bytes = substr($i, 13)
		}
	}
	/: (kfree|kmem_cache_free): / { delete live[ptr]; next }
	ptr != "" && $1 ~ /^vfio-bench-/ { live[ptr] = bytes }
	END { for (ptr in live) sum += live[ptr]; print sum + 0 }' $TRACING/trace
}
