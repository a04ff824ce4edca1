# SPDX-License-Identifier: GPL-2.0
#
# table.awk - the results as plain text.
#
# usage: awk -f table.awk words.tsv results.tsv
#
# words.tsv has "NAME<tab>TEXT" lines about the run; results.tsv is what
# phases.awk and costs.awk print.

BEGIN {
	stock = "vfio-pci"
	ours = "virtio_fixup_vfio_pci"
	# In the order of a table; "-" lines are not part of the sum.
	text["open"] = "open and close"
	text["vmm"] = "VMM start"
	text["firmware"] = "firmware"
	text["kernel"] = "guest kernel and its driver"
	text["sum"] = "sum"
	text["core"] = "by VFIO's core (open, reset, close)"
	text["guest"] = "for VMM, firmware and guest kernel"
	text["reset"] = "one VFIO_DEVICE_RESET"
	text["bind"] = "bind, once"
	text["lspci"] = "lspci -xxxx in L2"
	rows_of_table = split("open vmm firmware kernel sum core guest reset bind lspci", order)
	name["port"] = "behind a root port"
	name["root"] = "on the root bus"
	name["seabios"] = "SeaBIOS"
	name["ovmf"] = "OVMF"
}
FNR == NR {
	at = index($0, "\t")
	printf "%s: %s\n", substr($0, 1, at - 1), substr($0, at + 1)
	next
}
$1 == "phase" || $1 == "offset" {
	config = $2 " " $3 " " $4
	if (!(config in known)) {
		known[config] = 1
		list[++configs] = config
	}
}
$1 == "phase" {
	reads[config, $5, $6] = $7
	writes[config, $5, $6] = $8
}
$1 == "offset" && $5 == ours && $8 && $6 != "sum" {
	left[config, $6] = left[config, $6] " " $7 ($8 != 1 ? "*" $8 : "")
}
$1 == "requests" { requests[++n_requests] = $0 }
$1 == "median" { medians[++n_medians] = $0 }
$1 == "memory" { memories[++n_memories] = $0 }
$1 == "many" { manies[++n_manies] = $0 }

function title(config,    part) {
	split(config, part, " ")
	return "virtio-" part[1] " " name[part[2]] ", " name[part[3]]
}
function ratio(a, b) { return b ? sprintf("%.2f", a / b) : "-" }

# Lines of at most 78 columns, below a first word.
function wrap(first, words,    n, w, i, line) {
	n = split(words, w, " ")
	line = sprintf("  %-10s", first)
	for (i = 1; i <= n; i++) {
		if (length(line) + length(w[i]) > 77) {
			print line
			line = sprintf("  %-10s", "")
		}
		line = line " " w[i]
	}
	print line
}

END {
	if (configs)
		print "\nAccesses to the function's configuration space that L0 saw, READS/WRITES,\n" \
			"and our reads for each of stock's"
	for (c = 1; c <= configs; c++) {
		config = list[c]
		printf "\n%-40s %10s %22s %6s\n", title(config), stock, ours, "reads"
		for (o = 1; o <= rows_of_table; o++) {
			p = order[o]
			if (!((config, stock, p) in reads))
				continue
			if (p == "core")
				print "  of the sum:"
			if (p == "reset" || (p == "bind" && !((config, stock, "reset") in reads)))
				print "  apart from it:"
			s = reads[config, stock, p]
			f = reads[config, ours, p]
			printf "  %-38s %10s %22s %6s\n", \
				(p ~ /^(core|guest|reset|bind|lspci)$/ ? "  " : "") text[p], \
				s "/" writes[config, stock, p], \
				f "/" writes[config, ours, p], ratio(f, s)
		}
	}

	if (n_requests) {
		print "\nPer request in L2: region and configuration accesses that VFIO sees"
		printf "\n%-40s %10s %22s\n", "", stock, ours
		for (i = 1; i <= n_requests; i++) {
			split(requests[i], w, "\t")
			printf "  %-38s %10s %22s\n", "virtio-" w[2], w[3], w[4]
		}
	}
	if (n_medians) {
		print "\nMedians, with the lowest and the highest"
		printf "\n%-40s %15s %22s %6s\n", "", stock, ours, "ratio"
		for (i = 1; i <= n_medians; i++) {
			split(medians[i], w, "\t")
			printf "  %-38s %15s %22s %6s\n", w[2], w[3], w[4], ratio(w[4], w[3])
			printf "  %-38s %15s %22s\n", "", "(" w[5] "-" w[6] ")", "(" w[7] "-" w[8] ")"
		}
	}
	if (n_memories) {
		print "\nKernel memory in bytes"
		printf "\n%-40s %10s %22s %7s\n", "", stock, ours, "more"
		for (i = 1; i <= n_memories; i++) {
			split(memories[i], w, "\t")
			printf "  %-38s %10s %22s %7s\n", w[2], w[3], w[4], w[4] - w[3]
		}
	}

	if (n_manies) {
		print "\n64 functions of virtio-rng, each behind a root port: milliseconds, the lowest and"
		print "the highest; accesses to their configuration space; ratios to vfio-pci by hand"
		printf "\n%-42s %5s %13s %10s %6s %6s\n", "", "ms", "", "accesses", "time", "reads"
		for (i = 1; i <= n_manies; i++) {
			split(manies[i], w, "\t")
			if (i == 1) { ms = w[3]; reads_of_stock = w[5] }
			printf "  %-40s %5d %13s %10s %6s %6s\n", w[2], w[3], \
				"(" w[3] "-" w[4] ")", w[5] "/" w[6], ratio(w[3], ms), \
				ratio(w[5], reads_of_stock)
		}
	}

	if (configs)
		print "\nReads that reach the function with virtio_fixup_vfio_pci, OFFSET or OFFSET*TIMES"
	for (c = 1; c <= configs; c++) {
		config = list[c]
		printf "\n%s\n", title(config)
		for (o = 1; o <= rows_of_table; o++)
			if ((config, order[o]) in left)
				wrap(order[o], left[config, order[o]])
	}
}
