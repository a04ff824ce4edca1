# SPDX-License-Identifier: GPL-2.0
#
# cut-trace.awk - what L0 saw between the markers, by label and offset.
#
# usage: awk -v config="TYPE PLACE FIRMWARE" [-v registers=NAME] -f cut-trace.awk \
#		output.log trace.log
#
# Prints "TYPE PLACE FIRMWARE DRIVER STEP r|w OFFSET COUNT" lines, with offset
# "all" for the sum, also where it is 0, and "TYPE PLACE FIRMWARE DRIVER STEP
# resets - COUNT"; of what L1 says is done, as its run may have broken off later.
# With NAME, a device of QEMU's of which there is only one: also "... R|W OFFSET COUNT" for
# the registers of that, where OFFSET begins with the part of its BAR.
# Exit 1: labels and markers do not match.

FNR == NR && /^# function / {
	# L0 writes the slot as L1 does: 0000:01:00.0 -> 01:00.0
	counted_at[substr($3, 6)] = 1
}
FNR == NR && /^# counted / { label[++labels] = $3 " " $4 }
FNR == NR && /^# done / { done[$3 " " $4] = 1 }
FNR == NR && /^# resets / {
	print config, $3, $4, "resets", "-", $5
}
FNR == NR { next }

registers && inside && /memory_region_ops_(read|write) / && /name 'virtio-pci-/ {
	part_of_bar = $NF
	gsub(/'|virtio-pci-/, "", part_of_bar)
	if (sub("-" registers "$", "", part_of_bar) && match($0, /addr 0x[0-9a-f]+/))
		count[begun, /ops_read / ? "R" : "W",
		      part_of_bar "+" substr($0, RSTART + 5, RLENGTH - 5)]++
}
!/pci_cfg_(read|write) / { next }
{
	# The words before it may be a time and the like.
	for (i = 1; i <= NF && $i !~ /pci_cfg_(read|write)$/; i++)
		;
	kind = $i ~ /read$/ ? "r" : "w"
	at = $(i + 2)
	offset = substr($(i + 3), 2)
}
at == "00:00.0" && kind == "r" && offset == "0xf1" {
	broken = broken || inside
	inside = 1
	begun++
}
at == "00:00.0" && kind == "r" && offset == "0xf3" {
	broken = broken || !inside
	inside = 0
}
inside && at in counted_at {
	count[begun, kind, offset]++
	count[begun, kind, "all"]++
}

END {
	# A run can break off between a label and its marker.
	if (broken || labels - begun > 1 || labels < begun) {
		print "cut-trace.awk: " labels + 0 " labels, " begun + 0 \
			" markers in L0's trace" > "/dev/stderr"
		exit 1
	}
	for (n = 1; n <= begun; n++) {
		if (!(label[n] in done))
			continue
		print config, label[n], "r", "all", count[n, "r", "all"] + 0
		print config, label[n], "w", "all", count[n, "w", "all"] + 0
	}
	for (key in count) {
		split(key, part, SUBSEP)
		if (part[3] != "all" && label[part[1]] in done)
			print config, label[part[1]], part[2], part[3], count[key]
	}
}
