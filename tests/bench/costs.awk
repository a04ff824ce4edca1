# SPDX-License-Identifier: GPL-2.0
#
# costs.awk - the data path, times and memory from what cost.sh and io.sh print.
#
# usage: awk -f costs.awk output.log...
#
# Prints, tabs between, with the value of vfio-pci and then ours:
#	requests NAME STOCK OURS	accesses per request
#	median NAME STOCK OURS STOCK'S-LOWEST HIGHEST OURS-LOWEST HIGHEST
#	memory NAME STOCK OURS
# Exit 1: a value is missing.

BEGIN {
	OFS = "\t"
	stock = "vfio-pci"
	ours = "virtio_fixup_vfio_pci"
	times = split("bind open close read-id read-capability", time)
	text["bind"] = "bind, microseconds"
	text["open"] = "open, microseconds"
	text["close"] = "close, microseconds"
	text["read-id"] = "read vendor and device ID, nanoseconds"
	text["read-capability"] = "read body of a capability, nanoseconds"
	text["rate"] = "4 KiB reads of the disk in L2, MB/s"
}

function add(name, driver, value) {
	n[name, driver]++
	sample[name, driver, n[name, driver]] = value
}
/^# time / { add($4, $3, $4 ~ /^read/ ? $5 : $5 / 1000) }
# part DRIVER PAIR NUMBER ACCESSES: 1 and 2 the disk, 3 and 4 the network card
/^# part / { part[$3, $4, $5] = $6; pairs[$3] = $4 }
# rate DRIVER PAIR SAMPLE BYTES NANOSECONDS
/^# rate / { add("rate", $3, $6 * 1000 / $7) }
/^# memory module / { module[$4] = $5 }
/^# memory (bound|open) / { slab[$3, $4] = $5; vmalloc[$3, $4] = $6 }

# One line: medians, then the lowest and the highest of each.
function medians(name, format,    d, driver, count, i, j, v, swap, line, range) {
	for (d = 1; d <= 2; d++) {
		driver = d == 1 ? stock : ours
		count = n[name, driver]
		if (!count) {
			print "costs.awk: no " name " of " driver > "/dev/stderr"
			failed = 1
			return
		}
		for (i = 1; i <= count; i++) {
			v[i] = sample[name, driver, i]
			for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
				swap = v[j]; v[j] = v[j - 1]; v[j - 1] = swap
			}
		}
		i = int((count + 1) / 2)
		line = line OFS sprintf(format, count % 2 ? v[i] : (v[i] + v[i + 1]) / 2)
		range = range OFS sprintf(format, v[1]) OFS sprintf(format, v[count])
	}
	print "median", text[name] line range
}
# What the second part's N requests more cost, each; the last pair's boot.
function per_request(driver, from, requests,    p) {
	p = pairs[driver]
	if (!((driver, p, from) in part) || !((driver, p, from + 1) in part)) {
		print "costs.awk: no accesses by requests of " driver > "/dev/stderr"
		failed = 1
		return 0
	}
	return (part[driver, p, from + 1] - part[driver, p, from]) / requests
}
function memory(where, what) {
	if (!((where, stock) in slab) || !((where, ours) in slab)) {
		print "costs.awk: no memory of " where > "/dev/stderr"
		failed = 1
	}
	print "memory", what ", slab", slab[where, stock], slab[where, ours]
	print "memory", what ", vmalloc", vmalloc[where, stock], vmalloc[where, ours]
}

END {
	# As many as io.sh asks for: BLK_REQUESTS, and NET_FILES times 128.
	print "requests", "blk, a read of 4 KiB", per_request(stock, 1, 256), per_request(ours, 1, 256)
	print "requests", "net, a datagram and its answer", per_request(stock, 3, 256), per_request(ours, 3, 256)
	medians("rate", "%.2f")
	for (t = 1; t <= times; t++)
		medians(time[t], "%.0f")
	memory("bound", "a bound function")
	memory("open", "an open one, on top")
	print "memory", "the module, once", module[stock], module[ours]
	exit failed
}
