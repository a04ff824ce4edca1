# SPDX-License-Identifier: GPL-2.0
#
# many.awk - what 64 functions cost, from what many.sh prints and cut-trace.awk makes of it.
#
# usage: awk -f many.awk bench-many.output bench-many.accesses
#
# Prints, tabs between: many NAME LOWEST HIGHEST READS WRITES, times in milliseconds.
# Exit 1: a value is missing.

BEGIN {
	OFS = "\t"
	ours = "virtio_fixup_vfio_pci"
	runs = split("vfio-pci by-hand," ours " by-hand," ours " apply," ours " again", run, ",")
	text[1] = "vfio-pci, by hand"
	text[2] = ours ", by hand"
	text[3] = "apply, for a rule and its policy"
	text[4] = "apply once more, nothing to do"
}
/^# many / {
	key = $3 " " $4
	ms = $5 / 1000000
	if (!(key in lowest) || ms < lowest[key])
		lowest[key] = ms
	if (!(key in highest) || ms > highest[key])
		highest[key] = ms
}
$7 == "all" { accesses[$4 " " $5, $6] = $8 }
END {
	for (i = 1; i <= runs; i++) {
		if (!(run[i] in lowest) || !((run[i], "r") in accesses)) {
			print "many.awk: nothing of " run[i] > "/dev/stderr"
			exit 1
		}
		print "many", text[i], sprintf("%.0f", lowest[run[i]]), \
			sprintf("%.0f", highest[run[i]]), accesses[run[i], "r"], accesses[run[i], "w"]
	}
}
